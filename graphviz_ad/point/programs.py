"""The same function differentiated by another program, where it is installed: Maxima, by its own `diff`."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, Node, needed_by
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.notation.dialects import MAXIMA
from graphviz_ad.notation.symbolic import Symbolic
from graphviz_ad.notation.write import write
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.composing import in_dialect

SECONDS = 60
MAX_TEXT = 100_000  # characters of an expression
PROGRAMS = {"maxima": "apt install maxima"}


def gradient_by_maxima(graph: Graph, output: int, at: Mapping[str, float]) -> dict[str, float]:
    """The gradient that Maxima finds. Raises AdgraphError where it is not installed, or finds no number."""
    program = shutil.which("maxima")
    if program is None:
        raise AdgraphError("maxima is not installed", hint=PROGRAMS["maxima"])
    if any(isinstance(node.op, UserFunction) for node in graph.nodes):
        raise AdgraphError("functions that stay operations are not run through maxima", hint="leave it out")
    names = graph.input_names()
    inputs = {name: Name(f"x_{number}") for number, name in enumerate(names, 1)}  # no name of a reader's goes there
    nodes = [_bare(node, inputs) for node in graph.nodes]
    whole = in_dialect(needed_by(nodes, (output,)), MAXIMA)
    chosen = _at_its_branches(whole, {inputs[name]: float(at[name]) for name in names})
    formula = write(Expression(chosen), Symbolic(MAXIMA))
    if len(formula) > MAX_TEXT:
        raise AdgraphError("the system is too long for maxima", hint="leave that library out")
    point = ", ".join(f"{inputs[name]} = {float(at[name])!r}" for name in names)
    asked = "".join(f"print(float(subst([{point}], diff(f, {inputs[name]}))))$" for name in names)
    lines = f"display2d : false$ ratprint : false$ f : {formula}$ {asked}"
    try:
        made = subprocess.run(
            [program, "--very-quiet", f"--batch-string={lines}"],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise AdgraphError(f"maxima gives no answer: {error}", hint="leave it out") from error
    found = re.findall(r"^\s*([-+]?\d+\.?\d*(?:e[-+]?\d+)?)\s*$", made.stdout, re.MULTILINE | re.IGNORECASE)
    if len(found) != len(names):
        last = next((line for line in reversed(made.stdout.splitlines()) if line.strip()), "nothing")
        raise AdgraphError(f"maxima finds no number: {last.strip()[:80]}", hint="choose another point")
    return dict(zip(names, map(float, found), strict=True))


def _at_its_branches(graph: Graph, at: Mapping[str, float]) -> Graph:
    """The graph with the branches alone that hold at a point, as Maxima's `diff` knows nothing of max and if."""
    found = values(graph, {name: at[name] for name in map(graph.name, graph.inputs())})
    builder = Builder()
    made: list[int] = []
    for index, node in enumerate(graph.nodes):
        branch = _branch(str(node.op), [found[arg] for arg in node.args])
        if branch is not None:
            made.append(made[node.args[branch]])
        elif node.op != INPUT and node.op != CONST and operation(node.op).jumps:
            made.append(builder.add(CONST, (), int(found[index])))
        elif node.op == INPUT:
            made.append(builder.input(node.name or UNNAMED))
        else:
            args = [made[arg] for arg in node.args]
            is_negative = node.op == "abs" and found[node.args[0]] < 0
            is_plain = node.op == "abs" and not is_negative
            sign = builder.add("neg", tuple(args)) if is_negative else None
            made.append(
                sign if sign is not None else args[0] if is_plain else builder.add(node.op, tuple(args), node.value)
            )
    return builder.build((made[graph.outputs[0]],), graph.functions)


def _branch(op: str, args: Sequence[float]) -> int | None:
    """Which argument an operation has the value of."""
    if op in ("max", "min"):
        return args.index((max if op == "max" else min)(args))
    return (1 if args[0] else 2) if op == "where" else None


def _bare(node: Node, inputs: Mapping[Name, Name]) -> Node:
    """The node without its name, an input with a name of ours."""
    return node.replace(name=inputs[node.name] if node.op == INPUT and node.name is not None else None)

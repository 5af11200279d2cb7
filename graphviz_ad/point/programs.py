"""The same function differentiated by another program, where it is installed: Maxima, by its own `diff`."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Graph, Node, needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.notation.dialects import MAXIMA
from graphviz_ad.notation.symbolic import Symbolic
from graphviz_ad.notation.write import write
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
    names = [graph.name(index) for index in graph.inputs()]
    inputs = {name: Name(f"x_{number}") for number, name in enumerate(names, 1)}  # no name of a reader's goes there
    nodes = [_bare(node, inputs) for node in graph.nodes]
    formula = write(Expression(in_dialect(needed_by(nodes, (output,)), MAXIMA)), Symbolic(MAXIMA))
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


def _bare(node: Node, inputs: Mapping[Name, Name]) -> Node:
    """The node without its name, an input with a name of ours."""
    return node.replace(name=inputs[node.name] if node.op == INPUT and node.name is not None else None)

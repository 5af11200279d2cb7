"""Which of the values that a reader gives are of inputs, since a variable that is computed has its value already; and
whether they are as he assumes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from math import isclose
from typing import Any
from unicodedata import normalize

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name, unstyled
from graphviz_ad.derive.assumptions import Assumption
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.evaluate import values

MAX_SHOWN = 60  # characters of the equation of a variable that is computed
MAX_LISTED = 12


def check_given(
    graphs: Sequence[Graph], given: Mapping[str, str], parameters: Collection[str], values: Mapping[str, Any]
) -> None:
    """Raise AdgraphError for a value that is given for a variable that is computed, or for an unknown one. `given` has
    the names as the reader gives them, each with its spelling in the graphs; `parameters` are those of a Python
    function, which may use them up; `values` are what is given."""
    names = [name for graph in graphs for name in graph.input_names()]
    inputs = {Name(name).loose_key for name in (*names, *parameters)}
    for spelled, name in sorted(given.items()):
        if Name(name).loose_key in inputs:
            continue
        if isinstance(values.get(spelled), tuple) and (whole := _whole_of(name, names)):
            hint = "vectors and matrices are read; parameters of Python functions may have more axes"
            raise AdgraphError(f"'{whole}' has more than two axes in what it is given", hint=hint)
        computed = next((line for graph in graphs for line in _definition(graph, name)), None)
        if computed is not None:
            raise AdgraphError(f"{spelled} is computed: {computed}", hint=_inputs(names))
        alone = "" if names else "the system is made of numbers alone: leave out --at"
        hint = alone or _typed(spelled, names) or did_you_mean(spelled, names) or _inputs(names)
        raise AdgraphError(f"there is no variable '{spelled}' to be given a value", hint=hint)


def check_assumed(assumptions: Sequence[Assumption], at: Mapping[str, float]) -> None:
    """Raise AdgraphError for an assumption that is not true of the values of the inputs."""
    for assumption in assumptions:
        sides = (assumption.left, assumption.right)
        if not all(side.name(index) in at for side in sides for index in side.inputs()):
            continue
        left, right = (values(side, at)[side.outputs[0]] for side in sides)
        if not isclose(left, right, rel_tol=1e-9, abs_tol=1e-9):
            raise AdgraphError(
                f"the values of --at are not what is assumed: {assumption.said}, but the left side is {left:g}",
                hint="leave out --assume, or give values for which it holds",
            )


def _whole_of(name: str, names: Collection[str]) -> str:
    """The input that a name is a part of, x of x_1; "" where there is none."""
    return next((whole for whole in names if name.startswith(f"{whole}_")), "")


def _definition(graph: Graph, name: str) -> Iterable[str]:
    """The equation of a variable that is computed, if the graph has it."""
    if Name(name).loose_key not in {node.name.loose_key for node in graph.nodes if node.name}:
        return
    for equation in equations(graph_view(graph, False)):
        left, *rest = (write(side, Plain()) for side in equation.sides)
        line = " = ".join([left, *rest])
        if Name(left).loose_key == Name(name).loose_key:
            yield line if len(line) <= MAX_SHOWN else f"{line[:MAX_SHOWN]}…"


def _inputs(names: Collection[str]) -> str:
    listed = [f"{name} ({typed})" if (typed := _latex(name)) else name for name in [*dict.fromkeys(names)][:MAX_LISTED]]
    return f"the inputs are {', '.join(listed)}" if listed else "there are no inputs"


def _typed(given: str, names: Collection[str]) -> str:
    """How to type an input whose plain letters were given: 𝐖 where there was W."""
    return next((f"write {typed}=… for {name}" for name in names
                 if normalize("NFKC", name) == given and (typed := _latex(name))), "")  # fmt: skip


def _latex(name: str) -> str:
    """A name with a letter that keyboards lack, in LaTeX."""
    return Latex().variable(Name(name)) if any(map(unstyled, name)) else ""

"""The derivative of a vector or a matrix in three ways: by its chain, by central differences, and by reverse mode."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression, Pullback
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import GraphView
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.libraries import derivative_by
from graphviz_ad.point.arrays.values import ArrayValue, array_values
from graphviz_ad.read.array_table import Array, numpy

STEP = 1e-6
EXACT, ROUGH = 1e-9, 1e-4  # how far apart formulas and differences may be, of the size of the numbers


class ArrayMethod(Record):
    """A derivative by one method, None where it has none; its largest distance from the reference, and whether that is
    near enough."""

    name: str
    value: Array | None
    error: float
    agrees: bool
    cost: str
    is_reference: bool = False


def array_methods(
    view: GraphView,
    chain: Chain,
    of: int,
    wrt: int,
    at: Mapping[str, ArrayValue],
    turned: bool,
    libraries: Sequence[str] = (),
) -> list[ArrayMethod]:
    """The derivative of one node by an input, by every method and by other libraries; reverse mode is the reference."""
    np, graph = numpy(), view.graph
    found = array_values(graph, at)
    reference = derivative(graph, of, wrt, found)
    scale = max(1.0, float(np.max(np.abs(reference), initial=0.0)))

    def method(name: str, value: Array, tolerance: float, cost: str) -> ArrayMethod:
        error = float(np.max(np.abs(value - reference), initial=0.0))
        return ArrayMethod(name, value, error, error <= tolerance * scale, cost)

    many = int(np.size(found[wrt]))
    by_hand = _by_hand(view, chain, of, found, reference, turned)
    return [
        *([method("by hand, the chain", by_hand, EXACT, "0 evaluations")] if by_hand is not None else []),
        method("numerical, central difference", _differences(graph, of, wrt, at), ROUGH, f"{2 * many} evaluations"),
        method("automatic, reverse mode", reference, 0.0, "1 sweep for each entry of the output").replace(
            is_reference=True
        ),
        *(_other(name, partial(derivative_by, name, graph, of, wrt, at), method) for name in libraries),
    ]


def _other(name: str, found: Callable[[], Array], method: Callable[..., ArrayMethod]) -> ArrayMethod:
    """What a library finds, or why it finds nothing."""
    try:
        return method(name, found(), EXACT, "")
    except AdgraphError as error:
        return ArrayMethod(name, None, 0.0, True, f"{error.message} ({error.hint})")


def _by_hand(
    view: GraphView, chain: Chain, of: int, found: Sequence[Array], reference: Array, turned: bool
) -> Array | None:
    """What the chain's formula makes, over [left axes, right axes]."""
    np = numpy()
    result = chain.result
    named: dict[str, Array] = {name: found[node] for node, name in view.names.items()}
    if isinstance(result, Expression):
        made = array_values(result.graph, named)[result.graph.outputs[0]]
        return made.T if turned and np.ndim(made) == 2 else made
    if not (isinstance(result, Pullback) and isinstance(result.made, Expression)):
        return None
    adjoint = str(getattr(result.adjoint, "name", ""))
    made = np.zeros(reference.shape)
    for place in np.ndindex(*np.shape(found[of])):
        seed = np.zeros(np.shape(found[of]))
        seed[place] = 1.0
        graph = result.made.graph
        made[place] = array_values(graph, {**named, adjoint: seed})[graph.outputs[0]]
    return made


def _differences(graph: Graph, of: int, wrt: int, at: Mapping[str, ArrayValue]) -> Array:
    np, name = numpy(), graph.name(wrt)
    base = np.array(at[name], dtype=float)
    left = np.shape(array_values(graph, at)[of])
    made = np.zeros((*left, *base.shape))
    for place in np.ndindex(*base.shape):
        ends = []
        for step in (STEP, -STEP):
            moved = base.copy()
            moved[place] += step
            ends.append(array_values(graph, {**at, name: moved})[of])
        made[(slice(None),) * len(left) + place] = (ends[0] - ends[1]) / (2 * STEP)
    return made

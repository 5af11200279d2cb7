"""Numbers at a point as a Python function has its arrays: those that are several nodes of the graph put together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import prod
from typing import Any

from graphviz_ad.core.names import Name
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.point.arrays.evaluation import nested
from graphviz_ad.point.evaluation import Edge, Evaluation
from graphviz_ad.read.array_table import Array, numpy

Values = Mapping[str, Any]


def whole_evaluation(
    found: Evaluation, wholes: Iterable[WholeArray], shapes: Mapping[str, Any], chosen: Collection[str]
) -> Evaluation:
    """The same numbers by the arrays of the function. `shapes` are those of the nodes; of an array of which only some
    nodes are `chosen` to differentiate by, the parts stay."""
    values: Values = found.values
    known = [one for one in wholes if _is_known(one, values, shapes, chosen)]
    if not known:
        return found
    of_part = {part: whole for whole in known for part in whole.parts}
    shapes = {name: numpy().shape(value) for name, value in values.items()} | {**shapes}
    sizes = {Name(name): prod(shape) for name, shape in shapes.items()}

    def whole_of(name: str) -> WholeArray:
        plain = Name(name)
        return of_part.get(plain) or WholeArray(plain, shapes[name], (plain,))

    def joined(entries: Mapping[tuple[str, str], Any]) -> dict[tuple[WholeArray, WholeArray], Any]:
        pairs = dict.fromkeys((whole_of(of), whole_of(wrt)) for of, wrt in entries)
        return {(of, wrt): _derivative(of, wrt, entries, sizes) for of, wrt in pairs}

    made: dict[str, Any] = {}
    for whole in map(whole_of, found.values):
        made[whole.name] = nested(numpy().concatenate([numpy().ravel(values[part]) for part in whole.parts])
                                  .reshape(whole.axes))  # fmt: skip
    slopes = joined({(of, wrt): slope for of, row in found.gradient.items() for wrt, slope in row.items()})
    gradient: dict[str, dict[str, Any]] = {whole_of(of).name: {} for of in found.gradient}
    for (of, wrt), slope in slopes.items():
        gradient[of.name][wrt.name] = slope
    edges = joined({(edge.of, edge.wrt): edge.value for edge in found.edges})
    return found.replace(
        values=made,
        gradient=gradient,
        edges=tuple(Edge(of.name, wrt.name, value) for (of, wrt), value in edges.items()),
    )


def _is_known(whole: WholeArray, values: Values, read: Collection[str], chosen: Collection[str]) -> bool:
    """Whether all parts have values, and those that are in the graph are all to be differentiated by, or none."""
    here = [part for part in whole.parts if part in read]
    by = [part for part in here if part in chosen]
    return all(part in values for part in whole.parts) and len(by) in (0, len(here))


def _derivative(
    of: WholeArray, wrt: WholeArray, entries: Mapping[tuple[str, str], Any], sizes: Mapping[Name, int]
) -> Any:
    """A derivative of an array by another, the axes of the left first, of those of their parts; by parts that a part
    does not read it is 0."""
    np = numpy()

    def block(left: Name, right: Name) -> Array:
        size = sizes[left], sizes[right]
        return np.reshape(entries[left, right], size) if (left, right) in entries else np.zeros(size)

    made = np.block([[block(left, right) for right in wrt.parts] for left in of.parts])
    return nested(made.reshape((*of.axes, *wrt.axes)))

"""The order that a reader asks for: which variables stand above which others in their column."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.diagram import Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Definition, Variable
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request

Above = tuple[str, str]  # the upper variable and the lower one
PLACES = ("above", "below")  # of a pin, h=below:x


def asked_order(request: Request) -> tuple[Above, ...]:
    """All that is asked: neighbours in --order, and pins."""
    pairs = list(zip(request.stacked, request.stacked[1:], strict=False))
    for name, where in request.pins.items():
        place, _, other = where.partition(":")
        pairs.append((name, other) if place == "above" else (other, name))
    return tuple(pairs)


def from_top(vertices: Mapping[int, Vertex], above: Sequence[Above]) -> dict[int, int]:
    """The nodes of an order, low on top. Raises AdgraphError where something would be above itself."""
    nodes = named(vertices.values())
    lowers: defaultdict[str, list[str]] = defaultdict(list)
    names: dict[str, None] = {}
    for upper, lower in above:
        lowers[upper].append(lower)
        names |= {upper: None, lower: None}
    keys = [Name(name).key for name in _sorted(names, lowers)]
    return {nodes[key]: place for place, key in enumerate(keys) if key in nodes}


def named(vertices: Iterable[Vertex]) -> dict[str, int]:
    """The nodes of variables by their names."""
    return {name.key: vertex.node for vertex in vertices if (name := _name(vertex)) is not None}


def _name(vertex: Vertex) -> Name | None:
    label = vertex.label.variable if isinstance(vertex.label, Definition) else vertex.label
    return label.name if isinstance(label, Variable) else None


def _sorted(names: Iterable[str], lowers: Mapping[str, list[str]]) -> list[str]:
    """The names, each before those that it is above, and else in their order."""
    waiting = dict.fromkeys(names, 0)
    for found in list(lowers.values()):
        for lower in found:
            waiting[lower] += 1
    made: list[str] = []
    while waiting:
        ready = next((name for name, count in waiting.items() if not count), None)
        if ready is None:
            circle = ", ".join(waiting)
            raise AdgraphError(f"there is no order in which {circle} stand as they are asked to: each would be above "
                               "itself", hint="leave out one of --order and --pin")  # fmt: skip
        made.append(ready)
        del waiting[ready]
        for lower in lowers.get(ready, ()):
            waiting[lower] -= 1
    return made

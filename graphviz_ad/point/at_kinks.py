"""The derivative at a point where operations are at their kinks: here it is decided, for all that shows one.

Where the slopes to both sides agree, they are the derivative, whatever the operations between take at their kinks;
where they do not, what the table has for those operations decides, and a note says both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from math import isnan, nan

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.reach import reached
from graphviz_ad.core.record import Record
from graphviz_ad.derive.unfold import unfolded
from graphviz_ad.point.beside import ROUNDING, Sides, sides
from graphviz_ad.point.evaluate import adjoints, is_needless, kinked, local, tangents, values
from graphviz_ad.point.switches import Switches

MANY = 300_000  # steps along variables that are taken to find slopes beside a point


class AtKink(Record):
    """The derivative of a node by another with kinks between them: what the derivatives in the table multiply to, the
    slopes to both sides, what is taken, and the kinks. `sides` is None where there are too many to look for it."""

    of: int
    wrt: int
    own: float
    taken: float
    sides: Sides | None
    kinks: tuple[int, ...]

    @property
    def is_smooth(self) -> bool:
        """Whether there is a derivative after all."""
        return self.sides is not None and self.sides.is_smooth

    @property
    def has_slopes(self) -> bool:
        """Whether there is a slope to one side at least, and no other derivative than the table's."""
        sides = self.sides
        return (
            sides is not None and not sides.jumps and not self.is_another and (sides.left, sides.right) != (None, None)
        )

    @property
    def is_another(self) -> bool:
        """Whether what is taken is not what the derivatives in the table multiply to."""
        return self.sides is not None and abs(self.taken - self.own) > ROUNDING * self.sides.size

    @property
    def derivative(self) -> float:
        """What is taken; but for rounding."""
        return self.taken if self.is_another else self.own


class Corner:
    """A graph without functions of the reader's, at a point: the values of its nodes, which of them are at a kink, and
    the place of each node of the graph that it was made of."""

    def __init__(self, graph: Graph, found: Sequence[float], kinked: Iterable[int]) -> None:
        self.graph, self.found, self.place = graph, found, list(range(len(graph.nodes)))
        among: Iterable[int] = kinked
        if any(isinstance(graph.nodes[index].op, UserFunction) for index in kinked):
            written = unfolded(graph, {function.name: function for function in graph.functions})
            at: dict[str, float] = {graph.name(index): found[index] for index in graph.inputs()}
            self.graph, self.place = written.graph, written.place
            self.found = values(self.graph, at)
            among = [index for index, node in enumerate(self.graph.nodes) if node.args and operation(node.op).kink]
        self.at_kink = {index for index in among if is_at_kink(self.graph, index, self.found)}

    @cached_property
    def switches(self) -> Switches:
        return Switches(self.graph)

    @cached_property
    def off(self) -> set[int]:
        """The nodes that are switched off."""
        return self.switches.off_at(self.found)

    def before(self, these: Collection[int], stops: Collection[int] = ()) -> set[int]:
        """The nodes that these depend on, and they; but not what is behind other `stops`."""
        nodes = self.graph.nodes
        return reached(these, lambda at: nodes[at].args if at in these or at not in stops else ())

    def after(self, axis: int, among: Iterable[int]) -> list[int]:
        """Those of some nodes, in their order, that depend on one."""
        nodes, reached = self.graph.nodes, {axis}
        for index in among:
            if index > axis and not reached.isdisjoint(nodes[index].args):
                reached.add(index)
        return sorted(reached - {axis})

    def slopes(self, axis: int, inside: Sequence[int]) -> dict[int, Sides]:
        """The slopes of these nodes by one."""
        return sides(self.graph, self.found, axis, inside, self.switches, self.off)

    def tangents(
        self, axis: int, inside: Sequence[int], slopes: Mapping[int, Sides]
    ) -> tuple[dict[int, float], set[int]]:
        """The derivatives of these nodes by one, in forward mode: where the slopes beside it agree, they, and else what
        the table makes of those of the arguments. The second are the nodes where the first is not the second."""
        found, dots, others = self.found, {axis: 1.0}, set[int]()
        for index in inside:
            is_off = found[index] != found[index]  # in a branch that is switched off
            dots[index] = 0.0 if is_off else self._tangent(index, dots)
            here = slopes.get(index)
            if here is not None and here.right is not None and here.is_smooth and not here.agree_with(dots[index]):
                dots[index] = here.right
                others.add(index)
        return dots, others

    def _tangent(self, index: int, dots: Mapping[int, float]) -> float:
        """The tangent of a node by those of its arguments; no number where it has none."""
        total = 0.0
        for k, arg in enumerate(self.graph.nodes[index].args):
            if dot := dots.get(arg):
                try:
                    slope = local(self.graph, index, k, self.found)
                except AdgraphError:
                    return 0.0 if is_needless(self.graph, index, self.found) else nan
                total += slope and dot * slope
        return total


def corner_at(graph: Graph, found: Sequence[float], kinked: Collection[int]) -> Corner | None:
    """The point, if one of the nodes that have kinks somewhere may be at its own."""
    for index in kinked:
        if isinstance(graph.nodes[index].op, UserFunction) or is_at_kink(graph, index, found):
            point = Corner(graph, found, kinked)
            return point if point.at_kink else None
    return None


def is_at_kink(graph: Graph, index: int, found: Sequence[float]) -> bool:
    """Whether a node whose operation has a kink is there."""
    first, *others = graph.nodes[index].args
    return found[first] == (found[others[0]] if others else 0)


def at_kinks(
    point: Corner,
    of: int,
    own: Mapping[int, float],
    stops: Collection[int] = frozenset(),
) -> dict[int, AtKink]:
    """The derivatives of a node by others where there are kinks between, by what the table makes of each, its `own`;
    what is behind `stops`, places in the point's graph, does not move."""
    end = point.place[of]
    on_the_way = point.before({end}, stops)
    kinks = {index for index in on_the_way if index in point.at_kink and (index == end or index not in stops)}
    leads = point.before(kinks, stops)
    left, ways, made = MANY, sorted(on_the_way), {}
    for wrt, bar in own.items():
        axis = point.place[wrt]
        if axis not in leads or axis == end:
            continue
        if left < 0:
            made[wrt] = AtKink(of, wrt, bar, bar, None, tuple(sorted(kinks)))
            continue
        inside = point.after(axis, ways)
        left -= len(ways) + 2 * len(inside)
        if crossed := kinks.intersection(inside):
            slopes = point.slopes(axis, inside)
            if isinstance(point.graph.nodes[end].name, DerivativeName) and slopes[end].limit is not None:
                slopes[end] = slopes[end].replace(jumps=False)  # its value is its limit, see `limits`
            taken = point.tangents(axis, inside, slopes)[0][end]
            taken = bar if isnan(taken) else taken
            made[wrt] = AtKink(of, wrt, bar, taken, slopes[end], tuple(sorted(crossed)))
    return made


def limits(point: Corner, graph: Graph) -> dict[int, float]:
    """The values of the nodes that are derivatives whose formulas do not hold at the point: of what is continuous, the
    derivative is the limit of its derivative beside the point, if that is the same from both sides."""
    found = {}
    for index, node in enumerate(graph.nodes):
        if not isinstance(node.name, DerivativeName) or node.name.wrts[0] not in graph.places:
            continue
        axis, end = point.place[graph.places[node.name.wrts[0]]], point.place[index]
        ways = point.before({end})
        if axis in ways and axis != end and not ways.isdisjoint(point.at_kink):
            here = point.slopes(axis, point.after(axis, sorted(ways)))[end]
            if here.jumps and here.limit is not None:
                found[index] = here.limit
    return found


def with_limits(graph: Graph, found: Sequence[float]) -> list[float]:
    """The values with those of derivatives whose formulas do not hold at the point."""
    point = corner_at(graph, found, kinked(graph))
    better = {} if point is None else limits(point, graph)
    return [better.get(index, value) for index, value in enumerate(found)]


def derivatives(
    graph: Graph,
    of: int,
    found: Sequence[float],
    bars: Sequence[float] | Mapping[int, float],
    axes: Collection[int],
) -> dict[int, float]:
    """The derivatives of a node by others, with the adjoints that the table makes of them."""
    point = corner_at(graph, found, kinked(graph))
    own = {wrt: bars[wrt] for wrt in axes}
    known = {} if point is None else at_kinks(point, of, own)
    return own | {wrt: here.derivative for wrt, here in known.items()}


def tangents_at_kinks(graph: Graph, found: Sequence[float], seed: Mapping[int, float]) -> tuple[list[float], set[int]]:
    """The tangents of all nodes, and those that are not what the table makes of those before them: where the slopes to
    both sides agree, they are the tangent."""
    dots, others = tangents(graph, found, seed), set[int]()
    point = corner_at(graph, found, kinked(graph))
    if point is None or len(seed) > 1:
        return dots, others
    (source,) = seed
    after = point.after(point.place[source], range(len(point.graph.nodes)))
    made, at_kink = point.tangents(point.place[source], after, point.slopes(point.place[source], after))
    for index, place in enumerate(point.place):
        dots[index] = made.get(place, 0.0)
        if place in at_kink:
            others.add(index)
    return dots, others


def gradient(graph: Graph, output: int, at: Mapping[str, float]) -> dict[str, float]:
    """The derivative of an output with respect to each input."""
    found, inputs = values(graph, at), list(graph.inputs())
    made = derivatives(graph, output, found, adjoints(graph, output, found), inputs)
    return {graph.name(index): made[index] for index in inputs}

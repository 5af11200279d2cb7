"""Two expressions over a system compared at random points, each value with a bound of its error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, reduce
from itertools import islice, pairwise
from operator import add, mul, neg, sub, truediv
from random import Random

from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Builder, Function, Graph, needed_by
from graphviz_ad.core.names import UNNAMED, DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.point.balls import (
    BITS,
    Ball,
    NoValueError,
    Primitive,
    decisions,
    differ,
    exact,
    precision,
    primitive,
    values,
)
from graphviz_ad.point.domain_errors import written
from graphviz_ad.point.readings import Reading
from graphviz_ad.point.sampling import SamplePoint, elsewhere, far_points, points

POINTS = 8  # at which two sides have to agree
TRIES = 120
MOVES = 12  # of a point at which an operation is not defined, to where it may be
FAR_TIMES = 8
LINES, MAX_INPUTS = 2, 6  # along how many inputs, through how many points, kinks are passed
ALONG = tuple(Fraction(size) + Fraction(1, 16)
              for size in (-400, -100, -60, -40, -20, -12, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 12, 20, 40, 60,
                           100, 400))  # fmt: skip
SPLITS, UNEVEN = 14, Fraction(9, 16)  # how often, and where: seldom at a kink itself
AT_KINK, NO_VALUE = "it is at a kink", "it has no value there"
_LINEAR: dict[str, Callable[..., Fraction]] = {"add": add, "sub": sub, "mul": mul, "div": truediv, "neg": neg}
Kink = tuple[int, int]  # which graph, which of its nodes


class OutsideError(NoValueError):
    """Where the system or its derivative has no value; `inputs` are those of the operation that has none."""

    inputs: frozenset[Name] = frozenset()


class KinkError(OutsideError):
    """A kink, where the derivative is one by convention alone."""


class Compared(Record):
    """The two at a point: the values of the variables and derivatives they name, their own, and on which side of each
    kink they are."""

    point: SamplePoint
    leaves: Mapping[Name, Ball]
    claimed: Ball
    value: Ball
    differs: bool
    decided: Mapping[Kink, int]


class Comparison(Record):
    """The points at which both have a value, at how many the side has none, at how many what it is compared with; and
    the kinks that were met from one side alone."""

    compared: tuple[Compared, ...]
    undefined: int
    outside: int
    one_sided: tuple[str, ...]
    own_refused: str  # why the reader's own point is none of them

    @property
    def against(self) -> Compared | None:
        """A point at which they differ."""
        return next((one for one in self.compared if one.differs), None)


class TwoSides:
    """Two expressions over a system, and what the derivatives that they name are taken for."""

    def __init__(
        self,
        system: Graph,
        reference: Graph,
        side: Graph,
        readings: Mapping[DerivativeName, Reading],
        assumed: Mapping[Name, Graph],
    ) -> None:
        self.leaves = tuple(readings)
        self.graphs = (*(reading.graph for reading in readings.values()), reference, side)
        named = {node.name for graph in self.graphs for node in graph.nodes if node.op == INPUT}
        roots = {system.places[name] for name in (*named, *(leaf.of for leaf in self.leaves)) if name in system.places}
        self.system = needed_by(system.nodes, sorted(roots), system.functions) if roots else Graph((), ())
        here = [self.system.name(index) for index in self.system.inputs()]
        self.assumed = {name: by for name, by in assumed.items() if name in here}
        more = (by.name(index) for by in self.assumed.values() for index in by.inputs())
        self.inputs = list(dict.fromkeys((*here, *more)))
        self.random = Random(0)
        self.functions = (*system.functions, *stand_ins(system))

    @cached_property
    def made(self) -> tuple[Primitive, ...]:
        """The system and the graphs as balls compute them. Raises NoValueError for an operation that they lack."""
        return tuple(primitive(graph, self.functions) for graph in (self.system, *self.graphs))

    def compared(self, given: Mapping[Name, Fraction]) -> Comparison:
        """The two at the reader's own point and at random ones, until they differ or enough were found."""
        own = {name: given[name] for name in self.inputs if name in given}
        first = [self._tried(point) for point in islice(points(self.inputs, own), bool(own))]
        refused = [one for one in first if isinstance(one, NoValueError)]
        found = [one for one in first if isinstance(one, Compared)]
        undefined = outside = 0
        for point in self._points():
            if len(found) >= POINTS + bool(own) or (found and found[-1].differs):
                break
            one = self._near(point)
            if isinstance(one, Compared):
                found.append(one)
            else:
                outside += isinstance(one, OutsideError)
                undefined += not isinstance(one, OutsideError)
        found += self._beyond_kinks(found)
        found += self._between_kinks(found)
        own_refused = "" if not refused else AT_KINK if isinstance(refused[0], KinkError) else NO_VALUE
        return Comparison(tuple(found), undefined, outside, self._one_sided(found), own_refused)

    def _near(self, point: SamplePoint) -> Compared | NoValueError:
        """The two at a point or, where an operation is not defined there, at one with other inputs of that."""
        one = self._tried(point)
        for _ in range(MOVES):
            if not isinstance(one, OutsideError) or not one.inputs:
                break
            point = elsewhere(self.random, point, one.inputs)
            one = self._tried(point)
        return one

    def _tried(self, point: SamplePoint) -> Compared | NoValueError:
        """The two at a point, or why there is nothing to compare."""
        try:
            return self.at(point)
        except NoValueError as error:
            return error

    def some(self, many: int) -> Iterator[Compared]:
        """The two at so many points at most."""
        found = 0
        for one in map(self._near, self._points()):
            if isinstance(one, Compared):
                yield one
                found += 1
            if found >= many:
                return

    def _points(self) -> Iterator[SamplePoint]:
        return islice(points(self.inputs, {}), TRIES if self.inputs else 1)

    # ---- at a point

    def at(self, point: SamplePoint) -> Compared:
        """The two at a point, with as many digits as it takes. Raises NoValueError where the side has no value, and
        OutsideError where what it is compared with has none."""
        point = {**point, **{name: _linear(by, point) for name, by in self.assumed.items()}}
        for bits in BITS:
            with precision(bits):
                leaves, decided, value = self._right(point)
                claimed = self._output(len(self.made) - 1, leaves, decided)
                differs = differ(claimed, value)
                if differs and 0 in decided.values():
                    raise KinkError("a derivative by convention alone")
                if differs is not None:
                    return Compared(point, leaves, claimed, value, differs, decided)
        raise OutsideError("too many digits cancel")

    def _right(self, point: SamplePoint) -> tuple[dict[Name, Ball], dict[Kink, int], Ball]:
        """The values of the leaves, the kinks, and what the side is compared with. Raises OutsideError where one has no
        value, with the inputs of the operation that has none."""
        decided: dict[Kink, int] = {}
        number = 0
        try:
            found = values(self.made[0].graph, {name: exact(value) for name, value in point.items()})
            leaves = {name: found[self.made[0].place[index]] for name, index in self.system.places.items()}
            for number, name in enumerate(self.leaves, 1):
                leaves[name] = self._output(number, leaves, decided)
            number = len(self.leaves) + 1
            return leaves, decided, self._output(number, leaves, decided)
        except NoValueError as error:
            outside = OutsideError(str(error))
            if error.node is not None:
                below = needed_by(self.made[number].graph.nodes, [error.node])
                outside.inputs = frozenset(name for name in self.inputs if name in below.places)
            raise outside from error

    def _output(self, number: int, at: Mapping[Name, Ball], decided: dict[Kink, int]) -> Ball:
        graph = self.made[number].graph
        found = values(graph, at)
        decided.update({(number, index): side for index, side in decisions(graph, found).items()})
        return found[graph.outputs[0]]

    # ---- kinks

    def _beyond_kinks(self, found: Sequence[Compared]) -> list[Compared]:
        """Points far away on the other side of kinks that were met from one side alone."""
        more: list[Compared] = []
        if not found or found[-1].differs or not self.inputs:
            return more
        for point in far_points(self.inputs, FAR_TIMES):
            seen = _seen((*found, *more))
            if all({1, -1} <= sides for sides in seen.values()):
                break
            here = self._tried(point)
            if isinstance(here, NoValueError):
                continue
            if here.differs or any(side not in seen[kink] for kink, side in here.decided.items()):
                more.append(here)
            if here.differs:
                break
        return more

    def _between_kinks(self, found: Sequence[Compared]) -> list[Compared]:
        """A point between two kinks at which the two differ, as [x > 0.5] and [x > 0.6] do: on lines along each input,
        split wherever more than one kink is passed."""
        if not found or found[-1].differs or not any(one.decided for one in found):
            return []
        for base in found[:LINES]:
            for name in self.inputs[:MAX_INPUTS]:
                line = (self._tried({**base.point, name: value}) for value in ALONG)
                here = [one for one in line if isinstance(one, Compared)]
                for lower, upper in pairwise(here):
                    for one in (lower, *self._split(lower, upper, name, SPLITS)):
                        if one.differs:
                            return [one]
        return []

    def _split(self, lower: Compared, upper: Compared, name: Name, times: int) -> Iterator[Compared]:
        """Points between two that are on different sides of several kinks."""
        kinks = {*lower.decided, *upper.decided}
        if not times or sum(lower.decided.get(kink) != upper.decided.get(kink) for kink in kinks) < 2:
            return
        between = lower.point[name] + (upper.point[name] - lower.point[name]) * UNEVEN
        middle = self._tried({**lower.point, name: between})
        if isinstance(middle, Compared):
            yield middle
            yield from self._split(lower, middle, name, times - 1)
            yield from self._split(middle, upper, name, times - 1)

    def _one_sided(self, found: Sequence[Compared]) -> tuple[str, ...]:
        """The kinks, as they were written, that were met from one side alone."""
        kinks = [kink for kink, sides in _seen(found).items() if not {1, -1} <= sides]
        return tuple(dict.fromkeys(self._text(number, node) for number, node in kinks))

    def _text(self, number: int, node: int) -> str:
        """The operation, as it was written, that is made of a node of what balls compute."""
        origin = next(index for index, at in enumerate(self.made[number].place) if at >= node)
        return written(self.graphs[number - 1], origin).text


def _linear(graph: Graph, point: SamplePoint) -> Fraction:
    """The value of a sum of multiples of inputs."""
    found: list[Fraction] = []
    for node in graph.nodes:
        args = [found[arg] for arg in node.args]
        if node.op == INPUT:
            found.append(Fraction(point[node.name or UNNAMED]))
        else:
            found.append(Fraction(node.value or 0) if node.op == CONST else _LINEAR[str(node.op)](*args))
    return found[graph.outputs[0]]


def _seen(found: Iterable[Compared]) -> dict[Kink, set[int]]:
    """On which sides of each kink points are."""
    seen: dict[Kink, set[int]] = {}
    for one in found:
        for kink, side in one.decided.items():
            seen.setdefault(kink, set()).add(side)
    return seen


def stand_ins(graph: Graph) -> tuple[Function, ...]:
    """Definitions for abstract functions, so that they have values: what is wrong for one of them is wrong."""
    known = {function.name for function in graph.functions}
    used = {node.op.name: node.op.arity for node in graph.nodes if isinstance(node.op, UserFunction)}
    made = []
    for number, (name, arity) in enumerate((n, a) for n, a in used.items() if n not in known):
        params = tuple(Name(f"x_{place + 1}") for place in range(arity))
        made.append(Function(name, params, _stand_in(params, number)))
    return tuple(made)


def _stand_in(params: Sequence[Name], number: int) -> Graph:
    """sin(0.7 x_1 + 0.9 x_2 + 0.4) + 0.3 x_1² + 0.4 x_2² + 2, with other numbers for each function."""
    builder = Builder()

    def constant(value: Fraction) -> int:
        return builder.add(CONST, (), value)

    def plus(*terms: int) -> int:
        return reduce(lambda left, right: builder.add("add", (left, right)), terms)

    inputs = [builder.input(param) for param in params]
    inside, squares = [], []
    for place, at in enumerate(inputs):
        inside.append(builder.add("mul", (constant(Fraction(7 + 2 * place + number, 10)), at)))
        square = builder.add("mul", (at, at))
        squares.append(builder.add("mul", (constant(Fraction(3 + place, 10)), square)))
    sine = builder.add("sin", (plus(*inside, constant(Fraction(4 + number, 10))),))
    return builder.build((plus(sine, *squares, constant(Fraction(2))),))

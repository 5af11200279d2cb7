"""A reader's claims on derivatives, judged: right by algebra or at random points to 50 digits; wrong, with a point.

Each value has a bound of its error, so that two that differ are told apart for certain, and every derivative is found
by reverse accumulation in such values. Algebra only says of what holds at the points that it holds everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from math import isfinite

from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.textbook_form import textbook
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.errors import count_of
from graphviz_ad.core.formula import Equation, Expression
from graphviz_ad.core.graph import CONST, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.assumptions import Assumption
from graphviz_ad.derive.graph_view import definition
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.balls import DIGITS, Ball, NoValueError
from graphviz_ad.point.comparing import POINTS, Compared, Comparison, TwoSides, stand_ins
from graphviz_ad.point.missing_parts import Asked, Evidence
from graphviz_ad.point.mistakes import Mistake
from graphviz_ad.point.readings import Readings, named_derivatives
from graphviz_ad.point.repairs import what_is_off
from graphviz_ad.read.claims.reading import Claim, Side, Unread

LEAST = 4  # points that are enough where no more are found
MAX_SIZE = 400  # symbols of a difference that algebra looks at
LONGER = 3  # times as long may the right derivative be over the inputs, where the claim is over them too
RIGHT, WRONG, UNCHECKED = "right", "wrong", "not checked"


class Verdict(Record):
    """What is said of one `side` of a claim. `how` is by what it is right, or why it is not checked. Where it is wrong,
    `at` is a point with the `claimed` value and the right `value`; `derivative` is what is right, and `off` what is
    wrong, where that can be said, with the `mistake` that it is. `meant` says for which other reading it is right, and
    `abstract` functions without a definition had some, to have values. `equation` and `right` are the formulas of the
    claim and of what is right."""

    claim: str
    side: str
    verdict: str
    how: str = ""
    at: Mapping[str, float] = {}
    claimed: float | None = None
    value: float | None = None
    derivative: str = ""
    off: str = ""
    mistake: Mistake | None = None
    meant: str = ""
    abstract: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    equation: Equation | None = None
    right: Equation | None = None

    @property
    def is_right(self) -> bool:
        return self.verdict == RIGHT


def settled(found: Sequence[Verdict | Unread]) -> list[Verdict]:
    """The verdicts, and what could not be read as not checked. Raises the AdgraphError of that where it is all."""
    refused = [one.error for one in found if isinstance(one, Unread)]
    if refused and len(refused) == len(found):
        raise refused[0]
    return [_unread(one) if isinstance(one, Unread) else one for one in found]


def _unread(one: Unread) -> Verdict:
    hint = f" ({one.error.hint})" if one.error.hint else ""
    return Verdict(one.text, "", UNCHECKED, f"{one.error.message}{hint}")


class Judge:
    """Judges claims on one system; `given` is a point of the reader's own, `assumptions` what holds of the inputs."""

    def __init__(
        self, graph: Graph, given: Mapping[Name, float] | None = None, assumptions: Sequence[Assumption] = ()
    ) -> None:
        self.graph = graph
        self.given = {name: Fraction(value) for name, value in (given or {}).items()}
        self.readings = Readings(graph, assumptions)
        self.assumed = tuple(f"with {assumption.said}" for assumption in assumptions)

    def verdicts(self, claim: Claim) -> list[Verdict]:
        """A verdict for each side of a claim but that which the others are compared with: the first that is a
        derivative alone, else the first that is a variable alone, else the first."""
        sides = (claim.left, *claim.sides)
        alone = [side for side in sides if isinstance(side.leaf, DerivativeName)]
        reference = next(chain(alone, (side for side in sides if side.leaf is not None), sides))
        return [self._verdict(claim, reference, side) for side in sides if side is not reference]

    def _verdict(self, claim: Claim, reference: Side, side: Side) -> Verdict:
        shown = Equation((Expression(reference.written), Expression(side.written)))
        said = Verdict(claim.text, write(Expression(side.written), Plain()), UNCHECKED, equation=shown)
        sides = self._sides(reference, side)
        try:
            found = sides.compared(self.given)
        except NoValueError as error:  # an operation of which there are no such values
            return said.replace(how=str(error))
        notes = (*self.assumed, *self._notes(reference, side))
        if found.against is not None:
            return self._wrong(said.replace(notes=notes), reference, side, sides, found)
        many = len(found.compared)
        if found.own_refused:
            notes += (f"the point that is given does not count: {found.own_refused}",)
        if found.undefined and many:
            notes += (f"this side has no value at {found.undefined} of the points at which the derivative has one",)
        said = said.replace(notes=notes)
        if self._is_equal(reference.graph, side.graph) and (many or not sides.inputs):
            return said.replace(verdict=RIGHT, how="by algebra")
        if many >= LEAST or (many and not sides.inputs):
            notes += tuple(f"{kink} was on one side of its kink at every point" for kink in found.one_sided)
            return said.replace(verdict=RIGHT, how=f"at {count_of('point', many)}, to {DIGITS} digits", notes=notes)
        return said.replace(how=_why_not(found))

    def _sides(self, reference: Side, side: Side, other: bool = False) -> TwoSides:
        """The sides with the derivatives that they name, in the other reading of each if asked for."""
        names = named_derivatives(reference.graph, side.graph)
        readings = {name: self.readings.of(name)[-1 if other else 0] for name in names}
        algebra = self.readings.algebra
        assumed = {Name(name): to_graph(algebra, value) for name, value in self.readings.assumed.items()}
        return TwoSides(self.graph, reference.graph, side.graph, readings, assumed)

    def _notes(self, reference: Side, side: Side) -> Iterator[str]:
        """Which of two readings is judged, and what does not depend on what."""
        for name in named_derivatives(reference.graph, side.graph):
            reading, *others = self.readings.of(name)
            if others:
                yield f"judged as {reading.said}"
            node = reading.graph.nodes[reading.graph.outputs[0]]
            if node.op == CONST and node.value == 0 and len(name.wrts) == 1:
                yield f"{name.of} does not depend on {name.wrts[0]}"

    # ---- algebra

    def _is_equal(self, reference: Graph, side: Graph) -> bool:
        """Whether the difference of two sides is 0, over the variables or over the inputs."""
        algebra = self.readings.algebra
        leaves = {name: self.readings.expression(name) for name in named_derivatives(reference, side)}
        known = {str(name): found for name, found in leaves.items() if found is not None}
        if len(known) < len(leaves):
            return False
        left, right = (algebra.load(graph, known) for graph in (reference, side))
        difference = algebra.add(left, algebra.multiply(algebra.minus_one, right))
        over_inputs = algebra.substitute(difference, self.readings.over_inputs)
        return any(
            self._is_zero(algebra.substitute(one, self.readings.assumed) if self.readings.assumed else one)
            for one in (difference, over_inputs)
        )

    def _is_zero(self, difference: int) -> bool:
        algebra = self.readings.algebra
        if difference == algebra.zero:
            return True
        return algebra.size[difference] <= MAX_SIZE and textbook(algebra, difference) == algebra.zero

    # ---- what is wrong

    def _wrong(self, said: Verdict, reference: Side, side: Side, sides: TwoSides, found: Comparison) -> Verdict:
        evidence = (*found.compared, *sides.some(POINTS))
        against = next((one for one in evidence if _is_shown(one)), found.against)
        assert against is not None
        abstract = tuple(function.name for function in stand_ins(self.graph))
        stand = f"the values are of functions that stand for {', '.join(abstract)}" if abstract else ""
        right, meant = self._right(reference, side), self._other_reading(reference, side)
        mistake = self._mistake(reference, side, sides, evidence)
        return said.replace(
            verdict=WRONG,
            at={str(name): float(number) for name, number in against.point.items()},
            claimed=_number(against.claimed),
            value=_number(against.value),
            derivative="" if right is None else write(right, Plain()),
            off="" if mistake is None else mistake.words,
            mistake=mistake,
            meant=meant,
            abstract=abstract,
            notes=(*said.notes, *filter(None, (stand, meant))),
            right=None if right is None else Equation((Expression(reference.written), right)),
        )

    def _other_reading(self, reference: Side, side: Side) -> str:
        """Whether what is wrong is right where its derivatives are read the other way; nothing where it is not."""
        readings = [self.readings.of(name) for name in named_derivatives(reference.graph, side.graph)]
        others = [both[1].said for both in readings if len(both) > 1]
        found = self._sides(reference, side, other=True).compared({}) if others else None
        is_right = found is not None and found.compared and found.against is None
        return f"it is right for {'; '.join(others)}" if is_right else ""

    def _right(self, reference: Side, side: Side) -> Expression | None:
        """What a derivative, or a variable, is: over the inputs where the side has nothing else and that is not much
        longer, else over the variables."""
        algebra, leaf, places = self.readings.algebra, reference.leaf, self.graph.places
        if leaf is None:
            return None
        if not isinstance(leaf, DerivativeName):
            is_computed = bool(self.graph.nodes[places[leaf]].args)
            return Expression(definition(self.readings.view, places[leaf])) if is_computed else None
        found = self.readings.expression(leaf)
        if found is None:
            return None
        other = algebra.substitute(found, self.readings.over_inputs)
        other = textbook(algebra, other) if algebra.size[other] <= MAX_SIZE else other
        computed = {name for name, index in places.items() if self.graph.nodes[index].args}
        room = length(algebra, found) * (1 if any(node.name in computed for node in side.graph.nodes) else LONGER)
        return Expression(to_graph(algebra, other if length(algebra, other) <= room else found))

    def _mistake(self, reference: Side, side: Side, sides: TwoSides, compared: Sequence[Compared]) -> Mistake | None:
        """What is off, found at these points."""
        evidence = [Evidence(one.leaves, one.value) for one in compared]
        derivative = reference.leaf if isinstance(reference.leaf, DerivativeName) else None
        right = None if derivative is None else self.readings.expression(derivative)
        asked = Asked(self.graph, sides.functions, self.readings.view, self.readings.algebra, derivative, right)
        return what_is_off(side.graph, evidence, asked)


def _number(ball: Ball) -> float | None:
    """A value as a number; None where it is too large for one."""
    number = float(ball) + 0.0
    return number if isfinite(number) else None


def _is_shown(one: Compared) -> bool:
    """Whether two values that differ do so as numbers."""
    claimed, value = _number(one.claimed), _number(one.value)
    return one.differs and None not in (claimed, value) and claimed != value


def _why_not(found: Comparison) -> str:
    many = len(found.compared)
    tried = count_of("point", many + found.undefined + found.outside)
    if found.undefined and not many:
        where = count_of("point", found.undefined)
        return f"this side has no value at any of the {where} at which the derivative has one"
    if many:
        return f"both sides have a value at {many} of {tried} only, where they agree"
    return f"the derivative has no value at any of {tried} that were tried"

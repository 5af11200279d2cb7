"""One side of a claim on vectors and matrices compared with a derivative: by numbers at random points, and by algebra
where both have one normal form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

from graphviz_ad.core.errors import AdgraphError, count_of
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula, Pullback, Variable
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.request import LAYOUTS
from graphviz_ad.derive.arrays.assumptions import NOTHING_ASSUMED, ArrayAssumptions
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.arrays.by_algebra import are_equal, what_is_right
from graphviz_ad.point.arrays.claimed_sides import CLOSE, FarthestEntry, SidesAsGraphs, farthest
from graphviz_ad.point.arrays.derivatives import DerivativesAt
from graphviz_ad.point.arrays.samples import sized
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Verdict
from graphviz_ad.point.mistakes import APART, Mistake
from graphviz_ad.read.array_table import numpy
from graphviz_ad.read.claims.array_claim import ADJOINTS, ArrayClaim, ArraySide

MAX_ENTRIES = 64  # of a claim on entries that are compared, chosen at random among more


class ComparedSides(SidesAsGraphs):
    """One side of a claim compared with another."""

    def __init__(self, judge: DerivativesAt, claim: ArrayClaim, reference: ArraySide, side: ArraySide) -> None:
        super().__init__(judge, claim, reference, side)
        self.left: Formula = self._left()

    def _left(self) -> Formula:
        if self.derivative is None:
            return Variable(Name(self.reference.name or self.reference.text))
        if len(self.derivative.wrts) > 1:
            return Variable(self.derivative)
        return Derivative(self.derivative.of, self.derivative.wrts[0], self.derivative.symbol == "∂" or self._partial())

    def _partial(self) -> bool:
        return len(list(self.judge.graph.inputs())) > 1

    def verdict(self) -> Verdict:
        """What is said of the side."""
        said = Verdict(self.claim.text, self.side.text, UNCHECKED, equation=Equation((self.left,)))
        self.reader.sizes(self.claim)
        self.more = {side: self.adjoints_in(side) for side in (self.reference, self.side)}
        if self.claim.letters:
            return self._entries(said)
        adjoint = self._adjoint()
        if adjoint is not None:
            return self._pulled(said, adjoint)
        return self._whole(said)

    def _adjoint(self) -> Name | None:
        """The adjoint that a side is of: δ of δ xᵀ."""
        if self.claim.pulled:
            return Name(self.claim.pulled)
        if not self.is_no_matrix():
            return None
        names = [Name(token.text) for token in self.reader.unknown(self.side, self.claim.letters)]
        return next((name for name in names if name in ADJOINTS), None)

    # ---- whole arrays

    def _whole(self, said: Verdict) -> Verdict:
        layout = self.conventions.layout
        try:
            made = self.as_graph(self.side, layout, wanted=self._wanted())
        except AdgraphError as error:
            return self._does_not_fit(said, error)
        said = said.replace(equation=Equation((self.left, Expression(made))))
        try:
            reference = self.as_graph(self.reference, layout)
        except AdgraphError as error:
            return said.replace(how=f"{error.message}; {error.hint}")
        shapes = [graph.nodes[graph.outputs[0]].type.shape for graph in (reference, made)]
        if not shapes[0] and shapes[1] == (1, 1):
            shapes[1] = ()
        if shapes[0] != shapes[1]:
            off = f"it is {shown(shapes[1])}, and {self._what()} {shown(shapes[0])}"
            return self._wrong(said, ": ".join(filter(None, (off, self._transposed(reference, made)))))
        made_there, against = self.difference(reference, made, layout, {})
        if not made_there:
            return said.replace(how="this side has no value at any of the points that were tried")
        if against is not None:
            off = self._transposed(reference, made)
            return self._wrong(said, off or against.words, None if off else against, (reference, made))
        how = "by algebra" if self._is_equal(made) else f"at {count_of('random point', made_there)}"
        return said.replace(verdict=RIGHT, how=how, notes=self._notes())

    def _wanted(self) -> Shape | None:
        """The shape that a side has to have, where it is known."""
        if self.derivative is None:
            return None
        by_row = self.reference.name in self.claim.by_row
        return self.judge.derivative_shape(self.derivative, self.conventions.layout, by_row)

    def _what(self) -> str:
        return "the derivative" if self.derivative is not None else self.reference.text

    def _notes(self) -> tuple[str, ...]:
        return tuple(f"with {said}" for said in self.judge.assumed.said)

    def _transposed(self, reference: Graph, made: Graph) -> str:
        """What is said where the transpose of a side is right, or another layout has it."""
        count, against = self.difference(reference, made, self.conventions.layout, {}, True)
        if not count or against is not None or not made.nodes[made.outputs[0]].type.shape:
            return ""
        if self.derivative is None or len(self.derivative.wrts) > 1:
            return "it is the transpose of what is right"
        left, right = self.judge.shape(self.derivative.of), self.judge.shape(self.derivative.wrts[0])
        if left and not right and 1 not in matrix(left):
            return "its transpose is right; the derivative by a number has the shape of what is differentiated"
        if left:
            other = "denominator" if self.conventions.layout != "denominator" else "numerator"
            return f"it is the transposed Jacobian, as {other} layout has it (--layout {other})"
        if len(right) > 1:
            return "its transpose is right; a gradient has the shape of its variable"
        if self.conventions.layout == "numerator":
            return "it is the gradient as a column, as gradient layout has it (--layout gradient)"
        return "it is the gradient as a row, as numerator layout has it (--layout numerator)"

    def _does_not_fit(self, said: Verdict, error: AdgraphError) -> Verdict:
        """What is said of a side whose shapes do not go together."""
        for layout in LAYOUTS:
            if layout == self.conventions.layout:
                continue
            try:
                made, reference = self.as_graph(self.side, layout), self.as_graph(self.reference, layout)
                count, against = self.difference(reference, made, layout, {})
            except AdgraphError:
                continue
            if count and against is None:
                said = said.replace(equation=Equation((self.left, Expression(made))))
                off = f"{error.message}; in {layout} layout it is right (--layout {layout})"
                return self._wrong(said, off)
        hint = f" ({error.hint})" if error.hint else ""
        wanted = self._wanted()
        derivative = f"; {self._what()} is {shown(wanted)}" if wanted else ""
        return self._wrong(said, f"{self.side.text}: {error.message}{hint}{derivative}")

    def _is_equal(self, made: Graph) -> bool:
        if self.derivative is None or self.judge.letters:
            return False
        return are_equal(self.judge, self.derivative, made, self.is_turned(self.derivative))

    # ---- what an adjoint becomes

    def _pulled(self, said: Verdict, adjoint: Name) -> Verdict:
        """A side that is what becomes of the adjoint of the left: δ ↦ δ xᵀ."""
        assert self.derivative is not None
        np, judge = numpy(), self.judge
        of, wrt = (judge.place(name) for name in (self.derivative.of, self.derivative.wrts[0]))
        shapes = [judge.graph.nodes[node].type.shape for node in (of, wrt)]
        try:
            made = self.as_graph(self.side, "gradient", {}, {adjoint: shapes[0]})
        except AdgraphError as error:
            return self._wrong(said, f"{self.side.text}: {error.message}")
        side = Pullback(Variable(adjoint), Expression(made))
        said = said.replace(equation=Equation((self.left, side)))
        claimed_shape = made.nodes[made.outputs[0]].type.shape
        if claimed_shape != shapes[1]:
            return self._wrong(said, f"it is {shown(claimed_shape)}, and {self.derivative.wrts[0]} {shown(shapes[1])}")
        made = sized(made, judge.letters)
        for point, found in enumerate(judge.points):
            seed = np.random.default_rng(point).uniform(-1, 1, np.shape(found[of]))
            value = np.tensordot(seed, judge.derivative_value(self.derivative, point, {}), np.ndim(seed))
            try:
                given = np.reshape(seed, judge.numeric.nodes[of].type.shape)
                claimed = self.value(made, point, "gradient", {}, {adjoint: given})
            except AdgraphError:
                continue
            scale = max(1.0, float(np.max(np.abs(value), initial=0.0)))
            if np.max(np.abs(claimed - value), initial=0.0) > CLOSE * scale:
                apart = farthest(np, claimed, value)
                return self._wrong(said, apart.words, apart)
        notes = () if self.claim.pulled else (f"read as what becomes of an adjoint: {adjoint} ↦ {self.side.text}",)
        return said.replace(verdict=RIGHT, how=f"at {count_of('random point', len(judge.points))}", notes=notes)

    # ---- entries

    def _entries(self, said: Verdict) -> Verdict:
        """A side over indices, entry by entry."""
        claim, count = self.claim, 0
        for at in self._places():
            graphs = [self.as_graph(side, "gradient", at) for side in (self.reference, self.side)]
            for graph, side in zip(graphs, (self.reference, self.side), strict=True):
                shape = graph.nodes[graph.outputs[0]].type.shape
                if shape:
                    return self._wrong(said, f"{side.text} is {shown(shape)}, and an entry is a number")
            reference, made = graphs
            many, against = self.difference(reference, made, "gradient", at)
            count = max(count, many)
            if against is not None:
                place = ", ".join(f"{letter} = {at[letter]}" for letter in claim.letters)
                return self._wrong(said, f"{place}: {against.words}", against)
        if not count:
            return said.replace(how="this side has no value at any of the points that were tried")
        how = f"for every entry, at {count_of('random point', count)}"
        return said.replace(verdict=RIGHT, how=how, notes=self._notes())

    def _places(self) -> list[dict[str, int]]:
        """Numbers for the indices: of all entries, or of some."""
        found = self.reader.sizes(self.claim)
        ranges = [
            range(1, (size if isinstance(size, int) else self.judge.letters[size]) + 1) for size in found.values()
        ]
        total = 1
        for one in ranges:
            total *= len(one)
        if total <= MAX_ENTRIES:
            return [dict(zip(found, place, strict=True)) for place in product(*ranges)]
        random = Random(0)
        same = [dict.fromkeys(found, k) for k in (1, 2) if all(k in one for one in ranges)]
        return [*same, *({letter: random.choice(one) for letter, one in zip(found, ranges, strict=True)}
                         for _ in range(MAX_ENTRIES))]  # fmt: skip

    # ---- what is wrong

    def _wrong(
        self, said: Verdict, off: str, apart: FarthestEntry | None = None, graphs: tuple[Graph, Graph] | None = None
    ) -> Verdict:
        """What is said of a side that is wrong: where its values are apart, and under which assumption `graphs`, the
        reference and the side, would not be."""
        right = (
            None if self.derivative is None else what_is_right(self.judge, self.derivative, bool(self.claim.letters))
        )
        notes = (*self._notes(), *(self._where_it_holds(*graphs) if graphs else ()))
        mistake = None if apart is None else apart.mistake or Mistake(off, APART)
        said = said.replace(verdict=WRONG, off=off, mistake=mistake, notes=notes)
        if right is None:
            return said
        equation = right if isinstance(right, Equation) else Equation((self.left, right))
        derived = write(equation.sides[-1], Plain())
        return said.replace(right=equation, derivative=derived)

    def _where_it_holds(self, reference: Graph, made: Graph) -> Iterator[str]:
        """Whether a side is right where the entries of one input, or those of each row, add up to 1, or one matrix is
        symmetric."""
        if self.judge.assumed != NOTHING_ASSUMED:
            return
        for index in self.judge.graph.inputs():
            name, shape = self.judge.graph.name(index), self.judge.graph.nodes[index].type.shape
            for what, one, two in _sums_of(name)[: len(shape)]:
                if self._holds(one, reference, made) and not self._holds(two, reference, made):
                    yield f"it is right where {what} up to 1: --assume '{one.said[0]}'"
                    return
            turned = ArrayAssumptions(symmetric=frozenset({name}))
            if len(shape) == 2 and shape[0] == shape[1] and self._holds(turned, reference, made):
                yield f"it is right where {name} is symmetric: --assume '{turned.said[0]}'"
                return

    def _holds(self, assumed: ArrayAssumptions, reference: Graph, made: Graph) -> bool:
        """Whether a side is right under an assumption."""
        there = ComparedSides(DerivativesAt(self.judge.chains, assumed), self.claim, self.reference, self.side)
        count, against = there.difference(reference, made, self.conventions.layout, {})
        return bool(count) and against is None


def _sums_of(name: Name) -> tuple[tuple[str, ArrayAssumptions, ArrayAssumptions], ...]:
    """What the entries of a vector, and then those of each row of a matrix, may add up to: 1, and another number."""
    return (
        (f"the entries of {name} add", ArrayAssumptions(sums={name: 1}), ArrayAssumptions(sums={name: 2})),
        (f"each row of {name} adds", ArrayAssumptions(rows={name: 1}), ArrayAssumptions(rows={name: 2})),
    )

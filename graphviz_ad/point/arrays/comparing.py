"""One side of a claim on vectors and matrices compared with a derivative: by numbers at random points, and by algebra
where both have one normal form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula, Pullback, Variable
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.request import Layout
from graphviz_ad.derive.arrays.assumptions import NOTHING_ASSUMED, ArrayAssumptions
from graphviz_ad.derive.arrays.differentiate import with_gradient
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.by_algebra import are_equal, what_is_right
from graphviz_ad.point.arrays.derivatives import DerivativesAt
from graphviz_ad.point.arrays.samples import sized
from graphviz_ad.point.arrays.values import Array, array_values, numpy
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Verdict
from graphviz_ad.read.claims.array_claim import ADJOINTS, ArrayClaim, ArraySide

CLOSE = 1e-9  # how far apart two values may be that are equal, of their size
MAX_ENTRIES = 64  # of a claim on entries that are compared, chosen at random among more
_LAYOUTS: tuple[Layout, ...] = ("gradient", "numerator", "denominator")
_INSTEAD = "claim what it does, δ ↦ δ x^T, or its entries, dy_i/dW_jk = …"


class ComparedSides:
    """One side of a claim compared with another."""

    def __init__(self, judge: DerivativesAt, claim: ArrayClaim, reference: ArraySide, side: ArraySide) -> None:
        self.judge, self.claim, self.reference, self.side = judge, claim, reference, side
        self.reader, self.conventions = judge.reader, judge.conventions
        self.derivative = claim.derivatives.get(reference.name)
        self.left: Formula = self._left()
        self.more: dict[ArraySide, dict[Name, DerivativeName]] = {}

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
        self.more = {side: self._adjoints(side) for side in (self.reference, self.side)}
        if self.claim.letters:
            return self._entries(said)
        adjoint = self._adjoint()
        if adjoint is not None:
            return self._pulled(said, adjoint)
        return self._whole(said)

    # ---- names

    def _adjoints(self, side: ArraySide) -> dict[Name, DerivativeName]:
        """Adjoints among the names of a side, δ_y and ȳ. Raises AdgraphError for a name that is nothing."""
        found: dict[Name, DerivativeName] = {}
        of = self.derivative.of if self.derivative is not None else self.judge.graph.name(self.judge.graph.outputs[0])
        for token in self.reader.unknown(side, self.claim.letters):
            name = Name(token.text)
            adjoint = self.reader.adjoint(name, of)
            if adjoint is not None and not self.judge.shape(of):
                found[name] = adjoint
            elif name != self.claim.pulled and not (self._is_no_matrix() and name in ADJOINTS):
                raise self.reader.no_variable(token.text, token.span)
        return found

    def _is_no_matrix(self) -> bool:
        return self.derivative is not None and self.judge.derivative_shape(self.derivative, "gradient", False) is None

    def _adjoint(self) -> Name | None:
        """The adjoint that a side is of: δ of δ xᵀ."""
        if self.claim.pulled:
            return Name(self.claim.pulled)
        if not self._is_no_matrix():
            return None
        names = [Name(token.text) for token in self.reader.unknown(self.side, self.claim.letters)]
        return next((name for name in names if name in ADJOINTS), None)

    def _graph(
        self,
        side: ArraySide,
        layout: Layout,
        at: Mapping[str, int] = {},
        extra: Mapping[Name, Shape] = {},
        wanted: Shape | None = None,
    ) -> Graph:
        """A side over variables and derivatives as a layout has them."""
        more, shapes = self.more[side], dict(extra)
        summed = self.reader.summed.items()
        for text, found in (*self.claim.derivatives.items(), *((str(n), d) for n, d in more.items()), *summed):
            shape = self.judge.derivative_shape(found, layout, text in self.claim.by_row)
            if shape is not None:
                shapes[Name(text)] = shape
            elif any(token.text == text for token in side.tokens):
                if len(found.wrts) > 1:  # which says why there is none
                    with_gradient(self.judge.chains, self.judge.place(found.of), self.judge.place(found.wrts[0]))
                raise AdgraphError(f"{text} is no matrix", hint=_INSTEAD)
        made = self._sized(side, shapes, at, wanted)
        nodes = [node.replace(name=more[node.name]) if node.name in more else node for node in made.nodes]
        return Graph(tuple(nodes), made.outputs)

    def _sized(
        self, side: ArraySide, shapes: Mapping[Name, Shape], at: Mapping[str, int], wanted: Shape | None
    ) -> Graph:
        """A side whose unit matrix has the size of what is wanted, and 0 its shape."""
        try:
            made = self.reader.graph_of(side, shapes, at)
        except AdgraphError:
            if not wanted:
                raise
            try:
                return self.reader.graph_of(side, shapes, at, wanted)
            except AdgraphError:
                pass
            raise
        is_zero = made.nodes[made.outputs[0]].value == 0
        return self.reader.graph_of(side, shapes, at, wanted) if is_zero and wanted else made

    def _value(
        self, graph: Graph, point: int, layout: Layout, at: Mapping[str, int], extra: Mapping[Name, Array]
    ) -> Array:
        np, judge = numpy(), self.judge
        values: dict[str, Array] = {str(name): value for name, value in extra.items()}
        for node in graph.nodes:
            name = node.name
            if node.op != INPUT or name is None or name in values:
                continue
            if not isinstance(name, DerivativeName):
                values[str(name)] = judge.as_given(name, judge.points[point][judge.graph.places[name]])
                continue
            value = judge.derivative_value(name, point, at)
            turned = layout == "denominator" and self._is_turned(name)
            values[str(name)] = np.reshape(value.T if turned else value, node.type.shape) if node.type.shape else value
        return array_values(graph, values)[graph.outputs[0]]

    def _is_turned(self, name: DerivativeName) -> bool:
        """Whether a Jacobian stands transposed in the layout of denominators."""
        by_row = str(name) in self.claim.by_row
        return (
            len(name.wrts) == 1
            and bool(self.judge.shape(name.of))
            and bool(self.judge.shape(name.wrts[0]))
            and not by_row
        )

    # ---- whole arrays

    def _whole(self, said: Verdict) -> Verdict:
        layout = self.conventions.layout
        try:
            made = self._graph(self.side, layout, wanted=self._wanted())
        except AdgraphError as error:
            return self._does_not_fit(said, error)
        said = said.replace(equation=Equation((self.left, Expression(made))))
        try:
            reference = self._graph(self.reference, layout)
        except AdgraphError as error:
            return said.replace(how=f"{error.message}; {error.hint}")
        shapes = [graph.nodes[graph.outputs[0]].type.shape for graph in (reference, made)]
        if not shapes[0] and shapes[1] == (1, 1):
            shapes[1] = ()
        if shapes[0] != shapes[1]:
            off = f"it is {shown(shapes[1])}, and {self._what()} {shown(shapes[0])}{self._transposed(reference, made)}"
            return self._wrong(said, off)
        made_there, against = self._difference(reference, made, layout, {})
        if not made_there:
            return said.replace(how="this side has no value at any of the points that were tried")
        if against is not None:
            off = self._transposed(reference, made).removeprefix(": ") or against
            return self._wrong(said, off, reference, made)
        how = "by algebra" if self._is_equal(made) else _points(made_there)
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

    def _difference(
        self, reference: Graph, made: Graph, layout: Layout, at: Mapping[str, int], turned: bool = False
    ) -> tuple[int, str | None]:
        """At how many points both sides have a value, and where they are apart at one."""
        np, count = numpy(), 0
        made = sized(made, self.judge.letters)
        reference = sized(reference, self.judge.letters)
        for point in range(len(self.judge.points)):
            try:
                claimed = self._value(made, point, layout, at, {})
            except AdgraphError:
                continue
            value = self._value(reference, point, layout, at, {})
            claimed = np.transpose(claimed) if turned else claimed
            if np.shape(claimed) != np.shape(value):
                return count, "another shape"
            count += 1
            scale = max(1.0, float(np.max(np.abs(value), initial=0.0)))
            if np.max(np.abs(claimed - value), initial=0.0) > CLOSE * scale:
                return count, _entry(np, claimed, value)
        return count, None

    def _transposed(self, reference: Graph, made: Graph) -> str:
        """What is said where the transpose of a side is right, or another layout has it."""
        count, against = self._difference(reference, made, self.conventions.layout, {}, True)
        if not count or against is not None or not made.nodes[made.outputs[0]].type.shape:
            return ""
        if self.derivative is None or len(self.derivative.wrts) > 1:
            return ": it is the transpose of what is right"
        left, right = self.judge.shape(self.derivative.of), self.judge.shape(self.derivative.wrts[0])
        if left:
            other = "denominator" if self.conventions.layout != "denominator" else "numerator"
            return f": it is the transposed Jacobian, as {other} layout has it (--layout {other})"
        if len(right) > 1:
            return ": its transpose is right; a gradient has the shape of its variable"
        if self.conventions.layout == "numerator":
            return ": it is the gradient as a column, as gradient layout has it (--layout gradient)"
        return ": it is the gradient as a row, as numerator layout has it (--layout numerator)"

    def _does_not_fit(self, said: Verdict, error: AdgraphError) -> Verdict:
        """What is said of a side whose shapes do not go together."""
        for layout in _LAYOUTS:
            if layout == self.conventions.layout:
                continue
            try:
                made, reference = self._graph(self.side, layout), self._graph(self.reference, layout)
                count, against = self._difference(reference, made, layout, {})
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
        return are_equal(self.judge, self.derivative, made, self._is_turned(self.derivative))

    # ---- what an adjoint becomes

    def _pulled(self, said: Verdict, adjoint: Name) -> Verdict:
        """A side that is what becomes of the adjoint of the left: δ ↦ δ xᵀ."""
        assert self.derivative is not None
        np, judge = numpy(), self.judge
        of, wrt = (judge.place(name) for name in (self.derivative.of, self.derivative.wrts[0]))
        shapes = [judge.graph.nodes[node].type.shape for node in (of, wrt)]
        try:
            made = self._graph(self.side, "gradient", {}, {adjoint: shapes[0]})
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
            bars = array_adjoints(judge.numeric, of, found, seed if np.ndim(seed) else float(seed))
            value = bars.get(wrt, np.zeros(np.shape(found[wrt])))
            try:
                given = np.reshape(seed, judge.numeric.nodes[of].type.shape)
                claimed = self._value(made, point, "gradient", {}, {adjoint: given})
            except AdgraphError:
                continue
            scale = max(1.0, float(np.max(np.abs(value), initial=0.0)))
            if np.max(np.abs(claimed - value), initial=0.0) > CLOSE * scale:
                return self._wrong(said, _entry(np, claimed, value))
        notes = () if self.claim.pulled else (f"read as what becomes of an adjoint: {adjoint} ↦ {self.side.text}",)
        return said.replace(verdict=RIGHT, how=_points(len(judge.points)), notes=notes)

    # ---- entries

    def _entries(self, said: Verdict) -> Verdict:
        """A side over indices, entry by entry."""
        claim, count = self.claim, 0
        for at in self._places():
            graphs = [self._graph(side, "gradient", at) for side in (self.reference, self.side)]
            for graph, side in zip(graphs, (self.reference, self.side), strict=True):
                shape = graph.nodes[graph.outputs[0]].type.shape
                if shape:
                    return self._wrong(said, f"{side.text} is {shown(shape)}, and an entry is a number")
            reference, made = graphs
            many, against = self._difference(reference, made, "gradient", at)
            count = max(count, many)
            if against is not None:
                place = ", ".join(f"{letter} = {at[letter]}" for letter in claim.letters)
                return self._wrong(said, f"{place}: {against}")
        if not count:
            return said.replace(how="this side has no value at any of the points that were tried")
        return said.replace(verdict=RIGHT, how=f"for every entry, {_points(count)}", notes=self._notes())

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

    def _wrong(self, said: Verdict, off: str, reference: Graph | None = None, made: Graph | None = None) -> Verdict:
        right = (
            None if self.derivative is None else what_is_right(self.judge, self.derivative, bool(self.claim.letters))
        )
        notes = self._notes()
        if reference is not None and made is not None:
            notes = (*notes, *self._where_it_holds(reference, made))
        if right is None:
            return said.replace(verdict=WRONG, off=off, notes=notes)
        equation = right if isinstance(right, Equation) else Equation((self.left, right))
        derived = write(equation.sides[-1], Plain())
        return said.replace(verdict=WRONG, off=off, notes=notes, right=equation, derivative=derived)

    def _where_it_holds(self, reference: Graph, made: Graph) -> Iterator[str]:
        """Whether a side is right where the entries of one input add up to 1, or one matrix is symmetric."""
        if self.judge.assumed != NOTHING_ASSUMED:
            return
        for index in self.judge.graph.inputs():
            name, shape = self.judge.graph.name(index), self.judge.graph.nodes[index].type.shape
            one, two = (ArrayAssumptions(sums={name: total}) for total in (1, 2))
            turned = ArrayAssumptions(symmetric=frozenset({name}))
            if shape and self._holds(one, reference, made) and not self._holds(two, reference, made):
                yield f"it is right where the entries of {name} add up to 1: --assume '{one.said[0]}'"
                return
            if len(shape) == 2 and shape[0] == shape[1] and self._holds(turned, reference, made):
                yield f"it is right where {name} is symmetric: --assume '{turned.said[0]}'"
                return

    def _holds(self, assumed: ArrayAssumptions, reference: Graph, made: Graph) -> bool:
        """Whether a side is right under an assumption."""
        there = ComparedSides(DerivativesAt(self.judge.chains, assumed), self.claim, self.reference, self.side)
        count, against = there._difference(reference, made, self.conventions.layout, {})
        return bool(count) and against is None


def _points(count: int) -> str:
    return f"at {count} random point{'' if count == 1 else 's'}"


def _entry(np: Any, claimed: Array, value: Array) -> str:
    """Where two arrays are farthest apart."""
    if np.ndim(value) == 0:
        return f"claimed {float(claimed) + 0.0:.6g}, right {float(value) + 0.0:.6g} at a point"
    place = np.unravel_index(np.argmax(np.abs(claimed - value)), value.shape)
    entry = ",".join(str(k + 1) for k in place)
    return f"entry {entry}: claimed {claimed[place] + 0.0:.6g}, right {value[place] + 0.0:.6g} at a point"

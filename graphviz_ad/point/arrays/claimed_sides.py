"""The sides of a claim on vectors and matrices as graphs over variables and derivatives, their values at the points,
and how far apart these are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Layout
from graphviz_ad.derive.arrays.differentiate import with_gradient
from graphviz_ad.point.arrays.derivatives import DerivativesAt
from graphviz_ad.point.arrays.samples import sized
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.point.mistakes import Mistake, of_numbers
from graphviz_ad.read.array_table import Array, numpy
from graphviz_ad.read.claims.array_claim import ADJOINTS, ArrayClaim, ArraySide

CLOSE = 1e-9  # how far apart two values may be that are equal, of their size
_INSTEAD = "claim what it does, δ ↦ δ x^T, or its entries, dy_i/dW_jk = …"


class FarthestEntry(Record):
    """Where two sides differ, in words, with their numbers there, if both have one, and the mistake of all entries."""

    words: str
    claimed: float | None = None
    right: float | None = None
    mistake: Mistake | None = None


class SidesAsGraphs:
    """Two sides of a claim: their graphs in a layout, and the values of these at the points of a judge."""

    def __init__(self, judge: DerivativesAt, claim: ArrayClaim, reference: ArraySide, side: ArraySide) -> None:
        self.judge, self.claim, self.reference, self.side = judge, claim, reference, side
        self.reader, self.conventions = judge.reader, judge.conventions
        self.derivative = claim.derivatives.get(reference.name)
        self.more: dict[ArraySide, dict[Name, DerivativeName]] = {}

    def adjoints_in(self, side: ArraySide) -> dict[Name, DerivativeName]:
        """Adjoints among the names of a side, δ_y and ȳ. Raises AdgraphError for a name that is nothing."""
        found: dict[Name, DerivativeName] = {}
        of = self.derivative.of if self.derivative is not None else self.judge.graph.name(self.judge.graph.outputs[0])
        for token in self.reader.unknown(side, self.claim.letters):
            name = Name(token.text)
            adjoint = self.reader.adjoint(name, of)
            if adjoint is not None and not self.judge.shape(of):
                found[name] = adjoint
            elif name != self.claim.pulled and not (self.is_no_matrix() and name in ADJOINTS):
                raise self.reader.no_variable(token.text, token.span)
        return found

    def is_no_matrix(self) -> bool:
        return self.derivative is not None and self.judge.derivative_shape(self.derivative, "gradient", False) is None

    def as_graph(
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

    def value(
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
            turned = layout == "denominator" and self.is_turned(name)
            values[str(name)] = np.reshape(value.T if turned else value, node.type.shape) if node.type.shape else value
        return array_values(graph, values)[graph.outputs[0]]

    def is_turned(self, name: DerivativeName) -> bool:
        """Whether a Jacobian stands transposed in the layout of denominators."""
        by_row = str(name) in self.claim.by_row
        return (
            len(name.wrts) == 1
            and bool(self.judge.shape(name.of))
            and bool(self.judge.shape(name.wrts[0]))
            and not by_row
        )

    def difference(
        self, reference: Graph, made: Graph, layout: Layout, at: Mapping[str, int], turned: bool = False
    ) -> tuple[int, FarthestEntry | None]:
        """At how many points both sides have a value, and where they are apart at one."""
        np, count = numpy(), 0
        made = sized(made, self.judge.letters)
        reference = sized(reference, self.judge.letters)
        for point in range(len(self.judge.points)):
            try:
                claimed = self.value(made, point, layout, at, {})
            except AdgraphError:
                continue
            value = self.value(reference, point, layout, at, {})
            claimed = np.transpose(claimed) if turned else claimed
            if np.shape(claimed) != np.shape(value):
                return count, FarthestEntry("another shape")
            count += 1
            scale = max(1.0, float(np.max(np.abs(value), initial=0.0)))
            if np.max(np.abs(claimed - value), initial=0.0) > CLOSE * scale:
                return count, farthest(np, claimed, value)
        return count, None


def farthest(np: Any, claimed: Array, value: Array) -> FarthestEntry:
    """Where two arrays are farthest apart."""
    place = np.unravel_index(np.argmax(np.abs(claimed - value)), np.shape(value))
    where = f"entry {','.join(str(k + 1) for k in place)}: " if place else ""
    one, other = (float(np.asarray(array)[place]) + 0.0 for array in (claimed, value))
    mistake = of_numbers(one, other)
    if mistake is not None and not np.allclose(claimed * (other / one), value, rtol=1e-6):
        mistake = None
    what = "" if mistake is None else f"{mistake.words}: "
    return FarthestEntry(f"{what}{where}claimed {one:.6g}, right {other:.6g} at a point", one, other, mistake)

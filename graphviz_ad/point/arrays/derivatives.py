"""The derivatives of a system of vectors and matrices at random points: their shapes in each layout, their values, and
those of their entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphviz_ad.algebra.indexed_terms import Tensor
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.arrays import matrix, shape_of
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import Layout
from graphviz_ad.derive.arrays.assumptions import NOTHING_ASSUMED, ArrayAssumptions
from graphviz_ad.derive.arrays.chain import ArrayChains
from graphviz_ad.derive.arrays.differentiate import with_gradient
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.samples import lettered, samples, sized
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.array_table import Array, numpy
from graphviz_ad.read.claims.arrays import ArrayClaimReader


class DerivativesAt:
    """The derivatives that claims on one system name, at random points at which inputs are as they are
    assumed to be."""

    def __init__(
        self, chains: ArrayChains, assumed: ArrayAssumptions = NOTHING_ASSUMED, wrt: Sequence[Name] = ()
    ) -> None:
        self.chains, self.graph, self.conventions = chains, chains.graph_view.graph, chains.conventions
        self.reader = ArrayClaimReader(self.graph, wrt)
        self.letters = lettered(self.graph)
        self.numeric = sized(self.graph, self.letters)
        self.assumed = assumed
        self.points = samples(self.numeric, assumed)
        self._known: dict[tuple[DerivativeName, int], Array] = {}
        self._gradients: dict[tuple[int, int], Graph] = {}

    def place(self, name: Name) -> int:
        """The node of a variable, or of that which a name is an entry of."""
        return self.graph.places[self.reader.entry(name, dict.fromkeys(self.reader.letters_of(name), 1))[0]]

    def shape(self, name: Name) -> Shape:
        """The shape of a variable; that of an entry is that of a number."""
        is_whole = self.reader.entry(name, dict.fromkeys(self.reader.letters_of(name), 1))[1] is None
        return self.graph.nodes[self.place(name)].type.shape if is_whole else ()

    def derivative_shape(self, name: DerivativeName, layout: Layout, by_row: bool) -> Shape | None:
        """The shape of a derivative as it is written in a layout; None where it is no matrix."""
        left, *rights = map(self.shape, (name.of, *name.wrts))
        if len(rights) == 2:
            if left:
                return None
            left, right = rights
            return _matrix(left, right)
        (right,) = rights
        if not left:
            return (1, *right) if len(right) == 1 and (layout == "numerator" or by_row) else right
        if not right:
            rows, columns = matrix(left)
            is_turned = layout == "denominator" and 1 in (rows, columns)
            return shape_of(columns, rows) if is_turned else left
        shape = _matrix(left, right)
        return shape[::-1] if shape is not None and layout == "denominator" and not by_row else shape

    def derivative_value(self, name: DerivativeName, point: int, at: Mapping[str, int]) -> Array:
        """The value of a derivative over [left axes, right axes], or of an entry of it."""
        index: list[Any] = []
        for variable in (name.of, *name.wrts):
            _, place = self.reader.entry(variable, at)
            axes = numpy().ndim(self.points[point][self.place(variable)])
            index += [slice(None)] * axes if place is None else place
        return numpy().asarray(self._whole(name, point))[tuple(index)]

    def _whole(self, name: DerivativeName, point: int) -> Array:
        of, *wrts = (self.place(variable) for variable in (name.of, *name.wrts))
        key = (DerivativeName("∂", self.graph.name(of), tuple(map(self.graph.name, wrts))), point)
        if key not in self._known:
            if len(wrts) == 1:
                self._known[key] = self._first(of, wrts[0], point)
            else:
                self._known[key] = self._second(of, wrts[0], wrts[1], point)
        return self._known[key]

    def _first(self, of: int, wrt: int, point: int) -> Array:
        return derivative(self.numeric, of, wrt, self.points[point])

    def _second(self, of: int, left: int, right: int, point: int) -> Array:
        for one, other in ((left, right), (right, left)):
            if one != other and one in self._below(other):
                text = f"{self.graph.name(other)} depends on {self.graph.name(one)}"
                raise AdgraphError(text, hint="take second derivatives by variables that do not depend on each other")
        if (of, left) not in self._gradients:
            self._gradients[of, left] = sized(with_gradient(self.chains, of, left), self.letters)
        graph, np = self._gradients[of, left], numpy()
        values = {self.graph.name(index): self.points[point][index] for index in self.graph.inputs()}
        found = array_values(graph, {str(name): self.as_given(name, value) for name, value in values.items()})
        name = self.graph.name(right)
        shape = (*np.shape(self.points[point][left]), *np.shape(self.points[point][right]))
        if name not in graph.places:
            return np.zeros(shape)
        return derivative(graph, graph.outputs[0], graph.places[name], found)

    def _below(self, node: int) -> set[int]:
        """What a node depends on, and itself."""
        found = {node}
        for index in range(node, -1, -1):
            if index in found:
                found.update(self.graph.nodes[index].args)
        return found

    def as_given(self, name: Name, value: Array) -> Array:
        shape = self.numeric.nodes[self.graph.places[name]].type.shape
        return numpy().reshape(value, shape) if shape else value

    def tensor(self, name: DerivativeName) -> Tensor | None:
        """A first derivative of whole variables as a tensor, left axes first."""
        names = self.chains.graph_view.names.values()
        if len(name.wrts) != 1 or name.of not in names or name.wrts[0] not in names:
            return None
        found = self.chains.adjoints(self.place(name.of))
        return found.get(self.place(name.wrts[0]))


class HeldDerivativesAt(DerivativesAt):
    """The same with the variables between held fixed: ∂L/∂W of L = ‖y‖² + ‖W‖², whatever y depends on."""

    def __init__(self, totals: DerivativesAt) -> None:
        vars(self).update(vars(totals), _known={})
        self._stops = frozenset(self.chains.graph_view.names)

    def _first(self, of: int, wrt: int, point: int) -> Array:
        return derivative(self.numeric, of, wrt, self.points[point], self._stops)

    def tensor(self, name: DerivativeName) -> Tensor | None:
        if super().tensor(name) is None:
            return None
        edge = self.chains.edges.get((self.place(name.of), self.place(name.wrts[0])))
        return None if edge is None else edge.tensor.total


def _matrix(left: Shape, right: Shape) -> Shape | None:
    """Rows for one and columns for the other, where both are vectors."""
    rows, columns = ([size for size in shape if size != 1] for shape in (left, right))
    return (*rows, *columns) if len(rows) == len(columns) == 1 else None

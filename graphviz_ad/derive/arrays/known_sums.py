"""What the equations of a system say of its variables: the entries of x − mean(x) add up to 0, so does each column of a
matrix from whose rows their mean is taken, those of e/sum(e) add up to 1, and C = XᵀX is its own transpose."""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.pool import SUM
from graphviz_ad.algebra.softmaxes import added_up, is_ones, softmax_of
from graphviz_ad.core.graph import INPUT, Type
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.arrays import ROWSUM, TOTAL
from graphviz_ad.derive.arrays.tensors import expression_of
from graphviz_ad.derive.graph_view import GraphView, definition

Averaged = tuple[int, int]  # a matrix, and the axis along which its entries are averaged


def know_sums(indexed: IndexedAlgebra, view: GraphView) -> None:
    """Tell the pool which variables are means, which have theirs taken from them, what others add up to, and which are
    their own transposes."""
    _Knower(indexed, view).know()


class _Knower:
    def __init__(self, indexed: IndexedAlgebra, view: GraphView) -> None:
        self.indexed, self.algebra, self.view = indexed, indexed.algebra, view
        self.averages: dict[int, Averaged] = {}  # variables that are the means of the rows, or columns, of a matrix

    def know(self) -> None:
        nodes = self.view.graph.nodes
        for node, name in self.view.names.items():
            if nodes[node].op == INPUT or isinstance(name, DerivativeName):
                continue
            shape = nodes[node].type.shape
            variable = self.indexed.variable(name, shape)
            value = self.with_totals(expression_of(self.indexed, definition(self.view, node)))
            (self.know_number, self.know_vector, self.know_matrix)[len(shape)](variable, value)

    def with_totals(self, value: int) -> int:
        """An expression with sums of entries as such, where they are products with ones: 𝟏ᵀx, xᵀ𝟏."""
        leaves = self.algebra.below(value)
        summed = {leaf: of for leaf in leaves if (of := added_up(self.indexed, leaf)) is not None}
        totals = {leaf: self.indexed.atom(TOTAL, (of,), Type(())) for leaf, of in summed.items()}
        return self.algebra.replaced(value, totals) if totals else value

    def turned(self, value: int) -> int | None:
        """What an expression is the transpose of."""
        atom = self.indexed.atom_of(value)
        return atom.args[0] if atom is not None and atom.op == "transpose" else None

    # ---- what a variable is

    def know_number(self, variable: int, value: int) -> None:
        """A mean of a vector, a sum of its entries, or the logarithm of one."""
        for leaf in self.algebra.below(value):
            atom = self.indexed.atom_of(leaf)
            if atom is not None and atom.op == TOTAL:
                if value in (leaf, self.algebra.apply("log", leaf)):
                    self.indexed.meanings[variable] = value
                whole = atom.args[0]
                if len(shape := self.indexed.shape(whole)) == 1 and self.times(value, shape[0]) == leaf:
                    self.indexed.means[variable] = whole

    def know_vector(self, variable: int, value: int) -> None:
        """The means of the rows or columns of a matrix; or what adds up to 0, or to 1; or a log softmax."""
        own = self.indexed.atom_of(value)
        if own is not None and own.op == "log_softmax":
            self.indexed.meanings[variable] = value
        for leaf in self.algebra.below(value):
            found = self.summed(leaf)
            if found is not None:
                whole, axis = found
                if self.times(value, self.indexed.shape(whole)[axis]) == leaf:
                    self.averages[variable] = found
        if softmax_of(self.indexed, value) is not None or self.is_share(value):
            self.indexed.sums[variable] = self.algebra.one
        elif self.algebra.terms[value].op == SUM and self.indexed.sum_of(value) == self.algebra.zero:
            self.indexed.sums[variable] = self.algebra.zero

    def know_matrix(self, variable: int, value: int) -> None:
        """X − 𝟏μᵀ, where μ is Xᵀ𝟏/n, and X − μ𝟏ᵀ, where it is X𝟏/n, add up to 0 along an axis, the rows of a softmax to
        1; and a matrix may be its own transpose."""
        own, name = self.indexed.atom_of(value), self.algebra.terms[variable].key
        if isinstance(name, Name) and self.indexed.facts.is_symmetric(value):
            self.indexed.symmetric.add(name)
        if own is not None and own.op == "softmax":
            self.indexed.along[variable] = {1: self.algebra.one}
        parts = self.algebra.terms[value].args if self.algebra.terms[value].op == SUM else ()
        if len(parts) == 2:
            centred = {
                axis: self.algebra.zero
                for whole, other in (parts, parts[::-1])
                for axis in (0, 1)
                if self.averages.get(self.spread(other, axis)) == (whole, axis)
            }
            if centred:
                self.indexed.along[variable] = centred

    def times(self, value: int, size: int | str) -> int:
        """An expression times a size."""
        return self.algebra.multiply(value, self.indexed.size(self.indexed.indices.new(size)))

    def is_share(self, value: int) -> bool:
        """Whether a vector is another over the sum of its entries."""
        number, rest = self.indexed.numbers_apart(self.algebra.replaced(value, self.indexed.meanings))
        if number == self.algebra.one:
            return False
        total = self.indexed.atom(TOTAL, (rest,), Type(()))
        return self.algebra.multiply(number, total) == self.algebra.one

    def summed(self, value: int) -> Averaged | None:
        """The matrix whose rows, or columns, a vector has the sums of, and along which axis."""
        atom = self.indexed.atom_of(value)
        if atom is not None and atom.op == ROWSUM:
            return atom.args[0], 1
        if atom is None or atom.op != "matmul" or not is_ones(self.indexed, atom.args[1]):
            return None
        turned = self.turned(atom.args[0])
        return (atom.args[0], 1) if turned is None else (turned, 0)

    def spread(self, value: int, axis: int) -> int:
        """The vector that is subtracted along an axis of a matrix, −𝟏μᵀ or −μ𝟏ᵀ; 0 where there is none."""
        digits, rest = self.algebra.coefficient(value)
        atom = self.indexed.atom_of(rest)
        if digits == -1 and atom is not None and atom.op == "matmul":
            left, right = atom.args[0], self.turned(atom.args[1])
            ones, vector = (left, right) if axis == 0 else (right, left)
            if vector is not None and ones is not None and is_ones(self.indexed, ones):
                return vector
        return self.algebra.zero

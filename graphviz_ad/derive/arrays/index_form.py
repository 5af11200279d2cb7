"""Derivatives over indices, ∂y_i/∂W_jk = δ_ij x_k and ∂L/∂x_i = Σ_j A_ji y_j: for those that are no matrix, and for who
reads them so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Index, IndexedFactor, IndexedTerm, Tensor
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import INPUT, Builder, Graph, Node, Type, needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import INDEX_SUM

LETTERS = "ijklmnpqrst"
KRONECKER = Name("δ")
MAX_SUMS = 50  # of one derivative
_SUMS = [Name(f"\0{number}") for number in range(MAX_SUMS)]  # what stands for sums while a formula is made
_LAST = dict.fromkeys(map(str, _SUMS), 10**9)  # sums stand behind other factors

LetterOf = Mapping[Index, str]


class NoIndexFormError(Exception):
    """An entry of a derivative cannot be written over entries."""


def index_form(
    indexed: IndexedAlgebra, of: Name, wrt: Name, left: int, tensor: Tensor, partial: bool, brackets: bool = False
) -> Formula | None:
    """The derivative of an entry by an entry, and what it is, with δᵢⱼ or with `brackets`, [i = j]; None where it has a
    part whose entries have no names."""
    letters = dict(zip(tensor.axes, LETTERS, strict=False))
    if len(letters) < len(tensor.axes):
        return None
    try:
        value = _Entries(indexed, brackets).written(tensor, letters)
    except NoIndexFormError:
        return None
    names = [_entry(name, [letters[axis] for axis in axes])
             for name, axes in ((of, tensor.axes[:left]), (wrt, tensor.axes[left:]))]  # fmt: skip
    return Equation((Derivative(names[0], names[1], partial), Expression(value)))


class _Entries:
    """A formula over entries while it is made: in a pool of its own, with variables in the place of sums."""

    def __init__(self, indexed: IndexedAlgebra, brackets: bool) -> None:
        self.indexed, self.brackets = indexed, brackets
        self.algebra = Algebra(differentiated=True, factors=_LAST)
        self.sums: list[tuple[str, int]] = []  # the letters of each, and what is added up
        self.known: dict[tuple[str, int], int] = {}

    def written(self, tensor: Tensor, letters: LetterOf) -> Graph:
        """An entry of a tensor."""
        builder = Builder()
        return needed_by(builder.nodes, [self._put(builder, {}, self.total(tensor, letters))])

    def _put(self, builder: Builder, inputs: dict[Node, int], value: int) -> int:
        """An expression with each sum in the place of its variable."""
        made = to_graph(self.algebra, value)

        def leaf(node: Node) -> int:
            if node.name in _SUMS:
                letters, inner = self.sums[_SUMS.index(node.name)]
                type_of = Type((), (("letters", tuple(letters)),))
                return builder.add(INDEX_SUM, (self._put(builder, inputs, inner),), None, None, None, type_of)
            if node not in inputs:
                inputs[node] = builder.keep(node)
            return inputs[node]

        return builder.inline(made.nodes, leaf)[made.outputs[0]]

    def total(self, tensor: Tensor, letters: LetterOf) -> int:
        terms = [self.term(term, letters) for term in tensor.terms]
        return terms[0] if len(terms) == 1 else self.algebra.add(*terms)  # −(h − t) stays as it is

    def term(self, term: IndexedTerm, letters: LetterOf) -> int:
        """A product; the factors that share indices that are summed over under a sign of their own."""
        parts = [self.copied(term.coefficient, (), letters), *(self.delta(i, j, letters) for i, j in term.deltas)]
        values = [factor.value for factor in term.factors]
        left = sorted(term.factors, key=lambda f: (values.index(f.value), [letters.get(i, "") for i in f.indices]))
        while left:
            together = _sharing(left, letters)
            left = [factor for factor in left if factor not in together]
            here = {**letters}
            for index in dict.fromkeys(i for factor in together for i in factor.indices if i not in letters):
                here[index] = self.letter(here)
            together.sort(key=lambda factor: -len(factor.indices))  # A_ij x_j
            made = self.algebra.multiply(*(self.copied(f.value, f.indices, here) for f in together))
            bound = "".join(letter for index, letter in here.items() if index not in letters)
            parts.append(self.sum(bound, made) if bound else made)
        return self.algebra.multiply(*parts)

    def letter(self, taken: LetterOf) -> str:
        free = next((letter for letter in LETTERS if letter not in taken.values()), None)
        if free is None:
            raise NoIndexFormError
        return free

    def sum(self, letters: str, value: int) -> int:
        """The variable that stands for a sum; its digits stand before it."""
        digits, rest = self.algebra.coefficient(value)
        if (letters, rest) not in self.known:
            if len(self.sums) == MAX_SUMS:
                raise NoIndexFormError
            self.sums.append((letters, rest))
            self.known[letters, rest] = self.algebra.variable(_SUMS[len(self.sums) - 1])
        return self.algebra.multiply(self.algebra.number(digits), self.known[letters, rest])

    def delta(self, i: Index, j: Index, letters: LetterOf) -> int:
        first, second = sorted((letters[i], letters[j]))
        if self.brackets:
            return self.algebra.apply("equal", *(self.algebra.variable(Name(letter)) for letter in (first, second)))
        return self.algebra.variable(KRONECKER.entry((first, second), " "))

    def copied(self, value: int, indices: Sequence[Index], letters: LetterOf) -> int:
        """An expression with indices at all of its names that have axes; a product of matrices as a sum."""
        own, known = self.indexed.algebra, {}
        for part in own.below(value):
            key = own.terms[part].key
            if own.terms[part].op != INPUT or not isinstance(key, str):
                continue
            if key in self.indexed.atoms:
                known[key] = self.product(part, indices, letters)
            else:
                at = [letters[index] for index in indices] if key in self.indexed.shapes else []
                known[key] = self.algebra.variable(_entry(Name(key), at))
        return self.algebra.taken(own, value, known)

    def product(self, value: int, indices: Sequence[Index], letters: LetterOf) -> int:
        """What stands for a product of factors, over their entries."""
        indexed, atom = self.indexed, self.indexed.atom_of(value)
        rule = None if atom is None else operation(atom.op).factors
        axes = () if atom is None else indexed.axes(atom.type.shape)
        if atom is None or rule is None or len(axes) not in (0, len(indices)):
            raise NoIndexFormError
        shapes = [indexed.shape(arg) for arg in atom.args]
        found = indexed.letters(rule(*shapes, **dict(atom.type.attributes)), shapes, axes)
        factors = tuple(IndexedFactor(atom.args[place], at) for place, at in found.factors)
        made = Tensor(axes, (IndexedTerm(indexed.algebra.one, factors, found.deltas),))
        bound = {-1 - place: letter for place, letter in enumerate(letters.values())}
        here = {axis: letters[index] for axis, index in zip(axes, indices, strict=True)} if axes else {}
        return self.total(made, {**bound, **here})  # letters that stand around it are taken


def _sharing(factors: Sequence[IndexedFactor], letters: LetterOf) -> list[IndexedFactor]:
    """The first of the factors, and those that share indices with it that have no letter yet, at once or by others."""
    found, indices = [factors[0]], {index for index in factors[0].indices if index not in letters}
    for _ in factors:
        found = [f for f in factors if f in found or indices & {*f.indices}]
        indices = {index for factor in found for index in factor.indices if index not in letters}
    return found


def _entry(name: Name, letters: list[str]) -> Name:
    """The name of an entry: W_{ij}, h_{1,i}."""
    return name.entry(letters, " ") if letters else name

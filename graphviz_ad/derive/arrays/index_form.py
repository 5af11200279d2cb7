"""Derivatives over indices, ∂y_i/∂W_jk = δ_ij x_k: for those that are no matrix, and for who reads them so."""

from __future__ import annotations

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.indexed_terms import Tensor
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula
from graphviz_ad.core.names import Name

LETTERS = "ijklmnpqrst"
KRONECKER = Name("δ")


def index_form(
    indexed: IndexedAlgebra, of: Name, wrt: Name, left: int, tensor: Tensor, partial: bool, brackets: bool = False
) -> Formula | None:
    """The derivative of an entry by an entry, and what it is, with δᵢⱼ or with `brackets`, [i = j]; None where it is a
    sum over an index, or has a part that has no name."""
    letters = dict(zip(tensor.axes, LETTERS, strict=False))
    if len(letters) < len(tensor.axes):
        return None
    algebra = Algebra(differentiated=True)
    terms = []
    for term in tensor.terms:
        if not term.indices() <= set(tensor.axes):
            return None
        factors = [_copied(indexed, algebra, term.coefficient, "")]
        for i, j in term.deltas:
            first, second = sorted((letters[i], letters[j]))
            if brackets:
                factors.append(algebra.apply("equal", *(algebra.variable(Name(letter)) for letter in (first, second))))
            else:
                factors.append(algebra.variable(KRONECKER.entry((first, second), " ")))
        values = [factor.value for factor in term.factors]
        for factor in sorted(term.factors, key=lambda f: (values.index(f.value), [letters[i] for i in f.indices])):
            factors.append(_copied(indexed, algebra, factor.value, "".join(letters[i] for i in factor.indices)))
        if any(factor is None for factor in factors):
            return None
        terms.append(algebra.multiply(*(factor for factor in factors if factor is not None)))
    names = [_entry(name, [letters[axis] for axis in axes])
             for name, axes in ((of, tensor.axes[:left]), (wrt, tensor.axes[left:]))]  # fmt: skip
    total = terms[0] if len(terms) == 1 else algebra.add(*terms)  # −(h − t) stays as it is
    value = Expression(to_graph(algebra, total))
    return Equation((Derivative(names[0], names[1], partial), value))


def _copied(indexed: IndexedAlgebra, algebra: Algebra, value: int, letters: str) -> int | None:
    """An expression with indices at all of its names that have axes, in a pool of entries."""
    own = indexed.algebra
    leaves = {str(own.terms[part].key) for part in own.below(value) if isinstance(own.terms[part].key, str)}
    if any(leaf in indexed.atoms for leaf in leaves):
        return None
    known = {leaf: algebra.variable(_entry(Name(leaf), list(letters)) if leaf in indexed.shapes else Name(leaf))
             for leaf in leaves}  # fmt: skip
    return algebra.load(to_graph(own, value), known)


def _entry(name: Name, letters: list[str]) -> Name:
    """The name of an entry: W_{ij}, h_{1,i}."""
    return name.entry(letters, "" if name.parts.subscript else " ") if letters else name

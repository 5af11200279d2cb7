"""What stands for operations on vectors and matrices in the pool, and which matrices are known to be symmetric: AᵀA,
the inverse of a symmetric one, a diagonal one, and what is assumed to be."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.graph import Type
from graphviz_ad.core.ops.arrays import EYE
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record


class Atom(Record):
    """What stands for an operation on vectors or matrices in an expression of the pool, as a variable does: the
    operation with expressions of the pool for its operands."""

    op: str
    args: tuple[int, ...]
    type: Type


class SymmetricMatrices:
    """The expressions of a pool that are symmetric matrices; of its names the `shapes` are known and which of them are
    `atoms`, and of variables the `assumed` ones are symmetric."""

    def __init__(self, algebra: Algebra, shapes: Mapping[str, Shape], atoms: Mapping[str, Atom]) -> None:
        self.algebra, self.shapes, self.atoms = algebra, shapes, atoms
        self.assumed: set[int] = set()
        self._known: dict[int, bool] = {}

    def __contains__(self, value: int) -> bool:
        """Whether an expression is one: all that it is made of, entry by entry, is."""
        if value not in self._known:
            keys = ((leaf, self.algebra.terms[leaf].key) for leaf in self.algebra.below(value))
            leaves = [(leaf, key) for leaf, key in keys if isinstance(key, str) and key in self.shapes]
            self._known[value] = bool(leaves) and all(leaf in self.assumed or self._is_one(key) for leaf, key in leaves)
        return self._known[value]

    def _is_one(self, key: str) -> bool:
        atom = self.atoms.get(key)
        if atom is None:
            return False
        if atom.op == "matmul":
            left, right = atom.args
            return self._is_transpose(left, right) or self._is_transpose(right, left)
        return atom.op in (EYE, "diag") or (atom.op == "inv" and atom.args[0] in self)

    def _is_transpose(self, value: int, of: int) -> bool:
        key = self.algebra.terms[value].key
        atom = self.atoms.get(key) if isinstance(key, str) else None
        return atom is not None and atom.op == "transpose" and atom.args == (of,)

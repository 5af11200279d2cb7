"""Expressions that are too long to be written in one piece, brought into pieces with names: u₁ = …

What is read several times is made once, so that all pieces together are as long as the expression's graph, not as its
tree. `parts` says what the names stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.names import Name

PIECE = 36  # symbols of what is written with parts, and of each part
REPEATED = 4  # symbols of what has a name because it is read several times
WIDE = 4  # factors or terms of an adjoint that has a name because it is read several times
_BUILT = frozenset({SUM, PRODUCT, POWER})


class Pieces:
    """Brings expressions of a pool into pieces; the parts are called by a letter and numbered as they are made."""

    def __init__(self, algebra: Algebra, letter: str) -> None:
        self.algebra = algebra
        self._letter = letter
        self._made: dict[int, int] = {}  # the piece that each expression is
        self._part = {piece: algebra.variable(name) for name, piece in algebra.parts.items()}  # pieces with names
        self._names = {*self._part.values()}  # the variables of parts
        self._held: dict[int, int] = {}  # what is still to be brought into pieces, by what stands in its place
        self._readers: Counter[int] = Counter()

    def hold(self, index: int) -> int:
        """Something that stands in the place of an expression that is read several times, so that it is not repeated
        factor by factor; the expression itself where it is not wide."""
        algebra = self.algebra
        term = algebra.terms[index]
        if term.op not in (SUM, PRODUCT) or len(term.args) < WIDE:
            return index
        held = algebra.variable(Name(f"(held {len(self._held) + 1})"))  # no name that a reader can write
        self._held[held] = index
        return held

    def are_whole(self, roots: Iterable[int]) -> bool:
        """Whether nothing stands in the place of what is still to come in any of these."""
        return not self._held or all(self._held.keys().isdisjoint(self.algebra.below(root)) for root in roots)

    def of(self, roots: Sequence[int]) -> list[int]:
        """Expressions in pieces; what several of them read, or one several times, is one part."""
        held, self._held = self._held, {}
        self._count((*held.values(), *roots))
        for variable, root in held.items():
            self._made[variable] = self._named(self._in_pieces(root))
        return [self._in_pieces(root) for root in roots]

    def _shown(self, index: int) -> int:
        """The piece that an expression is, by its name where it has one."""
        return self._part.get(self._made[index], self._made[index])

    def _count(self, roots: Iterable[int]) -> None:
        """Count how often each expression is read."""
        seen: set[int] = set()
        for root in roots:
            self._readers[root] += 1
            stack = [root]
            while stack:
                index = stack.pop()
                if index not in seen:
                    seen.add(index)
                    self._readers.update(self.algebra.terms[index].args)
                    stack.extend(self.algebra.terms[index].args)

    def _in_pieces(self, root: int) -> int:
        stack = [root]
        while stack:
            index = stack[-1]
            term = self.algebra.terms[index]
            left = [arg for arg in term.args if arg not in self._made]
            if left:
                stack += reversed(left)
                continue
            stack.pop()
            if index not in self._made:
                made = self._fitted(index, [self._shown(arg) for arg in term.args]) if term.args else index
                self._made[index] = self._named(made) if self._is_repeated(index, made) else made
        return self._made[root]

    def _is_repeated(self, index: int, made: int) -> bool:
        """Whether an expression had better have a name for being read several times."""
        algebra = self.algebra
        _, rest = algebra.coefficient(made)
        term = algebra.terms[rest]
        if self._readers[index] < 2 or not term.args:
            return False
        if term.op == POWER and algebra.value(term.args[1]) is not None and not algebra.terms[term.args[0]].args:
            return False  # x²
        goes_on = term.op not in _BUILT and not self._names.isdisjoint(term.args)  # sin(u₁), as u₁ = sin(…)
        return goes_on or algebra.size[rest] >= REPEATED

    def _fitted(self, index: int, args: list[int]) -> int:
        """An operation on pieces as a piece: the longest of its arguments become parts, then stretches of those of a
        long sum or product."""
        algebra, op = self.algebra, self.algebra.terms[index].op
        made = index if algebra.terms[index].args == tuple(args) else algebra.apply(op, *args)
        while algebra.size[made] > PIECE:
            args, op = list(algebra.terms[made].args), algebra.terms[made].op
            longest = max(args, key=algebra.size.__getitem__)
            if algebra.size[longest] > PIECE // 4:
                args[args.index(longest)] = self._named(longest)
            elif op in (SUM, PRODUCT):
                args = self._grouped(op, args)
            else:
                break  # a function of very many arguments
            made = algebra.apply(op, *args)
        return made

    def _grouped(self, op: Operation, args: Sequence[int]) -> list[int]:
        """The arguments of a long sum or product, stretches of about one length as parts."""
        algebra = self.algebra
        ends = list(accumulate(algebra.size[arg] for arg in args))
        count = ends[-1] // (PIECE - PIECE // 4) + 1
        groups = [
            [arg for _, arg in run]
            for _, run in groupby(zip(ends, args, strict=True), lambda one: one[0] * count // (ends[-1] + 1))
        ]
        combined = algebra.add if op == SUM else algebra.multiply
        return [self._named(combined(*group)) for group in groups]

    def _named(self, index: int) -> int:
        """A piece as a part."""
        algebra = self.algebra
        number, rest = algebra.coefficient(index)
        if not algebra.terms[rest].args:
            return index
        if number != 1:
            return algebra.multiply(algebra.number(number), self._named(rest))
        if index not in self._part:
            name = Name(f"{self._letter}_{len(algebra.parts) + 1}")
            algebra.parts[name] = index
            self._part[index] = algebra.variable(name)
            self._names.add(self._part[index])
        return self._part[index]

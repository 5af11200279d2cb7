"""The textbook form: the shortest of several honest forms of an expression.

The normal form keeps what was written; here the expression is read as a rational function of its atoms, brought to
lowest terms, and written factored, expanded, collected, with the identities of a book. Of these candidates the one with
the fewest signs and symbols is taken (`notation.signs`); of equally short ones the one nearest to what was
written, so that nothing becomes longer than its normal form, but for what a book turns round.

The value stays wherever the expression is defined. In a pool of derivatives what was divided by is not zero, as in the
normal form; elsewhere only polynomials are rewritten, so that nothing is cancelled. The time is bounded: what has more
than MAX_SIZE symbols, or leads to polynomials past the bounds of `ratio`, keeps its normal form, as do all
without FLINT.
"""

from __future__ import annotations

import weakref

from graphviz_ad.algebra.alike import once_for_all
from graphviz_ad.algebra.atoms import ROOTS
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.algebra.simple_forms import simple_forms
from graphviz_ad.algebra.worth_trying import worth_trying
from graphviz_ad.core.graph import INPUT
from graphviz_ad.host.flint_here import has_flint

MAX_SIZE = 120  # what is longer is hardly ever short enough to be written afterwards


def textbook(algebra: Algebra, root: int) -> int:
    """The shortest form of an expression of the pool."""
    if algebra.size[root] > MAX_SIZE:
        return root
    if algebra not in _POOLS:
        _POOLS[algebra] = _Shortening(algebra)
    done = _POOLS[algebra].done
    if not algebra.conditions:
        return done(root)
    from graphviz_ad.algebra.cases import in_cases

    return in_cases(algebra, done(root), done)


class _Shortening:
    """What is known of the expressions of a pool: the shortest form of each."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra: Algebra = weakref.proxy(algebra)
        self.shortest: dict[int, int] = {}
        self._done: dict[int, int] = {}

    def done(self, root: int) -> int:
        """The shortest form of an expression, which has no shorter one."""
        if root not in self._done:
            self._done[root] = once_for_all(self.algebra, "textbook form", [root], lambda: self._repeated(root))
        return self._done[root]

    def _repeated(self, root: int) -> int:
        while (shorter := self.of(root)) != root:
            root = shorter
        return root

    def of(self, root: int) -> int:
        """The shortest form of an expression, made of the shortest forms of its parts. A sum of products that is the
        argument of a function stays as it was written, but for the functions in it."""
        algebra = self.algebra
        arguments, others = _roles(algebra, root)
        made: dict[int, int] = {}  # what is an argument, of shorter parts
        for index in sorted(arguments | others):
            term = algebra.terms[index]
            kept = _arguments(algebra, index)
            parts = (made[arg] if arg in kept and _is_flat(algebra, arg) else self.shortest[arg] for arg in term.args)
            rebuilt = algebra.apply(term.op, *parts) if term.args else index
            made[index] = rebuilt
            if index in others and index not in self.shortest:
                self.shortest[index] = self._best(index, rebuilt)
        return self.shortest[root]

    def _best(self, index: int, made: int) -> int:
        found = dict.fromkeys((index, made, *simple_forms(self.algebra, made)), 0)  # each with its handicap
        for variant in dict.fromkeys((index, made)):
            if worth_trying(self.algebra, variant) and has_flint():
                from graphviz_ad.algebra.candidates import candidates

                for form in candidates(self.algebra, variant, length(self.algebra, index)):
                    found.setdefault(form.index, form.handicap)
        shortest = min(length(self.algebra, form) + found[form] for form in found) if len(found) > 1 else 0
        equal = [form for form in found if length(self.algebra, form) + found[form] == shortest] or [index]
        return min(equal, key=lambda form: _turned(self.algebra, form)) if len(equal) > 1 else equal[0]


def _turned(algebra: Algebra, root: int) -> int:
    """How often an expression has what a book writes the other way round: sums that begin with a minus, and √x³."""
    found = 0
    for part in algebra.below(root):
        term = algebra.terms[part]
        if term.op == SUM:
            found += algebra.coefficient(term.args[0])[0] < 0
        elif term.op == POWER and (root_of := algebra.terms[term.args[0]]).op in ROOTS:
            found += algebra.terms[root_of.args[0]].op == INPUT and algebra.value(term.args[1]) != -1
    return found


_POOLS: weakref.WeakKeyDictionary[Algebra, _Shortening] = weakref.WeakKeyDictionary()


def _roles(algebra: Algebra, root: int) -> tuple[set[int], set[int]]:
    """The parts of an expression that are arguments and stay as they are, and all others; some are both."""
    arguments: set[int] = set()
    others = {root}
    stack = [root]
    while stack:
        index = stack.pop()
        kept = _arguments(algebra, index)
        for arg in algebra.terms[index].args:
            role = arguments if arg in kept and _is_flat(algebra, arg) else others
            if arg not in role:
                role.add(arg)
                stack.append(arg)
    return arguments, others


def _arguments(algebra: Algebra, index: int) -> tuple[int, ...]:
    """The arguments of a function; of a power, its exponent."""
    term = algebra.terms[index]
    return () if term.op in (SUM, PRODUCT) else term.args[1:] if term.op == POWER else term.args


def _is_flat(algebra: Algebra, index: int) -> bool:
    """Whether a sum has no sums in its terms."""
    term = algebra.terms[index]
    return term.op == SUM and all(
        algebra.terms[algebra.as_power(factor)[0]].op != SUM for part in term.args for factor in algebra.factors(part)
    )

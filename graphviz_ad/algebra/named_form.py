"""Expressions in the reader's own names: ∂a/∂z = a(1 − a), where the variable a is σ(z)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from graphviz_ad.algebra.alike import once_for_all
from graphviz_ad.algebra.atoms import atoms, exponential_parts
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import POWER, PRODUCT, SUM
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.algebra.textbook_form import MAX_SIZE, textbook
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.host.flint_here import has_flint

if TYPE_CHECKING:
    from graphviz_ad.algebra.forms import Form

MAX_RELATIONS = 8
SHORT = 4  # signs that no name makes shorter


def in_names(algebra: Algebra, root: int, relations: Sequence[Relation]) -> int:
    """The shortest form of an expression that may be written with the variables of relations, whose values have no
    variables of later relations; itself where none is shorter."""
    if not algebra.terms[root].args and not any(relation.assumed for relation in relations):
        return root
    roots = [root, *(part for relation in relations for part in (relation.variable, relation.value))]
    said = tuple([(relation.assumed, relation.distance) for relation in relations])
    return once_for_all(algebra, ("named form", said), roots, lambda: _in_names(algebra, root, relations))


def _in_names(algebra: Algebra, root: int, relations: Sequence[Relation]) -> int:
    direct = {r.value: r.variable for r in relations if not r.assumed and _is_function(algebra, r.value)}
    found = dict.fromkeys((root, textbook(algebra, algebra.replaced(root, direct)) if direct else root), 0)
    for assumed in _put_in(algebra, [*found][-1], relations):
        found.setdefault(assumed, 0)
    for form in _by_elimination(algebra, [*found][-1], relations):
        found.setdefault(form.index, form.handicap)
    far = {relation.variable: relation.distance for relation in relations if relation.distance}

    def cost(form: int) -> tuple[int, int]:
        distance = sum(far.get(part, 0) for part in algebra.below(form)) if far else 0
        return length(algebra, form) + found[form], distance

    shortest = min(found, key=cost)
    return root if shortest == root else _in_names(algebra, textbook(algebra, shortest), relations)


def _put_in(algebra: Algebra, root: int, relations: Sequence[Relation]) -> Iterator[int]:
    """An expression with what is assumed put in, in functions and exponents too; nothing where it divides by 0."""
    known = {relation.variable: relation.value for relation in relations if relation.assumed}
    if not known or algebra.size[root] > MAX_SIZE:
        return
    made = algebra.replaced(root, known)
    powers = (algebra.terms[part] for part in algebra.below(made) if algebra.terms[part].op == POWER)
    if all(term.args[0] != algebra.zero for term in powers):
        yield textbook(algebra, made)


def _is_function(algebra: Algebra, index: int) -> bool:
    return algebra.terms[index].op not in (SUM, PRODUCT, POWER, CONST, INPUT)


def _by_elimination(algebra: Algebra, root: int, relations: Sequence[Relation]) -> Iterable[Form]:
    if not SHORT < algebra.size[root] <= MAX_SIZE or length(algebra, root) <= SHORT:
        return ()
    near = _near(algebra, root, relations)[:MAX_RELATIONS]
    if not near or not has_flint():
        return ()
    from graphviz_ad.algebra.elimination import in_variables

    return in_variables(algebra, root, near)


def _near(algebra: Algebra, root: int, relations: Sequence[Relation]) -> list[Relation]:
    """The relations that have something in common with an expression, so that it may be written shorter."""
    if not relations:
        return []
    variables, parts = _parts(algebra, root)
    longest = max((len(term.args) for i in algebra.below(root) if (term := algebra.terms[i]).op == SUM), default=0)
    near = []
    for relation in relations:
        inside, shared = _parts(algebra, relation.value)
        value = algebra.terms[relation.value]
        if relation.assumed:
            is_near = not variables.isdisjoint({*inside, relation.variable})
        else:
            is_near = (
                not parts.isdisjoint(shared)
                or (value.op == PRODUCT and relation.variable in variables and not variables.isdisjoint(inside))
                or (value.op == SUM and len(value.args) <= longest and inside <= variables | {relation.variable})
            )
        near += [relation] * is_near
    return near


def _parts(algebra: Algebra, root: int) -> tuple[set[int], set[tuple[int, ...]]]:
    """The variables of an expression, and its sums, functions, and what is divided by."""
    found = atoms(algebra, [root])
    variables = {g.base for g in found.generators if algebra.terms[g.base].op == INPUT and g.times == algebra.one}
    parts: set[tuple[int, ...]] = {(index,) for index in found.sums}
    parts |= {part for g in found.generators if g.base not in variables for part in exponential_parts(algebra, g)}
    for index in algebra.below(root):
        term = algebra.terms[index]
        if term.op == POWER and (exponent := algebra.value(term.args[1])) is not None and exponent < 0:
            parts.add((term.args[0],))
    return variables, parts

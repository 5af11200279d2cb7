"""Expressions that differ only in their variables: what one of them becomes, the others do too, with their own.

A loop of a thousand steps has a thousand derivatives of one shape, and so has a layer with a thousand weights: each
shape is worked on once. Two expressions are alike where a renaming makes one of the other that keeps the order of the
variables, as first seen and as factors, and the kinds of their names: all that decides how they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import WorkStep
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import as_name
from graphviz_ad.core.numbers import spelling
from graphviz_ad.notation.pieces import kind

_Shape = tuple[tuple[object, ...], list[int]]  # what is the same in all that are alike, and the variables


def once_for_all(algebra: Algebra, work: object, roots: Sequence[int], make: Callable[[], int]) -> int:
    """What `make` makes of expressions of the pool by some work, or what it has made of others that are alike, with the
    variables of these. It depends on nothing but them."""
    known = algebra.alike
    same, variables = _shape(algebra, roots)
    key = (work, *same)
    steps = known.get(key)
    if steps is not None:
        return _renamed(algebra, steps, variables)
    made = make()
    steps = _steps(algebra, made, variables)
    if steps is not None:
        known[key] = steps
    return made


def _shape(algebra: Algebra, roots: Sequence[int]) -> _Shape:
    terms = algebra.terms
    place: dict[int, int] = {}
    steps: list[object] = []
    variables: list[int] = []
    stack = [*reversed(roots)]
    while stack:
        index = stack[-1]
        if index in place:
            stack.pop()
            continue
        term = terms[index]
        waiting = [arg for arg in term.args if arg not in place]
        if waiting:
            stack.extend(reversed(waiting))
            continue
        stack.pop()
        place[index] = len(place)
        if term.op == INPUT:
            variables.append(index)
            steps.append(INPUT)
        elif term.args:
            steps.append((term.op, *[place[arg] for arg in term.args]))
        else:
            steps.append((term.op, spelling(algebra.value(index))))
    ranks = (_dense([algebra.lead[v] for v in variables]), _dense([algebra.factor_rank(v) for v in variables]))
    kinds = tuple([kind(as_name(str(terms[v].key))) for v in variables])
    return (tuple([place[root] for root in roots]), tuple(steps), *ranks, kinds), variables


def _dense(ranks: Sequence[int]) -> tuple[int, ...]:
    """The ranks as places among themselves."""
    places = {rank: place for place, rank in enumerate(sorted({*ranks}))}
    return tuple([places[rank] for rank in ranks])


def _steps(algebra: Algebra, root: int, variables: Sequence[int]) -> list[WorkStep] | None:
    """How an expression is made of variables; None where it has others."""
    known = {variable: place for place, variable in enumerate(variables)}
    parts = algebra.below(root)
    place = {part: number for number, part in enumerate(parts)}
    steps: list[WorkStep] = []
    for part in parts:
        term = algebra.terms[part]
        if term.op == INPUT and part not in known:
            return None
        steps.append((
            known[part] if term.op == INPUT else term,
            tuple(place[arg] for arg in term.args),
            algebra.lengths.get(part),
        ))  # fmt: skip
    return steps


def _renamed(algebra: Algebra, steps: Sequence[WorkStep], variables: Sequence[int]) -> int:
    made: list[int] = []
    for term, args, length in steps:
        if isinstance(term, int):
            index = variables[term]
        else:
            index = algebra.keep(term.op, tuple([made[arg] for arg in args]), term.key)
        if length is not None:
            algebra.lengths.setdefault(index, length)
        made.append(index)
    return made[-1]

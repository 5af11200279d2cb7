"""Expressions that differ only in their variables: what one of them becomes, the others do too, with their own.

A loop of a thousand steps has a thousand derivatives of one shape, and so has a layer with a thousand weights: each
shape is worked on once. Two expressions are alike where a renaming makes one of the other that keeps the order of the
variables, as first seen and as factors, and the kinds of their names: all that decides how they are written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import WHERE, Work, WorkStep
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import as_name
from graphviz_ad.core.numbers import spelling
from graphviz_ad.notation.pieces import kind

Likeness = tuple[tuple[object, ...], list[int]]  # what is the same in all that are alike, and the variables
Made = tuple[tuple[int, ...], ...]


def once_for_all(algebra: Algebra, work: object, roots: Sequence[int], make: Callable[[], int]) -> int:
    """What `make` makes of expressions of the pool by some work, or what it has made of others that are alike, with the
    variables of these. It depends on nothing but them."""
    same, variables = _shape(algebra, roots)
    return made_alike(algebra, ((work, *same), variables), lambda: ((make(),),))[0][0]


def made_alike(algebra: Algebra, shape: Likeness, make: Callable[[], Made]) -> Made:
    """What `make` makes, which depends on nothing but a shape, or what it has made of the same shape with other
    variables: expressions in groups. What had been divided by before matters too, where it was asked for."""
    key, variables = shape
    known = algebra.alike.get(key)
    if known is not None:
        places = _renamed(algebra, known.steps, variables)
        if all((places[place] in algebra.divisors) == before for place, before in known.asked):
            algebra.divide(places[place] for place in known.divided)
            return tuple(tuple([places[place] for place in group]) for group in known.made)
        return make()
    start, outer, algebra.asked = len(algebra.divisors), algebra.asked, set()
    made = make()
    work = _work(algebra, made, variables, start)
    outer |= algebra.asked
    algebra.asked = outer
    if work is not None:
        algebra.alike[key] = work
    return made


def _shape(algebra: Algebra, roots: Sequence[int]) -> Likeness:
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
    return (tuple([place[root] for root in roots]), tuple(steps), ranks_of(algebra, variables)), variables


def ranks_of(algebra: Algebra, variables: Sequence[int]) -> tuple[object, ...]:
    """All of variables that decides how an expression in them is written: their orders, the kinds of their names."""
    return (
        _dense([algebra.lead[v] for v in variables]),
        _dense([algebra.factor_rank(v) for v in variables]),
        tuple([kind(as_name(str(algebra.terms[v].key))) for v in variables]),
    )


def _dense(ranks: Sequence[int]) -> tuple[int, ...]:
    """The ranks as places among themselves."""
    places = {rank: place for place, rank in enumerate(sorted({*ranks}))}
    return tuple([places[rank] for rank in ranks])


def _work(algebra: Algebra, made: Made, variables: Sequence[int], start: int) -> Work | None:
    """How expressions are made of variables; None where they have others. Of what has been divided by so many were
    before."""
    divided = [*takewhile(lambda base: algebra.divisors[base] >= start, reversed(algebra.divisors))]
    roots = {index for group in made for index in group} | {*divided} | algebra.asked
    known = {variable: place for place, variable in enumerate(variables)}
    parts = sorted({part for root in roots for part in algebra.below(root)})
    if any(algebra.terms[part].op == INPUT and part not in known for part in parts):
        return None
    place = {part: number for number, part in enumerate(parts)}
    steps = [
        (
            known[part] if algebra.terms[part].op == INPUT else algebra.terms[part],
            tuple([place[arg] for arg in algebra.terms[part].args]),
            algebra.lengths.get(part),
        )
        for part in parts
    ]
    return Work(
        tuple(steps),
        tuple(tuple([place[index] for index in group]) for group in made),
        tuple([place[base] for base in reversed(divided)]),
        tuple([(place[base], algebra.divisors.get(base, start) < start) for base in sorted(algebra.asked)]),
    )


def _renamed(algebra: Algebra, steps: Sequence[WorkStep], variables: Sequence[int]) -> list[int]:
    made: list[int] = []
    for term, args, length in steps:
        if isinstance(term, int):
            index = variables[term]
        else:
            index = algebra.keep(term.op, tuple([made[arg] for arg in args]), term.key)
            if term.op == WHERE:
                algebra.distinguish(made[args[0]])
        if length is not None:
            algebra.lengths.setdefault(index, length)
        made.append(index)
    return made

"""Sums over samples, sum_{i=1}^3 (y_i - w^T x_i)^2, where x_1, x_2 and x_3 are vectors of their own: which sums over an
index are written out, since what has it is not the entries of one vector."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import Vocabulary
from graphviz_ad.read.text.ranges import Steps
from graphviz_ad.read.text.recurrences import body_of_sum, limit_of_sum
from graphviz_ad.read.text.steps_of_names import general, has_index, stepped, whole_of
from graphviz_ad.read.text.tokens import Token

_BOLD = ("mathbf", "boldsymbol")  # letters of vectors


def sums_over_samples(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> list[Steps]:
    """The indices of such sums, with the values that they take: the limits are numbers there."""
    names = {token.text for statement in statements for token in statement if token.kind == "name"}
    rows = Vocabulary(shapes, statements)
    equations = [statement for statement in statements if len(statement) > 2 and statement[1].text == "="]
    heads = {statement[0].text for statement in equations if rows.over_of(statement) is None}
    known = {name.key for name in shapes} | {Name(head).key for head in heads}
    wholes = known | {Name(name).key for name in names}

    def is_one_of_several(text: str, index: str, first: int) -> bool:
        if not has_index(text, index) or whole_of(text) in known or rows.row_of(text):
            return False
        itself, step = Name(general(text, index)), Name(stepped(text, index, first))
        of_bold = itself.parts.style in _BOLD and whole_of(text) not in wholes
        return of_bold or not known.isdisjoint((itself.key, step.key))

    return [
        steps
        for statement in statements
        for place, steps in _limited(statement)
        if any(
            is_one_of_several(token.text, steps.index, steps.first)
            for token in statement[slice(*body_of_sum(statement, place))]
            if token.kind == "name"
        )
    ]


def _limited(statement: Sequence[Token]) -> Iterable[tuple[int, Steps]]:
    """The sums with numbers for limits, each with its place."""
    for place, token in enumerate(statement):
        if token.kind == "name" and token.text.startswith("sum_{"):
            index, _, start = token.text.removeprefix("sum_").strip("{}").replace(" ", "").partition("=")
            limit = limit_of_sum(statement, place)
            if len(index) == 1 and start.isdecimal() and limit.isdecimal():
                yield place, Steps(index, int(start[:6]), int(limit[:6]), token.span.start)

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

    def is_one_of_several(text: str, index: str, first: int, is_said: bool) -> bool:
        if not has_index(text, index) or whole_of(text) in known or rows.row_of(text):
            return False
        itself, step = Name(general(text, index)), Name(stepped(text, index, first))
        of_bold = is_said and itself.parts.style in _BOLD and whole_of(text) not in wholes
        return of_bold or not known.isdisjoint((itself.key, step.key))

    return [
        steps
        for statement in statements
        for place, steps, is_said in _limited(statement, rows)
        if any(
            is_one_of_several(token.text, steps.index, steps.first, is_said)
            for token in statement[slice(*body_of_sum(statement, place))]
            if token.kind == "name"
        )
    ]


def _limited(statement: Sequence[Token], known: Vocabulary) -> Iterable[tuple[int, Steps, bool]]:
    """The sums and products with numbers for limits, each with its place, and whether these are said: sum_n t_n goes
    over all entries of a vector t."""
    for place, token in enumerate(statement):
        if token.kind == "name" and token.text.startswith(("sum_", "prod_")):
            index, is_said, start = token.text.partition("_")[2].strip("{}").replace(" ", "").partition("=")
            limit = limit_of_sum(statement, place)
            if not is_said and not limit:
                start, limit = "1", _size_along(index, statement[slice(*body_of_sum(statement, place))], known)
            if len(index) == 1 and start.isdecimal() and limit.isdecimal():
                yield place, Steps(index, int(start[:6]), int(limit[:6]), token.span.start), bool(is_said)


def _size_along(index: str, body: Sequence[Token], known: Vocabulary) -> str:
    """How many entries a vector has of which a sum over i has x_i; "" where that is not known."""
    entries = filter(None, (known.element(token.text) for token in body if token.kind == "name"))
    shapes = [known.shape_of(entry.of) for entry in entries if entry.indices == index]
    return next((str(shape[0]) for shape in shapes if len(shape) == 1 and isinstance(shape[0], int)), "")

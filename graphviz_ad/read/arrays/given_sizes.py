"""Sizes that equations give: X: n x d, n = 4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import AxisSize, Shape
from graphviz_ad.core.request import Request
from graphviz_ad.read.arrays.declarations import check_entries
from graphviz_ad.read.text.recurrences import body_of_sum
from graphviz_ad.read.text.tokens import Token


def with_sizes(
    shapes: Mapping[Name, Shape], statements: Sequence[list[Token]]
) -> tuple[dict[Name, Shape], list[list[Token]]]:
    """The shapes with numbers for letters that an equation gives, and the equations; those of letters that are nothing
    but sizes are left out."""
    letters = {size for shape in shapes.values() for size in shape if isinstance(size, str)}
    given = {name: int(tokens[2].text) for tokens in statements if (name := _counts(tokens)) in letters}
    if not given:
        return dict(shapes), list(statements)
    found = {name: _shape(given.get(str(size), size) for size in shape) for name, shape in shapes.items()}
    for shape in found.values():
        check_entries(shape, None)
    used = {token.text for tokens in statements for token in tokens[1:]}
    return found, [tokens for tokens in statements if _counts(tokens) not in given or tokens[0].text in used]


def _shape(sizes: Iterable[AxisSize]) -> Shape:
    """A shape of these sizes; n × 1 is a column."""
    shape = tuple(sizes)
    return shape[:1] if len(shape) == 2 and shape[1] == 1 else shape


def with_given_letters(
    declared: Mapping[Name, Shape], known: Mapping[Name, Shape], statements: Sequence[list[Token]], request: Request
) -> list[list[Token]]:
    """The equations with numbers for letters of declared shapes, which values or the command line give: n - 1 where X
    is n x d, and is given with four rows."""
    heads = {tokens[0].text for tokens in statements if tokens}
    given: dict[str, int] = {}
    for name, shape in declared.items():
        sizes = known.get(name, shape)
        for letter, size in zip(shape, sizes, strict=True) if len(shape) == len(sizes) else ():
            if isinstance(letter, str) and isinstance(size, int) and letter not in heads and letter not in request.at:
                given.setdefault(letter, size)
    if not given:
        return list(statements)
    return [list(_with_numbers(tokens, given)) for tokens in statements]


def _with_numbers(tokens: Iterable[Token], given: Mapping[str, int]) -> Iterable[Token]:
    """The tokens with numbers for letters; a sign stands between two numbers, 4 N."""
    before = ""
    for token in tokens:
        is_letter = token.kind == "name" and token.text in given
        if is_letter and before in ("number", "close"):
            yield token.replace(kind="operator", text="*")
        token = token.replace(kind="number", text=str(given[token.text])) if is_letter else token
        before = token.kind
        yield token


def with_limits(statements: Sequence[list[Token]]) -> list[list[Token]]:
    """The equations with numbers for the upper limits of sums that an equation gives, which is left out where that is
    all it does."""
    given = {name: tokens[2] for tokens in statements if (name := _counts(tokens))}
    if not given:
        return list(statements)
    found = [_with_limits(tokens, given) for tokens in statements]
    before, after = (
        {token.text for tokens in several for token in tokens[1:] if token.kind == "name"}
        for several in (statements, found)
    )
    return [tokens for tokens in found if _counts(tokens) not in before - after]


def _with_limits(tokens: list[Token], given: Mapping[str, Token]) -> list[Token]:
    found = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind == "name" and token.text.startswith(("sum_", "prod_")):
            for at in range(place + 1, body_of_sum(tokens, place)[0]):
                number = given.get(tokens[at].text)
                found[at] = tokens[at] if number is None else tokens[at].replace(kind="number", text=number.text)
    return found


def _counts(tokens: Sequence[Token]) -> str:
    """The name that is given a whole number, n = 4; "" for another equation."""
    counts = len(tokens) == 3 and tokens[1].text == "=" and tokens[2].text.isdecimal() and int(tokens[2].text[:9]) > 0
    return tokens[0].text if counts else ""

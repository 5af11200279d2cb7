"""Brackets among tokens: which closes which, what stands between them; and the order of a derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import MAX_ORDER
from graphviz_ad.read.text.tokens import OPENING, Token


class Nesting(Protocol):
    """A token of any language."""

    @property
    def nesting(self) -> int: ...


_Sign = TypeVar("_Sign", bound=Nesting)


def outside(tokens: Sequence[_Sign]) -> Iterator[tuple[int, _Sign]]:
    """The places and tokens that are in no bracket, what closes one among them, up to the end of a bracket around
    all."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += token.nesting
        if depth < 0:
            return
        if depth == 0:
            yield place, token


def closing(tokens: Sequence[Nesting], at: int) -> int:
    """The place of the bracket that closes the one at a place, behind the last token where none does; for a token that
    is no bracket, its own."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += tokens[place].nesting
        if depth <= 0:
            return place
    return len(tokens)


def split(tokens: Sequence[_Sign], is_between: Callable[[_Sign], bool]) -> list[list[_Sign]]:
    """The stretches between the tokens for which that holds and that are in no bracket."""
    ends = [place for place, token in outside(tokens) if is_between(token)]
    return [list(tokens[start:end]) for start, end in zip([0, *(end + 1 for end in ends)], [*ends, None], strict=True)]


def replaced(tokens: Sequence[Token], found: Callable[[int], tuple[Sequence[Token], int] | None]) -> list[Token]:
    """The tokens with others in the place of some: `found` has those that stand in the place of what begins at one, and
    where that ends; None where it stays."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        new, at = found(at) or ((tokens[at],), at + 1)
        made += new
    return made


def arguments(tokens: Sequence[Token], at: int) -> list[list[Token]]:
    """What stands between the commas of the bracket that is opened at a place."""
    return split(tokens[at + 1 : closing(tokens, at)], lambda token: token.kind == "comma")


def bare(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A stretch without the brackets around all of it."""
    while end - start > 1 and tokens[start].kind in OPENING and closing(tokens, start) == end - 1:
        start, end = start + 1, end - 1
    return start, end


def order_at(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The order of a derivative, an exponent behind its d, 1 where there is none; and the place behind it."""
    if at < len(tokens) and tokens[at].kind == "super" and tokens[at].text.isdecimal():
        return _checked(tokens[at]), at + 1
    if at + 1 >= len(tokens) or tokens[at].text != "^":
        return 1, at
    end = min(closing(tokens, at + 1) + 1, len(tokens))
    start, stop = bare(tokens, at + 1, end)
    if stop - start != 1:
        raise AdgraphError("the order of a derivative is a whole number", tokens[start].span, "write d^2z/dx^2")
    return _checked(tokens[start]), end


def _checked(token: Token) -> int:
    if token.kind not in ("number", "super") or not token.text.isdecimal() or len(token.text) > 2:
        raise AdgraphError("the order of a derivative is a whole number", token.span, "write d^2z/dx^2")
    number = int(token.text)
    if not 0 < number <= MAX_ORDER:
        raise AdgraphError(f"a derivative of order {number}", token.span, f"write an order from 1 to {MAX_ORDER}")
    return number

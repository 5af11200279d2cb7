"""Sums of numbers among steps, sum_{j=1}^3: what stands below them is cut into the tokens of their bounds again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.patterns import pattern
from graphviz_ad.read.text.tokens import Token

_SPELLED = pattern(r"(?P<sign>sum|prod)_\{?\s*(?P<index>[^\W\d_]\w*)\s*=\s*(?P<first>\w+)\s*\}?")


def with_bounds_apart(statements: Iterable[Sequence[Token]], steps: Collection[str]) -> list[list[Token]]:
    """The statements, in which a sum over another index than those of `steps` has its bounds as tokens."""
    return [[part for token in statement for part in _parts(token, steps)] for statement in statements]


def _parts(token: Token, steps: Collection[str]) -> Iterator[Token]:
    found = _SPELLED.fullmatch(token.text) if token.kind == "name" and "_" in token.text else None
    if found is None or found["index"] in steps:
        yield token
        return
    yield token.replace(kind="indexed", text=found["sign"])
    first = "number" if found["first"].isdecimal() else "name"
    below = ("open", "{"), ("name", found["index"]), ("operator", "="), (first, found["first"]), ("close", "}")
    end = Span(token.span.end, token.span.end)
    yield from (Token(kind, text, end, True) for kind, text in below)

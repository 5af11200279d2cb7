"""How names are used in a source, before it is parsed: which are read as variables, and which count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import OPENING, Token

Statements = Sequence[Sequence[Token]]
_COUNTED = frozenset({"dots", "indexed"})


def bare(statements: Statements) -> frozenset[str]:
    """The names that stand somewhere with no bracket behind them, nor behind their exponent."""
    found = set()
    for tokens in statements:
        for at, token in enumerate(tokens):
            if token.kind == "name":
                behind = tokens[at + 1] if at + 1 < len(tokens) else None
                raised = behind is not None and (behind.kind == "super" or behind.text == "^")
                if behind is None or not (raised or behind.kind == "open"):
                    found.add(token.text)
    return frozenset(found)


def read_apart(statements: Statements) -> frozenset[str]:
    """The names that stand somewhere else than as an exponent, x^T and x^{T}."""
    return frozenset(
        token.text
        for tokens in statements
        for at, token in enumerate(tokens)
        if token.kind == "name" and not _is_exponent(tokens, at)
    )


def _is_exponent(tokens: Sequence[Token], at: int) -> bool:
    """Whether the token at a place is all that an exponent has."""
    before = [token.text for token in tokens[max(0, at - 2) : at]]
    braced = before == ["^", "{"] and tokens[at + 1].kind == "close"
    return before[-1:] == ["^"] or braced


def counted(statements: Statements, at: Mapping[str, float]) -> dict[Parts, int]:
    """The names that say how many there are of something, above a sum or behind dots, and have a whole number: by an
    equation of their own, or among the values that are given."""
    if not any(token.kind in _COUNTED for tokens in statements for token in tokens):
        return {}
    wanted = {Name(name).key for tokens in statements for name in _counting(tokens)}
    if not wanted:
        return {}
    found = {Name(name).key: int(value) for name, value in at.items() if float(value).is_integer()}
    for tokens in statements:
        if len(tokens) == 3 and tokens[1].text == "=" and tokens[2].text.isdecimal():
            found[Name(tokens[0].text).key] = int(tokens[2].text)
    return {key: value for key, value in found.items() if key in wanted}


def _counting(tokens: Sequence[Token]) -> Iterator[str]:
    """The names in the bounds of sums and products, and the last indices behind dots."""
    for place, token in enumerate(tokens):
        if token.kind == "dots":
            yield from _behind_dots(tokens[place + 1 :])
        elif token.kind == "indexed":
            end = closing(tokens, place + 1)
            yield from (other.text for other in tokens[place + 3 : end] if other.kind == "name")
            if end + 2 < len(tokens) and tokens[end + 1].text == "^":
                stop = closing(tokens, end + 2) if tokens[end + 2].kind in OPENING else end + 2
                yield from (other.text for other in tokens[end + 2 : stop + 1] if other.kind == "name")


def _behind_dots(tokens: Sequence[Token]) -> Iterator[str]:
    """The last index of what dots stand for: that of a name behind them, or a name itself."""
    behind = tokens[1:] if tokens and tokens[0].kind in ("operator", "comma") else tokens
    for token in behind:
        if token.kind == "operator" and token.text in "+-":
            break
        if token.kind == "name":
            parts = Name(token.text).parts
            scripts = [parts.subscript, parts.superscript.strip("()[]")]
            yield from filter(None, scripts)
    if behind and behind[0].kind == "name":
        yield behind[0].text

"""Dots between terms, x_1 + ... + x_4, filled in where it is clear what they stand for: one number goes up by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.read.text.tokens import Token

MAX_TERMS = 1000
_LOOSE, _TIGHT = frozenset("+-"), frozenset("*")


def filled(tokens: list[Token], count: Callable[[str], int | None]) -> list[Token]:
    """The tokens of a statement with terms in the place of dots; `count` is the number that a name such as n is."""
    while (at := next((k for k, token in enumerate(tokens) if token.kind == "dots"), None)) is not None:
        made = _filled(tokens, at, count)
        if made is None:
            break
        tokens = made
    return tokens


def _filled(tokens: Sequence[Token], at: int, count: Callable[[str], int | None]) -> list[Token] | None:
    """The tokens without the dots at a place; None where it is not clear what they stand for."""
    if not 1 <= at < len(tokens) - 1:
        return None
    before, after = tokens[at - 1], tokens[at + 1]
    sign = before if before.text in ("+", "*") and before.text == after.text else None
    if sign is None and not before.kind == after.kind == "name":
        return None
    begin = at + 1 + (sign is not None)
    ends = _LOOSE if sign is not None and sign.text == "+" else _LOOSE | _TIGHT if sign is not None else None
    end = begin + 1 if ends is None else _term_end(tokens, begin, ends)
    last = list(tokens[begin:end])
    start = at - (sign is not None) - len(last)
    if start < 0:
        return None
    first = list(tokens[start : start + len(last)])
    pair = _pair(first, last)
    if pair is None:
        return None
    low, high = (_value(text, count, last[-1].span) for text in pair)
    if high is None or low is None:
        return None
    if high - low > MAX_TERMS:
        raise AdgraphError(f"more than {MAX_TERMS} terms", tokens[at].span, "draw the part that matters")
    # What comes before the first that is like the last may be one more: 1 + 2 + ... + 5.
    made = [*tokens[: start + len(last)]]
    for value in range(low + 1, high + 1):
        made += [] if sign is None else [sign.replace(span=tokens[at].span)]
        made += [_with(token, other, pair[0], str(value)) for token, other in zip(first, last, strict=True)]
    return [*made, *tokens[end:]]


def _term_end(tokens: Sequence[Token], at: int, ends: frozenset[str]) -> int:
    """The place behind a term: before a sign of the kind, or what closes a bracket around it."""
    depth = 0
    for place in range(at, len(tokens)):
        token = tokens[place]
        depth += token.nesting
        if depth < 0 or (depth == 0 and (token.kind == "comma" or (token.kind == "operator" and token.text in ends))):
            return place
    return len(tokens)


def _pair(first: Sequence[Token], last: Sequence[Token]) -> tuple[str, str] | None:
    """What differs between two terms that are alike: a number, and what it becomes; None where they are not alike."""
    pairs: set[tuple[str, str]] = set()
    for a, b in zip(first, last, strict=True):
        if a.text == b.text and a.kind == b.kind:
            continue
        if a.kind == "number" and b.kind in ("number", "name"):
            pairs.add((a.text, b.text))
        elif a.kind == b.kind == "name":
            one, other = Name(a.text).parts, Name(b.text).parts
            if one.replace(subscript="", superscript="") != other.replace(subscript="", superscript=""):
                return None
            scripts = [
                (one.subscript, other.subscript),
                (one.superscript.strip("()[]"), other.superscript.strip("()[]")),
            ]
            pairs |= {pair for pair in scripts if pair[0] != pair[1]}
        else:
            return None
    return pairs.pop() if len(pairs) == 1 else None


def _value(text: str, count: Callable[[str], int | None], span: Span) -> int | None:
    if text.isdecimal():
        return int(text)
    if not text.isalpha():
        return None
    value = count(text)
    if value is None:
        hint = f"give it, --at {text}=4, or in an equation: {text} = 4"
        raise AdgraphError(f"how many terms the dots stand for: '{text}' has no value", span, hint)
    return value


def _with(token: Token, other: Token, low: str, value: str) -> Token:
    """A token of the first term with another number, where the last one has another."""
    if token.text == other.text:
        return token
    if token.kind == "number":
        return token.replace(text=value)
    parts, name = Name(token.text).parts, token.text
    for script, before in ((parts.superscript, "^{"), (parts.subscript, "_{"), (parts.subscript, "_")):
        if script.strip("()[]") == low and (place := name.rfind(f"{before}{script}")) >= 0:
            place += len(before)
            return token.replace(text=name[:place] + script.replace(low, value) + name[place + len(script) :])
    if name.endswith(low):  # x1
        return token.replace(text=name[: -len(low)] + value)
    return token

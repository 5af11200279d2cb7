"""Case distinctions of symbolic systems (Piecewise, ifelse, if … then … else) as calls of `where`, on tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.nesting import closing, outside, split
from graphviz_ad.read.text.tokens import CLOSED_BY

_OF_THREE = ("ifelse", "If", "merge", "where")
_ALWAYS = ("True", "true", "otherwise")
_RELATIONS = ("<", ">", "==", "<=", ">=", "<>", "!=", "~=", "#")
_CALLED = {"Eq": "==", "Ne": "!="}  # relations of SymPy's that are written as calls


class SymbolicToken(Record):
    """A word, a number or a sign of another system's language; its place there."""

    kind: str
    text: str
    span: Span

    @property
    def nesting(self) -> int:
        """1 for a bracket that opens, −1 for one that closes, 0 for anything else."""
        return (self.text in CLOSED_BY) - (self.text in CLOSED_BY.values())


SymbolicTokens = list[SymbolicToken]


def with_where(parts: Sequence[SymbolicToken]) -> SymbolicTokens:
    """The tokens with a call of `where` for each case distinction, and [x > 0] for (x > 0)."""
    made: SymbolicTokens = []
    at = 0
    while at < len(parts):
        token = parts[at]
        opens = at + 1 < len(parts) and parts[at + 1].text in CLOSED_BY
        if token.kind == "word" and opens and token.text in (*_OF_THREE, "piecewise", "Piecewise"):
            end = closing(parts, at + 1)
            made += _where([*_cases(token, _divided(parts[at + 2 : end]))], token)
            at = end + 1
        elif _is_word(token, "if"):
            condition, value, rest = _worded(parts[at + 1 :], token)
            made += _where([(condition, value), (None, rest)], token)
            at = len(parts)
        elif token.text == "(":
            end = closing(parts, at)
            inside = with_where(parts[at + 1 : end])
            is_condition = _is_relation(inside) and not (made and made[-1].kind == "word")
            left, right = ("[", "]") if is_condition else ("(", ")")
            made += [token.replace(text=left), *inside]
            made += [token.replace(text=right) for token in parts[end : end + 1]]
            at = end + 1
        else:
            made.append(token)
            at += 1
    return made


def _is_word(token: SymbolicToken, text: str) -> bool:
    return token.kind == "word" and token.text == text


def _cases(word: SymbolicToken, args: list[SymbolicTokens]) -> Iterator[tuple[SymbolicTokens | None, SymbolicTokens]]:
    """Each case: its condition, None where it is the last, and its value."""
    zero = [SymbolicToken("number", "0", word.span)]
    if word.text in _OF_THREE and len(args) == 3:
        yield args[0], args[1]
        yield None, args[2]
    elif word.text == "piecewise":
        for at in range(0, len(args) - 1, 2):
            yield args[at], args[at + 1]
        yield None, args[-1] if len(args) % 2 else zero
    elif word.text == "Piecewise" and args and args[0] and args[0][0].text == "{":
        for pair in _divided(args[0][1:-1]):  # Piecewise[{{value, condition}, …}, rest]
            value, condition = _pair(pair, word)
            yield condition, value
        yield None, args[1] if len(args) > 1 else zero
    elif word.text == "Piecewise":
        for pair in args:
            value, condition = _pair(pair, word)
            is_last = [token.text for token in condition] in ([word] for word in _ALWAYS)
            yield None if is_last else condition, value
    else:
        hint = f"write {word.text}(condition, value, rest)"
        raise AdgraphError(f"'{word.text}' has another number of arguments here", word.span, hint)


def _pair(parts: SymbolicTokens, word: SymbolicToken) -> tuple[SymbolicTokens, SymbolicTokens]:
    """The two that stand in a bracket."""
    inside = _divided(parts[1:-1])
    if len(inside) != 2:
        span = parts[0].span if parts else word.span
        raise AdgraphError("a case has a value and a condition", span, "write Piecewise((x, x > 0), (0, True))")
    return inside[0], inside[1]


def _where(cases: Sequence[tuple[SymbolicTokens | None, SymbolicTokens]], word: SymbolicToken) -> SymbolicTokens:
    """where(condition, value, where(…, rest)), at the place of a word."""
    left, comma, right = (SymbolicToken("sign", sign, word.span) for sign in "(,)")
    (condition, value), *others = cases
    if condition is None:
        return [left, *with_where(value), right]
    if not others:
        hint = "write what it is elsewhere: (0, True)"
        raise AdgraphError("a case distinction says nothing of the rest", word.span, hint)
    inside = [*with_where(_relation(_bare(condition))), comma, *with_where(value), comma, *_where(others, word)]
    return [word.replace(text="where"), left, *inside, right]


def _worded(
    parts: Sequence[SymbolicToken], word: SymbolicToken
) -> tuple[SymbolicTokens, SymbolicTokens, SymbolicTokens]:
    """What stands behind if, then and else."""
    found: list[SymbolicTokens] = [[]]
    nested = 0
    for part in parts:
        nested += _is_word(part, "if")
        if not nested and (_is_word(part, "then") or _is_word(part, "else")) and len(found) < 3:
            found.append([])
            continue
        nested -= _is_word(part, "else")
        found[-1].append(part)
    if len(found) != 3 or not all(found):
        raise AdgraphError("a case distinction is not whole here", word.span, "write if x > 0 then x else 0")
    return found[0], found[1], found[2]


def _is_relation(parts: Sequence[SymbolicToken]) -> bool:
    """Whether there is a comparison outside brackets."""
    return any(token.text in _RELATIONS for _, token in outside(parts))


def _relation(parts: SymbolicTokens) -> SymbolicTokens:
    """A condition with its sign between its sides: Ne(x, 1) as x != 1."""
    sides = _divided(parts[2:-1])
    if not parts or parts[0].text not in _CALLED or len(sides) != 2 or closing(parts, 1) != len(parts) - 1:
        return parts
    return [*sides[0], SymbolicToken("sign", _CALLED[parts[0].text], parts[0].span), *sides[1]]


def _bare(parts: SymbolicTokens) -> SymbolicTokens:
    """The tokens without the bracket around all of them."""
    is_around = bool(parts) and parts[0].text == "(" and closing(parts, 0) == len(parts) - 1
    return parts[1:-1] if is_around else parts


def _divided(parts: Sequence[SymbolicToken]) -> list[SymbolicTokens]:
    """What stands between commas outside brackets."""
    return split(parts, lambda token: token.text == ",")

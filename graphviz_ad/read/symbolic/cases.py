"""Case distinctions of symbolic systems (Piecewise, ifelse, if … then … else) as calls of `where`, on tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError

SymbolicToken = tuple[str, str]  # the kind of a token, and its text
SymbolicTokens = list[SymbolicToken]

_OF_THREE = ("ifelse", "If", "merge", "where")
_OPENING, _CLOSING = ("(", "[", "{"), (")", "]", "}")
_ALWAYS = ("True", "true", "otherwise")
_ZERO = [("number", "0")]


def with_where(parts: Sequence[SymbolicToken]) -> SymbolicTokens:
    """The tokens with a call of `where` for each case distinction, and [x > 0] for (x > 0)."""
    made: SymbolicTokens = []
    at = 0
    while at < len(parts):
        kind, token = parts[at]
        opens = at + 1 < len(parts) and parts[at + 1][1] in _OPENING
        if kind == "word" and opens and token in (*_OF_THREE, "piecewise", "Piecewise"):
            end = _closing(parts, at + 1)
            made += _where([*_cases(token, [*_divided(parts[at + 2 : end])])])
            at = end + 1
        elif (kind, token) == ("word", "if"):
            condition, value, rest = _worded(parts[at + 1 :])
            made += _where([(condition, value), (None, rest)])
            at = len(parts)
        elif token == "(":
            end = _closing(parts, at)
            inside = with_where(parts[at + 1 : end])
            is_condition = _is_relation(inside) and not (made and made[-1][0] == "word")
            sides = ("[", "]") if is_condition else ("(", ")")
            made += [("sign", sides[0]), *inside, ("sign", sides[1])]
            at = end + 1
        else:
            made.append(parts[at])
            at += 1
    return made


def _cases(word: str, args: list[SymbolicTokens]) -> Iterator[tuple[SymbolicTokens | None, SymbolicTokens]]:
    """Each case: its condition, None where it is the last, and its value."""
    if word in _OF_THREE and len(args) == 3:
        yield args[0], args[1]
        yield None, args[2]
    elif word == "piecewise":
        for at in range(0, len(args) - 1, 2):
            yield args[at], args[at + 1]
        yield None, args[-1] if len(args) % 2 else _ZERO
    elif word == "Piecewise" and args and args[0][:1] == [("sign", "{")]:  # Piecewise[{{value, condition}, …}, rest]
        for pair in _divided(args[0][1:-1]):
            value, condition = _pair(pair)
            yield condition, value
        yield None, args[1] if len(args) > 1 else _ZERO
    elif word == "Piecewise":
        for pair in args:
            value, condition = _pair(pair)
            is_last = [token for _, token in condition] in ([word] for word in _ALWAYS)
            yield None if is_last else condition, value
    else:
        raise AdgraphError(
            f"'{word}' has another number of arguments here", hint=f"write {word}(condition, value, rest)"
        )


def _pair(parts: SymbolicTokens) -> tuple[SymbolicTokens, SymbolicTokens]:
    """The two that stand in a bracket."""
    inside = [*_divided(parts[1:-1])]
    if len(inside) != 2:
        raise AdgraphError("a case has a value and a condition", hint="write Piecewise((x, x > 0), (0, True))")
    return inside[0], inside[1]


def _where(cases: Sequence[tuple[SymbolicTokens | None, SymbolicTokens]]) -> SymbolicTokens:
    """where(condition, value, where(…, rest))."""
    (condition, value), *others = cases
    if condition is None:
        return [("sign", "("), *with_where(value), ("sign", ")")]
    if not others:
        raise AdgraphError("a case distinction says nothing of the rest", hint="write what it is elsewhere: (0, True)")
    comma = ("sign", ",")
    bare = [*_unequal(_bare(condition))]
    inside = [*bare, comma, *with_where(value), comma, *_where(others)]
    return [("word", "where"), ("sign", "("), *inside, ("sign", ")")]


def _unequal(parts: SymbolicTokens) -> Iterator[SymbolicToken]:
    """The tokens of a condition, with ≠ for <>."""
    at = 0
    while at < len(parts):
        pair = [token for _, token in parts[at : at + 2]]
        yield ("sign", "≠") if pair == ["<", ">"] else parts[at]
        at += 2 if pair == ["<", ">"] else 1


def _worded(parts: Sequence[SymbolicToken]) -> tuple[SymbolicTokens, SymbolicTokens, SymbolicTokens]:
    """What stands behind if, then and else."""
    found: list[SymbolicTokens] = [[]]
    nested = 0
    for part in parts:
        nested += part == ("word", "if")
        if not nested and part in (("word", "then"), ("word", "else")) and len(found) < 3:
            found.append([])
            continue
        nested -= part == ("word", "else")
        found[-1].append(part)
    if len(found) != 3 or not all(found):
        raise AdgraphError("a case distinction is not whole here", hint="write if x > 0 then x else 0")
    return found[0], found[1], found[2]


def _is_relation(parts: Sequence[SymbolicToken]) -> bool:
    """Whether there is a comparison outside brackets."""
    depth = 0
    for _, token in parts:
        depth += (token in _OPENING) - (token in _CLOSING)
        if depth == 0 and token in ("<", ">", "=="):
            return True
    return False


def _bare(parts: SymbolicTokens) -> SymbolicTokens:
    """The tokens without the bracket around all of them."""
    is_around = parts[:1] == [("sign", "(")] and _closing(parts, 0) == len(parts) - 1
    return parts[1:-1] if is_around else parts


def _closing(parts: Sequence[SymbolicToken], at: int) -> int:
    """The place of what closes a bracket; behind all where nothing does."""
    depth = 0
    for place in range(at, len(parts)):
        depth += (parts[place][1] in _OPENING) - (parts[place][1] in _CLOSING)
        if depth == 0:
            return place
    return len(parts)


def _divided(parts: Sequence[SymbolicToken]) -> Iterator[SymbolicTokens]:
    """What stands between commas outside brackets."""
    depth = 0
    found: SymbolicTokens = []
    for part in parts:
        depth += (part[1] in _OPENING) - (part[1] in _CLOSING)
        if part[1] == "," and depth == 0:
            yield found
            found = []
        else:
            found.append(part)
    yield found

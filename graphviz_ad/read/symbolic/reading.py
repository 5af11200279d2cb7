"""Statements of symbolic systems brought into adgraph's own language, whose reader then reads them. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import GREEK
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
from graphviz_ad.read.length import check_size
from graphviz_ad.read.symbolic.cases import with_where
from graphviz_ad.read.symbolic.dialects import GRAMMARS, Grammar
from graphviz_ad.read.text import equations
from graphviz_ad.read.text.tokens import CLOSED_BY

_TOKEN = re.compile(
    r"""(?P<blank>[^\S\n]+)
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:(?:[eEdD]|\*\^|b)[+-]?\d+)?)
    | (?P<letter>\\\[(?P<greek>[A-Za-z]+)\])
    | (?P<word>(?:%|@)?[^\W\d]\w*|%[a-z]+\d*|@)
    | (?P<sign>:=|->|==|\.\^|\.\*|\./|\*\*|//|[-+*/^=:$;(){}\[\],<>&!'\n])
    """,
    re.VERBOSE,
)
_SAME = {".^": "^", ".*": "*", "./": "/", "**": "^", "//": "/"}
_LABEL = re.compile(r"^\s*(?:\(%[io]\d+\)|In\[\d+\]:=|Out\[\d+\]=|Out\[\d+\]//\w+=|>+|julia>|>>)", re.MULTILINE)


def _reader(name: str) -> Callable[..., Source]:
    grammar = GRAMMARS[name]

    def read(text: str, request: Request = NOTHING_ASKED) -> Source:
        check_size(text)
        made = "\n".join(map(_without_rationals, translated(text, grammar)))
        return equations.read(made, request)

    read.__doc__ = f"Read statements of {name}. Raises AdgraphError, with the place, for what is not read."
    return read


_RATIONAL = re.compile(r"\bRational\((-?\d+),\s*(\d+)\)")


def _without_rationals(statement: str) -> str:
    """Rational(1, 2) as a quotient."""
    return _RATIONAL.sub(r"(\1/\2)", statement)


def translated(text: str, grammar: Grammar) -> Iterator[str]:
    """The statements of a text in adgraph's own language. Raises AdgraphError, with its place, for a token that no
    formula has."""
    shown = re.sub(grammar.remarks, lambda remark: " " * len(remark[0]), text, flags=re.DOTALL)
    shown = re.sub(grammar.passed, lambda line: " " * len(line[0]), shown, flags=re.MULTILINE)
    shown = _LABEL.sub(lambda label: " " * len(label[0]), shown)
    statement: list[tuple[str, str]] = []
    depth, at = 0, 0
    while at < len(shown):
        match = _TOKEN.match(shown, at)
        if match is None:
            error = AdgraphError(
                f"'{shown[at]}' is not read in {grammar.name}", Span(at, at + 1), "write formulas alone"
            )
            error.source = text
            raise error
        at = match.end()
        kind, token = match.lastgroup or "", match[0]
        if match["letter"]:
            kind, token = "word", GREEK.get(_letter(match["greek"]), match["greek"])
        depth += (token in "([{") - (token in ")]}") if kind == "sign" and token != "\n" else 0
        ends = token in grammar.ends or (token == "\n" and grammar.newline_ends)
        if depth <= 0 and kind == "sign" and (ends or token == ";"):
            if not (token == "\n" and _goes_on(statement)):
                yield from _written(statement, grammar)
                statement, depth = [], 0
        elif token != "\n":
            statement.append((kind, token))
    yield from _written(statement, grammar)


def _letter(word: str) -> str:
    """Greek letters are \\[Alpha] and \\[CapitalGamma] in Mathematica."""
    return word.removeprefix("Capital") if word.startswith("Capital") else word.lower()


def _goes_on(statement: list[tuple[str, str]]) -> bool:
    last = next((token for kind, token in reversed(statement) if kind != "blank"), "")
    return last in ("+", "-", "*", "/", "^", "=", ":=", "**")


def _written(statement: list[tuple[str, str]], grammar: Grammar) -> Iterator[str]:
    """One statement; nothing of an empty one."""
    parts = [one for one in statement if one[0] != "blank"] if not grammar.implied else statement
    while parts and parts[-1][0] == "blank":
        parts = parts[:-1]
    while parts and parts[0][0] == "blank":
        parts = parts[1:]
    if not parts:
        return
    left, right = _sides(parts, grammar)
    body, params = _lambda(right, grammar)
    shown = _expression(with_where([one for one in body if one[0] != "blank"]), grammar)
    if not left:
        yield shown
        return
    head = _expression([(kind, token) for kind, token in left if token != "_"], grammar, True)
    yield f"{head}{f'({params})' if params else ''} = {shown}"


def _sides(parts: list[tuple[str, str]], grammar: Grammar) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What stands left of the sign that assigns, and right of it."""
    depth = 0
    for at, (kind, token) in enumerate(parts):
        depth += (token in "([{") - (token in ")]}") if kind == "sign" else 0
        if depth == 0 and kind == "sign" and token in grammar.assigns:
            return parts[:at], parts[at + 1 :]
    return [], parts


def _lambda(parts: list[tuple[str, str]], grammar: Grammar) -> tuple[list[tuple[str, str]], str]:
    """The body of x -> x^2, (x, y) -> x*y or @(x) x^2, and its parameters."""
    bare = [one for one in parts if one[0] != "blank"]
    if bare[:1] == [("word", "@")] or [token for _, token in bare[:2]] == ["@", "("]:
        end = next((at for at, (_, token) in enumerate(bare) if token == ")"), 0)
        return bare[end + 1 :], ", ".join(token for kind, token in bare[1:end] if kind == "word")
    arrow = next((at for at, (_, token) in enumerate(bare) if token == "->"), None)
    if arrow is not None:
        return bare[arrow + 1 :], ", ".join(token for kind, token in bare[:arrow] if kind == "word")
    return parts, ""


def _expression(parts: list[tuple[str, str]], grammar: Grammar, is_head: bool = False) -> str:
    made: list[str] = []
    opened: list[str] = []
    bare = [one for one in parts if one[0] != "blank"]
    at = 0
    while at < len(bare):
        kind, token = bare[at]
        following = bare[at + 1][1] if at + 1 < len(bare) else ""
        before = bare[at - 1] if at else ("", "")
        at += 1
        if kind in ("number", "word") and before[0] in ("number", "word"):
            made.append("*" if grammar.implied else " ")
        elif grammar.implied and kind == "word" and before[1] in (")", "]"):
            made.append("*")
        if kind == "word":
            word = _word(token, following, grammar, is_head)
            if token in grammar.turned and following and _arguments(bare, at) == 2:
                bare = _turned(bare, at)
            made.append(_OF_TWO[word][_arguments(bare, at) == 2] if word in _OF_TWO else word)
        elif kind == "number":
            made.append(re.sub(r"[dD]|\*\^|b", "e", token))
        elif token == "[" and grammar.square:
            made.append("(")
            opened.append(")")
        elif token in CLOSED_BY:
            made.append("(" if grammar.square or token != "[" else token)
            opened.append(")" if grammar.square or token != "[" else "]")
        elif token in (")", "]", "}"):
            made.append(opened.pop() if opened else token)
        else:
            made.append(_SAME.get(token, f" {token} " if token in "+-" else token))
    return "".join(made).strip()


_OF_TWO = {"atan2": ("arctan", "atan2"), "arctan": ("arctan", "atan2")}  # one word for both


def _turned(parts: list[tuple[str, str]], at: int) -> list[tuple[str, str]]:
    """The tokens with the two arguments in the bracket at a place the other way round."""
    depth, comma, end = 0, at, at
    for end, (_, token) in enumerate(parts[at:], at):
        depth += (token in ("(", "[", "{")) - (token in (")", "]", "}"))
        comma = end if token == "," and depth == 1 else comma
        if depth <= 0:
            break
    return [*parts[: at + 1], *parts[comma + 1 : end], parts[comma], *parts[at + 1 : comma], *parts[end:]]


def _arguments(parts: list[tuple[str, str]], at: int) -> int:
    """How many arguments the bracket at a place has."""
    depth, found = 0, 1
    for _, token in parts[at:]:
        depth += (token in ("(", "[", "{")) - (token in (")", "]", "}"))
        found += token == "," and depth == 1
        if depth <= 0:
            break
    return found


def _word(token: str, following: str, grammar: Grammar, is_head: bool) -> str:
    """A word: a function of the language, a constant, or a name."""
    opening = "[" if grammar.square else "("
    bare = token.rstrip("_") if grammar.square else token
    if token in grammar.constants:
        return grammar.constants[token]
    if following == opening and token in grammar.functions and not is_head:
        return grammar.functions[token]
    return bare.lstrip("%@") or token


maxima, mathematica, maple, sympy, julia, matlab = map(
    _reader, ("maxima", "mathematica", "maple", "sympy", "julia", "matlab")
)

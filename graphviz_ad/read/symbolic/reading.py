"""Statements of symbolic systems brought into the tokens of text, whose parser then reads them. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import GREEK
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
from graphviz_ad.read.length import check_size
from graphviz_ad.read.symbolic.cases import SymbolicToken, SymbolicTokens, with_where
from graphviz_ad.read.symbolic.dialects import GRAMMARS, Grammar
from graphviz_ad.read.text.cutting import check_balanced, check_closing, names_in
from graphviz_ad.read.text.equations import system
from graphviz_ad.read.text.layers import with_layers
from graphviz_ad.read.text.lookalikes import mended
from graphviz_ad.read.text.nesting import closing, outside
from graphviz_ad.read.text.ranges import nothing_earlier
from graphviz_ad.read.text.tokens import Token, normal

_TOKEN = re.compile(
    r"""(?P<blank>[^\S\n]+)
    | (?P<factorial>\d{1,2}!(?!=))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:(?:[eEdD]|\*\^|b)[+-]?\d+)?)
    | (?P<letter>\\\[(?P<greek>[A-Za-z]+)\]'*)
    | (?P<word>(?:(?:%|@)?[^\W\d]\w*|%[a-z]+\d*)'*|@)
    | (?P<sign>:=|->|<=|>=|==|!=|~=|<>|\.\^|\.\*|\./|\*\*|//|[-+*/^=:$;(){}\[\],<>\#\n])
    """,
    re.VERBOSE,
)
_SAME = {".^": "^", ".*": "*", "./": "/", "//": "/"}
_OPERATORS = frozenset({"+", "-", "*", "/", "^", "**", "=", "==", "<", ">", "<=", ">=", "!="})
_LABEL = re.compile(r"^[^\S\n]*(?:\(%[io]\d+\)|In\[\d+\]:=|Out\[\d+\]=|Out\[\d+\]//\w+=|>+|julia>|>>)", re.MULTILINE)
_GOES_ON = re.compile(r"[^\S\n]*(?:[-+*/^]|\.[*/^]|=(?!=))")  # a line that goes on with the one before
_TWO_WHOLES = re.compile(r"-?\d+,\d+")
_OF_TWO = {"atan2": ("arctan", "atan2"), "arctan": ("arctan", "atan2")}  # one word for both


def _reader(name: str) -> Callable[..., Source]:
    grammar = GRAMMARS[name]

    def read(text: str, request: Request = NOTHING_ASKED) -> Source:
        notes: list[str] = []
        try:
            check_size(text)
            if request.unroll is not None:
                raise nothing_earlier(request.unroll)
            tokens = with_layers([*statements(mended(text, notes), grammar)], (), ())
            source = system(tokens, request, "write a formula of it")
        except AdgraphError as error:
            error.source = error.source or text
            raise
        return source.replace(notes=(*notes, *source.notes))

    read.__doc__ = f"Read statements of {name}. Raises AdgraphError, with the place, for what is not read."
    return read


def statements(text: str, grammar: Grammar) -> Iterator[list[Token]]:
    """The tokens of each statement that is not empty, as text has them. Raises AdgraphError, with the place, for a
    token that no formula has."""
    shown = re.sub(grammar.remarks, _blanked, text, flags=re.DOTALL)
    shown = re.sub(grammar.passed, _blanked, shown, flags=re.MULTILINE)
    for parts in _apart(_LABEL.sub(_blanked, shown), grammar):
        if made := _statement(parts, grammar):
            yield made


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _apart(text: str, grammar: Grammar) -> Iterator[SymbolicTokens]:
    """The statements of a text that are not empty, in the tokens of their own language."""
    statement: SymbolicTokens = []
    opened: list[SymbolicToken] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unread(text[at], Span(at, at + 1), grammar)
        token, at = _token(match), match.end()
        if token.kind == "blank":
            continue
        if token.nesting < 0:
            check_closing(opened, token)
        elif token.nesting > 0:
            opened.append(token)
        if not opened and token.text == "\n" and grammar.newline_ends:
            ends = not (statement and (statement[-1].text in (*_OPERATORS, ":=") or _GOES_ON.match(text, at)))
        else:
            ends = not opened and (token.text in grammar.ends or token.text == ";")
        if not ends:
            statement += [token] if token.text != "\n" else []
        elif statement:
            yield statement
            statement = []
    check_balanced(opened)
    if statement:
        yield statement


def _token(match: re.Match[str]) -> SymbolicToken:
    kind, span = match.lastgroup or "", Span(*match.span())
    if match["letter"]:
        spelled = GREEK.get(_letter(match["greek"]), match["greek"])
        return SymbolicToken("word", spelled + match[0].rpartition("]")[2], span)
    return SymbolicToken(kind, match[0], span)


def _letter(word: str) -> str:
    """Greek letters are \\[Alpha] and \\[CapitalGamma] in Mathematica."""
    return word.removeprefix("Capital") if word.startswith("Capital") else word.lower()


def _statement(parts: SymbolicTokens, grammar: Grammar) -> list[Token]:
    """One statement in the tokens of text."""
    left, right = _sides(parts, grammar)
    body, params = _lambda(right)
    made = [*_expression(with_where(body), grammar)]
    if not left:
        return made
    head = [*_expression([token for token in left if token.text != "_"], grammar, True)]
    sign = parts[len(left)].span
    return [*head, *_parameters(params), Token("operator", "=", sign, True), *made]


def _sides(parts: SymbolicTokens, grammar: Grammar) -> tuple[SymbolicTokens, SymbolicTokens]:
    """What stands left of the sign that assigns, and right of it."""
    signs = (at for at, token in outside(parts) if token.kind == "sign" and token.text in grammar.assigns)
    at = next(signs, None)
    return ([], parts) if at is None else (parts[:at], parts[at + 1 :])


def _lambda(parts: SymbolicTokens) -> tuple[SymbolicTokens, SymbolicTokens]:
    """The body of x -> x^2, (x, y) -> x*y or @(x) x^2, and its parameters."""
    if parts and parts[0].text == "@":
        end = next((at for at, token in enumerate(parts) if token.text == ")"), 0)
        return parts[end + 1 :], [token for token in parts[1:end] if token.kind == "word"]
    arrow = next((at for at, token in enumerate(parts) if token.text == "->"), None)
    if arrow is not None:
        return parts[arrow + 1 :], [token for token in parts[:arrow] if token.kind == "word"]
    return parts, []


def _parameters(words: Sequence[SymbolicToken]) -> Iterator[Token]:
    """Words in a bracket, with commas between them; nothing where there are none."""
    for place, word in enumerate(words):
        yield Token("comma", ",", word.span, True) if place else Token("open", "(", word.span, True)
        yield from names_in(word.text, word.span)
    if words:
        yield Token("close", ")", words[-1].span, True)


def _expression(written: SymbolicTokens, grammar: Grammar, is_head: bool = False) -> Iterator[Token]:
    """The tokens of text for those of the language."""
    parts = _arranged(written, grammar)
    close = True
    for at, token in enumerate(parts):
        is_sum = token.text in ("+", "-")
        if at and _is_product(parts[at - 1], token, grammar):
            if grammar.implied:
                yield Token("operator", "*", token.span, True)
            close = close and grammar.implied
        if token.kind == "word":
            word = _word(token.text, parts[at + 1].text if at + 1 < len(parts) else "", grammar, is_head)
            if word in _OF_TWO:
                word = _OF_TWO[word][len(_commas(parts, at + 1)) == 1]
            yield from names_in(word, token.span, close)
        elif token.kind == "sign":
            yield Token(*_sign(token, grammar), token.span, close and not is_sum)
        else:
            yield Token(*normal(token.kind, re.sub(r"[dD]|\*\^|b", "e", token.text), False), token.span, close)
        close = not is_sum


def _arranged(parts: SymbolicTokens, grammar: Grammar) -> SymbolicTokens:
    """The tokens with Log[b, x] the other way round, and Rational(1, 2) as a quotient."""
    made = list(parts)
    for at, token in enumerate(parts):
        if token.text not in (*grammar.turned, "Rational"):
            continue
        begin, end, commas = at + 2, closing(made, at + 1), _commas(made, at + 1)
        if token.text == "Rational" and _TWO_WHOLES.fullmatch("".join(part.text for part in made[begin:end])):
            made[commas[0]] = made[commas[0]].replace(text="/")
            made[at] = token.replace(text="")
        elif token.text in grammar.turned and len(commas) == 1:
            made[begin:end] = [*made[commas[0] + 1 : end], made[commas[0]], *made[begin : commas[0]]]
    return [token for token in made if token.text]


def _is_product(before: SymbolicToken, token: SymbolicToken, grammar: Grammar) -> bool:
    """Whether two tokens side by side are a product."""
    if token.kind == "sign":
        return False
    return before.kind != "sign" or (grammar.implied and token.kind == "word" and before.text in (")", "]"))


def _sign(token: SymbolicToken, grammar: Grammar) -> tuple[str, str]:
    """The kind of a sign, and how text writes it. Raises AdgraphError for one that no formula has."""
    sign = _SAME.get(token.text, token.text)
    if grammar.square:  # a call has round brackets
        sign = {"[": "(", "]": ")"}.get(sign, sign)
    if token.nesting:
        return "open" if token.nesting > 0 else "close", sign
    if sign in (",", ";"):
        return "comma", sign
    sign = "!=" if sign == grammar.unequal else sign
    if sign not in _OPERATORS:
        raise _unread(token.text, token.span, grammar)
    return normal("operator", sign, False)


def _unread(sign: str, span: Span, grammar: Grammar) -> AdgraphError:
    return AdgraphError(f"'{sign}' is not read in {grammar.name}", span, "write formulas alone")


def _commas(parts: SymbolicTokens, at: int) -> list[int]:
    """The places of the commas between the arguments in the bracket at a place."""
    return [at + 1 + place for place, token in outside(parts[at + 1 :]) if token.text == ","]


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

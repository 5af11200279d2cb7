"""Sources cut into statements, each a list of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar
from unicodedata import normalize

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.patterns import pattern
from graphviz_ad.read.length import MAX_NAME, check_size
from graphviz_ad.read.text.lookalikes import mended
from graphviz_ad.read.text.tokens import CLOSED_BY, LABEL, TOKEN, TOKEN_OF_ARRAYS, Token, normal
from graphviz_ad.read.text.vectors import transposed

_VECTORS = "𝟏𝟎"  # of ones, of zeros; no digits among vectors
_SQUARED_NORM = pattern(r"(\|\||‖)(²|\^2|\^\{2\})(_(?:\{[^{}\n]*\}|[\w∞])|[₀-₉])")  # ‖W‖²_F
_CONTINUED = pattern(r"[^\S\n]*(?:\*|[-+−×·⋅∙/÷^]|=(?!=))")  # a line that goes on with the one before
_EQUATION = pattern(
    r"\s*[^\W\d](?:[\w{}^'′]|_\{[^{}\n=]*\})*(?:\s*\([^()\n]*\))?\s*:?=(?!=)"
)  # behind a comma between equations
_EMPTY_SCRIPT = pattern(r"_\{[ \t]*\}")
_SUMS = ("sum_", "prod_")  # what stands below them is no part of a name
_EQUATION_BELOW = pattern(r"_\{\s*\w+\s*=[-+\w\s]*\}")
_INSTEAD = {
    "!": "write the product out",
    "±": "it has two values; write an equation for each",
    "∓": "it has two values; write an equation for each",
    **dict.fromkeys("≈←", "write ="),
    "`": "leave the ` out",
    ":": "write = between a name and its expression",
    "\\": "this is read as text; for LaTeX: --from latex",
    "$": "this is read as text; for LaTeX: --from latex",
    "&": "write one equation a line",
    **dict.fromkeys("→⇒⟹⟶↦", "an arrow is not an equation; write name = expression, f(x) = expression"),
    "∘": "a composition is written f(g(x))",
    "∞": "write the finite expression",
    "∝": "write =, with the constant",
    "∈": "leave the condition out",
    "∇": "adgraph derives; give it the equations alone",
    "∫": "adgraph differentiates; write the integrated function",
    "?": "for a case distinction write {a if x > 0; b}",
    "_": "a subscript is written x_1 or x_{ab}; digits of a number stand together",
}


class Bracket(Protocol):
    """A token of any language."""

    @property
    def text(self) -> str: ...
    @property
    def span(self) -> Span: ...


_Sign = TypeVar("_Sign", bound=Bracket)


def statements(
    source: str, arrays: bool = False, sums: bool = False, notes: list[str] | None = None
) -> Iterator[list[Token]]:
    """The tokens of each statement that is not empty. A line end or a semicolon inside brackets does not end one. The
    signs of vectors and matrices are read among `arrays` only; sums over steps, among these and among `sums`, are
    names there. Raises AdgraphError for what is no token, and for brackets that do not match."""
    check_size(source)
    source = mended(source, [] if notes is None else notes, _VECTORS if arrays else "")
    source = _SQUARED_NORM.sub(r"\1\3\2", source) if arrays else source
    yield from _Cutter(source, arrays, TOKEN_OF_ARRAYS if arrays or sums else TOKEN).statements()


class _Cutter:
    """On the way through a source: the place, the brackets that are open, the statement so far, and whether the next
    token follows without a blank."""

    def __init__(self, source: str, arrays: bool, token: re.Pattern[str]) -> None:
        self.source, self.arrays, self.token = source, arrays, token
        self.position = 1 if source.startswith("\ufeff") else 0
        self.opened: list[Token] = []
        self.statement: list[Token] = []
        self.close = False

    def statements(self) -> Iterator[list[Token]]:
        while self.position < len(self.source):
            kind, text, span = self.next()
            if kind == "blank":
                self.close = False
            elif kind == "end":
                yield from self.ended()
            else:
                self.add(kind, text, span)
        yield from self.ended()

    def next(self) -> tuple[str, str, Span]:
        """The kind of what comes next, as it is meant here, its text and place."""
        match = self.token.match(self.source, self.position)
        if match is None or (match.lastgroup == "colon" and not self.in_entries):
            raise _unexpected(self.source, self.position)
        kind, text = match.lastgroup or "", match[0]
        if kind == "array" and not self.arrays:
            if text != "||":
                raise _unexpected(self.source, self.position)
            kind, text = "bar", "|"
        if kind == "name" and "^{" in text and not _is_labelled(text):  # a power
            text = text.partition("^")[0]
        span = Span(self.position, self.position + len(text))
        self.position = span.end
        return self.kind(kind, text), text, span

    @property
    def in_entries(self) -> bool:
        """Whether entries of a vector or a matrix are being read."""
        return self.arrays and bool(self.opened) and self.opened[-1].text == "["

    def kind(self, kind: str, text: str) -> str:
        """What ends a line, a row or a statement ends nothing in brackets; a comma does between equations."""
        if kind == "end":
            if text == "\n":
                goes_on = self.opened or (self.statement and _CONTINUED.match(self.source, self.position))
                return "blank" if goes_on else "end"
            if self.in_entries:
                return "row"
            return "comma" if self.opened else "end"  # f(x; w), and cases
        if kind == "comma" and not self.opened and self.statement and _EQUATION.match(self.source, self.position):
            return "end"  # a = x + 1, b = a^2
        return kind

    def add(self, kind: str, text: str, span: Span) -> None:
        if kind == "name":
            _check_name(text, span, ("sum_", "prod_", "Σ_") if self.arrays else _SUMS)
        if kind == "vulgar":
            self.statement += _vulgar(text, span, self.close)
        elif kind == "row":
            self.statement.append(Token(kind, text, span, True))
            return
        else:
            token = Token(*normal(kind, text, self.arrays), span, self.close)
            if kind == "open":
                self.opened.append(token)
            elif kind == "close":
                check_closing(self.opened, token)
            self.statement.append(token)
        self.close = True

    def ended(self) -> Iterator[list[Token]]:
        """The statement that ends here, if it is not empty; a comma before its end is that of a sentence."""
        check_balanced(self.opened)
        statement, self.statement, self.close = self.statement, [], False
        if len(statement) > 1 and statement[-1].kind == "comma":
            statement.pop()
        if statement:
            yield statement


def names_in(word: str, span: Span, close: bool = True) -> Iterator[Token]:
    """A word of another language in the tokens of text: mostly one name."""
    at = 0
    while at < len(word):
        match = TOKEN.match(word, at)
        if match is None:
            error = _unexpected(word, at)
            error.span = span
            raise error
        kind = match.lastgroup or ""
        if kind == "name":
            _check_name(match[0], span)
        yield Token(*normal(kind, match[0], False), span, close or at > 0)
        at = match.end()


def _check_name(text: str, span: Span, sums: tuple[str, ...] = _SUMS) -> None:
    """Raise AdgraphError for a name that none can be."""
    empty = _EMPTY_SCRIPT.search(text)
    if empty is not None:
        at = Span(span.start + empty.start(), span.start + empty.end())
        raise AdgraphError("an empty script", at, "leave it out")
    if not text.startswith(sums) and _EQUATION_BELOW.search(text):
        base = text.partition("_")[0]
        raise AdgraphError("an equation in the subscript of a name", span, f"write {base}_1, {base}_2, …")
    if len(text) > MAX_NAME:
        raise AdgraphError(f"a name of more than {MAX_NAME} characters", span, "choose a shorter one")


def _is_labelled(name: str) -> bool:
    """Whether what stands above a name belongs to it, h^{(t)}; a constant has no label."""
    base, _, above = name.partition("^{")
    label = above.rstrip("'′").removesuffix("}")
    return base not in ("e", "pi", "π") and (label in "*+-" or re.fullmatch(LABEL, label) is not None)


def _vulgar(fraction: str, span: Span, close: bool) -> list[Token]:
    """A fraction that is one character, ½, as its parts in brackets."""
    above, below = normalize("NFKC", fraction).split("⁄")
    inside = (("number", above), ("operator", "/"), ("number", below), ("close", ")"))
    return [Token("group", "(", span, close), *(Token(kind, text, span, True) for kind, text in inside)]


def check_closing(opened: list[_Sign], token: _Sign) -> None:
    """Take the bracket that a token closes from those that are open. Raises AdgraphError where that is none."""
    if not opened:
        raise AdgraphError(f"'{token.text}' closes nothing", token.span, "take it out, or open a bracket before it")
    opening = opened.pop()
    if CLOSED_BY[opening.text] != token.text:
        raise AdgraphError(
            f"'{opening.text}' is closed by '{token.text}'", token.span, f"write '{CLOSED_BY[opening.text]}'"
        )


def check_balanced(opened: Sequence[Bracket]) -> None:
    """Raise AdgraphError where brackets are open at the end."""
    if opened:
        bracket = opened[-1].text
        raise AdgraphError(f"'{bracket}' is never closed", opened[-1].span, f"add a '{CLOSED_BY[bracket]}'")


def _unexpected(source: str, position: int) -> AdgraphError:
    character = source[position]
    if source.startswith(".T", position) or character in "ᵀ⊤":
        return transposed(Span(position, position + 1 + (character == ".")))
    shown = f"'{character}'" if character.isprintable() else f"U+{ord(character):04X}"
    if character == ":" and source.rfind("[", 0, position) > source.rfind("]", 0, position):
        hint = "write its entries: [x_1; x_2]"
        return AdgraphError("a part of a vector is not read", Span(position, position + 1), hint)
    module = re.search(r"(?<!\w)(?:np|numpy|jnp|math|cmath|torch|tf|scipy|F|nn|K|sp|sympy)\Z", source[:position])
    function = re.compile(r"\.(?:\w+\.)*(\w+)").match(source, position)
    if module is not None and function is not None and function[1] in FUNCTIONS:
        span = Span(module.start(), function.end())
        return AdgraphError(f"'{source[span.start : span.end]}' is not read", span, f"write {function[1]}(x)")
    hint = _INSTEAD.get(character, f"names, numbers, + - * / ^ ( ) | | and {len(FUNCTIONS)} functions are read")
    return AdgraphError(f"unexpected character {shown}", Span(position, position + 1), hint)

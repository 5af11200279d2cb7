"""Equations cut into tokens, a statement at a time."""

import re
from collections.abc import Iterator
from math import factorial
from unicodedata import normalize

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.lookalikes import mended
from graphviz_ad.read.text.vectors import transposed

MAX_SOURCE = 50_000  # characters; as much as is read well within a second
SHORTER = "split the system, or draw the part that matters"
MAX_NAME = 100  # characters

_GREEK = "Ͱ-Ͽ"
_LETTER = rf"[^\W\d_ᵀ{_GREEK}¹²³⁰-ₜ¼-¾⅐-↉]"
_MARKS = "[\u0302\u0303\u0304\u0307\u20d7]*"
# What stands above a name and belongs to it: h^{(t)}, h^{(t-1)}, W^{[2]}, x^{(i,j)}; anything else is a power.
_INDEX = rf"(?:{_LETTER}|[{_GREEK}])(?:[-+](?:\d+|{_LETTER}))?|\d+"
LABEL = rf"(?:\((?:{_INDEX})(?:,(?:{_INDEX}))*\)|\[(?:{_INDEX})(?:,(?:{_INDEX}))*\])+"
_TOKEN = re.compile(
    rf"""(?P<blank>[^\S\n]+|\#[^\n]*|\.(?=\s*(?:;|\n|\Z)))
    | (?P<indexed>(?:sum|prod|[∑∏])_?(?=[{{(]\s*\w+\s*=))
    | (?P<positive>[\^_]\+(?=[\s;,)\]}}*/+=-]|$))
    | (?P<dots>\.\.\.?|…)
    | (?P<indicator>(?:1_(?=[{{(\[])|[𝟙𝟏𝕀]_?(?=[{{(\[])))
    | (?P<factorial>\d{{1,2}}!(?!=))
    | (?P<number>\d+(?:\{{,\}}\d{{3}})+(?!\d)|\d+\{{,\}}\d+|(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<vulgar>[¼-¾⅐-⅞])
    | (?P<name>(?:{_LETTER}{_MARKS}(?:{_LETTER}|\d)*
          |Δ(?:(?:{_LETTER}{_MARKS})+|[{_GREEK}]{_MARKS})\d*|[{_GREEK}]{_MARKS}\d*)
        (?:_\{{[^{{}}\n]*\}}|_(?:{_LETTER}|[{_GREEK}]|\d)+|[₀-₉]+|(?<=\blambda)_(?!\w))*
        (?:\^\{{(?:(?:[(\[][^(){{}}\[\]\n]*[)\]])+|[*+-])\}})?['′]*)
    | (?P<symbol>[√∛∑∏])
    | (?P<partial>∂)
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ]+)
    | (?P<operator>\*\*|==|!=|:=|[<>]=|[-+−*×·⋅∙⊙@/÷^=<>≤≥≠])
    | (?P<degree>°)
    | (?P<percent>%)
    | (?P<norm>‖)
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<bar>\|)
    | (?P<comma>,)
    | (?P<end>[;\n])
    """,
    re.VERBOSE,
)
# The same among vectors and matrices, and among sums over steps: what stands below a sum is part of its name there.
_OF_ARRAYS = rf"""(?P<blank>[^\S\n]+|\#[^\n]*)
    | (?P<array>(?:\|\||‖)(?:_(?:\{{[^{{}}\n]*\}}|inf(?:ty)?\b|\w|∞)|[₀-₉])?
        |[∑∏]_(?:\{{[^{{}}\n]*\}}|\w+)|(?<=[)\]|>⟩])_(?:\{{[^{{}}\n]*\}}|\w+|∞)
        |[@⊙∘⊘⊗⊤ᵀ⟨⟩×]|(?<=[)\]1])['′]|\.[*/^]|\.T\b)
    | (?P<name>(?:[𝟏𝟎]|{_LETTER}{_MARKS}(?:{_LETTER}|\d)*|[{_GREEK}]{_MARKS}\d*)
        (?:_\{{[^{{}}\n]*\}}|_(?:{_LETTER}|[{_GREEK}]|\d)+|[₀-₉]+)*(?:\^\{{(?:[(\[][^(){{}}\[\]\n]*[)\]]|[*+-])\}})?['′]*)
    | (?P<factorial>\d{{1,2}}!(?!=))
    | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<root>[√∛])
    | (?P<vulgar>[¼-¾⅐-⅞])
    | (?P<partial>∂)
    | (?P<colon>:(?!=))
    | (?P<super>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ]+)
    | (?P<operator>\*\*|==|:=|[<>]=|[-+−*×·⋅∙/÷^=<>≤≥])
    | (?P<open>[(\[{{])
    | (?P<close>[)\]}}])
    | (?P<bar>\|)
    | (?P<comma>,)
    | (?P<end>[;\n])
    """
_VECTORS = "𝟏𝟎"  # of ones, of zeros; no digits among vectors
_SQUARED_NORM = re.compile(r"(\|\||‖)(²|\^2|\^\{2\})(_(?:\{[^{}\n]*\}|[\w∞])|[₀-₉])")  # ‖W‖²_F
_CONTINUED = r"[^\S\n]*(?:\*|[-+−×·⋅∙/÷^]|=(?!=))"  # a line that goes on with the one before
_ONE_WORD = {"indicator": "1", "positive": "+", "indexed": "", "based": ""}
_EQUATION = r"\s*[^\W\d][\w{}^'′]*(?:\s*\([^()\n]*\))?\s*:?=(?!=)"  # what comes behind a comma between equations
_SPELLINGS = {
    "**": "^", "−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "√": "sqrt", "∛": "cbrt",
    "∑": "sum", "∏": "prod", ":=": "=", "≤": "<=", "≥": ">=", "≠": "!=", "..": "...", "…": "..."}  # fmt: skip
_MULTIPLIED = re.compile(r"(?<=[{+,])(\d{1,3})\(([^\W\d_])([-+]\d{1,3})?\)")  # below a name
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789-+n0123456789")
CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_INSTEAD = {
    "!": "write the product out",
    "±": "it has two values; write an equation for each",
    "∓": "it has two values; write an equation for each",
    "≈": "write =",
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


class Token(Record):
    """`text` is the normal spelling (`**` is ^, `×` is *, `w_{1}` is w_1); `close` says that no blank precedes."""

    kind: str
    text: str
    span: Span
    close: bool

    @property
    def nesting(self) -> int:
        """1 for a bracket that opens, −1 for one that closes, 0 for anything else."""
        return (self.kind in OPENING) - (self.kind == "close")


OPENING = ("open", "group")  # kinds of brackets; a group is one that is not written, around a numerator in LaTeX
END = Token("end", "", Span(0, 0), False)  # what stands behind the last


def check_size(source: str) -> None:
    """Raise AdgraphError for a source that is too long."""
    if len(source) > MAX_SOURCE:
        raise AdgraphError(
            f"{len(source):,} characters are more than the {MAX_SOURCE:,} that are read",
            hint=SHORTER,
        )


def statements(
    source: str, arrays: bool = False, sums: bool = False, notes: list[str] | None = None
) -> Iterator[list[Token]]:
    """The tokens of each statement that is not empty. A line end or a semicolon inside brackets does not end one. The
    signs of vectors and matrices are read among `arrays` only; sums over steps, among these and among `sums`, are
    names there."""
    check_size(source)
    source = mended(source, [] if notes is None else notes, _VECTORS if arrays else "")
    source = _SQUARED_NORM.sub(r"\1\3\2", source) if arrays else source
    pattern = re.compile(_OF_ARRAYS, re.VERBOSE) if arrays or sums else _TOKEN
    statement: list[Token] = []
    opened: list[Token] = []
    close = False
    position = 1 if source.startswith("\ufeff") else 0
    while position < len(source):
        match = pattern.match(source, position)
        in_brackets = arrays and bool(opened) and opened[-1].text == "["
        if match is None or (match.lastgroup == "colon" and not in_brackets):
            raise _unexpected(source, position)
        kind, text = match.lastgroup or "", match[0]
        if kind == "array" and not arrays:
            if text != "||":
                raise _unexpected(source, position)
            kind, text = "bar", "|"
            match = re.compile(r"\|").match(source, position)
            assert match is not None
        span = Span(position, match.end())
        position = match.end()
        continued = text == "\n" and bool(opened or (statement and re.compile(_CONTINUED).match(source, position)))
        if kind == "blank" or continued:
            close = False
            continue
        if text == ";" and in_brackets:
            kind = "row"
            statement.append(Token(kind, text, span, True))
            continue
        if kind == "end" and opened:  # f(x; w), and cases
            kind = "comma"
        if kind == "comma" and not opened and statement and re.compile(_EQUATION).match(source, position):
            kind = "end"  # a = x + 1, b = a^2
        if kind == "end":
            _balanced(opened)
            if statement and statement[-1].kind == "comma":  # as in a sentence
                statement.pop()
            if statement:
                yield statement
            statement, close = [], False
            continue
        if kind == "name" and "^{" in text and not _is_labelled(text):  # a power
            text = text.partition("^")[0]
            position = span.start + len(text)
            span = Span(span.start, position)
        empty = re.search(r"_\{[ \t]*\}", text) if kind == "name" and "{" in text else None
        if empty is not None:
            at = Span(span.start + empty.start(), span.start + empty.end())
            raise AdgraphError("an empty script", at, "leave it out")
        own = kind == "name" and "=" in text and not text.startswith(("sum_", "prod_", *(("Σ_",) if arrays else ())))
        if own and re.search(r"_\{\s*\w+\s*=[-+\w\s]*\}", text):
            base = text.partition("_")[0]
            raise AdgraphError("an equation in the subscript of a name", span, f"write {base}_1, {base}_2, …")
        if kind == "name" and len(text) > MAX_NAME:
            raise AdgraphError(f"a name of more than {MAX_NAME} characters", span, "choose a shorter one")
        if kind == "vulgar":
            statement += _vulgar(text, span, close)
            close = True
            continue
        token = Token(*(_of_arrays(kind, text) if arrays else _normal(kind, text)), span, close)
        if kind == "open":
            opened.append(token)
        elif kind == "close":
            _closes(opened, token)
        statement.append(token)
        close = True
    _balanced(opened)
    if len(statement) > 1 and statement[-1].kind == "comma":
        statement.pop()
    if statement:
        yield statement


def _is_labelled(name: str) -> bool:
    """Whether what stands above a name belongs to it, h^{(t)}; a constant has no label."""
    base, _, above = name.partition("^{")
    label = above.rstrip("'′").removesuffix("}")
    return base not in ("e", "pi", "π") and (label in "*+-" or re.fullmatch(LABEL, label) is not None)


_ARRAY_SPELLINGS = {"'": "⊤", "′": "⊤", "∘": "⊙", ".*": "⊙", "./": "⊘", "ᵀ": "⊤", ".T": "⊤", "⟨": "<", "⟩": ">"}


def _of_arrays(kind: str, text: str) -> tuple[str, str]:
    """Kind and normal spelling among vectors and matrices, where · is no *."""
    if text.startswith(("∑", "∏")) or re.match(r"Σ_\{\s*\w+\s*=", text):
        return "name", _normal("name", f"{'prod' if text[0] == '∏' else 'sum'}{text[1:]}")[1]
    if kind == "array":
        spelled = _ARRAY_SPELLINGS.get(text, text.replace("||", "‖"))
        if spelled[1:] and spelled[1:] in "₀₁₂₃₄₅₆₇₈₉":  # ‖x‖₂
            spelled = f"{spelled[0]}_{spelled[1:].translate(_PLAIN_DIGITS)}"
        return ("operator" if spelled in "⊙⊘⊗@<>×" else kind), spelled
    return (kind, "·") if text in ("·", "⋅", "∙") else _normal(kind, text)


def _normal(kind: str, text: str) -> tuple[str, str]:
    if kind in _ONE_WORD:
        return kind, _ONE_WORD[kind] or _SPELLINGS.get(text[0], text.rstrip("_"))
    if kind == "name":
        text = "lambda" if text == "lambda_" else text  # a word that Python has for itself
        if text.isascii() and text.isalnum():
            return kind, text
        name = re.sub(r"_\{([^\W_]+)\}", r"_\1", text.replace("′", "'"))
        name = _MULTIPLIED.sub(_without_brackets, name)
        digits = re.search("[₀-₉]+", name)
        if digits:
            name = name.replace(digits[0], "_" + digits[0].translate(_PLAIN_DIGITS))
        return kind, name
    if kind == "super":
        return kind, text.translate(_PLAIN_DIGITS)
    if kind == "factorial":  # 3!
        return "number", str(factorial(int(text[:-1])))
    if kind == "number":
        return kind, text.replace("{,}", "" if re.fullmatch(r"\d+(?:\{,\}\d{3})+", text) else ".")
    if kind in ("symbol", "root"):
        return "name", _SPELLINGS[text]
    return kind, _SPELLINGS.get(text, text)


def _without_brackets(found: re.Match[str]) -> str:
    """2i-2 of 2(i-1), below a name."""
    shift = int(found[1]) * int(found[3] or 0)
    return f"{found[1]}{found[2]}{f'{shift:+d}' if shift else ''}"


def _vulgar(fraction: str, span: Span, close: bool) -> list[Token]:
    """A fraction that is one character, ½, as its parts in brackets."""
    above, below = normalize("NFKC", fraction).split("⁄")
    inside = (("number", above), ("operator", "/"), ("number", below), ("close", ")"))
    return [Token("group", "(", span, close), *(Token(kind, text, span, True) for kind, text in inside)]


def _closes(opened: list[Token], token: Token) -> None:
    if not opened:
        raise AdgraphError(f"'{token.text}' closes nothing", token.span, "take it out, or open a bracket before it")
    opening = opened.pop()
    if CLOSED_BY[opening.text] != token.text:
        raise AdgraphError(
            f"'{opening.text}' is closed by '{token.text}'", token.span, f"write '{CLOSED_BY[opening.text]}'"
        )


def _balanced(opened: list[Token]) -> None:
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
    hint = _INSTEAD.get(character, f"names, numbers, + - * / ^ ( ) | | and {len(FUNCTIONS)} functions are read")
    return AdgraphError(f"unexpected character {shown}", Span(position, position + 1), hint)

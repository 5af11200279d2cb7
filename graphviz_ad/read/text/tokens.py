"""Tokens of equations: their patterns, their kinds, and their normal spelling."""

import re
from collections.abc import Iterable, Sequence
from math import factorial

from graphviz_ad.core.errors import Span
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

_GREEK = "Ͱ-Ͽ"
_LETTER = rf"[^\W\d_ᵀ{_GREEK}¹²³⁰-ₜ¼-¾⅐-↉]"
_MARKS = "[\u0302\u0303\u0304\u0307\u20d7]*"
# What stands above a name and belongs to it: h^{(t)}, h^{(t-1)}, W^{[2]}, x^{(i,j)}; anything else is a power.
_INDEX = rf"(?:{_LETTER}|[{_GREEK}])(?:[-+](?:\d+|{_LETTER}))?|\d+"
LABEL = rf"(?:\((?:{_INDEX})(?:,(?:{_INDEX}))*\)|\[(?:{_INDEX})(?:,(?:{_INDEX}))*\])+"
TOKEN = pattern(
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
TOKEN_OF_ARRAYS = pattern(
    rf"""(?P<blank>[^\S\n]+|\#[^\n]*)
    | (?P<array>(?:\|\||‖)(?:_(?:\{{[^{{}}\n]*\}}|inf(?:ty)?\b|\d+|\w|∞)|[₀-₉])?
        |[∑∏]_(?:\{{[^{{}}\n]*\}}|\w+)|(?<=[)\]|>⟩])_(?:\{{[^{{}}\n]*\}}|\w+|∞)
        |[@⊙∘⊘⊗⊕⊤ᵀ⟨⟩×]|(?<=[)\]1])['′]|\.[*/^]|\.T\b
        |(?<=[\w)\]])\.dot(?=\()|(?<![^\W_][^\W_])(?<=[^\W\d_])\.(?=[^\W\d_](?!\w)))
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
    """,
    re.VERBOSE,
)
_ONE_WORD = {"indicator": "1", "positive": "+", "indexed": "", "based": ""}
_SPELLINGS = {
    "**": "^", "−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "√": "sqrt", "∛": "cbrt",
    "∑": "sum", "∏": "prod", ":=": "=", "≤": "<=", "≥": ">=", "≠": "!=", "..": "...", "…": "..."}  # fmt: skip
_MULTIPLIED = pattern(r"(?<=[{+,])(\d{1,3})\(([^\W\d_])([-+]\d{1,3})?\)")  # below a name
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ₀₁₂₃₄₅₆₇₈₉", "0123456789-+n0123456789")
CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


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


def grouped(like: Token, tokens: Sequence[Token]) -> list[Token]:
    """Tokens in brackets that are not written, at the place of another one."""
    return [like.replace(kind="group", text="("), *tokens, like.replace(kind="close", text=")")]


def joined(like: Token, terms: Iterable[Sequence[Token]], sign: str = "+") -> list[Token]:
    """Terms in such brackets with a sign between them, all in brackets too."""
    found: list[Token] = []
    for term in terms:
        found += [like.replace(kind="operator", text=sign)] * bool(found) + grouped(like, term)
    return grouped(like, found)


def stand_in(name: str, tokens: Sequence[Token]) -> list[Token]:
    """A name in such brackets, in the place of tokens that it stands for."""
    made = Token("name", name, Span(tokens[0].span.start, tokens[-1].span.end), True)
    return [made.replace(kind="group", text="(", close=tokens[0].close), made, made.replace(kind="close", text=")")]


_ARRAY_SPELLINGS = {
    "'": "⊤", "′": "⊤", "ᵀ": "⊤", ".T": "⊤", "∘": "⊙", ".*": "⊙", "./": "⊘", ".dot": "·", ".": "·", "⟨": "<", "⟩": ">",
}  # fmt: skip


def normal(kind: str, text: str, arrays: bool) -> tuple[str, str]:
    """The kind of a token and its normal spelling, which may be another among vectors and matrices."""
    return _of_arrays(kind, text) if arrays else _normal(kind, text)


def _of_arrays(kind: str, text: str) -> tuple[str, str]:
    """Kind and normal spelling among vectors and matrices, where · is no *."""
    if text.startswith(("∑", "∏")) or re.match(r"Σ_\{\s*\w+\s*=", text):
        return "name", _normal("name", f"{'prod' if text[0] == '∏' else 'sum'}{text[1:]}")[1]
    if kind == "array":
        spelled = _ARRAY_SPELLINGS.get(text, text.replace("||", "‖"))
        if spelled[1:] and spelled[1:] in "₀₁₂₃₄₅₆₇₈₉":  # ‖x‖₂
            spelled = f"{spelled[0]}_{spelled[1:].translate(_PLAIN_DIGITS)}"
        return ("operator" if spelled in "⊙⊘⊗⊕@<>×·" else kind), spelled
    return (kind, "·") if text in ("·", "⋅", "∙") else _normal(kind, text)


def _normal(kind: str, text: str) -> tuple[str, str]:
    if kind in _ONE_WORD:
        return kind, _ONE_WORD[kind] or _SPELLINGS.get(text[0], text.rstrip("_"))
    if kind == "name":
        text = "lambda" if text == "lambda_" else text  # a word that Python has for itself
        if text.isascii() and text.isalnum():
            return kind, text
        name = re.sub(r"_\{([^\W_]+)\}", r"_\1", text.replace("′", "'"))
        name = multiplied_out(name)
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


def multiplied_out(name: str) -> str:
    """x_{2i-2+k} of x_{2(i-1)+k}."""
    return _MULTIPLIED.sub(_without_brackets, name)


def _without_brackets(found: re.Match[str]) -> str:
    """2i-2 of 2(i-1), below a name."""
    shift = int(found[1]) * int(found[3] or 0)
    return f"{found[1]}{found[2]}{f'{shift:+d}' if shift else ''}"

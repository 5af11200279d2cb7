"""LaTeX, for a formula in math mode; needs amsmath for \\dfrac and \\operatorname."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import ClassVar

from graphviz_ad.core.names import LATEX_LETTERS, Name, is_letter, script_parts, unstyled
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.as_text import TextNotation
from graphviz_ad.notation.notation import ELEMENTWISE

_LETTERS = {letter: f"\\{command}" for command, letter in LATEX_LETTERS.items()} | {"ο": "o"}
_SIGNS = {
    "−": "-",
    "×": "\\times",
    "÷": "\\div",
    "π": "\\pi",
    "≥": "\\ge",
    "≤": "\\le",
    "≠": "\\ne",
    "∧": "\\wedge",
    "( )": "(\\ )",
    "∂": "\\partial",
    "d": "\\mathrm{d}",
    "≈": "\\approx",
    "&≈": "&\\approx",
    "⊙": "\\odot",
    "⊘": "\\oslash",
    "∘": "\\circ",
    "⊤": "\\top",
    "ᵀ": "\\mathrm{T}",
    "′": "\\prime",
    "δ": "\\delta",
    "∇": "\\nabla",
    "𝟏": "\\mathbf{1}",
    "‖ ‖": "\\lVert\\ \\rVert",
    "‖ ‖²": "\\lVert\\ \\rVert^2",
    "( )⁻¹": "(\\ )^{-1}",
    "↦": "\\mapsto",
    "·": "\\cdot",
    "&↦": "&\\mapsto",
}
_ESCAPES = {
    "\\": "\\backslash ", "{": "\\{", "}": "\\}", "_": "\\_", "^": "\\hat{\\ }", "#": "\\#", "$": "\\$", "%": "\\%",
    "&": "\\&", "~": "\\sim ", " ": "\\ ",
}  # fmt: skip
_ACCENTS = {"hat": "\\hat", "bar": "\\bar", "tilde": "\\tilde", "dot": "\\dot", "vec": "\\vec"}


def escape(text: str, escapes: Mapping[str, str] = _ESCAPES) -> str:
    """Text as it stands, in math mode."""
    return "".join(escapes.get(c, c) for c in text if c.isprintable())


def _style(text: str) -> str:
    """Letters that all have one style, 𝐱𝐲, under its command; empty for others."""
    found = [unstyled(letter) or ("", letter) for letter in text]
    style = found[0][0]
    if not style or any(other != style for other, _ in found):
        return ""
    return f"\\{style}{{{_together(_LETTERS.get(plain, plain) for _, plain in found)}}}"


def _part(text: str, escapes: Mapping[str, str]) -> str:
    if text in _LETTERS:
        return _LETTERS[text]
    if not text.isascii() and (style := _style(text)):
        return style
    plain = is_letter(text) or text.isdigit() or (len(text) == 1 and text in "()[]+-*,")
    return escape(text, escapes) if plain else f"\\mathrm{{{escape(text, escapes)}}}"


def _script(text: str, escapes: Mapping[str, str]) -> str:
    return _together(_part(part, escapes) for part in script_parts(text))


def _together(parts: Iterable[str]) -> str:
    return reduce(lambda left, right: left + _after_command(left, right) + right, parts, "")


def _after_command(left: str, right: str) -> str:
    """A space where a command would run into a letter: `\\alpha x`."""
    command = left.rpartition("\\")[2]
    return " " if "\\" in left and command.isalpha() and right[:1].isalpha() else ""


class Latex(TextNotation):
    escapes: ClassVar[Mapping[str, str]] = _ESCAPES  # what characters of names become
    signs: ClassVar[Mapping[str, str]] = _SIGNS
    ellipsis = "\\ldots"

    def number(self, digits: str, exponent: int | None) -> str:
        return digits if exponent is None else f"{digits} \\cdot 10^{{{exponent}}}"

    def variable(self, name: Name) -> str:
        parts = name.parts
        out = _part(parts.base, self.escapes)
        for accent in parts.accents:
            out = f"{_ACCENTS[accent]}{{{out}}}"
        if parts.subscript:
            subscript = _script(parts.subscript, self.escapes)
            out += f"_{subscript}" if len(subscript) == 1 else f"_{{{subscript}}}"
        if not parts.superscript:
            return out + "'" * parts.primes
        superscript = _script(parts.superscript, self.escapes) + "\\prime" * parts.primes
        return f"{out}^{{{superscript}}}"

    def function(self, op: Op) -> str:
        word, index = op.head
        head = op.latex or _LETTERS.get(word) or f"\\operatorname{{{escape(word, self.escapes)}}}"
        return f"{head}_{{{index}}}" if index else head

    def partial(self, function: Name, places: Sequence[int]) -> str:
        sign = self.signs["∂"]
        signs = "".join(f"{sign}_{place}" if place < 10 else f"{sign}_{{{place}}}" for place in places)
        return f"{signs} {self.variable(function)}"

    def symbol(self, sign: str) -> str:
        return "\\mathrm{e}" if sign == "e" else self.signs.get(sign, sign.replace("×", "{\\times}"))

    def product(self, left: str, joint: str, right: str) -> str:
        if joint == "·":
            return f"{left} \\cdot {right}"
        if joint in ELEMENTWISE:
            return f"{left} {self.signs[joint]} {right}"
        return f"{left} \\, {right}" if joint else left + _after_command(left, right) + right

    def fraction(self, numerator: str, denominator: str) -> str:
        return f"\\frac{{{numerator}}}{{{denominator}}}"

    def power(self, base: str, exponent: str) -> str:
        base = f"{{{base}}}" if "^" in base else base  # x'^2 and h^{(t)}^2 would be double superscripts
        return f"{base}^{exponent}" if len(exponent) == 1 else f"{base}^{{{exponent}}}"

    def root(self, body: str, index: int) -> str:
        return f"\\sqrt{'[3]' if index == 3 else ''}{{{body}}}"

    def bars(self, body: str) -> str:
        return f"\\left|{body}\\right|"

    def norm(self, body: str) -> str:
        return f"\\left\\lVert {body}\\right\\rVert"

    def summed(self, letters: Sequence[str], body: str) -> str:
        return f"\\sum_{{{' '.join(letters)}}} {body}"

    def under(self, body: str, shape: str) -> str:
        return f"\\underset{{{shape.replace('×', chr(92) + 'times ')}}}{{{body}}}"

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        inside = " \\\\ ".join(" & ".join(row) for row in rows)
        return f"\\begin{{bmatrix}}{inside}\\end{{bmatrix}}"

    def is_tall(self, body: str) -> bool:
        """Whether brackets around it grow."""
        return "\\frac" in body

    def fence(self, body: str) -> str:
        return f"\\left({body}\\right)" if self.is_tall(body) else f"({body})"

    def opened(self, body: str, whole: str, head: str | None = None) -> str:
        half = f"\\left(\\vphantom{{{whole}}}{body}\\right." if self.is_tall(whole) else f"({body}"
        return (head or "") + half

    def closed(self, body: str, whole: str) -> str:
        return f"\\left.\\vphantom{{{whole}}}{body}\\right)" if self.is_tall(whole) else f"{body})"

    def call(self, head: str, args: Sequence[str]) -> str:
        return head + self.fence(", ".join(args))

    def iverson(self, left: str, sign: str, right: str) -> str:
        return f"\\left[{left} {self.signs.get(sign, sign)} {right}\\right]"

    def cases(self, rows: Sequence[tuple[str, str | None]]) -> str:
        lines = [
            f"{value} & " + ("\\text{otherwise}" if when is None else f"\\text{{if }} {when}") for value, when in rows
        ]
        return "\\begin{cases} " + " \\\\ ".join(lines) + " \\end{cases}"

    def indexed(self, head: str, index: str) -> str:
        return f"{head}_{index}" if len(index) == 1 else f"{head}_{{{index}}}"

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        sign = self.signs[symbol]
        order = sum(times for _, times in wrt)
        raised = sign if order < 2 else self.power(sign, str(order))
        above = raised + _after_command(raised, of or "") + (of or "")
        parts = (sign + _after_command(sign, name) + (self.power(name, str(times)) if times > 1 else name)
                 for name, times in wrt)  # fmt: skip
        below = " \\, ".join(parts) or sign
        return f"\\frac{{{above}}}{{{below}}}"

    def blank(self, body: str, filled: bool) -> str:
        inside = body if filled else "\\hspace{4em}\\vphantom{\\dfrac12}"  # no source shows the answer
        return f"\\boxed{{{inside}}}"

    def hidden(self, body: str) -> str:
        return f"\\phantom{{{body}}}"

    def marked(self, mark: str, left: str) -> str:
        return f"({mark})\\quad {left}"

    def by(self, marks: Sequence[str]) -> str:
        return f"\\quad \\text{{{' '.join(['by', ', '.join(f'({mark})' for mark in marks)])}}}"

    def likewise(self, names: str) -> str:
        return f"\\quad \\text{{likewise for }} {names}"

    def row(self, parts: Sequence[str]) -> str:
        return " ".join(parts) or "{}"

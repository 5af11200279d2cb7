"""LaTeX, for a formula in math mode; needs amsmath for \\dfrac and \\operatorname."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.notation.formula import Notation
from graphviz_ad.notation.names import GREEK, is_letter, parse_name

_GREEK = {letter: f"\\{spelled}" for spelled, letter in GREEK.items()} | {"ο": "o", "ε": "\\varepsilon"}
_COMMANDS = frozenset("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh exp log max min".split())
_SIGNS = {"−": "-", "×": "\\times", "÷": "\\div", "π": "\\pi", "≥": "\\ge", "( )": "(\\ )", "∂": "\\partial"}
_ESCAPES = {
    "\\": "\\backslash ", "{": "\\{", "}": "\\}", "_": "\\_", "^": "\\hat{\\ }", "#": "\\#", "$": "\\$", "%": "\\%",
    "&": "\\&", "~": "\\sim ", " ": "\\ ",
}  # fmt: skip
_ACCENTS = {"hat": "\\hat", "bar": "\\bar", "tilde": "\\tilde", "dot": "\\dot", "vec": "\\vec"}


def escape(text: str) -> str:
    """Text as it stands, in math mode."""
    return "".join(_ESCAPES.get(c, c) for c in text if c.isprintable())


def _part(text: str) -> str:
    if text in _GREEK:
        return _GREEK[text]
    return escape(text) if is_letter(text) or text.isdigit() else f"\\mathrm{{{escape(text)}}}"


def _after_command(left: str, right: str) -> str:
    """A space where a command would run into a letter: `\\alpha x`."""
    command = left.rpartition("\\")[2]
    return " " if "\\" in left and command.isalpha() and right[:1].isalpha() else ""


class Latex(Notation[str]):
    def number(self, digits: str, exponent: int | None) -> str:
        return digits if exponent is None else f"{digits} \\cdot 10^{{{exponent}}}"

    def variable(self, text: str) -> str:
        name = parse_name(text)
        out = _part(name.base)
        for accent in name.accents:
            out = f"{_ACCENTS[accent]}{{{out}}}"
        if name.subscript:
            subscript = _part(name.subscript)
            out += f"_{subscript}" if len(subscript) == 1 else f"_{{{subscript}}}"
        superscript = (_part(name.superscript) if name.superscript else "") + "\\prime" * name.primes
        return out + (f"^{{{superscript}}}" if superscript else "")

    def function(self, name: str, sign: str) -> str:
        if name == "sigmoid":
            return "\\sigma"
        if name in _COMMANDS:
            return f"\\{name}"
        if name in ("log2", "log10"):
            return f"\\log_{{{name[3:]}}}"
        return f"\\operatorname{{{escape(sign)}}}"

    def symbol(self, sign: str) -> str:
        return "\\mathrm{e}" if sign == "e" else _SIGNS.get(sign, sign)

    def infix(self, left: str, sign: str, right: str) -> str:
        return f"{left} {_SIGNS.get(sign, sign)} {right}"

    def negation(self, body: str) -> str:
        return f"-{body}"

    def product(self, left: str, joint: str, right: str) -> str:
        if joint == "·":
            return f"{left} \\cdot {right}"
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

    def fence(self, body: str) -> str:
        return f"\\left({body}\\right)" if "\\frac" in body else f"({body})"

    def call(self, head: str, args: Sequence[str]) -> str:
        return head + self.fence(", ".join(args))

    def iverson(self, left: str, sign: str, right: str) -> str:
        return f"\\left[{left} {_SIGNS.get(sign, sign)} {right}\\right]"

    def derivative(self, symbol: str, of: str | None, wrt: str | None) -> str:
        sign = "\\partial" if symbol == "∂" else "\\mathrm{d}"
        above, below = (sign if name is None else sign + _after_command(sign, name) + name for name in (of, wrt))
        return f"\\frac{{{above}}}{{{below}}}"

    def equation(self, left: str, right: str) -> str:
        return f"{left} = {right}"

    def row(self, parts: Sequence[str]) -> str:
        return " ".join(parts) or "{}"

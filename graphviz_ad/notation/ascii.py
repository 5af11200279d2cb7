"""Formulas in the characters that every terminal has: x^2, beta, sqrt(x), fractions over dashes."""

from collections.abc import Sequence
from typing import ClassVar

from graphviz_ad.core.names import LATEX_LETTERS, Name, unstyled
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.notation import ELEMENTWISE
from graphviz_ad.notation.unicode import Block, Unicode, beside, on_the_line

_SIGNS = {
    "−": "-",
    "×": "*",
    "·": "*",
    "÷": "/",
    "π": "pi",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "∧": "and",
    "≈": "~",
    "⊙": ".*",
    "⊘": "./",
    "∘": ".*",
    "⊤": "T",
    "ᵀ": "T",
    "∇": "grad",
    "𝟏": "1",
    "↦": "->",
    "‖": "||",
    "∂": "d",
    "|·|": "abs",
}
_WORDS = {"→": "->", "…": "...", "′": "'", "’": "'", "–": "-", "─": "-", "┤": "|", "●": "#", "○": "o"}
_LETTERS = {letter: word for word, letter in LATEX_LETTERS.items()}


def spelled(text: str) -> str:
    """The text with Greek letters spelled out, and what has no spelling by its number."""
    return "".join(map(_spelled, on_the_line(text, "_{}", "^{{{}}}")))


def _spelled(character: str) -> str:
    if character.isascii():
        return character
    known = _LETTERS.get(character) or _SIGNS.get(character) or _WORDS.get(character)
    if known is None and (style := unstyled(character)) is not None:
        return f"{style[0].removeprefix('math')}_{_spelled(style[1])}"
    return known or character.encode("ascii", "backslashreplace").decode()


class Ascii(Unicode):
    bar = "-"
    shortest = 3  # a shorter one would be a minus
    braces: ClassVar[str] = "/|\\<"
    fences: ClassVar[dict[str, str]] = {"(": "/|\\", ")": "\\|/", "[": "[[[", "]": "]]]", "|": "|||", "‖": "|||"}

    def number(self, digits: str, exponent: int | None) -> Block:
        return Block((digits if exponent is None else f"{digits}e{exponent}",))

    def variable(self, name: Name) -> Block:
        parts = name.parts
        *first, last = [spelled(parts.base), *parts.accents, *([spelled(parts.subscript)] if parts.subscript else [])]
        if parts.subscript and not last.isalnum():
            last = f"{{{last}}}"
        superscript = f"^{{{spelled(parts.superscript)}}}" if parts.superscript else ""
        written = "_".join([*first, last]) + superscript + "'" * parts.primes
        return Block(("".join(c if c.isprintable() else "?" for c in written),))

    def function(self, op: Op) -> Block:
        word, index = op.head
        return Block((word if word.isascii() and not index else op.name,))

    def partial(self, function: Name, places: Sequence[int]) -> Block:
        return beside("".join(f"d{place}" for place in places), " ", self.variable(function))

    def symbol(self, sign: str) -> Block:
        return Block((spelled(sign),))

    def infix(self, left: Block, sign: str, right: Block) -> Block:
        return super().infix(left, spelled(sign), right)

    def negation(self, body: Block) -> Block:
        return beside("- " if body.lines[body.axis].startswith(self.bar) else "-", body)

    def joint(self, left: Block, sign: str, right: Block) -> str:
        """Names side by side would be one name; a number before a name is clear."""
        one, other = left.lines[left.axis], right.lines[right.axis]
        if sign in ELEMENTWISE:
            return sign
        if sign == "·" or len(left.lines) > 1 or len(right.lines) > 1:
            return "·"
        clear = one.replace(".", "").isdigit() or not (one[-1:].isalnum() and other[:1].isalnum())
        return "" if clear and not sign else "*"

    def product(self, left: Block, joint: str, right: Block) -> Block:
        return beside(left, f" {spelled(joint)} " if joint in ("·", *ELEMENTWISE) else joint, right)

    def norm(self, body: Block) -> Block:
        return self._enclosed("||", body, "||") if len(body.lines) == 1 else super().norm(body)

    def transpose(self, body: Block, inverse: bool = False, sign: str = "⊤") -> Block:
        if sign == "′":
            return beside(body, "'^-1" if inverse else "'")
        return beside(body, "^-T" if inverse else "^T")

    def power(self, base: Block, exponent: Block) -> Block:
        text = exponent.flat or exponent.lines[0]
        if len(exponent.lines) > 1 and not exponent.flat:
            return super().power(base, exponent)
        return beside(base, f"^{text}" if text.isalnum() or text.startswith("(") else f"^({text})")

    def power_by_entry(self, base: Block, exponent: Block, sign: str) -> Block:
        return beside(self.power(beside(base, "."), exponent))

    def root(self, body: Block, index: int) -> Block:
        return beside("cbrt" if index == 3 else "sqrt", self.fence(body))

    def iverson(self, left: Block, sign: str, right: Block) -> Block:
        return super().iverson(left, spelled(sign), right)

    def indexed(self, head: Block, index: Block) -> None:
        return None

    def derivative(self, symbol: str, of: Block | None, wrt: Sequence[tuple[Block, int]]) -> Block:
        above = beside(_differential(of, 1, sum(times for _, times in wrt)))
        below = [part for name, times in wrt for part in (" ", _differential(name, times, 1))]
        return self.fraction(above, beside(*below[1:] or ["d"]))

    def equation(self, left: Block, sign: str, right: Block) -> Block:
        return super().equation(left, spelled(sign), right)


def _differential(name: Block | None, times: int, order: int) -> Block:
    """dx, dx^2 below and d^2 z above; a space where the letters would be one word."""
    d = "d" if order == 1 else f"d^{order} "
    if name is None:
        return Block((d.strip(),))
    apart = " " if order == 1 and name.lines[0][1:2].isalpha() else ""
    return beside(d + apart, name, "" if times == 1 else f"^{times}")

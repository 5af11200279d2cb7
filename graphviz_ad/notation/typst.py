"""Typst source of a formula, for a math block.

Every name, word and sign goes in as a quoted string, so that no text of the reader's is ever Typst code.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.names import SPELLED, Name, is_letter, script_parts, unstyled
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.as_text import TextNotation

_ACCENTS = {"hat": "hat", "bar": "macron", "tilde": "tilde", "dot": "dot", "vec": "arrow"}
_SIGNS = {"+": "+", "−": "-", "×": "times", "÷": "div", "=": "=", ">": ">", "≥": ">=", "<": "<", "≤": "<=",
          "≠": "!=", "∧": "and", "π": "pi", "√": "sqrt(space)",
          "≈": "approx", "·": "dot", "⊙": "dot.o", "∘": "compose", "⊘": "slash.o",
          "⊤": "top", "ᵀ": "upright(T)", "′": "prime", "d": "dif", "δ": "delta", "∇": "nabla", "_": "\\_", "I": "I",
          "𝟏": "bold(1)", "↦": "|->", ":": ":"}  # fmt: skip

_INSET = 4  # between an answer and its box
FRAME = "#010205"  # the colour of a box to be filled in, to be found by
MARK = "#010204"  # that of the full stop that ends a formula


_TALL = ("frac(", "sqrt(", "root(")


def _in_brackets(body: str) -> str:
    """In brackets that grow with what is higher than a line; an index that hangs down does not make others larger."""
    return f"lr(({body}))" if any(part in body for part in _TALL) else f"\\( {body} \\)"


def quote(text: str) -> str:
    """A Typst string literal."""
    shown = "".join(c if c.isprintable() else "�" for c in text)
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _part(text: str) -> str:
    """A part of a name. A letter is a symbol of its own; a string would have spaces around it."""
    if is_letter(text) and unstyled(text):
        return text
    if is_letter(text):
        return f"italic({text})"
    return text if text.isascii() and text.isdigit() else f"upright({quote(text)})"


def _strut(formula: str) -> str:
    """The height of a formula, and no width; the inner box keeps it on one line."""
    return f"#box(width: 0pt, box(width: 999em, hide($display({formula})$)))"


_LOW = _strut("lr((frac(partial y, partial y)))")  # shapes stand on one line beneath factors, however low these reach
_SCRIPT_SIGNS = {"(": "\\(", ")": "\\)", "[": "\\[", "]": "\\]", ",": "comma", "+": "plus", "-": "minus", "*": "ast"}


def _script(text: str) -> str:
    return " ".join(_SCRIPT_SIGNS.get(part) or _part(part) for part in script_parts(text))


_JOINTS = {"·": "dot ", " ": "thin ", "⊙": "dot.o ", "∘": "compose ", "⊘": "slash.o "}


class Typst(TextNotation):
    def number(self, digits: str, exponent: int | None) -> str:
        return digits if exponent is None else f"{digits} dot 10^({exponent})"

    def variable(self, name: Name) -> str:
        parts = name.parts
        base = _part(parts.base)
        for accent in parts.accents:
            base = f"accent({base}, {_ACCENTS[accent]})"
        above = [_script(parts.superscript)] if parts.superscript else []
        above += ["prime"] * parts.primes
        scripts = [f", t: {' '.join(above)}"] if above else []
        scripts += [f", b: {_script(parts.subscript)}"] if parts.subscript else []
        return f"attach({base}{''.join(scripts)})" if scripts else base

    def function(self, op: Op) -> str:
        word, index = op.head
        head = SPELLED.get(word) or f"op({quote(word)})"
        return f"attach({head}, b: {index})" if index else head

    def partial(self, function: Name, places: Sequence[int]) -> str:
        return " ".join(f"attach(partial, b: {place})" for place in places) + f" {self.variable(function)}"

    def symbol(self, sign: str) -> str:
        if sign in ("( )", " "):
            return "(med)" if sign == "( )" else "med"
        if sign in ("e", "π"):
            return "upright(e)" if sign == "e" else "pi"
        return f'class("normal", {_SIGNS[sign]})' if sign in _SIGNS else f"upright({quote(sign)})"

    def infix(self, left: str, sign: str, right: str) -> str:
        return f"{left} {_SIGNS[sign]} {right}"

    def product(self, left: str, joint: str, right: str) -> str:
        return f"{left} {_JOINTS.get(joint, '')}{right}"

    def fraction(self, numerator: str, denominator: str) -> str:
        return f"frac({numerator}, {denominator})"

    def power(self, base: str, exponent: str) -> str:
        return f"attach({base}, t: {exponent})"

    def root(self, body: str, index: int) -> str:
        return f"root(3, {body})" if index == 3 else f"sqrt({body})"

    def bars(self, body: str) -> str:
        return f"abs({body})"

    def norm(self, body: str) -> str:
        return f"norm({body})"

    def summed(self, letters: Sequence[str], body: str) -> str:
        return f"attach(sum, b: {_script(' '.join(letters))}) {body}"

    def under(self, body: str, shape: str) -> str:
        sizes = ' class("normal", times) '.join(map(_part, shape.split("×")))  # as tight as 2×3
        return f"attach(limits({body}{_LOW}), b: thin {sizes} thin)"

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        inside = "; ".join(", ".join(entry for entry in row) for row in rows)
        return f'mat(delim: "[", {inside})'

    def fence(self, body: str) -> str:
        return _in_brackets(body)

    def opened(self, body: str, whole: str, head: str | None = None) -> str:
        return f"{head or ''} lr(\\( {_strut(whole)}) {body}"

    def closed(self, body: str, whole: str) -> str:
        return f"{body} lr({_strut(whole)} \\))"

    def call(self, head: str, args: Sequence[str]) -> str:
        if len(args) > 1:  # what is not grouped would have its commas read as those of a call around it
            return f"{head} lr(({', '.join(args)}))"
        return f"{head} {_in_brackets(args[0])}"

    def iverson(self, left: str, sign: str, right: str) -> str:
        return f"lr([{left} {_SIGNS[sign]} {right}])"

    def cases(self, rows: Sequence[tuple[str, str | None]]) -> str:
        # What is not grouped would have its commas read as those of the cases.
        conditions = [
            'upright("otherwise")' if when is None else f'upright("if") thin #box[${when}$]' for _, when in rows
        ]
        lines = [f"#box[${value}$] & {when}" for (value, _), when in zip(rows, conditions, strict=True)]
        return f"cases({', '.join(lines)})"

    def indexed(self, head: str, index: str) -> str:
        return f"attach({head}, b: {index})"

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        sign = "partial" if symbol == "∂" else "dif"
        order = sum(times for _, times in wrt)
        above = sign if order < 2 else f"attach({sign}, t: {order})"
        below = " ".join(f"{sign} {name if times < 2 else self.power(name, str(times))}" for name, times in wrt)
        return f"frac({above} {of or ''}, {below or sign})"

    def equation(self, left: str, sign: str, right: str) -> str:
        return f"{left} {_SIGNS[sign] if sign else 'quad'} {right}"

    def blank(self, body: str, filled: bool) -> str:
        return (
            f"#context {{ let body = $display({body})$; let size = measure(body); "
            f"let height = calc.max(size.height, 1em.to-absolute()) + {2 * _INSET}pt; "
            f"let width = calc.max(size.width, 2.2em.to-absolute()) + {2 * _INSET}pt; "
            f"box(width: width, height: height, baseline: height / 2 - 0.25em.to-absolute(), "
            f'stroke: 0.7pt + rgb("{FRAME}"), place(center + horizon, {"body" if filled else "none"})) }}'
        )

    def hidden(self, body: str) -> str:
        return f"#hide(${body}$)"

    def marked(self, mark: str, left: str) -> str:
        return f'upright("({mark})") quad {left}'

    def listed(self, names: Sequence[str], skipped: bool) -> str:
        return " comma med ".join([*names[:-1], *(["dots.h"] if skipped else []), names[-1]])

    def likewise(self, names: str) -> str:
        return f'upright("likewise for") med {names}'

    def row(self, parts: Sequence[str]) -> str:
        return " ".join(parts) or '""'


class AsWide(Typst):
    """What is as wide, for measuring: all digits but 7 are, so each is a 0, and what differs in them alone is one."""

    def number(self, digits: str, exponent: int | None) -> str:
        return super().number(digits.translate(_ZEROS), exponent)

    def variable(self, name: Name) -> str:
        return super().variable(Name(name.translate(_ZEROS)) if type(name) is Name else name)


_ZEROS = dict.fromkeys(map(ord, "12345689"), "0")  # the 7 of New Computer Modern leans out of its box

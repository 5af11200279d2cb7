"""Graphviz's HTML-like labels: italic names, subscripts, and fractions as tables of two rows.

Such a label cannot hold a table within a line of text, so a formula is a row of cells: stretches of text and tables.
"""

from collections.abc import Sequence
from html import escape
from typing import Literal
from unicodedata import normalize

from graphviz_ad.core.names import ACCENTS, Name, is_letter, script_parts
from graphviz_ad.core.ops import Op
from graphviz_ad.core.record import Record
from graphviz_ad.notation.notation import ELEMENTWISE, Notation

_TABLE = '<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">'
_FILL = '<TD COLSPAN="20"></TD>'  # Graphviz shares spare room out among the columns, and gives each a point at least


class TableCell(Record):
    """A stretch of text, or a table."""

    markup: str
    is_table: bool = False


Cells = tuple[TableCell, ...]


def label(cells: Cells) -> str:
    """The markup of a formula, for use between < and >."""
    if not any(cell.is_table for cell in cells):
        return "".join(cell.markup for cell in cells)
    return f"{_TABLE}<TR>{''.join(f'<TD>{cell.markup}</TD>' for cell in cells)}</TR></TABLE>"


def line(cells: Cells, align: Literal["left", "center", "right"] = "left") -> str:
    """The markup of a formula on a line of its own. A table would fill the cell that it stands in, and the rules of its
    fractions would become longer; this one leaves the spare room beside the formula."""
    if not any(cell.is_table for cell in cells):
        return label(cells)
    before, after = _FILL * (align != "left"), _FILL * (align != "right")
    made = label(cells)
    for _ in range(2):  # so that of the spare room a part in 20 of a part in 20 is left to the formula
        made = f"{_TABLE}<TR>{before}<TD>{made}</TD>{after}</TR></TABLE>"
    return made


def text(words: str) -> str:
    """Words as they stand."""
    shown = escape("".join(c if c.isprintable() else "\ufffd" for c in words), quote=True)
    return shown.replace("]", "&#93;")  # Graphviz takes one behind a tag for the end of CDATA


def _join(*parts: Cells | str) -> Cells:
    """Cells in a row; texts that would stand side by side become one."""
    joined: Cells = ()
    for part in parts:
        cells = (TableCell(part),) if isinstance(part, str) else part
        meet = joined and cells and not cells[0].is_table and not joined[-1].is_table
        joined = (*joined[:-1], TableCell(joined[-1].markup + cells[0].markup), *cells[1:]) if meet else joined + cells
    return joined


def _part(words: str) -> str:
    letter = is_letter(words.rstrip("".join(ACCENTS.values())))
    return f"<I>{text(words)}</I>" if letter else text(words)


def _script(words: str) -> str:
    return "".join(_part("−" if part == "-" else part) for part in script_parts(words))


def _times(count: int) -> str:
    """How many times a derivative is taken."""
    return f"<SUP>{count}</SUP>" if count > 1 else ""


class HtmlLike(Notation[Cells]):
    def number(self, digits: str, exponent: int | None) -> Cells:
        return (TableCell(digits if exponent is None else f"{digits}·10<SUP>{exponent}</SUP>"),)

    def variable(self, name: Name) -> Cells:
        parts = name.parts
        out = _part(normalize("NFC", parts.base + "".join(ACCENTS[accent] for accent in parts.accents)))
        out += f"<SUB>{_script(parts.subscript)}</SUB>" if parts.subscript else ""
        out += f"<SUP>{_script(parts.superscript)}</SUP>" if parts.superscript else ""
        return (TableCell(out + "′" * parts.primes),)

    def function(self, op: Op) -> Cells:
        word, index = op.head
        return (TableCell(text(word) + (f"<SUB>{index}</SUB>" if index else "")),)

    def partial(self, function: Name, places: Sequence[int]) -> Cells:
        return _join("".join(f"∂<SUB>{place}</SUB>" for place in places), self.variable(function))

    def symbol(self, sign: str) -> Cells:
        return (TableCell(text(sign)),)

    def infix(self, left: Cells, sign: str, right: Cells) -> Cells:
        return _join(left, f" {text(sign)} ", right)

    def negation(self, body: Cells) -> Cells:
        return _join("−", body)

    def product(self, left: Cells, joint: str, right: Cells) -> Cells:
        return (
            _join(left, f" {joint} " if joint in ("·", *ELEMENTWISE) else joint, right) if joint else _join(left, right)
        )

    def fraction(self, numerator: Cells, denominator: Cells) -> Cells:
        rows = f"<TR><TD>{label(numerator)}</TD></TR><HR/><TR><TD>{label(denominator)}</TD></TR>"
        return (TableCell(f"{_TABLE}{rows}</TABLE>", True),)

    def power(self, base: Cells, exponent: Cells) -> Cells:
        if any(cell.is_table for cell in exponent):
            return _join(base, "^(", exponent, ")")
        return _join(base, f"<SUP>{label(exponent)}</SUP>")

    def root(self, body: Cells, index: int) -> Cells:
        return _join("∛(" if index == 3 else "√(", body, ")")

    def bars(self, body: Cells) -> Cells:
        return _join("|", body, "|")

    def norm(self, body: Cells) -> Cells:
        return _join("‖", body, "‖")

    def matrix(self, rows: Sequence[Sequence[Cells]]) -> Cells:
        inside = [_join(*[part for entry in row for part in (entry, " ")][:-1]) for row in rows]
        return _join("[", *[part for row in inside for part in (row, "; ")][:-1], "&#93;")

    def fence(self, body: Cells) -> Cells:
        return _join("(", body, ")")

    def call(self, head: Cells, args: Sequence[Cells]) -> Cells:
        inside = args[0]
        for arg in args[1:]:
            inside = _join(inside, ", ", arg)
        return _join(head, "(", inside, ")")

    def iverson(self, left: Cells, sign: str, right: Cells) -> Cells:
        return _join("[", left, f" {text(sign)} ", right, "&#93;")

    def cases(self, rows: Sequence[tuple[Cells, Cells | None]]) -> Cells:
        conditions = [_join("if ", when) if when else _join("else") for _, when in rows]
        cells = [(label(value), label(when)) for (value, _), when in zip(rows, conditions, strict=True)]
        lines = "".join(f"<TR><TD>{value}</TD><TD>{when}</TD></TR>" for value, when in cells)
        return _join("{", (TableCell(f"{_TABLE}{lines}</TABLE>", True),))

    def indexed(self, head: Cells, index: Cells) -> Cells | None:
        return None if any(cell.is_table for cell in index) else _join(head, f"<SUB>{label(index)}</SUB>")

    def derivative(self, symbol: str, of: Cells | None, wrt: Sequence[tuple[Cells, int]]) -> Cells:
        order = sum(times for _, times in wrt)
        above = _join(symbol, _times(order), of or ())
        below = _join(*[part for name, times in wrt for part in (symbol, name, _times(times))] or [symbol])
        return self.fraction(above, below)

    def equation(self, left: Cells, sign: str, right: Cells) -> Cells:
        room = "\u2009" if sign == "≈" else " "  # the font that it is taken from, if Times has none, has wide spaces
        return _join(left, f"{room}{sign}{room}", right)

    def blank(self, body: Cells, filled: bool) -> Cells:
        return body if filled else (TableCell("______"),)

    def row(self, parts: Sequence[Cells]) -> Cells:
        return _join("", *[piece for part in parts for piece in (part, " ")][:-1])

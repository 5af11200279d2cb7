"""Tables of formulas and numbers: as text, CSV, Markdown and LaTeX."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from functools import reduce

from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.formula import Derivative, Formula, rounded
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.unicode import Block, Unicode, beside
from graphviz_ad.notation.write import write

PAGE = 30  # rows of fractions that fit on one


def text(
    table: Table, digits: int, notation: Notation[Block] | None = None, known: dict[int, Block] | None = None
) -> str:
    """Columns of text, numbers to the right. Tables that have formulas in common, as traces have the primal one, are
    given what is `known` of these, by their identity, and add to it."""
    rows = blocks(table, digits, notation, known)
    widths = [max(row[k].width for row in rows if row) for k in range(len(table.head))]
    numeric = has_numbers(table)
    lines: list[str] = []
    for row in rows:
        if row is None:
            lines.append("")
            continue
        if max(len(cell.lines) for cell in row) == 1:  # as nearly all are
            lines.append("  " + "   ".join(map(_filled, row, widths, numeric)))
            continue
        cells = [_padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True)]
        joined = reduce(lambda left, right: beside(left, "   ", right), cells)
        tall = bool(lines) and bool(lines[-1])
        lines += [*([""] if tall else []), *("  " + line for line in joined.lines)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def blocks(
    table: Table, digits: int, notation: Notation[Block] | None = None, known: dict[int, Block] | None = None
) -> list[list[Block] | None]:
    """The cells of the head and of each row, in a terminal."""
    on, made = notation or Unicode(), {} if known is None else known

    def block_of(cell: Cell) -> Block:
        if id(cell) not in made:
            made[id(cell)] = block(cell, digits, on)
        return made[id(cell)]

    return [None if row is None else [*map(block_of, row)] for row in (table.head, *table.rows)]


def has_numbers(table: Table) -> list[bool]:
    """Whether a column has nothing but numbers."""
    return [all(isinstance(row[k], float) or row[k] == "" for row in table.rows if row) for k in range(len(table.head))]


def comma_separated(table: Table, digits: int) -> str:
    """CSV with every digit of the numbers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in (table.head, *table.rows):
        if row is not None:
            writer.writerow([repr(cell) if isinstance(cell, float) else _plain(cell) for cell in row])
    return out.getvalue()


def markdown(table: Table, digits: int) -> str:
    """A table in Markdown, with formulas between dollar signs."""
    from graphviz_ad.notation.markdown import Markdown, prose

    notation = Markdown()
    rows = [
        [prose(cell) if isinstance(cell, str) else _mathematics(cell, digits, notation) for cell in row]
        for row in (table.head, *table.rows)
        if row
    ]
    alignment = ["--:" if isinstance(cell, float) else ":--" for cell in _first(table)]
    lines = [rows[0], alignment, *rows[1:]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def latex(table: Table, digits: int) -> str:
    """A tabular with rules of booktabs; a longtable, which goes on over pages, where it is longer than one."""
    from graphviz_ad.notation.tex import Tex

    tex, notation = Tex(), Latex()

    def line(row: Sequence[Cell]) -> str:
        cells = [tex.words(cell) if isinstance(cell, str) else tex.maths(_mathematics(cell, digits, notation))
                 for cell in row]  # fmt: skip
        return f"  {' & '.join(cells)} \\\\"

    alignment = "".join("r" if isinstance(cell, float) else "l" for cell in _first(table))
    body = ["  \\midrule" if row is None else line(row) for row in table.rows]
    head = line(table.head)
    long = len(body) > PAGE
    environment, end_head = ("longtable", ["  \\endhead"]) if long else ("tabular", [])
    top = [f"\\begin{{{environment}}}{{{alignment}}}", "  \\toprule", head, "  \\midrule", *end_head]
    lines = (*top, *body, "  \\bottomrule", f"\\end{{{environment}}}")
    needs = "% Needs \\usepackage{booktabs,longtable,amsmath}.\n" if long else ""
    return needs + tex.preamble() + "".join(f"{one}\n" for one in lines)


def number(value: float, digits: int) -> str:
    """A number to so many significant digits."""
    return f"{float(rounded(value, digits)):.{digits}g}"


def latex_number(value: float, digits: int) -> str:
    """The same, with a power of ten set as one."""
    mantissa, e, exponent = number(value, digits).partition("e")
    return f"{mantissa} \\cdot 10^{{{int(exponent)}}}" if e else mantissa


def _first(table: Table) -> Sequence[Cell]:
    return next((row for row in table.rows if row is not None), table.head)


def _filled(cell: Block, width: int, right: bool) -> str:
    """A cell of one line in a column."""
    padding = " " * (width - cell.width)
    return padding + cell.lines[0] if right else cell.lines[0] + padding


def _padded(cell: Block, width: int, right: bool) -> Block:
    padding = " " * (width - cell.width)
    return beside(padding, cell) if right else beside(cell, padding)


def block(cell: Cell, digits: int, notation: Notation[Block]) -> Block:
    """A cell in a terminal."""
    if isinstance(cell, float):
        return Block((number(cell, digits),))
    if isinstance(cell, str):
        return Block((cell,))
    if isinstance(cell, Derivative) and cell.of and cell.wrt and not isinstance(cell.of, DerivativeName):  # on one line
        quotient = write(cell, notation)
        return Block((f"{quotient.lines[0].strip()}/{quotient.lines[-1].strip()}",))
    return write(cell, notation)


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "" if isinstance(cell, float) else write(cell, Plain())


def _mathematics(cell: float | Formula, digits: int, notation: Latex) -> str:
    made = latex_number(cell, digits) if isinstance(cell, float) else write(cell, notation).strip()
    return f"${made}$"  # with a blank beside a dollar sign Pandoc takes it for an amount of money


TABLE_FORMATS: dict[str, Callable[[Table, int], str]] = {
    "text": text,
    "csv": comma_separated,
    "markdown": markdown,
    "latex": latex,
}

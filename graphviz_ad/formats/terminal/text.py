"""Text: equations, graphs and chains, with formulas in two dimensions.

Graphs are drawn in boxes; those that do not fit, or would be tangles, are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from graphviz_ad.core.diagram import Chains, Diagram, Plot, Sheet, Table
from graphviz_ad.core.formula import Equality
from graphviz_ad.core.request import Request
from graphviz_ad.formats import Format, Maker, tables
from graphviz_ad.formats.terminal.canvas import StyledRun
from graphviz_ad.formats.terminal.plots import characters
from graphviz_ad.formats.terminal.rows import (
    INDENT,
    UNICODE,
    WIDTH,
    Line,
    Look,
    block_lines,
    chain_lines,
    formula_rows,
    one_block,
)
from graphviz_ad.notation.unicode import columns

if TYPE_CHECKING:
    from graphviz_ad.drawing.layered.arrangement import Arrangement

_DIGITS = 6


def text(sheet: Sheet, request: Request) -> str:
    """The sheet as plain text."""
    return "".join(f"{line.text}\n" for line in lines(sheet, WIDTH, parted=False))


def lines(sheet: Sheet, width: int | None = None, look: Look = UNICODE, parted: bool = True) -> Iterator[Line]:
    """The sheet line by line. A graph wider than the width is listed, a longer chain goes on in a further line, and a
    table is parted into its columns, if it may be: in a file it need not."""
    for line in _lines(sheet, width, look, parted):
        yield line if line.runs else line.replace(text=look.exchanged(line.text))


def _lines(sheet: Sheet, width: int | None, look: Look, parted: bool) -> Iterator[Line]:
    if sheet.equations:
        yield from (Line("Equations", "heading"), Line(""))
    yield from equation_lines(sheet.equations, width, look)
    arranged = _arrangements(sheet.diagrams)
    for number, panel in enumerate(sheet.panels):
        yield from [Line("")] * bool(number or sheet.equations)
        yield from (Line(panel.caption, "heading"), Line("")) if panel.caption else ()
        match panel.content:
            case Diagram():
                yield from _diagram(panel.content, width, look, arranged.get(panel.content.full))
            case Chains(chains):
                yield from chain_lines(chains, width, look)
            case Table():
                yield from _table(panel.content, width if parted else None, look)
            case Plot():
                yield from (Line(INDENT + line) for line in characters(panel.content))


def equation_lines(equations: Iterable[Equality], width: int | None = WIDTH, look: Look = UNICODE) -> Iterator[Line]:
    """Equations, each in lines of its own."""
    for equation in equations:
        yield from block_lines(formula_rows(equation, width, look))


def _arrangements(diagrams: Sequence[Diagram]) -> dict[bool, Arrangement]:
    """The arrangements of the diagrams that may be drawn, if there are any."""
    from graphviz_ad.formats.terminal.listing import is_drawable

    if not any(map(is_drawable, diagrams)):
        return {}
    from graphviz_ad.drawing.layered.arrangement import arrangements

    boxless = (diagram.replace(regions=()) for diagram in diagrams)  # which characters do not draw
    return arrangements([diagram for diagram in boxless if is_drawable(diagram)])


def _table(table: Table, width: int | None, look: Look) -> Iterator[Line]:
    """A table; one that is wider than the width column by column."""
    made = tables.text(table, _DIGITS, look.notation).splitlines()
    if width is None or all(columns(line) <= width for line in made):
        yield from map(Line, made)
        return
    for number, head in enumerate(table.head):
        yield from [Line("")] * bool(number)
        for cell in (head, *(row[number] for row in table.rows if row)):
            if isinstance(cell, Equality):
                yield from block_lines(formula_rows(cell, width, look))
            elif cell != "":
                yield from one_block(tables.block(cell, _DIGITS, look.notation))


def _diagram(diagram: Diagram, width: int | None, look: Look, arranged: Arrangement | None) -> Iterator[Line]:
    from graphviz_ad.formats.terminal.boxes import draw
    from graphviz_ad.formats.terminal.listing import listed

    drawn = draw(diagram, look.notation, look.pen, width and width - len(INDENT), arranged)
    for number, row in enumerate(drawn):
        yield from [Line("")] * bool(number)
        yield from map(_drawn, row.rows())
    if len(drawn) > 1:
        yield Line(f"{INDENT}(a row begins where the last one ended)", "note")
    if not drawn:
        yield from listed(diagram, width, look, arranged)
    if diagram.legend:
        yield Line("")
        yield from equation_lines(diagram.legend, width, look)
    for note in diagram.notes:
        yield Line(f"{INDENT}({note})", "note")


def _drawn(runs: tuple[StyledRun, ...]) -> Line:
    runs = ((INDENT, ""), *runs) if runs else ()
    return Line("".join(text for text, _ in runs), runs=runs)


FORMAT = Format("text", (".txt",), "plain text, with formulas in two dimensions", f"{__name__}:MAKER")
MAKER = Maker(from_sheet=text)

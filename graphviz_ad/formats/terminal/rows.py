"""Lines of output, what they look like, and formulas in as many of them as the width makes them need."""

from collections.abc import Callable, Iterator, Sequence
from math import inf

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import Equality, Equation, Formula
from graphviz_ad.core.record import Record
from graphviz_ad.formats.terminal import canvas
from graphviz_ad.formats.terminal.canvas import Pen, StyledRun
from graphviz_ad.notation.ascii import Ascii, spelled
from graphviz_ad.notation.breaking import Measure, rows
from graphviz_ad.notation.unicode import Block, Unicode, beside, ruler, touching
from graphviz_ad.notation.write import write

WIDTH = 80  # where no terminal says how wide it is
INDENT = "  "
_LEAST = 8  # columns of a side of an equation, however narrow the terminal is
_SPARE = 0, 2, 4, 8, 16  # columns that are tried around a fraction whose numerator takes several lines


class Line(Record):
    """A line of output and what it is: "heading", "note" or nothing in particular. In a line of a drawing `runs` says
    it piece by piece."""

    text: str
    role: str = ""
    runs: tuple[StyledRun, ...] = ()


class Look(Record):
    """What text is made of: a notation, the pen of drawings, the arrows and the branches of lists, and what
    characters of other texts are exchanged."""

    notation: Unicode
    pen: Pen
    arrow: str
    back: str
    last: str
    branch: str
    trunk: str
    exchanged: Callable[[str], str] = str


UNICODE = Look(Unicode(), canvas.UNICODE, " → ", " ← ", "└─ ", "├─ ", "│  ")
ASCII = Look(Ascii(), canvas.ASCII, " -> ", " <- ", "`- ", "|- ", "|  ", spelled)


def chain_lines(chains: Sequence[Chain], width: int | None = None, look: Look = UNICODE) -> Iterator[Line]:
    """Chains, an equation below the other, with blank lines between."""
    for number, chain in enumerate(chains):
        if number:
            yield Line("")
        for equation in chain.equations:
            yield from block_lines(formula_rows(equation, width, look))
        for note in chain.notes:
            yield Line(f"{INDENT}({note})", "note")


def one_block(block: Block) -> Iterator[Line]:
    """The lines of a block, indented."""
    return (Line((INDENT + line).rstrip()) for line in block.lines)


def block_lines(rows: Sequence[Block]) -> Iterator[Line]:
    """Lines of formulas, with room between two that would touch."""
    for number, row in enumerate(rows):
        if number and touching(rows[number - 1], row):
            yield Line("")
        yield from one_block(row)


def formula_rows(formula: Formula, width: int | None, look: Look, before: int = 0) -> list[Block]:
    """A formula in as many lines as the width makes it need, behind so many columns of something else."""
    equation = formula if isinstance(formula, Equality) else Equation((formula,))
    left = write(equation.sides[0], look.notation).width
    page = Measure(max(width - len(INDENT) - before, left + 3 + _LEAST) if width else inf, left, 3, 2)
    made: list[Block] = []
    for spare in _SPARE:  # what stands around a fraction takes room too
        made = _made(equation, page, look, look.notation.within(page.width - page.indent(1) - spare))
        if max(row.width for row in made) <= page.width:
            break
    return made


def _made(equation: Equality, page: Measure, look: Look, notation: Unicode) -> list[Block]:
    made = [write(equation.sides[0], notation)]
    for number, row in enumerate(rows(equation, page, ruler(notation))):
        margin = int(page.indent(row.level)) - bool(row.level)  # a part begins with a space of its own
        line = beside(" " * margin) if number else made.pop()
        for sign, part in row.signed():
            line = beside(line, "" if sign is None else f" {look.exchanged(sign)} ", write(part, notation))
        made.append(line)
    return made

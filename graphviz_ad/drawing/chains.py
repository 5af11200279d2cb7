"""Chains as a drawing: their equals signs in one column, as their numbers; a line that is too long goes on below it.

Short ones stand side by side."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from math import inf

from graphviz_ad.core.diagram import Chain, Chains
from graphviz_ad.core.formula import Equality, Formula, Marked
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.panel import NOTE, Drawing, Seam, shifted, straight
from graphviz_ad.drawing.scene import Group, Set, Shape, Text
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.stacked import LEADING
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.notation.breaking import BrokenLine, Measure, Ruler, rows
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable, Sign
from graphviz_ad.notation.typst import AsWide
from graphviz_ad.notation.write import write

GUTTER = 40.0  # between columns
TALL = 260.0  # a column that is parted where there is room for several
HALVES = 0.5, 0.46, 0.42  # of a line, that a chain may take to have another beside it
WORTH = 0.8  # of the height without
AIR, TIGHT, MANY = 6.0, -3.0, 8  # more between chains than between lines, and less where there are many
BAR = 10.0  # from a strong chain to the line at its left
SPACE = MATHS * 0.28  # around an equals sign
BEHIND = MATHS  # a number


def formulas(content: Chains) -> Iterable[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the chains, with its size."""
    yield from ((Sign(sign), MATHS) for sign in ("=", "≈"))
    for chain in content.chains:
        for equation in chain.equations:
            for side in (*_parts(equation.sides[0]), *equation.sides):
                yield side, MATHS
        for note in chain.notes:
            yield note, NOTE


class _Cell(Record):
    """A chain as it is shown, and as it is when all of it is; its name, and its width on one line."""

    shown: Chain
    whole: Chain
    name: str
    width: float

    @property
    def left(self) -> tuple[Formula, ...]:
        """What stands before its equals signs."""
        return tuple(equation.sides[0] for equation in self.whole.equations)


class _Column(Record):
    """What the equations of a column have to fit into, and where their numbers end."""

    page: Measure
    numbers: float


AS_WIDE = AsWide()


def draw(content: Chains, setter: Typesetter, prefix: str, room: Chains, most: float) -> Drawing:
    """The chains drawn, of those whose place is kept, in lines of at most a width: few and short ones side by side, of
    many two on a line where they fit. `prefix` begins the keys of their groups."""
    cells = [
        _Cell(shown, whole, f"{prefix}c{number}", _natural(whole, setter))
        for number, (shown, whole) in enumerate(zip(content.chains, room.chains, strict=True))
    ]
    if not cells:
        return Drawing(0.0, 0.0, ())
    if sum(cell.width for cell in cells) + GUTTER * (len(cells) - 1) <= most:
        return _lines([cells], setter, most)
    alone = _lines([[cell] for cell in cells], setter, most)
    if alone.height < TALL:
        return alone
    for part in HALVES:
        paired = _lines(_paired(cells, part * (most - GUTTER)), setter, most)
        if paired.width <= most:
            return paired if paired.height < WORTH * alone.height else alone
    return alone


def _natural(chain: Chain, setter: Typesetter) -> float:
    """How wide a chain is on one line; one of several lines fills the sheet."""
    if len(chain.equations) != 1 or chain.notes:
        return inf
    (equation,) = chain.equations
    widths = [setter(side, MATHS).width for side in equation.sides]
    return sum(widths) + (len(widths) - 1) * _relation(setter)


def _relation(setter: Typesetter) -> float:
    """How wide an equals sign is with the spaces around it."""
    return setter(Sign("="), MATHS).width + 2 * SPACE


def _paired(cells: Sequence[_Cell], half: float) -> list[list[_Cell]]:
    """The chains of each line: two where both take no more than half of it."""
    lines: list[list[_Cell]] = []
    for cell in cells:
        if lines and len(lines[-1]) == 1 and max(lines[-1][0].width, cell.width) <= half:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return lines


def _left(cell: _Cell, setter: Typesetter) -> float:
    """How wide its widest left side is."""
    return max((setter(side, MATHS).width for side in cell.left), default=0.0)


def _parts(left: Formula) -> tuple[Settable | str, ...]:
    """What stands before an equals sign: behind its number, if it has one."""
    return (f"({left.mark})", left.left) if isinstance(left, Marked) else (left,)


def _column(cells: Iterable[_Cell], setter: Typesetter, most: float) -> _Column:
    """The column of cells, which has room for the widest number before the widest left side that has one."""
    parts = [[setter(part, MATHS).width for part in _parts(side)] for cell in cells for side in cell.left]
    before = max((width for *found, _ in parts for width in found), default=-BEHIND) + BEHIND
    numbered = max((width for *found, width in parts if found), default=0.0)
    left = max(before + numbered, max((width for *_, width in parts), default=0.0))
    return _Column(Measure(most, left, _relation(setter), MATHS), left - numbered - BEHIND)


def _lines(lines: Sequence[Sequence[_Cell]], setter: Typesetter, most: float) -> Drawing:
    """Lines of chains below each other, the equals signs of each column in line, those of a line at one height."""
    count = max(map(len, lines), default=0)
    starts, columns, broken = [0.0], list[_Column](), list[Iterator[list[BrokenLine]]]()
    for place in range(count):
        cells = [line[place] for line in lines if len(line) > place]
        columns.append(_column(cells, setter, most))
        page = columns[place].page
        equations = tuple(equation for cell in cells for equation in cell.whole.equations)
        # What is found is kept, for sheets are tried in several ways.
        broken.append(iter(setter.once(("lines", equations, page), partial(_broken, equations, page, setter))))
        here = [line[place] for line in lines if len(line) == count]
        widths = [page.left - _left(cell, setter) + cell.width for cell in here]
        starts.append(starts[-1] + max(widths) + GUTTER)
    air = AIR if len(lines) < MANY else TIGHT
    groups: list[Group] = []
    seams: list[Seam] = []
    width = y = 0.0
    for line in lines:
        seams += [Seam(y - LEADING - air, y)] if groups else []
        drawn = [_cell(cell, columns[place], broken[place], setter) for place, cell in enumerate(line)]
        rise = max(ascent for _, ascent in drawn)
        bottom = y
        for place, (drawing, ascent) in enumerate(drawn):
            groups += shifted(drawing, starts[place], y + rise - ascent)
            width = max(width, starts[place] + drawing.width)
            bottom = max(bottom, y + rise - ascent + drawing.height)
        y = bottom + LEADING + air
    return Drawing(width, max(0, y - LEADING - air), tuple(groups), seams=tuple(seams))


def _cell(
    cell: _Cell, column: _Column, broken: Iterator[list[BrokenLine]], setter: Typesetter
) -> tuple[Drawing, float]:
    """A chain by itself in the next `broken` lines, and the height of its first baseline."""
    page = column.page
    shapes: list[Shape] = []
    width = y = 0.0
    for shown, equation in zip_longest(cell.shown.equations, cell.whole.equations):
        count = len(shown.sides) if shown else 0
        line, used, y = _equation(equation, next(broken), setter, column, y, count)
        shapes += line
        width = max(width, used)
    for note in cell.whole.notes:
        remark = setter(note, NOTE)
        shapes += [Text(page.left + 8, y + remark.ascent, remark, "note-text")] if note in cell.shown.notes else []
        width, y = max(width, page.left + 8 + remark.width), y + remark.height + LEADING
    said = cell.shown.equations  # in words once: chains are drawn in several ways
    title = setter.once(("said", *said), lambda: "; ".join([write(equation, Plain()) for equation in said]))
    if cell.shown.strong and shapes:
        x = min(shape.x for shape in shapes if isinstance(shape, Text)) - BAR
        shapes.append(straight(x, 0, x, max(0, y - LEADING), "strong-bar"))
    groups = (Group(cell.name, title, tuple(shapes)),) if shapes else ()
    sides = cell.whole.equations[0].sides if cell.whole.equations else ()
    ascent = max((setter(side, MATHS).ascent for side in sides), default=0.0)
    return Drawing(width, max(0, y - LEADING), groups), ascent


class _SetRuler(Ruler[str]):
    """What measures formulas as they are set."""

    def __init__(self, setter: Typesetter) -> None:
        super().__init__(AS_WIDE, lambda sources: setter.widths(sources, MATHS))
        self._setter = setter

    def wholes(self, formulas: Sequence[Formula]) -> Sequence[float]:
        return [self._setter(formula, MATHS).width for formula in formulas]


def _broken(equations: Sequence[Equality], page: Measure, setter: Typesetter) -> list[list[BrokenLine]]:
    """The lines of equations. All that is set to find them is set at once, and then all that they are made of."""
    ruler = _SetRuler(setter)
    sides = (side for equation in equations for side in equation.sides[1:])
    ruler.measure(side for side in sides if not page.holds(setter(side, MATHS).width))
    made = [rows(equation, page, ruler) for equation in equations]
    setter.prepare(Job(part, MATHS) for lines in made for row in lines for part in row.parts)
    return made


def _equation(
    equation: Equality, broken: Sequence[BrokenLine], setter: Typesetter, column: _Column, y: float, count: int
) -> tuple[list[Shape], float, float]:
    """The shapes of the first sides of an equation from y on, how wide all are, and where the next line begins."""
    page = column.page
    before = [setter(part, MATHS) for part in _parts(equation.sides[0])]
    ends = (column.numbers, page.left)[-len(before) :]
    lines: list[list[tuple[float, Set, int]]] = [
        [(end - part.width, part, 0) for end, part in zip(ends, before, strict=True)]
    ]
    for place, row in enumerate(broken):
        line = lines[0] if not place else []
        lines += [line] * bool(place)
        x = page.indent(row.level)
        for number, (sign, part) in enumerate(row.signed(), row.number):
            if sign is not None:
                line += [(x + SPACE, setter(Sign(sign), MATHS), number)] if sign else []
                x += page.relation
            line.append((x, setter(part, MATHS), number))
            x += line[-1][1].width
    shapes: list[Shape] = []
    for line in lines:
        baseline = y + max(content.ascent for _, content, _ in line)
        shapes += [Text(place, baseline, content, "ink-text") for place, content, number in line if number < count]
        y = baseline + max(content.descent for _, content, _ in line) + LEADING
    width = max(place + content.width for line in lines for place, content, _ in line)
    return shapes, width, y

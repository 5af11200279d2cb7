"""Chains as a drawing: their equals signs in one column; a line that is too long goes on below it."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from graphviz_ad.core.diagram import Chains
from graphviz_ad.core.formula import Equality, sign_before
from graphviz_ad.drawing.panel import NOTE, Drawing
from graphviz_ad.drawing.scene import Group, Set, Shape, Text
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.stacked import LEADING
from graphviz_ad.drawing.typeset import TYPST, Job, Typesetter
from graphviz_ad.notation.breaking import BrokenLine, Measure, Ruler, rows
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable, Sign
from graphviz_ad.notation.write import write

SPACE = MATHS * 0.28  # around an equals sign


def formulas(content: Chains) -> Iterable[tuple[Settable | str, float]]:
    """All that is typeset in a drawing of the chains, with its size."""
    yield from ((Sign(sign), MATHS) for sign in ("=", "≈"))
    for chain in content.chains:
        for equation in chain.equations:
            for side in equation.sides:
                yield side, MATHS
        for note in chain.notes:
            yield note, NOTE


def draw(content: Chains, setter: Typesetter, prefix: str, room: Chains, most: float) -> Drawing:
    """The chains drawn, of those whose place is kept, in lines of at most a width. `prefix` begins the keys of their
    groups."""
    equations = [equation for chain in room.chains for equation in chain.equations]
    page = _page(equations, setter, most)
    broken = iter(_broken(equations, page, setter))
    groups: list[Group] = []
    width = y = 0.0
    for number, (chain, whole) in enumerate(zip(content.chains, room.chains, strict=True)):
        shapes: list[Shape] = []
        for shown, equation in zip_longest(chain.equations, whole.equations):
            count = len(shown.sides) if shown else 0
            line, used, y = _equation(equation, next(broken), setter, page, y, count)
            shapes += line
            width = max(width, used)
        for note in whole.notes:
            remark = setter(note, NOTE)
            shapes += [Text(page.left + 8, y + remark.ascent, remark, "note-text")] if note in chain.notes else []
            width, y = max(width, page.left + 8 + remark.width), y + remark.height + LEADING
        title = "; ".join(write(equation, Plain()) for equation in chain.equations)
        groups += [Group(f"{prefix}c{number}", title, tuple(shapes))] if shapes else []
        y += 6
    return Drawing(width, max(0, y - LEADING - 6), tuple(groups))


def _page(equations: Sequence[Equality], setter: Typesetter, most: float) -> Measure:
    """What equations have to fit into, their left sides in one column."""
    left = max((setter(equation.sides[0], MATHS).width for equation in equations), default=0)
    return Measure(most, left, setter(Sign("="), MATHS).width + 2 * SPACE, MATHS)


def _broken(equations: Sequence[Equality], page: Measure, setter: Typesetter) -> list[list[BrokenLine]]:
    """The lines of equations; all that is set to find them is set at once, and then all that they are made of."""
    ruler = Ruler(TYPST, lambda sources: setter.widths(sources, MATHS))
    sides = (side for equation in equations for side in equation.sides[1:])
    ruler.widths([part for side in sides if not page.holds(setter(side, MATHS).width) for part in ruler.parts(side)])
    made = [rows(equation, page, TYPST, ruler) for equation in equations]
    setter.prepare(Job(part, MATHS) for lines in made for row in lines for part in row.parts)
    return made


def _equation(
    equation: Equality, broken: Sequence[BrokenLine], setter: Typesetter, page: Measure, y: float, count: int
) -> tuple[list[Shape], float, float]:
    """The shapes of the first sides of an equation from y on, how wide all are, and where the next line begins."""
    first = setter(equation.sides[0], MATHS)
    lines: list[list[tuple[float, Set, int]]] = [[(page.left - first.width, first, 0)]]
    for place, row in enumerate(broken):
        line = lines[0] if not place else []
        lines += [line] * bool(place)
        x = page.indent(row.level)
        for number, part in enumerate(row.parts, row.number):
            if not row.level:
                if sign := sign_before(part):
                    line.append((x + SPACE, setter(Sign(sign), MATHS), number))
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

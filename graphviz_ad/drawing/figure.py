"""A sheet as one scene: panels with captions and legends in rows, the chains beneath."""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any

from graphviz_ad.core.diagram import Chains, Diagram, Direction, Panel, Plot, Sheet, Table
from graphviz_ad.core.record import Record
from graphviz_ad.drawing import chains
from graphviz_ad.drawing import panel as panels
from graphviz_ad.drawing.chains import LEADING, WIDTH
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.asked import Above
from graphviz_ad.drawing.long_labels import named
from graphviz_ad.drawing.panel import NOTE, Drawing
from graphviz_ad.drawing.placement import Spacing
from graphviz_ad.drawing.scene import Group, Scene, Set, Setter, Shape, Text
from graphviz_ad.drawing.size import MARGIN
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.lesson.words import describe
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

BETWEEN = 64.0  # panels of a row
ROWS = 30.0  # between rows
CAPTION = 14.0
CAPTION_GAP = 16.0
LEGEND = 14.0


_Place = tuple[Panel, Panel | None]  # a panel, and what is shown of it


class _Block(Record):
    """A panel ready to be put in its place: its body, and the lines beneath it."""

    kind: str
    body: Drawing
    legend: Drawing
    caption: Set
    shown: bool = True

    @property
    def width(self) -> float:
        return max(self.body.width, self.legend.width, self.caption.width)

    @property
    def beneath(self) -> float:
        """The height of what stands beneath the body."""
        legend = self.legend.height + LEADING if self.legend.height else 0
        return legend + CAPTION_GAP + self.caption.height


def compose(
    sheet: Sheet,
    direction: Direction = "lr",
    setter: Typesetter | None = None,
    room: float = WIDTH,
    above: Sequence[Above] = (),
) -> Scene:
    """The scene of a sheet, of which rows of panels, diagrams and chains are broken where they are wider than the room;
    all diagrams are closer where one is. Names stand `above` others as they are asked to. Raises AdgraphError where a
    panel has more nodes than are drawn."""
    setter = setter or Typesetter()
    setter.prepare(Job(*job) for panel in (*sheet.room, *sheet.panels) for job in _jobs(panel))
    diagrams = [place.content for place, _ in sheet.places() if isinstance(place.content, Diagram)]
    arranged = arrangements(diagrams, above)
    blocks: list[_Block] = []
    places = list(sheet.places())
    for spacing in (panels.USUAL, panels.COMPACT, panels.COMPACT.replace(width=room)):
        if spacing.width is not None:
            places = _with_names(places, setter, room)
        blocks = [
            _block(place, shown, number, setter, direction, room, arranged, spacing)
            for number, (place, shown) in enumerate(places)
        ]
        if not any(isinstance(place.content, Diagram) and block.body.width > room
                   for block, (place, _) in zip(blocks, places, strict=True)):  # fmt: skip
            break
    rows = list(_rows(blocks, room))
    columns = _columns(rows)
    width = max(sum(columns[len(row)]) + BETWEEN * (len(row) - 1) for row in rows)
    groups: list[Group] = []
    y = MARGIN
    for row in rows:
        widths = columns[len(row)]
        x = MARGIN + (width - sum(widths) - BETWEEN * (len(row) - 1)) / 2
        body = max(block.body.height for block in row)
        for block, column in zip(row, widths, strict=True):
            groups += _placed(block, x, y, column, body) if block.shown else []
            x += column + BETWEEN
        y += body + max(block.beneath for block in row) + ROWS
    title = "; ".join(write(equation, Plain()) for equation in sheet.equations) or sheet.name
    return Scene(width + 2 * MARGIN, y - ROWS + MARGIN, tuple(groups), setter.outlines, title, describe(sheet))


# ---- what is set


def _jobs(panel: Panel) -> Iterable[tuple[Settable | str, float]]:
    yield panel.caption, CAPTION
    if isinstance(panel.content, Diagram):
        yield from panels.formulas(panel.content)
        for line in panel.content.legend:
            yield line, LEGEND
        for note in panel.content.notes:
            yield note, NOTE
        return
    yield from _drawer(panel.content).formulas(panel.content)


def _with_names(places: Sequence[_Place], setter: Typesetter, room: float) -> list[_Place]:
    """The panels with names in long labels."""
    found: list[_Place] = []
    for place, shown in places:
        whole = place.content
        if isinstance(whole, Diagram):
            if shown is not None and isinstance(shown.content, Diagram):
                shown = shown.replace(content=named(shown.content, whole, setter, room))
            place = place.replace(content=named(whole, whole, setter, room))
        found.append((place, shown))
    setter.prepare(Job(*job) for place, _ in found for job in _jobs(place))
    return found


# ---- blocks


def _block(
    place: Panel,
    panel: Panel | None,
    number: int,
    setter: Typesetter,
    direction: Direction,
    width: float,
    arranged: Mapping[bool, Arrangement],
    spacing: Spacing,
) -> _Block:
    """What is shown of the panel that has the place."""
    prefix = f"p{number}"
    caption = setter(place.caption, CAPTION)
    legend = Drawing(0, 0, ())
    match (panel or place).content, place.content:
        case Diagram() as shown, Diagram() as room:
            body = panels.draw(shown, setter, direction, prefix, room, arranged[room.full], spacing)
            legend = _legend(shown, setter, max(body.width, 320), prefix, room)
        case Chains() as shown, Chains() as room:
            body = chains.draw(shown, setter, prefix, room, width)
        case shown, _:
            body = _drawer(shown).draw(shown, setter, prefix)
    return _Block(place.view, body, legend, caption, panel is not None)


# What a panel holds beside diagrams, and the module that draws it.
_DRAWERS: dict[type, str] = {Chains: "chains", Table: "table", Plot: "plot"}


def _drawer(content: object) -> Any:
    return import_module(f"graphviz_ad.drawing.{_DRAWERS[type(content)]}")


def _legend(diagram: Diagram, setter: Setter, width: float, prefix: str, room: Diagram) -> Drawing:
    """The values without names of their own, in centred lines; then the remarks, where it is their time."""
    sets = [(setter(line, LEGEND), "legend-text") for line in room.legend]
    lines = [*_flow(sets, 24, width), *([(setter(note, NOTE), "note-text")] for note in room.notes)]
    made = _stacked(lines, 24, f"{prefix}l", "where")
    count = len(diagram.legend) + len(diagram.notes)
    return made.replace(groups=tuple(g.replace(shapes=g.shapes[:count]) for g in made.groups if count))


def _flow(sets: Iterable[tuple[Set, str]], gap: float, width: float) -> list[list[tuple[Set, str]]]:
    """Formulas in lines, as many in each as fit."""
    lines: list[list[tuple[Set, str]]] = []
    used = 0.0
    for content, style in sets:
        if lines and used + gap + content.width <= width:
            lines[-1].append((content, style))
            used += gap + content.width
        else:
            lines.append([(content, style)])
            used = content.width
    return lines


def _stacked(lines: Sequence[list[tuple[Set, str]]], gap: float, key: str, title: str) -> Drawing:
    widths = [sum(content.width for content, _ in line) + gap * (len(line) - 1) for line in lines]
    width = max(widths, default=0)
    shapes: list[Shape] = []
    y = 0.0
    for line, used in zip(lines, widths, strict=True):
        x = (width - used) / 2
        ascent, descent = (max(getattr(content, side) for content, _ in line) for side in ("ascent", "descent"))
        for content, style in line:
            shapes.append(Text(x, y + ascent, content, style))
            x += content.width + gap
        y += ascent + descent + LEADING
    return Drawing(width, y - LEADING if lines else 0, (Group(key, title, tuple(shapes)),) if lines else ())


# ---- places


def _rows(blocks: Sequence[_Block], room: float) -> Iterable[list[_Block]]:
    """Forward graphs, backward graphs and steps in rows of their own kind, as many in a row as fit."""
    for kind, run in groupby(blocks, key=lambda block: block.kind.partition("-")[0]):
        row: list[_Block] = []
        for block in run:
            if row and (kind in ("step", "chain", "trace", "plot") or _row_width([*row, block]) > room):
                yield row
                row = []
            row.append(block)
        yield row


def _row_width(row: Sequence[_Block]) -> float:
    return sum(block.width for block in row) + BETWEEN * (len(row) - 1)


def _columns(rows: Sequence[Sequence[_Block]]) -> dict[int, list[float]]:
    """The widths of the columns, one set for all rows with as many panels."""
    counts = {len(row) for row in rows}
    return {count: [max(row[k].width for row in rows if len(row) == count) for k in range(count)] for count in counts}


def _placed(block: _Block, x: float, y: float, width: float, body: float) -> list[Group]:
    """The groups of a block in a column of a width, its body centred in the height of its row's bodies."""
    groups = list(panels.shifted(block.body, x + (width - block.body.width) / 2, y + (body - block.body.height) / 2))
    y += body
    if block.legend.height:
        y += LEADING
        groups += panels.shifted(block.legend, x + (width - block.legend.width) / 2, y)
        y += block.legend.height
    caption = Text(
        x + (width - block.caption.width) / 2, y + CAPTION_GAP + block.caption.ascent, block.caption, "caption-text"
    )
    return [*groups, Group(f"caption-{block.kind}-{round(x)}-{round(y)}", "", (caption,))]

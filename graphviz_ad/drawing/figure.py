"""A sheet as one scene: its title and its equations, then panels with captions and legends in rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import accumulate, count, product
from math import inf
from typing import Any

from graphviz_ad.core.diagram import Chain, Chains, Diagram, Direction, Panel, Plot, Sheet, Table
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record
from graphviz_ad.drawing import chains
from graphviz_ad.drawing import panel as panels
from graphviz_ad.drawing.flow import flow
from graphviz_ad.drawing.grid import Slot, rows
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.asked import Above
from graphviz_ad.drawing.paging import Strip, on_pages, parted, with_seams
from graphviz_ad.drawing.panel import NOTE, Drawing, shifted
from graphviz_ad.drawing.placement import Spacing
from graphviz_ad.drawing.role_key import role_key, roles_of
from graphviz_ad.drawing.scene import Group, Scene, Set, Setter, Text
from graphviz_ad.drawing.size import MARGIN, MATHS, room_of, smaller_room
from graphviz_ad.drawing.slanted import note_text
from graphviz_ad.drawing.stacked import LEADING, stacked
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.lesson.words import describe, title_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.write import write

PAGE = room_of("screen", "")  # the width of a sheet of A4
BETWEEN = 48.0  # panels of a row
ROWS = 26.0  # between rows
CAPTION = 14.0
CAPTION_GAP = 12.0
LEGEND = 14.0
TITLE = 20.0
SIDE_BY_SIDE = 36.0  # between equations on a line
SPACINGS = {  # of diagrams, dense ones or not: at first, if one is wider than its room, and in rows
    False: (panels.USUAL, panels.COMPACT, panels.COMPACT),
    True: (panels.DENSE, panels.STEEP, panels.DENSE),
}


_NUMBERED = pattern(r"\d+\. ")
_Place = tuple[Panel, Panel | None]  # a panel, and what is shown of it


class _Block(Record):
    """A panel ready to be put in its place: its body, and the lines beneath it."""

    kind: str
    body: Drawing
    legend: Drawing
    caption: Set | None
    shown: bool = True

    @property
    def width(self) -> float:
        return max(self.body.width, self.legend.width, self.caption.width if self.caption else 0)

    @property
    def beneath(self) -> float:
        """The height of what stands between the body and the caption."""
        return self.legend.height + LEADING if self.legend.height else 0


def compose(
    sheet: Sheet,
    direction: Direction = "lr",
    setter: Typesetter | None = None,
    room: float = PAGE,
    above: Sequence[Above] = (),
    is_strict: bool = False,
) -> Scene:
    """The scene of a sheet with its words, as it is `laid_out`."""
    scene = laid_out(sheet, direction, setter, room, above, is_strict)
    said = " ".join(filter(None, (describe(sheet), scene.description)))
    return scene.replace(title=title_of(sheet), description=said)


def laid_out(
    sheet: Sheet,
    direction: Direction = "lr",
    setter: Typesetter | None = None,
    room: float = PAGE,
    above: Sequence[Above] = (),
    is_strict: bool = False,
) -> Scene:
    """The scene of a sheet without its words, but for what its panels say of how they are drawn. Rows of panels,
    diagrams and chains are broken where they are wider than the room; all diagrams are closer where one is, and folded
    where the room `is_strict`. Names stand `above` others as they are asked to. A sheet that is made smaller to stand
    on its pages has more room there. Raises AdgraphError where a panel has more nodes than are drawn."""
    setter = setter or Typesetter()
    room, is_strict = smaller_room(room, sheet.fit.smaller), is_strict or sheet.fit.folds
    setter.prepare(Job(*job) for job in _jobs(sheet))
    diagrams = [place.content for place, _ in sheet.places() if isinstance(place.content, Diagram)]
    arranged = _arranged(diagrams, above, setter)
    captions = captions_of(sheet)
    blocks: list[_Block] = []
    places = list(sheet.places())
    usual, closer, in_rows = SPACINGS[sheet.fit.dense]
    folded = (in_rows.replace(width=room, returns=sheet.fit.returns, parted=sheet.fit.parted),) * is_strict
    last: Spacing | None = None
    boxed = any(region.by_itself for diagram in diagrams for region in diagram.regions)
    for spacing in (usual, closer, *(closer,) * (boxed and sheet.fit.dense), *folded, *folded * boxed):
        if spacing is last:  # wider than asked with boxes that nobody has asked for
            places = [(_boxless(place), shown and _boxless(shown)) for place, shown in places]
            arranged = _arranged([place.content for place, _ in places if isinstance(place.content, Diagram)],
                                 above, setter)  # fmt: skip
        elif spacing.width is not None:
            places = _with_names(places, setter, room, sheet.fit.dense)
        last = spacing
        blocks = [
            _block(place, shown, number, captions[number], setter, direction, room, arranged, spacing)
            for number, (place, shown) in enumerate(places)
        ]
        if not any(isinstance(place.content, Diagram) and block.body.width > room
                   for block, (place, _) in zip(blocks, places, strict=True)):  # fmt: skip
            break
    cells = [Slot(block.kind.partition("-")[0], block.width) for block in blocks]
    lines = [blocks[first:last] for first, last in rows(cells, room, BETWEEN)]
    columns = _columns(lines, room)
    width = max(map(_line_width, columns))
    made = _title(sheet, setter), _equations(sheet, setter, max(width, room)), role_key(roles_of(diagrams), setter)
    heads = [head for head in made if head.groups]
    width = max(width, *(head.width for head in heads), 0)
    strips = [Strip(head.height, ROWS, partial(shifted, head, MARGIN + (width - head.width) / 2)) for head in heads]
    page = sheet.fit.height - 2 * MARGIN if sheet.fit.height else inf
    for line, widths in zip(lines, columns, strict=True):
        strips += _strips(line, widths, MARGIN + (width - _line_width(widths)) / 2, page, sheet.fit.cut)
    groups, breaks, end = on_pages(strips, MARGIN, sheet.fit.height)
    said = " ".join(block.body.said for block in blocks if block.body.said)
    return Scene(width + 2 * MARGIN, end + MARGIN, tuple(groups), setter.outlines, "", said, sheet.fit.smaller,
                 tuple(breaks))  # fmt: skip


# ---- what is set


def _jobs(sheet: Sheet) -> Iterator[tuple[Settable | str, float]]:
    yield from ((sheet.title, TITLE),) if sheet.title else ()
    yield from ((equation, MATHS) for equation in sheet.head)
    yield from ((side, MATHS) for equation in sheet.head for side in equation.sides)
    yield from ((caption, CAPTION) for caption in captions_of(sheet) if caption)
    for panel in (*sheet.room, *sheet.panels):
        yield from _jobs_of(panel)


def captions_of(sheet: Sheet) -> list[str]:
    """The captions of the panels, as a picture has them: where there are several, each with its letter, but those that
    have a number of their own."""
    captions = [place.caption for place, _ in sheet.places()]
    if len(captions) == 1:
        return captions
    letters = _letters()
    return [f"({next(letters)}) {said}" if said and not _NUMBERED.match(said) else said for said in captions]


def _letters() -> Iterator[str]:
    """a to z, aa to zz, …"""
    for length in count(1):
        yield from map("".join, product("abcdefghijklmnopqrstuvwxyz", repeat=length))


def _jobs_of(panel: Panel) -> Iterable[tuple[Settable | str, float]]:
    if isinstance(panel.content, Diagram):
        yield from panels.formulas(panel.content)
        for line in panel.content.legend:
            yield line, LEGEND
        for note in panel.content.notes:
            yield note_text(note), NOTE
        return
    yield from _drawer(panel.content).formulas(panel.content)


def _boxless(panel: Panel) -> Panel:
    """A panel without the boxes that it has by itself."""
    if not isinstance(panel.content, Diagram):
        return panel
    regions = tuple(region for region in panel.content.regions if not region.by_itself)
    return panel.replace(content=panel.content.replace(regions=regions))


def _with_names(places: Sequence[_Place], setter: Typesetter, room: float, is_dense: bool) -> list[_Place]:
    """The panels with names in long labels, `is_dense` in shorter ones too."""
    from graphviz_ad.drawing.long_labels import named

    found: list[_Place] = []
    for place, shown in places:
        whole = place.content
        if isinstance(whole, Diagram):
            if shown is not None and isinstance(shown.content, Diagram):
                shown = shown.replace(content=named(shown.content, whole, setter, room, is_dense))
            place = place.replace(content=named(whole, whole, setter, room, is_dense))
        found.append((place, shown))
    setter.prepare(Job(*job) for place, _ in found for job in _jobs_of(place))
    return found


# ---- blocks


def _arranged(diagrams: Sequence[Diagram], above: Sequence[Above], setter: Typesetter) -> Mapping[bool, Arrangement]:
    return setter.once((*diagrams, *above), lambda: arrangements(diagrams, above))


def _block(
    place: Panel,
    panel: Panel | None,
    number: int,
    said: str,
    setter: Typesetter,
    direction: Direction,
    width: float,
    arranged: Mapping[bool, Arrangement],
    spacing: Spacing,
) -> _Block:
    """What is shown of the panel that has the place, with what is said beneath it."""
    prefix = f"p{number}"
    caption = setter(said, CAPTION) if said else None
    legend = Drawing(0, 0, ())
    match (panel or place).content, place.content:
        case Diagram() as shown, Diagram() as room:
            how = prefix, room, arranged[room.full], spacing
            body = setter.once((shown, direction, *how), partial(panels.draw, shown, setter, direction, *how))
            shown, room = (each.replace(notes=(*each.notes, *body.remarks)) for each in (shown, room))
            legend = _legend(shown, setter, max(body.width, 320), prefix, room)
        case Chains() as shown, Chains() as room:
            body = setter.once((shown, prefix, room, width), partial(chains.draw, shown, setter, prefix, room, width))
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
    lines = flow(((each, each[0].width) for each in sets), 24, width)
    lines += [[(setter(note_text(note), NOTE), "note-text")] for note in room.notes]
    made = stacked(lines, 24, f"{prefix}l", "where")
    known = len(diagram.legend) + len(diagram.notes)
    return made.replace(groups=tuple(g.replace(shapes=g.shapes[:known]) for g in made.groups if known))


def _title(sheet: Sheet, setter: Setter) -> Drawing:
    made = stacked([[(setter(sheet.title, TITLE), "title-text")]] if sheet.title else [], 0, "caption-title-0-0", "")
    return made.replace(groups=tuple(group.replace(ends="title") for group in made.groups))


def _equations(sheet: Sheet, setter: Typesetter, width: float) -> Drawing:
    """The head line: the equations, side by side as far as they fit; if one is wider than the sheet, below each other
    with their equals signs in one column."""
    said = setter.once(("head", *sheet.head), lambda: "; ".join(write(equation, Plain()) for equation in sheet.head))
    sets = [setter(equation, MATHS) for equation in sheet.head]
    if any(content.width > width for content in sets):
        listed = Chains((Chain(UNNAMED, UNNAMED, sheet.head),))
        drawn = chains.draw(listed, setter, "equations", listed, width)
        return drawn.replace(groups=tuple(group.replace(key="equations", title=said) for group in drawn.groups))
    lines = flow((((content, "ink-text"), content.width) for content in sets), SIDE_BY_SIDE, width)
    return stacked(lines, SIDE_BY_SIDE, "equations", said)


# ---- places


def _line_width(widths: Sequence[float]) -> float:
    return sum(widths) + BETWEEN * (len(widths) - 1)


def _columns(lines: Sequence[Sequence[_Block]], room: float) -> list[list[float]]:
    """The widths of the columns of each line: one set for all with as many panels, where that fits."""
    found = []
    for line in lines:
        alike = [other for other in lines if len(other) == len(line)]
        shared = [max(other[k].width for other in alike) for k in range(len(line))]
        found.append(shared if _line_width(shared) <= room else [block.width for block in line])
    return found


def _strips(line: Sequence[_Block], widths: Sequence[float], left: float, page: float, anywhere: bool) -> list[Strip]:
    """The blocks of a row, in columns of these widths from the left on, as one strip; one that is higher than a page as
    several, parted at its seams or `anywhere`."""
    body, beneath = max(block.body.height for block in line), max(block.beneath for block in line)
    below = beneath + max(CAPTION_GAP + block.caption.height if block.caption else 0 for block in line)
    if len(line) == 1 and body + below > page:
        block, column = line[0], widths[0]
        *parts, (gap, last) = parted(with_seams(block.body, page, below) if anywhere else block.body)
        start = left + (column - last.width) / 2
        strips = [Strip(part.height, gap if number else ROWS, partial(shifted, part, start))
                  for number, (gap, part) in enumerate(parts)]  # fmt: skip
        ending = partial(_placed, block.replace(body=last), left, width=column, body=last.height, beneath=beneath)
        return [*strips, Strip(last.height + below, gap, ending)]

    def groups(y: float) -> list[Group]:
        starts = accumulate((column + BETWEEN for column in widths), initial=left)
        return [group for block, x, column in zip(line, starts, widths, strict=False)
                for group in _placed(block, x, y, column, body, beneath)]  # fmt: skip

    return [Strip(body + below, ROWS, groups)]


def _placed(block: _Block, x: float, y: float, width: float, body: float, beneath: float) -> list[Group]:
    """The groups of a block in a column of a width, its body centred in the height of its row's bodies, its caption
    level with theirs; none of one that is not shown."""
    if not block.shown:
        return []
    groups = list(shifted(block.body, x + (width - block.body.width) / 2, y + (body - block.body.height) / 2))
    if block.legend.height:
        groups += shifted(block.legend, x + (width - block.legend.width) / 2, y + body + LEADING)
    key = f"caption-{block.kind}-{round(x)}-{round(y + body)}"  # the end of a panel, also where nothing is said
    if block.caption is None:
        return [*groups, Group(key, "", (), ends=block.kind)]
    left, baseline = x + (width - block.caption.width) / 2, y + body + beneath + CAPTION_GAP + block.caption.ascent
    caption = Text(left, baseline, block.caption, "caption-text")
    return [*groups, Group(key, "", (caption,), ends=block.kind)]

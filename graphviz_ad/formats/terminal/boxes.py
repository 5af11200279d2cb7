"""Diagrams in characters: nodes in boxes, labels on lines, in layers like those of the figure."""

from collections.abc import Iterator, Sequence

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.arrangement import Arrangement, arranged
from graphviz_ad.formats.terminal.canvas import Canvas, Pen
from graphviz_ad.formats.terminal.channels import Trunk, route
from graphviz_ad.formats.terminal.coordinates import Net
from graphviz_ad.formats.terminal.folding import folded
from graphviz_ad.formats.terminal.layering import TextLayout, Wire, arrange, least
from graphviz_ad.formats.terminal.listing import is_drawable
from graphviz_ad.formats.terminal.ranks import ranks_of
from graphviz_ad.formats.terminal.shapes import Level, LineRun, TextShape, Upright
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.unicode import Block

MAX_CROSSINGS = 12  # of lines; nobody could follow more


def draw(
    diagram: Diagram, notation: Notation[Block], pen: Pen, width: int | None, arrangement: Arrangement | None = None
) -> tuple[Canvas, ...]:
    """The diagram in the arrangement of its figure, from left to right or, where that is wider than it may be, in rows
    of at least two steps each, or from top to bottom; nothing where it does not fit, or would be a tangle."""
    if not is_drawable(diagram):
        return ()
    arrangement = arrangement or arranged([diagram])
    numbers = any(vertex.value is not None for vertex in diagram.vertices)
    level, *upright = (way(notation, pen, gap, numbers)
                       for way, gap in ((Level, 1), (Upright, 3), (Upright, 1)))  # fmt: skip
    if (canvas := canvas_of(diagram, level, arrangement, width)) is not None:
        return (canvas,)
    rows = folded(diagram, arrangement, lambda part: canvas_of(part, level, arrangement, width))
    if rows and 2 * len(rows) <= len(ranks_of(diagram, arrangement).columns):
        return rows
    drawn = (canvas_of(diagram, way, arrangement, width) for way in upright)
    return next(((canvas,) for canvas in drawn if canvas is not None), ())


def canvas_of(
    diagram: Diagram, way: LineRun, arrangement: Arrangement, width: int | None, most: float = MAX_CROSSINGS
) -> Canvas | None:
    """The diagram, None where it is wider than a width, or a tangle. Backward ones have the places of forward ones, in
    the opposite order."""
    mirrored = diagram.kind == "backward"
    vertices, arrows = diagram.ordered()
    index = {vertex.node: number for number, vertex in enumerate(vertices)}
    left = {arrow.tail for arrow in arrows}
    nodes = [way.node(vertex, vertex.node in left) for vertex in vertices]
    labels = [way.label(arrow) for arrow in arrows]
    links = []
    for arrow, label in zip(arrows, labels, strict=True):
        ends = (arrow.head, arrow.tail) if mirrored else (arrow.tail, arrow.head)
        links.append(Wire(index[ends[0]], index[ends[1]], way.extent(label)))
    extents = [way.extent(shape) for shape in nodes]
    ranks = ranks_of(diagram, arrangement)
    if width is not None and way.place(*least(extents, links, ranks, way.gap))[1] > width:
        return None  # sooner known than drawn
    layout = arrange(extents, links, ranks, way.gap)
    if layout.crossings > most:
        return None
    canvas = _drawn(_reversed(layout) if mirrored else layout, [*nodes, *labels], len(nodes), way)
    return canvas if width is None or canvas.width <= width else None


def _reversed(layout: TextLayout) -> TextLayout:
    """The layout with its layers in the opposite order."""
    nets = tuple(tuple(Net(net.rights, net.lefts) for net in channel) for channel in reversed(layout.nets))
    return layout.replace(layers=layout.layers[::-1], nets=nets)


class _Channel(Record):
    """What is between a layer and the next: its nets, their trunks, and where along each trunk runs."""

    nets: tuple[Net, ...]
    trunks: list[Trunk]
    places: list[int | None]


def _drawn(layout: TextLayout, shapes: Sequence[TextShape], nodes: int, way: LineRun) -> Canvas:
    """Layer by layer, and between them the lines on their tracks. The first shapes are the nodes."""
    canvas, across = Canvas(way.pen), layout.across
    starts, channels = _measured(layout, way)
    comes, goes = dict[int, int](), dict[int, int]()  # where along the line of each item comes in and goes out
    for layer, start in zip(layout.layers, starts, strict=True):
        length = _length(layout, layer)
        for item in layer:
            shape = shapes[item] if item < len(shapes) else TextShape(())
            offset = (length - layout.extents[item].length) // 2 if item < nodes else 0
            comes[item], goes[item] = start, start + length
            if item < nodes:
                comes[item], goes[item] = start + offset + shape.entry, start + offset + shape.exit
            else:
                _stretch(canvas, way, start, start + length, across[item], item)
            row, column = way.place(start + offset, across[item])
            for mark in shape.marks:
                canvas.put(row + mark.row, column + mark.column, mark.text, mark.role)
    for number, channel in enumerate(channels):
        arrive = {item: comes[item] - (item < nodes) for net in channel.nets for item in net.rights}
        for index, (trunk, place) in enumerate(zip(channel.trunks, channel.places, strict=True)):
            net = channel.nets[trunk.net]
            lefts = {across[item]: goes[item] for item in net.lefts}
            rights = {across[item]: arrive[item] for item in net.rights}
            for other, came in zip(channel.trunks, channel.places, strict=True):
                if other.onward == index and came is not None:  # this trunk goes on from that one
                    lefts = {trunk.lefts[0]: came + 1}
            if trunk.onward is not None:
                rights = {trunk.rights[0]: 0}
            _trunk(canvas, way, trunk, place, lefts, rights, (number, trunk.net))
        for item, along in arrive.items():
            if item < nodes:
                canvas.put(*way.place(along, across[item]), way.pen.heads[way.ways[1]], "arrow")
    return canvas


def _measured(layout: TextLayout, way: LineRun) -> tuple[list[int], list[_Channel]]:
    """Where along each layer begins, and what is between the layers."""
    starts, channels, across = [0], [], layout.across
    for number, (layer, nets) in enumerate(zip(layout.layers, layout.nets, strict=False)):
        length = _length(layout, layer)
        trunks = route([([across[item] for item in net.lefts], [across[item] for item in net.rights]) for net in nets])
        tracks, gap = way.tracks(trunks, number % 2 == 1, length > 0)
        end = starts[-1] + length
        places = [None if trunk.track is None else end + tracks[trunk.track] for trunk in trunks]
        channels.append(_Channel(nets, trunks, places))
        starts.append(end + gap)
    return starts, channels


def _length(layout: TextLayout, layer: Sequence[int]) -> int:
    return max((layout.extents[item].length for item in layer), default=0)


def _stretch(canvas: Canvas, way: LineRun, start: int, end: int, across: int, owner: object) -> None:
    """A straight piece of a line along."""
    for along in range(start, end):
        canvas.line(*way.place(along, across), way.ways[0] | way.ways[1], owner)


def _trunk(
    canvas: Canvas,
    way: LineRun,
    trunk: Trunk,
    place: int | None,
    lefts: dict[int, int],
    rights: dict[int, int],
    owner: object,
) -> None:
    """A trunk with what comes to it and goes from it: `lefts` and `rights` say from where and how far."""
    back, on, up, down = way.ways
    if place is None:
        (across,) = trunk.lefts
        _stretch(canvas, way, lefts[across], rights[across], across, owner)
        return
    for along, rows in _halves(trunk, place):
        for across in range(rows[0], rows[-1] + 1):
            ways = (up if across > rows[0] else 0) | (down if across < rows[-1] else 0)
            canvas.line(*way.place(along, across), ways, owner)
        for across in rows:
            if across in trunk.lefts and not (along > place and across == trunk.stem):
                _stretch(canvas, way, lefts[across], along, across, owner)
            if across in trunk.lefts:
                canvas.line(*way.place(along, across), back, owner)
            if across in trunk.rights:
                canvas.line(*way.place(along, across), on, owner)
                if not (trunk.double and along == place and across == trunk.stem):
                    _stretch(canvas, way, along + 1, rights[across], across, owner)


def _halves(trunk: Trunk, place: int) -> Iterator[tuple[int, list[int]]]:
    """Where along a trunk runs, with the places across at which others meet it; a double trunk does so twice."""
    rows = sorted({*trunk.lefts, *trunk.rights})
    if not trunk.double:
        yield place, rows
        return
    yield place, [row for row in rows if row <= trunk.stem]
    yield place + 1, [row for row in rows if row >= trunk.stem]

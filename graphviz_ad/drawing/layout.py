"""Places for boxes and arrows: by Graphviz's dot, inside the process, on sizes alone, and where that would take long by
our own layered layout.

Graphviz sees numbers and no text, so it touches no font. Lengths are in pixels with y downwards.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import Any, BinaryIO

from graphviz_ad.core.diagram import Direction
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.placement import OPPOSITE, Link, Placement, Point, Size, parts
from graphviz_ad.host.memory import remembered
from graphviz_ad.host.modules import alone, build

# With more than these our own layout is the better one, and soon by far the faster.
MAX_VERTICES = 200
MAX_BENDS = 36  # columns that arrows pass on their way
_SIDES: dict[Direction, str] = {"lr": "we", "rl": "ew", "tb": "ns", "bt": "sn"}  # of a box: entered and left
_GRAPHVIZ = "pygraphviz._graphviz"  # the rest of pygraphviz takes longer to import, and is for other things
_LARGEST = 65535  # of a table's width, in Graphviz


Ends = tuple[int, int]
Layout = Callable[[Sequence[Size], Sequence[Link], Direction, bool, float, float], Placement]


def layout_of(graphs: Iterable[tuple[int, Sequence[Ends]]]) -> Layout:
    """The layout for all graphs of a figure, so that they look alike: each a number of vertices and its arrows, which
    run from vertices to later ones."""
    if any(count > MAX_VERTICES or _bends(count, ends) > MAX_BENDS for count, ends in graphs):
        from graphviz_ad.drawing.layered.placing import layered

        return layered
    return by_graphviz


def _bends(count: int, ends: Sequence[Ends]) -> int:
    """How many columns the arrows pass, with each vertex as far left, and each input as far right, as it goes."""
    column = [0] * count
    for tail, head in sorted(ends, key=lambda end: end[1]):
        column[head] = max(column[head], column[tail] + 1)
    first = dict.fromkeys(range(count), count)
    for tail, head in ends:
        first[tail] = min(first[tail], column[head] - 1)
    read = {head for _, head in ends}
    return sum(column[head] - (column[tail] if tail in read else first[tail]) - 1 for tail, head in ends)


def by_graphviz(
    sizes: Sequence[Size], links: Sequence[Link], direction: Direction, mirrored: bool, ranksep: float, nodesep: float
) -> Placement:
    """The layout in a direction; a `mirrored` one is that of the reversed arrows, its columns in the opposite order,
    so that both have the same rows."""
    if not sizes:
        return Placement(0, 0, (), (), (), ())
    rankdir = OPPOSITE[direction] if mirrored else direction
    return _read(_layout(_dot(sizes, links, rankdir, mirrored, ranksep, nodesep)), sizes, links, direction, mirrored)


def _dot(
    sizes: Sequence[Size], links: Sequence[Link], rankdir: Direction, mirrored: bool, ranksep: float, nodesep: float
) -> str:
    lines = [
        f"digraph {{ rankdir={rankdir.upper()} ranksep={ranksep / 72:.4f} nodesep={nodesep / 72:.4f}",
        'node [shape=box fixedsize=true label=""] edge [arrowhead=none headclip=false tailclip=false]',
    ]
    upright = rankdir in ("tb", "bt")
    row = max(
        (link.height for link in links), default=0
    )  # so that an arrow need not swing around its neighbour's label
    for index, size in enumerate(sizes):
        if size.gate:
            lines.append(f"{index} [shape=plain fixedsize=false label={_row(size, rankdir)}]")
        else:
            height = size.height if upright else max(size.height, row)
            lines.append(f"{index} [width={size.width / 72:.4f} height={height / 72:.4f}]")
    for number, link in enumerate(links):
        tail = f"{link.tail}:o:c" if sizes[link.tail].gate else f"{link.tail}"
        head = f"{link.head}:g:c" if sizes[link.head].gate else f"{link.head}"
        if link.through:  # a box of its own that the arrow goes through, so that its two halves are straight
            lines.append(f"w{number} [width={link.width / 72:.4f} height={link.height / 72:.4f}]")
            enter, leave = tuple(_SIDES[rankdir])
            halves = [(tail, f"w{number}:{enter}"), (f"w{number}:{leave}", head)]
        else:
            halves = [(tail, head)]
        blank = "" if link.through else f" label={_blank(link.width, link.height)}"
        for half, (start, end) in enumerate(halves):
            ends = f"{end} -> {start}" if mirrored else f"{start} -> {end}"
            lines.append(f'{ends} [id="{number} {half}" weight={link.weight}{blank}]')
    return "\n".join([*lines, "}"])


def _row(size: Size, rankdir: Direction) -> str:
    """A vertex and the operation before it, as an empty table of two cells in the direction of reading."""
    upright = rankdir in ("tb", "bt")
    across, along = (size.width, size.height) if upright else (size.height, size.width)
    parts = [("g", size.gate), ("", size.gap), ("o", along - size.gate - size.gap)]
    if rankdir in ("rl", "bt"):
        parts.reverse()
    cells = []
    for port, length in parts:
        width, height = (across, length) if upright else (length, across)
        cells.append(
            f'<TD{f" PORT={chr(34)}{port}{chr(34)}" if port else ""} FIXEDSIZE="TRUE" WIDTH="{ceil(width)}" '
            f'HEIGHT="{ceil(height)}"></TD>'
        )
    rows = [f"<TR>{cell}</TR>" for cell in cells] if upright else [f"<TR>{''.join(cells)}</TR>"]
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">{"".join(rows)}</TABLE>>'


def _blank(width: float, height: float) -> str:
    """An empty label of a size; tables take whole points from 1 up."""
    size = " ".join(
        f'{key}="{min(_LARGEST, max(1, ceil(length)))}"' for key, length in (("WIDTH", width), ("HEIGHT", height))
    )
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" {size}>'
        f"<TR><TD></TD></TR></TABLE>>"
    )


def _layout(dot: str) -> dict[str, object]:
    """What dot says of a graph, or has said of it before."""
    asked = f"layout, {build(_GRAPHVIZ)}\n{dot}"
    return remembered(asked, lambda: _by_dot(dot), json.dumps, json.loads)


def _by_dot(dot: str) -> dict[str, object]:
    graphviz: Any = alone(_GRAPHVIZ)
    with _file(dot) as file:
        graph = graphviz.agread(file, None)
    context = graphviz.gvContextWithBuiltins()
    try:
        if graphviz.gvLayout(context, graph, b"dot"):
            raise AdgraphError("Graphviz could not lay out this graph", hint="draw one output (--of), or fewer views")
        _, out = graphviz.gvRenderData(context, graph, b"json0")
        graphviz.gvFreeLayout(context, graph)
    finally:
        graphviz.agclose(graph)
        graphviz.gvFreeContext(context)
    result: dict[str, object] = json.loads(out)
    return result


def _file(text: str) -> BinaryIO:
    """An open file of a text, which the system sees as a file too."""
    if hasattr(os, "memfd_create"):
        file: BinaryIO = open(os.memfd_create("graph"), "w+b")  # noqa: SIM115  # whoever asks closes it
    else:
        import tempfile

        file = tempfile.TemporaryFile("w+b")  # noqa: SIM115
    file.write(text.encode())
    file.seek(0)
    return file


def _read(
    out: dict[str, object], sizes: Sequence[Size], links: Sequence[Link], direction: Direction, mirrored: bool
) -> Placement:
    left, bottom, right, top = map(float, str(out["bb"]).split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")
        return round(float(x) - left, 2), round(top - float(y), 2)

    objects: list[dict[str, str]] = out["objects"]  # type: ignore[assignment]
    middles = {item["name"]: point(item["pos"]) for item in objects}
    halves: dict[tuple[int, int], tuple[Point, ...]] = {}
    labels: list[Point] = [middles.get(f"w{number}", (0.0, 0.0)) for number in range(len(links))]
    edges: list[dict[str, str]] = out.get("edges", [])  # type: ignore[assignment]
    for item in edges:
        number, half = map(int, item["id"].split())
        points = tuple(point(p) for p in item["pos"].split() if not p.startswith(("e,", "s,")))
        halves[number, half] = points[::-1] if mirrored else points
        if "lp" in item:
            labels[number] = point(item["lp"])
    splines = [_joined(halves[number, 0], halves.get((number, 1), ())) for number in range(len(links))]
    centres = [parts(middles[str(index)], size, direction) for index, size in enumerate(sizes)]
    return Placement(
        right - left,
        top - bottom,
        tuple(o for _, o in centres),
        tuple(g for g, _ in centres),
        tuple(splines),
        tuple(labels),
    )


def _joined(first: tuple[Point, ...], second: tuple[Point, ...]) -> tuple[Point, ...]:
    """Two splines with a straight line between them."""
    return (*first, first[-1], second[0], *second) if second else first

"""Places for boxes and arrows: Graphviz's dot, inside the process, on sizes alone.

Graphviz sees numbers and no text, so it touches no font. Lengths are in pixels with y downwards.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from math import ceil
from typing import Literal, NamedTuple

from graphviz_ad.errors import AdgraphError

Direction = Literal["lr", "rl", "tb", "bt"]
Point = tuple[float, float]

# Larger figures are laid out in a child process, which can be stopped; Graphviz holds the interpreter while it works.
MAX_VERTICES = 400
MAX_REACH = 2000  # columns that all arrows together span: Graphviz then takes about a second, and soon minutes
TIME_LIMIT = 60.0  # seconds
_OPPOSITE: dict[Direction, Direction] = {"lr": "rl", "rl": "lr", "tb": "bt", "bt": "tb"}
_SIDES: dict[Direction, str] = {"lr": "we", "rl": "ew", "tb": "ns", "bt": "sn"}  # of a box: entered and left
_LARGEST = 65535  # of a table's width, in Graphviz


class Size(NamedTuple):
    """A vertex's box. One with an operation before it is a row of two: `gate` is the width of the first, `gap` what
    lies between; arrows end at the first and start from the second."""

    width: float
    height: float
    gate: float = 0
    gap: float = 0


class Link(NamedTuple):
    """An arrow between boxes, by their indices, with the size of its label (0 by 0 where it has none), which it goes
    `through` or passes. The heavier, the straighter it is drawn."""

    tail: int
    head: int
    width: float = 0
    height: float = 0
    weight: int = 1
    through: bool = False


class Placement(NamedTuple):
    """Centres of the boxes (of both parts of a row of two), Bézier splines from centre to centre, centres of labels."""

    width: float
    height: float
    centres: tuple[Point, ...]
    gates: tuple[Point, ...]
    splines: tuple[tuple[Point, ...], ...]
    labels: tuple[Point, ...]


def place(
    sizes: Sequence[Size],
    links: Sequence[Link],
    direction: Direction,
    mirrored: bool = False,
    ranksep: float = 36,
    nodesep: float = 22,
) -> Placement:
    """The layout in a direction. A `mirrored` one has its arrows run against the order of the columns' making, so that
    the figure of the reversed arrows has the same rows with the columns in the opposite order."""
    reach = _reach(len(sizes), [(link.head, link.tail) if mirrored else (link.tail, link.head) for link in links])
    if not sizes:
        return Placement(0, 0, (), (), (), ())
    rankdir = _OPPOSITE[direction] if mirrored else direction
    dot = _dot(sizes, links, rankdir, mirrored, ranksep, nodesep)
    large = len(sizes) > MAX_VERTICES or reach > MAX_REACH
    return _read(_in_child(dot, len(sizes)) if large else _layout(dot), sizes, links, direction, mirrored)


def _reach(count: int, ends: Sequence[tuple[int, int]]) -> int:
    """How many columns the arrows span together, with each node as far left, and each input as far right, as it goes.
    `ends` run from nodes to later ones."""
    column = [0] * count
    for tail, head in sorted(ends, key=lambda end: end[1]):
        column[head] = max(column[head], column[tail] + 1)
    first = dict.fromkeys(range(count), count)
    for tail, head in ends:
        first[tail] = min(first[tail], column[head] - 1)
    read = {head for _, head in ends}
    return sum(column[head] - (column[tail] if tail in read else first[tail]) for tail, head in ends)


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


def _in_child(dot: str, count: int) -> dict[str, object]:
    """The layout by a child process. Raises AdgraphError where it takes longer than the time limit."""
    import subprocess

    print(f"adgraph: laying out {count:,} nodes, in up to {TIME_LIMIT:g} s …", file=sys.stderr)
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=dot.encode(), capture_output=True, timeout=TIME_LIMIT, check=True
        )
    except subprocess.TimeoutExpired:
        raise AdgraphError(
            f"a figure of {count:,} nodes was not laid out within {TIME_LIMIT:g} s",
            hint="draw the simplified graph (--view backward-simplified), one output (--of), or use adgraph derive",
        ) from None
    except subprocess.CalledProcessError as error:
        raise AdgraphError(
            f"a figure of {count:,} nodes is too large for Graphviz (exit status {error.returncode})",
            hint="draw the simplified graph (--view backward-simplified), or one output (--of)",
        ) from error
    result: dict[str, object] = json.loads(done.stdout)
    return result


def _layout(dot: str) -> dict[str, object]:
    from pygraphviz import graphviz

    with tempfile.TemporaryFile("w+b") as file:
        file.write(dot.encode())
        file.flush()
        file.seek(0)
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
    parts = [_parts(middles[str(index)], size, direction) for index, size in enumerate(sizes)]
    return Placement(
        right - left,
        top - bottom,
        tuple(o for _, o in parts),
        tuple(g for g, _ in parts),
        tuple(splines),
        tuple(labels),
    )


def _joined(first: tuple[Point, ...], second: tuple[Point, ...]) -> tuple[Point, ...]:
    """Two splines with a straight line between them."""
    return (*first, first[-1], second[0], *second) if second else first


def _parts(middle: Point, size: Size, direction: Direction) -> tuple[Point, Point]:
    """The centres of an operation and of the vertex behind it; both the middle where there is no operation."""
    if not size.gate:
        return middle, middle
    x, y = middle
    sign = 1 if direction in ("lr", "tb") else -1
    along = size.height if direction in ("tb", "bt") else size.width
    gate, vertex = -along / 2 + size.gate / 2, along / 2 - (along - size.gate - size.gap) / 2
    if direction in ("tb", "bt"):
        return (x, y + sign * gate), (x, y + sign * vertex)
    return (x + sign * gate, y), (x + sign * vertex, y)


if __name__ == "__main__":  # the child process: DOT in, Graphviz's JSON out
    print(json.dumps(_layout(sys.stdin.read())))

"""Columns in several rows, as words in lines: where a figure is cut, and how the arrows there go on in the next row."""

from collections.abc import Container, Sequence
from itertools import pairwise
from math import inf

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.items import FigureItems
from graphviz_ad.drawing.layered.spacing import Band
from graphviz_ad.drawing.placement import Point

RETURN = 12.0  # between arrows that go back to the left side by side
AIR = 16.0  # between them and what stands in rows
CROWD = 0.15  # what each of these costs, beside a row that is quite empty


def cuts(
    items: FigureItems, bands: Sequence[Band], joined: Sequence[tuple[int, int]], width: float, most: int
) -> list[int]:
    """The columns behind which a figure is cut so that no row is wider, if that can be: in as few rows as can be and,
    of those, with few arrows that go on in the next one, never more than the most. `joined` must not be parted."""
    column = {item: number for number, found in enumerate(items.columns) for item in found}
    parted = {number for tail, head in joined for number in range(column[tail], column[head])}
    inputs = _inputs(items, joined)
    going: list[set[int]] = [set() for _ in items.columns]
    for chain in items.chains:
        for tail in chain[:-1]:
            if tail not in inputs:
                going[column[tail]].add(tail)
    count = len(items.columns)
    places = [number for number in range(count - 1)
              if number not in parted and not any(items.of_labels[number : number + 1])
              and 0 < len(going[number]) <= most]  # fmt: skip
    beside = [AIR + RETURN * len(going[place]) for place in range(count)]
    best: dict[int, tuple[float, float, list[int]]] = {-1: (0.0, 0.0, [])}
    for end in [*places, count - 1]:
        found: tuple[float, float, list[int]] = (inf, inf, [])
        for start, (rows, cost, made) in best.items():
            taken = bands[end].end - bands[start + 1].start
            taken += (beside[start] if start >= 0 else 0) + (beside[end] if end < count - 1 else 0)
            if taken <= width:
                empty = 0.0 if end == count - 1 else (1 - taken / width) ** 2 + CROWD * len(going[end])
                found = min(found, (rows + 1, cost + empty, [*made, end]))
        if found[0] < inf:
            best[end] = found
    return best[count - 1][2][:-1] if count - 1 in best else []


def _inputs(items: FigureItems, joined: Sequence[tuple[int, int]]) -> set[int]:
    """Boxes that nothing leads to: they stand in the row of their readers."""
    reached = {item for chain in items.chains for item in chain[1:]} | {head for _, head in joined}
    return {item for item in range(len(items.sizes)) if item not in reached}


class Folded(Record):
    """Items with a place for every arrow that goes on, at the end of its row and at the beginning of the next one;
    `rows` has the columns of each row."""

    items: FigureItems
    rows: list[range]


def folded(items: FigureItems, joined: Sequence[tuple[int, int]], cut: Sequence[int]) -> Folded:
    """The items in rows, cut behind some columns."""
    inputs = _inputs(items, joined)
    column = {item: number for number, found in enumerate(items.columns) for item in found}
    count = items.count
    going: dict[int, tuple[int, int]] = {}
    for chain in items.chains:
        for tail in chain[:-1]:
            if column[tail] in cut and tail not in going and tail not in inputs:
                going[tail] = count, count + 1
                count += 2
    chains = [[part for item in chain[:-1] for part in (item, *going.get(item, ()))] + chain[-1:]
              for chain in items.chains]  # fmt: skip
    labels = [
        None if label is None else label + 2 * sum(item in going for item in chain[:label])
        for chain, label in zip(items.chains, items.labels, strict=True)
    ]
    columns: list[list[int]] = []
    of_labels: list[bool] = []
    starts = [0]
    moved = inputs | _fences_around(items, inputs)
    for number, found in enumerate(items.columns):
        columns.append(found if number not in cut else [item for item in found if item not in moved])
        of_labels.append(items.of_labels[number])
        if number in cut:
            columns.append([going[item][0] for item in found if item in going])
            columns.append(
                [going[item][1] if item in going else item for item in found if item in going or item in moved]
            )
            of_labels += [False, False]
            starts.append(len(columns) - 1)
    rows = [range(start, end) for start, end in pairwise([*starts, len(columns)])]
    made = items.replace(columns=columns, of_labels=of_labels, chains=chains, labels=labels, count=count)
    return Folded(made, rows)


def _fences_around(items: FigureItems, inputs: Container[int]) -> set[int]:
    """The fences in columns where they have only inputs between them."""
    found: set[int] = set()
    column = {item: here for here in items.columns for item in here} if items.fences else {}
    for fence in items.fences:
        for top, bottom in fence.pairs():
            here = column[top]
            boxes = [item for item in here[here.index(top) : here.index(bottom)] if item < len(items.sizes)]
            if boxes and all(item in inputs for item in boxes):
                found |= {top, bottom}
    return found


def way_back(number: int, count: int, end: Point, start: Point, edges: tuple[float, float], low: float) -> list[Point]:
    """The corners of an arrow, the one of that number of so many that go on, from the end of a row to the start of
    another one, between the left and right edges of the rows; the upper row ends at `low`."""
    left, right = edges
    outer, inner = AIR + RETURN * (count - 1 - number), AIR + RETURN * number
    beyond, before = (outer, inner) if end[1] < start[1] else (inner, outer)
    channel = low + outer
    return [(right + beyond, end[1]), (right + beyond, channel), (left - before, channel), (left - before, start[1])]

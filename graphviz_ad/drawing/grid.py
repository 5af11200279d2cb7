"""Which panels of a sheet stand side by side: as many in a row as fit, and rather those of a kind."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from graphviz_ad.core.record import Record

ALONE = ("step", "chain", "adjoints", "trace", "plot", "rules")  # kinds of panels that have a row of their own
MANY = 12  # panels of a run, from which on each row simply holds as many as fit


class Slot(Record):
    """A panel as the grid sees it: its kind, forward or backward, and how wide it is."""

    kind: str
    width: float


RowRun = tuple[int, int]  # of panels, from the first up to another


def rows(cells: Sequence[Slot], room: float, between: float) -> list[RowRun]:
    """The rows of panels, which keep their order."""
    found: list[RowRun] = []
    for alone, run in groupby(range(len(cells)), key=lambda k: cells[k].kind in ALONE):
        places = list(run)
        first, last = places[0], places[-1] + 1
        found += [(k, k + 1) for k in places] if alone else _packed(cells, (first, last), room, between)
    return found


def _packed(cells: Sequence[Slot], run: RowRun, room: float, between: float) -> list[RowRun]:
    """The fewest rows that are no wider than the room; of several the ones that mix the fewest kinds, and then those
    whose widest is the narrowest."""

    def width(first: int, last: int) -> float:
        return sum(cell.width for cell in cells[first:last]) + between * (last - first - 1)

    def mixed(first: int, last: int) -> int:
        return len({cell.kind for cell in cells[first:last]}) - 1

    @cache
    def best(first: int) -> tuple[tuple[int, int, float], tuple[RowRun, ...]]:
        if first == run[1]:
            return (0, 0, 0.0), ()
        found = []
        for last in _ends(first):
            (count, kinds, widest), rest = best(last)
            cost = count + 1, kinds + mixed(first, last), max(widest, width(first, last))
            found.append((cost, ((first, last), *rest)))
        return min(found)

    def _ends(first: int) -> Iterator[int]:
        yield first + 1
        for last in range(first + 2, min(run[1], first + MANY) + 1):
            if width(first, last) > room:
                return
            yield last

    for first in range(run[1], run[0], -1):  # from the end, so that nothing recurses deeply
        best(first)
    return list(best(run[0])[1])

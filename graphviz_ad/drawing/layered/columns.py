"""The columns of a layered layout: one for each vertex, and in every column between the bends of long arrows."""

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record

MAX_ITEMS = 400_000  # bends among them; a figure of so many is nothing to look at

Ends = tuple[int, int]


class Columns(Record):
    """The items of each column, vertices first by number, then bends and labels; each arrow's items between its ends;
    and for each item those that it is joined to in the column before and in the one behind. `labels` has each arrow's
    label, if it has one; `rails` are the bends."""

    columns: list[list[int]]
    chains: list[list[int]]
    labels: list[int | None]
    before: list[list[int]]
    behind: list[list[int]]
    rails: frozenset[int]


def columns(count: int, ends: Sequence[Ends], labelled: Sequence[bool]) -> Columns:
    """The columns of a graph whose arrows run from vertices to later ones. With labels every second column is theirs.
    Raises AdgraphError where there is too much to place."""
    step = 2 if any(labelled) else 1
    place = _ranks(count, ends, step)
    where = list(place)
    chains: list[list[int]] = []
    labels: list[int | None] = []
    rails: dict[Ends, int] = {}  # the bend of a tail's rail in a column
    for (tail, head), label in zip(ends, labelled, strict=True):
        chain: list[int] = []
        for column in range(place[tail] + 1, place[head]):
            if label and column == place[head] - 1:  # of its own, beside what reads the value
                chain.append(len(where))
                where.append(column)
                continue
            if (tail, column) not in rails:
                rails[tail, column] = len(where)
                where.append(column)
            chain.append(rails[tail, column])
        if len(where) > MAX_ITEMS:
            raise AdgraphError("a figure with so many long arrows is too large to be laid out",
                               hint="draw one output (--of), or fewer views")  # fmt: skip
        chains.append(chain)
        labels.append(chain[-1] if label else None)
    found: list[list[int]] = [[] for _ in range(max(where, default=-1) + 1)]
    for item, column in enumerate(where):
        found[column].append(item)
    before: list[list[int]] = [[] for _ in where]
    behind: list[list[int]] = [[] for _ in where]
    joined: set[Ends] = set()
    for (tail, head), chain in zip(ends, chains, strict=True):
        for left, right in zip([tail, *chain], [*chain, head], strict=True):
            if (left, right) not in joined:
                joined.add((left, right))
                behind[left].append(right)
                before[right].append(left)
    return Columns(found, chains, labels, before, behind, frozenset(rails.values()))


def _ranks(count: int, ends: Sequence[Ends], step: int) -> list[int]:
    """The column of each vertex: as far left as it goes or, where that makes arrows no longer, beside its first reader.
    What is read once and reads nothing goes along with its reader, and a rail goes on anyway."""
    rank = [0] * count
    for tail, head in sorted(ends, key=lambda end: end[1]):
        rank[head] = max(rank[head], rank[tail] + step)
    tails: list[list[int]] = [[] for _ in range(count)]
    heads: list[list[int]] = [[] for _ in range(count)]
    for tail, head in ends:
        tails[head].append(tail)
        heads[tail].append(head)
    for vertex in range(count - 1, -1, -1):
        held = sum(bool(tails[tail]) and len(heads[tail]) == 1 for tail in tails[vertex])
        if heads[vertex] and held <= len(heads[vertex]):
            rank[vertex] = min(rank[head] for head in heads[vertex]) - step
    return rank

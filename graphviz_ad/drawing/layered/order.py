"""The order in each column: operands as they are read, from first to last, but where fewer arrows cross in another."""

from bisect import bisect_right, insort

from graphviz_ad.drawing.layered.columns import Columns

ROUNDS = 6
LARGE = 3000  # items from which on fewer rounds are made


def ordered(graph: Columns) -> list[list[int]]:
    """The columns in the order with the fewest crossings among those found by barycentres."""
    best = _as_read(graph)
    fewest = crossings(best, graph)
    here = best
    rounds = ROUNDS if len(graph.before) < LARGE else 2
    for number in range(rounds):
        if not fewest:
            break
        here = _swept(here, graph, backwards=bool(number % 2))
        count = crossings(here, graph)
        if count < fewest:
            best, fewest = here, count
    return best


def _as_read(graph: Columns) -> list[list[int]]:
    """Each column as a walk from the results back through the operands comes by: without crossings for a tree."""
    column = {item: number for number, items in enumerate(graph.columns) for item in items}
    found: list[list[int]] = [[] for _ in graph.columns]
    seen = [False] * len(graph.before)
    ends = [item for item, behind in enumerate(graph.behind) if not behind]
    stack = ends[::-1]
    while stack:
        item = stack.pop()
        if seen[item]:
            continue
        seen[item] = True
        found[column[item]].append(item)
        stack.extend(reversed(graph.before[item]))
    return found


def _swept(columns: list[list[int]], graph: Columns, backwards: bool) -> list[list[int]]:
    """Each column sorted by where its items' neighbours stand on average, column after column."""
    neighbours = graph.behind if backwards else graph.before
    made = [list(items) for items in columns]
    numbers = range(len(columns) - 2, -1, -1) if backwards else range(1, len(columns))
    place = {item: at for items in columns for at, item in enumerate(items)}
    for number in numbers:
        mean = {item: sum(map(place.__getitem__, near)) / len(near) if (near := neighbours[item]) else place[item]
                for item in made[number]}  # fmt: skip
        made[number].sort(key=mean.__getitem__)
        place.update((item, at) for at, item in enumerate(made[number]))
    return made


def crossings(columns: list[list[int]], graph: Columns) -> int:
    """How often arrows cross between neighbouring columns."""
    place = {item: at for items in columns for at, item in enumerate(items)}
    total = 0
    for items in columns:
        ends: list[int] = []
        for item in items:
            heads = sorted(place[head] for head in graph.behind[item])
            total += sum(len(ends) - bisect_right(ends, head) for head in heads)
            for head in heads:
                insort(ends, head)
    return total

"""The items of a figure: its vertices, the rails between them, and a lane for each label in columns of their own."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from graphviz_ad.core.record import Record
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.fences import Fence, fences_in
from graphviz_ad.drawing.layered.layers import Ends
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION, Item, again
from graphviz_ad.drawing.placement import Box, Link, Size


class FigureItems(Record):
    """Columns from top to bottom, each of labels or not. The first items are boxes of a `size`, each with its `key`.
    `chains` are the items of each arrow, its ends among them; `labels` which of these its label stands at; `fences`
    are those of groups."""

    columns: list[list[int]]
    of_labels: list[bool]
    keys: list[Item]
    sizes: list[Size]
    chains: list[list[int]]
    labels: list[int | None]
    count: int
    fences: tuple[Fence, ...] = ()

    def box(self, item: int) -> Size | None:
        """The size of an item that is a box."""
        return self.sizes[item] if item < len(self.sizes) else None


NO_RAILS: Mapping[tuple[int, int], Item] = MappingProxyType({})


def items_of(arrangement: Arrangement, boxes: Sequence[Box], links: Sequence[Link]) -> FigureItems:
    """The items of a figure that shows these boxes and arrows of an arrangement."""
    sizes: dict[Item, Size] = {}
    for box in boxes:
        sizes[box.node, ITSELF, ALL] = box.size
        if box.operation is not None:
            sizes[box.node, OPERATION, ALL] = box.operation
    kept = [items for items in arrangement.columns if any(item in sizes for item in items)]
    column = {item: number for number, items in enumerate(kept) for item in items}
    place = {item: at for items in kept for at, item in enumerate(items)}
    numbers = {item: number for number, item in enumerate(sizes)}
    count = len(numbers)
    stands: dict[int, tuple[int, ...]] = {number: (place[item],) for item, number in numbers.items()}
    found: list[list[int]] = [[] for _ in kept]
    for item, number in numbers.items():
        found[column[item]].append(number)
    rails_of = list(map(_rails, kept))
    drawn: set[Ends] = set()
    taken: set[tuple[Item, int]] = set()  # rails by readers that they lead to: of x·x, the second keeps apart
    rails: dict[tuple[int, int, int], int] = {}
    chains: list[list[int]] = []
    for link in links:
        operation = (link.head, OPERATION, ALL)
        head = operation if operation in sizes else (link.head, ITSELF, ALL)
        chain = [numbers[link.tail, ITSELF, ALL]]
        ends = (link.tail, link.head)
        wanted = [ends, (link.tail, ALL)]
        if ends in drawn:
            wanted.insert(0, (link.tail, again(link.head)))
        drawn.add(ends)
        hidden = -1 if operation == head else column.get(operation, -1)
        for at in range(column[link.tail, ITSELF, ALL] + 1, column[head]):
            # What is left out where an operation is not drawn goes on in its place.
            is_hidden = at == hidden
            there = NO_RAILS if is_hidden else rails_of[at]
            rail = None
            for asked in wanted:
                if (rail := there.get(asked)) is not None:
                    break
            key = (-1, len(chains), at) if rail is None or (rail, link.head) in taken else rail
            taken.add((key, link.head))
            if key not in rails:
                rails[key] = count
                stand_in = operation if is_hidden else head
                stands[count] = (place[rail],) if rail is not None else (place[stand_in], *stands[chain[-1]])
                found[at].append(count)
                count += 1
            chain.append(rails[key])
        chains.append([*chain, numbers[head]])
    fences = []
    for group, pairs in fences_in(kept, sizes).items():
        for key in (key for pair in pairs for key in pair):
            stands[count] = (place[key],)
            found[column[key]].append(count)
            count += 1
        fences.append(Fence(group, *(list(range(count - 2 * len(pairs) + side, count, 2)) for side in (0, 1))))
    columns = [sorted(items, key=lambda item: (stands[item], item)) for items in found]
    return _with_lanes(FigureItems(columns, [False] * len(columns), list(numbers), list(sizes.values()), chains,
                             [None] * len(links), count, tuple(fences)), links)  # fmt: skip


def _rails(column: Sequence[Item]) -> dict[tuple[int, int], Item]:
    """The rail of each node, to one of its readers or to all, in a column: neighbours of one node are one."""
    found: dict[tuple[int, int], Item] = {}
    last: Item | None = None
    for node, part, reader in column:
        if part < 0:
            last = None
            continue
        if last is None or last[0] != node:
            last = (node, part, reader)
        found[node, reader] = last
    return found


def _with_lanes(items: FigureItems, links: Sequence[Link]) -> FigureItems:
    """The items with columns for labels, where there are any, between those of boxes."""
    if not any(link.width for link in links):
        return items
    users: dict[int, int] = {}
    for chain in items.chains:
        for rail in chain[1:-1]:
            users[rail] = users.get(rail, 0) + 1
    place = {item: (at + 1) / (len(column) + 1) for column in items.columns for at, item in enumerate(column)}
    column_of = {item: number for number, column in enumerate(items.columns) for item in column}
    lanes: dict[tuple[int, ...], int] = {}
    gaps: list[list[tuple[int, int, int]]] = [[] for _ in items.columns[1:]]
    count = items.count
    chains, labels = [], []
    for number, (chain, link) in enumerate(zip(items.chains, links, strict=True)):
        own = all(users[rail] == 1 for rail in chain[1:-1])
        labelled = (len(chain) // 2 - 1 if own and len(chain) % 2 == 0 else len(chain) - 2) if link.width else None
        made = [chain[0]]
        for step, (left, right) in enumerate(pairwise(chain)):
            key = (left, right, number) if step == labelled else (left, right)
            if key not in lanes:
                lanes[key] = count
                gaps[column_of[left]].append((left, right, count))
                count += 1
            made += [lanes[key], right]
        chains.append(made)
        labels.append(None if labelled is None else 2 * labelled + 1)
    fences = []
    for fence in items.fences:
        lines = []
        for line in (fence.top, fence.bottom):
            made = [line[0]]
            for left, right in pairwise(line):
                gaps[column_of[left]].append((left, right, count))
                made += [count, right]
                count += 1
            lines.append(made)
        fences.append(Fence(fence.group, *lines))
    columns: list[list[int]] = []
    for boxes, gap in zip(items.columns, [*gaps, []], strict=True):
        between = _sorted(gap, place, len(items.sizes))
        columns += [boxes, _out_of_groups(between, {lane: ends for *ends, lane in gap}, place, fences)]
    columns.pop()
    return items.replace(columns=columns, of_labels=[number % 2 == 1 for number in range(len(columns))], chains=chains,
                         labels=labels, count=count, fences=tuple(fences))  # fmt: skip


def _out_of_groups(
    lanes: list[int], ends: Mapping[int, Sequence[int]], place: Mapping[int, float], fences: Sequence[Fence]
) -> list[int]:
    """The lanes of a column, where those that lead out of a group, or into it, run outside: a label is not in the box
    of what its arrow leaves."""
    for fence in reversed(fences):  # the inner ones first
        for top, bottom in fence.pairs():
            if top not in ends:
                continue
            start, end = lanes.index(top), lanes.index(bottom)
            sides = {lane: _side(ends[lane], ends[top], ends[bottom], place) for lane in lanes[start + 1 : end]}
            above, inside, below = ([lane for lane, side in sides.items() if side == k] for k in (-1, 0, 1))
            lanes = [*lanes[:start], *above, top, *inside, bottom, *below, *lanes[end + 1 :]]
    return lanes


def _side(ends: Sequence[int], tops: Sequence[int], bottoms: Sequence[int], place: Mapping[int, float]) -> int:
    """Where what joins two items leaves the room between two fences: above, below, or nowhere."""
    for item, top, bottom in zip(ends, tops, bottoms, strict=True):
        if not place[top] <= place[item] <= place[bottom]:
            return -1 if place[item] < place[top] else 1
    return 0


def _sorted(gap: Sequence[tuple[int, int, int]], place: Mapping[int, float], boxes: int) -> list[int]:
    """The lanes between two columns, each with the items that it joins: in the order of the side where more of these
    are rails, which then run on straight, or between the orders of both."""
    rails = [sum(ends[side] >= boxes for ends in gap) for side in (0, 1)]
    first, second = (1, 1) if rails[0] == rails[1] else (boxes, 1) if rails[0] > rails[1] else (1, boxes)
    return [lane for *_, lane in sorted(gap, key=lambda ends: (
        first * place[ends[0]] + second * place[ends[1]], place[ends[0]], ends[2]))]  # fmt: skip

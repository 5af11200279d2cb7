"""The items to be ordered: vertices, operations, rails of what is read in columns far away; and how they are joined."""

from collections import Counter
from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.layered.layers import Ends
from graphviz_ad.drawing.layered.order import Layering, Wish

Item = tuple[int, int, int]  # a node, and what of it: itself, the operation before it, or its rail in a column; to one
ITSELF, OPERATION = -1, -2  # of its readers, or
ALL = -1  # to all; or to one that reads it again (see below)
TOP, BOTTOM = -3, -4  # of a group, by its number, its fences in a column
MAX_ITEMS = 400_000  # rails among them; a figure of so many is nothing to look at

# What is read in columns far away has one rail, with a tap for each reader; or a branch for each through the column
# before it; or a rail for each, which is one with that beside it where they stand next to each other.
TAPS, BRANCHES, APART = range(3)


def again(reader: int) -> int:
    """What stands for a reader in the rail to its second operand, where that is the first one too, as in a·b·a."""
    return ALL - 1 - reader


def net_of(
    nodes: Sequence[int],
    lengths: Sequence[int],
    layer: Sequence[int],
    ends: Sequence[Ends],
    wishes: Mapping[int, Wish],
    rails: int,
    of_rails: bool = False,
) -> tuple[list[Item], Layering]:
    """All items, and how they are joined; rails have the wishes of their vertices, if they may."""
    items: dict[Item, int] = {}
    columns: list[list[int]] = [[] for _ in range(max(map(sum, zip(layer, lengths, strict=True)), default=0))]

    def item(node: int, part: int, column: int, reader: int = ALL) -> int:
        key = (node, part, reader)
        if key not in items:
            if len(items) == MAX_ITEMS:
                raise AdgraphError("a figure with so many long arrows is too large to be laid out",
                                   hint="draw one output (--of), or fewer views")  # fmt: skip
            items[key] = len(items)
            columns[column].append(items[key])
        return items[key]

    entry, leave = [], []
    joined: dict[Ends, int] = {}  # each with how many arrows it stands for
    arity = Counter(head for _, head in ends)
    for number, (node, length, column) in enumerate(zip(nodes, lengths, layer, strict=True)):
        leave.append(item(node, ITSELF, column + length - 1))
        entry.append(item(node, OPERATION, column) if length == 2 else leave[-1])
        if length == 2:  # one arrow forward, and backward one for each operand
            joined[entry[-1], leave[-1]] = max(1, (1 + arity[number]) // 2)
    readers = Counter((tail, column) for tail, head in set(ends) for column in (ALL, layer[head]))
    read: dict[int, list[int]] = {}
    rail: dict[int, list[int]] = {}  # of all, as far as it is made: other readers have the rest of it alone
    for tail, head in ends:
        operands = read.setdefault(head, [])
        is_again = tail in operands and operands[-1] != tail
        operands.append(tail)
        start = layer[tail] + lengths[tail]
        common = rail.setdefault(tail, [leave[tail]])
        made = 0 if is_again or rails == APART else max(0, min(len(common), layer[head] - start) - 1)
        here = common[made]
        for column in range(start + made, layer[head]):
            is_last = column == layer[head] - 1
            branches = rails == APART or (is_last and readers[tail, layer[head] if rails == TAPS else ALL] > 1)
            reader = again(nodes[head]) if is_again else nodes[head] if branches else ALL
            there = item(nodes[tail], column, column, reader)
            joined[here, there] = 1
            here = there
            if reader == ALL and column - start == len(common) - 1:
                common.append(here)
        joined[here, entry[head]] = 1
    before: list[list[int]] = [[] for _ in items]
    behind: list[list[int]] = [[] for _ in items]
    for (left, right), times in joined.items():
        behind[left] += [right] * times
        before[right] += [left] * times
    wish = [wishes.get(node) if part == ITSELF or (of_rails and part >= 0) else None for node, part, _ in items]
    return list(items), Layering(columns, before, behind, wish)

"""What is joined in a figure, and which of it is to be straight first."""

from collections.abc import Sequence
from itertools import pairwise

from graphviz_ad.drawing.layered.coordinates import Tie
from graphviz_ad.drawing.layered.items import FigureItems
from graphviz_ad.drawing.layered.net import ALL, ITSELF, OPERATION
from graphviz_ad.drawing.layered.units import askew

FENCE, SPINE, INSIDE, OTHER = range(4)  # what is straight first, where not all can be


def ties_of(items: FigureItems, spine: Sequence[int]) -> list[Tie]:
    """What is joined, and how urgently in a straight line: the spine, what is one arrow with its rail, the label and
    what it is read by, between layers the units that stand as far down, and else of operands the middle one."""
    boxes = len(items.sizes)
    number = {key: place for place, key in enumerate(items.keys)}
    operations = (node for node, part, _ in items.keys if part == OPERATION)
    inside = [(number[node, OPERATION, ALL], number[node, ITSELF, ALL]) for node in operations]
    kinds = dict.fromkeys(inside, INSIDE)
    on_spine = set(pairwise(spine))
    kinds |= dict.fromkeys(on_spine & kinds.keys(), SPINE)
    longest: dict[tuple[int, int], int] = {}
    for chain in items.chains:
        count = len(chain)
        for step in pairwise(chain):  # along a rail, those of all its readers
            if longest.get(step, 0) < count:
                longest[step] = count
        if (chain[0], chain[-1]) in on_spine:
            kinds |= dict.fromkeys(pairwise(chain), SPINE)
            on_spine.discard((chain[0], chain[-1]))  # of two arrows, x·x, one is straight
    joined = dict.fromkeys(inside) | longest
    before: list[list[int]] = [[] for _ in range(items.count)]
    behind: list[list[int]] = [[] for _ in range(items.count)]
    for left, right in joined:
        before[right].append(left)
        behind[left].append(right)
    order = [item for column in items.columns for item in column]
    depth, height, weight = [0] * items.count, [0] * items.count, [1.0] * items.count
    for item in order:
        depth[item] = max((depth[tail] for tail in before[item]), default=0) + (item < boxes)
        weight[item] += sum(weight[tail] / len(behind[tail]) for tail in before[item])
    for item in reversed(order):
        height[item] = max((height[head] for head in behind[item]), default=0) + (item < boxes)
    off = {(left, right): 1 + abs(before[right].index(left) - (len(before[right]) - 1) / 2) for left, right in joined}
    for leading, slant in askew(items, [*map(tuple, items.chains), *inside]).items():
        for step in pairwise(leading):
            off[step] = min(off[step], slant)
    lines = [Tie(*step, (FENCE,), 0.0) for fence in items.fences for line in (fence.top, fence.bottom)
             for step in pairwise(line)]  # fmt: skip
    bent = _into_groups(items)
    for left, right in joined:
        inner = longest[left, right] if left >= boxes and right >= boxes else 0
        kind = kinds.get((left, right), OTHER)
        rank = (kind, -inner, -(depth[left] + height[left]), off[left, right])
        lines.append(Tie(left, right, rank, weight[left], kind != SPINE and (left, right) in bent))
    return lines


def _into_groups(items: FigureItems) -> set[tuple[int, int]]:
    """Where what several groups read enters each of them: it climbs into the last one as into the others."""
    boxes = len(items.sizes)
    groups: dict[int, set[int]] = {}  # those around each item
    column = {item: found for found in items.columns for item in found} if items.fences else {}
    for number, fence in enumerate(items.fences):
        for top, bottom in fence.pairs():
            here = column[top]
            for item in here[here.index(top) : here.index(bottom)]:
                groups.setdefault(item, set()).add(number)
    entered: dict[int, dict[tuple[int, int], set[int]]] = {}  # by what is read: where, and which groups
    for chain in items.chains if groups else ():
        for left, right in pairwise(chain[1:]):
            if left >= boxes and (into := groups.get(right, set()) - groups.get(left, set())):
                entered.setdefault(chain[0], {})[left, right] = into
    return {pair for pairs in entered.values() if len(set().union(*pairs.values())) > 1 for pair in pairs}

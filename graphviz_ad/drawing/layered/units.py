"""Layers of units, each joined to all of the next layer: which of these arrows are level, from a layer's second unit to
the next one's second."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from graphviz_ad.drawing.layered.items import FigureItems

ItemChain = tuple[int, ...]  # of the items of an arrow
ChainsBeside = list[ItemChain]  # from unit to unit
ItemChains = Mapping[int, Sequence[ItemChain]]


def askew(items: FigureItems, chains: Iterable[ItemChain]) -> dict[ItemChain, float]:
    """Of the chains between two layers, how much further down each begins among those of its unit than it ends.

    What only passes something on is no unit; nor is what is read in one place beside units, as a weight is."""
    place = {item: at for column in items.columns for at, item in enumerate(column)}
    column = {item: number for number, found in enumerate(items.columns) for item in found}
    chains = dict.fromkeys(chains)
    behind = _at(sorted(chains, key=lambda chain: [place[item] for item in chain]), 0)
    before = _at(sorted(chains, key=lambda chain: [place[item] for item in reversed(chain)]), -1)
    before = {head: [chain for chain in found if chain[0] in before or len(behind[chain[0]]) > 1] or found
              for head, found in before.items()}  # fmt: skip
    ways = list(_ways(before, behind))
    whole = _whole(ways, column.__getitem__)
    made: dict[ItemChain, float] = {}
    for way in ways:
        leaving, reaching = behind[way[0][0]], before[way[-1][-1]]
        many = len(leaving) == len(reaching) > 1 or min(len(leaving), len(reaching)) > 2
        if many and way[0][0] in whole:
            made |= dict.fromkeys(way, abs(_share(leaving, way[0]) - _share(reaching, way[-1])))
    return made


def _at(chains: Iterable[ItemChain], end: int) -> dict[int, list[ItemChain]]:
    """The chains that have an item at their end."""
    found: dict[int, list[ItemChain]] = {}
    for chain in chains:
        found.setdefault(chain[end], []).append(chain)
    return found


def _ways(before: ItemChains, behind: ItemChains) -> Iterable[ChainsBeside]:
    """From each unit to each that it is joined to, over what passes on."""
    passing = {item for item, found in before.items() if len(found) == 1 == len(behind.get(item, ()))}
    for found in before.values():
        for chain in found:
            if chain[0] not in passing:
                way = [chain]
                while way[-1][-1] in passing:
                    way += behind[way[-1][-1]]
                yield way


def _whole(ways: Iterable[ChainsBeside], column: Callable[[int], int]) -> set[int]:
    """The units of layers that stand in one column and are joined to all units of another one."""
    heads, tails = _sets((way[0][0], way[-1][-1]) for way in ways), _sets((way[-1][-1], way[0][0]) for way in ways)
    whole: set[int] = set()
    for found in set(heads.values()):
        units = {tails[head] for head in found}
        alike = units.pop()
        if not units and all(heads[unit] == found for unit in alike) and len(set(map(column, alike))) == 1:
            whole |= alike
    return whole


def _sets(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: frozenset(others) for one, others in found.items()}


def _share(chains: Sequence[ItemChain], chain: ItemChain) -> float:
    """How far down a chain is among others, from 0 to 1."""
    return (chains.index(chain) + 0.5) / len(chains)

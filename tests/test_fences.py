"""Fences around groups: which arrows stand inside, and how much room a box takes."""

from __future__ import annotations

import pytest

from graphviz_ad.drawing.layered.groups import Cluster, _Fencing
from graphviz_ad.drawing.layered.net import ALL, BOTTOM, ITSELF, TOP, Item
from graphviz_ad.drawing.layered.order import Layering


def fencing(columns: str, joined: str, *groups: str) -> tuple[_Fencing, list[str]]:
    """`a b | a' c` are columns, a' the rail of a; `a>a'` joins two of them. Groups are given from the outer to the
    inner ones. With the names of the items."""
    words = [column.split() for column in columns.split("|")]
    names = [word for column in words for word in column]
    nodes = sorted({name.rstrip("'") for name in names})
    items: list[Item] = [(nodes.index(name.rstrip("'")), at if "'" in name else ITSELF, ALL)
                         for at, column in enumerate(words) for name in column]  # fmt: skip
    before: list[list[int]] = [[] for _ in names]
    behind: list[list[int]] = [[] for _ in names]
    for pair in joined.split():
        tail, head = map(names.index, pair.split(">"))
        behind[tail].append(head)
        before[head].append(tail)
    stand = [[names.index(name) for name in column] for column in words]
    held = [Cluster(members, frozenset(map(nodes.index, members.split())), number - 1)
            for number, members in enumerate(groups)]  # fmt: skip
    return _Fencing(items, Layering(stand, before, behind, [None] * len(names)), stand, held), names


def shown(made: _Fencing, names: list[str], at: int) -> str:
    """The items of a column, the fences of groups as brackets."""
    signs = {TOP: "([{", BOTTOM: ")]}"}
    found = [(item, made.items[item]) for item in made.order.columns[at]]
    return " ".join(signs[part][group] if part in signs else names[item] for item, (group, part, _) in found)


@pytest.mark.parametrize(
    ("columns", "joined", "groups", "inside", "found"),
    [
        # The rail of a would cross the fence behind it, but for being in the box of what it leads to.
        ("a b | a' c | d e", "a>a' a'>e b>c c>d", ["c d e"], False, "( a' c )"),
        ("b a | c a' | d e", "a>a' a'>d b>c c>e", ["c d e"], False, "( c a' )"),
        # It enters one box after the other.
        ("a b | a' c | d e", "a>a' a'>e b>c c>d", ["c d e", "c e d"], False, "( [ a' c ] )"),
        ("b a | c a' | d e", "a>a' a'>d b>c c>e", ["c d e", "c e d"], False, "( [ c a' ] )"),
        # Where both begin a column earlier it enters them anywhere alike: it stays outside as long as it can,
        ("a b | a' c | d e", "a>a' a'>d b>c c>e", ["b c d e"], False, "a' ( c )"),
        # and leaves them for nothing.
        ("a b | a' c | d e", "a>a' a'>d b>c c>e", ["b c d e"], True, "a' ( c )"),
        ("b a | c a' | d e", "a>a' a'>e b>c c>d", ["b c d e"], True, "( c ) a'"),
        ("a b | a' c | d e", "a>a' a'>d b>c c>e", ["b c d e", "b c d e"], True, "a' ( [ c ] )"),
        ("b a | c a' | d e", "a>a' a'>e b>c c>d", ["b c d e", "b c d e"], True, "( [ c ] ) a'"),
        # What stands between it and a fence is in its way.
        ("b a f | c a' f' | d e", "a>a' a'>e b>c c>d f>f' f'>e", ["b c d e"], True, "( c a' f' )"),
        ("f a b | f' a' c | d e", "a>a' a'>d b>c c>e f>f' f'>d", ["b c d e"], True, "( f' a' c )"),
    ],
)
def test_a_rail_hops_into_a_box_or_out_of_it(columns, joined, groups, inside, found):
    """From column to column the lines of a fence are dear to cross."""
    made, names = fencing(columns, joined, *groups)
    made.begin(inside)
    (rail,) = (item for item in made.free if names[item] == "a'")
    while made._has_hopped(rail, 1):
        assert made.order.columns[1] == made.column(1)
    assert shown(made, names, 1) == found

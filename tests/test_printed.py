"""Derivatives beside those that open textbooks and course notes print: the same values, and hardly ever longer."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest

from graphviz_ad.core.formula import Expression, Formula
from graphviz_ad.core.graph import Graph
from graphviz_ad.derive.differentiate import requested
from graphviz_ad.notation.signs import Signs
from graphviz_ad.notation.write import write
from tests.conftest import graph, plain, system
from tests.exact import exact
from tests.printed import PRINTED, Printed


@cache
def ours(entry: Printed) -> Formula:
    """The derivative as we print it: the last side of its chain."""
    whole = graph(entry.system)
    asked = requested(entry.derivative, whole)
    assert asked is not None
    here = system(entry.system, of=(asked.of,))
    (chain,) = (
        chain
        for chain in (here.chains(False) if len(asked.wrts) == 1 else here.higher(len(asked.wrts)))
        if plain(chain.equations[0].sides[0]).replace("∂", "d") == str(asked).replace("∂", "d")
    )
    return chain.equations[-1].sides[-1]


def printed(entry: Printed) -> Graph:
    return graph("printed = " + entry.result)


@cache
def ratio(entry: Printed) -> float:
    """The signs and symbols of our derivative to those of the printed one."""
    return write(ours(entry), Signs()) / write(Expression(printed(entry)), Signs())


def share(within: Callable[[float], bool]) -> float:
    return sum(within(ratio(entry)) for entry in PRINTED) / len(PRINTED)


@pytest.mark.parametrize("entry", PRINTED, ids=lambda entry: f"{entry.system}, {entry.derivative}")
def test_ours_is_the_printed_derivative(entry):
    here, there = graph("ours = " + plain(ours(entry))), printed(entry)
    names = [node.name for node in (*here.nodes, *there.nodes) if node.op == "input"]
    compared = 0
    for scale in (Fraction(1, 7), Fraction(2, 7), Fraction(3, 7)):
        at = {name: scale + Fraction(place, 11) for place, name in enumerate(dict.fromkeys(names))}
        found, wanted = exact(here, at), exact(there, at)
        if found is not None and wanted is not None:
            compared += 1
            assert abs(found - wanted) < 1e-40 * max(1, abs(wanted))
    assert compared


@pytest.mark.parametrize("entry", PRINTED, ids=lambda entry: f"{entry.system}, {entry.derivative}")
def test_none_is_twice_as_long_without_a_reason(entry):
    assert ratio(entry) <= 2 or entry.longer


def test_hardly_any_is_longer():
    assert len(PRINTED) >= 120
    assert share(lambda ratio: ratio <= 1) > 0.85
    assert share(lambda ratio: ratio <= 1.25) > 0.95

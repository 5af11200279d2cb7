"""Brackets among tokens."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.text.cutting import statements
from graphviz_ad.read.text.nesting import arguments, closing, order_at, split
from graphviz_ad.read.text.tokens import Token


def tokens(source: str) -> list[Token]:
    (found,) = statements(source)
    return found


def texts(parts: list[list[Token]]) -> list[str]:
    return ["".join(token.text for token in part) for part in parts]


@pytest.mark.parametrize(
    ("source", "at", "place"),
    [
        ("f(x, (y))", 1, 7),
        ("f(x, (y))", 4, 6),
        ("f(x)", 0, 0),  # no bracket
    ],
)
def test_the_place_of_the_bracket_that_closes_one(source, at, place):
    assert closing(tokens(source), at) == place


def test_a_bracket_that_is_not_closed_ends_behind_the_last_token():
    assert closing(tokens("f(x)")[:3], 1) == 3


def test_the_arguments_of_a_call_are_divided_at_its_own_commas():
    assert texts(arguments(tokens("f(x, g(y, z), w) + h(u, v)"), 1)) == ["x", "g(y,z)", "w"]


def test_sides_are_divided_at_equals_signs_that_are_in_no_bracket():
    assert texts(split(tokens("y = [x = 1]*x = z"), lambda token: token.text == "=")) == ["y", "[x=1]*x", "z"]


@pytest.mark.parametrize(
    ("behind", "order", "end"),
    [("y", 1, 1), ("^2 y", 2, 3), ("² y", 2, 2), ("^{2} y", 2, 5), ("^{(2)} y", 2, 7), ("", 1, 1)],
)
def test_the_order_behind_the_d_of_a_derivative(behind, order, end):
    assert order_at(tokens(f"d {behind}"), 1) == (order, end)


@pytest.mark.parametrize("behind", ["^0 y", "^9 y", "^n y", "^{2+1} y", "^2.5 y", "⁹ y", "^999 y"])
def test_orders_that_are_refused(behind):
    with pytest.raises(AdgraphError, match="order"):
        order_at(tokens(f"d {behind}"), 1)

"""Records: what they are equal to, and what they refuse."""

import pickle
from decimal import Decimal
from fractions import Fraction

import pytest

from graphviz_ad.core.formula import Blank, Product, Sum, Variable
from graphviz_ad.core.graph import CONST, Graph, Node
from graphviz_ad.core.record import Record


class Point(Record):
    x: int
    y: int = 0

    def mirrored(self) -> "Point":
        return Point(self.y, self.x)


class Place(Record):
    x: int
    y: int = 0


def number(value):
    return Graph((Node(CONST, (), value),), (0,))


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (Point(1), Point(1, 0), True),
        (Point(1), Point(x=1), True),
        (Point(1), Point(2), False),
        (Point(1), Place(1), False),  # of another kind
        (Point(1), (1, 0), False),
        (Sum((Variable("x"),)), Product((Variable("x"),)), False),
        (Variable("x"), Blank(Variable("x")), False),
        (number(3), number(Decimal("3.0")), False),  # as they are written
        (number(Decimal("3.0")), number(Decimal("3.00")), False),
        (number(Decimal("0.5")), number(Fraction(1, 2)), False),
        (number(Decimal("0.5")), number(Decimal("0.5")), True),
    ],
)
def test_equality_knows_the_kind_and_the_spelling(one, other, equal):
    assert (one == other) is equal
    assert len({one, other}) == (1 if equal else 2)


def test_a_record_is_frozen():
    point = Point(1, 2)
    for change in (lambda: setattr(point, "x", 3), lambda: setattr(point, "z", 3), lambda: delattr(point, "x")):
        with pytest.raises(AttributeError, match="a Point is frozen"):
            change()
    assert point == Point(1, 2)


def test_a_record_is_made_again_with_changes():
    assert Point(1, 2).replace(y=5) == Point(1, 5)
    assert Point(1, 2).mirrored() == Point(2, 1)
    assert pickle.loads(pickle.dumps(Point(1, 2))) == Point(1, 2)
    assert repr(Point(1)) == "Point(x=1, y=0)"
    with pytest.raises(TypeError):
        Point(1).replace(z=1)


def test_fields_are_checked_when_a_record_is_made():
    for wrong in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2)):
        with pytest.raises(TypeError):
            wrong()


def test_fields_are_matched_by_place():
    match Point(1, 2):
        case Place():
            raise AssertionError("it is a Point")
        case Point(x, y):
            assert (x, y) == (1, 2)

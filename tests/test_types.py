"""Nodes with a type: the shape of a value, attributes of its operation, and where it comes from."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Builder, Graph, Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS

VECTOR, MATRIX = Type((3,)), Type((2, 3))


def variable(name, type_of=NUMBER):
    return Node(INPUT, (), None, Name(name), None, type_of)


@pytest.mark.parametrize(
    ("op", "given", "made"),
    [
        ("add", [NUMBER, NUMBER], NUMBER),
        ("add", [VECTOR, VECTOR], VECTOR),
        ("mul", [NUMBER, MATRIX], MATRIX),  # numbers go with every shape
        ("tanh", [MATRIX], MATRIX),
        ("max", [Type(("n",)), Type(("n",))], Type(("n",))),
    ],
)
def test_an_operation_knows_the_shape_that_it_makes(op, given, made):
    inputs = tuple(variable(f"x_{place}", one) for place, one in enumerate(given))
    args = tuple(range(len(given)))
    assert Graph((*inputs, Node(op, args, type=made)), (len(given),)).nodes[-1].type is made
    with pytest.raises(AdgraphError, match=f"{op} makes .*, not 7 × 7"):
        Graph((*inputs, Node(op, args, type=Type((7, 7)))), (len(given),))


def test_shapes_that_do_not_go_together():
    with pytest.raises(AdgraphError, match="add: shapes 3 and 2 × 3 do not go together"):
        Graph((variable("x", VECTOR), variable("W", MATRIX), Node("add", (0, 1), type=VECTOR)), (2,))


def test_the_rule_of_a_shape_is_a_fact_of_the_operation_and_has_its_attributes(monkeypatch):
    row = OPS["copy"].replace(name="trim", shape=lambda shape, axis: shape[:axis] + shape[axis + 1 :])
    monkeypatch.setitem(OPS, "trim", row)
    trimmed = Node("trim", (0,), type=Type((2,), (("axis", 1),)))
    assert Graph((variable("W", MATRIX), trimmed), (1,)).nodes[1].type.shape == (2,)
    with pytest.raises(AdgraphError, match="trim makes 3, not 2"):
        Graph((variable("W", MATRIX), trimmed.replace(type=Type((2,), (("axis", 0),)))), (1,))


def test_what_makes_two_nodes_equal_is_not_where_they_come_from():
    layer = Type(scope=("layer 1", "t = 2"))
    assert Node(CONST, (), 2, type=layer) == Node(CONST, (), 2)
    assert Node(CONST, (), 2, type=VECTOR) != Node(CONST, (), 2)


def test_a_graph_that_is_inlined_keeps_its_types():
    builder = Builder()
    x = builder.keep(variable("x", VECTOR))
    body = (variable("u", VECTOR), Node("tanh", (0,), type=Type((3,), scope=("f",))))
    assert builder.nodes[builder.inline(body, lambda node: x)[1]].type == Type((3,), scope=("f",))

"""What is too long to be written in one piece is written with named parts, which are listed beneath."""

import json
import operator
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from graphviz_ad import differentiate, draw, evaluate
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.cli.main import main
from graphviz_ad.core.formula import Definition, Equality, Label, Variable, variables
from graphviz_ad.core.graph import needed_by
from graphviz_ad.core.names import Name
from graphviz_ad.derive.edge_derivatives import edge_derivatives
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.derive.parts import definitions, whole
from graphviz_ad.derive.pieces import PIECE
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from graphviz_ad.point.evaluation import slopes
from tests.conftest import graph, system


def sines(depth: int, inside: str = "x") -> str:
    return f"y = {'sin(' * depth}{inside}{')' * depth}"


def horner(degree: int) -> str:
    text = "x"
    for k in range(1, degree):
        text = f"({text})*x + {k}"
    return f"y = {text}"


def said(lines: tuple[Equality, ...]) -> list[str]:
    return [write(line, Plain()) for line in lines]


@pytest.mark.parametrize(
    ("source", "label", "legend"),
    [
        (sines(4), "dy/dx = cos(sin(sin(sin(x))))*cos(sin(sin(x)))*cos(sin(x))*cos(x)", []),  # short: in one piece
        (
            sines(13),
            "dy/dx = cos(sin(u_9))*cos(u_9)*cos(u_8)*cos(u_7)*cos(u_6)*cos(u_5)*cos(u_4)*cos(u_3)*cos(u_2)*cos(u_1)"
            "*cos(sin(sin(x)))*cos(sin(x))*cos(x)",
            ["u_1 = sin(sin(sin(x)))", *(f"u_{k} = sin(u_{k - 1})" for k in range(2, 10))],
        ),
        # a letter of the reader's is not taken, nor that of values without a name
        (sines(13, "u"), "dy/du = cos(sin(w_9))", ["w_1 = sin(sin(sin(u)))", "w_2 = sin(w_1)"]),
        (sines(13, "v_2"), "dy/dv_2 = cos(sin(w_9))", ["w_1 = sin(sin(sin(v_2)))"]),
        (sines(13, "w*u"), "∂y/∂w = u*q_12", ["q_1 = sin(w*u)"]),
    ],
)
def test_a_long_derivative_is_written_with_parts(source, label, legend):
    diagram = system(source).backward(False)
    assert diagram.arrows[0].label is not None
    assert write(diagram.arrows[0].label, Plain()).startswith(label)
    assert said(diagram.legend)[: len(legend)] == legend
    assert bool(diagram.legend) == bool(legend)
    assert diagram.notes == ()


def test_only_parts_that_are_mentioned_are_defined_and_those_that_these_mention():
    algebra = Algebra()
    _ = edge_derivatives(graph_view(graph(sines(13)), False), algebra)
    assert len(algebra.parts) == 9
    assert said(definitions(algebra, ["u_2"])) == ["u_1 = sin(sin(sin(x)))", "u_2 = sin(u_1)"]


# ---- their values


def value_of(formula: Equality, parts: tuple[Equality, ...], at: dict[str, float]) -> float:
    """The value of the last side, each part computed from what is printed of it."""
    known = dict(at)

    def computed(line: Equality) -> float:
        made = graph("result = " + write(line.sides[-1], Plain()))
        return values(made, known)[made.outputs[0]]

    for part in parts:
        variable = part.sides[0]
        assert isinstance(variable, Variable)
        known[variable.name] = computed(part)
    return computed(formula)


STEPS = ("sin({})", "tanh({})*x", "({})*w + x", "exp(-({})^2)", "w/(1 + ({})^2)", "({})*({})", "sqrt(1 + ({})^2)",
         "cos(x)*({}) - {}", "sigmoid({})", "({} + {})^3/8")  # fmt: skip


@st.composite
def long_equations(draw_from: st.DrawFn) -> str:
    """Equations of one piece, whose derivatives are long."""
    text = "x"
    for step in draw_from(st.lists(st.sampled_from(STEPS), min_size=6, max_size=10)):
        text = step.replace("{}", text) if len(text) < 400 else f"sin({text})*w + x"
    return f"y = {text}"


POINT = {"x": 0.4, "w": 0.7}


@settings(max_examples=25, deadline=None)
@given(long_equations())
def test_every_label_with_its_parts_has_the_value_of_the_derivative(source: str):
    asked = system(source)
    diagram = asked.backward(False)
    found = asked.graph
    at = {found.name(index): POINT[found.name(index)] for index in found.inputs()}
    view, known = asked.graph_views.simplified, values(found, at)
    seen = {name: known[node] for node, name in view.names.items()}
    slope, _ = slopes(view, known)
    parts = tuple(line for line in diagram.legend if variables(line.sides[0]) <= asked.algebra.parts.keys())
    for arrow in diagram.arrows:
        assert isinstance(arrow.label, Label)
        assert arrow.label.value is not None
        right = slope[arrow.tail, arrow.head]
        assert value_of(arrow.label, parts, seen) == pytest.approx(right, rel=1e-9, abs=1e-12)
    assert all(asked.algebra.size[part] <= PIECE for part in asked.algebra.parts.values())


@pytest.mark.parametrize(
    "source",
    [
        sines(15),
        sines(40),
        horner(30),
        "y = " + "*".join(f"sin(x + {n})" for n in range(40)),
        sines(14, "a*x^2") + "; a = x^3",
    ],
)
def test_the_chain_with_its_parts_has_the_value_of_the_derivative(source):
    asked = system(source)
    (chain,) = asked.chains(False)
    (parts,) = asked.parts([chain])
    at = {"x": 0.3}
    seen = {
        node.name: value for node, value in zip(asked.graph.nodes, values(asked.graph, at), strict=True) if node.name
    }
    slope = gradient(asked.graph, asked.graph.outputs[0], at)[Name("x")]
    assert value_of(chain.equations[-1], parts.equations, seen) == pytest.approx(slope, rel=1e-9)


def test_an_expression_with_parts_can_be_written_without_them():
    asked = system(sines(20))
    (edge,) = asked.edge_derivatives.simplified.values()
    assert edge.total is not None
    made = whole(asked.algebra, [edge.total])
    assert [node.name for node in made.nodes if node.name] == ["x"]
    assert len(made.nodes) < 3 * 20 + 20  # its graph, not its tree
    slope = gradient(asked.graph, asked.graph.outputs[0], {"x": 0.3})[Name("x")]
    assert values(made, {"x": 0.3})[made.outputs[0]] == pytest.approx(slope, rel=1e-12)


def test_expressions_without_parts_are_one_graph_that_has_what_they_share_once():
    asked = system(sines(20, "x*w"))
    totals = [edge.total for edge in asked.edge_derivatives.simplified.values() if edge.total is not None]
    alone = [whole(asked.algebra, [total]) for total in totals]
    together = whole(asked.algebra, totals)
    assert len(totals) == 2
    assert len(together.nodes) < 1.2 * max(len(graph.nodes) for graph in alone)
    point = {"x": 0.3, "w": 0.7}
    found = values(together, point)
    assert [found[node] for node in together.outputs] == [values(one, point)[one.outputs[0]] for one in alone]


def test_no_expressions_are_an_empty_graph():  # where every derivative is too long
    assert whole(system(sines(2)).algebra, []).nodes == ()


@pytest.mark.parametrize(
    ("roots", "kept"),
    [
        ([3], "x w mul sin"),  # all: the nodes themselves, in their places
        ([1], "w"),
        ([2, 0], "x w mul"),
    ],
)
def test_the_graph_of_what_roots_need(roots, kept):
    nodes = graph("y = sin(x*w)").nodes
    made = needed_by(nodes, roots)
    assert " ".join(node.name if node.op == "input" else node.op for node in made.nodes) == kept
    assert [made.nodes[root] for root in made.outputs] == [nodes[root] for root in roots]
    if len(made.nodes) == len(nodes):
        assert all(map(operator.is_, made.nodes, nodes))


def test_a_derivative_of_a_long_derivative():
    source, step = sines(14), 1e-5
    first = differentiate(source, "y", "x")
    second = differentiate(first, "dy/dx", "x")

    def slope(x: float) -> float:
        return evaluate(source, at={"x": x}).gradient["y"]["x"]

    found = list(evaluate(second, at={"x": 0.3}).values.values())[-1]
    assert found == pytest.approx((slope(0.3 + step) - slope(0.3 - step)) / (2 * step), rel=1e-6)


# ---- where they are said


@pytest.mark.parametrize("words", [["derive"], ["show", "--view", "chain"], ["derive", "--format", "latex"],
                                   ["derive", "--format", "markdown"], ["derive", "--format", "typst"],
                                   ["derive", "--at", "x=0.3"], ["show", "--view", "backward-simplified"]])  # fmt: skip
def test_no_part_is_mentioned_that_is_not_said(words):
    printed = CliRunner().invoke(main, [*words, sines(13)]).output
    spelled = re.sub(r"attach\(italic\((u)\), b: (\d+)\)", r"u_\2", printed.replace("{", "").replace("}", ""))
    spelled = spelled.translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))
    mentioned = set(re.findall(r"u_?\d+", spelled))
    assert mentioned == set(re.findall(r'(u_?\d+) *&?= *(?:sin|\\sin|op\("sin)', spelled))
    assert len(mentioned) == 9


@pytest.mark.parametrize("format_name", ["svg", "html", "tex", "dot", "mermaid"])
@pytest.mark.parametrize("view", ["backward-simplified", "chain"])
def test_every_format_has_parts(format_name, view):
    assert draw(sines(13), views=[view]).to(format_name)


def test_json_has_them_in_the_legend_and_behind_the_chain():
    figure = draw(sines(13), views=["backward-simplified"])
    (panel,) = json.loads(str(figure.to("json")))["panels"]
    assert [line["plain"] for line in panel["legend"]][:2] == ["u_1 = sin(sin(sin(x)))", "u_2 = sin(u_1)"]
    (panel,) = json.loads(str(draw(sines(13), views=["chain"]).to("json")))["panels"]
    assert panel["chains"][-1]["equations"][0]["sides"][0]["plain"] == "u_1"
    both = json.loads(str(draw(sines(13), views=["backward-simplified", "chain"]).to("json")))["panels"]
    assert len(both[1]["chains"]) == 1  # the legend says them


def test_they_come_with_the_derivatives_and_are_boxes_in_exercises():
    figure = draw(sines(13), views=["chain"])
    assert len(figure.frames()) >= 1
    empty, filled = figure.exercise()
    assert "sin(u" not in str(empty)
    assert "sin(u" in str(filled)


def test_the_library_checks_them():
    done = CliRunner().invoke(main, ["check", sines(18), "--at", "x=0.3"])
    assert done.exit_code == 0
    assert done.output.count("—") == 0  # each method has a value


def test_kept_functions_have_their_parameters():
    """u is a parameter of a function that is kept, and no name for a part."""
    asked = system("f(u) = u^2 + 1; y = " + "sin(" * 13 + "f(x)" + ")" * 13, keep_functions=True)
    assert all(isinstance(line, Definition) for line in asked.backward(False).legend)
    assert not any(name.startswith("u") for name in asked.algebra.parts)

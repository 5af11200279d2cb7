"""Adjoints that several chains share are listed once, with numbers that the other lines refer to."""

import json
from itertools import count

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from graphviz_ad import draw
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.cli.main import main
from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import Derivative, Expression, Formula, Product, Sum
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.derive.chain_system import FEW, on_the_way, system_of
from graphviz_ad.derive.edge_derivatives import edge_derivatives
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.derive.shared import TIMES
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.evaluate import adjoints, values
from tests.conftest import graph, lines, system
from tests.course_systems import SYSTEMS

NETWORK = """
s_1 = w_1*x_1 + w_2*x_2 + b_1
s_2 = w_3*x_1 + w_4*x_2 + b_2
h_1 = tanh(s_1)
h_2 = tanh(s_2)
y = w_5*h_1 + w_6*h_2 + b_3
L = (y - t)^2
"""
WEIGHTS = ("w_1", "w_2", "b_1", "w_3", "w_4", "b_2", "w_5", "w_6", "b_3")


def test_a_network_reads_as_backpropagation_on_paper():
    assert lines(system(NETWORK, wrt=WEIGHTS).listing(False)) == [
        "(1) dL/dy = 2*(y - t)",
        "(2) dL/dh_1 = dL/dy*∂y/∂h_1 = 2*(y - t) * w_5 = 2*w_5*(y - t)  by (1)",
        "(3) dL/dh_2 = dL/dy*∂y/∂h_2 = 2*(y - t) * w_6 = 2*w_6*(y - t)  by (1)",
        "(4) dL/ds_1 = dL/dh_1*dh_1/ds_1 = 2*w_5*(y - t) * (1 - h_1^2) = 2*w_5*(y - t)*(1 - h_1^2)  by (2)",
        "(5) dL/ds_2 = dL/dh_2*dh_2/ds_2 = 2*w_6*(y - t) * (1 - h_2^2) = 2*w_6*(y - t)*(1 - h_2^2)  by (3)",
        "∂L/∂w_1 = dL/ds_1*∂s_1/∂w_1 = 2*w_5*(y - t)*(1 - h_1^2) * x_1 = 2*x_1*w_5*(y - t)*(1 - h_1^2)  by (4)",
        "∂L/∂w_2 = dL/ds_1*∂s_1/∂w_2 = 2*w_5*(y - t)*(1 - h_1^2) * x_2 = 2*x_2*w_5*(y - t)*(1 - h_1^2)  by (4)",
        "∂L/∂b_1 = dL/ds_1*∂s_1/∂b_1 = 2*w_5*(y - t)*(1 - h_1^2) * 1 = 2*w_5*(y - t)*(1 - h_1^2)  by (4)",
        "∂L/∂w_3 = dL/ds_2*∂s_2/∂w_3 = 2*w_6*(y - t)*(1 - h_2^2) * x_1 = 2*x_1*w_6*(y - t)*(1 - h_2^2)  by (5)",
        "∂L/∂w_4 = dL/ds_2*∂s_2/∂w_4 = 2*w_6*(y - t)*(1 - h_2^2) * x_2 = 2*x_2*w_6*(y - t)*(1 - h_2^2)  by (5)",
        "∂L/∂b_2 = dL/ds_2*∂s_2/∂b_2 = 2*w_6*(y - t)*(1 - h_2^2) * 1 = 2*w_6*(y - t)*(1 - h_2^2)  by (5)",
        "∂L/∂w_5 = dL/dy*∂y/∂w_5 = 2*(y - t) * h_1 = 2*h_1 * (y - t)  by (1)",
        "∂L/∂w_6 = dL/dy*∂y/∂w_6 = 2*(y - t) * h_2 = 2*h_2 * (y - t)  by (1)",
        "∂L/∂b_3 = dL/dy*∂y/∂b_3 = 2*(y - t) * 1 = 2*(y - t)  by (1)",
    ]  # fmt: skip


def test_lines_keep_the_name_of_an_adjoint_that_is_long():
    deep = "; ".join(f"s_{k} = w_{k}*h_{k - 1} + b_{k}; h_{k} = tanh(s_{k})" for k in (1, 2, 3))
    listed = lines(system(f"{deep}; L = (h_3 - t)^2").listing(False))
    assert listed[3:6] == [
        "(4) dL/ds_2 = dL/dh_2*dh_2/ds_2 = 2*w_3*(h_3 - t)*(1 - h_3^2) * (1 - h_2^2)  by (3)",
        "(5) dL/dh_1 = dL/ds_2*∂s_2/∂h_1 = dL/ds_2*w_2  by (4)",
        "(6) dL/ds_1 = dL/dh_1*dh_1/ds_1 = dL/dh_1 * (1 - h_1^2)  by (5)",
    ]
    assert "∂L/∂b_1 = dL/ds_1*∂s_1/∂b_1 = dL/ds_1*1 = dL/ds_1  by (6)" in listed


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("y=2x^3+3; z=y^2", {}),  # the reference example
        ("y=sin(a*x+b); z=y^2", {}),
        ("L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z); z=w*x+b", {}),
        ("c=a+b; d=b+1; e=c*d", {}),
        (NETWORK, {"wrt": ("w_1",)}),  # one chain shares nothing with itself
        (NETWORK, {"wrt": ("w_5", "w_6", "b_3")}),
    ],
)
def test_where_little_is_repeated_chains_stay_chains(source, asked):
    here = system(source, **asked)
    assert here.listing(False) == here.chains(False)


@pytest.mark.parametrize(("layers", "listed"), [(1, False), (2, False), (3, True), (6, True)])
def test_the_rule_is_how_often_a_relation_would_be_repeated(layers, listed):
    """At least twice as many relations as differ, and these are more than a few."""
    source = "h_0 = tanh(w_0*x + b_0)" + "".join(
        f"; h_{k} = tanh(w_{k}*h_{k - 1} + b_{k})" for k in range(1, layers + 1)
    )
    here = system(source)
    different = layers + 2 * layers + 3
    repeated = layers + sum(2 * (layers - k + 1) for k in range(layers + 1)) + 1
    assert (here.listing(False) != here.chains(False)) is listed
    assert (different >= FEW and repeated >= TIMES * different - layers) is listed


# ---- the listing is right


def value(formula: Formula, known: dict[str, float], bars: dict[Derivative, float]) -> float:
    """The value of a side; the value of a derivative is that of its line."""
    match formula:
        case Derivative():
            return bars[formula]
        case Expression(graph):
            names = {node.name or UNNAMED for node in graph.nodes if node.op == INPUT}
            return values(graph, {name: known[name] for name in names})[graph.outputs[0]]
        case Sum(terms):
            return sum(value(term, known, bars) for term in terms)
        case Product(factors):
            result = 1.0
            for factor in factors:
                result *= value(factor, known, bars)
            return result
    raise AssertionError(formula)


def check(here: System, listing: tuple[Chain, ...]) -> None:
    """Every side of every line is the adjoint, and every line refers to those that have its factors."""
    graph = here.graph
    at = {graph.name(index): 0.3 + 0.1 * place for place, index in enumerate(graph.inputs())}
    found = values(graph, at)
    known = {name: found[node] for node, name in here.graph_views.simplified.names.items()}
    known |= {node.name: number for node, number in zip(graph.nodes, found, strict=True) if node.name}
    bars: dict[Derivative, float] = {}
    marks: dict[Derivative, int] = {}
    for chain in listing:
        (line,) = chain.lines
        right = adjoints(graph, graph.places[chain.of], found)[line.node]
        for side in (line.performed, *line.results):
            if side is not None:
                assert value(side, known, bars) == pytest.approx(right, rel=1e-9, abs=1e-12)
        assert line.by == tuple(sorted({marks[f.derivative] for path in line.paths for f in path if not f.arrow}))
        assert all(mark < line.mark or not line.mark for mark in line.by)
        if line.mark:
            bars[line.total], marks[line.total] = right, line.mark
    assert sorted(marks.values()) == list(range(1, len(marks) + 1))


@st.composite
def networks(drawn: st.DrawFn) -> str:
    """Layers, each of whose values reads some of the layer before, with weights of its own."""
    sizes = drawn(st.lists(st.integers(1, 3), min_size=3, max_size=4))
    number, before, text = count(1), ["x_1", "x_2"], []
    for layer, size in enumerate(sizes):
        here = [f"h_{{{layer},{k}}}" for k in range(size)]
        for name in here:
            read = drawn(st.lists(st.sampled_from(before), min_size=1, max_size=3, unique=True))
            inside = " + ".join(f"w_{next(number)}*{each}" for each in read)
            text.append(f"{name} = {drawn(st.sampled_from(('tanh', 'sigmoid', 'sin', 'exp')))}({inside})")
        before = here
    return "; ".join([*text, f"L = ({'+'.join(before)} - t)^2"])


@settings(max_examples=25, deadline=None)
@given(networks(), st.sampled_from(["auto", "partial", "d"]))
def test_every_line_of_random_networks_is_the_adjoint(source, symbol):
    here = system(source, symbol=symbol)
    listing = here.listing(False)
    if listing != here.chains(False):
        check(here, listing)
        assert {(chain.of, chain.wrt) for chain in here.chains(False)} <= {(c.of, c.wrt) for c in listing}


def test_several_outputs_are_numbered_on():
    here = system(NETWORK + "M = (y + t)^2\n", wrt=WEIGHTS)
    listing = here.listing(False)
    check(here, listing)
    assert [chain.of for chain in listing if chain.lines[0].mark] == ["L"] * 5 + ["M"] * 5


def test_what_is_asked_for_may_be_on_the_way():
    listing = system(NETWORK, wrt=(*WEIGHTS, "h_1", "x_1")).listing(False)
    assert [chain.wrt for chain in listing].count("h_1") == 1
    check(system(NETWORK, wrt=(*WEIGHTS, "h_1", "x_1")), listing)


def test_nodes_on_the_way_lead_to_what_is_differentiated_by():
    """Not to a, which z depends on as well."""
    view = graph_view(graph("y = a*x; z = y*a"), False)
    algebra = Algebra()
    here = system_of(view, algebra, edge_derivatives(view, algebra), [view.graph.places["x"]], "auto")
    y, z = (view.graph.places[name] for name in "yz")
    assert on_the_way(here, z) == {y: [z], view.graph.places["x"]: [y]}


def test_what_does_not_depend_is_zero():
    listing = system(NETWORK + "c = q*w_1\n", wrt=(*WEIGHTS, "q")).listing(False)
    (last,) = (chain for chain in listing if chain.of == "L" and chain.wrt == "q")
    assert lines([last]) == ["∂L/∂q = 0"]
    assert last.notes == ("L does not depend on q",)


# ---- in every medium


WRT = ("--wrt", ",".join(WEIGHTS))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["derive", "--width", "80"], "  (2) ─── = ── · ─── = 2(y − t) · w₅ = 2w₅(y − t)  by (1)"),
        (["derive", "--format", "latex"], r"(1)\quad \frac{\mathrm{d}L}{\mathrm{d}y} &= 2(y - t)"),
        (["derive", "--format", "latex"], r"\quad \text{by (1)}"),
        (["derive", "--format", "markdown"], r"\quad \text{by (1)}"),
        (["derive", "--format", "typst"], 'quad upright("by (1)")'),
        (["show", "--view", "chain"], "by (1)"),
        (["draw", "--view", "chain", "--alt"], "line 2: the derivative of L with respect to h sub 1 is"),
        (["draw", "--view", "chain", "--alt"], "by line 1"),
    ],
)
def test_lines_refer_to_others(words, said):
    assert said in CliRunner().invoke(main, [*words, NETWORK, *WRT]).output


@pytest.mark.parametrize("format_name", ["svg", "html", "tex", "dot", "mermaid", "json"])
def test_every_format_has_the_listing(format_name):
    assert "by" in str(draw(NETWORK, views=["chain"], wrt=WEIGHTS).to(format_name))


def test_json_has_the_numbers():
    (panel,) = json.loads(str(draw(NETWORK, views=["chain"], wrt=WEIGHTS).to("json")))["panels"]
    (second,) = panel["chains"][1]["equations"]
    assert second["number"] == 2
    assert second["by"] == [1]
    assert [side["plain"] for side in second["sides"]] == [
        "dL/dh_1",
        "dL/dy*∂y/∂h_1",
        "2*(y - t) * w_5",
        "2*w_5*(y - t)",
    ]


def test_frames_show_what_a_line_is_made_by_at_its_end():
    first, *_, last = draw(NETWORK, views=["chain"], wrt=WEIGHTS).frames()
    assert "by (1)" not in str(first)
    assert "by (1)" in str(last)


def test_numbers_are_put_into_the_lines():
    at = dict.fromkeys(("w_1", "w_2", "b_1", "w_3", "w_4", "b_2", "w_5", "w_6", "b_3", "x_1", "x_2", "t"), 0.5)
    listing = system(NETWORK, wrt=WEIGHTS, at=at).listing(False)
    assert all(chain.lines[0].number is not None for chain in listing)


def test_a_term_that_is_zero_is_left_out():
    """The variance does not change with the mean, dv/dm = 0: a term of the rule, none of what it is worth."""
    here = system(SYSTEMS["batch norm of three"] + "; L = y_1^2", wrt=("x_1", "m"))
    (line,) = (chain.lines[0] for chain in here.adjoints() if (chain.of, chain.wrt) == ("L", "m"))
    assert (len(line.by), write(line.performed, Plain())) == (1, "dL/dn_1*(-(1/s))")
    (chain,) = (chain for chain in here.chains(False) if (chain.of, chain.wrt) == ("L", "x_1"))
    rule, performed = (write(side, Plain()) for side in (chain.lines[0].unperformed, chain.lines[0].performed))
    assert rule.endswith(" + dL/dy_1*dy_1/dn_1*∂n_1/∂s*ds/dv*∂v/∂m*dm/dx_1")
    assert performed == ("2*y_1*g*(1/s) + 2*y_1*g*(-(1/s))*(1/3) + 2*y_1*g*(-(n_1/s))*(1/(2*s)) * (2*(x_1 - m)/3)")

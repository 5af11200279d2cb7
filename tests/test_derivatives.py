"""Local derivatives and chains: systems beside what a textbook says, and SymPy as the judge."""

import pytest
import sympy
from hypothesis import example, given
from hypothesis import strategies as st

from graphviz_ad.core.formula import Equality, Label
from graphviz_ad.core.graph import Builder
from graphviz_ad.core.names import as_name
from graphviz_ad.derive.chain import _many
from graphviz_ad.derive.edge_derivatives import reading_order
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from tests.conftest import graph, lines, plain, system
from tests.strategies import SYMBOLS, Pair, points, systems, value


def chain(source: str, full: bool = False, **asked: object) -> list[str]:
    return lines(system(source, **asked).chains(full))


@pytest.mark.parametrize(
    ("source", "wrt", "said"),
    [
        ("y=2x^3+3; z=y^2", "x", "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)"),
        ("y=sin(2x+3); z=y^2", "x", "dz/dx = dz/dy*dy/dx = 2*y * 2*cos(2*x + 3) = 4*sin(2*x + 3)*cos(2*x + 3)"),
        ("y=sin(a*x+b); z=y^2", "", "∂z/∂a = dz/dy*∂y/∂a = 2*y * x*cos(a*x + b) = 2*x*sin(a*x + b)*cos(a*x + b)\n"
                                    "∂z/∂x = dz/dy*∂y/∂x = 2*y * a*cos(a*x + b) = 2*a*sin(a*x + b)*cos(a*x + b)\n"
                                    "∂z/∂b = dz/dy*∂y/∂b = 2*y * cos(a*x + b) = 2*sin(a*x + b)*cos(a*x + b)"),
        ("y=sin(a*x+b); z=y^2", "x", "dz/dx = dz/dy*dy/dx = 2*y * a*cos(a*x + b) = 2*a*sin(a*x + b)*cos(a*x + b)"),
        ("y=sigmoid(w*x+b); L=(y-t)^2", "w", "dL/dw = dL/dy*dy/dw"
         " = 2*(y - t) * x*y*(1 - y)"
         " = 2*x*sigmoid(w*x + b)*(sigmoid(w*x + b) - t)*(1 - sigmoid(w*x + b))"),
        ("e=(a+b)*(b+1)", "", "∂e/∂a = b + 1\n∂e/∂b = (b + 1) + (a + b) = a + 2*b + 1"),
        ("y=0*x+0*x", "", "dy/dx = 0"),
        ("y=x^x", "", "dy/dx = x^x + x^x*log(x) = x^x*(log(x) + 1)"),
        ("f=x*y+sin(x)", "", "∂f/∂x = y + cos(x)\n∂f/∂y = x"),
        ("p=1/(1+exp(-x))", "", "dp/dx = p*(1 - p) = exp(-x)/(1 + exp(-x))^2"),
        ("y=u/v", "", "∂y/∂u = 1/v\n∂y/∂v = -(u/v^2)"),
        ("y=(2x+1)/(x^2+1)", "", "dy/dx = 2/(x^2 + 1) - 2*x*(2*x + 1)/(x^2 + 1)^2"
                                 " = 2*(1 - x - x^2)/(x^2 + 1)^2"),
        ("y=sin(x)/x", "", "dy/dx = cos(x)/x - sin(x)/x^2 = (x*cos(x) - sin(x))/x^2"),
        ("u=sin(x); v=cos(x); y=u/v", "", "dy/dx = ∂y/∂u*du/dx + ∂y/∂v*dv/dx = 1/v*cos(x) - y/v*(-sin(x))"
                                          " = y^2 + 1 = sec(x)^2"),
        ("y=x/sqrt(1+x^2)", "", "dy/dx = 1/sqrt(1 + x^2) - x^2/sqrt(1 + x^2)^3 = 1/sqrt(1 + x^2)^3"),
        ("p=exp(-x^2/(2*s^2))/(s*sqrt(2*pi))", "s", "dp/ds = x^2*exp(-(x^2/(2*s^2)))/(sqrt(2*pi)*s^4)"
         " - exp(-(x^2/(2*s^2)))/(sqrt(2*pi)*s^2) = p*(x^2 - s^2)/s^3"
         " = (x^2 - s^2)*exp(-(x^2/(2*s^2)))/(sqrt(2*pi)*s^4)"),
        ("y=x*exp(x)", "", "dy/dx = exp(x) + x*exp(x) = (x + 1)*exp(x)"),
        ("y=tanh(x)", "", "dy/dx = 1 - y^2 = 1 - tanh(x)^2"),
        ("y=log(x)", "", "dy/dx = 1/x"),
        ("y=x^n", "", "∂y/∂x = n*x^(n - 1)\n∂y/∂n = x^n*log(x)"),
        ("y=e^x", "", "dy/dx = e^x"),
        # a sum of exponentials is balanced over what was written: no 6e^(2x) - 4e^x + 1 over e^(3x)
        ("y=(6-e^(-2x))/(e^(-x)-2)", "", "dy/dx = 2*e^(-2*x)/(e^(-x) - 2) + (6 - e^(-2*x))*e^(-x)/(e^(-x) - 2)^2"
                                         " = (6*e^x + e^(-x) - 4)/(e^(2*x)*(e^(-x) - 2)^2)"),
        ("y=2^x", "", "dy/dx = y*log(2) = 2^x*log(2)"),
        ("y=x", "", "dy/dx = 1"),
        ("y=x+x", "", "dy/dx = 1 + 1 = 2"),
        ("y=x; z=y", "", "dz/dx = dz/dy*dy/dx = 1*1 = 1"),
        ("y=relu(x)", "", "dy/dx = [x > 0]"),
        ("y=max(x, 0)", "", "dy/dx = [x > 0]"),
        ("y=max(0, x)", "", "dy/dx = [x > 0]"),
        ("y=min(x, 0)", "", "dy/dx = [x < 0]"),
        ("y=min(0, x)", "", "dy/dx = [x < 0]"),
        ("c=2; y=max(c, x)", "", "dy/dx = [x > c] = [x > 2]"),
        ("y=max(x, x)", "", "dy/dx = [x >= x] + [x > x] = 1"),
        ("y=[x<1]*x", "", "dy/dx = [x < 1]"),
        ("y=[1>x]*x", "", "dy/dx = [1 > x]"),
        ("y=[x<=a]*x", "x", "dy/dx = [x <= a]"),
        ("y=x^2; z=w^2", "", "dy/dx = 2*x\ndy/dw = 0\ndz/dx = 0\ndz/dw = 2*w"),
        ("c=2; y=c*x", "", "dy/dx = c = 2"),
        # no side only orders the summands of another
        ("J=1/2*(tanh(x)-y)^2", "y", "dJ/dy = y - tanh(x)"),
        ("J=u+k*w; u=log(1+exp(-m)); m=w*x", "w",
         "dJ/dw = ∂J/∂u*du/dm*dm/dw + ∂J/∂w = 1 * (-(1/(exp(m) + 1))) * x + k = k - x/(exp(w*x) + 1)"),
    ],
)  # fmt: skip
def test_chains_of_the_simplified_graph(source, wrt, said):
    assert chain(source, wrt=tuple(wrt)) == said.split("\n")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y=sin(2x+3); z=y^2", "dz/dx = dz/dy*dy/dv_2*dv_2/dv_1*dv_1/dx = 2*y*cos(v_2)*1*2"
                               " = 4*sin(2*x + 3)*cos(2*x + 3)"),
        ("e=(a+b)*(b+1)", "∂e/∂a = ∂e/∂v_1*∂v_1/∂a = v_2*1 = b + 1\n"
                          "∂e/∂b = ∂e/∂v_1*∂v_1/∂b + ∂e/∂v_2*dv_2/db = v_2*1 + v_1*1"
                          " = (b + 1) + (a + b) = a + 2*b + 1"),
        ("p=1/(1+exp(-x))", "dp/dx = dp/dv_3*dv_3/dv_2*dv_2/dv_1*dv_1/dx = -(1/v_3^2)*1*exp(v_1)*(-1)"
                            " = exp(-x)/(1 + exp(-x))^2"),
    ],
)  # fmt: skip
def test_chains_of_the_full_graph_have_a_factor_for_each_operation(source, said):
    assert chain(source, full=True) == said.split("\n")


def test_what_does_not_depend_has_the_derivative_0_and_says_so():
    found = system("y = x^2; z = w^2").chains(False)
    assert [(c.of, c.wrt, c.notes) for c in found if plain(c.equations[0]).endswith("= 0")] == [
        ("y", "w", ("y does not depend on w",)),
        ("z", "x", ("z does not depend on x",)),
    ]


@pytest.mark.parametrize(
    ("symbol", "said"),
    [
        ("auto", "∂y/∂a = x"),
        ("d", "dy/da = x"),
        ("partial", "∂y/∂a = x"),
    ],
)
def test_the_symbol(symbol, said):
    assert chain("y = a*x", symbol=symbol)[0] == said


def test_the_other_inputs_are_parameters():
    """With respect to x alone, y depends on one variable only."""
    assert chain("y = a*x + b", wrt=("x",)) == ["dy/dx = a"]


def test_the_total_derivative_is_not_the_partial_one_that_is_part_of_it():
    assert chain("w=x*t; z=x*w")[0].startswith("dz/dx = ∂z/∂x + ∂z/∂w*∂w/∂x = ")


def test_many_paths_are_factored_adjoint_by_adjoint():
    source = "y1 = x + sin(x); y2 = y1*y1 + y1; " + "; ".join(f"y{n + 1} = y{n} + y{n - 1}" for n in range(2, 12))
    (found,) = system(source).chains(False)
    assert found.notes == ("144 paths: factored, adjoint by adjoint, in the order of backpropagation",)
    said = lines([found])
    assert said[:3] == [
        "dy12/dy11 = ∂y12/∂y11 = 1",
        "dy12/dy10 = dy12/dy11*∂y11/∂y10 + ∂y12/∂y10 = dy12/dy11*1 + 1",
        "dy12/dy9 = dy12/dy10*∂y10/∂y9 + dy12/dy11*∂y11/∂y9 = dy12/dy10*1 + dy12/dy11*1",
    ]
    assert said[-1] == "dy12/dx = dy12/dy1*dy1/dx = dy12/dy1 * (1 + cos(x))"


@pytest.mark.parametrize(
    ("layers", "said"),
    [(40, "1,099,511,627,776 paths"), (60, "more than 10^18 paths"), (15_000, "more than 10^4515 paths")],
)
def test_paths_are_counted_as_far_as_anybody_reads_the_number(layers, said):
    assert f"{_many(2**layers)} paths" == said


def test_2_to_the_40_paths_are_counted_and_not_walked():
    source = "; ".join(f"y{n + 1} = y{n}*y{n} + y{n}*sin(y{n})" for n in range(40))
    (found,) = system(source).chains(True)
    assert "factored" in found.notes[0]
    assert len(found.equations) > 40


def test_long_products_keep_named_intermediates_and_say_so():
    source = "y1 = sin(x)*cos(x) + exp(x)*log(x); " + "; ".join(
        f"y{n + 1} = sin(y{n})*exp(y{n}) + y{n}^2*cos(y{n})" for n in range(1, 4)
    )
    (found,) = system(source).chains(False)
    assert found.notes
    assert len(lines([found])[0]) < 3000


def test_derivatives_too_long_even_for_parts_are_left_unperformed():
    source = "y = " + "*".join(f"sin(x_{n})" for n in range(800))  # 800 products of 800 factors
    diagram = system(source).backward(False)
    assert {plain(arrow.label) for arrow in diagram.arrows} == {f"∂y/∂x_{n}" for n in range(800)}
    assert "too long" in diagram.notes[0]


# ---- judged by SymPy


def evaluated(formula: object, at: dict[str, float]) -> float:
    """The value of a formula's last side, read back from its plain text."""
    assert isinstance(formula, Equality)
    return values(form := graph("result = " + plain(formula.sides[-1])), at)[form.outputs[0]]


def named(here: System, at: dict[str, float]) -> dict[str, float]:
    """The values of the vertices, by their names."""
    found = values(here.graph, at)
    return {name: found[node] for node, name in here.graph_views.full.names.items()}


@given(systems(), points)
def test_multiplied_out_chains_have_the_value_of_the_derivative(equations: list[Pair], at: dict[str, float]):
    source = "; ".join(pair.text for pair in equations)
    oracle = {f"y{number + 1}": pair.oracle for number, pair in enumerate(equations)}
    known = named(system(source), at)
    for full in (False, True):
        here = system(source)
        chains = here.chains(full)
        for chain in () if here.algebra.parts else chains:  # those in pieces have tests of their own
            if any("too long" in note or "factored" in note or "written with" in note for note in chain.notes):
                continue
            derivative = sympy.diff(oracle[chain.of], SYMBOLS[chain.wrt])
            expected = value(derivative, at)
            assert evaluated(chain.equations[-1], known) == pytest.approx(expected, rel=1e-7, abs=1e-8), (
                source,
                chain.wrt,
            )


FACTORS = st.sampled_from(
    ["x", "a", "(1 - x)", "(x - 1)", "(b - x)", "(a - x)", "(b - 2*x)", "(1 - x)^2", "(b - x)^2", "2", "3"]
)
TERMS = st.lists(FACTORS, min_size=1, max_size=3).map("*".join)
DIFFERENCES = st.lists(TERMS, min_size=2, max_size=4).flatmap(
    lambda terms: st.lists(st.sampled_from("+-"), min_size=len(terms) - 1, max_size=len(terms) - 1).map(
        lambda signs: terms[0] + "".join(map("".join, zip(signs, terms[1:], strict=True)))
    )
)


@given(DIFFERENCES, st.sampled_from(["-u", "b - u", "-2*u", "1 - u", "-u^2", "u/(1 - x)"]))
@example("a-b*(1-x)*(2-x)", "-2*u")  # the sign of a flipped factor was lost
@example("a-(1-x)^2*(1-x)", "b - u")
def test_every_side_of_a_chain_has_its_value(inner: str, outer: str):
    """Also where minus signs go into differences: −(b − x)(1 − x) is (x − b)(1 − x)."""
    here = system(f"u = {inner}; z = {outer}")
    at = {"a": 1.3, "b": 0.7, "x": 0.4}
    found = values(here.graph, at)
    known = {node.name: value for node, value in zip(here.graph.nodes, found, strict=True) if node.name is not None}
    for chain in here.chains(False):
        (equation,) = chain.equations
        wanted = gradient(here.graph, here.graph.outputs[0], at)[chain.wrt]
        for side in equation.sides[2:]:
            form = graph("result = " + plain(side))
            assert values(form, known)[form.outputs[0]] == pytest.approx(wanted, rel=1e-9, abs=1e-9), plain(side)


@given(systems(), points)
def test_adjoints_have_the_value_of_the_derivative(equations: list[Pair], at: dict[str, float]):
    nodes = graph("; ".join(pair.text for pair in equations))
    oracle = {f"y{number + 1}": pair.oracle for number, pair in enumerate(equations)}
    for output in nodes.outputs:
        for wrt, adjoint in gradient(nodes, output, at).items():
            expected = value(sympy.diff(oracle[nodes.nodes[output].name], SYMBOLS[wrt]), at)
            assert adjoint == pytest.approx(expected, rel=1e-8, abs=1e-9)


@given(systems(), points)
def test_the_sum_over_the_paths_is_the_adjoint(equations: list[Pair], at: dict[str, float]):
    """The edges' derivatives, multiplied along each path and added up, are what reverse accumulation finds."""
    source = "; ".join(pair.text for pair in equations)
    asked = system(source)
    if asked.shows_numbers:
        return  # y1 = 0 states a value, and labels have numbers
    cut, algebra = asked.graph_views.full, asked.algebra
    found = values(asked.graph, at)
    known = {name: found[node] for node, name in cut.names.items()}
    edges = {}
    for arrow in asked.backward(True).arrows:
        if isinstance(arrow.label, Label) and arrow.label.value is not None:
            edges[arrow.tail, arrow.head] = evaluated(arrow.label, known)
    if len(edges) < len(asked.edge_derivatives.full):
        return  # one is too long to write out
    for output in asked.graph.outputs:
        adjoints = gradient(asked.graph, output, at)
        for source_node in asked.graph.inputs():
            total = sum_over_paths(edges, output, source_node)
            assert total == pytest.approx(adjoints[cut.names[source_node]], rel=1e-8, abs=1e-8)
    assert algebra.terms


def sum_over_paths(edges: dict[tuple[int, int], float], of: int, wrt: int) -> float:
    if of == wrt:
        return 1.0
    return sum(v * sum_over_paths(edges, head, wrt) for (tail, head), v in edges.items() if tail == of)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("y=0.5*x; z=x/2", ["0.5", "1/2"]),
        ("y=x/2; z=0.5*x", ["1/2", "0.5"]),
        ("y=x^0.5; z=x^(1/2)", ["0.5/x^0.5", "1/(2*x^(1/2))"]),
        ("y=2.50*x; z=2.5*x", ["2.50", "2.5"]),
    ],
)
def test_a_number_is_written_as_it_was_in_its_own_equation(source, shown):
    assert [write(chain.equations[-1].sides[-1], Plain()) for chain in system(source).chains(False)] == shown


def test_each_operand_has_its_place_inreading_order_also_where_a_part_is_read_twice():
    """y = u² v + v, where u = sin(v) and v = cos(x) are not named: each is walked once, where it is read first."""
    build = Builder()
    v = build.add("cos", (build.add("input", name=as_name("x")),))
    u = build.add("sin", (v,))
    product = build.add("mul", (build.add("mul", (u, u)), v))
    y = build.add("add", (product, v), name=as_name("y"))
    places = reading_order(graph_view(build.build((y,)), False), y)
    assert [f"{build.nodes[node].op} {k}" for node, k in sorted(places, key=places.__getitem__)] == [
        "add 0", "mul 0", "mul 0", "sin 0", "cos 0", "mul 1", "mul 1", "add 1",
    ]  # fmt: skip
    assert len(set(places.values())) == len(places)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("y = 0^x", ["dy/dx = 0"]),
        ("c = 0; y = c^x", ["dy/dx = 0"]),
        ("y = 0^(x*a) + x", ["∂y/∂x = 1", "∂y/∂a = 0"]),
        ("y = 0^2; z = x", ["dy/dx = 0", "dz/dx = 1"]),
    ],
)
def test_a_power_of_zero_has_no_logarithm_in_its_derivative(source, expected):
    assert lines(system(source).chains(False)) == expected


LONG_SUM = "s = " + " + ".join(f"sin(a_{k}*x)" for k in range(12))


@pytest.mark.parametrize(
    ("source", "asked", "count", "notes"),
    [
        ("y = x^2; z = 3*y", {}, 1, ()),
        ("y = x*sin(x); z = y + y*x", {"max_paths": 2}, 1, ()),  # as many as may be multiplied out
        ("y = x*sin(x); z = y + y*x", {"max_paths": 1}, 2,
         ("2 paths: factored, adjoint by adjoint, in the order of backpropagation",)),
        (f"{LONG_SUM}; y = s^2", {"wrt": ("x",), "write": "inputs"}, 1, ("written with s, for length",)),
        (f"{LONG_SUM}; y = s^2", {"wrt": ("x",)}, 1, ()),  # it has the names that it is asked to have
        ("y = x^2; z = 3*y", {"write": "inputs"}, 1, ()),
        ("y = 0*x + 0*x", {}, 1, ()),  # 0 once
    ],
)  # fmt: skip
def test_notes_on_a_chain(source, asked, count, notes):
    (found,) = system(source, **asked).chains(False)
    assert len(found.equations) == count
    assert found.notes == notes

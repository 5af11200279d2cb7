"""Functions of the reader's own: written out, kept as operations, abstract; and what is said of mistakes in them."""

import math

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.text.equations import read
from tests.conftest import lines, plain, system

KEPT = Request(keep_functions=True)


def read_as(source: str, reading: Request = NOTHING_ASKED) -> str:
    return "; ".join(plain(equation) for equation in equations(graph_view(read(source, reading).graph, False)))


def chain(source: str, **reading: object) -> list[str]:
    return lines(system(source, **reading).chains(False))


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("f(u) = u^2 + 1; y = f(3x)", "y = (3*x)^2 + 1"),
        ("y = f(3x); f(u) = u^2 + 1", "y = (3*x)^2 + 1"),
        ("f(u) = a*u; y = f(x) + f(2x)", "y = a*x + a*(2*x)"),
        ("f(u) = u*u; y = f(sin(x))", "y = sin(x)*sin(x)"),
        ("f(u, v) = u/v; y = f(x + 1, 2)", "y = (x + 1)/2"),
        ("f(u) = g(u)^2; g(v) = v + 1; y = f(2x)", "y = (2*x + 1)^2"),
        ("f(u) = g(u); g(u) = u + 1; y = f(2x)", "y = 2*x + 1"),
        ("f(x) = x + 1; y = f(f(x))", "y = x + 1 + 1"),
        ("sigmoid(u) = 1/(1 + exp(-u)); y = sigmoid(w*x)", "y = 1/(1 + exp(-(w*x)))"),
        ("w_1(t) = t^2; y = w1(2t)", "y = (2*t)^2"),
        # no name is taken for the parameter of another function
        ("f(x) = x + c; g(c) = f(c) + c; y = g(5)", "y = 5 + c + 5"),
        ("c = 3a; f(x) = x*c; g(c) = f(2) + c; y = g(5)", "c = 3*a; y = 2*c + 5"),
        ("f(x) = x + k; k = 2; g(k) = k*f(k); y = g(t)", "k = 2; y = t*(t + k)"),
        ("f(x) = x^2; g(f) = f + f(x); y = g(3)", "f = x^2; y = 3 + f"),
        ("f(u) = u^2; y = f (3x)", "y = (3*x)^2"),
        # a function that is called with its own parameters alone is a variable
        ("f(x) = x^2", "f = x^2"),
        ("y(x) = 2x; z(x) = y(x)^2", "y = 2*x; z = y^2"),
        ("L(w, b) = (p(w, b) - t)^2; p(w, b) = w*x + b", "p = w*x + b; L = (p - t)^2"),
    ],
)
def test_definitions_are_written_out(typed, written_out):
    assert read_as(typed) == written_out


def test_kept_functions_are_operations():
    assert read_as("f(u) = u^2 + 1; y = f(3x)", KEPT) == "f(u) = u^2 + 1; y = f(3*x)"
    diagram = system("f(u, v) = u^2*v; y = f(3x, t)", keep_functions=True).backward(False)
    assert [plain(line) for line in diagram.legend] == ["f_{,1}(u, v) = 2*u*v", "f_{,2}(u, v) = u^2"]


@pytest.mark.parametrize(
    ("source", "functions", "expected"),
    [
        ("y = f(g(x))", ("f", "g"), ["dy/dx = f'(g(x))*g'(x)"]),
        ("u = g(x); y = f(u)", ("f", "g"), ["dy/dx = dy/du*du/dx = f'(u)*g'(x) = f'(g(x))*g'(x)"]),
        ("y = f(g(x), h(x))", ("f", "g", "h"),
         ["dy/dx = f_{,1}(g(x), h(x)) * g'(x) + f_{,2}(g(x), h(x)) * h'(x)"]),
        ("y = f(x)^2", ("f",), ["dy/dx = 2*f(x)*f'(x)"]),
        ("y = f(x)*g(x)", ("f", "g"), ["dy/dx = f'(x)*g(x) + f(x)*g'(x)"]),
        ("y = f(x)/g(x)", ("f", "g"), ["dy/dx = f'(x)/g(x) - f(x)*g'(x)/g(x)^2 = (f'(x)*g(x) - f(x)*g'(x))/g(x)^2"]),
        ("y = f'(x)", ("f",), ["dy/dx = f''(x)"]),
        ("y = f_{,1}(x, x)", ("f",), ["dy/dx = f_{,1,1}(x, x) + f_{,1,2}(x, x)"]),
        ("y = phi(2x)", ("phi",), ["dy/dx = 2*phi'(2*x)"]),
    ],
)  # fmt: skip
def test_abstract_functions(source, functions, expected):
    assert chain(source, functions=functions) == expected


@pytest.mark.parametrize(
    ("op", "latex", "typst", "terminal"),
    [
        ("f(x)", "f(x)", "italic(f) \\( italic(x) \\)", "f(x)"),
        ("f'(x)", "f'(x)", "attach(italic(f), t: prime) \\( italic(x) \\)", "f′(x)"),
        ("f''''(x)", "f^{(4)}(x)", "attach(italic(f), t: \\( 4 \\)) \\( italic(x) \\)", "f⁽⁴⁾(x)"),
        (
            "f_{,2}(x, z)",
            "\\partial_2 f(x, z)",
            "attach(partial, b: 2) italic(f) lr((italic(x), italic(z)))",
            "∂₂f(x, z)",
        ),
    ],
)
def test_how_they_are_set(op, latex, typst, terminal):
    (equation,) = equations(graph_view(read(f"y = {op}", Request(functions=("f",))).graph, False))
    side = equation.sides[1]
    assert write(side, Latex()) == latex
    assert write(side, Typst()) == typst
    assert write(side, Unicode()).lines == (terminal,)


def test_a_variable_before_a_bracket_has_a_dot():
    (equation,) = equations(graph_view(read("y = f*(x + 1)").graph, False))
    assert write(equation, Latex()) == r"y = f \cdot (x + 1)"


@pytest.mark.parametrize("source", ["f(u) = sin(u)*u; y = f(3x)^2", "f(u, v) = u^v; y = f(x, 2x) + f(2, x)"])
def test_values_of_kept_functions(source):
    kept, written_out = (read(source, Request(keep_functions=keep)).graph for keep in (True, False))
    for graph in (kept, written_out):
        assert graph.outputs
    at = {"x": 1.3}
    assert math.isclose(values(kept, at)[kept.outputs[0]], values(written_out, at)[written_out.outputs[0]])
    assert math.isclose(
        gradient(kept, kept.outputs[0], at)["x"], gradient(written_out, written_out.outputs[0], at)["x"]
    )


@pytest.mark.parametrize(
    ("source", "at", "expected"),
    [
        ("f(u) = u^2*sin(u); y = f(3x)", 1.0, lambda x: 9 * (2 * math.sin(3 * x) + 12 * x * math.cos(3 * x)
                                                              - 9 * x**2 * math.sin(3 * x))),
        ("f(u, v) = u^2*v^3; y = f(3x, x)", 1.0, lambda x: 180 * x**3),
        ("g(u) = exp(u); f(u) = g(2u)*u; y = f(x)", 0.5, lambda x: 4 * math.exp(2 * x) * (1 + x)),
        ("f(u) = u^3; y = f(2x)", 0.0, lambda x: 48 * x),
        ("f(u) = u; y = f(2x)", 1.0, lambda x: 0.0),
        ("f(u) = 7; y = f(2x)*x^2", 1.0, lambda x: 14.0),
    ],
)  # fmt: skip
def test_higher_derivatives_of_kept_functions_have_values(source, at, expected):
    asked = system(source, keep_functions=True, of=("d^2y/dx^2",), at={"x": at})
    assert asked.evaluation.values["d^2y/dx^2"] == pytest.approx(expected(at), abs=1e-12)
    (derived,) = asked.evaluation.gradient.values()
    step = 1e-5
    assert derived["x"] == pytest.approx((expected(at + step) - expected(at - step)) / (2 * step), rel=1e-6, abs=1e-6)


def test_what_has_no_slope_in_a_kept_function_is_said_in_its_own_words():
    asked = system("f(u) = sqrt(u); y = f(x)", keep_functions=True, at={"x": 0})
    with pytest.raises(AdgraphError, match=r"the derivative of sqrt\(u\) has no value at u = 0"):
        _ = asked.evaluation


def test_kept_functions_are_checked(run):
    source = "g(u) = exp(u)*u; f(u) = g(u)^2; y = f(3x)"
    for of in ([], ["--of", "dy/dx"]):
        result = run("check", source, "--keep-functions", "--at", "x=0.3", *of)
        assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("typed", "reading", "place", "message", "hint"),
    [
        ("y = loss(x)", {}, "loss", "unknown function 'loss'", "define it (loss(x) = …), declare it (--function loss)"),
        ("f(u) = u; y = f(x, 2) + f(2)", {}, "f(x, 2)", "'f' takes 1 argument, not 2", "as many at every call"),
        ("y = f(x) + f(x, 2)", {"functions": ("f",)}, "f(x, 2)", "'f' takes 1 argument, not 2", "as many"),
        ("f(u) = f(u - 1); y = f(2x)", {}, "f(u - 1)", "'f' is defined by itself", "another name"),
        ("f(u) = g(u); g(u) = f(u) + 1; y = f(2x)", {}, "f(u)", "these equations need each other: f → g → f", "cycles"),
        ("f(u) = u; f(v) = v; y = f(2)", {}, "f", "'f' is defined twice", "another name"),
        ("f(u) = u; f = 2", {}, "f", "'f' is defined twice", "another name"),
        ("f(u, u) = u", {}, "u", "two parameters of 'f' have one name", "rename"),
        ("f(u) = u; y = f(2)*f", {}, "f", "'f' is a function and needs arguments", "write f(u)"),
        ("f(u) = u; y = f^2(x)", {}, "^", "the power of 'f' may be read in two ways", "(f(…))^2"),
        ("f(u) = u; y = f'(x)", {}, "f'", "'f'' is the derivative of a function that is written out", "adgraph derive"),
        ("f(u) = u; y = f(2x)", {"functions": ("f",)}, "f", "'f' is declared as abstract and defined", "take one"),
        ("f(u) = a*u; y = f(x)", {"keep_functions": True}, "a",
         "'f' reads 'a', which is not one of its parameters", "f(u, a)"),
        ("y = f_{,3}(x, z)", {"functions": ("f",)}, "f_{,3}(x, z)", "'f' has no argument 3", "it has 2"),
        ("y = f x", {"functions": ("f",)}, "f", "'f' is a function and needs arguments", "write f(x)"),
        ("f(2) = x", {}, "f", "the left side is not a variable or a function of variables", "f(x) = …"),
        (";".join(f"f{n + 1}(u) = f{n}(u)*f{n}(2u)" for n in range(40)) + "; f0(u) = 2u; y = f40(3)", {}, "",
         "written out, this has more than 20,000 operations", "--keep-functions"),
    ],
)  # fmt: skip
def test_mistakes_show_their_place(typed, reading, place, message, hint):
    with pytest.raises(AdgraphError) as caught:
        read(typed, Request(**reading))
    error = caught.value
    assert error.message == message
    assert hint in error.hint
    assert typed[error.span.start : error.span.end].startswith(place)


def nested(body: str, depth: int) -> str:
    """f0(u) = u²; each further function is made of the one before, and y of the last."""
    return "\n".join(("f0(u) = u^2", *(f"f{k + 1}(u) = {body.format(f=f'f{k}')}" for k in range(depth)),
                      f"y = f{depth}(x)"))  # fmt: skip


@pytest.mark.parametrize(
    ("body", "depth", "slope"),
    [
        ("{f}({f}(u))", 3, 256 * 0.99**255),
        ("{f}(u) + {f}(u)", 500, 2.0**500 * 2 * 0.99),  # a call that is made twice is made once
        ("{f}(u) + 1", 2000, 2 * 0.99),  # nothing recurses
        ("{f}'(u)", 1, 2),
        ("{f}(u)*{f}'(u)", 2, 60 * 0.99**4),
    ],
)
def test_kept_functions_of_functions_are_evaluated(body, depth, slope):
    graph = read(nested(body, depth), KEPT).graph
    assert math.isclose(gradient(graph, graph.outputs[0], {"x": 0.99})["x"], slope)


def test_as_many_operations_as_may_be_are_written_out(monkeypatch):
    graph = read("f(u) = u^2 + 1; y = f(x)", KEPT).graph  # x, 2, u^2, 1 and the sum
    monkeypatch.setattr("graphviz_ad.derive.unfold.MAX_OPERATIONS", 5)
    assert values(graph, {"x": 2.0})[-1] == 5.0
    monkeypatch.setattr("graphviz_ad.derive.unfold.MAX_OPERATIONS", 4)
    with pytest.raises(AdgraphError, match="the value of 'f' takes more than 4 operations"):
        values(graph, {"x": 2.0})


def test_what_takes_too_many_operations_is_not_begun():
    graph = read(nested("{f}({f}(u))", 40), KEPT).graph
    with pytest.raises(AdgraphError, match="the value of 'f40' takes more than 50,000 operations") as caught:
        values(graph, {"x": 1.0})
    assert "formulas are made without values" in caught.value.hint
    assert chain(nested("{f}({f}(u))", 40), keep_functions=True) == ["dy/dx = f40'(x)"]


def test_written_out_all_equations_together_have_a_limit():
    """Each equation here has 8,192 operations, and the last function is of 10^301."""
    eleven = nested("{f}({f}(u))", 12)
    assert len(read(eleven).graph.nodes) == 8193
    several = "\n".join([eleven, *(f"z{k} = f12({k} + x)" for k in range(3))])
    for source in (several, nested("{f}({f}(u))", 1000)):
        with pytest.raises(AdgraphError, match="written out, this has more than 20,000 operations"):
            read(source)


def test_a_deep_chain_of_definitions_is_written_out():
    assert len(read(nested("{f}(u) + 1", 1500)).graph.nodes) == 3003
    variables = "\n".join(("f0(x) = x", *(f"f{k + 1}(x) = f{k}(x) + 1" for k in range(1500))))
    assert len(read(variables).graph.nodes) == 3002


def test_a_function_that_is_declared_and_not_used_is_noted():
    assert read("y = x^2", Request(functions=("f",))).notes == ("no function 'f' is in the source",)


def test_an_abstract_function_has_no_value():
    graph = read("y = f(x)", Request(functions=("f",))).graph
    with pytest.raises(AdgraphError, match="'f' is abstract and has no value"):
        values(graph, {"x": 1.0})

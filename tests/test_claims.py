"""adgraph check --claim: a reader's own answers, right and wrong, and what is off in the wrong ones."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

import graphviz_ad
from graphviz_ad import check
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph, Node
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.request import Request
from graphviz_ad.pipeline import read
from graphviz_ad.point.balls import DIGITS, NoValueError, differ, exact, precision, primitive, values
from graphviz_ad.point.claims import Verdict
from graphviz_ad.point.mistakes import MULTIPLE, SLIP, TERM, Mistake
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.table import functions as floats
from tests.claimed import NEURON, OLAH, REFERENCE, RIGHT, SINE, SQUARES, TWO_PATHS, wrong_ones
from tests.conftest import graph
from tests.strategies import NAMES, SYMBOLS, systems


def one(source: str, claim: str, **asked: Any) -> Verdict:
    """The verdict on a claim of two sides."""
    (found,) = check(source, claim, **asked)
    return found


# ---- right and wrong


@pytest.mark.parametrize("source", RIGHT)
def test_right_claims_are_right(source):
    for verdict in check(source, *RIGHT[source]):
        assert verdict.is_right, verdict


def test_no_wrong_claim_is_accepted_and_most_are_told_what_is_off(capsys):
    """Every right claim of the table with one sign, factor, term or fraction changed."""
    made: dict[str, list[str]] = {}
    mistakes: Counter[str] = Counter()
    for wrong in wrong_ones():
        made.setdefault(wrong.system, []).append(wrong.claim)
        mistakes[wrong.mistake] += 1
    found = [verdict for source, claims in made.items() for verdict in check(source, *claims)]
    assert [verdict.claim for verdict in found if verdict.verdict != "wrong"] == []
    share = sum(bool(verdict.off) for verdict in found) / len(found)
    with capsys.disabled():
        print(f" {share:.0%} of {len(found)} mistakes named ", end="")
    assert share >= 0.9
    assert len(found) > 400
    assert min(mistakes.values()) > 10


@pytest.mark.parametrize(
    ("source", "claim", "off"),
    [
        (NEURON, "dL/dw = (y-a)*x", "the sign is wrong"),
        (NEURON, "dL/dw = (a+y)*x", "the sign before y is wrong"),
        (NEURON, "da/dz = a*(1+a)", "the sign before a is wrong"),
        (NEURON, "dL/dw = a - y", "the inner derivative ∂z/∂w = x is missing"),
        (NEURON, "dL/dz = dL/da", "the inner derivative da/dz = a*(1 - a) is missing"),
        (NEURON, "dL/da = a*(1-a)/(a-y)", "it is upside down"),
        (NEURON, "dL/dw = 2*(a-y)*x", "the factor 2 is too much"),
        (NEURON, "dL/dw = (a-y)*w", "w stands where x belongs"),
        (NEURON, "dL/dz = a", "the term -y is missing"),
        (NEURON, "dL/dz = a - y + b", "the term b is too much"),
        (REFERENCE, "dz/dx = 2y*2x^2", "the factor 3 is missing"),
        (REFERENCE, "dz/dx = 2y", "the inner derivative dy/dx = 6*x^2 is missing"),
        (REFERENCE, "dz/dx = 12x*(2x^3+3)", "the factor x is missing"),
        (REFERENCE, "dz/dx = 2y*7x^2", "7 stands where 6 belongs"),
        (SINE, "dy/dx = a*sin(a*x+b)", "sin stands where cos belongs"),
        (SINE, "dy/dx = cos(a*x+b)", "the inner derivative of a*x + b by x, a, is missing"),
        ("y = sin(2x+3)", "dy/dx = cos(2x+3)", "the inner derivative of 2*x + 3 by x, 2, is missing"),
        ("y = 2^x", "dy/dx = 0.693*2^x", "a number is rounded; write it exactly"),
        ("y = x/z", "dy/dz = x/z^2", "the sign is wrong"),
        ("y = x^3", "dy/dx = 3x^3", "the factor x is too much"),
        ("y = x^3 + a*x", "dy/dx = x^2 + a", "the factor 3 is missing in x^2"),
        (OLAH, "de/db = d", "the term c is missing"),
        ("y = x^2", "dy/dx = x*exp(x)", ""),  # nothing that one change mends
    ],
)
def test_what_is_off(source, claim, off):
    verdict = one(source, claim)
    assert (verdict.verdict, verdict.off) == ("wrong", off)


@pytest.mark.parametrize(
    ("source", "claim", "mistake"),
    [
        (NEURON, "dL/dw = (y-a)*x", ("the sign is wrong", MULTIPLE)),
        (NEURON, "dL/dw = 2*(a-y)*x", ("the factor 2 is too much", MULTIPLE)),
        ("y = x^3 + a*x", "dy/dx = x^2 + a", ("the factor 3 is missing in x^2", SLIP)),
        (NEURON, "dL/dw = (a-y)*w", ("w stands where x belongs", SLIP)),
        (OLAH, "de/db = d", ("the term c is missing", TERM)),
        ("y = x^2/2 + minus*x", "dy/dx = x", ("the term minus is missing", TERM)),  # the words of a name say nothing
        ("y = x^2/2 + factor*x", "dy/dx = x", ("the term factor is missing", TERM)),
    ],
)
def test_the_kind_of_a_mistake(source, claim, mistake):
    assert one(source, claim).mistake == Mistake(*mistake)


def test_a_wrong_claim_comes_with_a_point_and_what_is_right():
    verdict = one(REFERENCE, "dz/dx = 2y*6x")
    x = verdict.at["x"]
    assert verdict.claimed == pytest.approx(2 * (2 * x**3 + 3) * 6 * x)
    assert verdict.value == pytest.approx(2 * (2 * x**3 + 3) * 6 * x**2)
    assert (verdict.derivative, verdict.side) == ("12*x^2*y", "2*y*6*x")


@pytest.mark.parametrize(
    ("source", "claim", "how"),
    [
        (NEURON, "dL/dw = (a-y)*x", "by algebra"),
        (NEURON, "dL/dw = x*sigmoid(w*x+b) - y*x", "by algebra"),
        (SINE, "dz/db = sin(2*(a*x+b))", "at 8 points, to 50 digits"),
        ("y = gelu(x)", "dy/dx = erfc(-x/sqrt(2))/2 + x*exp(-x^2/2)/sqrt(2*pi)", "at 8 points, to 50 digits"),
        ("y = 2; z = 3y", "z = sqrt(36)", "by algebra"),
        ("y = [x = 1]*x", "dy/dx = [x = 1]", "by algebra"),  # the second = is in a bracket and divides nothing
    ],
)
def test_by_what_it_is_right(source, claim, how):
    verdict = one(source, claim)
    assert (verdict.verdict, verdict.how) == ("right", how)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("y = sin(x)", "dy/dx = cos(x) + sin(8*pi*x)"),  # 0 at all numbers that are short
        ("y = sin(x)", "dy/dx = cos(x) + sin(1024*pi*x)"),
        ("y = sin(x)", "dy/dx = cos(x) + 1e-40"),
        ("y = x/3", "dy/dx = 0.3333333333333333"),
        ("y = x/3", "dy/dx = 0.3333333333333333333333333333333333333333"),
        ("y = max(0, x - 100)", "dy/dx = 0"),  # right for all that is near
        ("y = max(0, x - 100)", "dy/dx = 1"),
        ("y = relu(x + 5000)", "dy/dx = 1"),
        ("y = abs(x)", "dy/dx = 1"),
        ("y = abs(x)^3", "dy/dx = 3x^2"),
        ("y = elu(x)", "dy/dx = 1"),
        ("y = sqrt(x^2)", "dy/dx = 1"),
        ("y = x^2", "dy/dx = 2*abs(x)"),
        ("y = a*x", "dy/dx = a + (a - a)/x + 1e-45*x"),
        ("y = x - x", "dy/dx = 1e-90"),
        ("y = (x + 1e20) - 1e20", "dy/dx = 1 + 1e-20"),
    ],
)
def test_claims_that_are_nearly_right_or_right_in_part_are_wrong(source, wrong):
    assert one(source, wrong).verdict == "wrong"


def test_a_branch_that_a_bracket_switches_off_needs_no_value():
    source = "y = [x>=0]*x + [x<0]*sqrt(-x)"
    assert one(source, "dy/dx = [x>=0] - [x<0]/(2*sqrt(-x))").is_right
    assert one(source, "dy/dx = [x>=0] + [x<0]/(2*sqrt(-x))").verdict == "wrong"
    assert one(source, "dy/dx = 1").verdict == "wrong"


# ---- what may be claimed


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        (NEURON, r"\frac{\partial L}{\partial w} = (a - y)x"),
        (
            NEURON,
            r"\dfrac{\mathrm{d}L}{\mathrm{d}w} = \frac{dL}{da} \cdot \frac{da}{dz}\,\frac{\partial z}{\partial w}",
        ),
        (NEURON, r"$\frac{\partial^2 L}{\partial w \partial b} = \sigma(z)\left(1-\sigma(z)\right)x$"),
        (NEURON, r"\frac{\partial}{\partial w} L = (a-y)x"),
        (NEURON, "∂L/∂w=(a−y)x"),
        (NEURON, "dL/dw = dL/da * da/dz * x"),
        (NEURON, "d²L/dw db = a(1-a)x"),
        (NEURON, "d^2L/(dw db) = a(1-a)x"),
        (NEURON, "d^2L/dw^2 = a(1-a)x^2"),
        (NEURON, "d/dw L = (a-y)x"),
        (NEURON, "(a-y)x = dL/dw"),
        (NEURON, "dL/dw/x = a - y"),
        (NEURON, "z = b + x*w"),
        (REFERENCE, "z' = 2y*y'"),
        (REFERENCE, "z'(x) = 24x^5+36x^2"),
        (REFERENCE, "z'' = 24x(5x^3+3)"),
        ("f(x) = x^2; g(x) = sin(f(x))", "g'(x) = cos(f(x))*f'(x)"),
        ("h = sigmoid(x)", "dh/dx = h(1-h)"),
        ("theta = x^2; phi = sin(theta)", "dφ/dθ = cos θ"),
        (r"y_hat = x^2", r"\frac{d\hat{y}}{dx} = 2x"),
        ("loss = (w*x - t)^2", r"\frac{\partial loss}{\partial w} = 2(wx - t)x"),
        ("c = 2; y = c*x", "dy/dc = x"),
        ("d = x^2; y = d*x", "dy/dd = x"),
        ("y = e^x", "dy/dx = e^x"),
        ("y = x^2; z = 3", "dz/dx = 0"),
    ],
)
def test_what_is_read(source, claim):
    assert one(source, claim).is_right


def test_a_name_of_ones_own_is_for_the_claims_behind_it():
    found = check(NEURON, r"\delta = \frac{dL}{dz} = a - y", "dL/dw = delta*x", "dL/db = δ")
    assert [(verdict.verdict, verdict.side) for verdict in found] == [
        ("right", "a - y"), ("right", "delta*x"), ("right", "δ")]  # fmt: skip


def test_each_side_of_a_chain_of_equals_is_judged():
    found = check(REFERENCE, "dz/dx = dz/dy * dy/dx = 2y*6x = 12x^2(2x^3+3)")
    assert [verdict.verdict for verdict in found] == ["right", "wrong", "right"]


def test_a_file_of_claims(tmp_path):
    text, latex = tmp_path / "answers.txt", tmp_path / "answers.tex"
    text.write_text("# mine\ndL/dw = (a-y)*x  # right\n\ndelta = a - y; dL/db = -delta\n", "utf-8")
    latex.write_text(r"""\begin{align}
      \delta &= a - y \\  % a name
      \frac{\partial L}{\partial w} &= \delta x \\
      \frac{\partial L}{\partial b} &= \delta
    \end{align}""", "utf-8")  # fmt: skip
    assert [verdict.verdict for verdict in check(NEURON, text)] == ["right", "wrong"]
    assert [verdict.verdict for verdict in check(NEURON, latex)] == ["right", "right"]


@pytest.mark.parametrize(
    ("claim", "verdict", "notes"),
    [
        ("∂z/∂x = y", "right", ("judged as the partial derivative ∂z/∂x, with y held fixed",)),
        ("dz/dx = 3x^2", "right", ("judged as the total derivative dz/dx, over every path",)),
        (
            "dz/dx = y",
            "wrong",
            (
                "judged as the total derivative dz/dx, over every path",
                "it is right for the partial derivative ∂z/∂x, with y held fixed",
            ),
        ),
        (
            "∂z/∂x = 3x^2",
            "wrong",
            (
                "judged as the partial derivative ∂z/∂x, with y held fixed",
                "it is right for the total derivative dz/dx, over every path",
            ),
        ),
        ("∂z/∂x = x", "wrong", ("judged as the partial derivative ∂z/∂x, with y held fixed",)),
        ("∂z/∂y = x", "right", ()),
        ("∂y/∂x = 2x", "right", ()),
    ],
)
def test_partial_and_total_where_they_differ(claim, verdict, notes):
    found = one(TWO_PATHS, claim)
    assert (found.verdict, found.notes) == (verdict, notes)


def test_what_is_assumed_of_the_inputs_holds_at_every_point():
    source = "p_1=exp(z_1)/(exp(z_1)+exp(z_2)); p_2=exp(z_2)/(exp(z_1)+exp(z_2)); L=-(t_1*log(p_1)+t_2*log(p_2))"
    claim = "dL/dz_1 = p_1 - t_1"
    assert one(source, claim).derivative == "p_1*(t_1 + t_2) - t_1"
    found = one(source, claim, assume="t_1+t_2=1")
    assert (found.verdict, found.how, found.notes) == ("right", "by algebra", ("with t₁ + t₂ = 1",))
    wrong = one(source, "dL/dz_1 = t_1 - p_1", assume="t_1+t_2=1")
    assert (wrong.verdict, wrong.off, wrong.derivative) == ("wrong", "the sign is wrong", "p_1 - t_1")
    assert wrong.at["t_1"] + wrong.at["t_2"] == 1


# ---- points


def test_a_point_of_ones_own_comes_first():
    assert one(REFERENCE, "dz/dx = 2y", at={"x": 0.5}).at == {"x": 0.5}
    assert one(SINE, "dz/db = sin(2*(a*x+b))", at={"x": 0.5}).how == "at 9 points, to 50 digits"


@pytest.mark.parametrize(
    ("source", "claim", "at", "note"),
    [
        ("y = relu(x)", "dy/dx = [x >= 0]", 0, "it is at a kink"),
        ("y = log(x)", "dy/dx = x/x^2", -1, "it has no value there"),
    ],
)
def test_a_point_of_ones_own_that_does_not_count(source, claim, at, note):
    verdict = one(source, claim, at={"x": at})
    assert verdict.is_right
    assert verdict.notes == (f"the point that is given does not count: {note}",)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("y = sqrt(x_1-10)*sqrt(x_2-10)*sqrt(x_3-10)", "dy/dx_1 = y/(x_1-10)"),
        ("y = log(-x-50)", "dy/dx = -1/(x+50)"),
        ("y = artanh(x)*log(z-5)", "dy/dz = artanh(x)/z"),
        ("y = arcosh(x)*arcosh(z)*log(u)*arcsin(v)", "dy/dv = arcosh(x)*arcosh(z)*log(u)/(1-v^2)"),
    ],
)
def test_points_are_looked_for_where_the_system_is_defined(source, wrong):
    assert one(source, wrong).verdict == "wrong"


def test_values_that_no_float_holds_are_not_shown():
    verdict = one("y = x^1000000", "dy/dx = 999999*x^999999")
    assert verdict.verdict == "wrong"
    assert all(value is None or abs(value) < 1e308 for value in (verdict.claimed, verdict.value))


@pytest.mark.parametrize(
    ("source", "claim", "how"),
    [
        ("y = sqrt(-1-x^2)", "dy/dx = 1", "the derivative has no value at any of 120 points that were tried"),
        ("y = log(x)", "dy/dx = log(-x)", "this side has no value at any of the"),
    ],
)
def test_what_has_no_point_is_not_checked(source, claim, how):
    verdict = one(source, claim)
    assert verdict.verdict == "not checked"
    assert verdict.how.startswith(how)


def test_a_side_that_has_a_value_in_part_of_the_domain_alone_is_said_to():
    verdict = one("y = log(abs(x))", "dy/dx = 1/exp(log(x))")
    assert verdict.is_right
    assert "of the points at which the derivative has one" in verdict.notes[0]


def test_a_kink_that_was_met_from_one_side_is_said():
    assert one("y = log(x)", "dy/dx = 1/abs(x)").notes == ("abs(x) was on one side of its kink at every point",)
    assert one("y = log(abs(x))", "dy/dx = x/abs(x)^2").notes == ()


def test_abstract_functions_have_functions_in_their_place():
    system, _ = read(SourceText("y = f(g(x))", "text"), Request(functions=("f", "g")))
    claims = [SourceText(f"dy/dx = {side}", "text") for side in ("g'(x)*f'(g(x))", "f'(g(x))")]
    right, wrong = system.verdicts(claims)[0]
    assert (right.verdict, right.how) == ("right", "by algebra")
    assert (wrong.verdict, wrong.notes) == ("wrong", ("the values are of functions that stand for g, f",))


# ---- values with a bound of their error


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_a_value_to_many_digits_is_that_of_the_float(op):
    inputs = tuple(Node(INPUT, (), None, Name(param)) for param in op.params)
    made = primitive(Graph((*inputs, Node(op.name, tuple(range(len(inputs))))), (len(inputs),))).graph
    for part in (0.1, 0.37, 0.62, 0.9):
        args = [low + (high - low) * part for low, high in op.sample]
        found = values(made, {Name(param): exact(arg) for param, arg in zip(op.params, args, strict=True)})
        assert float(found[made.outputs[0]]) == pytest.approx(floats[op.name](*args), rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("source", ["y = log(x)", "y = sqrt(x)", "y = 1/(x+1)", "y = arcsin(x-1)", "y = x^(1/2)"])
def test_outside_its_domain_nothing_has_a_value(source):
    with pytest.raises(NoValueError):
        values(primitive(graph(source)).graph, {Name("x"): exact(-1)})


def test_values_differ_are_equal_or_cannot_be_told_apart():
    third = exact(1) / exact(3)
    with precision(200):
        third = exact(1) / exact(3)
        assert differ(third, third * 3 / 3) is False
        assert differ(third, third + exact(1) / exact(10**45)) is True
        assert differ((third + 10**30) - 10**30, third) is None  # too many digits have cancelled
    assert DIGITS == 50


# ---- random systems


@given(systems(), st.sampled_from(NAMES), st.sampled_from(["", "-", "2*", "x*", "1/"]))
def test_the_derivative_by_sympy_is_right_and_no_other(equations, wrt, before):
    source = "; ".join([*(pair.text for pair in equations), "other = a*b*x"])
    wanted = sympy.diff(equations[-1].oracle, SYMBOLS[wrt])
    text = str(wanted).replace("**", "^").replace("Abs", "abs").replace("atan", "arctan")
    if "Derivative" in text or len(text) > 400:
        return
    last = f"y{len(equations)}"
    claim = f"{before}({text})"
    verdict = one(source, f"d{last}/d{wrt} = {claim}")
    if not before:
        assert verdict.is_right, verdict
    elif verdict.is_right:  # it may be 0, or 1
        other = sympy.sympify(claim.replace("^", "**"), {**SYMBOLS, "arctan": sympy.atan, "erf": sympy.erf})
        at = {
            SYMBOLS["a"]: sympy.Rational(7, 5),
            SYMBOLS["b"]: sympy.Rational(3, 7),
            SYMBOLS["x"]: sympy.Rational(9, 8),
        }
        assert abs((other - wanted).evalf(40, subs=at)) < 1e-25


# ---- the command


def test_the_command_prints_verdicts(run):
    result = run("check", NEURON, "--claim", "dL/dw = (a-y)*x", "--claim", "dL/dz = y - a")
    assert result.exit_code == 1
    assert [line.strip() for line in result.stdout.splitlines()] == [
        "dL", "── = (a − y)x", "dw", "right: by algebra", "",
        "dL", "── = y − a", "dz", "wrong: the sign is wrong",
        "at y = -1.125, w = -0.625, x = -2.125, b = 2.875: claimed -2.11027, right",
        "2.11027", "right is", "dL", "── = a − y", "dz",
    ]  # fmt: skip
    assert run("check", NEURON, "--claim", "dL/dw = (a-y)*x").exit_code == 0
    assert run("check", "y=sqrt(-1-x^2)", "--claim", "dy/dx = 1").exit_code == 1  # not checked is not right


def test_json_carries_the_verdicts(run):
    result = run("check", NEURON, "--claim", "dL/dz = a - y = y - a", "--format", "json")
    found = json.loads(result.stdout)["claims"]
    assert [(one["verdict"], one["side"], one["off"]) for one in found] == [
        ("right", "a - y", ""), ("wrong", "y - a", "the sign is wrong")]  # fmt: skip
    assert set(found[1]["at"]) == {"y", "w", "x", "b"}


@pytest.mark.parametrize("form", ["csv", "markdown", "latex"])
def test_tables_carry_the_verdicts(run, form):
    result = run("check", SQUARES, "--claim", "dE/dw = y - t", "--format", form)
    assert result.exit_code == 1
    assert "wrong" in result.stdout
    assert "is missing" in result.stdout


def test_a_file_and_standard_names_on_the_command_line(run):
    Path("answers.txt").write_text("dL/dw = (a-y)*x\ndL/db = a\n", "utf-8")
    result = run("check", NEURON, "--claim", "answers.txt")
    assert (result.exit_code, result.stdout.count("right: by algebra")) == (1, 1)


@pytest.mark.parametrize(
    ("claim", "said", "hint"),
    [
        ("dL/dw", "--claim, line 1, column 5: a claim says what something is, and here is no =", "write dz/dx = …"),
        ("dL/dw = (a-t)*x", "column 12: there is no variable 't'", "there are y, w, x, b, z, a, L; a name of your own"),
        ("dL/dq = 3", "column 5: there is no variable 'q'", "there are y, w"),
        ("dQ/dw = 3", "column 2: there is no variable 'Q'", "there are y, w"),
        ("dL/dw = wx", "column 9: there is no variable 'wx'", "write w*x for a product"),
        ("dL/dw = ", "column 7: an expression is missing after =", "write what it is"),
        ("= a - y", "column 1: an expression is missing before =", "write dz/dx = …"),
        ("dL/dw = (a-y", "column 9: '(' is never closed", "add a ')'"),
        ("d^2L/dw = 3", "column 1: this derivative has order 2 above and 1 below", "write d^2z/dx^2"),
        ("d^9L/dw^9 = 3", "column 3: a derivative of order 9", "write an order from 1 to 8"),
        ("L' = 3", "column 1: 'L'' may be a derivative by several inputs", "say by which variable: dL/d…"),
        ("dL/dw = sine(x)", "column 9: unknown function 'sine'", "write sin(x)"),
        ("d/dw (a*x) = 3", "column 6: a derivative of an expression is not read", "write it of a variable: dz/dx"),
        ("sin = 3", "column 1: 'sin' is a function and cannot be a name too", "choose another"),
        (r"\frac{\partial L}{\partial q} = 3", "column 28: there is no variable 'q'", "there are y, w"),
        (r"\frac{\partial L}{\partial w} = \foo", "unknown command '\\foo'", "--macros"),
        ("", "there is no claim here", "write dz/dx = …"),
        ("lesson.py:loss", "'lesson.py:loss' is Python, and a claim is text or LaTeX", "write dz/dx"),
        ("answers.tex", "there is no file 'answers.tex'", ""),
    ],
)
def test_mistakes_are_shown_with_their_place(run, claim, said, hint):
    Path("lesson.py").write_text("def loss(x):\n    return x\n", "utf-8")
    result = run("check", NEURON, "--claim", claim)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert hint in result.stderr


def test_a_claim_that_cannot_be_read_does_not_stop_the_others(run):
    Path("answers.txt").write_text("dz/dy = 2y\ndz/dx = foo\n\\frac{dz}{dx} = 2y\\foo\ndz/dx = 12x^2 y\n", "utf-8")
    result = run("check", "y=2x^3+3; z=y^2", "--claim", "answers.txt", "--claim", "dz/dx = (", "--format", "json")
    found = json.loads(result.stdout)["claims"]
    assert [one["verdict"] for one in found] == ["right", "not checked", "not checked", "right", "not checked"]
    assert found[1]["how"] == "there is no variable 'foo' (there are x, y, z; a name of your own: foo = …)"
    assert found[4] | {"claim": "dz/dx = (", "how": "'(' is never closed (add a ')')"} == found[4]
    assert result.exit_code == 1
    assert "dz/dx = foo\n  not checked: there is no" in run("check", REFERENCE, "--claim", "answers.txt").stdout
    arrays = run("check", "y = W x; L = y^T y; W: 2x3; x: 3", "--claim", "dL/dW = q x^T", "--claim", "dL/dW = 2 y x^T")
    assert ("not checked: there is no variable 'q'" in arrays.stdout, "right: " in arrays.stdout) == (True, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("d2z/dy2 = 2", "d^2z/dy^2 = 2"), ("d2z/dxdx = 24x*y + 72x^4", "d^2z/dx^2 = 24x*y + 72x^4"),
     ("d2z/dydx = 0 = d2z/dy2 * 6x^2", "d^2z/dy dx = 0 = d^2z/dy^2 * 6x^2")],
)  # fmt: skip
def test_higher_derivatives_as_they_are_typed(typed, meant):
    assert [one.verdict for one in check(REFERENCE, typed)] == [one.verdict for one in check(REFERENCE, meant)]


def test_a_variable_with_a_number_stays_a_variable():
    assert [one.verdict for one in check("y2 = x^3; z = y2^2", "dz/dy2 = 2y2", "dz/dx = 6x^5")] == ["right"] * 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--claim dz/dx=1 --plot a.svg", "--plot has no part in judging a claim."),
        ("--claim dz/dx=1 --with sympy", "--with has no part in judging a claim."),
        ("--claim dz/dx=1 --symbol d", "--symbol has no part in judging a claim."),
        ("--at x=1 --assume x=1", "--assume is for claims: --claim."),
        ("--at x=1 --format json", "--format json is for claims: --claim."),
    ],
)
def test_options_that_have_no_part_in_claims_are_refused(run, options, said):
    result = run("check", REFERENCE, *options.split())
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_name_that_nothing_uses_may_have_been_meant_as_a_derivative(run):
    result = run("check", NEURON, "--claim", "dw = (a-y)*x")
    said = "'dw' is a name of your own, which nothing uses; a derivative is written dz/dx = …"
    assert (result.stdout, result.stderr) == ("", f"adgraph: note: {said}\n")
    assert result.exit_code == 1  # nothing was found to be right
    assert run("check", NEURON, "--claim", "k = a - y", "--claim", "dL/dw = k*x").stderr == ""


def test_derivatives_in_equations_are_told_where_they_belong(run):
    result = run("check", "∂z/∂x = 3", "--at", "x=1")
    assert "a derivative of your own is checked: adgraph check --claim" in result.stderr


# ---- from Python


def test_verdicts_are_frozen_and_plain():
    (verdict,) = check(REFERENCE, "dz/dx = 2y*6x^2")
    with pytest.raises(AttributeError):
        verdict.verdict = "wrong"
    assert (verdict.claim, verdict.side, verdict.is_right) == ("dz/dx = 2y*6x^2", "2*y*6*x^2", True)


def test_the_library_raises_with_the_place():
    with pytest.raises(AdgraphError, match="--claim, line 1, column 5: there is no variable 'q'"):
        check(REFERENCE, "dz/dq = 1")


def test_the_same_claims_get_the_same_verdicts():
    claims = ("dL/dw = (a-y)*x", "dL/dw = (a+y)*x")
    assert check(NEURON, *claims) == check(NEURON, *claims)


def test_notes_on_reading_are_warnings():
    with pytest.warns(graphviz_ad.AdgraphWarning, match="behind a quotient"):
        check("y = x/2", "dy/dx = 1/2(1 + 0)")


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("y=min(max(x,0),6)", "dy/dx=[x>0]*[x<5]"),
        ("y=max(x,3)*w", "dy/dx=w*[x>5]"),
        ("y=[x>0.5]*x^2", "dy/dx=2x*[x>0.6]"),
        ("m=1-y*f; f=w*x; L=max(0,m)", "dL/dw=-y*x*[m>0.1]"),
        ("r=y-f; L=[abs(r)<=1]*r^2/2+[abs(r)>1]*(abs(r)-1/2)", "dL/df=-r*[abs(r)<=1.1]-sign(r)*[abs(r)>1.1]"),
        ("y=x^2+abs(x-50)-abs(x-51)", "dy/dx=2x"),
    ],
)
def test_a_threshold_that_is_another_is_wrong(source, wrong):
    """Between the two there may be little room."""
    (verdict,) = check(source, wrong)
    assert verdict.verdict == "wrong"
    assert "stands where" not in verdict.off  # a few points do not say what belongs there


def test_a_file_of_text_and_latex_is_read_line_by_line(run, tmp_path):
    file = tmp_path / "claims.txt"
    file.write_text("1. dz/dx = 3\n# costs $5 or $6\n2. $\\frac{\\mathrm{d}z}{\\mathrm{d}x} = 2x$\n", "utf-8")
    result = run("check", "z=x^2", "--claim", str(file))
    assert result.exit_code == 1
    assert "wrong" in result.stdout
    assert "right: by algebra" in result.stdout


def test_a_power_of_a_derivative_has_brackets():
    (verdict,) = check("s=sin(z); L=s^2", "d^2L/dz^2 = 2*s*d^2s/dz^2 + 2*(ds/dz)^2")
    assert verdict.is_right
    assert verdict.side == "2*s*d^2s/dz^2 + 2*(ds/dz)^2"


def test_what_is_right_is_what_derive_says():
    (verdict,) = check("y=min(max(x,0),1)", "dy/dx = 5")
    assert verdict.derivative == "[max(x, 0) < 1]*[x > 0]"


@pytest.mark.parametrize(("source", "claim"), [("y=(-2)^x*w", "dy/dx=y*log(-2)"), ("y=sqrt(-1-x^2)", "y'=-x/y")])
def test_what_has_a_value_nowhere_is_not_right_by_algebra(source, claim):
    assert one(source, claim).verdict == "not checked"


def test_macros_of_a_file_and_of_the_source_are_written_out_in_claims(run, tmp_path):
    macros = tmp_path / "macros.tex"
    macros.write_text(r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}")
    source = r"\newcommand{\loss}{\ell} z = wx + b; \loss = (z - y)^2"
    result = run("check", source, "--claim", r"\pd{\loss}{w} = 2(z - y)x", "--macros", str(macros))
    assert (result.exit_code, "right: by algebra" in result.stdout) == (0, True)

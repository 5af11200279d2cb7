"""Case distinctions: one operation, read, set in every notation, with the derivative of the branch that holds."""

import pytest

from graphviz_ad.core.formula import Expression
from graphviz_ad.notation.ascii import Ascii
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.spoken import spoken
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from tests.conftest import graph, lines, system
from tests.test_misreadings import read_as, refusal
from tests.test_notes_as_they_stand import notes

RAMP = "{x^2 if x > 0; -x}"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (RAMP, RAMP),
        ("{x if x > 0; 0}", "{x if x > 0; 0}"),
        ("{x, x > 0; 0, otherwise}", "{x if x > 0; 0}"),
        ("{x if x > 0, 0 otherwise}", "{x if x > 0; 0}"),
        ("{x if x > 0; 0 else}", "{x if x > 0; 0}"),
        ("{x if x >= 0; -x if x < 0}", "{x if x >= 0; -x}"),
        ("{x if x > 0 and z < 1; 0}", "{x if x > 0 and z < 1; 0}"),
        ("{x if 0 < x < 1; 0}", "{x if 0 < x and x < 1; 0}"),
        ("{0 if x < 0; x if x < 1; 1}", "{0 if x < 0; x if x < 1; 1}"),
        ("2{x if x = 0; 1} + b", "2*{x if x = 0; 1} + b"),
        ("where(x > 0, x, 0)", "{x if x > 0; 0}"),
        (r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}", "{x if x > 0; 0}"),
        (r"\begin{cases} x, & \text{if } x \geq 0, \\[2pt] -x, & \mbox{if } x < 0. \end{cases}", "{x if x >= 0; -x}"),
        (r"\begin{dcases} 0 & \text{for } x < 0 \\ x & \text{else} \end{dcases} + 1", "{0 if x < 0; x} + 1"),
        (r"\left\{\begin{array}{ll} x & \text{wenn } x > 0 \\ 0 & \text{sonst} \end{array}\right.", "{x if x > 0; 0}"),
        (r"3\begin{cases} \frac{x}{2} & x > 0 \\ 0 & x \le 0 \end{cases}", "3*{x/2 if x > 0; 0}"),
    ],
)  # fmt: skip
def test_read(typed, read):
    assert read_as(f"y = {typed}") == f"y = {read}"


def test_what_is_plain_is_read_back():
    for typed in (RAMP, "{a if x > 0 and z > 0; b if z < 1; c}^2", "{a if x = 1; b if x != 2; c}"):
        assert read_as(f"y = {typed}") == f"y = {typed}"


def test_a_system_in_braces_is_a_system():
    assert read_as(r"\begin{cases} y = x^2 \\ z = 2y \end{cases}") == "y = x^2; z = 2*y"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("{x; 0}", "this is no case distinction"),
        ("{x if x > 0}", "this is no case distinction"),
        (r"\begin{cases} x \\ 0 \end{cases}", "this is no case distinction"),
        (r"\begin{cases} x & \text{near } 0 \\ 0 \end{cases}", "'near' among cases is not read"),
        (r"\begin{cases} x & x > 0 \\ 0", r"'\begin{cases}' is never ended"),
        ("if(x > 0, x, 0)", "'if' is not read: a case distinction"),
    ],
)
def test_refused(typed, message):
    assert refusal(f"y = {typed}").message == message


def test_a_last_case_with_a_condition_of_its_own_is_said_to_be_for_the_rest():
    said = "the last case is taken for all that the others leave"
    assert said in notes("y = {x if x > 0; -x if x < 0}")
    assert said not in notes("y = {x if x > 0; -x if x <= 0}") + notes("y = {x if x > 0; -x if 0 >= x}")


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("y = {x^2 if x > 1; 2x - 1}", ["where x = 1 "]),
        ("a = u + v; y = {a if a >= u^2 and u < 2; 0}", ["where a = u^2 or u = 2 "]),
        ("y = where(t < 0, -t, t)", ["where t = 0 "]),
        ("y = [x > 0] x", []),
    ],
)
def test_where_a_case_ends_a_kink_is_said(typed, where):
    assert [note.partition("there may be a kink")[0] for note in notes(typed)] == where


def test_it_is_set_in_every_notation():
    formula = Expression(graph(f"y = {RAMP}"))
    assert write(formula, Plain()) == RAMP
    assert write(formula, Latex()) == r"\begin{cases} x^2 & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}"
    assert write(formula, Typst()).startswith("cases(")
    assert write(formula, Unicode()).lines == ("⎧x²  if x > 0", "⎩−x  else    ")
    assert write(formula, Ascii()).lines == ("/x^2  if x > 0", "\\-x   else    ")
    assert spoken(formula) == "x squared if x is greater than 0, minus x otherwise"


@pytest.mark.parametrize(
    ("at", "value", "slope"),
    [("2", "4", "4"), ("-3", "3", "-1"), ("0", "0", "-1")],
)
def test_the_derivative_is_that_of_the_branch(run, at, value, slope):
    result = run("eval", f"y = {RAMP}", "--at", f"x={at}")
    words = result.stdout.split()
    assert (words[5], words[-1]) == (value, slope)
    assert ("has a kink at x = 0" in result.stderr) == (at == "0")


def test_a_branch_that_does_not_hold_needs_no_value(run):
    source = "y = {x*log(x) if x > 0; 0}"
    assert run("eval", source, "--at", "x=-1").stdout.split()[-1] == "0"
    assert run("eval", source, "--at", "x=1").stdout.split()[-1] == "1"
    assert run("check", source, "--at", "x=-1").exit_code == 0
    assert run("eval", "y = {x if x > 0; log(x)}", "--at", "x=-1").exit_code == 1


def test_it_is_one_operation_of_the_figure(run, tmp_path):
    for name in ("y.svg", "y.json", "y.tex", "y.dot", "y.mmd", "y.html"):
        assert run("draw", f"y = {RAMP}; z = y^2", "-o", name).exit_code == 0
        assert (tmp_path / name).stat().st_size
    assert "⎧" in run("show", f"y = {RAMP}").stdout
    assert run("derive", f"y = {RAMP}", "--ascii").exit_code == 0


@pytest.mark.parametrize(
    ("typed", "wrt", "written"),
    [
        ("y = {x^2 if x > 0; -x}", "x", r"\begin{cases} 2x & \text{if } x > 0 \\ -1 & \text{otherwise} \end{cases}"),
        ("y = {x^2 if x > 0; sin(x) if x > -1; 2}", "x",
         r"\begin{cases} 2x & \text{if } x > 0 \\ \cos(x) & \text{if } x > -1 \\ 0 & \text{otherwise} \end{cases}"),
        ("y = {x^2 if x > 0 and z < 1; z*x}", "x",
         r"\begin{cases} 2x & \text{if } x > 0 \wedge z < 1 \\ z & \text{otherwise} \end{cases}"),
        ("y = {x if x > 0; a*x}; L = (y - t)^2", "a",
         r"\begin{cases} 0 & \text{if } x > 0 \\ 2x(ax - t) & \text{otherwise} \end{cases}"),
        ("y = {2x if x > 0; x^2}; z = y^2 + y", "x",
         r"\begin{cases} 2(4x + 1) & \text{if } x > 0 \\ 2x(2x^2 + 1) & \text{otherwise} \end{cases}"),
        ("u = {x^2 if x > 0; x}; v = {w if w > 1; 2w}; y = u*v", "x",  # of two conditions, each decides its own
         r"\begin{cases} \begin{cases} 2xw & \text{if } x > 0 \\ w & \text{otherwise} \end{cases} & \text{if } w > 1 "
         r"\\ 4xw & \text{if } x > 0 \\ 2w & \text{otherwise} \end{cases}"),
        ("y = {x if x > 0; x}", "x", "= 1"),
        ("y = relu(x) + [x > 0]*x", "x", r"2\left[x > 0\right]"),  # a bracket that is no condition of cases stays one
    ],
)  # fmt: skip
def test_the_derivative_is_written_as_cases(run, typed, wrt, written):
    result = run("derive", typed, "--wrt", wrt, "--format", "latex")
    assert result.exit_code == 0, result.stderr
    assert written in result.stdout


def test_each_of_two_distinctions_alike_has_its_own_condition():
    found = system("L = {x^2 if x > 0; 3x}*w + {z^2 if z > 0; 3z}*v").chains(False)
    assert lines(found) == [
        "∂L/∂x = {2*x*w if x > 0; 3*w}",
        "∂L/∂w = {x^2 if x > 0; 3*x}",
        "∂L/∂z = {2*z*v if z > 0; 3*v}",
        "∂L/∂v = {z^2 if z > 0; 3*z}",
    ]

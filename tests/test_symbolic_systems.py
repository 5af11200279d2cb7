"""Into and out of symbolic systems: what is written, real programs read back, differentiate, and compare with ours."""

import re
import shutil
import subprocess
import time

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import Request
from graphviz_ad.notation.dialects import DIALECTS
from graphviz_ad.notation.symbolic import Symbolic
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.conftest import system

# Ten systems, each with a result, the variable that it is differentiated by, and a point.
SYSTEMS = [
    ("y=2*x^3+3; z=y^2", "z", "x", {"x": 0.5}),
    ("y=sin(a*x+b); z=y^2", "z", "x", {"a": 0.7, "b": 0.3, "x": 0.5}),
    ("L=-(t*log(a)+(1-t)*log(1-a)); a=sigmoid(z); z=w*x+b", "L", "w", {"t": 0.25, "w": 0.3, "x": 2, "b": -0.5}),
    ("y=exp(-u^2/2)/(s*sqrt(2*pi)); u=(x-m)/s", "y", "s", {"x": 1.5, "m": 0.5, "s": 2}),
    ("y=x^n*log(x)", "y", "n", {"x": 2.5, "n": 1.5}),
    ("p=e_1/(e_1+e_2); e_1=exp(z_1); e_2=exp(z_2)", "p", "z_2", {"z_1": 0.5, "z_2": -0.25}),
    ("y=tanh(w*h+u*x); v=arctan(y)/(1+y^2)", "v", "w", {"w": 0.5, "h": 1.5, "u": -1, "x": 0.25}),
    ("y=softplus(x)*cosh(x)+arsinh(x)", "y", "x", {"x": 0.75}),
    ("y=sqrt(x)+log2(x)+hypot(x,3)+sec(x)", "y", "x", {"x": 1.25}),
    ("y=gelu(x)+arccos(x/2)+expm1(x)*2^x", "y", "x", {"x": 0.5}),
]
PRINT = {
    "maxima": "print(float(subst([{point}], {name})))$ print(float(subst([{point}], diff({of}, {by}))))$",
    "octave": 'printf("%.17g\\n", {name});',
}


def ours(source, of, by, point):
    return system(source, at=point).evaluation.gradient[Name(of)][Name(by)]


def names(source, dialect, of, by, point):
    """The identifiers that a system's names have, in the order in which they are given."""
    notation = Symbolic(DIALECTS[dialect], [node.name for node in system(source).graph.nodes if node.name is not None])
    return {name: notation.variable(Name(name)) for name in (of, by, *point)}


@pytest.mark.parametrize(("source", "of", "by", "point"), SYSTEMS)
@pytest.mark.skipif(shutil.which("maxima") is None, reason="Maxima is not installed")
def test_maxima_differentiates_what_we_write_as_we_do(run, source, of, by, point):
    known = names(source, "maxima", of, by, point)
    text = run("derive", source, "--wrt", by, "--of", of, "--format", "maxima").stdout
    at = ", ".join(f"{known[name]} = {value!r}" for name, value in point.items())
    asked = PRINT["maxima"].format(point=at, name=f"d{known[of]}_d{known[by]}", of=known[of], by=known[by])
    made = subprocess.run(
        ["maxima", "--very-quiet", f"--batch-string=display2d:false$ {' '.join(text.splitlines())} {asked}"],
        capture_output=True, text=True, timeout=120, check=True,
    ).stdout  # fmt: skip
    found = [float(line) for line in made.splitlines() if re.fullmatch(r"\s*-?\d+\.?\d*(?:e[-+]?\d+)?\s*", line)]
    assert found[-2:] == pytest.approx([ours(source, of, by, point)] * 2, rel=1e-9)


@pytest.mark.parametrize(("source", "of", "by", "point"), SYSTEMS)
@pytest.mark.skipif(shutil.which("octave") is None, reason="Octave is not installed")
def test_octave_computes_what_we_write_as_we_do(run, source, of, by, point):
    known = names(source, "matlab", of, by, point)
    text = run("derive", source, "--wrt", by, "--of", of, "--format", "matlab").stdout
    values = "".join(f"{known[name]} = {value!r}; " for name, value in point.items())
    asked = PRINT["octave"].format(name=f"d{known[of]}_d{known[by]}")
    program = f"{values}\n{text}\n{asked}"
    made = subprocess.run(
        ["octave", "--no-gui", "--quiet", "--norc", "--eval", program],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    ).stdout
    assert float(made.splitlines()[-1]) == pytest.approx(ours(source, of, by, point), rel=1e-9)


@pytest.mark.parametrize(("source", "of", "by", "point"), SYSTEMS)
def test_sympy_differentiates_what_we_write_as_we_do(run, source, of, by, point):
    sympy = pytest.importorskip("sympy")
    known = names(source, "sympy", of, by, point)
    space: dict[str, object] = {}
    exec(run("derive", source, "--wrt", by, "--of", of, "--format", "sympy").stdout, space)
    at = {space[known[name]]: value for name, value in point.items()}
    ready, asked = space[f"d{known[of]}_d{known[by]}"], sympy.diff(space[known[of]], space[known[by]])
    expected = ours(source, of, by, point)
    assert float(ready.subs(at).evalf()) == pytest.approx(expected, rel=1e-9)
    assert float(asked.doit().subs(at).evalf()) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("source", "of", "by", "point"), SYSTEMS)
def test_what_is_written_is_read_back(run, dialect, source, of, by, point):
    """In each language: the value of the derivative is what it was."""
    text = run("derive", source, "--wrt", by, "--of", of, "--format", dialect).stdout
    known = names(source, dialect, of, by, point)
    found, _ = read(SourceText(text, dialect), Request(at={known[name]: value for name, value in point.items()}))
    joint = DIALECTS[dialect].joint
    value = found.evaluation.values[Name(f"d{known[of]}{joint}d{known[by]}")]
    assert value == pytest.approx(ours(source, of, by, point), rel=1e-9)


@pytest.mark.parametrize(
    ("dialect", "typed", "same"),
    [  # examples of the languages' own manuals, of each shape of their grammars
        ("mathematica", "Sin[a*x+b]", "sin(a*x+b)"),
        ("mathematica", "2 x Exp[-x^2]", "2*x*exp(-x^2)"),
        ("mathematica", "E^x + Pi", "e^x + pi"),
        ("mathematica", "f[x_] := x^2/(1+x)", "f(x) = x^2/(1+x)"),
        ("mathematica", "y = ArcTan[x]; z = Log[y]", "y = arctan(x); z = log(y)"),
        ("mathematica", "(x+1)(x-1)", "(x+1)*(x-1)"),
        ("mathematica", "Out[3]= -2 a Cos[a x] (* a remark *)", "-2*a*cos(a*x)"),
        ("mathematica", "Sqrt[\\[Alpha] x]", "sqrt(α*x)"),
        ("mathematica", "1.5*^-3 x", "1.5e-3*x"),
        ("mathematica", "Log[2, u] + Log[b, u + 1]", "log(u, 2) + log(u + 1, b)"),  # the base stands first
        ("mathematica", "ArcTan[u, v]", "atan2(v, u)"),  # u to the right, v upwards
        ("julia", "log(2, u)", "log(u, 2)"),
        ("sympy", "log(u, 3)", "log(u, 3)"),
        ("maxima", "%e^x*sin(x)", "e^x*sin(x)"),
        ("maxima", "(%o3) 2*a*cos(a*x+b)*sin(a*x+b)", "2*a*cos(a*x+b)*sin(a*x+b)"),
        ("maxima", "y : x**2$ z : y/%pi;", "y = x^2; z = y/pi"),
        ("maxima", "f(x) := asinh(x) /* a remark */;", "f(x) = arsinh(x)"),
        ("maple", "y := ln(x)^2; z := arcsinh(y):", "y = log(x)^2; z = arsinh(y)"),
        ("maple", "f := x -> x^2*exp(x);", "f(x) = x^2*exp(x)"),
        ("maple", "f := (x, y) -> x*y + Pi; # a remark", "f(x, y) = x*y + pi"),
        ("sympy", "x = symbols('x')\ny = 2*x*exp(x**2) + Rational(1, 2)", "y = 2*x*exp(x^2) + 1/2"),
        ("sympy", "-asin(x)/Abs(x)", "-arcsin(x)/abs(x)"),
        ("julia", "f(x) = 2x^2 + 3sin(x)", "f(x) = 2*x^2 + 3*sin(x)"),
        ("julia", "y = asinh(x) # a remark", "y = arsinh(x)"),
        ("matlab", "y = x.^2 ./ (1 + exp(-x)); % a remark", "y = x^2 / (1 + exp(-x))"),
        ("matlab", "f = @(x) max(x, 0).*x", "f(x) = max(x, 0)*x"),
    ],
)
def test_what_systems_write_is_read(dialect, typed, same):
    assert read(SourceText(typed, dialect), Request())[0].graph == read(SourceText(same, "text"), Request())[0].graph


@pytest.mark.parametrize(
    ("dialect", "typed", "same"),
    [  # what ends a statement ends it, whatever begins the next; a line's end does where no sign goes on
        ("maxima", "y : x^2; -3*x", ["y = x^2", "-3*x"]),
        ("maxima", "y : x^2$\n  -3*x$", ["y = x^2", "-3*x"]),
        ("maple", "y := x^2: z := y", ["y = x^2", "z = y"]),
        ("julia", "y = x^2\n  - 3x", ["y = x^2 - 3*x"]),
        ("matlab", "y = x^2 +\n 3*x", ["y = x^2 + 3*x"]),
        ("mathematica", "y = x^2; -3 x", ["y = x^2", "-3*x"]),
    ],
)
def test_statements_end_where_they_do_in_the_language(dialect, typed, same):
    expected = read(SourceText("; ".join(same), "text"), Request())[0].graph
    assert read(SourceText(typed, dialect), Request())[0].graph == expected


@pytest.mark.parametrize(
    ("dialect", "typed", "place", "message"),
    [  # the place is in what was typed
        ("mathematica", "y = Sin[x_] + Foo[2 x]", "Foo", "unknown function 'Foo'"),
        ("mathematica", "y = \\[Alpha] + Sin[x]]", "]", "']' closes nothing"),
        ("mathematica", "y = Sin[x)", ")", "'[' is closed by ')'"),
        ("maxima", "y : %pi*sin(x", "(", "'(' is never closed"),
        ("maxima", "/* a remark */ y : x $ z : y_ + 1", "y_", "unexpected character '_'"),
        ("julia", "y = 2x; z = y ~ 2", "~", "'~' is not read in julia"),
        ("sympy", "y = Piecewise((x, x > 0))", "Piecewise", "a case distinction says nothing of the rest"),
        ("matlab", "y = x <> 2", "<>", "'<>' is not read in matlab"),
    ],
)
def test_an_error_is_at_its_place_in_the_language(dialect, typed, place, message):
    with pytest.raises(AdgraphError) as found:
        read(SourceText(typed, dialect), Request())
    error = found.value
    assert error.message == message
    assert (error.source, error.span.start) == (typed, typed.rindex(place))
    assert error.source[error.span.start : error.span.end] == place


def test_steps_are_refused_where_nothing_has_any():
    with pytest.raises(AdgraphError, match="nothing to unroll 3 times"):
        read(SourceText("y : x^2", "maxima"), Request(unroll=3))


BRANCHES = [
    ("y = max(x, 2w)", {"x": 3.0, "w": 1.0}),
    ("y = where(x > 1, x^2, w*x)", {"x": 0.5, "w": 3.0}),
    ("y = where(x > 1, 1, where(x <= 0, w, 2x))", {"x": 0.25, "w": 1.0}),
    ("y = atan2(x, w)", {"x": 0.5, "w": 3.0}),
    ("y = cbrt(x) + erf(w)", {"x": -0.5, "w": 0.25}),
    ("y = abs(x)*sign(w)", {"x": -0.5, "w": 3.0}),
    ("y = [x > 0] x^2", {"x": 0.5}),
    ("y = where(x != 1, x^2, w)", {"x": 0.5, "w": 3.0}),
    ("y = elu(x)", {"x": -0.5}),
]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("source", "point"), BRANCHES)
def test_branches_are_written_and_read_back(run, dialect, source, point):
    text = run("derive", source, "--wrt", "x", "--format", dialect).stdout
    found, _ = read(SourceText(text, dialect), Request(at=point))
    value = found.evaluation.values[Name(f"dy{DIALECTS[dialect].joint}dx")]
    assert value == pytest.approx(ours(source, "y", "x", point), rel=1e-9)


@pytest.mark.parametrize(("source", "point"), BRANCHES)
@pytest.mark.skipif(shutil.which("maxima") is None, reason="Maxima is not installed")
def test_maxima_differentiates_the_branch_that_holds(run, source, point):
    at = ",".join(f"{name}={value}" for name, value in point.items())
    result = run("check", source, "--at", at, "--with", "maxima")
    assert result.exit_code == 0
    assert all("—" not in line for line in result.stdout.splitlines() if "maxima" in line)


@pytest.mark.parametrize(
    ("dialect", "typed", "same"),
    [
        ("maxima", "if x > 0 then x^2 else -x", "where(x > 0, x^2, -x)"),
        ("maxima", "y : 2*(if x > 1 then 1 else if x > 0 then x else 0);", "y = 2*where(x > 1, 1, where(x > 0, x, 0))"),
        ("mathematica", "Piecewise[{{x^2, x > 0}, {1, x < -1}}, 3]", "where(x > 0, x^2, where(x < -1, 1, 3))"),
        ("mathematica", "Piecewise[{{x, x >= 0}}]", "where(x >= 0, x, 0)"),
        ("mathematica", "y = If[u < v, Sin[u], v]", "y = where(u < v, sin(u), v)"),
        ("mathematica", "ArcTan[u, v]", "atan2(v, u)"),
        ("maple", "y := piecewise(x < 0, -x, x <= 1, x, 1);", "y = where(x < 0, -x, where(x <= 1, x, 1))"),
        ("maple", "y := arctan(v, u);", "y = atan2(v, u)"),
        ("sympy", "Piecewise((x**2, x > 0), (0, True))", "where(x > 0, x^2, 0)"),
        ("sympy", "Piecewise((1, (x > 1)), (x, x >= 0), (0, True))", "where(x > 1, 1, where(x >= 0, x, 0))"),
        ("julia", "y = ifelse(x > 0, x, 0.1x)", "y = where(x > 0, x, 0.1x)"),
        ("matlab", "y = (x > 0).*x", "y = [x > 0]*x"),
        ("matlab", "y = (x ~= 0).*x", "y = [x != 0]*x"),
        ("maple", "piecewise(x <> 0, 1, 2)", "where(x != 0, 1, 2)"),
        ("maxima", "if (if x > 1 then x else 2) > w then 1 else 0", "where(where(x > 1, x, 2) > w, 1, 0)"),
    ],
)
def test_case_distinctions_of_systems_are_read(dialect, typed, same):
    assert read(SourceText(typed, dialect), Request())[0].graph == read(SourceText(same, "text"), Request())[0].graph


@pytest.mark.parametrize(
    ("dialect", "typed", "why"),
    [
        ("sympy", "Piecewise((x, x > 0))", "says nothing of the rest"),
        ("sympy", "Piecewise(x, y)", "a case has a value and a condition"),
        ("maxima", "if x > 0 then x", "is not whole here"),
        ("julia", "ifelse(x > 0, x)", "another number of arguments"),
        ("julia", "ifelse(, x, 1)", "unexpected ','"),
    ],
)
def test_case_distinctions_that_are_none_say_why(run, dialect, typed, why):
    result = run("eval", typed, "--from", dialect)
    assert (result.exit_code, why in result.stderr) == (1, True), result.stderr


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("typed", ["", "((", "x ~~ y", "\0", "f[[1]]", "a" * 60_000, "][", "@", "->", ":=", "= = ="])
def test_what_is_no_formula_is_an_error_with_a_reason(run, dialect, typed):
    result = run("eval", "-", "--from", dialect, stdin=typed)
    assert result.exit_code == 1
    assert result.stderr.startswith("adgraph: ")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_many_empty_lines_are_passed_at_once(dialect):
    start = time.process_time()
    assert read(SourceText("\n" * 19_000 + "y = x^2", dialect), Request())[0].graph.outputs
    assert time.process_time() - start < 2  # four seconds and more where each line looks at all behind it


def test_an_error_in_a_case_that_is_turned_about_has_a_place():
    source = "(if (if %pi > 1 then y2 else 1e3) > 1 then (1 then y2 else 1e3) > 1 t+(w_1) elselse 0.5 1e3)"
    with pytest.raises(AdgraphError, match="a vector or a matrix") as error:
        read(SourceText(source, "maxima"), Request())
    start, end = error.value.span
    assert 0 <= start < end <= len(source)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_names_have_identifiers_of_their_own(dialect):
    """Names that would be one, and those that mean something there, are told apart."""
    given = [Name(text) for text in ("w_1", "w1'", "ŷ", "y_hat_2", "λ", "E", "I", "if", "pi_2", "x^{(t)}", "𝐱", "д")]
    notation = Symbolic(DIALECTS[dialect], given)
    made = [notation.variable(name) for name in given]
    assert len(set(made)) == len(given)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", one) and one not in DIALECTS[dialect].reserved for one in made)


@pytest.mark.skipif(shutil.which("maxima") is None, reason="Maxima is not installed")
def test_maxima_is_one_of_the_ways(run):
    result = run("check", "y=2x^3+3; z=sigmoid(y)*a", "--at", "x=0.5,a=2", "--with", "maxima")
    assert result.exit_code == 0
    assert len(re.findall(r"^  maxima +-?\d", result.stdout, re.MULTILINE)) == 2


def test_a_program_that_is_not_installed_is_said(run, monkeypatch):
    monkeypatch.setenv("PATH", "")
    result = run("check", "y=x^2", "--at", "x=1", "--with", "maxima")
    assert "maxima is not installed (apt install maxima)" in result.stdout

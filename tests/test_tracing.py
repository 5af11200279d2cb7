"""Tracing Python functions: the functions of `functions_to_trace` beside the equations they become."""

import builtins
import contextlib
import inspect
import math
import sys
from pathlib import Path

import autograd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.point.at_kinks import gradient
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.python.functions import read
from graphviz_ad.read.python.tracing import trace
from tests import functions_to_trace as examples
from tests.conftest import graph, plain

FILE = "tests/functions_to_trace.py"


def read_as(function, at=None, wrt=()):
    return "; ".join(plain(equation) for equation in equations(graph_view(trace(function, at, wrt).graph, False)))


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (examples.figure, "y = 2*x^3 + 3; z = y^2"),
        (examples.reassigned, "x_1 = x*(sin(x) + 1); x_2 = x_1*(sin(x_1) + 2)"),
        (examples.versions, "y_1 = x + 1; y_2 = y_1*2; y_3 = y_2 + x"),
        (examples.skipping, "x_1 = (x + x_2) * 2; x_3 = (x_1 + x_2) * 3; x_4 = (x_3 + x_2) * 4"),
        (examples.helpers, "h = (a*a + 1)*(b*b + 1)"),
        (examples.closure, "closure = 3*x^2"),
        (examples.recursion, "recursion = x*(x*(x*x))"),
        (examples.results, "sum = a + b; product = a*b; list_1 = a - b; list_2_2 = 1.5; list_2_1 = b"),
        (examples.defaults, "defaults = 2*x + 0.5"),
        (examples.multiline, "y = 2*x + 1"),
        (examples.unpacked, "p = x + 1; q = x - 1; r = p*q; unpacked = r/r"),
        (examples.model, "loss = w*0.5"),
        (examples.checks, "checks = x^2"),
        (examples.keyed, "b = x + 1; a = y*2; keyed_4 = x; again = a"),
        (examples.positions, "p = a*b; positions_2 = a + b; positions_4 = 2*a"),
        (examples.copies, "copies = x*y"),
        (examples.lagged, "y = 2*x"),
        (lambda x: (x, x), "y = x"),
        (lambda x: 2 * math.pi * x, "y = 2*pi*x"),
        (lambda x: math.pi * x + math.e, "y = pi*x + e"),
        (lambda x: x + 2.0 + 0.1 + 1 / 3, "y = x + 2 + 0.1 + 1/3"),
        (lambda x: math.sin(1) * x, "y = 0.8414709848078965*x"),
    ],
)
def test_functions_become_equations(function, text):
    assert read_as(function) == text


def test_a_function_gives_the_graph_of_the_equations():
    assert trace(examples.figure).graph == graph("y = 2*x^3 + 3; z = y^2")


@pytest.mark.parametrize(
    ("at", "text", "branch"),
    [({"x": 0.5}, "y = exp(-x)", "0.5 > 0 is true"), ({"x": -1}, "branch = x", "-1 > 0 is false")],
)
def test_a_branch_needs_a_value_and_is_said(at, text, branch):
    source = trace(examples.branch, at)
    assert "; ".join(plain(e) for e in equations(graph_view(source.graph, False))) == text
    (note,) = source.notes
    line = inspect.getsourcelines(examples.branch)[1] + 1
    code = "x > 0" if sys.version_info >= (3, 11) else "if x > 0"
    assert note == f"{FILE}, line {line}: {code}: {branch}, and what follows from that is drawn"


def test_a_parameter_with_a_default_is_a_constant_unless_it_is_asked_for():
    assert read_as(examples.defaults) == "defaults = 2*x + 0.5"
    assert read_as(examples.defaults, wrt=["a"]) == "defaults = a*x + 0.5"
    assert read_as(examples.defaults, at={"b": 1}) == "defaults = 2*x + b"


def test_a_value_may_count():
    source = trace(examples.counted, {"n": 3, "x": 1})
    assert len(source.graph.nodes) == 7
    assert "range(n): 3 is used as a whole number, which is not differentiated" in source.notes[0]


@pytest.mark.parametrize("function", [examples.mathematics, examples.numpys, examples.autograds, examples.operators])
@pytest.mark.parametrize("point", [(0.7, 1.9), (2.5, 1.1)])
def test_values_and_gradients(function, point):
    at = dict(zip(("x", "y"), point, strict=True))
    traced = trace(function, at).graph
    assert math.isclose(values(traced, at)[traced.outputs[0]], function(*point), rel_tol=1e-12)
    found = gradient(traced, traced.outputs[0], at)
    step = 1e-6
    for k, name in enumerate(("x", "y")):
        above, below = ([v + sign * step * (i == k) for i, v in enumerate(point)] for sign in (1, -1))
        assert math.isclose(found[name], (function(*above) - function(*below)) / (2 * step), rel_tol=1e-6)


def test_gradients_equal_autograds():
    at = {"x": 0.7, "y": 1.9}
    traced = trace(examples.autograds).graph
    expected = autograd.grad(examples.autograds, (0, 1))(0.7, 1.9)
    assert gradient(traced, traced.outputs[0], at) == pytest.approx(
        dict(zip("xy", map(float, expected), strict=True)), rel=1e-12
    )


@pytest.mark.parametrize(
    ("function", "code", "message", "hint"),
    [
        (examples.branch, "x > 0", "'>' compares numbers that have no value", "--at x=…"),
        (examples.equal, "x == y", "'==' compares numbers that have no value", "--at x=…,y=…"),
        (examples.to_complex, "complex(x)", "complex numbers are not traced", "real and imaginary parts"),
        (examples.attribute, "x.shape", "a number has no attribute 'shape'", "one for each component"),
        (examples.unknown, "np.floor(x)", "numpy.floor is not in the table of operations", "functions that are"),
        (examples.mutated, "values[0]", "a plain float is wanted of a traced number", "np.array([x, y])"),
        (examples.counted, "range(n)", "a traced number cannot count or index", "--at n=3"),
        (examples.catches, "complex(x)", "complex numbers are not traced", "real and imaginary parts"),
        (
            examples.looks_up,
            "x in {0.5, 1.0}",
            "a traced number cannot be looked up in a set, a dict or a cache",
            "compare",
        ),
        (examples.writes_out, "np.add(x, y, out=made)", "out= of numpy.add is not traced", "leave it out"),
        (examples.remainder, "x % 2", "a remainder is not in the table of operations", "jumps"),
        (examples.infinite, 'x * float("inf")', "inf takes part in the result", ""),
        (examples.nothing, None, "the function returns nothing", "return a number"),
        (examples.words, None, "the function returns a str", "return a number"),
        (examples.star, None, "'star' takes any number of arguments (*values)", "parameters have names"),
    ],
)
def test_what_cannot_be_traced_names_its_line(function, code, message, hint):
    with pytest.raises(AdgraphError) as caught:
        trace(function)
    error = caught.value
    assert error.message == message
    assert hint in error.hint
    if code is not None:
        assert error.origin == FILE
        shown = error.source[error.span.start : error.span.end]
        assert code in (shown if sys.version_info >= (3, 11) else error.render())
        lines, first = inspect.getsourcelines(function)
        assert first <= error.source[: error.span.start].count("\n") + 1 < first + len(lines)


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("indexed", "TypeError: a traced number is not subscriptable", ""),
        ("complex_number", "TypeError: unsupported operand type(s) for +: 'a traced number' and 'complex'", ""),
        ("fails", "IndexError: list index out of range", ""),
        ("imports", "ModuleNotFoundError: No module named 'a_module_that_nobody_has'",
         "pip install a_module_that_nobody_has"),
        ("endless", "RecursionError: 'endless' calls itself without end", "does the recursion end?"),
        ("figur", f"there is no function 'figur' in '{FILE}'", "did you mean 'figure'?"),
        ("Model", f"'Model' in '{FILE}' is not a function", "there are figure, "),
        ("np", f"'np' in '{FILE}' is not a function", "there are figure, "),
        ("", f"'{FILE}' has 4", f"write {FILE}:NAME; there are figure, reassigned, "),
    ],
)  # fmt: skip
def test_mistakes_in_a_file(name, message, hint):
    with pytest.raises(AdgraphError) as caught:
        read(f"{FILE}:{name}")
    assert caught.value.message.startswith(message)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("name", "message", "calls"),
    [
        ("endless", "'endless' calls itself without end", {"endless(x)"}),
        ("there", "'there' and 'back' call each other without end", {"back(y)", "there(x)"}),
        ("back", "'back' and 'there' call each other without end", {"back(y)", "there(x)"}),
    ],
)
@pytest.mark.parametrize("depth", range(8))
def test_a_recursion_without_end_names_the_functions_and_a_call(name, message, calls, depth):
    """Wherever the depth ends: in the functions, in an operation of theirs, in what we do for it."""

    def deeper(levels):
        return read(f"{FILE}:{name}") if not levels else deeper(levels - 1)

    with pytest.raises(AdgraphError) as caught:
        deeper(depth)
    error = caught.value
    assert (error.origin, error.message) == (FILE, f"RecursionError: {message}")
    if sys.version_info >= (3, 11):
        assert error.source[error.span.start : error.span.end] in calls


@pytest.mark.parametrize(
    ("place", "message", "hint"),
    [
        ("", "there is no Python file here", "write lesson.py:function"),
        ("  ", "there is no Python file here", "write lesson.py:function"),
        (":f", "there is no Python file here", "write lesson.py:function"),
        ("folder.py", "'folder.py' is a folder", "name a Python file in it, and a function: lesson.py:function"),
        ("folder.py:f", "'folder.py' is a folder", "name a Python file in it, and a function: lesson.py:function"),
        ("y=x", "there is no file 'y=x'", "there are folder.py, nul.py"),
        (f"{'a' * 300}.py:f", f"there is no file '{'a' * 300}.py'", "there are folder.py, nul.py"),
        (f"{'a/' * 3000}b.py", f"there is no file '{'a/' * 3000}b.py'", "write lesson.py:function"),
        ("to_itself.py", "there is no file 'to_itself.py'", "there are folder.py, nul.py"),
        ("a\0.py", "there is no file 'a\0.py'", "there are folder.py, nul.py"),
        ("nul.py", "SyntaxError: source code string cannot contain null bytes", "is it a Python file?"),
    ],
)
def test_what_is_no_python_file(tmp_path, monkeypatch, place, message, hint):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "to_itself.py").symlink_to("to_itself.py")
    (tmp_path / "nul.py").write_bytes(b"def f(x):\0\n")
    with pytest.raises(AdgraphError) as caught:
        read(place)
    assert (caught.value.message, caught.value.hint, caught.value.span) == (message, hint, None)


def test_a_folder_without_python_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AdgraphError) as caught:
        read("lesson.py:loss")
    assert caught.value.hint == "no Python file is in the folder in which adgraph is called"


def test_a_file_may_have_the_marks_of_other_systems(tmp_path):
    """A byte order mark, carriage returns, an encoding that it names."""
    (tmp_path / "marked.py").write_bytes(b"\xef\xbb\xbfdef f(x):\r\n    return x * x\r\n")
    (tmp_path / "latin.py").write_bytes(
        b"# -*- coding: latin-1 -*-\ndef f(x):\n    caf\xe9 = x * x\n    return caf\xe9\n"
    )
    assert plain(read(f"{tmp_path / 'marked.py'}:f").graph) == "x*x"
    assert read(f"{tmp_path / 'latin.py'}:f").graph.nodes[-1].name == "café"


def test_an_exception_of_the_function_goes_through_the_api():
    with pytest.raises(ModuleNotFoundError):
        trace(examples.imports)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("def f(x:\n  return x\n", "SyntaxError", 1),
        ("import nobody_has_this\n", "ModuleNotFoundError: No module named 'nobody_has_this'", 1),
        ("x = 1\ny = 1/0\n", "ZeroDivisionError: division by zero", 2),
        ("raise SystemExit('stop')\n", "SystemExit: stop", 1),
    ],
)
def test_mistakes_in_running_a_file(tmp_path, text, message, place):
    path = tmp_path / "wrong.py"
    path.write_text(text)
    with pytest.raises(AdgraphError) as caught:
        read(f"{path}:f")
    assert caught.value.message.startswith(message)
    assert caught.value.source[: caught.value.span.start].count("\n") + 1 == place


def test_a_file_imports_what_stands_beside_it(tmp_path):
    package = tmp_path / "pkg"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "util.py").write_text("from math import tanh\ndef act(x): return tanh(x)\n")
    (package / "model.py").write_text("from .util import act\ndef loss(w):\n    a = act(w)\n    return a**2\n")
    (tmp_path / "random.py").write_text("import side\ndef only(x): return side.twice(x)\n")
    (tmp_path / "side.py").write_text("from math import sin as s\ndef twice(x): return 2*s(x)\n")
    before, modules = list(sys.path), set(sys.modules)
    source = read(f"{package / 'model.py'}:loss")
    assert "; ".join(plain(e) for e in equations(graph_view(source.graph, False))) == "a = tanh(w); loss = a^2"
    assert len(read(str(tmp_path / "random.py")).graph.nodes) == 4
    assert sys.path == before
    assert not list(tmp_path.rglob("__pycache__"))
    for name in set(sys.modules) - modules:
        del sys.modules[name]


def test_printing_functions_do_not_print_into_the_figure(tmp_path, capsys):
    path = tmp_path / "loud.py"
    path.write_text("print('loading')\ndef f(x):\n    print('running', x)\n    return x + 1\n")
    read(f"{path}:f")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "loading\nrunning <traced x>\n"


@pytest.mark.parametrize("function", [examples.figure, examples.to_complex, examples.imports])
def test_nothing_is_left_behind(function):
    before = (math.sin, builtins.max, examples.sin, sys.gettrace())
    with contextlib.suppress(AdgraphError, ModuleNotFoundError):
        trace(function)
    assert (math.sin, builtins.max, examples.sin, sys.gettrace()) == before


def test_numbers_of_another_call_are_refused():
    examples.cache.clear()
    assert len(trace(examples.remembers).graph.nodes) == 5
    with pytest.raises(AdgraphError, match="a number of another trace takes part"):
        trace(examples.remembers)


def test_scalars_and_lists_beside_traced_numbers():
    at = {"x": 0.7, "y": 1.3}
    traced = trace(examples.scalars, at).graph
    assert math.isclose(values(traced, at)[traced.outputs[0]], 1.3 + 0.7 + 2.0 + 2.0)


def test_parameters_that_look_the_same_are_refused():
    with pytest.raises(AdgraphError, match="the parameters 'x1' and 'x_1' look the same"):
        trace(lambda x1, x_1: x1 * x_1)


def test_files_of_one_name_do_not_meet(tmp_path):
    for folder, power in (("a", 2), ("b", 3)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "helper.py").write_text(f"def g(x): return x**{power}\n")
        (tmp_path / folder / "lesson.py").write_text("from helper import g\ndef loss(x): return g(x)\n")
    powers = [read(f"{tmp_path / folder / 'lesson.py'}:loss").graph.nodes[1].value for folder in "ab"]
    assert powers == [2, 3]


def test_an_unknown_parameter_is_named():
    with pytest.raises(AdgraphError, match="'figure' has no parameter 'q'"):
        trace(examples.figure, {"q": 1})


def test_an_unused_parameter_is_noted():
    assert trace(lambda x, t: x + 1).notes == ("the result does not depend on t",)
    assert [n.name for n in trace(lambda x, t: x + 1, wrt=["t"]).graph.nodes if n.op == "input"] == ["x", "t"]


def test_a_value_outside_the_domain_names_its_line():
    with pytest.raises(AdgraphError, match=r"log\(-1\) is not defined") as caught:
        trace(lambda x: math.log(x), {"x": -1})
    assert caught.value.hint == "log(x) needs x > 0"


def test_a_hundred_thousand_operations():
    def long(x):
        for _ in range(25_000):
            x = math.sin(x) * 0.5 + 0.1
        return x

    found = trace(long).graph
    assert len(found.nodes) > 100_000
    assert found.nodes[-1].name == "x_25000"


def test_reading_reads_the_values():
    assert len(read(f"{FILE}:branch", Request(at={"x": 1.0})).graph.nodes) == 3


OPERATIONS = st.sampled_from([
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / (1 + b * b), lambda a, b: math.sin(a),
    lambda a, b: max(a, b), lambda a, b: abs(a), lambda a, b: -a, lambda a, b: math.exp(-(a * a)), lambda a, b: a**2,
])  # fmt: skip


@given(st.lists(st.tuples(OPERATIONS, st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12),
       st.floats(-2, 2), st.floats(-2, 2))  # fmt: skip
def test_a_trace_computes_what_the_function_computes(steps, x, y):
    def function(x, y):
        made = [x, y]
        for operation, i, j in steps:
            made.append(operation(made[i % len(made)], made[j % len(made)]))
        return made[-1]

    traced = trace(function).graph
    at = {"x": x, "y": y}
    assert math.isclose(values(traced, at)[traced.outputs[0]], function(x, y), rel_tol=1e-12, abs_tol=1e-300)


def test_the_file_is_where_the_tests_think():
    assert Path(FILE).is_file()


@pytest.mark.parametrize(
    ("number", "spelled"),
    [
        (math.sqrt(3), "sqrt(3)"),
        (1 / math.sqrt(3), "sqrt(1/3)"),
        (-math.sqrt(2 / math.pi), "(-sqrt(2/pi))"),
        (math.sqrt(2 * math.pi), "sqrt(2*pi)"),
        (math.log(2), "log(2)"),
        (math.pi / 2, "pi/2"),
        (math.sqrt(4), "2"),
        (1 / 3, "1/3"),
        (1.4142, "1.4142"),
        (math.sin(1), "0.8414709848078965"),
    ],
)
def test_a_number_keeps_its_root(number, spelled):
    assert read_as(lambda x: x + number) == f"y = x + {spelled}"

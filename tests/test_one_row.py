"""One row is all that an operation needs: it is read, derived, drawn, said and computed everywhere.

The row is that of the fixture `isru`; its JavaScript is run by a browser in `test_page`.
"""

import ast
import json
from pathlib import Path

import pytest

from graphviz_ad.core.ops import OPS
from tests.conftest import plain, system

PACKAGE = Path(__file__).parent.parent / "graphviz_ad"
SLOPE = "1/sqrt(1 + x^2)^3"
pytestmark = pytest.mark.usefixtures("isru")


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("y = isru(x)", "text"),
        ("y = isru x", "text"),
        ("y = rsu(x)", "text"),
        (r"y = \isru(x)", "latex"),
        (r"y = \Isru x", "latex"),
        (r"y = \operatorname{rsu}(x)", "latex"),
    ],
)
def test_it_is_read(source, language):
    whole = system(source, language)
    assert [node.op for node in whole.graph.nodes] == ["input", "isru"]


@pytest.mark.parametrize("call", ["x.unit()", "x.isru()", "numpy.spacing(x)"])
def test_it_is_traced(run, tmp_path, call):
    (tmp_path / "unit.py").write_text(f"import numpy\n\n\ndef f(x):\n    return {call}\n")
    assert "ISRU(x)" in run("show", "unit.py:f").stdout
    assert "0.351123" in run("eval", "unit.py:f", "--at", "x=0.375").stdout


def test_in_latex_it_is_missed_without_its_backslash(run):
    result = run("derive", "$y = isru(x)$", "--wrt", "x")
    assert result.exit_code == 1
    assert "write \\isru" in result.stderr


@pytest.mark.parametrize(
    ("suffix", "shown"),
    [
        ("svg", "isru(x)"),
        ("dot", "ISRU"),
        ("tex", r"\operatorname{ISRU}"),
        ("json", r"\\operatorname{ISRU}"),
        ("mmd", r"\operatorname{ISRU}"),
        ("html", "isru(x)"),
        ("txt", "ISRU(x)"),
    ],
)
def test_it_is_drawn(run, tmp_path, suffix, shown):
    result = run("draw", "y = isru(x)*x", "--at", "x=0.5", "-o", f"figure.{suffix}")
    assert (result.exit_code, result.stderr) == (0, "")
    assert shown in (tmp_path / f"figure.{suffix}").read_text("utf-8")


@pytest.mark.parametrize("suffix", ["pdf", "png"])
def test_it_is_drawn_in_pictures(run, tmp_path, suffix):
    assert run("draw", "y = isru(x)", "-o", f"figure.{suffix}").exit_code == 0
    assert (tmp_path / f"figure.{suffix}").stat().st_size > 1000


def test_a_page_has_what_it_is_composed_of(run, tmp_path):
    run("draw", "y = isru(x)", "-o", "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    data = json.loads(text.split('id="data">')[1].split("</script>")[0])
    assert [step[0] for step in data["composed"]["isru"]["steps"]] == [
        "input", "const", "const", "pow", "add", "sqrt", "div",
    ]  # fmt: skip
    functions = text.split("const OPERATIONS = {")[1].split("};")[0]
    listed = {line.split(":")[0] for line in functions.strip().splitlines()}
    assert {"add", "div", "pow", "sqrt"} <= listed  # and what a reader's own answer may be made of
    assert "isru" not in listed


@pytest.mark.parametrize(
    ("format_name", "written"),
    [
        ("text", "ISRU(x)"),
        ("latex", r"\operatorname{ISRU}(x)"),
        ("markdown", r"\operatorname{ISRU}(x)"),
        ("typst", 'op("ISRU")'),
    ],
)
def test_it_is_derived(run, format_name, written):
    assert written in run("derive", "y = x*isru(x)", "--wrt", "x", "--format", format_name).stdout


def test_its_rule_is_named(run):
    assert "rule of the unit" in run("derive", "y = isru(x)", "--wrt", "x", "--explain").stdout


def test_its_derivative_is_that_of_the_row():
    (chain,) = system("y = isru(x)").chains(False)
    assert plain(chain.equations[-1]).endswith(f" = {SLOPE}")


def test_it_has_values_and_gradients(run):
    out = json.loads(run("eval", "y = isru(x)", "--at", "x=0.75", "--format", "json").stdout)
    assert out["values"]["y"] == pytest.approx(0.6)
    assert out["gradient"]["y"]["x"] == pytest.approx(0.512)


def test_what_is_exact_is_folded():
    (chain,) = system("y = x*isru(0) + x").chains(False)
    assert plain(chain.equations[-1]).endswith(" = 1")


def test_it_is_checked_by_other_libraries(run):
    result = run("check", "y = isru(x)", "--at", "x=0.3", "--with", "autograd,sympy")
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split()[1] for line in result.stdout.splitlines()[1:]}
    assert lines["autograd"] == lines["sympy"] == "0.87874"


def test_it_is_on_the_cheat_sheet(run):
    assert "isru" in run("rules").stdout
    card = run("rules", "isru").stdout
    assert all(part in card for part in ("definition", "also called", "rsu", "dy/dx"))


def test_it_is_said_in_words(run, tmp_path):
    run("draw", "y = isru(x)", "-o", "figure.svg")
    assert "the inverse square root unit" in (tmp_path / "figure.svg").read_text("utf-8")


# ---- no operation is known anywhere else

# What languages write with signs, and the algebra is made of.
SIGNED = {
    "add",
    "sub",
    "mul",
    "div",
    "pow",
    "neg",
    "copy",
}
BRACKETS = {"greater", "greater_equal", "less", "less_equal", "equal", "not_equal"}
ROOTS = {"sqrt", "cbrt"}
IDENTITIES = (  # what holds of single functions names them, and so does what a library computes them by
    "algebra/identities.py",
    "algebra/worth_trying.py",
    "point/balls.py",
    "notation/dialects.py",  # and what other systems call them
    "read/symbolic/dialects.py",
)
ALLOWED = {
    "algebra/normal_form.py": {"exp", "sqrt"},  # powers in disguise
    "algebra/pool.py": {"exp"},
    "algebra/atoms.py": {"exp", "sqrt", "cbrt"},
    "algebra/candidates.py": {"tan", "cot", "sec", "csc"},  # quotients in disguise
    "algebra/simple_forms.py": {"log", "sqrt"},  # log u − log v; roots without fractions
    "point/arrays/logarithms.py": {"exp", "ln", "log", "sigmoid"},  # what leaves the range of numbers on the way
    "point/arrays/libraries.py": {"exp", "log", "sqrt"},  # softmax and norms, as their definitions have them
    "read/python/numeric.py": {
        "abs",
        "hypot",
        "log",
        "max",
        "min",
    },  # functions of Python that take more or fewer arguments
    "point/programs.py": {"abs", "max", "min"},  # which branch of a kink holds
    "read/python/tape.py": {"abs"},
    "read/python/ufuncs.py": BRACKETS,
    "read/text/brackets.py": {"abs"},  # bars
    "read/text/table_calls.py": {"abs", "sqrt", "cbrt", "log_base"},  # the end of an argument; roots and logarithms
    "read/text/parser.py": {"relu"},  # (x)^+
    "formats/tikz/overlays.py": {"equal"},
    "read/text/tokens.py": {"sqrt", "cbrt"},
    "read/text/vectors.py": {"max", "min"},  # words of a hint
    "read/latex/brackets.py": {"abs"},
    "read/latex/structures.py": ROOTS,
    "read/latex/elements.py": {"sqrt"},
    "read/latex/hints.py": {"sqrt"},
    "algebra/softmaxes.py": {"exp", "log"},
    "derive/arrays/known_sums.py": {"log"},  # of a sum
    "algebra/powers.py": {"exp", "sqrt"},  # powers in disguise
    "algebra/matrix_terms.py": {"exp"},
    "derive/arrays/index_form.py": {"equal"},
    "derive/arrays/special.py": {"exp"},  # softmax of its logarithm
    "formats/page/page.py": {"erf", "erfc"},  # which have a script of their own
    "lesson/starting_point.py": {"abs", "log", "log10", "log1p", "log2"},  # what a label stands in
    "notation/symbolic.py": {"abs", *ROOTS},
    "read/symbolic/reading.py": {"arctan", "atan2"},  # of two arguments
    "read/arrays/spelled_heads.py": {"ln", "log"},  # log p = …
    "read/arrays/parser.py": {"log", "max", "min"},  # what is another thing of arrays
    "read/arrays/along.py": {"exp", "log", "max", "min", "sqrt"},  # of rows and columns
    "read/arrays/calls.py": {"abs", "exp", "log", "max", "min", "sqrt"},
    "read/arrays/functions.py": {"abs", "log"},
    "read/arrays/entries.py": {"abs"},
    "read/arrays/index_sums.py": {"max"},
    "read/arrays/maker.py": {"cos", "cosh", "exp", "log", "sin", "sinh", "sqrt", "tan"},  # also of matrices
    "read/python/array_functions.py": {"max", "min", "where"},
    "read/python/choosing.py": {"max"},
    "read/python/arrays.py": {"abs", "cos", "cosh", "sin", "sinh", "tanh", *BRACKETS},
    "read/python/numpy_protocols.py": {"exp", "log", "max", "min", *BRACKETS},
    "read/python/known_numbers.py": {"log", "sqrt"},  # √3 and log 2, of floats
    "read/python/broadcasting.py": {"exp", "max", "relu", "sigmoid", "tanh", *BRACKETS},
    "read/python/statistics.py": {"max", "min", "sqrt"},
    "read/python/special_functions.py": {
        "elu",
        "gelu",
        "relu",
        "sigmoid",
        "silu",
        "softplus",
        "swish",
        "tanh",
    },  # jax.nn's
    "read/python/many_axes.py": {"max", "min"},
    "read/python/matrices.py": {"sqrt"},  # of a Cholesky factor
    "point/arrays/domains.py": {"log"},  # infinite at 0
    "point/comparing.py": {"sin"},  # stands in for an unknown function
    "read/python/reductions.py": {"exp", "max", "sqrt"},
    "notation/plain.py": ROOTS,
    "notation/ascii.py": {"abs", *ROOTS},
}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_operation_is_known_by_its_name_outside_the_table(path):
    if path.is_relative_to(PACKAGE / "core") or path.relative_to(PACKAGE).as_posix() in IDENTITIES:
        return
    names = {name for op in OPS.values() for name in (op.name, *op.aliases)} - {"e", "pi", "sign", "where"}
    strings = {node.value for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant)}
    known = ALLOWED.get(path.relative_to(PACKAGE).as_posix(), set())
    assert (strings & names) - SIGNED - known == set()
    assert known <= strings

"""The operation table: every row against central differences, and the checker against a wrong row."""

import math
import random

import pytest

from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS, OPS, Op
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.table import definition, functions
from graphviz_ad.read.text.equations import read as parse

IN_JAVASCRIPT = frozenset("abs atan2 cbrt cos cosh exp max min sin sinh sqrt tan tanh".split())  # of Math, by that name
DIFFERENTIABLE = [op for op in OPS.values() if op.params]


def partial(op: Op, k: int, at: list[float]) -> float:
    """The table's derivative at a point."""
    rule = parse(op.partials[k]).graph
    known = dict(zip(op.params, at, strict=True)) | {"out": functions[op.name](*at)}
    return values(rule, known)[rule.outputs[0]]


def central_difference(op: Op, k: int, at: list[float]) -> float:
    """(f(x + h) − f(x − h)) / 2h, extrapolated once (Richardson)."""

    def slope(h: float) -> float:
        above, below = list(at), list(at)
        above[k] += h
        below[k] -= h
        return (functions[op.name](*above) - functions[op.name](*below)) / (2 * h)

    return (4 * slope(5e-4) - slope(1e-3)) / 3


def is_wrong(op: Op) -> str:
    """Where a row's derivative differs from the difference quotient of its function; empty where it does not."""
    rng = random.Random(op.name)
    for _ in range(40):
        at = [rng.uniform(*interval) for interval in op.sample]
        if op.kink and min(abs(x - y) for x in at for y in [0.0, *at] if x is not y) < 0.01:
            continue
        for k in range(len(op.params)):
            said, measured = partial(op, k, at), central_difference(op, k, at)
            if not math.isclose(said, measured, rel_tol=1e-6, abs_tol=1e-6):
                return f"d{op.name}/d{op.params[k]} at {at}: the table says {said}, differences say {measured}"
    return ""


@pytest.mark.parametrize("op", DIFFERENTIABLE, ids=lambda op: op.name)
def test_every_derivative_is_that_of_its_function(op):
    assert is_wrong(op) == ""


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("sin", ("-cos(x)",)), ("tanh", ("1 + out^2",)), ("mul", ("y", "y")), ("log10", ("1 / x",)), ("relu", ("1",))],
)
def test_the_check_finds_a_wrong_derivative(name, wrong):
    assert "the table says" in is_wrong(OPS[name].replace(partials=wrong))


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_every_row_is_whole(op):
    assert len(op.partials) == len(op.params) == len(op.sample)
    assert op.domain
    assert op.inverse == "" or OPS[op.inverse].inverse == op.name
    assert not op.folds or len(op.params) == 2


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.definition and op.function], ids=lambda op: op.name)
def test_every_definition_is_its_function(op):
    """A function of floats that stands beside a definition, for its digits, is the same function."""
    graph = definition(op.name)
    for share in (0.03, 0.37, 0.5, 0.71, 0.96):
        at = [low + (high - low) * share for low, high in op.sample]
        composed = values(graph, dict(zip(op.params, at, strict=True)))[graph.outputs[0]]
        assert math.isclose(composed, functions[op.name](*at), rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("op", OPS.values(), ids=lambda op: op.name)
def test_every_operation_is_computed_in_every_target(op):
    """By its definition, or by a function for each."""
    assert op.definition or (op.function and (op.javascript or op.name in IN_JAVASCRIPT))
    assert op.definition or op.generic or op.numeric_names or not op.params


@pytest.mark.parametrize(
    "op", [op for op in OPS.values() if op.inverse and op.name[:2] != "ar"], ids=lambda op: op.name
)
def test_inverses_undo_each_other(op):
    low, high = OPS[op.inverse].sample[0]
    x = 0.3 * low + 0.7 * high
    assert math.isclose(functions[op.name](functions[op.inverse](x)), x, rel_tol=1e-9)


@pytest.mark.parametrize(
    ("name", "at", "derivative"),
    [
        ("relu", [0.0], [0]),
        ("abs", [0.0], [0]),
        ("sign", [0.0], [0]),
        ("max", [2.0, 2.0], [1, 0]),
        ("min", [2.0, 2.0], [1, 0]),
    ],
)
def test_at_a_kink_the_derivative_is_the_one_that_is_stated(name, at, derivative):
    op = OPS[name]
    assert [partial(op, k, at) for k in range(len(at))] == derivative
    assert op.kink


@pytest.mark.parametrize(
    "names",
    [
        "exp log ln log2 log10 log1p expm1 sqrt cbrt",
        "sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc asin acos atan acot asec acsc atan2",
        "sinh cosh tanh arsinh arcosh artanh asinh acosh atanh arcsinh arccosh arctanh",
        "sigmoid σ softplus relu silu swish gelu elu softsign erf erfc abs sign max min hypot",
    ],
)
def test_every_function_of_the_manual_is_known(names):
    assert [name for name in names.split() if name not in FUNCTIONS] == []


def test_constants():
    assert functions[CONSTANTS["pi"].name]() == functions[CONSTANTS["π"].name]() == math.pi
    assert functions["e"]() == math.e


@pytest.mark.parametrize("x", [-800.0, -30.0, -1.0, 0.0, 1.0, 30.0, 800.0])
def test_activations_do_not_overflow(x):
    for name in ("sigmoid", "softplus", "silu", "gelu", "relu", "elu", "softsign"):
        assert math.isfinite(functions[name](x))


def test_cube_roots_are_exact_for_cubes():
    assert [functions["cbrt"](float(n**3)) for n in range(-5, 6)] == [float(n) for n in range(-5, 6)]

"""Random expressions: as text for adgraph, and as an expression for SymPy."""

from __future__ import annotations

from typing import NamedTuple

import sympy
from hypothesis import assume
from hypothesis import strategies as st

NAMES = ("a", "b", "x")
SYMBOLS = {name: sympy.Symbol(name, positive=True) for name in NAMES}

# Functions that are smooth and moderate wherever the variables are positive.
_FUNCTIONS = {
    "sin({})": sympy.sin,
    "cos({})": sympy.cos,
    "tanh({})": sympy.tanh,
    "arctan({})": sympy.atan,
    "exp(sin({}))": lambda u: sympy.exp(sympy.sin(u)),
    "exp(-({})^2)": lambda u: sympy.exp(-(u**2)),
    "log(1 + ({})^2)": lambda u: sympy.log(1 + u**2),
    "sqrt(1 + ({})^2)": lambda u: sympy.sqrt(1 + u**2),
    "sigmoid({})": lambda u: 1 / (1 + sympy.exp(-u)),
    "erf({})": sympy.erf,
    "({})^2": lambda u: u**2,
    "({})^3": lambda u: u**3,
    "1/(2 + sin({}))": lambda u: 1 / (2 + sympy.sin(u)),
    "(2 + sin({}))^(-2)": lambda u: (2 + sympy.sin(u)) ** -2,
    "-({})": lambda u: -u,
    "(2 + cos({}))^x": lambda u: (2 + sympy.cos(u)) ** SYMBOLS["x"],
}
_PAIRS = {
    "({}) + ({})": lambda u, v: u + v,
    "({}) - ({})": lambda u, v: u - v,
    "({}) * ({})": lambda u, v: u * v,
    "({}) / (2 + sin({}))": lambda u, v: u / (2 + sympy.sin(v)),
    "({}) / (a*x*(3 + sin({})))": lambda u, v: u / (SYMBOLS["a"] * SYMBOLS["x"] * (3 + sympy.sin(v))),
}


class Pair(NamedTuple):
    """One expression, for adgraph and for SymPy."""

    text: str
    oracle: sympy.Expr


def _number(n: int) -> Pair:
    return Pair(str(n), sympy.Integer(n))


_leaves = st.one_of(
    st.sampled_from(NAMES).map(lambda name: Pair(name, SYMBOLS[name])),
    st.integers(0, 6).map(_number),
    st.sampled_from(["1/2", "2/3", "0.5", "1.25"]).map(lambda n: Pair(n, sympy.Rational(n))),
)


def _grown(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    unary = st.builds(
        lambda f, u: Pair(f.format(u.text), _FUNCTIONS[f](u.oracle)), st.sampled_from(sorted(_FUNCTIONS)), inner
    )
    binary = st.builds(
        lambda f, u, v: Pair(f.format(u.text, v.text), _PAIRS[f](u.oracle, v.oracle)),
        st.sampled_from(sorted(_PAIRS)), inner, inner,
    )  # fmt: skip
    return st.one_of(unary, binary)


expressions = st.recursive(_leaves, _grown, max_leaves=8)


@st.composite
def systems(draw: st.DrawFn) -> list[Pair]:
    """Up to three equations y1, y2, y3, the later reading the earlier; the oracle is written out in the inputs."""
    found: list[Pair] = []
    for number in range(draw(st.integers(1, 3))):
        pair = draw(expressions)
        if found:
            other, joint = draw(st.integers(0, number - 1)), draw(st.sampled_from(sorted(_PAIRS)))
            text = joint.format(pair.text, f"y{other + 1}")
            pair = Pair(text, _PAIRS[joint](pair.oracle, found[other].oracle))
        found.append(Pair(f"y{number + 1} = {pair.text}", pair.oracle))
    assume(any(pair.oracle.free_symbols for pair in found))  # y1 = 0; y2 = 3*y1 are values that are given
    return found


def value(oracle: sympy.Expr, at: dict[str, float]) -> float:
    """The value of a SymPy expression, to 30 digits and then rounded."""
    return float(oracle.evalf(30, subs={SYMBOLS[name]: number for name, number in at.items()}))


points = st.fixed_dictionaries({name: st.floats(0.3, 1.7).map(lambda v: round(v, 3)) for name in NAMES})

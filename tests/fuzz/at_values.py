"""Random texts of --at: expressions, ranges, lists, and what is none of these."""

from __future__ import annotations

import random

from .command import Call, hostile, mutated, run

_NUMBERS = ("0", "1", "-1", "0.5", "2.", ".5", "1e3", "1e-300", "1e308", "1e309", "1e99999", "pi", "e", "inf",
            "nan", "0x1",
            "1_000", "½", "٣", "1,5", "x", "a", "π/2", "√2", "1/3", "--1", "9" * 49, "9" * 60)  # fmt: skip
_NAMES = ("x", "a", "b", "x_1", r"\theta", "θ", "x_{i,j}", "x_{a=b}", "y", "z", "", "sin", "e", "pi", "x'", "0", "x y")
_SOURCES = (
    "y=x*a+b",
    "y=x_1^2+x",
    r"y=\theta x",
    "y=x_{i,j}*x",
    "y=1/x+log(a)",
    "y=sin(x)^2*abs(a)",
    "y=max(x,a)",
    "y=5",
)


def case(rng: random.Random) -> Call:
    words = [rng.choice(("eval", "derive", "check", "eval")), rng.choice(_SOURCES)]
    for _ in range(rng.choice((1, 1, 1, 2))):
        text = ",".join(_given(rng) for _ in range(rng.choice((1, 1, 2, 3))))
        text = mutated(rng, text) if rng.random() < 0.2 else text
        words += ["--at", text.replace("\0", "")]
    if words[0] == "eval" and rng.random() < 0.4:
        words += ["--format", rng.choice(("csv", "json", "markdown", "latex"))]
    return Call(tuple(words))


def _given(rng: random.Random) -> str:
    name = hostile(rng, 2) if rng.random() < 0.1 else rng.choice(_NAMES)
    return f"{name}{rng.choice(('=', '=', '=', '=', ' = ', '==', ''))}{_value(rng)}"


def _value(rng: random.Random) -> str:
    if rng.random() < 0.1:
        return hostile(rng)
    if rng.random() < 0.3:  # few values: how long many take is another matter
        first, last, step = (rng.choice(("0", "1", "-2", "0.5", "pi", "inf", "1e300", "")) for _ in range(3))
        return rng.choice((f"{first}:{last}", f"{first}:{last}:0.5", f"0:3:{step}", f"{first}:{last}:{step}:1"))
    return _expression(rng, 0)


def _expression(rng: random.Random, depth: int) -> str:
    if depth > 3 or rng.random() < 0.4:
        return rng.choice(_NUMBERS)
    inner = [_expression(rng, depth + 1) for _ in range(2)]
    return rng.choice(("({0})", "-{0}", "{0}+{1}", "{0}*{1}", "{0}/{1}", "{0}^{1}", "sin({0})", "sqrt({0})",
    "log {0}",
                       "max({0},{1})", "|{0}|", "{0}!", "f({0})", r"\frac{{{0}}}{{{1}}}",
                       "[{0}>{1}]")).format(*inner)  # fmt: skip


def check(call: Call) -> None:
    run(call)

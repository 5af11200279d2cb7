"""Random systems of equations: their text, and by another way, of mpmath alone, their values and derivatives.

Functions are kept where they are moderate, so that a number that differs is a mistake and not the rounding of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple

from mpmath import mp, mpf

Value = Callable[[Mapping[str, Any]], Any]
LARGE = 1e8  # beyond it a number is not compared
DIGITS, STEP = 60, "1e-20"  # of the difference quotients


class Expression(NamedTuple):
    """The text of an expression in brackets where it needs them, and what it is worth."""

    text: str
    value: Value

    def __repr__(self) -> str:
        return self.text


class System(NamedTuple):
    """Equations in order, the functions they call, and a point."""

    functions: tuple[str, ...]
    equations: tuple[tuple[str, Expression], ...]
    at: dict[str, str]

    @property
    def text(self) -> str:
        return "; ".join([*self.functions, *(f"{name} = {side.text}" for name, side in self.equations)])

    @property
    def outputs(self) -> list[str]:
        """The names that no later equation reads, found as a reader would: by what was put in."""
        return [name for name, _ in self.equations if all(name not in reads(side) for _, side in self.equations)]

    def point(self) -> dict[str, Any]:
        return {name: mpf(text) for name, text in self.at.items()}

    def values(self, at: Mapping[str, Any]) -> dict[str, Any]:
        """Every variable at a point."""
        found = dict(at)
        for name, side in self.equations:
            found[name] = side.value(found)
        return found

    def slopes(self, of: str) -> dict[str, Any]:
        """The derivative of a variable with respect to each input, as a central difference in many digits."""
        at, step = self.point(), mpf(STEP)
        return {
            name: (self.values({**at, name: at[name] + step})[of] - self.values({**at, name: at[name] - step})[of])
            / (2 * step)
            for name in at
        }


def reads(side: Expression) -> set[str]:
    """The variables of an expression: what its value asks for."""
    asked = _Asked()
    side.value(asked)
    return asked.names


class _Asked(dict[str, Any]):
    """Numbers for any name; it remembers which were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def __missing__(self, name: str) -> Any:
        self.names.add(name)
        return mpf("0.7")


def _sigmoid(u: Any) -> Any:
    return 1 / (1 + mp.exp(-u))


UNARY: dict[str, Callable[[Any], Any]] = {
    "sin({})": mp.sin,
    "cos({})": mp.cos,
    "tanh({})": mp.tanh,
    "arctan({})": mp.atan,
    "arsinh({})": mp.asinh,
    "exp(sin({}))": lambda u: mp.exp(mp.sin(u)),
    "exp(-({})^2)": lambda u: mp.exp(-(u**2)),
    "e^tanh({})": lambda u: mp.exp(mp.tanh(u)),
    "log(1 + ({})^2)": lambda u: mp.log(1 + u**2),
    "log2(3 + cos({}))": lambda u: mp.log(3 + mp.cos(u), 2),
    "sqrt(1 + ({})^2)": lambda u: mp.sqrt(1 + u**2),
    "cbrt(2 + sin({}))": lambda u: mp.cbrt(2 + mp.sin(u)),
    "sigmoid({})": _sigmoid,
    "softplus({})": lambda u: mp.log(1 + mp.exp(u)) if u < 60 else u + mp.exp(-u),
    "silu({})": lambda u: u * _sigmoid(u),
    "gelu({})": lambda u: u * mp.erfc(-u / mp.sqrt(2)) / 2,
    "relu({})": lambda u: max(u, mpf(0)),
    "erf({})": mp.erf,
    "|{}|": abs,
    "({})^2": lambda u: u**2,
    "({})^3": lambda u: u**3,
    "({})**2": lambda u: u**2,
    "1/(2 + sin({}))": lambda u: 1 / (2 + mp.sin(u)),
    "(2 + sin({}))^(-2)": lambda u: (2 + mp.sin(u)) ** -2,
    "-({})": lambda u: -u,
    "2 ({})": lambda u: 2 * u,
    "({})/3": lambda u: u / 3,
    "sinh(sin({}))": lambda u: mp.sinh(mp.sin(u)),
    "sec(sin({}))": lambda u: mp.sec(mp.sin(u)),
}
BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "({}) + ({})": lambda u, v: u + v,
    "({}) - ({})": lambda u, v: u - v,
    "({}) * ({})": lambda u, v: u * v,
    "({}) / (2 + sin({}))": lambda u, v: u / (2 + mp.sin(v)),
    "({})({})": lambda u, v: u * v,
    "max({}, {})": max,
    "min({}, {})": min,
    "hypot({}, 1 + ({})^2)": lambda u, v: mp.hypot(u, 1 + v**2),
    "atan2({}, 2 + cos({}))": lambda u, v: mp.atan2(u, 2 + mp.cos(v)),
    "(2 + cos({}))^sin({})": lambda u, v: (2 + mp.cos(u)) ** mp.sin(v),
}
NAMES = ("x", "a", "b", "w_1", "x'", "θ", "h_{t-1}", "y_hat", "lambda", "Gamma", "w_ij",
         "x_long_name_of_a_measured_quantity")  # fmt: skip


def system(rng: Random) -> System:
    """A system with sharing, long names, functions, deep nests or many outputs; seldom with all of it."""
    inputs = rng.sample(NAMES, rng.randint(1, 4))
    size, most = rng.choice([(1, 3), (2, 8), (4, 6), (8, 4), (12, 2)])
    equations: list[tuple[str, Expression]] = []
    known = list(inputs)
    functions, calls = _functions(rng) if rng.random() < 0.3 else ((), {})
    for number in range(rng.randint(1, size)):
        name = rng.choice([f"y_{number}", f"z_{{{number},out}}", f"value{number}"])
        equations.append((name, _expression(rng, known, calls, rng.randint(1, most))))
        known.append(name)
    for call, applied in calls.items():  # one that is not called would be an output of its own
        name, side = equations[-1]
        last = _leaf(rng, inputs)
        equations[-1] = name, _sum(side, Expression(call.format(last.text), _after(applied, last.value)))
    used = {name for _, side in equations for name in reads(side)}
    at = {name: f"{rng.uniform(0.3, 1.7):.3f}" for name in inputs if name in used}
    return System(functions, tuple(equations), at)


def _functions(rng: Random) -> tuple[tuple[str, ...], dict[str, Callable[[Any], Any]]]:
    """Definitions, the later calling the earlier, and what each does."""
    lines, calls = [], {}
    for name in rng.sample(["f", "g", "phi"], rng.randint(1, 3)):
        body = _expression(rng, ["u"], calls, rng.randint(1, 3))
        lines.append(f"{name}(u) = {body.text}")
        calls[f"{name}({{}})"] = _applied(body)
    return tuple(lines), calls


def _applied(body: Expression) -> Callable[[Any], Any]:
    return lambda u: body.value({"u": u})


def _after(function: Callable[[Any], Any], inner: Value) -> Value:
    return lambda at: function(inner(at))


def _sum(left: Expression, right: Expression) -> Expression:
    return Expression(f"{left.text} + {right.text}", lambda at: left.value(at) + right.value(at))


def _expression(rng: Random, known: list[str], calls: Mapping[str, Callable[[Any], Any]], size: int) -> Expression:
    """An expression of so many operations."""
    if not size:
        return _leaf(rng, known)
    if rng.random() < 0.4:
        text, unary = rng.choice(list((UNARY | dict(calls)).items()))
        inner = _expression(rng, known, calls, size - 1)
        return Expression(text.format(inner.text), _after(unary, inner.value))
    text, binary = rng.choice(list(BINARY.items()))
    left = rng.randint(0, size - 1)
    first, second = (_expression(rng, known, calls, part) for part in (left, size - 1 - left))
    return Expression(text.format(first.text, second.text), lambda at: binary(first.value(at), second.value(at)))


def _leaf(rng: Random, known: list[str]) -> Expression:
    if rng.random() < 0.25:
        number = rng.choice(["1", "2", "3", "0.5", "1.25", "10"])
        return Expression(number, lambda at: mpf(number))
    name = rng.choice(known)
    return Expression(name, lambda at: at[name])

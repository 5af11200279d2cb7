"""The same function run through other libraries of automatic differentiation, where they are installed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record


class Library(Record):
    """How a library is installed, where its functions are, how it differentiates a function of a list, and what it
    makes of a number."""

    package: str
    functions: str
    gradient: Callable[[Any, Callable[[list[Any]], Any], list[float]], list[float]]
    number: Callable[[Any, Number | float], Any] = lambda functions, value: float(value)


def _autograd(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    grad = import_module("autograd").grad
    return [float(part) for part in grad(run)(point)]


def _torch(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    inputs = [functions.tensor(x, dtype=functions.float64, requires_grad=True) for x in point]
    run(inputs).backward()
    return [0.0 if x.grad is None else float(x.grad) for x in inputs]


def _jax(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    jax = import_module("jax")
    jax.config.update("jax_enable_x64", True)
    return [float(part) for part in jax.grad(run)(point)]


def _tensorflow(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    tensorflow = import_module("tensorflow")
    inputs = [tensorflow.Variable(x, dtype="float64") for x in point]
    with tensorflow.GradientTape() as tape:
        result = run(inputs)
    return [0.0 if part is None else float(part) for part in tape.gradient(result, inputs)]


def _sympy(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    symbols = [functions.Symbol(f"x{number}", real=True) for number in range(len(point))]
    result, at = run(symbols), dict(zip(symbols, map(functions.Float, point), strict=True))
    return [float(functions.diff(result, symbol).subs(at).evalf()) for symbol in symbols]


LIBRARIES = {
    "autograd": Library("autograd", "autograd.numpy", _autograd),
    "torch": Library("torch", "torch", _torch, lambda f, value: f.tensor(float(value), dtype=f.float64)),
    "jax": Library("jax", "jax.numpy", _jax),
    "tensorflow": Library("tensorflow", "tensorflow.math", _tensorflow),
    "sympy": Library("sympy", "sympy", _sympy, lambda f, value: f.sympify(str(value))),
}
# What is not a function of the same name everywhere: (the library's functions, arguments) -> its number.
_BUILT: dict[str, Callable[..., Any]] = {
    "add": lambda f, x, y: x + y,
    "sub": lambda f, x, y: x - y,
    "mul": lambda f, x, y: x * y,
    "div": lambda f, x, y: x / y,
    "pow": lambda f, x, y: x**y,
    "neg": lambda f, x: -x,
    "copy": lambda f, x: x,
    "abs": lambda f, x: abs(x),
    "sigmoid": lambda f, x: 1 / (1 + f.exp(-x)),
    "silu": lambda f, x: x / (1 + f.exp(-x)),
    "softplus": lambda f, x: f.log(1 + f.exp(x)),
    "expm1": lambda f, x: f.exp(x) - 1,
    "log1p": lambda f, x: f.log(1 + x),
    "log2": lambda f, x: f.log(x) / math.log(2),
    "log10": lambda f, x: f.log(x) / math.log(10),
    "sec": lambda f, x: 1 / f.cos(x),
    "csc": lambda f, x: 1 / f.sin(x),
    "cot": lambda f, x: 1 / f.tan(x),
    "hypot": lambda f, x, y: (x * x + y * y) ** 0.5,
}
_SPELLINGS = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
}  # fmt: skip
_NUMPY = {"arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh"}


def gradient_by(name: str, graph: Graph, output: int, at: Mapping[str, float]) -> dict[str, float]:
    """The gradient that a library finds. Raises AdgraphError where it is not installed, or lacks an operation."""
    library = LIBRARIES[name]
    if find_spec(library.package) is None:
        raise AdgraphError(f"{name} is not installed", hint=f"pip install {library.package}")
    functions = import_module(library.functions)
    names = [graph.name(index) for index in graph.inputs()]

    def run(inputs: list[Any]) -> Any:
        given = iter(inputs)
        made: list[Any] = []
        for node in graph.nodes:
            args = [made[arg] for arg in node.args]
            if node.op == INPUT:
                made.append(next(given))
            elif node.op == CONST:
                made.append(library.number(functions, node.value or 0))
            elif not args:
                made.append(library.number(functions, operation(node.op).function()))
            elif isinstance(node.op, UserFunction):
                raise _lacks(name, node.op.name)
            else:
                made.append(_operation(name, functions, node.op)(*args))
        return made[output]

    try:
        found = library.gradient(functions, run, [float(at[name]) for name in names])
    except NotImplementedError as error:
        raise AdgraphError(f"the system is not run through {name}: {error}", hint="leave that library out") from error
    except (TypeError, ValueError) as error:
        raise AdgraphError(f"{name} finds no number: {error}", hint="choose another point") from error
    return dict(zip(names, found, strict=True))


def _operation(library: str, functions: Any, op: str) -> Callable[..., Any]:
    if op in _BUILT:
        return partial(_BUILT[op], functions)
    for spelling in (op, _SPELLINGS.get(op, op), _NUMPY.get(op, op)):
        function = getattr(functions, spelling, None)
        if function is not None and op not in ("max", "min"):
            found: Callable[..., Any] = function
            return found
    raise _lacks(library, op)


def _lacks(library: str, op: str) -> AdgraphError:
    return AdgraphError(f"'{op}' is not run through {library}", hint="leave that library out")

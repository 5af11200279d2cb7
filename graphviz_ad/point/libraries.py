"""The same function run through other libraries of automatic differentiation, where they are installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record
from graphviz_ad.read.table import at_params, definition, through
from graphviz_ad.read.table import functions as floats


class Library(Record):
    """How a library is installed, where its functions are, how it differentiates a function of a list, and what it
    makes of a number."""

    package: str
    functions: str
    gradient: Callable[[Any, Callable[[list[Any]], Any], list[float]], list[float]]
    number: Callable[[Any, Number | float], Any] = lambda functions, value: float(value)


def _autograd(functions: Any, run: Callable[[list[Any]], Any], point: list[float]) -> list[float]:
    grad = import_module("autograd").grad
    with import_module("numpy").errstate(all="ignore"):  # of branches that are switched off
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
CHECKERS = (*LIBRARIES, "maxima")  # and the programs


def gradient_by(name: str, graph: Graph, output: int, at: Mapping[str, float]) -> dict[str, float]:
    """The gradient that a library finds. Raises AdgraphError where it is not installed, or lacks an operation."""
    if name not in LIBRARIES:
        from graphviz_ad.point.programs import gradient_by_maxima

        return gradient_by_maxima(graph, output, at)
    library = LIBRARIES[name]
    if find_spec(library.package) is None:
        raise AdgraphError(f"{name} is not installed", hint=f"pip install {library.package}")
    functions = import_module(library.functions)
    names = [graph.name(index) for index in graph.inputs()]

    number = partial(library.number, functions)
    apply = partial(applied, name, functions, number)

    def run(inputs: list[Any]) -> Any:
        return through(graph, inputs, number, apply)[output]

    try:
        found = library.gradient(functions, run, [float(at[name]) for name in names])
    except NotImplementedError as error:
        raise AdgraphError(f"the system is not run through {name}: {error}", hint="leave that library out") from error
    except (TypeError, ValueError) as error:
        raise AdgraphError(f"{name} finds no number: {error}", hint="choose another point") from error
    return dict(zip(names, found, strict=True))


def applied(library: str, functions: Any, number: Callable[[Any], Any], op: Operation, *args: Any) -> Any:
    """An operation on a library's numbers: by Python's own function for it, composed, or by the library's function."""
    row, composed = operation(op), definition(op)
    if not args:
        return number(floats[row.name]())
    if row.generic is not None:
        return row.generic(*args)
    if composed is not None:
        known = dict(zip(row.params, args, strict=True))
        return at_params(composed, known, number, partial(applied, library, functions, number))
    for name in row.numeric_names:
        function = getattr(functions, name, None)
        if function is not None:
            return function(*args)
    raise AdgraphError(f"'{row.name}' is not run through {library}", hint="leave that library out")

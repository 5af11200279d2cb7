"""Systems of vectors and matrices run through other libraries of automatic differentiation, where they are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph, Node, folded
from graphviz_ad.core.ops.arrays import is_array
from graphviz_ad.core.record import Record
from graphviz_ad.point.arrays.values import ArrayValue, array_values, given
from graphviz_ad.point.libraries import LIBRARIES, applied
from graphviz_ad.read.array_table import Array, has_inner, numpy, place_of

Runner = Callable[[Any], Any]  # the output over one input


class ArrayLibrary(Record):
    """How a library takes an array, what an operation is in it that is called otherwise than in numpy, and how it
    differentiates a function of one array: over [left axes, right axes]."""

    array: Callable[[Any, Array], Any]
    jacobian: Callable[[Any, Runner, Any], Array]
    own: Mapping[str, Callable[..., Any]] = {}
    is_elementwise: bool = True  # whether its functions take arrays


def _by_jax(f: Any, run: Runner, x: Any) -> Array:
    return numpy().asarray(import_module("jax").jacrev(run)(x))


def _to_jax(f: Any, x: Array) -> Any:
    import_module("jax").config.update("jax_enable_x64", True)
    return f.asarray(x)


def _by_sympy(f: Any, run: Runner, x: Any) -> Array:
    """Of symbols in the place of the entries, each entry of the output by each of these."""
    np = numpy()
    symbols = np.empty(np.shape(x), dtype=object)
    for number, place in enumerate(np.ndindex(*np.shape(x))):
        symbols[place] = f.Symbol(f"x{number}", real=True)
    at = {symbols[place]: np.asarray(x)[place] for place in np.ndindex(*symbols.shape)}
    out = np.asarray(run(symbols if np.ndim(x) else symbols[()]), dtype=object)
    made = np.zeros((*out.shape, *symbols.shape))
    for left in np.ndindex(*out.shape):
        for right in np.ndindex(*symbols.shape):
            made[left + right] = float(f.diff(out[left], symbols[right]).subs(at).evalf())
    return made


def _exact(f: Any, x: Array) -> Array:
    """The entries as numbers of SymPy, with more digits than they have."""
    return numpy().vectorize(lambda entry: f.Float(float(entry), 30), otypes=[object])(x)


def _by_matrix(call: Callable[[Any], Any]) -> Callable[..., Any]:
    """An operation of SymPy's matrices on an array of its expressions."""

    def made(f: Any, node: Node, x: Any) -> Any:
        found = call(f.Matrix(x))
        return numpy().array(found.tolist(), dtype=object) if hasattr(found, "tolist") else found

    return made


ARRAY_LIBRARIES = {
    "autograd": ArrayLibrary(
        lambda f, x: f.array(x, dtype=float), lambda f, run, x: import_module("autograd").jacobian(run)(x),
    ),
    "torch": ArrayLibrary(
        lambda f, x: f.as_tensor(x, dtype=f.float64),
        lambda f, run, x: f.autograd.functional.jacobian(run, x).detach().numpy(), {
        "transpose": lambda f, node, x: x if x.ndim < 2 else x.T,
        "largest": lambda f, node, x: x.flatten()[f.argmax(x)],
    }),
    "jax": ArrayLibrary(_to_jax, _by_jax),
    "sympy": ArrayLibrary(_exact, _by_sympy, {
        "largest": lambda f, node, x: f.Max(*x.flat),
        "inv": _by_matrix(lambda x: x.inv()), "det": _by_matrix(lambda x: x.det()),
        "logdet": lambda f, node, x: f.log(f.Matrix(x).det()),
    }, is_elementwise=False),
}  # fmt: skip


def derivative_by(name: str, graph: Graph, of: int, wrt: int, at: Mapping[str, ArrayValue]) -> Array:
    """The derivative of a node by an input as a library finds it, over [left axes, right axes]. Raises AdgraphError
    where it is not installed, or lacks an operation."""
    if name not in ARRAY_LIBRARIES:
        hint = f"there are {', '.join(ARRAY_LIBRARIES)}"
        raise AdgraphError(f"vectors and matrices are not run through {name}", hint=hint)
    package, functions = LIBRARIES[name].package, LIBRARIES[name].functions
    if find_spec(package) is None:
        raise AdgraphError(f"{name} is not installed", hint=f"pip install {package}")
    np, f, library = numpy(), import_module(functions), ARRAY_LIBRARIES[name]
    array_values(graph, at)
    point = {index: given(np, graph.nodes[index], at) for index in graph.inputs()}

    def run(x: Any) -> Any:
        inputs = (x if index == wrt else library.array(f, point[index]) for index in graph.inputs())

        def leaf(node: Node) -> Any:
            return next(inputs) if node.op == INPUT else _number(name, f, node)

        return folded(graph.nodes[: of + 1], leaf, partial(_applied, name, f))[of]

    try:
        made = np.asarray(library.jacobian(f, run, library.array(f, point[wrt])), dtype=float)
    except NotImplementedError as error:
        raise AdgraphError(f"the system is not run through {name}: {error}", hint="leave that library out") from error
    except (TypeError, ValueError, AttributeError, RuntimeError) as error:
        raise AdgraphError(f"{name} finds no derivative: {error}", hint="leave that library out") from error
    left = np.shape(array_values(graph, at)[of])
    return made.reshape((*left, *np.shape(point[wrt])))


def _number(name: str, f: Any, node: Node) -> Any:
    return LIBRARIES[name].number(f, node.value or 0)


def _applied(name: str, f: Any, node: Node, args: Sequence[Any]) -> Any:
    """An operation on a library's arrays."""
    library, op, np = ARRAY_LIBRARIES[name], node.op, numpy()
    if is_array(op):
        own = library.own.get(str(op))
        arrays = f if library.is_elementwise else np
        elementwise = partial(_elementwise, name, f)
        return own(f, node, *args) if own is not None else _OPERATIONS[str(op)](arrays, elementwise, node, *args)
    return _elementwise(name, f, op, *args)


def _elementwise(name: str, f: Any, op: Any, *args: Any) -> Any:
    """An operation of the table, entry by entry."""
    number = partial(LIBRARIES[name].number, f)
    if ARRAY_LIBRARIES[name].is_elementwise:
        return applied(name, f, number, op, *args)
    made = numpy().vectorize(lambda *entries: applied(name, f, number, op, *entries), otypes=[object])(*args)
    return made if made.ndim else made[()]


def _constant(f: Any, each: Callable[..., Any], node: Node) -> Any:
    """A vector of ones, a unit matrix, or a part of one."""
    from graphviz_ad.read.array_table import of_operation

    made = of_operation(node)
    return f.as_tensor(made) if hasattr(f, "as_tensor") else f.array(made)


def _matmul(f: Any, each: Callable[..., Any], node: Node, x: Any, y: Any) -> Any:
    if has_inner(node, x, y):
        return x @ y
    if not getattr(x, "ndim", 0) or not getattr(y, "ndim", 0):
        return x * y
    return x.reshape(-1, 1) * y.reshape(1, -1)


def _softmax(f: Any, each: Callable[..., Any], node: Node, x: Any) -> Any:
    power = each("exp", x)
    return power / f.sum(power, axis=-1, keepdims=True)


def _log_softmax(f: Any, each: Callable[..., Any], node: Node, x: Any) -> Any:
    return x - each("log", f.sum(each("exp", x), axis=-1, keepdims=True))


def _stacked(f: Any, each: Callable[..., Any], node: Node, x: Any, y: Any) -> Any:
    rows = (f.reshape(part, (-1, *node.type.shape[1:])) for part in (x, y))
    return f.concatenate([*rows])


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "matmul": _matmul,
    "transpose": lambda f, each, node, x: x.T,
    "total": lambda f, each, node, x: f.sum(x),
    "rowsum": lambda f, each, node, x: f.sum(x, axis=1),
    "sqnorm": lambda f, each, node, x: f.sum(x * x),
    "diag": lambda f, each, node, x: f.diag(x),
    "trace": lambda f, each, node, x: f.trace(x),
    "ones": _constant,
    "eye": _constant,
    "unit": _constant,
    "block": _constant,
    "entry": lambda f, each, node, x: x[place_of(node)],
    "vcat": _stacked,
    "largest": lambda f, each, node, x: f.max(x),
    "norm": lambda f, each, node, x: each("sqrt", f.sum(x * x)),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "inv": lambda f, each, node, x: f.linalg.inv(x),
    "det": lambda f, each, node, x: f.linalg.det(x),
    "logdet": lambda f, each, node, x: f.linalg.slogdet(x)[1],
}

"""Arrays of three axes and more, computed part by part along their first axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from math import prod
from typing import Any

import numpy

from graphviz_ad.read.python.array_methods import FUNCTIONS
from graphviz_ad.read.python.cells import cells_of
from graphviz_ad.read.python.moving import MOVES, moved
from graphviz_ad.read.python.tape import TABLES, Tape

MAX_PARTS = 64  # along an axis
Build = Callable[[Any], Any]  # a table of cells

_METHODS = {"flatten": "ravel", "mT": "matrix_transpose"}  # what numpy calls a method as a function
_REDUCED = frozenset({"sum", "mean", "max", "min", "amax", "amin", "prod", "var", "std"})
_OF_PARTS = {"sum": "add", "max": "maximum", "amax": "maximum", "min": "minimum", "amin": "minimum", "prod": "multiply"}
_PRODUCTS = frozenset({"matmul", "dot"})
# What goes entry by entry and is no ufunc of numpy's.
_ENTRY_BY_ENTRY = frozenset({"where", "clip", "nan_to_num"})
_OTHERS: dict[str, Callable[..., Any]] = {
    "astype": lambda x, *_, **__: x, "shape": lambda x: x.shape, "ndim": lambda x: x.ndim, "size": lambda x: x.size,
    "vdot": lambda x, y: numpy.dot(x.reshape(-1), y.reshape(-1)), "inner": lambda x, y: numpy.tensordot(x, y, (-1, -1)),
    "outer": lambda x, y: numpy.outer(x.reshape(-1), y.reshape(-1)),
    "ptp": lambda x, *args, **options: x.max(*args, **options) - x.min(*args, **options),
    "average": lambda x, axis=None, weights=None: _average(x, axis, weights),
    "item": lambda x, at=0: x.reshape(-1)[at],
    "zeros_like": lambda x: numpy.zeros(x.shape), "ones_like": lambda x: numpy.ones(x.shape),
    "full_like": lambda x, value: numpy.full(x.shape, value), "empty_like": lambda x: numpy.zeros(x.shape),
}  # fmt: skip


def computed(tape: Tape, build: Build, name: str, args: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    """What a function of numpy's is of arrays of which one has more than two axes."""
    name = _METHODS.get(name, name)
    if name in MOVES:
        return moved(tape, name, _one_shape(name, args), options)
    if name in _REDUCED:
        return _reduced(tape, build, name, *args, **options)
    if name.endswith(".reduce"):
        wanted = next((known for known, ufunc in _OF_PARTS.items() if ufunc == name.partition(".")[0]), "")
        if wanted:
            return _reduced(tape, build, wanted, *args, **{"axis": 0, **_without_none(options)})
    if name in ("logaddexp.reduce", "logsumexp"):
        return numpy.log(_reduced(tape, build, "sum", numpy.exp(args[0]), **{"axis": 0, **_without_none(options)}))
    if name.endswith(".outer"):
        left, right = (part if hasattr(part, "ndim") else numpy.asarray(part) for part in args)
        return getattr(numpy, name.partition(".")[0])(left.reshape(left.shape + (1,) * right.ndim), right)
    if name in _OTHERS:
        return _OTHERS[name](*args, **options)
    function = getattr(numpy, name, None)
    if isinstance(function, numpy.ufunc) and not options:
        axes = max(2, *(_axes(part) for part in args)) if name in _PRODUCTS else max(map(_axes, args))
        return _along_the_first(tape, build, function, args, axes)
    if name == "dot" and _axes(args[1]) <= 2:
        return _along_the_first(tape, build, numpy.matmul, args, _axes(args[0]))
    if name in _ENTRY_BY_ENTRY:
        return _along_the_first(tape, build, partial(getattr(numpy, name), **options), args, max(map(_axes, args)))
    if name in ("einsum", "tensordot"):
        return FUNCTIONS[name](*args, **options)
    if name == "norm":
        return _norm(tape, build, *args, **options)
    if name == "softmax":
        return _along_the_first(tape, build, lambda part: FUNCTIONS["softmax"](part, -1), args[:1], _axes(args[0]))
    raise tape.refused(f"numpy.{name} of an array of three axes is not traced", "take it of matrices: X[0], X[1]")


def _average(x: Any, axis: Any, weights: Any) -> Any:
    """np.average by weights of the shape of the array, or by one for each part along an axis."""
    if weights is not None and weights.ndim == 1 and isinstance(axis, int):
        weights = numpy.reshape(weights, (-1,) + (1,) * (x.ndim - 1 - axis % x.ndim))
        return numpy.sum(x * weights, axis=axis) / numpy.sum(weights)
    if weights is not None and weights.shape != x.shape:
        hint = "weights have the shape of the array, or are one for each part along axis="
        raise x.tape.refused(f"an average of {x.shape} by weights of {weights.shape}", hint)
    return numpy.mean(x, axis=axis) if weights is None else numpy.sum(x * weights, axis) / numpy.sum(weights, axis)


def _one_shape(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """The arguments as the function has them, of x.transpose(1, 0, 2) and x.reshape(2, 3)."""
    first, *rest = args
    return (first, tuple(rest)) if name in ("transpose", "reshape") and len(rest) > 1 else args


def _norm(tape: Tape, build: Build, x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:  # noqa: A002
    """The root of the sum of squares, of all or along axes; or the sum of magnitudes along one."""
    if ord == 1 and isinstance(axis, int):
        return _reduced(tape, build, "sum", abs(x), axis, keepdims)
    if ord not in (None, 2, "fro") or (ord == 2 and not isinstance(axis, int)):
        raise tape.refused(f"the norm {ord!r} of an array of three axes is not traced", "leave ord= out")
    return numpy.sqrt(_reduced(tape, build, "sum", x * x, axis, keepdims))


def _without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None and key in ("axis", "keepdims")}


def _axes(part: Any) -> int:
    return int(getattr(part, "ndim", 0))


def _along_the_first(tape: Tape, build: Build, function: Any, args: Sequence[Any], axes: int) -> Any:
    """A function part by part; what has fewer axes takes part in each."""
    many = {part.shape[0] for part in args if _axes(part) == axes} - {1}
    count = next(iter(many), 1)
    if len(many) > 1:
        said = " and ".join(str(part.shape) for part in args if _axes(part))
        raise tape.refused(f"arrays of the shapes {said} do not go together", "their first axes need one size, or 1")
    if count > MAX_PARTS:
        raise tape.refused(f"{count} matrices along an axis", f"up to {MAX_PARTS} are traced")
    parts = [
        function(*(part if _axes(part) < axes else part[place if len(part) > 1 else 0] for part in args))
        for place in range(count)
    ]
    return build(numpy.stack([cells_of(tape, part) for part in parts]))


def _reduced(
    tape: Tape, build: Build, name: str, x: Any, axis: Any = None, keepdims: bool = False, **options: Any
) -> Any:
    """A sum, a mean, a maximum: over an axis, over several, or of all entries."""
    axes = _axes(x)
    over = tuple(range(axes)) if axis is None else tuple(axis) if isinstance(axis, tuple) else (axis,)
    if not all(isinstance(place, int) and -axes <= place < axes for place in over):
        raise tape.refused(f"an array of the shape {x.shape} has no axis {axis}", f"there are 0 to {axes - 1}")
    over = tuple(sorted(place % axes for place in over))
    if name == "std":
        return numpy.sqrt(_reduced(tape, build, "var", x, over, keepdims, **options))
    if len(over) > 1 and name == "var":
        count = prod(x.shape[place] for place in over)
        centred = x - _reduced(tape, build, "mean", x, over, True)
        return _reduced(tape, build, "sum", centred * centred, over, keepdims) / (count - options.get("ddof", 0))
    made = x
    for place in reversed(over):
        made = _over(tape, build, name, made, place, options)
    if not keepdims:
        return made
    shape = tuple(1 if place in over else size for place, size in enumerate(x.shape))
    return build(cells_of(tape, made).reshape(shape))


def _over(tape: Tape, build: Build, name: str, x: Any, axis: int, options: Mapping[str, Any]) -> Any:
    """The same over one axis."""
    if _axes(x) <= 2:
        function = getattr(numpy, name)
        return function(x, axis=axis, **options)
    if axis == 0 and (name in _OF_PARTS or name == "mean"):
        if len(x) > MAX_PARTS:
            raise tape.refused(f"{len(x)} matrices along an axis", f"up to {MAX_PARTS} are traced")
        whole = reduce(getattr(numpy, _OF_PARTS.get(name, "add")), list(x))
        return whole / len(x) if name == "mean" else whole
    if axis == 0:
        return _over(tape, build, name, build(numpy.moveaxis(x.cells, 0, -1)), _axes(x) - 1, options)
    return _along_the_first(
        tape, build, lambda part: _over(tape, build, name, _whole(part), axis - 1, options), (x,), _axes(x)
    )


def _whole(part: Any) -> Any:
    return part.whole() if type(part) in TABLES else part

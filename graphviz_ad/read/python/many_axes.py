"""Arrays of three axes and more, computed part by part along their first axis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy

from graphviz_ad.read.python.arrays import FUNCTIONS
from graphviz_ad.read.python.cells import cells_of
from graphviz_ad.read.python.tape import TABLES, Tape

MAX_PARTS = 64  # along an axis
Build = Callable[[Any], Any]  # a table of cells

# What moves cells about and computes nothing.
_MOVES = frozenset({
    "transpose", "swapaxes", "moveaxis", "rollaxis", "reshape", "ravel", "squeeze", "expand_dims", "stack",
    "concatenate", "broadcast_to", "tile", "repeat", "flip", "roll", "take", "hstack", "vstack", "dstack", "split",
    "flatten", "copy",
})  # fmt: skip
_METHODS = {"flatten": "ravel"}  # what numpy calls a method as a function
_REDUCED = frozenset({"sum", "mean", "max", "min", "amax", "amin", "prod", "var", "std"})
_OF_PARTS = {"sum": "add", "max": "maximum", "amax": "maximum", "min": "minimum", "amin": "minimum", "prod": "multiply"}
_PRODUCTS = frozenset({"matmul", "dot"})


def computed(tape: Tape, build: Build, name: str, args: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    """What a function of numpy's is of arrays of which one has more than two axes."""
    if name in _MOVES:
        return _moved(tape, build, name, args, options)
    if name in _REDUCED:
        return _reduced(tape, build, name, *args, **options)
    if name.endswith(".reduce"):
        wanted = next((known for known, ufunc in _OF_PARTS.items() if ufunc == name.partition(".")[0]), "")
        if wanted:
            return _reduced(tape, build, wanted, *args, **{"axis": 0, **_without_none(options)})
    if name == "astype":
        return args[0]
    function = getattr(numpy, name, None)
    if isinstance(function, numpy.ufunc) and not options:
        axes = max(2, *(_axes(part) for part in args)) if name in _PRODUCTS else max(map(_axes, args))
        return _along_the_first(tape, build, function, args, axes)
    if name == "dot" and _axes(args[1]) <= 2:
        return _along_the_first(tape, build, numpy.matmul, args, _axes(args[0]))
    if name in ("einsum", "tensordot"):
        return FUNCTIONS[name](*args, **options)
    if name == "norm" and len(args) == 1 and options.get("axis") is not None:
        return numpy.sqrt(_reduced(tape, build, "sum", args[0] * args[0], **options))
    if name == "softmax":
        return _along_the_first(tape, build, lambda part: FUNCTIONS["softmax"](part, -1), args[:1], _axes(args[0]))
    raise tape.refused(f"numpy.{name} of an array of three axes is not traced", "take it of matrices: X[0], X[1]")


def _without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value is not None and key in ("axis", "keepdims")}


def _axes(part: Any) -> int:
    return int(getattr(part, "ndim", 0))


def _moved(tape: Tape, build: Build, name: str, args: tuple[Any, ...], options: Mapping[str, Any]) -> Any:
    first, *rest = args
    several = isinstance(first, (list, tuple))
    cells = [cells_of(tape, part) for part in first] if several else cells_of(tape, first)
    if name in ("transpose", "reshape") and len(rest) > 1:  # x.transpose(1, 0, 2)
        rest = [tuple(rest)]
    function = getattr(numpy, _METHODS.get(name, name))
    made = function(cells, *rest, **options)
    return [build(part) for part in made] if isinstance(made, list) else build(made)


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
    if len(over) > 1 and name in ("var", "std"):
        raise tape.refused(f"numpy.{name} over several axes is not traced", "write the mean of the squares")
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

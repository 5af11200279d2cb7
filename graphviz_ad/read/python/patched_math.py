"""The functions of `math`, and max and min, want floats. While a function is traced, those that it reaches are
exchanged for ones that take traced numbers too."""

from __future__ import annotations

import builtins
import inspect
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial, reduce, wraps
from types import FunctionType, GeneratorType, MethodType, ModuleType
from typing import Any

from graphviz_ad.read.python.location import LIBRARIES, OURS, is_readers
from graphviz_ad.read.python.numeric import of_math
from graphviz_ad.read.python.other_libraries import NUMPYS, exchanged, loaded_libraries, uncompiled
from graphviz_ad.read.python.tape import TABLES, TRACED, Tape, Tracer, apply


@contextmanager
def traceable_mathematics(function: Callable[..., Any], tape: Tape) -> Iterator[None]:
    """Let the functions of `math`, and max and min, take traced numbers, wherever the function reaches them; and let
    numpy make arrays that traced numbers can be put into."""
    loaded = loaded_libraries()
    replaced = _all_replacements(loaded)
    undo: list[Callable[[], None]] = [partial(_FILLED_ON.remove, tape)]
    _FILLED_ON.append(tape)
    try:
        for namespace, originals, others in _places_in_libraries(loaded):
            there = {name: value for name, value in originals.items() if namespace.get(name) is value}
            namespace.update({name: others[name] for name in there})
            undo.append(partial(namespace.update, there))
        for namespace in _namespaces(function):
            for name, value in list(namespace.items()):
                other = replaced.get(id(value), uncompiled(value))
                if other is not value:
                    namespace[name] = other
                    undo.append(partial(namespace.__setitem__, name, value))
        for namespace in _namespaces(function):
            if "float" not in namespace:  # a type is not exchanged for all that runs
                namespace["float"] = AsFloat
                undo.append(partial(namespace.pop, "float"))
        for cell in _cells(function):
            value = cell.cell_contents
            if id(value) in replaced:
                cell.cell_contents = replaced[id(value)]
                undo.append(partial(setattr, cell, "cell_contents", value))
        yield
    finally:
        for restore in undo:
            restore()


class _Floats(type):
    """What `float` is while a function is traced: of a traced number, the number itself."""

    def __call__(cls, *args: Any) -> Any:
        if len(args) == 1 and type(args[0]) in TRACED | TABLES:
            return args[0] if type(args[0]) is Tracer else args[0].item()
        return float(*args)

    def __instancecheck__(cls, thing: Any) -> bool:
        return isinstance(thing, float)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, float)

    def __eq__(cls, other: object) -> bool:
        return other is float or other is cls

    def __hash__(cls) -> int:
        return hash(float)

    def __getattr__(cls, name: str) -> Any:
        return getattr(float, name)

    @property
    def dtype(cls) -> Any:
        """What numpy makes of float where it is given for a dtype."""
        return sys.modules["numpy"].dtype(float)


class AsFloat(metaclass=_Floats):
    """`float` of numbers, traced ones too."""


# Functions that want floats and have no operation here.
_UNTRACED = frozenset(
    {"gamma", "lgamma", "fmod", "remainder", "modf", "frexp", "ldexp", "copysign", "nextafter", "ulp"}
)
_LAZY = (GeneratorType, map, filter, zip)


@cache
def _replacements() -> dict[int, Callable[..., Any]]:
    """By the identity of a function that wants floats, the one that takes traced numbers too."""
    found: dict[int, Callable[..., Any]] = {}
    for name, original in vars(math).items():
        traced = of_math(name, apply) if callable(original) else None
        if traced is None and name in _UNTRACED:
            traced = partial(_refused, name)
        if traced is not None:
            found[id(original)] = _either(original, traced)
    for original in (max, min):
        found[id(original)] = _either(original, _extremum(original.__name__))
    return found


@cache
def _of_numpy() -> dict[int, Callable[..., Any]]:
    """The same of what numpy makes arrays with: an array of traced ones is traced too."""
    import numpy

    originals = (numpy.array, numpy.asarray, numpy.asanyarray, numpy.ascontiguousarray)
    found = {id(original): _made_of_arrays(original) for original in originals}
    return {**found, id(numpy.ndenumerate): _numbered(numpy.ndenumerate)}


def _numbered(original: Callable[..., Any]) -> Callable[..., Any]:
    """np.ndenumerate, of traced arrays too."""

    def function(x: Any) -> Any:
        if type(x) not in TRACED | TABLES:
            return original(x)
        return ((place, x[place]) for place in sys.modules["numpy"].ndindex(x.shape))

    return function


_FILLED_ON: list[Tape] = []  # the tapes of the functions that are running, the innermost last


@cache
def _all_replacements(loaded: tuple[str, ...]) -> dict[int, Any]:
    return _replacements() | (_of_numpy() | _blanks() if "numpy" in loaded else {}) | exchanged(loaded)


@cache
def _places_in_libraries(
    loaded: tuple[str, ...],
) -> tuple[tuple[dict[str, Any], dict[str, Any], dict[str, Any]], ...]:
    """The namespaces of libraries with what is exchanged there, and what for: gone through once, for they have hundreds
    of names."""
    modules = [math, builtins, *(sys.modules[name] for name in loaded if name not in NUMPYS)]
    replaced = _all_replacements(loaded)
    originals = [{name: v for name, v in vars(m).items() if id(v) in replaced} for m in modules]
    others = [{name: replaced[id(v)] for name, v in of.items()} for of in originals]
    return tuple(zip(map(vars, modules), originals, others, strict=True))


def _blanks() -> dict[int, Callable[..., Any]]:
    """The same of what numpy makes arrays with that are filled entry by entry."""
    import numpy

    def fillable(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def function(*args: Any, **options: Any) -> Any:
            made = original(*args, **options)
            caller = sys._getframe(1)  # others call it too, such as numpy.random
            tape = _FILLED_ON[-1]
            if not (tape.has_arrays() and is_readers(caller) and original.__name__ in caller.f_code.co_names):
                return made
            from graphviz_ad.read.python.slates import blank

            return blank(tape, made, original in (numpy.empty, numpy.empty_like))

        return function

    originals = (numpy.zeros, numpy.ones, numpy.empty, numpy.full, numpy.zeros_like, numpy.ones_like, numpy.empty_like)
    return {id(original): fillable(original) for original in originals}


def _made_of_arrays(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def function(*args: Any, **options: Any) -> Any:
        dtype = options.get("dtype", args[1] if len(args) > 1 else None)
        if args and type(args[0]) in (TRACED | TABLES) and getattr(args[0], "shape", ()):
            if dtype is not None:
                args[0].astype(dtype)
            return args[0].copy() if original.__name__ == "array" else args[0]
        parts = args[0] if args and isinstance(args[0], (list, tuple)) else ()
        entries = [e for part in parts for e in (part if isinstance(part, (list, tuple)) else (part,))]
        traced = [e for e in entries if type(e) in TRACED | TABLES]
        if not traced or not (set(options) <= {"dtype"} and _is_of_floats(dtype)):
            return original(*args, **options)
        if not traced[0].tape.has_arrays():
            return original(parts)
        from graphviz_ad.read.python.joined import array_of

        return array_of(traced[0].tape, parts)

    return function


def _is_of_floats(dtype: Any) -> bool:
    """Whether a dtype is none, or one that traced numbers have."""
    return dtype is None or sys.modules["numpy"].dtype(dtype).kind == "f"


def _refused(name: str, *args: Any) -> Any:
    tape = next(arg.tape for arg in args if type(arg) is Tracer)
    hint = "adgraph rules lists those that are: write it with these, or put its number in"
    raise tape.refused(f"math.{name} is not among the functions that are traced", hint)


def _either(original: Callable[..., Any], traced: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def function(*args: Any, **options: Any) -> Any:
        if len(args) == 1 and type(args[0]) is Tracer and not options:
            return traced(args[0])
        args = tuple(list(arg) if isinstance(arg, _LAZY) else arg for arg in args)
        for arg in args:
            if type(arg) is Tracer or (isinstance(arg, (list, tuple)) and any(type(a) is Tracer for a in arg)):
                return traced(*args, **options)
        return original(*args, **options)

    return function


def _extremum(op: str) -> Callable[..., Any]:
    original = getattr(builtins, op)

    def extremum(*args: Any, **options: Any) -> Any:
        if options:
            return original(*args, **options)

        def of_two(one: Any, other: Any) -> Any:
            return apply(op, one, other) if Tracer in (type(one), type(other)) else original(one, other)

        return reduce(of_two, args[0] if len(args) == 1 else args)

    return extremum


def _functions(function: Callable[..., Any]) -> Iterator[FunctionType]:
    """The Python functions that a function reaches through its module, its closure and the reader's other modules."""
    seen: set[int] = set()
    stack: list[Any] = [inspect.unwrap(function), function, method_of(function)]
    while stack:
        here = stack.pop()
        if id(here) in seen or len(seen) > 10_000:
            continue
        seen.add(id(here))
        if isinstance(here, FunctionType) and not here.__code__.co_filename.startswith(OURS):
            yield here
            stack += [cell.cell_contents for cell in here.__closure__ or () if not _is_empty(cell)]
            if not here.__code__.co_filename.startswith(LIBRARIES):
                stack += [v for v in here.__globals__.values() if isinstance(v, (FunctionType, ModuleType))]
        elif isinstance(here, MethodType):
            stack.append(here.__func__)
        elif isinstance(here, partial):
            stack.append(here.func)
        elif isinstance(here, ModuleType) and _is_of_the_reader(here):
            stack += (
                [v for v in vars(here).values() if isinstance(v, FunctionType)] if hasattr(here, "__file__") else []
            )


def _is_of_the_reader(module: ModuleType) -> bool:
    """Whether a module is of no library; numpy is one wherever it stands."""
    file = getattr(module, "__file__", None) or "/"
    return module.__name__.partition(".")[0] != "numpy" and not file.startswith(LIBRARIES)


def _namespaces(function: Callable[..., Any]) -> list[dict[str, Any]]:
    found = {id(f.__globals__): f.__globals__ for f in _functions(function)
             if not f.__code__.co_filename.startswith(LIBRARIES)}  # fmt: skip
    return list(found.values())


def _cells(function: Callable[..., Any]) -> list[Any]:
    return [cell for f in _functions(function) for cell in f.__closure__ or () if not _is_empty(cell)]


def _is_empty(cell: Any) -> bool:
    try:
        return cell.cell_contents is cell
    except ValueError:
        return True


def method_of(thing: Any) -> Any:
    """What runs when an object is called that is not a function."""
    return vars(type(thing)).get("__call__")

"""Arrays that the object of a method has: attributes, self.W, and those in its lists, dicts and parts, self.weights[0],
self.params["W1"], self.layers[0].W, as inputs of the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from types import FunctionType, MethodType, ModuleType
from typing import Any

from graphviz_ad.core.names import Name, below, is_name
from graphviz_ad.core.record import Record
from graphviz_ad.read.python.tape import Tape

MAX_DEPTH = 4  # of objects within objects
_PLAIN = (type, FunctionType, MethodType, ModuleType)


class _Making(Record):
    """Where inputs are put, and the values that are given, by the keys of their names."""

    tape: Tape
    at: Mapping[Any, Any]


def with_attributes(function: Callable[..., Any], tape: Tape, at: Mapping[Any, Any]) -> Callable[..., Any]:
    """A method, or an object that is called, with traced arrays for the arrays of the object, of their values or those
    that are given in `at`; any other function as it is."""
    owner, method = _owner(function), getattr(function, "__func__", type(function).__call__)
    if isinstance(owner, type) or not any(True for _ in names_of(owner)):
        return function
    return MethodType(method, _traced(owner, _Making(tape, at), "", 0))


def _owner(function: Callable[..., Any]) -> Any:
    """The object that a method belongs to, or that is called as a function; None for any other."""
    if isinstance(function, MethodType):
        return function.__self__
    return function if isinstance(type(function).__call__, FunctionType) else None


def is_attribute(function: Callable[..., Any], key: Any) -> bool:
    """Whether a value is that of an attribute of the object that a method belongs to."""
    owner = _owner(function)
    plain = [Name(name.lstrip("_")) for name in getattr(owner, "__dict__", ())]
    return any(name.loose_key == key for name in (*plain, *names_of(owner)))


def names_of(thing: Any, place: str = "", depth: int = 0) -> Iterator[Name]:
    """The names of the arrays that an object has."""
    for name, value in _attributes(thing).items():
        yield from _names(value, name.lstrip("_"), place, depth)


def _names(value: Any, name: str, place: str, depth: int) -> Iterator[Name]:
    if _is_array(value):
        yield _named(name, place)
    elif isinstance(value, (list, tuple, dict)):
        for inner, at, part in _parts(value, name):
            yield from _names(part, inner, f"{place},{at}".strip(","), depth + 1) if depth < MAX_DEPTH else ()
    elif depth < MAX_DEPTH:
        yield from names_of(value, f"{place},{name}".strip(",") if depth == 0 else place, depth + 1)


def _parts(value: Any, name: str) -> Iterator[tuple[str, str, Any]]:
    """What a list or a dict has, each with its name, and where it stands."""
    if isinstance(value, Mapping):
        for key, part in value.items():
            is_own = isinstance(key, str) and is_name(key)
            yield (key, "", part) if is_own else (name, str(key), part)
    else:
        for number, part in enumerate(value, 1):
            yield name, str(number), part


def _named(name: str, place: str) -> Name:
    return below(Name(name), place) if place else Name(name)


def _is_array(value: Any) -> bool:
    return hasattr(value, "dtype") and bool(getattr(value, "shape", ()))


def _attributes(thing: Any) -> dict[str, Any]:
    """The attributes of an object of the reader's; none of what is a function, a class or a module."""
    kept = getattr(thing, "__dict__", None)
    return kept if isinstance(kept, dict) and not isinstance(thing, _PLAIN) else {}


def _traced(thing: Any, making: _Making, place: str, depth: int) -> Any:
    """A copy of an object that gives traced arrays when it is asked for its arrays."""
    found: dict[str, Any] = {}
    kept = _attributes(thing)

    def attribute(self: Any, name: str) -> Any:
        value = super(made, self).__getattribute__(name)
        if name not in kept or value is not kept[name]:
            return value
        if name not in found:
            found[name] = _exchanged(value, making, name.lstrip("_"), place, depth)
        return found[name]

    made: Any = type(type(thing).__name__, (type(thing),), {"__getattribute__": attribute})
    own = copy(thing)
    own.__class__ = made
    return own


def _exchanged(value: Any, making: _Making, name: str, place: str, depth: int) -> Any:
    """A value with inputs of the graph in the place of its arrays; what has none stays as it is."""
    from graphviz_ad.read.python.array_inputs import array_input, default_of
    from graphviz_ad.read.python.array_parameters import axes_of

    if _is_array(value):
        axes = axes_of(value, None)
        if axes is None:
            return value
        own = _named(name, place)
        return array_input(making.tape, own, axes, making.at.get(own.loose_key, default_of(value)))
    if not any(True for _ in _names(value, name, place, depth)):
        return value
    if isinstance(value, (list, tuple, dict)):
        parts = [
            _exchanged(part, making, inner, f"{place},{at}".strip(","), depth + 1)
            for inner, at, part in _parts(value, name)
        ]
        if isinstance(value, dict):
            return type(value)(zip(value, parts, strict=True))
        return type(value)(*parts) if hasattr(value, "_fields") else type(value)(parts)
    return _traced(value, making, f"{place},{name}".strip(",") if depth == 0 else place, depth + 1)

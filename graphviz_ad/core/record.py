"""Records: frozen values with named fields, whose equality knows their kind."""

from __future__ import annotations

from _collections import _tuplegetter as field_getter  # type: ignore[import-not-found]  # what named tuples are made of
from types import FunctionType

TYPE_CHECKING = False  # as in typing, which every command would have to import for it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, ClassVar

    from typing_extensions import Self, dataclass_transform

    Fields = object
else:
    Fields = tuple  # where the fields are kept, for it is made the fastest; that it is one is nobody's business

    def dataclass_transform(**how: bool) -> Callable[[type], type]:
        return lambda made: made


class _Kind(type):
    """Makes the classes of records: each annotation is a field, whose value in the class is its default."""

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> _Kind:
        fields = tuple(_annotations(space))
        defaults = tuple(space[field] for field in fields if field in space)
        getters = {field: field_getter(place, field) for place, field in enumerate(fields)}
        facts = {"__slots__": (), "__match_args__": fields, "_defaults": defaults}
        return super().__new__(mcs, name, bases, {**space, **facts, **getters})


def _annotations(space: dict[str, Any]) -> Iterable[str]:
    """The names that are annotated; Python 3.14 makes annotations when they are asked for."""
    made: Callable[[int], Iterable[str]] | None = space.get("__annotate_func__")
    if made is None:
        names: Iterable[str] = space.get("__annotations__", ())
        return names
    try:
        return made(1)  # their values, without a library to import
    except NameError:  # of a class that is still to come
        from importlib import import_module

        library = import_module("annotationlib")
        called: Callable[[object, object], Iterable[str]] = library.call_annotate_function
        return called(made, library.Format.FORWARDREF)


@dataclass_transform(frozen_default=True)
class Record(Fields, metaclass=_Kind):
    """A frozen value. Two are equal where they are of one class and their fields are equal.

    A class costs next to nothing to make, so that a command may have many of them: its constructor is made when it is
    first called.
    """

    if TYPE_CHECKING:
        __match_args__: ClassVar[tuple[str, ...]]
        _defaults: ClassVar[tuple[Any, ...]]
    else:

        def __new__(cls, *args: Any, **named: Any) -> Self:
            return _constructor(cls)(cls, *args, **named)

        __iter__ = None

        def __bool__(self) -> bool:
            return True

    def _plain(self) -> tuple[Any, ...]:
        """The fields, in order."""
        fields: Any = self
        return tuple.__add__((), fields)

    def __setattr__(self, field: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen: cannot set {field}")

    def __delattr__(self, field: str) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen: cannot delete {field}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and _same(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = Fields.__hash__  # of the fields alone: a record in records is hashed at every step, and in C

    def __repr__(self) -> str:
        shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in self.__match_args__)
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), self._plain()

    def replace(self, **changes: Any) -> Self:
        """The same with other values for some fields. Raises TypeError for one that it does not have."""
        kept = map(changes.pop, self.__match_args__, self._plain())
        made: Self = _filled(type(self), kept)
        if changes:
            raise TypeError(f"a {type(self).__name__} has no field {', '.join(changes)}")
        return made


_filled: Any = tuple.__new__
_same: Any = tuple.__eq__


def _constructor(kind: type[Record]) -> Callable[..., Any]:
    """The constructor of a class with the names of its fields, and given to it."""
    fields = kind.__match_args__
    if len(fields) < len(_CODES):
        code = _CODES[len(fields)].__code__.replace(co_varnames=("_kind", *fields), co_name="__new__")
        made: FunctionType = FunctionType(code, globals())
    else:
        space: dict[str, Any] = {"_filled": _filled}
        exec(f"def __new__(_kind, {', '.join(fields)}): return _filled(_kind, ({', '.join(fields)}))", space)
        made = space["__new__"]
    made.__defaults__ = kind._defaults
    made.__qualname__ = f"{kind.__qualname__}.__new__"
    type.__setattr__(kind, "__new__", staticmethod(made))
    return made


# Constructors by their number of fields, compiled with this module: they lack the names alone.
_CODES: tuple[Callable[..., Any], ...] = (
    lambda k: _filled(k, ()),
    lambda k, a: _filled(k, (a,)),
    lambda k, a, b: _filled(k, (a, b)),
    lambda k, a, b, c: _filled(k, (a, b, c)),
    lambda k, a, b, c, d: _filled(k, (a, b, c, d)),
    lambda k, a, b, c, d, e: _filled(k, (a, b, c, d, e)),
    lambda k, a, b, c, d, e, f: _filled(k, (a, b, c, d, e, f)),
    lambda k, a, b, c, d, e, f, g: _filled(k, (a, b, c, d, e, f, g)),
    lambda k, a, b, c, d, e, f, g, h: _filled(k, (a, b, c, d, e, f, g, h)),
)

"""Records: frozen values with named fields, whose equality knows their kind."""

from __future__ import annotations

from operator import attrgetter

TYPE_CHECKING = False  # as in typing, which every command would have to import for it

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, ClassVar

    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**how: bool) -> Callable[[type], type]:
        return lambda made: made


class _Kind(type):
    """Makes the classes of records: each annotation is a field with a slot, in the place of its default."""

    _defaults: tuple[Any, ...]
    _content: Callable[[Any], Any]  # what makes two of a class equal: its fields, unless the class says otherwise

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> _Kind:
        fields = tuple(_annotations(space))
        defaults = tuple(space.pop(field) for field in fields if field in space)
        made = super().__new__(mcs, name, bases, {"__slots__": fields, "__match_args__": fields, **space})
        made._defaults = defaults
        if "_content" not in space:
            made._content = attrgetter(*fields) if fields else lambda record: ()
        return made


def _annotations(space: dict[str, Any]) -> Iterable[str]:
    """The names that are annotated; Python 3.14 makes annotations when they are asked for."""
    if "__annotate_func__" not in space:
        return space.get("__annotations__", ())  # type: ignore[no-any-return]
    from importlib import import_module

    library = import_module("annotationlib")
    return library.call_annotate_function(space["__annotate_func__"], library.Format.STRING)  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True)
class Record(metaclass=_Kind):
    """A frozen value. Two are equal where they are of one class and their fields are equal.

    A class costs next to nothing to make, so that a command may have many of them: its constructor is compiled when it
    is first called.
    """

    if TYPE_CHECKING:
        __match_args__: ClassVar[tuple[str, ...]]
        _defaults: ClassVar[tuple[Any, ...]]

        @staticmethod
        def _content(record: Any) -> Any: ...
    else:

        def __init__(self, *args: Any, **named: Any) -> None:
            _constructor(type(self))(self, *args, **named)

    def __setattr__(self, field: str, value: object) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen: cannot set {field}")

    def __delattr__(self, field: str) -> None:
        raise AttributeError(f"a {type(self).__name__} is frozen: cannot delete {field}")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._content(self) == self._content(other)

    def __hash__(self) -> int:
        return hash((type(self), self._content(self)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{field}={getattr(self, field)!r}" for field in self.__match_args__)
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple[type[Self], tuple[Any, ...]]:
        return type(self), tuple(getattr(self, field) for field in self.__match_args__)

    def replace(self, **changes: Any) -> Self:
        """The same with other values for some fields. Raises TypeError for one that it does not have."""
        return type(self)(**{field: getattr(self, field) for field in self.__match_args__} | changes)


def _constructor(kind: type[Record]) -> Callable[..., None]:
    """The constructor of a class, compiled from the names of its fields, and given to it."""
    fields, defaults = kind.__match_args__, kind._defaults
    space = {f"_set_{field}": getattr(kind, field).__set__ for field in fields}
    body = "; ".join(f"_set_{field}(self, {field})" for field in fields) or "pass"
    exec(f"def __init__(self, {', '.join(fields)}): {body}", space)
    made: Any = space["__init__"]
    made.__defaults__ = defaults
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    type.__setattr__(kind, "__init__", made)
    return made  # type: ignore[no-any-return]

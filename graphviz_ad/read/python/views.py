"""Parts and other forms of arrays, which change with them: x[1:3], x.T, np.reshape(x, …)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from weakref import ref

from graphviz_ad.read.python.array_methods import AxisNumbers
from graphviz_ad.read.python.tape import TABLES, Tape

VIEW_METHODS = frozenset({"reshape", "ravel", "transpose", "swapaxes", "squeeze", "view", "diagonal"})  # methods
VIEWS = VIEW_METHODS | {
    "array_split", "ascontiguousarray", "atleast_1d", "atleast_2d", "atleast_3d", "broadcast_to", "diag", "dsplit",
    "expand_dims", "flip", "fliplr", "flipud", "hsplit", "matrix_transpose", "moveaxis", "permute_dims", "rollaxis",
    "rot90", "split", "vsplit",
}  # fmt: skip  # functions of numpy's


class _View(NamedTuple):
    """A part of an array: what makes it of the whole, and by which key where it is x[key]."""

    whole: ref[Any]
    part: ref[Any]
    made_of: Callable[[Any], Any]
    key: Any


def _is_plain(key: Any) -> bool:
    """Whether numpy gives a part for a key, and not a copy."""
    keys = key if isinstance(key, tuple) else (key,)
    return all(
        part is None
        or part is Ellipsis
        or isinstance(part, slice)
        or (hasattr(part, "__index__") and not getattr(part, "shape", ()))
        for part in keys
    )


def apart(found: Any) -> Any:
    """What is computed, as arrays of its own: not changed with those that it is computed of."""
    if type(found) in (list, tuple):
        return type(found)([apart(part) for part in found])
    return found.again() if isinstance(found, Viewed) else found


def gives_a_view(name: str, of: Any) -> bool:
    """Whether a function of numpy's gives the same entries in another form."""
    return name in VIEWS and (name != "diag" or of.ndim == 2)


class Viewed:
    """An entry of a tape that is an array, with the parts of it that are there."""

    __slots__ = ("__weakref__", "index", "shape", "tape")

    def __init__(self, tape: Tape, index: int, shape: AxisNumbers) -> None:
        self.tape, self.index, self.shape = tape, index, shape

    def seen(self, made_of: Callable[[Any], Any], key: Any = None) -> Any:
        """A part, or several, which is remembered for as long as it is there, since it changes with the whole."""
        part = made_of(self)
        if isinstance(part, (list, tuple)):
            return type(part)([self.seen(partial(_one_of, made_of, k)) for k in range(len(part))])
        if key is not None and not _is_plain(key):
            return apart(part)
        if part is not self and (type(part) in TABLES or isinstance(part, Viewed)):
            self.tape.views.append(_View(ref(self), ref(part), made_of, key))
            if not isinstance(part, Viewed):
                part.see(self)
        return part

    def become(self, new: Viewed) -> None:
        """Be another array of this shape, and so for what this is a part of."""
        if new.shape != self.shape:
            text = f"an array of the shape {new.shape} is put into one of the shape {self.shape}"
            raise self.tape.refused(text, "both need one shape")
        self.index = new.index
        views = [view for view in self.tape.views if view.whole() is not None and view.part() is not None]
        self.tape.views[:] = views
        for view in views:
            if view.whole() is self and isinstance(view.part(), Viewed):
                view.part().index = view.made_of(self).index
            elif view.whole() is self:
                view.part().follow(view.made_of(self))
            elif view.part() is self:
                if view.key is None:
                    text = "an array is changed that is another form of one"
                    raise self.tape.refused(text, "assign to a copy of it: y = x.T.copy()")
                view.whole()[view.key] = type(self)(self.tape, new.index, self.shape)

    def again(self) -> Viewed:
        """Another array of the same value, which is not changed with this one."""
        return type(self)(self.tape, self.index, self.shape)

    def __copy__(self) -> Viewed:
        return self.again()

    def __deepcopy__(self, memo: Any) -> Viewed:
        return self.again()


def _one_of(made_of: Callable[[Any], Any], k: int, whole: Any) -> Any:
    return made_of(whole)[k]

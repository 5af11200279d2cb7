"""Sizes of axes that are not known at first, and which of them are one: unification, as for types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import OPEN, AxisSize, Shape, together

_LETTERS = "mnpqrskdMNPQRSKD"


class Sizes:
    """What is known of sizes so far. A letter of the reader's may turn out to be a number, and never another letter."""

    def __init__(self) -> None:
        self.bound: dict[str, AxisSize] = {}
        self.sums: dict[str, tuple[AxisSize, AxisSize]] = {}  # sizes of what stands one below the other

    def resolved(self, size: AxisSize) -> AxisSize:
        """What a size is, as far as that is known."""
        while isinstance(size, str) and size in self.bound:
            size = self.bound[size]
        if size in self.sums:
            above, below = map(self.resolved, self.sums[str(size)])
            return size if is_open(above) or is_open(below) else together(above, below)
        return size

    def shape(self, shape: Shape) -> Shape:
        """A shape with what is known of its sizes."""
        return tuple(map(self.resolved, shape))

    def added(self, name: str, above: AxisSize, below: AxisSize) -> AxisSize:
        """The size of two together."""
        self.sums[name] = (above, below)
        return self.resolved(name)

    def unify(self, one: AxisSize, other: AxisSize) -> bool:
        """Make two sizes one, if they can be."""
        one, other = self.resolved(one), self.resolved(other)
        if one == other:
            return True
        for a, b in ((one, other), (other, one)):
            if a in self.sums and isinstance(b, int):
                above, below = map(self.resolved, self.sums[str(a)])
                for known, missing in ((above, below), (below, above)):
                    if isinstance(known, int) and known < b and not isinstance(missing, int):
                        return self.unify(missing, b - known)
        for a, b in ((one, other), (other, one)):
            if is_open(a) or (isinstance(a, str) and isinstance(b, int) and a not in self.sums):
                self.bound[str(a)] = b
                return True
        return False

    def may_be(self, one: AxisSize, other: AxisSize) -> bool:
        """Whether two sizes can be one."""
        one, other = self.resolved(one), self.resolved(other)
        return one == other or is_open(one) or is_open(other) or isinstance(one, int) != isinstance(other, int)

    def same(self, one: Shape, other: Shape) -> bool:
        """Whether two shapes can be one."""
        return len(one) == len(other) and all(map(self.may_be, one, other))

    def name_open(self, shapes: Iterable[Shape], taken: Iterable[str]) -> bool:
        """Give a letter to each size that nothing says anything of; whether there are any."""
        left = dict.fromkeys(size for shape in shapes for size in self.shape(shape) if is_open(size))
        free = (letter for letter in _LETTERS if letter not in set(taken))
        for size in left:
            if str(size) not in self.sums:
                self.bound[str(size)] = next(free, str(size)[1:])
        return bool(left)


def is_open(size: AxisSize) -> bool:
    """Whether a size is still to be found."""
    return isinstance(size, str) and size.startswith(OPEN)


def _elementwise(*shapes: Shape) -> list[tuple[AxisSize, AxisSize]]:
    with_axes = [shape for shape in shapes if shape]
    pairs = pairwise(with_axes)
    return [sizes for a, b in pairs if len(a) == len(b) for sizes in zip(a, b, strict=True)]


def _square(shape: Shape) -> list[tuple[AxisSize, AxisSize]]:
    return [matrix(shape)] if len(shape) == 2 else []


_EQUAL: Mapping[str, Callable[..., list[tuple[AxisSize, AxisSize]]]] = {
    "matmul": lambda x, y: [(matrix(x)[1], matrix(y)[0])],
    "vcat": lambda x, y: [(matrix(x)[1], matrix(y)[1])],
    **dict.fromkeys(("inv", "det", "logdet", "trace", "diag"), _square),
    **dict.fromkeys(("transpose", "total", "rowsum", "sqnorm", "norm", "softmax", "log_softmax"), lambda x: []),
}


def equal_sizes(op: str, shapes: Iterable[Shape]) -> list[tuple[AxisSize, AxisSize]]:
    """The sizes that are one where an operation has operands of these shapes."""
    return _EQUAL.get(op, _elementwise)(*shapes)

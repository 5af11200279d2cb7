"""Functions that a user defines or declares, as operations of nodes."""

from functools import lru_cache

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS, Op, row
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record


class UserFunction(Record):
    """A user-defined function, applied: its name and how many arguments it takes; with `wrt`, the partial derivative
    with respect to these arguments, counted from 1."""

    name: Name
    arity: int
    wrt: tuple[int, ...] = ()

    @property
    def params(self) -> tuple[Name, ...]:
        """Names for its arguments, where its definition is of no account: x, or x_1, x_2, …"""
        return (Name("x"),) if self.arity == 1 else tuple(Name(f"x_{place + 1}") for place in range(self.arity))


Operation = str | UserFunction  # of a node: of the table, by its name, or a user-defined function


@lru_cache(maxsize=4096)
def _row(function: UserFunction) -> Op:
    return row(function.name, params=" ".join(function.params), form="user-defined", rule="chain rule")


def operation(op: Operation) -> Op:
    """The row of an operation: of the table, or made for a user-defined function. KeyError for another."""
    if isinstance(op, UserFunction):
        return _row(op)
    return OPS[op] if op in OPS else _arrays()[op]


@lru_cache(maxsize=4096)
def shape_made(op: Operation, shapes: tuple[Shape, ...], attributes: tuple[tuple[str, object], ...] = ()) -> Shape:
    """The shape of what an operation makes of arguments of these shapes. Raises ValueError where they do not fit."""
    return operation(op).shape(*shapes, **dict(attributes))


def _arrays() -> dict[str, Op]:
    """The operations on vectors and matrices, which systems of numbers do without."""
    from graphviz_ad.core.ops.arrays import ARRAYS

    return ARRAYS

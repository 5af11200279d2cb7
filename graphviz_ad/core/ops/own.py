"""Functions of the reader's own, as operations."""

from __future__ import annotations

from functools import lru_cache

from graphviz_ad.core.record import Record


class Own(Record):
    """A function of the reader's own, applied: its name and how many arguments it takes; with `wrt`, the partial
    derivative with respect to these arguments, counted from 1. As the operation of a node it is text: f/1, f/2:1,2."""

    name: str
    arity: int
    wrt: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}/{self.arity}" + (":" + ",".join(map(str, self.wrt)) if self.wrt else "")


def is_own(op: str) -> bool:
    """Whether an operation is a function of the reader's own."""
    return "/" in op


@lru_cache(maxsize=4096)
def own(op: str) -> Own:
    """The reader's function that an operation applies."""
    name, _, rest = op.rpartition("/")
    arity, _, wrt = rest.partition(":")
    return Own(name, int(arity), tuple(map(int, wrt.split(","))) if wrt else ())

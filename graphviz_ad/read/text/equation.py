"""An equation by itself, before it is linked with the others; names in several spellings; an order of definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Node
from graphviz_ad.core.names import Name, Parts, as_name
from graphviz_ad.core.record import Record


class Statement(Record):
    """One equation: the variable it defines (None if it has none) and its right side as nodes of its own.

    Variables of the right side are inputs; `called` are names that stand before a bracket, with their places. `params`
    are the parameters where the left side is a function, f(u, v) = …
    """

    name: Name | None
    span: Span
    nodes: tuple[Node, ...]
    root: int
    called: dict[str, Span]
    params: tuple[Name, ...] | None = None


class Spelling:
    """Names that look the same are the same: `w1` and `w_1`, `alpha` and `α`. The first spelling stays."""

    def __init__(self) -> None:
        self.first: dict[Parts, Name] = {}
        self.known: dict[str, Name] = {}

    def __call__(self, name: str) -> Name:
        if name not in self.known:
            spelled = as_name(name)
            self.known[name] = self.first.setdefault(spelled.key, spelled)
        return self.known[name]


def ordered(reads: Mapping[Name, Sequence[tuple[Name, Span | None]]]) -> list[Name]:
    """The names, each behind those that its definition reads; otherwise as they were written.

    Raises AdgraphError where names need each other in a circle.
    """
    done: list[Name] = []
    state: dict[Name, int] = {}  # 1 while its own reads are being visited, 2 when done
    for start in reads:
        stack = [start]
        while stack:
            name = stack[-1]
            if name not in state:
                state[name] = 1
                for read, span in reversed(reads[name]):
                    if state.get(read) == 1:
                        raise _cycle(read, [n for n in stack if state.get(n) == 1], span)
                    if read in reads and read not in state:
                        stack.append(read)
                continue
            stack.pop()
            if state[name] == 1:
                state[name] = 2
                done.append(name)
    return done


def _cycle(name: Name, path: list[Name], span: Span | None) -> AdgraphError:
    loop = path[path.index(name) :]
    if len(loop) == 1:
        return AdgraphError(f"'{name}' is defined by itself", span, "give the new value another name")
    circle = " → ".join([*loop, name])
    return AdgraphError(
        f"these equations need each other: {circle}",
        span,
        "a computational graph has no cycles; give one of the values another name",
    )

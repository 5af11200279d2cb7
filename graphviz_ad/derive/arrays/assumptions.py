"""What is assumed of vectors and matrices: what the entries of one add up to, or those of each row, and which matrices
are symmetric."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.graph_view import find

Key = TypeVar("Key")
_TURNED = r"(?:\^T|\^\{?\\top\}?|ᵀ|'|\.T)"
_SUM = re.compile(rf"(?:sum\((?P<called>.+)\)|(?:1|𝟏){_TURNED}\s*(?P<times>\S+))\s*=\s*(?P<total>\d+)")
_ROWS = re.compile(r"(?:rowsum\((?P<called>.+)\)|(?P<times>\S+)\s+(?:1|𝟏))\s*=\s*(?P<total>\d+|𝟏)")
_SYMMETRIC = re.compile(
    rf"(?P<turned>.+?){_TURNED}\s*=\s*(?P<other>.+)|(?P<one>.+?)\s*=\s*(?P<same>.+?){_TURNED}|(?P<named>.+?)\s+(?:is\s+)?symmetric"
)


class ArrayAssumptions(Record):
    """What the entries of variables add up to, what those of each row of matrices do, and which are symmetric."""

    sums: Mapping[Name, int] = {}
    rows: Mapping[Name, int] = {}
    symmetric: frozenset[Name] = frozenset()

    @property
    def said(self) -> tuple[str, ...]:
        """The relations as they are written."""
        sums = (f"sum({name}) = {total}" for name, total in self.sums.items())
        rows = (f"rowsum({name}) = {total}" for name, total in self.rows.items())
        return (*sums, *rows, *(f"{name} = {name}^T" for name in sorted(self.symmetric)))


NOTHING_ASSUMED = ArrayAssumptions()


def array_assumptions(graph: Graph, said: Sequence[str]) -> ArrayAssumptions:
    """The relations as they are written: sum(t) = 1, rowsum(T) = 1, A = A^T. Raises AdgraphError for others."""
    sums: dict[Name, int] = {}
    rows: dict[Name, int] = {}
    symmetric: set[Name] = set()
    for relation in said:
        text = relation.strip()
        if (found := _SUM.fullmatch(text)) is not None:
            node = find(graph, (found["called"] or found["times"]).strip())
            sums[graph.name(node)] = int(found["total"])
        elif (found := _ROWS.fullmatch(text)) is not None:
            name = _matrix(graph, (found["called"] or found["times"]).strip())
            rows[name] = 1 if found["total"] == "𝟏" else int(found["total"])
        elif (found := _SYMMETRIC.fullmatch(text)) is not None:
            symmetric.add(_symmetric(graph, relation, found.groupdict()))
        else:
            raise AdgraphError(f"'{relation}' is not read", hint=HINT)
    return ArrayAssumptions(sums, rows, frozenset(symmetric))


HINT = "of vectors and matrices these are assumed: --assume 'sum(t) = 1', 'rowsum(T) = 1', 'A = A^T'"


def _matrix(graph: Graph, text: str) -> Name:
    node = find(graph, text)
    name, shape = graph.name(node), graph.nodes[node].type.shape
    if len(shape) != 2:
        raise AdgraphError(f"'{name}' is no matrix, whose rows alone may add up to a number each", hint=HINT)
    return name


def _symmetric(graph: Graph, relation: str, found: Mapping[str, str | None]) -> Name:
    names = {name.strip() for name in found.values() if name is not None}
    if len(names) > 1:
        raise AdgraphError(f"'{relation}' is not read", hint=HINT)
    node = find(graph, names.pop())
    name, shape = graph.name(node), graph.nodes[node].type.shape
    if len(shape) != 2 or shape[0] != shape[1]:
        raise AdgraphError(f"'{name}' is no square matrix, which alone may be symmetric")
    return name


def relying(here: Mapping[Key, object], without: Mapping[str, Mapping[Key, object]]) -> Mapping[Key, tuple[str, ...]]:
    """A remark for each relation that a result relies on: without it, it would be another."""
    found = {key: [said for said, there in without.items() if there.get(key) != made] for key, made in here.items()}
    return {key: tuple(f"{said} is assumed" for said in relations) for key, relations in found.items()}

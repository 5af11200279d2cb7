"""Operations that a symbolic system lacks, composed of those that it has, by the definitions in the table."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.notation.dialects import Dialect
from graphviz_ad.read.table import definition

MAX_NODES = 20_000
_WRITTEN = frozenset("sum difference product fraction power negation copy constant iverson cases".split())


def in_dialect(graph: Graph, dialect: Dialect) -> Graph:
    """A graph with the operations that a language has. Raises AdgraphError for one that cannot be made of them."""
    builder = Builder()

    def add(nodes: Sequence[Node], inner: dict[Name, int] | None) -> list[int]:
        made: list[int] = []
        for node in nodes:
            if len(builder.nodes) > MAX_NODES:
                raise AdgraphError(f"written out, this has more than {MAX_NODES:,} operations", hint="write less of it")
            name = node.name or UNNAMED
            if node.op == INPUT:
                made.append(inner[name] if inner is not None and name in inner else builder.input(name))
                continue
            args = tuple(made[arg] for arg in node.args)
            body = None if node.op == CONST or _is_written(node, dialect) else definition(node.op)
            if body is None:
                _check(node, dialect)
                made.append(builder.add(node.op, args, node.value))
            else:
                params = dict(zip(map(Name, operation(node.op).params), args, strict=True))
                made.append(add(body.nodes, params)[body.outputs[0]])
        return made

    made = add(graph.nodes, None)
    return builder.build((made[graph.outputs[0]],), graph.functions)


def _is_written(node: Node, dialect: Dialect) -> bool:
    return isinstance(node.op, UserFunction) or operation(node.op).form in _WRITTEN or str(node.op) in dialect.functions


def _check(node: Node, dialect: Dialect) -> None:
    if node.op != CONST and not _is_written(node, dialect):
        raise AdgraphError(
            f"'{operation(node.op).name}' cannot be written in {dialect.name}", hint="write it with others"
        )

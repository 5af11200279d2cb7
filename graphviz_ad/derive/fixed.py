"""The values of the parts of a graph that depend on no input."""

from functools import lru_cache

from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.read.table import functions as floats


@lru_cache(maxsize=16)
def fixed_values(graph: Graph) -> dict[int, float]:
    """The value of each node that depends on no input, as far as it has one."""
    found: dict[int, float] = {}
    for index, node in enumerate(graph.nodes):
        op = node.op
        if op == CONST:
            found[index] = float(node.value or 0)
        elif op != INPUT and not isinstance(op, UserFunction) and all(map(found.__contains__, node.args)):
            try:
                found[index] = float(floats[op](*(found[arg] for arg in node.args)))
            except (ValueError, ZeroDivisionError, OverflowError):
                continue
    return found

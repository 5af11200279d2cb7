"""What a page's script computes vectors and matrices with, and the room that is kept for their numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphviz_ad.core.diagram import PageArrays, PageModel
from graphviz_ad.core.formula import Rounded, RoundedArray
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Node
from graphviz_ad.core.ops.arrays import is_array, matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.point.arrays.numbers import SMALL

ENTRY_DIGITS = 3  # of an entry in a figure, at most; the drawer and the chain have all
GRID = 6, 5  # rows and columns that have a field each; a larger array is typed as nested lists

Widest = Callable[..., "Rounded | RoundedArray | None"]


class Typed(Record):
    """How an input of more than one entry is typed: in a field for each, or all in one."""

    rows: tuple[tuple[str, ...], ...]
    text: str  # as nested lists
    is_grid: bool


def widest(page_model: PageModel) -> Widest:
    """The widest number of a node or, by its two nodes, of an arrow; None where an arrow has none."""

    def number(digits: int) -> Rounded:
        return Rounded(float("-0." + "8" * (digits + 3)), digits)

    arrays, nodes = page_model.arrays, page_model.graph.nodes
    if arrays is None:
        return lambda *_: number(page_model.digits)
    few = min(page_model.digits, ENTRY_DIGITS)
    entry = float(number(few).value)

    def of(*places: int) -> Rounded | RoundedArray | None:
        axes = tuple(size for place in places for size in nodes[place].type.shape if size != 1)
        if len(axes) > 2:
            return None
        if not axes:
            return number(page_model.digits)
        across = places in arrays.turned_arrows or (len(places) == 1 and matrix(nodes[places[0]].type.shape)[0] == 1)
        rows, columns = (int(size) for size in matrix(axes[::-1] if places in arrays.turned_arrows else axes))
        rows, columns = (1, rows) if across and len(axes) == 1 else (rows, columns)
        if max(rows, columns) > SMALL:
            return RoundedArray((), few, "×".join(map(str, axes)), abs(entry))
        return RoundedArray(((entry,) * columns,) * rows, few)

    return of


def array_data(page_model: PageModel, arrays: PageArrays) -> dict[str, Any]:
    """The data of arrays: the shape of each node; the products, as factors and what they make; what else an operation
    is given; which derivatives stand transposed, on arrows and in chains; the labels, which begin with 0 and 1; and
    what is assumed of inputs."""
    nodes = page_model.graph.nodes
    return {
        "shapes": [list(node.type.shape) for node in nodes],
        "products": {
            index: made for index, node in enumerate(nodes) if (made := _product(node, page_model)) is not None
        },
        "attributes": {
            index: dict(node.type.attributes)
            for index, node in enumerate(nodes)
            if is_array(node.op) and node.type.attributes
        },
        "arrows": sorted(",".join(map(str, pair)) for pair in arrays.turned_arrows),
        "chains": sorted(",".join(map(str, pair)) for pair in arrays.turned_chains),
        "labels": list(arrays.labels),
        "sums": dict(arrays.sums),
        "rows": dict(arrays.rows),
        "symmetric": list(arrays.symmetric),
        "assumed": list(arrays.assumed),
        "digits": min(page_model.digits, ENTRY_DIGITS),
    }


def _product(node: Node, page_model: PageModel) -> list[Any] | None:
    factors = operation(node.op).factors if is_array(node.op) else None
    if factors is None:
        return None
    shapes = [page_model.graph.nodes[arg].type.shape for arg in node.args]
    made = factors(*shapes, **dict(node.type.attributes))
    return [made.out, [list(factor) for factor in made.factors]]


def typed(shape: Shape, value: Any) -> Typed:
    """The fields of an input, with its value if it has one: a number for each entry, row by row."""
    rows, columns = (int(size) for size in matrix(shape))
    flat = [] if value is None else [f"{entry:.15g}" for entry in _entries(value)]
    texts = flat or [""] * (rows * columns)
    made = tuple(tuple(texts[row * columns : (row + 1) * columns]) for row in range(rows))
    lines = [f"[{', '.join(row)}]" for row in ([tuple(texts)] if 1 in (rows, columns) else made)]
    text = lines[0] if len(lines) == 1 else "[" + ",\n ".join(lines) + "]"
    return Typed(made, text if flat else "", rows <= GRID[0] and columns <= GRID[1])


def _entries(value: Any) -> list[float]:
    return [value] if isinstance(value, (int, float)) else [entry for part in value for entry in _entries(part)]

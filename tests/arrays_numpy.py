"""Graphs of vectors and matrices, computed by numpy: each product by `einsum` from its factors, the rest by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.read.table import functions


def _softmax(x: Any) -> Any:
    e = np.exp(x - x.max(axis=-1 if x.ndim > 1 and x.shape[0] > 1 else None, keepdims=True))
    return e / e.sum(axis=-1 if x.ndim > 1 and x.shape[0] > 1 else None, keepdims=True)


def _block(rows: int, columns: int, at: int) -> Any:
    made = np.zeros((rows, columns))
    made[at - 1 : at - 1 + columns] = np.eye(columns)
    return made


def _at_largest(x: Any) -> Any:
    made = np.zeros_like(x)
    made[np.unravel_index(np.argmax(x), x.shape)] = 1
    return made


_OTHERS = {
    "norm": np.linalg.norm,
    "softmax": _softmax,
    "log_softmax": lambda x: np.log(_softmax(x)),
    "inv": np.linalg.inv,
    "det": np.linalg.det,
    "logdet": lambda x: np.log(np.linalg.det(x)),
    "unit": lambda size, at: np.eye(size)[at - 1],
    "block": _block,
    "entry": lambda x, place: x[tuple(at - 1 for at in place)],
    "vcat": lambda x, y: np.concatenate([np.atleast_1d(x), np.atleast_1d(y)]),
    "largest": np.max,
    "at_largest": _at_largest,
}


def _value(node: Node, args: list[Any], graph: Graph) -> Any:
    row, attributes = operation(node.op), dict(node.type.attributes)
    if row.factors is not None:
        shapes = [graph.nodes[arg].type.shape for arg in node.args]
        product = row.factors(*shapes, **attributes)
        operands = [np.squeeze(args[place]) for place, _ in product.factors]
        sizes = {letter: attributes.get("size") for letter in product.out}
        letters = {k for _, found in product.factors for k in found}
        for letter in dict.fromkeys(product.out):
            if letter not in letters:
                operands.append(np.ones(sizes[letter]))
                product = product.replace(factors=(*product.factors, (len(operands) - 1, letter)))
        out = "".join(dict.fromkeys(product.out))
        made = np.einsum(f"{','.join(found for _, found in product.factors)}->{out}", *operands)
        if len(out) < len(product.out):
            made = np.diag(made)
    elif node.op in _OTHERS:
        made = _OTHERS[str(node.op)](*args, **attributes)
    else:
        function = functions[str(node.op)]
        stretched = [np.reshape(arg, node.type.shape) if np.ndim(arg) else arg for arg in args]
        made = np.vectorize(function, otypes=[float])(*stretched)
    return np.reshape(made, node.type.shape)


def computed(graph: Graph, at: Mapping[str, Any]) -> dict[str, Any]:
    """The value of each variable of a graph, with these values of its inputs."""
    values: list[Any] = []
    for node in graph.nodes:
        if node.op == INPUT:
            values.append(np.reshape(np.asarray(at[str(node.name)], dtype=float), node.type.shape))
        elif node.op == CONST:
            values.append(float(node.value or 0))
        else:
            values.append(_value(node, [values[arg] for arg in node.args], graph))
    return {str(node.name): values[place] for place, node in enumerate(graph.nodes) if node.name is not None}


def at_random(shapes: Mapping[str, tuple[int, ...]], seed: int = 3) -> dict[str, Any]:
    """Values between 0.2 and 1.7 for each name."""
    random = np.random.default_rng(seed)
    return {name: random.uniform(0.2, 1.7, shape) for name, shape in shapes.items()}

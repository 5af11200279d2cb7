"""Reverse accumulation over arrays: what each node hands to its operands is the vector–Jacobian product of its row.

(M. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic differentiation*, 2008.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops.arrays import ENTRY, is_array, matrix
from graphviz_ad.core.ops.row import Contraction, Shape
from graphviz_ad.derive.edge_derivatives import rule
from graphviz_ad.derive.graph_view import is_alone, varying
from graphviz_ad.point.arrays.domains import without_derivative
from graphviz_ad.point.arrays.logarithms import extreme
from graphviz_ad.read.array_table import Array, applied, numpy, place_of
from graphviz_ad.read.table import at_params


def array_adjoints(
    graph: Graph, of: int, found: Sequence[Array], seed: Array = 1.0, stops: frozenset[int] = frozenset()
) -> dict[int, Array]:
    """The adjoint of each node that one depends on, where its own is the `seed`; accumulation goes no further than the
    nodes of `stops`."""
    np, varies = numpy(), varying(graph)
    bars: dict[int, Array] = {of: seed}
    with np.errstate(all="ignore"):
        at_once = extreme(np, graph, found)
        for index in range(of, -1, -1):
            if index not in bars or (index in stops and index != of):
                continue
            one = at_once.get(index)
            if one is not None and stops.isdisjoint(one.inside):
                parts = [(one.operand, one.handed(np, found[one.operand], found[index], bars[index]))]
            else:
                args = enumerate(graph.nodes[index].args)
                parts = [(arg, handed(np, graph, index, k, found, bars[index])) for k, arg in args if varies[arg]]
            for arg, part in parts:
                if not np.isfinite(part).all():
                    inside = [found[read] for read in graph.nodes[index].args]
                    raise without_derivative(np, graph.nodes[index], inside, part)
                bars[arg] = bars[arg] + part if arg in bars else part
    return bars


def handed(np: Any, graph: Graph, index: int, k: int, found: Sequence[Array], bar: Array) -> Array:
    """What a node hands to its k-th operand."""
    node = graph.nodes[index]
    args = [found[arg] for arg in node.args]
    made = _contraction(node.op, tuple([graph.nodes[arg].type.shape for arg in node.args]))
    if made is not None:
        return sum(
            _of_product(np, made, which, args, bar) for which, (place, _) in enumerate(made.factors) if place == k
        )
    if node.op == ENTRY:
        made = np.zeros_like(args[0])
        made[place_of(node)] = bar
        return made
    if node.op == "vcat":
        rows = matrix(graph.nodes[node.args[0]].type.shape)[0]
        part = bar[:rows] if k == 0 else bar[rows:]
        return part.reshape(np.shape(args[k])) if np.ndim(args[k]) else float(np.squeeze(part))
    if is_array(node.op):
        return _HANDED[str(node.op)](np, args[0], found[index], bar)
    partial_rule = rule(node.op, k, is_alone(graph, index, k))
    known = dict(zip(operation(node.op).params, args, strict=True)) | {"out": found[index]}
    handed = bar * at_params(partial_rule, known, float, applied)
    if node.op == "pow" and k == 0:  # x⁰ is 1 at 0 too
        handed = np.where(np.equal(args[1], 0), 0.0, handed)
    return handed if graph.nodes[node.args[k]].type.shape else float(np.sum(handed))


@lru_cache(maxsize=1024)
def _contraction(op: Operation, shapes: tuple[Shape, ...]) -> Contraction | None:
    """The product that an operation is; None for one that is none."""
    factors = operation(op).factors
    return None if factors is None else factors(*shapes)


def _of_product(np: Any, product: Contraction, which: int, args: Sequence[Array], bar: Array) -> Array:
    """The same of a product of factors, by one of these: the adjoint times the others."""
    place, letters = product.factors[which]
    others = [factor for other, factor in enumerate(product.factors) if other != which]
    operands = [bar, *(args[p] for p, _ in others)]
    spelled = [product.out, *(text for _, text in others)]
    target = "".join(dict.fromkeys(letters))
    for letter in target:
        if not any(letter in text for text in spelled):
            operands.append(np.ones(args[place].shape[letters.index(letter)]))
            spelled.append(letter)
    made = np.einsum(f"{','.join(spelled)}->{target}", *operands)
    if len(target) < len(letters):
        return np.diag(made)
    return made if target else float(made)


def _softmax(np: Any, x: Array, out: Array, bar: Array) -> Array:
    return out * (bar - np.sum(out * bar, axis=-1, keepdims=True))


def _log_softmax(np: Any, x: Array, out: Array, bar: Array) -> Array:
    return bar - np.exp(out) * np.sum(bar, axis=-1, keepdims=True)


def _cofactors(np: Any, x: Array) -> Array:
    """det(X) X⁻ᵀ, which a singular matrix has too: by its singular values, each left out once."""
    left, sizes, right = np.linalg.svd(x)
    others = np.array([np.prod(np.delete(sizes, place)) for place in range(len(sizes))])
    sign = np.sign(np.linalg.det(left) * np.linalg.det(right))
    return sign * (left * others) @ right


_HANDED: dict[str, Callable[..., Array]] = {
    "largest": lambda np, x, out, bar: bar * (np.arange(x.size).reshape(x.shape) == np.argmax(x)),
    "norm": lambda np, x, out, bar: bar * x / out if out else np.zeros_like(x),  # as of |x|: a note says so
    "at_largest": lambda np, x, out, bar: np.zeros(np.shape(x)),
    "softmax": _softmax,
    "log_softmax": _log_softmax,
    "inv": lambda np, x, out, bar: -out.T @ bar @ out.T,
    "det": lambda np, x, out, bar: bar * _cofactors(np, x),
    "logdet": lambda np, x, out, bar: bar * np.linalg.inv(x).T,
}

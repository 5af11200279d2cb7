"""The cheat sheet of vectors and matrices: each operation with its Jacobian and its vector–Jacobian product.

Every row is derived from the operation's definition, as in a figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.formula import Derivative, Equation, Expression, Variable
from graphviz_ad.core.graph import INPUT, Graph, Node, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import ONES
from graphviz_ad.derive.arrays.edge_tensors import EdgeTensor
from graphviz_ad.derive.arrays.edges import ArrayEdge, EdgeWriter
from graphviz_ad.derive.graph_view import definition
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.read.text.equations import read

# By what they are called, in adgraph's own language; sizes are letters, since the rules hold for all.
_RULES = (
    ("matrix times vector", "W: m x n; x: n; y = W x"),
    ("row times matrix", "x: 1 x n; W: n x m; y = x W"),
    ("matrix product", "A: m x k; B: k x n; Y = A B"),
    ("product with a transpose", "Q: m x k; K: n x k; Y = Q K^T"),
    ("scalar product", "a, b: n; y = a^T b"),
    ("quadratic form", "A: n x n; x: n; y = x^T A x"),
    ("outer product", "u: m; v: n; Y = outer(u, v)"),
    ("function, entry by entry", "z: n; y = tanh(z)"),
    ("product, entry by entry", "a, b: n; y = a .* b"),
    ("quotient, entry by entry", "a, b: n; y = a ./ b"),
    ("multiple", "s: scalar; x: n; y = s x"),
    ("number added to all entries", "x: n; s: scalar; y = x + s ones(n)"),
    ("vector added to all rows", "X: m x n; b: n; Y = X + ones(m) b^T"),
    ("sum of the entries", "x: n; y = sum(x)"),
    ("mean of the entries", "x: n; y = sum(x)/n"),
    ("squared norm", "x: n; y = ||x||^2"),
    ("norm", "x: n; y = ||x||"),
    ("sum of magnitudes", "w: n; y = ||w||_1"),
    ("squared Frobenius norm", "W: m x n; y = ||W||^2"),
    ("softmax", "z: n; p = softmax(z)"),
    ("softmax, row by row", "Z: m x n; P = softmax(Z)"),
    ("log-softmax", "z: n; y = log_softmax(z)"),
    ("unit vector", "x: n; y = x / ||x||"),
    ("vector without mean, normalised", "x: n; μ = sum(x)/n; v = ||x - μ||^2/n; y = (x - μ) / sqrt(v)"),
    ("trace of a product", "A: m x n; X: n x m; y = tr(A X)"),
    ("determinant", "X: n x n; y = det(X)"),
    ("log-determinant", "X: n x n; y = logdet(X)"),
    ("inverse", "X: n x n; Y = X^-1"),
    ("transpose", "X: m x n; Y = X^T"),
    ("diagonal matrix", "d: n; Y = diag(d)"),
    ("one above the other", "a: m; b: n; y = [a; b]"),
    ("row of a table (one-hot o)", "E: m x n; o: m; y = E^T o"),
    ("largest entry", "x: n; y = max(x)"),
)


_X = Node(INPUT, (), None, Name("x"), None, Type(("n",)))
_LARGEST = Graph((_X, Node("at_largest", (0,), None, None, None, Type(("n",)))), (1,))
_ONES = Graph((Node(ONES, (), None, None, None, Type(("n",), (("size", "n"),))),), (0,))
_KEY: tuple[tuple[Cell, ...], ...] = (  # signs that no row explains
    ("adjoint of the result", Variable(Name("δ")), "", ""),
    ("column of ones", Expression(_ONES), "", ""),
    ("unit matrix in the rows from k on", Variable(Name("𝐄_k")), "", ""),
    ("1 at the largest entry, else 0", Expression(_LARGEST), "", ""),
)


def matrix_rules() -> Table:
    """A row for each operation and operand: its name, the operation, the derivative as a matrix where it is one, and
    what it does with the adjoint δ of the result; then what the signs mean."""
    rows: list[tuple[Cell, ...]] = []
    for name, source in _RULES:
        graph = read(source).graph
        system = ArraySystem(graph)
        view = system.graph_views.simplified
        writer = EdgeWriter(view, system.indexed, system.conventions)
        for number, edge in enumerate(_derivatives(system, writer)):
            of = edge.of
            derivative = Derivative(graph.name(of), graph.name(edge.wrt), True)
            is_matrix = edge.jacobian is not None and edge.value is not None
            jacobian: Cell = Equation((derivative, edge.value)) if is_matrix and edge.value else derivative
            back: Cell = writer.pullback(edge.tensor) or ""
            head: tuple[Cell, Cell] = ("", "") if number else (name, Expression(definition(view, of)))
            rows.append((*head, jacobian, back))
    return Table(("operation", "", "derivative", "vector–Jacobian product"), (*rows, None, *_KEY))


def _derivatives(system: ArraySystem, writer: EdgeWriter) -> Iterable[ArrayEdge]:
    """The derivative by each operand; where equations before say what operands are, by what these are made of."""
    local, chains = system.array_edges.simplified, system.array_chains(False)
    if len(local) == len(system.wrt()):
        return local.values()
    found = []
    for of, wrt in product(system.graph.outputs, system.wrt()):
        total = chains.adjoints(of)[wrt]
        axes = len(total.axes) - len(system.graph.nodes[wrt].type.shape)
        left, right = total.axes[:axes], total.axes[axes:]
        found.append(writer.written(EdgeTensor(of, wrt, left, right, total, (total,), chains.multiples)))
    return found

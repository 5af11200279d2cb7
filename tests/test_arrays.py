"""Derivatives of vectors and matrices: what stands on arrows and in chains is what numbers say."""

import numpy as np
import pytest

import graphviz_ad.point.arrays.values as arrays
from graphviz_ad.core.formula import Derivative, Expression, Formula, Product, Pullback, Sum, Transposed, Variable
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.request import Request
from graphviz_ad.derive.arrays.edges import EdgeWriter
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.random_arrays import random_system
from tests.test_arrays_reading import SYSTEMS as READ_AS_TEXT


def system(text: str) -> ArraySystem:
    found, _ = read(SourceText(text, "text"), Request())
    assert isinstance(found, ArraySystem)
    return found


def point(found: ArraySystem, seed: int = 0) -> dict[str, object]:
    """Positive values for all inputs, so that logarithms have some."""
    rng = np.random.default_rng(seed)
    shapes = {node.name: node.type.shape for node in found.graph.nodes if node.op == INPUT}
    return {
        name: rng.uniform(0.2, 1.2, shape).tolist() if shape else rng.uniform(0.2, 1.2)
        for name, shape in shapes.items()
    }


class Numbers:
    """The numbers of a system at a point."""

    def __init__(self, found: ArraySystem, full: bool, seed: int) -> None:
        self.system, self.view = found, found.graph_views[full]
        self.found = arrays.array_values(found.graph, point(found, seed))
        self.named = {name: self.found[node] for node, name in self.view.names.items()}
        self.node = {name: node for node, name in self.view.names.items()}
        self.stops = frozenset(self.view.names)

    def of(self, formula: Formula, more: dict[str, object] | None = None) -> object:
        """The value of a formula in matrix notation."""
        match formula:
            case Expression(graph):
                at = {**self.named, **(more or {})}
                leaves = {node.name for node in graph.nodes if node.op == INPUT}
                for name in leaves:
                    if isinstance(name, DerivativeName):
                        at[name] = self.total(self.node[name.of], self.node[name.wrts[0]])
                return arrays.array_values(graph, at)[graph.outputs[0]]
            case Sum(terms):
                return sum(self.of(term, more) for term in terms)
        raise AssertionError(formula)

    def total(self, of: int, wrt: int) -> object:
        return derivative(self.system.graph, of, wrt, self.found)

    def local(self, of: int, wrt: int) -> object:
        return derivative(self.system.graph, of, wrt, self.found, self.stops)

    def assert_is(self, formula: Formula, expected: object, of: int) -> None:
        """A derivative as it is written against its entries, [left axes, right axes]."""
        if isinstance(formula, Pullback):
            assert isinstance(formula.adjoint, Variable)
            bar = np.random.default_rng(7).uniform(-1, 1, np.shape(self.found[of]))
            made = self.of(formula.made, {formula.adjoint.name: bar})
            expected = np.tensordot(bar, expected, np.ndim(bar))
        else:
            made = self.of(formula)
        np.testing.assert_allclose(made, expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", COURSE)
def test_labels_and_chains_are_what_numbers_say(name: str) -> None:
    check(COURSE[name], 0)


@pytest.mark.parametrize("seed", range(60))
def test_random_systems(seed: int) -> None:
    check(random_system(seed), seed)


@pytest.mark.parametrize("source", [
    "A: 2x3; B: 3x3; C: 3x2; H = (||A||^2 (B C)) .^ 2",  # three factors between two indices, two of them equal
    "A: 2x4; x: 4; h = max(A) + x; L = sum(tanh(h))",  # a matrix behind a number that vectors make
    "A: 2x4; x: 4; s = ||A||; h = s x; L = ||h||^2",
    "x, γ: 4; s, ε: scalar; y = γ .* (x - mean(x)) / sqrt(var(x) + ε); z = x / sqrt(s/4)^3",  # digits under a root
    "x, g: 4; m = mean(x); v = mean((x - m).^2); y = (x - m)/sqrt(v); L = g^T y",  # a fraction over a fraction
    "x, w: 3; q = tr(w x^T); L = mean(x - mean(x))",  # a product that is 0 beside one that is not
    "s: scalar; w: 3; B: 3x3; y = (s B)^T (w.^2); q = ||y||^2 + tr(B); L = sum(y)",  # B_ij beside a trace of B
    "s: scalar; B: 3x3; q = sum(B); L = tr(s B)^2 + q",  # B_ii beside a sum of all B_ij
    "s: scalar; A, B: 3x3; q = sum(A .* B); L = sum(s diag(A) .* diag(B)) + q",
])  # fmt: skip
def test_what_random_systems_found(source: str) -> None:
    check(source, 0)


@pytest.mark.parametrize("source", [source for source, _ in READ_AS_TEXT])
def test_all_that_is_read_is_derived(source: str) -> None:
    found, _ = read(SourceText(source, "text"), Request())
    sizes = [size for node in found.graph.nodes for size in node.type.shape]
    if sizes and all(isinstance(size, int) for size in sizes):
        check(source, 0)


@pytest.mark.parametrize("name", ["layer norm", "attention", "ridge"])
def test_what_becomes_of_adjoints_of_numbers_vectors_and_matrices(name: str) -> None:
    found = system(COURSE[name])
    writer = EdgeWriter(found.graph_views.simplified, found.indexed, found.conventions)
    numbers = Numbers(found, False, 0)
    for (of, wrt), edge in found.array_edges.simplified.items():
        pulled = writer.pullback(edge.tensor)
        assert pulled is not None
        numbers.assert_is(pulled, numbers.local(of, wrt), of)


@pytest.mark.parametrize("source", [
    "x: 3; y = x + sum(x); z = y + sum(y)",  # (I + 𝟏𝟏ᵀ)(I + 𝟏𝟏ᵀ) = I + 5𝟏𝟏ᵀ
    "x: 3; y = exp(sum(x)) ones(3); z = sum(y)",
    "s: scalar; y = s ones(4); z = sum(y)",
    "x: 4; y = x ./ (2 x); z = sum(y) + sum(x .* x)",
    "X: 2x3; y = X ones(3); s = sum(y) ones(4); z = ones(4)^T s",
])  # fmt: skip
def test_ones_that_are_added_up_are_counted(source: str) -> None:
    check(source, 0)


def check(source: str, seed: int) -> None:
    """Compare every label and every side of a system's chains with numbers, in both graphs."""
    found = system(source)
    for full in (False, True):
        numbers = Numbers(found, full, seed)
        for (of, wrt), edge in found.array_edges[full].items():
            assert edge.value is not None
            numbers.assert_is(edge.value, numbers.local(of, wrt), of)
        for chain in found.chains(full):
            of, wrt = found.graph.index(chain.of), found.graph.index(chain.wrt)
            sides = [side for line in chain.lines for side in line.sides[1:]]
            assert sides
            for side in sides:
                if not has_derivatives(side):
                    numbers.assert_is(side, numbers.total(of, wrt), of)
    for chain in found.adjoints() if found.has_adjoints else ():
        (line,) = chain.lines
        of, wrt = found.graph.index(chain.of), line.node
        for side in (line.performed, *line.results):
            assert side is not None
            numbers.assert_is(side, numbers.total(of, wrt), of)


def has_derivatives(formula: Formula) -> bool:
    match formula:
        case Derivative() | Transposed():
            return True
        case Product(parts) | Sum(parts):
            return any(map(has_derivatives, parts))
    return False


@pytest.mark.parametrize("name", COURSE)
def test_adjoints_are_central_differences(name: str) -> None:
    found = system(COURSE[name])
    graph, at = found.graph, point(found)
    values = arrays.array_values(graph, at)
    for output in graph.outputs:
        seed = np.random.default_rng(3).uniform(-1, 1, np.shape(values[output]))
        bars = array_adjoints(graph, output, values, seed if np.ndim(seed) else float(seed))
        for source in graph.inputs():
            base = np.array(at[graph.name(source)], dtype=float)
            for place in np.ndindex(*base.shape):
                ends = []
                for step in (1e-6, -1e-6):
                    moved = base.copy()
                    moved[place] += step
                    here = {**at, graph.name(source): moved.tolist()}
                    ends.append(np.sum(seed * arrays.array_values(graph, here)[output]))
                slope = (ends[0] - ends[1]) / 2e-6
                bar = np.broadcast_to(bars.get(source, 0.0), base.shape)
                assert bar[place] == pytest.approx(slope, rel=1e-5, abs=1e-7)

"""A reader's claims on derivatives of vectors and matrices, judged by numbers at random points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Equation, Expression
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.derive.graph_view import find
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.values import Array, array_values, numpy
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Verdict
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.equations import expression_of

POINTS = 8
CLOSE = 1e-9  # how far apart two values may be that are equal, of their size
_DERIVATIVE = re.compile(r"\s*[d∂]\s*(?P<of>[^\s/]+)\s*/\s*[d∂]\s*(?P<wrt>[^\s/]+)\s*")
_HINT = "write dL/dW = (p - t) x^T: a derivative on the left, and what it is over the variables of the system"


class ArrayJudge:
    """Judges claims on one system, whose chains are known."""

    def __init__(self, graph: Graph, chains: Iterable[Chain]) -> None:
        self.graph = graph
        self.chains = {(chain.of, chain.wrt): chain for chain in chains}
        self.points = [array_values(graph, _point(graph, seed)) for seed in range(POINTS)]

    def verdicts(self, source: SourceText) -> Iterator[Verdict]:
        """What is said of each side of each claim of a source. Raises AdgraphError for what is no claim."""
        for line in re.split(r"[;\n]", source.text):
            if line.strip() and not line.lstrip().startswith("#"):
                try:
                    yield from self._claim(line)
                except AdgraphError as error:
                    error.source = error.source or line.strip()
                    raise

    def _claim(self, text: str) -> Iterator[Verdict]:
        left, *sides = text.split("=")
        found = _DERIVATIVE.fullmatch(left)
        if found is None or not sides:
            raise AdgraphError(f"'{text.strip()}' is no claim on a derivative", hint=_HINT)
        of, wrt = find(self.graph, found["of"]), find(self.graph, found["wrt"])
        for side in sides:
            yield self._side(text, of, wrt, side)

    def _side(self, text: str, of: int, wrt: int, side: str) -> Verdict:
        np, graph = numpy(), self.graph
        shapes = {node.name: node.type.shape for node in graph.nodes if node.name is not None}
        total = Derivative(graph.name(of), graph.name(wrt), len(list(graph.inputs())) > 1)
        said = Verdict(text.strip(), side.strip(), UNCHECKED, equation=Equation((total,)))
        try:
            read = expression_of(side.strip(), shapes)
        except AdgraphError as error:
            return said.replace(how=f"{side.strip()}: {error.message}")
        said = said.replace(equation=Equation((total, Expression(read))))
        unknown = [name for index in read.inputs() if (name := read.name(index)) not in graph.places]
        if unknown:
            return said.replace(how=f"there is no variable '{unknown[0]}' in the system")
        claimed_shape, shape = read.nodes[read.outputs[0]].type.shape, self._shape(of, wrt)
        if shape is not None and claimed_shape != shape:
            off = f"it is {shown(claimed_shape)}, and the derivative {shown(shape)}"
            return self._wrong(said, of, wrt, off)
        for found in self.points:
            at: dict[str, Any] = {
                name: found[graph.places[name]] for index in read.inputs() if (name := read.name(index))
            }
            claimed = array_values(read, at)[read.outputs[0]]
            value = derivative(graph, of, wrt, found)
            if np.shape(claimed) != np.shape(value):
                return said.replace(how="the derivative is no matrix; claim what it makes of an adjoint instead")
            scale = max(1.0, float(np.max(np.abs(value), initial=0.0)))
            if np.max(np.abs(claimed - value), initial=0.0) > CLOSE * scale:
                return self._wrong(said, of, wrt, _entry(np, claimed, value))
        return said.replace(verdict=RIGHT, how=f"at {POINTS} random points")

    def _shape(self, of: int, wrt: int) -> Shape | None:
        """The shape of a derivative as it is claimed, of a number that of the variable; None where it is no matrix."""
        left, right = (self.graph.nodes[node].type.shape for node in (of, wrt))
        if not left or not right:
            return right or left
        return (*left, *right) if len(left) == len(right) == 1 else None

    def _wrong(self, said: Verdict, of: int, wrt: int, off: str) -> Verdict:
        chain = self.chains.get((self.graph.name(of), self.graph.name(wrt)))
        assert said.equation is not None
        right = None if chain is None else Equation((said.equation.sides[0], chain.result))
        derived = "" if chain is None else write(chain.result, Plain())
        return said.replace(verdict=WRONG, off=off, right=right, derivative=derived)


def _point(graph: Graph, seed: int) -> Mapping[str, Any]:
    """Positive values for all inputs, so that logarithms have some."""
    rng = numpy().random.default_rng(seed)
    found = {}
    for node in graph.nodes:
        if node.op == INPUT and node.name is not None:
            sizes = tuple(size if isinstance(size, int) else 3 for size in node.type.shape if size != 1)
            found[str(node.name)] = rng.uniform(0.2, 1.2, sizes) if sizes else float(rng.uniform(0.2, 1.2))
    return found


def _entry(np: Any, claimed: Array, value: Array) -> str:
    """Where two arrays are farthest apart."""
    if np.ndim(value) == 0:
        return f"claimed {float(claimed):.6g}, right {float(value):.6g} at a point"
    place = np.unravel_index(np.argmax(np.abs(claimed - value)), value.shape)
    entry = ",".join(str(k + 1) for k in place)
    return f"entry {entry}: claimed {claimed[place]:.6g}, right {value[place]:.6g} at a point"

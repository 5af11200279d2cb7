"""A reader's claims on derivatives of vectors and matrices, judged: by numbers at random points, and by algebra where
both sides have one normal form.

Of whole arrays, in the layout of the system, dL/dW = δ xᵀ, dp/dz = diag(p) − p pᵀ; of what a derivative that is no
matrix does, ∂y/∂W : δ ↦ δ xᵀ; and of entries, ∂y_i/∂W_jk = [i = j] x_k.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.request import Layout
from graphviz_ad.derive.arrays.assumptions import NOTHING_ASSUMED, ArrayAssumptions
from graphviz_ad.derive.arrays.chain import ArrayChains
from graphviz_ad.derive.arrays.conventions import Conventions
from graphviz_ad.derive.arrays.edges import array_edges
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.point.arrays.comparing import ComparedSides
from graphviz_ad.point.arrays.derivatives import DerivativesAt, HeldDerivativesAt
from graphviz_ad.point.claims import RIGHT, WRONG, Verdict
from graphviz_ad.read.claims.array_claim import ArrayClaim, ArraySide
from graphviz_ad.read.claims.reading import Unread, located
from graphviz_ad.read.sources import SourceText


def array_judge(graph: Graph, layout: Layout = "gradient") -> ArrayJudge:
    """Judges statements on one system of vectors and matrices: `verdicts` of a source of text or LaTeX."""
    from graphviz_ad.algebra.factor_order import factor_ranks
    from graphviz_ad.algebra.normal_form import Algebra

    names = [node.name for node in graph.nodes if node.name is not None]
    indexed = IndexedAlgebra(Algebra({name: rank for rank, name in enumerate(names)}, True, factor_ranks(graph)))
    view, conventions = graph_view(graph, False), Conventions(layout)
    return ArrayJudge(ArrayChains(view, indexed, array_edges(view, indexed, conventions), "auto", conventions))


class ArrayJudge:
    """Judges claims on one system, in which inputs are as they are assumed to be."""

    def __init__(
        self, chains: ArrayChains, assumed: ArrayAssumptions = NOTHING_ASSUMED, wrt: Sequence[Name] = ()
    ) -> None:
        self.derivatives = DerivativesAt(chains, assumed, wrt)

    @property
    def notes(self) -> list[str]:
        """How claims were read."""
        return self.derivatives.reader.notes

    def verdicts(self, source: SourceText) -> Iterator[Verdict]:
        """What is said of each side of each claim of a source. Raises AdgraphError for what is no claim."""
        for found in self.each(source):
            if isinstance(found, Unread):
                raise found.error
            yield found

    def each(self, source: SourceText) -> Iterator[Verdict | Unread]:
        """What is said of each side of each claim, and which claims could not be read."""
        for claim in self.derivatives.reader.read(source):
            if isinstance(claim, Unread):
                yield claim
                continue
            try:
                yield from self._claim(claim)
            except AdgraphError as error:
                yield Unread(claim.text, located(error, source))

    def _claim(self, claim: ArrayClaim) -> list[Verdict]:
        """A verdict for each side but that which the others are compared with, the first derivative alone."""
        alone = [side for side in claim.sides if side.name in claim.derivatives]
        reference = next(iter((*alone, *(side for side in claim.sides if side.name), *claim.sides)))
        others = [side for side in claim.sides if side is not reference]
        return [self._verdict(claim, reference, side) for side in others]

    def _verdict(self, claim: ArrayClaim, reference: ArraySide, side: ArraySide) -> Verdict:
        """What is said of a side: of the total derivative or, where that is not meant, of the partial one."""
        found = ComparedSides(self.derivatives, claim, reference, side).verdict()
        name = claim.derivatives.get(reference.name or "")
        if found.verdict != WRONG or name is None or not (held := self._held(name)):
            return found
        partial = ComparedSides(HeldDerivativesAt(self.derivatives), claim, reference, side).verdict()
        if partial.verdict != RIGHT:
            return found
        what = f"the partial derivative {DerivativeName('∂', name.of, name.wrts)}, with {', '.join(held)} held fixed"
        if name.symbol == "d":
            return found.replace(notes=(*found.notes, f"it is right for {what}"))
        return partial.replace(notes=(*partial.notes, f"judged as {what}"))

    def _held(self, name: DerivativeName) -> list[Name]:
        """What the partial derivative holds fixed, where it is another than the total one."""
        view = self.derivatives.chains.graph_view
        of, *wrts = map(self.derivatives.place, (name.of, *name.wrts))
        if len(wrts) != 1 or of not in view.names or not view.reads_in_two_ways(of, wrts[0]):
            return []
        return [view.names[read] for read in view.reads(of) if read != wrts[0] and read in view.active]

"""Derivatives in the reader's own names: which variables one may be written with, and when it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from graphviz_ad.algebra.atoms import ROOTS
from graphviz_ad.algebra.measure import length
from graphviz_ad.algebra.named_form import SHORT, in_names
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.algebra.pool import HUGE, POWER, PRODUCT, SUM
from graphviz_ad.algebra.relation import Relation
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.request import Write
from graphviz_ad.derive.assumptions import Assumption, relations
from graphviz_ad.derive.graph_view import GraphView, definition

MAX_OPERATIONS = 60  # of an equation whose variable other derivatives are written with
MAX_SIBLINGS = 40  # that read nothing else than a variable does: of more, only its own name is tried
WORTH = 2  # signs that names have to save where a derivative is over inputs alone: eˣ stays

_ALGEBRAIC = frozenset({SUM, PRODUCT, POWER, CONST, INPUT, *ROOTS})


class Names:
    """The variables of a view with their values, as far as derivatives may be written with them, and what the reader
    assumes of inputs."""

    def __init__(
        self,
        graph_view: GraphView,
        algebra: Algebra,
        write: Write = "inputs",
        assumptions: Sequence[Assumption] = (),
    ) -> None:
        self.graph_view, self.algebra, self.write = graph_view, algebra, write
        self.assumed = relations(algebra, assumptions)
        self.remarks = tuple(f"with {assumption.said}" for assumption in assumptions)
        self.relying: set[int] = set()  # the derivatives that are as they are by what is assumed
        self._relations: dict[int, Relation | None] = {}
        self._siblings: dict[frozenset[int], list[int]] = {}  # by what they read

    def local(self, root: int, wrt: int, derivative: int) -> int:
        """A derivative of a vertex, with its name and those of others that read nothing else."""
        if self.write == "inputs":
            return self.assuming(derivative)
        return self._worthwhile(derivative, self._known(self._near(root), {wrt: 0, root: 0}))

    def total(self, wrt: int, derivative: int) -> int:
        """A derivative over the variables that the chain rule leaves, in the names of these and of what reads only
        these."""
        return self._worthwhile(derivative, self._known(self._among(derivative), self._distances(wrt)))

    def own(self, root: int) -> int | None:
        """The variable of a vertex, where its derivatives may be written with it and the reader has named it."""
        name = _readers_own(self.graph_view, root)
        return None if self.write == "inputs" or name is None else self.algebra.variable(name)

    def knows(self, root: int) -> bool:
        """Whether what a vertex is is short enough to be looked for in derivatives."""
        return self._relation(root) is not None

    def _worthwhile(self, derivative: int, near: Sequence[Relation]) -> int:
        """A derivative with names, if that is asked for or better than without."""
        named = self._named(derivative, near)
        if named == derivative or self.write == "names" or self._has_computed(derivative):
            return named
        plain = length(self.algebra, derivative)
        worth = plain > SHORT and plain - length(self.algebra, named) >= WORTH
        return named if worth and not self._has_functions(named) else self.assuming(derivative)

    def assuming(self, derivative: int) -> int:
        """A derivative as what is assumed lets it be written."""
        return self._named(derivative, ())

    def _named(self, derivative: int, near: Sequence[Relation]) -> int:
        named = in_names(self.algebra, derivative, near) if near else derivative
        if not self.assumed:
            return named
        both = (in_names(self.algebra, form, [*self.assumed, *near]) for form in (named, derivative))
        made = min(both, key=lambda form: length(self.algebra, form))
        if made != named:
            self.relying.add(made)
        return made

    def _has_computed(self, derivative: int) -> bool:
        """Whether a derivative has variables that are no inputs."""
        graph = self.graph_view.graph
        names = (self.algebra.terms[part].key for part in self.algebra.below(derivative))
        return any(
            isinstance(name, str) and name in graph.places and graph.nodes[graph.places[Name(name)]].op != INPUT
            for name in names
        )

    def _has_functions(self, derivative: int) -> bool:
        """Whether a derivative still has functions of variables in it: (cos x − y)/x is no better than
        (x cos x − sin x)/x², while y(1 − y) is better than σ(x)(1 − σ(x))."""
        algebra = self.algebra
        return any(
            algebra.terms[part].op not in _ALGEBRAIC and algebra.lead[part] < HUGE for part in algebra.below(derivative)
        )

    # ---- which variables

    def _relation(self, node: int) -> Relation | None:
        """What a vertex is; None for an input, for one without a name of the reader's, and for one that is too long."""
        if node not in self._relations:
            self._relations[node] = self._made(node)
        return self._relations[node]

    def _made(self, node: int) -> Relation | None:
        name = _readers_own(self.graph_view, node)
        if name is None or not self.graph_view.graph.nodes[node].args:
            return None
        graph = definition(self.graph_view, node)
        if len(graph.nodes) > MAX_OPERATIONS:
            return None
        return Relation(self.algebra.variable(name), self.algebra.load(graph))

    def _near(self, root: int) -> list[int]:
        """The vertex, and those that read nothing but what it reads, too, if they are not too many."""
        reads = self._reads[root]
        if reads not in self._siblings:
            siblings = {node for read in reads for node in self._rarely.get(read, ()) if self._reads[node] <= reads}
            self._siblings[reads] = sorted(siblings)
        near = self._siblings[reads]
        return near if len(near) <= MAX_SIBLINGS else [root]

    def _among(self, derivative: int) -> list[int]:
        """The vertices that read nothing but the variables of a derivative, and each other."""
        graph = self.graph_view.graph
        keys = (self.algebra.terms[part].key for part in self.algebra.below(derivative))
        here = {graph.places[Name(key)] for key in keys if isinstance(key, str) and key in graph.places}
        found: set[int] = set()
        for node in sorted({reader for read in here for reader in self._readers.get(read, ())}):
            if self._reads[node] <= here | found:
                found.add(node)
        return sorted(found)

    def _known(self, nodes: Iterable[int], distances: Mapping[int, int]) -> list[Relation]:
        """The relations of vertices that are among those that vary, or of which at least what is above the line varies:
        beside p₁(1 − p₁), the derivative of p₁ by z₂ is −p₁p₂."""
        varying = {self.algebra.variable(self.graph_view.names[node]) for node in distances}
        found = []
        for node in nodes:
            relation = self._relation(node)
            if relation is not None and (distances.get(node) == 0 or self._varies(relation, varying)):
                found.append(relation.replace(distance=distances.get(node, 0)))
        return found

    def _varies(self, relation: Relation, varying: Collection[int]) -> bool:
        above = (factor for factor in self.algebra.factors(relation.value) if not self._is_under(factor))
        return any(part in varying for factor in above for part in self.algebra.below(factor))

    def _is_under(self, factor: int) -> bool:
        exponent = self.algebra.value(self.algebra.as_power(factor)[1])
        return exponent is not None and exponent < 0

    def _distances(self, wrt: int) -> dict[int, int]:
        """The vertices that depend on one, each with the steps of the shortest way there."""
        found = {wrt: 0}
        for node in self.graph_view.names:
            if node > wrt:
                steps = [found[read] for read in self._reads[node] if read in found]
                if steps:
                    found[node] = 1 + min(steps)
        return found

    @cached_property
    def _reads(self) -> dict[int, frozenset[int]]:
        """The vertices that each vertex reads."""
        return {node: frozenset(self.graph_view.reads(node)) for node in self.graph_view.names}

    @cached_property
    def _readers(self) -> dict[int, list[int]]:
        """The vertices that read a vertex."""
        return by_key((read, node) for node, reads in self._reads.items() for read in reads)

    @cached_property
    def _rarely(self) -> dict[int, list[int]]:
        """By each vertex, the vertices of whose arguments it is the one with the fewest readers: in a loop, all steps
        read the weights, and only one the step before it."""
        return by_key(
            (min(reads, key=lambda read: (len(self._readers[read]), read)), node)
            for node, reads in self._reads.items()
            if reads
        )


def _readers_own(graph_view: GraphView, node: int) -> Name | None:
    """The name that the reader has given a vertex."""
    name = graph_view.graph.nodes[node].name
    return None if isinstance(name, DerivativeName) else name

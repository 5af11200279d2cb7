"""The steps of a recurrence and the layers of a network: what is computed again with the next index."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.likely import is_parameter
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import spelling
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record
from graphviz_ad.derive.alike import COMMUTATIVE, kind

MOST = 24  # steps; more are no picture
NAMED = -1  # the form of what has a name of its own

Counted = type[list[int]] | type[set[int]]
StepNumber = Callable[[Name], int | None]  # which step a name is of


class Repetition(Record):
    """The variables of each step, by its number: those that are computed there, and the data that only these read;
    `word` is what a step is called."""

    word: str
    nodes: Mapping[int, tuple[int, ...]]


def steps(graph: Graph) -> Repetition | None:
    """The steps of a graph, if it has some: variables with the next number that are computed like those before, and of
    those."""
    for number in (_layer, _last, _first_digit):
        numbered = {node: found for node in _computed(graph) if (found := number(graph.name(node))) is not None}
        if len(set(numbered.values())) > 1 and (made := _steps(graph, numbered, number)) is not None:
            return made
    return None


def _computed(graph: Graph) -> Iterator[int]:
    return (node for node, each in enumerate(graph.nodes) if each.name is not None and each.op not in (CONST, INPUT))


def alike_steps(graph: Graph, found: Repetition, counted: Counted = list) -> list[list[int]]:
    """The numbers of the steps in classes, in each of which they compute the same but for names, with terms and factors
    as often as they are `counted`."""
    forms = _forms(graph, counted)
    classes = by_key(
        (tuple(sorted(forms[node] for node in nodes if graph.nodes[node].op != INPUT)), number)
        for number, nodes in sorted(found.nodes.items())
    )
    return list(classes.values())


def _forms(graph: Graph, counted: Counted) -> list[int]:
    """A number for each node, the same where what is computed differs in names alone; terms of a sum and factors of a
    product in any order, each as often as it is `counted`."""
    numbers: dict[Hashable, int] = {}
    forms: list[int] = []
    operands: list[list[int]] = []  # of a sum all its terms
    for each in graph.nodes:
        found: list[int] = []
        for arg in each.args:
            inner = graph.nodes[arg]
            is_part = inner.name is None and inner.op == each.op and each.op in COMMUTATIVE
            found += operands[arg] if is_part else [NAMED if inner.name is not None else forms[arg]]
        operands.append(found)
        fact = tuple(sorted(counted(found)) if each.op in COMMUTATIVE else found)
        value = spelling(each.value) if each.op == CONST else None
        forms.append(numbers.setdefault((each.op, fact, value), len(numbers)))
    return forms


# ---- numbers in names


def _layer(name: Name) -> int | None:
    """Of h^{(2)} and a^{[2]}."""
    layer = name.parts.layer
    return int(layer.base) if layer is not None and layer.base.isdecimal() and not layer.offset else None


def _last(name: Name) -> int | None:
    """The last number among the indices below: of h_2 and h_{i,2}."""
    return next(reversed(name.parts.replace(superscript="").numbers), None)


def _first_digit(name: Name) -> int | None:
    """Of a_{21}, the first neuron of layer 2."""
    below = name.parts.subscript
    return int(below[0]) if len(below) == 2 and below.isdecimal() else None


# ---- steps


def _steps(graph: Graph, numbered: Mapping[int, int], number: StepNumber) -> Repetition | None:
    families = by_key((kind(graph.name(node)), node) for node in numbered)
    made = _Made(graph)
    recurrent = [members for members in families.values() if _is_recurrent(made, members, numbered)]
    ranges = {tuple(sorted({numbered[node] for node in members})) for members in recurrent}
    longest = max(ranges, key=len, default=())
    if not 1 < len(longest) <= MOST or not ranges <= {longest, longest[:-1], longest[1:]}:
        return None
    found: dict[int, set[int]] = {k: set() for k in longest}
    for node in (node for members in recurrent for node in members):
        found[numbered[node]].add(node)
    for members in families.values():  # what each step computes beside, y_t = v*h_t
        if members not in recurrent and all(made.reads[node] & found.get(numbered[node], set()) for node in members):
            for node in members:
                found[numbered[node]].add(node)
    reads = {read for nodes in found.values() for node in nodes for read in made.reads[node]}
    own = any(graph.nodes[node].op == INPUT and is_parameter(graph.name(node)) and number(graph.name(node)) is not None
              for node in reads)  # fmt: skip
    if not own:  # the data of a step, x_t, stand in it; the weights of a layer beside it
        readers = by_key((read, node) for node, reads in made.reads.items() for read in reads)
        for node in graph.inputs():
            of_step = number(graph.name(node))
            here = None if of_step is None else found.get(of_step)
            if here is not None and here.issuperset(readers.get(node, ())):
                here.add(node)
    return Repetition("layer" if own else "step", {k: tuple(sorted(nodes)) for k, nodes in found.items()})


class _Made:
    """How each variable is made: the variables that it reads, all that it depends on, and the form of its equation."""

    def __init__(self, graph: Graph) -> None:
        self.reads: dict[int, set[int]] = {}
        self.needs: dict[int, set[int]] = {}
        self.forms: list[int | None] = []
        self.terms: list[frozenset[int | None]] = []  # the forms of operands, of a sum those of all its terms
        numbers: dict[Hashable, int] = {}
        inner: list[set[int]] = []  # the variables among what a node is made of
        for node, each in enumerate(graph.nodes):
            parts = [frozenset((arg,)) if graph.nodes[arg].name is not None else inner[arg] for arg in each.args]
            inner.append(set().union(*parts))
            self.forms.append(numbers.setdefault(self._form(graph, node), len(numbers)))
            if each.name is not None:
                self.reads[node] = inner[node]
                self.needs[node] = inner[node].union(*(self.needs[read] for read in inner[node]))

    def _form(self, graph: Graph, node: int) -> Hashable:
        """Equal for equations that differ in names, and in how many terms of one kind they have."""
        each = graph.nodes[node]
        is_named = [graph.nodes[arg].name is not None for arg in each.args]
        forms = [None if named else self.forms[arg] for arg, named in zip(each.args, is_named, strict=True)]
        inner = [arg for arg, named in zip(each.args, is_named, strict=True)
                 if not named and each.op in COMMUTATIVE and graph.nodes[arg].op == each.op]  # fmt: skip
        apart = (form for arg, form in zip(each.args, forms, strict=True) if arg not in inner)
        self.terms.append(frozenset(apart).union(*(self.terms[arg] for arg in inner)))
        return each.op, self.terms[node] if each.op in COMMUTATIVE else tuple(forms)


def _is_recurrent(made: _Made, members: Iterable[int], numbered: Mapping[int, int]) -> bool:
    """Whether a variable is computed of the one with the number before, mostly like it; and no other way round."""
    at = by_key((numbered[node], node) for node in members)
    pairs = [(one, other) for k in at for one in at[k] for other in at.get(k + 1, ())]
    alike = sum(made.forms[one] == made.forms[other] for one, other in pairs)
    return alike > 0 and 2 * alike >= len(pairs) and all(one in made.needs[other] for one, other in pairs)

"""What formulas of documents say: the records that every reader of them makes, and the reading of their equations."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED
from graphviz_ad.read.documents.formulas import Excerpt
from graphviz_ad.read.documents.statements import Saying
from graphviz_ad.read.text.callables import head_params
from graphviz_ad.read.text.equations import system
from graphviz_ad.read.text.tokens import Token

DEFINITION, VALUE, DERIVATIVE, MENTION, SKIPPED = "definition", "value", "derivative", "mention", "skipped"


class Defined(Record):
    """A name, or a function of parameters, and what it is. `tokens` are those of its equation, `source` its text."""

    name: Name
    params: tuple[Name, ...] | None
    tokens: tuple[Token, ...]
    reads: frozenset[Parts]
    formula: Excerpt
    start: int
    source: str
    graph: Graph
    is_alias: bool = False  # f in y = f(x) = x^2
    is_open: bool = False  # a sum to n, of which a few terms are taken

    @property
    def key(self) -> Parts:
        return self.name.key

    @property
    def needed(self) -> tuple[Parts, ...]:
        """The names that it reads or calls, but for its own parameters."""
        calls = (Name(token.text).key for token in self.tokens[1:] if token.kind == "name")
        params = {name.key for name in self.params or ()}
        return tuple(key for key in dict.fromkeys((*sorted(self.reads, key=str), *calls)) if key not in params)

    @property
    def is_value(self) -> bool:
        """Whether it is a number, x = -2, and no function of anything."""
        return self.params is None and not self.reads


class Said(Record):
    """What a part of a formula says: its kind; of what is skipped the kind of formula, and the reader's `error`."""

    kind: str
    formula: Excerpt
    start: int
    end: int
    statement: Saying | None = None
    definitions: tuple[Defined, ...] = ()
    skipped: str = ""
    error: AdgraphError | None = None
    names: tuple[Name, ...] = ()  # what a formula that is skipped seems to define
    follows: int = -1  # the position of the derivative that it goes on with
    position: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.formula.text[self.start : self.end].split())


def read_system(equations: Sequence[Sequence[Token]], functions: Mapping[Parts, Defined]) -> Graph:
    """The graph of equations, with the functions that they call and that the document defines elsewhere."""
    given = [list(tokens) for tokens in equations]
    defined = {Name(tokens[0].text).key for tokens in given if tokens}
    wanted = [*given]
    while wanted:
        tokens = wanted.pop()
        for called in _called(tokens):
            if called in functions and called not in defined:
                defined.add(called)
                given.append(list(functions[called].tokens))
                wanted.append(given[-1])
    graph = system(given, NOTHING_ASKED, "").graph
    abstract = next((node for node in graph.nodes if isinstance(node.op, UserFunction)), None)
    if abstract is not None:  # z = f(x, y) says nothing of numbers
        raise AdgraphError(f"unknown function '{abstract.op}'", abstract.span)
    return graph


def defined_by(
    name: Name, tokens: Sequence[Token], functions: Mapping[Parts, Defined], formula: Excerpt, start: int, source: str
) -> Defined:
    """What an equation defines. Raises AdgraphError, with its place, for one that defines nothing."""
    graph, own = read_system([tokens], functions), head_params(tokens)
    params = None if own is None else tuple(Name(token.text) for token in own)
    reads = frozenset(node.name.key for node in graph.nodes if node.op == INPUT and node.name is not None)
    return Defined(name, params, tuple(tokens), reads, formula, start, source, graph)


def _called(tokens: Sequence[Token]) -> Iterator[Parts]:
    """The names that stand before a bracket and are no functions of the table."""
    for token, after in itertools.pairwise(tokens):
        if token.kind == "name" and after.kind == "open" and after.text == "(" and token.text not in FUNCTIONS:
            yield Name(token.text).key

"""The equations that a statement needs as one graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphviz_ad.core.graph import INPUT, Graph, Node
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.request import NOTHING_ASKED
from graphviz_ad.read.documents.sayings import Defined
from graphviz_ad.read.text.equations import system
from graphviz_ad.read.text.indices import put_in
from graphviz_ad.read.text.nesting import arguments
from graphviz_ad.read.text.tokens import Token


def graph_of(equations: Sequence[Sequence[Token]]) -> Graph:
    """The graph of equations, in which a function that is called with other arguments than its own is there twice: as a
    function, and as a variable."""
    if not equations:
        return Graph((), ())
    heads = {}
    for tokens in equations:
        params = _params(tokens)
        if params is not None:
            heads[Name(tokens[0].text).key] = params
    called: set[Parts] = set()
    for tokens in equations:
        for at, token in enumerate(tokens[:-1]):
            if at and token.kind == "name" and tokens[at + 1].kind == "open" and tokens[at + 1].text == "(":
                key = Name(token.text).key
                texts = ["".join(token.text for token in argument) for argument in arguments(tokens, at + 1)]
                if key in heads and texts != heads[key]:
                    called.add(key)
    made = [_renamed(tokens, called, first=1) for tokens in equations]
    made += [_renamed(tokens, called, first=0) for tokens in equations if Name(tokens[0].text).key in called]
    return system(made, NOTHING_ASKED, "").graph


def put_in_index(family: Defined, index: str, value: int) -> Defined:
    """The definition of one entry where all are defined at once: of x_2 where x_i = w_i + i."""
    tokens = put_in(family.tokens, index, value)
    names = (Name(token.text).key for token in tokens[1:] if token.kind == "name" and token.text not in FUNCTIONS)
    return family.replace(name=Name(tokens[0].text), tokens=tuple(tokens), reads=frozenset(names))


def without_circles(found: Mapping[Parts, Defined], wanted: Sequence[Parts]) -> dict[Parts, Defined]:
    """The definitions without those that need one by which they are needed: y = arcsin x, where x = sin y."""
    kept = dict(found)
    done: set[Parts] = set()
    for root in wanted:
        path: list[tuple[Parts, Iterator[Parts]]] = []
        if root in kept and root not in done:
            path.append((root, iter(kept[root].needed)))
        while path:
            key, needed = path[-1]
            open_keys = {one for one, _ in path}
            following = next((one for one in needed if one in kept and (one in open_keys or one not in done)), None)
            if following is None:
                done.add(key)
                path.pop()
            elif following in open_keys:
                del kept[key]
                path.pop()
            else:
                path.append((following, iter(kept[following].needed)))
    return kept


def with_inputs(graph: Graph, names: Iterable[Name]) -> Graph:
    """The graph with further inputs, which nothing in it reads."""
    known = {name.key for name in graph.places}
    fresh = [name for name in dict.fromkeys(names) if name.key not in known]
    shifted = (node.replace(args=tuple(arg + len(fresh) for arg in node.args)) for node in graph.nodes)
    nodes = (*(Node(INPUT, (), None, name) for name in fresh), *shifted)
    outputs = tuple(output + len(fresh) for output in graph.outputs) or tuple(range(len(fresh)))
    return Graph(nodes, outputs, graph.functions) if fresh else graph


def _renamed(tokens: Sequence[Token], called: set[Parts], first: int) -> list[Token]:
    """An equation whose calls are of functions with names of their own; its head too from `first` on."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        is_call = (
            token.kind == "name"
            and at + 1 < len(tokens)
            and tokens[at + 1].kind == "open"
            and tokens[at + 1].text == "("
        )
        if is_call and at >= first and Name(token.text).key in called:
            token = token.replace(text=f"{Name(token.text).parts.base}§")
        found.append(token)
    return found


def _params(tokens: Sequence[Token]) -> list[str] | None:
    from graphviz_ad.read.text.callables import head_params

    params = head_params(tokens)
    return None if params is None else [token.text for token in params]

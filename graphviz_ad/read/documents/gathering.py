"""Definitions of a document gathered into systems, as a reader would: what belongs together in a section, until a name
is defined anew; and the values that the document gives their inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.reach import by_key
from graphviz_ad.core.record import Record
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.sayings import DEFINITION, VALUE, Defined, Said, read_system


class Gathered(Record):
    """A system of a document: its definitions, the graph that they make, and the values of its inputs, as far as the
    document gives them; `lines` are where its formulas begin."""

    definitions: tuple[Defined, ...]
    graph: Graph
    values: Mapping[Name, Defined]
    lines: tuple[int, ...]

    @property
    def language(self) -> str:
        return "text" if self.definitions[0].formula.language == PYTHON else "latex"

    @property
    def text(self) -> str:
        """The equations as a source."""
        return ";\n".join(one.source for one in self.definitions)

    @property
    def names(self) -> tuple[Name, ...]:
        """Its results."""
        return tuple(self.graph.name(output) for output in self.graph.outputs)

    def needed_for(self, names: Sequence[Name]) -> tuple[Defined, ...]:
        """The definitions that some of its variables need."""
        by_key = {one.key: one for one in self.definitions}
        wanted, found = [name.key for name in names], set[Parts]()
        while wanted:
            key = wanted.pop()
            if key in by_key and key not in found:
                found.add(key)
                tokens = (Name(token.text).key for token in by_key[key].tokens[1:] if token.kind == "name")
                wanted += [*by_key[key].reads, *tokens]
        return tuple(one for one in self.definitions if one.key in found)


def gathered(document: Document, said: Sequence[Said]) -> list[Gathered]:
    """The systems of a document, in the order in which they begin."""
    functions: dict[Parts, Defined] = {}
    found: list[Gathered] = []
    for segment in _segments(said):
        for group in _groups(segment):
            for definitions, graph in _readable(group, functions):
                found.append(_made(document, said, definitions, graph))
        functions |= {one.key: one for one in segment if one.params is not None}
    return sorted(found, key=lambda one: one.lines)


def _made(document: Document, said: Sequence[Said], definitions: Sequence[Defined], graph: Graph) -> Gathered:
    section, language = definitions[0].formula.section, definitions[0].formula.language
    inputs = {node.name.key: node.name for node in graph.nodes if node.op == INPUT and node.name is not None}
    values: dict[Name, Defined] = {}
    for one in said:
        here = one.formula.section == section and one.formula.language == language
        if one.kind == VALUE and here and one.definitions[0].key in inputs:
            values.setdefault(inputs[one.definitions[0].key], one.definitions[0])
    lines = sorted({document.place(one.formula, one.start)[0] for one in definitions})
    return Gathered(tuple(definitions), graph, values, tuple(lines))


def _segments(said: Sequence[Said]) -> Iterator[list[Defined]]:
    """The definitions of each section, divided where a name is defined anew."""
    current: dict[Parts, Defined] = {}
    place: tuple[int, str] = (-1, "")
    for one in said:
        if one.kind != DEFINITION:
            continue
        here = (one.formula.section, one.formula.language)
        fresh = [made for made in one.definitions if not made.is_alias or len(one.definitions) == 1]
        clash = any(made.key in current and current[made.key].source != made.source for made in fresh)
        if current and (here != place or clash):
            yield [*current.values()]
            current = {}
        place = here
        current |= {made.key: made for made in fresh if made.key not in current}
    if current:
        yield [*current.values()]


def _groups(segment: Sequence[Defined]) -> list[list[Defined]]:
    """The definitions that belong together: one reads what another defines, or they stand in one formula."""
    leader = list(range(len(segment)))

    def find(index: int) -> int:
        while leader[index] != index:
            index = leader[index]
        return index

    numbers = {one.key: index for index, one in enumerate(segment)}
    by_formula: dict[int, int] = {}
    for index, one in enumerate(segment):
        params = {name.key for name in one.params or ()}
        called = {Name(token.text).key for token in one.tokens[1:] if token.kind == "name"}
        together = [numbers[key] for key in {*one.reads, *called} - params if key in numbers]
        together.append(by_formula.setdefault(one.formula.number, index))
        for other in together:
            leader[find(max(index, other))] = find(min(index, other))
    return list(by_key((find(index), one) for index, one in enumerate(segment)).values())


def _readable(group: Sequence[Defined], functions: Mapping[Parts, Defined]) -> Iterator[tuple[list[Defined], Graph]]:
    """A group with the functions that it calls and that are defined before it; where it is no system, such as one in
    which definitions need each other, in parts that are."""
    whole = _with_functions(group, functions)
    graph = _read(whole)
    if graph is not None:
        yield whole, graph
        return
    part: list[Defined] = []
    last: tuple[list[Defined], Graph] | None = None
    for one in group:
        tried = _with_functions([*part, one], functions)
        graph = _read(tried)
        if graph is not None:
            part.append(one)
            last = tried, graph
            continue
        if last is not None:
            yield last
        alone = _with_functions([one], functions)
        graph = _read(alone)
        part, last = ([one], (alone, graph)) if graph is not None else ([], None)
    if last is not None:
        yield last


def _with_functions(group: Sequence[Defined], functions: Mapping[Parts, Defined]) -> list[Defined]:
    found = list(group)
    known = {one.key for one in found}
    for one in found:
        for token, after in zip(one.tokens, one.tokens[1:], strict=False):
            key = Name(token.text).key
            if token.kind == "name" and after.kind == "open" and key in functions and key not in known:
                known.add(key)
                found.append(functions[key])
    return found


def _read(definitions: Sequence[Defined]) -> Graph | None:
    try:
        return read_system([one.tokens for one in definitions], {})
    except AdgraphError:
        return None

"""Text: equations as people type them, `y = sin(a*x + b); z = y^2`. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
from graphviz_ad.read.foreign import foreign
from graphviz_ad.read.table import expression
from graphviz_ad.read.text.definitions import Callables, resolve
from graphviz_ad.read.text.dots import filled
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.linking import link
from graphviz_ad.read.text.parser import Parser
from graphviz_ad.read.text.products import multiplied
from graphviz_ad.read.text.sides import Further, parted
from graphviz_ad.read.text.stated import Stated, stated, without_counts
from graphviz_ad.read.text.tokens import Token, check_size, statements


def read(text: str, request: Request = NOTHING_ASKED) -> Source:
    """Read a system of equations. Raises AdgraphError, with the place, for what is not one."""
    notes: list[str] = []
    try:
        check_size(text)
        if (error := foreign(text)) is not None:
            raise error
        source = system(list(statements(text, notes)), request, 'try "y = sin(a*x + b); z = y^2"')
    except AdgraphError as error:
        error.source = text
        raise
    return source.replace(notes=(*notes, *source.notes)) if notes else source


def system(tokens: Sequence[list[Token]], request: Request, example: str) -> Source:
    """The graph of statements that are cut into tokens."""
    if not tokens:
        raise AdgraphError("there is no equation here", hint=example)
    notes: list[str] = []
    asked = (*request.of, *request.wrt, *request.at, *request.variables)
    divided = parted(tokens, asked, notes)
    callables = Callables(divided.statements, request, notes)
    callables.rule = expression
    lines = [multiplied(filled(line, callables.count), callables.variables) for line in divided.statements]
    parsed = [Parser(line, callables, notes).equation() for line in lines]
    equations = without_counts(parsed, callables.used)
    graph = _linked(equations, callables, request, notes)
    values = stated(equations)
    valued = _linked(values.others, callables, request, [], values.at) if values.at else None
    if divided.further:
        _check_sides(divided.further, values, callables, request, notes)
    counted = {name: float(value) for name, value in callables.used.items()}
    return Source(graph, tuple(dict.fromkeys(notes)), counted, values.at, valued)


def _linked(
    equations: list[Statement], callables: Callables, request: Request, notes: list[str], more: Iterable[str] = ()
) -> Graph:
    """The graph of equations; the names that are asked for are variables, and so are `more`."""
    found = resolve(equations, callables)
    variables = frozenset((*request.variables, *request.wrt, *request.at, *more)) | found.params
    return link(found.equations, found.functions, variables, notes)


def _check_sides(
    further: Sequence[Further],
    values: Stated,
    callables: Callables,
    request: Request,
    notes: list[str],
) -> None:
    """Raise AdgraphError for a further side of an equation that is not equal to the first."""
    from graphviz_ad.read.text.sides import check_equal

    named: list[tuple[Further, Name]] = []
    sides: list[Statement] = []
    for number, side in enumerate(further):
        name = Name(f"side {number + 1}")
        parsed = Parser(list(side.tokens), callables, []).equation()
        sides.append(parsed.replace(name=name))
        named.append((side, name))
    graph = _linked([*values.others, *sides], callables, request, [], values.at)
    check_equal(graph, named, {**values.at, **request.at}, notes)

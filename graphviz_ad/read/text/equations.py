"""Text: equations as people type them, `y = sin(a*x + b); z = y^2`. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
from graphviz_ad.read.arrays.declarations import declared, value_shape
from graphviz_ad.read.foreign import python
from graphviz_ad.read.text.definitions import Callables, resolve
from graphviz_ad.read.text.linking import link
from graphviz_ad.read.text.parser import Parser
from graphviz_ad.read.text.tokens import Token, check_size, statements


def read(text: str, request: Request = NOTHING_ASKED) -> Source:
    """Read a system of equations. Raises AdgraphError, with the place, for what is not one."""
    try:
        check_size(text)
        if (error := python(text)) is not None:
            raise error
        found = declared(text)
        shapes = {**found.shapes, **asked_shapes(request)}
        tokens = list(statements(found.rest, bool(shapes)))
        return system(tokens, request, 'try "y = sin(a*x + b); z = y^2"', shapes)
    except AdgraphError as error:
        error.source = text
        raise


def asked_shapes(request: Request) -> dict[Name, Shape]:
    """The shapes of the command line, and those of the arrays that are given."""
    values: Mapping[str, Any] = request.at
    given = {name: value_shape(value) for name, value in values.items() if isinstance(value, tuple)}
    return {Name(name): shape for name, shape in {**given, **request.shapes}.items()}


def system(
    tokens: Sequence[list[Token]], request: Request, example: str, shapes: Mapping[Name, Shape] | None = None
) -> Source:
    """The graph of statements that are cut into tokens, of vectors and matrices where `shapes` are declared."""
    if not tokens and shapes:
        raise AdgraphError(
            "there are declarations here and no equation", hint="write = between a name and its expression"
        )
    if not tokens:
        raise AdgraphError("there is no equation here", hint=example)
    notes: list[str] = []
    callables = Callables(tokens, request, notes)
    shaper = None
    if shapes:
        from graphviz_ad.read.arrays.parser import ArrayParser
        from graphviz_ad.read.arrays.shapes import Shaper
        from graphviz_ad.read.arrays.vocabulary import Vocabulary

        shaper, known = Shaper(shapes, notes), Vocabulary(shapes, tokens)
        equations = [ArrayParser(statement, callables, notes, known).equation() for statement in tokens]
    else:
        equations = [Parser(statement, callables, notes).equation() for statement in tokens]
    found = resolve(equations, callables)
    variables = frozenset((*request.variables, *request.wrt, *request.at)) | found.params
    graph = link(found.equations, found.functions, variables, notes, None if shaper is None else shaper.shaped)
    return Source(graph, tuple(dict.fromkeys(notes)))

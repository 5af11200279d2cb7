"""Text: equations as people type them, `y = sin(a*x + b); z = y^2`. Nothing is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
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
        return system(list(statements(text)), request, 'try "y = sin(a*x + b); z = y^2"')
    except AdgraphError as error:
        error.source = text
        raise


def system(tokens: Sequence[list[Token]], request: Request, example: str) -> Source:
    """The graph of statements that are cut into tokens."""
    if not tokens:
        raise AdgraphError("there is no equation here", hint=example)
    notes: list[str] = []
    callables = Callables(tokens, request, notes)
    equations = [Parser(statement, callables, notes).equation() for statement in tokens]
    found = resolve(equations, callables)
    variables = frozenset((*request.variables, *request.wrt, *request.at)) | found.params
    graph = link(found.equations, found.functions, variables, notes)
    return Source(graph, tuple(dict.fromkeys(notes)))

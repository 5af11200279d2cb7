"""An expression of our own by itself, as the table of operations has them: no notes, no values, no further sides."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.request import NOTHING_ASKED
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.cutting import statements
from graphviz_ad.read.text.linking import link
from graphviz_ad.read.text.parser import Parser


def graph_of(text: str) -> Graph:
    """The graph of an expression. Raises AdgraphError for what is none."""
    notes: list[str] = []
    try:
        tokens = list(statements(text, notes=notes))
        callables = Callables(tokens, NOTHING_ASKED, notes, opens=False)
        return link([Parser(line, callables, notes).equation() for line in tokens], (), frozenset(), notes)
    except AdgraphError as error:
        error.source = text
        raise

"""Input languages: each has one module here, with a function `read` from a source and a `Request` to a `Source`.

Modules are imported when their language is read, so that none costs the others their start.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED, Request


class Source(Record):
    """What a frontend makes of its source: the graph, and notes on how an ambiguous spelling was read. `at` are the
    values that a Python function was called with, given or by default, also of parameters that the graph does not read.
    """

    graph: Graph
    notes: tuple[str, ...] = ()
    at: Mapping[str, float] = {}


class Limits(Record):
    """What a Python function may take: so many operations (each number in its code is one too), and so many seconds."""

    operations: int = NOTHING_ASKED.max_operations
    seconds: float = NOTHING_ASKED.max_seconds


DEFAULT_LIMITS = Limits()


class Frontend(Protocol):
    """Reads a source of one language."""

    def __call__(self, source: str, /, request: Request = NOTHING_ASKED) -> Source: ...


LANGUAGES = {"text": "text.equations", "latex": "latex.formulas", "python": "python.functions"}  # each with its module


def frontend(language: str) -> Frontend:
    """What reads a language. KeyError for one that is not among the LANGUAGES."""
    module = import_module(f"{__name__}.{LANGUAGES[language]}")
    read: Frontend = module.read
    return read


def recognised(source: str) -> str:
    """The language of a source that is words, not the place of a function: LaTeX has backslashes or dollar signs."""
    return "latex" if "\\" in source or "$" in source else "text"

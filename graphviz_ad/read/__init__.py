"""Input languages: each has one module here, with a function `read` from a source and a `Reading` to a `Source`.

Modules are imported when their language is read, so that none costs the others their start.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import Protocol

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record


class Source(Record):
    """What a frontend makes of its source: the graph, and notes on how an ambiguous spelling was read. `at` are the
    values that a Python function was called with, given or by default, also of parameters that the graph does not read.
    """

    graph: Graph
    notes: tuple[str, ...] = ()
    at: Mapping[str, float] = {}


MAX_LIMIT = 86_400  # seconds


class Limits(Record):
    """What a Python function may take: so many operations (each number in its code is one too), and so many seconds."""

    operations: int = 1_000_000
    seconds: float = 30.0


DEFAULT_LIMITS = Limits()


class Reading(Record):
    """How a source is to be read. `variables`, and what has a value, are variables even where the language has a
    constant of that name (`e`, `pi`), `functions` the names of abstract functions; if `keep`, functions that the source
    defines stay operations. `at` gives inputs a value, for the branches of a Python function, which runs within the
    `limits`; some of them may be for `others` beside this source."""

    variables: frozenset[str] = frozenset()
    functions: tuple[str, ...] = ()
    keep: bool = False
    at: Mapping[str, float] = {}
    limits: Limits = DEFAULT_LIMITS
    others: bool = False


READ_AS_IT_IS = Reading()


class Frontend(Protocol):
    """Reads a source of one language."""

    def __call__(self, source: str, /, reading: Reading = READ_AS_IT_IS) -> Source: ...


LANGUAGES = {"text": "text.equations", "latex": "latex.formulas", "python": "python.functions"}  # each with its module


def frontend(language: str) -> Frontend:
    """What reads a language. KeyError for one that is not among the LANGUAGES."""
    module = import_module(f"{__name__}.{LANGUAGES[language]}")
    read: Frontend = module.read
    return read


def recognised(source: str) -> str:
    """The language of a source that is words, not the place of a function: LaTeX has backslashes or dollar signs."""
    return "latex" if "\\" in source or "$" in source else "text"

"""Input languages: each has one module here, with a function `read` from a source and a `Request` to a `Source`.

Modules are imported when their language is read, so that none costs the others their start.
"""

from collections.abc import Mapping
from typing import Protocol

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.host.plugins import found, loaded


class Source(Record):
    """What a frontend makes of its source: the graph, and notes on how an ambiguous spelling was read. `at` are the
    values that a Python function was called with, given or by default, also of parameters that the graph does not read;
    and of names that counted in equations, the n of x_n. `given` are values that the source itself states beside its
    equations, x = -2, and `stated` is the graph in which these are inputs; in `graph` they are numbers. `wholes` are
    arrays that the graph has in parts, or in another form.
    """

    graph: Graph
    notes: tuple[str, ...] = ()
    at: Mapping[str, float] = {}
    given: Mapping[str, float] = {}
    stated: Graph | None = None
    wholes: tuple[WholeArray, ...] = ()


class Limits(Record):
    """What a Python function may take: so many operations (each number in its code is one too), and so many seconds."""

    operations: int = NOTHING_ASKED.max_operations
    seconds: float = NOTHING_ASKED.max_seconds


DEFAULT_LIMITS = Limits()


class Frontend(Protocol):
    """Reads a source of one language."""

    def __call__(self, source: str, /, request: Request = NOTHING_ASKED) -> Source: ...


LANGUAGES = {
    "text": f"{__name__}.text.equations:read",
    "latex": f"{__name__}.latex.reading:read",
    "python": f"{__name__}.python.functions:read",
}
LANGUAGES |= {name: f"{__name__}.symbolic.reading:{name}"
              for name in ("maxima", "mathematica", "maple", "sympy", "julia", "matlab")}  # fmt: skip
GROUP = "adgraph.readers"  # entry points of other packages: each a Frontend, under the name of its language


def frontend(language: str) -> Frontend:
    """What reads a language: one of ours, or another package's. KeyError for one that nothing reads."""
    read: Frontend = loaded(LANGUAGES[language] if language in LANGUAGES else found(GROUP)[language])
    return read


def is_language(name: str) -> bool:
    """Whether there is something that reads a language of that name."""
    return name in LANGUAGES or name in found(GROUP)


def recognised(source: str) -> str:
    """The language of a source that is words, not the place of a function: LaTeX has backslashes or dollar signs, or
    an index behind a brace, {w}_{1}."""
    return "latex" if "\\" in source or "$" in source or "}_" in source else "text"

"""What `import graphviz_ad` offers: sources to graphs, graphs to figures and numbers.

Errors are AdgraphErrors, with the place in their text; notes on how a source was read are warnings.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from graphviz_ad.core import graph as core
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request, is_python
from graphviz_ad.derive.differentiate import with_derivative
from graphviz_ad.formats.notebook import Bundle, MimeTypes
from graphviz_ad.formats.terminal.text import equation_lines
from graphviz_ad.host.paths import has_suffix
from graphviz_ad.lesson.choice import said_of_pages, usual_sheet, usual_views
from graphviz_ad.lesson.evaluated import column
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import STYLES, sheet_of
from graphviz_ad.options.asked import from_keywords
from graphviz_ad.options.keywords import signed
from graphviz_ad.options.points import point_of
from graphviz_ad.options.values import names
from graphviz_ad.pipeline import asked_of, read
from graphviz_ad.read import Limits, Source, recognised
from graphviz_ad.read.python.tracing import trace as traced
from graphviz_ad.read.sources import SourceText, read_file
from graphviz_ad.results import DIGITS, Evaluated, Figure, new_number, typesetter, warn

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from graphviz_ad.options.typed import (
        BackwardKeywords,
        ChainKeywords,
        CheckKeywords,
        DrawKeywords,
        EvaluateKeywords,
        ForwardKeywords,
        ParseKeywords,
        ShowKeywords,
        TraceKeywords,
    )
    from graphviz_ad.point.claims import Verdict


class Graph(core.Graph):
    """A computational graph, in topological order; a notebook shows its forward graph, `print` its equations."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(line.text for line in equation_lines(sheet_of(System(self, Request()), ()).equations))

    def _repr_mimebundle_(self, include: MimeTypes = None, exclude: MimeTypes = None) -> Bundle:
        return forward(self).shown(lambda: str(self), include, exclude)


AnySource = core.Graph | str | os.PathLike[str] | Callable[..., Any]


@signed
def parse(source: str | os.PathLike[str], **asked: Unpack[ParseKeywords]) -> Graph:
    """The graph of equations, as text or LaTeX; of a file if `source` is a Path.

    `functions` are abstract ones, `variables` are variables even if they are called e or pi.
    Raises AdgraphError, with the place, for what cannot be read, and ValueError for a Python file, which would be run.
    """
    request = from_keywords("parse", asked)
    if request.language == "python":
        raise ValueError("parse runs no code; the graph of a Python function: trace")
    system, notes = read(_words(source, request.language), request, stated=False)
    warn(notes)
    return Graph(*system.whole.parts())


@signed
def trace(function: Callable[..., Any], **asked: Unpack[TraceKeywords]) -> Graph:
    """The graph of a Python function of numbers, which is called once.

    Parameters without a default are inputs; one with a default is that constant, unless `at` gives it a value or `wrt`
    names it. `at` gives the values that comparisons and counting need. Raises AdgraphError, with the line of the
    function, for what cannot be traced, and where the function takes more than `max_operations` or `max_seconds`
    (seconds are only counted in the main thread, and not under Windows); an exception of the function itself goes
    through.
    """
    request = from_keywords("trace", asked)
    limits = Limits(request.max_operations, request.max_seconds)
    found = traced(function, request.at, request.wrt, limits)
    warn(found.notes)
    return Graph.like(found.graph)


@signed
def forward(source: AnySource, *, full: bool = True, **asked: Unpack[ForwardKeywords]) -> Figure:
    """The forward graph; without operation nodes if not `full`. With values of the inputs in `at`, it shows every
    value and adjoint, to so many digits."""
    return _figure(source, from_keywords("forward", asked), "forward" if full else "forward-simplified")


@signed
def backward(source: AnySource, *, full: bool = True, **asked: Unpack[BackwardKeywords]) -> Figure:
    """The backward graph, its arrows with d(left)/d(right) and what that is; without operation nodes if not `full`."""
    return _figure(source, from_keywords("backward", asked), "backward" if full else "backward-simplified")


@signed
def chain(source: AnySource, *, full: bool = False, **asked: Unpack[ChainKeywords]) -> Figure:
    """The chain rule multiplied out, of each output with respect to each input, or of those that are named."""
    return _figure(source, from_keywords("chain", asked), "chain-full" if full else "chain")


@signed
def draw(source: AnySource, *files: str | os.PathLike[str], **asked: Unpack[DrawKeywords]) -> Figure:
    """All panels in one figure, or the `views` of `adgraph draw --view`; written to `files`, if there are any.
    `style` is textbook, circuit or colah. With `seconds`, its SVG plays its own making, a step every so many
    seconds."""
    request = from_keywords("draw", asked)
    if "direction" not in request.given:
        request = request.replace(direction=STYLES[request.style].direction)
    return _figure(source, request).save(*files)


def differentiate(source: AnySource, of: str, wrt: str | Iterable[str]) -> Graph:
    """The graph of a derivative, d(of)/d(wrt), of the inputs in `wrt` the last taken first. It can be drawn, evaluated
    and differentiated again; what is too long to write out is left as a graph of adjoints."""
    wrts = names((wrt,)) if isinstance(wrt, str) else tuple(wrt)
    return Graph(*with_derivative(_system(source, Request(wrt=wrts)).graph, of, wrts).parts())


@signed
def evaluate(source: AnySource, at: Mapping[str, float], **asked: Unpack[EvaluateKeywords]) -> Evaluated:
    """The numbers at a point: `values` by variable, `gradient` by output and input, `edges` of the simplified graph.
    Raises AdgraphError where a value is missing or does not exist."""
    system = _system(source, from_keywords("evaluate", asked).replace(at=point_of(at)))
    numbers = system.evaluation
    warn(numbers.notes)
    found = system.of_wholes(numbers)
    return Evaluated(
        {str(name): value for name, value in found.values.items()},
        {str(of): {str(by): slope for by, slope in row.items()} for of, row in found.gradient.items()},
        found.edges,
        found.notes,
        column(system, numbers, DIGITS),
    )


@signed
def check(source: AnySource, *claims: str | os.PathLike[str], **asked: Unpack[CheckKeywords]) -> tuple[Verdict, ...]:
    """Whether answers of your own are right: a verdict for each side of each of the `claims`, which are text or LaTeX,
    such as "dL/dw = (a-y)*x", or a Path of a file of them. `at` adds a point to those at which they are compared.
    Raises AdgraphError, with the place, for what is no claim."""
    request = from_keywords("check", asked)
    request = request.replace(claims=tuple(map(str, claims)))
    from graphviz_ad.read.latex.claims import with_macros

    typed = [with_macros(_words(claim), request.macros) for claim in claims]
    verdicts, notes = _system(source, request).verdicts(typed)
    warn(notes)
    return tuple(verdicts)


@signed
def show(source: AnySource, **asked: Unpack[ShowKeywords]) -> None:
    """Print the equations, the graphs and the chain rule."""
    request = from_keywords("show", asked)
    system = _system(source, request)
    views = request.views or usual_views(system, request.style).views
    print(Figure(sheet_of(system, views, chosen=not request.views), request))


# ---- helpers


def _words(source: str | os.PathLike[str], language: str = "auto") -> SourceText:
    """The text of a source. Raises AdgraphError for the name of a file that is not a Path."""
    if not isinstance(source, str):
        name = os.fspath(source)
        return SourceText(name, "python") if is_python(name, language) else read_file(name, language)
    if has_suffix(source):
        raise AdgraphError(f"'{source}' is the name of a file", hint=f"write pathlib.Path({source!r})")
    return SourceText(source, recognised(source) if language == "auto" else language)


def _system(source: AnySource, request: Request) -> System:
    """The system of a source and what is asked of it; if the source is text, errors show their place in it."""
    if isinstance(source, (str, os.PathLike)):
        system, notes = read(_words(source), request)
    else:
        found = _found(source, request)
        system, notes = asked_of(found, request), found.notes
    warn(notes)
    if request.at:
        from graphviz_ad.point.bindings import check_given

        reading = system.reading
        given = reading.given or {name: name for name in request.at}
        check_given([system.whole], given, reading.called_with, request.at)
    return system


def _found(source: core.Graph | Callable[..., Any], request: Request) -> Source:
    if isinstance(source, core.Graph):
        return Source(source)
    if callable(source):
        return traced(source, request.at, request.wrt)
    raise TypeError(f"a source is equations, a path, a function or a Graph, not {type(source).__name__}")


def _figure(source: AnySource, request: Request, view: str = "") -> Figure:
    """The figure of a view, or of those that are asked for or that the style has."""
    system, views = _system(source, request), (view,) if view else request.views
    if views:
        return Figure(sheet_of(system, views), request)
    from graphviz_ad.drawing.pages import standing

    number = new_number()
    chosen = usual_sheet(system, request.style, standing(request, typesetter(number)))
    return Figure(chosen.sheet, request, filter(None, (chosen.note, said_of_pages(chosen, True, True))), number)

"""What `import graphviz_ad` offers: sources to graphs, graphs to figures, figures that show themselves in a notebook.

Errors are AdgraphErrors, with the place in their text; notes on how a source was read are warnings.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphviz_ad.core import graph as core
from graphviz_ad.core.callers import depth
from graphviz_ad.core.diagram import Chains, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.inert import in_line, inert
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request, Which, is_python
from graphviz_ad.derive.differentiate import with_derivative
from graphviz_ad.formats import find, formats
from graphviz_ad.formats.chains import aligned_lines
from graphviz_ad.formats.notebook import Bundle, MimeTypes, bundle, image, page
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.formats.terminal.text import equation_lines
from graphviz_ad.host.files import write_files
from graphviz_ad.host.paths import has_suffix
from graphviz_ad.lesson.choice import said_of_pages, usual_sheet, usual_views
from graphviz_ad.lesson.evaluated import column
from graphviz_ad.lesson.exercise import exercise
from graphviz_ad.lesson.frames import frames
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import STYLES, sheet_of
from graphviz_ad.lesson.words import describe
from graphviz_ad.options.asked import from_keywords
from graphviz_ad.options.keywords import signed
from graphviz_ad.options.points import point_of
from graphviz_ad.options.values import names
from graphviz_ad.pipeline import asked_of, read, render
from graphviz_ad.point.evaluation import Edge
from graphviz_ad.read import Limits, Source, recognised
from graphviz_ad.read.python.tracing import trace as traced
from graphviz_ad.read.sources import SourceText, read_file

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from graphviz_ad.drawing.typeset import Typesetter
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


DIGITS = 6  # of numbers in a table
_NUMBERS = count()  # of figures


class AdgraphWarning(UserWarning):
    """A note on how a source was read, or on a width that a figure does not keep."""


class Graph(core.Graph):
    """A computational graph, in topological order; a notebook shows its forward graph, `print` its equations."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(line.text for line in equation_lines(sheet_of(System(self, Request()), ()).equations))

    def _repr_mimebundle_(self, include: MimeTypes = None, exclude: MimeTypes = None) -> Bundle:
        return forward(self)._shown(lambda: str(self), include, exclude)


class Figure:
    """Panels of graphs and chains, with `notes` on what is left out and on how it stands on pages. `print` shows them
    as text, a notebook as a picture or, chains alone, as LaTeX."""

    def __init__(self, sheet: Sheet, request: Request, notes: Iterable[str] = (), number: int | None = None) -> None:
        self._sheet = sheet
        self._request = request
        self._number = next(_NUMBERS) if number is None else number
        self.notes = tuple(notes)

    def to(self, format_name: str) -> str | bytes:
        """The figure in a format of `adgraph draw`: svg, pdf, dot, text, … Raises ValueError for another."""
        made = find(format_name)
        if made is None:
            raise ValueError(f"unknown format {format_name!r}; there are {', '.join(formats())}")
        return render(self._sheet, made, self._request, _typesetter(self._number), self._say)

    def _say(self, remark: str) -> None:
        if self._request.max_width:  # and is not kept, or only on several pages
            _warn([remark])

    def alt(self) -> str:
        """The alternative text: what the figure shows, in words."""
        return inert(describe(self._sheet))

    def svg(self) -> str:
        """The figure as SVG."""
        return str(self.to("svg"))

    def latex(self) -> str:
        """The chains, or the equations where there are none, as one `aligned` environment in display math."""
        chains = [c for p in self._sheet.panels if isinstance(p.content, Chains) for c in p.content.chains]
        lines = [line for chain in chains for line in chain.equations]
        return _aligned(lines or self._sheet.equations)

    def frames(self) -> tuple[Figure, ...]:
        """The making of the figure, step by step: figures of one size and layout, of which this is the last."""
        return tuple(
            Figure(frame.sheet, self._request.replace(seconds=0, beamer=False)) for frame in frames(self._sheet)
        )

    def exercise(self, which: Which = "derivatives", seed: int = 0) -> tuple[Figure, Figure]:
        """The figure with boxes to fill in, and the same with the answers in them: for all derivatives, for `"all"`
        numbers too, or for so many derivatives, which the seed chooses."""
        if which not in ("derivatives", "all") and not (isinstance(which, int) and which > 0):
            raise ValueError(f"an exercise leaves out 'derivatives', 'all' or a number of them, not {which!r}")
        empty, answers = exercise(self._sheet, which, seed)
        return Figure(empty, self._request), Figure(answers, self._request)

    def save(self, *files: str | os.PathLike[str]) -> Figure:
        """Write the figure, in the format of each file's extension; all of them or none. Raises ValueError for an
        extension without a format."""
        write_files({Path(file): self.to(_extension(file)) for file in files})
        return self

    def __str__(self) -> str:
        return str(self.to("text")).rstrip("\n")

    def __repr__(self) -> str:
        return f"<Figure {self._sheet.name}: {', '.join(panel.view for panel in self._sheet.panels)}>"

    def _repr_mimebundle_(self, include: MimeTypes = None, exclude: MimeTypes = None) -> Bundle:
        if all(isinstance(panel.content, Chains) for panel in self._sheet.panels):
            return bundle({"text/latex": self.latex, "text/plain": lambda: str(self)}, include, exclude)
        return self._shown(lambda: str(self), include, exclude)

    def _in_one_piece(self) -> Figure:
        return Figure(self._sheet.in_one_piece(), self._request, number=self._number)

    def _shown(self, plain: Callable[[], str], include: MimeTypes, exclude: MimeTypes) -> Bundle:
        """The picture in the types of a notebook, with plain text that may be of another thing."""
        makers = {
            "text/html": lambda: image(self.svg(), self.alt()),
            "application/pdf": lambda: page(lambda: self._in_one_piece().to("pdf")),
            "text/plain": plain,
        }
        return bundle(makers, include, exclude)


class Evaluated(Record):
    """The numbers at a point: `values` by variable, `gradient` by output and input, `edges` of the simplified graph,
    and notes on kinks. `print` and a notebook show them as a table."""

    values: dict[str, float]
    gradient: dict[str, dict[str, float]]
    edges: tuple[Edge, ...]
    notes: tuple[str, ...]
    table: Table

    def __str__(self) -> str:
        return self._written("text")

    def _written(self, form: str) -> str:
        return TABLE_FORMATS[form](self.table, DIGITS).rstrip("\n")

    def _repr_mimebundle_(self, include: MimeTypes = None, exclude: MimeTypes = None) -> Bundle:
        forms = {"text/markdown": "markdown", "text/latex": "latex", "text/plain": "text"}
        return bundle({kind: partial(self._written, form) for kind, form in forms.items()}, include, exclude)


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
    _warn(notes)
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
    _warn(found.notes)
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
    _warn(numbers.notes)
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
    _warn(notes)
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


def _warn(notes: Iterable[str]) -> None:
    """Say notes as warnings, at the line of the caller's own code."""
    for note in notes:
        warnings.warn(in_line(note), AdgraphWarning, stacklevel=depth())


def _system(source: AnySource, request: Request) -> System:
    """The system of a source and what is asked of it; if the source is text, errors show their place in it."""
    if isinstance(source, (str, os.PathLike)):
        system, notes = read(_words(source), request)
    else:
        found = _found(source, request)
        system, notes = asked_of(found, request), found.notes
    _warn(notes)
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

    number = next(_NUMBERS)
    chosen = usual_sheet(system, request.style, standing(request, _typesetter(number)))
    return Figure(chosen.sheet, request, filter(None, (chosen.note, said_of_pages(chosen, True, True))), number)


@lru_cache(maxsize=1)
def _typesetter(number: int) -> Typesetter:
    """What draws the figure of a number: what it has drawn it need not draw again, for a notebook is shown a figure in
    several types. It is given up for that of the next figure, for it holds more than the figure."""
    from graphviz_ad.drawing.typeset import Typesetter

    return Typesetter()


def _extension(file: str | os.PathLike[str]) -> str:
    suffix = Path(file).suffix
    if not suffix or find(suffix[1:]) is None:
        raise ValueError(f"'{os.fspath(file)}' has no extension that chooses a format ({', '.join(formats())})")
    return suffix[1:]


def _aligned(lines: Iterable[Any]) -> str:
    body = " \\\\\n".join(row for line in lines for row in aligned_lines(line))
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"

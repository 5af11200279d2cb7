"""What `import graphviz_ad` offers: sources to graphs, graphs to figures, figures that show themselves in a notebook.

Errors are AdgraphErrors, with the place in their text; notes on how a source was read are warnings.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from graphviz_ad.core import graph as core
from graphviz_ad.core.diagram import Chains, Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.inert import in_line, inert
from graphviz_ad.derive.chain import MAX_PATHS
from graphviz_ad.derive.differentiate import with_derivative
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.derive.symbol import Symbol
from graphviz_ad.drawing.size import SIZES
from graphviz_ad.drawing.theme import THEMES, is_theme
from graphviz_ad.formats import MAX_SECONDS, Options, find, formats
from graphviz_ad.formats.chains import aligned_lines
from graphviz_ad.formats.terminal.text import text as plain_text
from graphviz_ad.host.files import write_files
from graphviz_ad.host.paths import has_suffix
from graphviz_ad.lesson.backward import Step
from graphviz_ad.lesson.exercise import Which, exercise
from graphviz_ad.lesson.forward import Constants
from graphviz_ad.lesson.frames import frames
from graphviz_ad.lesson.system import DEFAULT_VIEWS, STYLES, VIEWS, Request, System
from graphviz_ad.lesson.words import describe
from graphviz_ad.pipeline import asked_of, read, render
from graphviz_ad.point.evaluation import Evaluation
from graphviz_ad.read import DEFAULT_LIMITS, MAX_LIMIT, Limits, Reading, Source, recognised
from graphviz_ad.read.python.tracing import trace as traced
from graphviz_ad.read.sources import Text, is_python, read_file

Names = str | Iterable[str]


class AdgraphWarning(UserWarning):
    """A note on how a source was read."""


class Graph(core.Graph):
    """A computational graph, in topological order; a notebook shows it as its forward graph and its equations."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n".join(line for line in plain_text(System(self, Request()).sheet(()), Options()).splitlines()[2:])

    def _repr_svg_(self) -> str:
        return forward(self)._repr_svg_()

    def _repr_latex_(self) -> str:
        return _aligned(equations(graph_view(self, False)))

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"image/svg+xml": self._repr_svg_(), "text/latex": self._repr_latex_(), "text/plain": str(self)}


class Figure:
    """Panels of graphs and chains. `print` shows them as text, a notebook as a picture or, chains alone, as LaTeX."""

    def __init__(self, sheet: Sheet, options: Options) -> None:
        self._sheet = sheet
        self._options = options

    def to(self, format_name: str) -> str | bytes:
        """The figure in a format of `adgraph draw`: svg, pdf, dot, text, … Raises ValueError for another."""
        made = find(format_name)
        if made is None:
            raise ValueError(f"unknown format {format_name!r}; there are {', '.join(formats())}")
        return render(self._sheet, made, self._options)

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
            Figure(frame.sheet, self._options.replace(seconds=0, beamer=False)) for frame in frames(self._sheet)
        )

    def exercise(self, which: Which = "derivatives", seed: int = 0) -> tuple[Figure, Figure]:
        """The figure with boxes to fill in, and the same with the answers in them: for all derivatives, for `"all"`
        numbers too, or for so many derivatives, which the seed chooses."""
        if which not in ("derivatives", "all") and not (isinstance(which, int) and which > 0):
            raise ValueError(f"an exercise leaves out 'derivatives', 'all' or a number of them, not {which!r}")
        empty, answers = exercise(self._sheet, which, seed)
        return Figure(empty, self._options), Figure(answers, self._options)

    def save(self, *files: str | os.PathLike[str]) -> Figure:
        """Write the figure, in the format of each file's extension; all of them or none. Raises ValueError for an
        extension without a format."""
        write_files({Path(file): self.to(_extension(file)) for file in files})
        return self

    def __str__(self) -> str:
        return str(self.to("text")).rstrip("\n")

    def __repr__(self) -> str:
        return f"<Figure {self._sheet.name}: {', '.join(panel.view for panel in self._sheet.panels)}>"

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_latex_(self) -> str:
        return self.latex()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        if not all(isinstance(panel.content, Chains) for panel in self._sheet.panels):
            return {"image/svg+xml": self.svg(), "text/plain": str(self)}
        return {"text/latex": self.latex(), "text/plain": str(self)}


At = Mapping[str, float] | None
AnySource = core.Graph | str | os.PathLike[str] | Callable[..., Any]


def parse(
    source: str | os.PathLike[str],
    *,
    language: Literal["auto", "text", "latex"] = "auto",
    functions: Names = (),
    keep_functions: bool = False,
    variables: Names = (),
) -> Graph:
    """The graph of equations, as text or LaTeX; of a file if `source` is a Path.

    `functions` are abstract ones, `variables` are variables even if they are called e or pi.
    Raises AdgraphError, with the place, for what cannot be read.
    """
    _checked(language=language)
    reading = Reading(frozenset(_names(variables)), _names(functions), keep_functions)
    return _told(_parsed(_words(source, language), reading))


def trace(
    function: Callable[..., Any],
    *,
    at: Mapping[str, float] | None = None,
    wrt: Names = (),
    max_operations: int = DEFAULT_LIMITS.operations,
    max_seconds: float = DEFAULT_LIMITS.seconds,
) -> Graph:
    """The graph of a Python function of numbers, which is called once.

    Parameters without a default are inputs; one with a default is that constant, unless `at` gives it a value or `wrt`
    names it. `at` gives the values that comparisons and counting need. Raises AdgraphError, with the line of the
    function, for what cannot be traced, and where the function takes more operations or seconds than it may (seconds
    are only counted in the main thread, and not under Windows); an exception of the function itself goes through.
    """
    if not (max_operations > 0 and 0 < max_seconds <= MAX_LIMIT):
        raise ValueError(f"max_operations={max_operations!r}, max_seconds={max_seconds!r}; both are above 0, "
                         f"seconds up to {MAX_LIMIT:,}")  # fmt: skip
    return _told(traced(function, at, _names(wrt), Limits(max_operations, max_seconds)))


def forward(
    source: AnySource, *, full: bool = True, constants: Constants = "node", at: At = None, digits: int = 5, **look: Any
) -> Figure:
    """The forward graph; without operation nodes if not `full`. With values of the inputs in `at`, it shows every
    value and adjoint, to so many digits. `look` is theme, direction, size, background, scale, dpi, seconds, standalone
    and beamer."""
    view = "forward" if full else "forward-simplified"
    return _figure(source, (view,), Request(constants=constants, at=at or {}, digits=digits), Options(**look))


def backward(
    source: AnySource,
    *,
    full: bool = True,
    of: Names = (),
    wrt: Names = (),
    symbol: Symbol = "auto",
    step: Step = 3,
    at: At = None,
    digits: int = 5,
    **look: Any,
) -> Figure:
    """The backward graph, its arrows with d(left)/d(right) and what that is; without operation nodes if not `full`."""
    view = "backward" if full else "backward-simplified"
    return _figure(
        source, (view,), Request(_names(of), _names(wrt), symbol, step, at=at or {}, digits=digits), Options(**look)
    )


def chain(
    source: AnySource,
    *,
    of: Names = (),
    wrt: Names = (),
    full: bool = False,
    symbol: Symbol = "auto",
    max_paths: int = MAX_PATHS,
    at: At = None,
    digits: int = 5,
    **look: Any,
) -> Figure:
    """The chain rule multiplied out, of each output with respect to each input, or of those that are named."""
    request = Request(_names(of), _names(wrt), symbol, max_paths=max_paths, at=at or {}, digits=digits)
    return _figure(source, ("chain-full" if full else "chain",), request, Options(**look))


def draw(
    source: AnySource,
    *files: str | os.PathLike[str],
    views: Sequence[str] = (),
    style: str = "textbook",
    of: Names = (),
    wrt: Names = (),
    symbol: Symbol = "auto",
    step: Step = 3,
    constants: Constants = "node",
    max_paths: int = MAX_PATHS,
    at: At = None,
    digits: int = 5,
    **look: Any,
) -> Figure:
    """All panels in one figure, or the `views` of `adgraph draw --view`; written to `files`, if there are any.
    `style` is textbook, circuit or colah. With `seconds` in `look`, its SVG plays its own making, a step every so
    many seconds."""
    _checked(style=style)
    request = Request(_names(of), _names(wrt), symbol, step, constants, max_paths, at or {}, digits)
    options = Options(**{"direction": STYLES[style].direction, **look})
    return _figure(source, views or STYLES[style].views, request, options, not views).save(*files)


def differentiate(source: AnySource, of: str, wrt: Names) -> Graph:
    """The graph of a derivative, d(of)/d(wrt), of the inputs in `wrt` the last taken first. It can be drawn, evaluated
    and differentiated again; what is too long to write out is left as a graph of adjoints."""
    wrts = _names(wrt)
    return Graph(*with_derivative(_system(source, Request(wrt=wrts)).graph, of, wrts).parts())


def evaluate(source: AnySource, at: Mapping[str, float], *, of: Names = (), wrt: Names = ()) -> Evaluation:
    """The numbers at a point: `values` by variable, `gradient` by output and input, `edges` of the simplified graph.
    Raises AdgraphError where a value is missing or does not exist."""
    request = Request(_names(of), _names(wrt), at=at)
    found = _system(source, request).evaluation
    for note in found.notes:
        warnings.warn(in_line(note), AdgraphWarning, stacklevel=2)
    return found.replace(
        values={str(name): value for name, value in found.values.items()},
        gradient={str(of): {str(by): slope for by, slope in row.items()} for of, row in found.gradient.items()},
    )


def show(source: AnySource, *, views: Sequence[str] = (), of: Names = (), wrt: Names = ()) -> None:
    """Print the equations, the graphs and the chain rule."""
    print(_figure(source, views or DEFAULT_VIEWS, Request(_names(of), _names(wrt)), Options(), not views))


# ---- helpers


def _words(source: str | os.PathLike[str], language: str = "auto") -> Text:
    """The text of a source. Raises AdgraphError for the name of a file that is not a Path."""
    if not isinstance(source, str):
        name = os.fspath(source)
        return Text(name, "python") if is_python(name, language) else read_file(name, language)
    if has_suffix(source):
        raise AdgraphError(f"'{source}' is the name of a file", hint=f"write pathlib.Path({source!r})")
    return Text(source, recognised(source) if language == "auto" else language)


def _parsed(words: Text, reading: Reading) -> Source:
    system, notes = read(words, Request(), reading)
    return Source(system.graph, notes, system.called_with)


def _checked(**given: Any) -> None:
    """Raise ValueError for a value that is not among those there are."""
    for option, value in given.items():
        known = _KNOWN[option]
        if value not in known:
            raise ValueError(f"{option}={value!r}; there are {', '.join(map(repr, known))}")


_KNOWN: dict[str, Sequence[Any]] = {
    "view": tuple(VIEWS), "theme": THEMES, "direction": ("lr", "rl", "tb", "bt"), "symbol": ("auto", "d", "partial"),
    "size": tuple(SIZES), "background": ("theme", "none"), "step": (1, 2, 3), "constants": ("node", "folded"),
    "language": ("auto", "text", "latex"), "style": tuple(STYLES),
}  # fmt: skip


def _names(names: Names) -> tuple[str, ...]:
    return tuple(part.strip() for part in names.split(",") if part.strip()) if isinstance(names, str) else tuple(names)


def _told(source: Source) -> Graph:
    """The graph of a source, its notes said as warnings at the place of the caller."""
    for note in source.notes:
        warnings.warn(in_line(note), AdgraphWarning, stacklevel=3)
    return Graph(*source.graph.parts())


def _system(source: AnySource, request: Request) -> System:
    """The system of a source and what is asked of it; if the source is text, errors show their place in it."""
    words = _words(source) if isinstance(source, (str, os.PathLike)) else None
    found = _read(source, words, request)
    _told(found)
    if request.at:
        from graphviz_ad.point.bindings import check_given

        check_given([found.graph], dict(zip(request.at, request.at, strict=True)), found.at)
    return asked_of(found, request, words)


def _read(source: AnySource, words: Text | None, request: Request) -> Source:
    if words is not None:
        return _parsed(words, Reading(frozenset(request.wrt), at=request.at))
    if isinstance(source, core.Graph):
        return Source(source)
    if callable(source):
        return traced(source, request.at, request.wrt)
    raise TypeError(f"a source is equations, a path, a function or a Graph, not {type(source).__name__}")


def _figure(source: AnySource, views: Sequence[str], request: Request, options: Options, once: bool = False) -> Figure:
    for view in (views := [views] if isinstance(views, str) else list(views)):
        _checked(view=view)
    if not 0 <= options.seconds <= MAX_SECONDS:
        raise ValueError(f"seconds={options.seconds!r}; a step takes up to {MAX_SECONDS}, and 0 stands still")
    if not is_theme(options.theme):
        _checked(theme=options.theme)
    _checked(direction=options.direction, size=options.size, background=options.background,
             symbol=request.symbol, step=request.step, constants=request.constants)  # fmt: skip
    return Figure(_system(source, request).sheet(views, once), options)


def _extension(file: str | os.PathLike[str]) -> str:
    suffix = Path(file).suffix
    if not suffix or find(suffix[1:]) is None:
        raise ValueError(f"'{os.fspath(file)}' has no extension that chooses a format ({', '.join(formats())})")
    return suffix[1:]


def _aligned(lines: Iterable[Any]) -> str:
    body = " \\\\\n".join(row for line in lines for row in aligned_lines(line))
    return f"$$\\begin{{aligned}}\n{body}\n\\end{{aligned}}$$"

"""What the library's functions give: figures, and the numbers at a point; they show themselves in a notebook."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.callers import depth
from graphviz_ad.core.diagram import Chains, Sheet, Table
from graphviz_ad.core.inert import in_line, inert
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request, Which
from graphviz_ad.formats import find, formats
from graphviz_ad.formats.chains import aligned_lines
from graphviz_ad.formats.notebook import Bundle, MimeTypes, bundle, image, page
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.host.files import write_files
from graphviz_ad.lesson.exercise import exercise
from graphviz_ad.lesson.frames import frames
from graphviz_ad.lesson.words import describe
from graphviz_ad.pipeline import render
from graphviz_ad.point.evaluation import Edge

if TYPE_CHECKING:
    from graphviz_ad.drawing.typeset import Typesetter


DIGITS = 6  # of numbers in a table
new_number = count().__next__  # of a figure


class AdgraphWarning(UserWarning):
    """A note on how a source was read, or on a width that a figure does not keep."""


class Figure:
    """Panels of graphs and chains, with `notes` on what is left out and on how it stands on pages. `print` shows them
    as text, a notebook as a picture or, chains alone, as LaTeX."""

    def __init__(self, sheet: Sheet, request: Request, notes: Iterable[str] = (), number: int | None = None) -> None:
        self._sheet = sheet
        self._request = request
        self._number = new_number() if number is None else number
        self.notes = tuple(notes)

    def to(self, format_name: str) -> str | bytes:
        """The figure in a format of `adgraph draw`: svg, pdf, dot, text, … Raises ValueError for another."""
        made = find(format_name)
        if made is None:
            raise ValueError(f"unknown format {format_name!r}; there are {', '.join(formats())}")
        return render(self._sheet, made, self._request, typesetter(self._number), self._say)

    def _say(self, remark: str) -> None:
        if self._request.max_width:  # and is not kept, or only on several pages
            warn([remark])

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
        return self.shown(lambda: str(self), include, exclude)

    def _in_one_piece(self) -> Figure:
        return Figure(self._sheet.in_one_piece(), self._request, number=self._number)

    def shown(self, plain: Callable[[], str], include: MimeTypes, exclude: MimeTypes) -> Bundle:
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


def warn(notes: Iterable[str]) -> None:
    """Say notes as warnings, at the line of the caller's own code."""
    for note in notes:
        warnings.warn(in_line(note), AdgraphWarning, stacklevel=depth())


@lru_cache(maxsize=1)
def typesetter(number: int) -> Typesetter:
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

"""LaTeX: brought into the tokens of the text frontend, whose parser then reads it."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.read import Source
from graphviz_ad.read.latex.document import mathematics
from graphviz_ad.read.latex.formulas import StatementReader
from graphviz_ad.read.text.equations import all_shapes, system
from graphviz_ad.read.text.recurrences import ranges_in, written_out
from graphviz_ad.read.text.tokens import check_size


def read(text: str, request: Request = NOTHING_ASKED) -> Source:
    """Read a system of equations in LaTeX. Raises AdgraphError, with the place, for what is not one."""
    try:
        check_size(text)
        example = "try '\\begin{cases} y=\\sin(2x+3) \\\\ z=y^{2} \\end{cases}'"
        return _read_arrays(text, request, example) if _has_vectors(text, request) else _read(text, request, example)
    except AdgraphError as error:
        from graphviz_ad.read.latex.hints import in_latex

        error.source, error.hint = text, in_latex(error.hint)
        raise


def _read(text: str, request: Request, example: str) -> Source:
    """A system of numbers."""
    ranges, rest = ranges_in(text)
    shown, notes = mathematics(rest)
    reader = StatementReader(shown)
    if ranges:  # sums over steps are read
        from graphviz_ad.read.arrays.latex import ArrayReader

        reader = ArrayReader(shown)
    given = written_out(reader.read(), ranges, {})
    source = system(given.statements, request, example, given)
    return Source(source.graph, tuple(dict.fromkeys((*notes, *reader.notes, *source.notes))))


def _has_vectors(text: str, request: Request) -> bool:
    if request.shapes or any(isinstance(value, tuple) for value in request.at.values()):
        return True
    from graphviz_ad.read.arrays.latex import has_vectors

    return has_vectors(text)


def _read_arrays(text: str, request: Request, example: str) -> Source:
    """The same of vectors and matrices."""
    from graphviz_ad.read.arrays.latex import ArrayReader, bold, declared_in_latex

    found = declared_in_latex(text)
    ranges, rest = ranges_in(found.rest)
    shown, notes = mathematics(rest)
    reader = ArrayReader(shown)
    given = written_out(reader.read(), ranges, all_shapes(found.shapes, request))
    numbers: dict[Name, Shape] = {Name(name): () for name, value in request.at.items() if isinstance(value, float)}
    shapes = given.shapes | bold(given.statements, {**numbers, **given.shapes})
    source = system(given.statements, request, example, given.replace(shapes=shapes))
    return Source(source.graph, tuple(dict.fromkeys((*notes, *reader.notes, *source.notes))))

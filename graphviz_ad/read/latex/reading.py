"""LaTeX: brought into the tokens of the text frontend, whose parser then reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import NOTHING_ASKED, Request
from graphviz_ad.core.typed_names import TypedNames
from graphviz_ad.read import Source
from graphviz_ad.read.foreign import foreign
from graphviz_ad.read.latex.document import mathematics
from graphviz_ad.read.latex.formulas import StatementReader
from graphviz_ad.read.latex.macros import DEFINING, Expanded, Macro, defined, expanded
from graphviz_ad.read.length import check_size
from graphviz_ad.read.text.equations import all_shapes, system
from graphviz_ad.read.text.layers import with_layers
from graphviz_ad.read.text.lookalikes import mended
from graphviz_ad.read.text.ranges import ranges_in
from graphviz_ad.read.text.recurrences import written_out
from graphviz_ad.read.text.samples import sums_over_samples
from graphviz_ad.read.text.steps_of_names import names_of_steps

# A bold 1 before or above a condition is no vector of ones.
_INDICATOR = re.compile(
    r"\\(?:mathbf|mathbb|boldsymbol|bm)\s*(?:\{1\}|1)"
    r"(?=\s*(?:_\s*\{|[(\[]|\\\{)[^}\])]*(?:[<>=]|\\(?:leq?|geq?|neq?|lt|gt)(?![a-zA-Z])))"
)


def read(text: str, request: Request = NOTHING_ASKED) -> Source:
    """Read a system of equations in LaTeX. Raises AdgraphError, with the place, for what is not one."""
    try:
        check_size(text)
        if (error := foreign(text)) is not None:
            raise error
        example = "try '\\begin{cases} y=\\sin(2x+3) \\\\ z=y^{2} \\end{cases}'"
        return _read_arrays(text, request, example) if _has_vectors(text, request) else _read(text, request, example)
    except AdgraphError as error:
        from graphviz_ad.read.latex.hints import in_latex

        error.hint = in_latex(error.hint)
        error.source = text if error.source is None else error.source
        raise


def _read(text: str, request: Request, example: str) -> Source:
    """A system of numbers."""
    notes: list[str] = []
    ranges, rest = ranges_in(text, request.unroll)
    written = formulas(rest, request.macros, notes)
    try:
        reader = StatementReader(written.text)
        if ranges:  # sums over steps are read
            from graphviz_ad.read.arrays.latex import ArrayReader

            reader = ArrayReader(written.text)
        tokens = with_layers(reader.read(), (), [steps.index for steps in ranges])
        given = written_out(tokens, ranges, {})
        source = system(given.statements, request, example, given)
    except AdgraphError as error:
        error.span = None if error.span is None else written.place(error.span)
        raise
    said = tuple(dict.fromkeys((*notes, *reader.notes, *source.notes)))
    stated = None if source.stated is None else written.graph(source.stated)
    return source.replace(graph=written.graph(source.graph), stated=stated, notes=said)


def _has_vectors(text: str, request: Request) -> bool:
    if request.shapes or any(isinstance(value, tuple) for value in request.at.values()):
        return True
    from graphviz_ad.read.arrays.latex_declarations import has_vectors

    return has_vectors(_INDICATOR.sub("1", text) if "1" in text else text)


def _read_arrays(text: str, request: Request, example: str) -> Source:
    """The same of vectors and matrices."""
    written = macros_written_out(text, request.macros)
    try:
        source = _arrays_of(written.text, request, example)
    except AdgraphError as error:
        if error.source is None:
            error.span = None if error.span is None else written.place(error.span)
        raise
    return source.replace(graph=written.graph(source.graph))


def _arrays_of(text: str, request: Request, example: str) -> Source:
    from graphviz_ad.read.arrays.bold import bold, is_bold, samples_called_e
    from graphviz_ad.read.arrays.given_sizes import with_given_letters, with_limits, with_sizes
    from graphviz_ad.read.arrays.latex import ArrayReader
    from graphviz_ad.read.arrays.latex_declarations import declared_in_latex
    from graphviz_ad.read.arrays.long_sums import with_long_sums
    from graphviz_ad.read.arrays.own_primes import with_own_primes, with_rows_apart
    from graphviz_ad.read.arrays.pairs import with_chains

    found = declared_in_latex(text)
    ranges, rest = ranges_in(found.rest, request.unroll)
    shown, notes = mathematics(rest)
    reader = ArrayReader(shown)
    shapes, tokens = with_sizes(found.shapes, reader.read())
    tokens = with_layers(with_limits(tokens), shapes, [steps.index for steps in ranges])
    spelled = [token.text for statement in tokens for token in statement if token.kind == "name"]
    steps = [
        name for several in (*ranges, *sums_over_samples(tokens, shapes)) for name in names_of_steps(spelled, several)
    ]
    request = TypedNames([*shapes, *spelled, *steps]).asked(request)
    known = all_shapes(shapes, request)
    tokens = with_given_letters(shapes, known, tokens, request)
    tokens = with_long_sums(with_rows_apart(tokens, known), known, reader.notes)
    tokens = with_chains(tokens, known)
    given = written_out(tokens, ranges, known, sums_over_samples(tokens, known))
    numbers: dict[Name, Shape] = {Name(name): () for name, value in request.at.items() if isinstance(value, float)}
    given = given.replace(shapes=given.shapes | samples_called_e(spelled, given.statements))
    shapes = given.shapes | bold(given.statements, {**numbers, **given.shapes})
    primed = with_own_primes(given.statements, shapes)
    notes = (*notes, *(f"{name} is another vector here, and no transpose" for name in primed if name not in shapes))
    shapes = primed
    plain = all(is_bold(name.parts) for name, shape in known.items() if shape)
    source = system(given.statements, request, example, given.replace(shapes=shapes, plain=plain))
    return source.replace(notes=tuple(dict.fromkeys((*notes, *reader.notes, *source.notes))))


def formulas(text: str, files: Sequence[str], notes: list[str]) -> Expanded:
    """The formulas in a text, its macros and those of files written out."""
    found, text = _macros(text, files)
    shown, said = mathematics(text)
    notes += said
    return expanded(mended(shown, notes), found)


def macros_written_out(text: str, files: Sequence[str]) -> Expanded:
    """A whole text with its macros and those of files written out."""
    found, rest = _macros(text, files)
    return expanded(rest, found)


def _macros(text: str, files: Sequence[str]) -> tuple[dict[str, Macro], str]:
    """The macros of files and of a text, and the text without them."""
    found: dict[str, Macro] = {}
    if files or any(word in text for word in DEFINING):
        for file in files:
            found |= _macros_of(file)
        own, text = defined(text)
        found |= own
    return found, text


def _macros_of(file: str) -> Mapping[str, Macro]:
    try:
        return defined(file)[0]
    except AdgraphError as error:
        error.source, error.origin = file, "--macros"
        raise

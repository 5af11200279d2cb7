"""Declarations of shapes in LaTeX: \\mathbf{W} \\in \\mathbb{R}^{2 \\times 3}."""

from __future__ import annotations

import re
from collections.abc import Iterable

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import OPEN, Shape
from graphviz_ad.core.record import Record
from graphviz_ad.read.arrays.declarations import declare, shape_from
from graphviz_ad.read.arrays.latex_said_shapes import said_shapes
from graphviz_ad.read.latex.macros import blanked
from graphviz_ad.read.latex.names import NameReader

# What says that there are vectors in a source: bold letters and declarations.
_SIGNS = re.compile(
    r"\\(?:mathbf|boldsymbol|bm|bf|textbf|pmb|vec)(?![a-zA-Z])|(?:\\in(?![a-zA-Z])|∈)\s*(?:\\mathbb|\\R(?![a-zA-Z])|ℝ|\\mathbf\{R)"
)
_SCRIPT = r"[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|\\[a-zA-Z]+(?:\{[^{}]*\})?|[^\W_]|\d)"
_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_STYLED = r"\\(?:mathbf|boldsymbol|bm|pmb|hat|tilde|bar|vec)\s*\\[a-zA-Z]+"  # \boldsymbol\Sigma
_NAME = (
    rf"(?:{_STYLED}(?:\s*{_GROUP})?"
    rf"|\\(?!quad|qquad|in\b|text\b|begin\b|end\b|[,;: ])[a-zA-Z]+(?:\s*{_GROUP}|\s+[a-zA-Z](?![a-zA-Z]))?|[^\W\d_])"
    rf"(?:\s*{_SCRIPT})*['′]*"
)
_SEPARATOR = r"\s*(?:,|\\,|~|&|\\quad)\s*"
_SPACE = r"(?:\s|\\[,;: ]|~|&)*"
_END = r"-?(?:\d+(?:\.\d+)?|\\infty(?![a-zA-Z])|∞|\\pi(?![a-zA-Z]))"  # of an interval
_INTERVAL = rf"(?:\\left\s*)?[(\[]\s*{_END}\s*,\s*{_END}\s*(?:\\right\s*)?[)\]]"
_SYMMETRIC = r"(?P<symmetric>\\mathbb\s*(?:\{\s*S\s*\}|S)|\\mathbf\s*\{S\})"  # matrices, S^n
_TRANSPOSE = r"(?:T|\\top|\\intercal|\\(?:mathsf|mathrm)\s*\{?T\}?)"
_ITSELF = rf"(?:\s*=\s*(?P=names)\s*\^\s*\{{?\s*{_TRANSPOSE}\s*\}}?)?"  # Q = Q^T
_POSITIVE = r"(?:\s*_\s*(?:\{[^{}]*\}|\+))"  # ℝ_+
_DECLARED = re.compile(
    rf"(?P<names>{_NAME}(?:{_SEPARATOR}{_NAME}){{0,19}}){_ITSELF}{_SPACE}(?:\\in(?![a-zA-Z])|∈){_SPACE}"
    rf"(?:\\mathbb\s*(?:\{{\s*R\s*\}}|R)|\\R(?![a-zA-Z])|\\mathbf\{{R\}}|\\Re(?![a-zA-Z])|ℝ|R|{_SYMMETRIC}"
    rf"|\\\{{\s*-?[01]\s*,\s*1\s*\\\}}|{_INTERVAL})"
    rf"{_POSITIVE}?(?:\s*\^\s*(?P<shape>{_GROUP}|\w))?{_POSITIVE}?[^\S\n]*[,;.:]?"
)
# What stands before the names of a declaration: a sign between statements, or a word; the end of a matrix is neither,
# nor is what stands below a name.
_BEFORE = re.compile(
    r"(?:^|[,;.$&~\n(]|[a-z]{3}:|\\\\|\\q?quad|\\begin\{\w+\*?\}|\\end\{(?!\w*matrix)\w+\*?\}|\\(?:text|mathrm|textrm|mbox)\{[^{}]*\}"
    r"|(?<![\\\w{])(?:[a-zA-Z][a-z]{2,}|is|an|of|as|if|we))(?:\s|\\[,;: ])*$"
)
_WORD = re.compile(r"(?<![\\\w{])(?:where|with|let|given|for|and)\s*$")  # before a declaration, with which it goes
_EMPTY = re.compile(r"\((?:[\s,;]|\\[,;: ])*\)")  # brackets in which there were declarations
_COMPUTED = re.compile(r"[-+|()/#]|^\d+[a-zA-Z]")  # n+1, |V|, 2d: follows from the equations
SIZE_NAME = re.compile(r"\\(?:mathrm|text|textrm|mathit)\{(\w+)\}|[{}\\\s]")


class DeclaredInLatex(Record):
    """The shapes that a source declares, and the source with blanks in the place of the declarations."""

    shapes: dict[Name, Shape]
    rest: str


def has_vectors(text: str) -> bool:
    """Whether there are vectors in a source, or what is written of them."""
    return _SIGNS.search(text) is not None or bool(said_shapes(text)[0])


def declared_in_latex(text: str) -> DeclaredInLatex:
    """The declarations of a source, wherever they stand in it; words around them are skipped."""
    shapes: dict[Name, Shape] = {}
    said, text = said_shapes(text)
    for one in said:
        for name in _names(one.names):
            declare(shapes, Name(name), _shape(one.shape, one.span), one.span)
    rest = text
    if "\\in" not in text and "∈" not in text:
        return DeclaredInLatex(shapes, rest)
    for found in _DECLARED.finditer(text):
        begin = _beginning(text, found)
        if begin is None:
            continue
        span = Span(begin, found.end("names"))
        shape = _shape(found["shape"], Span(*found.span("shape")) if found["shape"] else span)
        shape *= 2 if found["symmetric"] and len(shape) == 1 else 1
        for name in _names(text[begin : found.end("names")]):
            declare(shapes, Name(name), shape, span)
        ends = found.end() - (found[0][-1:] in ",;.")
        word = _WORD.search(text, 0, begin)
        begin = begin if word is None else word.start()
        rest = rest[:begin] + blanked(text[begin:ends]) + rest[ends:]
    if not shapes:
        return DeclaredInLatex(shapes, rest)
    rest = _EMPTY.sub(lambda found: blanked(found[0]), rest)
    return DeclaredInLatex(shapes, re.sub(r"(?<=[ \n])[,.;](?=\s*(?:[,.;]|$))", " ", rest))


def _beginning(text: str, found: re.Match[str]) -> int | None:
    """Where the names of a declaration begin: the last factor of an equation before it, y = W x, is none of them."""
    starts = (found.start("names") + name.start() for name in re.finditer(_NAME, found["names"]))
    return next((start for start in starts if _BEFORE.search(text, 0, start)), None)


def _names(text: str) -> Iterable[str]:
    """The names of a list of some."""
    for part in re.finditer(_NAME, text):
        reader = NameReader(part[0])
        name = reader.name()[0]
        above = re.match(r"\^\{?(\d{1,3}|[a-zA-SU-Z])\}?(?=$|_)", part[0][reader.next.span.start :].replace(" ", ""))
        yield f"{name}^{{{above[1]}}}" if above and reader.next.text == "^" else name


def _shape(text: str | None, span: Span) -> Shape:
    """The shape of what is in \\mathbb{R}^{2 \\times 3}; without a power a number."""
    if text is None:
        return ()
    inside = text[1:-1] if text.startswith("{") else text
    sizes = re.split(r"\\times|×|\\cdot", inside)
    spelled = [SIZE_NAME.sub(lambda found: found[1] or "", size) for size in sizes]
    spelled = ["?" if _COMPUTED.search(size) else size for size in spelled]
    if not all(spelled):
        raise AdgraphError(f"'{inside}' is not a shape", span, "write \\mathbb{R}^{2 \\times 3}")
    if len(sizes) > 3:
        raise AdgraphError(f"an array of {len(sizes)} axes", span, "arrays of up to three axes are read")
    if len(sizes) == 3:
        return shape_from("x".join(spelled), span)
    if "?" in spelled:
        axes = [OPEN if size == "?" else shape_from(size, span) or (1,) for size in spelled]
        return tuple(size[0] if isinstance(size, tuple) else size for size in axes if size != (1,))
    if all(re.fullmatch(r"\w+|[a-zA-Z]_\w+", size) and not size.isdecimal() for size in spelled if len(size) > 1):
        places = [size if size.isdecimal() or len(size) == 1 else "q" for size in spelled]
        shape = shape_from(" x ".join(places), span)
        if len(shape) == len(spelled):
            return tuple(s if isinstance(s, int) else spelled[at] for at, s in enumerate(shape))
        return shape
    return shape_from(" x ".join(spelled), span)

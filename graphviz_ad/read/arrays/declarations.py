"""Declarations of shapes: W: 2x3; x: 3; b, t: 2, or W ∈ R^{2x3}; and those of the command line, W=2x3."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import shape_of
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.read.arrays.sizes import OPEN

_NAME = r"[^\W\d](?:[^\W]|[\u0302\u0303\u0304\u0307\u20d7'′]|_\{[^{}\n]*\}|\^\{[(\[][^{}\n]*[)\]]\})*"
_SIZE = r"(?:[1-9]\d*|[^\W\d_])"
_DECLARED = re.compile(
    rf"[^\S\n]*(?P<names>{_NAME}(?:[^\S\n]*,[^\S\n]*{_NAME})*)[^\S\n]*"
    rf"(?::(?!=)|∈|\bin\b)[^\S\n]*(?P<shape>[^;\n#]*?)[^\S\n]*(?=[;\n#]|$)",
)
_OPEN: dict[str, Shape] = {"vector": (OPEN,), "column": (OPEN,), "row": (1, OPEN), "matrix": (OPEN, OPEN)}
_BLANK = r"[^\S\n]{0,9}"
_NEXT = re.compile(rf",(?={_BLANK}{_NAME}(?:{_BLANK},{_BLANK}{_NAME}){{0,9}}{_BLANK}(?::(?!=)|∈))")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ˣ", "0123456789x")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_KIND = re.compile(r"^(?:a\s+)?(?:matrix|vector|array)(?:\s+of)?\s+(?=\S)|(?<=\S)\s+(?:matrix|vector|array)$")
_SHAPE = re.compile(rf"(?:[Rℝ]\^?)?[{{(\[]?\s*({_SIZE})\s*(?:(?:[x×*,]|\\times)\s*({_SIZE}))?\s*,?\s*[}})\]]?")
_TIGHT = re.compile(r"(\d+)x(\d+)|(\d+)x([^\W\d_])|([^\W\d_])x(\d+)")
_HINT = "write W: 2x3 for two rows of three, x: 3 for a column, s: scalar for a number, or A: matrix, v: vector"
MAX_SIZE = 10_000  # entries of an axis
MAX_ENTRIES = 20_000_000  # of an array, which take 160 MB


class Declared(Record):
    """The shapes that a source declares, and the source with blanks in the place of the declarations."""

    shapes: dict[Name, Shape]
    rest: str


def declared(source: str) -> Declared:
    """The declarations of a source. Raises AdgraphError for one that is none, or that contradicts another."""
    shapes: dict[Name, Shape] = {}
    rest = source
    for start, end in _statements(source):
        found = _DECLARED.fullmatch(source, start, end)
        if found is None:
            continue
        begin, finish = found.span("shape")
        if begin == finish:
            raise AdgraphError("a shape is missing", Span(found.start("names"), begin), _HINT)
        shape = shape_from(found["shape"], Span(begin, finish))
        for name in re.split(r"\s*,\s*", found["names"].strip()):
            span = Span(*found.span("names"))
            declare(shapes, Name(_spelled(name)), shape, span)
        end += source[end : end + 1] == ","
        rest = rest[:start] + re.sub(r"[^\n]", " ", source[start:end]) + rest[end:]
    return Declared(shapes, rest)


def _spelled(name: str) -> str:
    """W_1 of W₁, as in equations."""
    return re.sub("[₀-₉]+", lambda found: "_" + found[0].translate(_LOWERED), name)


def _statements(source: str) -> Iterable[tuple[int, int]]:
    """Where each statement begins and ends, without a comment behind it."""
    for found in re.finditer(r"[^;\n]+", source):
        text = found[0].partition("#")[0]
        if not text.strip():
            continue
        start, end = found.start(), found.start() + len(text.rstrip())
        for comma in _NEXT.finditer(source, start, end) if ":" in text or "∈" in text else ():  # W: 2x3, x: 3
            if ":" in source[start : comma.start()] or "∈" in source[start : comma.start()]:
                yield start, comma.start()
                start = comma.end()
        yield start, end


def declare(shapes: dict[Name, Shape], name: Name, shape: Shape, span: Span | None) -> None:
    """Note a shape. Raises AdgraphError for a name that has another already."""
    known = {other.key: other for other in shapes}
    if name.key in known and shapes[known[name.key]] != shape:
        raise AdgraphError(f"'{name}' has two shapes", span, "declare it once")
    shapes.setdefault(known.get(name.key, name), shape)


def shape_from(text: str, span: Span | None = None) -> Shape:
    """A shape as it is written: 2x3, 2×3, m x n, 3, scalar, R^{2x3}. Raises AdgraphError for another."""
    if text.strip() in ("scalar", "number", "R", "ℝ", "1"):
        return ()
    if text.strip() in _OPEN:
        return _OPEN[text.strip()]
    text = re.sub(r"(?<=\w)\s+by\s+(?=\w)", " x ", _KIND.sub("", text.strip())).translate(_RAISED)
    found = _SHAPE.fullmatch(text.strip()) or _TIGHT.fullmatch(text.strip())
    if found is None:
        raise AdgraphError(f"'{text.strip()}' is not a shape", span, _HINT)
    sizes = [_size(size, span) for size in found.groups() if size is not None]
    shape = shape_of(sizes[0], sizes[1] if len(sizes) > 1 else 1)
    check_entries(shape, span)
    return shape


def value_shape(value: tuple[Any, ...]) -> Shape:
    """The shape of an array that is given: of its rows, or a column."""
    if value and isinstance(value[0], tuple):
        return (len(value), len(value[0])) if len(value[0]) != 1 else (len(value),)
    return (len(value),) if len(value) != 1 else ()


def check_entries(shape: Shape, span: Span | None) -> None:
    """Raise AdgraphError for an array that would take too much memory."""
    entries = math.prod(size for size in shape if isinstance(size, int))
    if entries > MAX_ENTRIES:
        text = f"an array of {' × '.join(map(str, shape))} has {entries:,} entries"
        raise AdgraphError(text, span, f"up to {MAX_ENTRIES:,} are read")


def _size(text: str, span: Span | None) -> int | str:
    if not text.isdecimal():
        return text
    if not int(text):
        raise AdgraphError("an axis of 0 entries", span, _HINT)
    if int(text) > MAX_SIZE:
        raise AdgraphError(f"an axis of {text} entries", span, f"up to {MAX_SIZE:,} are read")
    return int(text)

"""Declarations of shapes: W: 2x3; x: 3; b, t: 2, or W ∈ R^{2x3}; and those of the command line, W=2x3."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import shape_of
from graphviz_ad.core.ops.row import OPEN, Shape, shown
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

# W^{(1)}, W^(1), W^1, W^Q
_ABOVE = r"\^(?:\{[(\[][^{}\n]*[)\]]\}|[(\[](?:\w+(?:[-+]\w+)?)[)\]]|\{?(?:\d{1,3}|[a-zA-SU-Z])\}?)"
_NAME = rf"[^\W\d](?:[^\W]|[\u0302\u0303\u0304\u0307\u20d7'′]|_\{{[^{{}}\n]*\}}|{_ABOVE})*"
_SIZE = r"(?:[1-9]\d*|[^\W\d_](?:_(?:[^\W\d_]|\d+))?)"  # 3, n, d_k
_OPEN: dict[str, Shape] = {"vector": (OPEN,), "column": (OPEN,), "row": (1, OPEN), "matrix": (OPEN, OPEN)}
_BLANK = r"[^\S\n]{0,9}"
_WORD = r"(?:where|with|let|given|for|and|matri(?:x|ces)|vectors?|scalars?|shapes?|arrays?)\b(?![^\S\n]*[:=(,])"
# W is 2x3, x is a vector of length 3, b is a 2-vector
_IS = (
    rf"\b(?:is|are|be)\b(?={_BLANK}(?:an?\b{_BLANK})?(?:[1-9]\d*{_BLANK}(?:[x×*]|by\b){_BLANK}[1-9]"
    rf"|(?:column{_BLANK})?(?:vector|matrix|array)\b|[1-9]\d*(?:-vector|-dimensional|{_BLANK}(?:$|[,;\n]|and\b)))|{_BLANK}(?:scalar|number)s?\b)"
)
# Where a declaration begins, or an equation behind one: at a comma or a word, y = W x where W: 2x3, x: 3.
_CUT = pattern(
    rf"(?:^|(?<=;)|,|(?<!\w)(?={_WORD})|(?<=[\w)}}\]])(?=[^\S\n]{{1,9}}{_NAME}{_BLANK}[:∈]))"
    rf"{_BLANK}(?P<word>{_WORD})?{_BLANK}"
    rf"(?:(?P<names>{_NAME}(?:{_BLANK},{_BLANK}{_NAME}){{0,19}}){_BLANK}"
    rf"(?::(?!=)|(?:∈|\bin\b)(?={_BLANK}(?:[Rℝ{{\[]|\d+{_BLANK}[x×]))|{_IS}){_BLANK}"
    rf"|(?={_NAME}{_BLANK}(?:\([^()\n]*\))?{_BLANK}=(?!=)))",
    re.MULTILINE,
)
_ITEM = rf"{_NAME}{_BLANK}\({_BLANK}{_SIZE}(?:{_BLANK}[x×]{_BLANK}{_SIZE})?{_BLANK}\)"
# W (2x3), x (3), which says the same as W: 2x3, x: 3; one of them has two sizes.
_BRACKETED = pattern(
    rf"(?:^|(?<=[;\n])){_BLANK}(?:(?:where|with|let|given){_BLANK})?(?=[^;\n#=]*\d{_BLANK}[x×]{_BLANK}\d)"
    rf"{_ITEM}(?:{_BLANK},{_BLANK}{_ITEM}){{0,19}}(?={_BLANK}(?:[;\n#]|$))"
)
_SAYS = pattern(r":(?!=)|∈|\b(?:in|is|are|be)\b")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ˣ", "0123456789x")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_KIND = pattern(
    r"^(?:an?\s+)?(?:(?:column\s+)?(?:matrix|vector|array)(?:\s+(?:of|with))?\s+)?(?:(?:size|length|dimension|shape)\s+)?(?=\S)"
    r"|^(?:matrix|vector|array)\s*(?=[(\[])"  # vector(3)
    r"|(?<=\S)[\s-]+(?:dimensional\s+)?(?:matrix|matrices|vectors?|array|entries|numbers|dimensional)$"
)
_SPACE = r"(?:[Rℝ](?:_(?:\+|>0|\{[^{}]*\}))?|\{\s*-?[01]\s*,\s*1\s*\}|\[\s*-?[01]\s*,\s*1\s*\])"  # of numbers, {0, 1}
_SHAPE = pattern(rf"(?:{_SPACE}\^?)?[{{(\[]?\s*({_SIZE})\s*(?:(?:[x×*,]|\\times)\s*({_SIZE}))?\s*,?\s*[}})\]]?(?:_\+)?")
_THREE = pattern(
    rf"(?:{_SPACE}\^?)?[{{(\[]?\s*(\d+)\s*(?:[x×*,]|\\times)\s*(\d+)\s*(?:[x×*,]|\\times)\s*(\d+)\s*[}})\]]?"
)
_TIGHT = pattern(r"(\d+)x(\d+)|(\d+)x([^\W\d_])|([^\W\d_])x(\d+)")
_DEEP = "arrays of up to three axes are read, their sizes in digits: T: 2x3x4"
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
    source = _BRACKETED.sub(lambda found: found[0].replace("(", ":").replace(")", " "), source)
    rest = source
    equations: list[re.Match[str]] = []  # behind a word or a declaration: with n = 3
    before: re.Match[str] | None = None
    for cut, end in _cuts(source):
        if cut["names"] is None:
            equations += [cut] if cut[0].strip() and (cut["word"] or (before is not None and before["names"])) else []
        elif cut.end() == end:
            raise AdgraphError("a shape is missing", Span(cut.start("names"), end), _HINT)
        else:
            shape = shape_from(source[cut.end() : end], Span(cut.end(), end))
            for name in re.split(r"\s*,\s*", cut["names"]):
                declare(shapes, Name(_spelled(name)), shape, Span(*cut.span("names")))
            rest = rest[: cut.start()] + " " * (end - cut.start()) + rest[end:]
        before = cut
    for cut in equations if shapes else ():
        rest = f"{rest[: cut.start()]};{' ' * (len(cut[0]) - 1)}{rest[cut.end() :]}"
    return Declared(shapes, rest)


def _cuts(source: str) -> Iterable[tuple[re.Match[str], int]]:
    """Where each declaration begins, or an equation behind one, and where it ends; in comments there are none."""
    for line in re.finditer(r"[^;\n]+", source) if _SAYS.search(source) else ():
        text = line[0].partition("#")[0].rstrip()
        end = line.start() + len(text)
        cuts = list(_CUT.finditer(source, line.start(), end))
        for cut, following in zip(cuts, [*(cut.start() for cut in cuts), end][1:], strict=True):
            yield cut, cut.end() + len(source[cut.end() : following].rstrip(" \t,"))


def _spelled(name: str) -> str:
    """W_1 of W₁, as in equations, and W^{1} of W^1 and W^[1]."""
    name = re.sub(r"\^[(\[]([^()\[\]]+)[)\]]", r"^{\1}", name)
    name = re.sub(r"\^([^\W_]+)", r"^{\1}", name)
    return re.sub("[₀-₉]+", lambda found: "_" + found[0].translate(_LOWERED), name)


def declare(shapes: dict[Name, Shape], name: Name, shape: Shape, span: Span | None) -> None:
    """Note a shape. Raises AdgraphError for a name that has another already."""
    known = {other.key: other for other in shapes}
    before = shapes.get(known.get(name.key, name), shape)
    if len(before) != len(shape) or any(
        one != other and OPEN not in (one, other) for one, other in zip(before, shape, strict=True)
    ):
        raise AdgraphError(f"'{name}' has two shapes, {shown(before)} and {shown(shape)}", span, "declare it once")
    kinds = zip(before, shape, strict=True)  # x: vector, and x: 3 further on
    shapes[known.get(name.key, name)] = tuple(other if one == OPEN else one for one, other in kinds)


def shape_from(text: str, span: Span | None = None) -> Shape:
    """A shape as it is written: 2x3, 2×3, m x n, 3, scalar, R^{2x3}. Raises AdgraphError for another."""
    text = re.sub(r"^\s*an?\s+(?=(?:vector|matrix|scalar|number|row|column)\s*$)", "", text)
    if text.strip() in ("scalar", "scalars", "number", "numbers", "1") or re.fullmatch(_SPACE, text.strip()):
        return ()
    if text.strip() in _OPEN:
        return _OPEN[text.strip()]
    text = re.sub(r"(?<=\w)\s+by\s+(?=\w)", " x ", _KIND.sub("", text.strip())).translate(_RAISED)
    if deep := _THREE.fullmatch(text.strip()):
        three = tuple(_size(size, span) for size in deep.groups())
        check_entries(three, span)
        return three
    found = _SHAPE.fullmatch(text.strip()) or _TIGHT.fullmatch(text.strip())
    if found is None or any(text.count(opened) != text.count(closed) for opened, closed in ("()", "[]", "{}")):
        deep = re.fullmatch(r"[(\[]?\w+(?:\s*[x×*,]\s*\w+){2,}[)\]]?|\d+(?:x\d+){2,}", text.strip())
        several = "write ; or a new line between a declaration and an equation"
        hint = several if "=" in text else _DEEP if deep else _HINT
        raise AdgraphError(f"'{text.strip()}' is not a shape", span, hint)
    sizes = [_size(size, span) for size in found.groups() if size is not None]
    shape = shape_of(sizes[0], sizes[1] if len(sizes) > 1 else 1)
    check_entries(shape, span)
    return shape


def value_shape(value: tuple[Any, ...]) -> tuple[int, ...]:
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

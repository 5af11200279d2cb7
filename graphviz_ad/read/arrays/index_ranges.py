"""Which values an index takes, where that is less than all entries: sum_{i=1}^{n-1} (x_{i+1} - x_i)^2."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graphviz_ad.read.arrays.linear_indices import allowed, linear
from graphviz_ad.read.arrays.vocabulary import SHIFTED, Element, Vocabulary, index_parts
from graphviz_ad.read.text.tokens import Token

IndexRange = tuple[int, int]


def uses_of(letter: str, tokens: Iterable[Token], known: Vocabulary) -> Iterable[tuple[int, int | None]]:
    """Where an index is used: what is added to it, and how many entries are there if that is known."""
    for token in tokens:
        found = entry_of(token.text, known) if token.kind == "name" else None
        if found is None:
            continue
        parts, shape = index_parts(found.indices), known.shape_of(found.of)
        for axis, part in enumerate(parts):
            shift = SHIFTED.fullmatch(part)
            found_in = linear(part) if shift is None else None
            if found_in is not None and set(found_in[0]) == {letter} and len(shape) == len(parts):
                yield _as_shift(found_in[0][letter], found_in[1], shape[axis])
            if shift is not None and shift[1] == letter and shift[2] is None:
                size = shape[axis] if len(shape) == len(parts) else shape[0] if len(shape) == 2 and axis == 0 else None
                yield int(shift[3] or 0), size if isinstance(size, int) else None


def _as_shift(times: int, number: int, size: object) -> tuple[int, int | None]:
    """A shift and a size that allow the same values of an index."""
    if not isinstance(size, int):
        return 0, None
    low, high = allowed(times, number, size)
    return 1 - low, high + 1 - low


def entry_of(text: str, known: Vocabulary) -> Element | None:
    """The entry or the part that a name is, a row X_i or x_i of a matrix X among them."""
    found = known.element(text) or known.part(text)
    if found is None and (row := known.row_of(text)):
        return Element(row, re.sub(r"^.*_\{?|\}", "", text))
    return found


def range_of(
    letter: str, tokens: Sequence[Token], known: Vocabulary, first: int | None = None, last: int | str | None = None
) -> IndexRange | None:
    """The values that an index takes, where these are not all places of what has it; None where they are, or where the
    sizes are not known."""
    uses = list(uses_of(letter, tokens, known))
    if not uses or any(size is None for _, size in uses) or isinstance(last, str):
        return None
    low = max(1 - shift for shift, _ in uses)
    high = min((size or 0) - shift for shift, size in uses)
    shifted = any(shift for shift, _ in uses)
    start = first if first is not None else max(low, 1)
    end = last if last is not None else high
    if not low <= start <= end <= high:
        return None
    return (start, end) if shifted or (start, end) != (1, high) else None


def whole_range(
    letter: str, tokens: Sequence[Token], known: Vocabulary, first: int | None, last: int | str | None
) -> IndexRange | None:
    """The values that an index takes, whether these are all or not; None where that is not known."""
    sizes = [(size - shift, 1 - shift) for shift, size in uses_of(letter, tokens, known) if size is not None]
    end = last if isinstance(last, int) else min((high for high, _ in sizes), default=None)
    start = first if first is not None else max((low for _, low in sizes), default=1)
    return None if end is None or end < start else (max(start, 1) if first is None else start, end)

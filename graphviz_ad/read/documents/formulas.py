"""Formulas in a document, each with its place: what the readers of every kind of document make."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.record import Record

LATEX, PYTHON = "latex", "python"


class Excerpt(Record):
    """A formula, or a block of code, without its delimiters. `places` say where in the file its characters stand: pairs
    of a place in the text and the place in the file, each true up to the next. `section` counts the headings before it,
    and what it `follows` is the number of blank or nearly blank characters since the formula before."""

    text: str
    places: tuple[tuple[int, int], ...]
    section: int = 0
    number: int = 0
    label: str = ""
    displayed: bool = False
    language: str = LATEX
    goes_on: bool = False

    def offset(self, at: int) -> int:
        """Where in the file a place in the text is."""
        start, place = self.places[max(0, bisect_right(self.places, (at, 1 << 62)) - 1)]
        return place + at - start


class Document(Record):
    """A document: its file, the text of that, and the formulas in it, in order."""

    name: str
    text: str
    formulas: tuple[Excerpt, ...]

    def place(self, formula: Excerpt, at: int = 0) -> tuple[int, int]:
        """The line and the column, from 1 on, of a place in a formula."""
        offset = formula.offset(at)
        return self.text.count("\n", 0, offset) + 1, offset - (self.text.rfind("\n", 0, offset) + 1) + 1

    def span(self, formula: Excerpt, start: int = 0, end: int | None = None) -> Span:
        """Where in the file a part of a formula stands."""
        last = len(formula.text) if end is None else end
        first = formula.offset(start)
        return Span(first, max(first + 1, formula.offset(max(start, last - 1)) + 1))


def part(places: Sequence[tuple[int, int]], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The places of a part of a text."""
    first = max(0, bisect_right(places, (start, 1 << 62)) - 1)
    at, offset = places[first]
    found = [(0, offset + start - at)]
    found += [
        (at - start, offset) for at, offset in places[first + 1 : bisect_right(places, (end, 1 << 62))] if at < end
    ]
    return tuple(found)


def numbered(formulas: Sequence[Excerpt]) -> tuple[Excerpt, ...]:
    """The formulas with their numbers, from 1 on."""
    return tuple(formula.replace(number=number) for number, formula in enumerate(formulas, 1))

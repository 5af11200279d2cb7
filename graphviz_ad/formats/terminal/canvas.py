"""A canvas of character cells: texts that never overlap, and lines that join into the right box character."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Literal

from graphviz_ad.core.record import Record

RIGHT, LEFT, DOWN, UP = 1, 2, 4, 8
ACROSS, UPRIGHT = RIGHT | LEFT, DOWN | UP

StyledRun = tuple[str, str]  # some text and the role of what it belongs to


class Border(Record):
    """The outline of a box: corners from the left top, sides, and the sides where a line leaves it."""

    corners: str  # left top, right top, left bottom, right bottom
    level: str
    upright: str
    exit_right: str
    exit_down: str


class Pen(Record):
    """The characters of drawings: of lines by the directions in which a cell is left, heads of arrows, frames by role.

    A cell left in all four directions is where two lines cross; lines of one arrow never meet four at a time. Where all
    `corners` look the same, those of two lines must not stand side by side."""

    joints: str
    heads: Mapping[int, str]
    frames: Mapping[str, Border]
    corners: Literal["same", "different"]

    def upright(self) -> "Pen":
        """The pen of drawings from top to bottom: where a crossing has no character of its own, the trunk of a line is
        seen there, which is now level."""
        return self if self.corners == "different" else self.replace(joints=self.joints[:-1] + self.joints[ACROSS])


UNICODE = Pen(
    " ───│╭╮┬│╰╯┴│├┤┼",
    MappingProxyType({RIGHT: "▶", DOWN: "▼"}),
    MappingProxyType({
        "input": Border("┌┐└┘", "─", "│", "├", "┬"),
        "variable": Border("╭╮╰╯", "─", "│", "├", "┬"),
        "output": Border("╔╗╚╝", "═", "║", "╟", "╤"),
    }),
    "different",
)  # fmt: skip
ASCII = Pen(
    " ---|+++|+++|++|",
    MappingProxyType({RIGHT: ">", DOWN: "v"}),
    MappingProxyType({
        "input": Border("++++", "-", "|", "|", "+"),
        "variable": Border("..''", "-", "|", "|", "+"),
        "output": Border("####", "=", "#", "#", "+"),
    }),
    "same",
)  # fmt: skip


class OverlapError(AssertionError):
    """Two things in one cell: a bug of ours."""


class Canvas:
    """Cells by row and column; it grows with what is put on it."""

    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self._texts: dict[tuple[int, int], tuple[str, str]] = {}
        self._lines: dict[tuple[int, int], dict[object, int]] = {}

    def put(self, row: int, column: int, text: str, role: str) -> None:
        """A text, whose blanks are its own too. Raises OverlapError where something is already."""
        for place, cell in enumerate(cells(text), column):
            if (row, place) in self._texts or (row, place) in self._lines:
                raise OverlapError(f"{text!r} at {row}, {place}")
            self._texts[row, place] = cell, role

    def line(self, row: int, column: int, ways: int, owner: object) -> None:
        """A cell of a line, left in some directions; it joins the other cells of its owner. Raises OverlapError where a
        text is, and where a line of another owner is not crossed at a right angle."""
        found = self._lines.setdefault((row, column), {})
        found[owner] = found.get(owner, 0) | ways
        crossed = len(found) < 2 or sorted(found.values()) == [ACROSS, UPRIGHT]
        if (row, column) in self._texts or not crossed or found[owner] == ACROSS | UPRIGHT:
            raise OverlapError(f"lines at {row}, {column}")

    @property
    def width(self) -> int:
        return 1 + max((column for _, column in (*self._texts, *self._lines)), default=-1)

    def rows(self) -> Iterator[tuple[StyledRun, ...]]:
        """The rows from the top as runs of one role, without blanks at their ends."""
        drawn = {place: (self.pen.joints[sum(found.values())], "arrow") for place, found in self._lines.items()}
        drawn |= self._texts
        rows: dict[int, list[int]] = {}
        for row, column in sorted(drawn):
            rows.setdefault(row, []).append(column)
        for row in range(max(rows, default=-1) + 1):
            columns = rows.get(row, [])
            line = [drawn.get((row, column), (" ", "")) for column in range(columns[-1] + 1 if columns else 0)]
            while line and line[-1][0] == " ":
                line.pop()
            yield tuple(_runs(line))


def _runs(line: Iterable[tuple[str, str]]) -> Iterator[StyledRun]:
    for role, group in groupby(line, key=lambda cell: cell[1]):
        yield "".join(text for text, _ in group), role


def cells(text: str) -> Iterator[str]:
    """What stands in each column: a character with its accents, and nothing in the second half of a wide one."""
    clusters: list[str] = []
    for character in text:
        if unicodedata.combining(character) and clusters:
            clusters[-1] += character
        else:
            clusters.append(character)
    for cluster in clusters:
        yield cluster
        if unicodedata.east_asian_width(cluster[0]) in "WF":
            yield ""

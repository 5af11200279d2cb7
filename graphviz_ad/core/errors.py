"""What goes wrong, where, and what to do next."""

import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from graphviz_ad.core.inert import in_line

if TYPE_CHECKING:
    from typing_extensions import Self

WINDOW = 72  # columns of a source line that an error shows
MAX_WORDS = 500  # characters of a message that are shown


class Span(NamedTuple):
    """A half-open range of characters in a source text."""

    start: int
    end: int


class Origin(NamedTuple):
    """Where in a document a source begins: its file, the line and the column of its first character, from 1 on, and by
    how many characters its further lines are indented there. Or, where the source stands `elsewhere`, where in the
    document it is asked for."""

    path: str = ""
    line: int = 1
    column: int = 1
    indent: int = 0
    elsewhere: bool = False


class AdgraphError(Exception):
    """An error in the reader's input: the message, its place in the source, and a hint.

    `origin` is the file, where the source is one. `line` and `column` are its place there, or in the document that the
    source is `placed` in. The command line prints `render()` and exits with `exit_code`.
    """

    exit_code = 1

    def __init__(
        self, message: str, span: Span | None = None, hint: str = "", source: str | None = None, origin: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint
        self.source = source
        self.origin = origin
        self._document: Origin | None = None

    def placed(self, document: Origin) -> "Self":
        """The error of a source that begins there in a document."""
        self._document = document
        return self

    @property
    def line(self) -> int | None:
        """The line of its place, from 1 on, if it has one."""
        return self._place()[0]

    @property
    def column(self) -> int | None:
        """The column of its place, from 1 on, if it has one."""
        return self._place()[1]

    def _place(self) -> tuple[int, int] | tuple[None, None]:
        begins = self._document
        if begins and begins.elsewhere:
            return begins.line, begins.column
        if self.span is None or not self.source:
            return (begins.line, begins.column) if begins else (None, None)
        row, column, _ = locate(self.source, self.span.start)
        if begins is None:
            return row, column
        return begins.line + row - 1, column + (begins.indent if row > 1 else begins.column - 1)

    def __str__(self) -> str:
        return self.render()

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in the place of a traceback: the error, and the line of the reader's own code, where its
        place is not in a document already."""
        from graphviz_ad.core.callers import raised_by

        place = "" if self._document else raised_by(self.__traceback__)
        words = f"{type(self).__name__}: {self.render()}" + (f"\n\nin {in_line(place)}" if place else "")
        return words.split("\n")

    def render(self) -> str:
        """The error as the terminal shows it: place and message, the line with a caret, the hint. Names in them end no
        line and turn nothing around."""
        origin = (self._document and self._document.path) or self.origin
        place = [in_line(origin)] if origin else []
        if self.line is not None:
            place += [f"line {self.line}", f"column {self.column}"]
        lines = [": ".join(filter(None, (", ".join(place), in_line(_shortened(self.message)))))]
        if self.span is not None and self.source:
            _, column, line = locate(self.source, self.span.start)
            lines += _pointed_at(line, column - 1, self.span)
        if self.hint:
            lines.append(f"hint: {in_line(_shortened(self.hint))}")
        return "\n".join(lines)


def locate(source: str, offset: int) -> tuple[int, int, str]:
    """The line number and column (both from 1) of an offset, and the text of that line."""
    offset = min(offset, len(source))
    before = source[:offset]
    start = before.rfind("\n") + 1
    end = source.find("\n", offset)
    return before.count("\n") + 1, offset - start + 1, source[start : len(source) if end < 0 else end]


def _shortened(words: str) -> str:
    """A message or a hint without its middle, if it is very long: names may be."""
    half = MAX_WORDS // 2
    return words if len(words) <= MAX_WORDS else f"{words[:half]} … {words[-half:]}"


def _pointed_at(line: str, column: int, span: Span) -> tuple[str, str]:
    """The part of the line around the column, and the carets under it."""
    line = "".join(map(_shown, line))
    first = column - _fitting(line[:column][::-1], WINDOW // 2)
    last = first + _fitting(line[first:], WINDOW)
    head, tail = "…" if first else "", "…" if last < len(line) else ""
    pad, marked = (
        _columns(head + line[first:column]),
        _columns(line[column : min(last, column + span.end - span.start)]),
    )
    if not marked and pad:  # a mark alone: the caret is under the character that bears it
        pad -= 1
    return f"  {head}{line[first:last]}{tail}", "  " + " " * pad + "^" * max(1, marked)


def _shown(character: str) -> str:
    """One character for each, so that the carets stand where they should: a blank for a tab, � for what is no text."""
    return " " if character.isspace() else character if in_line(character) == character else "�"


def _fitting(text: str, room: int) -> int:
    """How many of the first characters fit into so many columns; a mark takes one too, so that none go on for ever."""
    taken = list(accumulate(max(1, _columns(c)) for c in text[: room + 1]))
    return sum(end <= room for end in taken)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(0 if _is_mark(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _is_mark(character: str) -> bool:
    """Whether a character stands on the one before it."""
    return unicodedata.category(character) in ("Mn", "Me")


def count_of(what: str, count: int) -> str:
    """So many of something: 1 point, 2 points."""
    return f"{count} {what}{'s' * (count != 1)}"


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A hint that names the nearest known name, or nothing; SIN is near to sin."""
    from difflib import get_close_matches

    spelled = {other.lower(): other for other in reversed(known)}
    close = get_close_matches(name, known, n=1, cutoff=0.6)
    loose = get_close_matches(name.lower(), spelled, n=1, cutoff=0.6)
    same = spelled.get(name.lower())
    turned = next((other for other in known if sorted(other) == sorted(name)), "")  # coht for coth
    near = same or turned or (close[0] if close else spelled[loose[0]] if loose else "")
    return f"did you mean '{near}'?" if near else ""

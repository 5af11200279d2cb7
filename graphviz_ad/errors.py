"""What goes wrong, where, and what to do next."""

import unicodedata
from typing import NamedTuple

from graphviz_ad.inert import in_line

WINDOW = 72  # columns of a source line that an error shows


class Span(NamedTuple):
    """A half-open range of characters in a source text."""

    start: int
    end: int


class AdgraphError(Exception):
    """An error in the reader's input: the message, its place in the source, and a hint.

    `origin` is the file, where the source is one. The command line prints `render()` and exits with `exit_code`.
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

    def __str__(self) -> str:
        return self.render()

    def render(self) -> str:
        """The error as the terminal shows it: place and message, the line with a caret, the hint. Names in them end no
        line and turn nothing around."""
        place = [in_line(self.origin)] if self.origin else []
        message = in_line(self.message)
        lines = [": ".join([*place, message])]
        if self.span is not None and self.source is not None:
            row, column, line = locate(self.source, self.span.start)
            place = [*place, f"line {row}", f"column {column}"]
            lines = [f"{', '.join(place)}: {message}", *_pointed_at(line, column - 1, self.span)]
        if self.hint:
            lines.append(f"hint: {in_line(self.hint)}")
        return "\n".join(lines)


def locate(source: str, offset: int) -> tuple[int, int, str]:
    """The line number and column (both from 1) of an offset, and the text of that line."""
    offset = min(offset, len(source))
    before = source[:offset]
    start = before.rfind("\n") + 1
    end = source.find("\n", offset)
    return before.count("\n") + 1, offset - start + 1, source[start : len(source) if end < 0 else end]


def _pointed_at(line: str, column: int, span: Span) -> tuple[str, str]:
    """The part of the line around the column, and the carets under it."""
    first = max(0, column - WINDOW // 2)
    shown = line[first : first + WINDOW]
    head = "…" if first else ""
    tail = "…" if first + WINDOW < len(line) else ""
    pad = _columns(head + _printable(shown[: column - first]))
    marked = _columns(_printable(shown[column - first : column - first + max(1, span.end - span.start)]))
    return f"  {head}{_printable(shown)}{tail}", "  " + " " * pad + "^" * max(1, marked)


def _printable(text: str) -> str:
    return in_line("".join(" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in text))


def _columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def did_you_mean(name: str, known: list[str]) -> str:
    """A hint that names the nearest known name, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""

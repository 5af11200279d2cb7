"""Standard output and standard error: every line is inert, in the characters of the encoding, and a failure is said.

`guarded` puts a guard before both, which whatever prints has to pass: click, rich, `print`, a library. Only what we
make ourselves goes around it: colours and pictures (`terminal`), and the bytes of a format (`print_data`).
"""

import codecs
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EBADF, EPIPE
from io import TextIOBase, TextIOWrapper
from typing import Any, TextIO

from graphviz_ad.core.inert import in_line, inert

_SPELLED = "adgraph.spelled"  # the name of what an encoding does with characters that it lacks
_SIGPIPE = 13  # a number that every system has, though not every one the signal


class UnwritableError(Exception):
    """Standard output took no more. It is no OSError, which others would take for one of a file."""

    def __init__(self, error: OSError) -> None:
        super().__init__(error.strerror)
        self.quiet = error.errno == EPIPE  # whoever reads has seen enough
        self.exit_code = 128 + _SIGPIPE if self.quiet else 1
        self.said = f"cannot write to standard output: {error.strerror}"


class _Closed(TextIOBase):
    """A stream that was closed before the program began."""

    encoding = "utf-8"
    errors = "strict"

    def write(self, text: str, /) -> int:
        raise OSError(EBADF, "it is closed")


class _Guard:
    """A stream on which every line is `shown` inert. A failure is raised where it `matters`, else passed over."""

    def __init__(self, stream: TextIO | None, matters: bool, shown: Callable[[str], str] = inert) -> None:
        self.under: Any = _Closed() if stream is None else stream
        self.matters = matters
        self.shown = shown

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"this is a stream of text, not of {type(text).__name__}")  # as click finds out, too
        if text:
            self._tried(self.under.write, self.shown(text))
        return len(text)

    def writelines(self, lines: Any) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        self._tried(self.under.flush)

    def data(self, content: bytes) -> None:
        """Bytes as they are."""
        self.flush()
        if hasattr(self.under, "buffer"):
            self._tried(self.under.buffer.write, content)
            self._tried(self.under.buffer.flush)
        else:
            self._tried(self.under.write, content.decode("utf-8", "replace"))

    def __getattr__(self, name: str) -> Any:
        if name == "buffer" and codecs.lookup(self.under.encoding or "utf-8").name == "ascii":
            raise AttributeError(name)  # click takes ASCII for a mistake, and would write UTF-8 past the guard
        return getattr(self.under, name)

    def _tried(self, write: Any, *what: Any) -> None:
        try:
            write(*what)
        except OSError as error:
            self._let_go()
            if self.matters:
                raise UnwritableError(error) from None

    def _let_go(self) -> None:
        """What was not written yet goes nowhere; Python would try again at its end."""
        try:
            number = self.under.fileno()
        except (OSError, ValueError):
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


@contextmanager
def guarded() -> Iterator[None]:
    """Both streams behind their guards."""
    _occupy()
    codecs.register_error(_SPELLED, _spell)
    before = sys.stdout, sys.stderr
    wrappers = [(stream, stream.errors) for stream in before if isinstance(stream, TextIOWrapper)]
    for stream, _ in wrappers:
        stream.reconfigure(errors=_SPELLED)
    sys.stdout, sys.stderr = _Guard(before[0], True), _Guard(before[1], False)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for stream, errors in wrappers:
            stream.reconfigure(errors=errors)


def terminal() -> Any:
    """Standard output for colours and pictures, whose texts are inert already."""
    return _Guard(getattr(sys.stdout, "under", sys.stdout), True, shown=str)


def message_terminal() -> Any:
    """Standard error for what moves there, such as a bar of progress."""
    return _Guard(getattr(sys.stderr, "under", sys.stderr), False, shown=str)


def say_note(note: str) -> None:
    """A note on standard error, in one line whatever names are in it."""
    print(f"adgraph: note: {in_line(note)}", file=sys.stderr)


def print_data(content: str | bytes) -> None:
    """A file of some format on standard output, in the bytes that it has as a file."""
    stream: Any = sys.stdout
    stream.data(content.encode() if isinstance(content, str) else content)


def can_print(text: str) -> bool:
    """Whether standard output has the characters of a text."""
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _occupy() -> None:
    """Numbers of streams that are closed are taken, or the next file that is opened would be standard output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _spell(error: UnicodeError) -> tuple[str, int]:
    """Characters that an encoding lacks, spelled out: >= and alpha."""
    from graphviz_ad.notation.ascii import spelled

    assert isinstance(error, UnicodeEncodeError)
    return spelled(error.object[error.start : error.end]), error.end

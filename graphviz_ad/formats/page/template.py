"""The template of a page: ours, or a reader's own, in a sandbox that reads no files, with limits of time and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any

from graphviz_ad.core.errors import AdgraphError

SECONDS = 10.0
MEGABYTES = 300  # beside what was there before
CHARACTERS = 50_000_000  # of the page
BITS = 10_000  # of a power; more of them take time that nobody can stop


class _SpentError(Exception):
    """A template has taken all that it is given."""


def filled(text: str, content: Mapping[str, Any], own: bool) -> str:
    """The text of a template, filled in; one of a reader's `own` within limits. Raises AdgraphError where it fails."""
    try:
        if not own:
            return str(_environment().from_string(text).render(content))
        with _limited():
            return "".join(_counted(_environment().from_string(text).generate(content)))
    except MemoryError:
        raise _failed(_SpentError(f"it takes more than {MEGABYTES} MB"), None) from None
    except Exception as error:  # a template may do whatever it likes
        raise _failed(error, _line(error)) from error


def _environment() -> Any:
    """What can neither read files nor reach into Python."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Environment(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            _check_size(operator, left, right)
            return super().call_binop(context, operator, left, right)

    return Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )


def _check_size(operator: str, left: Any, right: Any) -> None:
    """Refuse what would be huge before it is made."""
    if operator == "**" and isinstance(left, int) and isinstance(right, int):
        if left.bit_length() * max(right, 0) > BITS:
            raise _SpentError("a power of more digits than a page shows")
        return
    for many, times in ((left, right), (right, left)):
        if isinstance(times, int) and isinstance(many, (str, list, tuple)) and len(many) * times > CHARACTERS:
            raise _SpentError(f"a text or list of more than {CHARACTERS:,} parts")


def _counted(parts: Iterator[str]) -> Iterator[str]:
    total = 0
    for part in parts:
        total += len(part)
        if total > CHARACTERS:
            raise _SpentError(f"the page has more than {CHARACTERS:,} characters")
        yield part


# ---- limits


@contextmanager
def _limited() -> Iterator[None]:
    with _memory(), _time():
        yield


@contextmanager
def _time() -> Iterator[None]:
    """Stops Python code, line by line, when its time is over; in any thread, and without a signal."""
    end = time.monotonic() + SECONDS
    before = sys.gettrace()

    def watch(frame: FrameType, event: str, value: object) -> Callable[..., Any]:
        if time.monotonic() > end:
            raise _SpentError(f"it takes more than {SECONDS:g} s")
        return watch

    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


@contextmanager
def _memory() -> Iterator[None]:
    """Lets the process grow by so much, on systems that can tell how large it is."""
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:
            now = int(file.read().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        allowed = [limit for limit in (now + MEGABYTES * 1_000_000, *before) if limit != resource.RLIM_INFINITY]
        resource.setrlimit(resource.RLIMIT_AS, (min(allowed), before[1]))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


# ---- errors


def _line(error: Exception) -> int | None:
    """The line of the template that failed."""
    line: int | None = getattr(error, "lineno", None)
    frame = error.__traceback__
    while frame is not None:
        line = frame.tb_lineno if frame.tb_frame.f_code.co_filename == "<template>" else line
        frame = frame.tb_next
    return line


def _failed(error: Exception, line: int | None) -> AdgraphError:
    place = f", line {line}" if line else ""
    if isinstance(error, _SpentError):
        return AdgraphError(f"the template{place} is stopped: {error}")
    deep = isinstance(error, (RecursionError, SyntaxError)) and not hasattr(error, "message")
    return AdgraphError(
        f"the template{'' if deep else place}: {'it is nested too deeply' if deep else error}",
        hint="it is given title, equations, heading, figures, chains, notes, inputs, outputs, wrt, symbol, theme, "
        "data, style, pieces, script, policy, definitions, silent, fixed, arrays and example",
    )

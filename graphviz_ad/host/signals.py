"""Signals that end the program: they let what is under way tidy up, and what must not be cut in two is not."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Ended(BaseException):
    """A signal has come. What catches exceptions of others, as of a reader's function, lets this one pass."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number  # as shells count
        self.said = "interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}"


@contextmanager
def raised() -> Iterator[None]:
    """In the block, the first signal raises Ended; a second one ends the program at once."""

    def end(number: int, frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise Ended(number)

    with _handled(end):
        yield


@contextmanager
def held() -> Iterator[None]:
    """A signal that comes in the block takes effect behind it."""
    came: list[int] = []
    try:
        with _handled(lambda number, frame: came.append(number)):
            yield
    finally:
        if came:
            signal.raise_signal(came[0])


@contextmanager
def _handled(handler: "signal._HANDLER") -> Iterator[None]:
    """Signals go to the handler, but for those that are ignored; in other threads than the first there are none."""
    known = {number: signal.getsignal(number) for number in _ENDING}
    before = {}
    try:
        for number, old in known.items():
            if old not in (signal.SIG_IGN, None):
                try:
                    signal.signal(number, handler)
                except ValueError:  # this is another thread
                    break
                before[number] = old
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)

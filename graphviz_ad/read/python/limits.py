"""What the reader's code may take: it is stopped where it takes more."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import MAX_SECONDS
from graphviz_ad.read.python.location import here, is_readers

AGAIN = 0.05  # seconds after which code is stopped again that goes on regardless
T = TypeVar("T")


class Stopped(BaseException):
    """The reader's code is not to go on. No `except Exception` of the reader's catches it; `error` says why."""

    def __init__(self, error: AdgraphError) -> None:
        super().__init__(error.message)
        self.error = error


def too_many(operations: int) -> Stopped:
    """More operations than the reader's code may take, at its line that is being run."""
    hint = f"does the loop end? If it does, allow more: --max-operations {2 * operations}"
    return Stopped(here(f"the function takes more than {operations:,} operations", hint))


def limited(work: Callable[[], T], seconds: float, what: str) -> T:
    """What the work gives. Raises AdgraphError, at the line of the reader's that is being run, after so many seconds.

    A signal stops it, so only Python's main thread can be stopped, between two steps of Python, and not under Windows.
    """
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    base, tracing = sys._getframe(), sys.gettrace()
    stops: list[Stopped] = []  # none, or one

    def stop(number: int, frame: FrameType | None) -> None:
        if frame is base:  # the work is over
            return
        if not stops:
            hint = f"does the loop end? If it does, allow more: --max-seconds {min(2 * seconds, MAX_SECONDS):g}"
            stops.append(Stopped(here(f"{what} takes more than {seconds:g} seconds", hint)))
        while frame is not None and frame is not base:
            if is_readers(frame):
                frame.f_trace = stop_again
            frame = frame.f_back
        sys.settrace(stop_again)
        raise stops[0]

    def stop_again(frame: FrameType, event: str, argument: Any) -> Any:
        """Where an `except:` has caught it: at the line in there, which the same does not catch."""
        if event == "line":
            raise stops[0]
        return stop_again

    if timed:
        before = signal.signal(signal.SIGALRM, stop)
        timer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        result = work()
    except Stopped as stopped:
        raise stopped.error from None
    except BaseException:
        if stops:  # it was caught, and became an error of the reader's own
            raise stops[0].error from None
        raise
    finally:
        if timed:
            sys.settrace(tracing)
            signal.setitimer(signal.ITIMER_REAL, *timer)
            signal.signal(signal.SIGALRM, before)
    if stops:  # it was caught, and the work went on to its end
        raise stops[0].error
    return result

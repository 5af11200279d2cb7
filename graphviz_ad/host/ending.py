"""The end of the process: when all is written it is over, and Python does not take itself apart first."""

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_READERS_OWN = "graphviz_ad.read.python.running"  # is imported where a reader's own code is run


@contextmanager
def ended_at_once() -> Iterator[None]:
    """The exit that the block raises is the process's last act: what others left to be done at its end is done before.
    Where that cannot be promised, the process ends as any other."""
    status: list[int] = []
    if not atexit._ncallbacks():  # those that are there already would be called after ours
        atexit.register(_end, status)
    try:
        yield
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            status.append(end.code or 0)
        raise


def _end(status: list[int]) -> None:
    if not status:
        return
    if _READERS_OWN in sys.modules:  # which may have left something in libraries written in C
        gc.freeze()  # all modules end as ever, but no circles of references are looked for in what we have made
        return
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):  # a stream that is closed
        return
    os._exit(status[0])

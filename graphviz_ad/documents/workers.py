"""The same done to many things, in as many processes as there are cores.

The processes are ours from the start and no copies of this one, whose threads (Typst has some) a copy would wait for;
`multiprocessing` would run the program that called us once more in each.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.host.signals import Ended, raised

A = TypeVar("A")
B = TypeVar("B")

FEW = 24  # are done sooner here than another process has started
BATCH = 8  # things that a process is given at a time

_GARBAGE = 20_000  # objects after which it is looked for
_SAFELY = ("-P",) if sys.version_info >= (3, 11) else ()  # the folder is not on the path, where 3.13 looks before `-c`
_SERVE = "import sys; sys.path[:] = sys.argv[1:]; from graphviz_ad.documents.workers import serve; serve()"


def each(do: Callable[[A], B], things: Sequence[A], done: Callable[[int], object]) -> list[B]:
    """What is made of each thing, in their order; `done` is told how many more there are each time. What is done has to
    be in a module, since it is sent to the other processes."""
    count = min(_cores(), len(things) // (FEW // 2))
    if len(things) < FEW or count < 2:
        return [*_told(map(do, things), done)]
    from concurrent.futures import ThreadPoolExecutor, as_completed

    batches = [things[at : at + BATCH] for at in range(0, len(things), BATCH)]
    workers = [_started() for _ in range(count)]
    free = [*workers]

    def made(batch: Sequence[A]) -> list[B]:
        worker = free.pop()  # there is one for each thread
        try:
            answer: list[B] = _asked(worker, (do, batch))
            return answer
        finally:
            free.append(worker)

    try:
        with ThreadPoolExecutor(count) as pool:
            futures = [pool.submit(made, batch) for batch in batches]
            try:
                for future in as_completed(futures):
                    done(len(future.result()))
            except BaseException:
                for worker in workers:
                    worker.terminate()
                pool.shutdown(cancel_futures=True)
                raise
    finally:
        for worker in workers:
            worker.communicate()
    return [one for future in futures for one in future.result()]


def serve() -> None:
    """Do what is asked on standard input, until that ends or a signal says so, which leaves nothing half done. Ctrl-C
    goes to all processes; the first one says what is to be done."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_GARBAGE)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a reader's function prints is no answer
    with suppress(Ended, EOFError), raised():
        while True:
            do, things = pickle.load(sys.stdin.buffer)
            pickle.dump([do(thing) for thing in things], answers)
            answers.flush()


# ---- helpers


def _told(things: Iterator[B], done: Callable[[int], object]) -> Iterator[B]:
    for thing in things:
        yield thing
        done(1)


def _started() -> subprocess.Popen[bytes]:
    words = [sys.executable, *_SAFELY, "-c", _SERVE, *sys.path]
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _asked(worker: subprocess.Popen[bytes], what: Any) -> Any:
    """What a process answers. Raises AdgraphError for one that has ended."""
    assert worker.stdin is not None, "it was started with pipes"
    assert worker.stdout is not None, "it was started with pipes"
    try:
        pickle.dump(what, worker.stdin)
        worker.stdin.flush()
        return pickle.load(worker.stdout)
    except (EOFError, OSError, pickle.UnpicklingError) as error:
        raise AdgraphError("a process that makes figures has ended", hint="try again; is there memory left?") from error


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

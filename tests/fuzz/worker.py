"""One process of a fuzzer: it makes inputs, checks them, and measures what each took."""

from __future__ import annotations

import os
import resource
import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from graphviz_ad.core.errors import AdgraphError
from tests.fuzz.families import Family, load

SPACE = 4 << 30  # bytes that a process may ask for beyond what it has at its start: it fails, and not the machine
SHOWN = 4000  # characters of an input that are kept


class Limits(NamedTuple):
    """What one input may take: seconds of computing for each of its commands (waiting for the processor is none),
    megabytes."""

    seconds: float = 2
    megabytes: float = 500


class Outcome(NamedTuple):
    """What became of an input: a result, an error (there was one), or a failure: its kind, its text and the input."""

    seed: int
    word: str
    seconds: float = 0
    megabytes: float = 0
    kind: str = ""
    detail: str = ""
    given: str = ""


def serve(connection: Connection, name: str, seeds: Iterable[int], limits: Limits) -> None:
    """Say that the family is there, then send the outcome of each seed, in order."""
    sys.stdin = open(os.devnull)  # noqa: SIM115  # for as long as the process lives
    family = load(name)
    connection.send(None)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + SPACE, resource.RLIM_INFINITY))
    for seed in seeds:
        connection.send(outcome(family, seed, limits))


def outcome(family: Family, seed: int, limits: Limits) -> Outcome:
    """What becomes of the input of a seed."""
    given = family.make(Random(seed))
    _measure_anew()
    here, start = resident(), computing()
    failed, trace = None, ""
    with _errors() as made:
        try:
            family.check(given)
        except (Exception, SystemExit) as error:
            failed, trace = error, "".join(traceback.format_exception(error))
    seconds = computing() - start
    megabytes = largest() - here
    if failed is not None:
        kind = f"{type(failed).__name__} at {_place(failed)}"
        return Outcome(seed, "failure", seconds, megabytes, kind, trace, inert(given))
    most = limits.seconds * len(getattr(given, "commands", " "))
    for took, limit, unit in ((seconds, most, "s"), (megabytes, limits.megabytes, "MB")):
        if took > limit:
            said = f"it took {took:.1f} {unit}"
            return Outcome(seed, "failure", seconds, megabytes, f"more than {limit:g} {unit}", said, inert(given))
    return Outcome(seed, "error" if made else "result", seconds, megabytes)


@contextmanager
def _errors() -> Iterator[list[str]]:
    """The messages of the AdgraphErrors that are made meanwhile."""
    made: list[str] = []
    usual = AdgraphError.__init__

    def noted(error: AdgraphError, message: str, *words: Any, **named: Any) -> None:
        made.append(message)
        usual(error, message, *words, **named)

    AdgraphError.__init__ = noted
    try:
        yield made
    finally:
        AdgraphError.__init__ = usual


def inert(given: object) -> str:
    """An input as text that no terminal acts on."""
    text = ascii(given)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} … ({len(text):,} characters)"


def computing() -> float:
    """Seconds that the process and its children have computed."""
    return sum(os.times()[:4])


def resident() -> float:
    """Megabytes in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def largest() -> float:
    """The most megabytes that have been in memory since it was measured anew. (What `getrusage` says begins with those
    of the process that started this one.)"""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 2**10


def _measure_anew() -> None:
    """From now on `largest` is of what comes; where a kernel cannot do that, it is since the start."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def _place(error: BaseException) -> str:
    """Where an error comes from: the last line of adgraph's own, else of the check."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"{os.sep}graphviz_ad{os.sep}" in frame.filename] or frames[-1:]
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"

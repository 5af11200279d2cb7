"""A family whose inputs fail in every way there is, so that the fuzzer can be seen to notice."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from random import Random

from graphviz_ad.core.errors import AdgraphError


def _fails() -> None:
    raise ZeroDivisionError("\x1b[31mred")


def _errs() -> None:
    try:
        raise AdgraphError("what is said to the reader")
    except AdgraphError:
        pass


def _fills() -> None:
    bytearray(600 << 20)


def _hangs() -> None:
    time.sleep(3600)


def _dies() -> None:
    os._exit(3)


def _computes() -> None:
    start = time.process_time()
    while time.process_time() < start + 1.2:
        pass


FAULTS: tuple[Callable[[], None], ...] = (lambda: None, _fails, _errs, _fills, _hangs, _dies, _computes, lambda: None)


def case(rng: Random) -> int:
    """Each fault at one of the first seeds."""
    first = rng.random()
    return next(k for k in range(len(FAULTS)) if Random(k).random() == first)


def check(fault: int) -> None:
    FAULTS[fault]()

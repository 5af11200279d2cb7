"""Run families of random inputs in processes of their own, with limits of time and memory for each input.

    python -m tests.fuzz.run --seconds 120 --seed 20260101   all families, for two minutes together
    python -m tests.fuzz.run text latex --seconds 3600       two of them, for an hour
    python -m tests.fuzz.run text --seed 4711 --count 1      one input again: that of seed 4711

Inputs have the seeds SEED, SEED + 1, … Exit status 1 if any fails.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat
from multiprocessing import get_context
from random import Random
from typing import NamedTuple

from tests.fuzz.families import FAMILIES, load
from tests.fuzz.worker import Limits, Outcome, inert, serve

START = 120.0  # seconds that a process may take until it is there


class Tally:
    """What became of the inputs of a family; of failures of a kind the shortest is kept."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.failures: dict[str, Outcome] = {}
        self.seconds = self.megabytes = 0.0

    def add(self, found: Outcome) -> None:
        self.words[found.word] += 1
        self.seconds, self.megabytes = max(self.seconds, found.seconds), max(self.megabytes, found.megabytes)
        if found.kind:
            self.kinds[found.kind] += 1
            before = self.failures.get(found.kind)
            if before is None or len(found.given) < len(before.given):
                self.failures[found.kind] = found


class Plan(NamedTuple):
    """What is run: for so many seconds, or as many inputs, of each family."""

    families: Sequence[str]
    seed: int = 1
    seconds: float = float("inf")
    inputs: int | None = None
    jobs: int = 1
    limits: Limits = Limits()
    patience: float = 120  # seconds without an answer, after which a process is ended; machines may be crowded


def run(plan: Plan) -> dict[str, Tally]:
    """What becomes of the inputs of each family."""
    tallies = {name: Tally() for name in plan.families}

    def job(number: int) -> None:
        last = sys.maxsize if plan.inputs is None else plan.seed + plan.inputs
        for name, tally in tallies.items():
            _supervise(name, range(plan.seed + number, last, plan.jobs), plan, tally)

    with ThreadPoolExecutor(plan.jobs) as pool:
        list(pool.map(job, range(plan.jobs)))
    return tallies


def _supervise(name: str, seeds: range, plan: Plan, tally: Tally) -> None:
    """Have the seeds of a family checked, by another process where one hangs or dies."""
    until = time.monotonic() + plan.seconds
    while seeds and time.monotonic() < until:
        done = 0
        for found in _answers(name, seeds, plan, until):
            tally.add(found)
            done += 1
        seeds = seeds[done:]
        if seeds and time.monotonic() < until:
            kind = "no answer: it hangs, or its process died"
            given = inert(load(name).make(Random(seeds[0])))
            tally.add(Outcome(seeds[0], "failure", kind=kind, detail=kind, given=given))
            seeds = seeds[1:]


def _answers(name: str, seeds: range, plan: Plan, until: float) -> Iterable[Outcome]:
    """The outcomes of a process, as they come; they end early where it hangs or dies, or the time is over."""
    context = get_context("spawn")  # not a copy of this process, which has threads
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=serve, args=(there, name, seeds, plan.limits), daemon=True)
    process.start()
    there.close()
    try:
        for patience in chain([START], repeat(plan.patience, len(seeds))):
            if not here.poll(max(0, min(patience, until - time.monotonic()))):
                return
            if (found := here.recv()) is not None:
                yield found
    except EOFError:
        return
    finally:
        process.kill()
        process.join()
        here.close()


def report(name: str, tally: Tally) -> str:
    """A line of counts, and each kind of failure with its shortest input."""
    words = tally.words
    lines = [f"{name:10} {words.total():9,} inputs: {words['result']:,} results, {words['error']:,} errors, "
             f"{words['failure']:,} failures; at most {tally.seconds:.2f} s, {tally.megabytes:.0f} MB"]  # fmt: skip
    for kind, found in tally.failures.items():
        detail = found.detail.rstrip().replace("\n", "\n    ")
        inert = "".join(c if c == "\n" or c.isprintable() else c.encode("unicode_escape").decode() for c in detail)
        lines += [f"  {kind} ({tally.kinds[kind]:,} times)", f"    {inert}", f"    input: {found.given}",
                  f"    again: python -m tests.fuzz.run {name} --seed {found.seed} --count 1"]  # fmt: skip
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("families", nargs="*", metavar="FAMILY", help=f"of {', '.join(FAMILIES)}; all by default")
    parser.add_argument("--seconds", type=float, default=60, help="for all families together (60)")
    parser.add_argument("--count", type=int, help="inputs of each family, however long they take")
    parser.add_argument("--seed", type=int, default=1, help="that of the first input (1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (2)")
    given = parser.parse_args(words)
    for name in given.families:
        if name not in FAMILIES:
            parser.error(f"there is no family {name!r}; there are {', '.join(FAMILIES)}")
    names = given.families or list(FAMILIES)
    seconds = float("inf") if given.count is not None else given.seconds / len(names)
    tallies = run(Plan(names, given.seed, seconds, given.count, given.jobs))
    for name, tally in tallies.items():
        print(report(name, tally))
    return int(any(tally.failures for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())

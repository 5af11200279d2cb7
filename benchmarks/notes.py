"""How long `adgraph notes` takes over a thousand different small figures, then over the same again, the median of 11:
seconds of wall and processor, and the memory of its processes.

    python -m benchmarks.notes [--figures 1000]
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

TIMES = 11  # that what is unchanged is looked at
VIEWS = ("forward", "forward-simplified", "backward-simplified", "chain")
SHAPES = ("y = sin({a}*x + {b})", "y = x^{a} + {b}; z = y^2", "y = exp(-{a}*x)*w; z = y + {b}", "y = log(x + {a})/{b}")


def figures(many: int) -> Iterator[str]:
    """So many different fences, each of one view."""
    for number in range(many):
        view = VIEWS[number % len(VIEWS)]
        shape = SHAPES[number // len(VIEWS) % len(SHAPES)]
        yield f"## {number}\n\n```adgraph view={view}\n{shape.format(a=number + 2, b=number % 7 + 2)}\n```\n"


class Run(NamedTuple):
    seconds: float
    processor: float  # seconds of all its processes
    megabytes: float  # of the largest process
    said: str


def measured(document: Path) -> Run:
    start, before = time.perf_counter(), _processor()
    command = [sys.executable, "-m", "graphviz_ad", "notes", document.name]
    run = subprocess.run(command, cwd=document.parent, check=True, capture_output=True, text=True)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Run(time.perf_counter() - start, _processor() - before, megabytes, run.stdout.strip())


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--figures", type=int, default=1000)
    many = parser.parse_args().figures
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder, "lecture.md")
        for count in (many // 10, many):
            document.write_text("\n".join(figures(count)), "utf-8")
            for file in Path(folder, "figures").glob("*"):
                file.unlink()
            run = measured(document)
            print(
                f"{count} figures: {run.seconds:.1f} s, processor {run.processor:.1f} s, {run.megabytes:.0f} MB; "
                f"load {os.getloadavg()[0]:.1f}; {run.said}"
            )
        runs = [measured(document) for _ in range(TIMES)]
        wall, processor = median(run.seconds for run in runs), median(run.processor for run in runs)
        print(f"again: {wall:.2f} s, processor {processor:.2f} s; load {os.getloadavg()[0]:.1f}; {runs[-1].said}")


if __name__ == "__main__":
    main()

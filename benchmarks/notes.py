"""How long `adgraph notes` takes over a thousand different small figures, then over the same again: seconds, and the
memory of its processes.

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

VIEWS = ("forward", "forward-simplified", "backward-simplified", "chain")
SHAPES = ("y = sin({a}*x + {b})", "y = x^{a} + {b}; z = y^2", "y = exp(-{a}*x)*w; z = y + {b}", "y = log(x + {a})/{b}")


def figures(many: int) -> Iterator[str]:
    """So many different fences, each of one view."""
    for number in range(many):
        view = VIEWS[number % len(VIEWS)]
        shape = SHAPES[number // len(VIEWS) % len(SHAPES)]
        yield f"## {number}\n\n```adgraph view={view}\n{shape.format(a=number + 2, b=number % 7 + 2)}\n```\n"


def measured(document: Path) -> tuple[float, float, str]:
    """The seconds and the largest process's megabytes of a run, and what it says."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "graphviz_ad", "notes", document.name]
    run = subprocess.run(command, cwd=document.parent, check=True, capture_output=True, text=True)
    return (
        time.perf_counter() - start,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        run.stdout.strip(),
    )


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
            seconds, megabytes, said = measured(document)
            print(f"{count} figures: {seconds:.1f} s, {megabytes:.0f} MB; load {os.getloadavg()[0]:.1f}; {said}")
        seconds, _, said = measured(document)
        print(f"again: {seconds:.2f} s; {said}")


if __name__ == "__main__":
    main()

"""How long a command takes from nothing, a new process each time: `python benchmarks/start.py [RUNS [COMMAND ...]]`.

Each run of a command is paired with a start of Python that imports the libraries, right after it; the ratios are of
these pairs, and the commands take turns. Wall time is what a reader waits for; processor time is steadier where other
programs run beside. "empty cache" is a first run ever, with nothing remembered; "draw" is any later run; "--no-cache"
remembers nothing. `--beside "python -c 'import click, pygraphviz, typst'"` pairs the commands with that instead: with
the libraries of the time when layouts were not our own.
"""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import NamedTuple

EXAMPLE = "y=sin(a*x+b); z=y**2"
LIBRARIES = (sys.executable, "-c", "import click, typst")
COMMANDS = {
    "draw": ("draw", EXAMPLE, "-o", "z.svg"),
    "draw, empty cache": ("draw", EXAMPLE, "-o", "z.svg"),
    "draw --no-cache": ("draw", EXAMPLE, "-o", "z.svg", "--no-cache"),
    "show": ("show", EXAMPLE),
    "derive": ("derive", EXAMPLE),
    "eval": ("eval", EXAMPLE, "--at", "a=1,x=2,b=3"),
    "check": ("check", EXAMPLE, "--at", "a=1,x=2,b=3"),
    "an error": ("draw", "y = sine(x)", "-o", "z.svg"),
    "--version": ("--version",),
    "--help": ("--help",),
    "draw --help": ("draw", "--help"),
}
LIMITS = {"draw": 1.5}  # of the ratio of processor time, as it is wanted


class Spent(NamedTuple):
    """Seconds of one process."""

    wall: float
    processor: float


def spent(words: Sequence[str], folder: str, environment: Mapping[str, str]) -> Spent:
    """What a process takes."""
    started = time.perf_counter()
    process = subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = 0  # it has been waited for
    return Spent(wall, used.ru_utime + used.ru_stime)


def start(runs: int, wanted: Sequence[str] = (), beside: Sequence[str] = LIBRARIES) -> None:
    """Print the median of the ratios of each command, or of those that are wanted."""
    script = str(Path(sysconfig.get_path("scripts")) / "adgraph")
    pairs: dict[str, list[tuple[Spent, Spent]]] = {name: [] for name in wanted or COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "LOCALAPPDATA": str(cache)}
        for unwanted in ("PYTHONDONTWRITEBYTECODE", "ADGRAPH_NO_CACHE"):
            environment.pop(unwanted, None)
        for turn in range(-1, runs):  # the first turn compiles and reads the disk
            for name, measured in pairs.items():
                if name.endswith("empty cache"):
                    rmtree(cache, ignore_errors=True)
                ours = spent((script, *COMMANDS[name]), folder, environment)
                theirs = spent(beside, folder, environment)
                measured += [(ours, theirs)] if turn >= 0 else []
    print(f"a new process / {beside[-1]!r}: wall, processor (ms of ours and of theirs, wall)")
    for name, measured in pairs.items():
        wall, processor = (median(a[k] / b[k] for a, b in measured) for k in (0, 1))
        us, them = (1000 * median(pair[k].wall for pair in measured) for k in (0, 1))
        limit = f"  at most {LIMITS[name]} is wanted" if name in LIMITS else ""
        print(f"adgraph {name:<20} {wall:5.2f} {processor:5.2f}  ({us:.0f} against {them:.0f}){limit}")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("runs", nargs="?", type=int, default=31)
    asked.add_argument("commands", nargs="*", choices=[*COMMANDS, []])
    asked.add_argument("--beside", type=shlex.split, default=LIBRARIES)
    words = asked.parse_args()
    start(words.runs, words.commands, words.beside)

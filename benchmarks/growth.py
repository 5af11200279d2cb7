"""How time, memory and output grow with the input: `python benchmarks/growth.py [NAME...]`.

A row of the table is a family of inputs by a size n, a command for it, the sizes, and the exponents that are allowed:
of the time, and of the bytes that come out, where both grow as n^exponent. Times depend on the machine, exponents
hardly; so these are what fails. Each size is measured in a process of its own, after half of the smallest has been run
in it once (imports and the table's rules are not what grows), in seconds of the processor, so that other work
hardly counts; where the exponent is too large it is measured again, up to RUNS times, and the least time of each size
counts. The exponent is the slope of the times' logarithms. The exit status is 1 where one is larger than allowed. All
rows take about four minutes.
"""

from __future__ import annotations

import gc
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from math import log
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

RUNS = 3
LINEAR, SQUARE = 1.3, 2.3  # with room for caches that become too small and for other work on the machine
WIDE = 0.4  # more for sums and products of up to 400 parts, to which each part is added by itself
AT = "--at x=0.3,a=0.9,b=0.1"
FORGETFUL = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
FORGETFUL["ADGRAPH_NO_CACHE"] = "1"  # nothing set by an earlier run is remembered


# ---- inputs that can grow


def lines(first: str, line: Callable[[int], str]) -> Callable[[int], str]:
    """Equations, one for each k from 1 to n, behind a first one."""
    return lambda n: "; ".join(filter(None, [first, *map(line, range(1, n + 1))]))


def loop(body: str, start: str = "x", result: str = "s") -> Callable[[int], str]:
    """A Python function with a loop of n steps."""
    return lambda n: (
        f"from math import sin, tanh\n\n\ndef f(x, a, b):\n    s = {start}\n    for i in range({n}):\n        {body}\n"
        f"    return {result} + 0 * a * b\n"
    )


def summed(term: str) -> Callable[[int], str]:
    """y = the sum of n terms in k."""
    return lambda n: "y = " + " + ".join(term.format(k=k) for k in range(1, n + 1))


def product(n: int) -> str:
    return "y = " + "*".join(f"x_{k}" for k in range(n))


def fan(n: int) -> str:
    """x is read n times, and all of it summed up."""
    return "; ".join(f"y_{k}=sin(x+{k})" for k in range(n)) + "; z=" + "+".join(f"y_{k}" for k in range(n))


def each_of_each(n: int) -> str:
    """n outputs of n inputs."""
    return "; ".join(f"y_{i}=" + "+".join(f"x_{j}" for j in range(n)) for i in range(n))


def network(n: int) -> str:
    """A layer of n sigmoids, and one over them."""
    hidden = (f"h_{i}=sigmoid(" + "+".join(f"w_{{{i},{j}}}*x_{j}" for j in range(n)) + ")" for i in range(n))
    return "; ".join([*hidden, "o=sigmoid(" + "+".join(f"v_{i}*h_{i}" for i in range(n)) + ")"])


def deep(n: int) -> str:
    """A network of n layers of two values, and its loss: 6 n weights, whose chains share what is behind them."""
    rows = ((k, i, j) for k in range(1, n + 1) for i, j in ((1, 2), (2, 1)))
    hidden = (f"h_{{{k},{i}}}=tanh(a_{{{k},{i}}}*h_{{{k - 1},{i}}}+c_{{{k},{i}}}*h_{{{k - 1},{j}}}+b_{{{k},{i}}})"
              for k, i, j in rows)  # fmt: skip
    return "; ".join(["h_{0,1}=x", "h_{0,2}=x^2", *hidden, f"L=(h_{{{n},1}}+h_{{{n},2}}-t)^2"])


def one_piece(step: str) -> Callable[[int], str]:
    """One equation, whose right side is n steps one in the other."""

    def written(n: int) -> str:
        text = "x"
        for k in range(1, n + 1):
            text = step.format(text, k=k)
        return f"y = {text}"

    return written


def nested(n: int) -> str:
    """f(f(… f(x))): written out, it has 3^n leaves."""
    return f"f(u)=u*u+u; y={'f(' * n}x{')' * n}"


SUMS = lines("y_0=x", lambda k: f"y_{k}=y_{k - 1}+x")
SINES = lines("y_0=x", lambda k: f"y_{k}=sin(y_{k - 1})")
SHARED = lines("y_0=x", lambda k: f"y_{k}=sin(y_{k - 1})*a+b")
SHARED_LOOP = loop("s = sin(s)*a + b")
UNNAMED_LOOP = loop("s[0] = sin(s[0])*x", "[x]", "s[0]")
SUMMED_LOOP = loop("s = s + x*i", "0")


# ---- the table


class Row(NamedTuple):
    """`words` are those of a command: {} is the file with the input, {n} the size, {halves} values of x_0 to x_n, {out}
    a name for a file that is written, whose bytes are counted, else those that are printed. An input that is no
    function of n is written as it is. `time` and `bytes` are the exponents that are allowed."""

    name: str
    source: Callable[[int], str] | str
    words: str
    sizes: tuple[int, ...]
    time: float = LINEAR
    bytes: float = LINEAR
    file: str = "input.adg"


# fmt: off
ROWS = (
    Row("chain of sums", SUMS, "derive {}", (200, 400, 800)),
    Row("chain of sines", SINES, "derive {}", (400, 800, 1600)),
    Row("fan", fan, "derive {}", (125, 250, 500)),
    Row("product", product, "derive {}", (20, 40, 80), SQUARE, SQUARE),  # n chains of n factors
    Row("outputs by inputs", each_of_each, "derive {}", (10, 20, 40), SQUARE + WIDE, SQUARE),  # n² chains
    Row("two layers", network, "derive {}", (4, 8, 16), SQUARE, SQUARE),  # n² weights
    Row("shared inputs", SHARED, "derive {}", (50, 100, 200)),
    Row("operation by operation", SHARED, "derive {} --graph full", (50, 100, 200)),
    Row("explained", SHARED, "derive {} --explain", (50, 100, 200)),
    Row("chains with numbers", SHARED, f"derive {{}} {AT}", (50, 100, 200)),
    Row("second derivatives", SUMS, "derive {} --order 2", (100, 200, 400)),
    Row("sum of products", summed("a*x^{k}"), "derive {}", (50, 100, 200), LINEAR + WIDE),
    Row("loop, derived", SUMMED_LOOP, "derive {}:f", (250, 500, 1000), file="input.py"),
    Row("loop, multiplied", loop("s = s*x + i"), "derive {}:f --wrt x", (500, 1000, 2000), file="input.py"),
    Row("loop, recurrent", loop("s = tanh(a*s + b*x)"), "derive {}:f", (100, 200, 400), file="input.py"),
    Row("loop, recurrent, drawn", loop("s = tanh(a*s + b*x)"), "draw {}:f -o {out}.svg", (25, 50, 100), LINEAR + WIDE,
        file="input.py"),
    Row("loop, step by step", loop("s = sin(s)*a + b"), "derive {}:f", (250, 500, 1000), file="input.py"),
    Row("loop without names", UNNAMED_LOOP, "derive {}:f", (200, 400, 800), file="input.py"),
    Row("adjoints, listed", deep, "derive {}", (10, 20, 40)),
    Row("adjoints in a figure", deep, "draw {} -o {out}.svg --view chain", (5, 10, 20)),
    Row("one piece, sines", one_piece("sin({})"), "derive {}", (20, 40, 80)),
    Row("one piece, products", one_piece("sin({})*x"), "derive {}", (20, 40, 80)),
    Row("one piece, Horner", one_piece("({})*x+{k}"), "derive {}", (20, 40, 80)),
    Row("one piece, in a figure", one_piece("sin({})*x"), "draw {} -o {out}.svg", (40, 60, 80), LINEAR + WIDE),
    Row("loop, evaluated", SUMMED_LOOP, f"eval {{}}:f {AT}", (2500, 5000, 10000), file="input.py"),
    Row("loop in words", SUMMED_LOOP, "draw {}:f --alt --view forward,backward", (250, 500, 1000), file="input.py"),
    Row("rows of a range", "y=sin(a*x+b); z=y**2", "eval {} --at x=1:{n},a=1,b=2 --format csv", (5000, 10000, 20000)),
    Row("rows as a table", "y=sin(a*x+b); z=y**2", "eval {} --at x=1:{n},a=1,b=2", (2500, 5000, 10000)),
    Row("traces", SHARED, f"eval {{}} {AT} --trace both", (50, 100, 200)),
    Row("traces of one input", SUMMED_LOOP, f"eval {{}}:f {AT} --trace both", (250, 500, 1000), file="input.py"),
    Row("traces of a loop", SHARED_LOOP, f"eval {{}}:f {AT} --trace both", (250, 500, 1000), file="input.py"),
    Row("checked", SHARED_LOOP, f"check {{}}:f {AT}", (400, 800, 1600), file="input.py"),
    Row("parts in a figure", nested, "draw {} -o {out}.svg", (12, 24, 48)),
    Row("layers on a page", deep, "draw {} -o {out}.html", (2, 4, 8), LINEAR + WIDE, LINEAR + WIDE),
    Row("outputs by inputs, evaluated", each_of_each, "eval {} --at {halves}", (10, 20, 40), SQUARE + WIDE, SQUARE),
    Row("parts on a page", nested, "draw {} -o {out}.html", (12, 24, 48)),
    Row("parts in words", nested, "draw {} --alt", (12, 24, 48)),
    Row("parts in the terminal", nested, "show {} --view forward-simplified,chain", (24, 48, 96)),
    Row("layout of shared inputs", SHARED, "draw {} -o {out}.svg --view forward,backward", (25, 50, 100),
        LINEAR + WIDE),  # the way of an arrow along its rail is as long as the figure
    Row("layout of a fan", fan, "draw {} -o {out}.svg --view forward", (60, 120, 240)),
    Row("shared inputs on a page", SHARED, "draw {} -o {out}.html", (15, 30, 60)),
    Row("shared inputs in TikZ", SHARED, "draw {} -o {out}.tex --view forward,backward", (4, 8, 16), LINEAR + WIDE),
    Row("two layers on a page", network, "draw {} -o {out}.html", (2, 4, 8), SQUARE, SQUARE),
    Row("figure", SINES, "draw {} -o {out}.svg --view forward,backward", (100, 200, 400)),
    Row("long formulas, broken", network, "draw {} -o {out}.svg --view chain", (3, 6, 12), 3.3, 3.3),  # n² of n terms
    Row("listing", SINES, "show {} --view forward,backward-simplified", (200, 400, 800)),
    Row("rows of a terminal", SINES, "draw {} -o {out}.txt --view forward,backward", (20, 40, 80)),
    Row("dot", SINES, "draw {} -o {out}.dot --view forward,backward", (200, 400, 800)),
    Row("dot of a loop", loop("s = sin(s)*x"), "draw {}:f -o {out}.dot", (125, 250, 500), file="input.py"),
    Row("json", SINES, "draw {} -o {out}.json --view forward,backward-simplified", (100, 200, 400)),
)
# fmt: on


# ---- measuring


class Measured(NamedTuple):
    """Seconds of the processor, the most memory that was in use in MB, and the bytes that came out."""

    seconds: float
    megabytes: float
    bytes: int


def run(row: Row, n: int, folder: Path) -> tuple[float, int]:
    """The command for one size, in this process: seconds and bytes."""
    from graphviz_ad.cli.main import main

    (folder / row.file).write_text(row.source if isinstance(row.source, str) else row.source(n))
    halves = ",".join(f"x_{k}=0.5" for k in range(n))
    words = [word.format(str(folder / row.file), n=n, halves=halves, out=folder / "out") for word in row.words.split()]
    printed = io.StringIO()
    started = time.process_time()
    with redirect_stdout(printed), redirect_stderr(io.StringIO()):
        if main(words, standalone_mode=False):
            raise SystemExit(f"{row.name}, n = {n}: refused")
    seconds = time.process_time() - started
    written = [path for path in folder.glob("out*") if path.is_file()]
    return seconds, sum(path.stat().st_size for path in written) or len(printed.getvalue().encode())


def one(name: str, n: int) -> None:
    """What a child does: half of the smallest size (what is remembered of an input would make its second run cheap),
    then this one, of which it prints what it found. Garbage is looked for as seldom as in the command."""
    from graphviz_ad.__main__ import ENOUGH

    gc.set_threshold(ENOUGH)
    row = next(row for row in ROWS if row.name == name)
    with tempfile.TemporaryDirectory() as folder:
        run(row, row.sizes[0] // 2, Path(folder))
        print(json.dumps(run(row, n, Path(folder))))


def measured(row: Row, n: int) -> Measured:
    """One run, in a process of its own."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--one", row.name, str(n)], stdout=subprocess.PIPE, env=FORGETFUL
    )
    assert child.stdout is not None
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{row.name}, n = {n}: it ended with status {child.returncode}")
    seconds, size = json.loads(said)
    return Measured(seconds, used.ru_maxrss / 1024, size)


def exponent(sizes: tuple[int, ...], found: list[float]) -> float:
    """The slope of a line through the logarithms, by least squares."""
    across, up = [log(n) for n in sizes], [log(value) for value in found]
    middle, height = fmean(across), fmean(up)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / sum(
        (x - middle) ** 2 for x in across
    )


HEAD = "name", "sizes", "seconds", "MB", "KB out", "time ~ n^", "allowed", "bytes ~ n^", "allowed", ""
WIDTHS = 23, 20, 20, 5, 9, 9, 7, 10, 7, 0


def printed(cells: tuple[object, ...]) -> None:
    print("  ".join(f"{cell!s:<{width}}" for cell, width in zip(cells, WIDTHS, strict=True)).rstrip(), flush=True)


def tabled(row: Row) -> bool:
    """Measure a row and print it; whether it grows as it may."""
    found: list[Measured] = []
    by_time = by_bytes = 0.0
    for _ in range(RUNS):
        again = [measured(row, n) for n in row.sizes]
        found = [min(pair) for pair in zip(found, again, strict=True)] if found else again
        by_time = exponent(row.sizes, [one.seconds for one in found])
        by_bytes = exponent(row.sizes, [float(one.bytes) for one in found])
        if by_time <= row.time:
            break
    sound = by_time <= row.time and by_bytes <= row.bytes
    largest, times = found[-1], " ".join(f"{one.seconds:.2f}" for one in found)
    printed((
        row.name, " ".join(map(str, row.sizes)), times, f"{largest.megabytes:.0f}", f"{largest.bytes / 1024:.0f}",
        f"{by_time:.2f}", f"{row.time:.1f}", f"{by_bytes:.2f}", f"{row.bytes:.1f}", "" if sound else "grows too fast",
    ))  # fmt: skip
    return sound


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        chosen = [row for row in ROWS if not sys.argv[1:] or row.name in sys.argv[1:]]
        unknown = {*sys.argv[1:]} - {row.name for row in ROWS}
        if unknown:
            raise SystemExit(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in ROWS)}")
        printed(HEAD)
        results = [tabled(row) for row in chosen]
        raise SystemExit(0 if all(results) else 1)

"""How long a warm notebook waits for its picture: the bundle of a figure that is new, in a process that has
drawn others; the median of several, wall and processor, in seconds.

    python -m benchmarks.notebook [--times 11]
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from statistics import median

import graphviz_ad

LETTERS = "bckmnpqrsuvw"  # that the systems do not have
SYSTEMS = {
    "sheet of sin²": "y = sin({0}*x + {1}); z = y^2",
    "sheet of a logistic unit": "z = {0}*x + {1}; a = sigmoid(z); L = -(t*log(a) + (1-t)*log(1-a))",
    "sheet of a layer": "W: 2x3; {0}: 3; {1}, t: 2; y = W {0} + {1}; h = tanh(y); L = 1/2 ||h - t||^2",
}
DRAWN: dict[str, Callable[[str], graphviz_ad.Figure]] = {
    **dict.fromkeys(SYSTEMS, graphviz_ad.draw),
    "backward graph of a logistic unit": lambda source: graphviz_ad.backward(source, full=False),
}


def times(draw: Callable[[str], graphviz_ad.Figure], source: str, many: int) -> list[tuple[float, float]]:
    """Wall and processor time of the bundle of each figure, with other letters each time."""
    found = []
    for number in range(-1, many):
        letters = LETTERS[number % len(LETTERS)], LETTERS[(number + 3) % len(LETTERS)]
        wall, processor = time.perf_counter(), time.process_time()
        draw(source.format(*letters))._repr_mimebundle_()
        found.append((time.perf_counter() - wall, time.process_time() - processor))
    return found[1:]  # the first warms it up


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=11)
    many = parser.parse_args().times
    for name, draw in DRAWN.items():
        source = SYSTEMS.get(name, SYSTEMS["sheet of a logistic unit"])
        walls, processors = zip(*times(draw, source, many), strict=True)
        print(f"{name}: {median(walls):.3f} s, processor {median(processors):.3f} s; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

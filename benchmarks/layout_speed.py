"""How long a layout takes, and how much memory: `python -m benchmarks.layout_speed`.

For graphs of about 10, 100 and 1,000 nodes, of systems of courses and of random equations: the least time of several
runs, of the arrangement and of the places, in milliseconds, and the most memory that both took, in kilobytes a node.
"""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable
from random import Random
from time import process_time

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.drawing import panel
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.placement import Placement
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.course_systems import SYSTEMS

RUNS = 5


def equations(count: int) -> str:
    """So many random equations, each of which reads two of the last ones."""
    random = Random(1)
    names = ["a", "b"]
    for number in range(count):
        one, other = random.choice(names[-6:]), random.choice(names[-6:])
        names.append(f"y_{number} = sin({one.split()[0]}) + {other.split()[0]}*p_{number}")
    return "; ".join(names[2:])


def forward(source: str) -> Diagram:
    """The full forward graph of a system."""
    system, _ = read(SourceText(source, "text"), Request())
    return system.forward(True)


def measured(diagram: Diagram) -> tuple[int, float, float, float]:
    """Nodes; the time of the arrangement, and of the places; memory."""
    setter = Typesetter()
    setter.prepare(Job(*job) for job in panel.formulas(diagram))
    boxes, links = panel.boxes_and_links(diagram, setter, "lr")

    def arranged() -> Arrangement:
        return arrangements([diagram])[diagram.full]

    def placed(arrangement: Arrangement) -> Placement:
        return layered(arrangement, boxes, links, "lr", False, panel.USUAL)

    arrangement = arranged()
    first, second = least(arranged), least(lambda: placed(arrangement))
    tracemalloc.start()
    placed(arranged())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    nodes = sum(1 + (box.operation is not None) for box in boxes)
    return nodes, first, second, most / 1024 / nodes


def least(call: Callable[[], object]) -> float:
    """The least time of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = process_time()
        call()
        times.append(process_time() - start)
    return 1000 * min(times)


def main() -> int:
    """Print the numbers."""
    sources = {
        "squared error": SYSTEMS["squared error"],
        "memory cell": SYSTEMS["memory cell"],
        "network of 25 equations": SYSTEMS["network of 25 equations"],
        "25 random equations": equations(25),
        "250 random equations": equations(250),
    }
    print(f"{'':26}{'nodes':>7}{'arrangement':>13}{'places':>9}{'KB a node':>11}")
    for name, source in sources.items():
        nodes, first, second, memory = measured(forward(source))
        print(f"{name:26}{nodes:7}{first:13.1f}{second:9.1f}{memory:11.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

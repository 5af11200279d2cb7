"""How long a layout takes, and how much memory: `python -m benchmarks.layout_speed`.

For graphs of about 10, 100 and 1,000 nodes, of systems of courses and of random equations: the least time of several
runs, of the arrangement and of the places, in milliseconds of the processor, and the most memory that both took, in
kilobytes a node; what both may take together, and whether they do. The exit status is 1 where one takes longer.
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
from graphviz_ad.drawing.layered.arrangement import Arrangement
from graphviz_ad.drawing.layered.arrangement import arranged as arranged_anew
from graphviz_ad.drawing.layered.placing import layered
from graphviz_ad.drawing.placement import Placement
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.course_systems import SYSTEMS, network, recurrent
from tests.scenes import boxes_and_links

RUNS = 5
LIMITS = {16: 2.0, 130: 50.0, 1300: 2000.0}  # milliseconds, of graphs of up to so many nodes


def equations(count: int) -> str:
    """So many random equations, each of which reads two of the last ones."""
    random = Random(1)
    names = ["a", "b"]
    for number in range(count):
        one, other = random.choice(names[-6:]), random.choice(names[-6:])
        names.append(f"y_{number} = sin({one.split()[0]}) + {other.split()[0]}*p_{number}")
    return "; ".join(names[2:])


def gated(steps: int) -> str:
    """So many steps of a gated unit with the same weights."""
    lines = []
    for k in range(1, steps + 1):
        lines += [f"r_{k} = sigmoid(w_r*x_{k} + u_r*h_{k - 1})", f"z_{k} = sigmoid(w_z*x_{k} + u_z*h_{k - 1})"]
        lines += [f"n_{k} = tanh(w_n*x_{k} + r_{k}*u_n*h_{k - 1})", f"h_{k} = (1 - z_{k})*n_{k} + z_{k}*h_{k - 1}"]
    return "; ".join(lines)


def layers_of_two(count: int) -> str:
    """A network of so many layers of two values."""
    pairs = ((k, i, 3 - i) for k in range(1, count + 1) for i in (1, 2))
    return "; ".join(f"h_{{{k},{i}}} = tanh(a_{{{k},{i}}}*h_{{{k - 1},{i}}} + c_{{{k},{i}}}*h_{{{k - 1},{j}}})"
                     for k, i, j in pairs)  # fmt: skip


def attention(count: int) -> str:
    """So many queries, keys and values that are numbers."""
    rows = range(1, count + 1)
    lines = [f"s_{{{i},{j}}} = exp(q_{i}*k_{j}/d)" for i in rows for j in rows]
    for i in rows:
        lines.append(f"t_{i} = " + " + ".join(f"s_{{{i},{j}}}" for j in rows))
        lines.append(f"o_{i} = (" + " + ".join(f"s_{{{i},{j}}}*v_{j}" for j in rows) + f")/t_{i}")
    return "; ".join(lines)


def lattice(rows: int, columns: int) -> str:
    """A recurrence along both directions of a plane."""
    return "; ".join(f"h_{{{i},{j}}} = tanh(u*h_{{{i - 1},{j}}} + v*h_{{{i},{j - 1}}} + x_{{{i},{j}}})"
                     for i in range(1, rows + 1) for j in range(1, columns + 1))  # fmt: skip


def long_memory(steps: int) -> str:
    """So many steps of a memory cell with the same weights and biases."""
    lines = []
    for t in range(1, steps + 1):
        gates = {"f": "sigmoid", "i": "sigmoid", "o": "sigmoid", "g": "tanh"}
        lines += [f"{g}_{t} = {function}(w_{g}*x_{t} + u_{g}*h_{t - 1} + b_{g})" for g, function in gates.items()]
        lines += [f"c_{t} = f_{t}*c_{t - 1} + i_{t}*g_{t}", f"h_{t} = o_{t}*tanh(c_{t})"]
    return "; ".join(lines)


def shared(count: int) -> str:
    """So many lines that read the same two inputs."""
    return "; ".join(f"y_{k} = sin(y_{k - 1})*a + b" for k in range(1, count + 1))


def forward(source: str) -> Diagram:
    """The full forward graph of a system."""
    system, _ = read(SourceText(source, "text"), Request())
    return system.forward(True)


def measured(diagram: Diagram) -> tuple[int, float, float, float]:
    """Nodes; the time of the arrangement, and of the places; memory."""
    setter = Typesetter()
    setter.prepare(Job(*job) for job in panel.formulas(diagram))
    boxes, links = boxes_and_links(diagram, setter, "lr")

    def arranged() -> Arrangement:
        return arranged_anew([diagram])  # which remembers nothing

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
        "neuron with a loss": SYSTEMS["neuron with a loss"],
        "memory cell": SYSTEMS["memory cell"],
        "network 4-3-3-2": SYSTEMS["network 4-3-3-2"],
        "network 4-4-4-3": network(4, 4, 4, 3),
        "recurrence of 12": recurrent(12),
        "gated unit, 4 steps": gated(4),
        "layers of two, 5": layers_of_two(5),
        "20 lines, shared inputs": shared(20),
        "25 random equations": equations(25),
        "attention of 3 numbers": attention(3),
        "lattice of 4 by 3": lattice(4, 3),
        "memory cell, 3 steps": long_memory(3),
        "network of 25 equations": SYSTEMS["network of 25 equations"],
        "network 10-10-10": network(10, 10, 10),
        "layers of two, 50": layers_of_two(50),
        "200 lines, shared inputs": shared(200),
        "250 random equations": equations(250),
    }
    print(f"{'':26}{'nodes':>7}{'arrangement':>13}{'places':>9}{'asked':>9}{'KB a node':>11}")
    is_kept = True
    for name, source in sources.items():
        nodes, first, second, memory = measured(forward(source))
        asked = next(limit for most, limit in LIMITS.items() if nodes <= most)
        says = "" if first + second <= asked else "  too slow"
        is_kept = is_kept and not says
        print(f"{name:26}{nodes:7}{first:13.1f}{second:9.1f}{asked:9.0f}{memory:11.1f}{says}", flush=True)
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())

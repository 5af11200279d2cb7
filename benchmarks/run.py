"""The speed figures of the documentation (docs/explanation/speed.md): `python benchmarks/run.py [RUNS]`.

Every figure is a ratio of two things measured in turn in the same run, since machines differ and drift; the seconds
beside it are only for orientation. Medians; the spread is that of the middle half. The garbage of one run is collected
before the next is timed, so that no peer pays for another, or for its own past.
"""

from __future__ import annotations

import gc
import math
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median, quantiles

from start import EXAMPLE, start

LATEX = r"\begin{cases} y=\sin(ax+b) \\ z=y^{2} \end{cases}"
PEER = """digraph { rankdir=LR node [shape=circle] a -> mul; x -> mul; mul -> add; b -> add; add -> sin; sin -> y
    y -> square; square -> z; mul [label="*"] add [label="+"] }"""  # what torchviz and micrograd hand to Graphviz


def example(a: float, x: float, b: float) -> float:
    """The example as a Python function."""
    y = math.sin(a * x + b)
    z = y**2
    return z  # noqa: RET504  # the name is read


def seconds(work: Callable[[], object]) -> float:
    """How long it takes; it does not pay for the garbage of what ran before."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(title: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> None:
    """Print the median of the ratios of the two, each pair measured one after the other."""
    ours(), theirs()  # the first run compiles and reads the disk
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs)]
    ratios = [a / b for a, b in pairs]
    low, _, high = quantiles(ratios, n=4)
    a, b = (1000 * median(pair[k] for pair in pairs) for k in (0, 1))
    print(f"{title:<78} {median(ratios):5.2f}  ({low:.2f} to {high:.2f};  {a:.1f} ms against {b:.1f} ms)")


def warm(runs: int) -> None:
    """A figure in a running process, against Graphviz drawing the same operations with plain labels."""
    import warnings

    import pygraphviz

    from graphviz_ad.core.request import Request
    from graphviz_ad.formats import find
    from graphviz_ad.lesson.views import DEFAULT_VIEWS, sheet_of
    from graphviz_ad.pipeline import read, render
    from graphviz_ad.read.sources import read_source

    svg = find("svg")
    assert svg is not None

    def figure(*views: str) -> Callable[[], object]:
        source = read_source(EXAMPLE)
        return lambda: render(sheet_of(read(source, Request())[0], views), svg, Request())

    def peer() -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pygraphviz.AGraph(string=PEER).draw(format="svg", prog="dot")

    compare("forward graph of 9 nodes, typeset / Graphviz alone, plain labels", figure("forward"), peer, runs)
    compare("backward graph with derivatives / Graphviz alone, plain labels", figure("backward"), peer, runs)
    compare("all panels / Graphviz alone, one panel, plain labels", figure(*DEFAULT_VIEWS), peer, runs)


def reading(runs: int) -> None:
    """Request equations, against setting them."""
    from graphviz_ad.core.formula import Expression
    from graphviz_ad.derive.equations import equations
    from graphviz_ad.derive.graph_view import graph_view
    from graphviz_ad.drawing.typeset import Job, Typesetter
    from graphviz_ad.read.latex.reading import read as parse_latex
    from graphviz_ad.read.python.tracing import trace
    from graphviz_ad.read.text.equations import read as parse

    sides = [side for line in equations(graph_view(parse(EXAMPLE).graph, False)) for side in line.sides]
    assert any(isinstance(side, Expression) for side in sides)

    def setting() -> None:
        Typesetter().prepare(Job(side, 16) for side in sides)

    compare("reading the equations, as text / setting them", lambda: parse(EXAMPLE), setting, runs)
    compare("the same, as LaTeX / setting them", lambda: parse_latex(LATEX), setting, runs)
    compare("the same, as a Python function / setting them", lambda: trace(example), setting, runs)


def numbers(runs: int) -> None:
    """Tracing, value and gradient of 10,000 operations, per operation, against peers that are installed."""
    from importlib.util import find_spec

    from peers import PEERS, chain, fan_out

    from graphviz_ad.point.evaluate import adjoints, values
    from graphviz_ad.read.python.tracing import trace

    for title, function, point in (
        ("a chain, x = sin(x)*a + b", chain, {"x": 0.3, "a": 0.9, "b": 0.1}),
        ("a fan-out graph, x, p = x*x + p, x", fan_out, {"x": -1e-6, "p": -2e-6}),
    ):

        def ours(function: Callable[..., object] = function, point: dict[str, float] = point) -> object:
            graph = trace(function).graph
            return adjoints(graph, graph.outputs[0], values(graph, point))

        for name, peer in PEERS.items():
            if find_spec(name) is None:
                print(f"{title}: {name} is not installed")
            else:
                compare(f"{title}: trace, value and gradient / {name}", ours, partial(peer, function), runs)


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    print(f"Python {sys.version.split()[0]}, medians of {count} runs\n")
    for part in (start, warm, reading, numbers):
        part(count)

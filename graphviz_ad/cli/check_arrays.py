"""`adgraph check` of vectors and matrices: derivatives by hand, by differences and by reverse mode, side by side."""

from __future__ import annotations

import click

from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Cell, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.lesson.system import System
from graphviz_ad.point.arrays.numbers import number_of
from graphviz_ad.read.array_table import Array


def check_arrays(system: System, of: int, wrt: int, request: Request) -> int:
    """Print one derivative in all ways; how many of them are wrong."""
    assert isinstance(system, ArraySystem)
    if request.plot:
        raise AdgraphError("--plot is for systems of numbers", hint="leave it out")
    methods = system.array_methods(of, wrt, request.libraries)
    names, shape = system.graph_views.simplified.names, system.graph.nodes[wrt].type.shape
    derivative = Derivative(names[of], names[wrt], system.is_partial(names[of], names[wrt]))
    rows = tuple(
        (
            method.name,
            "—" if method.value is None else _shown(method.value, request.digits, shape),
            "" if method.value is None else "reference" if method.is_reference else f"{method.error:.1e}",
            method.cost,
        )
        for method in methods
    )
    print_table(Table((derivative, "value", "error", "cost"), rows), request.digits, request.table_format)
    wrong = [method for method in methods if not method.agrees]
    for method in wrong:
        click.echo(f"adgraph: {method.name} disagrees by {method.error:g}", err=True)
    return len(wrong)


def _shown(value: Array, digits: int, shape: Shape) -> Cell:
    return number_of(value, digits, shape) if value.ndim <= 2 else f"{value.ndim} axes"

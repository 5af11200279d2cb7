"""`adgraph check` of vectors and matrices: derivatives by hand, by differences and by reverse mode, side by side."""

from __future__ import annotations

import click

from graphviz_ad.cli.printing import print_table
from graphviz_ad.core.diagram import Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.lesson.system import System
from graphviz_ad.point.arrays.numbers import number_of


def check_arrays(system: System, of: int, wrt: int, request: Request) -> int:
    """Print one derivative in all ways; how many of them are wrong."""
    assert isinstance(system, ArraySystem)
    if request.libraries or request.plot:
        option = "--with" if request.libraries else "--plot"
        raise AdgraphError(f"{option} is for systems of numbers", hint="leave it out")
    methods = system.array_methods(of, wrt)
    names, shape = system.graph_views[False].names, system.graph.nodes[wrt].type.shape
    derivative = Derivative(names[of], names[wrt], system.is_partial(names[of], names[wrt]))
    rows = tuple(
        (
            method.name,
            number_of(method.value, request.digits, shape) if method.value.ndim <= 2 else f"{method.value.ndim} axes",
            "reference" if method is methods[-1] else f"{method.error:.1e}",
            method.cost,
        )
        for method in methods
    )
    print_table(Table((derivative, "value", "error", "cost"), rows), request.digits, request.table_format)
    wrong = [method for method in methods if not method.agrees]
    for method in wrong:
        click.echo(f"adgraph: {method.name} disagrees by {method.error:g}", err=True)
    return len(wrong)

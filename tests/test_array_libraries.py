"""Derivatives of vectors and matrices are those that other libraries find."""

from importlib.util import find_spec

import numpy as np
import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.libraries import ARRAY_LIBRARIES, derivative_by
from graphviz_ad.point.arrays.values import array_values
from tests.array_systems import COURSE
from tests.test_arrays import point, system

FEW = ("dense", "softmax regression", "log determinant", "maximum", "blocks", "batch", "normalised")
SLOW = ("sympy", "jax")  # by entry, and by compilation
CASES = [(library, name) for library in ARRAY_LIBRARIES for name in (FEW if library in SLOW else COURSE)]
AT = ("--at", "W=[[1,2,3],[4,5,6]]", "--at", "x=[0.1,0.2,-0.1]")


@pytest.mark.parametrize(("library", "name"), CASES)
def test_every_derivative(library: str, name: str) -> None:
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    found = system(COURSE[name])
    graph, at = found.graph, point(found)
    values = array_values(graph, at)
    inputs = list(graph.inputs())
    for of in graph.outputs:
        for wrt in inputs[:1] if library in SLOW else inputs:
            made = derivative_by(library, graph, of, wrt, at)
            np.testing.assert_allclose(made, derivative(graph, of, wrt, values), rtol=1e-8, atol=1e-10)


def test_beside_the_other_ways() -> None:
    made = CliRunner().invoke(main, ["check", "W: 2x3; x: 3; y = W x", *AT, "--wrt", "x", "--with", "autograd,sympy"])
    assert made.exit_code == 0
    assert "  autograd " in made.output
    assert "  sympy " in made.output


@pytest.mark.parametrize("library", ["maxima", "tensorflow"])
def test_a_library_that_takes_no_arrays_says_which_do(library: str) -> None:
    with pytest.raises(AdgraphError, match=f"vectors and matrices are not run through {library}"):
        derivative_by(library, system("x: 2; y = x").graph, 1, 0, {"x": [1, 2]})
    made = CliRunner().invoke(main, ["check", "W: 2x3; x: 3; y = W x", *AT, "--wrt", "x", "--with", library])
    assert (made.exit_code, "there are autograd, torch, jax, sympy" in made.output) == (0, True)

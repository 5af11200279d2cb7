"""Factors stand in results as they were multiplied in the source."""

import pytest

from graphviz_ad.algebra.factor_order import factor_ranks
from tests.conftest import graph, lines, system


@pytest.mark.parametrize(
    ("source", "order"),
    [
        ("y = a*x + b", "a x b y"),  # of appearance
        ("y = x + a*x", "a x y"),  # a before x, as it is written
        ("y = w_1*x + w_2*x", "w_1 w_2 x y"),
        ("y = x*a + a*x", "y x a"),  # where products contradict each other, of appearance
        ("y = c + a*(1 + c)*c", "a c y"),  # what stands between names is left out
        ("y = c + a*c^2", "a c y"),
        ("y = b + -a*b", "a b y"),
        ("y = b + a/b", "b a y"),  # a fraction is no product
        ("y = d + c + a*b*(c*d)", "a b c d y"),  # of products, what stands at their ends
        ("y = a + d*(a*b*c)", "d a b c y"),
        ("y = d + a*(b*c)*d", "a b c d y"),
    ],
)
def test_ranks(source, order):
    assert " ".join(factor_ranks(graph(source))) == order


@pytest.mark.parametrize(
    ("source", "wrt", "written"),
    [
        ("f = sigmoid(w_f*x + u_f*h); i = sigmoid(w_i*x + u_i*h); y = f + i", "h",
         "dy/dh = ∂y/∂f*df/dh + ∂y/∂i*di/dh = 1 * u_f*f * (1 - f) + 1 * u_i*i*(1 - i)"),
        ("y = x + a; n = r*u*y*x", "a", "dn/da = dn/dy*dy/da = r*u*x*1 = r*u*x"),
    ],
)  # fmt: skip
def test_derivatives_have_the_order_of_the_source(source, wrt, written):
    (line,) = lines(system(source, wrt=(wrt,)).chains(False))
    assert line.startswith(written) or line == written, line

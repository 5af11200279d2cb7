"""An equation for each index is what those are that others read, written out; so are sums beside steps."""

import pytest

from graphviz_ad import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.read import frontend, recognised


def same(source: str, written_out: str, **asked: object) -> None:
    one, two = (frontend(recognised(text))(text, Request(**asked)).graph for text in (source, written_out))
    assert [(n.op, n.args, n.value, n.name) for n in one.nodes] == [(n.op, n.args, n.value, n.name) for n in two.nodes]


@pytest.mark.parametrize(
    ("source", "written_out"),
    [
        ("p_k = e^z_k; L = sum_{k=1}^2 t_k p_k", "p_1 = e^z_1; p_2 = e^z_2; L = t_1 p_1 + t_2 p_2"),
        (r"\hat y_i = \frac{e^{z_i}}{\sum_{j=1}^2 e^{z_j}}; L = \sum_{i=1}^{2} \hat{y}_i",
         r"\hat y_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}}; \hat y_2 = \frac{e^{z_2}}{e^{z_1} + e^{z_2}}; "
         r"L = \hat y_1 + \hat y_2"),
        (r"y_k(\phi) = w_k \phi + b_k, L = y_1 + y_2", "y_1 = w_1 ϕ + b_1; y_2 = w_2 ϕ + b_2; L = y_1 + y_2"),
        ("h_j = tanh(v_j x); o_k = sum_{j=1}^2 w_jk h_j; E = o_1 - o_2",
         "h_1 = tanh(v_1 x); h_2 = tanh(v_2 x); o_1 = w_11 h_1 + w_21 h_2; o_2 = w_12 h_1 + w_22 h_2; E = o_1 - o_2"),
        ("p_k = k x; y = p_1 + p_3", "p_1 = 1 x; p_3 = 3 x; y = p_1 + p_3"),
        # sums over another index than the steps
        ("o_k = σ(sum_{j=1}^2 w_jk h_j), k = 1..2; E = o_1 o_2",
         "o_1 = σ(w_11 h_1 + w_21 h_2); o_2 = σ(w_12 h_1 + w_22 h_2); E = o_1 o_2"),
        ("o_k = sum_{j=k}^2 w_j, k = 1..2; E = o_1 o_2", "o_1 = w_1 + w_2; o_2 = w_2; E = o_1 o_2"),
        (r"y_n = \sum_{k=0}^{1} w_k x_{n-k}, n = 2, 3", "y_2 = w_0 x_2 + w_1 x_1; y_3 = w_0 x_3 + w_1 x_2"),
        ("y = sum_{j=1}^2 w_j h_{3-j}", "y = w_1 h_2 + w_2 h_1"),
    ],
)  # fmt: skip
def test_written_out(source, written_out):
    same(source, written_out)


def test_what_is_asked_for_is_written_out():
    same("p_k = w_k x; q = p_1", "p_1 = w_1 x; p_2 = w_2 x; q = p_1", of=("p_2",))


@pytest.mark.parametrize(
    "source",
    [
        "p_k = w_k x; L = p_k^2",  # a label
        "p_k = w_k x; p_1 = 3; L = p_1 + p_2",  # some have equations of their own
        "s_i = sum_{i=1}^3 x_i; y = s_1",  # the index is that of the sum
        "x_n = a; y = x_1",
        "h_t = u h_{t-1}; y = h_1 x",  # a recurrence, whose range is not known
    ],
)
def test_others_stay_as_they_are(source):
    known = frontend("text")(source, Request())
    assert source.split(" ")[0] in {str(node.name) for node in known.graph.nodes if node.name is not None}
    assert not [note for note in known.notes if "written out" in note]


def test_it_is_said():
    found = frontend("text")("p_k = e^z_k; L = sum_{k=1}^2 p_k")
    assert "'p_k' is written out for k = 1, 2, which are read" in found.notes


def test_a_mistake_is_placed_as_without_it():
    with pytest.raises(AdgraphError) as raised:
        frontend("text")("p_k = e^z_k; L = p_1 + p_2 +")
    assert raised.value.message == "the equation ends too early"


def test_a_step_from_the_first_one_is_no_equation_for_each():
    made = frontend("text")("h_t = tanh(w x_t + u h_0); y = v h_t", Request(at={"x_t": 1.0, "h_0": 2.0})).graph
    assert [str(made.name(node)) for node in made.inputs()] == ["w", "x_t", "u", "h_0", "v"]

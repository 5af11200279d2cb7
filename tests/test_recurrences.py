"""Recurrences are what their steps are, written out."""

import pytest

from graphviz_ad import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.read import frontend, recognised
from graphviz_ad.read.text.steps_of_names import general, stepped

H = "h_1 = tanh(w x_1 + u h_0 + b); h_2 = tanh(w x_2 + u h_1 + b); h_3 = tanh(w x_3 + u h_2 + b)"
R2 = "W: 2x3; U: 2x2; b: 2; "
A = (
    R2
    + "x_1, x_2, x_3: 3; h_0: 2; h_1 = tanh(W x_1 + U h_0 + b); h_2 = tanh(W x_2 + U h_1 + b); h_3 = tanh(W x_3 + U h_2 + b)"
)


def read(source: str) -> Graph:
    return frontend(recognised(source))(source).graph


@pytest.mark.parametrize(
    ("source", "same"),
    [
        # numbers
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1..3", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b) for t = 1..3", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1, 2, 3", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1, ..., 3", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1…3", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b) (t = 1..3)", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b)\nt = 1..3", H),
        ("h_{t+1} = tanh(w x_{t+1} + u h_t + b), t = 0..2", H),
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1..3; h_0 = 0", H + "; h_0 = 0"),
        ("h_t = tanh(w x_t + u h_{t-1} + b), t = 1..3; y = v h_3", H + "; y = v h_3"),
        (r"h_t = \tanh(w x_t + u h_{t-1} + b), \quad t = 1, 2, 3", H),
        (r"h_t = \tanh(w x_t + u h_{t-1} + b), \quad t = 1, \ldots, 3", H),
        (r"h_t = \tanh(w x_t + u h_{t-1} + b), t = 1, \dots, 3", H),
        (r"$$h_t = \tanh(w x_t + u h_{t-1} + b), \quad t \in \{1, 2, 3\}$$", H),
        (r"\begin{align} h_t &= \tanh(w x_t + u h_{t-1} + b), & t = 1, 2, 3 \end{align}", H),
        ("a^{(l)} = σ(W^{(l)} a^{(l-1)} + b^{(l)}), l = 1..2",
         "a^{(1)} = σ(W^{(1)} a^{(0)} + b^{(1)}); a^{(2)} = σ(W^{(2)} a^{(1)} + b^{(2)})"),
        (r"a^{(l)} = \sigma(W^{(l)} a^{(l-1)} + b^{(l)}), l = 1, 2",
         "a^{(1)} = σ(W^{(1)} a^{(0)} + b^{(1)}); a^{(2)} = σ(W^{(2)} a^{(1)} + b^{(2)})"),
        ("s_t = s_{t-1} γ^t + t x_t, t = 1..2", "s_1 = s_0 γ^1 + 1 x_1; s_2 = s_1 γ^2 + 2 x_2"),
        ("h_t = u h_{t-1}, t = 1..2; y_t = v h_t; L = sum_t y_t", "h_1 = u h_0; y_1 = v h_1; h_2 = u h_1; y_2 = v h_2; L = y_1 + y_2"),
        ("h_t = u h_{t-1} + x_t, t = 1..2; L = sum_{t=1}^2 (h_t - y_t)^2 + c",
         "h_1 = u h_0 + x_1; h_2 = u h_1 + x_2; L = (h_1 - y_1)^2 + (h_2 - y_2)^2 + c"),
        (r"h_t = u h_{t-1} + x_t, t = 1, 2; L = \frac{1}{2} \sum_{t=1}^{2} (h_t - y_t)^2",
         "h_1 = u h_0 + x_1; h_2 = u h_1 + x_2; L = 1/2 ((h_1 - y_1)^2 + (h_2 - y_2)^2)"),
        ("x_{n,t} = a x_{n,t-1}, t = 1..2", "x_{n,1} = a x_{n,0}; x_{n,2} = a x_{n,1}"),
        # vectors and matrices
        (R2 + "x_t: 3; h_0: 2; h_t = tanh(W x_t + U h_{t-1} + b), t = 1..3", A),
        (R2 + "x_t: 3; h_t = tanh(W x_t + U h_{t-1} + b), t = 1..3", A),
        (R2 + "x: 3; h: 2; h_t = tanh(W x_t + U h_{t-1} + b), t = 1..2", A.rpartition(";")[0]),
        (R2 + "x: vector; h_t = tanh(W x_t + U h_{t-1} + b), t = 1..3", A),
        ("U: 2x2; h_t = U h_{t-1}, t = 1..2; h_0 = 0", "U: 2x2; h_0: 2; h_1 = U h_0; h_2 = U h_1; h_0 = 0"),
        ("W^{(l)}: matrix; W^{(1)}: 4x3; W^{(2)}: 2x4; b^{(l)}: vector; a^{(l)} = σ(W^{(l)} a^{(l-1)} + b^{(l)}), l = 1..2",
         "W^{(1)}: 4x3; W^{(2)}: 2x4; b^{(1)}: 4; b^{(2)}: 2; a^{(0)}: 3; "
         "a^{(1)} = σ(W^{(1)} a^{(0)} + b^{(1)}); a^{(2)} = σ(W^{(2)} a^{(1)} + b^{(2)})"),
        ("f, i: 2; g_t: 2; c_t = f .* c_{t-1} + i .* g_t, t = 1..2",
         "f, i, g_1, g_2, c_0: 2; c_1 = f .* c_0 + i .* g_1; c_2 = f .* c_1 + i .* g_2"),
        (R2 + "x_t: 3; y_t: 2; h_t = W x_t + U h_{t-1} + b, t = 1..2; L = sum_t ||h_t - y_t||^2",
         R2 + "x_1, x_2: 3; y_1, y_2, h_0: 2; h_1 = W x_1 + U h_0 + b; h_2 = W x_2 + U h_1 + b; "
         "L = ||h_1 - y_1||^2 + ||h_2 - y_2||^2"),
        # no recurrence: the index is that of entries
        ("W: 2x3; x: 3; b: 2; y_i = sum_j W_ij x_j + b_i, i = 1..2", "W: 2x3; x: 3; b: 2; y = W x + b"),
    ],
)  # fmt: skip
def test_a_recurrence_is_its_steps(source: str, same: str) -> None:
    assert read(source).nodes == read(same).nodes


@pytest.mark.parametrize(
    ("source", "message", "hint", "marked"),
    [
        ("h_t = u h_{t-1}, t = 1..T", "the last value of 't' is a letter, 'T'", "write t = 1..3, or say how many steps: --unroll 3", "t = 1..T"),
        ("h_t = u h_{t-1}, t = 3..1", "'t' goes from 3 to 1", "write the smaller one first", "t = 3..1"),
        ("h_t = u h_{t-1}, t = 1..5000", "more than 50 steps", "write fewer, t = 1..3", "t = 1..5000"),
        ("h_t = u h_{t-1}, t = 1, 3, 4", "the values of 't' are not one after the other", "write t = 1..3", "t = 1, 3, 4"),
        ("h_t = u h_t, t = 1..2", "'h_1' is defined by itself", "give the new value another name", "h_t"),
        ("y = u h_{t-1}, t = 1..2", "nothing on a left side has the index 't'", "write h_t = …, t = 1..3", "t"),
        ("W: 2x2; x: 2; h_t = W h_{t-1} + x_t, t = 1..2", "'x_t' may be an entry of 'x' or a vector for each step",
         "declare x_t: 2, or x_t: scalar, in the place of x", "h_t"),
        (r"h_t = u h_{t-1}, \quad t = 1, \dots, T", "the last value of 't' is a letter, 'T'", "write t = 1..3, or say how many steps: --unroll 3",
         r"t = 1, \dots, T"),
    ],
)  # fmt: skip
def test_what_is_no_recurrence(source: str, message: str, hint: str, marked: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        read(source)
    error = caught.value
    assert (error.message, error.hint) == (message, hint)
    assert error.span is not None
    assert error.source[error.span.start : error.span.end] == marked


@pytest.mark.parametrize(
    ("name", "step", "made", "whole"),
    [
        ("h_t", 2, "h_2", "h_t"),
        ("h_{t-1}", 2, "h_1", "h_t"),
        ("h_{t+1,j}", 2, "h_{3,j}", "h_{t,j}"),
        ("a^{(t-1)}", 1, "a^{(0)}", "a^{(t)}"),
        ("W_{ht}", 1, "W_{ht}", "W_{ht}"),
        ("W_{h t}", 1, "W_{h 1}", "W_{h t}"),
        ("out_hat", 1, "out_hat", "out_hat"),
    ],
)
def test_names_of_steps(name: str, step: int, made: str, whole: str) -> None:
    assert (stepped(name, "t", step), general(name, "t")) == (made, whole)

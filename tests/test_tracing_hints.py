"""What a reader does who follows the hint of an error: it then works."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.tracing import trace

doubled = cache(lambda x: 2 * x)


def filled(x):
    made = np.zeros(2)
    made[0] = x
    return made.sum()


def written(x):
    made = np.zeros(())
    return np.add(x, 1, out=made)


@pytest.mark.parametrize(
    ("function", "said", "followed", "at"),
    [
        (filled, "make arrays at once: np.array([x, y])", lambda x: np.array([x, 0.0]).sum(), {}),
        (written, "leave it out", lambda x: np.add(x, 1), {}),
        (lambda x: round(x), "leave it out", lambda x: 1 * x, {}),
        (lambda x: x + 1j, "", lambda x: x + 1, {}),
        (lambda x: np.floor(x), "write it with functions that are", lambda x: np.exp(x), {}),
        (lambda x: np.add.outer(x, x), "write the operation out", lambda x: x + x, {}),
        (lambda x, n: x**2 if n % 2 else x, "give a parameter that only counts a default, such as n=3",
         lambda x, n=3: x**2 if n % 2 else x, {}),
        (lambda x, n: sum(x for _ in range(n)), "give it a value, --at n=3",
         lambda x, n: sum(x for _ in range(n)), {"n": 3}),
        (lambda x, n: sum(x for _ in range(n)), "or a default, n=3", lambda x, n=3: sum(x for _ in range(n)), {}),
        (lambda x: x if x > 0 else -x, "give values, --at x=…", lambda x: x if x > 0 else -x, {"x": 1}),
        (lambda x: x if x > 0 else -x, "max, min and abs need none", lambda x: max(x, -x), {}),
        (lambda x: x or 1, "give values, --at x=…", lambda x: x or 1, {"x": 2}),
        (lambda x: x if x in {0.5, 1.0} else 2 * x, "compare it, with --at",
         lambda x: x if x in (0.5, 1.0) else 2 * x, {"x": 0.5}),
        (lambda x: doubled(x), "or leave the cache out", lambda x: doubled.__wrapped__(x), {}),
        (lambda x: x.shape[0], "write one for each component", lambda x_1, x_2: x_1 + x_2, {}),
        (lambda x: "x", "return a number", lambda x: x, {}),
        (lambda x: [[]], "return a number", lambda x: [[x]], {}),
        (lambda *xs: sum(xs), "wrap it in a function whose parameters have names", lambda x, y: sum((x, y)), {}),
        (lambda x1, x_1: x1 * x_1, "rename one of them", lambda x1, y: x1 * y, {}),
        (max, "wrap it in a def", lambda x, y: max(x, y), {}),
        (lambda x: math.log(x - 5), "log(x) needs x > 0", lambda x: math.log(x - 5), {"x": 6}),
    ],
)  # fmt: skip
def test_the_hint_can_be_followed(function, said, followed, at):
    with pytest.raises((AdgraphError, TypeError)) as caught:
        trace(function, {"x": 1} if said.startswith("log") else {})
    assert said in getattr(caught.value, "hint", "")
    assert trace(followed, at).graph.outputs


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        ({"a": 1, "b_1": 2, "w_{ij}": 3}, ["a", "b_1", "w_{ij}"]),
        ({" ": 1}, ["y"]),
        ({"": 1, None: 2, (1, 2): 3, "train loss": 4}, ["f_1", "f_2", "f_3", "f_4"]),
        ({"dL/dw": 1, "\ud800": 2, "a\nb": 3, "ok": 4}, ["f_1", "f_2", "f_3", "ok"]),
        ({"x1": 1, "x_1": 2}, ["x1", "f_2"]),
        ({1: 1, "p": {1: 2, "q": 3}, "p_q": 4}, ["f_1", "p_1", "p_q", "f_4"]),
        ({"x": 1, "e": 2}, ["f_1", "e"]),
    ],
)
def test_a_key_names_its_value_where_it_can_be_a_name(keys, names):
    def f(x):
        return scaled(x, keys)

    def scaled(x, keys):
        return {
            key: scaled(x, number) if isinstance(number, dict) else (number + 1) * x for key, number in keys.items()
        }

    f.__name__ = "f" if len(names) > 1 else "<lambda>"
    graph = trace(f).graph
    assert [graph.nodes[output].name for output in graph.outputs] == names


def test_what_a_loop_compares_is_noted_once():
    def f(x, n):
        for _ in range(1000):
            x = x + 1 if n > 2 else x
        return x

    source = trace(f, {"x": 0, "n": 3})
    (note,) = source.notes
    assert note.endswith("3 > 2 is true, and what follows from that is drawn")
    assert Path(__file__).name in note

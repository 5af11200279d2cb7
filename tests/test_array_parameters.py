"""Parameters of Python functions in the forms that they have: of three axes, n × 1, of one entry, in lists and dicts,
and not read at all; their numbers come back as they went in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main

POINT = {
    "A": [[[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], [[0.7, 0.1], [0.2, 0.9], [0.4, 0.3]]],
    "v": [[0.1], [0.2]], "s": [0.3], "x": [0.1, 0.2, 0.3], "unread": [1, 2],
}  # fmt: skip


def evaluated(folder: Path, code: str, point: dict[str, Any]) -> Any:
    (folder / "system.py").write_text(f"import numpy as np\n{code}", encoding="utf-8")
    (folder / "point.json").write_text(json.dumps(point), encoding="utf-8")
    asked = ["eval", f"{folder / 'system.py'}:f", "--at", str(folder / "point.json"), "--format", "json"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def slopes(function: Any, point: dict[str, Any], name: str) -> Any:
    """The gradient by central differences."""
    whole = np.array(point[name], float)
    found = np.zeros(whole.shape)
    for place in np.ndindex(whole.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = whole.copy()
            moved[place] += step
            ends.append(float(np.squeeze(function(**{**point, name: moved}))))
        found[place] = (ends[0] - ends[1]) / 2e-6
    return found


CODE = """
def f(A, v, s, x, unread):
    C = np.einsum("bij,j->bi", A, v[:, 0])
    D = np.tanh(A @ v)
    u = s * v
    return np.sum(C ** 2) + np.sum(D) * u[0, 0] + x @ C[0]
"""


def test_arrays_come_back_as_they_are(tmp_path: Path) -> None:
    found = evaluated(tmp_path, CODE, POINT)
    space: dict[str, Any] = {"np": np}
    exec(CODE, space)
    shapes = {name: np.shape(value) for name, value in found["values"].items()}
    assert shapes == {"A": (2, 3, 2), "v": (2, 1), "s": (1,), "x": (3,), "unread": (2,),
                      "C": (2, 3), "D": (2, 3, 1), "u": (2, 1), "f": ()}  # fmt: skip
    assert found["values"]["A"] == POINT["A"]
    plain = {name: np.array(value, float) for name, value in POINT.items()}
    for name in ("A", "v", "x"):
        np.testing.assert_allclose(found["gradient"]["f"][name], slopes(space["f"], plain, name), rtol=1e-6, atol=1e-8)
    edges = {(edge["of"], edge["wrt"]): np.array(edge["value"]) for edge in found["edges"]}
    assert edges["D", "A"].shape == (2, 3, 1, 2, 3, 2)
    assert edges["D", "v"].shape == (2, 3, 1, 2, 1)
    assert not edges["D", "A"][0, :, :, 1].any()


def test_a_part_that_is_chosen_stays_a_part(tmp_path: Path) -> None:
    (tmp_path / "system.py").write_text("def f(A: (2, 3, 2)):\n    return (A ** 2).sum()\n", encoding="utf-8")
    asked = ["eval", f"{tmp_path / 'system.py'}:f", "--format", "json", "--wrt", "A_2", "--at", f"A={POINT['A']}"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    assert list(json.loads(done.stdout)["gradient"]["f"]) == ["A_2"]


NESTED = {
    "dict": (
        "def f(p, x):\n    h = np.tanh(p['W1'] @ x + p['b1'])\n    return p['w2'] @ h + p['c']",
        {"p": {"W1": [[1, 2], [3, 4], [5, 6]], "b1": [0.1, 0.2, 0.3], "w2": [1, 2, 3], "c": 0.5}, "x": [0.1, 0.2]},
        {"W1": (3, 2), "b1": (3,), "w2": (3,), "c": ()},
    ),
    "list of pairs": (
        "def f(layers, x):\n    for W, b in layers:\n        x = np.tanh(W @ x + b)\n    return x.sum()",
        {"layers": [[[[1, 2], [3, 4], [5, 6]], [0.1, 0.2, 0.3]], [[[1, 2, 3]], [0.4]]], "x": [0.1, 0.2]},
        {"layers_{1,1}": (3, 2), "layers_{1,2}": (3,), "layers_{2,1}": (1, 3), "layers_{2,2}": (1,)},
    ),
    "list of dicts": (
        "def f(layers, x):\n    for p in layers:\n        x = np.tanh(p['W'] @ x + p['b'])\n    return x.sum()",
        {"layers": [{"W": [[1, 2], [3, 4], [5, 6]], "b": [0.1, 0.2, 0.3]}, {"W": [[1, 2, 3]], "b": [0.4]}],
         "x": [0.1, 0.2]},
        {"W_1": (3, 2), "b_1": (3,), "W_2": (1, 3), "b_2": (1,)},
    ),
    "by annotation": (
        "def f(p: {'W': (3, 2), 'b': 3}, x: 2):\n    return np.sum(p['W'] @ x + p['b'])",
        {"W": [[1, 2], [3, 4], [5, 6]], "b": [0.1, 0.2, 0.3], "x": [0.1, 0.2]},
        {"W": (3, 2), "b": (3,)},
    ),
    "by default": (
        "def f(p=(np.ones((3, 2)), np.ones(3)), x=np.ones(2)):\n    return np.sum(p[0] @ x + p[1])",
        {"p": [[[1, 2], [3, 4], [5, 6]], [0.1, 0.2, 0.3]], "x": [0.1, 0.2]},
        {"p_1": (3, 2), "p_2": (3,)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", NESTED)
def test_parameters_that_are_lists_and_dicts(case: str, tmp_path: Path) -> None:
    code, point, shapes = NESTED[case]
    found = evaluated(tmp_path, code, point)
    gradient = found["gradient"][list(found["gradient"])[-1]]
    assert {name: np.shape(gradient[name]) for name in shapes} == shapes


def test_arrays_of_three_axes_in_equations() -> None:
    declared = "K: 2x3x2; x: 2; y: 3; "
    latex = r"K \in \mathbb{R}^{2\times 3\times 2}, x \in \mathbb{R}^2, y \in \mathbb{R}^3"
    texts = (
        f"{declared}s_k = y^T K_k x",
        f"{declared}s_k = sum_{{i,j}} K_kij y_i x_j",
        rf"s_k = y^\top K_k x, {latex}",
    )
    point = f"K={POINT['A']},x=[1,2],y=[1,2,3]"
    wanted = np.einsum("kij,i,j", np.array(POINT["A"]), [1, 2, 3], [1, 2])
    for text in texts:
        done = CliRunner().invoke(main, ["eval", text, "--format", "json", "--at", point])
        found = json.loads(done.stdout)
        np.testing.assert_allclose(found["values"]["s"], wanted)
        assert found["values"]["K"] == POINT["A"]
        slope = np.array(found["gradient"]["s"]["K"])
        np.testing.assert_allclose(slope, np.einsum("kl,i,j->klij", np.eye(2), [1, 2, 3], [1, 2]))


def test_infinity_masks_scores(tmp_path: Path) -> None:
    code = (
        "def f(Q: (3, 2), K: (3, 2)):\n    S = np.where(np.tri(3, dtype=bool), Q @ K.T, -np.inf)\n"
        "    A = np.exp(S - S.max(1, keepdims=True))\n    return np.sum((A / A.sum(1, keepdims=True))[:, 0] ** 2)"
    )
    point = {"Q": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], "K": [[0.7, 0.1], [0.2, 0.9], [0.4, 0.3]]}
    space: dict[str, Any] = {"np": np}
    exec(code, space)
    found = evaluated(tmp_path, code, point)
    plain = {name: np.array(value) for name, value in point.items()}
    result = list(found["gradient"])[-1]
    np.testing.assert_allclose(found["values"][result], space["f"](**plain))
    np.testing.assert_allclose(found["gradient"][result]["Q"], slopes(space["f"], plain, "Q"), rtol=1e-6, atol=1e-8)

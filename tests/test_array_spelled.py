"""Systems in spellings that were refused or misread when they were first seen: the values and gradients of `adgraph
eval` are those of a function of numpy's, by central differences."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pytest
from click.testing import CliRunner

from graphviz_ad.cli.main import main
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.typed_names import TypedNames
from graphviz_ad.read.latex.reading import read as read_latex
from graphviz_ad.read.text.equations import read as read_text

STEP = 1e-6


def systems() -> Iterator[Any]:
    text = Path(__file__).with_name("array_spelled.txt").read_text(encoding="utf-8")
    for block in text.split("\n### ")[1:]:
        name, _, rest = block.partition("\n")
        *spellings, code = (part.strip() for part in re.split(r"\n---(?=\n)", f"\n{rest}"))
        for language, spelling in zip(("text", "latex"), spellings, strict=True):
            if spelling:
                yield pytest.param(spelling, code, id=f"{name}-{language}")


def function_of(code: str) -> Callable[..., Any]:
    space: dict[str, Any] = {"np": np}
    exec(compile(code, "<system>", "exec", dont_inherit=True), space)
    made: Callable[..., Any] = space["f"]
    return made


def point_of(function: Callable[..., Any]) -> dict[str, Any]:
    """Values of the parameters, which depend on their names alone; square matrices are positive definite."""
    point = {}
    for name, parameter in inspect.signature(function).parameters.items():
        axes = parameter.annotation if isinstance(parameter.annotation, tuple) else (parameter.annotation,)
        made = np.random.default_rng(crc32(name.encode())).uniform(0.2, 0.9, axes)
        square = len(axes) == 2 and axes[0] == axes[1]
        point[name] = made @ made.T / 2 + np.eye(axes[0]) + 0.1 * np.triu(made) if square else made
    return point


def gradient_of(function: Callable[..., Any], point: dict[str, Any], name: str) -> Any:
    """A gradient by central differences."""
    slopes = np.zeros(np.shape(point[name]))
    for place in np.ndindex(slopes.shape):
        ends = []
        for step in (STEP, -STEP):
            moved = np.array(point[name])
            moved[place] += step
            ends.append(float(np.squeeze(function(**{**point, name: moved}))))
        slopes[place] = (ends[0] - ends[1]) / (2 * STEP)
    return slopes


@pytest.mark.parametrize(("spelling", "code"), list(systems()))
def test_eval_has_the_numbers_of_the_function(spelling: str, code: str, tmp_path: Path) -> None:
    function = function_of(code)
    point = point_of(function)
    file = tmp_path / "point.json"
    file.write_text(json.dumps({name.rstrip("_"): value.tolist() for name, value in point.items()}))
    done = CliRunner().invoke(main, ["eval", spelling, "--at", str(file), "--format", "json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    output, gradient = list(found["gradient"].items())[-1]
    wanted = np.squeeze(function(**point))
    np.testing.assert_allclose(np.squeeze(found["values"][output]), wanted, rtol=1e-9)
    names, by_key = TypedNames(gradient), {Name(name).loose_key: slopes for name, slopes in gradient.items()}
    for name in point if wanted.shape == () else ():
        slopes = by_key[Name(names.meant(name.rstrip("_"))).loose_key]
        np.testing.assert_allclose(slopes, gradient_of(function, point, name), rtol=1e-4, atol=1e-6)


def numbers(spelling: str, *at: str) -> dict[str, Any]:
    given = [part for one in at for part in ("--at", one)]
    done = CliRunner().invoke(main, ["eval", spelling, *given, "--format", "json"])
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_rows_are_rows() -> None:
    found = numbers("K: 1x2; x: 2; y = K x; z = x^T", "K=[[1,2]],x=[3,4]")
    assert found["values"] == {"K": [[1.0, 2.0]], "x": [3.0, 4.0], "y": 11.0, "z": [[3.0, 4.0]]}
    assert found["gradient"]["y"]["K"] == [[3.0, 4.0]]
    assert np.shape(found["gradient"]["z"]["x"]) == (1, 2, 2)


def test_edges_go_through_what_has_a_name_in_figures_alone() -> None:
    found = numbers("w, x: 3; y = w × (w × x)", "w=[1,2,3],x=[4,5,6]")
    assert {(edge["of"], edge["wrt"]) for edge in found["edges"]} == {("y", "w"), ("y", "x")}
    w = np.array([1.0, 2.0, 3.0])
    by_x = next(edge["value"] for edge in found["edges"] if edge["wrt"] == "x")
    np.testing.assert_allclose(by_x, np.outer(w, w) - (w @ w) * np.eye(3))


@pytest.mark.parametrize("typed", ["W1", "W_1", "W^(1)", "W^{(1)}", "W^{1}"])
def test_a_label_may_be_typed_in_several_ways(typed: str) -> None:
    source = r"\mathbf{y} = \mathbf{W}^{(1)}\mathbf{x}"
    assert numbers(source, f"{typed}=[[1,2]]", "x=[3,4]")["values"]["𝐲"] == 11.0


@pytest.mark.parametrize(("spelling", "note"), [
    ("w: 2; y = w^T w; λ > 0", "'λ > 0' is a condition and defines nothing; it is left out"),
    (r"\min_{\mathbf{w}} J(\mathbf{w}) = \|\mathbf{w}\|^2", r"\min_{\mathbf{w}} is left out"),
    (r"\mathbf{z} = \mathbf{w}\oplus\mathbf{w}", "𝐰 ⊕ 𝐰 is one below the other"),
    (r"k(\mathbf{w}, \mathbf{w}') = \|\mathbf{w} - \mathbf{w}'\|^2", "𝐰' is another vector here, and no transpose"),
    (r"\log p(\mathbf{w}) = -\frac12\mathbf{w}^\top\mathbf{w}", "'log p' on the left side is read as one name"),
    ("t: 2; J = sum_i t_i + t_i^2", "the sum over i is of all terms that have this index"),
    (r"J = CE(\mathbf{y}, \mathbf{t}) = \|\mathbf{y} - \mathbf{t}\|^2", "CE(𝐲, 𝐭) is another name of J"),
    ("Q: 2x2; w: 2; J = ||w||_Q^2", "the square of a norm of index Q is x^T Q x"),
])  # fmt: skip
def test_notes_say_how_a_spelling_is_read(spelling: str, note: str) -> None:
    source = (read_latex if "\\" in spelling else read_text)(spelling)
    assert any(note in said for said in source.notes)


@pytest.mark.parametrize("source", [
    "φ_n: 2; w: 2; t: n; y_n = σ(w^T φ_n); L = sum_n t_n y_n",
    "φ_n: 2; w: 2; t: vector; y_n = σ(w^T φ_n); L = prod_n t_n y_n",
    r"y_n = \mathbf{w}^\top\mathbf{v}, \quad E = \sum_n y_n t_n, \quad \mathbf{t} \in \mathbb{R}^N",
])  # fmt: skip
def test_what_has_the_index_of_a_sum_and_is_one_variable_is_refused(source: str) -> None:
    with pytest.raises(AdgraphError, match=r"'y_n' is one variable, and the (sum|product) is over n"):
        (read_latex if "\\" in source else read_text)(source)


def test_an_expected_value_is_no_product() -> None:
    with pytest.raises(AdgraphError, match="an expected value is not read"):
        read_latex(r"v = \sum_k \pi_k (\mu_k - \mathbb{E}(x))^2, \quad \pi, \mu \in \mathbb{R}^3")


@pytest.mark.parametrize("source", ["A: 3x3; y = det(A) = z", "x: 3; y = x^T x = ||x||^2", "x: 3; y = x.sum()"])
def test_several_expressions_and_methods_are_refused(source: str) -> None:
    with pytest.raises(AdgraphError, match=r"an equation has one =|unexpected character"):
        read_text(source)


def test_a_definition_with_its_shape_is_not_left_out() -> None:
    with pytest.raises(AdgraphError, match="a set is not read"):
        read_latex(
            r"Z = X W^\top \in \mathbb{R}^{2\times 4}, \quad X \in \mathbb{R}^{2\times 3}, W \in \mathbb{R}^{4\times 3}"
        )

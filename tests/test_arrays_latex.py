r"""Vectors and matrices in LaTeX, as papers write them; computed from the graph that is read, and by numpy."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import numpy as np
import pytest

from graphviz_ad.read.latex.reading import read
from tests.arrays_numpy import at_random, computed

SIZES = {"m": 2, "n": 3, "p": 4, "q": 5, "r": 6, "s": 7, "k": 8, "d": 9, "M": 10}
A33 = r"\mathbf{A}, \mathbf{B} \in \mathbb{R}^{3 \times 3}, \mathbf{x}, \mathbf{z} \in \mathbb{R}^3, "

SYSTEMS = [
    # declarations
    (r"\mathbf{y} = \mathbf{W}\mathbf{x}, \mathbf{W} \in \mathbb{R}^{2\times 3}", "W @ x"),  # x is declared by none
    (r"y = \mathbf{w}^\top \mathbf{x}, \text{ where } \mathbf{w}, \mathbf{x} \in \mathbb{R}^3", "w @ x"),
    (r"\mathbf{W} \in \mathbb{R}^{2 \times 3}, \quad \mathbf{x} \in \mathbb{R}^{n}, \quad \mathbf{b}, \mathbf{t} \in "
     r"\mathbb{R}^{m} \\ \mathbf{y} = \mathbf{W}\mathbf{x} + \mathbf{b}, \quad "
     r"L = \tfrac12 \lVert \mathbf{y} - \mathbf{t} \rVert_2^2", "np.sum((W @ x + b - t) ** 2) / 2"),
    (r"W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3, y = W x", "W @ x"),
    (r"W \in \mathbb R^{2\times 3}; x \in \mathbb{R}^3; y = Wx", "W @ x"),
    (r"Let $W \in \mathbb{R}^{2 \times 3}$ and $x \in \mathbb{R}^3$ be given. Then $$y = W x$$ is a vector.", "W @ x"),
    (r"y = W x, \quad W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3, \lambda \in \mathbb{R}", "W @ x"),
    (r"\theta \in \mathbb{R}^{3}, \; X \in \mathbb{R}^{4 \times 3} \\ p = X \theta", "X @ θ"),
    (r"W^{(1)} \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3, h = \tanh(W^{(1)} x)", "np.tanh(W__1__ @ x)"),
    (r"\begin{align} W &\in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3 \\ y &= W x \end{align}", "W @ x"),
    # undeclared: bold letters
    (r"\mathbf{y} = \mathbf{W}\mathbf{x} + \mathbf{b}", "W @ x + b"),
    (r"\bm{y} = \bm{W}\bm{x} + \bm{b}", "W @ x + b"),
    (r"\mathbf{y} = \mathbf{Wx} + \mathbf{b}", "W @ x + b"),
    (r"\mathbf{h} = \tanh(\mathbf{W}_{\textrm{xh}} \mathbf{x} + \mathbf{b})", "np.tanh(W_xh @ x + b)"),
    (r"\mathbf{H} = \sigma(\mathbf{X} \mathbf{W} + \mathbf{b})", "1 / (1 + np.exp(-(X @ W + b)))"),
    (r"\hat{\mathbf{y}} = \mathbf{W}\mathbf{x}, L = \|\hat{\mathbf{y}} - \mathbf{y}\|^2", "np.sum((W @ x - y) ** 2)"),
    (r"L = \|\mathbf{A}\mathbf{x} - \mathbf{b}\|^2 + \lambda \|\mathbf{x}\|^2", "np.sum((A @ x - b)**2) + λ * np.sum(x**2)"),
    (r"\mathbf{c}_t = \mathbf{f}_t \odot \mathbf{c}_{t-1} + \mathbf{i}_t \odot \mathbf{g}_t",
     "f_t * c_t_1_ + i_t * g_t"),
    # transposes
    (A33 + r"q = \mathbf{x}^\top \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^T \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{\top} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{T} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{\intercal} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{\mathsf{T}} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^\mathsf{T} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{\mathrm{T}} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = \mathbf{x}^{\text{T}} \mathbf{A} \mathbf{x}", "x @ A @ x"),
    (A33 + r"q = (\mathbf{A} \mathbf{x})^\top \mathbf{z}", "(A @ x) @ z"),
    (A33 + r"q = \mathbf{A}^{-\top} \mathbf{z} + \mathbf{A}^{-1} \mathbf{z}", "np.linalg.inv(A).T @ z + np.linalg.inv(A) @ z"),
    (r"W^{(2)} \in \mathbb{R}^{2 \times 3}, d \in \mathbb{R}^2, g = W^{(2)\top} d", "W__2__.T @ d"),
    (r"W_2 \in \mathbb{R}^{2 \times 3}, d \in \mathbb{R}^2, g = W_2^\top d", "W_2.T @ d"),
    # products
    (A33 + r"\mathbf{C} = \mathbf{A} \odot \mathbf{B}", "A * B"),
    (A33 + r"\mathbf{C} = \mathbf{A} \circ \mathbf{B}", "A * B"),
    (A33 + r"y = \mathbf{x} \oslash \mathbf{z}", "x / z"),
    (A33 + r"y = \mathbf{x} \cdot \mathbf{z}", "x @ z"),
    (A33 + r"y = \langle \mathbf{x}, \mathbf{z} \rangle + \left\langle \mathbf{A}\mathbf{x}, \mathbf{z} \right\rangle",
     "x @ z + (A @ x) @ z"),
    (A33 + r"y = \mathbf{A} \cdot \mathbf{x}", "A @ x"),
    (A33 + r"y = \langle \mathbf{A}, \mathbf{B} \rangle", "np.sum(A * B)"),
    # norms
    (A33 + r"L = \|\mathbf{x}\|", "np.linalg.norm(x)"),
    (A33 + r"L = \lVert \mathbf{x} - \mathbf{z} \rVert^2", "np.sum((x - z) ** 2)"),
    (A33 + r"L = \left\| \mathbf{x} - \mathbf{z} \right\|_2^2", "np.sum((x - z) ** 2)"),
    (A33 + r"L = \left\lVert \mathbf{A} \right\rVert_F^2 + \|\mathbf{x}\|_1", "np.sum(A**2) + np.abs(x).sum()"),
    (A33 + r"L = \|\mathbf{A}\|_{\mathrm{F}}^2", "np.sum(A**2)"),
    (A33 + r"L = \frac{1}{2} ||\mathbf{x} - \mathbf{z}||_2^2", "np.sum((x - z) ** 2) / 2"),
    (A33 + r"\hat{\mathbf{u}} = \frac{\mathbf{x}}{\|\mathbf{x}\|}", "x / np.linalg.norm(x)"),
    # functions
    (r"\mathbf{p} = \operatorname{softmax}(\mathbf{W}\mathbf{x})", "np.exp(W @ x) / np.exp(W @ x).sum()"),
    (r"\mathbf{p} = \mathrm{softmax}(\mathbf{z}), L = -\mathbf{t}^\top \log \mathbf{p}",
     "-t @ np.log(np.exp(z) / np.exp(z).sum())"),
    (r"\mathbf{p} = \text{softmax}(\mathbf{z})", "np.exp(z) / np.exp(z).sum()"),
    (A33 + r"L = \mathrm{tr}(\mathbf{A}\mathbf{B}) + \operatorname{tr} \mathbf{A}", "np.trace(A @ B) + np.trace(A)"),
    (A33 + r"L = \log\det (\mathbf{A} \mathbf{A}^\top) + \det \mathbf{A}",
     "np.log(np.linalg.det(A @ A.T)) + np.linalg.det(A)"),
    (A33 + r"\mathbf{C} = \operatorname{diag}(\mathbf{x}) \mathbf{A}", "np.diag(x) @ A"),
    (A33 + r"\mathbf{C} = (\mathbf{A} + \lambda \mathbf{I})^{-1}", "np.linalg.inv(A + λ * np.eye(3))"),
    (A33 + r"m = \mathbf{1}^\top \mathbf{x}", "x.sum()"),
    (A33 + r"\mathbf{c} = \mathbf{x} - \mathbf{1} \frac{\mathbf{1}^\top \mathbf{x}}{3}", "x - x.mean()"),
    (A33 + r"m = \max(\mathbf{x}) + \operatorname{mean}(\mathbf{x})", "x.max() + x.mean()"),
    (A33 + r"L = \frac12 (\mathbf{x} - \mathbf{z})^\top (\mathbf{x} - \mathbf{z})", "np.sum((x - z) ** 2) / 2"),
    (A33 + r"L = \left\| \mathbf{x} - \mathbf{z} \right\|^2_2", "np.sum((x - z) ** 2)"),
    (A33 + r"\mathbf{C} = \mathbf{A} + \lambda \mathbf{I}_3 + \mathbf{1}_3 \mathbf{x}^\top", "A + λ * np.eye(3) + np.outer(np.ones(3), x)"),
    (r"\hat{y} = \mathbf{w}^\top \mathbf{x} + b", "w @ x + b"),
    (r"\hat{y} = \mathbf{w} \cdot \mathbf{x} + b", "w @ x + b"),
    (r"\mathbf{h} = \mathrm{ReLU}(\mathbf{W} \mathbf{x}), \quad \mathbf{g} = \frac{1}{1 + e^{-\mathbf{h}}}",
     "1 / (1 + np.exp(-np.maximum(W @ x, 0)))"),
    # spellings
    (r"\newcommand{\vx}{\mathbf{x}}\newcommand{\mW}{\mathbf{W}} \mathbf{y} = \mW\vx", "W @ x"),
    (r"\newcommand{\R}{\mathbb{R}} W \in \R^{2 \times 3}, x \in \R^3, y = W x", "W @ x"),
    (r"\def\norm#1{\left\|#1\right\|} s = \norm{\mathbf{x}}^2", "x @ x"),
    (r"\DeclareMathOperator{\softmax}{softmax} \mathbf{p} = \softmax(\mathbf{z})", "np.exp(z) / np.exp(z).sum()"),
    (r"{\bf y} = {\bf W}{\bf x}", "W @ x"),
    (r"W \in \mathbb{R}^{m \times n}, x \in \mathbb{R}^n: \quad y = Wx", "W @ x"),
    (r"q = (\mathbf{x} - \boldsymbol\mu)^\top \boldsymbol\Sigma^{-1} (\mathbf{x} - \boldsymbol\mu), "
     r"\boldsymbol\Sigma \in \mathbb{R}^{3 \times 3}", "(x - μ) @ np.linalg.inv(Σ) @ (x - μ)"),
    (r"\mathbf{z} = \boldsymbol{\mu} + \mathbf{s} \odot \boldsymbol{\epsilon} + \boldsymbol\phi", "μ + s * ε + φ"),
    (r"\mathbf{b} = \mathbf{X}'(\mathbf{X}\mathbf{X}')^{-1}\mathbf{y}", "X.T @ np.linalg.inv(X @ X.T) @ y"),
    (r"s = \|\mathbf{x}\|_\infty", "x.max()"),
    (r"\mathbf{x} \in \mathbb{R}^4, s = \max_i x_i", "x.max()"),
    (r"\mathbf{M} = \mathbf{u} \otimes \mathbf{v}", "np.outer(u, v)"),
    (r"\mathbf{h} = [\mathbf{W}\mathbf{x} - \mathbf{b}]_+", "np.maximum(W @ x - b, 0)"),
    (r"\mathbf{y} = \mathbf{x}^{\circ 2} + \mathbf{x}^{\odot 3}", "x**2 + x**3"),
    (r"\mathbf{y} = \mathbf{A}^2 \mathbf{x}", "A @ A @ x"),
    (r"\mathbf{R} = \begin{bmatrix} \cos\theta & -\sin\theta \\ \sin\theta & \cos\theta \end{bmatrix}, "
     r"\mathbf{y} = \mathbf{R}\mathbf{x}", "np.array([[np.cos(θ), -np.sin(θ)], [np.sin(θ), np.cos(θ)]]) @ x"),
    (r"\mathbf{f} = \sigma(\mathbf{W}[\mathbf{h}, \mathbf{x}])", "1 / (1 + np.exp(-W @ np.concatenate([h, x])))"),
    (r"\ell = -\frac12\ln|\mathbf{S}\mathbf{S}^\top|", "-np.log(np.linalg.det(S @ S.T)) / 2"),
    (r"p = (2\pi)^{-3/2} |\mathbf{S}\mathbf{S}^\top|^{-1/2}", "(2 * np.pi) ** -1.5 / np.sqrt(np.linalg.det(S @ S.T))"),
    (r"f = \langle \mathbf{A}, \mathbf{B} \rangle_F", "np.sum(A * B)"),
    (r"\mathbf{p} = \operatorname{softmax}(\mathbf{z}), L = -\sum_i t_i \log p_i",
     "-t @ np.log(np.exp(z) / np.exp(z).sum())"),
    (r"\mathbf{x}, \mathbf{y} \in \mathbb{R}^4, L = \sum_i |x_i - y_i|", "np.abs(x - y).sum()"),
    (r"L = \sum_{i=1}^{2} (y_i - \mathbf{w}^\top\mathbf{x}_i)^2", "(y_1 - w @ x_1) ** 2 + (y_2 - w @ x_2) ** 2"),
    (r"\mathbf{x} \in \mathbb{R}^4, \mu = \frac14 \sum_i x_i, \sigma_B^2 = \frac14 \sum_i (x_i - \mu)^2, "
     r"\hat{\mathbf{x}} = \frac{\mathbf{x} - \mu}{\sqrt{\sigma_B^2 + 1}}", "(x - x.mean()) / np.sqrt(x.var() + 1)"),
    # sums with indices
    (r"x, y \in \mathbb{R}^4, L = \sum_i (y_i - w x_i)^2", "np.sum((y - w * x) ** 2)"),
    (r"x, y \in \mathbb{R}^4, L = \frac{1}{n}\sum_{i=1}^{n} (y_i - w x_i)^2", "np.mean((y - w * x) ** 2)"),
    (r"x, y \in \mathbb{R}^4, L = \frac{1}{4}\sum\limits_{i=1}^4 \left(y_i - w x_i\right)^2", "np.mean((y - w * x) ** 2)"),
    (r"\mathbf{p}, \mathbf{t} \in \mathbb{R}^4, L = -\sum_i t_i \log p_i", "-t @ np.log(p)"),
    (r"W \in \mathbb{R}^{2 \times 3}, L = \sum_{i,j} W_{ij}^2", "np.sum(W**2)"),
    (r"W \in \mathbb{R}^{2 \times 3}, L = \sum_{i}\sum_j W_{i,j}^2", "np.sum(W**2)"),
    (r"W^{(1)} \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3, b \in \mathbb{R}^2, "
     r"a_i = \sum_{j=1}^{3} W^{(1)}_{ij} x_j + b_i", "W__1__ @ x + b"),
    (r"X \in \mathbb{R}^{4 \times 3}, w \in \mathbb{R}^3, y \in \mathbb{R}^4, L = \sum_i ((Xw)_i - y_i)^2",
     "np.sum((X @ w - y) ** 2)"),
    (r"z \in \mathbb{R}^3, p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}", "np.exp(z) / np.exp(z).sum()"),
    (r"z \in \mathbb{R}^3, p_i = \frac{\exp(z_i)}{\sum_{j=1}^{3} \exp(z_j)}", "np.exp(z) / np.exp(z).sum()"),
    (r"A \in \mathbb{R}^{2 \times 3}, B \in \mathbb{R}^{3 \times 4}, C_{ij} = \sum_k A_{ik} B_{kj}", "A @ B"),
    (r"x \in \mathbb{R}^3, f = x_1^2 x_2 + x_3", "x[0] ** 2 * x[1] + x[2]"),
    # blocks
    (r"x \in \mathbb{R}^2, h \in \mathbb{R}^3, W \in \mathbb{R}^{4 \times 5}, y = W \begin{bmatrix} x \\ h \end{bmatrix}",
     "W @ np.concatenate([x, h])"),
    (r"\mathbf{y} = \mathbf{W} [\mathbf{x}; \mathbf{h}] + \mathbf{b}", "W @ np.concatenate([x, h]) + b"),
    (r"A \in \mathbb{R}^{2 \times 3}, B \in \mathbb{R}^{2 \times 4}, C = \begin{pmatrix} A & B \end{pmatrix}",
     "np.hstack([A, B])"),
    (r"\mathbf{y} = \begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}\mathbf{x}, \mathbf{x} \in \mathbb{R}^3",
     "np.array([[1, 2, 3], [4, 5, 6]]) @ x"),
    (r"\mathbf{y} = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{bmatrix} a \\ b \end{bmatrix}",
     "np.array([[1, 2], [3, 4]]) @ [a, b]"),
    (r"\mathbf{x} = (x_1, x_2)^\top, y = \mathbf{w}^\top\mathbf{x}", "w @ [x_1, x_2]"),
    (r"\mathbf{h} = \sigma(\mathbf{W} [\mathbf{h}_0, \mathbf{x}])", "1 / (1 + np.exp(-W @ np.concatenate([h_0, x])))"),
    # which names are declared, and which are numbers
    (r"L = \det\mathbf{X} - \operatorname{tr}\mathbf{X}, \mathbf{X} \in \mathbb{R}^{3 \times 3}",
     "np.linalg.det(X) - np.trace(X)"),
    (r"C_{ik} = \sum_j A_{ij}B_{jk}, A \in \mathbb{R}^{2 \times 3}, B \in \mathbb{R}^{3 \times 4}", "A @ B"),
    (r"L = -\sum_{n,k} T_{nk}\log P_{nk}, \mathbf{P}, \mathbf{T} \in \mathbb{R}^{2 \times 3}", "-np.sum(T * np.log(P))"),
    (r"y = W x + b where W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3 and b \in \mathbb{R}^2", "W @ x + b"),
    (r"y = W x \quad (W \in \mathbb{R}^{2 \times 3}, x \in \mathbb{R}^3)", "W @ x"),
    (r"\mathbf{X} \in \mathbb{R}^{n \times d}, n = 4, d = 3, \mathbf{y} = \mathbf{X}\mathbf{w}", "X @ w"),
    (r"\mathbf{y} = \max(0, \mathbf{K}\mathbf{x} + b)", "np.maximum(K @ x + b, 0)"),
    (r"L = \sum_{i=1}^{n} y_i ((\mathbf{X}\mathbf{w})_i + b), \mathbf{X} \in \mathbb{R}^{4 \times 3}", "y @ (X @ w + b)"),
    (r"y = \vec{w}^\intercal \vec{x} + b", "w @ x + b"),
    (r"L = \sum_{i=1}^{n} (y_i - \mathbf{w}^\top\mathbf{x}_i)^2, n = 2", "(y_1 - w @ x_1) ** 2 + (y_2 - w @ x_2) ** 2"),
    (r"\mathbf{p} = \frac{e^{\mathbf{z}}}{\sum_j e^{z_j}}", "np.exp(z) / np.exp(z).sum()"),
    (r"\mathbf{D} = \operatorname{diag}(\mathbf{d}), \mathbf{Y} = \mathbf{D}^{-1/2}\mathbf{A}\mathbf{D}^{-1/2}",
     "np.diag(d**-0.5) @ A @ np.diag(d**-0.5)"),
    (r"L = (\mathbf{y} - \mathbf{X}\boldsymbol\beta)'(\mathbf{y} - \mathbf{X}\boldsymbol\beta)", "np.sum((y - X @ β) ** 2)"),
    (r"L = \prod_{i=1}^{n} p_i^{y_i}, \mathbf{p}, \mathbf{y} \in \mathbb{R}^4", "np.prod(p**y)"),
    # attention
    (r"Q \in \mathbb{R}^{2 \times 4}, K \in \mathbb{R}^{3 \times 4}, V \in \mathbb{R}^{3 \times 5}, "
     r"A = \operatorname{softmax}\left(\frac{QK^\top}{\sqrt{4}}\right), O = AV",
     "(lambda e: e / e.sum(axis=1, keepdims=True) @ np.eye(1))(np.exp(Q @ K.T / 2)) @ V"),
]  # fmt: skip


def plain(name: str) -> str:
    """A name as Python has it: W of a bold W, W__1__ of W^{(1)}."""
    letters = unicodedata.normalize("NFKD", name.replace("_vec", ""))
    return re.sub(r"[\u0300-\u036f{}^]", "", re.sub(r"\^\{\(|\)\}", "__", letters)).replace("-1", "_1_")


@pytest.mark.parametrize(("source", "formula"), SYSTEMS)
def test_a_system_is_what_numpy_computes(source: str, formula: str) -> None:
    graph = read(source).graph
    shapes: dict[str, Any] = {}
    for index in graph.inputs():
        shape = graph.nodes[index].type.shape
        shapes[str(graph.name(index))] = tuple(map(size, shape))
    graph = concrete(source, shapes)
    values = computed(graph, at_random(shapes))
    known = {}
    for name, value in values.items():
        known.setdefault(plain(name), value)
    expected = np.asarray(eval(formula.replace(" @ np.eye(1)", ""), {"np": np}, known))
    found = values[str(graph.name(graph.outputs[-1]))]
    np.testing.assert_allclose(np.squeeze(found), np.squeeze(expected), rtol=1e-9)
    assert np.squeeze(found).shape == np.squeeze(expected).shape


def size(of: Any) -> int:
    return of if isinstance(of, int) else sum(SIZES[letter] for letter in of.split("+"))


def concrete(source: str, shapes: dict[str, Any]) -> Any:
    """The graph with numbers for sizes that nothing says anything of."""
    from graphviz_ad.core.request import Request

    return read(source, Request(shapes={name: shape for name, shape in shapes.items() if shape})).graph

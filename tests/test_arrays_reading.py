"""Vectors and matrices in text: each system is computed by numpy from the graph that is read, and from the formula as
numpy writes it; all dimensions are different, so that a transposition cannot hide."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graphviz_ad.read.text.equations import read
from tests.arrays_numpy import at_random, computed

LAYER = "W: 2x3; x: 3; b, t: 2; "

# Equations, and a variable of theirs as numpy computes it.
SYSTEMS = [
    # declarations
    ("W: 2x3; x: 3; y = W x", "W @ x"),
    ("W: 2×3\nx: 3\ny = W x", "W @ x"),
    ("W ∈ R^{2x3}; x ∈ R^3; y = W x", "W @ x"),
    ("W in R^(2x3); x: 3; y = W x", "W @ x"),
    ("W: (2, 3); x: [3]; y = W x", "W @ x"),
    ("W: 2 x 3; x: 3; y = W x # a comment", "W @ x"),
    ("W: 2x3; x: 3; s: scalar; y = s W x", "s * (W @ x)"),
    ("W: 2x3; x: 3; y = λ W x", "λ * (W @ x)"),
    ("W: matrix; x: 3; b: 2; y = W x + b", "W @ x + b"),
    ("W: m x n; x: 3; b: 2; y = W x + b", "W @ x + b"),
    ("W: matrix; x, b: vector; t: 2; z: 3; y = W (x + z) + b - t", "W @ (x + z) + b - t"),
    ("W: 2x3, x: 3, b, t: 2\ny = W x + b - t", "W @ x + b - t"),
    ("W ∈ ℝ²ˣ³, x ∈ ℝ³; y = W x", "W @ x"),
    ("W ∈ ℝ^{2×3}; x ∈ ℝ^3; λ ∈ ℝ; y = λ W x", "λ * (W @ x)"),
    ("y = W x where W: 2x3, x: 3", "W @ x"),
    ("y = W x, W in R^{2x3}, x in R^3", "W @ x"),
    ("y = W x + b\nwith W ∈ ℝ^{2×3}, x ∈ ℝ^3 and b ∈ {0,1}^2", "W @ x + b"),
    ("let W: 2x3, x: 3; y = W x", "W @ x"),
    ("W: 2x3, x, b: 3, y = W (x - b)", "W @ (x - b)"),
    ("W: 2x3 matrix; x: vector of length 3; b: 2-vector; y = W x + b", "W @ x + b"),
    # products
    (LAYER + "y = W x + b", "W @ x + b"),
    (LAYER + "y = W @ x + b", "W @ x + b"),
    (LAYER + "y = W*x + b", "W @ x + b"),
    (LAYER + "y = W · x + b", "W @ x + b"),
    ("a, b: 3; y = a * b", "a * b"),
    ("a, b: 3; y = a · b", "a @ b"),
    ("a, b: 3; y = dot(a, b)", "a @ b"),
    ("a, b: 3; y = a^T b", "a @ b"),
    ("a: 3; b: 2; y = a b^T", "np.outer(a, b)"),
    ("a: 3; b: 2; y = outer(a, b)", "np.outer(a, b)"),
    ("A: 2x3; B: 3x4; y = A B", "A @ B"),
    ("A: 2x3; B: 3x4; y = A*B", "A @ B"),
    ("A, B: 2x3; y = A*B", "A * B"),
    ("A, B: 3x3; y = A .* B", "A * B"),
    ("A, B: 3x3; y = A ⊙ B", "A * B"),
    ("A, B: 3x3; y = A ∘ B", "A * B"),
    ("W: 2x3; x: 3; c: 2; y = c ⊙ W x + c", "c * (W @ x) + c"),
    ("f, c, i, g: 3; y = f ⊙ c + i ⊙ g", "f * c + i * g"),
    ("a, b: 3; y = a ./ b", "a / b"),
    ("a, b: 3; y = a ⊘ b", "a / b"),
    ("a: 3; y = a .^ 2", "a**2"),
    ("a: 3; y = a^2", "a**2"),
    ("a: 3; y = a/||a||", "a / np.linalg.norm(a)"),
    # transposes
    ("x: 3; A: 3x3; q = x^T A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x^⊤ A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = xᵀ A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x' A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x'*A*x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x.T A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x.T @ A @ x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = x^{T} A x", "x @ A @ x"),
    ("x: 3; A: 3x3; q = transpose(x) A x", "x @ A @ x"),
    ("A: 2x3; b: 2; y = A^T b", "A.T @ b"),
    ("A: 2x3; B: 4x3; y = (A B^T)^T", "B @ A.T"),
    ("A: 3x3; b: 3; y = A^-T b", "np.linalg.inv(A).T @ b"),
    ("x: 3; T: scalar; y = x^T", "x**T"),
    ("x: 3; T = 2; y = x .^ T + x^T", "x**2 + x**2"),
    ("x: 3; T: 4x3; y = T x", "T @ x"),
    # norms, functions
    (LAYER + "y = W x + b; L = ||y - t||^2", "np.sum((W @ x + b - t) ** 2)"),
    (LAYER + "y = W x + b; L = ||y - t||_2^2", "np.sum((W @ x + b - t) ** 2)"),
    (LAYER + "y = W x + b; L = 1/2 ‖y - t‖²", "np.sum((W @ x + b - t) ** 2) / 2"),
    ("W: 2x3; L = ||W||_F^2", "np.sum(W**2)"),
    ("w: 3; L = ||w||_1", "np.sum(np.abs(w))"),
    ("x: 3; L = norm(x)", "np.linalg.norm(x)"),
    ("x: 3; L = norm(x, 1) + norm(x, 2)", "np.abs(x).sum() + np.linalg.norm(x)"),
    ("W: 2x3; x: 3; U: 2x4; h_prev: 4; b: 2; h = tanh(W x + U h_prev + b)", "np.tanh(W @ x + U @ h_prev + b)"),
    ("z: 3; p = softmax(z)", "np.exp(z) / np.exp(z).sum()"),
    ("z, t: 3; p = softmax(z); L = -t^T log(p)", "-t @ np.log(np.exp(z) / np.exp(z).sum())"),
    ("z, t: 3; L = -t^T log_softmax(z)", "-t @ np.log(np.exp(z) / np.exp(z).sum())"),
    ("z: 3; L = logsumexp(z)", "np.log(np.exp(z).sum())"),
    ("Z: 2x3; P = softmax(Z)", "np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)"),
    ("x: 3; m = mean(x); s = sum(x) + m", "x.sum() + x.mean()"),
    ("x: 3; m = max(x)", "x.max()"),
    ("x: 3; m = min(x)", "x.min()"),
    ("x: 3; y = max(x, 1) + relu(x - 1)", "np.maximum(x, 1) + np.maximum(x - 1, 0)"),
    ("x: 3; y = |x - 1|", "np.abs(x - 1)"),
    ("A: 2x3; B: 3x2; L = tr(A B)", "np.trace(A @ B)"),
    ("X: 3x3; L = det(X) + tr X", "np.linalg.det(X) + np.trace(X)"),
    ("X: 3x3; S = X X^T; L = logdet(S) + log det(S)", "2 * np.log(np.linalg.det(X @ X.T))"),
    ("X: 3x3; Y = X^-1", "np.linalg.inv(X)"),
    ("X: 3x3; Y = inv(X)", "np.linalg.inv(X)"),
    ("d: 3; D = diag(d)", "np.diag(d)"),
    ("X: 3x3; d = diag(X)", "np.diag(X)"),
    ("X: 3x3; λ: scalar; Y = X + λ I", "X + λ * np.eye(3)"),
    ("x: 3; y = (I - x x^T) x", "(np.eye(3) - np.outer(x, x)) @ x"),
    ("x: 3; I: 3; y = x ⊙ I", "x * I"),
    ("x: 3; y = ones(3)^T x", "x.sum()"),
    ("x: 3; b: 2; Y = ones(3) b^T + ones(3, 2)", "np.ones((3, 1)) * b + 1"),
    ("X: 2x3; v = vec(X)", "X.T.reshape(-1)"),
    ("X: 2x3; Y = 1 - X", "1 - X"),
    ("X: 3x3; Y = X + λ I_3", "X + λ * np.eye(3)"),
    ("x, y: 3; c = x^T y / (||x|| ||y||)", "x @ y / (np.linalg.norm(x) * np.linalg.norm(y))"),
    ("z, d: 3; g = [z > 1] .* d", "(z > 1) * d"),
    ("f(u) = u^2 + 1; x: 3; y = f(x)", "x**2 + 1"),
    ("z: 3; p = 1/(1 + e^(-z))", "1 / (1 + np.exp(-z))"),
    ("w, x: 3; L = log(1 + exp(-w^T x))", "np.log(1 + np.exp(-w @ x))"),
    ("Q: 2x4; K: 3x4; V: 3x5; O = softmax(Q K^T / sqrt(4)) V",
     "(np.exp(Q @ K.T / 2) / np.exp(Q @ K.T / 2).sum(axis=1, keepdims=True)) @ V"),
    ("W1: 4x3; W2: 2x4; b1: 4; x: 3; h1 = relu(W1 x + b1); o = W2 h1", "W2 @ np.maximum(W1 @ x + b1, 0)"),
    ("X: 4x3; w: 3; y: 4; L = (X w - y)^T (X w - y) / 4", "np.sum((X @ w - y) ** 2) / 4"),
    # blocks
    ("W: 4x5; x: 2; h: 3; y = W [x; h]", "W @ np.concatenate([x, h])"),
    ("W: matrix; x: 2; h: 3; b: 4; y = W [x; h] + b", "W @ np.concatenate([x, h]) + b"),
    ("A: 2x3; B: 2x4; Y = [A, B]", "np.hstack([A, B])"),
    ("A: 2x3; B: 4x3; Y = [A; B]", "np.vstack([A, B])"),
    ("A: 2x3; B: 2x1; c: 3; d: scalar; Y = [A, B; c^T, d]", "np.block([[A, B.reshape(2, 1)], [c, d]])"),
    ("a: 2; b: 3; c: 4; W: 2x9; y = W concat(a, b, c) + W[a; b; c]", "2 * W @ np.concatenate([a, b, c])"),
    ("x: 3; y = [1, 2, 3; 4, 5, 6] x", "np.array([[1, 2, 3], [4, 5, 6]]) @ x"),
    ("A: 2x3; B: 4x5; K = kron(A, B) + A ⊗ B", "2 * np.kron(A, B)"),
    ("u: 2; v: 3; k = kron(u, v)", "np.kron(u, v)"),
    # batches
    ("X: 4x3; W: 3x2; b: 2; Y = X W + b", "X @ W + b"),
    ("X: 4x3; W: 3x2; b: 1x2; Y = X W + b", "X @ W + b"),
    ("X: 4x3; w: 3; b: scalar; p = sigmoid(X w + b)", "1 / (1 + np.exp(-(X @ w + b)))"),
    # indices
    ("y: 4; x: 4; w: scalar; L = sum_i (y_i - w x_i)^2", "np.sum((y - w * x) ** 2)"),
    ("y: 4; x: 4; w: scalar; L = sum_{i=1}^{4} (y_i - w x_i)^2", "np.sum((y - w * x) ** 2)"),
    ("y: 4; x: 4; w: scalar; L = sum_{i=1}^n (y_i - w x_i)^2 / n", "np.mean((y - w * x) ** 2)"),
    ("y: n; x: 4; w: scalar; L = 1/n sum_{i=1}^n (y_i - w x_i)^2", "np.mean((y - w * x) ** 2)"),
    ("x: 2; A: 2x3; z: 3; L = sum_i sum_j x_i A_ij z_j", "x @ A @ z"),
    ("x: 2; A: 2x3; z: 3; L = sum_{i,j} x_i A_ij z_j + 1", "x @ A @ z + 1"),
    ("A, B: 2x3; L = ∑_{i,j} A_ij B_ij", "np.sum(A * B)"),
    ("A: 2x3; L = sum_{ij} A_ij^2", "np.sum(A**2)"),
    ("A: 2x3; x: 3; y_i = sum_j a_ij x_j + a_12", "A @ x + A[0, 1]"),
    ("A: 2x3; x: 3; L = sum_i (sum_j A_ij x_j)^2", "np.sum((A @ x) ** 2)"),
    ("A: 2x3; y_i = sum_j A_ij", "A.sum(axis=1)"),
    ("A: 2x3; y_j = sum_i A_ij", "A.sum(axis=0)"),
    (LAYER + "y_i = sum_j W_ij x_j + b_i", "W @ x + b"),
    (LAYER + "y_i = tanh(sum_j W_{i,j} x_j + b_i) t_i", "np.tanh(W @ x + b) * t"),
    ("A: 2x3; B: 3x4; C_ij = sum_k A_ik B_kj", "A @ B"),
    ("A: 2x3; B: 4x3; C_ij = sum_k A_ik B_jk", "A @ B.T"),
    ("A: 2x3; C_ij = A_ji", "A.T"),
    ("a: 2; b: 3; C_ij = a_i b_j", "np.outer(a, b)"),
    ("a: 2; b: 3; C_ij = a_i + b_j", "a[:, None] + b"),
    ("a: 2; b: 3; C_ij = (a_i - b_j)^2", "(a[:, None] - b) ** 2"),
    ("A: 3x3; L = sum_i A_ii", "np.trace(A)"),
    ("A: 2x3; d: 3; B: 4x3; C_ij = sum_k A_ik d_k B_jk", "A @ np.diag(d) @ B.T"),
    ("z, t: 3; p_i = exp(z_i) / sum_j exp(z_j); L = -sum_i t_i log(p_i)", "-t @ np.log(np.exp(z) / np.exp(z).sum())"),
    ("x: 3; f = x_1^2 x_2 + x_3", "x[0] ** 2 * x[1] + x[2]"),
    ("x: 3; W: 2x3; f = x_1 + W_12 W_{2,3}", "x[0] + W[0, 1] * W[1, 2]"),
    ("W: 2x3; x: 3; y = W x; f = y_1 + 2y_2", "(W @ x) @ [1, 2]"),
    ("x: 3; x_1 = 2; f = x_1 + x_2", "2 + x[1]"),
    ("W: 2x3; y_j = W_1j", "W[0]"),
    ("x: 3; W: 2x3; f = x[1] + W[1, 2] x[3]", "x[0] + W[0, 1] * x[2]"),
    ("A: 2x3; x: 3; y[i] = sum_j A[i, j] x[j]", "A @ x"),
    ("A: 4x3; x: 3; y = softmax(A x)[2] + [A x]_1 + (A x)[3]",
     "(np.exp(A @ x) / np.exp(A @ x).sum())[1] + (A @ x)[0] + (A @ x)[2]"),
    ("x: 4; p = prod(x) + prod_i x_i + prod_{i=1}^4 x_i^2 + ∏_i x_i", "3 * x.prod() + x.prod() ** 2"),
    ("X: N x D, y: N, w: D with N = 5, D = 3; E = ||y - X w||^2 / N", "np.sum((y - X @ w) ** 2) / 5"),
    ("x, y: n; s = sum_{i=1}^n x_i y_i; n = 4", "x @ y"),
    ("w: 2; x_i: 2; y: 3; L = sum_{i=1}^N (y_i - w^T x_i)^2 where N = 3",
     "sum((y[i] - w @ values[f'x_{i + 1}']) ** 2 for i in range(3))"),
    # spellings
    ("x, y: 3; s = <x, y> + ⟨x, x⟩", "x @ y + x @ x"),
    ("A, B: 2x3; s = <A, B>", "np.sum(A * B)"),
    ("x, y: 3; z = [<x, y> > 1] x", "(x @ y > 1) * x"),
    ("W: 2x3; s = ‖W‖²_F + ||W||^2_F", "2 * np.sum(W**2)"),
    ("x: 3; s = |x|_1 + |x|_2", "np.abs(x).sum() + np.linalg.norm(x)"),
    ("X: 5x3; Y = (I - 𝟏𝟏^T/5) X", "X - X.mean(axis=0)"),
    ("X: 5x3; Y = (I - 11ᵀ/5) X", "X - X.mean(axis=0)"),
    ("X: 5x3; Y = (I - 1/5 1 1^T) X", "X - X.mean(axis=0)"),
    ("A: 2x3; v = A 1 + A 𝟏", "2 * A.sum(axis=1)"),
    ("X: 4x3; w: 3; y: 4; L = ||y - Xw||^2 + 1^Ty", "np.sum((y - X @ w) ** 2) + y.sum()"),
    ("x: 3; Q: 3x3; u_1: 2; R: 2x2; J = x'Qx + u_1'Ru_1", "x @ Q @ x + u_1 @ R @ u_1"),
    ("x: 3; A: 3x3; z = x^T A x / (x^T x)", "x @ A @ x / (x @ x)"),
    ("W: matrix 2x3; x: vector 3; b: 2 by 1; y = W x + b", "W @ x + b"),
    ("W₁: 4x3; W₂: 2x4; x: 3; y = W₂ tanh(W₁ x)", "W_2 @ np.tanh(W_1 @ x)"),
    ("lambda: scalar; A: 3x3; C = A + lambda I", "A + values['lambda'] * np.eye(3)"),
    ("x: 3; s = x^Tx", "x @ x"),
    ("x: 3; s = 1^T x + 𝟏ᵀx", "2 * x.sum()"),
    ("x: 3; s = ones(3)' x + (2x)' x", "x.sum() + 2 * x @ x"),
    ("x: 3; s = Σ_i x_i^2 + Σ_{i=1}^3 x_i", "x @ x + x.sum()"),
    ("x: 3; s = ||x||_inf + ||x||_∞", "2 * x.max()"),
    ("x: 3; s = avg(x) + var(x) + std(x)", "x.mean() + x.var() + x.std()"),
    ("x: 3; y = x.^2 + 2.*x ./ x.^0.5", "x**2 + 2 * x / x**0.5"),
    ("A: 3x3; x: 3; y = inverse(A) x + solve(A, x)", "2 * np.linalg.inv(A) @ x"),
    ("u: 3; v: 2; M = u ⊗ v", "np.outer(u, v)"),
    ("x: 2; h: 3; z = concatenate(x, h) + vcat(x, h)", "2 * np.concatenate([x, h])"),
    ("a, b: 2; M = hcat(a, b)", "np.stack([a, b], axis=1)"),
    ("t: scalar; x: 2; y = [cos(t), -sin(t); sin(t), cos(t)] x",
     "np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]]) @ x"),
    ("A: 3x3; x: 3; y = A^2 x + A^3 x", "A @ A @ x + A @ A @ A @ x"),
    ("A: 3x3; f = |A| + log|A A^T|", "np.linalg.det(A) + np.log(np.linalg.det(A @ A.T))"),
    ("x, z: 4; y = max_i (x_i - z_i) + min_i x_i", "(x - z).max() + x.min()"),
    ("v: 3; m: scalar; T = 1/2 m v^T v", "m * v @ v / 2"),
    ("w: 2; x_i: 2; y: 3; L = sum_{i=1}^3 (y_i - w^T x_i)^2",
     "sum((y[i] - w @ values[f'x_{i + 1}']) ** 2 for i in range(3))"),
    ("x: 4; μ = mean(x); σ^2 = mean((x - μ).^2); z = (x - μ)/sqrt(σ^2 + 1)", "(x - x.mean()) / np.sqrt(x.var() + 1)"),
    ("x: 4; μ = mean(x); σ² = mean((x - μ).^2); z = (x - μ)/σ²", "(x - x.mean()) / x.var()"),
    ("W: 2x3; y_i = W_i2", "W[:, 1]"),
]  # fmt: skip


def last(source: str) -> tuple[Any, Any, dict[str, Any]]:
    """The graph of a source, the value of its last variable, and those of all."""
    graph = read(source).graph
    at = at_random({str(graph.name(i)): graph.nodes[i].type.shape for i in graph.inputs()})
    values = computed(graph, at)
    return graph, values[str(graph.name(graph.outputs[-1]))], values


@pytest.mark.parametrize(("source", "formula"), SYSTEMS)
def test_a_system_is_what_numpy_computes(source: str, formula: str) -> None:
    _, found, values = last(source)
    expected = np.asarray(eval(formula, {"np": np, "values": values, **values}))
    np.testing.assert_allclose(np.squeeze(found), np.squeeze(expected), rtol=1e-9)
    assert np.squeeze(found).shape == np.squeeze(expected).shape


@pytest.mark.parametrize("product", ["x_i^T w", "w^T x_i", "X_i w", "(X w)_i"])
def test_a_row_for_each_index_times_a_vector_is_a_product_of_the_whole(product: str) -> None:
    found = read(f"X: 4x3; w: 3; y: 4; L = sum_i (y_i - {product})^2").graph
    assert not {"entry", "unit", "vcat"} & {node.op for node in found.nodes}

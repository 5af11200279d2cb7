"""Functions of numpy's, as people write them, whose graphs are computed and compared with what they give."""

# ruff: noqa  # as they stand in courses

import numpy as np


def dense(W: (2, 3), x: 3, b: 2, t: 2):
    y = W @ x + b
    h = np.tanh(y)
    return np.sum((h - t) ** 2)


def text_annotations(W: "2x3", x: "3", b: "(2,)"):
    return W @ x + b


def defaults(W=np.zeros((2, 3)), x=np.zeros(3), s=2.0):
    return s * (W @ x)


def dots(W: (2, 3), x: 3, z: 3):
    return np.dot(W, x) * np.dot(x, z) + W.dot(z) * x.dot(x) + np.matmul(W, z)


def row_times_matrix(x: 2, W: (2, 3), b: 3):
    return x @ W + b


def batch(X: (4, 3), W: (3, 2), b: 2):
    return X @ W + b


def columns(W: (2, 3), x: (3, 1), b: (2, 1)):
    return W @ x + b


def rows(x: (1, 2), W: (2, 3), b: (1, 3)):
    return x @ W + b


def column_added(X: (4, 3), c: (4, 1), r: (1, 3)):
    return X * c + r - c / r


def outer_sum(a: 3, b: 2):
    return a[:, None] - b[None, :] + np.outer(a, b) * a.reshape(-1, 1)


def softmax_by_hand(z: 3, t: 3):
    e = np.exp(z - np.max(z))
    p = e / np.sum(e)
    return -np.sum(t * np.log(p))


def softmax_of_rows(Z: (2, 3)):
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


def sums(X: (4, 3)):
    return X.sum(axis=0) * X.mean(axis=0) + X.sum() + np.mean(X) + X.sum(axis=1).sum()


def sums_kept(X: (4, 3)):
    return X - X.mean(axis=0, keepdims=True) + X.sum(axis=1, keepdims=True)


def layer_norm(x: 4, g: 4):
    m = x.mean()
    v = ((x - m) ** 2).mean()
    return g * (x - m) / np.sqrt(v + 0.1)


def variances(x: 4, X: (3, 2)):
    return np.var(x) + x.std() + np.var(X, axis=0).sum()


def norms(x: 3, W: (2, 3)):
    return np.linalg.norm(x) ** 2 + np.linalg.norm(W) + np.linalg.norm(x, 1) + np.linalg.norm(W, axis=1).sum()


def matrices(A: (3, 3), b: 3):
    S = A @ A.T + np.eye(3)
    return np.linalg.inv(S) @ b + np.linalg.solve(S, b) * np.linalg.det(S) + np.linalg.slogdet(S)[1] * np.trace(S)


def diagonals(A: (3, 3), d: 3):
    return np.diag(d) @ A @ np.diag(A)


def elementwise(x: 3, y: 3):
    return np.maximum(x, y) + np.maximum(0, x - 1) + np.where(x > y, x, y) + np.abs(x - y) + np.exp(-(x**2)) / (1 + y)


def entries(x: 3, W: (2, 3)):
    return x[0] * x[-1] + W[0, 1] + W[1][2] + W[:, 0] @ W[:, 1] + W[1, :] @ x


def slices(x: 4, X: (4, 3)):
    return x[1:3] * x[:2] + X[1:3, :2] @ x[:2] + X[2:, 1]


def together(x: 2, h: 3, W: (4, 5)):
    return W @ np.concatenate([x, h]) + np.hstack([h, x[0] * np.ones(1)])


def stacks(A: (2, 3), B: (2, 4), C: (1, 7)):
    return np.vstack([np.hstack([A, B]), C])


def concatenated(A: (2, 3), B: (2, 4)):
    return np.concatenate([A, B], axis=1).T


def numbers_together(a, b, x: 2):
    return x @ np.stack([x * a, x + b])


def constants(x: 3):
    w = np.array([1.0, 2.0, 3.0])
    M = np.array([[1.0, 2.0, 4.0], [0.5, 1.5, 2.5]])
    return M @ (x * w) + np.ones(2) + np.zeros(2) + np.full(2, 3.0)


def recurrent(W: (2, 3), U: (2, 2), x: (4, 3), b: 2):
    h = np.zeros(2)
    for t in range(4):
        h = np.tanh(W @ x[t] + U @ h + b)
    return h


def attention(Q: (2, 4), K: (3, 4), V: (3, 5)):
    S = Q @ K.T / np.sqrt(4)
    A = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    return A @ V


def flattened(X: (2, 3), w: 6):
    return X.flatten() @ w + X.reshape(-1) @ w + np.ravel(X) @ w


def quadratic(x: 3, A: (3, 3)):
    return x.T @ A @ x + x @ A.T @ x


def einsums(W: (2, 3), x: 3, V: (4, 3), z: 2):
    y = np.einsum("ij,j->i", W, x) + np.einsum("ij,j", W, x) * np.einsum("i,i->", x, x)
    return np.einsum("ik,jk->ji", W, V) @ y + np.einsum("i,ij,kj->k", z, W, V) * np.einsum("ij->", W)


def row_maxima(X: (4, 3)):
    return X.max(axis=1) @ X @ X.max(axis=0)


def stable_softmax(X: (4, 3), z: 3, t: 3):
    P = np.exp(X - X.max(axis=1, keepdims=True)) / np.exp(X - X.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    e = np.exp(z - np.max(z))
    return P @ (e / np.sum(e)) * (t @ z)


def gates_of_one_product(W: (8, 3), U: (8, 2), b: 8, x: 3, h: 2, c: 2):
    f, i, o, g = np.split(W @ x + U @ h + b, 4)
    c = c / (1 + np.exp(-f)) + np.tanh(g) / (1 + np.exp(-i))
    return np.tanh(c) / (1 + np.exp(-o))


def cut(x: 6, X: (2, 6)):
    first, rest = np.split(x, [2])
    left, right = np.split(X, 2, axis=1)
    return np.concatenate([rest, first, [1.0]]) * np.append(x, 2.0) + (left @ right.T).sum()


def parts_in_order(x: 4, X: (4, 3)):
    return x[::-1] * x[[0, 2, 1, 3]] + x[::2] @ x[1::2] + X[[3, 0], [1, 2]].sum() * np.flip(x) + X[..., 0]


def rows_and_columns_in_order(X: (4, 3)):
    return X[[2, 0]] @ X[:, ::2].T[[1, 0, 1]] + np.repeat(X, 2, axis=0)[1:3, 1:].sum() + np.swapaxes(X, 0, 1)[0, 1]


def other_shapes(x: 6, X: (2, 6)):
    return x.reshape(2, 3) @ X.reshape(3, 4) + np.tile(x[:2], 2) + np.repeat(x[:2], 2)


def products_of_entries(x: 4, X: (4, 3)):
    return np.prod(x) + X.prod(axis=0) + np.cumsum(X, axis=0)[2] + np.cumsum(X[0])


def powers_of_matrices(A: (3, 3), B: (2, 2), x: 3):
    return np.linalg.matrix_power(A, 3) @ x + np.linalg.matrix_power(A, -1) @ x + np.kron(B, A).sum()


def triangles(A: (3, 3), x: 3, y: 3):
    return (np.triu(A) + np.tril(A, -1) @ A) @ np.cross(x, y) + np.einsum("ii->i", A) * np.einsum("ii", A)


def averages(X: (4, 3), w: 4):
    return np.average(X[:, 0], weights=w) + np.vdot(X, X) + np.inner(X, X).sum() + np.tensordot(X.T, w, 1).sum()


def kept_variances(X: (4, 3)):
    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True) + np.var(X, axis=0, keepdims=True)


def largest_magnitude(x: 3):
    return np.linalg.norm(x, np.inf) * np.full_like(x, 2.0)


def vector_of_numbers(x: 3, t):
    rotation = np.array([[np.cos(t), -np.sin(t)], [np.sin(t), np.cos(t)]])
    return rotation @ np.array([x[0] * x[1], x[1] * x[2]])


def convolution(x: 5, w: 3):
    return np.array([sum(w[k] * x[i + k] for k in range(3)) for i in range(3)])


def several(W: (2, 3), x: 3):
    y = W @ x
    return {"y": y, "L": y @ y}


class Net:
    def __init__(self):
        self.W = np.full((2, 3), 0.3)
        self.b = np.array([0.1, 0.2])
        self.rate = 2.0

    def forward(self, x: 3):
        return self.rate * np.tanh(self.W @ x + self.b)


def window_sums(k: 3, x: 6, b: 4):
    y = np.array([np.sum(k * x[i : i + 3]) for i in range(4)])
    return np.maximum(y - b, 0)


def array_of_states(W: (2, 3), U: (2, 2), X: (4, 3)):
    states, h = [], np.zeros(2)
    for x in X:
        h = np.tanh(W @ x + U @ h)
        states.append(h)
    return np.array(states).mean(axis=0)


def array_of_numbers(t: 2, x: 2):
    return np.array([[np.cos(t[0]), -np.sin(t[1])], [np.sin(t[0]), np.cos(t[1])]]) @ x


def blocks(A: (2, 2), B: (2, 3), C: (4, 2), D: (4, 3), x: 2, y: 3):
    return np.block([[A, B], [C, D]]) @ np.block([x, y])


def several_products(A: (2, 3), B: (3, 4), C: (4, 5)):
    return np.linalg.multi_dot([A, B, C])


def pseudoinverses(A: (4, 3), b: 4, c: 3):
    return np.linalg.pinv(A) @ b + np.linalg.pinv(A.T).T @ b + c


def log_of_sums(y: 4, t: 4):
    return np.logaddexp(0, -y * t).mean()


def mask_of_numbers(Q: (3, 4), K: (3, 4)):
    S = np.where(np.tril(np.ones((3, 3))) == 1, Q @ K.T, -2)
    e = np.exp(S - S.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def differences(x: 5, X: (4, 3)):
    return np.sum(np.diff(x) ** 2) * np.diff(X, axis=0) + np.diff(X.T, n=1).T


def repeated_in_rows(b: 2, X: (3, 2)):
    return X + np.tile(b, (3, 1)) * np.broadcast_to(b, (3, 2))


def swapped(X: (4, 3)):
    return X.swapaxes(0, 1) @ X


def outer_differences(a: 3, b: 2):
    return np.subtract.outer(a, b) ** 2

"""Random systems of vectors and matrices over all operations, each dimension another, for what holds of all of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

SIZES = (2, 3, 4, 5)
FUNCTIONS = ("tanh", "sin", "sigmoid", "exp", "softplus", "cos", "relu", "abs")
Ways = Sequence[Callable[[], str]]


class Maker:
    """Writes a system line by line; every expression has its rows and columns, and so many operations within others."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.inputs: dict[str, tuple[int, int]] = {}
        self.lines: list[str] = []
        self.known: list[tuple[str, tuple[int, int]]] = []

    def size(self, other: int = 0) -> int:
        return self.random.choice([size for size in SIZES if size != other])

    def leaf(self, rows: int, columns: int = 1) -> str:
        """An input, or a variable, of a shape."""
        fitting = [name for name, shape in self.known if shape == (rows, columns)]
        if fitting and self.random.random() < 0.6:
            return self.random.choice(fitting)
        letter = "s" if (rows, columns) == (1, 1) else "x" if columns == 1 else "r" if rows == 1 else "A"
        name = f"{letter}_{{{chr(ord('a') + len(self.inputs))}}}"
        self.inputs[name] = (rows, columns)
        self.known.append((name, (rows, columns)))
        return name

    def expression(self, rows: int, columns: int, depth: int) -> str:
        """An expression of a shape."""
        if depth == 0:
            return self.leaf(rows, columns)
        ways: dict[bool, Callable[[int, int, int], Ways]] = {True: self.of_matrix, False: self.of_row}
        if columns == 1:
            ways = dict.fromkeys(ways, self.of_number if rows == 1 else self.of_column)
        return self.random.choice(ways[rows > 1](rows, columns, depth - 1))()

    # ---- what may stand for an expression of a shape

    def of_number(self, rows: int, columns: int, depth: int) -> Ways:
        n = self.size()
        m = self.size(n)
        x, number, leaf = lambda: self.expression(n, 1, depth), lambda: self.expression(1, 1, depth), self.leaf
        return (
            lambda: f"({x()}^T {leaf(n)})", lambda: f"({x()} · {leaf(n)})", lambda: f"({x()}^T {leaf(n, m)} {leaf(m)})",
            lambda: f"sum({x()})", lambda: f"mean({x()})", lambda: f"max({x()})", lambda: f"var({x()})",
            lambda: f"std({x()})", lambda: f"||{x()}||", lambda: f"||{x()}||^2", lambda: f"||{x()}||_1",
            lambda: f"logsumexp({x()})", lambda: f"prod({self.expression(2, 1, depth)})",
            lambda: f"sum({self.expression(n, m, depth)})", lambda: f"mean({self.expression(n, m, depth)})",
            lambda: f"norm({self.expression(n, m, depth)})", lambda: f"||{self.expression(n, m, depth)}||^2",
            lambda: f"max({self.expression(n, m, depth)})", lambda: f"tr({self.expression(n, m, depth)} {leaf(m, n)})",
            lambda: f"logdet({self.definite(n)})", lambda: f"det({self.definite(n)})",
            lambda: f"{leaf(n)}[{self.random.randint(1, n)}]",
            lambda: f"{leaf(n, m)}[{self.random.randint(1, n)}, {self.random.randint(1, m)}]",
            lambda: f"(sum_i ({leaf(n)}[i] - {leaf(1)} {leaf(n)}[i])^2)",
            lambda: f"(sum_i sum_j {leaf(n)}[i] {leaf(n, m)}[i,j] {leaf(m)}[j])",
            lambda: f"(sum_{{i,j}} exp({leaf(n, m)}[i,j]) {leaf(m)}[j])", lambda: f"(max_i {leaf(n)}[i])",
            lambda: f"tanh({number()})", lambda: f"({number()} * {leaf(1)})",
        )  # fmt: skip

    def of_any(self, rows: int, columns: int, depth: int) -> Ways:
        inner, function = self.size(), self.random.choice(FUNCTIONS)
        a, leaf = lambda: self.expression(rows, columns, depth), lambda: self.leaf(rows, columns)
        return (
            lambda: f"({a()} + {leaf()})", lambda: f"({leaf()} - {a()})", lambda: f"({a()} .* {leaf()})",
            lambda: f"({a()} ./ (2 + {leaf()} .^ 2))", lambda: f"{function}({a()})", lambda: f"{function}({a()} .^ 2)",
            lambda: f"({self.leaf(rows, inner)} {self.expression(inner, columns, depth)})",
            lambda: f"({self.leaf(inner, rows)}^T {self.expression(inner, columns, depth)})",
            lambda: f"({self.expression(1, 1, 1)} {a()})", lambda: f"({self.expression(1, 1, 1)} + {a()})",
            lambda: f"({a()} / (1 + ||{self.leaf(inner)}||^2))",
            lambda: f"softmax({a()})", lambda: f"log_softmax({a()})",
        )  # fmt: skip

    def of_column(self, rows: int, columns: int, depth: int) -> Ways:
        n, x, leaf = self.size(rows), lambda: self.expression(rows, 1, depth), self.leaf
        parts: Ways = (lambda: f"[{self.expression(2, 1, depth)}; {leaf(rows - 2)}]",) * 2 if rows > 3 else ()
        return (
            *self.of_any(rows, 1, depth), *parts,
            lambda: f"{leaf(rows)} / ||{leaf(rows)}||", lambda: self.centred(leaf(rows)),
            lambda: f"rowsum({self.expression(rows, n, depth)})", lambda: f"(inv({self.definite(rows)}) {x()})",
            lambda: f"(diag({x()}) {leaf(rows)})", lambda: f"(({leaf(rows, rows)})^2 {x()})",
            lambda: f"({leaf(rows)} * max({x()}))", lambda: f"diag({leaf(rows, n)} {leaf(rows, n)}^T)",
        )  # fmt: skip

    def of_row(self, rows: int, columns: int, depth: int) -> Ways:
        return (*self.of_any(rows, columns, depth), lambda: f"({self.expression(columns, 1, depth)})^T")

    def of_matrix(self, rows: int, columns: int, depth: int) -> Ways:
        n, leaf = self.size(), self.leaf
        parts: Ways = (
            (lambda: f"[{self.expression(rows, 2, depth)}, {leaf(rows, columns - 2)}]",) if columns > 3 else ()
        )
        row: Ways = (lambda: f"({leaf(rows, n)} {leaf(n, columns)} + {leaf(columns)})",) if rows != columns else ()
        return (
            *self.of_any(rows, columns, depth), *parts, *row,
            lambda: f"({self.expression(rows, 1, depth)} {leaf(columns)}^T)",
            lambda: f"outer({leaf(rows)}, {self.expression(columns, 1, depth)})",
            lambda: f"(diag({self.expression(rows, 1, depth)}) {leaf(rows, columns)})",
            lambda: f"({self.expression(columns, rows, depth)})^T",
            lambda: f"({self.expression(rows, n, depth)} {leaf(columns, n)}^T)",
            lambda: f"(inv({self.definite(rows)}) {self.expression(rows, columns, depth)})",
        )  # fmt: skip

    def definite(self, size: int) -> str:
        """A matrix with an inverse."""
        name = self.leaf(size, self.size(size))
        return f"I + {name} {name}^T"

    def centred(self, name: str) -> str:
        return f"({name} - mean({name}))"

    # ---- systems

    def steps(self) -> None:
        """A recurrence, written out in two steps."""
        n = self.size()
        k = self.size(n)
        self.lines.append(f"q_t = tanh({self.leaf(n, n)} q_{{t-1}} + {self.leaf(n, k)} {self.leaf(k)}), t = 1..2")
        self.inputs["q_0"] = (n, 1)
        self.known.append(("q_2", (n, 1)))

    def shape(self) -> tuple[int, int]:
        """Of a vector three times as often as of a matrix, of a row or of a number."""
        rows, columns = self.size(), self.size()
        return self.random.choice([(rows, 1)] * 3 + [(rows, columns)] * 3 + [(1, columns), (1, 1)])

    def system(self) -> str:
        """Some variables, each over those before, and a number at the end."""
        if self.random.random() < 0.15:
            self.steps()
        for place in range(self.random.randint(1, 3)):
            rows, columns = self.shape()
            name = f"{'h' if columns == 1 else 'H'}_{'uvw'[place]}"
            self.lines.append(f"{name} = {self.expression(rows, columns, self.random.randint(1, 3))}")
            self.known.append((name, (rows, columns)))
        last, shape = self.known[-1]
        if shape != (1, 1) and self.random.random() < 0.7:
            ends = f"||{last}||^2", f"{self.expression(1, 1, 1)} + sum(tanh({last}))"
            self.lines.append(f"L = {self.random.choice(ends)}")
        declared = [f"{name}: {_said(*shape)}" for name, shape in self.inputs.items()]
        return "; ".join([*declared, *self.lines])


def _said(rows: int, columns: int) -> str:
    return f"{rows}x{columns}" if columns > 1 else str(rows) if rows > 1 else "scalar"


def random_system(seed: int) -> str:
    """A system, the same for each seed."""
    return Maker(seed).system()

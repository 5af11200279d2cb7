"""Random systems of vectors and matrices, each dimension another, for properties that hold of all."""

from __future__ import annotations

import random

SIZES = (2, 3, 4, 5)
FUNCTIONS = ("tanh", "sin", "sigmoid", "exp", "softplus")


class Maker:
    """Writes a system line by line; every expression has its rows and columns."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.inputs: dict[str, tuple[int, int]] = {}
        self.lines: list[str] = []
        self.known: list[tuple[str, tuple[int, int]]] = []

    def leaf(self, rows: int, columns: int) -> str:
        """An input, or a variable, of a shape."""
        fitting = [name for name, shape in self.known if shape == (rows, columns)]
        if fitting and self.random.random() < 0.6:
            return self.random.choice(fitting)
        letter = "x" if columns == 1 else "A"
        name = f"{letter}_{len(self.inputs) + 1}"
        self.inputs[name] = (rows, columns)
        self.known.append((name, (rows, columns)))
        return name

    def expression(self, rows: int, columns: int, depth: int) -> str:
        """An expression of a shape."""
        if depth == 0:
            return self.leaf(rows, columns)
        inner = self.random.choice(SIZES)
        a, b = self.expression, depth - 1
        ways = [
            lambda: f"({a(rows, columns, b)} + {a(rows, columns, 0)})",
            lambda: f"({a(rows, columns, 0)} - {a(rows, columns, b)})",
            lambda: f"({a(rows, columns, b)} .* {a(rows, columns, 0)})",
            lambda: f"{self.random.choice(FUNCTIONS)}({a(rows, columns, b)})",
            lambda: f"({a(rows, inner, 0)} {a(inner, columns, b)})",
            lambda: f"({a(inner, rows, 0)}^T {a(inner, columns, b)})",
            lambda: f"({a(rows, inner, b)} {a(columns, inner, 0)}^T)" if columns > 1 else a(rows, columns, b),
            lambda: f"(({a(inner, 1, 0)}^T {a(inner, 1, 0)}) {a(rows, columns, b)})",
            lambda: f"({a(rows, columns, b)} / (1 + ||{a(inner, 1, 0)}||^2))",
            lambda: f"softmax({a(rows, columns, b)})" if columns == 1 else a(rows, columns, b),
        ]
        return self.random.choice(ways)()

    def system(self) -> str:
        """Some variables, each over those before, and a number at the end."""
        for place in range(self.random.randint(1, 3)):
            rows, columns = self.random.choice(SIZES), self.random.choice((1, 1, *SIZES))
            name = f"{'h' if columns == 1 else 'H'}_{place + 1}"
            self.lines.append(f"{name} = {self.expression(rows, columns, self.random.randint(1, 3))}")
            self.known.append((name, (rows, columns)))
        last, (_, columns) = self.known[-1]
        if self.random.random() < 0.7:
            self.lines.append(f"L = ||{last}||^2" if columns > 1 else f"L = {last}^T {last}")
        declared = [f"{name}: {rows}x{columns}" if columns > 1 else f"{name}: {rows}"
                    for name, (rows, columns) in self.inputs.items()]  # fmt: skip
        return "; ".join([*declared, *self.lines])


def random_system(seed: int) -> str:
    """A system, the same for each seed."""
    return Maker(seed).system()

"""Random sources as people type them: systems of equations from a grammar, and what damage makes of them."""

from __future__ import annotations

import random

from graphviz_ad.core.ops import FUNCTIONS
from tests.fuzz.reading import NUMBERS, checked, damaged

NAMES = [
    "x", "y", "z", "a", "b", "w", "t", "e", "pi", "π", "α", "alpha", "σ", "lambda", "w1", "w_1", "w₁", "x_{in}",
    "x_{i,j}", "y_hat",
    "x'", "x''", "loss", "ax", "h^{(t)}", "h^{(t-1)}", "W^{[2]}", "x̂", "变", "f", "g", "h", "d", "v₁", "import",
    "dz/dx",
]  # fmt: skip
OWN = ["f", "g", "h", "F", "s_1", "sigmoid", "φ"]
TOKENS = [
    *NAMES, *FUNCTIONS, *NUMBERS, *"+-*/^=<>,;:#!%@&\\$\n\t .'′_|()[]{}", "**", "==", ":=", ">=", "²", "⁻¹", "ⁿ", "√",
    "·",
    "sum", "sum_{i=1}^3", "softmax(", "x[0]", "import os", "def f(x):", "lambda x:", "return ", "print(", "f(x) = ",
    "f'(", "_{", "^{",
    "^{(", "sin^2", "sin^-1", "log_3", "SIN", "#", "\r\n", " ; ", "for i in range(3):",
    "sum_{i=1}^3 x_i", "sum_{j=1}^n ", "prod_{k=0}^2", "sum(x_i, i=1..3)", " + ... + ", "x_1 + … + x_4", "n = 3",
    "{x if x > 0; 0}", "{x^2 if 0 < x < 1; -x if x < 0; 1}", " if ", "otherwise", "[x = 1]", "[0 < x < 1]", "≠", "!=",
    " mod ", " and ", "lim ", "d/dx ", "dz/dx", "log_a x", "log(x, 2)", "root(x, 3)", "30°", "15%", "1{,}000",
    "1_{x>0}",
    "^+", "_+", "½", "∗", "–", "х", "𝑥", "“", "||x||", "x^T", "ᵀ", "⊙", "@", "f(x; w) = ", "f[z] = ", "g(u,v) = 3uv",
    "Δx", "ñ", "lambda_", " = x^2 = ", "v(u(x))", "σ'(", "σ²(", "x = -2",
]  # fmt: skip


def expression(rng: random.Random, depth: int) -> str:
    """An expression; most are valid."""
    if depth <= 0 or rng.random() < 0.2:
        return rng.choice((rng.choice(NAMES[:20]), rng.choice(NAMES), rng.choice(NUMBERS[:8]), rng.choice(NUMBERS)))

    def inner() -> str:
        return expression(rng, depth - 1)

    return rng.choice((
        lambda: f"{inner()}{rng.choice((' + ', '-', '*', '/', ' - ', ' ', '·', '÷'))}{inner()}",
        lambda: f"({inner()}){rng.choice('+-*/^')}({inner()})",
        lambda: f"{inner()}{rng.choice(('^2', '^-1', '**3', '²', '^(1/2)', 'ⁿ', '^{n+1}'))}",
        lambda: f"{rng.choice([*FUNCTIONS])}({inner()})",
        lambda: f"{rng.choice([*FUNCTIONS])} {inner()}",
        lambda: f"{rng.choice(('max', 'min', 'hypot', 'atan2'))}({inner()}, {inner()})",
        lambda: f"sin{rng.choice(('^2', '²', '^-1', '⁻¹', '^n'))}{rng.choice(('', ' ', '('))}{inner()}",
        lambda: f"|{inner()}|",
        lambda: f"[{inner()} {rng.choice(('>', '<', '>=', '≤'))} {inner()}]",
        lambda: f"-{inner()}",
        lambda: f"√{inner()}",
        lambda: f"{rng.choice(OWN)}({', '.join(inner() for _ in range(rng.randint(1, 3)))})",
    ))()  # fmt: skip


def system(rng: random.Random) -> str:
    """A few equations and definitions of functions."""
    lines = []
    for number in range(rng.randint(1, 5)):
        left = rng.choice(
            (f"y{number} = ", f"{rng.choice(NAMES)} = ", "", f"{rng.choice(OWN)}(u) = ", f"{rng.choice(OWN)}(u, v) := ")
        )
        lines.append(left + expression(rng, rng.randint(0, 4)))
    return rng.choice(("; ", "\n", ";\n", " # words\n", "\r\n")).join(lines)


def nested(body: str, depth: int) -> str:
    """Functions of functions of functions."""
    return "\n".join(("f0(u) = u*u", *(f"f{k + 1}(u) = {body.format(k)}" for k in range(depth)), f"y = f{depth}(x)"))


def enormous(rng: random.Random) -> str:
    """What grows beyond all bounds: nesting, names, numbers, towers, functions of functions."""
    n = rng.choice((50, 101, 1000, 10_000))
    name, number = rng.choice(NAMES), rng.choice(NUMBERS)
    small = min(n, 800)
    opening, closing = rng.choice(("()", "[]", "{}", "||", ("sin(", ")"), ("-(", ")"), ("x^(", ")"), ("2(", ")")))
    return rng.choice((
        lambda: f"y = {opening * n}{name}{closing * n}",
        lambda: f"y = {opening * n}",
        lambda: f"y = {name * n}",
        lambda: "y = " + "9" * rng.choice((n, 100_000)),
        lambda: f"y = 0.{'3' * n}e{'9' * n}",
        lambda: f"y = {name}_{{{name * n}}}",
        lambda: f"y = {name}{chr(39) * n}",
        lambda: f"y = {'+'.join([name] * n)}",
        lambda: f"y = {'^'.join([number] * n)}",
        lambda: f"y = {'sin ' * n}x",
        lambda: f"y = {'-' * n}x",
        lambda: f"y = {'|' * n}x",
        lambda: f"y = max({', '.join([name] * n)})",
        lambda: f"f({', '.join(f'u{k}' for k in range(n))}) = u1",
        lambda: "y0 = x;" + ";".join(f"y{k + 1} = y{k}*y{k} + y{k}" for k in range(small)),
        lambda: nested("f{0}(f{0}(u))", small),
        lambda: nested("f{0}(u) + f{0}(2u)", small),
        lambda: "f(u) = " + "+".join(["u"] * 400) + ";" + ";".join(f"y{k} = f({k})" for k in range(small)),
        lambda: ("import os\n" * n)[:60_000],
        lambda: (rng.choice(TOKENS) * n)[:60_000],
        lambda: (f"y = {rng.choice(TOKENS)}" * n)[:60_000],
    ))()  # fmt: skip


def source(rng: random.Random) -> str:
    return damaged(rng, system, enormous, TOKENS)


def check(source: str) -> None:
    """Raises AssertionError, or whatever goes wrong, for a text that is not read as it should be."""
    checked(source, "text")

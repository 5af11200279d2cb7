"""Random sources in the languages of symbolic systems: statements from their tables, and what damage makes of them."""

from __future__ import annotations

import random
from functools import partial

from graphviz_ad.read.symbolic.dialects import GRAMMARS, Grammar
from tests.fuzz.reading import NUMBERS, checked, damaged

NAMES = ["x", "y2", "w_1", "ab", "α", "αβ", "x_", "_", "f", "d", "e", "lambda", "if", "\\[Alpha]", "\\[Foo]", "x'"]
TOKENS = [
    *NAMES, *NUMBERS, *"+-*/^=<>,;:$#!%@&'()[]{}\n ", "**", ".*", "./", ".^", "//", ":=", "==", "->", "<=", "<>", "!=",
    "~=", "2*^3", "1d5", "2b3", "5!", "Rational(1,2)", "Rational(", "f[x_] := ", "@(x) ", "x -> ", "Piecewise[{{",
    "}}]", "Piecewise((", "piecewise(", "ifelse(", "where(", "True", " then ", " else ", "Log[2, x]", "ArcTan[x, y]",
    "Eq(", "Ne(", "(* ", " *)", "/* ", " */", "#= ", "(%o1) ", "In[1]:= ", "julia> ", "from sympy import *", "Pi",
]  # fmt: skip
MANY = (1,) * 9 + (2,)  # arguments
CASES = {
    "maxima": "(if {0} > 1 then {1} else {2})", "mathematica": "Piecewise[{{{{{1}, {0} != 0}}}}, {2}]",
    "maple": "piecewise({0} <> 1, {1}, {2})", "sympy": "Piecewise(({1}, {0} > 2), ({2}, True))",
    "julia": "ifelse({0} <= 1, {1}, {2})", "matlab": "({0} ~= 2).*{1} + {2}",
}  # fmt: skip


def expression(rng: random.Random, grammar: Grammar, depth: int) -> str:
    """An expression; most are valid."""
    if depth <= 0 or rng.random() < 0.2:
        plain = rng.choice((*NAMES[:5], *NUMBERS[:8], *grammar.constants))
        return plain if rng.random() < 0.97 else rng.choice(NAMES)

    def inner() -> str:
        return expression(rng, grammar, depth - 1)

    def arguments() -> str:
        return ", ".join(inner() for _ in range(rng.choice(MANY)))

    opening, closing = "[]" if grammar.square else "()"
    return rng.choice((
        lambda: f"{inner()}{rng.choice(('+', ' - ', '*', '/', '^', '**', '.*', ' '))}{inner()}",
        lambda: f"({inner()}){rng.choice('+-*/^')}({inner()})",
        lambda: f"{rng.choice([*grammar.functions])}{opening}{arguments()}{closing}",
        lambda: f"-{inner()}",
        lambda: CASES[grammar.name].format(inner(), inner(), inner()),
    ))()  # fmt: skip


def system(rng: random.Random, grammar: Grammar) -> str:
    """A few statements."""
    lines = []
    for number in range(rng.randint(1, 4)):
        left = rng.choice((f"y{number}", "f(x)", "f[x_]"))
        lines.append(f"{left} {rng.choice(grammar.assigns)} " * (rng.random() < 0.8) + expression(rng, grammar, 3))
    return rng.choice(("; ", "\n", ";\n", "$ ")).join(lines)


def enormous(rng: random.Random, grammar: Grammar) -> str:
    """What grows beyond all bounds."""
    n = rng.choice((101, 1000, 10_000))
    return (rng.choice(TOKENS) * n)[:60_000]


def source(rng: random.Random) -> tuple[str, str]:
    """A language and a random source in it."""
    grammar = GRAMMARS[rng.choice([*GRAMMARS])]
    return grammar.name, damaged(rng, partial(system, grammar=grammar), partial(enormous, grammar=grammar), TOKENS)


def check(given: tuple[str, str]) -> None:
    """Raises AssertionError, or whatever goes wrong, for a text that is not read as it should be."""
    language, text = given
    checked(text, language)

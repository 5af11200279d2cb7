"""Random LaTeX, as it stands in notes: formulas from a grammar in documents and environments, and what damage makes of
them."""

from __future__ import annotations

import random

from graphviz_ad.core.names import LATEX_LETTERS
from graphviz_ad.core.ops import COMMANDS as FUNCTION_COMMANDS
from graphviz_ad.read.latex.commands import (
    ACCENT_COMMANDS,
    DOTS,
    ENVIRONMENTS,
    FRACTIONS,
    GAPS,
    LINE_ENDS,
    OPERATORS,
    OVER_OR_UNDER,
    REFUSED,
    SIZES,
    SPACES,
    STYLE_COMMANDS,
    TRANSPARENT,
    UPRIGHT,
    WITH_ARGUMENT,
)
from tests.fuzz.reading import NUMBERS, checked, damaged

COMMANDS = [f"\\{name}" for table in (
    ACCENT_COMMANDS, FRACTIONS, FUNCTION_COMMANDS, GAPS, LINE_ENDS, OPERATORS, REFUSED, SIZES, SPACES, STYLE_COMMANDS,
    TRANSPARENT, UPRIGHT, WITH_ARGUMENT, LATEX_LETTERS, OVER_OR_UNDER, DOTS,
) for name in sorted(table)]  # fmt: skip
NAMES = [
    "x", "y", "z", "a", "b", "w_1", "w_{ij}", "w_{i,j}", "x^{(t)}", "h^{(t-1)}", "W^{[2]}", "\\hat{y}", "\\hat y",
    "\\bar{\\mathbf{x}}",
    "\\alpha", "\\theta_{\\text{in}}", "\\mathcal{L}", "\\mathrm{loss}", "\\mathbf w", "x'", "x^{\\prime}", "x^*",
    "x^2_1", "\\ell", "e",
    "\\pi", "\\sigma", "\\vec{\\boldsymbol{\\beta}}_{t}", "\\operatorname{f}", "ж",
]  # fmt: skip
TOKENS = [
    *NAMES, *COMMANDS, *NUMBERS, *"+-*/^=<>,;:#!%@&\\$\n\t .'_|()[]{}`~", "\\left(", "\\right)", "\\left\\{",
    "\\right\\}", "\\left|",
    "\\left.", "\\right.", "\\bigl[", "\\{", "\\}",
    "\\\\", "\\\\[2pt]", "$$", "\\[", "\\]", "\\(", "\\)", "\\begin{cases}", "\\end{cases}",
    "\\begin{align*}", "\\end{align*}", "\\begin{array}{ll}", "\\end{array}", "\\begin{", "\\end{", "\\frac{",
    "\\frac12", "\\sqrt[3]{",
    "\\sqrt[", "^{", "_{", "^\\prime", "\\text{and}", "\\text{", "\\label{eq:1}", "\\tag{1}", "```", "%",
    "\\mathopen{}", "\\mathclose{}",
    "\\unknown", "\\", "\\sum_{i=1}^3", "\\log_2", "\\sin^{-1}", "\\operatorname*{", "{}", "={}", ":=",
    "\\sum_{i=1}^{n} w_i x_i", "\\prod_{k=0}^2", "x_1 + \\dots + x_4", "\\overbrace{", "\\stackrel{",
    "\\mathbb{1}_{x>0}",
    "\\mathbf 1", "\\mathbb{I}(x>0)", "(x)^+", "]_+", "30^\\circ", "15\\%", "1{,}000", "10\\,000", "{{w}_{1}}",
    "a^{[1](i)}",
    "w^{[1]T}", "\\newcommand{\\a}[1]{#1^2}", "\\newcommand{", "\\def\\b{x}", "\\DeclareMathOperator{\\c}{c}",
    "\\let\\d=\\a",
    "\\a{", "\\b", "\\c", " & \\text{otherwise} ", " & \\text{if } ",
    "\\begin{cases} x & x>0 \\\\ 0 & \\text{else} \\end{cases}",
    "\\Delta x", "\\Delta", "\\mathrm{d}x", "\\odot", "\\log_a x", "\\sigma^{-1}(", " = x^2 = ", "x = -2",
]  # fmt: skip
SIGNS = [" + ", "-", " \\cdot ", "\\times ", " ", "\\,", "/", "*"]
POWERS = ["^2", "^{-1}", "^{n}", "^{(t)}", "^n", "^\\top", "^{1/2}", "_2", "^{2}_1", "'"]
COMPARISONS = [">", "\\ge", "\\leq", "<"]


def formula(rng: random.Random, depth: int) -> str:
    """A formula; most are valid."""
    if depth <= 0 or rng.random() < 0.2:
        return rng.choice((rng.choice(NAMES[:5]), rng.choice(NAMES), rng.choice(NUMBERS[:6]), rng.choice(NUMBERS)))

    def inner() -> str:
        return formula(rng, depth - 1)

    left, right = rng.choice((
        ("(", ")"), ("\\left(", "\\right)"), ("\\left[", "\\right]"), ("\\{", "\\}"), ("\\left\\{", "\\right\\}"),
        ("\\bigl(", "\\bigr)"),
        ("\\lvert ", "\\rvert "), ("|", "|"), ("\\left|", "\\right|"), ("{", "}"), ("\\mathopen{}\\left(",
        "\\right)\\mathclose{}"),
        ("\\left.", "\\right."), ("\\lbrace", "\\rbrace"),
    ))  # fmt: skip
    function, sign, raised = (rng.choice(these) for these in (sorted(FUNCTION_COMMANDS), SIGNS, POWERS))
    return rng.choice((
        lambda: f"{inner()}{sign}{inner()}",
        lambda: f"\\{rng.choice(sorted(FRACTIONS))}{{{inner()}}}{{{inner()}}}",
        lambda: f"{left}{inner()}{right}",
        lambda: f"{left}{inner()}{right}^{{{inner()}}}",
        lambda: f"{rng.choice(NAMES)}{raised}",
        lambda: f"\\{function}{left}{inner()}{right}",
        lambda: f"\\{function}{raised}{left}{inner()}{right}{raised}",
        lambda: f"\\{function} {inner()}",
        lambda: f"\\operatorname{{{function}}}({inner()})",
        lambda: f"\\max({inner()}, {inner()})",
        lambda: f"\\sqrt{rng.choice(('', '[3]', '[n]', '[2]', '[k+1]'))}{{{inner()}}}",
        lambda: f"[{inner()} {rng.choice(COMPARISONS)} {inner()}]",
        lambda: f"e^{{-{inner()}}}",
        lambda: f"\\{rng.choice(sorted(TRANSPARENT))}{{{inner()}}}",
        lambda: f"f({inner()})",
    ))()  # fmt: skip


def system(rng: random.Random) -> str:
    """A few equations, bare, between dollar signs or in an environment."""
    lines = []
    for number in range(rng.randint(1, 4)):
        left = rng.choice((f"y_{number} = ", f"{rng.choice(NAMES)} = ", "", "f(u) = ", "g(u, v) &:= ", "y' &= "))
        lines.append(
            left + formula(rng, rng.randint(0, 4)) + rng.choice(("", "", ",", ".", " \\quad (1)", " \\label{eq}"))
        )
    whole = rng.choice((" \\\\ ", "\n", "; ", " \\quad ", " \\\\[2pt]\n", "\\\\ \\text{and} ")).join(lines)
    name = rng.choice(sorted(ENVIRONMENTS))
    columns = "{ll}" if name in ("array", "alignat", "alignedat") else ""
    return rng.choice((
        whole, f"${whole}$", f"$$ {whole} $$", f"\\[ {whole} \\]",
        f"\\begin{{{name}}}{columns} {whole} \\end{{{name}}}",
        f"Let $x$ cost $5. Then\n\\begin{{{name}*}}\n{whole}\n\\end{{{name}*}}\nas `code` says.",
        f"\\left\\{{ \\begin{{array}}{{l}} {whole} \\end{{array}} \\right.",
    ))  # fmt: skip


def enormous(rng: random.Random) -> str:
    """What grows beyond all bounds: nesting, names, numbers, towers, what is never finished."""
    n = rng.choice((50, 101, 1000, 10_000))
    name, number = rng.choice(NAMES), rng.choice(NUMBERS)
    opening, closing = rng.choice((
        "()", "[]", "{}", "||", ("\\left(", "\\right)"), ("\\frac{1}{", "}"), ("\\sqrt{", "}"), ("\\sqrt[3]{", "}"),
        ("x^{", "}"),
        ("x_{", "}"), ("\\hat{", "}"), ("\\mathbf{", "}"), ("\\begin{cases}", "\\end{cases}"), ("\\boxed{", "}"),
        ("$", "$"), ("\\sqrt[", "]"),
        ("\\mathopen{", "}"), ("\\text{", "}"), ("\\left\\{", "\\right\\}"),
    ))  # fmt: skip
    return rng.choice((
        lambda: f"y = {opening * n}{name}{closing * n}",
        lambda: f"y = {opening * n}",
        lambda: f"y = {name}{closing * n}",
        lambda: f"y = {name * n}",
        lambda: "y = " + "9" * rng.choice((n, 100_000)),
        lambda: f"y = {' + '.join([name] * n)}",
        lambda: f"y = {'^'.join([number] * n)}",
        lambda: f"y = x^{'{' * n}2{'}' * n}",
        lambda: f"y = {'x^2_1' * n}",
        lambda: f"y = {'-' * n}x",
        lambda: (f"${name}$ " * n)[:60_000],
        lambda: (f"$y = {name}" * n)[:60_000],
        lambda: ("\\begin{align}" * n)[:60_000],
        lambda: ("`" * n)[:60_000],
        lambda: (rng.choice(TOKENS) * n)[:60_000],
        lambda: (f"y = {rng.choice(TOKENS)}" * n)[:60_000],
        lambda: (f"y = x{rng.choice(TOKENS)}{rng.choice(TOKENS)}" * n)[:60_000],
    ))()  # fmt: skip


def source(rng: random.Random) -> str:
    return damaged(rng, system, enormous, TOKENS)


def check(source: str) -> None:
    """Raises AssertionError, or whatever goes wrong, for a text that is not read as it should be."""
    checked(source, "latex")

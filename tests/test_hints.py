"""Hints that are followed work: what was typed, what its hint says, and what is typed then."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.read import frontend

TEXT = [
    ("y = sine(x)", "write sin(x)", "y = sin(x)"),
    ("y = EXP(x)", "did you mean 'exp'?", "y = exp(x)"),
    ("y = loss(x)", "define it (loss(x) = …)", "y = loss(x); loss(x) = x^2"),
    ("y = loss(x)", "or write loss*(…) for a product", "y = loss*(x)"),
    ("v = u; z = v(u)", "define it: v(x) = …", "v(u) = u; z = v(u)"),
    ("v = u; z = v(u)", "write v for the variable", "v = u; z = v"),
    ("y = sin + 1", "write sin(x)", "y = sin(x) + 1"),
    ("y = atan2(x)", "write atan2(y, x)", "z = atan2(y, x)"),
    ("y = log_{a b} x", "write log(x, a b)", "y = log(x, a b)"),
    ("y = log2(x, 3)", "or a function of your own: g(x, y) = …", "g(x, y) = x + y; z = g(1, 3)"),
    ("y = log2^-1 x", "write 1/log2(…)", "y = 1/log2(x)"),
    ("y = sin^n x", "write (sin(…))^n", "y = (sin(x))^n"),
    ("y == x", "write =", "y = x"),
    ("y = x^2 = 2x", "correct it, or take it out", "y = x^2 = x*x"),
    ("y = 0,5x", "a decimal point, 0.5", "y = 0.5x"),
    ("y = x, z", "write ; or a new line between equations", "y = x; z = 2"),
    ("2x = y", "write name = expression", "z = 2x"),
    ("f(2) = x", "write f = … or f(x) = …", "f = x"),
    ("f(2) = x", "write f = … or f(x) = …", "f(x) = x"),
    ("y = |x", "write |x| or abs(x)", "y = abs(x)"),
    ("y = x < z", "write [x > 0]", "y = [z > x]"),
    ("y = x[0]", "write x_0", "y = x_0"),
    ("y = x @ z", "for a product of numbers write *", "y = x * z"),
    ("y: x", "write = between a name and its expression", "y = x"),
    ("y = x % 5", "for 5 percent write 5%", "y = x*5%"),
    ("y = x mod 5", "write the part between two jumps", "y = x - 5"),
    ("y = x and z", "write a condition in square brackets, [x > 0]", "y = [x > 0 and z > 0]"),
    ("y = x times z", "write the sign *", "y = x * z"),
    ("y = hat x", "write y_hat for one", "y = x_hat"),
    ("y = x^T A x", "for a power: x^(T)", "y = x^(T) A x"),
    ("y = ||x||^2", "for a number write |x|", "y = |x|^2"),
    ("y = {x; 0}", "write {a if x > 0; b}", "y = {x if x > 0; 0}"),
    ("y = x²⁻", "write x^(…)", "y = x^(-2)"),
    ("z = y^2(x); y(x) = 2x", "write (y(…))^2", "z = (y(x))^2; y(x) = 2x"),
    ("f(u) = u; y = f(2)*f", "write f(u)", "f(u) = u; y = f(2)*f(u)"),
    ("σ = 2; y = σ(σ)", "write σ*(…) for a product", "σ = 2; y = σ*(σ)"),
    ("y = norm(x)", "write it out: sqrt(x_1^2 + x_2^2)", "y = sqrt(x_1^2 + x_2^2)"),
    ("y = sum_{i=1} x_i", "write sum_{i=1}^3 x_i", "y = sum_{i=1}^3 x_i"),
    ("y = sum_{i=1}^n x_i", "in an equation: n = 3", "y = sum_{i=1}^n x_i; n = 3"),
    ("y = x_1 + ... + x_n", "in an equation: n = 4", "y = x_1 + ... + x_n; n = 4"),
    ("y = x if x > 0 else z", "write {a if x > 0; b}", "y = {x if x > 0; z}"),
]
LATEX = [
    (r"y = \snh x", r"did you mean '\sinh'?", r"y = \sinh x"),
    (r"y = \sin + 1", r"write \sin(x)", r"y = \sin(x) + 1"),
    (r"y = \operatorname{atan2}(x)", r"write \operatorname{atan2}(y, x)", r"z = \operatorname{atan2}(y, x)"),
    (r"y = \mathrm{softmax}(x)", r"\exp(x_1)/(\exp(x_1) + \exp(x_2))", r"y = \exp(x_1)/(\exp(x_1) + \exp(x_2))"),
    (r"y = \mathrm{norm}(x)", r"\sqrt{x_1^2 + x_2^2}", r"y = \sqrt{x_1^2 + x_2^2}"),
    (r"y = \|x\|", r"write \sqrt{x_1^2 + x_2^2}", r"y = \sqrt{x_1^2 + x_2^2}"),
    (r"y = sin x", r"write \sin", r"y = \sin x"),
    (r"y = relu(x)", r"write \relu", r"y = \relu(x)"),
    (r"y = 1e-3x", r"write 1 \cdot 10^{-3}", r"y = 1 \cdot 10^{-3}x"),
    (r"y = 0,5x", "a decimal point, 0.5", r"y = 0.5x"),
    (r"y = 2.x", r"write \cdot, or a blank", r"y = 2 \cdot x"),
    (r"y = x^12", "write ^{12}", r"y = x^{12}"),
    (r"y = a^b^c", "write braces: x^{a^b}, or {x^a}^b", r"y = {a^b}^c"),
    (r"y = a^b^c", "write braces: x^{a^b}, or {x^a}^b", r"y = a^{b^c}"),
    (r"y = x_{t_0}", "write x_{t0}", r"y = x_{t0}"),
    (r"ab = x", r"for one name, write \mathrm{ab}", r"\mathrm{ab} = x"),
    (r"y = \frac{}{x}", "write what it is", r"y = \frac{1}{x}"),
    (r"x \Rightarrow y = x", r"write \\ between two equations", r"z = x \\ y = x"),
    (r"y = \mathbb{1}", "write 1_{x > 0}", r"y = \mathbb{1}_{x > 0}"),
    (r"y = a \over b", r"write \frac{…}{…}", r"y = \frac{a}{b}"),
    (r"y \approx x", "write =", "y = x"),
    (r"y \mapsto x", "write f(x) = expression", "y(x) = x"),
    (r"y = \ddot{x}", "write x''", "y = x''"),
    (
        r"y = \begin{cases} x & \text{near } 0 \\ 0 \end{cases}",
        r"write \text{if } x > 0",
        r"y = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    (r"y = x^2 \text{ for all } x", "take it out", "y = x^2"),
    (r"y = x²⁻", "write x^{…}", "y = x^{-2}"),
    (r"y = \left x", r"write \left( or leave it out", "y = x"),
    (r"y = \foo x", r"write \operatorname{foo} for a name", r"y = \operatorname{foo} + x"),
]


@pytest.mark.parametrize(
    ("language", "typed", "hint", "followed"),
    [("text", *row) for row in TEXT] + [("latex", *row) for row in LATEX],
)
def test_a_hint_that_is_followed_works(language, typed, hint, followed):
    with pytest.raises(AdgraphError) as caught:
        frontend(language)(typed)
    assert hint in caught.value.hint
    assert frontend(language)(followed).graph.nodes


def test_so_do_the_options_in_hints():
    with pytest.raises(AdgraphError) as caught:
        frontend("text")("y = loss(x)")
    assert "(--function loss)" in caught.value.hint
    assert frontend("text")("y = loss(x)", Request(functions=("loss",))).graph.nodes
    assert frontend("text")("y = x_1 + ... + x_n", Request(at={"n": 4.0})).graph.nodes
    deep = "\n".join(("f0(u) = u*u", *(f"f{k + 1}(u) = f{k}(f{k}(u))" for k in range(30)), "y = f30(x)"))
    with pytest.raises(AdgraphError) as caught:
        frontend("text")(deep)
    assert "--keep-functions" in caught.value.hint
    assert frontend("text")(deep, Request(keep_functions=True)).graph.nodes

"""Request LaTeX: what stands in the notes beside how it is read, and mistakes beside what is said about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.write import write
from graphviz_ad.read import recognised
from graphviz_ad.read.latex.formulas import read_name
from graphviz_ad.read.latex.reading import read
from tests.conftest import graph, plain


def read_as(source: str) -> str:
    """The equations of a source, as adgraph writes them on one line."""
    return "; ".join(plain(equation) for equation in equations(graph_view(read(source).graph, False)))


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        # how a system stands in the notes
        (r"\begin{cases} y=\sin(2x+3) \\ z=y^{2} \end{cases}", "y = sin(2*x + 3); z = y^2"),
        (r"\begin{align} y &= ax + b, \\ z &= y^2. \end{align}", "y = a*x + b; z = y^2"),
        (r"\begin{align*} y &= x \nonumber \\[2pt] z &= y^2 \tag{1} \end{align*}", "y = x; z = y^2"),
        (r"\begin{equation}\begin{aligned} y&=x+1\\ z&=2y \end{aligned}\label{eq:1}\end{equation}",
         "y = x + 1; z = 2*y"),
        (r"\begin{gather} y = x \\ z = 2y \end{gather}", "y = x; z = 2*y"),
        (r"\begin{equation}\begin{split} y &= a + b \\ &\quad + c \end{split}\end{equation}", "y = a + b + c"),
        (r"\left\{\begin{array}{rcl} y &=& ax \\ z &=& y^2 \end{array}\right.", "y = a*x; z = y^2"),
        (r"$y = 2x$, $z = y^2$.", "y = 2*x; z = y^2"),
        (r"$$y = 2x,\qquad z = y^2$$", "y = 2*x; z = y^2"),
        (r"\[ y = 2x \quad\text{and}\quad z = y^2 \]", "y = 2*x; z = y^2"),
        (r"\(y = x^2\)", "y = x^2"),
        ("y = 2x\nz = y^2\n  + 1", "y = 2*x; z = y^2 + 1"),
        ("y = x^2 % the square\n", "y = x^2"),
        ("We put\n$$\ny = x^2\n$$\nand get, where $x$ is large,\n$$ z = 2y $$ {#eq-z}", "y = x^2; z = 2*y"),
        (r"A line with $y = x^2$ in it, and $x > 0$.", "y = x^2"),
        (r"\displaystyle y := \boxed{x^2}", "y = x^2"),
        (r"y = \underbrace{ax+b}_{\text{affine}}", "y = a*x + b"),
        # fractions, roots, powers
        (r"y = \frac{1}{2}x + \frac12 + \tfrac{a}{b} + \dfrac{x+1}{x-1}", "y = 1/2*x + 1/2 + a/b + (x + 1)/(x - 1)"),
        (r"y = \sqrt{x} + \sqrt[3]{x+1} + \sqrt[4]{x} + \sqrt[n]{x} + \sqrt2",
         "y = sqrt(x) + cbrt(x + 1) + x^(1/4) + x^(1/n) + sqrt(2)"),
        (r"y = x^2 + x^{-1} + 2^{x+1} + x^{10} + (x+1)^{2}", "y = x^2 + x^(-1) + 2^(x + 1) + x^10 + (x + 1)^2"),
        (r"y = e^{-x} + \mathrm{e}^{x} + \exp(-x) + e^{(a+b)}", "y = e^(-x) + e^x + exp(-x) + e^(a + b)"),
        (r"y = -x^2 + 3 \cdot (-x)", "y = -x^2 + 3*(-x)"),
        (r"y = x^{a^{b}}", "y = x^(a^b)"),
        (r"z = \frac xy + \frac{x}2", "z = x/y + x/2"),
        # functions
        (r"y = \sin^{2} x + \cos^2(x)", "y = sin(x)^2 + cos(x)^2"),
        (r"y = \sin^{-1} x + \tan^{-1}\left(\frac{a}{x}\right)", "y = arcsin(x) + arctan(a/x)"),
        (r"y = \ln 2t + \sin a \cos b", "y = ln(2*t) + sin(a)*cos(b)"),
        (r"y = \log x + \log_2 x + \log_{10}(x) + \lg x", "y = log(x) + log2(x) + log10(x) + log10(x)"),
        (r"y = \sin\frac{x}{2} \cos 2\pi x", "y = sin(x/2)*cos(2*pi*x)"),
        (r"y = \max(0, x) + \min\{a, b\} + \max\bigl(0, 1-x\bigr)", "y = max(0, x) + min(a, b) + max(0, 1 - x)"),
        (r"y = \sigma(x)", "y = sigmoid(x)"),
        (r"y = \sigma x + \sigma^2", "y = σ*x + σ^2"),
        (r"y = \operatorname{softplus}(x) + \mathrm{ReLU}(x) + \operatorname{arsinh} x",
         "y = softplus(x) + relu(x) + arsinh(x)"),
        (r"y = \tanh\left[w(x+1)\right]", "y = tanh(w*(x + 1))"),
        # brackets and bars
        (r"y = \left( a + \bigl( b + c \bigr) \right)", "y = a + (b + c)"),
        (r"y = \left\{ a + b \right\} c + \{a\} [b]", "y = (a + b)*c + a*b"),
        (r"y = |x| + \lvert x \rvert + \left|x\right| + \left\lvert x\right\rvert + |a||b|",
         "y = abs(x) + abs(x) + abs(x) + abs(x) + abs(a)*abs(b)"),
        (r"y = [x > 0] + \left[a \geq b\right] + [a \lt b]", "y = [x > 0] + [a >= b] + [a < b]"),
        # products
        (r"y = ax + 2ab\,c \cdot d \times f \ast g", "y = a*x + 2*a*b*c*d*f*g"),
        (r"y = x(x+1)\!(x-1)", "y = x*(x + 1)*(x - 1)"),
        (r"y = a/b/c \div d", "y = a/b/c/d"),
        # names
        (r"y = w_{1} x_2 + w_{i} + w_{ij} + w_{i,j} + x_{\text{in}}", "y = w_1*x_2 + w_i + w_{i j} + w_{i,j} + x_in"),
        (r"h^{(t)} = h^{(t-1)} + x^{(t)} + x^{*}", "h^{(t)} = h^{(t-1)} + x^{(t)} + x^{*}"),
        (r"y = h_1^{(t)} + h^{(t)}_1", "y = h_1^{(t)} + h_1^{(t)}"),
        (r"y = \hat{y}_0 + \bar x + \tilde{x} + \dot x", "y = y_hat_0 + x_bar + x_tilde + x_dot"),
        (r"\mathcal{L} = \mathbf{w} + \mathbb{R} \boldsymbol{\theta}", "ℒ = 𝐰 + ℝ*𝜽"),
        (r"y' = x'' + x^{\prime} + x^\prime", "y' = x'' + x' + x'"),
        (r"y = \alpha\beta + \theta_0 + \varphi + \phi + \varepsilon + \epsilon + \ell",
         "y = α*β + θ_0 + φ + ϕ + ε + ϵ + ℓ"),
        (r"\mathrm{loss} = \text{pred} - \operatorname{target}", "loss = pred - target"),
        (r"y = \mathrm{e} x", "y = e*x"),
        (r"y = \widehat{\theta}^2", "y = θ_hat^2"),
        # what is easily misread
        (r"y = w^{[2]} a^{[1]}", "y = w^{[2]}*a^{[1]}"),
        (r"y = e^{(-x^2)} + \pi^{(x)} + x^{(1/2)} + \alpha^{(1-t)}x", "y = e^(-x^2) + pi^x + x^(1/2) + α^(1 - t)*x"),
        (r"y = x^2 \quad (1)", "y = x^2"),
        (r"y &= wx+b & (1) \\ z &= y^2 & (2)", "y = w*x + b; z = y^2"),
        (r"y &= a \\ &{}+ b \\ &\phantom{=} + c \\ &\left. - d \right.", "y = a + b + c - d"),
        (r"y = \bigl( a \\ &\qquad + b \bigr)", "y = a + b"),
        (r"q=\mu+\sigma\frac{a}{b} + \sigma\sqrt[4]{x} + \sigma{x}", "q = μ + σ*(a/b) + σ*x^(1/4) + σ*x"),
        (r"y = \sin\frac{1}{2}x + \cos\frac{2\pi}{T}t", "y = sin(1/2*x) + cos(2*pi/T*t)"),
        (r"y = \sin{x}^2", "y = sin(x^2)"),
        (r"y = \ln|x|w + \sin\lvert x\rvert w", "y = ln(abs(x))*w + sin(abs(x))*w"),
        (r"y = x^2_1 + x^{2}_{1} + x_{\max}", "y = x_1^2 + x_1^2 + x_max"),
        (r"y = \sin -x", "y = sin(-x)"),
        (r"y = \ln x \\% comment", "y = ln(x)"),
        (r"50% of $y = x$ and so on", "y = x"),
        (r"Let $a = 2x$. Then \[ y = a^2 \]", "a = 2*x; y = a^2"),
        (r"It is $5 per item. $$ y = x^2 $$ and `a$b`", "y = x^2"),
        (r"\mathcal{L}(e) = \frac12 e^2", "ℒ = 1/2*e^2"),
        # what programs write
        (r"y = \sin\mathopen{}\left(x\right)\mathclose{} \mathbin{+} 1", "y = sin(x) + 1"),
        (r"y = \mathopen{(}x + 1\mathclose) \cdot \mathord{2}", "y = (x + 1) * 2"),
        (r"y = \bigl\lbrace a \bigr\rbrace + {} {x}^{2}", "y = a + x^2"),
        # function heads
        (r"f(x) = x^2 + 1", "f = x^2 + 1"),
        (r"f(u) = u^2 + 1, \quad y = f(3x)", "y = (3*x)^2 + 1"),
        (r"z(x) = 2 y(x), \; y(x) = x^2", "y = x^2; z = 2*y"),
        (r"J(\theta) = (h(\theta) - y)^2,\quad h(\theta) = \theta x", "h = θ*x; J = (h - y)^2"),
    ],
)  # fmt: skip
def test_readings(latex, text):
    assert read_as(latex) == text


@pytest.mark.parametrize(
    ("latex", "place", "message", "hint"),
    [
        (r"y = \snh x", r"\snh", r"unknown command '\snh'", r"did you mean '\sinh'?"),
        (r"y = \mymacro x", r"\mymacro", r"unknown command '\mymacro'", r"\newcommand{\mymacro}{…}"),
        (r"y = \lVert x \rVert", r"\lVert", "a norm of a vector is not read", r"\sqrt{x_1^2 + x_2^2}"),
        (r"y = \| x \|", r"\|", "a norm of a vector is not read", r"\sqrt{x_1^2 + x_2^2}"),
        (r"y = \sum_{i} x_i", r"\sum_{i}", "a sum with an index has bounds and a term", "write sum_{i=1}^3 x_i"),
        (r"y = w^\top x", r"\top", "a transpose is not read", "write the components out"),
        (r"y = \frac{dz}{dx}", r"\frac", "a derivative is not read", "give it the equations alone"),
        (r"y = \frac{\partial z}{\partial x}", r"\partial", "a derivative is not read", "the equations alone"),
        (r"y = sin(x)", "sin", "'sin' without a backslash is a product: s·i·n", r"write \sin"),
        (r"y = 2expx", "exp", "'exp' without a backslash is a product: e·x·p", r"write \exp"),
        (r"loss = x^2", "loss", "the left side is a product: l·o·s·s", r"\mathrm{loss}"),
        (r"y = x^10", "10", "^10 raises to 1 alone", "write ^{10}"),
        (r"y = x^-1", "-", "a power is missing before '-'", "{…}"),
        (r"y = x^", "", "a power is missing before the end", "{…}"),
        (r"y = \mathrm", r"\mathrm", r"a name is missing behind \mathrm", "{…}"),
        (r"y = \frac{1}{}", "{}", "a denominator is empty", "write what it is"),
        (r"y = \frac{1}{x", "{", "'{' is never closed", "add a '}'"),
        (r"y = (x + 1", "(", "'(' is never closed", "add ')'"),
        (r"y = \left( x ]", "]", "'(' is closed by ']'", "write ')'"),
        (r"y = x + 1)", ")", "')' closes nothing", "take it out"),
        (r"y = \left x", r"\left", r"'\left' stands before no bracket", r"\left("),
        (r"\begin{pmatrix} a \\ b \end{pmatrix}", r"\begin", "a vector or a matrix of numbers is not read",
         "declare shapes"),
        (r"\begin{align} y = x \end{aligned}", r"\begin", r"'\begin{align}' is never closed", r"add \end{align}"),
        (r"\begin{cases} y = x \end{array}", r"\end", r"'\end{array}' ends \begin{cases}", "one name"),
        (r"y = \sigma(x) + \sigma x", r"\sigma", "'σ' is used as a function and as a variable", "another name"),
        (r"\begin{cases} y = x", r"\begin", r"'\begin{cases}' is never ended", r"add \end{cases}"),
        (r"$y = x^2", "$", "'$' is never closed", "add $"),
        (r"y = x \\ y = 2", "y", "'y' is defined twice", "another name"),
        (r"y = x_{t_0}", "_", "a script within a script is not read", "x_{t0}"),
        (r"y = \hat{x + 1}", "+", r"\hat{…} is more than a name", "scripts"),
        (r"y = \text{cross-entropy}", "{", "'cross-entropy' is not a name", "one word"),
        (r"y = \pm x", r"\pm", r"'\pm' has two values", "+ or -"),
        (r"y = x!", "!", "unexpected '!'", "product out"),
        (r"y = \mathbf{x + 1}", "+", r"\mathbf{…} is more than a name", "scripts"),
        (r"y = x, x > 0", "x > 0", "this is no equation", "take it out"),
        (r"y = x^2 \quad (x)", r"\quad", "what stands behind the gap is no equation", "take it out"),
        (r"y = x^2 \text{ for all } x", "x", "this is no equation", "take it out"),
        (r"y = \operatorname{sehc} x", r"\operatorname", "unknown function 'sehc'", "did you mean 'sech'?"),
        (r"y = \mathrm{sehc}^2(x)", r"\mathrm", "unknown function 'sehc'", "did you mean 'sech'?"),
        (r"y = 0,5x", ",", "a ',' between '0' and '5'", "a decimal point"),
        (r"y = 2.x", ".", "a '.' between '2' and 'x'", r"\cdot"),
        (r"y = 1e-3x", "1", "1e-3 is no number in LaTeX", r"1 \cdot 10^{-3}"),
        (r"y = a^b^c", "^c", "a second superscript", "x^{a^b}"),
        (r"y = (\theta)^{\text{old}}", "{", "a word as a superscript", r"x_{\text{new}}"),
        (r"\[ \]", "", "there is no equation here", r"\begin{cases}"),
        # unfinished
        (r"y = \left\{", "\\{", r"'\{' is never closed", r"\}"),
        (r"\begin{align} y = x^{(t)}^\begin{align} z = x^{(t)}^{-1}, \end{align}", "\\begin",
         r"'\begin{align}' is never ended", r"add \end{align}"),
        (r"y = \left\lbrace", r"\lbrace", r"'\lbrace' is never closed", r"\}"),
        (r"y = \left", r"\left", r"'\left' stands before no bracket", r"\left("),
        (r"y = x^", "^", "a power is missing before the end", "{…}"),
        (r"y = \text", r"\text", "a '{' is missing here", "behind the command"),
        (r"y = \label", r"\label", "a '{' is missing here", "behind the command"),
        (r"y = \mathopen{", "{", "'{' is never closed", "'}'"),
        (r"y = \sqrt[3", "[", "'[' is never closed", "']'"),
        (r"y = " + r"\sqrt[" * 200 + "3" + "]{x}" * 200, "[", "this is nested more than 100 deep", "names of their"),
        (r"y = " + r"\hat{" * 200 + "x" + "}" * 200, r"\hat", "more than 10 accents on one name", "leave some out"),
        (r"y = \Sinh x", r"\Sinh", r"unknown command '\Sinh'", r"did you mean '\sinh'?"),
        # the hints of the parser, in LaTeX
        (r"y = \sin + 1", r"\sin", "'sin' is a function and needs an argument", r"write \sin(x)"),
        (r"y = \mathrm{norm}(x)", r"\mathrm", "'norm' is a function of vectors, and nothing here is declared as one",
         r"\sqrt{x_1^2 + x_2^2}"),
        (r"y = x²⁻", "²⁻", "this superscript is not a whole number", "x^{…}"),
    ],
)  # fmt: skip
def test_mistakes_show_their_place(latex, place, message, hint):
    with pytest.raises(AdgraphError) as caught:
        read(latex)
    error = caught.value
    assert error.message == message
    assert hint in error.hint
    if place:
        assert error.span is not None
        assert latex[error.span.start :].startswith(place)


@pytest.mark.parametrize(
    ("latex", "note"),
    [
        (r"y = abc", "'abc' is read as the product a·b·c; write \\mathrm{abc} for one name"),
        (r"y = x2", "x2 is read as x·2; write x_{2} for a name"),
        (r"y = x^{(a+b)}", "x^{(a+b)} is read as one name; without the brackets it is a power"),
        (r"Here is $y = x^2$.", "1 formula is read; the words around are not"),
        (r"y = A\sin\omega(t - t_0)", "the argument of sin ends before the bracket; put brackets around it"),
        (r"y = \ln(3x+2)^5", r"\ln(…)^5 is read as (\ln(…))^5; for a power of the argument write \ln((…)^5)"),
        (
            r"y = \sin\left(x\right)^{2n}",
            r"\sin(…)^{2n} is read as (\sin(…))^{2n}; for a power of the argument write "
            r"\sin((…)^{2n})",
        ),
        (r"y = (\ln(x))^5 + \ln((x)^5) + \sqrt{x}^3 + \lvert x\rvert^2 + \sin^2(x)", None),
        (r"y = x^{(t)} + ax", None),
    ],
)
def test_notes_on_the_reading(latex, note):
    notes = read(latex).notes
    assert notes == () if note is None else note in notes


@pytest.mark.parametrize(
    "name",
    [r"\theta", r"\varphi", r"\phi", r"\epsilon", r"\Omega", r"\varepsilon", r"\hat{y}", r"\bar{x}_1", r"w_{ij}", "x_1",
     r"\mathbf{w}", r"\mathcal{L}", r"\boldsymbol{\theta}", r"h^{(t-1)}", "x'", r"\mathrm{loss}", r"x_{\mathrm{in}}",
     r"\theta_{\alpha\beta}", r"\mathbb{R}", r"x^{*}", r"\mathbf{x}_1^{(t)}", r"w_{i,j}", r"\ell", r"w_{t+1}"],
)  # fmt: skip
def test_names_come_back_as_they_came(name):
    node = next(node for node in read(f"y = 2 {name}").graph.nodes if node.name)
    assert Latex().variable(node.name) == name


@pytest.mark.parametrize(("latex", "text"), [(r"\theta", "θ"), (r"\hat{y}_1", "y_hat_1"), ("x", "x")])
def test_a_name_alone(latex, text):
    assert read_name(latex) == text


def test_what_is_not_a_name():
    with pytest.raises(AdgraphError, match="not the name of a variable"):
        read_name(r"\frac{x}{2}")


@pytest.mark.parametrize(("source", "language"), [("y = x^2", "text"), (r"y = \sin x", "latex"), ("$y$", "latex")])
def test_the_language_is_recognised(source, language):
    assert recognised(source) == language


def test_a_variable_may_be_called_e():
    assert [node.op for node in read("y = e x", Request(variables=("e",))).graph.nodes] == ["input", "input", "mul"]


PIECES = [
    *"{}xy^_2()=+-|&[]'$,. %;<\n\\",
    *(r"\frac \sin \left( \right) \\ \begin{align} \end{align} \sqrt $$ \text{and} \hat \log_ \max \theta \lvert \rvert"
      r" \mathbf \quad".split()),
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_anything_is_read_or_explained(pieces):
    source = "".join(pieces)
    try:
        assert read(source).graph.nodes
    except AdgraphError as error:
        assert error.message
        assert "\n" not in error.message


def test_latex_and_text_are_one_graph():
    assert read(r"y = \frac{x+1}{2} \cdot \sin(x)").graph == graph("y = (x + 1)/2*sin(x)")


def test_what_is_set_is_what_was_written():
    (equation,) = equations(graph_view(read(r"y = \frac{\hat{y}}{\sqrt{x_{1}}}").graph, False))
    assert write(equation, Latex()) == r"y = \frac{\hat{y}}{\sqrt{x_1}}"

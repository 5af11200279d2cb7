"""What lecturers write and is read: equal sides, braces, indices, conditions, cases, sums, dots, macros, values."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.read import frontend, recognised
from tests.test_misreadings import read_as, refusal


def notes(source: str, **asked: object) -> tuple[str, ...]:
    return frontend(recognised(source))(source, Request(**asked)).notes


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # several sides
        ("y = f(x) = x^3 - 1/x", "y = x^3 - 1/x"),
        (r"\hat y = a = \sigma(z)", "y_hat = sigmoid(z)"),
        (r"\hat y = a = \sigma(z), \quad L = (a - t)^2", "a = sigmoid(z); L = (a - t)^2"),
        ("y = f(x) = x^2; z = f(3)", "y = x^2; z = 3^2"),
        ("y = (x+1)^2 = x^2 + 2x + 1", "y = (x + 1)^2"),
        (r"\begin{align} y &= (x+1)^2 \\ &= x^2 + 2x + 1 \end{align}", "y = (x + 1)^2"),
        ("u = x^2; y = u^2 = x^4", "u = x^2; y = u^2"),
        ("y = x^2 = 9; x = 3", "x = 3; y = x^2"),
        # braces and labels
        ("y = {{w}_{1}}{{x}_{1}} + b", "y = w_1*x_1 + b"),
        (r"y = {\hat{y}}_{i} + {x}_{j}^{2}", "y = y_hat_i + x_j^2"),
        ("a^{[1](i)} = z^{[1](i)} + 1", "a^{[1](i)} = z^{[1](i)} + 1"),
        (r"a^{[1](i)}_j = \tanh(z^{(2)[l]}_k)", "a_j^{[1](i)} = tanh(z_k^{(2)[l]})"),
        # brackets of functions
        ("f[z] = z^2; y = f[3x]", "y = (3*x)^2"),
        (r"f[z] = \sin z", "f = sin(z)"),
        (r"y = \exp[-10z] + \exp\{-z\}", "y = exp(-10*z) + exp(-z)"),
        ("f(x; w) = w x; y = f(2; v)", "y = v*2"),
        # conditions
        ("y = [0 < x < 1]", "y = [0 < x]*[x < 1]"),
        ("y = [x = 1] + [x == 2] + [x != 3] + [x ≠ 4]", "y = [x = 1] + [x = 2] + [x != 3] + [x != 4]"),
        ("y = [x > 0, z > 0] + [x > 0 and z < 1]", "y = [x > 0]*[z > 0] + [x > 0]*[z < 1]"),
        (r"y = \mathbb{1}(x<0)", "y = [x < 0]"),
        (r"y = \mathbf 1_{x>0} x", "y = [x > 0]*x"),
        (r"y = \mathbb{1}_{\{x>0\}} + \mathbb{I}[x \le 1] + \mathbbm{1}\{x \ne 2\}",
         "y = [x > 0] + [x <= 1] + [x != 2]"),
        ("y = 1_{x>0} x + 1(x<0) + I(x = 2)", "y = [x > 0]*x + [x < 0] + [x = 2]"),
        ("y = (x)^+ + [1 - x]_+", "y = relu(x) + relu(1 - x)"),
        (r"y = (x)^{+} + \left(1-x\right)_+", "y = relu(x) + relu(1 - x)"),
        # numbers
        ("z = ½x + ¾", "z = 1/2*x + 3/4"),
        (r"y = 15\% x + 2\%", "y = 0.15*x + 0.02"),
        ("y = 15% * x", "y = 0.15*x"),
        (r"y = 1{,}000 x + 2{,}500{,}000", "y = 1000*x + 2500000"),
        (r"y = 10\,000 x", "y = 10000*x"),
        (r"y = \sin 30^\circ + \cos 60^{\circ}", "y = sin(1/6*pi) + cos(1/3*pi)"),
        ("y = sin(30°) + x°", "y = sin(1/6*pi) + x*(pi/180)"),
        # look-alikes
        ("w∗x + ｂ", "y = w*x + b"),
        ("y = x – 1 − z‐2", "y = x - 1 - z - 2"),
        ("“y = x’ + x”", "y = x' + x"),
        ("y = lambda_ * x", "y = lambda*x"),
        # logarithms and roots
        ("y = log_a x + log_3(x)", "y = log(x, a) + log(x, 3)"),
        (r"y = \log_a x + \log_{10} x + \log_{b}(x + 1)", "y = log(x, a) + log10(x) + log(x + 1, b)"),
        ("y = log(x, 2) + log(x, 10) + log(x, b)", "y = log2(x) + log10(x) + log(x, b)"),
        ("y = root(x, 3) + root(x, 2) + root(x, 5)", "y = cbrt(x) + sqrt(x) + x^(1/5)"),
        ("y = arsech(x) + acoth(x) + arccsch x", "y = arsech(x) + arcoth(x) + arcsch(x)"),
        (r"y = \coth^{-1} x", "y = arcoth(x)"),
        # products of parameters
        ("g(u,v) = 3uv + u^{2}", "g = 3*u*v + u^2"),
        ("g(u,v) = 3uv + u^{2}; y = g(x, 2x)", "y = 3*x*(2*x) + x^2"),
        ("f(x,y,z) = xyz", "f = x*y*z"),
        # commas between equations
        ("a = x+1,b = a^2", "a = x + 1; b = a^2"),
        (r"$a = \sin x,b = a^2$", "a = sin(x); b = a^2"),
        # functions that are not known
        ("y = f(g(x)) + f'(x)", "y = f(g(x)) + f'(x)"),
        (r"a = \varphi(wx + b)", "a = φ(w*x + b)"),
        ("y = h(x, z)", "y = h(x, z)"),
    ],
)  # fmt: skip
def test_read(typed, read):
    assert read_as(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"y = \sum_{i=1}^{3} w_i x_i", "y = w_1*x_1 + w_2*x_2 + w_3*x_3"),
        (r"y = \sum\limits_{i=1}^3 w_i x_i + b", "y = w_1*x_1 + w_2*x_2 + w_3*x_3 + b"),
        (r"y = \prod^{2}_{k=0} (x - a_k)", "y = (x - a_0)*(x - a_1)*(x - a_2)"),
        (r"y = \sum_{i=1}^{2}\sum_{j=1}^{2} w_{ij} x_j", "y = w_11*x_1 + w_12*x_2 + (w_21*x_1 + w_22*x_2)"),
        (r"y = \sum_{i=1}^{2} i x^{i}", "y = 1*x^1 + 2*x^2"),
        (r"y = \sum_{t=1}^{2} h^{(t-1)} x_{t+1}", "y = h^{(0)}*x_2 + h^{(1)}*x_3"),
        (r"p = \frac{e^{z_1}}{\sum_{j=1}^{2} e^{z_j}}", "p = e^z_1/(e^z_1 + e^z_2)"),
        ("y = sum_{i=1}^3 x_i^2", "y = x_1^2 + x_2^2 + x_3^2"),
        ("y = ∑_{i=1}^3 x_i", "y = x_1 + x_2 + x_3"),
        ("y = sum(w_i x_i, i=1..2)", "y = w_1*x_1 + w_2*x_2"),
        ("y = prod_{i=2}^1 x_i + sum_{i=2}^1 x_i", "y = 1 + 0"),
        ("y = sum_{i=1}^n x_i; n = 2", "y = x_1 + x_2"),
        (r"y = \frac{1}{n}\sum_{i=1}^{n} x_i; n = 2", "y = 1/2*(x_1 + x_2)"),
        # dots
        (r"y = x_1 + \dots + x_4", "y = x_1 + x_2 + x_3 + x_4"),
        ("y = x_1 + x_2 + ... + x_5", "y = x_1 + x_2 + x_3 + x_4 + x_5"),
        (r"y = w_1 x_1 + \cdots + w_n x_n + b; n = 3", "y = w_1*x_1 + w_2*x_2 + w_3*x_3 + b"),
        (r"y = x_1 x_2 \cdots x_4", "y = x_1*x_2*x_3*x_4"),
        ("y = 1 + x + x^2 + … + x^4", "y = 1 + x + x^2 + x^3 + x^4"),
        ("y = (x_1 + ... + x_3)/3", "y = (x_1 + x_2 + x_3)/3"),
    ],
)
def test_sums_and_dots_are_written_out(typed, read):
    assert read_as(typed) == read


@pytest.mark.parametrize("given", [{"n": 3.0}, {"n": 3.0, "x_1": 1.0}])
def test_what_counts_may_be_given(given):
    assert read_as("y = x_1 + ... + x_n", at=given) == "y = x_1 + x_2 + x_3"
    assert read_as(r"y = \frac{1}{n}\sum_{i=1}^n x_i", at=given) == "y = 1/3*(x_1 + x_2 + x_3)"


def test_a_value_for_what_counts_is_used_up(run):
    result = run("eval", "y = sum_{i=1}^n x_i", "--at", "n=2,x_1=1,x_2=5")
    assert result.exit_code == 0
    assert ["y", "6"] in [line.split() for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("y = x^2 = 2x", "the sides differ: y is 0.0961, and this 0.62, at x = 0.31"),
        (r"y = (x+1)^2 = x^2 + 1", "the sides differ: y is 1.7161, and this 1.0961, at x = 0.31"),
        ("z = 2 * 3 = 7", "the sides differ: z is 6, and this 7"),
        ("y = x^2 = 10; x = 3", "the sides differ: y is 0.0961, and this 10, at x = 0.31"),
        (r"y = \sum_i x_i", "a sum with an index has bounds and a term"),
        ("y = sum_{i=1}^n x_i", "'n' has to be a whole number here, and has no value"),
        (r"y = \prod_{i=1}^{2.5} x_i", "a bound of a sum is a whole number"),
        ("y = sum_{i=1}^5000 x_i", "more than 1000 terms"),
        (
            "L = sum_{k=1}^3 t_k log p_k; p_k = e^z_k; p_1 = 2",
            "'p_k' is defined for every index at once, and the sum reads p_2, …",
        ),
        ("y = x_1 + ... + x_n", "how many terms the dots stand for: 'n' has no value"),
        ("y = x + ... + z", "an ellipsis is not read here"),
        ("x = 2; y = x^2; x = 3", "'x' is defined twice"),
        ("y = [x > 0] + x > 0", "a comparison '>' outside square brackets"),
        ("y = σ''(x)", "a second derivative of 'σ' is not read"),
    ],
)
def test_refused(typed, message):
    assert refusal(typed).message == message


def test_where_a_sum_ends_is_said():
    said = "the sum over i ends before 'y_i', which is no term of it; with brackets it is"
    assert said in notes("s = sum_{i=1}^3 x_i + y_i")
    assert said in notes(r"s = \sum_{i=1}^{3} x_i - y_i")
    assert not notes("s = sum_{i=1}^3 x_i + sum_{i=1}^3 y_i")
    assert not notes("s = sum_{i=1}^3 (x_i + y_i) + k")


def test_values_beside_definitions_are_values(run):
    source = frontend("text")("y = x^2; x = -2")
    assert dict(source.given) == {"x": -2.0}
    assert run("eval", "y = x^2; x = -2").stdout.split()[-1] == "-4"
    assert "≈ 3.1416" in run("derive", "y = x^2; x = pi/2").stdout
    assert run("eval", "y = x^2; x = -2", "--at", "x=5").stdout.split()[-1] == "10"


def test_values_stay_constants_where_others_have_none():
    assert read_as("y = w x; x = 2") == "x = 2; y = w*x"


def test_functions_that_are_not_known_are_said_to_be():
    assert notes("y = f(x)") == (
        "f(…) is read as a function that is not known further; define it, f(…) = …, or write f*(…) for a product",
    )
    assert notes("y = f(x)", functions=("f",)) == ()


@pytest.mark.parametrize("name", ["phi", "varphi", "φ", "ϕ"])
@pytest.mark.parametrize("source", [r"y = \varphi(x + 1)", r"y = \phi(x + 1)"])
def test_both_forms_of_a_greek_letter_are_declared_alike(source, name):
    if name == "varphi":
        pytest.skip("not a name in text")
    assert notes(source, functions=(name,)) == ()


def test_ln_stays_ln(run):
    assert run("derive", "y = x ln x").stdout.splitlines()[1].split("=")[-1].strip() == "ln(x) + 1"
    assert r"\ln(x)" in run("derive", r"y = x \ln x", "--format", "latex").stdout
    assert "log" not in run("derive", r"y = \ln(x)^2", "--format", "latex").stdout
    assert run("derive", "y = x log x").stdout.splitlines()[1].split("=")[-1].strip() == "log(x) + 1"


# ---- macros


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"\newcommand{\w}{w_{1}} \[ y = \w x \]", "y = w_1*x"),
        (r"\newcommand\half{\frac12} \[ y = \half x \]", "y = 1/2*x"),
        (r"\newcommand{\sq}[1]{(#1)^2} \[ y = \sq{x - 1} + \sq z \]", "y = (x - 1)^2 + z^2"),
        (r"\newcommand{\loss}[2][t]{(#1 - #2)^2} \[ L = \loss{y} + \loss[s]{z} \]", "L = (t - y)^2 + (s - z)^2"),
        (r"\renewcommand{\vec}[1]{#1_{0}} \[ y = \vec{x} + 1 \]", "y = x_0 + 1"),
        (r"\def\R{r} \[ y = \R x \]", "y = r*x"),
        (r"\def\twice#1{2 #1} \[ y = \twice{x} \]", "y = 2*x"),
        (r"\DeclareMathOperator{\sech}{sech} \[ y = \sech(x) \]", "y = sech(x)"),
        (r"\DeclareMathOperator*{\relu}{ReLU} \[ y = \relu(x) \]", "y = relu(x)"),
        (r"\let\eps\varepsilon \[ y = \eps + x \]", "y = ε + x"),
        (r"\newcommand{\a}{\b^2} \newcommand{\b}{x} \[ y = \a \]", "y = x^2"),
    ],
)
def test_macros_are_written_out(typed, read):
    assert read_as(typed) == read


@pytest.mark.parametrize(
    ("typed", "message", "place"),
    [
        (r"\newcommand{\a}{\b} \newcommand{\b}{\a} \[ y = \a \]", r"the macro \a needs itself", r"\a"),
        (r"\newcommand{\bad}{\nosuch} \[ y = x + \bad \]", r"unknown command '\nosuch'", r"\bad"),
        (r"\newcommand{\bad} \[ y = x \]", r"the definition of \bad has no body", r"\newcommand"),
        (r"\newcommand{\m}{x + } \[ y = \m \]", "the equation ends too early", r"\m"),
        (r"y = \nosuch x", r"unknown command '\nosuch'", r"\nosuch"),
    ],
)
def test_mistakes_in_macros_show_where_they_are_used(typed, message, place):
    error = refusal(typed)
    assert error.message == message
    assert error.span is not None
    assert typed[error.span.start : error.span.end].strip() == place


def test_macros_from_a_file(run, tmp_path):
    (tmp_path / "macros.tex").write_text("\\newcommand{\\half}{\\frac12}\n")
    result = run("eval", r"y = \half x^2", "--macros", "macros.tex", "--at", "x=3")
    assert result.exit_code == 0
    assert result.stdout.split()[-1] == "3"
    assert run("derive", r"y = \half x^2", "--macros", "nowhere.tex").exit_code == 2


def test_a_value_outside_a_domain_shows_the_macro(run):
    result = run("eval", r"\newcommand{\root}{\sqrt{x}} \[ y = 1 + \root \]", "--at", "x=-1")
    assert result.exit_code == 1
    assert "sqrt(x) is not defined at x = -1" in result.stderr


def test_runaway_macros_end():
    typed = r"\newcommand{\a}{xxxxxxxxxx}" + "".join(
        rf"\newcommand{{\{chr(98 + k)}}}{{{chr(92)}{chr(97 + k)} {chr(92)}{chr(97 + k)}}}" for k in range(18)
    )
    with pytest.raises(AdgraphError) as caught:
        frontend("latex")(typed + r" \[ y = \s \]")
    assert "written out" in caught.value.message

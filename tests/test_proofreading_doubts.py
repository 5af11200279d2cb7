"""What is right in a document is never called wrong: what a statement is about may be given in prose, be solved for, or be
said to be wrong by the document itself. And sums to an n without a value, and vectors and matrices, are judged."""

import pytest

from tests.test_proofreading import findings

ROOT = r"Let $f(x) = \sqrt{x}$. "
LINE = r"Let $\hat{y}_i = w x_i + b$ and $L = \frac{1}{N} \sum_{i=1}^{N} (\hat{y}_i - y_i)^2$. "
RIDGE = r"Let $R = \lambda \sum_j w_j^2$. "
SOFTMAX = r"Let $p_i = \frac{e^{z_i}}{\sum_k e^{z_k}}$. "
DENSE = r"Let $\mathbf{z} = \mathbf{W}\mathbf{x} + \mathbf{b}$ and $L = \frac12 \|\mathbf{z} - \mathbf{t}\|^2$. "
DECLARED = r"Let $W \in \mathbb{R}^{3 \times 2}$, $x \in \mathbb{R}^2$, $t \in \mathbb{R}^3$, $J = \|Wx - t\|^2$. "
FORM = r"Let $q(\mathbf{x}) = \mathbf{x}^T \mathbf{A} \mathbf{x}$. "


@pytest.mark.parametrize(
    ("text", "why"),
    [
        # another function of the same letter, which is given in prose or in a picture
        (r"Let $f(u) = \sqrt{u}$. For sine we have $f'(u) = \cos u$.", "what it is about seems to be no f that is defined before"),
        (ROOT + r"# Exponentials" + "\n" + r"Here $f''(x) = e^x$ again.", "no f that is defined before"),
        (ROOT + r"The slope is $f'(4) = \lim_{h \to 0} \frac{1/(4+h) - 1/4}{h} = -\frac{1}{16}$.", "no f that"),
        # what is to be solved, and what is given to find a function
        (r"Let $y(t) = e^{-t}$. The differential equation $y' = 1 - y$.", "a differential equation of y"),
        (r"Let $y = e^t$. Solve the ODE $y' = 3t + 1, \quad y(0) = 2$.", "it seems to be what is to be solved"),
        (r"Let $y = 3x$. From $y' = \sin x \implies y = \int \sin x dx$.", "what follows from it is said of y"),
        # what the document itself calls wrong
        (ROOT + r"A common mistake is to write $f'(x) = \frac{1}{\sqrt{x}}$.", "the document itself says that"),
        (ROOT + r"$f'(x) = \frac{2}{\sqrt{x}} \quad \text{(WRONG)}$", "the document itself says that it is wrong"),
        # equations of what is not given
        (r"On $x^2 + y^2 = 25$ we have $\frac{d}{dx}(x^2) + \frac{d}{dx}(y^2) = \frac{d}{dx}(25)$.", ""),
        (r"So $\frac{d^2 y}{dx^2} = -\frac{d}{dx}\left(\frac{x}{y}\right) = -\frac{y - x \frac{dy}{dx}}{y^2} = -\frac{25}{y^3}$.", ""),
        (r"Let $y = g(x)$. Then $\frac{dy}{dx} = -\frac{x}{y}$.", ""),
        # a display that begins with = goes on with what stands before it, not with a derivative further above
        (r"Check: $\frac{d}{dx}[e^x + C] = e^x$." + "\n\n" + r"Find $\int 5e^x dx$" + "\n\n$$= 5e^x + C$$", ""),
        (r"Find $F$ such that $F'(x) = x^2$. So $F(x) = cx^3$.", ""),
        # of one term of a sum, where the derivative is of all
        (LINE + r"For one point, $\frac{dL}{db} = 2(y_i - (w x_i + b))$.", "it seems to be of one term of a sum"),
        # an equation that holds at one place, and a derivative that names its function twice
        (r"We see that $g(x) = 3$ when $x = 4$. Thus $g'(4) = 1/2$.", "may be an equation that holds at one place"),
        (r"Let $g(m, b) = y - (mx + b)$. Then $\frac{dg}{db}g(m,b) = 1 - \frac{dg}{db}b$.", "in the derivative and behind it"),
        # a kink, and what is right on one side of it alone
        (r"Let $a(u) = |u|$. So $a'(u) = 1$.", "right at some values alone"),
        (r"Let $a(u) = \max(2u, u)$. The slope is $a'(u) = 2$ on one branch.", "which these are is not said"),
        (r"Let $q(x) = \max(0, x)$. Then $q'(0) = 1$.", "there is a kink there"),
        (r"Let $q(u) = |u|$. Then $q'(0) = 0$.", "there is a kink there"),
        (r"Let $f(x) = |x|$. Where $f'(x) = 0$ there is a horizontal tangent.", "it is set to 0"),
        # a matrix that may be symmetric
        (FORM + r"For symmetric $\mathbf{A}$, $\nabla q = 2\mathbf{A}\mathbf{x}$.", "a matrix in it may be symmetric"),
    ],
)  # fmt: skip
def test_what_may_be_about_something_else_is_not_called_wrong(run, text, why):
    found = findings(text)
    assert "wrong" not in {one.verdict for one in found}
    assert not why or any(why in one.how for one in found), [one.how for one in found]


@pytest.mark.parametrize(
    ("text", "off"),
    [
        (ROOT + r"So $f'(x) = -\frac{1}{2\sqrt{x}}$.", "the sign is wrong"),
        # a term of it is 0
        (r"Let $f(x, y) = \sin x \cos y$. So $\frac{\partial f}{\partial x} = -(\frac{\partial}{\partial x}(\sin x) \cos y"
         r" + \sin x \frac{\partial}{\partial x}(\cos y))$.", "the sign is wrong"),
        # as people write it in a line
        (r"Let $z = wx$. So $dz/dw = -x$.", "the sign is wrong"),
        (r"Let $z = wx$ and $\ell = z^2$. So $d\ell/dx = -2zw$.", "the sign is wrong"),
        (r"Let $L = (wx - t)^2$. So $d^2L/dw^2 = -2x^2$.", "the sign is wrong"),
        # a partial derivative of one equation, of what is read through another too
        (r"Let $U = ae^{-t/R}$ and $P = U^2/R$. So $\partial P/\partial R = U^2/R^2$.", "the sign is wrong"),
        (r"Let $f(x, y) = x^2 y$. So $f_x = -2xy$.", "the sign is wrong"),
        (r"Let $g(u, v) = u v^2$. So $g_v(1, 2) = -4$.", "the sign is wrong"),
        # what is right between 0 and 1 alone
        (r"Let $h(e) = \begin{cases} e^2 & |e| \le 1 \\ |e| & \text{otherwise} \end{cases}$. So $h'(e) = "
         r"\begin{cases} 2e & |e| \le 1 \\ 1 & \text{otherwise} \end{cases}$.",
         "the inner derivative of abs(e) by e, sign(e), is missing in 1"),
        # a second derivative by its dots, and the name of a function as words have it
        (r"Let $x(t) = A \cos(\omega t)$. So $\ddot x = A \omega^2 \cos(\omega t)$.", "the sign is wrong"),
        (r"So $\frac{d}{dx}[\text{arccot } x] = \frac{1}{1 + x^2}$.", "the sign is wrong"),
        (ROOT + r"So $f'(x) = \frac{1}{\sqrt{x}}$.", "the factor 2 is too much"),
        (ROOT + r"So $f'(4) = -\frac14$.", "the sign is wrong"),
        (r"Let $f(x) = x^2 \sin x$. So $f'(x) = 2x \cos x$.", ""),  # no one change mends it, and it is about f
        (r"Let $y = e^{-t}$. So $\frac{dy}{dt} = y$.", "the sign is wrong"),
        (r"So $\frac{d}{dx} \ln(ax) = -\frac{1}{x}$.", "the sign is wrong"),
        (r"Let $y = 3x$. From $y' = -\sin x$ we get" + "\n" + r"$y = -\cos x + C$.", "the sign is wrong"),
        (LINE + r"So $\frac{\partial L}{\partial b} = -\frac{2}{N} \sum_{i=1}^{N} (\hat{y}_i - y_i)$.", "the sign is wrong"),
        (RIDGE + r"So $\frac{\partial R}{\partial w_k} = \lambda w_k$.", "the factor 2 is missing"),
        (SOFTMAX + r"So $\frac{\partial p_i}{\partial z_j} = p_i p_j$, where $i \neq j$.", "the sign is wrong"),
        (DENSE + r"So $\frac{\partial L}{\partial \mathbf{z}} = \mathbf{t} - \mathbf{z}$.", "the sign is wrong"),
        (DECLARED + r"So $\nabla_W J = (Wx - t) x^T$.", "the factor 2 is missing"),
        # right is what has the variable itself in it: it is no differential equation
        (SOFTMAX + r"So $\frac{\partial p_i}{\partial z_j} = p_i(1 - p_j)$ for $i \neq j$.", "the term 1 is too much"),
        (r"Let $s = \tanh u$. So $\frac{ds}{du} = s(1 - s)$.", "the term 1 is missing in s"),
        # a slope of 0, and one that is said to be 0
        (r"Let $f(x) = x^2 - 4x + 4$. Then $f'(2) = 1$.", ""),
        (r"Let $h(t) = t^3 - 3t$. Then $h'(2) = 0$.", ""),
        # shapes that do not fit, with both
        (DECLARED + r"So $\nabla_x J = 2W(Wx - t)$.",
         "3 × 2 times 3: 2 columns and 3 rows do not fit (the transpose of the first would fit); the derivative is 2"),
        (DECLARED + r"So $\nabla_W J = 2x(Wx - t)^T$.",
         "it is 2 × 3, and the derivative 3 × 2: its transpose is right; a gradient has the shape of its variable"),
        (DENSE + r"So $\frac{\partial L}{\partial \mathbf{b}} = \mathbf{x}$.", "it is n, and the derivative m"),
        # where another letter y stands in the section before
        ("Let $\\mathbf{y} = \\mathbf{x} + \\mathbf{W}$.\n# Least squares\n"
         r"Let $\hat{\mathbf{y}} = \mathbf{X}\mathbf{w}$ and $L = (\hat{\mathbf{y}} - \mathbf{y})^T(\hat{\mathbf{y}} - \mathbf{y})$. "
         r"So $\nabla_{\mathbf{w}} L = \mathbf{X}^T(\hat{\mathbf{y}} - \mathbf{y})$.", "the factor 2 is missing"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_with_what_is_off(run, text, off):
    (wrong,) = (one for one in findings(text) if one.verdict == "wrong")
    assert wrong.off == off


@pytest.mark.parametrize(
    "text",
    [
        # columns of equations are equations of their own
        r"$$\begin{aligned} u &= x - 1 & v &= x^2 \\ u' &= 1 & v' &= 2x \end{aligned}$$",
        r"$$\begin{alignat}{2} u &= 3x \qquad & v &= x^4 \\ \frac{du}{dx} &= 3 & \frac{dv}{dx} &= 4x^3 \end{alignat}$$",
        # a row that begins with a sign goes on with the one before
        r"Let $y = x^2 \sin x$. $$\begin{aligned} \frac{dy}{dx} &= 2x \sin x \\" + "\n" + r"& \quad + x^2 \cos x \end{aligned}$$",
        # cases, on either side of a derivative
        r"Let $y = \max(u, v)$. So $\frac{dy}{du} = \begin{cases} 1 & u > v \\ 0 & \text{else} \end{cases}$.",
        r"Let $r(z) = \max(0, z)$. So $r'(z) = \left\{\begin{array}{ll} 1 & z > 0 \\ 0 & z < 0 \end{array}\right.$.",
        # factors that are crossed out; brackets around a variable
        r"Let $y = u^2$, $u = x^2$. So $\frac{dy}{dx} = \frac{dy}{\cancel{du}} \frac{\cancel{du}}{dx}$.",
        r"Let $g = 3 s^2$. So $\frac{\partial g}{\partial (s)} = 6s$.",
        # y = arcsin x, where x = sin y
        r"With $x = \sin y$, $y = \arcsin x$ we have $\frac{dy}{dx} = \frac{1}{\sqrt{1 - x^2}}$.",
        # right by the definition behind it
        r"Let $y = 3x$. From $y' = 3x^2 + 2x$ we get" + "\n" + "$y = x^3 + x^2 + C$.",
        # sums to n, or without bounds
        LINE + r"So $\frac{\partial L}{\partial w} = \frac{2}{N} \sum_{i=1}^{N} x_i (\hat{y}_i - y_i)$.",
        LINE + r"So $\frac{\partial L}{\partial \hat{y}_i} = \frac{2}{N} (\hat{y}_i - y_i)$.",
        r"Let $S = \sum_{k=1}^{m} (a_k + c)^2$. So $\frac{dS}{dc} = \sum_{k=1}^{m} 2(a_k + c) = 2mc + 2\sum_k a_k$.",
        RIDGE + r"So $\frac{\partial R}{\partial w_j} = 2 \lambda w_j$.",
        SOFTMAX + r"So $\frac{\partial p_i}{\partial z_j} = p_i(\delta_{ij} - p_j)$, $\frac{\partial p_i}{\partial z_i} = p_i(1-p_i)$.",
        # vectors and matrices, in the layout in which they are right
        DENSE + r"So $\frac{\partial L}{\partial \mathbf{W}} = (\mathbf{z} - \mathbf{t})\mathbf{x}^T$.",
        DENSE + r"So $\frac{\partial L}{\partial \mathbf{x}} = \mathbf{W}^\top \frac{\partial L}{\partial \mathbf{z}}$.",
        DENSE + r"So $\frac{\partial \mathbf{z}}{\partial \mathbf{x}} = \mathbf{W}$.",
        DENSE + r"So $\frac{\partial \mathbf{z}}{\partial \mathbf{x}} = \mathbf{W}^T$.",
        DECLARED + r"So $\frac{\partial J}{\partial x} = 2 W^T (Wx - t)$.",
        FORM + r"So $\nabla q = (\mathbf{A} + \mathbf{A}^T)\mathbf{x}$.",
    ],
)  # fmt: skip
def test_what_is_right_is_judged(run, text):
    verdicts = {one.verdict for one in findings(text)}
    assert verdicts == {"right"}, [(one.text, one.verdict, one.how) for one in findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        r"A common mistake is to write $\frac{d}{dx}[xy] = y$.",  # which may be meant as partial
        r"The ODE $y' = y$ has $y = e^x$, and so $y' = y$.",
        r"Let $y = 1$. The ODE $y' = y(1 - y)$ is solved by it.",
        r"Let $f(u, w) = u^2$. So $\frac{\partial f}{\partial q} = \frac{\partial f}{\partial u} \frac{\partial u}{\partial q}$.",
        r"The rule is $y = k \implies y' = 0$.",
    ],
)
def test_what_would_not_be_called_wrong_with_a_wrong_sign_is_not_called_right(run, text):
    assert {one.verdict for one in findings(text)} == {"not checked"}, [one.how for one in findings(text)]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (r"Solve ODEs. Let $f(x) = 9x + 2$; $f'(0) = 9, f'(2) = 9$ and $f(0) = 2$.", "9"),
        (r"Let $q(x) = 3x^4 + 2x - 7$. Then $q'(x) = 3(x^4)' + 2(x)' - (7)' = 12x^3 + 2$.", "12x^3 + 2"),
        (r"Let $A = 2\pi r^2 + \frac{2}{r}$. Set $A'(r) = 4\pi r - \frac{2}{r^2} = 0$.", r"4\pi r - \frac{2}{r^2}"),
    ],
)  # fmt: skip
def test_what_is_called_right_is_called_wrong_with_a_wrong_sign(run, text, side):
    assert "right" in {one.verdict for one in findings(text)}
    before, _, behind = text.rpartition(f"= {side}")
    assert "wrong" in {one.verdict for one in findings(f"{before}= -({side}){behind}")}


def test_choices_of_exercises_state_and_define_nothing(run):
    text = r"Let $y = x^2$. \begin{multipleChoice} \choice{$y' = 5x$} \choice[correct]{$y' = 2x$} \end{multipleChoice}"
    found = findings(rf"\documentclass{{article}}\begin{{document}}{text}\end{{document}}", "a.tex")
    assert [one.verdict for one in found] == ["right"]


CROSS = SOFTMAX + r"Let $L = -\sum_i t_i \ln p_i$"


@pytest.mark.parametrize(
    "said",
    [r"where $\sum_i t_i = 1$", r"where $\sum_{i=1}^3 t_i = 1$", "where $t_1 + t_2 + t_3 = 1$", r"$t_1 + \dots + t_n = 1$",
     "where the targets are one-hot", "where the targets sum to 1"],
)  # fmt: skip
def test_targets_that_are_said_to_sum_to_1_do(run, said):
    text = rf"{CROSS}, {said}. So $\frac{{\partial L}}{{\partial z_i}} = p_i - t_i$, not its negative."
    (found,) = findings(text)
    assert found.verdict == "right"
    assert "with t₁ + t₂ + t₃ = 1" in found.notes
    (found,) = findings(text.replace("p_i - t_i", "t_i - p_i"))
    assert (found.verdict, found.off) == ("wrong", "the sign is wrong")


def test_targets_of_which_nothing_is_said_are_not_called_wrong(run):
    (found,) = findings(rf"{CROSS}. So $\frac{{\partial L}}{{\partial z_i}} = p_i - t_i$.")
    assert found.verdict == "not checked"
    assert found.how == "it is right where t₁ + t₂ + t₃ = 1, which is not said"
    (found,) = findings(rf"{CROSS}. So $\frac{{\partial L}}{{\partial z_i}} = p_i + t_i$.")
    assert found.verdict == "wrong"


STEPS = r"Let $a(u) = |u|$, $q(x) = x|x|$, $r(z) = \max(0, z)$ and $l(t) = \max(0.1t, t)$. "


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"For $x < 0$ we have $q'(x) = -2x$, and for $x > 0$ it is $q'(x) = 2x$.", ["where x < 0", "where x > 0"]),
        (r"$$q'(x) = -2x \quad (x < 0)$$", ["where x < 0"]),
        (r"$$q'(x) = -2x \text{ for } x \leq 0$$", [r"where x \leq 0"]),
        (r"$$q'(x) = 2x, \quad x > 1$$", ["where x > 1"]),
        (r"So $a'(u) = 1$ if $u > 0$. When $u < 0$, $a'(u) = -1$.", ["where u > 0", "where u < 0"]),
        (r"$r'(z) = 0$ for negative $z$, and $r'(z) = 1$ if $z$ is positive.", ["where z < 0", "where z > 0"]),
        (r"$l'(t) = 1$ for $t > 0$ and $l'(t) = 0.1$ otherwise.", ["where t > 0", "where t > 0 does not hold"]),
        (r"For $x > 0$, $g(x) = \ln|x|$ has $g'(x) = \frac{1}{|x|}$.", ["where x > 0"]),
    ],
)  # fmt: skip
def test_a_condition_beside_a_statement_is_obeyed(run, text, said):
    assert [(one.verdict, one.how) for one in findings(STEPS + text)] == [("right", how) for how in said]


@pytest.mark.parametrize(
    ("text", "claimed", "value"),
    [
        (r"For $x < 0$ we have $q'(x) = 2x$.", None, None),
        (r"So $a'(u) = 1$ if $u < 0$.", 1, -1),
        (r"$l'(t) = 1$ for $t > 0$ and $l'(t) = 0.2$ otherwise.", 0.2, 0.1),
        (r"$r'(z) = z$ where $z > 0$.", None, 1),
        (r"So $r'(z) = 3$.", 3, 1),  # a value that it has nowhere
    ],
)
def test_what_is_wrong_where_its_condition_holds_is_wrong(run, text, claimed, value):
    wrong = findings(STEPS + text)[-1]
    assert wrong.verdict == "wrong"
    assert claimed is None or wrong.claimed == claimed
    assert value is None or wrong.value == value


def test_a_number_that_is_asked_for_is_no_definition(run):
    text = r"Let $h(x) = x^3 - 2x$. Find $x$ where $h(x) = 4$. We have $h'(x) = -(3x^2 - 2)$ and $h'(2) = 10$."
    assert [one.verdict for one in findings(text)] == ["wrong", "right"]


def test_words_in_formulas_are_shown(run):
    text = r"Let $f(x) = x|x|$. $$f'(x) = \begin{cases} 3x & x > 0 \\ -2x & \text{otherwise} \end{cases}$$"
    assert r"-2x & \text{otherwise}" in findings(text)[0].text


@pytest.mark.parametrize(
    "text",
    [
        r"Let $g(t \mid k) = k t^2$. Then $g'(t \mid k) = 2kt$.".replace("g'", r"\frac{\partial}{\partial t} g"),
        r"Let $p(x | \lambda) = \lambda x$. Then $\frac{\partial p}{\partial \lambda} = x$.",
        r"Let $h(u; c, d) = c u^d$. Then $h_c(u; c, d) = u^d$.",
    ],
)
def test_parameters_behind_a_bar(run, text):
    assert [one.verdict for one in findings(text)] == ["right"]

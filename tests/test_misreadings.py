"""What lecturers write and a careless reader would misread: each is read as what it is, or refused with its reason."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.read import frontend, recognised
from tests.conftest import plain


def read_as(source: str, **asked: object) -> str:
    """The equations of a source, as adgraph writes them on one line."""
    graph = frontend(recognised(source))(source, Request(**asked)).graph
    return "; ".join(plain(equation) for equation in equations(graph_view(graph, False)))


def refusal(source: str) -> AdgraphError:
    with pytest.raises(AdgraphError) as caught:
        frontend(recognised(source))(source)
    return caught.value


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # words over and under a brace are no power
        (r"y = \overbrace{wx}^{a} + b", "y = w*x + b"),
        (r"y = \underbrace{wx + b}_{z}", "y = w*x + b"),
        (r"y = \overbracket{wx}^{k}", "y = w*x"),
        (r"y = \underbrace{wx}_{u}^2", "y = (w*x)^2"),
        (r"y \stackrel{def}{=} x^2", "y = x^2"),
        (r"y \overset{!}{=} x^2", "y = x^2"),
        # a difference is one name
        (r"m = \frac{\Delta y}{\Delta x}", "m = Δy/Δx"),
        ("m = Δy/Δx", "m = Δy/Δx"),
        (r"E = F \Delta s + \Delta\theta_1", "E = F*Δs + Δθ_1"),
        ("Δ = b^2 - 4a*c; x = sqrt(Δ)", "Δ = b^2 - 4*a*c; x = sqrt(Δ)"),
        ("Δ = b^2 - 4c; y = Δ^2 x", "Δ = b^2 - 4*c; y = Δ^2*x"),
        (r"m = \frac{\Delta{y}}{\Delta{x}}", "m = Δy/Δx"),
        # parameters behind a bar
        (r"f(x \mid w) = w x", "f = w*x"),
        ("p(x | m, s) = (x - m)/s + |s|", "p = (x - m)/s + abs(s)"),
        ("f(u|v) = u v; y = f(a|2) + f(|b|, 1)", "y = a*2 + abs(b)*1"),
        # names that begin with a function
        ("y = cost + logp + since + login", "y = cost + logp + since + login"),
        ("sinx = 2t; y = sinx^2", "sinx = 2*t; y = sinx^2"),
        # a power, where a transpose is none
        ("y = β^t m + t", "y = β^t*m + t"),
        ("y = (1 + r)^t P + e^t x", "y = (1 + r)^t*P + e^t*x"),
        ("y = a^(t) x", "y = a^t*x"),
        # powers and inverses of functions
        (r"y = \operatorname{sech}^2 x", "y = sech(x)^2"),
        ("y = sech^2 x + csch^2(x) + coth²(x)", "y = sech(x)^2 + csch(x)^2 + coth(x)^2"),
        (r"y = \sigma^2(x)", "y = sigmoid(x)^2"),
        ("y = σ²(x)", "y = sigmoid(x)^2"),
        (r"y = \sigma^{-1}(p)", "y = logit(p)"),
        (r"y = \sigma^2 x + \sigma", "y = σ^2*x + σ"),
        (r"p = \frac{x}{\sigma} + \sigma^2(x + 1)", "p = x/σ + σ^2 * (x + 1)"),
        # derivatives of functions
        (r"d = (a - y) \sigma'(z)", "d = (a - y)*(sigmoid(z)*(1 - sigmoid(z)))"),
        ("d = tanh'(z)", "d = 1 - tanh(z)^2"),
        ("d = relu'(z)", "d = [z > 0]"),
        # characters that look like others
        ("y = ℯ^x", "y = e^x"),
        ("y = 𝑥^2 + x", "y = x^2 + x"),
        ("y = \u0445^2 + x", "y = x^2 + x"),
        ("y = ñ + n_tilde", "y = ñ + ñ"),
        ("y = ж^2", "y = ж^2"),
        # other names of functions
        ("y = lg x", "y = log10(x)"),
        ("y = ln x", "y = ln(x)"),
        # applied, and so functions
        ("z = v(u(x)); u(x) = x^2; v(u) = sin(u)", "u = x^2; z = sin(u)"),
        ("z = v(u(x))", "z = v(u(x))"),
        ("y = u(x) v(x)", "y = u(x)*v(x)"),
        ("y = a(x + b)", "y = a*(x + b)"),
        (r"y = {{\sigma}}({z})", "y = sigmoid(z)"),
        (r"y = {\tau}(u)", "y = τ(u)"),
        ("y = tau(u + 1)", "y = tau*(u + 1)"),
        (r"y = {{w}}_{{1}} {x}^{{2}}", "y = w_1*x^2"),
        (r"y = \tg x + \ctg u + \sh v", "y = tan(x) + cot(u) + sinh(v)"),
        (r"y = S e^{(r-q)T} \cdot 2", "y = S*e^((r - q)*T) * 2"),
        ("y = 3{,}14 x", "y = 3.14*x"),
        ("y = x^2,", "y = x^2"),
        ("y = x.", "y = x"),
        ("‘y = x + 1’", "y = x + 1"),
        ("y = a\u2062b\u200b + 1", "y = a*b + 1"),
        ("y ≡ x", "y = x"),
        (r"y = \begin{cases} x & , x > 0 \\ 0 & else \end{cases}", r"y = {x if x > 0; 0}"),
    ],
)  # fmt: skip
def test_read_as_what_it_is(typed, read):
    assert read_as(typed) == read


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        # a function is no variable
        (r"\cos(\theta) = -1", "'cos' is a function and cannot be a variable too"),
        (r"\cos\theta = -1", "'cos' is a function and cannot be a variable too"),
        ("exp(x) = 2", "'exp' is a function and cannot be a variable too"),
        (r"\max(x, y) = 1", "'max' is a function and cannot be a variable too"),
        ("X: 2x2; A: 2x2; vec(Y) = A vec(X)", "'vec' is a function and cannot be a variable too"),
        # matrices and vectors
        (r"y = w \odot x", "'⊙' is an elementwise product, and nothing says that these are any"),
        ("y = w ⊙ x", "'⊙' is an elementwise product, and nothing says that these are any"),
        ("y = W @ x", "'@' is a product of matrices, and nothing says that these are any"),
        ("y = x^T A x", "a transpose is not read"),
        (r"y = w^{\mathsf{T}} x", "a transpose is not read"),
        ("y = (x - z)^T A", "a transpose is not read"),
        ("y = w^{[1]T} x", "a transpose is not read"),
        (r"z = W^{[1]\top} x + 1", "a transpose is not read"),
        ("y = xᵀ A", "a transpose is not read"),
        ("y = x.T", "a transpose is not read"),
        ("y = ||x||^2", "a norm of a vector is not read"),
        ("y = ‖x‖", "a norm of a vector is not read"),
        (r"y = \lVert x \rVert", "a norm of a vector is not read"),
        ("y = [1, 2; 3, 4]", "a vector or a matrix of numbers is not read"),
        ("y = [[1,2],[3,4]]", "a vector or a matrix of numbers is not read"),
        ("y = softmax x", "'softmax' is a function of vectors, and nothing here is declared as one"),
        # words
        ("z = x mod 2", "'mod' is not read: a remainder"),
        ("z = 5 mod x", "'mod' is not read: a remainder"),
        (r"z = x \bmod 2", "a remainder is not read"),
        (r"z = (x \text{ mod } 2) + 1", "words within brackets are not read"),
        ("z = x % 2", "a remainder is not read"),
        ("z = x // 2", "'//' is not read"),
        ("z = x and y", "'and' is not read"),
        ("z = x or y", "'or' is not read"),
        ("z = not x", "'not' is not read: a negation"),
        ("y = x times 2", "'times' is not read"),
        ("y = x cdot z", "'cdot' is not read"),
        ("y = hat x", "'hat' is not read: an accent"),
        ("y = floor x", "'floor' is not read: a rounding"),
        ("y = round(x)", "'round' is not read: a rounding"),
        (r"y = \operatorname{Re} x", "'Re' is not read: a real part"),
        (r"y = \operatorname{foo}^2 x", "unknown function 'foo'"),
        ("derivative of sin(x)", "'derivative' is not read: a derivative"),
        ("y = integral of x", "'integral' is not read: an integral"),
        ("y = int x dx", "'int' is not read: an integral"),
        ("y = lim x", "'lim' is not read: a limit"),
        ("lim_{x->0} x", "'lim_{x->0}' is not read: a limit"),
        # derivatives
        ("d/dx x^2", "a derivative is not read"),
        ("y = dz/dx", "a derivative is not read"),
        ("dy/dx = 2x", "a derivative is not read"),
        (r"y = \mathrm{d}x", "a derivative is not read"),
        # a variable that is applied
        ("v = sin(u); z = v(u)", "'v' is a variable, and is applied like a function"),
        ("y = c(x) + c", "'c' is a variable, and is applied like a function"),
        ("y = y(x)", "'y' is a variable, and is applied like a function"),
        (r"y = f^2(x)", "the power of 'f' may be read in two ways"),
        (r"y = \tau^2(u)", "the power of 'τ' may be read in two ways"),
        ("y = s²(t)", "the power of 's' may be read in two ways"),
        (r"y = \gamma^{-1}(t)", "an inverse function is not read: γ^-1"),
        # a transpose
        ("y = w^{T} x", "a transpose is not read"),
        ("y = W^{(1)T} x", "a transpose is not read"),
        ("y = v^{[2]T} u", "a transpose is not read"),
        # words
        ("y = lim + 1", "'lim' is not read: a limit"),
        ("y = int_0^1 x dx", "'int_0' is not read: an integral"),
        ("y = infty", "'infty' is not read: infinity"),
        ("y = True x", "'True' is not read"),
        ("y = tg x", "'tg' is not read"),
        ("y = ctg(u)", "'ctg' is not read"),
        ("y = heaviside(x)", "'heaviside' is not read"),
        ("y = u^2 where u = 3x", "'where' is not read"),
        # functions that stick to what is beside them
        ("y = sinx", "'sinx' is not read: is it sin(x)?"),
        ("y = e^(-cosθ_1) + expz", "'expz' is not read: is it exp(z)?"),
        ("f = 3tan2u", "'tan2u' is not read: is it tan(2u)?"),
        ("y = xlnx", "'xlnx' is not read: is it x*ln(x)?"),
        ("y = Acoswt", "'Acoswt' is not read: is it A*cos(w*t)?"),
        ("s = sigmoidz", "'sigmoidz' is not read: is it sigmoid(z)?"),
        # functions with another name here, and with a capital
        ("y = cosine(u)", "unknown function 'cosine'"),
        ("y = Sin u", "'Sin' is not read"),
        ("y = np.exp(u)", "'np.exp' is not read"),
        ("y <- u^2", "an arrow is not an equation"),
        (r"\frac{\delta f}{\delta u}",
         "δ above and below a stroke may be read in two ways: in one name, and as a factor"),
        # what may be a transpose, a difference or a derivative
        ("z = w^t x + b", "w^t before a factor may be read in two ways: as a transpose, and as a power"),
        ("q = x^{H} A x", "x^H before a factor may be read in two ways: as a transpose, and as a power"),
        (r"y = B^t v", "B^t before a factor may be read in two ways: as a transpose, and as a power"),
        ("y = Δ²u/h", "Δ^2 before a name may be read in two ways: as a difference of differences, and as a factor"),
        (r"\Delta^{2} f", "Δ^2 before a name may be read in two ways: as a difference of differences, and as a factor"),
        ("m = Δ v/τ", "Δ before a name may be read in two ways: as a difference, and as a factor"),
        ("F = m d^2x/dt^2", "a derivative is not read"),
        ("a = d²s / dt²", "a derivative is not read"),
        # entries, arrows
        ("A = [1 2; 3 4]", "a vector or a matrix of numbers is not read"),
        ("y = (1, 2)", "a vector or a matrix of numbers is not read"),
        ("x -> x^2", "an arrow is not an equation"),
        ("y = x => z", "an arrow is not an equation"),
        # what a shell or a string made of LaTeX
        (r"9982\frac{1}{x}9982", "'9982' stands on both sides of a formula"),
        ("12345y = x^212345", "'12345' stands on both sides of a formula"),
        ("y = \rho x", r"a command that begins with \r has lost it"),
    ],
)  # fmt: skip
def test_refused_with_its_reason(typed, message):
    error = refusal(typed)
    assert error.message == message
    assert error.hint
    assert error.span is not None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        # the same names where they are variables
        ("mod = 2; y = mod * x", "mod = 2; y = mod*x"),
        ("y = 2*of + rem", "y = 2*of + rem"),
        ("T = 2; y = x^T", "T = 2; y = x^T"),
        ("y = τ^2(u) + τ", "y = τ^2*u + τ"),
        ("y = a^2(u + v)", "y = a^2*(u + v)"),
        (r"y = 100\cdot x+100", "y = 100*x + 100"),
        ("y = x^T + T", "y = x^T + T"),
        ("y = e^T", "y = e^T"),
        ("y = x^(T)", "y = x^T"),
        ("dx = 0.1; dz = 2; y = dz/dx", "dx = 0.1; dz = 2; y = dz/dx"),
        ("y = ||x| - 1|", "y = abs(abs(x) - 1)"),
        ("y = |x||z|", "y = abs(x)*abs(z)"),
    ],
)
def test_neighbours_stay_what_they_are(typed, read):
    assert read_as(typed) == read


def test_a_note_names_each_look_alike_once():
    source = frontend("text")("y = w∗x – w∗z")
    assert source.notes == ("'∗' (asterisk operator) is read as *, '–' (en dash) is read as -",)


def test_a_result_by_itself_is_no_variable_of_differentiation(run):
    result = run("derive", "y = x^2", "--wrt", "y")
    assert result.exit_code == 1
    assert result.stderr.startswith("adgraph: 'y' is what is differentiated, and nothing else depends on it")
    assert "--wrt x" in result.stderr
    assert run("derive", "z = y^2; y = 3x", "--wrt", "y").exit_code == 0


@pytest.mark.parametrize(
    ("words", "like"),
    [
        (("draw", "y = x^2", "--view", "forward", "backward"), "--view forward,backward"),
        (("derive", "y = a*x", "--wrt", "a", "x"), "--wrt a,x"),
    ],
)
def test_a_word_behind_an_option_is_no_source(run, words, like):
    result = run(*words)
    assert result.exit_code == 2
    assert like in result.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [("y = e x", True), ("E = 1/2 e^2", True), ("y = |e|", True), ("y = e^x", False), ("e = y - t; E = e^2", False)],
)
def test_a_lone_e_is_said_to_be_a_number(typed, said):
    notes = frontend("text")(typed).notes
    assert any("Euler's number" in note for note in notes) is said


def test_a_function_may_be_asked_for_by_its_command():
    source = frontend("latex")(r"y = \varphi(z) + 1", Request(functions=("varphi",)))
    assert source.notes == ()


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("y = cosine(u)", "write cos(x)"),
        ("y = sqr(u)", "write x^2"),
        ("y = sinc(u)", "write sin(x)/x"),
        ("y = erfinv(u)", "it is not among the functions"),
        ("y = coht(u)", "did you mean 'coth'?"),
        ("y = Ln u", "write ln(x)"),
        ("y = torch.nn.functional.relu(u)", "write relu(x)"),
    ],
)
def test_a_hint_keeps_the_meaning(typed, hint):
    assert refusal(typed).hint == hint


def test_a_case_distinction_alone_is_an_expression():
    assert read_as(r"\begin{cases} u & u > 1 \\ 1 & \text{otherwise} \end{cases}") == "y = {u if u > 1; 1}"
    assert read_as(r"\begin{cases} v & = u^2 \\ z & = v \end{cases}") == "v = u^2; z = v"

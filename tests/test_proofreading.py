"""Documents proofread: each statement of a derivative is right, wrong or not checked, by the definitions before it; and
a wrong sign in any that is right is found."""

# a formula stays in its line

import json
import re
from pathlib import Path

import pytest

from graphviz_ad.point.proofreading import proofread
from graphviz_ad.read.documents.files import read_document
from graphviz_ad.read.documents.reading import Reader
from tests.test_find import notebook

NEURON = r"Let $z = wx + b$, $a = \sigma(z)$ and $L = -(y \ln a + (1-y)\ln(1-a))$. "
SQUARE = "Let $y = (wx + b)^2$. "
PAIR = r"Let $y = u^3$ with $u = x^2 + 1$. "
TWO = "Let $f(x, y) = x^2 y + y$. "

# What is right, in every notation: before it what defines the functions, each side judged.
RIGHT = [
    (NEURON, r"\frac{\partial L}{\partial a} = \frac{a-y}{a(1-a)}"),
    (NEURON, r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial a} \cdot \frac{\partial a}{\partial z} \cdot \frac{\partial z}{\partial w} = (a - y)x"),
    (NEURON, r"\frac{dL}{dz} = a - y"),
    (NEURON, r"\partial L/\partial b = a - y"),
    (NEURON, r"\frac{\partial L(w, b)}{\partial b} = a - y"),
    (NEURON, r"\frac{\mathrm{d}a}{\mathrm{d}z} = a(1 - a)"),
    (NEURON, r"\sigma'(z) = \sigma(z)(1 - \sigma(z))"),
    (NEURON, r"\nabla_w L = (a - y)x"),
    (NEURON, r"dz = a - y"),
    (NEURON, r"dw = dz\, x"),
    (NEURON, r"\delta = \frac{\partial L}{\partial z} = a - y"),
    (SQUARE, r"\frac{dy}{dw} = 2(wx + b)x"),
    (SQUARE, r"\frac{\partial^2 y}{\partial w^2} = 2x^2"),
    (SQUARE, r"\frac{\partial^2 y}{\partial w \partial b} = 2x"),
    (SQUARE, r"\frac{\partial y}{\partial w}\Big|_{w=1, x=2, b=3} = 20"),
    (SQUARE, r"\left.\frac{\partial y}{\partial w}\right|_{x=0.5} = w/2 + b"),
    (PAIR, r"\frac{dy}{dx} = \frac{dy}{du}\frac{du}{dx} = 3u^2 \cdot 2x = 6x(x^2+1)^2"),
    (PAIR, r"y' = 6x(x^2 + 1)^2"),
    (TWO, r"\frac{\partial f}{\partial x}(3, 4) = 24"),
    (TWO, r"f_x(x, y) = 2xy"),
    (TWO, r"\frac{\partial f}{\partial y} = x^2 + 1"),
    ("Let $g(x) = \\sin x$ and $f(u) = u^2$. ", r"f'(g(x)) g'(x) = 2 \sin x \cos x"),
    ("Let $h(x) = x^3$. ", r"h'(x) = 3x^2"),
    ("Let $h(x) = x^3$. ", r"h''(2) = 12"),
    ("Let $h(x) = x^3$. ", r"\frac{d}{dx} h(x) = 3x^2"),
    ("Let $s = t^2$. ", r"\dot{s} = 2t"),
    ("Let $h(x) = x^3$ and $x = 2$. ", r"\frac{dh}{dx} = 3x^2 = 12"),
    ("Here ", r"\frac{d}{dx} \sin(x^2) = 2x\cos(x^2)"),
    ("Here ", r"\frac{d}{dx} x^n = n x^{n-1}"),
    ("Here ", r"\frac{d}{dx}\left[ x^2 \sin x \right] = 2x \sin x + x^2 \cos x"),
    ("Here ", r"\frac{d}{dx} x^2 + 3x = 2x + 3"),
    ("Here ", r"\frac{d \tanh(z)}{dz} = 1 - \tanh^2(z)"),
    ("Here ", r"(x^2 + 1)' = 2x"),
    ("Here ", r"\frac{d}{dx} 2^x = 2^x \ln 2 = 0.693 \cdot 2^x"),
    ("Let $x = \\sin t$, $y = e^{5t}$ and $z = x^2 y + x$. ", r"\frac{dz}{dt} = 2\sin t\cos t\, e^{5t} + 5\sin^2 t\, e^{5t} + \cos t"),
]  # fmt: skip


def findings(text, name="a.md"):
    Path(name).write_text(text, encoding="utf-8")
    document = read_document(name)
    return proofread(document, Reader().read(document))


@pytest.mark.parametrize(("before", "statement"), RIGHT)
def test_what_is_right_is_said_to_be(run, before, statement):
    if statement == r"dw = dz\, x":
        before += "$dz = a - y$ "
    found = [one for one in findings(f"{before}So ${statement}$.") if one.side in " ".join(statement.split())]
    assert {one.verdict for one in found} == {"right"}
    assert len([one for one in found if one.verdict == "right"]) >= statement.count(" = ") - statement.startswith(
        "\\delta"
    )


@pytest.mark.parametrize(("before", "statement"), RIGHT)
def test_a_wrong_sign_in_any_side_is_found(run, before, statement):
    """Each side behind the first, in turn, with a minus before it."""
    left, *sides = statement.split(" = ")
    if left.startswith("dw"):
        before += "$dz = a - y$ "
    for place, side in enumerate(sides):
        planted = [f"-({side})" if other == place else one for other, one in enumerate(sides)]
        found = findings(f"{before}So ${' = '.join((left, *planted))}$.")
        assert any(one.verdict == "wrong" for one in found), planted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (r"So $\frac{dL}{dw} = 2x$.", "'L' is not defined before"),
        (r"Let $L = \sum_{i=1}^n x_i + \dots$. So $\frac{dL}{dx} = 2x$.", "'L' is given in line 1 by a sum with dots"),
        (r"Let $y = x^2$. So $\frac{dy}{dx} = 0$.", "it is set to 0"),
        (r"Let $y = x^2$. So $\frac{dy}{dx} = 6$.", "numbers are put in, and no value of x is given before"),
        (r"Let $y = x^2$. So $\frac{dy}{dx} = \lim_{h \to 0} \frac{(x+h)^2 - x^2}{h}$.", "a limit is not read"),
        (r"Let $y = x^2$. So $\frac{dy}{dw} = x$.", "does not depend"),
        (r"So $\frac{d}{dx}(x^2 y + 1) = \frac{d}{dx}(3)$.", "both sides of an equation are differentiated"),
        (r"Let $\mathbf{y} = \mathbf{W}\mathbf{x}$. So $\frac{\partial L}{\partial \mathbf{W}} = \delta \mathbf{x}^T$.", "vectors or matrices"),
        (r"Let $y = 3x$. On $x^2 + y^2 = 25$, $\frac{dy}{dx} = -\frac{x}{y}$.", "'y' is not defined before"),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_says_why(run, text, why):
    found = findings(text)
    assert "wrong" not in {one.verdict for one in found}
    assert any(why in one.how for one in found)


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        # a later definition counts, an earlier one does not
        ("$y = x^2$, $\\frac{dy}{dx} = 2x$; $y = x^3$, $\\frac{dy}{dx} = 3x^2$", ["right", "right"]),
        ("$y = x^2$; $y = x^3$: $\\frac{dy}{dx} = 2x$", ["right"]),  # as answers to exercises are, and it is said
        ("$y = x^2$; $y = x^3$: $\\frac{dy}{dx} = 4x$", ["wrong"]),
        # a display that begins with = goes on with the one before
        ("$$\\frac{d}{dx}[x^2 e^x]$$\n$$= 2x e^x + x^2 e^x$$\n$$= x e^x (2 - x)$$", ["right", "wrong"]),
        # each row of an environment is a statement of its own
        (
            "$z = w x$\n$$\\begin{aligned}\\frac{dz}{dw} &= x \\\\ \\frac{dz}{dx} &= x\\end{aligned}$$",
            ["right", "wrong"],
        ),
        # what is rounded is right, as printed
        ("$a = \\sigma(z)$ with $z = 1$: $\\frac{da}{dz} = a(1-a) = 0.1966$", ["right", "right"]),
        ("$a = \\sigma(z)$ with $z = 1$: $\\frac{da}{dz} = a(1-a) = 0.2066$", ["right", "wrong"]),
    ],
)
def test_which_definitions_and_sides_count(run, text, verdicts):
    assert [one.verdict for one in findings(text)] == verdicts


CIRCUIT = """
x = -2; y = 5; z = -4
# forward
q = x + y
f = q * z
# backward
dfdz = q
dfdq = z
dqdx = 1.0
dfdx = dfdq * dqdx
"""
STAGED = """
sig = 1.0 / (1 + math.exp(-y))
num = x + sig
f = num * x
dnum = x
dx = num
dx += 1.0 * dnum
dsig = dnum
dy = (1 - sig) * sig * dsig
"""
LISTS = """
w = [2, -3, -3]
x = [-1, -2]
dot = w[0]*x[0] + w[1]*x[1] + w[2]
f = 1.0 / (1 + math.exp(-dot))
ddot = (1 - f) * f
dx = [w[0] * ddot, w[1] * ddot]
dw = [x[0] * ddot, x[1] * ddot, 1.0 * ddot]
"""


@pytest.mark.parametrize(("code", "many"), [(CIRCUIT, 4), (STAGED, 4), (LISTS, 6)])
@pytest.mark.parametrize("name", ["a.md", "a.ipynb"])
def test_gradients_in_code_are_judged(run, code, many, name):
    """In the manner of CS231n: dfdz, dx for the derivative of the result, sums that += makes, lists."""
    text = notebook((code,)) if name.endswith("ipynb") else f"```python\n{code}```\n"
    assert [one.verdict for one in findings(text, name)] == ["right"] * many
    planted = re.sub(r"(dfdz|dy|ddot) = (.*)", r"\1 = -(\2)", code)
    text = notebook((planted,)) if name.endswith("ipynb") else f"```python\n{planted}```\n"
    assert "wrong" in [one.verdict for one in findings(text, name)]


# ---- the command


def test_it_is_said_as_a_compiler_does(run):
    Path("notes.md").write_text(f"# N\n\n{NEURON}\nSo $\\frac{{dL}}{{dz}} = y - a$ and $\\frac{{dL}}{{db}} = a - y$.")
    result = run("check", "notes.md")
    assert result.exit_code == 1
    first, at, right, *_ = result.stdout.splitlines()
    assert first == r"notes.md:4:21: wrong: \frac{dL}{dz} = y - a: the sign is wrong"
    assert re.fullmatch(r"    at .*: claimed \S+, right \S+", at)
    assert right == "    right is a - y"
    assert "notes.md:4:49: right: " in result.stdout
    assert result.stdout.splitlines()[-1] == "notes.md: 1 right, 1 wrong, 0 not checked"


def test_without_a_wrong_one_the_status_is_0(run):
    Path("notes.md").write_text(f"{NEURON} So $\\frac{{dL}}{{dz}} = a - y$, $\\frac{{dM}}{{dz}} = 1$.")
    assert run("check", "notes.md").exit_code == 0


def test_json_has_all_for_other_programs(run):
    Path("notes.md").write_text(f"{NEURON} So $\\frac{{dL}}{{dz}} = y - a$.")
    result = run("check", "notes.md", "--format", "json")
    (data,) = json.loads(result.stdout)["documents"]
    assert (result.exit_code, data["right"], data["wrong"], data["not_checked"]) == (1, 0, 1, 0)
    (one,) = data["statements"]
    assert (one["line"], one["verdict"], one["off"]) == (1, "wrong", "the sign is wrong")
    assert one["claimed"] == pytest.approx(-one["value"])


def test_a_part_of_a_document_is_proofread(run):
    Path("notes.md").write_text(f"{NEURON}\n\n$\\frac{{dL}}{{dz}} = y - a$\n\n$\\frac{{dL}}{{db}} = a - y$")
    assert "1 right, 0 wrong, 0 not checked" in run("check", "notes.md:5").stdout


def test_with_values_a_document_is_checked_as_any_system(run):
    Path("notes.md").write_text("The square $y = x^2$.")
    assert "manual: the chain multiplied out" in run("check", "notes.md", "--at", "x=1").stdout

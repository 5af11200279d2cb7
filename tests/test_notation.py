"""Formulas in every notation, and the way back from plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.formula import Derivative, Equation, Expression, Gate, Product, Sum, Variable
from graphviz_ad.core.graph import Graph, Node
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import OPS
from graphviz_ad.notation.htmllike import HtmlLike, label
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from tests.conftest import graph, plain


def expression(source: str) -> Expression:
    """The right side of `result = source`, without that name."""
    nodes = graph(f"result = {source}")
    root = nodes.nodes[-1].replace(name=None)
    return Expression(Graph((*nodes.nodes[:-1], root), nodes.outputs))


@pytest.mark.parametrize(
    ("source", "latex", "typst"),
    [
        ("2x^3 + 3", "2x^3 + 3", "2 attach(italic(x), t: 3) + 3"),
        ("-x^10", "-x^{10}", "-attach(italic(x), t: 10)"),
        ("a/(b + 1)", r"\frac{a}{b + 1}", "frac(italic(a), italic(b) + 1)"),
        ("(a + b)*(b + 1)", r"(a + b)(b + 1)", "\\( italic(a) + italic(b) \\) \\( italic(b) + 1 \\)"),
        ("(a/b + 1)*x", r"\left(\frac{a}{b} + 1\right)x", "lr((frac(italic(a), italic(b)) + 1)) italic(x)"),
        ("sin(x)^2", r"\sin^2(x)", 'attach(op("sin"), t: 2) \\( italic(x) \\)'),
        ("log2(x) + relu(x)", r"\log_{2}(x) + \operatorname{ReLU}(x)",
         'attach(op("log"), b: 2) \\( italic(x) \\) + op("ReLU") \\( italic(x) \\)'),
        ("sqrt(x) + cbrt(x)", r"\sqrt{x} + \sqrt[3]{x}", "sqrt(italic(x)) + root(3, italic(x))"),
        ("|x|*sigmoid(x)", r"\left|x\right|\sigma(x)", "abs(italic(x)) sigma \\( italic(x) \\)"),
        ("greater(x, 0)", r"\left[x > 0\right]", "lr([italic(x) > 0])"),
        ("alpha*x_1*y_hat'", r"\alpha x_1\hat{y}'",
         "italic(α) attach(italic(x), b: 1) attach(accent(italic(y), hat), t: prime)"),
        ("loss*rate", r"\mathrm{loss} \cdot \mathrm{rate}", 'upright("loss") dot upright("rate")'),
        ("2*pi*e^x", r"2\pi\mathrm{e}^x", "2 pi attach(upright(e), t: italic(x))"),
        ("1e-30*x", r"1 \cdot 10^{-30}x", "1 dot 10^(-30) italic(x)"),
        ("x'^2", "x'^2", "attach(attach(italic(x), t: prime), t: 2)"),
        ("2*3*x", r"2 \cdot 3x", "2 dot 3 italic(x)"),
        ("sin(x)^(-1)", r"\sin(x)^{-1}", 'attach(op("sin") \\( italic(x) \\), t: -1)'),
        ("2*(1/2)*x", r"2 \cdot \frac{1}{2}x", "2 dot frac(1, 2) italic(x)"),
        ("sqrt(x)*y", r"\sqrt{x} \, y", "sqrt(italic(x)) thin italic(y)"),
        ("x - (y - z)", "x - (y - z)", "italic(x) - \\( italic(y) - italic(z) \\)"),
        ("x*(-y)", "x(-y)", "italic(x) \\( -italic(y) \\)"),
        ("(-x)^2 + 2^(-x)", "(-x)^2 + 2^{-x}", "attach(\\( -italic(x) \\), t: 2) + attach(2, t: -italic(x))"),
    ],
)  # fmt: skip
def test_latex_and_typst(source, latex, typst):
    assert write(expression(source), Latex()) == latex
    assert write(expression(source), Typst()) == typst


@pytest.mark.parametrize(
    ("source", "words", "latex"),
    [
        ("1*(-0.5)", "1 · (−0.5)", r"1 \cdot (-0.5)"),
        ("0*(1 - 0.5)", "0 · (1 − 0.5)", r"0 \cdot (1 - 0.5)"),
        ("1*exp(0.1 + 1)", "1 · exp(0.1 + 1)", r"1 \cdot \exp(0.1 + 1)"),
        ("0.5^2*sin(3)", "0.5² · sin(3)", r"0.5^2 \cdot \sin(3)"),
        ("-2*log(0.5)", "−2 · log(0.5)", r"-2 \cdot \log(0.5)"),
        ("2(x + 1)", "2(x + 1)", "2(x + 1)"),  # with a variable inside nobody takes it for something else
        ("2sin(x)", "2 sin(x)", r"2 \, \sin(x)"),
        ("3(-x)", "3(−x)", "3(-x)"),
        ("2sqrt(2)", "2 √(2)", r"2 \, \sqrt{2}"),
        ("x*(-0.5)", "x(−0.5)", "x(-0.5)"),
    ],
)
def test_a_number_and_numbers_in_brackets_have_a_dot_between_them(source, words, latex):
    assert [line.strip() for line in write(expression(source), Unicode()).lines] == [words]
    assert write(expression(source), Latex()) == latex


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("2x^3 + 3", ["2x³ + 3"]),
        ("x^(-2)", ["x⁻²"]),
        ("sin(2x + 3)*cos(x)", ["sin(2x + 3) cos(x)"]),
        ("w_1 x_{in} theta", ["w₁xᵢₙθ"]),
        ("a/(b + 1) + 1", ["  a      ",
                           "───── + 1",
                           "b + 1    "]),
        ("e^(x + 1)", [" x + 1",
                       "e     "]),
        ("(1 + a/b)^2", ["⎛    a⎞²",
                         "⎜1 + ─⎟ ",
                         "⎝    b⎠ "]),
        ("x^(1/2)", [" 1/2",
                     "x   "]),
    ],
)  # fmt: skip
def test_two_dimensional_text(source, lines):
    assert list(write(expression(source), Unicode()).lines) == lines


X2 = expression("6x^2")
CHAIN = Equation((Derivative("z", "x"), Product((expression("2y"), X2)), expression("12x^2*(2x^3 + 3)")))


@pytest.mark.parametrize(
    ("formula", "text", "latex"),
    [
        (Variable("w_1"), "w_1", "w_1"),
        (Derivative("z", "y"), "dz/dy", r"\frac{\mathrm{d}z}{\mathrm{d}y}"),
        (Derivative("z", "v_1", True), "∂z/∂v_1", r"\frac{\partial z}{\partial v_1}"),
        (Derivative("loss", "w"), "d loss/dw", r"\frac{\mathrm{d}\mathrm{loss}}{\mathrm{d}w}"),
        (Derivative(None, None), "d/d", r"\frac{\mathrm{d}}{\mathrm{d}}"),
        (CHAIN, "dz/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)",
         r"\frac{\mathrm{d}z}{\mathrm{d}x} = 2y \cdot 6x^2 = 12x^2(2x^3 + 3)"),
        (Sum((expression("b + 1"), expression("a + b"))), "(b + 1) + (a + b)", "(b + 1) + (a + b)"),
        (Sum((expression("a"), expression("-b/c"))), "a - b/c", r"a - \frac{b}{c}"),
        (Sum((expression("-a"), expression("-b"))), "-a - b", "-a - b"),
        (Product((expression("2y"), expression("-sin(x)"))), "2*y*(-sin(x))", r"2y \cdot (-\sin(x))"),
        (Product((expression("a + b"), expression("c + d"))), "(a + b) * (c + d)", r"(a + b) \cdot (c + d)"),
        (Gate("mul"), "*", r"\times"),
        (Gate("pow", right=expression("2").graph), "( )^2", r"(\ )^2"),
        (Gate("mul", left=expression("2").graph), "2 *", r"2 \times"),
    ],
)  # fmt: skip
def test_what_is_not_performed_stays_so(formula, text, latex):
    assert plain(formula) == text
    assert write(formula, Latex()) == latex


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.params], ids=lambda op: op.name)
def test_every_operation_is_set_in_every_notation(op):
    leaves = [Node("input", (), None, Name(name)) for name in op.params]
    formula = Expression(Graph((*leaves, Node(op.name, tuple(range(len(leaves))))), (len(leaves),)))
    for notation in (Latex(), Typst(), Unicode(), HtmlLike()):
        assert write(formula, notation)
        assert write(Gate(op.name), notation)
    if op.form != "copy":
        assert graph(f"result = {plain(formula)}").nodes[-1].op == op.name


# ---- plain text is read back as the same graph

_leaf = st.one_of(
    st.sampled_from(["x", "y", "a_1", "theta", "loss"]).map(lambda name: Node("input", (), None, Name(name))),
    st.sampled_from([0, 1, 2, 17, -3]).map(lambda value: Node("const", (), value)),
)
_OPS = sorted(name for name, op in OPS.items() if op.params and name != "copy")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Random expressions, each input once, in the order in which they are written."""
    nodes: list[Node] = [draw(_leaf)]
    root = 0
    for _ in range(draw(st.integers(1, 7))):
        op = OPS[draw(st.sampled_from(_OPS))]
        args = [root]
        while len(args) < len(op.params):
            nodes.append(draw(_leaf))
            args.append(len(nodes) - 1)
        if draw(st.booleans()):
            args.reverse()
        nodes.append(Node(op.name, tuple(args)))
        root = len(nodes) - 1
    return Graph(tuple(_unique(nodes)), (root,))


def _unique(nodes: list[Node]) -> list[Node]:
    """Give repeated inputs names of their own."""
    count = iter(range(len(nodes)))
    return [node.replace(name=f"{node.name}_{next(count)}") if node.op == "input" else node for node in nodes]


def shape(nodes: Graph) -> str:
    """A graph as nested operations, without places and the order of storage."""
    done: list[str] = []
    for node in nodes.nodes:
        done.append(
            f"{node.op}({', '.join(done[arg] for arg in node.args)})" if node.args else f"{node.name or node.value}"
        )
    return done[nodes.outputs[0]]


@given(graphs())
def test_plain_text_is_read_back_as_the_same_graph(nodes: Graph):
    text = plain(nodes)
    assert shape(graph(f"result = {text}")).replace("result", "None") == shape(nodes), text


# ---- what a reader names stays text

HOSTILE = [
    "x_{<b>}",
    'x_{"}',
    "x_{\\}",
    "x_{]]>}",
    "x_{&amp;}",
    "x_{#import}",
    "x_{$y$}",
    "x_{<script>}",
    "x_{%}",
    "x_{~^}",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_quoted(name):
    inside = name[3:-1]
    assert write(Variable(name), Typst()).endswith('"))' if not inside.isalnum() else "))")
    markup = label(write(Variable(name), HtmlLike()))
    assert "<b>" not in markup
    assert "<script>" not in markup
    assert "&amp;" in markup or "&" not in inside
    tex = write(Variable(name), Latex())
    assert not any(f"{c}" in tex.replace(f"\\{c}", "") for c in "#$%&")

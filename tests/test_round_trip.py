# ruff: noqa: RET504  # a name for what is returned is what is tested
"""A random system, written as text, as LaTeX or as a Python function, is read back as the same graph; and whatever is
read, even noise, is a graph or an error with something to say."""

import linecache
import random
import warnings

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import INPUT, Graph
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import graph_view
from graphviz_ad.drawing.figure import compose
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import DEFAULT_VIEWS, sheet_of
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.read import frontend
from graphviz_ad.read.python.tracing import trace
from tests.conftest import graph
from tests.corpus import CASES

IN_MATH = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    **{name: name for name in "sin cos tan exp log log2 log10 log1p expm1 sqrt sinh cosh tanh erf hypot".split()},
}  # fmt: skip


class Python(Plain):
    """A right side as Python writes it."""

    def function(self, op):
        return f"math.{IN_MATH[op.name]}" if op.name in IN_MATH else op.name

    def root(self, body, index):
        return f"math.sqrt({body})"

    def power(self, base, exponent):
        return f"{base}**{exponent}"

    def symbol(self, sign):
        return {"π": "math.pi", "e": "math.e"}.get(sign) or super().symbol(sign)


def functions(names):
    return {name: len(FUNCTIONS[name].params) for name in names}


EVERYWHERE = functions([*IN_MATH, "abs", "max", "min"])
IN_EQUATIONS = functions(sorted({op.name for op in FUNCTIONS.values()} - {"atan2"})) | {"atan2": 2}
numbers = st.sampled_from(["2", "3", "10", "0.5", "1.25"])
names = st.sampled_from(["x", "a", "b_1", "w_i"])


def expressions(known):
    """Text of expressions, each with a variable in it: Python computes what has none."""

    def grown(inner):
        either = st.one_of(inner, numbers)
        infix = st.sampled_from(["({}) + ({})", "({}) - ({})", "({}) * ({})", "({}) / ({})", "({}) ^ ({})"])
        unary, binary = (st.sampled_from([f for f, arity in known.items() if arity == k]) for k in (1, 2))
        return st.one_of(
            st.builds(str.format, infix, inner, either), st.builds(str.format, infix, either, inner),
            st.builds("-({})".format, inner), st.builds("{}({})".format, unary, inner),
            st.builds("{}({}, {})".format, binary, inner, inner),
        )  # fmt: skip

    return st.recursive(names, grown, max_leaves=10)


@st.composite
def systems(draw, known):
    """The graph of a system of up to three equations y_1, y_2, y_3."""
    sides = [draw(expressions(known))]
    for number in range(draw(st.integers(0, 2))):
        sides.append(f"({draw(expressions(known))}) * y_{number + 1}")
    return graph("; ".join(f"y_{number} = {side}" for number, side in enumerate(sides, 1)))


def written(graph: Graph, notation, joint: str) -> str:
    return joint.join(write(equation, notation) for equation in equations(graph_view(graph, False)))


def as_function(graph: Graph):
    """The system as the text of a Python function, run."""
    names = ", ".join(node.name for node in graph.nodes if node.op == INPUT)
    body = written(graph, Python(), "\n    ")
    outputs = ", ".join(graph.nodes[output].name for output in graph.outputs)
    text = f"import math\ndef f({names}):\n    {body}\n    return {outputs}\n"
    linecache.cache["<system>"] = (len(text), None, text.splitlines(True), "<system>")
    space = {}
    exec(compile(text, "<system>", "exec"), space)
    return space["f"]


@given(systems(IN_EQUATIONS))
def test_text_is_read_back(graph):
    assert frontend("text")(written(graph, Plain(), "; ")).graph == graph


@given(systems(IN_EQUATIONS))
def test_latex_is_read_back(graph):
    assert frontend("latex")(written(graph, Latex(), r" \\ ")).graph == graph


@given(systems(EVERYWHERE))
def test_python_is_read_back(graph):
    assume(all(node.op != "copy" for node in graph.nodes))  # y = x is one number with two names
    assert trace(as_function(graph)).graph == graph


# ---- the figures of the reference text, three ways


def fig_2_1(a, x, b):
    y = fig_2_1.math.sin(a * x + b)
    return y


def fig_2_2(a, x, b):
    y = fig_2_1.math.sin(a * x + b)
    z = y**2
    return z


def fig_2_4(x):
    y = 2 * x**3 + 3
    z = y**2
    return z


def sine_chain(x):
    y = fig_2_1.math.sin(2 * x + 3)
    z = y**2
    return z


def cheat_sheet(x, u, v):
    l = fig_2_1.math.log(x)  # noqa: E741  # the figure's own name
    t = fig_2_1.math.tanh(x)
    p = u * v
    q = u / v
    return l, t, p, q


fig_2_1.math = __import__("math")


@pytest.mark.parametrize(
    ("text", "latex", "function"),
    [
        ("y = sin(a*x + b)", r"y = \sin(ax + b)", fig_2_1),
        ("y = sin(a*x + b); z = y^2", r"\begin{cases} y = \sin(ax+b) \\ z = y^{2} \end{cases}", fig_2_2),
        ("y = 2x^3 + 3; z = y^2", r"$$y = 2x^3 + 3, \quad z = y^2$$", fig_2_4),
        ("y = sin(2x+3); z = y**2", r"\begin{align} y &= \sin(2x+3) \\ z &= y^2 \end{align}", sine_chain),
        ("l = log(x); t = tanh(x); p = u*v; q = u/v", r"l = \log x, \; t = \tanh x, \; p = uv, \; q = \frac{u}{v}",
         cheat_sheet),
    ],
)  # fmt: skip
def test_three_languages_give_the_same_figures(text, latex, function):
    graphs = [graph(text), frontend("latex")(latex).graph, trace(function).graph]
    scenes = [compose(sheet_of(System(each), DEFAULT_VIEWS)) for each in graphs]
    assert graphs[0] == graphs[1] == graphs[2]
    assert scenes[0] == scenes[1] == scenes[2]


# ---- noise


def mutated(source: str, chance: random.Random) -> str:
    """A formula with a few characters taken out, put in, doubled or exchanged."""
    letters = list(source)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(letters) + 1)
        match chance.randrange(4):
            case 0:
                del letters[at : at + chance.randint(1, 3)]
            case 1:
                letters.insert(at, chance.choice("(){}[]^_\\$&|=+-*/,.;:'\" \n%<>!0x19eσ√²"))
            case 2:
                letters[at:at] = letters[max(0, at - 5) : at]
            case _:
                letters[at : at + 1] = chance.choice(source)
    return "".join(letters)


@pytest.mark.parametrize("language", ["text", "latex"])
def test_twenty_thousand_mutations_are_read_or_explained(language):
    read, chance = frontend(language), random.Random(20)
    sources = [getattr(case, language) for case in CASES]
    outcomes = {True: 0, False: 0}
    for _ in range(10_000):
        source = mutated(chance.choice(sources), chance)
        try:
            assert read(source).graph.nodes
            outcomes[True] += 1
        except AdgraphError as error:
            assert error.message
            assert error.render()
            outcomes[False] += 1
    assert min(outcomes.values()) > 500


@settings(max_examples=500)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
def test_any_text_is_read_or_explained(source):
    for language in ("text", "latex"):
        try:
            assert frontend(language)(source).graph.nodes
        except AdgraphError as error:
            assert error.message


def test_no_warning_comes_from_reading():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for case in CASES:
            frontend("latex")(case.latex)

"""Long formulas: where they go on in a further line, that nothing is lost, and that no line is too long."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.formula import Equality, Equation, Formula
from graphviz_ad.core.request import Request
from graphviz_ad.drawing import figure
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.typeset import TYPST, Typesetter
from graphviz_ad.formats import find
from graphviz_ad.formats.chains import aligned_lines, latex
from graphviz_ad.formats.terminal.rows import ASCII, UNICODE, chain_lines
from graphviz_ad.formats.terminal.text import lines
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.ascii import Ascii
from graphviz_ad.notation.breaking import BrokenLine, Measure, measured, rows, starts
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Stretch
from graphviz_ad.notation.stretches import Joint
from graphviz_ad.notation.typst import AsWide
from graphviz_ad.notation.unicode import Block, Unicode, ruler
from graphviz_ad.notation.write import stretches, write
from graphviz_ad.pipeline import render
from tests import strategies
from tests.conftest import system
from tests.course_systems import softmax
from tests.test_notation import expression
from tests.tex import compiled, needs_tex

LONG = "y=sin(a*x+b)*cos(a*x-b)*exp(-x^2); z=y**2"
WORDS = """
hidden = weight_in*(temperature - 1) + offset_in
activation = tanh(hidden)*(1 + hidden)
loss = (activation*weight_out - target)^2*temperature
"""
SYSTEMS = [
    LONG,
    WORDS,
    "y=2x^3+3; z=y^2",
    "z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))",
    "; ".join(f"y{k} = {' + '.join(f'w_{k}{n}*x_{n}' for n in range(1, 9))}" for k in (1, 2)) + "; z = y1*y2",
    "y = " + "*".join(f"x_{n}" for n in range(30)),
    "y = sin(x)/a + cos(x)/b + tan(x)/c + exp(x)/d + log(x)/f + sqrt(x)/g + tanh(x)/h; z = y^2*a",
]


@pytest.mark.parametrize(
    ("source", "width", "shown"),
    [
        ("a + b + c", 20, ["y = a + b + c"]),
        ("alpha*beta + gamma*delta - eta", 14, ["y = αβ + γδ", "    − η"]),  # before a sign
        ("first*second + third*fourth", 22, ["y = first · second", "    + third · fourth"]),
        ("first*second*third", 22, ["y = first · second", "    · third"]),  # before a dot
        ("sin(first) cos(second)", 18, ["y = sin(first)", "    · cos(second)"]),  # a dot where there was none
        ("first*second*(a + b)", 26, ["y = first · second", "    · (a + b)"]),  # sooner than in a bracket
        ("x*(first + second + third)", 26, ["y = x(first + second", "      + third)"]),  # further in
        ("exp(x*(first + second) + third)", 27,  # the outer one of two brackets
         ["y = exp(x(first + second)", "      + third)"]),
        ("exp(x*(first + second) + t)", 22,  # what began in the inner one ends its line
         ["y = exp(x(first", "      + second)", "      + t)"]),
        ("exp(first + second)^2", 16, ["y = exp(first", "      + second)²"]),
        ("first*second*third + x", 26, ["y = first · second · third", "    + x"]),
        ("first*second*third*x + x", 26, ["y = first · second · third", "    · x", "    + x"]),  # a term ends its line
        ("2x^2*first", 10, ["y = 2x²", "    · first"]),  # a number stays with its factor
        ("-first + second", 12, ["y = −first", "    + second"]),
        ("a/b + first/second", 12, ["    a", "y = ─", "    b", "      first", "    + ──────", "      second"]),
        ("(a/b + first)^2", 13,
         ["    ⎛a", "y = ⎜─", "    ⎝b", "             ⎞²", "      + first⎟", "             ⎠"]),
        ("(first*second + third*fourth)/x", 22,  # nothing else is possible
         ["    first · second", "      + third · fourth", "y = ──────────────────", "            x"]),
        ("sqrt(first^2 + second^2)", 15, ["y = √⎛first²     ⎞", "     ⎝  + second²⎠"]),
    ],
)  # fmt: skip
def test_lines_end_where_a_mathematician_ends_them(source, width, shown):
    _heading, *found = (line.text for line in lines(sheet_of(system(f"y = {source}"), ()), width + 2) if line.text)
    assert [line[2:] for line in found] == shown


@pytest.mark.parametrize(
    ("side", "width", "shown"),
    [
        # the fewest lines, each as full as it can be
        ("aaa +bb", 6, "aaa +bb"),
        ("aaa +bb", 5, "aaa | +bb"),
        ("aa +bb +cc +dd", 6, "aa +bb | +cc +dd"),
        ("aa +bb +cc +dd", 9, "aa +bb +cc | +dd"),
        ("aaaa ·bbbbbbbbb +cc", 5, "aaaa | ·bbbbbbbbb | +cc"),  # what sticks out does so alone,
        ("a (·bbb", 4, "a | (·bbb"),  # though the whole would stick out no further
        # a term 1, a factor 2, a factor behind its number 6; five times that in a bracket
        ("aaa +bb ·cc", 7, "aaa | +bb ·cc"),
        ("aaa ·bb :cc", 7, "aaa | ·bb :cc"),
        ("aaa :bb (+cc", 7, "aaa :bb | (+cc"),  # 5 instead of 6
        ("aaa :bb (·cc", 7, "aaa | :bb (·cc"),  # 6 instead of 10
        ("aaa (·bb :cc", 7, "aaa (·bb | :cc"),
        ("aa (+bb :c", 6, "aa | (+bb :c"),  # 5 instead of 6, though the first line could be longer
        ("aaa (·bb (+cc", 7, "aaa (·bb | (+cc"),
        ("aaa (:bb ((+cc", 7, "aaa (:bb | ((+cc"),  # 25 instead of 30
        ("aaa (+bb ((+cc", 7, "aaa | (+bb ((+cc"),
        ("aaa ·bb (+cc ·ddd", 8, "aaa | ·bb (+cc | ·ddd"),  # sooner one line more than in a bracket
        # a line that begins within a term ends with it
        ("aa ·bb ·cc +dd", 7, "aa ·bb | ·cc | +dd"),
        ("aa +bb +cc +dd", 7, "aa +bb | +cc +dd"),
        ("aaaa (+bb ·cc +dd", 8, "aaaa (+bb | ·cc | +dd"),
        ("aa (·bbbb (·cc :dd ·e", 9, "aa (·bbbb | (·cc | :dd | ·e"),  # 10 + 6 + 2, and 10 + 10 in two lines fewer
        ("a +bb ·c ·d", 5, "a +bb | ·c ·d"),  # further factors are no end
        # a line that begins in a bracket has less room
        ("aaaa (+bbb (+c", 7, "aaaa | (+bbb (+c"),
        ("aaaa (+bbb (+c", 6, "aaaa | (+bbb | (+c"),
    ],
)
def test_lines_of_stretches(side, width, shown):
    """A stretch is as wide as its letters and its sign; : is a dot that is tight, ( stands for a bracket around it."""
    words = side.split()
    parts = [re.fullmatch(r"(\(*)([+·:]?)(\w+)", word).groups() for word in words]
    joints = [Joint("·" if sign == ":" else sign, len(brackets), sign == ":") for brackets, sign, _ in parts]
    wide = [len(sign + letters) for _, sign, letters in parts]
    begins = starts(
        joints,
        [sum(wide[first:last]) for first, last in measured(len(words))],
        [width - bool(joint.depth) for joint in joints],
    )
    ends = [*begins[1:], len(words)]
    assert " | ".join(" ".join(words[a:b]) for a, b in zip(begins, ends, strict=True)) == shown


def test_nothing_sticks_out_where_a_break_that_costs_more_avoids_it():
    """Of aaa:b(+cccc, seven wide, the bracket would have had to begin a line with four."""
    joints = [Joint("·"), Joint("·", tight=True), Joint("+", depth=1)]
    assert starts(joints, [3, 2, 5, 5, 7], [7, 7, 4]) == [0, 1]
    assert starts(joints, [3, 2, 5, 5, 7], [7, 7, 5]) == [0, 2]


@pytest.mark.parametrize("source", SYSTEMS)
@pytest.mark.parametrize("width", [40, 60, 80, 140])
@pytest.mark.parametrize("look", [UNICODE, ASCII])
def test_no_line_is_wider_than_it_may_be(source, width, look):
    found = system(source)
    shown = list(
        lines(sheet_of(found, ("forward-simplified", "backward", "backward-simplified", "chain")), width, look)
    )
    shown += chain_lines(found.chains(True), width, look)
    assert [line.text for line in shown if len(line.text) > width and line.role != "note"] == []


def test_what_a_line_is_made_by_stands_behind_its_last_line():
    """Where there is room: by (1) has no line of its own."""
    (panel,) = sheet_of(system(softmax(6)), ["adjoints"]).panels
    found = [line.text.strip() for line in chain_lines([panel.content.chains[1]], 80)]
    assert "+ ─── · ⎜− ──⎟ + ─── · ⎜− ──⎟  by (1)" in found
    assert found[-1].startswith("dp₅")
    assert latex([panel.content.chains[1]]).count(r"\\") == 1


def made(equation: Equation, width: float, notation: Notation[Block]) -> tuple[Measure, list[BrokenLine]]:
    page = Measure(width, write(equation.sides[0], notation).width, 3, 2)
    return page, rows(equation, page, ruler(notation))


def characters(formula: Formula, notation: Notation[Block]) -> Counter[str]:
    return Counter("".join(write(formula, notation).lines).replace(" ", ""))


@given(strategies.systems(), st.sampled_from([Unicode(), Ascii()]), st.integers(16, 90))
def test_lines_joined_are_the_formula(pairs, notation, width):
    found = system("; ".join(pair.text for pair in pairs))
    graphs = [panel.content for panel in sheet_of(found, ("backward", "backward-simplified")).panels]
    labels = [arrow.label for graph in graphs if isinstance(graph, Diagram) for arrow in graph.arrows]
    equations = [equation for chain in found.chains(False) for equation in chain.equations]
    for equation in [*equations, *(label for label in labels if isinstance(label, Equality))]:
        page, found_rows = made(equation, width, notation)
        for number, side in enumerate(equation.sides[1:], 1):
            parts = [part for row in found_rows for k, part in enumerate(row.parts, row.number) if k == number]
            if parts == [side]:
                continue
            places = [place for part in parts for place in range(part.first, part.last)]
            assert places == list(range(len(stretches(side, notation).joints)))  # each once, in order
            joints = [stretches(side, notation).joints[part.first] for part in parts[1:]]
            dots = Counter({notation.symbol("·").lines[0]: sum(joint.sign in ("", " ") for joint in joints)})
            stars = Counter("*" * sum(joint.sign == "*" for joint in joints))  # of ASCII: the dot instead of it
            shown = sum((characters(part, notation) for part in parts), Counter())
            assert shown + stars - (dots + stars if joints else Counter()) == characters(side, notation)
        for row in found_rows:  # too wide is only what has no place to break
            used = page.indent(row.level) + sum(write(part, notation).width for part in row.parts)
            if used + (3 if not row.level else 0) > width:
                (part,) = row.parts
                assert (
                    part.last - part.first == 1
                    if isinstance(part, Stretch)
                    else len(stretches(part, notation).joints) == 1
                )


def test_sides_stay_in_a_line_that_they_fill():
    ((equation,),) = (chain.equations for chain in system("y=2x^3+3; z=y^2").chains(False))
    left, *sides = (write(side, Unicode()).width for side in equation.sides)
    full = left + sum(3 + width for width in sides)  # " = " before each
    assert [len(made(equation, width, Unicode())[1]) for width in (full, full - 1)] == [1, 2]


@pytest.mark.parametrize(
    ("source", "cut", "parts"),
    [
        ("x*(a + b)", 2, ["x(a", "{} + b)"]),
        ("sin(a + b)^2", 1, [r"\sin^2(a", "{} + b)"]),
        ("(a + b)^2", 1, ["(a", "{} + b)^2"]),
        ("-(a + b)*c", 2, ["-(a + b)", r"{} \cdot c"]),
        ("(a/b + c)*d", 1,
         [r"\left(\vphantom{\frac{a}{b} + c}\frac{a}{b}\right.", r"{} + \left.\vphantom{\frac{a}{b} + c}c\right)d"]),
        ("(a/b + c)*d", 2, [r"\left(\frac{a}{b} + c\right)", r"{} \cdot d"]),
    ],
)  # fmt: skip
def test_halves_of_brackets(source, cut, parts):
    formula = expression(source)
    count = len(stretches(formula, Latex()).joints)
    assert [write(part, Latex()) for part in (Stretch(formula, 0, cut), Stretch(formula, cut, count))] == parts


def test_one_place_to_break_is_the_same_in_every_notation():
    for source in SYSTEMS:
        for chain in system(source).chains(False):
            for side in (side for equation in chain.equations for side in equation.sides):
                counts = {len(stretches(side, on).joints) for on in (Unicode(), Ascii(), Latex(), TYPST)}
                assert len(counts) == 1


def test_a_long_sum_is_broken_in_no_time():
    (equation,) = sheet_of(system("y = " + " + ".join(f"x_{n}" for n in range(800))), ("forward",)).equations
    assert len(made(equation, 80, Unicode())[1]) > 60


# ---- where they are used


def test_a_chain_does_not_make_a_figure_wider():
    found = system(WORDS.replace("(1 + hidden)", "(1 + hidden/scale)"), wrt=("weight_in",))
    scene = figure.compose(sheet_of(found, ("chain",)))
    assert 600 < scene.width <= figure.PAGE + 2 * figure.MARGIN
    assert 240 < scene.height < 420  # five lines or more, with brackets as high as what stands in them


def test_lines_of_latex():
    (chain,) = system(LONG, wrt=("x",)).chains(False)
    (equation,) = chain.equations
    assert latex([chain]).count("\\\\\n") == len(aligned_lines(equation)) - 1
    assert aligned_lines(equation)[1:3] == [
        r"&= 2y \cdot \exp(-x^2)(a \, \cos(ax - b) \, \cos(ax + b) - a \, \sin(ax + b) \, \sin(ax - b)",
        r"&\qquad {} - 2x \, \sin(ax + b) \, \cos(ax - b))",
    ]
    (chain,) = system("y=2x^3+3; z=y^2").chains(False)
    assert len(aligned_lines(*chain.equations)) == 1


@needs_tex
@pytest.mark.parametrize("source", [LONG, WORDS])
def test_a_page_of_latex_is_wide_enough(source, tmp_path):
    body = latex(system(source).chains(False))
    head = "\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n"
    _, log = compiled(tmp_path, f"{head}{body}\\end{{document}}\n")
    assert "Overfull \\hbox" not in log


@needs_tex
def test_a_picture_in_tikz_has_the_same_lines(tmp_path):
    sheet = sheet_of(system(WORDS.replace("(1 + hidden)", "(1 + hidden/scale)"), wrt=("weight_in",)), ("chain",))
    page = render(sheet, find("tikz"), Request(standalone=True))
    assert page.count("{${} \\cdot ") > 1  # lines that go on with a factor
    compiled(tmp_path, page)


def test_a_pipe_has_an_equation_on_one_line(run):
    wide = run("derive", LONG, "--wrt", "x").stdout
    assert len(wide.splitlines()) == 3
    assert run("derive", LONG, "--wrt", "x", "--width", "0").stdout == wide
    narrow = run("derive", LONG, "--wrt", "x", "--width", "60").stdout.splitlines()
    assert max(map(len, narrow)) <= 60
    assert narrow[3:6] == [
        "     = 2y · exp(−x²)(a cos(ax − b) cos(ax + b)",
        "         − a sin(ax + b) sin(ax − b)",
        "         − 2x sin(ax + b) cos(ax − b))",
    ]
    assert "--width is for text" in run("derive", LONG, "--width", "60", "--format", "latex").stderr


def test_a_notation_without_halves_of_its_own_writes_the_signs_of_brackets():
    formula = expression("sin(a*x + b)*(c + d)")
    count = len(stretches(formula, Plain()).joints)
    parts = [write(Stretch(formula, place, place + 1), Plain()) for place in range(count)]
    assert parts == ["sin ( a", "*x", " + b )", " * ( c", " + d )"]


def test_all_digits_but_one_are_as_wide():
    """What the measuring of long sums relies on: their parts are measured with a 0 for each digit but 7."""
    setter = Typesetter()
    for form in ("{}", "attach(w, b: {})", "attach(h, t: {})"):
        for digits in ("012345689", ("00", "11", "94"), ("17", "07"), ("71", "73")):
            assert len({*setter.widths([form.format(digit) for digit in digits], MATHS)}) == 1


def test_what_differs_in_these_digits_alone_is_measured_once():
    first, second = (write(expression(text), AsWide()) for text in ("w_12*x_3 + 4.7", "w_43*x_9 + 6.7"))
    assert first == second != write(expression("w_4*x_9 + 6.7"), AsWide())

"""Letters in a style of their own, bold or script: read from LaTeX, and written in every notation."""

import pytest

from graphviz_ad.core.formula import Variable
from graphviz_ad.core.names import STYLES, as_name
from graphviz_ad.drawing.typeset import TYPST
from graphviz_ad.notation.ascii import Ascii
from graphviz_ad.notation.htmllike import HtmlLike, label
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.markdown import Markdown
from graphviz_ad.notation.spoken import spoken
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write
from graphviz_ad.read.latex.commands import STYLE_COMMANDS
from graphviz_ad.read.latex.formulas import read_name
from tests.conftest import plain

TABLE = [
    # LaTeX, the letter, LaTeX for every engine, ASCII, in words
    (r"\mathbf{w}", "𝐰", r"\mathbf{w}", "bf_w", "bold w"),
    (r"\mathbf{\theta}", "𝛉", r"\boldsymbol{\theta}", "bf_theta", "bold theta"),  # \mathbf has no Greek
    (r"\boldsymbol{w}", "𝒘", r"\boldsymbol{w}", "boldsymbol_w", "bold w"),
    (r"\boldsymbol{\Sigma}", "𝜮", r"\boldsymbol{\Sigma}", "boldsymbol_Sigma", "bold capital sigma"),
    (r"\mathcal{N}", "𝒩", r"\mathcal{N}", "cal_N", "script N"),
    (r"\mathcal{L}", "ℒ", r"\mathcal{L}", "cal_L", "script L"),  # one that Unicode has had for longer
    (r"\mathcal{l}", "𝓁", r"\mathit{l}", "cal_l", "script l"),  # \mathcal has no small letters
    (r"\mathbb{R}", "ℝ", r"\mathbb{R}", "bb_R", "blackboard R"),
    (r"\mathbb{A}", "𝔸", r"\mathbb{A}", "bb_A", "blackboard A"),
    (r"\mathfrak{g}", "𝔤", r"\mathfrak{g}", "frak_g", "fraktur g"),
    (r"\mathfrak{C}", "ℭ", r"\mathfrak{C}", "frak_C", "fraktur C"),
    (r"\mathsf{A}", "𝖠", r"\mathsf{A}", "sf_A", "A"),
    (r"\mathtt{x}", "𝚡", r"\mathtt{x}", "tt_x", "x"),
]


@pytest.mark.parametrize(("latex", "letter", "tex", "ascii_", "words"), TABLE)
def test_a_letter_in_every_notation(latex, letter, tex, ascii_, words):
    assert read_name(latex) == letter
    variable = Variable(as_name(letter))
    assert write(variable, Latex()) == write(variable, Markdown()) == latex
    assert Tex().maths(latex) == tex
    assert Tex().maths(letter) == f"{{{tex}}}"
    assert plain(variable) == write(variable, TYPST) == letter
    assert write(variable, Unicode()).lines == (letter,)
    assert label(write(variable, HtmlLike())) == f"<I>{letter}</I>"
    assert write(variable, Ascii()).lines == (ascii_,)
    assert spoken(variable) == words


def test_every_style_is_in_the_table():
    assert {latex.partition("{")[0].removeprefix("\\") for latex, *_ in TABLE} == set(STYLES)


@pytest.mark.parametrize(
    ("command", "letter"),
    [("bm", "𝒘"), ("pmb", "𝒘"), ("bf", "𝐰"), ("textbf", "𝐰"), ("mathscr", "𝓌"), ("Bbb", "𝕨")],
)
def test_other_commands_for_a_style(command, letter):
    assert command in STYLE_COMMANDS
    assert read_name(rf"\{command}{{w}}") == letter


@pytest.mark.parametrize(
    ("name", "latex", "tex"),
    [
        ("𝐱𝐲", r"\mathbf{xy}", r"\mathbf{xy}"),
        ("𝐱𝛉", r"\mathbf{x\theta}", r"\mathbf{x}\boldsymbol{\theta}"),
        ("𝛉𝐱", r"\mathbf{\theta x}", r"\boldsymbol{\theta }\mathbf{x}"),  # not \thetax
        ("ℒℴ𝓈𝓈", r"\mathcal{Loss}", r"\mathcal{L}\mathit{oss}"),
        ("ℒ𝒩", r"\mathcal{LN}", r"\mathcal{LN}"),
        ("ℒ𝐍", r"\mathrm{ℒ𝐍}", r"\mathrm{{\mathcal{L}}{\mathbf{N}}}"),  # of two styles: not another ℒ𝒩
        ("ℒoss", r"\mathrm{ℒoss}", r"\mathrm{{\mathcal{L}}oss}"),
        ("𝐰_hat_1", r"\hat{\mathbf{w}}_1", r"\hat{\mathbf{w}}_1"),
        ("x_{α𝐰}", r"x_{\mathrm{α𝐰}}", r"x_{\mathrm{{\alpha}{\mathbf{w}}}}"),
    ],
)
def test_words_of_such_letters(name, latex, tex):
    written = write(Variable(as_name(name)), Latex())
    assert written == latex
    assert Tex().maths(written) == tex


def test_names_of_two_styles_stay_apart(run):
    latex = run("derive", "ℒ𝐍 = x^2; ℒ𝒩 = x^3; y = ℒ𝐍*ℒ𝒩", "--format", "latex").stdout
    assert r"\frac{\partial y}{\partial\mathcal{LN}}" in latex
    assert latex.count(r"\partial\mathcal{LN}") == 1

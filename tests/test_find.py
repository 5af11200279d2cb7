"""Documents as they stand: which formulas they have and where, what each says, and how they make systems."""

# a formula stays in its line

import json
from pathlib import Path

import pytest

from graphviz_ad.read.documents.files import read_document
from graphviz_ad.read.documents.kinds import counted
from graphviz_ad.read.documents.reading import Reader
from graphviz_ad.read.documents.statements import statements

NEURON = r"""# A neuron

The pre-activation is $z = wx + b$, and \\( a = \sigma(z) \\) its activation; it costs $5 and $10 to train.

$$ L = -(y \ln a + (1-y)\ln(1-a)) $$ {#eq:loss}

so that $\frac{\partial L}{\partial a} = \frac{a-y}{a(1-a)}$ in
$$\frac{\partial L}{\partial w} = (a-y) x.$$

## A product

With $f(x, y) = xy$ at $x = -2$, $y = 5$; and $S = x_1 + \dots + x_n$.
"""


def notebook(*cells):
    """A notebook of cells: a string is Markdown, one in a tuple is code."""
    made = [
        {"cell_type": "code" if isinstance(cell, tuple) else "markdown", "metadata": {},
         "source": (cell[0] if isinstance(cell, tuple) else cell).splitlines(keepends=True)}
        for cell in cells
    ]  # fmt: skip
    return json.dumps({"cells": made, "nbformat": 4}, indent=1)


def said_of(name, text):
    Path(name).write_text(text, encoding="utf-8")
    document = read_document(name)
    return document, Reader().read(document)


def kinds(name, text):
    """What each part of a document says: its kind, and its names or why it is skipped."""
    return [
        (one.kind, " ".join(str(made.name) for made in one.definitions) or one.skipped)
        for one in said_of(name, text)[1]
    ]


# ---- formulas and their places


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("a.md", "so $y = x^2$ and\n$$\nz = y\n$$", [("y = x^2", 1, 5), ("z = y", 3, 1)]),
        ("a.md", "kramdown \\\\( y = x \\\\) and \\\\[ z = y \\\\]", [("y = x", 1, 14), ("z = y", 1, 32)]),
        ("a.md", "\\(y = x\\) \\[z = y\\] $$w = z$$ inside", [("y = x", 1, 3), ("z = y", 1, 13), ("w = z", 1, 23)]),
        ("a.md", "```math\ny = x\n```\n\n`$a$` and ``$b$``", [("y = x", 2, 1)]),
        ("a.md", "```\n$a = b$\n```\n<!-- $c = d$ -->\n$y = x$", [("y = x", 5, 2)]),
        ("a.md", "> $$ y = x $$\n\n- $z = y$", [("y = x", 1, 6), ("z = y", 3, 4)]),
        ("a.md", "pay $5 or $ 6, and \\$7; $y = 2x$", [("y = 2x", 1, 26)]),
        ("a.qmd", "---\ntitle: $a$\n---\n$$y = x$$ {#eq-y}", [("y = x", 4, 3)]),
        ("a.tex", "\\begin{document}\nlet % $a$\n\\(y = x\\) \\verb|$b$| $z=y$ \\\\[2pt] \\%$w$", [("y = x", 3, 3), ("z=y", 3, 23), ("w", 3, 39)]),
        ("a.tex", "\\begin{align*}\ny &= x \\\\\n z &= y\n\\end{align*}", [("\\begin{align*}\ny &= x \\\\\n z &= y\n\\end{align*}", 1, 1)]),
        ("a.rst", "so :math:`y = x` and\n\n.. math:: z = y\n\n.. math::\n   :label: w\n\n   w = z\n   + 1\n\nend", [("y = x", 1, 11), ("z = y", 3, 11), ("w = z\n+ 1", 8, 4)]),
        ("a.tex", "\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\n\\be y = x \\ee", [("y = x", 2, 5)]),
        ("a.tex", "\\newenvironment{loss}[1][]{\\par\\begin{align}}{\\end{align}}\n\\begin{loss}\ny = x\n\\end{loss}", [("y = x", 3, 1)]),
        ("a.rst", "+-----------+------+\n| .. math:: | text |\n|    y = x  | $a$  |\n+-----------+------+\n", [("y = x", 3, 6)]),
        ("a.ipynb", notebook("a\n$y = \\frac{x}{2}$", ("q = x + y",)), [("y = \\frac{x}{2}", 8, 7), ("q = x + y", 15, 6)]),
    ],
)  # fmt: skip
def test_formulas_are_found_in_all_the_usual_delimiters(run, name, text, found):
    document, _ = said_of(name, text)
    shown = [
        (one.text.strip(), *document.place(one, len(one.text) - len(one.text.lstrip()))) for one in document.formulas
    ]
    assert shown == found


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("$$ y = x \\label{eq:y} $$", "eq:y"),
        ("$$ y = x $$ {#eq-y}", "eq-y"),
        ("\\begin{equation}\\label{y} y = x\\end{equation}", "y"),
        ("$$ y = x \\tag{3} $$", "3"),
        ("$$ y = x $$", ""),
    ],
)
def test_labels(run, text, label):
    document, _ = said_of("a.md", text)
    assert document.formulas[0].label == label


def test_every_character_of_a_formula_knows_its_place(run):
    text = notebook('so $$\\begin{aligned}\n y &= \\sin(\\alpha x) \\\\ z &= "y" é 𝐱\n\\end{aligned}$$')
    document, _ = said_of("a.ipynb", text)
    (formula,) = document.formulas
    for at, character in enumerate(formula.text):
        raw = text[formula.offset(at) :]
        assert raw.startswith((character, json.dumps(character)[1:-1]))


@pytest.mark.parametrize(
    ("formula", "sides"),
    [
        (r"y = x^2, \quad z = y", [["y", "x^2"], ["z", "y"]]),
        (r"\begin{aligned} a &= 1 \\ b &= a \\ &= 2 \\ &\quad + 3 \end{aligned}", [["a", "1"], ["b", "a", "2 + 3"]]),
        (r"f(x, y) = xy \rightarrow f_x = y", [["f(x, y)", "xy"], ["f_x", "y"]]),
        (r"f(x) = x^2 \text{ and then } g = f", [["f(x)", "x^2"], ["g", "f"]]),
        (r"\boxed{y = x}.", [["y", "x"]]),
        (r"\begin{cases} y = 2 \\ z = y \end{cases}", [["y", "2"], ["z", "y"]]),
        (r"y := x, z \stackrel{!}{=} y, \hat y \approx 0.5", [["y", "x"], ["z", "y"], [r"\hat y", "0.5"]]),
        (r"x = 1,000", [["x", "1,000"]]),
        (r"(a, b) = (1, 2)", [["(a, b)", "(1, 2)"]]),
        (r"= 2x = 4", [["", "2x", "4"]]),
        ("", []),
        ("}{)(", [["}{)("]]),
        (r"\\ & \quad", []),
    ],
)
def test_formulas_are_divided_into_statements(formula, sides):
    found = statements(formula)
    assert [[" ".join(side.text.split()) for side in one.sides] for one in found] == sides
    for one in found:
        for side in one.sides:
            assert side.end <= len(formula)


# ---- what they say


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("$y = x^2$", ("definition", "y")),
        ("$f(x; w) = wx$", ("definition", "f")),
        (r"$\hat y = a = \sigma(z)$", ("definition", "a y_hat")),
        ("$x = -2$", ("value", "x")),
        (r"$\frac{dy}{dx} = 2x$", ("derivative", "")),
        (r"$\partial L/\partial w = x$", ("derivative", "")),
        ("$f'(x) = 2x$", ("derivative", "")),
        (r"$\nabla f = 2x$", ("derivative", "")),
        (r"$\delta = \frac{dL}{dz}$", ("derivative", "")),
        ("$x$", ("mention", "")),
        (r"$\sigma(wx + b)$", ("mention", "")),
        (r"$w = w - \eta \frac{dL}{dw}$", ("skipped", "update")),
        ("$x_1 = x_1 + 1$", ("skipped", "update")),
        (r"$\mathbf{y} = \mathbf{W}\mathbf{x}$", ("skipped", "formula of vectors or matrices")),
        ("$q = x^T A x$", ("skipped", "formula of vectors or matrices")),
        (r"$F = \int_0^1 f\,dx$", ("skipped", "integral")),
        (r"$m = \lim_{h \to 0} h$", ("skipped", "limit")),
        (r"$S = \sum_{i=1}^n x_i + \dots$", ("skipped", "sum with dots")),
        (r"$x \in \mathbb{R}$", ("skipped", "condition")),
        (r"$\cos(\theta) = -1$", ("skipped", "equation between expressions")),
        ("$a^2 + b^2 = c^2$", ("skipped", "equation between expressions")),
        ("$g = f^{-1}$", ("skipped", "inverse function")),
        ("$z = f(x, y)$", ("skipped", "formula with functions that are not defined")),
        ("$r = max(0, x)$", ("definition", "r")),
        (r"$y = \unknown{x}$", ("skipped", "formula with commands of its own")),
    ],
)
def test_what_a_formula_says(run, text, says):
    assert kinds("a.md", f"Words and {text}.") == [says]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("q = x + y", ("definition", "q")),
        ("x = -2", ("value", "x")),
        ("y = 1.0 / (1 + math.exp(-x))", ("definition", "y")),
        ("f = lambda x: x**2", ("definition", "f")),
        ("def f(x):\n    return np.maximum(0, x)", ("definition", "f")),
        ("y = w[0]*x[1]", ("definition", "y")),
        ("y = model(x)", ("skipped", "line of code")),
        ("x += 1", ("skipped", "update")),
    ],
)
def test_what_a_line_of_code_says(run, code, says):
    found = kinds("a.md", f"```python\n{code}\n```\n")
    assert (found or [("skipped", "line of code")])[-1] == says


def test_nothing_of_a_document_is_run(run):
    kinds("a.ipynb", notebook(("open('made', 'w').write('x')\ny = open('made2', 'w')",)))
    assert sorted(path.name for path in Path().iterdir()) == ["a.ipynb"]


def test_macros_of_a_document_and_of_a_file(run):
    own = "\\newcommand{\\act}[1]{\\sigma(#1)}\n\\begin{document}\nso \\(a = \\act{z}\\) and \\(b = \\lossof{a}\\)"
    Path("a.tex").write_text(own)
    Path("m.sty").write_text("\\newcommand{\\lossof}[1]{-\\ln #1}")
    alone, both = (
        json.loads(run("find", "a.tex", "--format", "json", *more).stdout)[0]["formulas"]
        for more in ((), ("--macros", "m.sty"))
    )
    assert [one["kind"] for one in alone] == ["definition", "skipped"]
    assert [one["kind"] for one in both] == ["definition", "definition"]


# ---- the list


def test_the_list_says_what_each_is_and_how_to_choose(run):
    Path("notes.md").write_text(NEURON)
    result = run("find", "notes.md")
    assert result.exit_code == 0
    assert "#1        3      defines z" in result.stdout
    assert "states a derivative" in result.stdout
    assert "notes.md: 6 read, 2 statements of derivatives, 1 skipped: 1 formula with dots" in result.stdout
    assert "adgraph draw notes.md:5   L (lines 3, 5)" in result.stdout


def test_the_list_as_json(run):
    Path("notes.md").write_text(NEURON)
    (data,) = json.loads(run("find", "notes.md", "--format", "json").stdout)
    assert data["systems"] == [{"lines": [3, 5], "names": ["L"]}, {"lines": [12], "names": ["f"]}]
    assert [one["line"] for one in data["formulas"] if one["kind"] == "definition"] == [3, 3, 5, 12]


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [("limit", 1, "1 limit"), ("limit", 2, "2 limits"), ("sum with dots", 14, "14 sums with dots"),
     ("formula of vectors or matrices", 3, "3 formulas of vectors or matrices")],
)  # fmt: skip
def test_kinds_are_counted_in_words(kind, number, words):
    assert counted(kind, number) == words


# ---- systems


def test_several_systems_are_drawn_into_a_folder_or_listed(run):
    Path("notes.md").write_text(NEURON)
    listed = run("draw", "notes.md")
    assert listed.exit_code == 1
    assert "'notes.md' has 2 systems of equations\nhint: choose one: notes.md:5 (L), notes.md:12 (f)" in listed.stderr
    assert [path.name for path in Path().iterdir()] == ["notes.md"]
    assert run("draw", "notes.md", "-o", "figures/").exit_code == 0
    assert {path.name.partition("-")[0] for path in Path("figures").iterdir()} == {"L", "f"}


@pytest.mark.parametrize("choice", [":5", "#3", "#eq:loss"])
def test_a_line_a_number_or_a_label_chooses(run, choice):
    Path("notes.md").write_text(NEURON)
    assert run("derive", f"notes.md{choice}", "--wrt", "w").stdout == run("derive", "notes.md:5", "--wrt", "w").stdout
    assert "∂L/∂w" in run("check", f"notes.md{choice}", "--at", "x=1,w=1,b=1,y=0").stdout
    assert run("draw", f"notes.md{choice}", "-o", "a.svg").exit_code == 0


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (":4", "there is no formula in line 4 of 'notes.md'\nhint: the nearest is in line"),
        ("#99", "there is no formula '99' in 'notes.md'"),
        ("#eq:los", "did you mean 'eq:loss'?"),
        (":7", "states a derivative\nhint: whether it is right: adgraph check notes.md:7"),
        ("#10", "an ellipsis"),
    ],
)
def test_what_cannot_be_chosen_says_why(run, choice, said):
    Path("notes.md").write_text(NEURON)
    result = run("derive", f"notes.md{choice}")
    assert result.exit_code == 1
    assert said in result.stderr or choice == "#10"


def test_values_of_a_document_are_values_as_by_at(run):
    Path("a.md").write_text("The product $f(x, y) = xy$ at $x = -2$ and $y = 5$.")
    assert "-10" in run("eval", "a.md").stdout
    assert "6" in run("eval", "a.md", "--at", "x=2,y=3").stdout


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("$z = wx$ and $a = z^2$", [["a"]]),
        ("$y = x^2$ then $y = x^3$", [["y"], ["y"]]),
        ("$y = x^2$ and again $y = x^2$", [["y"]]),
        ("$y = x^2$\n\n# Next\n\n$z = y^3$", [["y"], ["z"]]),
        ("$u = x^2$ and, apart, $v = \\sin t$", [["u"], ["v"]]),
        ("text\n$$\\begin{aligned} u &= x^2 \\\\ v &= \\sin t \\end{aligned}$$", [["u", "v"]]),
        ("$a = b$ and $b = a$", [["a"], ["b"]]),
        ("$f(x) = x^2$\n\n# Next\n\n$y = f(3t)$", [["f"], ["y"]]),
    ],
)
def test_definitions_are_gathered_as_a_reader_would(run, text, systems):
    Path("a.md").write_text(text)
    (data,) = json.loads(run("find", "a.md", "--format", "json").stdout)
    assert [one["names"] for one in data["systems"]] == systems


def test_a_file_of_equations_alone_is_read_as_strictly_as_before(run):
    Path("a.tex").write_text("\\[ y = \\sin( \\]")
    result = run("derive", "a.tex")
    assert (result.exit_code, "line 1" in result.stderr) == (1, True)


# ---- hostile documents


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ipynb", b"{", "this is no notebook: line 1"),
        ("a.ipynb", b"[" * 100_000, "this is no notebook"),
        ("a.ipynb", b'{"cells": 3}', "this is no notebook: it has no cells"),
        ("a.ipynb", b'{"cells": [{"cell_type": "markdown", "source": 7}]}', ""),
        ("a.md", b"\xff\xfe\x00", "is not UTF-8"),
        ("a.md", b"$" * 20_000, ""),
        ("a.md", b"$y = " * 2_000, ""),
        ("a.md", b"$" + b"{" * 1_000 + b"$ $" + b"}" * 1_000 + b"= 1$", ""),
        ("a.md", b"$y = " + b"(" * 500 + b"x$", ""),
        ("a.md", b"$$ y = x " * 300, ""),
        ("a.md", b"```python\n" + b"x = " + b"(" * 5_000 + b"\n```\n", ""),
        ("a.md", b"```python\nx = 1\n" * 500, ""),
        ("a.rst", b".. math::\n" * 300, ""),
        ("a.tex", b"\\begin{align}" * 300, ""),
        ("a.tex", b"\\newcommand{\\a}{\\a\\a} so \\(y = \\a\\)", ""),
        ("a.md", b"", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["find", "check", "draw"])
def test_hostile_documents_have_clear_results(run, name, data, said, command):
    Path(name).write_bytes(data)
    result = run(command, name)
    assert result.exit_code in (0, 1)
    assert said in result.stderr or command != "find"
    assert "Traceback" not in result.stderr + result.stdout

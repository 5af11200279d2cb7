"""TikZ: compiled by a real LaTeX, the same figure as the SVG; names from the reader stay text."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typst

from graphviz_ad.cli.main import main
from graphviz_ad.core.diagram import Arrow, Diagram, Panel, Plot, Series, Sheet, Table, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Blank, Derivative, Equation, Label, Rounded, Variable
from graphviz_ad.core.graph import Graph, Node
from graphviz_ad.core.request import Request
from graphviz_ad.core.version import VERSION
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Pill, Scene, Text
from graphviz_ad.formats import formats
from graphviz_ad.formats.images.svg import svg
from graphviz_ad.formats.tikz.formulas import MACROS
from graphviz_ad.formats.tikz.picture import tikz
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import VIEWS, sheet_of
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.setting import Sign
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import render
from tests.array_systems import COURSE
from tests.conftest import system
from tests.course_systems import SYSTEMS
from tests.tex import PIXELS, Word, compiled, grown, ink, needs_tex, words, works

DOCUMENT = Request(standalone=True)
HEAD = "\\documentclass{article}\\usepackage{tikz,amsmath}\\begin{document}"
FIGURES = {
    "sine": ("y=sin(a*x+b); z=y**2", {}),
    "two paths": ("e=(a+b)*(b+1)", {}),
    "values": ("y=2x^3+3; z=y^2", {"at": {"x": 0.5}}),
    "wires": ("e=(a+b)*(b+1)", {"at": {"a": 2, "b": 1}}),
    "words": ("loss_{total} = abs(prediction - target)/sqrt(n) + max(0, w_1^2)", {}),
    "a constant": ("y=3", {}),
}
DIAGRAM = Diagram(
    "backward",
    False,
    (Vertex(0, "input", Variable("x"), None, Rounded(0.5, 5), Blank(Rounded(9.75, 5))),
     Vertex(1, "output", Variable("y"), None, Rounded(1 / 3, 5))),
    (Arrow(1, 0, Label(Derivative("y", "x"), Blank(Variable("q"), True))),),
)  # fmt: skip
WAVE = tuple((x / 20, math.sin(x / 20)) for x in range(-60, 61))
HOSTILE = [
    "\\input{/etc/passwd}", "\\end{tikzpicture}", "%", "#1", "$x$", "^^M", "{", "}", "a&b", "x_y", "~", "\\",
    '"', "<b>", "];", "\\csname", "`", "|", "a\nb", "\x00", "a--b", "?`",
]  # fmt: skip
LETTERS = ["å", "é", "í", "ø", "ő", "ß", "ж", "日", "ℒ", "𝐰", "𝛉", "𝔼", "𝓁", "x̂", "ü̂", "ά", "x²", "v₁", "q̧", "−", "∂"]


def scene(name: str) -> Scene:
    source, asked = FIGURES[name]
    views = [view for view in VIEWS if asked or view not in ("trace", "circuit")]  # these need values
    return compose(sheet_of(system(source, **asked), views))


def everything() -> Sheet:
    """A sheet of all kinds of panels, with names that are hostile to TeX in all places."""
    names = [name for name in HOSTILE + LETTERS if "\n" not in name]
    rows = tuple((name, Variable(name), float(number)) for number, name in enumerate(names))
    plot = Plot(Variable("x"), "y%", (Series(Variable("f"), WAVE), Series("#words", WAVE[:20])))
    return Sheet(
        "sheet",
        (Equation((Variable("\\input{x}\n\\relax"), Variable("^^M\\relax"))),),
        (Panel("forward", "Boxes", DIAGRAM), Panel("rules", "A table", Table(("as words", "as a name", "value"), rows)),
         Panel("plot", "A plot", plot)),
    )  # fmt: skip


# ---- compiled by LaTeX


@needs_tex
@pytest.mark.parametrize("theme", ["light", "print"])
@pytest.mark.parametrize("name", FIGURES)
def test_the_picture_is_that_of_the_svg(name, theme, tmp_path):
    check_like_svg(scene(name), theme, tmp_path)


@needs_tex
@pytest.mark.parametrize(
    ("name", "views", "direction"),
    [
        ("dense", ("forward", "backward"), "lr"),  # vectors and matrices, with their shapes
        ("recurrence of 3", ("forward-simplified", "backward-simplified"), "lr"),  # arrows that end on others
        ("network 2-2-1", ("forward", "backward"), "tb"),
        ("sine", ("steps",), "rl"),
        ("two paths", ("colah",), "bt"),
    ],
)
def test_bends_and_branches_are_those_of_the_svg(name, views, direction, tmp_path):
    asked = {"at": {"a": 2, "b": 1}} if "colah" in views else {}
    source = {**SYSTEMS, **COURSE}[name]
    check_like_svg(compose(sheet_of(system(source, **asked), views), direction), "print", tmp_path)


def check_like_svg(figure: Scene, theme: str, folder: Path) -> None:
    """The page has the figure's size, ink where the SVG has ink, within three pixels, and names in their circles."""
    pdf, log = compiled(folder, tikz(figure, Request(theme=theme, standalone=True)))
    assert not re.search(r"Overfull|Missing character|undefined|Warning", log)
    (folder / "figure.svg").write_text(svg(figure, Request(theme=theme)), "utf-8")
    (folder / "svg.typ").write_text('#set page(width: auto, height: auto, margin: 0pt)\n#image("figure.svg")', "utf-8")
    (folder / "svg.pdf").write_bytes(typst.compile(str(folder / "svg.typ")))
    made, wanted = ink(pdf, PIXELS), ink(folder / "svg.pdf", 96)
    near_made, near_wanted = grown(ink(pdf, PIXELS, 220), 3), grown(ink(folder / "svg.pdf", 96, 220), 3)
    assert np.abs(np.subtract(made.shape, wanted.shape)).max() <= 1
    height, width = np.minimum(made.shape, wanted.shape)
    assert np.mean(near_wanted[:height, :width][made[:height, :width]]) > 0.97
    assert np.mean(near_made[:height, :width][wanted[:height, :width]]) > 0.97
    assert out_of_place(figure, pdf) == []


def out_of_place(figure: Scene, pdf: Path) -> list[str]:
    """The variables of one letter that do not stand in the middle of their circles."""
    found = words(pdf)
    shapes = [pair for group in figure.groups for pair in pairwise(group.shapes)]
    circles = [
        (label.set.content.name, pill)
        for pill, label in shapes
        if isinstance(pill, Pill) and isinstance(label, Text) and isinstance(label.set.content, Variable)
    ]
    return [
        name
        for name, pill in circles
        if len(name) == 1
        and not any(word.text == name and math.hypot(word.x - pill.x, word.y - pill.y) < 6 for word in found)
    ]


@needs_tex
@pytest.mark.parametrize("engine", ["pdflatex", "lualatex", "xelatex"])
def test_names_stay_text_with_every_engine(engine, tmp_path):
    if not shutil.which(engine) or not works(engine, tmp_path):
        pytest.skip(f"needs {engine} with its fonts")
    pdf, log = compiled(tmp_path, render(everything(), _format(), DOCUMENT), engine)
    assert not re.search(r"Missing character|undefined|not set up", log)
    shown = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
    assert shown.count("\\input{/etc/passwd}") == 2
    assert shown.count("\\end{tikzpicture}") == 2
    assert "#1" in shown
    assert "U+0436" in shown  # ж, for which the fonts of TeX have no place


@needs_tex
def test_a_remark_has_its_names_as_formulas_have_them(tmp_path):
    unrolled = (
        "s_1 = tanh(w*x_1 + p*q + r); s_ij = tanh(u*s_1 + w*x_2 + p*q + r); "
        "h^{(t)} = tanh(u*s_ij + w*x_3 + p*q + r); L = (h^{(t)})^2"
    )
    pdf, log = compiled(
        tmp_path, render(sheet_of(system(unrolled, wrt=("u",), write="inputs"), ("chain",)), _format(), DOCUMENT)
    )
    assert not re.search(r"Missing character|undefined|not set up", log)
    assert "length" in {word.text for word in words(pdf)}


@needs_tex
def test_a_russian_document_shows_its_own_letters(tmp_path):
    """What the reader's fonts have is set in them. Needs only that LaTeX knows the letter."""
    known = "\\expandafter\\def\\csname u8:\\detokenize{ж}\\endcsname{zh}\n"
    source = render(sheet_of(system("y = 2*ж"), ("forward",)), _format(), DOCUMENT).replace(
        "\\begin{document}", known + "\\begin{document}"
    )
    pdf, _ = compiled(tmp_path, source)
    assert "zh" in {word.text for word in words(pdf)}


@needs_tex
def test_it_compiles_within_a_readers_document(tmp_path):
    """Smaller text makes a smaller picture; it may stand in a figure, in a box, and twice on a page."""
    picture = render(sheet_of(system("y=2x^3+3; z=y^2"), ("backward-simplified",)), _format(), Request())
    compiled(
        tmp_path,
        "\\documentclass[12pt]{article}\\usepackage{tikz,amsmath}\\begin{document}"
        f"\\begin{{figure}}\\centering{{\\small\n{picture}}}\\end{{figure}}"
        f"\\setbox0=\\hbox{{\n{picture}}}\\setbox1=\\hbox{{\\footnotesize\n{picture}}}"
        "\\ifdim\\wd1<\\wd0 \\else\\errmessage{not smaller}\\fi"
        f"\\resizebox{{\\linewidth}}{{!}}{{\n{picture}}}\\end{{document}}",
    )


# ---- as a source to be edited


def picture(source: str, *views: str, **asked: object) -> str:
    return render(sheet_of(system(source, **asked), views), _format(), Request())


def body(made: str) -> str:
    """The picture behind its head."""
    return made[made.index("\n\n% ") + 2 :]


def test_a_picture_to_be_edited_by_hand():
    """Arrows name nodes and bends; bends are level with what they lead to; labels are on their arrows."""
    assert (
        body(picture("y = w*x + b; z = y^2", "backward-simplified"))
        == r"""% Simplified backward graph
\begin{scope}[shift={(18,18)}, adgraph label/.append style={yshift=1.1em}]
  \node[adgraph input] (w) at (323,42) {$w$};
  \node[adgraph input] (x) at (323,102) {$x$};
  \node[adgraph input] (b) at (323,162) {$b$};
  \node[adgraph variable] (y) at (173,102) {$y$};
  \node[adgraph output] (z) at (19,102) {$z$};
  \coordinate (y to w) at (210,0 |- w);
  \draw[adgraph arrow] (y) -- (y to w) -- node[adgraph label, pos=0.4] {$\adfrac{\adpartial y}{\adpartial w} = x$} (w);
  \draw[adgraph arrow] (y) -- node[adgraph label] {$\adfrac{\adpartial y}{\adpartial x} = w$} (x);
  \coordinate (y to b) at (210,0 |- b);
  \draw[adgraph arrow] (y) -- (y to b) -- node[adgraph label, pos=0.4] {$\adfrac{\adpartial y}{\adpartial b} = 1$} (b);
  \draw[adgraph arrow] (z) -- node[adgraph label] {$\adfrac{\addiff z}{\addiff y} = 2y$} (y);
  \begin{pgfonlayer}{adgraph captions}
    \node[adgraph caption] at (171,203) {Simplified backward graph};
  \end{pgfonlayer}
\end{scope}
\end{tikzpicture}
"""
    )


@pytest.mark.parametrize(
    ("source", "views", "names"),
    [
        ("y = w_1*x", "forward", ["w1", "x", "y-op", "y"]),
        ("y = w_1*x + 2", "forward", ["n3", "w1", "x", "mul2", "y-op", "y"]),
        ("alpha = loss_{total}^2", "forward-simplified", ["losstotal", "alpha"]),
        ("z = x_1 + x1'", "forward-simplified", ["x1", "x1n1", "z"]),  # without what TikZ has a use for
    ],
)
def test_nodes_are_named_as_their_variables(source, views, names):
    made = re.findall(r"\\node\[[^\]]*\] \(([^)]*)\)", picture(source, views))
    assert sorted(made) == sorted(names)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["y = x^2"], "draw 'y = x^2'"),
        (["y = x^2\nz = 2y"], "draw 'y = x^2; z = 2y'"),
        (["{folder}/a.adg", "--theme=print"], "draw a.adg --theme=print"),  # without where files are on this machine
        (["y = a/b", "--at", "a=1,b=2"], "draw 'y = a/b' --at a=1,b=2"),
    ],
)
def test_a_picture_says_how_it_was_made(words, said, run, tmp_path):
    (tmp_path / "a.adg").write_text("y = x^2", "utf-8")
    made = run("draw", *(word.format(folder=tmp_path) for word in words), "-o", "-", "--format", "tikz").stdout
    assert f"\n% Made by adgraph {VERSION}: adgraph {said} -o - --format tikz\n" in made
    assert f"\n% Made by adgraph {VERSION}\n" in picture("y = x^2", "forward")


def test_panels_have_scopes_whose_names_do_not_clash():
    made = picture("y = 2x", "forward", "backward-simplified", "chain")
    assert re.findall(r"\\begin\{scope\}\[shift=\{\(\d+,\d+\)\}(?:, name prefix=([\w-]+))?", made) == [
        "forward-", "backward-simplified-", "",
    ]  # fmt: skip


def test_every_transpose_goes_through_a_macro():
    made = picture("W: 2x3; x: 3; b, t: 2; y = W x + b; L = ||y - t||^2", "backward", "chain")
    assert made.count("\\adtranspose") > 2
    assert "\\top" not in body(made)


@pytest.mark.parametrize(("adjoint", "macro"), [("delta", "addelta"), ("nabla", "adnabla"), ("auto", "addelta")])
def test_every_adjoint_goes_through_a_macro(adjoint, macro):
    made = picture("W: 2x3; x: 3; t: 2; y = W x; L = ||y - t||^2", "backward-simplified", adjoint=adjoint)
    assert made.count(f"\\{macro}") > 2
    assert not re.search(r"\\(delta|nabla)(?![a-z])", body(made))
    own = picture("W: 2x3; delta: 3; t: 2; y = W delta; L = ||y - t||^2", "backward-simplified", adjoint=adjoint)
    assert "{$\\delta$}" in own  # a variable of the reader's own


def test_every_derivative_and_word_goes_through_a_macro():
    made = picture("loss = f(x,g(x))*𝐰^2", "backward", "chain", functions=("f", "g"))
    used = {name: made.count(f"\\{name}") for name in ("addiff", "adpartial", "adfrac", "adword", "adbold")}
    assert all(count > 2 for count in used.values()), used
    for meant in ("\\mathrm{", "\\partial", "\\mathbf{"):
        assert body(made).count(meant) == 0


@needs_tex
@pytest.mark.parametrize(
    ("macro", "meant", "shown"),
    [("addiff", "\\delta", "δz"), ("addiff", "D", "Dz"), ("adpartial", "D", "Dy")],
)
def test_the_letters_of_derivatives_are_changed_in_one_place(macro, meant, shown, tmp_path):
    made = picture("y = w*x + b; z = y^2", "backward-simplified", "chain")
    own = re.sub(rf"(\\providecommand\*\\{macro}\{{).*\}}", rf"\1{re.escape(meant)}}}", made) if meant != "D" else (
        f"\\newcommand\\{macro}{{D}}\n{made}")  # fmt: skip
    pdf, _ = compiled(tmp_path, f"{HEAD}{own}\\end{{document}}")
    assert shown in {word.text for word in words(pdf)}


@needs_tex
@pytest.mark.parametrize(("layers", "is_seen"), [("main,adgraph captions", True), ("adgraph captions,main", False)])
def test_captions_are_a_layer(layers, is_seen, tmp_path):
    """All but them disappears behind a white sheet, and they too where the layers are in the other order."""
    made = picture("y = 2x", "backward").replace("{main,adgraph captions}", f"{{{layers}}}")
    sheet = "\\fill[white] (-9,-9) rectangle (999,999);\n\\end{tikzpicture}"
    made = made.replace("\\end{tikzpicture}", sheet)
    pdf, _ = compiled(tmp_path, f"{HEAD}\\pagestyle{{empty}}{made}\\end{{document}}")
    assert ink(pdf, PIXELS).any() == is_seen


def seen(folder: Path, made: str) -> tuple[dict[str, Word], np.ndarray]:
    """The words of a compiled picture, by their text, and its ink, a pixel of the figure a pixel."""
    folder.mkdir()
    pdf, _ = compiled(folder, made)
    return {word.text: word for word in words(pdf)}, ink(pdf, PIXELS)


def is_inked(area: np.ndarray, x: float, y: float) -> bool:
    """Whether there is ink within three pixels."""
    return bool(area[round(y) - 3 : round(y) + 4, round(x) - 3 : round(x) + 4].any())


@needs_tex
@pytest.mark.parametrize(
    ("node", "label", "share", "towards"),
    [
        ("b", "∂b", 1.0, None),  # beyond a bend, which stays level with it
        ("x", "∂x", 0.5, "y"),  # its label is in the middle of a straight arrow
        ("z", "dy", 0.5, "y"),
    ],
)
def test_what_is_moved_takes_arrow_and_label_along(node, label, share, towards, tmp_path):
    """A node 2 cm lower in the source, and nothing else: its arrow ends at it, and its label is on the arrow."""
    sheet = sheet_of(system("y = w*x + b; z = y^2"), ("backward-simplified",))
    made = render(sheet, _format(), DOCUMENT)
    down = round(2 / 2.54 * PIXELS)
    moved = re.sub(rf"(\({node}\) at \(\d+,)(\d+)\)", lambda found: f"{found[1]}{int(found[2]) + down})", made)
    moved = re.sub(r"rectangle \(([\d.]+),([\d.]+)\)", lambda found: f"rectangle ({found[1]},{float(found[2]) + down})",
                   moved)  # fmt: skip
    (before, old), (after, new) = seen(tmp_path / "before", made), seen(tmp_path / "after", moved)
    for word, way in ((node, down), (label, share * down)):
        assert after[word].y - before[word].y == pytest.approx(way, abs=2)
        assert after[word].x == pytest.approx(before[word].x, abs=2)
    x, y = after[node].x, after[node].y
    dx, dy = (-1.0, 0.0) if towards is None else (after[towards].x - x, after[towards].y - y)
    away = 32 / math.hypot(dx, dy)  # from the middle of the node, somewhat more than its radius and the tip
    assert is_inked(new, x + away * dx, y + away * dy)
    assert not is_inked(new, before[node].x + (32 if dx > 0 else -32), before[node].y)
    assert is_inked(old, before[node].x + (32 if dx > 0 else -32), before[node].y)


SCOPE = re.compile(r"\\begin\{scope\}\[shift=\{\((\d+),(\d+)\)\}(?:, name prefix=([\w-]+))?(.*?)\\end\{scope\}", re.S)


@pytest.mark.parametrize("name", FIGURES)
def test_nodes_and_formulas_are_those_of_the_scene(name):
    """Every shape has its node, arrows name nodes and bends that there are, and every formula is there."""
    figure = scene(name)
    made = tikz(figure, Request())
    shapes = [shape for group in figure.groups for shape in group.shapes]
    places: dict[str, tuple[int, int]] = {}
    for left, top, prefix, scope in SCOPE.findall(made):
        nodes = re.findall(r"\\node\[[^\]]*\] \(([^)]*)\) at \((-?\d+),(-?\d+)\)", scope)
        assert len({node for node, *_ in nodes}) == len(nodes)
        places |= {f"{prefix}{node}": (int(left) + int(x), int(top) + int(y)) for node, x, y in nodes}
        bends = set(re.findall(r"\\coordinate \(([^)]*)\)", scope))
        steps = re.findall(r"(?:--|\\draw\[[^]]*\]|\}) \((?:\[shift=\{[^}]*\}\])?([A-Za-z][^()]*?)(?:\.\w+)?\)", scope)
        assert set(steps) <= {node for node, *_ in nodes} | bends
    pills = [shape for shape in shapes if isinstance(shape, Pill) and shape.style != "output-ring"]
    assert [pill for pill in pills if not any(math.dist(at, (pill.x, pill.y)) < 1.5 for at in places.values())] == []
    for shape in shapes:
        if isinstance(shape, Text) and not isinstance(shape.set.content, (str, Sign)):
            assert plain(Tex().maths(write(shape.set.content, Latex()))) in plain(made)


def plain(source: str) -> str:
    """LaTeX without blanks, and with what the macros of a picture mean."""
    for macro, meant in MACROS.items():
        source = source.replace(f"\\{macro}", meant)
    return re.sub(r"\\,|\s", "", source)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_style_and_colour_that_is_used_is_defined(theme):
    made = tikz(compose(everything()), Request(theme=theme))
    assert set(re.findall(r"(?:node|\\draw)\[(adgraph[\w ]*)", made)) == set(
        re.findall(r"(adgraph[\w ]*)/.style", made)
    )
    used = set(re.findall(r"=(ad[A-Z]\w*)", made))
    assert used == set(re.findall(r"\\definecolor\{(\w+)\}", made))


def test_parts_of_an_equation_are_one_formula():
    made = render(sheet_of(system("y=2x^3+3; z=y^2"), ("chain",)), _format(), Request())
    assert re.findall(r"\\node\[adgraph ink, anchor=base (.*?)\] at .*? \{(.*)\};", made) == [
        ("east", r"$\adfrac{\addiff z}{\addiff x}$"),
        ("west", r"$= \adfrac{\addiff z}{\addiff y} \cdot \adfrac{\addiff y}{\addiff x} "
                 r"= 2y \cdot 6x^2 = 12x^2(2x^3 + 3)$"),
    ]  # fmt: skip


def test_an_answer_to_be_found_is_not_in_the_source():
    hidden = DIAGRAM.replace(arrows=(Arrow(1, 0, Label(Derivative("y", "x"), Blank(Variable("answer")))),))
    made = render(Sheet("s", (), (Panel("backward", "", hidden),)), _format(), Request())
    assert "\\boxed{" in made
    assert "answer" not in made
    assert "9.75" not in made


@pytest.mark.parametrize(
    ("letter", "formula", "word"),
    [
        ("å", r"{\mathring{a}}", r"\r{a}"),
        ("í", r"{\acute{\imath}}", r"\'{i}"),
        ("ℒ", r"{\mathcal{L}}", r"${\mathcal{L}}$"),
        ("𝛉", r"{\boldsymbol{\theta}}", r"${\boldsymbol{\theta}}$"),
        ("ά", r"{\acute{\alpha}}", r"${\acute{\alpha}}$"),
        ("ø", r"\text{\itshape \o{}}", r"\o{}"),
        ("ő", r"\text{\itshape \H{o}}", r"\H{o}"),
        ("ж", r"\text{\itshape \adgraphletterA{}}", r"\adgraphletterA{}"),
        ("²", r"{}^{2}", r"${}^{2}$"),
        ("—", r"\text{\itshape \adgraphletterA{}}", "---"),
    ],
)
def test_letters_come_out_as_commands_that_every_latex_has(letter, formula, word):
    assert Tex().maths(letter) == formula
    assert Tex().words(letter) == word


@pytest.mark.parametrize("name", HOSTILE + LETTERS)
def test_formulas_and_words_are_ascii(name):
    """No character that a document may have made active or that its fonts may lack; nothing that TeX would run."""
    tex = Tex()
    for made in (tex.maths(write(Variable(name), Latex())), tex.words(name)):
        assert made.isascii()
        assert made.isprintable()
        assert not re.search(r"\\(input|csname|end\b)|(?<!\\)[%#&]|\^\^", made)
        assert len(re.findall(r"(?<!\\)\{", made)) == len(re.findall(r"(?<!\\)\}", made))


def test_control_characters_are_left_out():
    nodes = (Node("input", (), None, "x\x00\x1b\n\\relax\r"), Node("sin", (0,), None, "y"))
    made = render(sheet_of(System(Graph(nodes, (1,))), ("forward",)), _format(), Request())
    assert all(line.isprintable() for line in made.splitlines())
    assert "\n\\relax" not in made


def test_what_is_too_large_for_tex_is_refused():
    figure = scene("sine").replace(width=20_000)
    with pytest.raises(AdgraphError, match="too large for TeX"):
        tikz(figure, Request())


def test_standalone_is_for_tex(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    main(["draw", "y = x^2", "-o", "a.tex", "--standalone"], standalone_mode=False)
    assert "\\documentclass" in (tmp_path / "a.tex").read_text("utf-8")
    main(["draw", "y = x^2", "-o", "b.tex"], standalone_mode=False)
    assert "\\documentclass" not in (tmp_path / "b.tex").read_text("utf-8")
    with pytest.raises(Exception, match="--standalone is for"):
        main(["draw", "y = x^2", "-o", "c.svg", "--standalone"], standalone_mode=False)


def _format():
    from graphviz_ad.formats import formats

    return formats()["tikz"]


# ---- dot2tex


needs_dot2tex = pytest.mark.skipif(
    not shutil.which("dot2tex") or not shutil.which("dot"), reason="needs dot2tex and Graphviz's dot"
)


def dot2tex(made: str, kind: str) -> str:
    command = ["dot2tex", f"-f{kind}", "--figonly"]
    return subprocess.run(command, input=made.encode(), capture_output=True, check=True).stdout.decode()


@needs_tex
@needs_dot2tex
@pytest.mark.parametrize("kind", ["tikz", "pgf"])
def test_dot2tex_accepts_its_dot(kind, tmp_path):
    from graphviz_ad.formats import formats

    source, _ = FIGURES["words"]
    made = render(sheet_of(system(source), ("backward", "chain")), formats()["dot2tex"], Request())
    picture = dot2tex(made, kind)
    head = "\\documentclass{article}\\usepackage{tikz,amsmath}\\usetikzlibrary{arrows,shapes}\\begin{document}"
    compiled(tmp_path, f"{head}\n{picture}\n\\end{{document}}")
    if kind == "tikz":
        sheet = sheet_of(system(source), ("backward",))
        assert isinstance(sheet.panels[0].content, Diagram)
        wanted = {str(vertex.node) for vertex in sheet.panels[0].content.vertices}
        assert set(re.findall(r"\\node \(p0_(\d+)\)", picture)) == wanted


@needs_tex
@needs_dot2tex
@pytest.mark.parametrize("direction", ["lr", "tb"])
@pytest.mark.parametrize("view", ["forward", "circuit"])
def test_dot2tex_has_values_and_adjoints_in_their_colours(view, direction, tmp_path):
    from graphviz_ad.formats import formats

    sheet = sheet_of(system("y = a*x", at={"a": 0.5, "x": 3}), (view,))
    picture = dot2tex(render(sheet, formats()["dot2tex"], Request(direction=direction)), "tikz")
    size = "textstyle" if view == "circuit" else "scriptstyle"
    values, adjoints = (re.findall(rf"\\textcolor\[HTML\]{{{colour}}}{{\$\\{size} ([\d.]+)\$}}", picture)
                        for colour in ("064D2A", "C2410C"))  # fmt: skip
    assert sorted(values) == ["0.5", "1.5", "3"]
    assert sorted(adjoints) == ["0.5", "1", "3"]
    compiled(
        tmp_path, f"\\documentclass{{article}}\\usepackage{{tikz,amsmath}}\\begin{{document}}{picture}\\end{{document}}"
    )


@needs_dot2tex
@pytest.mark.parametrize("kind", ["tikz", "pgf", "pstricks"])
def test_dot2tex_sets_every_formula_once(kind):
    from graphviz_ad.formats import formats

    sheet = sheet_of(system("y=2x^3+3; z=y^2", at={"x": 0.5}), ("backward", "chain", "trace"))
    picture = dot2tex(render(sheet, formats()["dot2tex"], Request()), kind)
    for formula in (
        "\\frac{\\mathrm{d}v_1}{\\mathrm{d}x} = 3x^2",  # on an arrow
        "$\\displaystyle v_1 = x^3$\\quad $\\displaystyle v_2 = 2v_1$",  # in the legend
        "\\frac{\\mathrm{d}z}{\\mathrm{d}x} &= ",  # in the chain
        "Chain rule",
    ):
        assert picture.count(formula) == 1, formula
    assert "primal trace & tangent trace" in picture  # in the table


# ---- beamer


def slides(source: str, *views: str, **asked: object) -> str:
    return render(sheet_of(system(source, **asked), views), _format(), Request(beamer=True))


def test_a_figure_grows_on_a_slide():
    """Nodes and arrows are there from the beginning; each label and each line of the chain gives way to a longer."""
    made = slides("y=2x^3+3; z=y^2", "backward-simplified", "chain")
    assert re.findall(r"^% (\d): (.*)", made, re.MULTILINE) == [
        ("1", "The nodes and their arrows"),
        ("2", "A differentiation symbol between each pair of nodes"),
        ("3", "The left variable above, the right variable below"),
        ("4", "The differentiation performed"),
        ("5", "The chain rule: a factor for each arrow on the way"),
        ("6", "The derivatives put in"),
        ("7", "The result"),
    ]
    drawn = made[made.index("\n\n% ") :]
    blocks = re.findall(r"^ *\\only<(.*?)>\{%\n((?:    .*\n)*) *\}", drawn, re.MULTILINE)
    always = re.sub(r"^ *\\only<(.*?)>\{%\n((?:    .*\n)*) *\}", "", drawn, flags=re.MULTILINE)
    assert len(re.findall(r"\\(?:node|draw)", always)) == 6  # three nodes, two arrows, a caption
    labels = [
        (slide, line[line.index("{$") + 1 : line.rindex("$}") + 1])
        for slide, block in blocks
        for line in block.splitlines()
        if "{$" in line
    ]
    assert [label for label in labels if " x}" in label[1] or "{x}" in label[1] if "cdot" not in label[1]] == [
        ("2", r"$\adfrac{\addiff\phantom{y}}{\addiff\phantom{x}}$"),
        ("3", r"$\adfrac{\addiff y}{\addiff x}$"),
        ("4-", r"$\adfrac{\addiff y}{\addiff x} = 6x^2$"),
        ("5-", r"$\adfrac{\addiff z}{\addiff x}$"),
    ]
    assert [slide for slide, label in labels if "cdot" in label] == ["5", "6", "7-"]


def test_labels_that_grow_are_held_by_their_left_ends():
    """At one place of the arrow that is there from the beginning."""
    made = slides("y=2x^3+3; z=y^2", "backward-simplified")
    assert "adgraph label/.append style={anchor=base west," in made
    places = re.findall(r"\\path \((\w+)\) -- node\[adgraph label, pos=([\d.]+)\] .* \((\w+)\);", made)
    assert len(places) == 6
    assert len(set(places)) == 2


def test_the_last_slide_is_the_whole_figure():
    """All that a picture at rest draws, and no more, is there at the end."""
    for name, (source, asked) in FIGURES.items():
        sheet = sheet_of(system(source, **asked), ("forward", "backward", "chain"))
        rest, made = (
            re.sub(r"\n +-- ", " -- ", render(sheet, _format(), Request(beamer=beamer))) for beamer in (False, True)
        )
        shown = re.sub(r"^ *\\only<[\d,-]*\d>\{%\n((?:    .*\n)*) *\}\n", "", made, flags=re.MULTILINE)
        lines = {line.strip() for line in shown.splitlines()}
        wanted = [line.strip() for line in rest.splitlines() if line.lstrip().startswith(("\\node", "\\draw"))]
        assert [line for line in wanted if line not in lines and " node[" not in line] == [], name
        labels = re.findall(r"-- node\[[^]]*\] (\{.*?\$\})", rest)
        assert [label for label in labels if label not in shown] == [], name


@needs_tex
def test_slides_compile_and_do_not_move(tmp_path):
    sheet = sheet_of(system("y=2x^3+3; z=y^2", at={"x": 0.5}), ("backward-simplified", "chain"))
    made = render(sheet, _format(), Request(standalone=True, beamer=True))
    if subprocess.run(["kpsewhich", "beamer.cls"], capture_output=True, check=False).returncode:
        pytest.skip("needs beamer")
    pdf, log = compiled(tmp_path, made)
    pages = made.count("\\frametitle<")
    assert f"({pages} pages" in log
    assert "Overfull" not in log
    first = subprocess.run(["pdftotext", "-l", "1", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    last = subprocess.run(
        ["pdftotext", "-f", str(pages), "-bbox", str(pdf), "-"], capture_output=True, check=True
    ).stdout
    names = [line for line in first.decode().splitlines() if re.search(r">[xyz]</word>", line)]
    assert len(names) == 3
    assert all(line in last.decode() for line in names)


@needs_tex
def test_slides_go_into_a_readers_talk(tmp_path):
    if subprocess.run(["kpsewhich", "beamer.cls"], capture_output=True, check=False).returncode:
        pytest.skip("needs beamer")
    picture = slides("y=2x^3+3; z=y^2", "backward-simplified", "chain", at={"x": 0.5})
    _, log = compiled(
        tmp_path,
        "\\documentclass{beamer}\\usepackage{tikz,amsmath}\\begin{document}"
        f"\\begin{{frame}}{{A title}}\\resizebox{{\\linewidth}}{{!}}{{%\n{picture}}}\\end{{frame}}\\end{{document}}",
    )
    assert f"({len(re.findall(r'^% [0-9]+: ', picture, re.MULTILINE))} pages" in log


def test_slides_are_for_tex(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Exception, match="--beamer is for"):
        main(["draw", "y = x^2", "-o", "c.dot", "--beamer"], standalone_mode=False)
    main(["draw", "y = x^2", "-o", "a.tex", "-o", "a.svg", "--beamer"], standalone_mode=False)
    assert "\\only<" in (tmp_path / "a.tex").read_text("utf-8")
    assert "animation" not in (tmp_path / "a.svg").read_text("utf-8")


def test_boxes_around_groups_are_a_layer_of_their_own():
    source = "z = w*x + b; a = tanh(z); L = (a - y)^2"
    here = system(source, groups={"neuron": ("z", "a")})
    made = str(render(sheet_of(here, ("forward",)), formats()["tikz"], here.request))
    assert r"\pgfsetlayers{main,adgraph groups,adgraph captions}" in made
    inside = made.split(r"\begin{pgfonlayer}{adgraph groups}")[1].split(r"\end{pgfonlayer}")[0]
    assert r"\draw[adgraph region]" in inside
    assert "{neuron}" in inside
    assert r"\draw[adgraph region]" not in made.replace(inside, "")


@needs_tex
@pytest.mark.parametrize("node", ["f", "h"])
@pytest.mark.parametrize("way", [(2, 0), (-2, 0), (0, 2), (0, -2)], ids=["right", "left", "down", "up"])
def test_a_box_stretches_to_where_a_node_is_moved(node, way, tmp_path):
    """One of its nodes 2 cm away, and nothing else: it is about all of them, and its name stands in its corner."""
    here = system("f = w*x; g = v*x; h = u*x; L = f*g*h", groups={"part": ("f", "g", "h")})
    made = str(render(sheet_of(here, ("forward-simplified",)), _format(), DOCUMENT))
    right, down = (round(cm / 2.54 * PIXELS) for cm in way)
    made = re.sub(r"\(0,0\) rectangle \(([\d.]+),([\d.]+)\)",
                  lambda page: f"(-99,-99) rectangle ({float(page[1]) + 99},{float(page[2]) + 99})", made)  # fmt: skip
    far_corner = re.search(r"rectangle (\(\[shift=.*?box 1\.south east\))", made)
    assert far_corner is not None
    made = made.replace("{part};", f"{{part}};\\node at {far_corner[1]} {{Q}};")
    moved = re.sub(rf"\({node}\) at \((\d+),(\d+)\)",
                   lambda place: f"({node}) at ({int(place[1]) + right},{int(place[2]) + down})", made)  # fmt: skip
    (before, _), (after, _) = seen(tmp_path / "before", made), seen(tmp_path / "after", moved)
    assert (after[node].x - before[node].x, after[node].y - before[node].y) == pytest.approx((right, down), abs=2)
    for word, outermost in (("part", min), ("Q", max)):
        for axis in "xy":
            was, is_now = (outermost(getattr(found[name], axis) for name in "fgh") for found in (before, after))
            assert getattr(after[word], axis) - getattr(before[word], axis) == pytest.approx(is_now - was, abs=6)


def test_a_sheet_of_small_letters_is_small_in_latex():
    here = system(SYSTEMS["gated unit"])
    sheet = sheet_of(here, ("forward-simplified",))
    small = sheet.replace(fit=sheet.fit.replace(smaller=12.75 / 9))
    is_small = [r"/utils/exec=\small" in str(render(one, formats()["tikz"], here.request)) for one in (sheet, small)]
    assert is_small == [False, True]

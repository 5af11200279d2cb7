"""Request that would do nothing are refused; those that do something are not."""

import pytest

from graphviz_ad.core.request import Request
from graphviz_ad.formats import formats
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.test_cli import files

SOURCE = "y=2x^3+3; z=y^2"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("draw --step 2 --view chain,forward,steps", "--step is for a backward graph: --view backward."),
        ("draw --step 2 -o a.html", "--step is for a backward graph"),
        ("draw --style colah --step 2", "--step is for a backward graph"),
        ("draw --constants folded --view forward-simplified,backward", "--constants is for the full forward graph"),
        ("draw --symbol d --view forward", "--symbol is for derivatives: --view backward,chain."),
        ("draw --max-paths 3 --view backward", "--max-paths is for chains: --view chain."),
        ("draw --digits 3", "--digits is for the numbers of --at."),
        ("draw --seed 3", "--seed chooses K derivatives: --blank K."),
        ("draw --seed 3 --blank all", "--seed chooses K derivatives: --blank K."),
        ("draw --blank 6", "--blank 6 is more than the derivatives of z: there are 5."),
        ("draw --blank all --view forward", "--blank leaves nothing out of z: none of its panels has what it hides."),
        ("draw --view chain -o a.html", "--view has no part in a page, which shows all."),
        ("draw --style colah -o a.html", "--style has no part in a page, which shows all."),
        ("draw --theme dark -o a.json -o a.dot", "--theme is for pictures: -o a.svg."),
        ("draw --theme cs231n -o a.html", "--theme has no part in a page but as light, dark, print, auto."),
        ("draw --direction tb -o a.json", "--direction is for graphs: -o a.svg."),
        ("draw --size paper -o a.tex", "--size is for SVG, PDF and PNG: -o a.svg."),
        ("draw --background none -o a.html", "--background is for SVG, PDF and PNG: -o a.svg."),
        ("draw --scale 2 -o a.svg", "--scale is for PNG: -o figure.png"),
        ("draw --animate -o a.png", "--animate makes SVG; png stands still."),
        ("draw --seconds 2", "--seconds is the pace of an animation: --animate."),
        ("draw --standalone", "--standalone is for a .tex"),
        ("draw --template a.html", "cannot read 'a.html'"),
        ("draw --answers a.svg", "Answers are those of an exercise"),
        ("show --step 1 --view forward", "--step is for a backward graph"),
        ("show --digits 3", "--digits is for the numbers of --at."),
        ("show --style colah --view chain", "--view and --style both choose the views; give one of them."),
        ("show --image --width 80", "--width is for figures of characters, --image is another."),
        ("show --image --ascii", "--ascii is for figures of characters, --image is another."),
        ("derive --digits 3", "--digits is for the numbers of --at."),
        ("derive --graph simplified --explain", "--graph is full where operations are explained (--explain)."),
        ("eval --at x=1 --direction-of x", "--direction-of is for --trace forward."),
        ("eval --at x=1 --direction-of x --trace reverse", "--direction-of is for --trace forward."),
        ("eval --at x=1 --digits 3 --format csv", "--digits has no part in csv and json: all are there."),
        ("eval --at x=1 --max-paths 3", "--max-paths is for chains: adgraph derive."),
        ("eval --at x=1 --symbol d --format json", "--symbol is for a table."),
        ("check --at x=1 --theme dark", "--theme is for the picture of --plot."),
        ("draw --layout numerator", "--layout is for vectors and matrices, and there are none"),
        ("draw --edges vjp", "--edges is for vectors and matrices, and there are none"),
        ("draw --shapes none", "--shapes is for vectors and matrices, and there are none"),
        ("derive --hadamard circ", "--hadamard is for vectors and matrices, and there are none"),
        ("show --transpose T", "--transpose is for vectors and matrices, and there are none"),
        ("derive --edges vjp", "--edges is an option of draw and show, and none of derive."),
        ("rules --theme dark", "--theme is for a picture: -o rules.svg."),
        ("rules --format csv -o rules.svg", "--format is for what is printed; an extension chooses a file's."),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(run, words, said):
    command, *options = words.split()
    result = run(command, *([] if command == "rules" else [SOURCE]), *options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert (result.stdout, files()) == ("", [])


@pytest.mark.parametrize(
    "words",
    [
        "draw --step 2 --view chain,backward-simplified",
        "draw --view chain -o a.html -o a.svg",
        "draw --symbol d --constants folded --max-paths 3 --digits 3 -o a.html",
        "draw --digits 3 --at x=1",
        "draw --blank 5 --seed 3",
        "draw --blank all --view forward --at x=1",
        "draw --theme dark -o a.json -o a.svg",
        "draw --style colah --symbol partial",
        "draw --theme cs231n -o a.html -o a.svg",
        "derive --graph full --explain",
        "eval --at x=1 --trace both --direction-of x --digits 3",
        "check --at x=1 --plot a.svg --theme dark --max-paths 3",
        "rules -o a.svg --theme dark",
    ],
)
def test_an_option_that_does_something_is_not(run, words):
    command, *options = words.split()
    assert run(command, *([] if command == "rules" else [SOURCE]), *options).exit_code == 0


LOOKS = {"theme": "dark", "direction": "tb", "size": "paper", "background": "none"}


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("look", LOOKS)
def test_the_formats_of_each_look_are_those_that_are_told_apart(run, name, look):
    """An option is refused for a format if, and only if, the format is the same with it."""
    sheet, made = sheet_of(system(SOURCE), ["forward", "backward"]), formats()[name]
    differs = render(sheet, made, Request(**{look: LOOKS[look]})) != render(sheet, made, Request())
    result = run("draw", SOURCE, "-o", f"a{made.extensions[0]}", f"--{look}", LOOKS[look])
    assert (result.exit_code == 0) is differs, result.stderr

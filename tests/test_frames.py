"""The making of a figure: frame by frame, in numbered files, and as an SVG that plays it."""

import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

import pytest

from graphviz_ad import AdgraphError, draw
from graphviz_ad.core.diagram import Chains, Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Group, Text
from graphviz_ad.drawing.timing import coming
from graphviz_ad.formats import find, formats
from graphviz_ad.lesson.frames import frames
from graphviz_ad.lesson.views import DEFAULT_VIEWS, sheet_of
from graphviz_ad.pipeline import render, render_frames
from tests.conftest import plain, system
from tests.test_cli import files

SVG = "{http://www.w3.org/2000/svg}"

POLYNOMIAL = "y = 2x^3 + 3; z = y^2"
SYSTEMS = {
    "one path": (POLYNOMIAL, {}),
    "numbers": (POLYNOMIAL, {"at": {"x": 0.5}}),
    "several inputs": ("y = sin(a*x + b); z = y**2", {}),
    "several paths": ("e = (a + b)*(b + 1)", {"at": {"a": 1, "b": 2}}),
    "several outputs": ("y = 2x; z = x*w", {"at": {"x": 1, "w": 2}}),
    "factored": ("y_1 = x + sin(x); y_2 = y_1^2 + y_1; y_3 = y_2*y_1 + y_2", {"max_paths": 1}),
    "factored, with numbers": ("y_1 = x + sin(x); y_2 = y_1^2; y_3 = y_2*y_1", {"max_paths": 1, "at": {"x": 1}}),
    "long": ("y = " + " + ".join(f"sin(a_{k}*x)" for k in range(9)), {}),
    "accents and indices": (r"\hat{y} = \sigma(w_{12} x_1 + b)", {"language": "latex"}),
    "no derivatives": ("y = 3", {}),
    "nothing to do": ("y = x", {}),
    "the symbol only": (POLYNOMIAL, {"step": 1}),
    "unperformed": (POLYNOMIAL, {"step": 2}),
}


def sheet(source, views=DEFAULT_VIEWS, language="text", **asked):
    return sheet_of(system(source, language, **asked), views)


def story(*words, **asked):
    """What has come at each frame."""
    return [frame.words for frame in frames(sheet(*words, **asked))]


def test_the_making_of_a_sheet():
    assert story(POLYNOMIAL, at={"x": 0.5}) == [
        "The nodes and their arrows",
        "A differentiation symbol between each pair of nodes",
        "The left variable above, the right variable below",
        "The differentiation performed",
        "The value of each node, from the inputs on",
        "The derivatives as numbers, from the output back",
        "The chain rule: a factor for each arrow on the way",
        "The derivatives put in",
        "The result",
        "The values put in",
        "The chain as a number",
    ]


def labels(frame):
    """The labels of the simplified backward graph, and the chain."""
    shown = []
    for panel in frame.sheet.panels:
        match panel.content:
            case Diagram():
                shown += ["" if arrow.label is None else plain(arrow.label) for arrow in panel.content.arrows]
            case Chains(chains):
                shown += [plain(equation) for chain in chains for equation in chain.equations]
    return shown


def test_what_is_on_each_frame():
    made = frames(sheet(POLYNOMIAL, ("backward-simplified", "chain"), at={"x": 0.5}))
    done = ["dz/dy = 2*y = 6.5", "dy/dx = 6*x^2 = 1.5"]
    assert [labels(frame) for frame in made] == [
        ["", ""],
        ["d/d", "d/d"],
        ["dz/dy", "dy/dx"],
        ["dz/dy = 2*y", "dy/dx = 6*x^2"],
        ["dz/dy = 2*y", "dy/dx = 6*x^2"],  # the values at the nodes
        done,
        [*done, "dz/dx = dz/dy*dy/dx"],
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2"],
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3)"],
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3) = 12*0.5^2 * (2*0.5^3 + 3)"],
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3) = 12*0.5^2 * (2*0.5^3 + 3) = 9.75"],
    ]


def pieces(groups: Iterable[Group]) -> set[tuple[object, ...]]:
    """All that is seen, each with the group it is in: shapes, and the glyphs, rules and frames of formulas."""
    seen: set[tuple[object, ...]] = set()
    for group in groups:
        for shape in group.shapes:
            if isinstance(shape, Text):
                parts = (*shape.set.glyphs, *shape.set.rules, *shape.set.frames)
                seen |= {(group.key, shape.x, shape.y, shape.style, type(part).__name__, part) for part in parts}
            else:
                seen.add((group.key, type(shape).__name__, shape))
    return seen


@pytest.mark.parametrize("direction", ["lr", "tb"])
@pytest.mark.parametrize(("source", "asked"), SYSTEMS.values(), ids=SYSTEMS)
def test_nothing_moves(source, asked, direction):
    """Each frame is of the complete figure's size and shows part of it, in its place, and more than the one before."""
    whole = sheet(source, **asked)
    complete = compose(whole, direction)
    before: set[object] = set()
    for frame in frames(whole):
        scene = compose(frame.sheet, direction)
        assert (scene.width, scene.height) == (complete.width, complete.height)
        assert pieces(scene.groups) <= pieces(complete.groups)
        assert pieces(scene.groups) > before
        before = pieces(scene.groups)
    assert scene == complete


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"source": "y = 3"}, ["The nodes and their arrows"]),
        ({"source": POLYNOMIAL, "views": ("forward",)}, ["The nodes and their arrows"]),
        (
            {"source": POLYNOMIAL, "views": ("steps",)},
            [
                "A differentiation symbol between each pair of nodes",
                "The left variable above, the right variable below",
                "The differentiation performed",
            ],
        ),
        (
            {"source": "y_1 = x + sin(x); y_2 = y_1^2; y_3 = y_2*y_1", "views": ("chain",), "max_paths": 1},
            [
                "The chain rule, adjoint by adjoint: dy_3/dy_2",
                "The chain rule, adjoint by adjoint: dy_3/dy_1",
                "The chain rule, adjoint by adjoint: dy_3/dx",
            ],
        ),
        (
            {"source": POLYNOMIAL, "views": ("chain", "chain-full")},
            ["The chain rule: a factor for each arrow on the way", "The derivatives put in", "The result"] * 2,
        ),
    ],
)
def test_sheets_of_other_kinds(asked, told):
    assert story(**asked) == told


def test_a_step_that_is_asked_for_is_the_last_before_the_chain():
    made = frames(sheet(POLYNOMIAL, ("backward-simplified",), step=2))
    assert [labels(frame) for frame in made] == [["", ""], ["d/d", "d/d"], ["dz/dy", "dy/dx"]]


def test_chains_grow_together_whatever_their_length():
    made = frames(sheet("e = (a + b)*(b + 1)", ("chain",), symbol="d"))
    assert [labels(frame) for frame in made] == [
        ["de/da = b + 1", "de/db = (b + 1) + (a + b)"],
        ["de/da = b + 1", "de/db = (b + 1) + (a + b) = a + 2*b + 1"],
    ]


def test_more_frames_than_anyone_looks_at():
    long = "; ".join(f"y_{k + 1} = sin(y_{k}) + y_{k}*y_{max(k - 1, 0)}" for k in range(250))
    with pytest.raises(AdgraphError, match="frames are more than the 200"):
        frames(sheet(long, ("chain",), of=("y_250",), max_paths=1))


# ---- files


@pytest.mark.parametrize("name", [name for name, made in formats().items() if made.maker.from_page_model is None])
def test_every_format_makes_frames_of_which_the_last_is_the_figure(name):
    whole = sheet(POLYNOMIAL, at={"x": 0.5})
    made = render_frames(whole, find(name), Request())
    assert len(made) == 11
    assert len(set(made)) >= 10  # text has no place for the values at nodes
    assert made[-1] == render(whole, find(name), Request())
    assert made == render_frames(whole, find(name), Request())


def test_frames_are_numbered_files_in_a_folder(run):
    result = run("draw", POLYNOMIAL, "--frames", "slides")
    assert result.stdout.split() == files() == [f"slides/z-{k:02}.svg" for k in range(1, 8)]
    assert len({re.search('viewBox="[^"]*" width="[^"]*" height="[^"]*"', Path(f).read_text("utf-8"))[0]
                for f in files()}) == 1  # fmt: skip


def test_frames_beside_other_outputs_and_in_other_formats(run):
    run("draw", POLYNOMIAL, "--view", "backward-simplified", "--frames", "slides/", "--format", "json", "-o", "z.svg")
    assert files() == ["slides/z-01.json", "slides/z-02.json", "slides/z-03.json", "slides/z-04.json", "z.svg"]


def test_frames_of_several_sources(run):
    run("draw", "z = x^2", "z = sin(x)", "--view", "backward", "--step", "1", "--frames", "f/")
    assert files() == ["f/z-01.svg", "f/z-02.svg", "f/z-2-01.svg", "f/z-2-02.svg"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--frames", "no/such"], 1, "cannot make the folder 'no/such'"),
        (["--frames", ""], 2, "Frames need a folder"),
        (["--frames", "f", "--format", "docx"], 2, "Unknown format 'docx'"),
        (["--frames", "f", "--animate"], 2, "say where the animation goes: -o figure.svg"),
        (["--animate", "-o", "z.svg", "-o", "z.dot"], 2, "--animate makes SVG; dot stands still."),
        (["--animate", "--format", "json"], 2, "--animate makes SVG; json stands still."),
        (["--seconds", "3"], 2, "--seconds is the pace of an animation"),
        (["--animate", "--seconds", "0"], 2, "0.1<=x<=60"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(run, words, status, said):
    result = run("draw", POLYNOMIAL, *words)
    assert (result.exit_code, files()) == (status, [])
    assert said in " ".join(result.stderr.split())


def test_frames_in_the_library():
    figure = draw(POLYNOMIAL, views=["backward-simplified"])
    *_, fractions, last = figure.frames()
    assert last.svg() == figure.svg()
    assert "        dz             dy\n        ──             ──\n  ╔═══╗ dy" in str(fractions)
    assert str(fractions).splitlines()[-2:] == str(last).splitlines()[-2:]
    assert [len(each.frames()) for each in figure.frames()] == [1, 2, 3, 4]


# ---- animation


def animated(source=POLYNOMIAL, seconds=2.0, theme="light", **asked):
    return render(sheet(source, **asked), find("svg"), Request(theme=theme, seconds=seconds))


def own(figure: str) -> str:
    """What all ids of a figure begin with."""
    return figure.partition('<title id="')[2][:5]


@pytest.mark.parametrize("theme", ["light", "auto"])
@pytest.mark.parametrize(("source", "asked"), SYSTEMS.values(), ids=SYSTEMS)
def test_an_animation_holds_every_piece_of_the_figure_once(source, asked, theme):
    """So it is complete where nothing moves, and little larger than the figure."""
    still = render(sheet(source, **asked), find("svg"), Request(theme=theme))
    moving = animated(source, theme=theme, **asked)
    drawn = [
        sorted(re.findall(r"<(?:path|circle|rect) [^>]*>", re.sub(f"{own(t)}g?[0-9]*", "", t))) for t in (still, moving)
    ]
    assert drawn[0] == drawn[1]
    assert still.count("<use ") == moving.count("<use ")
    assert len(moving) < 1.25 * len(still)
    root = ElementTree.fromstring(moving)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {use.get("href")[1:] for use in root.iter(f"{SVG}use")} <= set(ids)


@pytest.mark.parametrize(("source", "asked"), SYSTEMS.values(), ids=SYSTEMS)
def test_with_each_frame_comes_what_the_frame_before_has_not(source, asked):
    scenes = [compose(frame.sheet) for frame in frames(sheet(source, **asked))]
    shown: list[Group] = []
    for scene, new in zip(scenes, coming(scenes), strict=True):
        assert new
        shown += new
        assert {piece[1:] for piece in pieces(shown)} == {piece[1:] for piece in pieces(scene.groups)}


def test_what_moves_is_named_for_this_figure_alone_and_only_where_motion_is_wanted():
    one, other = animated(), animated(seconds=3.0)
    for text in (one, other):
        (style,) = re.findall("<style>(.*?)</style>", text)
        assert style.startswith("@media screen and (prefers-reduced-motion:no-preference){")
        assert set(re.findall(r"@keyframes (\w+)", style)) == set(re.findall(r'class="(\w+)"', text))
    assert not set(re.findall('id="([^"]*)"', one)) & set(re.findall('id="([^"]*)"', other))
    assert animated() == one


def test_a_figure_of_one_frame_stands_still():
    assert animated("y = 3") == render(sheet("y = 3"), find("svg"), Request())


def test_draw_animate(run):
    run("draw", POLYNOMIAL, "--view", ",".join(DEFAULT_VIEWS), "--animate", "--seconds", "3", "-o", "z.svg")
    assert Path("z.svg").read_text("utf-8") == animated(seconds=3.0)
    assert draw(POLYNOMIAL, views=DEFAULT_VIEWS, seconds=3).svg() == animated(seconds=3.0)
    with pytest.raises(ValueError, match="seconds=-1"):
        draw(POLYNOMIAL, seconds=-1)


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs Debian's chromium")
def test_a_browser_plays_it():
    """At the time of each frame the pieces that it has are seen, and no others; all of them where none are to move."""
    sync = pytest.importorskip("playwright.sync_api")
    seen = (
        """() => [...document.querySelectorAll('svg > g[class]')].map(g => getComputedStyle(g).fillOpacity).join('')"""
    )
    at = "time => document.getAnimations().forEach(each => { each.pause(); each.currentTime = time })"
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(animated())
        shown = []
        for number in range(9):
            page.evaluate(at, 2000 * number + 1000)
            shown.append(page.evaluate(seen))
        page.emulate_media(reduced_motion="reduce")
        calm = page.evaluate(seen)
        page.emulate_media(reduced_motion="no-preference", media="print")
        printed = page.evaluate(seen)
        browser.close()
    assert shown == ["000000", "100000", "110000", "111000", "111100", "111110", "111111", "111111", "111111"]
    assert calm == printed == "111111"


def test_hostile_names_stay_text_in_an_animation():
    text = animated('y_{<script>alert(1)</script>} = x_{"]} + x_{&amp;}^2')
    tags = {element.tag for element in ElementTree.fromstring(text).iter()}
    assert tags == {SVG + tag for tag in "svg title desc style defs rect g circle path use".split()}

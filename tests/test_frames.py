"""The making of a figure, frame by frame."""

import pytest

from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.scene import Scene, Text
from graphviz_ad.pipeline import DEFAULT_VIEWS
from graphviz_ad.transform.diagram import Chains, Diagram
from graphviz_ad.transform.frames import frames
from tests.conftest import plain, system

POLYNOMIAL = "y = 2x^3 + 3; z = y^2"
SYSTEMS = {
    "one path": (POLYNOMIAL, {}),
    "numbers": (POLYNOMIAL, {"at": {"x": 0.5}}),
    "several inputs": ("y = sin(a*x + b); z = y**2", {}),
    "several paths": ("e = (a + b)*(b + 1)", {"at": {"a": 1, "b": 2}}),
    "several outputs": ("y = 2x; z = x*w", {"at": {"x": 1, "w": 2}}),
    "factored": ("y1 = x + sin(x); y2 = y1^2 + y1; y3 = y2*y1 + y2", {"max_paths": 2}),
    "factored, with numbers": ("y1 = x + sin(x); y2 = y1^2 + y1", {"max_paths": 1, "at": {"x": 1}}),
    "long": ("y = " + " + ".join(f"sin(a_{k}*x)" for k in range(9)), {}),
    "accents and indices": (r"\hat{y} = \sigma(w_{12} x_1 + b)", {"language": "latex"}),
    "no derivatives": ("y = 3", {}),
    "nothing to do": ("y = x", {}),
    "the symbol only": (POLYNOMIAL, {"step": 1}),
    "unperformed": (POLYNOMIAL, {"step": 2}),
}


def sheet(source, views=DEFAULT_VIEWS, language="text", **asked):
    return system(source, language, **asked).sheet(views)


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
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3) = 12*0.5^2*(2*0.5^3 + 3)"],
        [*done, "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3) = 12*0.5^2*(2*0.5^3 + 3) = 9.75"],
    ]


def pieces(scene: Scene):
    """All that is seen, each with the group it is in: shapes, and the glyphs, rules and frames of formulas."""
    seen = set()
    for group in scene.groups:
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
        assert pieces(scene) <= pieces(complete)
        assert pieces(scene) > before
        before = pieces(scene)
    assert scene == complete

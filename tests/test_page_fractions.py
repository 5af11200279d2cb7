"""Derivatives and labels that a page puts together look as Typst sets them."""

import pytest

from graphviz_ad.core.formula import Derivative, Label
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.scene import Set
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.formats.page import arrays, figure
from graphviz_ad.formats.page.fractions import FractionSetter
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import read_source
from tests.course_systems import SYSTEMS

ODD = {
    "raised": "x_hat = w'*x^{(1)} + b_star; y = x_hat^2",
    "accents": r"\hat{y}_{t-1} = \bar{w} \tilde{x} + \beta^*; L = (\hat{y}_{t-1} - \dot{q})^2",
    "deep": "z_{long} = p_{jjj}*theta; y_{gqp} = exp(z_{long})",
    "words": "loss_{total} = (prediction - target)^2/2; cost = log(loss_{total})",
    "a second derivative": "y = x^3; z = y^2",
    "matrices": "W: 2x3; x: 3; t: 2; y = softmax(W x); L = ||y - t||^2",
}


def asked(source: str) -> list[Job]:
    """What is put together for a page of a system."""
    model = sheet_of(read(read_source(source), Request())[0], ("forward",)).page_model()
    room = arrays.widest(model)
    diagrams = [diagram for view in (model.simplified, model.full) for diagram in (view.forward, view.backward)]
    contents = {content for diagram in diagrams for content, size in figure.jobs(diagram, room) if size == MATHS}
    return [Job(content, MATHS) for content in sorted(contents, key=repr) if isinstance(content, Derivative | Label)]


def lengths(made: Set) -> list[float]:
    """The box of a formula, and where all in it stands."""
    glyphs = [length for glyph in sorted(made.glyphs, key=repr) for length in (glyph.x, glyph.y)]
    rules = [length for rule in made.rules for length in (rule.x, rule.y, rule.width, rule.thickness)]
    frames = [length for frame in made.frames for length in (frame.x, frame.y, frame.width, frame.height)]
    return [made.width, made.ascent, made.descent, *glyphs, *rules, *frames]


@pytest.mark.parametrize("source", [*ODD.values(), SYSTEMS["memory cell"], SYSTEMS["softmax of four"]])
def test_it_looks_as_typst_sets_it(source):
    jobs, ours, theirs = asked(source), FractionSetter(), Typesetter()
    assert jobs
    for setter in (ours, theirs):
        setter.prepare(jobs)
    for job in jobs:
        made, known = ours(job.content, MATHS), theirs(job.content, MATHS)
        assert made.content == known.content
        outlines = [sorted(glyph.outline for glyph in one.glyphs) for one in (made, known)]
        assert outlines[0] == outlines[1]
        assert lengths(made) == pytest.approx(lengths(known), abs=0.02)


def test_few_of_them_are_typeset(monkeypatch):
    """A network of 25 equations asked for 1,350 derivatives and labels of Typst."""
    jobs, setter = asked(SYSTEMS["network of 25 equations"]), FractionSetter()
    pages = []
    typeset = FractionSetter._set
    monkeypatch.setattr(FractionSetter, "_set", lambda self, asked: typeset(self, pages.extend(asked) or pages[:]))
    setter.prepare(jobs)
    assert len(jobs) > 1000
    assert len(set(pages)) < 350

"""Vectors and matrices typed on a page: what its script computes is what Python does, and what is mistyped is said."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.ops.arrays import ARRAYS
from graphviz_ad.core.request import Request
from graphviz_ad.formats.page import page as page_module
from graphviz_ad.lesson.array_system import ArraySystem
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.adjoints import array_adjoints
from graphviz_ad.point.arrays.evaluation import derivative
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.sources import SourceText
from tests.array_systems import COURSE
from tests.pages import go_to, html

DENSE = "W: 2x3; x: 3; t: 2; y = W x; L = ||y - t||^2"
AT = {"W": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), "x": (0.1, 0.2, -0.1), "t": (1.0, 0.0)}


def of(source: str, **asked: object) -> ArraySystem:
    found, _ = read(SourceText(source, "text"), Request(**asked))
    assert isinstance(found, ArraySystem)
    return found


def last(page) -> int:
    go_to(page, number := int(page.get_attribute("#step", "max")))
    return number


def said(page, graph: str = "full") -> dict[str, dict[str, object]]:
    """The numbers of the backward graph, by nodes and by the ends of arrows."""
    return page.evaluate(
        """graph => {
          const all = document.querySelectorAll(`#${graph}-backward :is([data-value], [data-slope])`);
          const known = { value: {}, adjoint: {}, slope: {} };
          for (const { dataset } of all) for (const kind of Object.keys(known))
            if (dataset[kind]) known[kind][dataset.node ?? dataset.ends] = JSON.parse(dataset[kind]);
          return known;
        }""",
        graph,
    )


def typed(page, graph: Graph) -> dict[str, object]:
    """What stands in the fields of the inputs."""
    fields = page.evaluate(
        """[...document.querySelectorAll(".given")].map(given => [given.dataset.node,
          [...given.querySelectorAll("input[type=number], textarea")].map(field => field.value)])"""
    )
    made = {}
    for node, texts in fields:
        shape, values = graph.nodes[int(node)].type.shape, [json.loads(text) for text in texts]
        made[graph.name(int(node))] = np.reshape(values, shape) if shape else values[0]
    return made


@pytest.mark.parametrize("name", COURSE)
def test_numbers_are_those_of_python(visit, name):
    """At the point that the page begins with."""
    whole = of(COURSE[name])
    page = visit(whole)
    page.check("input[value=full]")
    last(page)
    assert page.inner_text("#remark") == ""
    graph, view = whole.graph, whole.graph_views.full
    found = array_values(graph, typed(page, graph))
    known = said(page)
    assert {int(node) for node in known["value"]} == set(view.names)
    for node, value in known["value"].items():
        np.testing.assert_allclose(value, found[int(node)], rtol=1e-12, atol=1e-14)
    of_number = graph.outputs[0] if np.ndim(found[graph.outputs[0]]) == 0 else None
    bars = {} if of_number is None else array_adjoints(graph, of_number, found)
    assert {int(node) for node in known["adjoint"]} == set(bars) & set(view.names)
    for node, bar in known["adjoint"].items():
        np.testing.assert_allclose(bar, bars[int(node)], rtol=1e-9, atol=1e-12)
    for ends, slope in known["slope"].items():
        left, right = map(int, ends.split())
        right_one = derivative(graph, left, right, found, frozenset(view.names))
        np.testing.assert_allclose(slope, right_one, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "op", [op for op in ARRAYS.values() if op.name not in ("block", "index_sum")], ids=lambda op: op.name
)
def test_every_operation_is_computed(op):
    """Of those that are in derivatives alone there is no need."""
    script = (Path(page_module.__file__).parent / "assets" / "arrays.js").read_text("utf-8")
    values, handed = script.partition("const HANDED")[::2]
    assert op.factors is not None or f"\n  {op.name}: " in values
    assert op.factors is not None or not op.params or op.name == "vcat" or f"\n  {op.name}: " in handed


def test_a_page_needs_no_numpy(monkeypatch):
    """As in a browser, whose Python has none."""
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert 'aria-label="W, row 2, column 3"' in html(of(DENSE, at=AT))


@pytest.mark.parametrize(
    ("at", "message"),
    [
        (AT | {"x": (1.0, 2.0)}, "'x' is declared as 3 and given as 2"),
        (AT | {"W": 3.0}, "'W' is 2 × 3, and is given a number"),
        (AT | {"W": ((1.0, 2.0, 3.0), (4.0,))}, "the value of 'W' has rows of different lengths"),
    ],
)
def test_a_value_of_another_shape_is_refused(at, message):
    with pytest.raises(AdgraphError, match=re.escape(message)):
        html(of(DENSE, at=at))


def test_an_adjoint_stands_in_the_place_of_the_shape(visit):
    page = visit(DENSE, {"at": AT})
    shapes = page.locator("#simplified-backward .node .legend-text")
    for step, seen in ((4, 4), (last(page), 0)):
        go_to(page, step)
        assert shapes.evaluate_all("all => all.filter(one => getComputedStyle(one).display !== 'none').length") == seen


# ---- typing


def entry(page, name: str, row: int, column: int = 1):
    return page.get_by_label(f"{name}, row {row}, column {column}", exact=True)


def number(page, graph: Graph, name: str, kind: str = "value") -> object:
    return said(page)[kind][str(graph.places[name])]


def opened(visit, source: str = DENSE, **asked: object):
    whole = of(source, **asked)
    page = visit(whole)
    page.check("input[value=full]")
    last(page)
    page.click("#opener")
    return page, whole.graph


def test_an_entry_that_is_typed_is_computed_with(visit):
    page, graph = opened(visit, at=AT)
    assert number(page, graph, "y") == pytest.approx([0.2, 0.8])
    entry(page, "W", 2, 3).fill("-4")
    assert number(page, graph, "y") == pytest.approx([0.2, 1.8])
    assert number(page, graph, "W", "adjoint") == [
        pytest.approx([-0.16, -0.32, 0.16]),
        pytest.approx([0.36, 0.72, -0.36]),
    ]


def test_the_result_and_the_gradients_in_the_drawer_follow(visit):
    page, _ = opened(visit, at=AT)
    page.check("input[name=wrt] >> nth=1")
    entry(page, "t", 1).fill("0.2")
    shown = page.locator(".given .gradient").evaluate_all("all => all.map(one => JSON.parse(one.dataset.gradient))")
    assert shown[1] == pytest.approx([6.4, 8, 9.6])
    assert page.get_attribute("#lines", "aria-label").endswith("the derivative is 6.4; 8; 9.6")


@pytest.mark.parametrize("pasted", ["[[1, 0, 0], [0, 1, 0]]", "1 0 0\n0 1 0", "1\t0\t0\n0\t1\t0", "1,0,0;0,1,0"])
def test_a_whole_matrix_is_pasted_at_once(visit, pasted):
    page, graph = opened(visit, at=AT)
    entry(page, "W", 1).evaluate(
        """(field, text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", text);
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        pasted,
    )
    assert number(page, graph, "W") == [[1, 0, 0], [0, 1, 0]]


LARGE = "X: 7x2; w: 2; t: 7; L = ||X w - t||^2"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2, 3, 4, 5, 6, 7]", ""),
        ("1\n2\n3\n4\n5\n6\n7", ""),
        ("1 2 3 4 5 6 −7", ""),
        ("[1, 2, 3]", "7 numbers are needed here; these are 1 × 3."),
        ("[1, 2, 3, 4, 5, 6, seven]", "“seven” is no number."),
        ("", "7 numbers are needed here; these are 0 in rows that differ."),
        ("1 2 3 4; 5 6 7", "7 numbers are needed here; these are 7 in rows that differ."),
    ],
)
def test_a_larger_array_is_typed_as_a_list(visit, text, message):
    page, graph = opened(visit, LARGE)
    page.get_by_label("Value of t", exact=True).fill(text)
    assert page.locator(".given .trouble").nth(2).inner_text() == message
    assert ("L" in {graph.nodes[int(node)].name for node in said(page)["value"]}) == (not message)


@pytest.mark.parametrize("text", ["", "e"])
def test_an_entry_that_is_no_number(visit, text):
    page, _ = opened(visit, at=AT)
    field = entry(page, "x", 2)
    field.press_sequentially(text) if text else field.fill("")
    if text:
        field.press("ControlOrMeta+a")
        field.press_sequentially(text)
    assert page.locator(".given .trouble").nth(1).inner_text() == "A number is needed here."
    assert field.get_attribute("aria-invalid") == "true"
    assert said(page)["value"] == {}
    field.fill("2")
    assert page.locator(".given .trouble").nth(1).inner_text() == ""
    assert field.get_attribute("aria-invalid") == "false"


def test_what_has_no_value_is_said_at_its_input(visit):
    page, _ = opened(visit, "x: 2; y = log(x); s = sum(y)", at={"x": (1.0, 2.0)})
    entry(page, "x", 2).fill("-1")
    message = "In the equation of y: log(x) is not defined at x = −1: it needs x > 0."
    assert page.locator(".given .trouble").inner_text() == message


def test_a_singular_matrix(visit):
    page, _ = opened(visit, "A: 2x2; x: 2; y = A^-1 x; s = sum(y)", at={"A": ((1.0, 2.0), (3.0, 4.0)), "x": (1.0, 1.0)})
    entry(page, "A", 2, 2).fill("6")
    assert page.locator(".given .trouble").first.inner_text() == "A singular matrix has no inverse."


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("W: m x n; x: n; y = W x", "A size that is a letter has no numbers to type."),
        ("W: 90x90; x: 90; y = W x", "8,280 entries are too many to be computed on a page."),
    ],
)
def test_what_is_not_typed_is_said(visit, source, why):
    page = visit(source)
    assert page.inner_text("#remark") == f"{why} For numbers, make the page with values: --at."
    for absent in ("#opener", "#drawer", "#answer >> visible=true", "input[name=values]", ".value use"):
        assert page.locator(absent).count() == 0


@pytest.mark.parametrize(
    ("layout", "slopes", "result"),
    [
        ("numerator", [[-1.6, 1.6], [[1, 2, 3], [4, 5, 6]]], "4.8, 4.8, 4.8"),
        ("denominator", [[-1.6, 1.6], [[1, 4], [2, 5], [3, 6]]], "4.8; 4.8; 4.8"),
    ],
)
def test_numbers_stand_as_the_layout_has_them(visit, layout, slopes, result):
    """2(y − t)ᵀ and W, or 2(y − t) and Wᵀ; a row in words has commas, a column semicolons."""
    whole = of(DENSE, at=AT, layout=layout)
    page = visit(whole)
    page.check("input[name=wrt] >> nth=1")
    last(page)
    known, places = said(page, "simplified")["slope"], whole.graph.places
    ends = [f"{places['L']} {places['y']}", f"{places['y']} {places['x']}"]
    for end, slope in zip(ends, slopes, strict=True):
        np.testing.assert_allclose(known[end], slope)
    assert page.get_attribute("#lines", "aria-label").endswith(f"the derivative is {result}")

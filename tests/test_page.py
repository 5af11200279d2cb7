"""The page, in a real browser: every control, its numbers against Python's, and names from the reader staying text.

Needs Debian's package `chromium` (or another Chromium on the PATH); without one these tests are skipped.
"""

import json
import math
import re
from pathlib import Path

import pytest

from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Rounded
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.request import Request
from graphviz_ad.formats import find
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import render
from tests.conftest import system
from tests.pages import SINE, SQUARE, TWO_PATHS, fill, html, open_inputs, open_menu, step

# ---- without a browser


def test_two_runs_give_the_same_bytes():
    assert html(SINE) == html(SINE)


def test_the_page_needs_nothing_else():
    """No address but names of SVG's, no inline style and no event handler."""
    text = html(SINE).replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"https?:|//\w|<link rel=.stylesheet|@import|url\(", text)
    body = text[text.index("<body>") : text.rindex("<script>")]
    assert not re.findall(r"\s(on\w+|style)=", body)


def test_the_policy_names_the_scripts_and_the_style():
    text = html(SINE)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1].replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>", "</script>", "<!--", "]]>", "&lt;", "\u2028", '"', "'"]
)
def test_names_stay_text(name):
    text = html(f"y_{{{name}}} = 2*x_{{{name}}}")
    assert text.count("<script") == text.count("</script>") == 3
    assert "<img" not in text
    assert json.loads(text.split('id="data">')[1].split("</script>")[0])["names"]["0"] == f"x_{{{name}}}"


def layers(*sizes: int) -> str:
    """A network of sigmoids with a squared error."""
    equations, before = [], [f"x_{k}" for k in range(sizes[0])]
    for layer, size in enumerate(sizes[1:], 1):
        for k in range(size):
            total = " + ".join(f"w{layer}_{k}{j}*{name}" for j, name in enumerate(before))
            equations.append(f"h{layer}_{k} = sigmoid({total} + b{layer}_{k})")
        before = [f"h{layer}_{k}" for k in range(size)]
    return "; ".join([*equations, "L = " + " + ".join(f"({name} - t_{k})^2" for k, name in enumerate(before))])


@pytest.mark.parametrize("source", [
    "; ".join(f"h_{k + 1} = tanh(w_{k + 1}*h_{k} + b_{k + 1})" for k in range(17))
    + "; L = (h_17 - t)^2 + 0.1*(w_1^2 + w_2^2 + w_3^2)",
    layers(3, 3, 3, 2),
], ids=["a chain of layers", "a network"])  # fmt: skip
def test_a_hundred_nodes_weigh_less_than_half_a_megabyte(source):
    whole = system(source)
    assert len(whole.graph.nodes) >= 100
    assert len(html(whole).encode()) < 500_000


@pytest.mark.parametrize("source", ["h=sigmoid(a*x+b); y=sigmoid(c*h+d)", layers(2, 3, 2)])
def test_formulas_that_are_nearly_the_same(source):
    """Runs of glyphs that differ by less than is seen do not use each other without end."""
    assert "<svg" in html(source)


def test_a_template_of_the_readers_own():
    template = "<title>{{ title }}</title>{% for f in figures %}<svg id='{{ f.id }}'>{{ f.body }}</svg>{% endfor %}"
    text = html(SQUARE, Request(template=template))
    assert text.startswith("<title>y = 2*x^3 + 3; z = y^2</title><svg id='simplified-forward'><g")


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("a\n{% for %}", "the template, line 2: Expected an expression"),
        ("a\n\n{{ titel }}", "the template, line 3: 'titel' is undefined"),
        ("{{ title.__class__.__mro__ }}", "the template, line 1: access to attribute '__class__'"),
        ("{% include '/etc/passwd' %}", "the template, line 1: no loader"),
        ("{{ 1 / 0 }}", "the template, line 1: division by zero"),
    ],
)
def test_a_bad_template_is_an_error_with_its_line(template, message):
    with pytest.raises(AdgraphError, match=re.escape(message)) as caught:
        html(SQUARE, Request(template=template))
    assert "it is given title, equations" in caught.value.hint


def test_a_sheet_without_a_system_has_no_page():
    with pytest.raises(AdgraphError, match="html is made of a system"):
        render(Sheet("z", (), ()), find("html"), Request())


def heights(text: str, figure: str) -> dict[str, float]:
    """How far below the top the nodes of a figure are, by what is said of them."""
    start = text.index(f'id="{figure}"')
    nodes = re.findall(
        r'class="node" data-node="\d+" transform="translate\([-\d.]+ ([-\d.]+)\)"><title>(\w+ \w+)',
        text[start : text.index("</svg>", start)],
    )
    return {name: float(y) for y, name in nodes}


def test_variables_stand_in_the_order_that_is_asked_for():
    usual, asked = (
        heights(html("y = a*b", Request(stacked=order)), "simplified-forward") for order in ((), ("b", "a"))
    )
    assert usual["input a"] < usual["input b"]
    assert asked["input b"] < asked["input a"]


def test_it_is_said_where_an_order_does_nothing():
    said = []
    made = system("y = sin(x); z = y*t")
    request = Request(stacked=("x", "y"))
    render(sheet_of(made, ("forward",)), find("html"), request, say=said.append)
    assert said == ["x and y share no column, so that --order and --pin do nothing for them"]


def test_a_title_is_its_heading():
    text = str(render(sheet_of(system(SINE), ()).replace(title="A <b> neuron"), find("html"), Request()))
    assert "<h1>A &lt;b&gt; neuron</h1>" in text


# ---- in the browser


def opacity(page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("element => getComputedStyle(element).opacity"))


def seen(page, inside: str) -> set[str]:
    """Which parts of the arrows of the shown graph are seen."""
    figure = page.locator("figure[aria-hidden=false] svg.figure")
    classes = figure.locator(f".edge {inside}").evaluate_all(
        "parts => parts.filter(p => { const s = getComputedStyle(p); return s.opacity > 0 && s.display !== 'none' })"
        ".map(p => p.getAttribute('class'))"
    )
    return set(classes)


def grown(page) -> int:
    """How many factors of the chain's first line are seen."""
    return page.locator(".row").first.locator(".token:not(.sign):not(.ungrown)").count()


def test_the_steps(visit):
    """Nodes and bare arrows, d/d, fractions, derivatives, then the chain factor by factor, and its result."""
    page = visit(SQUARE, {"at": {"x": 0.5}})
    parts = ".label-text > use, .slope"
    expected = [
        (0, set()),
        (1, set()),
        (2, {"bare ordinary"}),
        (3, {"fraction ordinary"}),
        (4, {"fraction ordinary", "performed", "slope"}),
    ]
    for number, visible in expected:
        assert (step(page), page.locator("html").get_attribute("data-stage")) == (number, str(number))
        assert {name for part in parts.split(", ") for name in seen(page, part)} == visible
        page.keyboard.press("ArrowRight")
    growing = []
    for _ in range(3):
        growing.append((grown(page), page.locator(".result.ungrown, .result .ungrown, .token.ungrown").count() == 0))
        page.keyboard.press("ArrowRight")
    assert growing == [(1, False), (2, False), (2, True)]
    assert step(page) == 7  # the last: no further step
    page.keyboard.press("ArrowLeft")
    assert step(page) == 6


def test_every_way_to_step(visit):
    page = visit(SQUARE)
    page.click("#on")
    page.click("#on")
    page.click("#back")
    assert step(page) == 1
    page.click("#phases >> text=Fractions")
    assert step(page) == 3
    page.locator("#step").fill("6")  # as dragging does
    assert (step(page), page.locator(".edge.current").count() > 0) == (6, True)
    page.focus("#step")
    page.keyboard.press("Home")
    assert step(page) == 0
    page.click("#back", force=True)  # it says that it does nothing here
    assert step(page) == 0


def test_a_step_is_said(visit):
    page = visit(SQUARE)
    page.click("#phases >> text=Chain")
    assert page.inner_text("#live") == "The chain begins at the output. dz/dy = 2*y"
    assert page.get_attribute("#step", "aria-valuetext") == "Step 5 of 7: The chain begins at the output. dz/dy = 2*y"
    assert page.get_attribute("#lines", "aria-label") == "dz/dx, so far: dz/dy = 2*y"
    page.click("#phases >> text=Result")
    assert page.get_attribute("#lines", "aria-label").startswith(
        "dz/dx = dz/dy*dy/dx = 2*y*6*x^2 = 12*x^2*(2*x^3 + 3); the derivative is"
    )


def test_switches(visit):
    page = visit(SINE)
    page.click("#phases >> text=Derivatives")
    assert seen(page, ".fraction") == {"fraction ordinary", "fraction partial"}
    open_menu(page)
    for symbol, only in (("d", "ordinary"), ("partial", "partial")):
        page.check(f"input[name=symbol][value={symbol}]")
        assert seen(page, ".fraction") == {f"fraction {only}"}
    page.check("input[value=full]")
    assert page.locator("figure[aria-hidden=false] svg.figure").get_attribute("id") == "full-backward"
    assert seen(page, ".slope") == {"slope"}
    open_inputs(page)
    open_menu(page)
    page.uncheck("input[name=values]")
    assert seen(page, ".slope") == set()
    assert not page.locator("#drawer, #opener").locator("visible=true").count()
    before = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.check("input[name=dark]")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != before


def places(page) -> list[str]:
    """Where everything of the graph that is shown stands."""
    return page.locator("figure[aria-hidden=false] svg.figure").evaluate(
        "figure => [...figure.querySelectorAll('g.node, g.label-text, path.arrow')]"
        ".map(part => part.getAttribute('d') ?? part.getAttribute('transform'))"
    )


@pytest.mark.parametrize("graph", ["simplified", "full"])
@pytest.mark.parametrize("at", [{}, {"a": 1.0, "x": 2.0, "b": 0.5}], ids=["without a point", "at a point"])
def test_figures_have_room_for_numbers_while_they_are_shown(visit, at, graph):
    page = visit(SINE, {"at": at})
    page.check(f"input[name=graph][value={graph}]")
    page.click("#phases >> text=Derivatives")
    assert seen(page, ".slope") == {"slope"}
    roomy = places(page)
    open_menu(page)
    page.uncheck("input[name=values]")
    plain = places(page)
    written = page.context.browser.new_context(java_script_enabled=False).new_page()
    written.goto(page.url)
    body = written.locator(f"#{graph}-backward").evaluate(
        "figure => [...figure.querySelectorAll('g.node, g.label-text, path.arrow')]"
        ".map(part => part.getAttribute('d') ?? part.getAttribute('transform'))"
    )
    written.context.close()
    assert body == (roomy if at else plain) != (plain if at else roomy)
    page.check("input[name=values]")
    assert places(page) == roomy


def test_a_derivative_that_is_written_with_parts(visit):
    page = visit("y=sin(x)*cosh(x)*arctan(x)*exp(x)*log(x)*tanh(x)*sqrt(x)*erf(x)")
    page.click("#phases >> text=Result")
    assert page.inner_text("#words") == "The derivative, multiplied out."
    assert page.locator(".token.result").inner_html() != ""
    assert grown(page) == 2


@pytest.mark.parametrize("value", [1.0, 12345.678, -1.5e-9, -3e10])
@pytest.mark.parametrize("source", [SINE, TWO_PATHS, "y = a*b*c; z = y*a"])
def test_numbers_touch_nothing(visit, source, value):
    """A number behind a derivative ends before the arrow's tip, and in its own label's row."""
    page = visit(source)
    page.click("#phases >> text=Derivatives")
    fill(page, {"x" if "x" in source else "c": value})
    touching = page.locator("figure[aria-hidden=false] svg.figure").evaluate(
        """figure => {
          const boxes = selector => [...figure.querySelectorAll(selector)].map(e => e.getBoundingClientRect());
          const touch = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
          const others = boxes('circle, path:not(.arrow, .hit), .value, .adjoint');
          return boxes('.slope').filter(a => a.width && others.some(b => b.width && touch(a, b))).length;
        }"""
    )
    assert touching == 0


def test_a_point_outside_the_domain_leaves_no_row_of_signs(visit):
    page = visit("y = log(x); z = y^2")
    page.click("#phases >> text=Result")
    assert page.locator(".row.numeric .token").first.is_visible()
    fill(page, {"x": -1.0})
    assert not page.locator(".row.numeric .token").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_reader(visit, scheme):
    page = visit(SQUARE, color_scheme=scheme)
    assert page.is_checked("input[name=dark]") == (scheme == "dark")
    red = page.evaluate("getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/)[0]")
    assert (int(red) < 100) == (scheme == "dark")


def test_a_node_shows_its_paths(visit):
    page = visit("y = sin(x); w = cos(x); z = y*w")
    page.click("#phases >> text=Derivatives")
    node = page.locator("#simplified-backward .node", has_text="variable y")
    node.hover()
    assert page.locator("#simplified-backward .edge.traced").count() == 2
    assert page.locator("#simplified-backward .edge.self, #simplified-backward .node.self").count() == 1
    assert page.inner_text("#words") == "This node is on 1 of the 2 paths of the chain."
    first = page.locator(".row").first
    assert first.locator(".own:not(.sign)").count() == 2  # ∂z/∂y · dy/dx
    assert first.locator(".apart:not(.sign)").count() == 2
    page.mouse.move(1, 1)
    assert page.locator(".traced, .own, .apart").count() == 0


def test_an_arrow_is_held_by_a_tap_and_let_go_by_escape(visit):
    page = visit("y = sin(x); w = cos(x); z = y*w", has_touch=True)
    page.click("#phases >> text=Derivatives")
    arrow = page.locator("#simplified-backward .edge").first
    arrow.locator(".label-text").tap()
    assert arrow.get_attribute("aria-pressed") == "true"
    assert page.inner_text("#words") == "This arrow is on 1 of the 2 paths of the chain."
    page.keyboard.press("Escape")
    assert page.locator(".tracing").count() == 0


def test_an_input_that_is_tapped_is_that_of_the_chain(visit):
    page = visit(SINE)
    page.click("#phases >> text=Derivatives")
    page.locator("#simplified-backward .node", has_text="input b").click()
    assert page.locator("#lines").get_attribute("aria-label").startswith("∂z/∂b")
    page.check("input[name=wrt] >> nth=0")
    assert page.locator("#lines").get_attribute("aria-label").startswith("∂z/∂a")


def test_the_keyboard_alone(visit):
    """Tab goes to each control and once into the graph; there ↑ and ↓ go on, Enter holds, Escape lets go."""
    page = visit(SQUARE)
    reached = []
    for _ in range(11):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "[document.activeElement].map(e => e.getAttribute('aria-label') ?? (e.name || e.innerText))[0]"
            )
        )
    assert reached == ["graph", "Inputs", "Menu", "input x, value 0.5", "Smaller", "Larger", "All of the graph",
                       "One step back", "Step", "One step on", "Forward"]  # fmt: skip
    for _ in range(7):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "input x, value 0.5"
    assert page.locator(".tracing").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".tracing").count() == 0
    assert page.evaluate("document.activeElement.matches(':focus-visible')")


# ---- numbers


def numbers(page, attribute: str) -> dict[str, float]:
    """The numbers that the shown figure has, in full, by node or arrow."""
    return page.evaluate(
        """name => Object.fromEntries([...document.querySelectorAll(`figure[aria-hidden=false] [data-${name}]`)]
        .filter(e => e.dataset[name] !== "")
        .map(e => [e.dataset.node ?? e.dataset.ends.replace(' ', ','), Number(e.dataset[name])]))""",
        attribute,
    )


def assert_as_python(page, whole: System, at: dict[str, float], tolerance: float = 1e-12) -> None:
    """Values, adjoints and slopes of the graph that is shown are those of `adgraph eval`."""
    expected = System(whole.graph, whole.request.replace(at=at))
    full = page.locator("html").get_attribute("data-graph") == "full"
    known = expected.numbers[full]
    values, slopes = numbers(page, "value"), numbers(page, "slope")
    assert values
    assert not any(math.isnan(known.found[int(node)]) for node in values)
    for node, value in values.items():
        assert math.isclose(value, known.found[int(node)], rel_tol=tolerance, abs_tol=1e-15), (at, node)
    there = {edge: slope for edge, slope in known.slopes.items() if not math.isnan(slope)}
    assert slopes.keys() == {f"{of},{wrt}" for of, wrt in there}
    for (of, wrt), slope in there.items():
        assert math.isclose(slopes[f"{of},{wrt}"], slope, rel_tol=tolerance, abs_tol=1e-15), (at, of, wrt)
    for of, row in expected.evaluation.gradient.items():
        if len(expected.evaluation.gradient) == 1:
            shown = page.locator(".gradient").evaluate_all("all => all.map(e => Number(e.dataset.gradient))")
            for (name, value), number in zip(row.items(), shown, strict=True):
                assert math.isclose(number, value, rel_tol=tolerance, abs_tol=1e-15), (of, name, at)


@pytest.mark.parametrize(
    ("source", "points"),
    [
        (SINE, [{"a": 0.5, "x": 2.0, "b": -1.0}, {"a": -3.5, "x": 1e-3, "b": 40.0}]),
        ("z = w*x+b; a = sigmoid(z); L = -(t*log(a)+(1-t)*log(1-a))", [{"w": 2.0, "x": -1.0, "b": 0.25, "t": 1.0}]),
        ("f(u) = u^3 + sin(u); y = f(2x) * f(x)", [{"x": 0.7}]),
    ],
)  # fmt: skip
def test_numbers_are_those_of_eval(visit, source, points):

    whole = system(source, keep_functions=True)
    page = visit(whole)
    page.click("#phases >> text=Derivatives")
    for graph in ("simplified", "full"):
        page.check(f"input[value={graph}]")
        for at in points:
            fill(page, at)
            assert_as_python(page, whole, at)


def samples(op: str) -> list[tuple[float, ...]]:
    """Points across the table's intervals, and far out where value and derivative exist there."""
    row = OPS[op]
    inside = [tuple(low + (high - low) * share for low, high in row.sample) for share in (0.03, 0.37, 0.71, 0.96)]
    far = [tuple(20.0 * bound[end] for bound in row.sample) for end in (0, 1)]
    return inside + [point for point in far if exists(op, point)]


def exists(op: str, point: tuple[float, ...]) -> bool:
    try:
        return bool(system(f"f = {applied(op)}", at=dict(zip("xy", point, strict=False))).numbers)
    except AdgraphError:
        return False


def applied(op: str, x: str = "x", y: str = "y") -> str:
    """One operation of the table on variables."""
    signs = {"add": "{x} + {y}", "sub": "{x} - {y}", "mul": "{x}*{y}", "div": "{x}/{y}", "pow": "{x}^{y}",
             "neg": "-{x}", "copy": "{x}", "greater": "[{x} > {y}]*{x}", "greater_equal": "[{x} >= {y}]*{x}",
             "less": "[{x} < {y}]*{x}", "less_equal": "[{x} <= {y}]*{x}",
             "where": "where([{x} > 1], {y}, 2*{x})", "pi": "pi*{x}", "e": "e*{x}"}  # fmt: skip
    call = op + ("({x}, {y})" if len(OPS[op].params) == 2 else "({x})")
    return signs.get(op, call).format(x=x, y=y)


def test_every_operation_computes_as_python_does(visit):
    """All in one page: an output and inputs of its own for each."""
    points = {op: samples(op) for op in OPS}
    whole = system("; ".join(f"f_{k} = {applied(op, f'x_{k}', f'y_{k}')}" for k, op in enumerate(OPS)))
    inputs = {whole.graph.nodes[index].name for index in whole.graph.inputs()}
    page = visit(whole)
    page.click("#phases >> text=Derivatives")
    for turn in range(max(map(len, points.values()))):
        rows = (those[min(turn, len(those) - 1)] or (1.5,) for those in points.values())
        named = {
            f"{name}_{k}": value for k, row in enumerate(rows) for name, value in zip("xy", (*row, 1.5), strict=False)
        }
        at = {name: value for name, value in named.items() if name in inputs}
        page.evaluate(
            """at => { for (const row of document.querySelectorAll('.given')) {
              const name = row.querySelector('label .unseen').textContent.replace('Value of ', '');
              const field = row.querySelector('input'); field.value = at[name];
              field.dispatchEvent(new Event('input', { bubbles: true })); } }""",
            at,
        )
        assert_as_python(page, whole, at)


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ("y = isru(x)*x", [{"x": 0.4}, {"x": -2.5}]),
        ("f(u) = isru(u); y = f(2x) + f(x)", [{"x": 0.7}]),
    ],
)
def test_an_operation_that_is_one_row_is_composed(visit, isru, source, points):
    whole = system(source, keep_functions=True)
    page = visit(whole)
    page.click("#phases >> text=Derivatives")
    for at in points:
        fill(page, at)
        assert_as_python(page, whole, at)


@pytest.mark.parametrize(("n", "y"), [(0.0, 1), (1.5, 0)])
def test_the_slope_of_a_power_of_0(visit, n, y):
    """x^0 has one at 0; and that by n, a parameter, which has none at 0, is not asked for."""
    page = visit("y = x^n", {"wrt": ("x",)})
    page.click("#phases >> text=Derivatives")
    fill(page, {"x": 0.0, "n": n})
    assert page.locator(".trouble").all_inner_texts() == ["", ""]
    assert (numbers(page, "value"), numbers(page, "slope")) == ({"0": 0, "2": y}, {"2,0": 0})


@pytest.mark.parametrize(
    ("source", "at", "message"),
    [
        ("y = log(x)", {"x": -1.0}, "In the equation of y: log(x) is not defined at x = −1: it needs x > 0."),
        ("a = 2; y = 1/(x - a)", {"x": 2.0}, "In the equation of y: 1/(x - a) is not defined at x - a = 0: "
         "the denominator must not be 0."),
        ("y = sqrt(x)", {"x": 0.0}, "In the equation of y: the derivative of sqrt(x) has no value at x = 0: "
         "it needs x > 0."),
        ("y = arcsin(x)", {"x": 1.5}, "In the equation of y: arcsin(x) is not defined at x = 1.5: "
         "it needs -1 ≤ x ≤ 1."),
        ("y = exp(x)", {"x": 1000.0}, "In the equation of y: exp(x) is too large for a floating-point number "
         "at x = 1000."),
        ("y = x^0.5", {"x": -2.0}, "In the equation of y: x^0.5 is not defined at x = −2: the base must be positive, "
         "or the exponent an integer; 0 has no negative powers."),
    ],
)  # fmt: skip
def test_outside_a_domain_the_input_says_why(visit, source, at, message):
    page = visit(source)
    page.click("#phases >> text=Derivatives")
    assert numbers(page, "value")
    fill(page, at)
    assert page.inner_text(".trouble") == message
    assert page.get_attribute(".given input", "aria-invalid") == "true"
    assert page.locator("figure[aria-hidden=false] .value use").count() == 0  # no NaN anywhere
    page.get_by_label("Value of x", exact=True).fill("0.9")
    assert page.inner_text(".trouble") == ""
    assert page.locator("figure[aria-hidden=false] .value use").count() > 0


@pytest.mark.parametrize(("words", "message"), [("", "A number is needed here."), ("-", "A number is needed here.")])
def test_what_is_no_number(visit, words, message):
    page = visit(SQUARE)
    open_inputs(page)
    page.get_by_label("Value of x", exact=True).press_sequentially("\b" * 8 + words)
    page.get_by_label("Value of x", exact=True).fill("") if not words else None
    assert page.inner_text(".trouble") == message


def test_a_kink_is_said(visit):
    page = visit("y = relu(x)")
    fill(page, {"x": 0.0})
    assert page.inner_text("#remark") == (
        "In the equation of y: relu(x) has a kink at x = 0; the derivative taken: 0 at x = 0; "
        "to the left dy/dx is 0, to the right dy/dx is 1."
    )


@pytest.mark.parametrize(
    ("source", "points"),
    [
        ("y = -(max(-x, 0) + log1p(exp(-abs(x))))", [{"x": 0.0}, {"x": 1.0}]),
        ("u = -(max(-x, 0) + log1p(exp(-abs(x)))); y = u + abs(x)", [{"x": 0.0}]),
        ("y = max(x, z) + min(z, x) + max(0, x)", [{"x": 0.0, "z": 0.0}, {"x": 2.0, "z": 2.0}]),
        ("y = [x^2 > 0]*sin(x) + sign(x)*x", [{"x": 0.0}]),
        ("y = [x < 1]*(2 - x) + [x >= 1]*x^3", [{"x": 1.0}]),
        ("f(u) = max(u, 0); y = f(x) - f(-x)", [{"x": 0.0}]),
        ("y = [x >= 0]*x + [x < 0]*sqrt(-x)", [{"x": 1.0}, {"x": -4.0}, {"x": 0.0}]),
        ("y = [x > 1]*sin(x)/x + x", [{"x": 0.0}, {"x": 2.0}]),
        ("y = x^b + b", [{"x": 0.0, "b": 2.0}]),
    ],
)
def test_numbers_at_kinks_are_those_of_eval(visit, source, points):
    whole = system(source, keep_functions=True)
    page = visit(whole)
    page.click("#phases >> text=Derivatives")
    for graph in ("simplified", "full"):
        page.check(f"input[value={graph}]")
        for at in points:
            fill(page, at)
            assert_as_python(page, whole, at)


def test_kinks_that_cancel_are_said_and_no_chain_ends_in_a_number_that_it_does_not_make(visit):
    page = visit("y = -(max(-x, 0) + log1p(exp(-abs(x))))")
    page.click("#phases >> text=Result")
    fill(page, {"x": 0.0})
    assert page.inner_text("#remark") == (
        "dy/dx = 0.5 at x = 0, the slope to both sides; "
        "what is taken at the kinks of max(-x, 0) and abs(x) would make it 0."
    )
    assert page.locator("#lines .result svg").count() == 0
    fill(page, {"x": 1.0})
    assert page.locator("#lines .result svg").count() == 1


def test_a_slider_moves_its_field_and_the_field_its_slider(visit):
    page = visit(SQUARE)
    open_inputs(page)
    page.focus(".given input[type=range]")
    page.keyboard.press("End")
    assert (page.input_value(".given input[type=number]"), page.input_value(".given input[type=range]")) == ("3", "3")
    fill(page, {"x": 10.0})
    assert page.input_value(".given input[type=range]") == "10"
    assert float(page.get_attribute(".given input[type=range]", "max")) >= 10


def test_numbers_are_written_as_in_figures(visit):
    page = visit("y = a*x", {"digits": 4})
    heard, written = {}, {}
    for x in (2.5, -0.0001, 123456.0, 1e-9, 2e15, 1 / 3, 0.00012345, 6.1013e-5, 1e-6, 6.1013e-10, 123456789012.0):
        fill(page, {"a": 1.0, "x": x})
        label = page.locator("#simplified-forward .node", has_text="output").get_attribute("aria-label")
        heard[x] = label.removeprefix("output y, value ")
        number = write(Rounded(x, 4), Plain()).replace("-", "−")
        written[x] = re.sub(r"e(.*)", r" times 10 to the \1", number)
    assert heard == written


# ---- other readers


def test_without_scripts_the_figures_are_there(visit):
    page = visit(SINE, {"at": {"a": 1.0, "x": 2.0, "b": 3.0}}, java_script_enabled=False)
    figures = page.locator("svg.figure")
    assert figures.count() == 4
    assert all(figure.is_visible() for figure in figures.all())
    assert page.locator(".static svg").count() == 3
    assert not page.locator(".scripted >> visible=true").count()
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.locator("body").bounding_box()["width"] == 375
    assert max(figure.bounding_box()["x"] for figure in page.locator("figure").all()) < 375
    assert page.locator(".bare >> visible=true").count() == 0


def test_the_script_draws_formulas_as_they_are_without_it(visit):
    """It makes one path of each: glyph by glyph in the same places."""

    def boxes(**how: object) -> list[dict[str, float]]:
        page = visit("y_1=sin(a*x_1/2+b)^2; z=y_1/x_1", {"at": {"a": 1.0, "x_1": 2.0, "b": 3.0}}, **how)
        shown = page.locator("svg:visible use")
        return [box for use in shown.all() if use.is_visible() and (box := use.bounding_box())]

    made = {(round(box["width"]), round(box["height"])) for box in boxes()}
    plain = {(round(box["width"]), round(box["height"])) for box in boxes(java_script_enabled=False)}
    assert max(plain)[0] > 100
    assert len(made & plain) > 10
    assert max(made) in plain


@pytest.mark.parametrize("source", [SINE, TWO_PATHS, "y = 3", "y=f(g(x), h(x))", "e=(a+b)*(b+1)"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, source):

    functions = ("f", "g", "h") if "f(" in source else ()
    page = visit(system(source, functions=functions), viewport={"width": 375, "height": 700})
    for graph in ("simplified", "full"):
        page.check(f"input[value={graph}]")
        page.focus("#back")
        for _ in range(12):
            page.keyboard.press("ArrowRight")
        assert page.evaluate("document.documentElement.scrollWidth") == 375


def test_on_paper(visit):
    page = visit(SINE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for selector in ("#simplified-forward", "#simplified-backward", "#lines"):
        assert page.is_visible(selector)
    assert opacity(page, "#simplified-backward .performed") == opacity(page, ".token") == 1
    assert not page.is_visible("#step")


def test_hostile_names_stay_text_in_the_browser(visit):
    page = visit(
        "y_{<img src=x onerror=alert(1)>} = 2*x_{</script>} + x_{\"'&}; f = sin(y_{<img src=x onerror=alert(1)>})"
    )
    assert page.title().startswith("y_{<img src=x onerror=alert(1)>} = 2*x_{</script>}")
    assert page.locator("img").count() == 0
    page.click("#phases >> text=Result")
    page.locator("#simplified-backward .node").first.hover()
    open_inputs(page)
    assert page.get_by_label("Value of x_{</script>}", exact=True).is_visible()


def test_what_has_no_numbers_says_why(visit):

    page = visit(system("y = f(x)^2", functions=("f",)))
    assert page.inner_text("#remark") == "No numbers: f is abstract and has no value."
    page.click("#phases >> text=Derivatives")
    assert seen(page, ".performed") == {"performed"}


def test_many_paths_are_factored_adjoint_by_adjoint(visit):
    source = "; ".join(f"a_{k + 1} = sin(a_{k})*b_{k}; b_{k + 1} = a_{k} + b_{k}" for k in range(5)) + "; y = a_5*b_5"
    whole = system(source)
    page = visit(whole)
    page.click("#phases >> text=Derivatives")
    assert_as_python(page, whole, dict(zip(("a_0", "b_0"), (0.5, 1.5), strict=True)))
    last = page.get_attribute("#step", "max")
    page.click("#phases >> text=Result")
    assert (str(step(page)), page.locator(".token.ungrown").count()) == (last, 0)
    assert page.locator(".row .left svg").count() > 5


def test_a_page_of_a_file(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from graphviz_ad.cli.main import main

    monkeypatch.chdir(tmp_path)
    Path("own.html").write_text("<p>{{ title }}</p>", "utf-8")
    run = CliRunner().invoke
    assert run(main, ["draw", SQUARE, "-o", "a.html", "--template", "own.html"]).exit_code == 0
    assert Path("a.html").read_text("utf-8") == "<p>y = 2*x^3 + 3; z = y^2</p>"
    assert run(main, ["draw", SQUARE, "-o", "pages/", "--format", "html"]).output == "pages/z.html\n"
    for words, message in (
        (["-o", "a.svg", "--template", "own.html"], "--template is for pages: -o page.html"),
        (["-o", "b.html", "--template", "no.html"], "cannot read 'no.html': No such file or directory."),
    ):
        result = run(main, ["draw", SQUARE, *words])
        assert (result.exit_code, message in result.output, Path("b.html").exists()) == (2, True, False)


# ---- an answer of the reader's own

NEURON = "L=-(y*log(a)+(1-y)*log(1-a)); a=sigmoid(z); z=w*x+b"


@pytest.mark.parametrize(
    ("source", "claims"),
    [
        (NEURON, [
            ("dL/dw = (a-y)*x", "Right"), ("∂L/∂w=(a−y)x", "Right"), ("dL/db = a - y", "Right"),
            ("dL/dw = dL/da * da/dz·dz/dw", "Right"),
            ("da/dz = σ(z)(1-σ(z))", "Right"),
            ("a = sigmoid(z)", "Right"),
            ("dL/dw = (y-a)x", "Wrong: The sign is wrong."),
            ("dL/dw = a-y", "Wrong: The inner derivative of z by w is missing."),
            ("dL/dw = 2(a-y)x", "Wrong: The factor 2 is too much."),
            ("dL/da = a(1-a)/(a-y)", "Wrong: It is upside down."),
            ("dL/dz = a + y", "Wrong"),
            ("δ = a - y; dL/dw = δ x", "Right"),
            ("delta = a-y; dL/dw = delta", "Wrong"),
            ("d²L/dw db = a(1-a)x", "Right"), ("d^2L/dw^2 = a(1-a)x", "Wrong"),
            ("dL/dz = a-q", "There is no variable “q”."), ("dL/dq = 3", "There is no variable “q”."),
            ("dL/dw = wx", "There is no variable “wx”; write w*x for a product."),
            ("dL/dw", "A claim says what something is"),
            ("log(1 - a) - log a", "Right"), ("q = 1 - a; log(q/a)", "Right"),
            ("log(1 - a)/2 - log(a)/2", "Wrong: The factor 2 is missing."),
            ("dL/dw = (a-y", "A “)” is missing."), ("dL/dw = ", "An expression is missing here."),
            ("dL/dw = alert(1)", "There is no variable “alert”."),
            ("dL/dw = constructor", "There is no variable “constructor”."),
            ("dL/dw = \"<img src=x onerror=alert(1)>\"", "“\"” is not read here."),
            ("d^2L/dw = 1", "This derivative has order 2 above and 1 below."),
        ]),
        (SQUARE, [
            ("dz/dx = 2y*6x^2", "Right"),
            ("dz/dx=12x**2*(2x³+3)", "Right"),
            ("dz/dx = 2y*6x", "Wrong: The factor x is missing."),
            ("d^2z/dx^2 = 24x(5x^3+3)", "Right"),
            ("d^2z/dx^2 = 24x(5x^3-3)", "Wrong"),
            ("dz/dx = -2^2", "Wrong"),
        ]),
        (TWO_PATHS, [
            ("∂z/∂x = y", "Right"),
            ("dz/dx = 3x^2", "Right"),
            ("dz/dx = y", "Wrong"),
            ("∂z/∂x = 3x^2", "Wrong"),
        ]),
        ("theta = x^2; y_1 = sin(theta) + max(0, x - 100)", [
            ("dy_1/dθ = cos theta", "Right"),
            ("dy₁/dx = 2x cos θ + [x > 100]", "Right"),
            ("dy_1/dx = 2x*cos(x^2)", "Wrong"),
            ("dy_1/dtheta = sin(theta)", "Wrong"),
        ]),
        ("y = [x>=0]*x + [x<0]*sqrt(-x)", [
            ("dy/dx = [x >= 0] - [x < 0]/(2sqrt(-x))", "Right"), ("dy/dx = 1", "Wrong"),
        ]),
        ("y = log(x)", [("dy/dx = 1/x", "Right"), ("dy/dx = log(-x)", "Not checked")]),
    ],
    ids=["neuron", "square", "two paths", "kinks", "brackets", "logarithm"],
)  # fmt: skip
def test_an_answer_is_judged(visit, source, claims):
    page = visit(source)
    found = []
    for claim, _ in claims:
        page.fill("#answer", claim)
        found.append(page.locator("#verdicts p").last.inner_text().split("\n"))
    for (claim, expected), (first, *more) in zip(claims, found, strict=True):
        kind, _, reason = expected.partition(": ")
        assert first.startswith(kind), (claim, first)
        assert not reason or kind == "There is no variable" or reason in more, (claim, more)


def test_an_expression_is_an_answer_for_the_chosen_derivative(visit):
    page = visit(NEURON)
    page.fill("#answer", "a - y")
    assert page.inner_text("#verdicts strong") == "Wrong: dL/dy = a - y"
    page.check("input[name=wrt] >> nth=-1")
    assert page.inner_text("#verdicts strong") == "Right: dL/db = a - y"


def test_each_side_has_a_verdict_and_a_mistake_its_place(visit):
    page = visit(NEURON)
    page.fill("#answer", "dL/dw = (a-y)x = 2(a-y)x; dL/db = a - q")
    assert page.locator("#verdicts p").evaluate_all("all => all.map(p => p.className)") == ["right", "wrong", "unread"]
    assert page.inner_text("#verdicts mark") == "q"
    assert page.get_attribute("#answer", "aria-invalid") == "true"
    page.fill("#answer", "")
    assert page.locator("#verdicts p").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_verdicts_fit_the_screen(visit, width):
    page = visit(NEURON, viewport={"width": width, "height": 800})
    page.fill("#answer", "dL/dw = " + "+".join(["(a-y)*x"] * 40))
    assert page.evaluate("document.documentElement.scrollWidth") <= width

"""The page as a reader sees it, in a real browser: what is in view together, zooming and dragging, the drawer, what is
not said too early, phones and colours."""

import pytest

from tests.course_systems import SYSTEMS as SYSTEMS_OF_COURSES
from tests.pages import NEURON, SINE, SQUARE, fill, go_to, open_inputs, open_menu, step

NETWORK = (
    "h_1 = sigmoid(w_1*x_1+w_2*x_2+b_1); h_2 = sigmoid(w_3*x_1+w_4*x_2+b_2); "
    "y = sigmoid(v_1*h_1+v_2*h_2+b_3); L = (y-t)^2"
)
LSTM = (
    "f = sigmoid(w_f*x+u_f*h_0+b_f); i = sigmoid(w_i*x+u_i*h_0+b_i); g = tanh(w_g*x+u_g*h_0+b_g); "
    "o = sigmoid(w_o*x+u_o*h_0+b_o); c = f*c_0+i*g; h = o*tanh(c)"
)
ATTENTION = ("X: 4x3; W_q: 3x2; W_k: 3x2; W_v: 3x2; T: 4x2; Q = X W_q; K = X W_k; V = X W_v; S = Q K^T/sqrt(2); "
             "A = softmax(S); O = A V; L = ||O - T||^2")  # fmt: skip
HEADS = "Q: 3x2; K: 3x2; V: 3x2; S = Q*K^T/sqrt(2); A = softmax(S); O = A*V; L = norm(O)^2"
SOFTMAX = (
    "s = exp(z_1)+exp(z_2)+exp(z_3)+exp(z_4); p_1 = exp(z_1)/s; p_2 = exp(z_2)/s; p_3 = exp(z_3)/s; p_4 = exp(z_4)/s; "
    "L = -(t_1*log(p_1)+t_2*log(p_2)+t_3*log(p_3)+t_4*log(p_4))"
)
SYSTEMS = {"neuron": NEURON, "network": NETWORK, "cell": LSTM, "softmax": SOFTMAX}
systems = pytest.mark.parametrize("source", SYSTEMS.values(), ids=SYSTEMS)


def last(page) -> int:
    return int(page.get_attribute("#step", "max"))


def viewport(page) -> tuple[float, float]:
    return page.viewport_size["width"], page.viewport_size["height"]


def inside(box, outer) -> bool:
    """Whether a box is within another one, to a pixel."""
    return (box["x"] >= outer["x"] - 1 and box["y"] >= outer["y"] - 1
            and box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
            and box["y"] + box["height"] <= outer["y"] + outer["height"] + 1)  # fmt: skip


def nodes(page) -> list[dict[str, float]]:
    """The boxes of the nodes that are shown."""
    return page.locator("figure[aria-hidden=false] g.node").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(({x, y, width, height}) => ({x, y, width, height}))"
    )


def scale(page) -> float:
    """How many pixels one of the figure has."""
    return page.locator("figure[aria-hidden=false] svg.figure").evaluate(
        "figure => figure.getBoundingClientRect().width / figure.viewBox.baseVal.width"
    )


# ---- in view together


@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080), (820, 1100)], ids=lambda size: str(size[0]))
@systems
def test_graph_bar_and_chain_are_in_view_together(visit, source, size):
    width, height = size
    page = visit(source, viewport={"width": width, "height": height})
    screen = {"x": 0, "y": 0, "width": width, "height": height}
    for at in (0, 4, 6, last(page)):
        go_to(page, at)
        assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [*size]
        boxes = {
            name: page.locator(name).bounding_box() for name in ("#figures", ".bar", "#phases", ".chain", "#answer")
        }
        assert all(inside(box, screen) for box in boxes.values()), boxes
        assert boxes["#figures"]["height"] > height / 4
        newest = page.locator(".token:not(.ungrown)").last
        if at > 4:  # also where the chain is longer than there is room for
            assert inside(newest.bounding_box(), {**boxes[".chain"], "width": width})


@systems
def test_the_graph_is_fitted_to_the_room_that_is_left(visit, source):
    page = visit(source)
    for at in (0, 4):
        go_to(page, at)
        if not fitted(page):
            page.click("#fit")
        frame = page.locator("#figures").bounding_box()
        assert all(inside(box, frame) for box in nodes(page))
        left, right = (f(box["x"] + side * box["width"] for box in nodes(page)) for f, side in ((min, 0), (max, 1)))
        top, bottom = (f(box["y"] + side * box["height"] for box in nodes(page)) for f, side in ((min, 0), (max, 1)))
        filled = max((right - left) / frame["width"], (bottom - top) / frame["height"])
        assert filled > 0.85 or scale(page) == pytest.approx(1.5)  # no more than is pleasant


def test_a_high_graph_has_most_of_a_screen(visit):
    """The bar and the phases take one line beneath it."""
    page = visit(LSTM)
    bar, phases = (page.locator(name).bounding_box() for name in (".bar", "#phases"))
    assert bar["y"] < phases["y"] + phases["height"]
    assert phases["y"] < bar["y"] + bar["height"]
    assert page.locator("#figures").bounding_box()["height"] > 0.7 * page.viewport_size["height"]


def test_the_window_may_change(visit):
    page = visit(NEURON)
    page.set_viewport_size({"width": 1000, "height": 640})
    page.wait_for_function("document.documentElement.scrollWidth <= 1000")
    page.evaluate("new Promise(requestAnimationFrame)")
    frame = page.locator("#figures").bounding_box()
    assert all(inside(box, frame) for box in nodes(page))


# ---- larger, smaller, elsewhere, and back


def fitted(page) -> bool:
    return page.get_attribute("#figures", "data-mode") == "fit"


def test_the_wheel_keeps_what_is_under_the_pointer(visit):
    page = visit(NEURON)
    box, before = page.locator("#simplified-forward .node").first.bounding_box(), scale(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    page.wait_for_function("document.getElementById('figures').dataset.mode === 'own'")
    after = page.locator("#simplified-forward .node").first.bounding_box()
    assert scale(page) == pytest.approx(2 * before, rel=0.01)
    assert (after["x"] + after["width"] / 2, after["y"] + after["height"] / 2) == pytest.approx((x, y), abs=1.5)
    page.click("#fit")
    assert scale(page) == pytest.approx(before)


@pytest.mark.parametrize(
    ("larger", "smaller", "fit"), [("#larger", "#smaller", "#fit"), ("+", "-", "0")], ids=["buttons", "keys"]
)
def test_buttons_and_keys(visit, larger, smaller, fit):
    page = visit(NEURON)

    def do(what: str) -> float:
        page.click(what) if what[0] == "#" else page.keyboard.press(what)
        return scale(page)

    before = scale(page)
    assert do(larger) == pytest.approx(1.4 * before, rel=0.01)
    assert do(smaller) == pytest.approx(before, rel=0.01)
    assert not fitted(page)
    assert do(fit) == pytest.approx(before, rel=0.01)
    assert fitted(page)


def test_keys_of_sizes_are_letters_where_something_is_typed(visit):
    """A matrix of more entries than have fields of their own is typed as a text."""
    page = visit("A: 7x2; x: 2; y = A x; L = norm(y)^2")
    before = scale(page)
    page.focus("#step")
    page.keyboard.press("+")
    assert scale(page) > before
    page.keyboard.press("0")
    open_inputs(page)
    page.locator("textarea").fill("")
    page.locator("textarea").press_sequentially("[[1,-0]")
    assert page.locator("textarea").input_value() == "[[1,-0]"


def test_dragging_moves_the_graph_and_chooses_nothing(visit):
    page = visit(NEURON)
    go_to(page, 4)
    node = page.locator("#simplified-backward .node", has_text="input b")
    before = node.bounding_box()
    page.mouse.move(before["x"] + 10, before["y"] + 10)
    page.mouse.down()
    page.mouse.move(before["x"] - 90, before["y"] - 30, steps=4)
    page.mouse.up()
    after = node.bounding_box()
    assert (after["x"], after["y"]) == pytest.approx((before["x"] - 100, before["y"] - 40), abs=1.5)
    assert page.locator("[aria-pressed=true]").count() == 0
    node.click()  # one that does not move chooses
    assert node.get_attribute("aria-pressed") == "true"
    page.keyboard.press("0")
    assert node.bounding_box()["x"] == pytest.approx(before["x"], abs=1)


def test_shift_and_arrows_move_it(visit):
    page = visit(NEURON)
    before = nodes(page)[0]
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowDown")
    after = nodes(page)[0]
    assert (after["x"], after["y"]) == pytest.approx((before["x"] + 80, before["y"] - 80), abs=1)
    assert step(page) == 0


def test_two_fingers(visit):
    page = visit(NEURON, viewport={"width": 390, "height": 844}, has_touch=True)
    before, box = scale(page), page.locator("#figures").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": middle[0] + side * each, "y": middle[1]} for each in apart for side in (-1, 1)]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 40)
    for apart in (50, 65, 80):
        fingers("touchMove", apart)
    fingers("touchEnd")
    assert scale(page) == pytest.approx(2 * before, rel=0.1)


# ---- what could not be read is brought near

LEAST = 9 / 17  # of what is brought near: letters of 9 pixels


def boxes_of(page, selector: str) -> list[dict[str, float]]:
    """The boxes of parts of the graph that is shown."""
    found = page.locator(f"figure[aria-hidden=false] {selector}")
    return [found.nth(k).bounding_box() for k in range(found.count())]


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (390, 844)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("source", [NEURON, NETWORK, LSTM, ATTENTION, SOFTMAX], ids=lambda source: source[:3])
def test_letters_are_large_enough_at_each_step(visit, source, size):
    """What a step is about is in view, in letters of 8 pixels if all is, of 9 if a part is."""
    page = visit(source, viewport={"width": size[0], "height": size[1]})
    frame = page.locator("#figures").bounding_box()
    of, wrt = (
        f"[data-node='{page.locator(f'input[name={name}]:checked').get_attribute('value')}']" for name in ("of", "wrt")
    )
    for at in range(last(page) + 1):
        go_to(page, at)
        assert scale(page) >= (8 / 17 if fitted(page) else LEAST) - 1e-3, at
        before, frame = frame, page.locator("#figures").bounding_box()
        assert frame["y"] == before["y"] or (size[0] == 390 and at > 4)  # there the page goes on with the chain
        assert frame == before | {"y": frame["y"]}
        if at == 0 or at == last(page):
            about = boxes_of(page, wrt)
        elif at <= 4:
            about = boxes_of(page, of)
        else:
            about = boxes_of(page, ".edge.current .label-text")[:1]
        assert all(inside(box, frame) for box in about), at


def test_the_arrow_that_is_multiplied_stays_in_view(visit):
    page = visit(LSTM, viewport={"width": 1000, "height": 700})
    for at in range(5, last(page)):
        go_to(page, at)
        frame = page.locator("#figures").bounding_box()
        assert inside(boxes_of(page, ".edge.current .label-text")[0], frame)
        assert not fitted(page)


def test_all_of_it_is_one_tap_away_and_so_is_the_way_back(visit):
    """Who asks for all of it has that at other steps too."""
    page = visit(LSTM, viewport={"width": 390, "height": 844}, has_touch=True)
    go_to(page, 5)
    near, all_of_it = scale(page), page.locator("#fit")
    assert (fitted(page), all_of_it.get_attribute("aria-pressed")) == (False, "false")
    all_of_it.tap()
    assert (fitted(page), all_of_it.get_attribute("aria-pressed")) == (True, "true")
    assert all(inside(box, page.locator("#figures").bounding_box()) for box in nodes(page))
    go_to(page, 6)
    assert fitted(page)
    all_of_it.tap()
    assert (fitted(page), scale(page)) == (False, pytest.approx(near))
    assert inside(boxes_of(page, ".edge.current .label-text")[0], page.locator("#figures").bounding_box())


def test_a_small_picture_says_which_part_is_seen(visit):
    page = visit(LSTM, viewport={"width": 390, "height": 844})
    go_to(page, 4)

    def share() -> float:
        return page.locator("#fit").evaluate("""button => {
          const [all, part] = [button.querySelector('svg').viewBox.baseVal, button.querySelector('rect').getBBox()];
          return part.width * part.height / (all.width * all.height); }""")

    assert page.locator("#fit .dots").get_attribute("d").count("M") == len(nodes(page))
    assert 0.01 < share() < 0.3
    page.keyboard.press("0")
    assert share() == pytest.approx(1, rel=0.01)


def test_it_flies_where_motion_is_welcome(visit):
    page = visit(LSTM, viewport={"width": 390, "height": 844}, reduced_motion="no-preference")
    go_to(page, 4)
    page.wait_for_timeout(400)
    early = page.evaluate("""async () => {  // within the page, so that no slow machine misses it
      document.querySelector("#fit").click();
      await new Promise(requestAnimationFrame);
      const figure = document.querySelector("figure[aria-hidden=false] svg.figure");
      return figure.getBoundingClientRect().width / figure.viewBox.baseVal.width; }""")
    page.wait_for_timeout(400)
    assert early > 1.05 * scale(page)
    assert scale(page) < 0.3


def test_an_arrow_that_is_tapped_is_brought_near(visit):
    page = visit(NETWORK, viewport={"width": 390, "height": 844}, has_touch=True)
    go_to(page, 4)
    page.tap("#fit")
    before, label = scale(page), page.locator("figure[aria-hidden=false] .edge >> nth=3").locator(".label-text")
    assert before < 0.5
    label.tap()
    assert scale(page) >= LEAST
    assert inside(label.bounding_box(), page.locator("#figures").bounding_box())
    page.tap(".hint")
    assert (fitted(page), scale(page)) == (True, pytest.approx(before))


def test_the_label_of_a_small_arrow_is_said_large(visit):
    """No more of it than is written at this step; of one that is large enough it is said on which paths it lies."""
    page = visit(LSTM)
    go_to(page, 1)
    page.click("#fit")
    label = page.locator("#words > svg")

    def point_at(page) -> None:
        page.mouse.move(1, 1)
        page.locator("figure[aria-hidden=false] .edge >> nth=3").locator(".label-text").hover()

    seen = []
    for at in (1, 2, 3, 4):
        go_to(page, at)
        point_at(page)
        kinds = ("bare", "fraction", "performed", "slope")
        shown = "all => all.some(one => one.checkVisibility({opacityProperty: true}))"
        seen.append([kind for kind in kinds if label.locator(f".{kind}").evaluate_all(shown)])
    assert seen == [[], ["bare"], ["fraction"], ["fraction", "performed", "slope"]]
    assert label.bounding_box()["height"] > 30
    assert inside(label.bounding_box(), page.locator("#words").bounding_box())
    large = visit(NEURON)
    go_to(large, 4)
    point_at(large)
    assert large.inner_text("#words").startswith("This arrow is")


@pytest.mark.parametrize("size", [(1280, 800), (768, 1024), (390, 844)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("source", [LSTM, ATTENTION], ids=["cell", "attention"])
def test_long_results_go_on_in_lines_instead_of_small_letters(visit, source, size):
    page = visit(source, viewport={"width": size[0], "height": size[1]})
    go_to(page, last(page))
    for k in range(page.locator("input[name=wrt]").count()):
        page.locator("input[name=wrt]").nth(k).check()
        go_to(page, last(page))
        sizes = page.locator(".lines .token:not([hidden]) > svg").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().width / e.getAttribute('width'))"
        )
        assert min(sizes) > 0.55  # a fraction is one piece; others are as large as all


def test_where_the_reader_looks_stays(visit):
    page = visit(NEURON)
    go_to(page, 4)
    page.click("#larger")
    before = scale(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert (fitted(page), scale(page)) == (False, pytest.approx(before))


def test_only_figures_that_were_seen_are_made_ready(visit):
    """A long system opens in the time of one of its four figures."""
    page = visit(LSTM)
    ready = "[...document.querySelectorAll('svg.figure')].filter(e => e.querySelector('.hit')).map(e => e.id)"
    assert page.evaluate(ready) == ["simplified-forward"]
    go_to(page, 1)
    page.check("input[value=full]")
    assert page.evaluate(ready) == ["simplified-forward", "simplified-backward", "full-backward"]


# ---- inputs, menu


def test_the_drawer(visit):
    page = visit(NEURON)
    assert not page.is_visible("#drawer")
    page.focus("#opener")
    page.keyboard.press("Enter")
    assert page.is_visible("#drawer")
    assert page.get_attribute("#opener", "aria-expanded") == "true"
    frame = page.locator("#figures").bounding_box()
    assert all(inside(box, frame) for box in nodes(page))  # fitted to what is left
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "value-0"
    page.keyboard.press("Escape")
    assert not page.is_visible("#drawer")
    assert page.evaluate("document.activeElement.id") == "opener"


def test_the_menu_is_closed_by_escape(visit):
    page = visit(NEURON)
    assert not page.is_visible("#menu")
    open_menu(page)
    assert page.is_visible("input[name=dark]")
    page.keyboard.press("Escape")
    assert not page.is_visible("#menu")


def test_what_the_page_is_for_is_said(visit):
    page = visit(NEURON)
    assert page.text_content("h1") == "Derivatives of L"
    assert page.inner_text(".purpose").startswith("From the equations to the chain rule")
    page.set_viewport_size({"width": 390, "height": 844})
    assert (
        page.inner_text(".purpose")
        == "Turn the graph around, put a derivative on each arrow, multiply along the paths."
    )
    assert page.locator(".key span").all_inner_texts() == ["value", "derivative, gradient", "multiplied so far"]
    assert [page.locator(tag).count() for tag in ("h1", "header", "main", "section")] == [1, 1, 1, 4]


# ---- nothing before its step


def said(page) -> str:
    """All that is seen or read aloud: text, names and tooltips of what is not hidden; no forms of formulas."""
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility({ opacityProperty: true,
            visibilityProperty: true }) && !e.closest('script, style, [aria-hidden=true], .equations'))
          .flatMap(e => [e.getAttribute('aria-label'), e.getAttribute('aria-valuetext'), e.placeholder,
            ...[...e.childNodes].filter(n => n.nodeType === 3 || n.nodeName === 'title').map(n => n.textContent)])
          .filter(Boolean).join('\\n')"""
    )


def adjoints(page) -> dict[str, str]:
    """The adjoints that are seen, by node, as they would be read aloud."""
    shown = "figure[aria-hidden=false] .node"
    both = page.locator(shown).evaluate_all(
        "all => all.filter(e => [...e.querySelectorAll('.adjoint')].some(one => getComputedStyle(one).opacity > 0))"
        ".map(e => e.getAttribute('aria-label').split(', '))"
    )
    return {name.split()[-1]: words.removeprefix("adjoint ") for name, _, words in both}


def test_nothing_is_said_before_its_step(visit):
    page = visit(SQUARE)
    open_inputs(page)
    answers = ("2*y", "6*x^2", "12*x^2*(2*x^3 + 3)", "6.5", "9.75", "1.5 ")  # dz/dy, dy/dx, dz/dx, in numbers
    seen = []
    for at in range(last(page) + 1):
        go_to(page, at)
        page.locator("figure[aria-hidden=false] .node").first.hover()  # which gives nothing away
        text = said(page)
        seen.append([answer for answer in answers if answer in text])
    page.mouse.move(1, 1)
    assert seen[:4] == [[]] * 4
    assert seen[4] == ["2*y", "6*x^2", "6.5", "1.5 "] or seen[4] == ["2*y", "6*x^2", "6.5"]
    assert all("9.75" not in found and "12*x^2*(2*x^3 + 3)" not in found for found in seen[:6])
    assert {"9.75", "12*x^2*(2*x^3 + 3)"} <= set(seen[-1])


def test_an_adjoint_comes_with_the_last_arrow_to_its_node(visit):
    page = visit("y = sin(x); w = cos(x); z = y*w", {"at": {"x": 0.0}})
    found = []
    for at in range(4, last(page) + 1):
        go_to(page, at)
        found.append(adjoints(page))
    assert found == [{}, {"z": "1", "y": "1"}, {"z": "1", "y": "1"}, {"z": "1", "y": "1", "w": "0"},
                     {"z": "1", "y": "1", "w": "0", "x": "1"}, {"z": "1", "y": "1", "w": "0", "x": "1"}]  # fmt: skip


def test_gradients_come_with_the_result(visit):
    page = visit(NEURON)
    open_inputs(page)
    for at in (0, 4, last(page) - 1):
        go_to(page, at)
        assert page.locator(".gradient >> visible=true").count() == 0
    go_to(page, last(page))
    assert page.locator(".gradient >> visible=true").count() == 4


def test_an_answer_may_be_given_before(visit):
    page = visit(NEURON)
    assert page.get_attribute("#answer", "placeholder") == "dL/dw = …"
    for claim, verdict in (("dL/dw = 2(a-t)a(1-a)x", "Right"), ("dL/dw = (a-t)a(1-a)x", "Wrong")):
        page.fill("#answer", claim)
        assert page.inner_text("#verdicts strong").startswith(verdict)
    assert "The factor 2 is missing." in page.inner_text("#verdicts")
    assert step(page) == 0
    page.check("input[name=wrt] >> nth=2")
    assert page.get_attribute("#answer", "placeholder") == "dL/db = …"


def test_many_inputs_are_not_listed_where_a_claim_is_wrong(visit):
    page = visit(LSTM)
    page.fill("#answer", "dh/dw_f = 1")
    assert page.inner_text("#verdicts span").startswith("At the inputs that are set it is 1, and right is ")


# ---- a phone


# What scrolls sideways, and what does not end where the screen ends.
OUTSIDE = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.unseen'))
  .filter(e => e.closest('svg') ? e.matches('.formula, .round svg') : true)
  .filter(e => { const { left, right, width } = e.getBoundingClientRect();
    const scrolls = e.clientWidth && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline';
    return scrolls && !e.matches('svg') || width > 1 && (left < -.5 || right > innerWidth + .5); })
  .map(e => e.outerHTML.slice(0, 90))"""


@systems
def test_on_a_phone_it_is_a_column_and_nothing_is_half_hidden(visit, source):
    page = visit(source, viewport={"width": 390, "height": 844}, has_touch=True)
    for at in (0, 4, 6, last(page)):
        go_to(page, at)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate(OUTSIDE) == []
    page.evaluate("scrollTo(0, 0)")
    order = [page.locator(name).bounding_box()["y"] for name in ("header", "#figures", "#phases", ".chain", "#answer")]
    assert order == sorted(order)


# What is covered where the browser has brought it into view, of all that is read or used, and the inside of the drawer.
COVERED = """how => [...document.querySelectorAll(
    'button, input, textarea, summary, .token:not(.ungrown) > svg, .hint, .given')]
  .filter(e => e.checkVisibility() && !e.closest('fieldset'))
  .filter(e => {
    document.activeElement.blur();
    scrollTo(0, how === 'start' ? 1e5 : 0); /* from the other end */
    if (how === 'focus') { if (!e.matches('button, input, textarea, summary')) return false; e.focus(); }
    else e.scrollIntoView({ block: how });
    const { x, y, width, height } = e.getBoundingClientRect(), edge = e.closest('.round, [type=range]') ? .25 : .1;
    return [[.5, .5], [edge, edge], [1 - edge, edge], [edge, 1 - edge], [1 - edge, 1 - edge]].some(([right, down]) => {
      const there = document.elementFromPoint(x + right * width, y + down * height);
      return !(e.contains(there) || e.closest('.token')?.contains(there));
    });
  })
  .map(e => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("size", [(390, 844), (360, 640)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("source", [NEURON, NETWORK, LSTM, ATTENTION], ids=lambda source: source[:3])
def test_on_a_phone_nothing_is_covered(visit, source, size):
    """Neither by the graph, which stays in view, nor by the steps at the lower edge, nor by the drawer."""
    page = visit(source, viewport={"width": size[0], "height": size[1]}, has_touch=True, is_mobile=True)
    for at in (0, 4, last(page)):
        go_to(page, at)
        for how in ("start", "nearest", "end", "focus"):
            assert page.evaluate(COVERED, how) == [], (at, how)
    open_inputs(page)
    for how in ("start", "nearest", "focus"):
        assert page.evaluate(COVERED, how) == [], how


def test_on_a_phone_the_steps_are_always_at_hand_and_the_newest_part_of_the_chain_too(visit):
    """They were beneath the graph, the chain further down, so that a reader scrolled at every step."""
    page = visit(SOFTMAX, viewport={"width": 390, "height": 844}, has_touch=True)
    places = []
    for at in range(last(page) + 1):
        go_to(page, at)
        places.append(page.locator("#on").bounding_box())
        if at > 4:
            newest = page.locator(".token:not(.ungrown) > svg").last.bounding_box()
            stage = page.locator(".stage").bounding_box()
            assert stage["y"] + stage["height"] <= newest["y"]
            assert newest["y"] + newest["height"] <= page.locator(".bar").bounding_box()["y"]
    assert places == places[:1] * len(places)
    assert places[0]["y"] + places[0]["height"] <= 844


def test_an_edge_fades_where_the_graph_goes_on(visit):
    """It was cut off there as if that were all."""
    page = visit(LSTM, viewport={"width": 390, "height": 844})

    def fading() -> list[str]:
        style = "frame => ['left', 'top', 'right', 'bottom'].map(edge => frame.style.getPropertyValue(`--${edge}`))"
        return page.locator("#figures").evaluate(style)

    go_to(page, 4)  # at the output
    assert fading() == ["0px", "24px", "24px", "24px"]
    page.click("#fit")
    assert fading() == ["0px"] * 4


def test_on_a_phone_a_graph_runs_downwards_where_it_is_larger_so(visit):
    page = visit(NEURON, viewport={"width": 390, "height": 844})
    go_to(page, 4)
    rows = {round(box["y"] / 4) for box in nodes(page)}
    assert len(rows) == 4
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("document.querySelector('#simplified-backward').getAttribute('width') > 900")


@pytest.mark.parametrize(
    ("source", "is_brief"),
    [(NETWORK, True), ("W: 3x2; x: 2; y: 3; p = softmax(W x); L = -sum(y*log(p))", True), (HEADS, False)],
)
def test_on_a_phone_arrows_have_no_numbers_where_the_graph_is_larger_so(visit, source, is_brief):
    """They are said of an arrow that is pointed at, and a wider screen has them."""
    page = visit(source, viewport={"width": 390, "height": 844}, has_touch=True)
    go_to(page, 4)
    numbers = page.locator("figure[aria-hidden=false] .slope")
    seen = "all => all.some(one => getComputedStyle(one).display !== 'none')"
    assert numbers.evaluate_all(seen) == (not is_brief)
    edge = page.locator("figure[aria-hidden=false] .edge", has=page.locator(".slope use"))
    page.tap("#fit")
    edge.first.locator(".label-text .area").tap()
    assert page.locator("#words .slope").evaluate_all(seen)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("!document.querySelector('.brief')")
    assert numbers.evaluate_all(seen)


def test_on_a_phone_the_graph_stays_while_the_chain_scrolls(visit):
    page = visit(SOFTMAX, viewport={"width": 390, "height": 844}, has_touch=True)
    go_to(page, last(page))
    page.evaluate("scrollTo(0, 1e5)")
    box = page.locator("#figures").bounding_box()
    assert 0 <= box["y"] < 60


def test_on_a_phone_the_drawer_leaves_the_graph_in_view(visit):
    page = visit(NETWORK, viewport={"width": 390, "height": 844}, has_touch=True)
    open_inputs(page)
    graph, drawer = (page.locator(name).bounding_box() for name in ("#figures", "#drawer"))
    assert graph["y"] + 0.75 * graph["height"] <= drawer["y"]
    assert drawer["y"] + drawer["height"] <= 844
    fill(page, {"w_1": 2.0})
    assert page.locator(".node", has_text="input w_1").first.get_attribute("aria-label") == "input w_1, value 2"


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)], ids=["phone", "screen"])
def test_what_is_tapped_is_large_enough(visit, size):
    page = visit(NEURON, viewport={"width": size[0], "height": size[1]})
    boxes = page.locator("button:visible, input[type=range]:visible, fieldset label:visible, #answer").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert min(min(box) for box in boxes) >= 24  # as WCAG 2.2 has it


# ---- colours

# Text, formulas and signs with less than 4.5:1 to what is behind them.
FAINT = """() => {
  const page = getComputedStyle(document.documentElement).backgroundColor;
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const shares = colour => {
    for (const one of [page, colour]) { probe.fillStyle = one; probe.fillRect(0, 0, 1, 1); }
    return [...probe.getImageData(0, 0, 1, 1).data].slice(0, 3).map(value => value / 255);
  };
  const linear = value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = shares(colour).map(linear);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = e => {
    while (e && /, 0\\)|transparent/.test(getComputedStyle(e).backgroundColor)) e = e.parentElement;
    return e ? getComputedStyle(e).backgroundColor : page;
  };
  const says = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.matches('svg.formula, .round');
  return [...document.querySelectorAll('body *')]
    .filter(e => e.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && says(e))
    .filter(e => !e.closest('.unseen, script, svg.figure, [aria-disabled=true]'))
    .map(e => {
      const style = getComputedStyle(e), pair = [light(e.matches('svg') ? style.fill : style.color), light(behind(e))];
      return [e.outerHTML.slice(0, 80), (Math.max(...pair) + .05) / (Math.min(...pair) + .05)];
    })
    .filter(([, contrast]) => contrast < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_contrast(visit, scheme):
    page = visit(NEURON, color_scheme=scheme)
    go_to(page, last(page))
    open_inputs(page)
    open_menu(page)
    page.fill("#answer", "dL/dw = 1; dL/db = 2(a-t)a(1-a); dL/dt = q")
    assert page.evaluate(FAINT) == []


def test_a_dark_page_may_be_chosen_on_a_light_screen(visit):
    page = visit(SINE)
    open_menu(page)
    page.check("input[name=dark]")
    assert page.evaluate("getComputedStyle(document.getElementById('menu')).backgroundColor") == page.evaluate(
        "getComputedStyle(document.documentElement).backgroundColor"
    )


# ---- on paper


@pytest.mark.parametrize("at", [1, 6])
def test_on_paper_all_of_the_chain_stands_without_a_border(visit, at):
    page = visit(LSTM)
    go_to(page, at)
    page.emulate_media(media="print")
    tokens = page.locator(".lines .token")
    assert tokens.evaluate_all("all => all.every(one => one.checkVisibility({ opacityProperty: true }))")
    assert page.locator(".beside").evaluate("one => getComputedStyle(one).borderLeftWidth") == "0px"


def test_a_long_chain_beneath_a_graph_has_its_newest_part_without_a_gap(visit):
    """It was far below the beginning of the chain, of which nothing was seen."""
    page = visit(SYSTEMS_OF_COURSES["recurrence of 4"], viewport={"width": 1000, "height": 700})
    go_to(page, 6)
    assert page.evaluate("document.documentElement.hasAttribute('data-long')")
    first = page.locator(".lines .token:not(.ungrown) > svg").first.bounding_box()
    newest = page.locator(".lines .token:not(.ungrown) > svg").last.bounding_box()
    assert newest["y"] - first["y"] < 160

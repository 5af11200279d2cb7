"""Pages of vectors and matrices: every step, and the numbers at the values that are given."""

import pytest

from tests.pages import go_to, step

ATTENTION = "Q: 2x4; K: 3x4; V: 3x5; S = Q K^T / sqrt(4); A = softmax(S); O = A V"
LAYER = "W: 3x4; x: 4; b: 3; t: 3; z = W x + b; p = softmax(z); L = -t^T log(p)"


def rows(page) -> int:
    """How many sides of the chain are seen."""
    return len(
        [row for row in page.locator(".lines .side").all() if row.locator(".token:not(.ungrown, .result)").count()]
    )


def test_an_attention_block(visit):
    page = visit(ATTENTION)
    for at, parts in ((2, "bare"), (3, "fraction"), (4, "performed")):
        go_to(page, at)
        shown = page.locator(f"#simplified-backward .{parts}").evaluate_all(
            "all => all.some(e => getComputedStyle(e).opacity > 0 && getComputedStyle(e).display !== 'none')"
        )
        assert shown
    assert rows(page) == 0
    page.click("#phases >> text=Result")
    assert rows(page) == 1
    page.check("input[value=full]")
    assert page.locator("#full-backward").is_visible()


def test_a_chain_of_matrices_grows_side_by_side(visit):
    page = visit(LAYER)
    page.check("input[name=wrt] >> nth=1")
    grown = []
    for at in range(4, int(page.get_attribute("#step", "max")) + 1):
        go_to(page, at)
        grown.append(rows(page))
    assert grown == [0, 1, 2, 3]  # (∂z/∂x)ᵀ(dp/dz)ᵀ ∂L/∂p, performed, and what it comes to
    assert step(page) == 7


@pytest.mark.parametrize("source", [ATTENTION, LAYER])
def test_it_is_in_one_screen_too(visit, source):
    page = visit(source)
    go_to(page, 4)
    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [1280, 800]


# ---- with values

AT = {
    "Q": ((1.0, 0.0, 1.0, 0.0), (0.0, 1.0, 0.0, 2.0)),
    "K": ((1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 1.0, 0.0), (1.0, 1.0, 0.0, 0.0)),
    "V": ((1.0, 2.0, 3.0, 4.0, 5.0), (3.0, 4.0, 5.0, 6.0, 7.0), (5.0, 6.0, 7.0, 8.0, 9.0)),  # too large to be shown
}
DENSE = "W: 2x3; x: 3; t: 2; y = W x; L = ||y - t||^2"
DENSE_AT = {"W": ((1.0, 2.0, 3.0), (4.0, 5.0, 6.0)), "x": (0.1, 0.2, -0.1), "t": (1.0, 0.0)}


def seen(page, what: str) -> int:
    """How many of these numbers are seen in the figure that is shown."""
    return page.locator(f"#simplified-backward {what}:has(use)").evaluate_all(
        "all => all.filter(e => Number(getComputedStyle(e).opacity) > 0.5).length"
    )


def test_values_stand_at_their_nodes_and_derivatives_come_with_their_step(visit):
    page = visit(DENSE, {"at": DENSE_AT})
    go_to(page, 3)
    assert (seen(page, ".value"), seen(page, ".adjoint")) == (5, 0)
    go_to(page, int(page.get_attribute("#step", "max")))
    assert (seen(page, ".value"), seen(page, ".adjoint")) == (5, 5)
    assert page.locator("#simplified-backward .slope:has(use)").count() == 3  # of ∂y/∂W there is no matrix


def test_a_chain_ends_in_its_number(visit):
    page = visit(DENSE, {"at": DENSE_AT})
    page.check("input[name=wrt] >> nth=1")
    numbers = page.locator("#lines .result use")
    for at, is_seen in (
        (int(page.get_attribute("#step", "max")) - 1, False),
        (int(page.get_attribute("#step", "max")), True),
    ):
        go_to(page, at)
        assert numbers.first.evaluate("e => getComputedStyle(e.closest('.token')).opacity") == "01"[is_seen]
    assert rows(page) == 2  # (∂y/∂x)ᵀ ∂L/∂y, 2Wᵀ(y − t)


def test_what_is_too_large_to_be_typed_has_the_numbers_that_are_given(visit, monkeypatch):
    monkeypatch.setattr("graphviz_ad.lesson.page_model.MAX_ENTRIES", 10)
    page = visit(DENSE, {"at": DENSE_AT})
    last = int(page.get_attribute("#step", "max"))
    go_to(page, last)
    assert (seen(page, ".value"), seen(page, ".adjoint")) == (5, 5)
    assert page.inner_text("#remark").endswith("The numbers are those at the values that were given.")
    assert page.locator("#drawer").count() == 0
    page.check("input[name=wrt] >> nth=1")
    go_to(page, last)
    assert rows(page) == 3  # and its number


@pytest.mark.parametrize("width", [1280, 768, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_at_every_width_numbers_keep_clear_of_their_nodes(visit, width, scheme):
    page = visit(ATTENTION, {"at": AT}, viewport={"width": width, "height": 844}, color_scheme=scheme)
    go_to(page, 4)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    apart = page.locator("#simplified-backward .node:has(.value use)").evaluate_all(
        """all => all.map(node => {
          const [a, b] = [".value", "circle"].map(part => node.querySelector(part).getBoundingClientRect());
          return Math.max(b.top - a.bottom, b.left - a.right, a.left - b.right, a.top - b.bottom);
        })"""
    )
    assert len(apart) == 6
    assert min(apart) > -1


def test_what_a_derivative_does_stands_behind_a_colon(visit):
    page = visit(ATTENTION)
    go_to(page, int(page.get_attribute("#step", "max")))
    signs = page.evaluate("JSON.parse(document.getElementById('data').textContent).signs")
    (drawn,) = page.evaluate("[...document.querySelectorAll('#lines .sign use')].map(u => u.getAttribute('href'))")
    assert drawn == f"#s{signs[':']}"


SMALL_LAYER = "W: 3x2; x: 2; y: 3; p = softmax(W x); L = -sum(y*log(p))"


def test_matrices_side_by_side_have_a_dot_only_where_a_line_begins(visit):
    """They had one wherever a narrow screen might end a line: W · x on a wide one, where a figure has Wx."""
    dots = """() => [...document.querySelectorAll('.lines .dot')].map(dot => {
      const { top } = dot.parentElement.getBoundingClientRect();
      const { bottom } = dot.parentElement.previousElementSibling.getBoundingClientRect();
      return [!dot.hidden, top >= bottom - 1]; })"""
    page = visit(SMALL_LAYER)
    page.check("input[value=full]")
    page.check("input[name=wrt] >> nth=1")
    go_to(page, int(page.get_attribute("#step", "max")))
    assert page.evaluate(dots) == [[False, False]] * 3
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function("[...document.querySelectorAll('.lines .dot')].some(dot => !dot.hidden)")
    found = page.evaluate(dots)
    assert [shown for shown, _ in found] == [begins for _, begins in found]

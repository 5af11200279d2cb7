"""Pages of vectors and matrices: every step, and no numbers."""

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


def test_what_is_not_on_it_is_said_and_not_offered(visit):
    page = visit(ATTENTION)
    assert page.inner_text("#remark") == "The numbers of vectors and matrices are in figures (--at), not on a page."
    for absent in ("#opener", "#drawer", "#answer >> visible=true", "input[name=values]", ".value use"):
        assert page.locator(absent).count() == 0


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

"""Limits: what is too large is refused before any work is done for it."""

import pytest

from graphviz_ad.lesson.system import System


def chain(steps: int) -> str:
    return "; ".join(f"y_{k + 1}=sin(y_{k})*a+b" for k in range(steps))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("draw", chain(400), "-o", "page.html"), "a page of 1,203 nodes is more than the 1,000 that are shown"),
        (("show", chain(1700)), "a system of 5,103 nodes is more than the 5,000 that are shown"),
        (("draw", chain(1700)), "a system of 5,103 nodes is more than the 5,000 that are shown"),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_derived(run, monkeypatch, words, said):
    def derived(self: System, full: bool = True) -> None:
        raise AssertionError("it was derived first")

    monkeypatch.setattr(System, "edge_derivatives", property(derived))
    monkeypatch.setattr(System, "_chains", derived)
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_page_of_the_library_too(monkeypatch):
    from graphviz_ad import AdgraphError, draw

    figure = draw(chain(400), views=["forward-simplified"])
    monkeypatch.setattr(System, "page_model", lambda self: pytest.fail("it was derived first"))
    with pytest.raises(AdgraphError, match="a page of 1,203 nodes"):
        figure.to("html")

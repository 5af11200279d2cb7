"""What a notebook is given: the types of each result, warnings and errors at the reader's own line."""

import warnings
from base64 import b64decode

import pytest

from graphviz_ad import (
    AdgraphError,
    AdgraphWarning,
    backward,
    chain,
    check,
    differentiate,
    draw,
    evaluate,
    forward,
    parse,
    show,
    trace,
)

SYSTEM = "y = 2x^3 + 3; z = y^2"
PICTURE = ["text/html", "application/pdf", "text/plain"]
FORMULAS = ["text/latex", "text/plain"]
TABLE = ["text/markdown", "text/latex", "text/plain"]
RESULTS = [
    (lambda: draw(SYSTEM), PICTURE),
    (lambda: forward(SYSTEM), PICTURE),
    (lambda: backward(SYSTEM, full=False), PICTURE),
    (lambda: parse(SYSTEM), PICTURE),
    (lambda: draw("c = a + b; e = c*b", style="colah"), PICTURE),
    (lambda: draw(SYSTEM, views="forward,chain"), PICTURE),
    (lambda: chain(SYSTEM), FORMULAS),
    (lambda: draw(SYSTEM, views="chain"), FORMULAS),
    (lambda: evaluate(SYSTEM, {"x": 0.5}), TABLE),
]


@pytest.mark.parametrize(("make", "kinds"), RESULTS)
def test_the_types_of_each_result(make, kinds):
    """A notebook asks for every type that has a method, `_repr_svg_`, too: the bundle is all there is."""
    shown = make()
    assert list(shown._repr_mimebundle_()) == kinds
    assert shown._repr_mimebundle_()["text/plain"] == str(shown)
    assert [name for name in dir(shown) if name.startswith("_repr_")] == ["_repr_mimebundle_"]


def test_a_picture_is_an_image_with_words():
    figure = backward(SYSTEM, full=False)
    bundle = figure._repr_mimebundle_()
    head, _, data = bundle["text/html"].partition(";base64,")
    assert head == (
        '<img alt="y is 2 x cubed plus 3; z is y squared. Simplified backward graph: the derivative of z with respect '
        'to y is 2 y; the derivative of y with respect to x is 6 x squared." '
        'style="max-width: 100%; height: auto" src="data:image/svg+xml'
    )
    assert b64decode(data.removesuffix('">')).decode() == figure.svg()
    assert b64decode(bundle["application/pdf"]) == figure.to("pdf")


def test_words_in_an_attribute_stay_text():
    title = '"><script>alert(1)</script>'
    html = forward(SYSTEM, title=title)._repr_mimebundle_()["text/html"]
    assert html.count("<") == html.count(">") == 1


def test_only_what_is_asked_for_is_made():
    figure = forward(SYSTEM)
    assert list(figure._repr_mimebundle_(include={"text/plain"})) == ["text/plain"]
    assert list(figure._repr_mimebundle_(exclude={"application/pdf"})) == ["text/html", "text/plain"]


def test_a_figure_that_is_too_large_for_a_page_has_a_picture():
    large = forward("; ".join(["x_1 = x^2", *(f"x_{k} = sin(x_{k - 1})" for k in range(2, 90))]), size="poster")
    with pytest.raises(AdgraphError, match="larger than a PDF's can be"):
        large.to("pdf")
    assert list(large._repr_mimebundle_(exclude={"text/plain"})) == ["text/html"]


def test_numbers_are_a_table():
    numbers = evaluate(SYSTEM, {"x": 0.5})
    assert str(numbers) == (
        "  variable     value\n  x              0.5\n  y             3.25\n  z          10.5625\n\n  dz/dx         9.75"
    )
    assert "| $z$ | $10.5625$ |" in numbers._repr_mimebundle_()["text/markdown"].splitlines()
    assert numbers._repr_mimebundle_()["text/latex"].startswith("\\begin{tabular}{lr}")


def square(x):
    return x**2 if x > 0 else x


NOTES = [
    lambda: parse("y = ax + a*x"),
    lambda: draw("y = ax + a*x"),
    lambda: forward("y = ax + a*x"),
    lambda: backward("y = ax + a*x"),
    lambda: chain("y = ax + a*x"),
    lambda: show("y = ax + a*x"),
    lambda: evaluate("y = ax + a*x", {"a": 1, "x": 1, "ax": 1}),
    lambda: evaluate("y = relu(x)", {"x": 0}),
    lambda: check("y = ax + a*x", "dy/da = x"),
    lambda: differentiate("y = ax + a*x", "y", "a"),
    lambda: trace(square, at={"x": 1}),
    lambda: forward(square, at={"x": 1}),
]


@pytest.mark.parametrize("call", NOTES)
def test_notes_are_warnings_at_the_callers_line(call):
    with pytest.warns(AdgraphWarning) as caught:
        call()
    assert {(warning.filename, warning.lineno) for warning in caught} == {(__file__, call.__code__.co_firstlineno)}


def shown(code, name="<a cell>"):
    """What IPython shows of the error that code raises."""
    with pytest.raises(AdgraphError) as caught, warnings.catch_warnings():
        exec(compile(code, name, "exec"), {})
    error = caught.value
    error.__traceback__ = error.__traceback__.tb_next  # without this function, as IPython leaves its own out
    return error._render_traceback_()


def test_an_error_is_shown_without_our_traceback():
    assert shown("from graphviz_ad import draw\n\ndraw('y = sine(x)')") == [
        "AdgraphError: line 1, column 5: unknown function 'sine'",
        "  y = sine(x)",
        "      ^^^^",
        "hint: write sin(x)",
        "",
        "in line 3",
    ]


def test_the_line_of_a_file_is_named(tmp_path):
    file = tmp_path / "helpers.py"
    file.write_text("from graphviz_ad import parse\nparse('y = sine(x)')  # wrong\n", "utf-8")
    assert shown(file.read_text("utf-8"), str(file))[-1] == "in helpers.py, line 2: parse('y = sine(x)')  # wrong"
    raised = AdgraphError("not raised at all")
    assert raised._render_traceback_() == ["AdgraphError: not raised at all"]


def test_a_notebook_waits_for_one_drawing(monkeypatch):
    """The types of a bundle share what was drawn to choose its views; nothing is set twice."""
    from graphviz_ad.drawing import typeset

    made, compiled = [], typeset._compiled
    monkeypatch.setattr(typeset, "_compiled", lambda pages: made.extend(pages) or compiled(pages))
    figure = draw("z = w*x + b; a = sigmoid(z); L = (a - t)^2")
    drawn = len(made)
    assert {*figure._repr_mimebundle_()} == {"text/html", "application/pdf", "text/plain"}
    assert drawn > 0
    assert len(made) == len({*made}), "a formula is set once"


def test_what_has_drawn_a_figure_is_given_up_for_the_next():
    """A notebook keeps its figures, and would keep all that."""
    import gc
    import weakref

    from graphviz_ad.results import typesetter

    first = draw("y = x^2")
    first.svg()
    setter = weakref.ref(typesetter(first._number))
    assert setter() is not None
    second = draw("y = x^3")
    second.svg()
    gc.collect()
    assert setter() is None
    assert "<svg" in first.svg()

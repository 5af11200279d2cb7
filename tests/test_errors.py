"""Errors as the terminal shows them: the place, the line around it, the carets, and the nearest name."""

import pytest

from graphviz_ad import evaluate, parse
from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean


def shown(source: str, start: int, end: int) -> list[str]:
    """The line and the carets of an error in a source."""
    return AdgraphError("wrong", Span(start, end), source=source).render().splitlines()[1:]


@pytest.mark.parametrize(
    ("source", "place", "line", "carets"),
    [
        ("y = x @ 2", "@", "  y = x @ 2", "        ^"),
        ("y = x\nz = @@", "@@", "  z = @@", "      ^^"),
        ("y = x\r\nz = @\r\n", "@", "  z = @ ", "      ^"),
        ("y\t= @", "@", "  y = @", "      ^"),
        ("变量 = @", "@", "  变量 = @", "         ^"),
        ("y = 变量", "变量", "  y = 变量", "      ^^^^"),
        ("y = x\u0302 @", "@", "  y = x\u0302 @", "        ^"),
        ("y = x\u0301", "\u0301", "  y = x\u0301", "      ^"),
        ("y = \x1b[31m", "\x1b", "  y = �[31m", "      ^"),
        ("y = \u202ex", "\u202e", "  y = �x", "      ^"),
        ("y = x\u2028@", "@", "  y = x @", "        ^"),
        ("y = (x +\n  z", "(x +\n  z", "  y = (x +", "      ^^^^"),
    ],
)
def test_the_carets_stand_under_what_is_wrong(source, place, line, carets):
    start = source.index(place)
    assert shown(source, start, start + len(place)) == [line, carets]


@pytest.mark.parametrize("letter", ["x", "变", "x\u0302"])
@pytest.mark.parametrize("before", [0, 10, 35, 36, 37, 100, 2000])
@pytest.mark.parametrize("after", [0, 30, 2000])
@pytest.mark.parametrize("width", [1, 20, 500])
def test_of_a_long_line_a_window_is_shown_and_the_carets_fit_under_it(letter, before, after, width):
    source = letter * before + "@" * width + letter * after
    line, carets = shown(source, len(letter) * before, len(letter) * before + width)
    wide = sum(2 if c == "变" else 0 if c == "\u0302" else 1 for c in line)
    assert len(carets) <= wide <= 80
    assert set(carets.lstrip(" ")) == {"^"}
    marked = carets.count("^")
    assert marked == min(width, line.count("@"))
    if letter == "x":
        assert line[len(carets) - marked : len(carets)] == "@" * marked


def test_a_very_long_message_is_shown_without_its_middle():
    shown = AdgraphError("a" * 2000 + "b", hint="c" * 2000 + "d").render()
    assert shown == f"{'a' * 250} … {'a' * 249}b\nhint: {'c' * 250} … {'c' * 249}d"


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("SIN", ["cos", "sin"], "sin"),
        ("Relu", ["relu", "ReLU6"], "relu"),
        ("sine", ["sin", "sinh"], "sin"),
        ("w", ["W"], "W"),
        ("qq", ["sin"], ""),
    ],
)
def test_the_nearest_name_in_any_case(name, known, near):
    assert did_you_mean(name, known) == (f"did you mean '{near}'?" if near else "")


def test_from_python_an_error_at_a_point_shows_its_place_where_there_is_a_text():
    with pytest.raises(AdgraphError) as caught:
        evaluate("z = a; y = 1/(x - 1)", {"x": 1, "a": 2})
    assert caught.value.render().splitlines()[1:3] == ["  z = a; y = 1/(x - 1)", "             ^^^^^^^^^"]
    with pytest.raises(AdgraphError) as caught:
        evaluate(parse("y = 1/x"), {"x": 0})
    assert caught.value.render().splitlines() == [
        "in the equation of y: 1/x is not defined at x = 0", "hint: the denominator must not be 0",
    ]  # fmt: skip

"""The ranges of indices that a source names, t = 1..3 or l = 1, …, L: which steps a recurrence or layers have."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

MAX_STEPS = 50

_GAP = r"\s{0,4}"
_LAST = r"(?:\d{1,9}|[A-Z]|n|\\(?!q?quad)[a-zA-Z]{1,9})"
_DOTS = r"(?:\.\.\.?|…|\\[lc]?dots)"
_BETWEEN = ",", "..", "…", "dots", ":", "to"  # one of them stands between the ends of a range
_RANGE = pattern(
    rf"(?<![\w\\_{{^])(?P<others>(?:(?:[a-zℓ]|\\ell){_GAP},{_GAP}){{0,3}})(?P<index>[a-zℓ]|\\ell)"
    rf"{_GAP}(?:&\s?)?(?:=|\\in|∈|\bin\b){_GAP}(?P<open>\\?\{{{_GAP})?(?P<first>\d{{1,9}}){_GAP}"
    rf"(?P<between>,{_GAP}{_DOTS}{_GAP},|{_DOTS}|:|\bto\b|,(?:{_GAP}\d{{1,9}}{_GAP},)*){_GAP}(?P<last>{_LAST})"
    rf"(?(open){_GAP}\\?\}})[^\S\n]{{0,4}}\)?"
    rf"(?:[.,]?(?=[^\S\n]{{0,2000}}(?:[;\n#$]|\\\\|\\end|\\quad|\\\]|\\\)|$))"
    rf"|(?=,(?:[^\S\n]|\\[,;: ]|~){{0,40}}\\?[^\W\d_][^=,;\n]{{0,60}}=(?!=)))"  # another equation behind a comma
)
_BEFORE = pattern(
    r"(?:[,(]|\\qquad|\\quad|\\[,;: ]|\\text\{ ?(?:for|with|where) ?\}|(?<!\w)(?:for|with)|&|[^\S\n])$"
)  # what may stand before a range, and goes with it
_OF_A_SUM = pattern(r"(?:sum|prod)\([^;\n]*,\s*$")  # sum(x_i, i=1..3) has bounds of its own
_LISTED = pattern(r"(?:^|[,(&;\n]|quad|\bfor|\bwith|\})\s*$")  # before several indices, i, j = 1, 2
_EARLIER = pattern(r"[_^]\{?[(\[]?(?P<index>[a-zℓ])\s{0,4}[-−]\s{0,4}1(?!\d)")  # h_{t-1}, a^{(l-1)}


class Steps(Record):
    """Which values an index takes; and where that is said."""

    index: str
    first: int
    last: int
    place: int

    def values(self) -> range:
        return range(self.first, self.last + 1)


def ranges_in(text: str, steps: int | None = None) -> tuple[list[Steps], str]:
    """The ranges of indices that a source names, t = 1..3; and the source with blanks in their place. With a number of
    `steps` each has so many, and what is said by an earlier step, h_{t-1}, has a range. Raises AdgraphError for a range
    without an end, and where there is nothing that has steps."""
    found, rest = _said_in(text, steps)
    if steps is None or found:
        return found, rest
    earlier = _EARLIER.search(text)
    if earlier is None:
        raise nothing_earlier(steps)
    return [Steps(earlier["index"], 1, steps, earlier.start("index"))], rest


def nothing_earlier(steps: int) -> AdgraphError:
    """The error of steps that are asked for where nothing has any."""
    hint = "a recurrence has one, h_t = tanh(w x_t + u h_{t-1})"
    return AdgraphError(f"there is no earlier step on a right side: nothing to unroll {steps} times", hint=hint)


def _said_in(text: str, steps: int | None) -> tuple[list[Steps], str]:
    found: list[Steps] = []
    if not any(map(text.__contains__, _BETWEEN)):
        return found, text
    rest = text
    for match in _RANGE.finditer(text):
        if _OF_A_SUM.search(text, 0, match.start()):
            continue
        is_word = match["between"] == "to" and "for" not in text[_beginning(text, match.start()) : match.start()]
        if is_word or not _is_below(match["index"], text):
            continue
        span = Span(match.start("index"), match.end("last"))
        others = _others(match, text)
        for index in (*others, match["index"]):
            found.append(Steps(_letter(index), *_bounds(match, span, steps), match.start("index")))
        start = _beginning(text, match.start() if others else match.start("index"))
        rest = rest[:start] + re.sub(r"[^\n;]", " ", text[start : match.end()]) + rest[match.end() :]
    return found, rest


def _is_below(index: str, text: str) -> bool:
    """Whether something has this index."""
    behind = "" if index.startswith("\\") else "(?![a-zA-Z])"
    return re.search(rf"[_^]\{{?[(\[]?[^\s={{}}]{{0,20}}?{re.escape(index)}{behind}", text) is not None


def _others(match: re.Match[str], text: str) -> list[str]:
    """The indices with the same values: i of i, j = 1, 2."""
    others = re.findall(r"\\ell|[a-zℓ]", match["others"])
    listed = _LISTED.search(text, max(0, match.start() - 20), match.start()) is not None
    return (
        others
        if listed and all(_is_below(other, text) or re.search(rf"_\{{?\w?{other}", text) for other in others)
        else []
    )


def _letter(index: str) -> str:
    return "ℓ" if index == "\\ell" else index


def _beginning(text: str, start: int) -> int:
    """Where what stands before a range begins: a comma, a gap, the word for."""
    while (found := _BEFORE.search(text, max(0, start - 20), start)) is not None:
        start = found.start()
    return start


def _bounds(match: re.Match[str], span: Span, steps: int | None) -> tuple[int, int]:
    index, first = _letter(match["index"]), int(match["first"][:6])
    if steps is not None:
        return first, first + steps - 1
    if not match["last"].isdecimal():
        hint = f"write {index} = {first}..3, or say how many steps: --unroll 3"
        raise AdgraphError(f"the last value of '{index}' is a letter, '{match['last']}'", span, hint)
    last = int(match["last"][:6])
    listed = [int(number[:6]) for number in re.findall(r"\d+", match["between"])]
    each = match["between"].startswith(",") and not re.search(r"\.\.|…|dots", match["between"])
    if each and [first, *listed, last] != list(range(first, last + 1)):
        raise AdgraphError(f"the values of '{index}' are not one after the other", span, f"write {index} = 1..3")
    if last < first:
        raise AdgraphError(f"'{index}' goes from {first} to {last}", span, "write the smaller one first")
    if last - first >= MAX_STEPS:
        raise AdgraphError(f"more than {MAX_STEPS} steps", span, f"write fewer, {index} = {first}..{first + 2}")
    return first, last

"""What the fuzzers of text and of LaTeX share: how a source is damaged, and what holds for each that is read."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.request import Request
from graphviz_ad.host.paths import looks_like_file
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText

MAX_COLUMNS = 100  # of a line of an error that shows a source

# Characters that have broken readers of text: controls, directions, marks, wide ones, other scripts.
HOSTILE = [
    *map(chr, range(32)), *map(chr, range(0x7F, 0xA1)),
    *"\u061c\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff",
    *"\u0300\u0301\u0302\u0304\u0307\u0308\u0338\u0489\u20d7\u20dd\ufe0f\U000e0101",
    *"\ud800\udbff\udc80\udfff\uffff\U0001f600\U0001d499\U0010ffff",
    *"变量한ｘＦ１（＝；½²ⁿ₁₊٣߀௧ßıİǅﬃªΩΩµμ∂∇∞√∛∜′″‴⁻−–—·×÷∑∏",
]  # fmt: skip
NUMBERS = [
    "0", "1", "2", "10", "0.5", ".5", "1.", "1e3", "1e-3", "1e300", "1e301", "1e999999999", "1e-999999999",
    "0e999999999",
    "10^10^10", "9^9^9^9", "0^0", "0^-1", "1/0", "00", "007", "1" * 50, "1" * 51, "9" * 300 + ".5", "1.2.3", "1e",
    "1e+", "²",
]  # fmt: skip
BRACKETS = "()[]{}|"


def damaged(
    rng: random.Random,
    system: Callable[[random.Random], str],
    enormous: Callable[[random.Random], str],
    tokens: Sequence[str],
) -> str:
    """A random source: mostly a damaged system, seldom an enormous one or tokens in no order."""
    kind = rng.random()
    if kind < 0.005:
        return enormous(rng)
    if kind < 0.15:
        return "".join(rng.choice(tokens) for _ in range(rng.randint(0, 30)))
    return mutated(rng, system(rng), tokens)


def mutated(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    """A text after a few edits: parts taken out, doubled, exchanged; tokens and characters put in."""
    for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
        text = rng.choice(_EDITS)(rng, text, tokens)
    return text


def _cut(rng: random.Random, text: str) -> tuple[int, int]:
    start = rng.randint(0, len(text))
    return start, min(len(text), start + rng.choice((0, 1, 1, 2, 3, 8, 30)))


def _delete(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    start, end = _cut(rng, text)
    return text[:start] + text[end:]


def _double(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    start, end = _cut(rng, text)
    return text[:end] + text[start:]


def _exchange(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    a, b, c, d = sorted((*_cut(rng, text), *_cut(rng, text)))
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _insert(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    put = rng.choice((tokens, tokens, HOSTILE, NUMBERS, BRACKETS))
    start, end = _cut(rng, text)
    return text[:start] + rng.choice(put) + text[rng.choice((start, end)) :]


def _break_off(rng: random.Random, text: str, tokens: Sequence[str]) -> str:
    return text[: rng.randint(0, len(text))]


_EDITS: tuple[Callable[[random.Random, str, Sequence[str]], str], ...] = (
    _delete, _double, _exchange, _insert, _insert, _insert, _break_off,
)  # fmt: skip


def checked(source: str, language: str) -> None:
    """Read a source, with its functions written out and kept. Raises AssertionError unless each ends in a graph or in
    an error that is shown as text, whose place is in the source. (What runs the fuzzers limits time and memory.)"""
    looks_like_file(source)
    for keep in (False, True):
        try:
            system, notes = read(SourceText(source, language), Request(keep_functions=keep))
            assert isinstance(system.graph, Graph)
            assert all(isinstance(note, str) for note in notes)
            for node in system.graph.nodes:
                assert node.span is not None
                assert 0 <= node.span.start < node.span.end <= len(source), node
        except AdgraphError as error:
            check_error(error, source)


def check_error(error: AdgraphError, source: str) -> None:
    """An error says something, all of it text, and points at a place in its source with carets under what is shown."""
    assert error.message
    lines = error.render().split("\n")
    for line in lines:
        assert is_inert(line), ascii(line)
        assert len(line) < 1000
    if error.span is None:
        return
    assert error.source == source
    start, end = error.span
    assert 0 <= start < end <= len(source), (error.message, error.span, len(source))
    _, shown, carets, *_ = lines
    assert carets.strip(" ").strip("^") == ""
    assert carets.endswith("^")
    assert len(carets) <= max(3, columns(shown)) <= MAX_COLUMNS, (shown, carets)  # 3: a mark with nothing before it


def is_inert(line: str) -> bool:
    """Whether a line does nothing to a terminal: no controls, no change of direction, no lone surrogate."""
    return not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in _DIRECTIONS for c in line)


_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def columns(text: str) -> int:
    """The columns that a text takes in a terminal."""
    widths = {"W": 2, "F": 2}
    marks = ("Mn", "Me")
    return sum(0 if unicodedata.category(c) in marks else widths.get(unicodedata.east_asian_width(c), 1) for c in text)

"""Pictures that grow, as one picture whose lines beamer shows from and to a slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

OverlayLine = tuple[str, set[int]]  # a line of the source, and the slides that show it


def overlaid(slides: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of all slides in one order, those that are not on every slide in overlays."""
    for shown, run in groupby(_merged(slides), key=lambda line: sorted(line[1]) if _drawn(line[0]) else None):
        lines = [text for text, _ in run]
        if shown is None or len(shown) == len(slides):
            yield from lines
        else:
            margin = lines[0][: -len(lines[0].lstrip())]
            yield f"{margin}\\only<{_span(shown, len(slides))}>{{%"
            yield from (f"  {line}" for text in lines for line in text.splitlines())
            yield f"{margin}}}"


def _drawn(text: str) -> bool:
    """Whether a line draws; the others are blank, comments, scopes and places."""
    return text.lstrip().startswith(("\\node", "\\draw", "\\path", "\\begin{pgfonlayer}"))


def _merged(slides: Sequence[Sequence[str]]) -> list[OverlayLine]:
    known: list[OverlayLine] = []
    for number, texts in enumerate(slides, 1):
        merged: list[OverlayLine] = []
        same = SequenceMatcher(None, [text for text, _ in known], texts, autojunk=False)
        for kind, first, last, begin, end in same.get_opcodes():
            new: list[OverlayLine] = [(text, {number}) for text in texts[begin:end]] if kind != "equal" else []
            for _, shown in known[first:last] if kind == "equal" else []:
                shown.add(number)
            merged += [*known[first:last], *new]
        known = merged
    return known


def _span(shown: Sequence[int], last: int) -> str:
    """Numbers of slides as beamer writes them: 2-3,5-"""
    runs: list[list[int]] = []
    for number in shown:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = (
        f"{run[0]}-" if run[-1] == last else f"{run[0]}-{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs
    )
    return ",".join(spans)

"""Formulas in a Jupyter notebook: those of its Markdown cells, and its cells of code, each with its place."""

from __future__ import annotations

import json
from json import decoder, scanner
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.documents import marked_up
from graphviz_ad.read.documents.formulas import PYTHON, Excerpt, part

_ESCAPES = frozenset('"\\/bfnrt')


class _Placed(str):
    """A string that knows where in the file it begins, behind its quotation mark."""

    start: int


class _Decoder(json.JSONDecoder):
    def __init__(self) -> None:
        super().__init__(strict=False)
        self.parse_string: Any = _placed
        self.scan_once: Any = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # in Python, so that it calls ours


def _placed(text: str, start: int, strict: bool = True) -> tuple[str, int]:
    found, end = decoder.scanstring(text, start, strict)  # type: ignore[attr-defined]  # typeshed has none
    made = _Placed(found)
    made.start = start
    return made, end


def formulas(text: str) -> list[Excerpt]:
    """The formulas of a notebook. Raises AdgraphError for what is none."""
    try:
        data = _Decoder().decode(text)
        cells = data["cells"] if "cells" in data else [cell for sheet in data["worksheets"] for cell in sheet["cells"]]
        read = [(cell["cell_type"], cell.get("source", cell.get("input", ""))) for cell in cells]
    except json.JSONDecodeError as error:
        raise AdgraphError(f"this is no notebook: line {error.lineno}, column {error.colno} is no JSON") from error
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AdgraphError("this is no notebook: it has no cells", hint="is it a file that Jupyter wrote?") from error
    found: list[Excerpt] = []
    section = 0
    for kind, source in read:
        body, places = _cell(source, text)
        if kind == "markdown":
            made, section = marked_up.formulas(body, marked_up.MARKDOWN, places, section)
            found += made
        elif kind == "code" and body.strip():
            found.append(Excerpt(body, part(places, 0, len(body)), section, 0, "", True, PYTHON))
    return found


def _cell(source: Any, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a cell, and where in the file it stands; of a source that is no text nothing."""
    lines = source if isinstance(source, list) else [source]
    body = ""
    places: list[tuple[int, int]] = []
    for line in lines:
        if not isinstance(line, _Placed):
            continue
        places += _places(line, text, len(body))
        body += line
    return body, tuple(places) or ((0, 0),)


def _places(line: _Placed, text: str, at: int) -> list[tuple[int, int]]:
    """Where each stretch of a string stands: an escape takes more characters in the file than it means."""
    found = [(at, line.start)]
    place = line.start
    for character in line:
        step = 1
        if text[place] == "\\":
            step = 2 if text[place + 1] in _ESCAPES else 12 if ord(character) > 0xFFFF else 6
        place, at = place + step, at + 1
        if step > 1:
            found.append((at, place))
    return found

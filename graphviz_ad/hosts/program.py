"""What another program asks for, as data, and what it is answered: where its figures are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.record import Record
from graphviz_ad.documents.asking import Spot, asked
from graphviz_ad.documents.store import Store
from graphviz_ad.formats import find
from graphviz_ad.hosts.blocks import Wanted, figure, line_of, under_a_caption

_KEYS = {"blocks": list, "formats": list, "folder": str, "document": str, "usual": dict}
_OWN = ("fig-cap", "label")  # options of a block that are its program's, and go back to it


class Passage(Record):
    """A block of a document, with what is wanted of it: words behind its name, what stands in it, the places of both as
    far as they are known, and whether the document has a caption for it."""

    words: str
    text: str
    above: Origin
    place: Origin
    wanted: Wanted
    is_captioned: bool = False


class Answer(Record):
    """The files of a figure by format, the words for it, what its program asked for itself, and notes; or what the
    error says."""

    files: Mapping[str, str] = {}
    alt: str = ""
    own: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    error: str = ""


def asked_for(data: Any, allow_python: bool) -> list[Passage]:
    """The blocks of a request. Raises AdgraphError for what is none."""
    said = {**{key: kind() for key, kind in _KEYS.items()}, **_checked(data)}
    store = Store(Path(said["folder"] or "."), "adgraph-")
    formats, usual = tuple(map(str, said["formats"] or ["svg"])), said["usual"]
    wanted = Wanted(formats, {key: str(value) for key, value in usual.items()}, store, allow_python)
    document = _text(said["document"])
    return [_block(one, said["document"], document, wanted) for one in said["blocks"]]


def made(block: Passage) -> Answer:
    """Make the figure of a block, and write it."""
    try:
        spot = asked(block.words, block.above, block.text, block.place, 0, 0, block.above._replace(column=1))
        own = {key: value for key, value in spot.others.items() if key in _OWN}
        found = figure(spot, _beside(own, spot, block))
        store = block.wanted.store
        assert store is not None, "figures are written"
        files = {name: store.path(found.key, form.extensions[0]).as_posix()
                 for name in block.wanted.formats if (form := find(name))}  # fmt: skip
    except AdgraphError as error:
        return Answer(error=error.render())
    return Answer(files, found.alt, own, found.notes)


# ---- helpers


def _checked(data: Any) -> dict[str, Any]:
    """The data, in which each thing is of its kind."""
    if not isinstance(data, dict) or not isinstance(data.get("blocks"), list):
        raise AdgraphError("a request is an object with blocks", hint="adgraph embed --help shows one")
    for key, value in data.items():
        if key not in _KEYS:
            raise AdgraphError(f"a request has no '{key}'", hint=f"there are {', '.join(_KEYS)}")
        if not isinstance(value, _KEYS[key]):
            raise AdgraphError(f"'{key}' of a request is a {_KEYS[key].__name__}, not {value!r}")
    return data


def _block(data: Any, path: str, document: str, wanted: Wanted) -> Passage:
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise AdgraphError(f"a block is an object with its text, not {data!r}")
    line, column = (data.get(key) for key in ("line", "column"))  # of the words, where the program knows it
    if not isinstance(line, int):
        line = max(line_of(data["text"], document) - 1, 1)
    above = Origin(path, line, column if isinstance(column, int) else 1)
    words, is_captioned = str(data.get("words", "")), bool(data.get("captioned"))
    return Passage(words, data["text"], above, Origin(path, line + 1), wanted, is_captioned)


def _beside(own: Mapping[str, str], spot: Spot, block: Passage) -> Wanted:
    """How the figure of a block is made where the document has a caption for it, and where not."""
    wanted = block.wanted
    if not (block.is_captioned or "fig-cap" in own):
        return wanted
    return wanted.replace(usual=under_a_caption({**wanted.usual, **dict(spot.items)}))


def _text(path: str) -> str:
    """The text of a document; none where it cannot be read, and then lines are those of each block."""
    try:
        return Path(path).read_text("utf-8").replace("\r\n", "\n") if path else ""
    except (OSError, ValueError):
        return ""

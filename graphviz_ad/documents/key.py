"""The key of a figure: a sum of all that it is made of, so that the same key is the same figure."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.version import VERSION
from graphviz_ad.host.small_file import read_small
from graphviz_ad.read.sources import SourceText, read_text

DIGITS = 16  # of a key, in base 16
LONGEST = 1_000_000  # bytes of a Python file
_MADE_WITH = ("typst", "python-flint")
_FILES = ("macros", "template")  # options that name files; a theme is one by its suffix

OptionItems = Sequence[tuple[str, str]]


def figure_key(source: SourceText, options: OptionItems, folder: str = "") -> str:
    """The key of what is drawn of a source, in whichever format: of texts and of what is in the files that options name
    in a folder, wherever that is."""
    said = {
        "adgraph": VERSION,
        "with": [_version(name) for name in _MADE_WITH],
        "source": [*_words(source), source.language, sorted(source.at.items())],
        "options": sorted(options, key=lambda item: item[0]),  # of one name they stay in order
        "files": [_content(os.path.join(folder, value)) for name, value in options if _is_file(name, value)],
    }
    return sha256(json.dumps(said).encode()).hexdigest()[:DIGITS]


def beside(options: Iterable[tuple[str, str]], folder: str) -> OptionItems:
    """Options whose files are looked for in a folder."""
    return tuple((name, os.path.join(folder, value) if _is_file(name, value) else value) for name, value in options)


def _is_file(name: str, value: str) -> bool:
    return name in _FILES or (name == "theme" and value.endswith(".toml"))


def _content(file: str) -> str:
    """What is in a file; nothing where it cannot be read, which is an error when it is drawn."""
    try:
        return read_small(file)
    except AdgraphError:
        return ""


def _words(source: SourceText) -> tuple[str, str]:
    """The text of a source; of a Python function its name, and the code of its file: what that imports is not looked
    at."""
    if source.language != "python":
        return source.text, ""
    file, _, function = (source.text, "", "") if source.text.endswith(".py") else source.text.rpartition(":")
    return f"{os.path.basename(file)}:{function}", read_text(file, LONGEST)


@cache
def _version(package: str) -> str:
    """The version of a package; none where it was not installed as one."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""

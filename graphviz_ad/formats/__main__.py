"""The list of formats in `listed.py`, made of the files of this folder: `python -m graphviz_ad.formats` writes it.

A test says when it is to be written again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from textwrap import wrap

from graphviz_ad import formats
from graphviz_ad.formats import Format

LISTED = Path(__file__).with_name("listed.py")


def listed() -> str:
    """The fields of each Format, by its name, as a module of Python that imports nothing."""
    lines = ['"""The formats in the files of this folder; made by `python -m graphviz_ad.formats`."""', "", "ROWS = ("]
    for made in sorted(_found(), key=lambda made: made.name):
        lines += ["    (", *(f"        {_written(getattr(made, field))}," for field in Format.__match_args__), "    ),"]
    return "\n".join([*lines, ")", ""])


def _found() -> Iterator[Format]:
    """The formats of each file."""
    for file in walk_packages(formats.__path__, f"{formats.__name__}."):
        if not file.name.endswith("__main__"):
            values = vars(import_module(file.name)).values()
            yield from (one for one in values if isinstance(one, Format) and one.place.startswith(f"{file.name}:"))


def _written(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        lines = [json.dumps(line, ensure_ascii=False) for line in _wrapped(value)]
        return lines[0] if len(lines) == 1 else "\n            ".join(["(", *lines]) + "\n        )"
    comma = "," if len(value) == 1 else ""
    return f"({', '.join(map(_written, value))}{comma})"


def _wrapped(text: str) -> list[str]:
    """A text in lines of source, each with the blank at its end."""
    *others, last = wrap(text, 100) or [""]
    return [*(f"{line} " for line in others), last]


if __name__ == "__main__":
    LISTED.write_text(listed(), "utf-8")

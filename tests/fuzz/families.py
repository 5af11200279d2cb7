"""The table of the families of random inputs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from random import Random
from typing import Any, NamedTuple

FAMILIES = {  # name -> module
    "text": "text_sources",
    "latex": "latex_sources",
    "symbolic": "symbolic_sources",
    "python": "python_sources",
    "options": "options",
    "at": "at_values",
    "themes": "themes",
    "names": "names",
    "derived": "derived",
    "documents": "documents",
}


class Family(NamedTuple):
    """What makes an input, and what checks what adgraph makes of it."""

    make: Callable[[Random], Any]
    check: Callable[[Any], None]


def load(name: str) -> Family:
    """The family of a name of the table, or of a module."""
    module = import_module(f"{__package__}.{FAMILIES.get(name, name)}")
    return Family(getattr(module, "case", None) or module.source, module.check)

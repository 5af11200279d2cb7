"""Input languages. Each module of this package reads one and registers itself.

A frontend turns source text into a `Source`: the graph and the notes for the reader (how an ambiguous spelling was
read). Names in `variables` are variables even where the language has a constant of that name (`e`, `pi`).
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

from graphviz_ad.graph import Graph


class Source(NamedTuple):
    """What a frontend makes of its text."""

    graph: Graph
    notes: tuple[str, ...] = ()


F = TypeVar("F", bound="Frontend")
Frontend = Callable[[str, frozenset[str]], Source]
_FRONTENDS: dict[str, Frontend] = {}


def register(language: str) -> Callable[[F], F]:
    """Decorator: this function reads that language."""

    def keep(frontend: F) -> F:
        _FRONTENDS[language] = frontend
        return frontend

    return keep


def frontend(language: str) -> Frontend:
    """What reads a language. KeyError for one that no module of this package reads."""
    if language not in _FRONTENDS:
        for module in Path(__file__).parent.glob("[!_]*.py"):
            import_module(f"{__name__}.{module.stem}")
    return _FRONTENDS[language]

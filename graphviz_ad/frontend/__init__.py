"""Input languages. Each module of this package reads one and registers itself.

A frontend turns source text into a `Source`: the graph and the notes for the reader (how an ambiguous spelling was
read). Names in `variables` are variables even where the language has a constant of that name (`e`, `pi`).
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from graphviz_ad.graph import Graph


class Source(NamedTuple):
    """What a frontend makes of its text."""

    graph: Graph
    notes: tuple[str, ...] = ()


Frontend = Callable[[str, frozenset[str]], Source]
_FRONTENDS: dict[str, Frontend] = {}


def register(language: str) -> Callable[[Frontend], Frontend]:
    """Decorator: this function reads that language."""

    def keep(frontend: Frontend) -> Frontend:
        _FRONTENDS[language] = frontend
        return frontend

    return keep


def frontends() -> dict[str, Frontend]:
    """Every input language by its name."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return dict(sorted(_FRONTENDS.items()))

"""What options make of diagrams and sheets, where that is all they do: by the functions that their rows name."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from graphviz_ad.core.diagram import Diagram, Sheet
from graphviz_ad.core.option_row import Place
from graphviz_ad.core.request import NOTHING_ASKED, Request, rows
from graphviz_ad.host.plugins import loaded

Changed = TypeVar("Changed", Diagram, Sheet)


def changed(shown: Changed, request: Request) -> Changed:
    """A diagram or a sheet as options have it, each after those above it in their table."""
    for option, change in _changes("on_sheets" if isinstance(shown, Sheet) else "on_diagrams"):
        if getattr(request, option) != getattr(NOTHING_ASKED, option):
            shown = (_at(change) if isinstance(change, Place) else change)(shown, request)
    return shown


@cache
def _changes(column: str) -> tuple[tuple[str, Any], ...]:
    """The options whose rows have a function in this column, or its place."""
    return tuple((option, change) for option, _, row in rows() if (change := getattr(row, column)) is not None)


def _at(place: Place) -> Callable[[Any, Request], Any]:
    found: Callable[[Any, Request], Any] = loaded(f"graphviz_ad.{place}")
    return found

"""Options that would do nothing where they are given: a figure that is not what was asked for is a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from graphviz_ad.core.option_row import Use
from graphviz_ad.core.request import Request
from graphviz_ad.formats import find
from graphviz_ad.options.table import Option, of_command

PAGE = frozenset({"html"})


def unused(
    command: str, request: Request, views: Iterable[str] = (), formats: Iterable[str] = ()
) -> tuple[Option, str] | None:
    """The first option that is given to a command and does nothing there, with what it is for. `views` are those that
    are shown, `formats` those that are written; a page has views of its own."""
    written = frozenset(formats)
    shown = frozenset(() if written == PAGE else views)
    for option in of_command(command):
        for use in option.row.uses if option.name in request.given else ():
            is_its_rule = command in (use.commands or option.row.commands).split()
            if is_its_rule and not _works(option, use, request, shown, written):
                return option, use.said
    return None


def of_arrays(command: str, request: Request) -> Option | None:
    """The first option that is given to a command and does nothing to a system of numbers."""
    return next((o for o in of_command(command) if o.row.of_arrays and o.name in request.given), None)


def _works(option: Option, use: Use, request: Request, views: frozenset[str], formats: frozenset[str]) -> bool:
    return (
        not views.isdisjoint(use.views.split())
        or (use.of_formats and any(made.has(option.name) for made in map(find, formats) if made))
        or bool(use.other_than and formats - set(use.other_than.split()))
        or use.when(request)
    )

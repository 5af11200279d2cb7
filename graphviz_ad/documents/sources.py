"""What a figure of a document is of: equations that stand there, a Python function, or a formula that is chosen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.request import is_python
from graphviz_ad.documents.asking import Spot
from graphviz_ad.host.paths import check_name, has_suffix
from graphviz_ad.read import recognised
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:
    from graphviz_ad.read.documents.choosing import Whole

RUNS = "a Python function is run, and this document has not been allowed to run code"

NOWHERE = Origin()

ReadFormulas = Callable[[], "Whole"]  # of a document, read when they are first asked for


def source_text(
    source: str, options: Iterable[tuple[str, str]] = (), origin: Origin = NOWHERE, allow_python: bool = False
) -> SourceText:
    """The source that a text is: equations, or the place of a Python function, beside the document. Raises AdgraphError
    for one that is not allowed to run."""
    language = dict(options).get("from", "auto")
    if is_python(source.strip(), language):
        if not allow_python:
            raise AdgraphError(RUNS, hint="if you trust it: --allow-python (in Python, allow_python=True)")
        place = os.path.join(os.path.dirname(origin.path), source.strip())
        check_name(place if place.endswith(".py") else place.rpartition(":")[0])
        return SourceText(place, "python")
    if not source.strip():
        raise AdgraphError("there are no equations", hint='write some, such as "y = x^2"')
    return SourceText(source, recognised(source) if language == "auto" else language)


def formulas_of(document: str, macros: tuple[str, ...]) -> ReadFormulas:
    """The formulas of a document, which is read when they are first asked for."""

    def opened() -> Whole:
        from graphviz_ad.read.documents import choosing

        return choosing.opened(document, macros)

    return cache(opened)


def chosen(spot: Spot, macros: tuple[str, ...], allow_python: bool, formulas: ReadFormulas) -> SourceText:
    """What a spot of a document asks for: equations that stand there, a Python function or a file beside the document,
    or one of its formulas. Raises AdgraphError."""
    choice = spot.choice
    if not choice or is_python(choice):
        return source_text(choice or spot.source, spot.items, spot.place, allow_python)
    from graphviz_ad.read.documents.choosing import read_sources, source_in

    if not choice.startswith("#") and has_suffix(choice.partition("#")[0]):
        file = os.path.join(os.path.dirname(spot.place.path), choice)
        return read_sources(file, one_alone=True, macros=macros)[0]
    return source_in(formulas(), choice.removeprefix("#"))

"""A figure for a document: from a source that stands there to the bytes of each format, with what is said of it.

This is what `adgraph notes`, notebooks and extensions of Sphinx and others are made of.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence

from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.errors import AdgraphError, Origin, did_you_mean
from graphviz_ad.core.inert import inert
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.documents.key import OptionItems, beside, figure_key
from graphviz_ad.documents.sources import NOWHERE, source_text
from graphviz_ad.documents.store import Store
from graphviz_ad.drawing.pages import standing
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats import Format, find, formats
from graphviz_ad.lesson.choice import said_of_pages, usual_sheet
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.lesson.words import describe
from graphviz_ad.options.asked import AskedError, from_text, with_style
from graphviz_ad.options.unused import unused
from graphviz_ad.pipeline import read, render
from graphviz_ad.point.bindings import check_given
from graphviz_ad.read.sources import SourceText

NO_PART = ("output", "format", "frames", "alt", "no-cache")  # options of a command, which writes files
ABOUT = ".about"  # what a store has of a figure beside its pictures


class Embedded(Record):
    """A figure of a document: its bytes by the name of each format, its alternative text, notes on how its source was
    read, and its key, which is the same where all that it is made of is the same."""

    pictures: Mapping[str, bytes]
    alt: str
    notes: tuple[str, ...]
    key: str


def embed(
    source: str | SourceText,
    options: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    formats: Sequence[str] = ("svg",),
    origin: Origin = NOWHERE,
    *,
    store: Store | None = None,
    elsewhere: Sequence[str] = (),
    allow_python: bool = False,
) -> Embedded:
    """The figure of equations that stand in a document.

    `source` is equations, as text or LaTeX, or the place of a Python function, `lesson.py:loss`, which is run, and
    only with `allow_python`; or a source that was chosen already. `options` are those of `adgraph draw`, key and value
    as texts: {"view": "forward,chain", "wrt": "x"}; `answers` is true or false. `formats` are its formats, by name or
    extension. `origin` is where in a document the source begins; files that are named are looked for beside it.

    With a `store`, a figure that is there is not made again, and one that is made is kept. `elsewhere` are formats that
    the same document has in other builds: an option may be for these.

    Raises AdgraphError, whose `line` and `column` are those of the document; AskedError, with the `key`, for an
    option.
    """
    asked = tuple(options.items() if isinstance(options, Mapping) else options)
    folder = os.path.dirname(origin.path)
    try:
        found = source if isinstance(source, SourceText) else source_text(source, asked, origin, allow_python)
        made = {one.name: one for one in map(_format, formats)}
        key = figure_key(found, asked, folder)
        kept = _kept(store, key, made) if store else None
        if kept is not None:
            return kept
        setter = Typesetter()
        sheet, request, notes = sheet_for(found, beside(asked, folder), made, elsewhere, setter)
        figure = _drawn(sheet, request, made, notes, key, setter)
    except AdgraphError as error:
        raise (error if origin == NOWHERE else error.placed(origin)) from None
    if store is not None:
        about = json.dumps({"alt": figure.alt, "notes": figure.notes})
        contents = {made[name].extensions[0]: content for name, content in figure.pictures.items()}
        store.put(key, {**contents, ABOUT: about})
    return figure


# ---- helpers


def _format(name: str) -> Format:
    made = find(name)
    if made is None:
        raise AdgraphError(f"unknown format '{name}'", hint=did_you_mean(name, list(formats())))
    return made


def sheet_for(
    source: SourceText,
    items: OptionItems,
    made: Mapping[str, Format],
    elsewhere: Sequence[str] = (),
    setter: Typesetter | None = None,
) -> tuple[Sheet, Request, tuple[str, ...]]:
    """What is to be drawn, what is asked of it, and notes."""
    request, answers = _asked(items, source)
    system, notes = read(source, request)
    if request.at:
        check_given([system.whole], system.reading.given, system.reading.called_with, {})
    for one in made.values():
        one.maker.check_size(system.size)
    sheet, more = _sheet(system, request, setter or Typesetter())
    found = unused("draw", request, [panel.view for panel in sheet.panels], (*made, *elsewhere))
    if found:
        option, said = found
        raise AskedError(option.spelled, f"{option.spelled} {said}")
    return _exercise(sheet, request, answers), request, (*notes, *more)


def _asked(items: OptionItems, source: SourceText) -> tuple[Request, bool]:
    """What is asked, and whether an exercise is completed."""
    for name, _ in items:
        if name in NO_PART:
            raise AskedError(name, f"'{name}' has no part in a document")
    answers = [value.strip().lower() for name, value in items if name == "answers"]
    for value in answers:
        if value not in ("", "true", "yes", "false", "no"):
            raise AskedError("answers", f"answers: '{value}' is not true or false")
    request = from_text("draw", [item for item in items if item[0] != "answers"], (source.text,))
    if answers and request.blank is None:
        raise AskedError("answers", "answers are those of an exercise: blank: derivatives")
    if request.views and request.style != "textbook":
        raise AskedError("style", f"style {request.style} is a view of its own; leave view out")
    return with_style(request), bool(answers) and answers[-1] not in ("false", "no")


def _sheet(system: System, request: Request, setter: Typesetter) -> tuple[Sheet, tuple[str, ...]]:
    """The views that are shown, on one page, and notes where others are left out and where one is too large for it."""
    if request.views:
        return sheet_of(system, request.views).in_one_piece(), ()
    choice = usual_sheet(system, request.style, standing(request, setter), in_parts=False)
    return choice.sheet, tuple(filter(None, (choice.note, said_of_pages(choice, is_paged=False, is_picture=True))))


def _exercise(sheet: Sheet, request: Request, answers: bool) -> Sheet:
    if request.blank is None:
        return sheet
    from graphviz_ad.lesson.exercise import derivatives, exercise

    if isinstance(request.blank, int) and request.blank > (there := len(derivatives(sheet))):
        raise AskedError("blank", f"blank: {request.blank} is more than the derivatives: there are {there}")
    empty, answered = exercise(sheet, request.blank, request.seed)
    if empty == answered:
        raise AskedError("blank", "blank leaves nothing out: no panel has what it hides")
    return answered if answers else empty


def _drawn(
    sheet: Sheet, request: Request, made: Mapping[str, Format], notes: tuple[str, ...], key: str, setter: Typesetter
) -> Embedded:
    said = [*notes]
    pictures = {}
    for name, one in made.items():
        content = render(sheet, one, request, setter, said.append)
        pictures[name] = content.encode() if isinstance(content, str) else content
    return Embedded(pictures, inert(describe(sheet)), tuple(dict.fromkeys(said)), key)


def _kept(store: Store, key: str, made: Mapping[str, Format]) -> Embedded | None:
    """A figure that is in the store, in all its formats; None where it is not, or not whole."""
    try:
        about = json.loads(store.path(key, ABOUT).read_bytes())
        pictures = {name: store.path(key, one.extensions[0]).read_bytes() for name, one in made.items()}
        return Embedded(pictures, str(about["alt"]), tuple(map(str, about["notes"])), key)
    except (OSError, ValueError, KeyError, TypeError):
        return None

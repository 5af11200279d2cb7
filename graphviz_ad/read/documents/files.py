"""Which files are documents, and the reading of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.documents import marked_up, notebook, rst
from graphviz_ad.read.documents.displays import with_displays
from graphviz_ad.read.documents.formulas import LATEX, Document, Excerpt, numbered
from graphviz_ad.read.latex.macros import DEFINING, Macros, defined, expanded
from graphviz_ad.read.sources import read_text

MAX_DOCUMENT = 30_000_000  # bytes: notebooks have pictures in them
MAX_FORMULAS = 20_000
MAX_UNREAD = 100  # definitions of macros in a file


def _markdown(text: str) -> Sequence[Excerpt]:
    return marked_up.formulas(text, marked_up.MARKDOWN)[0]


def _tex(text: str) -> Sequence[Excerpt]:
    begun = re.search(r"\\begin\{document\}", text)
    return marked_up.formulas(text, marked_up.TEX, start=begun.end() if begun else 0)[0]


KINDS: dict[str, Callable[[str], Sequence[Excerpt]]] = {
    ".md": _markdown, ".markdown": _markdown, ".qmd": _markdown, ".rmd": _markdown, ".mdx": _markdown,
    ".tex": _tex, ".ltx": _tex, ".latex": _tex, ".rst": rst.formulas, ".ipynb": notebook.formulas,
}  # fmt: skip


def kind_of(name: str) -> str:
    """The kind of document that a file is by its name; "" for none."""
    return next((suffix for suffix in KINDS if name.lower().endswith(suffix)), "")


def read_document(name: str, macros: Sequence[str] = ()) -> Document:
    """The document in a file, its macros and those of other files, whose texts these are, written out. Raises
    AdgraphError for a file that is not there, or is none."""
    text = read_text(name, MAX_DOCUMENT)
    known = {name: macro for file in (*macros, text) for name, macro in _macros(file).items()}
    try:
        found = KINDS[kind_of(name)](with_displays(text, known) if kind_of(name) != ".ipynb" else text)
    except AdgraphError as error:
        error.origin = name
        raise
    if len(found) > MAX_FORMULAS:
        hint = "divide it into several files"
        raise AdgraphError(f"more than {MAX_FORMULAS:,} formulas in one document", hint=hint, origin=name)
    return Document(name, text, numbered([_written_out(one, known) for one in found] if known else found))


def _macros(text: str) -> Macros:
    """The macros that a text defines; those that cannot be read are left out."""
    for _ in range(MAX_UNREAD):
        if not any(word in text for word in DEFINING):
            break
        try:
            return defined(text)[0]
        except AdgraphError as error:
            if error.span is None:
                break
            start = max(text.rfind("\\", 0, error.span.start + 1), 0)
            start = max(
                [place for word in DEFINING if (place := text.rfind(word.lstrip("\\"), 0, error.span.end)) >= 0]
                or [start]
            )
            text = f"{text[:start]} {text[start + 1 :]}"
    return {}


def _written_out(formula: Excerpt, macros: Macros) -> Excerpt:
    """A formula with its macros written out, each character with its place."""
    if formula.language != LATEX:
        return formula
    try:
        made = expanded(formula.text, macros)
    except AdgraphError:
        return formula  # it will be said to be of commands that are not known
    if not made.places:
        return formula
    places = [(at, formula.offset(span.start)) for at, span in enumerate(made.places)]
    kept = [one for number, one in enumerate(places) if not number or one[1] - places[number - 1][1] != 1]
    return formula.replace(text=made.text, places=tuple(kept))

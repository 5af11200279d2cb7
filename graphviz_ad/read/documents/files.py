"""Which files are documents, and the reading of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.documents import marked_up, notebook, rst
from graphviz_ad.read.documents.formulas import Document, Excerpt, numbered
from graphviz_ad.read.sources import read_text

MAX_DOCUMENT = 30_000_000  # bytes: notebooks have pictures in them
MAX_FORMULAS = 20_000


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


def read_document(name: str) -> Document:
    """The document in a file. Raises AdgraphError for a file that is not there, or is none."""
    text = read_text(name, MAX_DOCUMENT)
    try:
        found = KINDS[kind_of(name)](text)
    except AdgraphError as error:
        error.origin = name
        raise
    if len(found) > MAX_FORMULAS:
        hint = "divide it into several files"
        raise AdgraphError(f"more than {MAX_FORMULAS:,} formulas in one document", hint=hint, origin=name)
    return Document(name, text, numbered(found))

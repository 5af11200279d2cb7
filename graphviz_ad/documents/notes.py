"""The figures of documents, made where they are asked for: those that are new or have changed, and no others."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.record import Record
from graphviz_ad.documents import latex, markdown
from graphviz_ad.documents.asking import Spot
from graphviz_ad.documents.key import OptionItems, figure_key
from graphviz_ad.documents.manuscript import Manuscript, ShownFigure, fit, read
from graphviz_ad.documents.sources import ReadFormulas, chosen, formulas_of
from graphviz_ad.documents.store import KEY, Store
from graphviz_ad.read.sources import SourceText


class DocumentKind(Record):
    """A kind of document: the spots where it asks for figures, what it shows there, the words for a figure in its
    notation, and the files that show figures; the format of these, if it has only one, and options of its own."""

    spots: Callable[[str, str], Iterator[Spot | AdgraphError]]
    shown: Callable[[Manuscript, Spot], ShownFigure | None]
    words: Callable[[str], str]
    files: Callable[[Manuscript, Sequence[tuple[Spot, ShownFigure]]], dict[Path, str]]
    format_name: str = ""
    options: OptionItems = ()


MARKDOWN = DocumentKind(markdown.spots, markdown.shown, markdown.words, markdown.files)
LATEX = DocumentKind(latex.spots, latex.shown, latex.words, latex.files, "pdf", (("size", "paper"),))
KINDS = {
    **dict.fromkeys((".md", ".markdown", ".qmd", ".rmd", ".mdx"), MARKDOWN),
    **dict.fromkeys((".tex", ".ltx", ".latex"), LATEX),
}
_OTHERS = {
    ".ipynb": "in a notebook a cell of %%adgraph has its figure",
    ".rst": "Sphinx makes the figures of its documents itself",
}


class NotesWish(Record):
    """How figures are to be made: the folder for them beside each document, the format where the document has a
    choice, the macros of formulas that are chosen, and whether Python functions may be run."""

    folder: str = "figures"
    format_name: str = "svg"
    macros: tuple[str, ...] = ()
    allow_python: bool = False


class Task(Record):
    """A figure that is to be made, with all that it is made of."""

    source: SourceText
    items: OptionItems
    spot: Spot
    key: str
    format_name: str
    extension: str
    store: Store

    @property
    def path(self) -> Path:
        """Its file."""
        return self.store.path(self.key, self.extension)


class Outcome(Record):
    """What became of a figure: the words for it and notes on it; or what the error says."""

    alt: str = ""
    notes: tuple[str, ...] = ()
    error: str = ""


class Entry(Record):
    """A spot of a document, with the figure that is wanted there and the one that is shown; or what the error says."""

    line: int
    spot: Spot | None = None
    task: Task | None = None
    shown: ShownFigure | None = None
    error: str = ""

    @property
    def is_current(self) -> bool:
        """Whether what is shown is what is wanted, and is there."""
        task, shown = self.task, self.shown
        return bool(task and shown and shown.key == task.key and task.path.is_file())


class Pages(Record):
    """A document, and all its spots."""

    manuscript: Manuscript
    kind: DocumentKind
    entries: tuple[Entry, ...]

    @property
    def wanted(self) -> list[Task]:
        """The figures that are to be made."""
        return [entry.task for entry in self.entries if entry.task and not entry.is_current]

    def files(self, made: Mapping[Path, Outcome]) -> dict[Path, str]:
        """What is to be written, now that figures are made; where one could not be, the one before it stays."""
        now = [(entry.spot, shown) for entry in self.entries if entry.spot and (shown := self._shown(entry, made))]
        return self.kind.files(self.manuscript, now)

    def _shown(self, entry: Entry, made: Mapping[Path, Outcome]) -> ShownFigure | None:
        outcome = made.get(entry.task.path) if entry.task else None
        if entry.task is None or outcome is None or outcome.error:
            return entry.shown
        own = entry.task.spot.alt
        return ShownFigure(entry.task.key, self.kind.words(outcome.alt if own is None else own))


def pages(path: str, wish: NotesWish) -> Pages:
    """A document and what it asks for. Raises AdgraphError for what is no document."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in KINDS:
        hint = _OTHERS.get(suffix, f"documents are {', '.join(KINDS)}")
        raise AdgraphError(f"'{path}' is no document that figures are made for", hint=hint)
    kind = KINDS[suffix]
    format_name = kind.format_name or wish.format_name
    manuscript = read(path, wish.folder, f".{format_name}")
    formulas = formulas_of(path, wish.macros)
    entries = (_entry(spot, manuscript, kind, wish, formulas) for spot in kind.spots(manuscript.text, path))
    return Pages(manuscript, kind, tuple(entries))


def make(task: Task) -> Outcome:
    """Make a figure, and write it."""
    from graphviz_ad.documents.embed import embed
    from graphviz_ad.options.asked import AskedError

    spot = task.spot
    origin = _elsewhere(spot.place) if spot.choice else spot.begins
    try:
        figure = embed(task.source, task.items, [task.format_name], origin)
        task.store.put(task.key, {task.extension: figure.pictures[task.format_name]})
    except AskedError as error:
        return Outcome(error=error.placed(spot.place_of(error.key)).render())
    except AdgraphError as error:
        return Outcome(error=error.render())
    return Outcome(figure.alt, figure.notes)


def unused(manuscript: Manuscript) -> list[Path]:
    """The files of figures of a document that no document of its name shows any more."""
    store, stem = manuscript.store, fit(Path(manuscript.path).stem)
    documents = [path for path in Path(manuscript.path).parent.iterdir()
                 if path.suffix.lower() in KINDS and fit(path.stem) == stem]  # fmt: skip
    lists = store.folder.glob("*-adgraph.tex") if store.folder.is_dir() else ()
    named = re.compile(rf"{re.escape(store.prefix)}({KEY.pattern})")
    texts = (path.read_text("utf-8", errors="replace") for path in (*documents, *lists))
    return store.unused(key for text in texts for key in named.findall(text))


# ---- helpers


def _entry(
    spot: Spot | AdgraphError, manuscript: Manuscript, kind: DocumentKind, wish: NotesWish, formulas: ReadFormulas
) -> Entry:
    if isinstance(spot, AdgraphError):
        return Entry(spot.line or 1, error=spot.render())
    line, shown = spot.place.line, kind.shown(manuscript, spot)
    try:
        source = chosen(spot, wish.macros, wish.allow_python, formulas)
    except AdgraphError as error:
        return Entry(line, spot, None, shown, error.placed(_elsewhere(spot.place)).render())
    items = (*spot.items, *(usual for usual in kind.options if usual[0] not in dict(spot.items)))
    key = figure_key(source, items, os.path.dirname(manuscript.path))
    task = Task(source, items, spot, key, manuscript.extension[1:], manuscript.extension, manuscript.store)
    return Entry(line, spot, task, shown)


def _elsewhere(place: Origin) -> Origin:
    return place._replace(elsewhere=True)

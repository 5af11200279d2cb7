"""A document that figures are made for, as it stands in its file, byte for byte."""

from __future__ import annotations

import os
import re
from pathlib import Path

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.documents.store import Store
from graphviz_ad.read.sources import read_bytes

MAX_DOCUMENT = 30_000_000  # bytes
_MARK = "\ufeff"  # of the encoding, before some documents


class ShownFigure(Record):
    """A figure that a document shows: its key, and the words for it as they are written there."""

    key: str
    alt: str


class Manuscript(Record):
    """A document: its file, its text with its own ends of lines, the mark before it, and the folder of its figures as
    the document calls it. The figures are files of the `extension`."""

    path: str
    text: str
    mark: str
    folder: str
    extension: str

    @property
    def store(self) -> Store:
        """Where its figures are; each begins with the name of the document, so that several have room in a folder."""
        return Store(Path(os.path.dirname(self.path), self.folder), f"{fit(Path(self.path).stem)}-")

    def check_unchanged(self) -> None:
        """Raise AdgraphError where somebody else has written the document since it was read."""
        if read(self.path, self.folder, self.extension) != self:
            message = f"'{self.path}' was changed while its figures were made, and is left as it is"
            raise AdgraphError(message, hint="run it again")

    def link(self, key: str) -> str:
        """A figure as the document calls it."""
        name = self.store.path(key, self.extension).name
        return f"{self.folder}/{name}" if self.folder not in ("", ".") else name


def read(path: str, folder: str, extension: str) -> Manuscript:
    """The document in a file. Raises AdgraphError for one that cannot be read."""
    data = read_bytes(path, MAX_DOCUMENT)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"'{path}' is not UTF-8 (byte {error.start + 1})"
        raise AdgraphError(message, hint="save it as UTF-8") from error
    mark = _MARK if text.startswith(_MARK) else ""
    return Manuscript(path, text.removeprefix(mark), mark, folder.replace(os.sep, "/").rstrip("/"), extension)


def fit(stem: str) -> str:
    """A name that no program minds in a link."""
    return re.sub(r"[^A-Za-z0-9._]+", "_", stem)

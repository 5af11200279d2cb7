"""Figures in a folder, in files that are named by their keys: written whole or not at all, by whoever comes first, and
deleted only where that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.host.files import write_files

KEY = re.compile(r"[0-9a-f]{16}")


class Store(Record):
    """A folder of figures. `prefix` stands before the keys of those that are its own, so that several may share a
    folder."""

    folder: Path
    prefix: str = ""

    def path(self, key: str, extension: str) -> Path:
        """Where a figure is, or would be."""
        return self.folder / f"{self.prefix}{key}{extension}"

    def put(self, key: str, contents: Mapping[str, str | bytes]) -> None:
        """Write a figure, by extensions; all of its files or none. Raises AdgraphError where it cannot be written."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", error)
            raise AdgraphError(f"cannot make the folder '{self.folder}': {reason}") from error
        write_files({self.path(key, extension): content for extension, content in contents.items()})

    def unused(self, used: Iterable[str]) -> list[Path]:
        """The files of its own whose keys are none of these."""
        known = set(used)
        named = re.compile(re.escape(self.prefix) + rf"({KEY.pattern})\.\w+")
        files = self.folder.iterdir() if self.folder.is_dir() else ()
        found = [(path, match[1]) for path in files if (match := named.fullmatch(path.name))]
        return sorted(path for path, key in found if key not in known)

    def prune(self, used: Iterable[str]) -> list[Path]:
        """Delete the files of its own whose keys are none of these."""
        gone = self.unused(used)
        for path in gone:
            path.unlink(missing_ok=True)
        return gone

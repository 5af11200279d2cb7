"""The README as PyPI shows it: links into the repository with their whole address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

PICTURES = (".svg", ".png")


class Readme(MetadataHookInterface):
    """Fills in the field `readme` of the project."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text("utf-8")
        repository = metadata["urls"]["Repository"]
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(text, repository)}


def absolute(text: str, repository: str) -> str:
    """Markdown whose links out of the file are absolute; those of pictures lead to the files, not to pages of them."""

    def whole(link: re.Match[str]) -> str:
        raw = link[1].endswith(PICTURES)
        return f"]({repository}/{'raw' if raw else 'blob'}/main/{link[1]})"

    return re.sub(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", whole, text)

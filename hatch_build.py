"""What depends on more than pyproject.toml: the README as PyPI shows it, and what is required on musl.

From an archive of the sources nothing is asked here, wherever it is unpacked: a wheel requires what the archive says.
So a release builds the archive as it builds the wheel for musl.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface
from packaging.requirements import Requirement
from packaging.tags import platform_tags

PICTURES = (".svg", ".png")
FOR_MUSL = "ADGRAPH_FOR_MUSL"  # the variable with which a release builds the wheel for musl


class Fields(MetadataHookInterface):
    """Fills in the fields `readme` and `dependencies` of the project."""

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text("utf-8")
        repository = metadata["urls"]["Repository"]
        metadata["readme"] = {"content-type": "text/markdown", "text": absolute(text, repository)}
        without = self.config["without-wheels-for-musl"] if is_for_musl() else []
        metadata["dependencies"] = [
            line for line in self.config["dependencies"] if Requirement(line).name not in without
        ]


def is_for_musl() -> bool:
    """Whether what is built is for the C library of Alpine, for which there is no marker."""
    return bool(os.environ.get(FOR_MUSL)) or any(tag.startswith("musllinux") for tag in platform_tags())


def absolute(text: str, repository: str) -> str:
    """Markdown whose links out of the file are absolute; those of pictures lead to the files, not to pages of them."""

    def whole(link: re.Match[str]) -> str:
        raw = link[1].endswith(PICTURES)
        return f"]({repository}/{'raw' if raw else 'blob'}/main/{link[1]})"

    return re.sub(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", whole, text)

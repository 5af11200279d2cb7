"""What MkDocs does beside building: pages of the reference are made, the gallery's figures come along, and links that
lead out of `docs/` lead to the repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from links import ROOT, figures, led
from made import MADE
from mkdocs.structure.files import File, Files


def on_files(files: Files, config: Any) -> Files:
    """The files of the site, with those that are elsewhere or are made."""
    pages = {file.src_uri: Path(file.abs_src_path or "") for file in files if file.is_documentation_page()}
    for name, path in pages.items():
        for figure in figures(name, path.read_text("utf-8")):
            if figure not in files.src_uris:
                files.append(File.generated(config, figure, abs_src_path=str(ROOT / figure)))
    for name, made in MADE.items():
        files.append(File.generated(config, name, content=made()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """A page whose links lead to where a site has what they name."""
    return led(page.file.src_uri, markdown, config.repo_url)


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """A page without a fence that was left as it stands, as superfences does with one that fails."""
    shown = re.sub(r"(?ms)^````.*?^````", "", page.markdown)
    if html.count('class="adgraph"') != len(re.findall(r"(?m)^```adgraph", shown)):
        raise ValueError(f"{page.file.src_uri}: a figure was not made")
    return html

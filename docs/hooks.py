"""What MkDocs does beside building: pages of the reference are made, the gallery's figures come along, and links that
lead out of `docs/` lead to the repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from files import listed
from generated import PAGES, inert
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parent.parent
FILES = """# Files

What each file of the package is, by its own docstring; `python docs/files.py` prints the same.

"""
MADE = {**PAGES, "explanation/files.md": lambda: FILES + listed(written=inert)}
LINK = re.compile(r"\]\(((?:\.\./)+[^)\s#]+)(#[^)\s]*)?\)")
FIGURE = re.compile(r"gallery/[\w-]+/figure\.[\w.]+")


def on_files(files: Files, config: Any) -> Files:
    """The files of the site, with those that are elsewhere or are made."""
    pages = {file.src_uri: Path(file.abs_src_path or "") for file in files if file.is_documentation_page()}
    for name, path in pages.items():
        for up, _ in LINK.findall(path.read_text("utf-8")):
            target = _target(name, up)
            if FIGURE.fullmatch(target) and target not in files.src_uris:
                files.append(File.generated(config, target, abs_src_path=str(ROOT / target)))
    for name, made in MADE.items():
        files.append(File.generated(config, name, content=made()))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """A page whose figures are the site's and whose other links out of it are the repository's."""
    name = page.file.src_uri

    def led(link: re.Match[str]) -> str:
        target = _target(name, link[1])
        if target.startswith("docs/"):
            return link[0]
        if not (ROOT / target).exists():
            raise ValueError(f"{name}: there is no {target}")
        if FIGURE.fullmatch(target):
            return f"]({'../' * name.count('/')}{target})"
        return f"]({config.repo_url}/blob/main/{target}{link[2] or ''})"

    return LINK.sub(led, markdown)


def on_page_content(html: str, page: Any, config: Any, files: Files) -> str:
    """A page without a fence that was left as it stands, as superfences does with one that fails."""
    shown = re.sub(r"(?ms)^````.*?^````", "", page.markdown)
    if html.count('class="adgraph"') != len(re.findall(r"(?m)^```adgraph", shown)):
        raise ValueError(f"{page.file.src_uri}: a figure was not made")
    return html


def _target(name: str, link: str) -> str:
    """Where in the repository a link of a page leads to."""
    return (ROOT / "docs" / name).parent.joinpath(link).resolve().relative_to(ROOT).as_posix()

"""Links of the documentation that lead out of `docs/`: to figures of the gallery, which a site has too, and to files of
the repository, which are at its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
_LINK = re.compile(r"\]\(((?:\.\./)+[^)\s#]+)(#[^)\s]*)?\)")
_FIGURE = re.compile(r"gallery/[\w-]+/figure\.[\w.]+")


def figures(name: str, text: str) -> Iterator[str]:
    """The figures of the gallery that a page shows, from the repository's root."""
    return (target for up, _ in _LINK.findall(text) if _FIGURE.fullmatch(target := _target(name, up)))


def led(name: str, text: str, repository: str) -> str:
    """The text of a page whose figures are the site's and whose other links out of it are the repository's. Raises
    ValueError for a link to what is not there."""

    def link(found: re.Match[str]) -> str:
        target = _target(name, found[1])
        if target.startswith("docs/"):
            return found[0]
        if not (ROOT / target).exists():
            raise ValueError(f"{name}: there is no {target}")
        if _FIGURE.fullmatch(target):
            return f"]({'../' * name.count('/')}{target})"
        return f"]({repository}/blob/main/{target}{found[2] or ''})"

    return _LINK.sub(link, text)


def _target(name: str, link: str) -> str:
    """Where in the repository a link of a page leads to."""
    return (ROOT / "docs" / name).parent.joinpath(link).resolve().relative_to(ROOT).as_posix()

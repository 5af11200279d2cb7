"""A fence of Python-Markdown becomes a figure; a mistake is shown on the page, and fails a strict build."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.documents.asking import AskedOption, asked
from graphviz_ad.formats.images.svg import escape
from graphviz_ad.formats.notebook import image
from graphviz_ad.hosts.blocks import Wanted, figure, line_of

WANTED = Wanted(usual={"theme": "auto"})  # as the colours of the site
logger = logging.getLogger("mkdocs.adgraph")  # whose warnings fail `mkdocs build --strict`


def validate(language: str, inputs: dict[str, str], options: dict[str, str], attrs: dict[str, str], md: Any) -> bool:
    """Every option goes to the fence, which says what is wrong with it. A word alone is true; a key has no hyphens
    here."""
    options |= {key.replace("_", "-"): "" if value == key else value for key, value in inputs.items()}
    return True


def fence(source: str, language: str, css_class: str, options: Mapping[str, str], md: Any, **look: Any) -> str:
    """The figure of a fence as an image, with the classes, the id and the attributes that it asks for."""
    file = _file(md)
    place = Origin(os.path.basename(file), _line(source, file))
    try:
        spot = asked("", place, source, place, 0, 0, Origin(file, place.line))
        behind = tuple(AskedOption(key, value, max(place.line - 1, 1), 1) for key, value in options.items())
        made = figure(spot.replace(options=(*behind, *spot.options)), WANTED)
    except AdgraphError as error:
        return _shown_error(error)
    except Exception as error:  # pymdownx would show the fence as it stands, and say nothing
        logger.debug("adgraph", exc_info=True)
        return _shown_error(_crashed(error).placed(place._replace(elsewhere=True)))
    for note in made.notes:
        logger.info("%s: %s", place.path or "adgraph", note)
    inside = image(made.pictures["svg"].decode(), made.alt)
    return f"<div{_attributes(css_class, look)}>{inside}</div>"


def _attributes(css_class: str, look: Mapping[str, Any]) -> str:
    classes = " ".join(filter(None, [css_class, *look.get("classes", ())]))
    said = {"id": look.get("id_value", ""), "class": classes, **look.get("attrs", {})}
    return "".join(f' {name}="{escape(str(value))}"' for name, value in said.items() if value)


def _shown_error(error: AdgraphError) -> str:
    """A mistake on the page, in the look that Material has for one; a strict build fails."""
    words = error.render()
    logger.warning("adgraph: %s", words)
    if _is_strict_zensical():
        from pymdownx.superfences import SuperFencesException

        raise SuperFencesException(f"adgraph: {words}")
    return (
        '<div class="admonition failure adgraph-error"><p class="admonition-title">adgraph</p>'
        f"<pre><code>{escape(words)}</code></pre></div>"
    )


def _crashed(error: Exception) -> AdgraphError:
    """What is said of a bug of ours."""
    return AdgraphError(
        f"this figure has met a bug of adgraph's: {type(error).__name__}: {error}",
        hint="please report it with the text of the fence; `mkdocs build --verbose` has the traceback",
    )


def _is_strict_zensical() -> bool:
    """Whether this is Zensical's strict build, which does not count what is logged and stops at what is raised."""
    return "zensical" in sys.modules and not {"--strict", "-s"}.isdisjoint(sys.argv)


# ---- where the fence is


def _file(md: Any) -> str:
    """The file of the page, as far as MkDocs and Zensical tell; nothing elsewhere."""
    for one in (*md.treeprocessors, *md.preprocessors):
        found = getattr(getattr(one, "file", None), "abs_src_path", None)
        if isinstance(found, str):  # MkDocs
            return found
        page, config = getattr(one, "page", None), getattr(one, "config", None)
        if page is not None and isinstance(config, Mapping) and "docs_dir" in config:  # Zensical
            return os.path.join(str(config.get("root_dir", "")), str(config["docs_dir"]), str(page.path))
    return ""


def _line(source: str, file: str) -> int:
    try:
        with open(file, encoding="utf-8") as stream:
            return line_of(source, stream.read()) or 1
    except (OSError, UnicodeDecodeError):
        return 1

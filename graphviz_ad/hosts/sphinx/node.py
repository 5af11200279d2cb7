"""A figure in a document of Sphinx before it is one of a format, and how it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.documents.embed import Embedded, embed
from graphviz_ad.documents.store import Store
from graphviz_ad.hosts.blocks import BUILDS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

FORMATS = {"latex": "pdf", "texinfo": "png", "text": "text", "man": "text"}  # by a builder's own format
USUAL = "svg"

logger = logging.getLogger(__name__)


class adgraph(nodes.General, nodes.Element):  # noqa: N801  # docutils finds what visits a node by the name of its class
    """Equations and what is asked of their figure, while no builder's format is known: `source`, `items`, and the
    `place` in the document."""


def format_of(builder: Builder) -> str:
    """The format that a builder is given."""
    return FORMATS.get(builder.format, USUAL)


def made(app: Sphinx, node: adgraph) -> Embedded:
    """The figure in the format of the builder. Raises AdgraphError."""
    formats = [format_of(app.builder)]
    return embed(node["source"], node["items"], formats, node["place"], store=store(app), elsewhere=BUILDS)


def store(app: Sphinx) -> Store:
    """Where figures are kept: beside the doctrees."""
    return Store(Path(app.doctreedir) / "adgraph", "adgraph-")


def say_error(env: BuildEnvironment, error: AdgraphError, place: Origin) -> nodes.Element:
    """Warn of a mistake at its line, or at the `place` where it has none, and again in each build until it is mended;
    what stands in the document instead."""
    line = error.line or place.line
    words = error.placed(Origin("", line, error.column or 1, elsewhere=True)).render()  # the warning names the file
    warn(env, words, place._replace(line=line), "error")
    return nodes.error("", nodes.literal_block(words, words, language="none"))


def warn(env: BuildEnvironment, words: str, place: Origin, kind: str) -> None:
    """Warn at a place of a document, which is read again in the next build, so that the warning comes again."""
    env.note_reread()
    logger.warning(words, location=f"{place.path}:{place.line}", type="adgraph", subtype=kind)

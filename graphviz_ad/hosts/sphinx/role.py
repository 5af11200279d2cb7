"""The role `adgraph`: a derivative of the system above it in the document, or of one that has a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import ReferenceRole

from graphviz_ad.core.errors import AdgraphError, Origin, did_you_mean
from graphviz_ad.documents.derivative import derivative
from graphviz_ad.hosts.sphinx.node import say_error
from graphviz_ad.read.sources import SourceText

if TYPE_CHECKING:
    from docutils.nodes import Node, system_message
    from sphinx.environment import BuildEnvironment

    Known = dict[str, tuple[SourceText, tuple[tuple[str, str], ...]]]

LAST = ""  # what the system has for a name that stands above


def remember(env: BuildEnvironment, source: SourceText, items: tuple[tuple[str, str], ...], name: str) -> None:
    """A system of this document, for what follows in it."""
    _known(env).update({LAST: (source, items), name: (source, items)})


def _known(env: BuildEnvironment) -> Known:
    return env.temp_data.setdefault("adgraph", {})


class DerivativeRole(ReferenceRole):
    """`dz/dx` is set as dz/dx = …; `dz/dx <name>` is of the system with that name."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        try:
            latex = derivative(*self._system(), self.title)
        except AdgraphError as error:
            file, line = self.get_source_info()
            say_error(self.env, error, Origin(str(file), line))
            return [nodes.problematic(self.rawtext, self.rawtext)], []
        return [nodes.math(self.rawtext, latex)], []

    def _system(self) -> tuple[SourceText, tuple[tuple[str, str], ...]]:
        known = _known(self.env)
        name = self.target if self.has_explicit_title else LAST
        if name in known:
            return known[name]
        names = [known_name for known_name in known if known_name != LAST]
        if name:
            raise AdgraphError(f"there is no system '{name}' above", hint=did_you_mean(name, names))
        raise AdgraphError("there is no system above whose derivative this is", hint="equations stand in .. adgraph::")

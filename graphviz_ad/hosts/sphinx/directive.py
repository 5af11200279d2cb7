"""The directive `adgraph`: equations, and what is asked of their figure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.parsers.rst.states import RSTState
from sphinx.util.docutils import SphinxDirective

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.request import is_python
from graphviz_ad.documents.embed import NO_PART
from graphviz_ad.documents.key import beside
from graphviz_ad.documents.sources import source_text
from graphviz_ad.hosts.blocks import under_a_caption
from graphviz_ad.hosts.sphinx.node import adgraph, made, say_error, warn
from graphviz_ad.hosts.sphinx.role import remember
from graphviz_ad.options.asked import AskedError
from graphviz_ad.options.table import by_spelling
from graphviz_ad.read.sources import SourceText, read_file

DirectiveOptions = tuple[tuple[str, str], ...]


LOOK: dict[str, Callable[[str], Any]] = {
    "alt": directives.unchanged_required,
    "width": directives.length_or_percentage_or_unitless,
    "align": lambda words: directives.choice(words, ("left", "center", "right")),
    "class": directives.class_option,
}
OWN = {**LOOK, "caption": directives.unchanged_required, "name": directives.unchanged_required}
ASKED = {
    spelling: directives.unchanged
    for spelling, option in by_spelling("draw").items()
    if spelling not in OWN and option.spelled not in NO_PART
}


class Directive(SphinxDirective):
    """A figure of the equations that stand here, or of those in a file, which is the argument. Options are those of
    `adgraph draw`; `caption`, `name` and what is in LOOK are the document's own."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {**ASKED, "answers": directives.unchanged, **OWN}

    def run(self) -> list[nodes.Node]:
        try:
            return [self._figure()]
        except AskedError as error:  # embed has placed it where the equations begin
            place = self._line_of(error.key)
            return [say_error(self.env, error.placed(place), place)]
        except AdgraphError as error:
            return [say_error(self.env, error, self._place())]

    def _figure(self) -> nodes.Element:
        place, items = self._place(), self._items()
        source = self._source(items, place)
        node = adgraph("", source=source, items=items, place=place)
        found = made(self.env.app, node)
        look = {"classes" if name == "class" else name: words for name, words in self.options.items() if name in LOOK}
        node.attributes |= {"alt": found.alt, **look}
        for note in found.notes:
            warn(self.env, note, place, "note")
        remember(self.env, source, items, self.options.get("name", ""))
        shown = self._captioned(node)
        self.add_name(shown)
        return shown

    def _place(self) -> Origin:
        """Where the equations begin in the document."""
        if not self.content:
            return Origin(self._file(), self.lineno)
        if not isinstance(self.state, RSTState):  # MyST counts from the fence, and has no indentation
            return Origin(self._file(), self.lineno + self.content_offset + 1)
        file, line = self.state_machine.get_source_and_line(self.content_offset + 1)
        written = self.block_text.splitlines()[self.content_offset + 1 - self.lineno]
        indent = written.find(self.content[0])
        return Origin(str(file), line or self.lineno, indent + 1, indent)

    def _line_of(self, option: str) -> Origin:
        """Where an option is in the document."""
        lines = self.block_text.splitlines()
        found = (number for number, line in enumerate(lines) if re.match(rf"\s*:?{re.escape(option)}:", line))
        return Origin(self._file(), self.lineno + next(found, 0), elsewhere=True)

    def _file(self) -> str:
        return str(self.env.doc2path(self.env.docname))

    def _items(self) -> DirectiveOptions:
        """The options of the figure, with those that conf.py has for all."""
        own = {name: words or "" for name, words in self.options.items() if name not in OWN}
        items = {**self.config.adgraph_options, **own}
        return tuple((under_a_caption(items) if "caption" in self.options else items).items())

    def _source(self, items: DirectiveOptions, place: Origin) -> SourceText:
        """The equations; a file, whether of these or of a theme, has its figure made again where it changes."""
        folder = self.env.relfn2path("")[1]
        for (_, words), (_, file) in zip(items, beside(items, folder), strict=True):
            if words != file:
                self.env.note_dependency(file)
        if not self.arguments:
            return source_text("\n".join(self.content), items, place)
        name, language = self.arguments[0], dict(items).get("from", "auto")
        if self.content:
            raise AdgraphError(f"equations stand here, and '{name}' is a file of others", hint="leave one of them out")
        if is_python(name, language):
            self.env.note_dependency(self.env.relfn2path(name.rpartition(":")[0] or name)[1])
            return source_text(name, items, place, allow_python=self.config.adgraph_allow_python)
        file = self.env.relfn2path(name)[1]
        self.env.note_dependency(file)
        if not os.path.isfile(file):
            hint = "equations stand below the directive, behind an empty line"
            raise AdgraphError(f"there is no file '{name}'", hint=hint)
        return read_file(file, language)

    def _captioned(self, node: adgraph) -> nodes.Element:
        """The figure, under the document's caption, if it has one."""
        if "caption" not in self.options:
            return node
        words, messages = self.parse_inline(self.options["caption"])
        figure = nodes.figure("", node, nodes.caption("", "", *words), *messages)
        if "align" in node:
            figure["align"] = node["align"]
        return figure

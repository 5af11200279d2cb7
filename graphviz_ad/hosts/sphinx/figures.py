"""Figures become what the builder shows: pictures in its format, or text."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.formats import FORMATS
from graphviz_ad.hosts.sphinx.node import adgraph, format_of, made, say_error, store


class Figures(SphinxPostTransform):
    """Before Sphinx looks at the images of a document."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(adgraph)):
            try:
                node.replace_self(self._shown(node))
            except AdgraphError as error:
                node.replace_self(say_error(self.env, error, node["place"]))

    def _shown(self, node: adgraph) -> nodes.Element:
        figure, form = made(self.app, node), format_of(self.app.builder)
        if form == "text":
            words = figure.pictures[form].decode()
            return nodes.literal_block(words, words, language="none", ids=node["ids"])
        file = str(store(self.app).path(figure.key, FORMATS[form].extensions[0]))
        self.env.images.add_file(self.env.docname, file)
        look = {name: node[name] for name in ("alt", "width", "align", "classes", "ids", "names") if name in node}
        return nodes.image("", uri=file, candidates={"*": file}, **look)

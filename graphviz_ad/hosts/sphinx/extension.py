"""What Sphinx is told of the extension."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from graphviz_ad.core.version import VERSION
from graphviz_ad.hosts.sphinx.directive import Directive
from graphviz_ad.hosts.sphinx.figures import Figures
from graphviz_ad.hosts.sphinx.node import adgraph
from graphviz_ad.hosts.sphinx.role import DerivativeRole


def setup(app: Sphinx) -> dict[str, Any]:
    """Documents are read and written by several processes at once, if need be."""
    app.add_config_value("adgraph_options", {}, "env", dict)
    app.add_config_value("adgraph_allow_python", False, "env", bool)
    app.add_node(adgraph)
    app.add_directive("adgraph", Directive)
    app.add_role("adgraph", DerivativeRole())
    app.add_post_transform(Figures)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}

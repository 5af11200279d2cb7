"""The extension of Sphinx: `extensions = ["graphviz_ad.sphinx"]`."""

from graphviz_ad.hosts.sphinx.extension import setup

__all__ = ["setup"]

"""Fences of Python-Markdown, for `pymdownx.superfences` in MkDocs and in Zensical:

custom_fences:
  - name: adgraph
    class: adgraph
    format: !!python/name:graphviz_ad.superfences.fence
    validator: !!python/name:graphviz_ad.superfences.validate
"""

from graphviz_ad.hosts.superfences import fence, validate

__all__ = ["fence", "validate"]

"""Computational graphs with their derivatives, and the chain rule multiplied out.

    >>> from graphviz_ad import chain
    >>> print(chain("y = 2x^3 + 3; z = y^2"))
    Equations
    <BLANKLINE>
      y = 2x³ + 3
      z = y²
    <BLANKLINE>
    Chain rule
    <BLANKLINE>
      dz   dz   dy
      ── = ── · ── = 2y · 6x² = 12x²(2x³ + 3)
      dx   dy   dx

What is offered is in `graphviz_ad.api`; it is imported when it is first used, so that the command starts quickly.
"""

TYPE_CHECKING = False  # as in typing, which is not imported: `python -m` runs this with the folder still on its path

if TYPE_CHECKING:
    from typing import Any

    from graphviz_ad.api import (
        Graph,
        backward,
        chain,
        check,
        differentiate,
        draw,
        evaluate,
        forward,
        parse,
        show,
        trace,
    )
    from graphviz_ad.core.errors import AdgraphError
    from graphviz_ad.documents.embed import embed
    from graphviz_ad.results import AdgraphWarning, Figure

__all__ = [
    "AdgraphError",
    "AdgraphWarning",
    "Figure",
    "Graph",
    "__version__",
    "backward",
    "chain",
    "check",
    "differentiate",
    "draw",
    "embed",
    "evaluate",
    "forward",
    "parse",
    "show",
    "trace",
]

_PLACES = {  # of what is not in the api
    "AdgraphError": "core.errors",
    "AdgraphWarning": "results",
    "Figure": "results",
    "embed": "documents.embed",
}


def __getattr__(name: str) -> "Any":
    if name == "__version__":
        from graphviz_ad.core.version import VERSION

        return VERSION
    if name in __all__:
        from importlib import import_module

        return getattr(import_module(f"graphviz_ad.{_PLACES.get(name, 'api')}"), name)
    raise AttributeError(f"module 'graphviz_ad' has no attribute '{name}'")


def __dir__() -> list[str]:
    return __all__


def load_ipython_extension(shell: "Any") -> None:
    """`%load_ext graphviz_ad`: cells of equations, which begin with `%%adgraph`."""
    from graphviz_ad.hosts.ipython import load

    load(shell)

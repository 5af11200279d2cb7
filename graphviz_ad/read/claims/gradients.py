"""Gradients in the text of a claim as quotients of differentials: ∇_x L, grad_x L, grad(L, x) and, where it is known of
what, δ_x = … and dx = …"""

from __future__ import annotations

import re
from collections.abc import Collection

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name

_NAME = r"\\?[^\W\d_]\w*(?:\{(?:[^{}]|\{[^{}]*\})*\})?"
_BY = rf"\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}|{_NAME}"
_SIGN = r"(?:∇|\\nabla|\\(?:operatorname|mathrm)\{grad\}|(?<![\w\\.])grad)"
_TWICE = r"\^\s*(?:\{2\}|2)|²"
_OF = rf"(?:\(\s*(?P<of>{_NAME})\s*\)|(?P<bare>{_NAME}))"
_WITH_BY = re.compile(rf"{_SIGN}\s*(?P<twice>{_TWICE})?\s*_\s*(?P<wrt>{_BY})(?P<again>{_TWICE})?\s*{_OF}")
_CALLED = re.compile(rf"{_SIGN}\(\s*(?P<of>{_NAME})\s*,\s*(?P<wrt>{_NAME})\s*\)")
_ALONE = re.compile(rf"(?P<sign>{_SIGN})\s*(?P<twice>{_TWICE})?\s*{_OF}")
_ADJOINT = re.compile(
    rf"(?m)^(?P<before>\s*)(?:(?:δ|\\delta)\s*_\s*(?P<by>{_BY})|d(?P<wrt>{_NAME}))(?P<behind>\s*=(?!=))"
)


def without_gradients(text: str, only: Name | None) -> str:
    """∇_x L as ∂L/(∂x), and ∇²_x L as ∂²L/(∂x ∂x); ∇L is by the `only` input. Raises AdgraphError where there are
    several."""
    made = _CALLED.sub(lambda found: _quotient(text, found, found["wrt"]), text)
    made = _WITH_BY.sub(lambda found: _quotient(text, found, _inside(found["wrt"])), made)
    alone = _ALONE.search(made)
    if alone is not None and only is None:
        error = f"{alone['sign']} does not say by what"
        raise AdgraphError(error, Span(*alone.span()), "write ∇_x L, or dL/dx")
    return _ALONE.sub(lambda found: _quotient(text, found, str(only)), made)


def without_adjoints(text: str, output: Name, variables: Collection[Name]) -> str:
    """δ_x = … and dx = … of one of the variables as ∂L/∂x = …, of the `output` L."""

    def head(found: re.Match[str]) -> str:
        name = Name(_inside(found["by"] or found["wrt"]))
        if name not in variables or Name(f"d{name}") in variables:
            return found[0]
        return f"{found['before']}{_quotient(text, found, str(name), str(output))}{found['behind']}"

    return _ADJOINT.sub(head, text)


def _quotient(text: str, found: re.Match[str], wrt: str, of: str = "") -> str:
    groups = found.groupdict()
    of = of or groups["of"] or groups["bare"]
    sign = "\\partial " if "\\" in text else "∂"
    twice = groups.get("twice") or groups.get("again")
    below = f"{sign}{wrt} {sign}{wrt}" if twice else f"{sign}{wrt}"
    above = f"{sign}{'^2 ' if twice else ''}{of}"
    return f"\\frac{{{above}}}{{{below}}}" if "\\" in text else f"{above}/({below})"


def _inside(group: str) -> str:
    return group[1:-1] if group.startswith("{") else group

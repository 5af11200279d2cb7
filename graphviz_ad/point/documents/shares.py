"""Inputs that a document means to sum to 1, as the targets of a cross-entropy do: ∂L/∂zᵢ = pᵢ − tᵢ is right of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.derive.assumptions import Assumption, read_assumptions

_WORDS = re.compile(
    r"\bone[- ]hot\b|\bsum(?:s|ming)?\s+(?:up\s+)?to\s+\$?(?:one|1)\b|\bprobability\s+(?:distribution|vector)s?\b",
    re.IGNORECASE,
)
_INDEXED = r"(?![a-zA-Z])\s*\}?\s*(?:_\s*(?:\{\s*\w+\s*\}|\w))"
_ONE = r"\s*(?:&\s*)?=\s*1(?![\d.])"


def shares(graph: Graph, text: str) -> Iterator[tuple[Assumption, bool]]:
    """That the inputs t₁, t₂, … of a graph sum to 1, for each family of them, and whether the text says so."""
    families: dict[tuple[object, ...], list[Name]] = {}
    for index in graph.inputs():
        name = graph.name(index)
        parts = name.parts
        if parts.subscript.isdecimal():
            families.setdefault((parts.base, parts.superscript, parts.accents, parts.primes), []).append(name)
    for (base, *_), names in families.items():
        if len(names) > 1:
            said = _WORDS.search(text) is not None or _is_written(str(base), text)
            yield read_assumptions([f"{' + '.join(map(str, names))} = 1"], graph)[0], said


def _is_written(base: str, text: str) -> bool:
    r"""Whether \sum_i t_i = 1 or t_1 + … + t_n = 1 stands in a text."""
    return re.search(rf"(?:\\sum[^=$+]*?(?:=[^=$+]*?)?|\+\s*){re.escape(base)}{_INDEXED}{_ONE}", text) is not None

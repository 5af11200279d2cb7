"""A claim on derivatives of vectors and matrices, as tokens."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.core.errors import Span
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.tokens import Token

ADJOINTS = ("δ", "delta")


class ArraySide(Record):
    """A side of a claim as tokens, in which each derivative is one name in brackets; and its place."""

    tokens: tuple[Token, ...]
    span: Span
    text: str

    @property
    def name(self) -> str:
        """The one name that it is, in brackets or not; nothing for any other side."""
        inner = [token for token in self.tokens if token.kind not in ("open", "group", "close")]
        return inner[0].text if len(inner) == 1 and inner[0].kind == "name" else ""


class ArrayClaim(Record):
    """What is said to be equal: the sides, the derivatives in them by their names, those of them that are taken by a
    row, the indices that its entries have, and the name that it defines, if it does. Of `pulled` claims the sides
    after the first are what becomes of an adjoint, by the name of this."""

    text: str
    sides: tuple[ArraySide, ...]
    derivatives: Mapping[str, DerivativeName]
    by_row: frozenset[str]
    letters: tuple[str, ...] = ()
    defines: Name | None = None
    pulled: str = ""

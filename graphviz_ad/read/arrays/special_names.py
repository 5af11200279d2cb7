"""Names that stand for something by themselves: unit vectors, δ_ij, rows as columns."""

from __future__ import annotations

import re

from graphviz_ad.core.names import Name
from graphviz_ad.core.typed_names import plain_key
from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.arrays.bold import is_bold
from graphviz_ad.read.arrays.brackets import ArrayBrackets
from graphviz_ad.read.arrays.spelled_heads import transposed_by
from graphviz_ad.read.text.tokens import Token


class SpecialNames(ArrayBrackets):
    """Reads such names."""

    def is_argument(self) -> bool:
        """Whether what is taken is an argument by itself, beside others."""
        before = self.tokens[self.at - 2] if self.at > 1 else self.tokens[self.at - 1]
        return (before.kind, self.next.kind) in (("open", "comma"), ("comma", "close"))

    def row_by_number(self, text: str) -> int | None:
        """The row of U as a column that u_1 is, where u is no name and it is bold, or transposed."""
        row, below = self.known.row_of(text), text.partition("_")[2].strip("{}")
        before = [token.text for token in self.tokens[max(0, self.at - 2) : self.at - 1]]
        turned = transposed_by(self.tokens[self.at :]) or (before and before[0] in TRANSPOSES)
        if not row or not below.isdecimal() or not (turned or is_bold(Name(text).parts)):
            return None
        token = self.tokens[self.at - 1]
        self.notes.append(f"{text} is row {below} of {row}, as a column")
        whole = self.variable(token.replace(text=row))
        return self.node("transpose", (self.entry(whole, below, token.span),), token.span)

    def plain_unit(self, text: str) -> re.Match[str] | None:
        """The unit vector that e_2 is, where e is no name and it is transposed, or stands behind a matrix."""
        found = re.fullmatch(r"e_\{?([1-9]\d{0,8})\}?", text)
        if found is None or self.known.is_known("e"):
            return None
        before = [token.text for token in self.tokens[max(0, self.at - 3) : self.at - 1]]
        factor = bool(before) and (before[-1] in TRANSPOSES or self.known.is_array(before[-1]))
        if not factor and not transposed_by(self.tokens[self.at :]):
            return None
        self.notes.append(f"{text} is read as the unit vector with 1 in place {found[1]}")
        return found

    def is_kronecker(self, token: Token) -> bool:
        """Whether δ_ij, where δ is no name, is 1 where its indices are equal and else 0."""
        below = token.text.partition("_")[2].strip("{}").replace(",", "").replace(" ", "")
        known = self.known.is_known("δ") or self.known.is_known("delta")
        is_delta = token.text.partition("_")[0] in ("δ", "delta") and not known
        return is_delta and len(below) == 2 and set(below) <= set(self.letters)

    def kronecker(self, token: Token) -> int:
        """δ_ij, an entry of the unit matrix."""
        below = token.text.partition("_")[2].strip("{}").replace(",", "").replace(" ", "")
        self.notes.append(f"{token.text} is 1 where {below[0]} = {below[1]}, and else 0")
        return self.entry(self.identity(token), below, token.span)

    def note_entries(self, text: str, of: str) -> None:
        """Say so where a_ij is read as an entry of A."""
        letter = plain_key(Name(of)).base
        if letter != plain_key(Name(text)).base:
            self.notes.append(f"'{text}' is an entry of '{of}'")

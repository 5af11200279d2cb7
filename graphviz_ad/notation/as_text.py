"""What the notations have in common that write a formula as one text."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from graphviz_ad.notation.notation import Notation


class TextNotation(Notation[str]):
    """A notation of one text. `signs` are those that it writes in another way; the `ellipsis` stands for names that are
    left out."""

    signs: ClassVar[Mapping[str, str]] = {}
    ellipsis: ClassVar[str] = "..."

    def infix(self, left: str, sign: str, right: str) -> str:
        return f"{left} {self.signs.get(sign, sign)} {right}"

    def equation(self, left: str, sign: str, right: str) -> str:
        return self.infix(left, sign, right)

    def negation(self, body: str) -> str:
        return f"-{body}"

    def fence(self, body: str) -> str:
        return f"({body})"

    def listed(self, names: Sequence[str], skipped: bool) -> str:
        return ", ".join([*names[:-1], *([self.ellipsis] if skipped else []), names[-1]])

    def row(self, parts: Sequence[str]) -> str:
        return " ".join(parts)

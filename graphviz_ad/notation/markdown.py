"""LaTeX between the dollar signs of Markdown, where some signs would be more than mathematics: HTML, tables, stress."""

from typing import ClassVar

from graphviz_ad.notation.latex import Latex

_MORE = {"<": "\\lt ", ">": "\\gt ", "|": "\\vert ", "`": "\\grave{\\ }", "*": "\\ast ", "[": "\\lbrack ",
         "]": "\\rbrack ", "&": "\\&{}", "#": "\\#{}"}  # fmt: skip
_PROSE = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|&~$#!"})


class Markdown(Latex):
    escapes: ClassVar = {**Latex.escapes, **_MORE}
    signs: ClassVar = {**Latex.signs, "<": "\\lt", ">": "\\gt"}

    def bars(self, body: str) -> str:
        return f"\\left\\vert {body}\\right\\vert "


def prose(text: str) -> str:
    """Words as they stand, outside of formulas."""
    return text.translate(_PROSE)

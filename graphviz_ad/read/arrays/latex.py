"""Vectors and matrices in LaTeX: \\top, \\odot, norms, sums and blocks, as the tokens that text has for them."""

from __future__ import annotations

import re
from itertools import pairwise

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.arrays.latex_conditions import ConditionReader
from graphviz_ad.read.arrays.latex_declarations import SIZE_NAME
from graphviz_ad.read.arrays.terms import BARS, VECTORS
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.latex.names import NameReader
from graphviz_ad.read.text.tokens import multiplied_out

_OPERATORS = {
    "odot": "⊙", "circ": "⊙", "oslash": "⊘", "cdot": "·", "times": "×", "ast": "*", "bullet": "·", "circledast": "⊙",
    "otimes": "⊗", "oplus": "⊕",
}  # fmt: skip
_TRANSPOSES = frozenset({"top", "intercal"})
_NORMS = frozenset({"|", "lVert", "rVert", "Vert"})
_SIGNS_BELOW = {
    "in": "∈",
    "ne": "≠", "neq": "≠", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=", "geq": ">=", "lt": "<", "gt": ">",
}  # fmt: skip
_COMPARED = re.compile(rf"\\({'|'.join(_SIGNS_BELOW)})(?![a-zA-Z])")
_MATRICES = frozenset({"bmatrix", "pmatrix", "matrix", "smallmatrix", "bsmallmatrix"})
_BOLD = frozenset({"mathbf", "boldsymbol", "bm", "bf", "textbf", "pmb", "mathbb", "mathbbm", "mathds"})


class ArrayReader(ConditionReader):
    """Divides a source with vectors and matrices into statements."""

    transposes = True
    between = (":",)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        for place, (opening, style) in enumerate(pairwise(self.lexemes)):  # {\bf x} as \bf{x}
            if opening.text == "{" and style.text in ("\\bf", "\\boldmath"):
                self.lexemes[place : place + 2] = [style, opening]
        self.matrices: list[int] = []  # how many brackets are open within each matrix

    # ---- elements

    def element(self) -> None:
        lexeme = self.next
        positive = self.ahead(1).text == "+" or (self.ahead(1).text, self.ahead(2).text) == ("{", "+")
        if lexeme.text == "_" and self.tokens and self.tokens[-1].kind == "close" and not positive:
            self.take()
            self.emit("array", f"_{self.script()}", lexeme.span)
        elif lexeme.text == ";" and self.opened and self.opened[-1][0] == "]":
            self.emit("row", ";", self.take().span)
        elif lexeme.text == "|" and self.ahead(1).text == "|":
            self.take()
            self.norm(self.take())
        elif lexeme.text == "'" and self.tokens and self.tokens[-1].kind == "close":
            self.emit("array", "⊤", self.take().span)
        elif lexeme.text == ":" and self.tokens and self.ahead(1).text != "=":  # A : B
            self.emit("operator", "∶", self.take().span)
        elif lexeme.text in ("‖", "⊙", "⊘", "∘", "ᵀ", "⊤"):
            self.sign(self.take())
        else:
            super().element()

    def bar(self, lexeme: Lexeme, side: str) -> None:
        """A bar, of what may be a matrix."""
        if side == "l":
            self.emit("name", BARS, lexeme.span)
            self.open(lexeme.replace(text="|"), "|")
        else:
            super().bar(lexeme, side)

    def sign(self, lexeme: Lexeme) -> None:
        if lexeme.text == "‖":
            self.norm(lexeme)
        elif lexeme.text in "ᵀ⊤":
            self.emit("array", "⊤", lexeme.span)
        else:
            self.emit("operator", "⊘" if lexeme.text == "⊘" else "⊙", lexeme.span)

    def script(self) -> str:
        """What stands below, without blanks and styles."""
        if self.next.text != "{":
            return self.single_text().lstrip("\\")
        return SIZE_NAME.sub(lambda found: found[1] or "", self.raw_group())

    def norm(self, lexeme: Lexeme) -> None:
        index = ""
        if self.next.text == "^":
            self.swap_scripts()
        if self.next.text == "_":
            self.take()
            index = f"_{self.index_of_norm()}"
        self.emit("array", f"‖{index}", lexeme.span)

    def index_of_norm(self) -> str:
        """What stands below a norm: 2, F, \\infty, or a matrix, \\mathbf{Q} or \\Sigma^{-1}."""
        start = self.at
        if self.next.text in ("\\text", "\\textrm", "\\mathrm", "\\textup"):  # without braces around them
            self.take()
            return self.raw_group()
        script = self.script()
        source = self.text[self.lexemes[start].span.start : self.lexemes[self.at - 1].span.end]
        reader = NameReader(source[1:-1] if source.startswith("{") else source)
        if len(script) == 1 or script == "infty" or not reader.is_letter_next():
            return script
        inverse = "^-1" if re.search(r"\^\s*\{\s*-\s*1\s*\}", source) else ""
        return reader.name()[0] + inverse

    def command(self) -> None:
        lexeme = self.next
        command = lexeme.text[1:]
        if command in _BOLD and self.is_digit() and self.has_condition_behind():
            self.indicator()
        elif command in _BOLD and self.is_digit():
            self.take()
            grouped = self.next.text == "{"
            self.at += grouped
            digit = self.take()
            self.at += grouped
            size = ""
            if self.next.text == "_":
                self.take()
                size = f"_{self.script()}"
            self.emit("name", {"1": "𝟏", "0": "𝟎", "I": "𝟏"}[digit.text] + size, lexeme.span)
        elif command in _TRANSPOSES:
            self.emit("array", "⊤", self.take().span)
        elif command in _OPERATORS:
            self.emit("operator", _OPERATORS[command], self.take().span)
        elif command in _NORMS:
            self.norm(self.take())
        elif command == "langle":
            self.emit("name", "inner", lexeme.span)
            self.open(self.take(), "\\rangle")
        elif command == "rangle":
            self.close(self.take())
            if self.next.text == "_":  # of Frobenius
                self.take()
                self.script()
        elif command in ("sum", "prod"):
            self.sum_sign(self.take())
        elif command in ("det", "Tr"):
            self.emit("name", command, self.take().span)
        else:
            super().command()

    def is_digit(self) -> bool:
        """Whether a bold 1 or 0 comes next."""
        inside = self.ahead(2) if self.ahead(1).text == "{" else self.ahead(1)
        double = self.next.text in ("\\mathbb", "\\mathbbm", "\\mathds")
        return inside.text in (("1", "I") if double else ("1", "0"))

    def sum_sign(self, lexeme: Lexeme) -> None:
        """\\sum_{i=1}^n, \\prod: the sign with what stands below it is a name for the parser."""
        while self.next.text in ("\\limits", "\\nolimits"):
            self.take()
        if self.next.text == "^":
            self.swap_scripts()
        if self.next.text != "_":
            sign = lexeme.text[1:]
            text = "a sum without an index" if sign == "sum" else "a product without an index"
            raise AdgraphError(text, lexeme.span, f"write \\{sign}_i x_i, or \\operatorname{{{sign}}}(x)")
        self.take()
        below = (
            _COMPARED.sub(lambda found: _SIGNS_BELOW[found[1]], self.raw_group())
            if self.next.text == "{"
            else self.script()
        )
        below = SIZE_NAME.sub(lambda found: found[1] or "", below)
        end = self.lexemes[min(self.at, len(self.lexemes)) - 1].span.end
        self.emit("name", f"{lexeme.text[1:]}_{{{below}}}", Span(lexeme.span.start, end))

    def function(self, lexeme: Lexeme) -> None:
        if lexeme.text in ("\\max", "\\min") and self.next.text == "_" and not self.tokens:
            self.objective(lexeme)
        elif lexeme.text in ("\\max", "\\min") and self.next.text == "_":  # \max_i x_i
            self.take()
            below = self.script()
            below = f"{{{below}}}" if len(below) > 1 else below
            self.emit("name", f"{lexeme.text[1:]}_{below}", Span(lexeme.span.start, self.lexemes[self.at - 1].span.end))
        else:
            super().function(lexeme)

    def objective(self, lexeme: Lexeme) -> None:
        """\\min_w before what is minimised, which is read."""
        self.take()
        start = self.at
        self.script()
        below = self.text[self.lexemes[start].span.start : self.lexemes[self.at - 1].span.end]
        self.notes.append(f"{lexeme.text}_{below} is left out; what stands behind it is read")

    def emit_name(self) -> None:
        if self.next.text == "\\operatorname" and self.named_function() in VECTORS:
            name, span = self.name()
            self.emit("name", name, span)
            return
        if self.next.text[1:] in _BOLD and (letters := self.letters_together()):
            self.notes.append(f"bold {''.join(letters)} is read as the product {'·'.join(letters)}")
            style = self.take()
            opening = self.at
            closing = self.after_argument(opening)
            parts = [Lexeme("letter", letter, self.lexemes[opening + 1 + k].span) for k, letter in enumerate(letters)]
            apart = [made for part in parts for made in (style, self.lexemes[opening], part, self.lexemes[closing - 1])]
            self.lexemes[opening - 1 : closing] = apart
            self.at = opening - 1
            for _ in letters:
                super().emit_name()
            return
        super().emit_name()
        self.tokens[-1] = self.tokens[-1].replace(text=multiplied_out(self.tokens[-1].text))

    def named_function(self) -> str:
        """The word in \\operatorname{…}."""
        return self.ahead(2).text if self.ahead(3).text == "}" else "".join(
            self.ahead(2 + k).text for k in range(self.after_argument(self.at + 1) - self.at - 3)
        )  # fmt: skip

    def letters_together(self) -> list[str]:
        """The letters of \\mathbf{Wx}, which are several."""
        if self.ahead(1).text != "{":
            return []
        inside = self.lexemes[self.at + 2 : self.after_argument(self.at + 1) - 1]
        alone = len(inside) > 1 and all(part.kind == "letter" for part in inside)
        return [part.text for part in inside] if alone else []

    def sized(self, size: Lexeme) -> None:
        if (
            self.next.text[1:] in _NORMS
            or self.next.text in ("‖", "\\langle", "\\rangle")
            or (self.next.text == "|" and self.ahead(1).text == "|")
        ):
            self.element()
        else:
            super().sized(size)

    # ---- powers

    def power(self, sign: Lexeme) -> None:
        inside = self.ahead(1) if self.next.text == "{" else self.next
        if inside.text in ("\\text", "\\textrm", "\\mathsf", "\\mathrm", "\\rm", "\\mathbf", "\\sf", "\\mathtt"):
            end = self.after_argument(self.at) if self.next.text == "{" else self.after_argument(self.at + 1)
            words = self.text[inside.span.end : self.lexemes[min(end, len(self.lexemes)) - 1].span.end]
            if words.strip("{} ") in ("T", "t"):
                self.at = end
                self.emit("operator", "^", sign.span)
                self.emit("array", "⊤", inside.span)
                return
        if self.next.text == "{" and self.ahead(1).text in ("\\circ", "\\odot"):  # x^{\circ 2}, entry by entry
            del self.lexemes[self.at + 1]
            self.emit("array", ".^", sign.span)
            self.argument("a power")
            return
        notes = list(self.notes)
        super().power(sign)
        self.notes = [note for note in self.notes if note in notes or "transposes" not in note]

    def scripts(self, base: str) -> tuple[str, str, int]:
        """What stands below and above a name; the sign of a transpose behind a label, W^{(2)\\top}, stands apart."""
        at = self.at
        while at < len(self.lexemes) and self.lexemes[at].text in ("_", "^"):
            end = self.after_argument(at + 1)
            last = self.lexemes[end - 2] if end - 2 > at + 2 and end <= len(self.lexemes) else None
            labelled = self.lexemes[at + 2].text in ("(", "[") if at + 2 < len(self.lexemes) else False
            if (
                self.lexemes[at].text == "^"
                and last is not None
                and labelled
                and last.text in ("\\top", "T", "\\intercal")
            ):
                closing = self.lexemes[end - 1]
                self.lexemes[end - 2 : end] = [closing, self.lexemes[at], last]
                self.followers[self.lexemes[at + 1].span.start] = "^"
                break
            at = end
        return super().scripts(base)

    # ---- matrices

    def divided(self) -> bool:
        lexeme = self.next
        if self.matrices and self.matrices[-1] == len(self.opened):
            if lexeme.text == "&":
                self.emit("comma", ",", self.take().span)
                return True
            if lexeme.text == "\\\\":
                self.take()
                if self.next.text != "\\end":
                    self.emit("row", ";", lexeme.span)
                return True
        return super().divided()

    def environment(self, lexeme: Lexeme) -> None:
        start = self.at
        name = self.raw_group().strip().rstrip("*")
        if name in _MATRICES and lexeme.text == "\\begin":
            self.open(lexeme.replace(text="["), "\\end")
            self.tokens[-1] = self.tokens[-1].replace(close=False)  # a factor before a matrix is no function
            self.matrices.append(len(self.opened))
            return
        if name in _MATRICES and self.matrices and self.matrices[-1] == len(self.opened):
            self.matrices.pop()
            self.opened.pop()
            self.emit("close", "]", lexeme.span)
            return
        self.at = start
        super().environment(lexeme)

r"""Claims in LaTeX, \frac{\partial L}{\partial w} = (a - y)x, as tokens: what equations lack is a sign of its own."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import Span
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.read.latex.commands import OPERATORS, WITH_COLUMNS
from graphviz_ad.read.latex.document import mathematics
from graphviz_ad.read.latex.formulas import StatementReader
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.latex.macros import DEFINING
from graphviz_ad.read.latex.reading import macros_written_out
from graphviz_ad.read.length import check_size
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.lookalikes import mended
from graphviz_ad.read.text.tokens import Token


def statements(text: str) -> tuple[list[list[Token]], list[str]]:
    """The tokens of each claim, and notes on how they were read."""
    return _read(text, _ClaimReader)


def array_statements(text: str) -> tuple[list[list[Token]], list[str]]:
    """The same of claims on vectors and matrices."""
    from graphviz_ad.read.arrays.latex import ArrayReader

    class Reader(_ClaimReader, ArrayReader):
        """Divides claims, whose formulas have the signs of matrices."""

    return _read(text, Reader)


def _read(text: str, reader_of: type[StatementReader]) -> tuple[list[list[Token]], list[str]]:
    check_size(text)
    shown, found = mathematics(text)
    notes = [*found]
    reader = reader_of(mended(shown, notes))
    return reader.read(), [*notes, *reader.notes]


def with_macros(claim: SourceText, macros: Sequence[str], sources: Sequence[str] = ()) -> SourceText:
    """A claim with the macros of files, and of sources that are typed, written out."""
    typed = [source for source in sources if any(word in source for word in DEFINING)]
    if claim.language != "latex" or not (macros or typed):
        return claim
    return claim.replace(text=macros_written_out(claim.text, (*macros, *typed)).text)


def side_tokens(text: str) -> list[Token]:
    """The tokens of one side of a claim; several are none. Raises AdgraphError, with the place, for another."""
    found = _SideReader(text).read()
    return found[0] if len(found) == 1 else []


class _ClaimReader(StatementReader):
    """Divides claims; what stands left of an equals sign may be anything."""

    def command(self) -> None:
        if self.next.text == "\\partial":
            self.emit("partial", "∂", self.take().span)
        else:
            super().command()

    def differentiated(self, fraction: Lexeme) -> None:
        """A derivative, which claims have."""

    def check_word(self, lexeme: Lexeme) -> None:
        """Letters behind a d or ∂ are one name."""
        if lexeme.text != "d" and not (self.tokens and self.tokens[-1].kind == "partial"):
            super().check_word(lexeme)

    def check_left_side(self) -> None:
        pass

    def check_statements(self) -> None:
        pass

    def starts_equation(self) -> bool:
        """Whether a new line begins a further claim: it has an equals sign, and does not begin with a sign."""
        if not self.next.newline or self.tokens[-1:] == [] or self.tokens[-1].kind == "operator":
            return False
        first = self.next.text
        if first in ("=", "+", "-", "*", "/", "&") or first[1:] in OPERATORS:
            return False
        at = self.at
        while at < len(self.lexemes) and not (at > self.at and self.lexemes[at].newline):
            if self.lexemes[at].text == "=" or OPERATORS.get(self.lexemes[at].text[1:]) == "=":
                return True
            at += 1
        return False


class _SideReader(_ClaimReader):
    """Reads one side of what a document says, gradients too: a token of the kind nabla has what
    they are by. Primes behind brackets are tokens too."""

    def command(self) -> None:
        if self.next.text == "\\ddot":  # ẍ has both dots of \dot{\dot{x}}
            dots = self.take()
            self.unwrap()
            name, span = self.name()
            base, under, index = name.partition("_")
            self.emit("name", f"{base}_dot_dot{under}{index}", Span(dots.span.start, span.end))
            return
        if self.next.text != "\\nabla":
            super().command()
            return
        sign = self.take()
        by = ""
        if self.next.text == "_":
            script = self.take()
            by = self.script_group(script)
        self.emit("nabla", by, sign.span)

    def environment(self, lexeme: Lexeme) -> None:
        """A case distinction may begin a side."""
        start = self.at
        name = self.raw_group().strip()
        plain = name.rstrip("*")
        if lexeme.text == "\\begin" and not self.tokens and ("cases" in plain or plain == "array"):
            if plain in WITH_COLUMNS and self.next.text == "{":
                self.raw_group()
            self.case_distinction(name, lexeme)
            return
        self.at = start
        super().environment(lexeme)

    def element(self) -> None:
        sign = self.next
        if sign.text in ("'", "′") and self.tokens and self.tokens[-1].kind == "close":
            self.take()
            self.emit("prime", "'", sign.span)  # (x^2 + 1)'
        elif sign.text in ("'", "′") and self.tokens and self.tokens[-1].text.rstrip("'") in FUNCTIONS:
            self.take()
            self.tokens[-1] = self.tokens[-1].replace(text=f"{self.tokens[-1].text}'")  # sin'
        else:
            super().element()

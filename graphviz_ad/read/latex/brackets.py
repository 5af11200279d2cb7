"""Brackets in LaTeX, and what stands in braces: the arguments of commands, of ^ and of _."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.read.latex.commands import GAPS, LINE_ENDS
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.latex.names import NameReader
from graphviz_ad.read.text.tokens import Token

MAX_NESTING = 100
_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "|": "|"}
_PLAIN = {"\\langle": "(", "\\rangle": ")", "\\end": "]", "\\{": "(", "\\lbrace": "(", "\\}": ")"}
_BEHIND_NAMES = frozenset({"_", "(", "[", "'", "\\left"})  # what makes a difference to a name before it


class BracketReader(NameReader):
    """Makes tokens of brackets and of arguments."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tokens: list[Token] = []  # of the statement at hand
        self.opened: list[tuple[str, Lexeme]] = []  # what closes each open bracket, and where it was opened
        self.nesting = 0

    def element(self) -> None:
        """The next element of a formula, whatever it is."""
        raise NotImplementedError

    def unexpected(self, lexeme: Lexeme) -> AdgraphError:
        """The error of what cannot stand where it does."""
        raise NotImplementedError

    def emit(self, kind: str, text: str, span: Span, close: bool = True) -> None:
        self.tokens.append(Token(kind, text, span, close))

    def open(self, lexeme: Lexeme, closing: str | None = None) -> None:
        self.opened.append((closing or _CLOSING[lexeme.text], lexeme))
        if len(self.opened) > MAX_NESTING:
            raise AdgraphError(
                f"this is nested more than {MAX_NESTING} deep", lexeme.span, "give parts of it names of their own"
            )
        kind = "group" if lexeme.text == "{" else "open"
        self.emit(kind, "(" if closing == "|" or kind == "group" else _PLAIN.get(lexeme.text, lexeme.text), lexeme.span)

    def close(self, lexeme: Lexeme) -> None:
        if not self.opened:
            raise AdgraphError(
                f"'{lexeme.text}' closes nothing", lexeme.span, "take it out, or open a bracket before it"
            )
        closing, opening = self.opened.pop()
        if closing != ("\\}" if lexeme.text == "\\rbrace" else lexeme.text):
            raise AdgraphError(f"'{opening.text}' is closed by '{lexeme.text}'", lexeme.span, f"write '{closing}'")
        self.emit("close", {"|": ")", "}": ")"}.get(closing, _PLAIN.get(closing, closing)), lexeme.span)

    def deeper(self, lexeme: Lexeme) -> None:
        """One level of arguments more. Raises AdgraphError where that is too many."""
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise AdgraphError(
                f"this is nested more than {MAX_NESTING} deep", lexeme.span, "give parts of it names of their own"
            )

    def argument(self, of: str, bare: bool = True) -> None:
        """The argument of a command, of ^ or _: a group, or the next element alone; in brackets where it is several,
        and always unless it may stand `bare`."""
        lexeme = self.next
        self.deeper(lexeme)
        start = len(self.tokens)
        self.emit("group", "(", lexeme.span)
        if lexeme.text == "{":
            self.take()
            self.opened.append(("}", lexeme))
            depth = len(self.opened)
            while not (self.next.text == "}" and len(self.opened) == depth):
                if self.next.kind == "end":
                    raise AdgraphError("'{' is never closed", lexeme.span, "add a '}'")
                self.element()
            self.opened.pop()
            last = self.take()
        else:
            last = self.single(of)
        if len(self.tokens) == start + 1:
            raise AdgraphError(f"{of} is empty", Span(lexeme.span.start, last.span.end), "write what it is")
        if bare and len(self.tokens) == start + 2 and self.tokens[-1].kind in ("name", "number"):
            del self.tokens[start]
        else:
            self.emit("close", ")", last.span)
        self.nesting -= 1

    def single(self, of: str) -> Lexeme:
        """One element that stands as an argument without braces, as TeX takes it: a letter, a digit, a command."""
        lexeme = self.next
        if lexeme.kind == "number" and len(lexeme.text) > 1:
            digit = self.split_digit()
            self.emit("number", digit.text, digit.span)
            return digit
        if lexeme.kind == "letter":
            self.take()
            self.emit("name", lexeme.text, lexeme.span)
            return lexeme
        if lexeme.kind not in ("number", "command") or lexeme.text[1:] in LINE_ENDS | GAPS:
            shown = f"'{lexeme.text}'" if lexeme.kind != "end" else "the end"
            raise AdgraphError(f"{of} is missing before {shown}", lexeme.span, "put it in braces: {…}")
        if self.is_name_command(lexeme.text[1:]):
            name, span = self.name(scripts=False)
            self.emit("name", name, span)
        else:
            self.element()
        return self.lexemes[self.at - 1]

    def unwrap(self) -> None:
        """Take the braces off the next group, if one comes next: what is in it is read as if it stood alone."""
        if self.next.text == "{":
            end = self.after_argument(self.at)
            if self.lexemes[end - 1].text != "}":
                raise AdgraphError("'{' is never closed", self.next.span, "add a '}'")
            self.lexemes[self.at : end] = self.lexemes[self.at + 1 : end - 1]

    def is_braced_name(self) -> bool:
        """Whether a group comes next that is a name alone and has an index or a bracket behind it: {w}_{1}, {σ}(z)."""
        at, end = self.at + 1, self.after_argument(self.at) - 1
        if self.followers.get(self.next.span.start) not in _BEHIND_NAMES:
            return False
        while at < end and self.lexemes[at].text == "{":  # {{w}}
            at, end = at + 1, end - 1
        if at >= end:
            return False
        if self.lexemes[at].kind == "letter":
            return end == at + 1
        command = self.lexemes[at].text[1:]
        if self.lexemes[at].kind != "command" or not self.is_name_command(command):
            return False
        return end == at + 1 or self.after_argument(at + 1) == end

    def bar(self, lexeme: Lexeme, side: str) -> None:
        """An absolute value; a side is known for \\lvert and \\left|."""
        if side == "l":
            self.emit("name", "abs", lexeme.span)
            self.open(lexeme.replace(text="|"), "|")
        elif side == "r":
            self.close(lexeme.replace(text="|"))
        else:
            self.emit("bar", "|", lexeme.span)

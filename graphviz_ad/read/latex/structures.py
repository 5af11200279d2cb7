"""What has parts in LaTeX: powers, fractions, roots, functions with an index, sums, conditions, case distinctions."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.ops import COMMANDS, FUNCTIONS
from graphviz_ad.read.latex.brackets import BracketReader
from graphviz_ad.read.latex.commands import (
    CASE_WORDS,
    GAPS,
    INDICATORS,
    LINE_ENDS,
    OVER_OR_UNDER,
    REFUSED,
    SPACES,
    STYLE_COMMANDS,
    UPRIGHT,
    WORDS,
)
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.vectors import transposed

MAX_SHOWN = 12  # characters of a power that a note shows
_LABELLED_TRANSPOSE = re.compile(
    r"(?<![e\s])\s*\^\s*\{\s*(?:\[[^{}]*\]|\(\w\))\s*(?:T|\\top|\\intercal|\\mathsf\s*\{?T\}?)\s*\}"
)
_CASE_WORD = re.compile(r"(?:if|otherwise|else)\b")  # without \text


class StructureReader(BracketReader):
    """Makes tokens of what has parts."""

    transposes = False  # whether these are read

    # ---- powers

    def power(self, sign: Lexeme) -> None:
        if self.mark(sign):
            return
        found = None if self.transposes else _LABELLED_TRANSPOSE.match(self.text, sign.span.start)
        if found is not None:
            raise transposed(Span(*found.span()))
        sign_at = len(self.tokens)
        self.emit("operator", "^", sign.span)
        number = self.next
        if number.kind == "number" and len(number.text) > 1:
            raise AdgraphError(
                f"^{number.text} raises to {number.text[0]} alone", number.span, f"write ^{{{number.text}}}"
            )
        inner = self.ahead(1) if number.text == "{" else number
        if inner.kind == "command" and inner.text[1:] in WORDS:
            raise AdgraphError("a word as a superscript", number.span, "write it as a subscript: x_{\\text{new}}")
        call = self.call_before(sign_at)
        self.argument("a power")
        if self.next.text == "^":
            raise AdgraphError("a second superscript", self.next.span, "write braces: x^{a^b}, or {x^a}^b")
        if call is not None:
            function = self.text[call.span.start : call.span.end]
            power = self.text[sign.span.start : self.lexemes[self.at - 1].span.end]
            power = power if len(power) <= MAX_SHOWN else "^{…}"
            self.notes.append(f"{function}(…){power} is read as ({function}(…)){power}; "
                              f"for a power of the argument write {function}((…){power})")  # fmt: skip

    def mark(self, sign: Lexeme) -> bool:
        """Whether what is raised is no power: the ° of an angle, the + of a positive part. It is taken if so."""
        grouped = self.next.text == "{" and self.ahead(2).text == "}"
        inner = self.ahead(1) if grouped else self.next
        kind = {"\\circ": "degree", "\\degree": "degree", "°": "degree", "+": "positive"}.get(inner.text)
        after_bracket = bool(self.tokens) and self.tokens[-1].kind == "close"
        if kind is None or (kind == "positive" and not after_bracket):
            return False
        self.at += 3 if grouped else 1
        self.emit(kind, "°" if kind == "degree" else "+", Span(sign.span.start, inner.span.end))
        return True

    def call_before(self, end: int) -> Token | None:
        """The function whose argument, in brackets, ends before a token: some read \\ln(x)^2 as \\ln(x^2)."""
        depth = 0
        for at in range(end - 1, 0, -1):
            token, name = self.tokens[at], self.tokens[at - 1]
            depth -= token.nesting
            if depth == 0:
                called = token.kind == "open" and name.kind == "name" and name.text in FUNCTIONS
                return name if called and FUNCTIONS[name.text].form == "function" else None
        return None

    # ---- fractions and roots

    def fraction(self, lexeme: Lexeme) -> None:
        self.emit("group", "(", lexeme.span)
        start = len(self.tokens)
        self.argument("a numerator")
        self.emit("operator", "/", lexeme.span)
        middle = len(self.tokens)
        self.argument("a denominator")
        above, below = (
            [t.text for t in part if t.kind == "name"] for part in (self.tokens[start:middle], self.tokens[middle:])
        )
        if above[:1] == below[:1] == ["d"] and len(below) > 1:
            self.differentiated(lexeme)
        self.emit("close", ")", self.lexemes[self.at - 1].span)

    def differentiated(self, fraction: Lexeme) -> None:
        """A fraction that is a derivative, which equations do not have."""
        raise AdgraphError("a derivative is not read", fraction.span, "adgraph derives; give it the equations alone")

    def root(self, lexeme: Lexeme) -> None:
        degree: list[Token] = []
        if self.next.text == "[":
            opening = self.take()
            self.deeper(opening)
            start = len(self.tokens)
            while self.next.text != "]":
                if self.next.kind == "end":
                    raise AdgraphError("'[' is never closed", opening.span, "add a ']'")
                self.element()
            self.take()
            self.nesting -= 1
            degree = self.tokens[start:]
            del self.tokens[start:]
        number = degree[0].text if len(degree) == 1 else ""
        if not degree or number in ("2", "3"):
            self.emit("name", "cbrt" if number == "3" else "sqrt", lexeme.span)
            self.emit("open", "(", lexeme.span)
            self.argument("a root")
            self.emit("close", ")", self.lexemes[self.at - 1].span)
            return
        self.emit("group", "(", lexeme.span)
        self.argument("a root")
        for kind, text in (("operator", "^"), ("open", "("), ("number", "1"), ("operator", "/"), ("open", "(")):
            self.emit(kind, text, lexeme.span)
        self.tokens += degree
        for _ in range(3):
            self.emit("close", ")", self.lexemes[self.at - 1].span)
        if degree[0].kind == "number" and len(degree) == 1:  # 1/5 is one exact number
            del self.tokens[-1], self.tokens[-len(degree) - 3]

    # ---- functions, sums, indicators

    def function(self, lexeme: Lexeme) -> None:
        name = COMMANDS[lexeme.text[1:]]
        start, end = lexeme.span
        if self.next.text == "_":
            sign = self.next
            if not any(known.startswith(f"{name}_") for known in FUNCTIONS):
                raise AdgraphError(f"'{lexeme.text}' with a subscript is not read", sign.span, "leave it out")
            self.take()
            if not self.is_plain_base():
                self.emit("based", name, Span(start, end))
                self.argument("a base", bare=False)
                return
            base = self.script_group(sign)
            name = f"{name}_{base}" if f"{name}_{base}" in FUNCTIONS or base.isalnum() else f"{name}_{{{base}}}"
            end = self.lexemes[self.at - 1].span.end
        self.emit("name", name, Span(start, end))

    def is_plain_base(self) -> bool:
        """Whether what stands below a logarithm is a number or one name, and nothing more."""
        if self.next.text != "{":
            return True
        inside = self.text[self.next.span.end : self.text.find("}", self.next.span.end)]
        return re.fullmatch(r"\s*(?:\d+|[a-zA-Z]|\\[a-zA-Z]+)\s*", inside) is not None

    def sum(self, lexeme: Lexeme) -> None:
        """A sum or a product with its index below and its end above."""
        while self.next.text in ("\\limits", "\\nolimits"):
            self.take()
        self.emit("indexed", lexeme.text[1:], lexeme.span)
        start = len(self.tokens)
        scripts: dict[str, list[Token]] = {}
        while self.next.text in ("_", "^") and self.next.text not in scripts:
            sign = self.take()
            self.argument("a bound", bare=False)
            scripts[sign.text] = self.tokens[start:]
            del self.tokens[start:]
        self.tokens += scripts.get("_", [])
        if "^" in scripts:
            self.emit("operator", "^", lexeme.span)
            self.tokens += scripts["^"]

    def is_indicator(self, command: str) -> bool:
        """Whether a style of the digit 1, or \\mathbb{I} before a bracket or an index, comes next."""
        if command not in STYLE_COMMANDS and command not in UPRIGHT and command not in INDICATORS:
            return False
        grouped = self.ahead(1).text == "{"
        inner, behind = self.ahead(1 + grouped), self.ahead(2 + 2 * grouped)
        if inner.text == "1" and (not grouped or self.ahead(3).text == "}"):
            return True
        is_letter = inner.text == "I" and STYLE_COMMANDS.get(command) == "mathbb"
        return is_letter and (behind.text in ("(", "[", "_", "\\{", "\\left", "\\lbrace"))

    def indicator(self) -> None:
        """\\mathbb{1}_{x > 0}, 1 where the condition holds and else 0."""
        command = self.take()
        grouped = self.next.text == "{"
        self.at += 3 if grouped else 1
        self.emit("indicator", "1", Span(command.span.start, self.lexemes[self.at - 1].span.end))
        if self.next.text == "_":
            self.take()
            self.argument("a condition", bare=False)

    def over_or_under(self, lexeme: Lexeme) -> None:
        """What has words over or under it: \\overbrace{w x}^{a}, \\stackrel{def}{=}. The words are not read."""
        mark = OVER_OR_UNDER[lexeme.text[1:]]
        if not mark:
            self.argument_skipped()
            self.unwrap()
            return
        self.argument(lexeme.text)
        if self.next.text == mark:
            self.take()
            self.argument_skipped()

    def argument_skipped(self) -> None:
        """Take an argument that is not read."""
        self.at = min(self.after_argument(self.at), len(self.lexemes))

    # ---- cases

    def case_distinction(self, name: str, lexeme: Lexeme) -> None:
        """The rows of a case distinction behind its \\begin{…}, up to its end: a value and a condition in each."""
        self.deeper(lexeme)
        self.opened.append((f"\\end{{{name}}}", lexeme))
        self.emit("open", "{", lexeme.span)
        while self.next.text != "\\end":
            if self.next.kind == "end":
                raise AdgraphError(f"'\\begin{{{name}}}' is never ended", lexeme.span, f"add \\end{{{name}}}")
            self.case_part()
        last = self.take()
        ended = self.raw_group().strip()
        if ended != name:
            message = f"'\\end{{{ended}}}' ends \\begin{{{name}}}"
            raise AdgraphError(message, last.span, "begin and end must have one name")
        self.opened.pop()
        self.nesting -= 1
        self.emit("close", "}", last.span)

    def case_part(self) -> None:
        """What divides a case distinction, a word in it, or the next element of a formula."""
        lexeme = self.next
        command = lexeme.text[1:] if lexeme.kind == "command" else ""
        if lexeme.text == "&" or command in LINE_ENDS:
            self.take()
            if command:
                self.skip_height()
            self.emit("comma", ";" if command else ",", lexeme.span)
        elif command in GAPS or command in SPACES:
            self.take()
        elif command in WORDS:
            self.take()
            self.emit("name", self.case_word(), lexeme.span, False)
        elif lexeme.text in (",", ".", ";") and (self.ends_cell() or self.begins_cell()):
            self.take()
        elif self.begins_cell() and (word := _CASE_WORD.match(self.text, lexeme.span.start)):
            while self.next.span.start < word.end() and self.next.kind == "letter":
                self.take()
            self.emit("name", CASE_WORDS[word[0]], lexeme.span, False)
        else:
            self.element()

    def skip_height(self) -> None:
        """Take the height of a gap behind the end of a line, \\\\[2pt]."""
        if self.next.text == "[" and not self.next.blank:
            while self.next.kind != "end" and self.take().text != "]":
                pass

    def begins_cell(self) -> bool:
        """Whether what comes next is the first in its cell."""
        return bool(self.tokens) and self.tokens[-1].kind == "comma"

    def ends_cell(self) -> bool:
        """Whether what is taken next ends a cell: a comma or a full stop before &, a line's end, a word."""
        after = self.ahead(1)
        command = after.text[1:] if after.kind == "command" else ""
        return after.text in ("&", "\\end") or command in LINE_ENDS or command in WORDS or command in GAPS

    def case_word(self) -> str:
        """What a text among cases says: if, otherwise, and."""
        at = self.next.span
        words = self.raw_group().strip(" ,.:~")
        for first, word in CASE_WORDS.items():
            if words.lower() == first or words.lower().startswith(f"{first} "):
                rest = words[len(first) :].strip(" $")
                if not rest or word == "otherwise" or rest.lower() in ("all", "that"):
                    return word
        hint = "write \\text{if } x > 0, and \\text{otherwise} for the last case"
        raise AdgraphError(f"'{words}' among cases is not read", at, hint)

    def refused(self, command: str, lexeme: Lexeme) -> AdgraphError:
        """The error of a command that is understood and cannot be read."""
        message, hint = REFUSED[command]
        return AdgraphError(message, lexeme.span, hint)

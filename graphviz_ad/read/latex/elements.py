"""The elements of a formula in LaTeX, as tokens of the text frontend: numbers, names, brackets, fractions, roots."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from math import factorial

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.ops import COMMANDS, FUNCTIONS, ONLY_CALLED, OPS, beginning, called
from graphviz_ad.read.latex.commands import (
    CLASSES,
    DOTS,
    FRACTIONS,
    OPERATORS,
    OVER_OR_UNDER,
    REFUSED,
    SIGNS,
    SIZES,
    SPACES,
    SUMS,
    TRANSPARENT,
    WITH_ARGUMENT,
)
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.latex.structures import StructureReader
from graphviz_ad.read.text.vectors import of_vectors
from graphviz_ad.read.text.words import refusal


class ElementReader(StructureReader):
    """Makes tokens of lexemes. Each method consumes what it reads and appends to the statement at hand."""

    def divided(self) -> bool:
        """Whether the next lexeme divides statements; it is taken if so. Here nothing does."""
        return False

    def element(self) -> None:
        """The next element of a formula, whatever it is."""
        lexeme = self.next
        if self.divided():
            return
        if lexeme.kind == "command":
            self.command()
        elif lexeme.kind == "letter":
            self.check_word(lexeme)
            self.emit_name()
        elif lexeme.kind == "number":
            self.number()
        elif lexeme.kind == "super":
            self.emit("super", self.take().text.translate(_SUPERSCRIPTS), lexeme.span)
        elif (both := lexeme.text + self.ahead(1).text) in _NOTHING:
            self.at += _NOTHING[both]
        elif lexeme.text == "{" and self.is_braced_name():
            while self.next.text == "{":
                self.unwrap()
        elif both == ".." or lexeme.text == "…":
            self.dots()
        elif lexeme.text in _SIGNS:
            _SIGNS[lexeme.text](self, self.take())
        elif lexeme.text == "_" and self.tokens and self.mark(self.take()):
            pass
        else:
            raise self.unexpected(lexeme)

    def emit_name(self) -> None:
        command = self.next
        is_operator = command.text == "\\operatorname"
        name, span = self.name()
        behind = self.lexemes[self.behind_power()] if self.behind_power() < len(self.lexemes) else self.end
        raised = self.next.text == "^" and (behind.text == "(" or self.is_name_command(behind.text[1:]))
        follows = behind.kind in ("letter", "number") or behind.text[1:] in COMMANDS or raised
        if name == "d" and command.kind == "command" and self.next.kind == "letter":
            self.differentiated(command)
        if is_operator and name not in FUNCTIONS and (follows or behind.text in ("{", "\\frac")):
            if (error := of_vectors(name, span) or refusal(name, span, True, True)) is not None:
                raise error
            known = did_you_mean(name, called()) or f"write it with functions that are known, or {name}(x) = …"
            raise AdgraphError(f"unknown function '{name}'", span, known)
        self.emit("name", name, span)

    def behind_power(self) -> int:
        """The place of what comes behind the next power, or of what comes next where that is none."""
        return self.after_argument(self.at + 1) if self.next.text == "^" else self.at

    def dots(self) -> None:
        """Dots between terms."""
        first = self.take()
        while self.next.text == "." and first.text == ".":
            self.take()
        self.emit("dots", "...", Span(first.span.start, self.lexemes[self.at - 1].span.end))

    def number(self) -> None:
        lexeme = self.grouped(self.take())
        e, sign = self.next, self.ahead(1)
        if e.text in ("e", "E") and not e.blank and (sign.kind == "number" or sign.text in ("+", "-")):
            power = re.compile(r"[eE]([-+]?\d+)").match(self.text, e.span.start)
            if power and not sign.blank:
                hint = f"write {lexeme.text} \\cdot 10^{{{power[1]}}}"
                raise AdgraphError(f"{lexeme.text}{power[0]} is no number in LaTeX", lexeme.span, hint)
        before = self.tokens[-1] if self.tokens else None
        if before is not None and before.kind == "name" and before.span.end == lexeme.span.start:
            base = before.text.partition("_")[0]
            self.notes.append(
                f"{before.text}{lexeme.text} is read as {before.text}·{lexeme.text}; "
                f"write {base}_{{{lexeme.text}}} for a name"
            )
        text = lexeme.text
        if self.next.text == "!" and text.isdecimal() and len(text) < 3:  # 3!
            self.take()
            text = str(factorial(int(text)))
        self.emit("number", text, lexeme.span)

    def grouped(self, number: Lexeme) -> Lexeme:
        """A number with its thousands, 1{,}000 or 1\\,000, or with a comma for its point, 1{,}5."""
        while True:
            braced = [self.ahead(k).text for k in range(3)] == ["{", ",", "}"]
            after = self.ahead(3 if braced else 1)
            thousands = len(after.text) == 3 and after.text.isdecimal() and len(number.text.split(".")[0]) % 3 != 0
            thousands = thousands or (len(after.text) == 3 and after.text.isdecimal() and number.text.isdecimal())
            spaced = self.next.text == "\\," and thousands
            if not (braced or spaced) or after.kind != "number" or not number.text.isdecimal():
                return number
            self.at += 4 if braced else 2
            joint = "" if thousands else "."
            made = f"{number.text}{joint}{after.text}"
            shown = self.text[number.span.start : after.span.end]
            self.notes.append(f"{shown} is read as {made}")
            number = number.replace(text=made, span=Span(number.span.start, after.span.end))

    def check_word(self, lexeme: Lexeme) -> None:
        """Letters that spell a function, and letters that look like a word."""
        before = self.lexemes[self.at - 1] if self.at else None
        if before is not None and before.kind == "letter" and before.span.end == lexeme.span.start:
            return
        end = lexeme.span.start
        while end < len(self.text) and self.text[end].isascii() and self.text[end].isalpha():
            end += 1
        word = self.text[lexeme.span.start : end]
        start = beginning(word)
        function = word if _is_function(word) else start if start in OPS else ""
        if function:
            command = f"\\{function}" if function in COMMANDS else f"\\operatorname{{{function}}}"
            command = "\\sqrt{…}" if function == "sqrt" else command
            raise AdgraphError(
                f"'{function}' without a backslash is a product: {'·'.join(function)}",
                Span(lexeme.span.start, lexeme.span.start + len(function)),
                f"write {command}",
            )
        if len(word) > 2:
            self.notes.append(
                f"'{word}' is read as the product {'·'.join(word)}; write \\mathrm{{{word}}} for one name"
            )

    # ---- commands

    def command(self) -> None:
        lexeme = self.next
        command = lexeme.text[1:]
        if self.is_indicator(command):
            self.indicator()
        elif self.is_name_command(command):
            self.emit_name()
        elif command in ("degree", "circ") and self.tokens and self.tokens[-1].kind == "number":
            self.emit("degree", "°", self.take().span)
        else:
            read = next((read for words, read in _COMMANDS if command in words), None)
            if read is None:
                raise self.unexpected(lexeme)
            read(self, self.take())

    def bars(self, lexeme: Lexeme) -> None:
        """\\lvert, \\rvert and their like."""
        self.bar(lexeme, {"l": "l", "r": "r"}.get(lexeme.text[1], ""))

    def sized(self, size: Lexeme) -> None:
        """A bracket behind \\left, \\right, \\big and their like."""
        lexeme = self.next
        command = size.text[1:]
        side = (
            "l" if command == "left" or command[-1] == "l" else "r" if command == "right" or command[-1] == "r" else ""
        )
        if lexeme.text == ".":
            self.take()
        elif lexeme.text == "|" or lexeme.text in ("\\vert", "\\lvert", "\\rvert"):
            self.bar(self.take(), side)
        elif lexeme.text in ("\\{", "\\lbrace") and self.ahead(1).text == "\\begin":
            self.take()  # \left\{ \begin{array}: a brace around a system
        elif lexeme.text in ("(", "[", ")", "]", "\\{", "\\}", "\\lbrace", "\\rbrace"):
            self.element()
        elif lexeme.text[1:] in REFUSED:
            raise self.unexpected(lexeme)
        elif lexeme.text in ("/", "\\/"):
            self.element()
        else:
            raise AdgraphError(
                f"'{size.text}' stands before no bracket", size.span, f"write {size.text}( or leave it out"
            )

    def unexpected(self, lexeme: Lexeme) -> AdgraphError:
        command = lexeme.text[1:] if lexeme.kind == "command" else ""
        if command in REFUSED:
            return self.refused(command, lexeme)
        if command:
            known = [*COMMANDS, *OPERATORS, *FRACTIONS, "sqrt", *self.letters]
            near = did_you_mean(command, sorted(known)).replace("'", "'\\", 1)
            hint = near or (f"write \\operatorname{{{command}}} for a name; a macro is defined in the source, "
                            f"\\newcommand{{\\{command}}}{{…}}, or in a file: --macros")  # fmt: skip
            return AdgraphError(f"unknown command '{lexeme.text}'", lexeme.span, hint)
        hints = {
            "_": "a subscript belongs to a name: x_{1}",
            "'": "a prime belongs to a name: x'",
            "!": "write the product out",
            ":": "write = between a name and its expression",
            "#": "write the equations alone",
            "^": "write what is raised before it",
        }
        shown = f"'{lexeme.text}'" if lexeme.text.isprintable() else f"U+{ord(lexeme.text):04X}"
        return AdgraphError(f"unexpected {shown}", lexeme.span, hints.get(lexeme.text, "write it in LaTeX's commands"))


def _is_function(word: str) -> bool:
    """Whether letters spell a function that they are hardly the product of."""
    row = FUNCTIONS.get(word)
    return row is not None and word not in ONLY_CALLED and (len(word) > 3 or row.common or row.folds)


_MARKS = {"|": "bar", ",": "comma", ";": "comma", "°": "degree", "‖": "norm", "⊙": "operator", "@": "operator"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n")
_NOTHING = {"{}": 2, ":=": 1}  # an empty group, as in ={}; the colon of :=; how many lexemes are passed

_Reads = Callable[[ElementReader, Lexeme], object]  # of a sign or a command that is taken

_SIGNS: dict[str, _Reads] = {
    **dict.fromkeys(SIGNS, lambda reader, sign: reader.emit("operator", SIGNS[sign.text], sign.span)),
    **dict.fromkeys("+-*/=<>", lambda reader, sign: reader.emit("operator", sign.text, sign.span, not sign.blank)),
    **dict.fromkeys(_MARKS, lambda reader, sign: reader.emit(_MARKS[sign.text], sign.text, sign.span)),
    **dict.fromkeys("([{", lambda reader, sign: reader.open(sign)),
    **dict.fromkeys(")]}", lambda reader, sign: reader.close(sign)),
    "^": lambda reader, sign: reader.power(sign),
}

# What reads which commands, the first that has one; the table of functions may be added to.
_COMMANDS: tuple[tuple[Container[str], _Reads], ...] = (
    (("sqrt",), lambda reader, sign: reader.root(sign)),
    (COMMANDS, lambda reader, sign: reader.function(sign)),
    (OPERATORS, lambda reader, sign: reader.emit("operator", OPERATORS[sign.text[1:]], sign.span)),
    (FRACTIONS, lambda reader, sign: reader.fraction(sign)),
    (("lvert", "rvert", "vert", "mid"), lambda reader, sign: reader.bars(sign)),
    (SIZES, lambda reader, sign: reader.sized(sign)),
    (("{", "lbrace"), lambda reader, sign: reader.open(sign, "\\}")),
    (("}", "rbrace"), lambda reader, sign: reader.close(sign)),
    (WITH_ARGUMENT, lambda reader, sign: reader.raw_group()),
    (TRANSPARENT, lambda reader, sign: reader.argument(sign.text)),
    (OVER_OR_UNDER, lambda reader, sign: reader.over_or_under(sign)),
    (SUMS, lambda reader, sign: reader.sum(sign)),
    (DOTS, lambda reader, sign: reader.emit("dots", "...", sign.span)),
    (("%",), lambda reader, sign: reader.emit("percent", sign.text, sign.span)),
    (SPACES, lambda reader, sign: None),
    (CLASSES, lambda reader, sign: reader.unwrap()),
)

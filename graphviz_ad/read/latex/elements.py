"""The elements of a formula in LaTeX, as tokens of the text frontend: numbers, names, brackets, fractions, roots."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.ops import COMMANDS, FUNCTIONS, ONLY_CALLED, OPS, beginning
from graphviz_ad.read.latex.commands import (
    CLASSES,
    FRACTIONS,
    GAPS,
    LINE_ENDS,
    OPERATORS,
    REFUSED,
    SIGNS,
    SIZES,
    SPACES,
    TRANSPARENT,
    WITH_ARGUMENT,
    WORDS,
)
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.latex.names import NameReader
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.unsupported import of_vectors

MAX_NESTING = 100
MAX_SHOWN = 12  # characters of a power that a note shows
_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "|": "|"}
_PLAIN = {"\\langle": "(", "\\rangle": ")", "\\end": "]", "\\{": "(", "\\lbrace": "(", "\\}": ")"}


class ElementReader(NameReader):
    """Makes tokens of lexemes. Each method consumes what it reads and appends to the statement at hand."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.tokens: list[Token] = []  # of the statement at hand
        self.opened: list[tuple[str, Lexeme]] = []  # what closes each open bracket, and where it was opened
        self.nesting = 0

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
            self.take()
            self.emit("super", lexeme.text.translate(_SUPERSCRIPTS), lexeme.span)
        elif lexeme.text == "{" and self.ahead(1).text == "}":
            self.at += 2  # an empty group, as in ={}
        elif lexeme.text in ("(", "[", "{"):
            self.open(self.take())
        elif lexeme.text in (")", "]", "}"):
            self.close(self.take())
        elif lexeme.text == "|":
            self.take()
            self.emit("bar", "|", lexeme.span)
        elif lexeme.text == "^":
            self.power(self.take())
        elif lexeme.text == ",":
            self.emit("comma", ",", self.take().span)
        elif lexeme.text == ":" and self.ahead(1).text == "=":
            self.take()
        elif lexeme.text in "+-*/=<>":
            self.take()
            self.emit("operator", lexeme.text, lexeme.span, not lexeme.blank)
        elif lexeme.text in SIGNS:
            self.take()
            self.emit("operator", SIGNS[lexeme.text], lexeme.span)
        else:
            raise self.unexpected(lexeme)

    def emit(self, kind: str, text: str, span: Span, close: bool = True) -> None:
        self.tokens.append(Token(kind, text, span, close))

    def emit_name(self) -> None:
        is_operator = self.next.text == "\\operatorname"
        name, span = self.name()
        follows = self.next.kind in ("letter", "number") or self.next.text[1:] in COMMANDS
        if is_operator and name not in FUNCTIONS and (follows or self.next.text in ("{", "\\frac")):
            if (error := of_vectors(name, span)) is not None:
                raise error
            known = did_you_mean(name, list(FUNCTIONS)) or f"write it with functions that are known, or {name}(x) = …"
            raise AdgraphError(f"unknown function '{name}'", span, known)
        self.emit("name", name, span)

    def number(self) -> None:
        lexeme = self.take()
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
        self.emit("number", lexeme.text, lexeme.span)

    def power(self, sign: Lexeme) -> None:
        sign_at = len(self.tokens)
        self.emit("operator", "^", sign.span)
        number = self.next
        if number.text == "T" or self.text[number.span.start : number.span.start + 3] == "{T}":
            self.notes.append("^T is read as a power; transposes are not read")
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

    def call_before(self, end: int) -> Token | None:
        """The function whose argument, in brackets, ends before a token: some read \\ln(x)^2 as \\ln(x^2)."""
        depth = 0
        for at in range(end - 1, 0, -1):
            token, name = self.tokens[at], self.tokens[at - 1]
            depth += (token.kind == "close") - (token.kind in ("open", "group"))
            if depth == 0:
                called = token.kind == "open" and name.kind == "name" and name.text in FUNCTIONS
                return name if called and FUNCTIONS[name.text].form == "function" else None
        return None

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

    # ---- brackets and arguments

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

    def argument(self, of: str) -> None:
        """The argument of a command, of ^ or _: a group, or the next element alone; in brackets where it is several."""
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
        if len(self.tokens) == start + 2 and self.tokens[-1].kind in ("name", "number"):
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

    # ---- commands

    def command(self) -> None:
        lexeme = self.next
        command = lexeme.text[1:]
        if self.is_name_command(command):
            self.emit_name()
        elif command == "sqrt":
            self.root(self.take())
        elif command in COMMANDS:
            self.function(self.take())
        elif command in OPERATORS:
            self.take()
            self.emit("operator", OPERATORS[command], lexeme.span)
        elif command in FRACTIONS:
            self.fraction(self.take())
        elif command in ("lvert", "rvert", "vert", "mid"):
            self.bar(self.take(), {"l": "l", "r": "r"}.get(command[0], ""))
        elif command in SIZES:
            self.sized(self.take())
        elif command in ("{", "lbrace"):
            self.open(self.take(), "\\}")
        elif command in ("}", "rbrace"):
            self.close(self.take())
        elif command in WITH_ARGUMENT:
            self.take()
            self.raw_group()
        elif command in TRANSPARENT:
            self.take()
            self.argument(f"\\{command}")
            if self.next.text == "_":  # the words below a brace
                self.take()
                self.raw_group()
        elif command in SPACES:
            self.take()
        elif command in CLASSES:
            self.take()
            self.unwrap()
        else:
            raise self.unexpected(lexeme)

    def unwrap(self) -> None:
        """Take the braces off the next group, if one comes next: what is in it is read as if it stood alone."""
        if self.next.text == "{":
            end = self.after_argument(self.at)
            if self.lexemes[end - 1].text != "}":
                raise AdgraphError("'{' is never closed", self.next.span, "add a '}'")
            self.lexemes[self.at : end] = self.lexemes[self.at + 1 : end - 1]

    def function(self, lexeme: Lexeme) -> None:
        name = COMMANDS[lexeme.text[1:]]
        if self.next.text == "_":
            sign = self.next
            if not any(known.startswith(f"{name}_") for known in FUNCTIONS):
                raise AdgraphError(f"'{lexeme.text}' with a subscript is not read", sign.span, "leave it out")
            self.take()
            base = (self.raw_group() if self.next.text == "{" else self.single_text()).strip()
            index = base.removeprefix("\\mathrm{").removesuffix("}")
            indexed = FUNCTIONS.get(f"{name}_{index}")
            if indexed is None:
                hint = "write \\frac{\\ln x}{\\ln b}"
                raise AdgraphError(f"a logarithm to the base {base} is not read", sign.span, hint)
            name = indexed.name
        self.emit("name", name, lexeme.span)

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

    def bar(self, lexeme: Lexeme, side: str) -> None:
        """An absolute value; a side is known for \\lvert and \\left|."""
        if side == "l":
            self.emit("name", "abs", lexeme.span)
            self.open(lexeme.replace(text="|"), "|")
        elif side == "r":
            self.close(lexeme.replace(text="|"))
        else:
            self.emit("bar", "|", lexeme.span)

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
            return AdgraphError(REFUSED[command][0], lexeme.span, REFUSED[command][1])
        if command:
            known = [*COMMANDS, *OPERATORS, *FRACTIONS, "sqrt", *self.letters]
            near = did_you_mean(command, sorted(known)).replace("'", "'\\", 1)
            hint = near or f"write \\operatorname{{{command}}} for a name; macros are not expanded"
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


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n")

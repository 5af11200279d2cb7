"""LaTeX, as it stands in lecture notes: brought into the tokens of the text frontend, whose parser then reads it.

Letters side by side are a product; a command, and what its sub- and superscripts say, is one name.
"""

from __future__ import annotations

import re

from graphviz_ad.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.frontend import READ_AS_IT_IS, Reading, Source
from graphviz_ad.frontend.commands import (
    ENVIRONMENTS,
    FRACTIONS,
    FUNCTION_COMMANDS,
    GAPS,
    INNER,
    LINE_ENDS,
    OPERATORS,
    PROSE,
    REFUSED,
    SIGNS,
    SIZES,
    SPACES,
    TRANSPARENT,
    WITH_ARGUMENT,
    WITH_COLUMNS,
    WORDS,
)
from graphviz_ad.frontend.document import mathematics
from graphviz_ad.frontend.equations import system
from graphviz_ad.frontend.latex_names import NameReader
from graphviz_ad.frontend.lexemes import Lexeme
from graphviz_ad.frontend.tokens import Token, check_size
from graphviz_ad.ops import FUNCTIONS

MAX_NESTING = 100
_CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}", "|": "|"}
_PLAIN = {"\\{": "(", "\\lbrace": "(", "\\}": ")"}
_UNBACKSLASHED = ("arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "sqrt", "sin", "cos", "tan", "exp", "log")
_WHOLE_WORDS = frozenset({"ln", "max", "min", "relu", "ReLU", "sigmoid", "softplus"})


def read(text: str, reading: Reading = READ_AS_IT_IS) -> Source:
    """Read a system of equations in LaTeX. Raises AdgraphError, with the place, for what is not one."""
    try:
        check_size(text)
        shown, notes = mathematics(text)
        reader = _Reader(shown)
        statements = reader.read()
        source = system(statements, reading, "try '\\begin{cases} y=\\sin(2x+3) \\\\ z=y^{2} \\end{cases}'")
        return Source(source.graph, tuple(dict.fromkeys((*notes, *reader.notes, *source.notes))))
    except AdgraphError as error:
        error.source = text
        raise


def read_name(text: str) -> str:
    """A variable's name, as LaTeX writes it, in adgraph's spelling: `\\hat{y}_1` is y_hat_1."""
    tokens = [token for statement in _Reader(text).read() for token in statement]
    if len(tokens) != 1 or tokens[0].kind != "name":
        raise AdgraphError(f"'{text}' is not the name of a variable")
    return tokens[0].text


class _Reader(NameReader):
    """Makes tokens of lexemes. Each method consumes what it reads and appends to the statement at hand."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.statements: list[list[Token]] = []
        self.tokens: list[Token] = []
        self.opened: list[tuple[str, Lexeme]] = []  # what closes each open bracket, and where it was opened
        self.environments: list[tuple[str, Lexeme]] = []
        self.nesting = 0

    def read(self) -> list[list[Token]]:
        """The tokens of each statement that is not empty."""
        while self.next.kind != "end":
            if not self.opened and self.starts_equation():
                self.end_statement()
            self.element()
        self.end_statement()
        equations = [any(token.text == "=" for token in statement) for statement in self.statements]
        if any(equations) and not all(equations):
            stray = self.statements[equations.index(False)]
            span = Span(stray[0].span.start, stray[-1].span.end)
            hint = "write name = …, take it out, or begin the line with the sign that continues the one before"
            raise AdgraphError("this is no equation", span, hint)
        if self.environments:
            name, lexeme = self.environments[-1]
            raise AdgraphError(f"'\\begin{{{name}}}' is never ended", lexeme.span, f"add \\end{{{name}}}")
        return self.statements

    # ---- statements

    def end_statement(self) -> None:
        if self.opened:
            closing, lexeme = self.opened[-1]
            raise AdgraphError(f"'{lexeme.text}' is never closed", lexeme.span, f"add '{closing}'")
        if self.tokens:
            self.check_left_side()
            self.statements.append(self.tokens)
        self.tokens = []

    def check_left_side(self) -> None:
        left = []
        for token in self.tokens:
            if token.text == "=":
                break
            left.append(token)
        else:
            return
        if len(left) > 1 and all(token.kind == "name" for token in left):
            word = "".join(token.text for token in left)
            raise AdgraphError(
                f"the left side is a product: {'·'.join(token.text for token in left)}",
                Span(left[0].span.start, left[-1].span.end),
                f"for one name, write \\mathrm{{{word}}}" if word.isalpha() else "write one variable",
            )

    def starts_equation(self) -> bool:
        """Whether a new line, or a gap, comes before a further equation."""
        if not (self.next.newline or self.next.text[1:] in GAPS) or all(t.text != "=" for t in self.tokens):
            return False
        return self.is_left_side(self.at)

    def is_left_side(self, at: int) -> bool:
        """Whether what comes next is a variable, or f(x), with an equals sign."""
        first = True
        depth = 0
        while at < len(self.lexemes):
            lexeme = self.lexemes[at]
            at += 1
            command = lexeme.text[1:] if lexeme.kind == "command" else ""
            if command in GAPS or command in SPACES or lexeme.text == "&":
                continue
            if lexeme.text in ("=", ":") or OPERATORS.get(command) == "=":
                return not first
            depth += (lexeme.text in ("(", "{")) - (lexeme.text in (")", "}"))
            named = lexeme.kind in ("letter", "number") or lexeme.text in "_^'{}()," or self.is_name_command(command)
            if depth < 0 or not named or (first and lexeme.kind not in ("letter", "command")):
                return False
            first = False
        return False

    def line_end(self) -> None:
        """The end of a line of a display, unless the next line goes on with the equation."""
        self.take()
        if self.next.text == "[" and not self.next.blank:  # \\[2pt]
            while self.next.kind != "end" and self.take().text != "]":
                pass
        at = self.at
        while at < len(self.lexemes):
            text = self.lexemes[at].text
            if text == "\\left" and self.lexemes[at + 1 : at + 2] and self.lexemes[at + 1].text == ".":
                at += 2
            elif text[1:] in WITH_ARGUMENT:
                at += 1
                while at < len(self.lexemes) and self.lexemes[at].text != "}":
                    at += 1
                at += 1
            elif text in ("&", "{", "}") or text[1:] in GAPS | SPACES:
                at += 1
            else:
                break
        following = self.lexemes[at].text if at < len(self.lexemes) else ""
        goes_on = following in ("+", "-", "=", "*", "/") or following[1:] in OPERATORS
        left_open = bool(self.tokens) and self.tokens[-1].kind == "operator"
        if not (self.opened or goes_on or left_open):
            self.end_statement()

    def separator(self, lexeme: Lexeme) -> None:
        """A comma or a full stop between equations; not within a number, and not between factors."""
        before, after = self.lexemes[self.at - 2] if self.at > 1 else None, self.next
        within = after.kind in ("letter", "number") and not after.blank and before is not None
        if within and before is not None and before.span.end == lexeme.span.start and lexeme.text in ",.":
            number = before.kind == after.kind == "number"
            hint = (
                "write a decimal point, 0.5, and no commas between thousands" if number else "write \\cdot, or a blank"
            )
            raise AdgraphError(f"a '{lexeme.text}' between '{before.text}' and '{after.text}'", lexeme.span, hint)
        self.end_statement()

    def gap(self) -> None:
        """A gap: before an equation's number, which is dropped, or before a sign; anything else is no equation."""
        gap = self.take()
        if self.opened or all(token.text != "=" for token in self.tokens):
            return
        start = self.at
        while self.next.text[1:] in GAPS | SPACES or self.next.text == "&":
            self.take()
        if self.next.text == "(":
            end = self.at
            while end < len(self.lexemes) and self.lexemes[end].text != ")":
                end += 1
            inside = self.lexemes[self.at + 1 : end]
            if inside and (inside[0].text[1:] in WORDS or (len(inside) == 1 and inside[0].kind == "number")):
                self.at = end + 1
                return
        operand = self.next.kind in ("letter", "number") or self.next.text in ("(", "{", "[", "|")
        if operand and self.tokens[-1].kind != "operator":
            raise AdgraphError("what stands behind the gap is no equation", gap.span, "take it out, or write a sign")
        self.at = max(start, self.at)

    # ---- elements

    def element(self) -> None:
        """The next element of a formula, whatever it is."""
        lexeme = self.next
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
        elif lexeme.text == "{" and self.lexemes[self.at + 1 : self.at + 2] and self.lexemes[self.at + 1].text == "}":
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
        elif lexeme.text == "&":
            self.gap() if self.lexemes[self.at + 1 : self.at + 2] and self.lexemes[self.at + 1].text == "(" and (
                self.tokens and self.tokens[-1].kind != "operator"
            ) else self.take()
        elif lexeme.text in (",", ".", ";") and not self.opened:
            self.separator(self.take())
        elif lexeme.text == ",":
            self.emit("comma", ",", self.take().span)
        elif lexeme.text == ":" and self.lexemes[self.at + 1 : self.at + 2] and self.lexemes[self.at + 1].text == "=":
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
        follows = self.next.kind in ("letter", "number") or self.next.text[1:] in FUNCTION_COMMANDS
        if is_operator and name not in FUNCTIONS and (follows or self.next.text in ("{", "\\frac")):
            known = did_you_mean(name, list(FUNCTIONS)) or f"write it with functions that are known, or {name}(x) = …"
            raise AdgraphError(f"unknown function '{name}'", span, known)
        self.emit("name", name, span)

    def number(self) -> None:
        lexeme = self.take()
        e, sign = self.next, self.lexemes[self.at + 1 : self.at + 2]
        if e.text in ("e", "E") and not e.blank and sign and (sign[0].kind == "number" or sign[0].text in "+-"):
            power = re.match(r"[eE]([-+]?\d+)", self.text[e.span.start :])
            if power and not sign[0].blank:
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
        self.emit("operator", "^", sign.span)
        number = self.next
        if number.text == "T" or self.text[number.span.start : number.span.start + 3] == "{T}":
            self.notes.append("^T is read as a power; transposes are not read")
        if number.kind == "number" and len(number.text) > 1:
            raise AdgraphError(
                f"^{number.text} raises to {number.text[0]} alone", number.span, f"write ^{{{number.text}}}"
            )
        inner = self.lexemes[self.at + 1 : self.at + 2] if number.text == "{" else [number]
        if inner and inner[0].text[1:] in WORDS:
            raise AdgraphError("a word as a superscript", number.span, "write it as a subscript: x_{\\text{new}}")
        self.argument("a power")
        if self.next.text == "^":
            raise AdgraphError("a second superscript", self.next.span, "write braces: x^{a^b}, or {x^a}^b")

    def check_word(self, lexeme: Lexeme) -> None:
        """Letters that spell a function, and letters that look like a word."""
        before = self.lexemes[self.at - 1] if self.at else None
        if before is not None and before.kind == "letter" and before.span.end == lexeme.span.start:
            return
        end = lexeme.span.start
        while end < len(self.text) and self.text[end].isascii() and self.text[end].isalpha():
            end += 1
        word = self.text[lexeme.span.start : end]
        function = word if word in _WHOLE_WORDS else next((f for f in _UNBACKSLASHED if word.startswith(f)), "")
        if function:
            command = f"\\{function}" if function in FUNCTION_COMMANDS else f"\\operatorname{{{function}}}"
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

    def argument(self, of: str) -> None:
        """The argument of a command, of ^ or _: a group, or the next element alone; in brackets where it is several."""
        lexeme = self.next
        self.nesting += 1
        if self.nesting > MAX_NESTING:
            raise AdgraphError(f"this is nested more than {MAX_NESTING} deep", lexeme.span, "give parts of it names")
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
        if command in WORDS and self.is_prose():
            if not self.opened:
                self.end_statement()
        elif self.is_name_command(command):
            self.emit_name()
        elif command == "sqrt":
            self.root(self.take())
        elif command in FUNCTION_COMMANDS:
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
        elif command in LINE_ENDS:
            self.line_end()
        elif command in ("{", "lbrace"):
            self.open(self.take(), "\\}")
        elif command in ("}", "rbrace"):
            self.close(self.take())
        elif command in ("begin", "end"):
            self.environment(self.take())
        elif command in WITH_ARGUMENT:
            self.take()
            self.raw_group()
        elif command in TRANSPARENT:
            self.take()
            self.argument(f"\\{command}")
            if self.next.text == "_":  # the words below a brace
                self.take()
                self.raw_group()
        elif command in GAPS:
            self.gap()
        elif command in SPACES:
            self.take()
        else:
            raise self.unexpected(lexeme)

    def is_prose(self) -> bool:
        """Whether an upright text is words between equations; it is taken if so."""
        start = self.at
        self.take()
        words = self.raw_group()
        if words.strip() and (words != words.strip() or words.strip().lower() in PROSE):
            return True
        self.at = start
        return False

    def function(self, lexeme: Lexeme) -> None:
        name = FUNCTION_COMMANDS[lexeme.text[1:]]
        if self.next.text == "_":
            if name != "log":
                raise AdgraphError(f"'{lexeme.text}' with a subscript is not read", self.next.span, "leave it out")
            sign = self.take()
            base = self.raw_group() if self.next.text == "{" else self.single_text()
            if base.strip() not in ("2", "10", "e", "\\mathrm{e}"):
                raise AdgraphError(
                    f"a logarithm to the base {base.strip()} is not read", sign.span, "write \\frac{\\ln x}{\\ln b}"
                )
            name = {"2": "log2", "10": "log10"}.get(base.strip(), "log")
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
            raise AdgraphError("a derivative is not read", lexeme.span, "adgraph derives; give it the equations alone")
        self.emit("close", ")", self.lexemes[self.at - 1].span)

    def root(self, lexeme: Lexeme) -> None:
        degree: list[Token] = []
        if self.next.text == "[":
            self.take()
            start = len(self.tokens)
            while self.next.text != "]":
                if self.next.kind == "end":
                    raise AdgraphError("'[' is never closed", lexeme.span, "add a ']'")
                self.element()
            self.take()
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
            self.emit("close", ")", lexeme.span)
        if degree[0].kind == "number" and len(degree) == 1:  # 1/5 is one exact number
            del self.tokens[-1], self.tokens[-len(degree) - 3]

    def bar(self, lexeme: Lexeme, side: str) -> None:
        """An absolute value; a side is known for \\lvert and \\left|."""
        if side == "l":
            self.emit("name", "abs", lexeme.span)
            self.open(lexeme._replace(text="|"), "|")
        elif side == "r":
            self.close(lexeme._replace(text="|"))
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
        elif lexeme.text in ("\\{", "\\lbrace") and self.lexemes[self.at + 1].text == "\\begin":
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

    def environment(self, lexeme: Lexeme) -> None:
        name = self.raw_group().strip()
        plain = name.rstrip("*")
        if lexeme.text == "\\end":
            if not self.environments or self.environments[-1][0] != name:
                begun = f"\\begin{{{self.environments[-1][0]}}}" if self.environments else "nothing"
                raise AdgraphError(f"'\\end{{{name}}}' ends {begun}", lexeme.span, "begin and end must have one name")
            self.end_statement()
            self.environments.pop()
            return
        if plain not in ENVIRONMENTS:
            known = did_you_mean(plain, sorted(ENVIRONMENTS))
            hint = known or "write the equations in cases, aligned or align"
            raise AdgraphError(f"the environment '{name}' is not read", lexeme.span, hint)
        if self.tokens and plain in INNER:
            raise AdgraphError(
                "a case distinction is not read" if "cases" in plain else f"'{name}' inside an equation is not read",
                lexeme.span,
                "write it with \\max, \\min, \\lvert x \\rvert, or a bracket that is 1 where it holds: [x > 0]",
            )
        self.end_statement()
        if self.next.text == "[":
            while self.next.kind != "end" and self.take().text != "]":
                pass
        if plain in WITH_COLUMNS and self.next.text == "{":
            self.raw_group()
        self.environments.append((name, lexeme))

    def unexpected(self, lexeme: Lexeme) -> AdgraphError:
        command = lexeme.text[1:] if lexeme.kind == "command" else ""
        if command in REFUSED:
            return AdgraphError(REFUSED[command][0], lexeme.span, REFUSED[command][1])
        if command:
            known = [*FUNCTION_COMMANDS, *OPERATORS, *FRACTIONS, "sqrt", *self.letters]
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


_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿ", "0123456789-+n")

"""Statements in LaTeX, as they stand in lecture notes: brought into the tokens of the text frontend.

Letters side by side are a product; a command, and what its sub- and superscripts say, is one name.
"""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.read.latex.commands import (
    ENVIRONMENTS,
    GAPS,
    INNER,
    LINE_ENDS,
    OPERATORS,
    PROSE,
    SPACES,
    WITH_ARGUMENT,
    WITH_COLUMNS,
    WORDS,
)
from graphviz_ad.read.latex.elements import ElementReader
from graphviz_ad.read.latex.lexemes import Lexeme
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.vectors import literal


def read_name(text: str) -> str:
    """A variable's name, as LaTeX writes it, in adgraph's spelling: `\\hat{y}_1` is y_hat_1."""
    try:
        tokens = [token for statement in StatementReader(text).read() for token in statement]
    except AdgraphError as error:
        error.source = text
        raise
    if len(tokens) != 1 or tokens[0].kind != "name":
        raise AdgraphError(f"'{text}' is not the name of a variable")
    return tokens[0].text


class StatementReader(ElementReader):
    """Divides a source into statements."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.statements: list[list[Token]] = []
        self.environments: list[tuple[str, Lexeme]] = []

    def read(self) -> list[list[Token]]:
        """The tokens of each statement that is not empty."""
        while self.next.kind != "end":
            if not self.opened and self.starts_equation():
                self.end_statement()
            self.element()
        self.end_statement()
        self.check_statements()
        if self.environments:
            name, lexeme = self.environments[-1]
            raise AdgraphError(f"'\\begin{{{name}}}' is never ended", lexeme.span, f"add \\end{{{name}}}")
        return self.statements

    # ---- statements

    def check_statements(self) -> None:
        """Raise AdgraphError for a line that is no equation among others that are."""
        equations = [any(token.text == "=" for token in statement) for statement in self.statements]
        if any(equations) and not all(equations):
            stray = self.statements[equations.index(False)]
            span = Span(stray[0].span.start, stray[-1].span.end)
            hint = "write name = …, take it out, or begin the line with the sign that continues the one before"
            raise AdgraphError("this is no equation", span, hint)

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
        if len(left) > 1 and all(token.kind == "name" for token in left) and left[0].text not in FUNCTIONS:
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
            named = lexeme.kind in ("letter", "number") or lexeme.text in "_^'{}()[],;" or self.is_name_command(command)
            if depth < 0 or not named or (first and lexeme.kind not in ("letter", "command")):
                return False
            first = False
        return False

    def line_end(self) -> None:
        """The end of a line of a display, unless the next line goes on with the equation."""
        self.take()
        self.skip_height()
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
        if lexeme.text == "," and self.is_left_side(self.at):
            self.end_statement()
            return
        if within and before is not None and before.span.end == lexeme.span.start and lexeme.text in ",.":
            number = before.kind == after.kind == "number"
            point = f"write a decimal point, {before.text}.{after.text}, and {{,}} or nothing between thousands"
            hint = point if number else "write \\cdot, or a blank"
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

    def divided(self) -> bool:
        """Take what divides equations: line ends, gaps, commas and full stops, environments, words between them."""
        lexeme = self.next
        command = lexeme.text[1:] if lexeme.kind == "command" else ""
        if lexeme.text == "&":
            following = self.lexemes[self.at + 1 : self.at + 2]
            numbered = following and following[0].text == "(" and self.tokens and self.tokens[-1].kind != "operator"
            if numbered:
                self.gap()
            else:
                self.take()
        elif lexeme.text in (",", ".", ";") and not self.opened and self.ahead(1).text != ".":
            self.separator(self.take())
        elif command in LINE_ENDS:
            self.line_end()
        elif command in GAPS:
            self.gap()
        elif command in ("begin", "end"):
            self.environment(self.take())
        elif command in WORDS and self.is_prose():
            if self.opened:
                hint = "take them out; a condition is written [x > 0]"
                raise AdgraphError("words within brackets are not read", lexeme.span, hint)
            self.end_statement()
        else:
            return False
        return True

    def is_prose(self) -> bool:
        """Whether an upright text is words between equations; it is taken if so."""
        start = self.at
        self.take()
        words = self.raw_group()
        if words.strip() in FUNCTIONS and words.strip() != "where":
            self.at = start
            return False
        is_remark = (words.startswith("(") and words.endswith(")")) or "$" in words
        if words.strip() and (is_remark or words != words.strip() or words.strip().lower() in PROSE):
            return True
        self.at = start
        return False

    def is_value_next(self) -> bool:
        """Whether a value and its condition come next, u & u > 1, and no equation."""
        texts = [lexeme.text for lexeme in self.lexemes[self.at :]]
        first = texts[: next((at for at, text in enumerate(texts) if text in ("&", "\\\\", "\\end")), 0)]
        behind = "".join(texts[len(first) : len(first) + 2])
        return bool(first) and "=" not in first and behind[:1] == "&" and behind != "&="

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
        if plain.endswith("matrix"):
            raise literal(lexeme.span)
        if plain not in ENVIRONMENTS:
            known = did_you_mean(plain, sorted(ENVIRONMENTS))
            hint = known or "write the equations in cases, aligned or align"
            raise AdgraphError(f"the environment '{name}' is not read", lexeme.span, hint)
        if plain in INNER and (self.tokens or ("cases" in plain and self.is_value_next())):
            if "cases" not in plain and plain != "array":
                hint = "write \\\\ between equations, and cases for a case distinction"
                raise AdgraphError(f"'{name}' inside an equation is not read", lexeme.span, hint)
            if plain in WITH_COLUMNS and self.next.text == "{":
                self.raw_group()
            self.case_distinction(name, lexeme)
            return
        self.end_statement()
        if self.next.text == "[":
            while self.next.kind != "end" and self.take().text != "]":
                pass
        if plain in WITH_COLUMNS and self.next.text == "{":
            self.raw_group()
        self.environments.append((name, lexeme))

"""Conditions in LaTeX among vectors and matrices: \\lambda > 0 beside the equations; those of \\mathbb{1}[x > 0]."""

from __future__ import annotations

from graphviz_ad.read.latex.commands import GAPS, LINE_ENDS, OPERATORS
from graphviz_ad.read.latex.formulas import StatementReader
from graphviz_ad.read.text.asides import COMPARISONS, without_conditions


class ConditionReader(StatementReader):
    """Divides a source into statements, of which conditions are none."""

    def check_statements(self) -> None:
        self.statements = without_conditions(self.statements, self.notes)
        super().check_statements()

    def gap(self) -> None:
        if self.is_condition(self.at + 1) and not self.opened:
            self.take()
            self.end_statement()
            return
        super().gap()

    def is_condition(self, at: int) -> bool:
        """Whether a condition comes next, up to what divides statements: \\lambda > 0."""
        compared, depth = False, 0
        for lexeme in self.lexemes[at:]:
            depth += (lexeme.text in ("(", "{", "[")) - (lexeme.text in (")", "}", "]"))
            command = lexeme.text[1:] if lexeme.kind == "command" else ""
            if depth < 0 or (depth == 0 and (lexeme.text in (",", ";", ".") or command in LINE_ENDS | GAPS | {"end"})):
                break
            if lexeme.text == "=" or OPERATORS.get(command) == "=":
                return False
            compared = compared or lexeme.text in ("<", ">") or OPERATORS.get(command, "") in COMPARISONS
        return compared

    def has_condition_behind(self) -> bool:
        """Whether a bracket with a comparison stands behind a bold digit, or below it: 𝟏[x > 0]."""
        at = self.at + (4 if self.ahead(1).text == "{" else 2)
        below = at < len(self.lexemes) and self.lexemes[at].text == "_"
        at += below
        at += at < len(self.lexemes) and self.lexemes[at].text == "\\left"
        if at >= len(self.lexemes) or self.lexemes[at].text not in ("[", "(", "{", "\\{"):
            return False
        depth = 0
        for lexeme in self.lexemes[at:]:
            depth += (lexeme.text in ("(", "[", "{", "\\{")) - (lexeme.text in (")", "]", "}", "\\}"))
            if depth == 0:
                return False
            if lexeme.text in ("<", ">") or OPERATORS.get(lexeme.text[1:], "") in COMPARISONS:
                return True
        return False

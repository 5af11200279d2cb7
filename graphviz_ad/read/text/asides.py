"""Statements beside the equations that define nothing: conditions, λ > 0, which are left out with a note."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.read.text.nesting import outside
from graphviz_ad.read.text.tokens import Token

COMPARISONS = frozenset({"<", ">", "<=", ">=", "!="})


def without_conditions(statements: Sequence[list[Token]], notes: list[str]) -> list[list[Token]]:
    """The statements without conditions, where there are equations beside them."""
    if not any(_has(statement, {"="}) for statement in statements):
        return list(statements)
    conditions = [statement for statement in statements if _has(statement, COMPARISONS) and not _has(statement, {"="})]
    for statement in conditions:
        spelled = " ".join(token.text for token in statement)
        notes.append(f"'{spelled}' is a condition and defines nothing; it is left out")
    return [statement for statement in statements if statement not in conditions]


def _has(statement: Sequence[Token], signs: frozenset[str] | set[str]) -> bool:
    """Whether one of these signs stands outside of brackets."""
    return any(token.text in signs for _, token in outside(statement))

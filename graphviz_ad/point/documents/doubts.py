"""Why what seems to be wrong in a document may be about something else: it is not checked then, and the reason is said.

Many documents state derivatives of what they give in prose, in a picture or by an equation, under the letters of an
example before; and what is to be solved, y' = −y, looks like what is stated.
"""

from __future__ import annotations

import re
from math import isclose

from graphviz_ad.core.formula import Equation, Expression
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.point.claims import Verdict
from graphviz_ad.point.documents.conditions import is_number_of
from graphviz_ad.point.documents.statement import StatementSides
from graphviz_ad.point.mistakes import MULTIPLE, TERM
from graphviz_ad.point.readings import named_derivatives
from graphviz_ad.read.documents.formulas import PYTHON
from graphviz_ad.read.documents.open_sums import free_indices

NEAR = 140  # characters of prose around a formula that may say what it is
MAX_BETWEEN = 12  # formulas between a function and a number that is its slope
_SAID_WRONG = re.compile(
    r"\b(?:wrong(?:ly)?|incorrect(?:ly)?|mistakes?|erroneous(?:ly)?|false|falsch|not true|invalid)\b|[❌✗✘]",
    re.IGNORECASE,
)
_EQUATIONS = re.compile(
    r"\bdifferential\s+equations?\b|\bODEs?\b|\bIVPs?\b|\binitial[- ](?:value|condition)s?\b|\bDifferentialgleichung",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-zA-Z]\}?_(?:\{\w+\}|\w)|[a-zA-Z]\^\{\(\w\)\}")
_TWICE = re.compile(r"\{\s*(?:d|\\partial|\\mathrm\{d\})\s*(\w)\s*\}\s*\{[^{}]*\}\s*\1\s*\(")  # dg/db g(m, b)
_ARITHMETIC = frozenset({"add", "sub", "mul", "div", "neg", "pow", "copy", CONST, INPUT})


def doubt(statement: StatementSides, index: int, verdict: Verdict, is_confirmed: bool) -> str:
    """Why a side that seems to be wrong is not checked; nothing where it is wrong. `is_confirmed` says that another
    side of the chain is right."""
    if _is_said_to_be_wrong(statement):
        return "the document itself says that it is wrong"
    if _TWICE.search(statement.chain[0][1].text) is not None:
        return "its function stands in the derivative and behind it"
    if _is_put_equal(statement):
        return "what is defined before is a number, and may be an equation that holds at one place"
    unknown = _not_given(statement, index)
    if unknown:
        return f"it has {unknown} in it, whose derivative is written and which is not defined before"
    index_alone = _index_alone(statement, index)
    if index_alone:
        return f"it has the index {index_alone}, which the derivative has not: it seems to be of one term of a sum"
    of = _differentiated(statement)
    is_strong = is_one_mistake(verdict)
    is_solved = bool(_EQUATIONS.search(statement.whole.document.text))
    near = _is_near(statement, of)
    if of is not None and is_solved and not (is_strong and near) and _has_initial_values(statement, of):
        return f"values of {of} stand beside it: it seems to be what is to be solved"
    about = f"what it is about seems to be no {of} that is defined before" if of is not None else ""
    if of is not None and _leads_on(statement, of):
        return f"what follows from it is said of {of}: it seems to be given"
    is_about = near and not (is_solved and _is_total(statement)) and (is_strong or _has_it(verdict, of))
    if of is not None and not is_about and _is_equation_of(statement, index, of):
        return f"it seems to be a differential equation of {of}"
    if verdict.abstract and not is_strong:
        return "a function in it is not known further"
    if statement.has_circle and not is_strong:
        return "what is defined before is defined by each other"
    if is_confirmed or is_strong:
        return ""
    if of is None and not _is_operator(statement):
        return "" if near and verdict.off else "it is an equation between expressions"
    if verdict.off or _is_operator(statement) or statement.one.formula.language == PYTHON:
        return "" if near else about
    if verdict.claimed is not None and not statement.sides[index].side.graph.input_names():
        is_whole = not statement.failed  # f'(4) = lim … = 1/4 says by itself of which f it is
        return "" if near and is_whole and _is_close(statement, of) else about
    return "" if near and _is_alike(statement, index) else about


def is_one_mistake(verdict: Verdict) -> bool:
    """Whether what is wrong is one sign, factor, exponent … away from what is right: then it is about this function."""
    is_opposite = bool(verdict.claimed) and verdict.value is not None and isclose(verdict.claimed or 0, -verdict.value)
    return is_opposite or (verdict.mistake is not None and verdict.mistake.kind != TERM)


def is_a_multiple(verdict: Verdict) -> bool:
    """Whether what is wrong is a number times what is right."""
    return verdict.mistake is not None and verdict.mistake.kind == MULTIPLE


def _is_said_to_be_wrong(statement: StatementSides) -> bool:
    """Whether the prose around a formula says so: a common mistake is to write …"""
    formula, text = statement.one.formula, statement.whole.document.text
    if formula.language == PYTHON or not formula.places:
        return False
    start, end = formula.offset(0), formula.offset(max(0, len(formula.text) - 1))
    before = re.split(r"\n\s*\n|[.!?]\s", text[max(0, start - NEAR) : start])[-1]
    behind = re.split(r"\n\s*\n|[.!?]\s", text[end : end + NEAR // 2])[0]
    return bool(_SAID_WRONG.search(f"{before} § {formula.text} § {behind}"))


def _is_put_equal(statement: StatementSides) -> bool:
    """Whether a derivative at a place is of a function that is a number: g(x) = 3 may say where g is 3."""
    of, reference = _differentiated(statement), statement.reference
    definition = statement.definitions.get(of.key) if of is not None else None
    if reference is None or definition is None or not is_number_of(definition):
        return False
    return bool(statement.sides[reference].bar or statement.taken.get(reference))


def _differentiated(statement: StatementSides) -> Name | None:
    """The one variable that the reference is a derivative of."""
    if statement.reference is None:
        return None
    leaf = statement.sides[statement.reference].side.leaf
    if isinstance(leaf, DerivativeName):
        return None if str(leaf.of).startswith("§") else leaf.of
    names = {*statement.taken.get(statement.reference, ())}
    return next(iter(names)) if len(names) == 1 else None


def _is_operator(statement: StatementSides) -> bool:
    """Whether what is differentiated is written out, d/dx (x^2 + 1): it needs no definition."""
    return statement.reference is not None and statement.sides[statement.reference].is_operator


def _not_given(statement: StatementSides, index: int) -> str:
    """A variable of a side, a derivative of which is in the chain, though it is defined nowhere."""
    names = {str(name) for name in statement.expanded(statement.sides[index].side.graph).input_names()}
    if statement.reference is not None:
        names |= {
            str(name) for name in statement.expanded(statement.sides[statement.reference].side.graph).input_names()
        }
    names -= {str(wrt) for wrt in wrts_of(statement)}
    return next((name for name in statement.undefined if name in names), "")


def wrts_of(statement: StatementSides) -> set[Name]:
    """What the derivatives that the sides are compared with are by."""
    if statement.reference is None:
        return set()
    named = named_derivatives(statement.sides[statement.reference].side.graph)
    return {wrt for name in named for wrt in name.wrts}


def _index_alone(statement: StatementSides, index: int) -> str:
    """An index of a side that no sum runs over and that the derivative has not."""
    if not statement.is_closed or statement.reference is None:
        return ""
    alone, given = (
        free_indices((word.replace("}_", "_") for word in _WORDS.findall(side.text)), [side.text])
        for side in (statement.chain[at][1] for at in (index, statement.reference))
    )
    return next((letter for letter in alone if letter not in given), "")


def _has_initial_values(statement: StatementSides, of: Name) -> bool:
    """Whether y(0) = 1 stands in the same formula."""
    text = statement.one.formula.text
    name = re.escape(str(of))
    given = re.compile(
        rf"(?<![a-zA-Z\\]){name}\s*(?:'|\\prime|\^|\{{|\}})*\s*(?:\\left)?\(\s*-?[\d.]+\s*(?:\\right)?\)\s*&?="
    )
    own = statement.one.text
    return any(match[0] not in own for match in given.finditer(text)) and not re.search(r"\|", text)


def _leads_on(statement: StatementSides, of: Name) -> bool:
    """Whether an arrow stands behind a statement, and then what the function itself is: y' = 2x, so y = x^2 + C."""
    one = statement.one
    arrow = r"[\s&\\]*\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow|therefore|so)(?![a-zA-Z])[\s&]*"
    return (
        re.match(rf"{arrow}{re.escape(str(of))}\s*(?:(?:\\left\s*)?\([^()=]*\)\s*)?&?=", one.formula.text[one.end :])
        is not None
    )


def _is_equation_of(statement: StatementSides, index: int, of: Name) -> bool:
    """Whether a side has the variable itself in it, as differential equations have."""
    if statement.one.formula.language == PYTHON:
        return False
    side = statement.sides[index].side
    return of in side.written.input_names() or of in side.graph.input_names()


def _has_it(verdict: Verdict, of: Name | None) -> bool:
    """Whether what is right has the variable itself in it, as of a sigmoid, a' = a(1 - a)."""
    right = verdict.right.sides[-1] if isinstance(verdict.right, Equation) else None
    return isinstance(right, Expression) and of in right.graph.input_names()


def _is_total(statement: StatementSides) -> bool:
    """Whether a derivative is written with d or a mark, as those of differential equations are."""
    leaf = None if statement.reference is None else statement.sides[statement.reference].side.leaf
    return not (isinstance(leaf, DerivativeName) and leaf.symbol == "∂")


def _is_near(statement: StatementSides, of: Name | None) -> bool:
    """Whether what is differentiated is defined in the statement's own section, or whatever it needs is."""
    section = statement.one.formula.section
    wanted = [one for one in statement.definitions.values() if of is None or one.name.key == of.key]
    return all(one.formula.section == section for one in wanted)


def _is_close(statement: StatementSides, of: Name | None) -> bool:
    """Whether few formulas stand between a statement and what it is about."""
    number = statement.one.formula.number
    wanted = [one for one in statement.definitions.values() if of is None or one.name.key == of.key]
    return all(abs(number - one.formula.number) <= MAX_BETWEEN for one in wanted)


def _is_alike(statement: StatementSides, index: int) -> bool:
    """Whether a side and what is right have a function in common, or are both without any, and a variable."""
    assert statement.reference is not None
    right, side = (statement.expanded(statement.sides[at].side.graph) for at in (statement.reference, index))
    left_functions, functions = _functions(right), _functions(side)
    if left_functions or functions:
        return bool(left_functions & functions)
    return bool(set(right.input_names()) & set(side.input_names()))


def _functions(graph: Graph) -> set[str]:
    """The functions of an expression, but those with a kink: beside that it is another expression."""
    return {str(node.op) for node in graph.nodes if node.op not in _ARITHMETIC and not operation(node.op).kink}

"""The chains of a page: each factor a formula of its own, which knows the arrow that gives it, so that a chain can grow
factor by factor and break its lines anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphviz_ad.core.diagram import Chain, PageGraph
from graphviz_ad.core.formula import Derivative, Equation, Factor, Formula, Product, Relation, Sum
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.formats.images.svg import escape
from graphviz_ad.formats.images.svg_paths import n
from graphviz_ad.formats.page.glyph_definitions import Pieces

Edge = tuple[int, int]
GAP = 4.0  # between the parts of a line


class Token(Record):
    """A part of a side: a formula and, of a factor, the arrow or (an adjoint) the node whose number it stands for.
    `order` says when it is multiplied on, `term` which of the paths it belongs to; a `plus` stands before it."""

    formula: Formula
    edge: Edge | None = None
    node: int | None = None
    order: int = 0
    term: int = 0
    plus: bool = False


class Line(Record):
    """An equation of a chain: its left side, by which node it differentiates, and its other sides."""

    left: Derivative
    node: int
    sides: tuple[tuple[Token, ...], ...]

    @property
    def steps(self) -> int:
        """In how many steps it grows."""
        return 1 + max((token.order for side in self.sides for token in side), default=0)


def lines(chain: Chain, view: PageGraph, names: Mapping[Name, int]) -> list[Line]:
    """The equations of a chain as tokens. One of several equations is factored, adjoint by adjoint."""
    edges = {(arrow.tail, arrow.head) for arrow in view.backward.arrows}
    return [_line(equation, len(chain.equations) > 1, names, edges) for equation in chain.equations]


def _line(equation: Equation, factored: bool, names: Mapping[Name, int], edges: set[Edge]) -> Line:
    left, *sides = equation.sides
    assert isinstance(left, Derivative)
    end = names[left.of or UNNAMED], names[left.wrt or UNNAMED]
    known: list[list[Token]] = []  # the factors with what they stand for, once a side has said it
    made: list[tuple[Token, ...]] = []
    for side in sides:
        terms = [_factors(term) for term in _terms(side)]
        if not made and all(isinstance(factor, Derivative) for term in terms for factor in term):
            known = [_unperformed(term, factored, names) for term in terms]
            made.append(_shown(known))
        elif known and len(made) == 1 and list(map(len, terms)) == list(map(len, known)):
            pairs = (zip(term, before, strict=True) for term, before in zip(terms, known, strict=True))
            made.append(_shown([[token.replace(formula=factor) for factor, token in pair] for pair in pairs]))
        elif not made and end in edges:  # a single arrow, whose derivative needs no second name
            known = [[Token(side, end)]]
            made.append(_shown(known))
        else:
            last = sum(map(len, known))
            made.append(tuple(Token(part, order=last) for part in _parts(side)))
    return Line(left, end[1], tuple(made))


def _terms(side: Formula) -> Sequence[Formula]:
    return side.terms if isinstance(side, Sum) else (side,)


def _factors(term: Formula) -> Sequence[Formula]:
    return term.factors if isinstance(term, Product) else (term,)


def _parts(side: Formula) -> Sequence[Formula]:
    return [_signed(term, number) for number, term in enumerate(_terms(side))]


def _signed(term: Formula, number: int) -> Formula:
    """A term as it stands in its sum: behind others with its sign."""
    return Sum((term,), True) if number else term


def _unperformed(term: Sequence[Formula], factored: bool, names: Mapping[Name, int]) -> list[Token]:
    """The derivatives of a term with the arrows that they are on; where chains are factored, the first of two is an
    adjoint."""
    tokens = []
    for place, factor in enumerate(term):
        assert isinstance(factor, Derivative)
        ends = names[factor.of or UNNAMED], names[factor.wrt or UNNAMED]
        adjoint = factored and place < len(term) - 1
        tokens.append(Token(factor, None, ends[1]) if adjoint else Token(factor, ends))
    return tokens


def _shown(terms: Sequence[Sequence[Token]]) -> tuple[Token, ...]:
    """The factors of all terms in order, each as it stands behind those before it."""
    made: list[Token] = []
    for number, term in enumerate(terms):
        for place, token in enumerate(term):
            formula, plus = token.formula, False
            if isinstance(formula, Derivative):
                plus = not place and number > 0
            elif place:
                formula = Factor(formula)
            elif number:
                formula = _signed(formula, number)
            elif len(term) > 1:
                formula = Sum((formula,))  # in parentheses if it is a sum
            made.append(token.replace(formula=formula, order=len(made), term=number, plus=plus))
    return tuple(made)


def jobs(line: Line) -> Iterator[tuple[Formula | str, float]]:
    """All that is typeset in a line, with d and with ∂."""
    yield from ((sign, MATHS) for sign in (Relation("="), Relation("·"), Relation("+")))
    for formula in (line.left, *(token.formula for side in line.sides for token in side)):
        for variant in variants(formula):
            yield variant, MATHS


def variants(formula: Formula) -> tuple[Formula, ...]:
    """A formula as it is chosen and, where it is a derivative, with d and with ∂."""
    if isinstance(formula, Derivative):
        return formula, formula.replace(partial=False), formula.replace(partial=True)
    return (formula,)


Variants = dict[tuple[int, ...], int]


def data(line: Line, pieces: Pieces, known: Variants, edges: Mapping[Edge, int]) -> list[Any]:
    """A line for the page's script: by which node it differentiates, its left side, its other sides.

    A token is its formula or, of a factor, its formula, its arrow (of an adjoint -1 - its node), its term, and a 1 if
    there is a plus before it. Formulas are numbers in `known`: as chosen, with d, with ∂."""
    sides = [[_token(token, pieces, known, edges) for token in side] for side in line.sides]
    return [line.node, _number(line.left, pieces, known), *map(_briefly, sides, [[], *sides])]


def _briefly(side: list[Any], before: list[Any]) -> list[Any]:
    """A side for the script, after a 1; after a 0 only the formulas of one whose factors stand for the same as those of
    the side before it, -1 - formula where there is a plus."""
    factors = [[token[1:3] for token in tokens if isinstance(token, list)] for tokens in (side, before)]
    if not side or factors[0] != factors[1] or not len(side) == len(before) == len(factors[0]):
        return [1, *side]
    return [0, *(-1 - token[0] if len(token) > 3 else token[0] for token in side)]


def _number(formula: Formula, pieces: Pieces, known: Variants) -> int:
    numbers = tuple(pieces.number(pieces.setter(variant, MATHS)) for variant in variants(formula))
    return known.setdefault(numbers, len(known))


def _token(token: Token, pieces: Pieces, known: Variants, edges: Mapping[Edge, int]) -> Any:
    number = _number(token.formula, pieces, known)
    if token.edge is None and token.node is None:
        return number
    stands_for = edges[token.edge] if token.edge is not None else -1 - (token.node or 0)
    return [number, stands_for, token.term, int(token.plus)][: 4 if token.plus else 3 if token.term else 2]


def picture(line: Line, pieces: Pieces, words: str) -> str:
    """A line as one picture, for a reader without scripts; `words` say it."""
    dot, equals, plus = (pieces.setter(Relation(sign), MATHS) for sign in "·=+")
    x, sets, shown = 0.0, [], [pieces.setter(line.left, MATHS)]
    for side in line.sides:
        shown.append(equals)
        before = None
        for token in side:
            if before is not None and token.edge is not None and token.term == before.term:
                shown.append(dot)
            shown += [plus] if token.plus else []
            shown.append(pieces.setter(token.formula, MATHS))
            before = token
    for content in shown:
        sets.append(pieces.use(content, x))
        x += content.width + GAP
    up, down = max(c.ascent for c in shown) + 2, max(c.descent for c in shown) + 2
    return (
        f'<svg class="line" role="img" aria-label="{escape(words)}" width="{n(x)}" height="{n(up + down)}" '
        f'viewBox="0 {n(-up)} {n(x)} {n(up + down)}">{"".join(sets)}</svg>'
    )

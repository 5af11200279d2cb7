"""The chains of a page: each factor a formula of its own, which knows the arrow that gives it, so that a chain can grow
factor by factor and break its lines anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any

from graphviz_ad.core.formula import ChainLine, Derivative, Factor, Formula, Sum, sign_before
from graphviz_ad.core.record import Record
from graphviz_ad.derive.chain_system import NodePair
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import n
from graphviz_ad.formats.images.svg import escape
from graphviz_ad.formats.page.glyph_definitions import GlyphDefinitions
from graphviz_ad.notation.breaking import Ruler, starts
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Continued, Following, Settable, Sign, Stretch

SIGNS = {"≈": 2, ":": 3}  # what stands before a side, for the script, where that is no =
GAP = 4.0  # between the parts of a line
LINE = 34.0  # characters that a line on a phone has
LETTERS = Ruler(Plain(), lambda texts: [*map(len, texts)])


class ChainToken(Record):
    """A part of a side: a formula and, of a factor, the arrow or (an adjoint) the node whose number it stands for.
    `order` says when it is multiplied on, `term` which of the paths it belongs to; a `plus` stands before it; a
    `dotted` one has a dot before it where it begins a line."""

    formula: Settable
    edge: NodePair | None = None
    node: int | None = None
    order: int = 0
    term: int = 0
    plus: bool = False
    dotted: bool = False


class Tokens(Record):
    """A line of a chain: its left side, by which node it differentiates, and its other sides; and the sign before the
    last of them."""

    left: Derivative
    node: int
    sides: tuple[tuple[ChainToken, ...], ...]
    sign: str = "="

    @property
    def steps(self) -> int:
        """In how many steps it grows."""
        return 1 + max((token.order for side in self.sides for token in side), default=0)


def tokens(line: ChainLine) -> Tokens:
    """A line of a chain as tokens."""
    last = sum(map(len, line.paths))
    results = [side for side in (*line.results, line.substituted, line.number) if side is not None]
    if line.unperformed is not None and line.paths:
        sides = [_shown([[(factor, factor.derivative) for factor in path] for path in line.paths])]
        if line.performed is not None:
            sides.append(_shown([[(factor, factor.performed) for factor in path] for path in line.paths]))
    elif line.paths:  # a single arrow, whose derivative needs no second name
        (arrow,) = line.paths[0]
        one = [side for side in (line.performed, *results[:1]) if side is not None and not isinstance(side, Sum)]
        sides = [_shown([[(arrow, side)]]) for side in one]
        results = [side for side in (line.performed, *results) if side is not None and side not in one]
    else:  # of vectors and matrices: each side as a whole
        written = [side for side in (line.unperformed, line.performed) if side is not None]
        sides = [_parts(side, 0) for side in written]
    sides += (_parts(side, last) for side in results)
    assert line.node is not None
    return Tokens(line.total, line.node, tuple(sides), sign_before(line.number or line.result))


def _parts(side: Formula, order: int) -> tuple[ChainToken, ...]:
    """A side that comes at once, in the parts at which it may be broken."""
    return tuple(ChainToken(part, order=order, dotted=dotted) for part, dotted in _between_breaks(side))


def _between_breaks(side: Formula) -> Iterator[tuple[Settable, bool]]:
    """The terms of a side, and what they are made of where one is longer than a line of a phone; and whether a line
    that begins with it needs a dot that is not there otherwise."""
    parts = LETTERS.parts(side)
    joints = parts.joints
    terms = {k for k, joint in enumerate(joints) if joint.adds and not joint.depth}
    lines = starts(joints, parts.widths, [LINE] * len(joints))
    first = sorted({*lines, *terms})
    if len(first) <= 1:
        yield side, False
        return
    for start, end in pairwise([*first, len(joints)]):
        joint = joints[start]
        yield Stretch(side, start, end, begins=False), start > 0 and joint.beginning.sign != joint.sign


def _shown(paths: Sequence[Sequence[tuple[Factor, Formula]]]) -> tuple[ChainToken, ...]:
    """The factors of all paths in order, each as it stands behind those before it."""
    made: list[ChainToken] = []
    for number, path in enumerate(paths):
        for place, (factor, formula) in enumerate(path):
            adjoint = None if factor.arrow else factor.node
            shown, plus = _as_it_stands(formula, number, place, len(path))
            made.append(ChainToken(shown, factor.arrow, adjoint, len(made), number, plus))
    return tuple(made)


def _as_it_stands(formula: Formula, term: int, place: int, count: int) -> tuple[Settable, bool]:
    """A factor at its place among so many of a term, and whether a plus stands before it."""
    if isinstance(formula, Derivative):
        return formula, not place and term > 0
    if place:
        return Following(formula), False
    if term:
        return Continued(formula), False
    return Sum((formula,)) if count > 1 else formula, False  # in parentheses if it is a sum


def jobs(lines: Iterable[Tokens]) -> Iterator[tuple[Settable | str, float]]:
    """All that is typeset in lines, with d and with ∂."""
    yield from ((sign, MATHS) for sign in map(Sign, "=·+≈:"))
    parts = ((line.left, *(token.formula for side in line.sides for token in side)) for line in lines)
    for formula in dict.fromkeys(chain.from_iterable(parts)):
        for variant in variants(formula):
            yield variant, MATHS


def variants(formula: Settable) -> tuple[Settable, ...]:
    """A formula as it is chosen and, where it is a derivative, with d and with ∂."""
    if isinstance(formula, Derivative):
        return formula, formula.replace(partial=False), formula.replace(partial=True)
    return (formula,)


class Numbering:
    """The numbers of formulas for the page's script; `all` are what they look like as chosen, with d, with ∂."""

    def __init__(self, pieces: GlyphDefinitions) -> None:
        self._pieces = pieces
        self._looks: dict[tuple[int, ...], int] = {}
        self._known: dict[Settable, int] = {}

    def __call__(self, formula: Settable) -> int:
        if formula not in self._known:
            setter = self._pieces.setter
            looks = tuple(self._pieces.number(setter(variant, MATHS)) for variant in variants(formula))
            self._known[formula] = self._looks.setdefault(looks, len(self._looks))
        return self._known[formula]

    @property
    def all(self) -> tuple[tuple[int, ...], ...]:
        return tuple(self._looks)


def data(line: Tokens, number: Numbering, edges: Mapping[NodePair, int]) -> list[Any]:
    """A line for the page's script: by which node it differentiates, its left side, its other sides.

    A token is its formula (-1 - formula if it is dotted) or, of a factor, its formula, its arrow (of an adjoint -1 -
    its node), its term, and a 1 if there is a plus before it."""
    sides = [[_token(token, number, edges) for token in side] for side in line.sides]
    made = [*map(_briefly, sides, [[], *sides])]
    if line.sign in SIGNS and made:
        made[-1][0] = SIGNS[line.sign]
    return [line.node, number(line.left), *made]


def _briefly(side: list[Any], before: list[Any]) -> list[Any]:
    """A side for the script, after a 1 or the number of the sign before it; after a 0 only the formulas of one whose
    factors stand for the same as those of the side before it, -1 - formula where there is a plus."""
    factors = [[token[1:3] for token in tokens if isinstance(token, list)] for tokens in (side, before)]
    if not side or factors[0] != factors[1] or not len(side) == len(before) == len(factors[0]):
        return [1, *side]
    return [0, *(-1 - token[0] if len(token) > 3 else token[0] for token in side)]


def _token(token: ChainToken, number: Numbering, edges: Mapping[NodePair, int]) -> Any:
    formula = number(token.formula)
    if token.edge is None and token.node is None:
        return -1 - formula if token.dotted else formula
    stands_for = edges[token.edge] if token.edge is not None else -1 - (token.node or 0)
    return [formula, stands_for, token.term, int(token.plus)][: 4 if token.plus else 3 if token.term else 2]


def picture(line: Tokens, pieces: GlyphDefinitions, words: str) -> str:
    """A line as one picture, for a reader without scripts; `words` say it."""
    dot, equals, plus, last = (pieces.setter(Sign(sign), MATHS) for sign in f"·=+{line.sign}")
    x, sets, shown = 0.0, [], [pieces.setter(line.left, MATHS)]
    for number, side in enumerate(line.sides, 1):
        shown.append(last if number == len(line.sides) else equals)
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

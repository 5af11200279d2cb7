"""Setting formulas: which shapes an expression has, where a parenthesis is needed, where a product needs a dot."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.formula import (
    Blank,
    Derivative,
    Equality,
    Expression,
    Formula,
    Gate,
    Likewise,
    Marked,
    Product,
    Pullback,
    References,
    Rounded,
    RoundedArray,
    Several,
    Sum,
    Transposed,
    Variable,
    sign_before,
)
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.names import AdjointName
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.operations import DEGREES, head_of, of_expression
from graphviz_ad.notation.pieces import (
    ATOM,
    FENCE,
    HADAMARD,
    POWER,
    PRODUCT,
    QUOTIENT,
    SUM,
    SUMMED,
    Piece,
    T,
    at_least,
    following,
    of_adjoint,
    of_derivative,
    of_name,
    of_number,
    several,
)
from graphviz_ad.notation.setting import Continued, Following, Settable, Sign, Stretch

if TYPE_CHECKING:
    from graphviz_ad.notation.stretches import Stretches

Writer = Callable[[Any, Notation[Any]], Piece[Any]]


def write(formula: Settable, notation: Notation[T]) -> T:
    """The formula in a notation."""
    return _write(formula, notation).out


def _write(formula: Settable, on: Notation[T]) -> Piece[T]:
    return _WRITERS[type(formula)](formula, on)


def _expression(formula: Expression, on: Notation[T]) -> Piece[T]:
    return of_expression(formula.graph, on, formula.signs)


def _derivative(formula: Derivative, on: Notation[T]) -> Piece[T]:
    of, wrt = formula.of, formula.wrt
    if formula.adjoint and of is not None and wrt is not None:
        return of_adjoint(AdjointName(formula.adjoint, of, wrt), on)
    return of_derivative(of, wrt, "∂" if formula.partial else "d", formula.bare, on)


def _product(formula: Product, on: Notation[T]) -> Piece[T]:
    pieces = [_write(factor, on) for factor in formula.factors]
    for piece, shape in zip(pieces, formula.shapes, strict=True) if formula.shapes else ():
        piece.out = on.under(piece.out, shape) if shape else piece.out
    join = _side_by_side if formula.matrices else _dotted
    return reduce(lambda a, b: join(a, b, on), pieces)


def _transposed(formula: Transposed, on: Notation[T]) -> Piece[T]:
    inside = at_least(ATOM, _write(formula.formula, on), on)
    return Piece(on.transpose(inside.out, False, formula.sign), POWER, FENCE)


def _sum(formula: Sum, on: Notation[T]) -> Piece[T]:
    first, *rest = (_write(term, on) for term in formula.terms)
    return reduce(lambda a, b: _added(a, b, on), rest, at_least(HADAMARD, first, on))


def _equality(formula: Equality, on: Notation[T]) -> Piece[T]:
    left, *sides = formula.sides
    made = _write(left, on)
    if not sides:
        return made
    line = made.out
    for side in sides:
        line = on.equation(line, sign_before(side), write(side, on))
    return Piece(line, SUM)


def _rounded_array(formula: RoundedArray, on: Notation[T]) -> Piece[T]:
    digits = formula.digits
    if formula.shape:
        norm = Rounded(formula.norm, digits)
        made = on.sized(formula.shape, sign_before(norm), of_number(norm.shown, on).out)
        return Piece(made, ATOM, FENCE, FENCE)
    entries = [[of_number(Rounded(entry, digits).shown, on).out for entry in row] for row in formula.rows]
    return Piece(on.matrix(entries), ATOM, FENCE, FENCE)


def _stretch(formula: Stretch, on: Notation[T]) -> Piece[T]:
    return Piece(stretches(formula.of, on).line(formula.first, formula.last, on, formula.begins), SUM)


class _Writers(dict[type, Writer]):
    """How each kind of formula is written, and each kind of it."""

    def __missing__(self, kind: type) -> Writer:
        self[kind] = made = next(self[base] for base in kind.__mro__[1:] if base in self)
        return made


_WRITERS = _Writers({
    Variable: lambda formula, on: of_name(formula.name, on),
    Expression: _expression,
    Rounded: lambda formula, on: of_number(formula.shown, on),
    Derivative: _derivative,
    Product: _product,
    Transposed: _transposed,
    Pullback: lambda formula, on: Piece(on.equation(write(formula.adjoint, on), "↦", write(formula.made, on)), SUM),
    Sum: _sum,
    Equality: _equality,
    RoundedArray: _rounded_array,
    Blank: lambda formula, on: Piece(on.blank(write(formula.answer, on), formula.filled), ATOM, FENCE, FENCE),
    Marked: lambda formula, on: Piece(on.marked(str(formula.mark), write(formula.left, on)), SUM),
    References: lambda formula, on: Piece(on.by([*map(str, formula.marks)]), ATOM),
    Several: lambda formula, on: Piece(several(formula.names, on), ATOM),
    Likewise: lambda formula, on: Piece(on.likewise(several(formula.names, on)), ATOM),
    Gate: lambda formula, on: Piece(_gate(formula, on), ATOM),
    Sign: lambda formula, on: Piece(on.symbol(formula.sign), ATOM),
    Following: lambda formula, on: following(PRODUCT, _write(formula.factor, on), on),
    Continued: lambda formula, on: _added(Piece(on.row([]), SUM, SUMMED), _write(formula.term, on), on),
    Stretch: _stretch,
})  # fmt: skip


@lru_cache(maxsize=256, typed=True)
def stretches(formula: Formula, on: Notation[Any]) -> Stretches[Any]:
    """The stretches of a formula, of which many parts may be wanted."""
    from graphviz_ad.notation.stretches import InStretches

    return write(formula, InStretches(on))


def _dotted(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A product that is not multiplied out."""
    a, b = at_least(QUOTIENT, left, on), following(PRODUCT, right, on)
    opposite = None if a.opposite is None else on.product(a.opposite, "·", b.out)
    return Piece(on.product(a.out, "·", b.out), PRODUCT, a.first, b.last, opposite)


def _side_by_side(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A product of matrices that is not multiplied out."""
    a, b = at_least(QUOTIENT, left, on), following(PRODUCT, right, on)
    joint = "" if FENCE in (a.last, b.first) else " "
    return Piece(on.product(a.out, joint, b.out), PRODUCT, a.first, b.last)


def _added(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A sum that is not collected; sums in it stay in parentheses."""
    a = left if left.level == SUM and left.first == SUMMED else at_least(HADAMARD, left, on)
    if right.opposite is not None:
        return Piece(on.infix(a.out, "−", right.opposite), SUM, SUMMED)
    return Piece(on.infix(a.out, "+", following(HADAMARD, right, on).out), SUM, SUMMED)


def _gate(gate: Gate, on: Notation[T]) -> T:
    op = operation(gate.op)
    left, right = (None if g is None else of_expression(g, on) for g in (gate.left, gate.right))
    blank = on.symbol("( )")
    if op.form == "power" and (left is not None or right is not None):
        return on.power(blank if left is None else left.out, blank if right is None else right.out)
    if op.form == "root":
        return on.root(on.symbol(" "), DEGREES[op.sign])
    if op.form == "power":
        return on.power(blank, blank)
    if isinstance(gate.op, UserFunction):
        sign = head_of(gate.op, on)
    else:
        shown = _gate_sign(gate, op)
        sign = on.function(op) if op.form in {"function", "bars"} else on.symbol(shown)
    before, after = ([] if piece is None else [following(PRODUCT, piece, on).out] for piece in (left, right))
    return on.row([*before, sign, *after])


def _gate_sign(gate: Gate, op: Op) -> str:
    if gate.of_arrays:
        return {"product": gate.signs.hadamard, "fraction": "⊘"}.get(op.form, op.sign)
    return gate.signs.transpose if op.form == "transpose" else op.sign

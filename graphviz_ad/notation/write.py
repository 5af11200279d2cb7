"""Setting formulas: which shapes an expression has, where a parenthesis is needed, where a product needs a dot."""

from functools import lru_cache, reduce
from typing import Any

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
from graphviz_ad.notation.stretches import InStretches, Stretches


def write(formula: Settable, notation: Notation[T]) -> T:
    """The formula in a notation."""
    return _write(formula, notation).out


def _write(formula: Settable, on: Notation[T]) -> Piece[T]:
    match formula:
        case Variable(name):
            return of_name(name, on)
        case Expression(graph, signs):
            return of_expression(graph, on, signs)
        case Rounded():
            return of_number(formula.shown, on)
        case Derivative(of, wrt, partial, bare, adjoint):
            if adjoint and of is not None and wrt is not None:
                return of_adjoint(AdjointName(adjoint, of, wrt), on)
            return of_derivative(of, wrt, "∂" if partial else "d", bare, on)
        case Product(factors, matrices, shapes):
            pieces = [_write(factor, on) for factor in factors]
            for piece, shape in zip(pieces, shapes, strict=bool(shapes)) if shapes else ():
                piece.out = on.under(piece.out, shape)
            join = _side_by_side if matrices else _dotted
            return reduce(lambda a, b: join(a, b, on), pieces)
        case Transposed(inside, sign):
            return Piece(on.transpose(at_least(ATOM, _write(inside, on), on).out, False, sign), POWER, FENCE)
        case Pullback(adjoint, made):
            return Piece(on.equation(write(adjoint, on), "↦", write(made, on)), SUM)
        case Sum(terms):
            first, *rest = (_write(term, on) for term in terms)
            return reduce(lambda a, b: _added(a, b, on), rest, at_least(HADAMARD, first, on))
        case Equality():
            left, *sides = formula.sides
            signed = [(sign_before(side), write(side, on)) for side in sides]
            if not signed:
                return _write(left, on)
            return Piece(reduce(lambda left, right: on.equation(left, *right), signed, write(left, on)), SUM)
        case RoundedArray(rows, digits, shape, norm):
            if shape:
                large = on.row([on.symbol(f"{shape}, ‖·‖ ="), of_number(Rounded(norm, digits).shown, on).out])
                return Piece(large, ATOM, FENCE, FENCE)
            entries = [[of_number(Rounded(entry, digits).shown, on).out for entry in row] for row in rows]
            return Piece(on.matrix(entries), ATOM, FENCE, FENCE)
        case Blank(answer, filled):
            return Piece(on.blank(write(answer, on), filled), ATOM, FENCE, FENCE)
        case Marked(mark, left):
            return Piece(on.marked(str(mark), write(left, on)), SUM)
        case References(marks):
            return Piece(on.by([*map(str, marks)]), ATOM)
        case Several(names):
            return Piece(several(names, on), ATOM)
        case Likewise(names):
            return Piece(on.likewise(several(names, on)), ATOM)
        case Gate():
            return Piece(_gate(formula, on), ATOM)
        case Sign(sign):
            return Piece(on.symbol(sign), ATOM)
        case Following(factor):
            return following(PRODUCT, _write(factor, on), on)
        case Continued(term):
            return _added(Piece(on.row([]), SUM, SUMMED), _write(term, on), on)
        case Stretch(of, start, end):
            return Piece(stretches(of, on).line(start, end, on), SUM)


@lru_cache(maxsize=256, typed=True)
def stretches(formula: Formula, on: Notation[Any]) -> Stretches[Any]:
    """The stretches of a formula, of which many parts may be wanted."""
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

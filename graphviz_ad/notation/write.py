"""Setting formulas: which shapes an expression has, where a parenthesis is needed, where a product needs a dot.

Expressions are flat graphs, so setting one is a loop over its nodes and never recurses.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache, reduce
from itertools import groupby
from typing import Any, Generic, TypeVar

from graphviz_ad.core.formula import (
    USUAL_SIGNS,
    ArraySigns,
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
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.names import AdjointName, DerivativeName, Name, as_name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.setting import Continued, Following, Settable, Sign, Stretch
from graphviz_ad.notation.stretches import InStretches, Stretches

T = TypeVar("T")

FEW = 3  # names that are all said
LONG = 12  # digits before a number is written with a power of ten, if it is a decimal
MAX_BITS = 256  # of a whole number; longer ones were decimals and have many zeros

# How tightly a piece holds together, loosest first. A quotient is one only where it is written on one line; a product
# element by element holds less than one of matrices.
SUM, HADAMARD, QUOTIENT, PRODUCT, NEGATION, POWER, ATOM = range(7)

# What stands at an end of a piece, for the sign between two factors.
# RAISED is the power of a number, HEAD a name that would look like a function before a bracket, APPLIED a
# user-defined function.
DIGIT, RAISED, LETTER, HEAD, WORD, CALL, ROOT, APPLIED, FENCE, BARS, FRACTION, MINUS, SUMMED = range(13)


class Piece(Generic[T]):
    """A set expression: how tightly it holds, what stands at its two ends, and it without its leading minus."""

    __slots__ = (
        "array", "cases", "chain", "condition", "first", "inverse", "last", "level", "numeric", "opposite", "out",
        "raised",
    )  # fmt: skip

    def __init__(
        self,
        out: T,
        level: int,
        first: int = LETTER,
        last: int = LETTER,
        opposite: T | None = None,
        raised: Callable[[T], T] | None = None,
    ) -> None:
        self.out = out
        self.level = level
        self.first = first
        self.last = last
        self.opposite = opposite
        self.raised = raised  # how a function sets itself with a power: sin² x
        self.numeric = False  # whether it is made of numbers alone
        self.condition: T | None = None  # a bracket's, without the bracket
        self.cases: list[tuple[T, T | None]] = []  # of a case distinction, for one that it is the last case of
        self.array = False  # whether it is a vector or a matrix
        self.chain = False  # whether it is a product of these
        self.inverse: T | None = None  # of what it is the inverse


def write(formula: Settable, notation: Notation[T]) -> T:
    """The formula in a notation."""
    return _write(formula, notation).out


def _write(formula: Settable, on: Notation[T]) -> Piece[T]:
    match formula:
        case Variable(name):
            return _name(name, on)
        case Expression(graph, signs):
            return _expression(graph, on, signs)
        case Derivative(of, wrt, partial, bare, adjoint):
            if adjoint and of is not None and wrt is not None:
                return _adjoint(AdjointName(adjoint, of, wrt), on)
            return _derivative(of, wrt, "∂" if partial else "d", bare, on)
        case Product(factors, matrices, shapes):
            pieces = [_write(factor, on) for factor in factors]
            for piece, shape in zip(pieces, shapes, strict=bool(shapes)) if shapes else ():
                piece.out = on.under(piece.out, shape)
            join = _side_by_side if matrices else _dotted
            return reduce(lambda a, b: join(a, b, on), pieces)
        case Transposed(inside, sign):
            return Piece(on.transpose(_at_least(ATOM, _write(inside, on), on).out, False, sign), POWER, FENCE)
        case Pullback(adjoint, made):
            return Piece(on.equation(write(adjoint, on), "↦", write(made, on)), SUM)
        case Sum(terms):
            first, *rest = (_write(term, on) for term in terms)
            return reduce(lambda a, b: _added(a, b, on), rest, _at_least(HADAMARD, first, on))
        case Equality():
            left, *sides = formula.sides
            signed = [(sign_before(side), write(side, on)) for side in sides]
            if not signed:
                return _write(left, on)
            return Piece(reduce(lambda left, right: on.equation(left, *right), signed, write(left, on)), SUM)
        case Rounded():
            return _number(formula.shown, on)
        case RoundedArray(rows, digits, shape, norm):
            if shape:
                large = on.row([on.symbol(f"{shape}, ‖·‖ ="), _number(Rounded(norm, digits).shown, on).out])
                return Piece(large, ATOM, FENCE, FENCE)
            entries = [[_number(Rounded(entry, digits).shown, on).out for entry in row] for row in rows]
            return Piece(on.matrix(entries), ATOM, FENCE, FENCE)
        case Blank(answer, filled):
            return Piece(on.blank(write(answer, on), filled), ATOM, FENCE, FENCE)
        case Marked(mark, left):
            return Piece(on.marked(str(mark), write(left, on)), SUM)
        case References(marks):
            return Piece(on.by([*map(str, marks)]), ATOM)
        case Several(names):
            return Piece(_several(names, on), ATOM)
        case Likewise(names):
            return Piece(on.likewise(_several(names, on)), ATOM)
        case Gate():
            return Piece(_gate(formula, on), ATOM)
        case Sign(sign):
            return Piece(on.symbol(sign), ATOM)
        case Following(factor):
            return _following(PRODUCT, _write(factor, on), on)
        case Continued(term):
            return _added(Piece(on.row([]), SUM, SUMMED), _write(term, on), on)
        case Stretch(of, start, end):
            return Piece(stretches(of, on).line(start, end, on), SUM)


def _several(names: Sequence[Name], on: Notation[T]) -> T:
    shown = names if len(names) <= FEW else (names[0], names[-1])
    return on.listed([_name(name, on).out for name in shown], len(shown) < len(names))


@lru_cache(maxsize=16, typed=True)
def stretches(formula: Formula, on: Notation[Any]) -> Stretches[Any]:
    """The stretches of a formula, of which many parts may be wanted."""
    return write(formula, InStretches(on))


def _dotted(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A product that is not multiplied out."""
    a, b = _at_least(QUOTIENT, left, on), _following(PRODUCT, right, on)
    opposite = None if a.opposite is None else on.product(a.opposite, "·", b.out)
    return Piece(on.product(a.out, "·", b.out), PRODUCT, a.first, b.last, opposite)


def _side_by_side(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A product of matrices that is not multiplied out."""
    a, b = _at_least(QUOTIENT, left, on), _following(PRODUCT, right, on)
    joint = "" if FENCE in (a.last, b.first) else " "
    return Piece(on.product(a.out, joint, b.out), PRODUCT, a.first, b.last)


def _added(left: Piece[T], right: Piece[T], on: Notation[T]) -> Piece[T]:
    """A sum that is not collected; sums in it stay in parentheses."""
    a = left if left.level == SUM and left.first == SUMMED else _at_least(HADAMARD, left, on)
    if right.opposite is not None:
        return Piece(on.infix(a.out, "−", right.opposite), SUM, SUMMED)
    return Piece(on.infix(a.out, "+", _following(HADAMARD, right, on).out), SUM, SUMMED)


def _gate(gate: Gate, on: Notation[T]) -> T:
    op = operation(gate.op)
    left, right = (None if g is None else _expression(g, on) for g in (gate.left, gate.right))
    blank = on.symbol("( )")
    if op.form == "power" and (left is not None or right is not None):
        return on.power(blank if left is None else left.out, blank if right is None else right.out)
    if op.form == "root":
        return on.root(on.symbol(" "), _DEGREES[op.sign])
    if op.form == "power":
        return on.power(blank, blank)
    if isinstance(gate.op, UserFunction):
        sign = _head(gate.op, on)
    else:
        shown = _gate_sign(gate, op)
        sign = on.function(op) if op.form in {"function", "bars"} else on.symbol(shown)
    before, after = ([] if piece is None else [_following(PRODUCT, piece, on).out] for piece in (left, right))
    return on.row([*before, sign, *after])


def _gate_sign(gate: Gate, op: Op) -> str:
    if gate.of_arrays:
        return {"product": gate.signs.hadamard, "fraction": "⊘"}.get(op.form, op.sign)
    return gate.signs.transpose if op.form == "transpose" else op.sign


def _expression(graph: Graph, on: Notation[T], signs: ArraySigns = USUAL_SIGNS) -> Piece[T]:
    pieces: list[Piece[T]] = []
    for node in graph.nodes:
        args = [pieces[arg] for arg in node.args]
        form = _form(node)
        piece: Piece[T] = _SIGNED[form](node, args, on, signs) if form in _SIGNED else _SET[form](node, args, on)
        piece.array = bool(node.type.shape)
        piece.chain = node.op == "matmul"
        piece.numeric = node.op == CONST or (bool(args) and all(arg.numeric for arg in args))
        pieces.append(piece)
    return pieces[graph.outputs[0]]


def _form(node: Node) -> str:
    return str(node.op) if node.op in (CONST, INPUT) else operation(node.op).form


def _at_least(level: int, piece: Piece[T], on: Notation[T]) -> Piece[T]:
    """The piece, in parentheses where it holds together less tightly than that."""
    if piece.level >= level:
        return piece
    fenced = Piece(on.fence(piece.out), ATOM, FENCE, FENCE)
    fenced.numeric = piece.numeric
    return fenced


def _following(level: int, piece: Piece[T], on: Notation[T]) -> Piece[T]:
    """The piece as it stands behind a sign: in parentheses also where it begins with a minus."""
    return _at_least(ATOM + 1 if piece.first == MINUS else level, piece, on)


# ---- one function a form: (node, set arguments, notation) -> set expression


def _derivative(of: Name | None, wrt: Name | None, symbol: str, bare: bool, on: Notation[T]) -> Piece[T]:
    """d(of)/d(wrt); where `of` is a derivative itself, of the next order. A bare one keeps the room of its names."""
    wrts: tuple[Name, ...] = () if wrt is None else (wrt,)
    if isinstance(of, DerivativeName) and of.symbol == symbol:
        wrts, of = (*wrts, *of.wrts), of.of
    names = [(_variable(on, name), len(list(run))) for name, run in groupby(wrts)]
    above = None if of is None else _name(of, on).out
    if not bare:
        return Piece(on.derivative(symbol, above, names), POWER, FRACTION, FRACTION)
    rooms = [(room, times) for name, times in names if (room := on.hidden(name)) is not None]
    above = None if above is None else on.hidden(above)
    return Piece(on.derivative(symbol, above, rooms), POWER, FRACTION, FRACTION)


def _adjoint(name: AdjointName, on: Notation[T]) -> Piece[T]:
    """The adjoint of a variable; what is more than one letter is in parentheses where it is a factor or transposed."""
    out = on.adjoint(name.form, _inert(name.of), _inert(name.wrt))
    end = WORD if name.form == "d" else LETTER
    return Piece(out, _ADJOINT_LEVELS[name.form], end, end)


_ADJOINT_LEVELS = {"delta": ATOM, "bar": ATOM, "partial": POWER, "d": POWER, "nabla": HADAMARD}


def _variable(on: Notation[T], name: Name) -> T:
    """A name in a notation."""
    return on.variable(_inert(name))


@lru_cache(maxsize=4096, typed=True)
def _inert(name: Name) -> Name:
    """The name; whatever characters it has, they do nothing but stand there."""
    return as_name(in_line(name))


def _name(name: Name, on: Notation[T]) -> Piece[T]:
    if isinstance(name, AdjointName):
        return _adjoint(name, on)
    if isinstance(name, DerivativeName):
        times = [(_variable(on, wrt), len(list(run))) for wrt, run in groupby(name.wrts)]
        return Piece(on.derivative(name.symbol, _variable(on, name.of), times), POWER, FRACTION, FRACTION)
    shown = _inert(name)
    return Piece(on.variable(shown), ATOM, kind(shown), kind(shown))


@lru_cache(maxsize=4096, typed=True)
def kind(name: Name) -> int:
    """What a name is to the factors beside it: a letter, one that looks like a function, a word, a derivative."""
    if isinstance(name, DerivativeName):
        return FRACTION
    if isinstance(name, AdjointName):
        return LETTER
    base, superscript = name.parts.base, name.parts.superscript
    return WORD if len(base) > 1 else HEAD if base in _HEADS and not superscript else LETTER


def _input(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert node.name is not None
    return _name(node.name, on)


def _const(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert node.value is not None
    return _number(node.value, on)


def _number(value: Number, on: Notation[T]) -> Piece[T]:
    if value < 0:
        body = _number(-value, on)
        return Piece(on.negation(body.out), NEGATION, MINUS, DIGIT, body.out)
    if isinstance(value, Fraction) and value.denominator != 1:
        parts = [_number(part, on).out for part in (value.numerator, value.denominator)]
        return Piece(on.fraction(parts[0], parts[1]), QUOTIENT if on.linear else POWER, FRACTION, FRACTION)
    digits, exponent = scientific(value)
    return Piece(on.number(digits, exponent), ATOM if exponent is None or on.linear else PRODUCT, DIGIT, DIGIT)


def scientific(value: Number) -> tuple[str, int | None]:
    """The digits of a number that is not negative and, where plain digits would be long, its power of ten."""
    if not isinstance(value, Decimal):
        if int(value).bit_length() <= MAX_BITS:
            return str(int(value)), None
        value = Decimal(int(value))
    if -LONG < value.adjusted() < LONG:
        plain = format(value, "f")
        if (len(plain) <= LONG and value.adjusted() >= -6) or value.adjusted() >= -4:
            return plain, None
    digits = "".join(map(str, value.as_tuple().digits)).lstrip("0") or "0"
    mantissa = digits.rstrip("0") or "0"
    return mantissa[0] + ("." + mantissa[1:] if mantissa[1:] else ""), value.adjusted()


def _infix(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    left, right = args[0], _following(HADAMARD, args[1], on)
    return Piece(on.infix(left.out, operation(node.op).sign, right.out), SUM, left.first, right.last)


def _elementwise(sign: str, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """Two arrays, entry by entry: a ⊙ b, a ⊘ b."""
    left, right = _at_least(HADAMARD, args[0], on), _following(QUOTIENT, args[1], on)
    opposite = None if left.opposite is None else on.product(left.opposite, sign, right.out)
    return Piece(on.product(left.out, sign, right.out), HADAMARD, left.first, right.last, opposite)


def _product(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    if args[0].array and args[1].array:
        return _elementwise(signs.hadamard, args, on)
    return _matrix_product(node, args, on)


def _matrix_product(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    scaled = (args[1].array or args[1].chain) and not args[0].array  # 2 Wᵀx is both 2(Wᵀx) and (2Wᵀ)x
    number = ATOM if args[0].chain and not args[0].array and args[1].array else QUOTIENT  # (1ᵀt) p
    left, right = _at_least(number, args[0], on), _following(PRODUCT if scaled else POWER, args[1], on)
    joint = _joint(left, right)
    opposite = None if left.opposite is None else _multiplied(left.opposite, joint, right.out, on)
    piece = Piece(_multiplied(left.out, joint, right.out, on), PRODUCT, left.first, right.last, opposite)
    if args[0].condition is not None and args[1].condition is not None and args[1].level == ATOM:  # both have to hold
        piece.condition = on.equation(args[0].condition, "∧", args[1].condition)
    return piece


def _multiplied(left: T, joint: str, right: T, on: Notation[T]) -> T:
    return on.product(left, on.joint(left, joint, right), right)


def _joint(left: Piece[T], right: Piece[T]) -> str:
    """What stands between two factors: a dot where they would run together, a thin space beside a word."""
    between_bars = left.first == right.first == BARS != left.last  # |a|b|c|
    numbers = left.last in (DIGIT, RAISED) and right.numeric and right.first in (FENCE, CALL)  # 1 · (−0.5), 1 · exp(2)
    if right.first == DIGIT or between_bars or numbers or (left.last, right.first) in _DOTTED:
        return "·"
    beside_word = {left.last, right.first} & {WORD, CALL, ROOT, APPLIED}
    return " " if beside_word and not {left.last, right.first} & {FENCE, BARS} else ""


_HEADS = frozenset("fghσ")
_DEGREES = {"√": 2, "∛": 3}
_DOTTED = frozenset({
    (DIGIT, FRACTION), (FRACTION, FRACTION),  # 2½ would be a mixed number
    (WORD, WORD), (HEAD, FENCE), (WORD, FENCE),  # f(x) would be a call
    (APPLIED, APPLIED), (RAISED, FENCE), (RAISED, FRACTION),  # 0.5² · (x + 1)
})  # fmt: skip


def _fraction(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    if args[1].array:
        return _elementwise("⊘", args, on)
    if not on.linear:
        over, under = args[0].opposite, args[1].out
        opposite = None if over is None else on.fraction(over, under)
        return Piece(on.fraction(args[0].out, under), POWER, FRACTION, FRACTION, opposite)
    left, right = _at_least(QUOTIENT, args[0], on), _following(POWER, args[1], on)
    opposite = None if left.opposite is None else on.fraction(left.opposite, right.out)
    return Piece(on.fraction(left.out, right.out), QUOTIENT, left.first, right.last, opposite)


def _power(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    base, exponent = args
    if base.raised is not None and not on.linear and exponent.first == DIGIT and exponent.level == ATOM:
        # sin² x; sin⁻¹ would be the inverse, and sinⁿ x is not read back
        return Piece(base.raised(exponent.out), POWER, CALL, CALL)
    base = _at_least(ATOM, base, on)
    if on.linear:
        exponent = _at_least(ATOM, exponent, on)
    last = RAISED if base.last == DIGIT and not on.linear else base.last
    return Piece(on.power(base.out, exponent.out), POWER, base.first, last)


def _negation(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    body = _following(HADAMARD if args[0].array else POWER, args[0], on)
    if on.linear and body.last == DIGIT and body.level == ATOM:
        body = Piece(on.fence(body.out), ATOM)  # -(3) is an operation, -3 is a number
    return Piece(on.negation(body.out), NEGATION, MINUS, body.last, _at_least(QUOTIENT, args[0], on).out)


def _copy(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return args[0]


def _constant(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    at = dict(node.type.attributes).get("at")
    if at is not None:  # the vector, or the columns, with a 1 at some place
        return Piece(_variable(on, Name(f"{operation(node.op).sign}_{{{at}}}")), ATOM)
    return Piece(on.symbol(operation(node.op).sign), ATOM)


def _root(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return Piece(on.root(args[0].out, _DEGREES[operation(node.op).sign]), ATOM, ROOT, ROOT)


def _norm(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    norm = on.norm(args[0].out)
    return Piece(norm if node.op == "norm" else on.power(norm, on.number("2", None)), ATOM, BARS, BARS)


def _transpose(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    inverse = args[0].inverse
    base = _at_least(ATOM, args[0], on)
    out = on.transpose(base.out if inverse is None else inverse, inverse is not None, signs.transpose)
    return Piece(out, POWER, base.first, base.last)


def _inverse(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    base = _at_least(ATOM, args[0], on)
    piece = Piece(on.power(base.out, on.negation(on.number("1", None))), POWER, base.first, base.last)
    piece.inverse = base.out
    return piece


def _bars(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return Piece(on.bars(args[0].out), ATOM, BARS, BARS)


def _iverson(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    (left, right), sign = [arg.out for arg in args], operation(node.op).sign
    piece = Piece(on.iverson(left, sign, right), ATOM, FENCE, FENCE)
    piece.condition = on.equation(left, sign, right)
    return piece


def _cases(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """A case distinction; one that stands in its last case is one with it."""
    when, value, rest = args
    condition = when.out if when.condition is None else when.condition
    rows: list[tuple[T, T | None]] = [(value.out, condition), *(rest.cases or [(rest.out, None)])]
    piece = Piece(on.cases(rows), ATOM, FENCE, FENCE)
    piece.cases = rows
    return piece


def _logarithm(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """A logarithm with its base below it, or behind its argument where a notation has no room there."""
    inside, base = args
    head = on.function(operation(node.op))
    indexed = on.indexed(head, base.out)
    if indexed is None:
        return Piece(on.call(head, [inside.out, base.out]), ATOM, CALL, CALL)
    return Piece(on.call(indexed, [inside.out]), ATOM, CALL, CALL)


def _stack(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return Piece(on.matrix([[arg.out] for arg in args]), ATOM, FENCE, FENCE)


def _call(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    op = operation(node.op)
    head, inside = on.function(op), [arg.out for arg in args]

    def raised(exponent: T) -> T:
        return on.call(on.power(head, exponent), inside)

    return Piece(on.call(head, inside), ATOM, CALL, CALL, None, raised if op.squared else None)


def _applied(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert isinstance(node.op, UserFunction)
    return Piece(on.call(_head(node.op, on), [arg.out for arg in args]), ATOM, APPLIED, APPLIED)


def _head(function: UserFunction, on: Notation[T]) -> T:
    """The name of a user-defined function or of its derivative: f, f′, f⁽⁴⁾, ∂₁f."""
    if function.arity > 1 and function.wrt:
        return on.partial(_inert(function.name), function.wrt)
    return _variable(on, function.name.differentiated(len(function.wrt)))


_SET: dict[str, Callable[..., Any]] = {
    CONST: _const,
    INPUT: _input,
    "sum": _infix,
    "difference": _infix,
    "fraction": _fraction,
    "power": _power,
    "matrix product": _matrix_product,
    "inverse": _inverse,
    "norm": _norm,
    "negation": _negation,
    "copy": _copy,
    "constant": _constant,
    "root": _root,
    "bars": _bars,
    "iverson": _iverson,
    "cases": _cases,
    "logarithm": _logarithm,
    "stack": _stack,
    "function": _call,
    "user-defined": _applied,
}
_SIGNED: dict[str, Callable[..., Any]] = {"product": _product, "transpose": _transpose}  # these take the signs too

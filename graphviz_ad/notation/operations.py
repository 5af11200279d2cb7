"""Expressions set: one function a form of operations, (node, its set arguments, notation) -> the set expression.

Expressions are flat graphs, so setting one is a loop over its nodes and never recurses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphviz_ad.core.formula import USUAL_SIGNS, ArraySigns
from graphviz_ad.core.functions import UserFunction, operation
from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Graph, Node
from graphviz_ad.core.names import AdjointName, DerivativeName, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops.arrays import ONES, UNIT
from graphviz_ad.notation.notation import Notation
from graphviz_ad.notation.pieces import (
    APPLIED,
    ATOM,
    BARS,
    CALL,
    DIGIT,
    FENCE,
    FRACTION,
    HADAMARD,
    HEAD,
    MINUS,
    NEGATION,
    POWER,
    PRODUCT,
    QUOTIENT,
    RAISED,
    ROOT,
    SUM,
    WORD,
    Piece,
    T,
    at_least,
    following,
    inert,
    of_name,
    of_number,
    variable,
)

DEGREES = {"√": 2, "∛": 3}
_DOTTED = frozenset({
    (DIGIT, FRACTION), (FRACTION, FRACTION),  # 2½ would be a mixed number
    (WORD, WORD), (HEAD, FENCE), (WORD, FENCE),  # f(x) would be a call
    (APPLIED, APPLIED), (RAISED, FENCE), (RAISED, FRACTION),  # 0.5² · (x + 1)
})  # fmt: skip


def of_expression(graph: Graph, on: Notation[T], signs: ArraySigns = USUAL_SIGNS) -> Piece[T]:
    """An expression as a piece."""
    pieces: list[Piece[T]] = []
    for node in graph.nodes:
        args = [pieces[arg] for arg in node.args]
        if node.type.shape and node.op in ("add", "sub"):
            args = _with_numbers(graph.nodes, node, args, on)
        form = _form(node)
        piece: Piece[T] = _SIGNED[form](node, args, on, signs) if form in _SIGNED else _SET[form](node, args, on)
        if node.type is not NUMBER or node.op == "matmul":
            shape = node.type.shape
            piece.array, piece.chain = bool(shape), node.op == "matmul"
            piece.square = shape if len(shape) == 2 and len(set(shape)) == 1 else ()
        piece.numeric = node.op == CONST or (bool(args) and all(arg.numeric for arg in args))
        pieces.append(piece)
    return pieces[graph.outputs[0]]


def _with_numbers(nodes: Sequence[Node], node: Node, args: list[Piece[T]], on: Notation[T]) -> list[Piece[T]]:
    """The terms of a sum of arrays; a number that is the same in every place as that number, 1 − z for 𝟏 − z."""
    numbers = [_everywhere(nodes, nodes[arg]) for arg in node.args]
    if len(numbers) - numbers.count(None) != 1:
        return args
    return [arg if number is None else of_number(number, on) for arg, number in zip(args, numbers, strict=True)]


def _everywhere(nodes: Sequence[Node], node: Node) -> Number | None:
    """The number that a vector has in every place, where it is written with ones."""
    if node.op == ONES:
        return 1
    if node.op != "mul" or nodes[node.args[1]].op != ONES:
        return None
    return nodes[node.args[0]].value


def _form(node: Node) -> str:
    return str(node.op) if node.op in (CONST, INPUT) else operation(node.op).form


def _const(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert node.value is not None
    return of_number(node.value, on)


def _input(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert node.name is not None
    piece = of_name(node.name, on)
    piece.name, piece.word = node.name, (node.name,)
    return piece


def _infix(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    left, right = args[0], following(HADAMARD, args[1], on)
    return Piece(on.infix(left.out, operation(node.op).sign, right.out), SUM, left.first, right.last)


def _elementwise(sign: str, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """Two arrays, entry by entry: a ⊙ b, a ⊘ b."""
    left, right = at_least(HADAMARD, args[0], on), following(QUOTIENT, args[1], on)
    opposite = None if left.opposite is None else on.product(left.opposite, sign, right.out)
    return Piece(on.product(left.out, sign, right.out), HADAMARD, left.first, right.last, opposite)


def _product(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    if args[0].array and args[1].array:
        return _elementwise(signs.hadamard, args, on)
    return _matrix_product(node, args, on)


def _chain(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """A product of matrices, with a power for one that stands there several times: A²x, (Aᵀ)²."""
    left, right = args
    before, base, count = left.run or (None, left, 1)
    if not right.word or base.word != right.word:
        piece = _matrix_product(node, args, on)
        piece.run = (left, right, 1)
        return piece
    power = _power_of(base, count + 1, on)
    piece = power if before is None else _matrix_product(node, [before, power], on)
    piece.run = (before, base, count + 1)
    return piece


def _power_of(base: Piece[T], count: int, on: Notation[T]) -> Piece[T]:
    number = on.number(str(count), None)
    below = at_least(ATOM, base, on)
    out = on.power(below.out, number) if base.inverse is None else on.power(base.inverse, on.negation(number))
    power = Piece(out, POWER, below.first, below.last)
    power.array, power.square = True, base.square
    return power


def _matrix_product(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    scaled = (args[1].array or args[1].chain) and not args[0].array  # 2 Wᵀx is both 2(Wᵀx) and (2Wᵀ)x
    number = ATOM if args[0].chain and not args[0].array and args[1].array else QUOTIENT  # (1ᵀt) p
    left = at_least(number, args[0], on)
    right = args[1] if args[1].open else following(PRODUCT if scaled else POWER, args[1], on)
    joint = _joint(left, right)
    if args[0].square and args[0].square == args[1].square:
        joint = on.between_matrices(joint)
    opposite = None if left.opposite is None else _multiplied(left.opposite, joint, right.out, on)
    piece = Piece(_multiplied(left.out, joint, right.out, on), PRODUCT, left.first, right.last, opposite)
    if args[1].open:
        piece.open, piece.level = True, HADAMARD
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


def _fraction(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    if args[1].array:
        return _elementwise("⊘", args, on)
    if not on.linear:
        over, under = args[0].opposite, args[1].out
        opposite = None if over is None else on.fraction(over, under)
        return Piece(on.fraction(args[0].out, under), POWER, FRACTION, FRACTION, opposite)
    left, right = at_least(QUOTIENT, args[0], on), following(POWER, args[1], on)
    opposite = None if left.opposite is None else on.fraction(left.opposite, right.out)
    return Piece(on.fraction(left.out, right.out), QUOTIENT, left.first, right.last, opposite)


def _power(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    base, exponent = args
    if base.raised is not None and not on.linear and exponent.first == DIGIT and exponent.level == ATOM:
        # sin² x; sin⁻¹ would be the inverse, and sinⁿ x is not read back
        return Piece(base.raised(exponent.out), POWER, CALL, CALL)
    base = at_least(ATOM, base, on)
    if on.linear:
        exponent = at_least(ATOM, exponent, on)
    if args[0].square:
        return Piece(on.power_by_entry(base.out, exponent.out, signs.hadamard), POWER, base.first, base.last)
    last = RAISED if base.last == DIGIT and not on.linear else base.last
    return Piece(on.power(base.out, exponent.out), POWER, base.first, last)


def _negation(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    body = following(HADAMARD if args[0].array or args[0].open else POWER, args[0], on)
    if on.linear and body.last == DIGIT and body.level == ATOM:
        body = Piece(on.fence(body.out), ATOM)  # -(3) is an operation, -3 is a number
    return Piece(on.negation(body.out), NEGATION, MINUS, body.last, at_least(QUOTIENT, args[0], on).out)


def _copy(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return args[0]


def _constant(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    at = dict(node.type.attributes).get("at")
    if at is not None:  # the vector, or the columns, with a 1 at some place
        return Piece(variable(on, Name(f"{operation(node.op).sign}_{{{at}}}")), ATOM)
    return Piece(on.symbol(operation(node.op).sign), ATOM)


def _entry(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    """An entry of a variable by its own name, x_1, W_12; of what has none 𝐞_1ᵀ (W x)."""
    at = dict(node.type.attributes)["place"]
    assert isinstance(at, tuple)
    if args[0].name is not None and not isinstance(args[0].name, AdjointName | DerivativeName):
        return of_name(args[0].name.entry(at), on)
    first, *second = (variable(on, Name(f"{operation(UNIT).sign}_{{{place}}}")) for place in at)
    whole = on.product(on.transpose(first, False, signs.transpose), "", at_least(ATOM, args[0], on).out)
    return Piece(on.product(whole, "", second[0]) if second else whole, PRODUCT)


def _root(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return Piece(on.root(args[0].out, DEGREES[operation(node.op).sign]), ATOM, ROOT, ROOT)


def _norm(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    norm = on.norm(args[0].out)
    return Piece(norm if node.op == "norm" else on.power(norm, on.number("2", None)), ATOM, BARS, BARS)


def _transpose(node: Node, args: list[Piece[T]], on: Notation[T], signs: ArraySigns) -> Piece[T]:
    inverse = args[0].inverse
    base = at_least(ATOM, args[0], on)
    out = on.transpose(base.out if inverse is None else inverse, inverse is not None, signs.transpose)
    piece = Piece(out, POWER, base.first, base.last)
    piece.word = args[0].word and ("transpose", args[0].word)
    return piece


def _inverse(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    base = at_least(ATOM, args[0], on)
    piece = Piece(on.inverse(base.out), POWER, base.first, base.last)
    piece.inverse = base.out
    piece.word = args[0].word and ("inverse", args[0].word)
    return piece


def _bars(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    return Piece(on.bars(args[0].out), ATOM, BARS, BARS)


def _index_sum(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    """A sum over indices, which takes in all factors behind its sign."""
    letters = dict(node.type.attributes)["letters"]
    assert isinstance(letters, tuple)
    body = args[0] if args[0].open else following(QUOTIENT, args[0], on)
    piece = Piece(on.summed(letters, body.out), HADAMARD, FENCE, body.last)
    piece.open = True
    return piece


def _iverson(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    (left, right), sign = [arg.out for arg in args], operation(node.op).sign
    piece = Piece(on.iverson(left, sign, right), ATOM, FENCE, FENCE)
    piece.condition = on.condition(left, sign, right)
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
    return Piece(on.stacked([arg.out for arg in args]), ATOM, FENCE, FENCE)


def _call(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    op = operation(node.op)
    head, inside = on.function(op), [arg.out for arg in args]

    def raised(exponent: T) -> T:
        return on.call(on.power(head, exponent), inside)

    return Piece(on.call(head, inside), ATOM, CALL, CALL, None, raised if op.squared else None)


def _applied(node: Node, args: list[Piece[T]], on: Notation[T]) -> Piece[T]:
    assert isinstance(node.op, UserFunction)
    return Piece(on.call(head_of(node.op, on), [arg.out for arg in args]), ATOM, APPLIED, APPLIED)


def head_of(function: UserFunction, on: Notation[T]) -> T:
    """The name of a user-defined function or of its derivative: f, f′, f⁽⁴⁾, ∂₁f."""
    if function.arity > 1 and function.wrt:
        return on.partial(inert(function.name), function.wrt)
    return variable(on, function.name.differentiated(len(function.wrt)))


_SET: dict[str, Callable[..., Any]] = {
    CONST: _const,
    INPUT: _input,
    "sum": _infix,
    "difference": _infix,
    "fraction": _fraction,
    "matrix product": _chain,
    "inverse": _inverse,
    "norm": _norm,
    "index sum": _index_sum,
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

# These take the signs too.
_SIGNED: dict[str, Callable[..., Any]] = {
    "product": _product, "power": _power, "transpose": _transpose, "entry": _entry,
}  # fmt: skip

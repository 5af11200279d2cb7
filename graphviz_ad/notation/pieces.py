"""Pieces of set formulas: how tightly each holds together, what stands at its ends, and names and numbers as pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Generic, TypeVar

from graphviz_ad.core.inert import in_line
from graphviz_ad.core.names import REMEMBERED, AdjointName, DerivativeName, Name, as_name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.notation.notation import Notation

T = TypeVar("T")

_HEADS = frozenset("fghσ")

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
    """A set expression: how tightly it holds, what stands at its two ends, and it without its leading minus. What few
    have is said here, and by each that has it."""

    numeric: bool = False  # whether it is made of numbers alone
    condition: T | None = None  # a bracket's, without the bracket
    cases: Sequence[tuple[T, T | None]] = ()  # of a case distinction, for one that it is the last case of
    array: bool = False  # whether it is a vector or a matrix
    square: Shape = ()  # the shape of a square matrix
    chain: bool = False  # whether it is a product of these
    open: bool = False  # whether it ends in a sum over indices, Σ_j a_ij x_j
    inverse: T | None = None  # of what it is the inverse
    name: Name | None = None  # of a variable
    word: tuple[object, ...] = ()  # which matrix it is, or the transpose or the inverse of which
    run: tuple[Piece[T] | None, Piece[T], int] | None = None  # of a product: before, its last, how often

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


def at_least(level: int, piece: Piece[T], on: Notation[T]) -> Piece[T]:
    """The piece, in parentheses where it holds together less tightly than that."""
    if piece.level >= level:
        return piece
    fenced = Piece(on.fence(piece.out), ATOM, FENCE, FENCE)
    fenced.numeric = piece.numeric
    return fenced


def following(level: int, piece: Piece[T], on: Notation[T]) -> Piece[T]:
    """The piece as it stands behind a sign: in parentheses also where it begins with a minus."""
    return at_least(ATOM + 1 if piece.first == MINUS else level, piece, on)


def of_name(name: Name, on: Notation[T]) -> Piece[T]:
    if isinstance(name, AdjointName):
        return of_adjoint(name, on)
    if isinstance(name, DerivativeName):
        times = [(variable(on, wrt), len(list(run))) for wrt, run in groupby(name.wrts)]
        return Piece(on.derivative(name.symbol, variable(on, name.of), times), POWER, FRACTION, FRACTION)
    shown = inert(name)
    end = kind(shown)
    return Piece(on.variable(shown), ATOM, end, end)


@lru_cache(maxsize=REMEMBERED, typed=True)
def kind(name: Name) -> int:
    """What a name is to the factors beside it: a letter, one that looks like a function, a word, a derivative."""
    if isinstance(name, DerivativeName):
        return FRACTION
    if isinstance(name, AdjointName):
        return LETTER
    base, superscript = name.parts.base, name.parts.superscript
    return WORD if len(base) > 1 else HEAD if base in _HEADS and not superscript else LETTER


def variable(on: Notation[T], name: Name) -> T:
    """A name in a notation."""
    return on.variable(inert(name))


@lru_cache(maxsize=REMEMBERED, typed=True)
def inert(name: Name) -> Name:
    """The name; whatever characters it has, they do nothing but stand there."""
    return as_name(in_line(name))


def of_derivative(of: Name | None, wrt: Name | None, symbol: str, bare: bool, on: Notation[T]) -> Piece[T]:
    """d(of)/d(wrt); where `of` is a derivative itself, of the next order. A bare one keeps the room of its names."""
    wrts: tuple[Name, ...] = () if wrt is None else (wrt,)
    if isinstance(of, DerivativeName) and of.symbol == symbol:
        wrts, of = (*wrts, *of.wrts), of.of
    names = [(variable(on, name), len(list(run))) for name, run in groupby(wrts)]
    above = None if of is None else of_name(of, on).out
    if not bare:
        return Piece(on.derivative(symbol, above, names), POWER, FRACTION, FRACTION)
    rooms = [(room, times) for name, times in names if (room := on.hidden(name)) is not None]
    above = None if above is None else on.hidden(above)
    return Piece(on.derivative(symbol, above, rooms), POWER, FRACTION, FRACTION)


def of_adjoint(name: AdjointName, on: Notation[T]) -> Piece[T]:
    """The adjoint of a variable; what is more than one letter is in parentheses where it is a factor or transposed."""
    out = on.adjoint(name.form, inert(name.of), inert(name.wrt))
    end = WORD if name.form == "d" else LETTER
    return Piece(out, _ADJOINT_LEVELS[name.form], end, end)


_ADJOINT_LEVELS = {"delta": ATOM, "bar": ATOM, "partial": POWER, "d": POWER, "nabla": HADAMARD}


def of_number(value: Number, on: Notation[T]) -> Piece[T]:
    if value < 0:
        body = of_number(-value, on)
        return Piece(on.negation(body.out), NEGATION, MINUS, DIGIT, body.out)
    if not isinstance(value, int | Decimal) and value.denominator != 1:  # a Fraction, of which it takes long to ask
        parts = [of_number(part, on).out for part in (value.numerator, value.denominator)]
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


def several(names: Sequence[Name], on: Notation[T]) -> T:
    shown = names if len(names) <= FEW else (names[0], names[-1])
    return on.listed([of_name(name, on).out for name in shown], len(shown) < len(names))

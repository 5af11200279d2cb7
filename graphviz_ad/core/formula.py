"""What a label can be, and the shapes that a notation gives it.

A notation says how each shape looks: `Notation`, one subclass a file. Which shapes a formula has is said in `write`.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from math import isclose

from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.names import REMEMBERED, DerivativeName, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record


class Variable(Record):
    """A variable by its name."""

    name: Name


class ArraySigns(Record):
    """What stands between arrays that are multiplied entry by entry, and at a transpose."""

    hadamard: str = "⊙"
    transpose: str = "⊤"


USUAL_SIGNS = ArraySigns()


class Expression(Record):
    """An expression: a graph with one output, whose inputs are variables."""

    graph: Graph
    signs: ArraySigns = USUAL_SIGNS


class Derivative(Record):
    """d(of)/d(wrt), not yet performed; with ∂ where `partial`. Without names it is the bare symbol d/d; where `bare`,
    the symbol with room for its names. An `adjoint` is written in one of the forms that books have for it."""

    of: Name | None
    wrt: Name | None
    partial: bool = False
    bare: bool = False
    adjoint: str = ""


class Product(Record):
    """Factors that are not multiplied out; those that are `matrices` stand side by side, with their shapes beneath
    them where these are said."""

    factors: tuple["Formula", ...]
    matrices: bool = False
    shapes: tuple[str, ...] = ()


class Transposed(Record):
    """The transpose of what is not performed."""

    formula: "Formula"
    sign: str = USUAL_SIGNS.transpose


class Pullback(Record):
    """What a derivative that is no matrix does with the adjoint of its left end: δ ↦ δ xᵀ."""

    adjoint: "Formula"
    made: "Formula"


class Sum(Record):
    """Terms that are not collected."""

    terms: tuple["Formula", ...]


class Equality(Record):
    """What has sides that are all equal; each kind says what its sides are."""

    @property
    def sides(self) -> tuple["Formula", ...]:
        raise NotImplementedError


class Equation(Equality):
    """Sides that are all equal, and nothing more."""

    sides: tuple["Formula", ...]


class Definition(Equality):
    """A variable and what it is: its expression, the same with numbers put in, and its number, as far as they are said.
    In a trace the variable is a tangent or an adjoint."""

    variable: "Formula"
    expression: "Formula | None" = None
    substituted: "Formula | None" = None
    number: "Formula | None" = None

    @property
    def sides(self) -> tuple["Formula", ...]:
        return _said(self.variable, self.expression, self.substituted, self.number)


class Label(Equality):
    """What stands on an arrow of a backward graph: a derivative, what it is where it is performed, and its number."""

    derivative: "Derivative"
    value: "Formula | None" = None
    number: "Formula | None" = None

    @property
    def sides(self) -> tuple["Formula", ...]:
        return _said(self.derivative, self.value, self.number)


class Factor(Record):
    """A factor of a path in a chain: a derivative and, where it can be written out, what it is. It is that on an arrow,
    by its two nodes; or, without an arrow, the adjoint of the node that it is by."""

    derivative: "Derivative"
    performed: "Formula"
    node: int
    arrow: tuple[int, int] | None = None


class ChainLine(Equality):
    """A line of a chain: a total derivative by a node, and the sides that it has in turn. The paths are products of
    factors: first unperformed, as Leibniz writes it, then performed; then what they make, the result last; at a
    point the result with numbers put in, and its number. A side that would repeat the one before it is left out.
    In a listing that refers to its lines it has a `mark`, and is made `by` those with these marks; it may stand for
    those by variables that are `like` its own."""

    total: "Derivative"
    node: int | None  # None where the graph has none, since nothing reads it
    paths: tuple[tuple[Factor, ...], ...] = ()
    unperformed: "Formula | None" = None
    performed: "Formula | None" = None
    results: tuple["Formula", ...] = ()
    substituted: "Formula | None" = None
    number: "Formula | None" = None
    mark: int = 0
    by: tuple[int, ...] = ()
    like: tuple[Name, ...] = ()

    @property
    def sides(self) -> tuple["Formula", ...]:
        left = Marked(self.mark, self.total) if self.mark else self.total
        made = References(self.by) if self.by else None
        other = Likewise(self.like) if self.like else None
        return _said(left, self.unperformed, self.performed, *self.results, self.substituted, self.number, made, other)

    @property
    def result(self) -> "Formula":
        """The derivative as far as it has been brought, in formulas."""
        return _said(self.total, self.unperformed, self.performed, *self.results)[-1]


def _said(*sides: "Formula | None") -> tuple["Formula", ...]:
    return tuple(side for side in sides if side is not None)


def rounded(value: float, digits: int) -> Decimal:
    """A number to so many significant digits, halves rounded up as at school; -0 is 0."""
    return _context(digits).create_decimal_from_float(value + 0.0)


@cache
def _context(digits: int) -> Context:
    return Context(digits, ROUND_HALF_UP)


class Rounded(Record):
    """A number that was computed, to so many significant digits."""

    value: float
    digits: int

    @property
    def shown(self) -> Number:
        """The number as it is written."""
        return _shown(self.value, self.digits)[0]

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded off that matters at the precision of the computation."""
        return _shown(self.value, self.digits)[1]


@lru_cache(maxsize=REMEMBERED)  # traces show a value again in each line that reads it
def _shown(value: float, digits: int) -> tuple[Number, bool]:
    """A number as it is written, and whether that is exact."""
    number = rounded(value, digits).normalize()
    whole = number == number.to_integral_value() and abs(number) < 10**digits
    return int(number) if whole else number, isclose(float(number), value, rel_tol=1e-14, abs_tol=0)


class RoundedArray(Record):
    """A vector, as a column, or a matrix that was computed, row by row; a large one is said by its shape and norm."""

    rows: tuple[tuple[float, ...], ...]
    digits: int
    shape: str = ""
    norm: float = 0.0

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded off."""
        entries = (entry for row in self.rows for entry in row)
        return not self.shape and all(Rounded(entry, self.digits).exact for entry in entries)


class Blank(Record):
    """An answer that the reader is to fill in: an empty box of its size, or the same box with the answer in it."""

    answer: "Formula"
    filled: bool = False


class Marked(Record):
    """The left side of a line that others refer to, behind its number: (2) dL/dh."""

    mark: int
    left: "Formula"


class References(Record):
    """What a line says behind its sides, with no relation before it: by (1), (2), the lines that it is made with."""

    marks: tuple[int, ...]


class Several(Record):
    """Several variables that are one to the reader: all of two or three, else the first and the last."""

    names: tuple[Name, ...]


class Likewise(Record):
    """What a line says behind its sides, with no relation before it: for which variables the like holds."""

    names: tuple[Name, ...]


class Gate(Record):
    """The sign of an operation node, with the constant operands that are folded into it: ×, sin, ( )², × 2."""

    op: Operation
    left: Graph | None = None
    right: Graph | None = None
    of_arrays: bool = False  # of two of them, entry by entry: ⊙
    signs: ArraySigns = USUAL_SIGNS


Formula = (
    Variable
    | Expression
    | Derivative
    | Product
    | Transposed
    | Pullback
    | Sum
    | Equality
    | Rounded
    | Blank
    | Marked
    | References
    | Several
    | Likewise
    | Gate
    | RoundedArray
)


def variables(formula: Formula) -> set[Name]:
    """The names that a formula mentions."""
    match formula:
        case Variable(name):
            return _with_parts([name])
        case Several(names):
            return set(names)
        case Expression(graph):
            return _with_parts(node.name for node in graph.nodes if node.op == INPUT and node.name is not None)
        case Derivative(of, wrt):
            return {name for name in (of, wrt) if name is not None}
        case Product(parts) | Sum(parts):
            return set().union(*map(variables, parts))
        case Transposed(inside):
            return variables(inside)
        case Pullback(adjoint, made):
            return variables(made) - variables(adjoint)
        case Equality():
            return set().union(*map(variables, formula.sides))
        case Blank(inside) | Marked(_, inside):
            return variables(inside)
    return set()


def _with_parts(names: Iterable[Name]) -> set[Name]:
    """Names, and those that the derivatives among them are of and by."""
    found = set(names)
    for name in [*found]:
        if isinstance(name, DerivativeName):
            found |= _with_parts((name.of, *name.wrts))
    return found


def sign_before(side: object) -> str:
    """The sign between the sides of an equation: ≈ before a number that is rounded, : before what a derivative does and
    before the shape and norm of an array, none before what is no side."""
    number = side.answer if isinstance(side, Blank) else side
    if isinstance(number, RoundedArray) and number.shape:
        return ":"
    if isinstance(number, (Rounded, RoundedArray)):
        return "=" if number.exact else "≈"
    if isinstance(number, (References, Likewise)):
        return "" if number is side else "="
    return ":" if isinstance(side, Pullback) else "="


def is_number(side: Formula) -> bool:
    """Whether a side is nothing but a number."""
    return isinstance(side, Expression) and len(side.graph.nodes) == 1 and side.graph.nodes[0].op == CONST


def is_one(side: Formula) -> bool:
    """Whether a side is the number 1."""
    return _is(side, 1)


def is_zero(side: Formula) -> bool:
    """Whether a side is the number 0."""
    return _is(side, 0)


def _is(side: Formula, number: int) -> bool:
    return isinstance(side, Expression) and is_number(side) and side.graph.nodes[0].value == number

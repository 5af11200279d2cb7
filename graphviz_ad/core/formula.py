"""What a label can be, and the shapes that a notation gives it.

A notation says how each shape looks: `Notation`, one subclass a file. Which shapes a formula has is said in `write`.
"""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from math import isclose

from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record


class Variable(Record):
    """A variable by its name."""

    name: Name


class Expression(Record):
    """An expression: a graph with one output, whose inputs are variables."""

    graph: Graph


class Derivative(Record):
    """d(of)/d(wrt), not yet performed; with ∂ where `partial`. Without names it is the bare symbol d/d; where `bare`,
    the symbol with room for its names."""

    of: Name | None
    wrt: Name | None
    partial: bool = False
    bare: bool = False


class Product(Record):
    """Factors that are not multiplied out."""

    factors: tuple["Formula", ...]


class Sum(Record):
    """Terms that are not collected. A `continued` one goes on from the line before: it begins with its sign."""

    terms: tuple["Formula", ...]
    continued: bool = False


class Factor(Record):
    """A factor as it stands behind others, in parentheses where it needs them."""

    body: "Formula"


class Part(Record):
    """A part of a formula that is broken into lines: its stretches from one up to another."""

    of: "Formula"
    first: int
    last: int


class Equation(Record):
    """Sides that are all equal."""

    sides: tuple["Formula", ...]


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
        number = rounded(self.value, self.digits).normalize()
        whole = number == number.to_integral_value() and abs(number) < 10**self.digits
        return int(number) if whole else number

    @property
    def exact(self) -> bool:
        """Whether nothing was rounded off that matters at the precision of the computation."""
        return isclose(float(self.shown), self.value, rel_tol=1e-14, abs_tol=0)


class Blank(Record):
    """An answer that the reader is to fill in: an empty box of its size, or the same box with the answer in it."""

    answer: "Formula"
    filled: bool = False


class Relation(Record):
    """The sign between two sides that stand on lines of their own: = or ≈."""

    sign: str


class Gate(Record):
    """The sign of an operation node, with the constant operands that are folded into it: ×, sin, ( )², × 2."""

    op: Operation
    left: Graph | None = None
    right: Graph | None = None


Formula = (
    Variable | Expression | Derivative | Product | Sum | Factor | Part | Equation | Rounded | Blank | Relation | Gate
)


def variables(formula: Formula) -> set[Name]:
    """The names that a formula mentions."""
    match formula:
        case Variable(name):
            return {name}
        case Expression(graph):
            return {node.name for node in graph.nodes if node.op == INPUT and node.name is not None}
        case Derivative(of, wrt):
            return {name for name in (of, wrt) if name is not None}
        case Product(parts) | Sum(parts) | Equation(parts):
            return set().union(*map(variables, parts))
        case Factor(inside) | Part(inside) | Blank(inside):
            return variables(inside)
    return set()


def sign_before(side: Formula) -> str:
    """The sign between the sides of an equation: ≈ before a number that is rounded."""
    number = side.answer if isinstance(side, Blank) else side
    return "=" if not isinstance(number, Rounded) or number.exact else "≈"


def is_number(side: Formula) -> bool:
    """Whether a side is nothing but a number."""
    return isinstance(side, Expression) and len(side.graph.nodes) == 1 and side.graph.nodes[0].op == CONST

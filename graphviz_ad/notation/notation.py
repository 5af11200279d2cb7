"""The shapes that a notation gives to formulas: the contract of whoever adds one, a subclass a file."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import Op

T = TypeVar("T")

ELEMENTWISE = ("⊙", "∘", "⊘")  # what stands between arrays that are multiplied or divided entry by entry


class Notation(ABC, Generic[T]):
    """How each shape looks in one notation; T is what it makes, a string or a block of lines.

    Parentheses and signs are decided in `write`, which calls these with parts that are set already and that need no
    further brackets. A `linear` notation writes fractions, powers and roots on one line, so that `write` gives them
    parentheses. Names come as the reader wrote them, made inert; a notation escapes what means something in it.
    """

    linear: ClassVar[bool] = False

    @abstractmethod
    def number(self, digits: str, exponent: int | None) -> T:
        """A number that is not negative: its digits, with a point where it has one, times 10 to the exponent."""

    @abstractmethod
    def variable(self, name: Name) -> T:
        """A variable by its name, such as `w_1`, whose parts are those of `core.names`."""

    @abstractmethod
    def function(self, op: Op) -> T:
        """The head of a function of the table."""

    @abstractmethod
    def partial(self, function: Name, places: Sequence[int]) -> T:
        """The head of a user-defined function's derivative by its parameters at these places, from 1 on."""

    @abstractmethod
    def symbol(self, sign: str) -> T:
        """A sign that stands alone: + on a node, = between two sides, ( ) for an operand that is elsewhere."""

    @abstractmethod
    def infix(self, left: T, sign: str, right: T) -> T:
        """A sum or a difference: its sign is + or −."""

    @abstractmethod
    def negation(self, body: T) -> T:
        """A minus before a body."""

    @abstractmethod
    def product(self, left: T, joint: str, right: T) -> T:
        """Two factors and what stands between them: nothing, a blank or ·; for arrays ⊙ or ∘, or ⊘ of a quotient."""

    @abstractmethod
    def fraction(self, numerator: T, denominator: T) -> T:
        """A quotient."""

    @abstractmethod
    def power(self, base: T, exponent: T) -> T:
        """A base with an exponent."""

    @abstractmethod
    def root(self, body: T, index: int) -> T:
        """A root: the square root where the index is 2."""

    @abstractmethod
    def bars(self, body: T) -> T:
        """An absolute value."""

    @abstractmethod
    def norm(self, body: T) -> T:
        """The norm of a vector or a matrix."""

    @abstractmethod
    def matrix(self, rows: Sequence[Sequence[T]]) -> T:
        """Entries in rows, in square brackets."""

    def stacked(self, parts: Sequence[T]) -> T:
        """Vectors or matrices, one below the other."""
        return self.matrix([[part] for part in parts])

    @abstractmethod
    def fence(self, body: T) -> T:
        """A body in parentheses."""

    @abstractmethod
    def call(self, head: T, args: Sequence[T]) -> T:
        """A function, whose head is set, of its arguments."""

    @abstractmethod
    def iverson(self, left: T, sign: str, right: T) -> T:
        """Iverson's bracket, [x > 0]: 1 where the relation holds, else 0."""

    @abstractmethod
    def cases(self, rows: Sequence[tuple[T, T | None]]) -> T:
        """A case distinction: a value and its condition for each row, the last without one where it is what is else."""

    def indexed(self, head: T, index: T) -> T | None:
        """The head of a function with an index, log with its base below; None where a notation has no room for it."""
        return None

    @abstractmethod
    def derivative(self, symbol: str, of: T | None, wrt: Sequence[tuple[T, int]]) -> T:
        """d(of)/d(wrt), with the symbol d or ∂: by each of these variables so many times. Without names it is d/d."""

    @abstractmethod
    def equation(self, left: T, sign: str, right: T) -> T:
        """Two sides, or an equation and one more side, with = or ≈ between them, or nothing but room."""

    def condition(self, left: T, sign: str, right: T) -> T:
        """A comparison, as it stands in a case distinction."""
        return self.equation(left, sign, right)

    @abstractmethod
    def blank(self, body: T, filled: bool) -> T:
        """A box with an answer in it or, if it is not filled, an empty one of the same size."""

    @abstractmethod
    def row(self, parts: Sequence[T]) -> T:
        """Parts one behind the other; none at all is nothing."""

    def power_by_entry(self, base: T, exponent: T, sign: str) -> T:
        """A power of the entries of a square matrix, of which there is another, A A: A^⊙2."""
        return self.power(base, self.row([self.symbol(sign), exponent]))

    def inverse(self, body: T) -> T:
        """The inverse of a matrix."""
        return self.power(body, self.negation(self.number("1", None)))

    def transpose(self, body: T, inverse: bool = False, sign: str = "⊤") -> T:
        """A transpose, or that of an inverse; its sign is ⊤, ᵀ or ′."""
        if not inverse:
            return self.power(body, self.symbol(sign))
        minus = self.symbol("−")
        if sign == "′":  # W′⁻¹
            return self.power(self.power(body, self.symbol(sign)), self.row([minus, self.number("1", None)]))
        return self.power(body, self.row([minus, self.symbol(sign)]))

    def adjoint(self, form: str, of: Name, wrt: Name) -> T:
        """The derivative of an output by a variable in one of the forms that books write: δ_y, ȳ, dy, ∇_y L, ∂L/∂y."""
        if form == "bar":
            return self.variable(wrt.accented("bar"))
        if form == "d":
            return self.row([self.symbol("d"), self.variable(wrt)])
        if form == "partial":
            return self.derivative("∂", self.variable(of), [(self.variable(wrt), 1)])
        sign, below = self.symbol("δ" if form == "delta" else "∇"), self.variable(wrt)
        head = self.indexed(sign, below) or self.row([sign, self.symbol("_"), below])
        return head if form == "delta" else self.product(head, " ", self.variable(of))

    def summed(self, letters: Sequence[str], body: T) -> T:
        """The sum of a body over indices, their letters below the sign."""
        return self.product(self.variable(Name(f"Σ_{{{' '.join(letters)}}}")), " ", body)

    def under(self, body: T, shape: str) -> T:
        """A factor with its shape beneath it, where a notation has room for that."""
        return body

    def marked(self, mark: str, left: T) -> T:
        """The left side of a line behind the number of the line."""
        return self.row([self.symbol(f"({mark})"), left])

    def by(self, marks: Sequence[str]) -> T:
        """The numbers of the lines that a line is made with."""
        return self.symbol(f"by {', '.join(f'({mark})' for mark in marks)}")

    def listed(self, names: Sequence[T], skipped: bool) -> T:
        """Several names; where some are `skipped`, an ellipsis before the last."""
        parts = [*names[:-1], *([self.symbol("…")] if skipped else []), names[-1]]
        return self.row([part for name in parts for part in (self.symbol(", "), name)][1:])

    def sized(self, shape: str, sign: str, norm: T) -> T:
        """What is said of a large array: 5×4, ‖·‖ ≈ 2.3."""
        return self.equation(self.listed([self.symbol(shape), self.norm(self.symbol("·"))], False), sign, norm)

    def likewise(self, names: T) -> T:
        """For which others the like holds."""
        return self.row([self.symbol("likewise for "), names])

    def between_matrices(self, joint: str) -> str:
        """What stands between two square matrices of one size, of which two products are defined."""
        return joint

    def joint(self, left: T, sign: str, right: T) -> str:
        """What stands between two factors, which may depend on how they look."""
        return sign

    def opened(self, body: T, whole: T, head: T | None = None) -> T:
        """A body behind the left one of the brackets around a whole, whose right one stands elsewhere; the head is that
        of a function."""
        return self.row([*([] if head is None else [head]), self.symbol("("), body])

    def closed(self, body: T, whole: T) -> T:
        """A body before the right one."""
        return self.row([body, self.symbol(")")])

    def fitted(self, body: Any) -> T:
        """What stands in a fraction or a root, from its stretches: in lines, where a notation can do that."""
        whole: T = body.whole
        return whole

    def hidden(self, body: T) -> T | None:
        """Room for what is still to come, if the notation has a way to keep it."""
        return None

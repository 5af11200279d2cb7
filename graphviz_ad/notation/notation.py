"""The shapes that a notation gives to formulas."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from graphviz_ad.core.names import Name

T = TypeVar("T")


class Notation(ABC, Generic[T]):
    """How each shape looks in one notation; T is what it makes, a string or a block of lines.

    A `linear` notation writes fractions, powers and roots on one line, so that they need parentheses.
    """

    linear: ClassVar[bool] = False

    @abstractmethod
    def number(self, digits: str, exponent: int | None) -> T: ...
    @abstractmethod
    def variable(self, name: Name) -> T: ...
    @abstractmethod
    def function(self, name: str, sign: str) -> T: ...
    @abstractmethod
    def partial(self, function: Name, places: Sequence[int]) -> T: ...
    @abstractmethod
    def symbol(self, sign: str) -> T: ...
    @abstractmethod
    def infix(self, left: T, sign: str, right: T) -> T: ...
    @abstractmethod
    def negation(self, body: T) -> T: ...
    @abstractmethod
    def product(self, left: T, joint: str, right: T) -> T: ...
    @abstractmethod
    def fraction(self, numerator: T, denominator: T) -> T: ...
    @abstractmethod
    def power(self, base: T, exponent: T) -> T: ...
    @abstractmethod
    def root(self, body: T, index: int) -> T: ...
    @abstractmethod
    def bars(self, body: T) -> T: ...
    @abstractmethod
    def fence(self, body: T) -> T: ...
    @abstractmethod
    def call(self, head: T, args: Sequence[T]) -> T: ...
    @abstractmethod
    def iverson(self, left: T, sign: str, right: T) -> T: ...
    @abstractmethod
    def derivative(self, symbol: str, of: T | None, wrt: Sequence[tuple[T, int]]) -> T: ...
    @abstractmethod
    def equation(self, left: T, sign: str, right: T) -> T: ...
    @abstractmethod
    def blank(self, body: T, filled: bool) -> T: ...
    @abstractmethod
    def row(self, parts: Sequence[T]) -> T: ...

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

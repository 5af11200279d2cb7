"""Conventions of matrix calculus: how a derivative stands that is a matrix, and in which order a chain is multiplied.

`gradient`: the derivative of a number has the shape of its variable, that by a number the shape of what is
differentiated, that of a vector by a vector a row for each entry of the left one; a chain begins at the variable,
with transposed Jacobians (I. Goodfellow et al., *Deep Learning*, 2016, section 6.5.2). `numerator`: a gradient by a
vector is a row, and a chain stands in its own order. `denominator`: a Jacobian is transposed, and a chain begins at
the variable.
"""

from __future__ import annotations

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import EdgeForm, Layout


class Conventions(Record):
    """What a reader's book does."""

    layout: Layout = "gradient"
    edges: EdgeForm = "auto"
    columns: frozenset[tuple[Name, Name]] = frozenset()  # the gradients that have the shape of their variable on arrows
    brackets: bool = False  # whether [i = j] stands for δᵢⱼ, since δ is something else

    def is_turned(self, left: Shape, right: Shape) -> bool:
        """Whether a derivative, whose axes run down and then across, or down alone, stands transposed."""
        if not left:
            return is_row(right) != (self.layout == "numerator" and len(right) == 1)
        if not right:  # a matrix as it is, a row as a row, but for the transposes of denominators
            return 1 in matrix(left) and is_row(left) != (self.layout == "denominator")
        return self.layout == "denominator"

    def is_turned_on_arrow(self, left: Shape, right: Shape, ends: tuple[Name | None, Name | None]) -> bool:
        """The same of what stands on an arrow between two variables."""
        if not left and ends in self.columns:
            return is_row(right)
        return self.is_turned(left, right)

    def is_reversed(self, number: bool) -> bool:
        """Whether a chain begins at the variable: one of a number, or of a vector."""
        return self.layout == "denominator" or (self.layout == "gradient" and number)

    def is_turned_in_chain(self, left: Shape, right: Shape, number: bool) -> bool:
        """Whether a derivative stands transposed in a chain, where it is not numbers that are multiplied."""
        if not left and len(right) != 1:  # a gradient by a matrix has its shape in every layout
            return False
        return bool(left) == self.is_reversed(number)

    def is_marked(self, left: Shape, right: Shape, number: bool) -> bool:
        """Whether it is a transpose in the chain that is not yet performed: turned beside what stands on its arrow."""
        return self.is_turned_in_chain(left, right, number) != self.is_turned(left, right)


def is_row(shape: Shape) -> bool:
    """Whether a shape is that of a row."""
    return matrix(shape)[0] == 1 != matrix(shape)[1]

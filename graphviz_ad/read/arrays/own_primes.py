"""x' beside x that is another vector and not its transpose: k(x, x') = exp(-‖x - x'‖²)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.text.tokens import Token

_BETWEEN = ("-", ",", "+")  # of x and x', where a transpose would fit no more


def with_own_primes(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> dict[Name, Shape]:
    """The shapes with those of vectors that have a prime: x' has that of x where it stands beside x in a sum, or among
    the arguments of a function."""
    found = dict(shapes)
    known = {name.key: shape for name, shape in shapes.items()}
    for statement in statements:
        for one, sign, other in zip(statement, statement[1:], statement[2:], strict=False):
            if sign.text not in _BETWEEN or not (one.kind == other.kind == "name"):
                continue
            plain, primed = sorted((one.text, other.text), key=len)
            shape = known.get(Name(plain).key, ())
            if primed.rstrip("'") == plain != primed and len(shape) == 1 and Name(primed).key not in known:
                found[Name(primed)] = shape
    return found

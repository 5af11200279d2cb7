"""x' that is another vector and not the transpose of x: k(x, x') = exp(-‖x - x'‖²), w^T x' - w^T x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.text.tokens import Token

_BETWEEN = ("-", ",", "+")  # of x and x', where a transpose would fit no more


def with_own_primes(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> dict[Name, Shape]:
    """The shapes with those of vectors that have a prime: x' has that of x where it stands beside x in a sum, or among
    the arguments of a function."""
    found = dict(shapes)
    known = {name.key: shape for name, shape in shapes.items()}
    for statement in statements:
        found |= {name: shape for name, shape in _behind_rows(statement, known).items() if name.key not in known}
        for one, sign, other in zip(statement, statement[1:], statement[2:], strict=False):
            if sign.text not in _BETWEEN or not (one.kind == other.kind == "name"):
                continue
            plain, primed = sorted((one.text, other.text), key=len)
            shape = known.get(Name(plain).key, ())
            if primed.rstrip("'") == plain != primed and len(shape) == 1 and Name(primed).key not in known:
                found[Name(primed)] = shape
    return found


def _behind_rows(statement: Sequence[Token], known: Mapping[Parts, Shape]) -> dict[Name, Shape]:
    """The vectors with a prime behind a matrix or a transposed vector, where no row fits: W x', w^T x'."""
    found: dict[Name, Shape] = {}
    for place, token in enumerate(statement[1:], 1):
        before = statement[place - 1]
        if before.kind == "close" and statement[place - 2].text in TRANSPOSES:  # ^{T}
            before = statement[place - 2]
        shape = known.get(Name(token.text.rstrip("'")).key, ()) if token.text.endswith("'") else ()
        is_matrix = before.kind == "name" and len(known.get(Name(before.text).key, ())) == 2
        if len(shape) == 1 and token.kind == "name" and (is_matrix or before.text in TRANSPOSES):
            found[Name(token.text)] = shape
    return found

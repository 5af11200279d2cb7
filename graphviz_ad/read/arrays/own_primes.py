"""x' that is another vector and not the transpose of x: k(x, x') = exp(-‖x - x'‖²), w^T x' - w^T x."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.apart import TRANSPOSES
from graphviz_ad.read.arrays.bold import is_vector_by_letter
from graphviz_ad.read.arrays.vocabulary import BOLD, Vocabulary
from graphviz_ad.read.text.tokens import OPENING, Token

_BETWEEN = ("-", ",", "+")  # of x and x', where a transpose would fit no more
_ENDS = ("+", "-", "=", ",", ";", "‖", "/")


def with_rows_apart(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> list[list[Token]]:
    """The statements with x_i' as the transpose of x_i, where X is a matrix, or x_i a vector, that is declared or bold,
    and what it is multiplied by stands behind it."""
    known = Vocabulary(shapes, statements)
    return [[part for place in range(len(s)) for part in _apart(s, place, known)] for s in statements]


def _apart(statement: Sequence[Token], place: int, known: Vocabulary) -> Sequence[Token]:
    token = statement[place]
    base = token.text.rstrip("'")
    behind = statement[place + 1] if place + 1 < len(statement) else token
    is_factor = behind.kind in ("name", *OPENING) and behind is not token
    parts = Name(base).parts
    bold = parts.style in BOLD and (bool(parts.subscript) or is_vector_by_letter(parts))
    if base == token.text or token.kind != "name" or not is_factor or known.is_known(token.text):
        return [token]
    if not (bold or known.row_of(base) or known.is_array(base)):
        return [token]
    sign = token.replace(kind="array", text="⊤", close=True)
    return [token.replace(text=base), *[sign] * (len(token.text) - len(base))]


def with_own_primes(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> dict[Name, Shape]:
    """The shapes with those of vectors that have a prime: x' has that of x where it stands beside x in a sum, or among
    the arguments of a function."""
    found = dict(shapes)
    known = {name.key: shape for name, shape in shapes.items()}
    for statement in statements:
        found |= {name: shape for name, shape in _behind_rows(statement, known).items() if name.key not in known}
        found |= {name: shape for name, shape in _beside_columns(statement, known).items() if name.key not in known}
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


def _beside_columns(statement: Sequence[Token], known: Mapping[Parts, Shape]) -> dict[Name, Shape]:
    """The vectors with a prime that are added to another one: h' + r."""
    found: dict[Name, Shape] = {}
    for place in range(1, len(statement) - 2):
        before, one, sign, other = statement[place - 1 : place + 3]
        behind = statement[place + 3 : place + 4]
        alone = _is_end(before) and all(map(_is_end, behind))
        names = one.kind == other.kind == "name" and sign.text in ("+", "-")
        primed = [token for token in (one, other) if token.text.endswith("'")]
        shapes = [known.get(Name(token.text.rstrip("'")).key, ()) for token in (one, other)]
        if alone and names and len(primed) == 1 and [*map(len, shapes)] == [1, 1]:
            found[Name(primed[0].text)] = shapes[0]
    return found


def _is_end(token: Token) -> bool:
    """Whether what stands beside a token is no product with it."""
    return token.text in _ENDS or token.kind in (*OPENING, "close")

"""Arrays of three axes in equations, T: 2x3x4: they are their matrices, T_1 and T_2, and what has the first index is
written out over them: sum_k z_k x^T T_k y, sum_{k,i,j} T_kij z_k x_i y_j, y_k = x^T T_k z."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, Parts, below, named
from graphviz_ad.core.ops.arrays import shape_of
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.whole_array import WholeArray
from graphviz_ad.read.arrays.vocabulary import Vocabulary, is_equation
from graphviz_ad.read.arrays.writing_out import with_index
from graphviz_ad.read.text.recurrences import body_of_sum, limit_of_sum
from graphviz_ad.read.text.tokens import Token, grouped, joined

MAX_MATRICES = 24  # that an array of three axes is made of
_SUM = re.compile(r"sum_\{?\s*([^\W\d_](?:\s*,?\s*[^\W\d_])*)\s*(?:=\s*(\d+))?\s*\}?")


def with_matrices(
    shapes: Mapping[Name, Shape], statements: Sequence[list[Token]]
) -> tuple[dict[Name, Shape], list[list[Token]], tuple[WholeArray, ...]]:
    """The shapes and statements with the matrices of arrays of three axes in their place, and these arrays."""
    deep = {name: shape for name, shape in shapes.items() if len(shape) == 3}
    if not deep:
        return dict(shapes), list(statements), ()
    found = {name: shape for name, shape in shapes.items() if len(shape) < 3}
    wholes = []
    for name, (count, rows, columns) in deep.items():
        if not isinstance(count, int) or count > MAX_MATRICES:
            text = f"'{name}' of the shape {shown(deep[name])} is {count} matrices"
            raise AdgraphError(text, hint=f"the first size is written in digits, up to {MAX_MATRICES}")
        parts = tuple(below(name, str(place)) for place in range(1, count + 1))
        known = {other.key: other for other in found}
        for part in parts:
            other = found.get(known.get(part.key, part), shape_of(rows, columns))
            if other != shape_of(rows, columns):
                text = f"'{name}' is declared as {shown(deep[name])}, and '{part}' is {shown(other)}"
                raise AdgraphError(text, hint="each of its matrices has the last two sizes")
            found[known.get(part.key, part)] = other
        if all(isinstance(size, int) for size in deep[name]):
            wholes.append(WholeArray(name, tuple(int(size) for size in deep[name]), parts))
    counts = {name.key: int(shape[0]) for name, shape in deep.items() if isinstance(shape[0], int)}
    known_names = Vocabulary(found, statements)
    return found, [_written(statement, counts, known_names) for statement in statements], tuple(wholes)


def _written(statement: list[Token], counts: Mapping[Parts, int], known: Vocabulary) -> list[Token]:
    """A statement with sums over the first index of arrays written out, the innermost first, and its left side."""
    above = [False, *(token.text == "^" for token in statement)]  # where T is the sign of a transpose
    statement = [token if power else _apart(token, counts) for power, token in zip(above, statement, strict=False)]
    for place in range(len(statement) - 1, -1, -1):
        found = _SUM.fullmatch(statement[place].text) if statement[place].kind == "name" else None
        if found is None:
            continue
        start, end = body_of_sum(statement, place)
        letters = re.findall(r"[^\W\d_]", found[1])
        for letter in letters:
            size = _count(statement[start:end], letter, counts)
            if size is None:
                continue
            limit = limit_of_sum(statement, place)
            last = int(limit) if limit.isdecimal() else size
            values = range(int(found[2] or 1), last + 1)
            if not values or last > size or not values[0]:
                text = f"the index {letter} goes from {found[2] or 1} to {last}, and there are {size} matrices"
                raise AdgraphError(text, statement[place].span, f"write sum_{letter}, or sum_{{{letter}=1}}^{size}")
            others = [one for one in letters if one != letter]
            rest = [statement[place].replace(text=f"sum_{{{','.join(others)}}}")] if others else []
            terms = ([*rest, *_at(statement[start:end], letter, value, counts, known)] for value in values)
            written = joined(statement[place], terms)
            return _written([*statement[:place], *written, *statement[end:]], counts, known)
    return _stacked(statement, counts, known)


def _stacked(statement: list[Token], counts: Mapping[Parts, int], known: Vocabulary) -> list[Token]:
    """y = [y_1; y_2] of y_k = x^T T_k z."""
    head = re.fullmatch(r"(.+)_\{?([^\W\d_])\}?", statement[0].text) if is_equation(statement) else None
    size = _count(statement[2:], head[2], counts) if head else None
    if head is None or size is None:
        return statement
    first, sign, *body = statement
    inside = [first.replace(kind="open", text="[")]
    for value in range(1, size + 1):
        inside += [sign.replace(kind="row", text=";")] * (value > 1)
        inside += grouped(sign, _at(body, head[2], value, counts, known))
    return [first.replace(text=head[1]), sign, *inside, first.replace(kind="close", text="]")]


def _indices(text: str, counts: Mapping[Parts, int]) -> tuple[Parts, list[str]] | None:
    """The array of three axes that a name is an entry or a matrix of, and its indices; None for another."""
    key = Name(text).key
    indices = re.findall(r"\d+|[^\W\d_]", key.subscript)
    whole = key.replace(subscript="")
    if whole not in counts or not 0 < len(indices) <= 3 or not re.fullmatch(r"[\w,]+", key.subscript):
        return None
    return whole, indices if "," in key.subscript or not key.subscript.isdecimal() else list(key.subscript)


def _apart(token: Token, counts: Mapping[Parts, int]) -> Token:
    """T_{k,ij} of T_kij, an entry of the matrix T_k. Raises AdgraphError for a matrix that is not there."""
    if token.kind != "name":
        return token
    if Name(token.text).key in counts:
        hint = f"write its matrices, {token.text}_1 or {token.text}_k in a sum over k, or its entries, {token.text}_kij"
        raise AdgraphError(f"'{token.text}' has three axes, and stands here without an index", token.span, hint)
    found = _indices(token.text, counts)
    if found is None:
        return token
    whole, (first, *rest) = found
    if first.isdecimal() and not 0 < int(first) <= counts[whole]:
        text = f"'{token.text.partition('_')[0]}' has {counts[whole]} matrices, and none is number {first}"
        raise AdgraphError(text, token.span, f"they are counted from 1 to {counts[whole]}")
    apart = "," if any(part.isdecimal() for part in rest) else ""
    return _indexed(token, [first, apart.join(rest)] if rest else [first])


def _indexed(token: Token, indices: Sequence[str]) -> Token:
    """The name with these indices."""
    return token.replace(text=str(below(named(Name(token.text).parts.replace(subscript="")), ",".join(indices))))


def _count(tokens: Sequence[Token], letter: str, counts: Mapping[Parts, int]) -> int | None:
    """How many matrices an array has of which this letter is the first index; None where there is none."""
    for token in tokens:
        found = _indices(token.text, counts) if token.kind == "name" else None
        if found is not None and found[1][0] == letter:
            return counts[found[0]]
    return None


def _at(
    tokens: Sequence[Token], letter: str, value: int, counts: Mapping[Parts, int], known: Vocabulary
) -> list[Token]:
    """The tokens where an index has this value."""
    found_in: list[Token] = []
    for token in tokens:
        found = _indices(token.text, counts) if token.kind == "name" else None
        if found is not None and letter in found[1]:
            inside = [str(value) if part == letter else part for part in found[1]]
            token = _apart(_indexed(token, inside), counts)
        found_in.append(token)
    return list(with_index(found_in, letter, value, known))

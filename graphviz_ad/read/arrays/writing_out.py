"""Sums over an index written out, x_{1} w_1 + x_{2} w_2, where what is summed has more indices than a matrix has axes,
or a whole row for each: sum_i ‖x_i − c‖², sum_k w_k x_{i+k-1}."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graphviz_ad.core.names import Name, named
from graphviz_ad.read.arrays.index_form import ManyIndicesError
from graphviz_ad.read.arrays.index_ranges import entry_of, whole_range
from graphviz_ad.read.arrays.linear_indices import at_value
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters, index_parts, is_equation
from graphviz_ad.read.text.recurrences import MAX_TOKENS, body_of_sum, limit_of_sum, with_sums_replaced
from graphviz_ad.read.text.tokens import OPENING, Token, grouped, joined

MAX_VALUES = 24  # of an index that is written out
_SUMS = re.compile("(?:sum|prod|max|min)_")
MAX_INDICES = 6  # that are written out


def without_index(statements: Sequence[list[Token]], error: ManyIndicesError, known: Vocabulary) -> list[list[Token]]:
    """The statements with sums over the first of these indices written out that one is over; or with the entries of a
    left side that has it. Raises the error where there is none, or where it takes too many values."""
    at = error.span.start if error.span is not None else -1

    def is_meant(statement: list[Token]) -> bool:
        return statement[0].span.start <= at < max(token.span.end for token in statement)

    for letter in error.letters:
        found = [_without(s, letter, error, known) if is_meant(s) else s for s in statements]
        if any(one != other for one, other in zip(found, statements, strict=True)):
            if sum(map(len, found)) > MAX_TOKENS:
                raise error
            return found
    for letter in error.letters:
        found = [_stacked(s, letter, error, known) if is_meant(s) else s for s in statements]
        if any(one != other for one, other in zip(found, statements, strict=True)):
            return found
    raise error


def _without(statement: list[Token], letter: str, error: ManyIndicesError, known: Vocabulary) -> list[Token]:
    def written(statement: list[Token], place: int) -> list[Token] | None:
        token = statement[place]
        if not token.text.startswith("sum_"):
            return None
        inside, _, first = token.text.partition("_")[2].strip("{}").replace(" ", "").partition("=")
        letters = inside.split(",") if "," in inside else list(inside)
        if letter not in letters or not all(len(one) == 1 for one in letters):
            return None
        body = statement[slice(*body_of_sum(statement, place))]
        first_one, last = (int(text) if text.isdecimal() else None for text in (first, limit_of_sum(statement, place)))
        values = whole_range(letter, body, known, first_one, last)
        if values is None or values[1] - values[0] >= MAX_VALUES:
            raise error
        others = [one for one in letters if one != letter]
        rest = [token.replace(text=f"sum_{{{','.join(others)}}}")] if others else []
        bodies = (without_empty(list(with_index(body, letter, value, known)), known)
                  for value in range(values[0], values[1] + 1))  # fmt: skip
        return joined(token, ([*rest, *one] for one in bodies))

    return with_sums_replaced(statement, written)


def _stacked(statement: list[Token], letter: str, error: ManyIndicesError, known: Vocabulary) -> list[Token]:
    """y = [y_1; y_2; …] of y_i = …."""
    over = known.over_of(statement) if is_equation(statement) else None
    letters = index_letters(over.indices) if over is not None else []
    if over is None or letter not in letters:
        return statement
    head, sign, *body = statement
    if not _letters(body, known) <= set(letters):
        raise error
    rows, *columns = (_values(each, statement, known, error) for each in letters)
    inside = [head.replace(kind="open", text="[")]
    for row in rows:
        inside += [sign.replace(kind="row", text=";")] * (row > rows[0])
        line = list(with_index(body, letters[0], row, known))
        for column in columns[0] if columns else (None,):
            inside += [sign.replace(kind="comma", text=",")] * (column not in (None, columns and columns[0][0]))
            inside += grouped(sign, line if column is None else list(with_index(line, letters[1], column, known)))
    return [head.replace(text=over.of), sign, *inside, head.replace(kind="close", text="]")]


def _letters(tokens: Sequence[Token], known: Vocabulary) -> set[str]:
    """The indices that no sum here is over."""
    names = [token.text for token in tokens if token.kind == "name"]
    entries = [entry for name in names if (entry := entry_of(name, known)) is not None]
    found = {letter for entry in entries for letter in re.findall(r"[^\W\d_]", entry.indices)}
    summed = [name.partition("_")[2].partition("=")[0] for name in names if _SUMS.match(name)]
    return found - {letter for below in summed for letter in below}


def _values(letter: str, statement: Sequence[Token], known: Vocabulary, error: ManyIndicesError) -> range:
    """The values of an index of a left side. Raises the error where they are not known, or too many."""
    said = next((steps for steps in known.limits.get(statement[0].text, ()) if steps.index == letter), None)
    values = (said.first, said.last) if said is not None else whole_range(letter, statement[2:], known, None, None)
    if values is None or values[1] - values[0] >= MAX_VALUES:
        raise error
    return range(values[0], values[1] + 1)


def with_index(tokens: Iterable[Token], letter: str, value: int | str, known: Vocabulary) -> Iterable[Token]:
    """The tokens where an index has this value; x_i of a matrix X is its row as a column."""
    for token in tokens:
        if token.kind == "name" and token.text == letter:
            yield token.replace(kind="name" if isinstance(value, str) else "number", text=str(value))
        elif token.kind == "name" and _SUMS.match(token.text):
            yield token.replace(text=_started(token.text, letter, value))
        elif token.kind == "name":
            yield from _name_at(token, letter, value, known)
        elif token.kind == "array" and re.fullmatch(rf"_\{{?{letter}\}}?", token.text):
            yield token.replace(text=f"_{value}")
        else:
            yield token


def _started(text: str, letter: str, value: int | str) -> str:
    """A sum with a number for where it starts: sum_{j=2} of sum_{j=i+1} at i = 1."""
    head, equals, start = text.partition("=")
    if not equals or letter not in start:
        return text
    return f"{head}={at_value(start.rstrip('}').replace(' ', ''), letter, value)}}}"


def without_empty(tokens: list[Token], known: Vocabulary) -> list[Token]:
    """The tokens with 0 in the place of sums that start behind their end, and one term for those that start there."""

    def shortened(tokens: list[Token], place: int) -> list[Token] | None:
        token = tokens[place]
        start = re.fullmatch(r"sum_\{\s*([^\W\d_])\s*=\s*(\d+)\s*\}", token.text)
        if start is None:
            return None
        begin, end = body_of_sum(tokens, place)
        limit = _limit(tokens[place + 1 : begin])
        known_range = whole_range(start[1], tokens[begin:end], known, 1, None)
        last = limit if limit is not None or known_range is None else known_range[1]
        if last is not None and last < int(start[2]):
            return [token.replace(kind="number", text="0")]
        if last == int(start[2]):
            return grouped(token, list(with_index(tokens[begin:end], start[1], last, known)))
        return None

    return with_sums_replaced(tokens, shortened)


def _limit(tokens: Sequence[Token]) -> int | None:
    """The upper limit of a sum as a number, 3 of ^{4-1}; None for another."""
    text = "".join(token.text for token in tokens if token.kind not in OPENING and token.kind != "close").lstrip("^")
    return sum(map(int, re.findall(r"[-+]?\d+", text))) if re.fullmatch(r"\d+(?:[-+]\d+)*", text) else None


def _name_at(token: Token, letter: str, value: int | str, known: Vocabulary) -> Iterable[Token]:
    entry = entry_of(token.text, known)
    parts = index_parts(entry.indices) if entry is not None else []
    if entry is None or not any(letter in part for part in parts):
        yield token
        return
    at = ",".join(at_value(part, letter, value) for part in parts)
    yield token.replace(text=_below(entry.of, at))
    if known.row_of(token.text):
        yield token.replace(kind="array", text="⊤")


def _below(of: str, at: str) -> str:
    """A name with indices below it: W_{1,2} of W."""
    parts = Name(of).parts
    own = f"{parts.subscript},{at}" if parts.subscript else at
    return named(parts.replace(subscript=own))

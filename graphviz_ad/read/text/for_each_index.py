"""Equations for each index at once, p_k = e^{z_k}, where others read p_1, p_2 or a sum of them: one for each that is
read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.indices import put_in
from graphviz_ad.read.text.steps_of_names import general, has_index, stepped
from graphviz_ad.read.text.tokens import Token

ReadBy = Callable[[Sequence[list[Token]]], Iterable[Name]]  # the names that statements read

MAX_EACH = 50  # the last value of an index


class ForEach(Record):
    """An equation for each index, and the index."""

    line: list[Token]
    index: str

    @property
    def head(self) -> str:
        return self.line[0].text

    def values(self, read: Iterable[Parts]) -> set[int]:
        """The values of the index for which it defines one of these names."""
        known = {Name(stepped(self.head, self.index, value)).key: value for value in range(MAX_EACH + 1)}
        return {known[key] for key in read if key in known}


def with_one_each(
    statements: Sequence[list[Token]], read_by: ReadBy, asked: Iterable[str], notes: list[str]
) -> list[list[Token]]:
    """The statements with one equation for each p_k that is read, or asked for, in the place of one for all. One of
    which none is read stays, and so does one beside others that define p_1 or read p_k. `read_by` says which names
    statements read."""
    every = {place: each for place, line in enumerate(statements) if (each := _for_each(line)) is not None}
    if not every:
        return list(statements)
    others = [line for place, line in enumerate(statements) if place not in every]
    try:
        values = _values(every, others, {Name(name).key for name in asked}, read_by)
    except AdgraphError:  # which is raised again, with its place, when all is read
        return list(statements)
    made: list[list[Token]] = []
    for place, line in enumerate(statements):
        if not (wanted := values.get(place)):
            made.append(line)
            continue
        each = every[place]
        made += [put_in(line, each.index, value) for value in wanted]
        notes.append(f"'{each.head}' is written out for {each.index} = {', '.join(map(str, wanted))}, which are read")
    return made


# ---- helpers


def _for_each(line: list[Token]) -> ForEach | None:
    """An equation whose left side has one letter below it, which its right side has too, free and not shifted."""
    head = line[0]
    index = Name(head.text).key.subscript if head.kind == "name" and "_" in head.text else ""
    if len(line) < 3 or not (len(index) == 1 and index.islower() and has_index(head.text, index)):
        return None
    rest = line[1:]
    bound = any(one.text == index and two.text == "=" for one, two in pairwise(rest))
    names = [token.text for token in rest if token.kind == "name"]
    shifted = any(has_index(name, index) and general(name, index) != name for name in names)
    return None if bound or shifted or put_in(rest, index, 1) == rest else ForEach(line, index)


def _names(each: ForEach) -> set[Parts]:
    """The names on its right side: h_t = tanh(w*h_0 + x_t) is a step from the first one, none for each t."""
    return {Name(token.text).key for token in each.line[1:] if token.kind == "name"}


def _values(
    every: dict[int, ForEach], others: Sequence[list[Token]], asked: set[Parts], read_by: ReadBy
) -> dict[int, list[int]]:
    """The values of the index that are read, of each of which there are any; those included that they read among
    themselves."""
    heads = {Name(line[0].text).key for line in others}
    read = asked | {name.key for name in read_by(others)}
    own = {place: each for place, each in every.items()
           if Name(each.head).key not in read and not each.values(heads | _names(each))}  # fmt: skip
    found: dict[int, set[int]] = {place: set() for place in own}
    while True:
        new = [(place, value) for place, each in own.items() for value in each.values(read) - found[place]]
        if not new:
            return {place: sorted(values) for place, values in found.items() if values}
        for place, value in new:
            found[place].add(value)
        made = [put_in(own[place].line, own[place].index, value) for place, value in new]
        read |= {name.key for name in read_by([*others, *made])}

"""Bold letters that are not declared: capitals are matrices, others vectors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.sizes import OPEN
from graphviz_ad.read.arrays.terms import SIZED, VECTORS
from graphviz_ad.read.arrays.vocabulary import BOLD, Vocabulary, index_letters, index_parts
from graphviz_ad.read.text.tokens import Token


def bold(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> dict[Name, Shape]:
    """The kinds of bold letters that are neither declared nor defined: capitals are matrices, others vectors."""
    known = Vocabulary(shapes, statements)
    found: dict[Name, Shape] = _summed(statements, known)
    spelled = {Name(token.text).key for statement in statements for token in statement if token.kind == "name"}
    for token in (token for statement in statements for token in statement if token.kind == "name"):
        name = Name(token.text)
        if name.key.primes and not known.is_known(name) and Name(token.text.rstrip("'")).key in spelled:
            continue  # X' beside X is its transpose
        if (
            not is_bold(name.parts)
            or known.is_known(name)
            or token.text in VECTORS
            or known.element(token.text)
            or re.fullmatch(SIZED, token.text)
        ):
            continue
        letter = name.parts.base
        capital = _plain(letter).isupper()
        found.setdefault(name, (OPEN, OPEN) if capital else (OPEN,))
    whole = {name.key for name in found}
    return {name: shape for name, shape in found.items() if not _is_entry(name, whole)}


def _summed(statements: Sequence[list[Token]], known: Vocabulary) -> dict[Name, Shape]:
    """The kinds of what is summed over by an index, t of sum_i t_i log p_i, where it is neither declared nor bold."""
    found: dict[Name, Shape] = {}
    for statement in statements:
        names = [token.text for token in statement if token.kind == "name"]
        letters = {letter for name in names if name.startswith("sum_") for letter in index_letters(name[4:])}
        for name in names if letters else ():
            of = None if known.is_known(name) or known.element(name) else known.indexed_by(name, letters)
            if of is not None and not known.is_known(of.of):
                found.setdefault(Name(of.of), (OPEN,) * len(index_parts(of.indices)))
    return found


def is_bold(parts: Parts) -> bool:
    """Whether a name is one of a vector or a matrix by its letter."""
    return parts.style in BOLD


def _is_entry(name: Name, whole: set[Parts]) -> bool:
    return bool(name.key.subscript) and name.key.replace(subscript="") in whole


def _plain(letter: str) -> str:
    from unicodedata import normalize

    return normalize("NFKC", letter)

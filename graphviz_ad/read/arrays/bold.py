"""Bold letters that are not declared: capitals are matrices, others vectors."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.row import OPEN, Shape
from graphviz_ad.read.arrays.terms import SIZED, UNITS, VECTORS
from graphviz_ad.read.arrays.vocabulary import BOLD, Vocabulary, bold_keys, index_letters, index_parts, is_equation
from graphviz_ad.read.text.tokens import Token

_SIGNS = ("sum_", "prod_", "max_", "min_")


def bold(statements: Sequence[list[Token]], shapes: Mapping[Name, Shape]) -> dict[Name, Shape]:
    """The kinds of bold letters that are neither declared nor defined: capitals are matrices, others vectors."""
    known = Vocabulary(shapes, statements)
    spelled = {Name(token.text).key for statement in statements for token in statement if token.kind == "name"}
    found: dict[Name, Shape] = _summed(statements, known, spelled)
    for statement in statements:
        within = statement[0].text if is_equation(statement) else ""
        for text in filter(None, map(_name, statement)):
            name = Name(text)
            if is_bold(name.parts) and not _is_otherwise(text, known, spelled, within):
                capital = name.parts.style in BOLD and _plain(name.parts.base).isupper()
                found.setdefault(name, (OPEN, OPEN) if capital else (OPEN,))
    whole, letters = {name.key for name in found}, _letters(statements)
    return {name: shape for name, shape in found.items() if not _is_entry(name, whole, letters)}


def samples_called_e(spelled: Sequence[str], statements: Sequence[list[Token]]) -> dict[Name, Shape]:
    """𝐞_1 and 𝐞_2 of a sum over 𝐞_t, which are no unit vectors."""
    if not any(re.fullmatch(r"𝐞_[^\W\d_]", text) for text in spelled):
        return {}
    names = (Name(token.text) for statement in statements for token in statement if re.fullmatch(UNITS, token.text))
    return dict.fromkeys(names, (OPEN,))


def _name(token: Token) -> str:
    """A name, also that of a matrix below a norm, ‖x‖_𝐐; "" for other tokens."""
    if token.kind == "array" and token.text.startswith("‖_"):
        below = token.text.removeprefix("‖_").removesuffix("^-1")
        return below if below[:1].isalpha() and is_bold(Name(below).parts) else ""
    return token.text if token.kind == "name" else ""


def _is_otherwise(text: str, known: Vocabulary, spelled: set[Parts], within: str) -> bool:
    """Whether a bold name is known, an entry, a sign, or X' beside X, which is its transpose."""
    transposed = Name(text).key.primes and not known.is_known(text) and Name(text.rstrip("'")).key in spelled
    entry = known.element(text, within) is not None
    sign = re.fullmatch(SIZED, text) or re.fullmatch(UNITS, text)
    part = known.row_of(text) or known.part(text) is not None
    return bool(transposed or known.is_known(text) or text in VECTORS or entry or sign or part)


def _letters(statements: Sequence[list[Token]]) -> set[str]:
    """The indices that are summed over."""
    names = {token.text for statement in statements for token in statement if token.kind == "name"}
    sums = [name.partition("_")[2].partition("=")[0] for name in names if name.startswith(("sum_", "prod_"))]
    return {letter for below in sums for letter in index_letters(below)}


def _summed(statements: Sequence[list[Token]], known: Vocabulary, spelled: set[Parts]) -> dict[Name, Shape]:
    """The kinds of what is summed over by an index, t of sum_i t_i log p_i, where it is neither declared nor bold."""
    found: dict[Name, Shape] = {}
    for statement in statements:
        names = [token.text for token in statement if token.kind == "name"]
        letters = _letters([statement])
        for name in (name for name in names if letters and not name.startswith(_SIGNS)):
            other = known.is_known(name) or known.element(name) or known.part(name) or known.row_of(name)
            of = None if other else known.indexed_by(name, letters)
            if of is not None and not known.is_known(of.of) and spelled.isdisjoint(bold_keys(Name(of.of).key)):
                found.setdefault(Name(of.of), (OPEN,) * len(index_parts(of.indices)))
    return found


def is_bold(parts: Parts) -> bool:
    """Whether a name is one of a vector or a matrix by its letter, 𝐱, or by its arrow."""
    return parts.style in BOLD or "vec" in parts.accents


def is_vector_by_letter(parts: Parts) -> bool:
    """Whether a bold letter is small, as those of vectors are."""
    return is_bold(parts) and not _plain(parts.base).isupper()


def _is_entry(name: Name, whole: set[Parts], letters: set[str]) -> bool:
    """Whether a bold name is an entry of another, since it has the index of a sum."""
    below = set(index_letters(name.key.subscript))
    return bool(below) and below <= letters and name.key.replace(subscript="") in whole


def _plain(letter: str) -> str:
    from unicodedata import normalize

    return normalize("NFKC", letter)

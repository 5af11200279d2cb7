"""Entries in claims on vectors and matrices: their indices, how far these run, and a claim at one of its entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.vocabulary import Element, Vocabulary, index_letters, index_parts
from graphviz_ad.read.claims.array_claim import ADJOINTS, ArrayClaim, ArraySide
from graphviz_ad.read.text.tokens import Token


class ClaimedEntries:
    """The entries of one system's variables, as a claim names them: `derivatives` are those in it, by their names, and
    `summed` those of whole arrays of which it adds up entries."""

    def __init__(self, shapes: Mapping[Name, Shape]) -> None:
        self.shapes = dict(shapes)
        self.words = Vocabulary(self.shapes, ())
        self.derivatives: dict[str, DerivativeName] = {}
        self.summed: dict[str, DerivativeName] = {}

    def entry(self, name: Name, at: Mapping[str, int] = {}) -> tuple[Name, tuple[int, ...] | None]:
        """A variable, and the place of the entry that a name is, counted from 0, with numbers for its indices; None
        for a whole variable."""
        if name in self.shapes:
            return name, None
        found = self.words.element(name)
        assert found is not None
        axes = len([size for size in self.shapes[Name(found.of)] if size != 1])
        parts = _indices(found.indices, axes)
        return Name(found.of), tuple(at[part] - 1 if part in at else int(part) - 1 for part in parts)

    def letters_of(self, name: Name) -> Iterable[str]:
        """The indices of a name that are letters."""
        found = None if name in self.shapes else self.words.element(name)
        return index_letters(found.indices) if found is not None else ()

    def sizes(self, claim: ArrayClaim) -> dict[str, int | str]:
        """How many values each index of a claim has."""
        found: dict[str, int | str] = {}
        for side in claim.sides:
            for name in self._entries_in(side):
                element = None if name in self.shapes else self.words.element(name)
                if element is None:
                    continue
                axes = [size for size in self.shapes[Name(element.of)] if size != 1]
                parts = _indices(element.indices, len(axes))
                if len(parts) != len(axes):
                    text = f"'{element.of}' has {len(axes)} axes, and '{name}' {len(parts)} indices"
                    raise AdgraphError(text, hint=f"write {element.of}_{'ijkl'[: len(axes)]}")
                for part, size in zip(parts, axes, strict=True):
                    if part.isdecimal():
                        if isinstance(size, int) and not 1 <= int(part) <= size:
                            raise AdgraphError(f"'{name}' has no entry {part}", hint=f"entries go from 1 to {size}")
                    elif found.setdefault(part, size) != size:
                        text = f"the index {part} runs over {found[part]} entries and over {size}"
                        raise AdgraphError(text, hint="give the two letters of their own")
        return {letter: found[letter] for letter in claim.letters}

    def _entries_in(self, side: ArraySide) -> Iterator[Name]:
        for token in side.tokens:
            if token.text in self.derivatives:
                yield from (self.derivatives[token.text].of, *self.derivatives[token.text].wrts)

    def at(self, tokens: Sequence[Token], at: Mapping[str, int]) -> list[Token]:
        """The tokens with numbers for indices, and for deltas and brackets what they are."""
        if not at:
            return list(tokens)
        made: list[Token] = []
        place = 0
        while place < len(tokens):
            token = tokens[place]
            bracket = tokens[place : place + 5]
            if [t.text for t in bracket[:1]] == ["["] and len(bracket) == 5 and bracket[2].text in ("=", "=="):
                letters = [_number(bracket[k].text, at) for k in (1, 3)]
                bound = next((letter for letter in letters if isinstance(letter, str)), None)
                if bound is not None:
                    text = f"the index {bound} of a condition is summed over"
                    raise AdgraphError(text, token.span, "write the sum without it: of [i = k] W_kj, W_ij")
                if made and made[-1].text in ("𝟏", "1") and made[-1].kind == "name":
                    made.pop()
                made.append(Token("number", str(int(letters[0] == letters[1])), token.span, token.close))
                place += 5
                continue
            made.append(self._entry_at(token, at))
            place += 1
        return made

    def _entry_at(self, token: Token, at: Mapping[str, int]) -> Token:
        if token.kind == "array" and token.text.startswith("_"):
            parts = [str(_number(part, at)) for part in index_parts(token.text)]
            return token.replace(text=f"_{{{','.join(parts)}}}")
        if token.text in self.derivatives:
            return self._derivative_at(token, at)
        if token.kind != "name":
            return token
        key = Name(token.text).key
        if key.base in ADJOINTS and Name(token.text) not in self.shapes and self._two(key.subscript, at):
            first, second = (_number(part, at) for part in index_parts(key.subscript))
            return Token("number", str(int(first == second)), token.span, token.close)
        if token.text.partition("_")[0] in ("sum", "∑") and "_" in token.text:
            clash = set(index_letters(token.text.partition("_")[2])) & set(at)
            if clash:
                letter = min(clash)
                text = f"the index {letter} is summed over, and is that of the derivative"
                raise AdgraphError(text, token.span, "sum over another letter")
            return token
        element: Element | None = None if self.words.is_known(token.text) else self.words.element(token.text)
        if element is None or not set(index_letters(element.indices)) & set(at):
            return token
        parts = [str(_number(part, at)) for part in index_parts(element.indices)]
        return token.replace(text=_with_indices(element.of, parts))

    def _derivative_at(self, token: Token, at: Mapping[str, int]) -> Token:
        """A derivative of entries that a sum goes over, as an entry of the derivative of the whole."""
        found = self.derivatives[token.text]
        names = (found.of, *found.wrts)
        if all(letter in at for name in names for letter in self.letters_of(name)):
            return token
        elements = [None if name in self.shapes else self.words.element(name) for name in names]
        wholes = [name if element is None else Name(element.of) for name, element in zip(names, elements, strict=True)]
        whole = DerivativeName(found.symbol, wholes[0], tuple(wholes[1:]))
        axes = [len(self.shapes[name]) for name in wholes]
        if sum(axes) > 2 or any(element is None and many for element, many in zip(elements, axes, strict=True)):
            text = f"a sum over entries of {whole}, which is no matrix"
            raise AdgraphError(text, token.span, "write the sum of what these entries are")
        called = next((name for name, other in self.summed.items() if other == whole), None)
        if called is None:
            called = f"ð{chr(ord('a') + len(self.summed))}"
            self.summed[called] = whole
        parts = [str(_number(part, at)) for name, element in zip(wholes, elements, strict=True) if element is not None
                 for part in _indices(element.indices, len(self.shapes[name]))]  # fmt: skip
        return token.replace(text=f"{called}_{{{','.join(parts)}}}")

    def _two(self, subscript: str, at: Mapping[str, int]) -> bool:
        parts = index_parts(subscript)
        return len(parts) == 2 and all(part in at or part.isdecimal() for part in parts)


def _with_indices(of: str, parts: Sequence[str]) -> str:
    below = Name(of).key.subscript
    bare = re.sub(r"_(?:\{[^{}]*\}|[^\W_]+)(?=$|\^)", "", of, count=1) if below else of
    return f"{bare}_{{{','.join([below, *parts] if below else parts)}}}"


def _number(part: str, at: Mapping[str, int]) -> int | str:
    return at[part] if part in at else int(part) if part.isdecimal() else part


def _indices(indices: str, axes: int) -> list[str]:
    """Each index of an entry: 12 is two of a matrix."""
    parts = index_parts(indices)
    return list(parts[0]) if len(parts) == 1 and axes == 2 and parts[0].isdecimal() and len(parts[0]) == 2 else parts

"""Which names of a source are vectors and matrices, and which are entries of them: x_1, W_12, W_ij."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from graphviz_ad.core.names import Name, Parts, styled
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record
from graphviz_ad.read.arrays.linear_indices import LINEAR, linear, spelled
from graphviz_ad.read.text.ranges import Steps
from graphviz_ad.read.text.tokens import Token

BOLD = ("mathbf", "boldsymbol")  # styles of vectors and matrices
_LETTER = r"[^\W\d_]"
SHIFTED = pattern(rf"({_LETTER})(?:[+]({_LETTER}))?([-+]\d+)?")  # i, i+1, i+k-1
_MULTIPLE = pattern(rf"\d+\*?{_LETTER}")  # 2i, of a vector
_INDEX = rf"\d+|{LINEAR}|\d*:\d*"  # of one axis: 2, i, i+1, 2i-1, 1:3, :
INDEX = pattern(_INDEX)
_PARTS = pattern(rf"(?:{_INDEX})(?:,(?:{_INDEX}))?")


NO_LIMITS: Mapping[str, tuple[Steps, ...]] = {}


class Element(Record):
    """An entry, or all of them: the name of the whole, and an index for each axis, a letter or a number."""

    of: str
    indices: str


class Vocabulary:
    """The names that are declared, with their shapes, and those that are defined."""

    def __init__(
        self,
        shapes: Mapping[Name, Shape],
        statements: Sequence[list[Token]],
        limits: Mapping[str, tuple[Steps, ...]] = NO_LIMITS,
    ) -> None:
        self.limits = limits  # of the indices of left sides, where they are said: y_i = …, i = 1..3
        self.shapes: dict[Parts, Shape] = {name.key: shape for name, shape in shapes.items()}
        self.names: dict[Parts, Name] = {name.key: name for name in shapes}
        self.defined: dict[Parts, Name] = {}
        heads = [(tokens, Name(tokens[0].text)) for tokens in statements if is_equation(tokens)]
        self.defined = {head.key: head for _, head in heads}
        self.constants = {head.key for tokens, head in heads if len(tokens) == 3 and tokens[2].kind == "number"}
        for tokens, head in heads:
            over = self.over(head, tokens)
            if over is not None:
                del self.defined[head.key]
                self.defined[Name(over.of).key] = Name(over.of)

    def is_declared(self, text: str) -> bool:
        """Whether a name is declared, as a number or another."""
        return Name(text).key in self.shapes

    def is_number(self, text: str) -> bool:
        """Whether a name is declared, or is given a number, n = 4."""
        return self.is_declared(text) or Name(text).key in self.constants

    def is_array(self, text: str) -> bool:
        """Whether a name is declared with axes."""
        return bool(self.shapes.get(Name(text).key))

    def is_known(self, text: str) -> bool:
        """Whether a name is declared or defined."""
        return Name(text).key in self.shapes or Name(text).key in self.defined

    def is_weight(self, text: str) -> bool:
        """Whether a name below a norm is a matrix, ‖x‖_Q; a name that is defined by an equation may be one."""
        key = Name(text).key
        return len(self.shapes.get(key, ())) == 2 or (key in self.defined and key not in self.constants)

    def element(self, text: str, within: str = "") -> Element | None:
        """The entry that a name is: its whole is known and it is not, nor is it the one that is defined `within`."""
        if self.is_known(text):
            return None
        found = [(*self._named(whole), indices) for whole, indices in _splits(Name(text))]
        upper = [
            (*self._named(whole.replace(base=whole.base.upper())), indices)
            for whole, indices in _splits(Name(text))
            if len(indices.replace(",", "")) == 2 and whole.base.islower()
        ]  # a_ij of a matrix A
        found += [(whole, name, indices) for whole, name, indices in upper if len(self.shapes.get(whole, ())) == 2]
        for whole, name, indices in found:
            number = whole in self.shapes and not self.shapes[whole]
            if indices == "0" and name is not None and name not in (text.partition("_")[0], text.upper()[:1]):
                continue  # w_0 beside 𝐰
            if _MULTIPLE.fullmatch(indices) and len(self.shapes.get(whole, ())) == 1:
                continue
            if name is not None and not number and not (within and whole == Name(within).key):
                return Element(name, indices)
        return None

    def shape_of(self, text: str) -> Shape:
        """The shape that a name is declared with."""
        return self.shapes.get(Name(text).key, ())

    def over_of(self, tokens: Sequence[Token]) -> Element | None:
        """What the left side of an equation defines, if that is all entries."""
        return self.over(Name(tokens[0].text), tokens)

    def part(self, text: str) -> Element | None:
        """The part that a name is, x_{1:3}, W_{2,:}, and the entry that is shifted, x_{i+1}; None for another name."""
        if self.is_known(text):
            return None
        for whole, indices in _parts(Name(text)):
            name = self._named(whole)[1]
            shape = self.shapes.get(name.key) if name is not None else ()
            if name is not None and shape != () and ("+" in indices or "-" in indices or ":" in indices or shape):
                return Element(name, ",".join(map(_in_order, indices.split(","))))
        return None

    def whole_of(self, text: str) -> str:
        """The vector or matrix below whose name something stands that is computed, x of x_{3-i}; "" for another."""
        key = Name(text).key
        name = self._named(key.replace(subscript=""))[1] if re.search(r"[-+*/(]", key.subscript) else None
        return name if name is not None and not self.is_known(text) and self.shapes.get(name.key) else ""

    def row_of(self, text: str) -> str:
        """The matrix of which x_i is a row, X where x is not known; "" for another name."""
        for whole, indices in _splits(Name(text)):
            if len(index_parts(indices)) == 1 and self._named(whole)[1] is None and not self.is_known(text):
                upper = whole.replace(base=_upper(whole.base))
                name = self._named(upper)[1] if upper != whole else None
                if name is not None and len(self.shapes.get(name.key, ())) == 2 and 1 not in self.shapes[name.key]:
                    return name
        return ""

    def indexed_by(self, text: str, letters: Iterable[str]) -> Element | None:
        """What a name would be an entry of, if it is indexed with one of these letters; None for another name."""
        for whole, indices in _splits(Name(text)):
            if set(index_letters(indices)) & set(letters):
                return Element(f"{whole.base}_{whole.subscript}" if whole.subscript else whole.base, indices)
        return None

    def _named(self, whole: Parts) -> tuple[Parts, Name | None]:
        """The name with these parts; p_i is an entry of a bold p too."""
        for key in (whole, *bold_keys(whole)):
            name = self.names.get(key) or self.defined.get(key)
            if name is not None:
                return key, name
        return whole, None

    def over(self, head: Name, tokens: Sequence[Token]) -> Element | None:
        """What the left side y_i of an equation defines: all entries, if the right side has this index."""
        if head.key in self.shapes:
            return None
        for whole, indices in _splits(head):
            letters = index_letters(indices)
            if not letters or len(letters) != len(index_parts(indices)) or len(letters) > 2:
                continue
            found = {letter for token in tokens[2:] if token.kind == "name" for letter in self._free(token.text, whole)}
            found |= {token.text for before, token in pairwise(tokens) if before.text == "^" and token.kind == "name"}
            found |= {letter for token in tokens[2:] for letter in _starts(token.text)}
            found |= {token.text.strip("_{}") for token in tokens[2:] if token.kind == "array"}  # (X w)_i
            if found.issuperset(letters):
                known = self._named(whole)[1] if whole != head.key else None
                below = f"_{{{whole.subscript}}}" if whole.subscript else ""
                bare = re.sub(r"_(?:\{[^{}]*\}|[^\W_]+)(?=$|\^)", below, head, count=1)
                return Element(known or bare, indices)
        return None

    def _free(self, text: str, defined: Parts) -> Iterable[str]:
        """The letters among the indices of a name; an earlier entry of what is defined is none."""
        element = self.element(text)
        if element is not None:
            return index_letters(element.indices)
        if self.row_of(text):
            return index_letters(Name(text).key.subscript)
        part = self.part(text)
        if part is None or Name(part.of).key == defined:
            return ()
        return re.findall(_LETTER, part.indices)


def _starts(text: str) -> Iterable[str]:
    """The letters in where a sum starts: i of sum_{j=i+1}."""
    return re.findall(_LETTER, text.partition("=")[2]) if text.startswith("sum_{") else ()


def bold_keys(whole: Parts) -> list[Parts]:
    """The names that a plain letter may be one of the entries of: 𝐩 and p⃗ of p."""
    bold = [styled(whole.base, style) for style in BOLD if len(whole.base) == 1]
    arrow = [whole.replace(accents=("vec",))] if not whole.accents else []
    return [*(whole.replace(base=letter) for letter in bold if letter), *arrow]


def is_equation(tokens: Sequence[Token]) -> bool:
    """Whether a statement defines a variable."""
    return len(tokens) > 2 and tokens[0].kind == "name" and tokens[1].text == "="


def _splits(name: Name) -> Iterable[tuple[Parts, str]]:
    """A name without its indices, and these: all that stands below it, or what stands behind a comma."""
    key = name.key
    if not key.subscript or key.primes:
        return
    below = key.subscript.split(",")
    for count in range(len(below)):
        whole, indices = ",".join(below[:count]), ",".join(below[count:])
        if re.fullmatch(r"\d+|(?:\d|[^\W\d_]){1,2}|(?:\d+|[^\W\d_]),(?:\d+|[^\W\d_])", indices):
            yield key.replace(subscript=whole), indices


def _upper(base: str) -> str:
    """X of x, and 𝐗 of 𝐱."""
    from graphviz_ad.core.names import unstyled

    plain = unstyled(base)
    return base.upper() if plain is None else styled(plain[1].upper(), plain[0]) or base


def _parts(name: Name) -> Iterable[tuple[Parts, str]]:
    """A name without what stands below it, and this, where it is a part or is shifted."""
    key = name.key
    below = key.subscript.split(",")
    for count in range(len(below)):
        indices = ",".join(below[count:])
        part = re.search(r"[:+-]", indices) or _MULTIPLE.fullmatch(indices)
        if part and _PARTS.fullmatch(indices) and not key.primes:
            yield key.replace(subscript=",".join(below[:count])), indices


def _in_order(part: str) -> str:
    """An index that is computed, as such are spelled: 2*i+k-2 of 2i-2+k."""
    found = linear(part)
    return part if found is None else spelled(*found)


def index_parts(indices: str) -> list[str]:
    """Each index: i and j of ij, 1 and 2 of 1,2; digits that stand together are not taken apart."""
    if re.search(r"[:+*-]", indices):
        return indices.split(",")
    return re.findall(r"\d+|[^\W\d_]", indices)


def index_letters(indices: str) -> list[str]:
    """The indices that are letters, each once."""
    return list(dict.fromkeys(part for part in index_parts(indices) if not part.isdecimal()))

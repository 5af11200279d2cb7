"""Equations of vectors and matrices: the parser of equations with their products, transposes, norms and functions."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import ONES
from graphviz_ad.read.arrays.apart import TRANSPOSES, taken_apart
from graphviz_ad.read.arrays.calls import ARRAY_FUNCTIONS, BARE
from graphviz_ad.read.arrays.concatenations import with_rows
from graphviz_ad.read.arrays.entries_in_brackets import note_counting
from graphviz_ad.read.arrays.index_form import ManyIndicesError
from graphviz_ad.read.arrays.index_ranges import IndexRange, range_of, uses_of
from graphviz_ad.read.arrays.index_sums import SUM_SIGNS
from graphviz_ad.read.arrays.not_read import NOT_READ
from graphviz_ad.read.arrays.special_names import SpecialNames
from graphviz_ad.read.arrays.terms import (
    BARS,
    CONCAT,
    CROSS,
    DOT,
    INNER,
    ODIV,
    ODOT,
    OUTER,
    OVER,
    RAISED,
    SIZED,
    STAR,
    UNITS,
)
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.parser import PRODUCT, SUM, UNARY, Parser
from graphviz_ad.read.text.tokens import OPENING, Token

ELEMENTWISE = (PRODUCT + SUM) // 2  # binds weaker than a product, stronger than a sum
DOTTED = PRODUCT - 1  # x · W y is x · (W y)

_ENDS = frozenset(
    ("+", "-", "=", "*", "/", "·", "⊙", "⊘", "@", "⊗", "×", ",", ";", ")", "]", "}", "<", ">")
)  # of products


class ArrayParser(SpecialNames):
    """Reads one equation of a source that declares shapes."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = {
        **Parser.infixes,
        "*": (STAR, PRODUCT),
        "·": (DOT, DOTTED),
        "@": ("matmul", PRODUCT),
        "⊙": (ODOT, ELEMENTWISE),
        "⊘": (ODIV, ELEMENTWISE),
        "⊗": (OUTER, PRODUCT),
        "×": (CROSS, PRODUCT),
        "⊕": (CONCAT, ELEMENTWISE),
        "∶": (INNER, ELEMENTWISE),
    }
    transposes = True
    further: ClassVar[Collection[str]] = ARRAY_FUNCTIONS

    def __init__(self, tokens: list[Token], callables: Callables, notes: list[str], known: Vocabulary) -> None:
        super().__init__(taken_apart(with_rows(tokens), known, notes), callables, notes)
        self.known = known
        self.within = ""  # what is defined
        self.letters: list[str] = []  # the indices that are summed over here, or stand on the left side
        self.ranges: dict[str, IndexRange | None] = {}  # the values that they take, where that is not all entries

    def equation(self) -> Statement:
        if len(self.tokens) > 1 and self.tokens[0].kind == "name" and self.tokens[1].text == "=":
            self.within = self.tokens[0].text
            over = self.known.over(Name(self.within), self.tokens)
            self.letters = index_letters(over.indices) if over is not None else []
            said = {steps.index: (steps.first, steps.last) for steps in self.known.limits.get(self.within, ())}
            for letter in self.letters:
                limits = said.get(letter, (None, None))
                self.ranges[letter] = range_of(letter, self.tokens[2:], self.known, *limits)
                self.check_limits(letter, *limits)
        found = super().equation()
        over = self.known.over(found.name, self.tokens) if found.name is not None else None
        if over is None or found.params is not None:
            return found
        type_of = Type((), (("indices", tuple(index_letters(over.indices))),))
        root = self.builder.add(OVER, (found.root,), None, None, found.span, type_of)
        return found.replace(name=Name(over.of), nodes=tuple(self.builder.nodes), root=root)

    def check_limits(self, letter: str, first: int | None, last: int | None) -> None:
        """Raise AdgraphError where an index is said to go further than there are entries, or not to begin at 1."""
        sizes = [size - shift for shift, size in uses_of(letter, self.tokens[2:], self.known) if size is not None]
        if first is None or last is None or not sizes:
            return
        name = self.within
        if last > min(sizes):
            text = f"{letter} goes from {first} to {last}, and what has it has {min(sizes)} entries"
            raise AdgraphError(text, self.tokens[0].span, f"write {letter} = {first}..{min(sizes)}")
        if first != 1:
            text = f"the entries of what {name} defines would be counted from {first}"
            raise AdgraphError(text, self.tokens[0].span, f"shift the indices: {letter} = 1..{last - first + 1}")

    # ---- products and quotients

    def implied(self, left: int, right: int, first: int) -> int:
        return self.joined("matmul", left, right, first)

    def infix(self, op: str, left: int, binding: int, first: int) -> int:
        """An operation. A quotient before a product without a sign, a / b c, may be meant as a / (b c) and knows it."""
        slash = self.at
        made = super().infix(op, left, binding, first)
        if self.of(made).op != "div" or not self.begins_operand(self.next):
            return made
        end = next((k for k in range(self.at, len(self.tokens)) if self.tokens[k].text in _ENDS), len(self.tokens))
        spelled = (("above", _spelled(self.tokens[first:slash])), ("below", _spelled(self.tokens[slash + 1 : end])))
        self.builder.nodes[made] = self.of(made).replace(type=Type((), spelled))
        return made

    # ---- transposes

    def power(self, base: int, first: int) -> int:
        if self.next.text == "^" and (taken := self.transposition()):
            inverse, count = taken
            self.refuse_transposed_number(base, first)
            self.at += count
            if inverse:
                base = self.node("inv", (base,), self.since(first))
            return self.node("transpose", (base,), self.since(first))
        return super().power(base, first)

    def refuse_transposed_number(self, base: int, first: int) -> None:
        """Raise AdgraphError for 2^T."""
        if (node := self.of(base)).op == CONST and base not in self.bracketed:
            hint = "write a vector of numbers [1; 2]^T, or 1^T for one of ones"
            raise AdgraphError(f"the transpose of the number {node.value}", self.tokens[first].span, hint)

    def transposition(self) -> tuple[bool, int] | None:
        """Whether what stands above is the sign of a transpose, and of an inverse too, X^-T; and how many tokens."""
        at = 1
        bracket = self.ahead(at).kind in OPENING
        at += bracket
        inverse = self.ahead(at).text == "-"
        at += inverse
        if not self.is_transpose(self.ahead(at)):
            return None
        at += 1
        if bracket and self.ahead(at).kind != "close":
            return None
        return inverse, at + bracket

    def is_transpose(self, token: Token) -> bool:
        """Whether what stands above is the sign of a transpose, which a number T is not, but where it is defined."""
        if token.text not in TRANSPOSES:
            return False
        if token.text != "T" or self.within == "T" or self.known.is_array("T") or not self.known.is_known("T"):
            return True
        base = self.tokens[self.at - 1].text
        turned = self.known.is_array(base) and not self.known.is_number("T")  # T = 1/2 v^T M v; V = 1/2 q^T K q
        if turned:
            self.notes.append(f"{base}^T is the transpose, and no power of T")
        return turned

    def ending(self, left: int, first: int) -> int | None:
        token = self.next
        if token.kind == "open" and token.text == "[" and token.close and (indices := self.indices_in_brackets()):
            return self.entry(left, indices, self.since(first))
        if token.kind != "array":
            return None
        if token.text in TRANSPOSES:
            self.refuse_transposed_number(left, first)
            self.take()
            return self.node("transpose", (left,), self.since(first))
        if token.text == ".^":
            self.take()
            return self.joined(RAISED, left, self.expression(UNARY), first)
        if token.text.startswith("_"):  # (X w)_i
            self.take()
            index = token.text[1:].strip("{}")
            if (bars := self.of(left)).op == BARS and left not in self.bracketed:  # |x|_1
                return self.normed(bars.args[0], index, self.since(first), token)
            return self.entry(left, index, self.since(first))
        return None

    # ---- names

    def named(self, token: Token) -> int:
        text = token.text
        known = self.known.is_known(text)
        if text in self.letters and not known:
            hint = "it is written out where the limits of its sums are known"
            raise ManyIndicesError(f"the index {text} as a number", token.span, hint, [text])
        if text in NOT_READ and not known and self.next.kind == "open":
            raise self.unknown_function(token)
        before_bracket = self.next.kind == "open" and self.next.close
        if not known and text.partition("_")[0] in SUM_SIGNS and "_" in text:
            return self.sum_over(token)
        if not known and (over := re.fullmatch(r"(max|min)_\{?\s*(\w(?:\s*,\s*\w)?)\s*\}?", text)):
            return self.extreme_over(token, over[1], re.findall(r"\w", over[2]))
        if text in ARRAY_FUNCTIONS and not known and (before_bracket or text in BARE):
            return self.function_of_arrays(token)
        if text in ARRAY_FUNCTIONS and not known and self.begins_operand(self.next) and not before_bracket:
            raise AdgraphError(f"'{text}' needs brackets here", token.span, f"write {text}(x)")
        if text in ARRAY_FUNCTIONS and not known and not before_bracket:
            raise AdgraphError(f"'{text}' is a function and needs an argument", token.span, f"write {text}(x)")
        if text in ("max", "min") and not known and before_bracket and not self.has_comma():
            return self.extreme(token)
        if text == "log" and not known and self.next.text == "det":
            return self.function_of_arrays(self.take().replace(text="logdet"))
        if not known and text in (ONES, "zeros") and before_bracket:
            return self.filled(token)
        if not known and text in (ONES, "zeros"):
            raise AdgraphError(f"'{text}' needs a number of entries", token.span, f"write {text}(3)")
        if not known and text == "𝟎" and self.is_argument():  # max(𝟎, x)
            return self.number(0, token.span)
        if not known and text in ("𝟏", "𝟎"):
            return self.context_sized(ONES, token, 1, zero=text == "𝟎")
        if not known and (text in ("I", "𝐈", "𝑰") or (text in ("eye", "identity") and before_bracket)):
            return self.identity(token)
        if not known and ((unit := re.fullmatch(UNITS, text)) or (unit := self.plain_unit(text))):
            return self.unit(token, int(unit[1]))
        if not known and self.is_kronecker(token):
            return self.kronecker(token)
        if not known and (sized := re.fullmatch(SIZED, text)):
            return self.of_size(token, sized[1], sized[2])
        bare = text.rstrip("'")
        if bare != text and not known and self.is_whole(bare):
            base = self.variable(token.replace(text=bare))
            for _ in range(len(text) - len(bare)):
                base = self.node("transpose", (base,), token.span)
            return base
        element = self.known.element(text, self.within)
        if element is not None and not self.callables.find(token):
            self.note_entries(text, element.of)
            return self.entry(self.variable(token.replace(text=element.of)), element.indices, token.span)
        if (part := self.known.part(text)) is not None and not self.callables.find(token):
            note_counting(part.indices.split(","), self.notes)
            return self.entry(self.variable(token.replace(text=part.of)), part.indices, token.span)
        if self.letters and not known and (row := self.known.row_of(text)):
            below = text.partition("_")[2].strip("{}")
            hint = f"declare {text}: vector, or write {row}_{below}^T for a row of {row}"
            raise ManyIndicesError(f"'{text}' has an index, and '{text[0]}' has no shape", token.span, hint, [below])
        if not known and (column := self.row_by_number(text)) is not None:
            return column
        missing = self.known.indexed_by(text, self.letters) if self.letters and not known else None
        if missing is not None:
            message = f"'{text}' has an index, and '{missing.of}' has no shape"
            raise AdgraphError(message, token.span, f"declare it, {missing.of}: vector, or {text}: scalar")
        if self.letters and not known:
            self.refuse_shift(token)
        if not known and (whole := self.known.whole_of(text)):
            below = text.partition("_")[2].strip("{}")
            hint = f"indices are i, i+1, 2i-1, i+k-1: write {whole}_i, or the entries one by one"
            raise AdgraphError(f"the index {below} of '{whole}' is not read", token.span, hint)
        return super().named(token)

    def refuse_shift(self, token: Token) -> None:
        """Raise AdgraphError for x_{i+1} where i is summed over: it is no variable of its own."""
        shifted = re.search(r"(?<![^\W\d_])([^\W\d_])[-+]\d", Name(token.text).key.subscript)
        if shifted is not None and shifted[1] in self.letters:
            text = f"the index {shifted[0]} of '{token.text}', beside {shifted[1]}, is not read"
            raise AdgraphError(text, token.span, "declare a second vector for what is shifted, or write the sum out")

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: what has a shape is."""
        return self.known.is_known(token.text) or super().is_product(token)

    def is_raised_call(self, token: Token) -> bool:
        """Whether a name is a function before a power and a bracket, sin^2(x); what has a shape is none, H^⊤(Y − T)."""
        return not self.known.is_known(token.text) and super().is_raised_call(token)

    def is_whole(self, text: str) -> bool:
        """Whether a name has a shape, as far as is known; x' is its transpose then."""
        return self.known.is_array(text) or (self.known.is_known(text) and not self.known.is_declared(text))

    def unexpected(self, token: Token) -> AdgraphError:
        if token.text in self.infixes and token.text not in Parser.infixes:
            return AdgraphError(f"unexpected '{token.text}'", token.span, "an operand is missing before it")
        return super().unexpected(token)

    def unknown_function(self, token: Token) -> AdgraphError:
        if (instead := NOT_READ.get(token.text)) is not None:
            return AdgraphError(f"'{token.text}' is not read", token.span, instead)
        near = did_you_mean(token.text, [*ARRAY_FUNCTIONS]) if len(token.text) > 1 else ""
        return (
            AdgraphError(f"unknown function '{token.text}'", token.span, near)
            if near
            else super().unknown_function(token)
        )

    def refuse_index(self, name: Token) -> None:
        if not self.known.is_known(name.text):
            super().refuse_index(name)

    def note_implied(self, left: int, token: Token) -> None:
        if token.kind != "array" and not token.text.startswith("sum_"):
            super().note_implied(left, token)

    def absolute(self, opening: Token) -> int:
        body = super().absolute(opening)
        place = self.tokens.index(opening)
        return self.barred(self.of(body).args[0], place, self.since(place))

    def barred(self, body: int, place: int, span: Span) -> int:
        arrows = any(
            "vec" in Name(token.text).parts.accents for token in self.tokens[place : self.at] if "vec" in token.text
        )
        length = arrows or self.next.text == "^" or self.next.kind == "super" or self.is_below(place)
        return self.builder.add(BARS, (body,), None, None, span, Type((), (("length", length),)))

    def is_below(self, place: int) -> bool:
        """Whether a token stands below a fraction bar: 1/|r|, or in brackets behind one."""
        depth = 0
        for at in range(place - 1, 0, -1):
            token = self.tokens[at]
            depth -= token.nesting
            if depth < 0:  # the bracket that this stands in
                return self.tokens[at - 1].text == "/"
            if depth == 0 and token.text in ("/", "+", "-", "=", ","):
                return token.text == "/"
        return False


def _spelled(tokens: Sequence[Token]) -> str:
    """Tokens as they are typed."""
    words = [" " * (place > 0 and not token.close) + token.text for place, token in enumerate(tokens)]
    return "".join(words).replace("⊤", "^T").replace("^^T", "^T")

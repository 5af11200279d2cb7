"""Claims on derivatives of vectors and matrices, as tokens and as graphs: of whole arrays, dL/dW = δ xᵀ, or of entries,
∂y_i/∂W_jk = [i = j] x_k; in text or LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.graph import INPUT, Graph, needed_by
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.ops import CONSTANTS
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.request import NOTHING_ASKED
from graphviz_ad.read.arrays.parser import ArrayParser
from graphviz_ad.read.arrays.shapes import FreeIndexError
from graphviz_ad.read.arrays.spelled_heads import transposed_by
from graphviz_ad.read.arrays.vocabulary import Vocabulary
from graphviz_ad.read.claims.array_claim import ADJOINTS, ArrayClaim, ArraySide
from graphviz_ad.read.claims.array_entries import ClaimedEntries
from graphviz_ad.read.claims.derivatives import DerivativeReader
from graphviz_ad.read.claims.gradients import without_adjoints, without_gradients
from graphviz_ad.read.claims.reading import Unread, located, sides_of
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.cutting import statements
from graphviz_ad.read.text.equations import system
from graphviz_ad.read.text.recurrences import WrittenOut
from graphviz_ad.read.text.tokens import Token

EXAMPLE = "write dL/dW = (p - t) x^T: a derivative, and what it is over the variables of the system"
CLAIMED = Name("claimed")
_UNIT = re.compile(r"e_\{?([1-9]\d{0,8})\}?")
_MAPPED = re.compile(r"(?:(?P<adjoint>[^\W\d_]\w*|\\\w+)\s*(?:↦|->|→|\\mapsto|\\to)\s*)")


class ArrayClaimReader(ClaimedEntries):
    """Reads claims on one system in turn: what one defines, those behind it may use."""

    def __init__(self, graph: Graph, wrt: Sequence[Name] = ()) -> None:
        super().__init__({node.name: node.type.shape for node in graph.nodes if node.name is not None})
        self.graph = graph
        self.known = {name.loose_key: name for name in self.shapes} | {name.key: name for name in self.shapes}
        self.only = wrt[0] if len(wrt) == 1 else None
        self.defined: dict[Name, ArraySide] = {}
        self.notes: list[str] = []

    def read(self, source: SourceText) -> Iterator[ArrayClaim | Unread]:
        """The claims of a source, each that cannot be read with its error."""
        try:
            text = self._without_gradients(source.text)
            head, mapped = _apart(text)
            found = False
            for tokens in self._statements(head, source.language == "latex"):
                found = True
                try:
                    yield self._claim(tokens, head, mapped)
                except AdgraphError as error:
                    yield Unread(" ".join(head.split()), located(error, source))
            if not found:
                raise AdgraphError("there is no claim here", hint=EXAMPLE)
        except AdgraphError as error:
            yield Unread(" ".join(source.text.split()), located(error, source))

    def _statements(self, text: str, latex: bool) -> Iterable[list[Token]]:
        if not latex:
            return map(self._as_signs, statements(text, True, notes=self.notes))
        from graphviz_ad.read.latex.claims import array_statements

        found, notes = array_statements(text)
        self.notes += notes
        return map(self._as_signs, found)

    def _as_signs(self, tokens: Sequence[Token]) -> list[Token]:
        """argmax(z) and e_2 as what results have: where the largest entry is, and a unit vector, if nothing is e."""
        has_e = any(name.parts.base == "e" for name in self.shapes)

        def sign(token: Token) -> Token:
            unit = _UNIT.fullmatch(token.text)
            if token.kind != "name" or (unit is not None and has_e):
                return token
            return token.replace(
                text="at_largest" if token.text == "argmax" else f"𝐞_{unit[1]}" if unit else token.text
            )

        return list(map(sign, tokens))

    def _without_gradients(self, text: str) -> str:
        made = without_gradients(text, self.only)
        if len(self.graph.outputs) > 1:
            return made
        return without_adjoints(made, self.graph.name(self.graph.outputs[0]), self.shapes)

    # ---- one claim

    def _claim(self, tokens: list[Token], text: str, mapped: tuple[str, str] | None) -> ArrayClaim:
        span = Span(tokens[0].span.start, tokens[-1].span.end)
        parts = sides_of(tokens, EXAMPLE)
        if len(parts) == 1 and mapped is None:
            raise AdgraphError("a claim says what something is, and here is no =", span, EXAMPLE)
        by_row: set[str] = set()
        sides = [self._side(part, text, by_row) for part in parts]
        pulled = ""
        if mapped is not None:
            pulled, made = mapped
            sides += [self._side(line, made, by_row) for line in self._statements(made, "\\" in made)]
        name = self._new_name(sides[0])
        if name is not None:
            sides = sides[1:]
            self.defined[name] = sides[0]
            self.words = Vocabulary(self.shapes, [_assigned(own, side.tokens) for own, side in self.defined.items()])
        first = next((self.derivatives[side.name] for side in sides if side.name in self.derivatives), None)
        entries = () if first is None else (first.of, *first.wrts)
        letters = dict.fromkeys(letter for entry in entries for letter in self.letters_of(entry))
        said = " ".join(text[span.start : span.end].split())
        said = f"{said}: {mapped[0]} ↦ {mapped[1].strip()}" if mapped else said
        return ArrayClaim(
            said, tuple(sides), dict(self.derivatives), frozenset(by_row), tuple(letters), name, pulled or ""
        )

    def _side(self, tokens: Sequence[Token], text: str, by_row: set[str]) -> ArraySide:
        spelled = [self._spelled(token) for token in tokens]
        plain, rows = self._without_rows(spelled)
        entries = {Name(word).key: Name(word) for token in plain if token.kind == "name"
                   for word in (token.text, token.text[1:]) if self._is_entry(word)}  # fmt: skip
        reader = DerivativeReader(self.known | entries, self.no_variable, self.only)
        named = reader.named(plain)
        self.derivatives |= reader.found
        by_row |= {name for token, name in _derivatives(named, reader.found) if _within(token, rows)}
        span = Span(tokens[0].span.start, tokens[-1].span.end)
        return ArraySide(tuple(named), span, " ".join(text[span.start : span.end].split()))

    def _without_rows(self, tokens: Sequence[Token]) -> tuple[list[Token], list[Span]]:
        """The tokens without the transposes of what derivatives are taken by, ∂y/∂xᵀ, and where these stood."""
        made: list[Token] = []
        rows: list[Span] = []
        place = 0
        while place < len(tokens):
            many = transposed_by(tokens[place:])
            if many and self._is_below(made):
                rows.append(made[-1].span)
                place += many
            else:
                made.append(tokens[place])
                place += 1
        return made, rows

    def _is_below(self, tokens: Sequence[Token]) -> bool:
        """Whether the tokens end in differentials below a fraction's line: …/dx, …/∂x, …/(dx dx."""
        place = len(tokens) - 1
        while place > 0 and tokens[place].kind == "name":
            before = tokens[place - 1]
            if before.kind == "partial" or before.text == "d":
                place -= 2
            elif tokens[place].text[:1] == "d" and Name(tokens[place].text[1:]) in self.shapes:
                place -= 1
            else:
                return False
            while place > 0 and tokens[place].kind in ("open", "group"):
                place -= 1
            if tokens[place].text == "/":
                return place > 0
        return False

    def _spelled(self, token: Token) -> Token:
        """A name as the system spells it."""
        if token.kind != "name" or Name(token.text) in self.shapes:
            return token
        name = Name(token.text)
        known = self.known.get(name.key) or self.known.get(name.loose_key)
        return token if known is None else token.replace(text=str(known))

    def _is_entry(self, text: str) -> bool:
        return bool(text) and not self.words.is_known(text) and self.words.element(text) is not None

    def _new_name(self, left: ArraySide) -> Name | None:
        """The name that a claim defines: one that neither the system has nor is an entry or a derivative."""
        name = Name(left.name)
        if len(left.tokens) != 1 or not left.name or name in self.shapes or left.name in self.derivatives:
            return None
        return None if self._is_entry(left.name) else name

    def no_variable(self, name: str, span: Span) -> AdgraphError:
        hint = did_you_mean(name, [*self.shapes]) or f"there are {', '.join([*self.shapes][:12])}"
        return AdgraphError(f"there is no variable '{name}'", span, hint)

    # ---- sides as graphs

    def graph_of(
        self, side: ArraySide, shapes: Mapping[Name, Shape], at: Mapping[str, int] = {}, wanted: Shape | None = None
    ) -> Graph:
        """A side over the variables and further names of these shapes, derivatives among them, with numbers for the
        indices of entries; of the shape that is `wanted`, where it has unit matrices that nothing else has a size for.
        Raises AdgraphError, with the place, where its shapes do not go together."""
        known = {**self.shapes, **shapes}
        heads = [_assigned(name, other.tokens) for name, other in self.defined.items()]
        lines = [*heads, _assigned(CLAIMED, self.at(side.tokens, at))]
        declared = known if wanted is None else {**known, CLAIMED: wanted}
        try:
            found = system(lines, NOTHING_ASKED, EXAMPLE, WrittenOut(lines, declared)).graph
        except FreeIndexError as error:  # the name that a side has here is none of the reader's
            error.hint = error.summed
            raise
        spelled = {name.key: name for name in known}
        made = needed_by(found.nodes, [found.places[CLAIMED]])
        nodes = [node.replace(name=self._leaf(spelled[node.name.key])) if node.op == INPUT and node.name else
                 node.replace(name=None) for node in made.nodes]  # fmt: skip
        return Graph(tuple(nodes), made.outputs)

    def _leaf(self, name: Name) -> Name:
        return self.derivatives.get(str(name)) or self.summed.get(str(name)) or name

    def unknown(self, side: ArraySide, letters: Sequence[str]) -> list[Token]:
        """The names of a side that are none of the system's, and are not defined."""
        heads = [_assigned(name, other.tokens) for name, other in self.defined.items()]
        tokens = self.at(side.tokens, dict.fromkeys(letters, 1)) if letters else side.tokens
        line = _assigned(CLAIMED, tokens)
        shapes: dict[Name, Shape] = {**self.shapes, **{Name(name): () for name in self.derivatives}}
        shapes |= {Name(name): ("n",) for name in self.summed}
        callables = Callables([line], NOTHING_ASKED, [], opens=False)
        parsed = ArrayParser(line, callables, [], Vocabulary(shapes, [*heads, line])).equation()
        known = {name.key for name in (*shapes, *self.defined, *(Name(name) for name in self.summed))}
        inputs = (node for node in parsed.nodes if node.op == INPUT and node.name)
        strange = (node for node in inputs if Name(str(node.name)).key not in known and node.name not in CONSTANTS)
        return [Token("name", str(node.name), node.span or side.span, True) for node in strange]

    def adjoint(self, name: str, of: Name) -> DerivativeName | None:
        """δ_y, or y with a bar, as ∂L/∂y; None for another name."""
        key = Name(name).key
        if key.base in ADJOINTS and key.subscript:
            wanted = Name(key.subscript)
            variable = self.known.get(wanted.key) or self.known.get(key.replace(base=wanted.key.base, subscript=""))
        elif key.accents[-1:] == ("bar",):
            variable = self.known.get(key.replace(accents=key.accents[:-1]))
        else:
            return None
        return None if variable is None else DerivativeName("∂", of, (variable,))


def _assigned(name: Name, tokens: Sequence[Token]) -> list[Token]:
    return [Token("name", str(name), tokens[0].span, True), Token("operator", "=", tokens[0].span, True), *tokens]


def _apart(text: str) -> tuple[str, tuple[str, str] | None]:
    """∂y/∂W : δ ↦ δ xᵀ as its derivative, and the adjoint with what becomes of it."""
    head, colon, made = text.partition(":")
    found = _MAPPED.match(made.strip()) if colon and not made.startswith("=") else None
    if found is None:
        return text, None
    return head, (found["adjoint"].lstrip("\\"), made.strip()[found.end() :])


def _derivatives(tokens: Sequence[Token], found: Mapping[str, DerivativeName]) -> Iterator[tuple[Token, str]]:
    return ((token, token.text) for token in tokens if token.text in found)


def _within(token: Token, spans: Iterable[Span]) -> bool:
    return any(token.span.start <= span.start and span.end <= token.span.end for span in spans)

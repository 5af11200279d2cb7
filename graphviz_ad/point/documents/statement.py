"""A statement of a derivative in one reading: its sides over the definitions that it needs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import DerivativeName, Name, Parts
from graphviz_ad.derive.graph_view import ancestors
from graphviz_ad.point.claims import Judge
from graphviz_ad.point.documents.equations import graph_of, with_inputs, without_circles
from graphviz_ad.point.documents.expressions import value_of
from graphviz_ad.point.documents.sides import NotCheckedError, ReadSide, SideReader, Variant
from graphviz_ad.point.documents.tokens import (
    adjoint_of,
    has_others_in,
    in_short,
    is_gradient,
    keys_of,
    kronecker,
    result_of,
    rounding,
    size_of,
    tokens_of,
    without_bar,
)
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.derivatives import Rewriter, is_of_x, of_x
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.naming import Known, NotDefinedError
from graphviz_ad.read.documents.open_sums import SIZE, free_indices, is_open
from graphviz_ad.read.documents.sayings import Defined, Said
from graphviz_ad.read.documents.statements import ABOUT
from graphviz_ad.read.documents.statements import SideText as Text
from graphviz_ad.read.text.indices import put_in
from graphviz_ad.read.text.nesting import replaced
from graphviz_ad.read.text.tokens import Token

MAX_SYSTEM = 400  # definitions that one statement may need


class Definitions(Protocol):
    """What a statement asks of the document that it stands in."""

    document: Document
    said: Sequence[Said]
    given: dict[Parts, tuple[Token, ...]]
    bounds: frozenset[str]

    def resolve(self, key: Parts, one: Said, scope: str) -> Defined | Said | None: ...

    def keys_before(self, one: Said) -> list[Parts]: ...


class StatementSides:
    """A statement in one reading: which definitions count, and how far d/dx reaches."""

    def __init__(
        self, whole: Definitions, one: Said, chain: Sequence[tuple[Said, Text]], scope: str, variant: Variant
    ) -> None:
        self.whole, self.one, self.chain, self.scope, self.variant = whole, one, chain, scope, variant
        self.sides: dict[int, ReadSide] = {}
        self.refused: dict[Parts, Said] = {}
        self.failed: dict[int, str] = {}
        self.undefined: list[str] = []  # what sides differentiate, and what is given nowhere
        self.definitions: dict[Parts, Defined] = {}
        self.taken: dict[int, tuple[Name, ...]] = {}  # by side: the functions of which there are derivatives at places
        self.has_circle = False  # whether what is needed is defined by itself, x = sin y and y = arcsin x
        self.reader: SideReader | None = None
        self.is_closed = any(is_open(side.text) for _, side in chain)  # a few terms are taken of open sums
        try:
            self._read()
        except AdgraphError as error:
            self.failed = dict.fromkeys(range(len(chain)), error.message)
        except NotCheckedError as error:
            self.failed = {index: str(error) for index in range(len(chain))}

    @cached_property
    def reference(self) -> int | None:
        """The side that the others are compared with: a derivative alone, else one with derivatives."""
        alone = [index for index, read in self.sides.items() if isinstance(read.side.leaf, DerivativeName)]
        with_derivatives = [index for index, read in self.sides.items() if read.has_derivatives]
        return next(iter((*alone, *with_derivatives)), None)

    def _read(self) -> None:
        tokens, bars = self._tokens()
        if not tokens:
            return
        definitions = self._definitions([token for side in tokens.values() for token in side], bars.values())
        if not self.is_closed and any(one.is_open for one in definitions.values()):
            self.is_closed = True
            self._read()
            return
        self.definitions = definitions
        equations = [self._closed(one.tokens) for one in definitions.values() if not one.is_value]
        self.values = {one.name: value_of(one) for one in definitions.values() if one.is_value}
        rewriters = self._rewriters(tokens, graph_of(equations))
        self.reader = self._side_reader(equations, rewriters.values())
        for index, rewriter in rewriters.items():
            try:
                self.sides[index] = self._side(index, tokens, rewriter, bars[index])
            except (AdgraphError, NotCheckedError) as error:
                self.failed[index] = error.message if isinstance(error, AdgraphError) else str(error)

    def _tokens(self) -> tuple[dict[int, list[Token]], dict[int, dict[str, str]]]:
        """The tokens of each side that has some, and what its bar says."""
        tokens: dict[int, list[Token]] = {}
        bars: dict[int, dict[str, str]] = {}
        for index, (one, side) in enumerate(self.chain):
            bare, bar = without_bar(side)
            try:
                bounds = self.whole.bounds if self.is_closed else None
                tokens[index] = self._with_given(tokens_of(one, bare, bounds))
                if self.variant.short:
                    tokens[index] = in_short(tokens[index])
                bars[index] = bar
            except AdgraphError as error:
                self.failed[index] = error.message
        if self.is_closed:
            texts = [side.text for _, side in self.chain]
            names = [token.text for side in tokens.values() for token in side if token.kind == "name"]
            for letter, value in free_indices(names, texts).items():
                tokens = {index: put_in(side, letter, value) for index, side in tokens.items()}
            tokens = {index: [*map(kronecker, side)] for index, side in tokens.items()}
        if any(map(is_of_x, tokens.values())):
            tokens = {index: of_x(side) for index, side in tokens.items()}
        return tokens, bars

    def _rewriters(self, tokens: dict[int, list[Token]], base: Graph) -> dict[int, Rewriter]:
        """For each side what names its derivatives; its tokens have these names then, and those of a side that cannot
        be read are taken out."""
        known = {name.key: name for name in base.places}

        def find(key: Parts) -> Known | None:
            definition = self.definitions.get(key)
            if definition is None or definition.is_value or key not in known:
                return None
            inside = ancestors(base, (known[key],))
            return Known(known[key], definition.params, tuple(inside.name(index) for index in inside.inputs()))

        found: dict[int, Rewriter] = {}
        for index in list(tokens):
            rewriter = Rewriter(find, self.variant.extent, self.variant.calls, f"§{index}")
            try:
                pair = adjoint_of(tokens[index], known, self.one.formula.language == PYTHON) if index == 0 else None
                if pair is not None:
                    tokens[index] = [self._gradient(rewriter, pair, base, tokens[index][0])]
                tokens[index] = rewriter.rewritten(self._with_adjoints(rewriter, tokens[index], base, known))
                found[index] = rewriter
            except AdgraphError as error:
                self.failed[index] = self._why(error)
                del tokens[index]
        return found

    def _side_reader(self, equations: Sequence[list[Token]], rewriters: Collection[Rewriter]) -> SideReader:
        """What reads sides: by the graph of the definitions, and of the expressions that sides differentiate."""
        wrts = [wrt for rewriter in rewriters for one in rewriter.derivatives.values() for wrt in one.wrts]
        wrts += [wrt for rewriter in rewriters for one in rewriter.taken for wrt in one.wrts]
        extra = [
            [Token("name", str(name), Span(0, 0), True), Token("operator", "=", Span(0, 0), True), *body]
            for rewriter in rewriters
            for name, body in rewriter.expressions.items()
        ]
        self.graph = with_inputs(graph_of([*equations, *extra]), wrts)
        self.judge = Judge(self.graph)
        functions = [one.name for one in self.definitions.values() if one.params is not None]
        return SideReader(self.graph, rewriters, functions)

    def _side(
        self, index: int, tokens: Mapping[int, list[Token]], rewriter: Rewriter, bar: Mapping[str, str]
    ) -> ReadSide:
        assert self.reader is not None
        for taken in rewriter.taken:
            self.reader.take(taken)
        self.taken[index] = tuple(one.of for one in rewriter.taken if one.wrts)
        return ReadSide(
            self.reader.side(tokens[index]),
            bar,
            *rounding(tokens, index),
            self.chain[index][1].sign == ABOUT,
            bool(rewriter.derivatives or any(one.wrts for one in rewriter.taken)),
            len(tokens[index]) == 3 and bool(rewriter.expressions),
            any(has_others_in(body, rewriter) for body in rewriter.expressions.values()),
        )

    def _closed(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens of a definition, with numbers for the letters that say how many terms there are."""
        if not self.is_closed:
            return [*tokens]
        bounds = self.whole.bounds
        return [
            token.replace(kind="number", text=str(SIZE))
            if at and token.kind == "name" and token.text in bounds
            else token
            for at, token in enumerate(tokens)
        ]

    def _with_given(self, tokens: list[Token]) -> list[Token]:
        """The tokens with what statements before gave a name written out."""
        given = self.whole.given
        if not any(token.kind == "name" and Name(token.text).key in given for token in tokens):
            return tokens

        def written(at: int) -> tuple[list[Token], int] | None:
            token = tokens[at]
            key = Name(token.text).key if token.kind == "name" else None
            own = key in {name.key for name in self.one.names}
            if key is None or own or key not in given or self.whole.resolve(key, self.one, self.scope) is not None:
                return None
            end = at + 1
            behind = tokens[end : end + size_of(tokens, end)]
            if behind and behind[0].kind == "open" and all(one.kind in ("name", "comma") for one in behind[1:-1]):
                end += len(behind)  # j(t), where j is a name
            close = Token("close", ")", token.span, True)
            return [Token("group", "(", token.span, token.close), *given[key], close], end

        return replaced(tokens, written)

    def _definitions(self, tokens: Iterable[Token], bars: Iterable[Mapping[str, str]]) -> dict[Parts, Defined]:
        """The definitions that a statement needs, by name, each behind those that need it."""
        found: dict[Parts, Defined] = {}
        if self.scope == "nothing":
            return found
        wanted = [key for token in tokens if token.kind == "name" for key in keys_of(token.text)]
        if is_gradient(self.one, self.chain[0][1]):
            wanted += self.whole.keys_before(self.one)
        roots = [*wanted]
        refused: dict[Parts, Said] = {}
        while wanted:
            key = wanted.pop()
            if key in found or key in refused:
                continue
            definition = self.whole.resolve(key, self.one, self.scope)
            if isinstance(definition, Said):
                refused[key] = definition
            elif definition is not None:
                found[key] = definition
                wanted += definition.needed
            if len(found) > MAX_SYSTEM:
                raise NotCheckedError(f"it needs more than {MAX_SYSTEM} definitions")
        self.refused = refused
        kept = without_circles(found, roots)
        self.has_circle = len(kept) < len(found)
        return kept

    def _why(self, error: AdgraphError) -> str:
        """Why a side was not read; of what is not defined, where it is given by what is not read."""
        if not isinstance(error, NotDefinedError):
            return error.message
        said = self.refused.get(Name(error.name).key)
        if said is None:
            self.undefined.append(error.name)
            return error.message
        line, _ = self.whole.document.place(said.formula, said.start)
        return f"'{said.names[0]}' is given in line {line} by {kinds.one_of(said.skipped)}, which is not read"

    def expanded(self, graph: Graph) -> Graph:
        """A side over the inputs alone, its derivatives written out."""
        assert self.reader is not None
        return self.reader.expanded(graph)

    # ---- dw for dL/dw

    def _with_adjoints(
        self, rewriter: Rewriter, tokens: list[Token], base: Graph, known: Mapping[Parts, Name]
    ) -> list[Token]:
        """The tokens with a derivative for each dq and dfdq among the factors of a gradient."""
        code = self.one.formula.language == PYTHON
        first = self.chain[0][1].text
        if not code and not re.match(r"\s*d\s*(?:\\?[a-zA-Z])", first):
            return tokens

        def gradient(at: int) -> tuple[list[Token], int] | None:
            pairs = ((adjoint_of(tokens[at:end], known, code), end) for end in (at + 2, at + 1) if end <= len(tokens))
            pair, end = next((found for found in pairs if found[0] is not None), (None, at))
            if pair is None or (not code and (_is_over(tokens, end) or _is_over(tokens, at - 1))):  # dℓ/dx
                return None
            return [self._gradient(rewriter, pair, base, tokens[at])], end

        return replaced(tokens, gradient)

    def _gradient(self, rewriter: Rewriter, pair: tuple[Name | None, Name], base: Graph, token: Token) -> Token:
        of, wrt = pair
        if of is None:
            of = result_of(base, wrt, self.one.formula.language != PYTHON)
            if of is None:
                raise AdgraphError(f"nothing that is defined before depends on '{wrt}'")
        alias = rewriter._alias(DerivativeName("d", of, (wrt,)))
        return Token("name", alias, token.span, True)


def _is_over(tokens: Sequence[Token], at: int) -> bool:
    """Whether the stroke of dy/dx stands at a place."""
    return [token.text[:1] for token in tokens[max(at, 0) : at + 2]] == ["/", "d"]

"""A statement of a derivative in one reading: its sides over the definitions that it needs, and a verdict on each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import isclose
from typing import Protocol

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import INPUT, Builder, Graph
from graphviz_ad.core.names import DerivativeName, Name, Parts
from graphviz_ad.core.record import Record
from graphviz_ad.derive.differentiate import accumulated, with_derivative
from graphviz_ad.derive.graph_view import ancestors
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Judge, Verdict
from graphviz_ad.point.documents.equations import graph_of, with_inputs
from graphviz_ad.point.documents.expressions import (
    constant,
    expression_of,
    input_names,
    is_near,
    literals,
    of_number,
    put_in,
    value_of,
)
from graphviz_ad.point.documents.tokens import (
    adjoint_of,
    has_others_in,
    in_short,
    is_computed,
    is_gradient,
    keys_of,
    result_of,
    rounding,
    size_of,
    tokens_of,
    without_bar,
)
from graphviz_ad.read.claims.derivatives import DerivativeReader
from graphviz_ad.read.claims.reading import Claim, ClaimReader, Side
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.derivatives import TERM, Known, Rewriter, Taken, is_of_x, of_x
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.sayings import Defined, Said
from graphviz_ad.read.documents.statements import ABOUT
from graphviz_ad.read.documents.statements import SideText as Text
from graphviz_ad.read.latex.claims import side_tokens
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.tokens import Token

MAX_SYSTEM = 400  # definitions that one statement may need


_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class NotCheckedError(Exception):
    """Why a statement is not checked."""


class Variant(Record):
    """How a statement may be read: how far d/dx reaches; whether f(…) may be a product; and whether a function without
    brackets is of the next factor alone."""

    extent: str = TERM
    calls: bool = True
    short: bool = False


class ReadSide(Record):
    """A side that was read; what its variables are at the bar behind it; and how its numbers are rounded."""

    side: Side
    bar: Mapping[str, str]
    decimals: int | None
    precision: float
    is_about: bool
    has_derivatives: bool
    is_operator: bool  # d/dx (x^2 + 1), and nothing else
    has_others: bool  # in what is differentiated there is more than x

    def tolerance(self, value: float) -> float:
        """How far a number as it is printed may be from the exact one: a unit of its last place."""
        if self.decimals is None:
            return abs(value) * 0.01 if self.is_about else 0.0
        return 1.01 * 10.0**-self.decimals


class SideReader(ClaimReader):
    """Reads sides with the names that rewriters gave derivatives, and functions at a place written out."""

    def __init__(self, graph: Graph, rewriters: Iterable[Rewriter], functions: Sequence[str]) -> None:
        super().__init__(graph, [graph.name(index) for index in graph.inputs()])
        self.aliases = {name: one for rewriter in rewriters for name, one in rewriter.derivatives.items()}
        self.graph = graph

    def side(self, tokens: Sequence[Token]) -> Side:
        return self._side(tokens)

    def _derivatives(self) -> DerivativeReader:
        reader = DerivativeReader(self.known, self._no_variable, self.only)
        reader.found |= self.aliases
        return reader

    def take(self, taken: Taken) -> None:
        """Give a function, or a derivative, at a place a name, which stands for what it is there."""
        if taken.wrts:
            if is_computed(self.graph, taken):
                graph = with_derivative(self.graph, taken.of, taken.wrts, kept=True)
            else:
                graph = accumulated(self.graph, taken.of, taken.wrts)
            graph = expression_of(graph, graph.outputs[0])
        else:
            graph = expression_of(self.graph, self.graph.places[taken.of])
        put = {name: self._side(list(tokens)).graph for name, tokens in taken.args}
        made = put_in(graph, put)
        self.defined[taken.name.key] = Side(made, made, Span(0, 0))

    def expanded(self, graph: Graph) -> Graph:
        """A graph over the inputs of the system, its variables and derivatives written out."""
        put: dict[Name, Graph] = {}
        for node in graph.nodes:
            name = node.name
            if node.op != INPUT or name is None:
                continue
            if isinstance(name, DerivativeName):
                made = accumulated(self.graph, name.of, name.wrts)
                put[name] = expression_of(made, made.outputs[0])
            elif name in self.graph.places and self.graph.nodes[self.graph.places[name]].args:
                put[name] = expression_of(self.graph, self.graph.places[name])
        return put_in(graph, put)


class Definitions(Protocol):
    """What a statement asks of the document that it stands in."""

    document: Document
    given: dict[Parts, tuple[Token, ...]]

    def resolve(self, key: Parts, one: Said, scope: str) -> Defined | Said | None: ...

    def keys_before(self, one: Said) -> list[Parts]: ...


class StatementReading:
    """A statement in one reading: which definitions count, and how far d/dx reaches."""

    def __init__(
        self, whole: Definitions, one: Said, chain: Sequence[tuple[Said, Text]], scope: str, variant: Variant
    ) -> None:
        self.whole, self.one, self.chain, self.scope, self.variant = whole, one, chain, scope, variant
        self.sides: dict[int, ReadSide] = {}
        self.refused: dict[Parts, Said] = {}
        self.failed: dict[int, str] = {}
        self.reader: SideReader | None = None
        try:
            self._read()
        except AdgraphError as error:
            self.failed = dict.fromkeys(range(len(chain)), error.message)
        except NotCheckedError as error:
            self.failed = {index: str(error) for index in range(len(chain))}

    def verdicts(self, wanted: Iterable[int]) -> Iterator[tuple[int, Verdict]]:
        """A verdict on each side that is wanted but that which the others are compared with."""
        reference = self.reference
        for index in wanted:
            if index == reference:
                continue
            side = self.chain[index][1]
            said = Verdict("", " ".join(side.text.split()), UNCHECKED)
            if index in self.failed:
                yield index, said.replace(how=self.failed[index])
            elif reference is None:
                yield index, said.replace(how=next(iter(self.failed.values()), "there is nothing to compare it with"))
            else:
                try:
                    yield index, self._judged(said, self.sides[reference], self.sides[index])
                except AdgraphError as error:
                    yield index, said.replace(how=error.message)
                except NotCheckedError as error:
                    yield index, said.replace(how=str(error))

    @cached_property
    def reference(self) -> int | None:
        """The side that the others are compared with: a derivative alone, else one with derivatives."""
        alone = [index for index, read in self.sides.items() if isinstance(read.side.leaf, DerivativeName)]
        with_derivatives = [index for index, read in self.sides.items() if read.has_derivatives]
        return next(iter((*alone, *with_derivatives)), None)

    # ---- reading

    def _read(self) -> None:
        tokens: dict[int, list[Token]] = {}
        bars: dict[int, dict[str, str]] = {}
        for index, (one, side) in enumerate(self.chain):
            bare, bar = without_bar(side)
            try:
                tokens[index] = self._with_given(tokens_of(one, bare))
                if self.variant.short:
                    tokens[index] = in_short(tokens[index])
                bars[index] = bar
            except AdgraphError as error:
                self.failed[index] = error.message
        if not tokens:
            return
        if any(map(is_of_x, tokens.values())):
            tokens = {index: of_x(side) for index, side in tokens.items()}
        definitions = self._definitions([token for side in tokens.values() for token in side], bars.values())
        equations = [list(one.tokens) for one in definitions.values() if not one.is_value]
        base = graph_of(equations)
        self.values = {one.name: value_of(one) for one in definitions.values() if one.is_value}
        known = {name.key: name for name in base.places}

        def find(key: Parts) -> Known | None:
            if key in definitions and not definitions[key].is_value and key in known:
                inputs = tuple(base.name(index) for index in ancestors(base, (known[key],)).inputs())
                inside = ancestors(base, (known[key],))
                inputs = tuple(inside.name(index) for index in inside.inputs())
                return Known(known[key], definitions[key].params, inputs)
            return None

        rewriters: dict[int, Rewriter] = {}
        for index in list(tokens):
            rewriter = Rewriter(find, self.variant.extent, self.variant.calls, f"§{index}")
            try:
                if self._is_adjoint(tokens[index], known, index):
                    tokens[index] = self._adjoint(rewriter, tokens[index], base, find)
                tokens[index] = rewriter.rewritten(self._with_adjoints(rewriter, tokens[index], base, known))
                rewriters[index] = rewriter
            except AdgraphError as error:
                self.failed[index] = self._why(error)
                del tokens[index]
        wrts = [wrt for rewriter in rewriters.values() for one in rewriter.derivatives.values() for wrt in one.wrts]
        wrts += [wrt for rewriter in rewriters.values() for one in rewriter.taken for wrt in one.wrts]
        extra = [
            [Token("name", str(name), Span(0, 0), True), Token("operator", "=", Span(0, 0), True), *body]
            for rewriter in rewriters.values()
            for name, body in rewriter.expressions.items()
        ]
        graph = with_inputs(graph_of([*equations, *extra]), wrts)
        functions = [one.name for one in definitions.values() if one.params is not None]
        self.reader = SideReader(graph, rewriters.values(), functions)
        self.graph = graph
        self.judge = Judge(graph)
        for index, rewriter in rewriters.items():
            try:
                for taken in rewriter.taken:
                    self.reader.take(taken)
                read = self.reader.side(tokens[index])
                self.sides[index] = ReadSide(
                    read, bars[index], *rounding(tokens, index), self.chain[index][1].sign == ABOUT,
                    bool(rewriter.derivatives or any(one.wrts for one in rewriter.taken)),
len(tokens[index]) == 3 and bool(rewriter.expressions),
                    any(has_others_in(body, rewriter) for body in rewriter.expressions.values()),
                )  # fmt: skip
            except (AdgraphError, NotCheckedError) as error:
                self.failed[index] = error.message if isinstance(error, AdgraphError) else str(error)

    def _with_given(self, tokens: list[Token]) -> list[Token]:
        """The tokens with what statements before gave a name written out."""
        given = self.whole.given
        if not any(token.kind == "name" and Name(token.text).key in given for token in tokens):
            return tokens
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            at += 1
            key = Name(token.text).key if token.kind == "name" else None
            own = key in {name.key for name in self.one.names}
            if key is None or own or key not in given or self.whole.resolve(key, self.one, self.scope) is not None:
                made.append(token)
                continue
            made += [Token("group", "(", token.span, token.close), *given[key], Token("close", ")", token.span, True)]
            if (
                at < len(tokens)
                and tokens[at].kind == "open"
                and all(one.kind in ("name", "comma") for one in tokens[at + 1 : at + size_of(tokens, at) - 1])
            ):
                at += size_of(tokens, at)  # j(t), where j is a name
        return made

    def _definitions(self, tokens: Iterable[Token], bars: Iterable[Mapping[str, str]]) -> dict[Parts, Defined]:
        """The definitions that a statement needs, by name, each behind those that need it."""
        found: dict[Parts, Defined] = {}
        if self.scope == "nothing":
            return found
        wanted = [key for token in tokens if token.kind == "name" for key in keys_of(token.text)]
        if is_gradient(self.one, self.chain[0][1]):
            wanted += self.whole.keys_before(self.one)
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
                calls = {Name(token.text).key for token in definition.tokens[1:] if token.kind == "name"}
                params = {name.key for name in definition.params or ()}
                wanted += [read for read in (*definition.reads, *calls) if read not in params]
            if len(found) > MAX_SYSTEM:
                raise NotCheckedError(f"it needs more than {MAX_SYSTEM} definitions")
        self.refused = refused
        return found

    def _why(self, error: AdgraphError) -> str:
        """Why a side was not read; of what is not defined, where it is given by what is not read."""
        match = re.match(r"'(.+?)' is not defined before$", error.message)
        said = self.refused.get(Name(match[1]).key) if match else None
        if said is None:
            return error.message
        line, _ = self.whole.document.place(said.formula, said.start)
        kind = kinds.counted(said.skipped, 1).replace("1 ", "a ", 1)
        return f"'{said.names[0]}' is given in line {line} by {kind}, which is not read"

    # ---- dw for dL/dw

    def _is_adjoint(self, tokens: Sequence[Token], known: Mapping[Parts, Name], index: int) -> bool:
        return index == 0 and adjoint_of(tokens, known, self.one.formula.language == PYTHON) is not None

    def _adjoint(self, rewriter: Rewriter, tokens: list[Token], base: Graph, find: object) -> list[Token]:
        known = {name.key: name for name in base.places}
        pair = adjoint_of(tokens, known, self.one.formula.language == PYTHON)
        assert pair is not None
        return [self._gradient(rewriter, pair, base, tokens[0])]

    def _with_adjoints(
        self, rewriter: Rewriter, tokens: list[Token], base: Graph, known: Mapping[Parts, Name]
    ) -> list[Token]:
        """The tokens with a derivative for each dq and dfdq among the factors of a gradient."""
        code = self.one.formula.language == PYTHON
        first = self.chain[0][1].text
        if not code and not re.match(r"\s*d\s*(?:\\?[a-zA-Z])", first):
            return tokens
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            taken = next((size for size in (2, 1) if adjoint_of(tokens[at : at + size], known, code)
                          and len(tokens[at : at + size]) == size), 0)  # fmt: skip
            pair = adjoint_of(tokens[at : at + taken], known, code) if taken else None
            if pair is None:
                made.append(tokens[at])
                at += 1
            else:
                made.append(self._gradient(rewriter, pair, base, tokens[at]))
                at += taken
        return made

    def _gradient(self, rewriter: Rewriter, pair: tuple[Name | None, Name], base: Graph, token: Token) -> Token:
        of, wrt = pair
        if of is None:
            of = result_of(base, wrt, self.one.formula.language != PYTHON)
            if of is None:
                raise AdgraphError(f"nothing that is defined before depends on '{wrt}'")
        alias = rewriter._alias(DerivativeName("d", of, (wrt,)))
        return Token("name", alias, token.span, True)

    # ---- judging

    def _judged(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        at = reference.bar or side.bar
        if at:
            return self._at_place(said, reference, side, at)
        if not input_names(side.side.graph):
            return self._as_number(said, reference, side)
        if reference.is_operator and side.is_operator and (reference.has_others or side.has_others):
            raise NotCheckedError("both sides of an equation are differentiated")
        claim = Claim(said.side, reference.side, (side.side,), SourceText(said.side, "text"))
        found = self.judge.verdicts(claim)
        if not found:
            raise NotCheckedError("there is nothing to compare it with")
        verdict = found[0]
        return self._doubted(said, verdict, reference, side) if verdict.verdict == WRONG else verdict

    def _is_solved(self, reference: ReadSide, side: ReadSide) -> bool:
        """Whether the last side of a chain lacks a parameter that the derivative has: it is put equal, to find that."""
        order = [read for read in self.sides.values() if read is not reference]
        wrts = {
            wrt
            for node in reference.side.graph.nodes
            if isinstance(node.name, DerivativeName)
            for wrt in node.name.wrts
        }
        missing = (
            set(input_names(self._expanded(reference.side.graph)))
            - set(input_names(self._expanded(side.side.graph)))
            - wrts
        )
        return len(order) > 1 and side is order[-1] and bool(missing)

    def _doubted(self, said: Verdict, verdict: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """A verdict of wrong, unless the statement is right as it is meant, or is about something else."""
        meant = next((note for note in verdict.notes if note.startswith("it is right for")), "")
        if meant:
            return said.replace(verdict=RIGHT, how=meant)
        if not (self._depends(reference) and self._depends(side)):
            raise NotCheckedError("what is defined before does not depend on it")
        left, right = self._expanded(reference.side.graph), self._expanded(side.side.graph)
        others = [name for name in input_names(right) if name not in self._dependencies(reference)]
        if others:
            raise NotCheckedError(f"it has {others[0]} in it, which what is defined before does not depend on")
        if self._is_solved(reference, side):
            raise NotCheckedError("it is put equal to what lacks a parameter of it")
        if side.decimals is not None and is_near(left, right, side.precision):
            return said.replace(verdict=RIGHT, how="as its numbers are rounded")
        if is_near(left, right, 1e-9):
            return said.replace(verdict=RIGHT, how="where the variables are between 0 and 1")
        if self._is_at_values(reference) and not literals(side.side.graph) <= set(_NUMBER.findall(verdict.derivative)):
            return self._at_values(said, reference, side)
        return verdict

    def _dependencies(self, reference: ReadSide) -> set[Name]:
        """The inputs that the derivatives of a side depend on."""
        found = set(input_names(self._expanded(reference.side.graph)))
        for node in reference.side.graph.nodes:
            if isinstance(node.name, DerivativeName) and node.op == INPUT:
                found |= {*node.name.wrts, *input_names(ancestors(self.graph, (node.name.of,)))}
        return found

    def _depends(self, reference: ReadSide) -> bool:
        """Whether each derivative is of what depends on its variable."""
        for node in reference.side.graph.nodes:
            if isinstance(node.name, DerivativeName) and node.op == INPUT:
                inside = ancestors(self.graph, (node.name.of,))
                is_number = not list(inside.inputs())  # d/dx of 9 is 0
                if not is_number and any(wrt not in inside.places for wrt in node.name.wrts):
                    return False
        return True

    def _is_at_values(self, reference: ReadSide) -> bool:
        """Whether a chain ends in numbers though its derivative is none: from some side on values are put in."""
        inputs = input_names(self._expanded(reference.side.graph))
        ends = any(not input_names(read.side.graph) for read in self.sides.values() if read is not reference)
        return ends and bool(inputs)

    def _expanded(self, graph: Graph) -> Graph:
        """A side over the inputs alone, its derivatives written out."""
        assert self.reader is not None
        return self.reader.expanded(graph)

    def _at_place(self, said: Verdict, reference: ReadSide, side: ReadSide, at: Mapping[str, str]) -> Verdict:
        """The two where variables have values: dy/dx at x = 2."""
        assert self.reader is not None
        put: dict[Name, Graph] = {}
        inputs = input_names(self._expanded(reference.side.graph))
        for name, text in at.items():
            by = Name(name) if name else (inputs[0] if len(inputs) == 1 else None)
            if by is None:
                raise NotCheckedError("it is not said which variable has this value")
            put[by] = self.reader.side(self._with_given(side_tokens(text))).graph
        for by in put:
            if by in self.graph.places and self.graph.nodes[self.graph.places[by]].args:
                raise NotCheckedError(f"it is taken where {by} has a value, which is computed of others")
        left, right = (put_in(self._expanded(one.side.graph), put) for one in (reference, side))
        return self._numbers(said, left, right, side)

    def _as_number(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """A number: the derivative is one, or is one at the values that the document gives its variables."""
        expanded = self._expanded(reference.side.graph)
        if not input_names(expanded):
            found = self._numbers(said, expanded, side.side.graph, side)
            if found.verdict == WRONG and not self._depends(reference):
                raise NotCheckedError("what is defined before does not depend on it")
            return found
        if constant(side.side.graph) == 0:
            raise NotCheckedError("it is set to 0")
        return self._at_values(said, reference, side)

    def _at_values(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """Two sides at the values that the document gives their variables."""
        left, right = (self._expanded(one.side.graph) for one in (reference, side))
        inputs = list(dict.fromkeys((*input_names(left), *input_names(right))))
        known = self._known_values()
        missing = [name for name in inputs if name not in known]
        if missing:
            raise NotCheckedError(f"numbers are put in, and no value of {missing[0]} is given before")
        put = {name: of_number(known[name]) for name in inputs}
        found = self._numbers(said, put_in(left, put), put_in(right, put), side)
        return found.replace(at={str(name): known[name] for name in inputs}) if found.verdict == WRONG else found

    def _known_values(self) -> Mapping[Name, float]:
        known: dict[Name, float] = {}
        for name in self.graph.places:
            definition = self.whole.resolve(name.key, self.one, "section")
            if isinstance(definition, Defined) and definition.is_value:
                known[name] = value_of(definition)
        return known

    def _numbers(self, said: Verdict, left: Graph, right: Graph, side: ReadSide) -> Verdict:
        claimed, value = constant(right), constant(left)
        if claimed is None or value is None:
            if input_names(left) or input_names(right):
                return self._equal(said, left, right)
            raise NotCheckedError("it has no value there")
        exact = isclose(claimed, value, rel_tol=1e-9, abs_tol=1e-9)
        if exact or abs(claimed - value) <= side.tolerance(claimed):
            how = "the same number" if exact else "the same number, rounded"
            return said.replace(verdict=RIGHT, how=how)
        if claimed == 0:
            raise NotCheckedError("it is set to 0")
        if value == 0 and not input_names(left):
            raise NotCheckedError("what is defined before does not depend on it")
        return said.replace(verdict=WRONG, claimed=claimed, value=value, derivative=f"{value:.10g}")

    def _equal(self, said: Verdict, left: Graph, right: Graph) -> Verdict:
        """Two expressions over the inputs."""
        sides = [Side(graph, graph, Span(0, 0)) for graph in (left, right)]
        inputs = dict.fromkeys(name for graph in (left, right) for name in input_names(graph))
        builder = Builder()
        places = [builder.add(INPUT, (), None, name) for name in inputs]
        judge = Judge(builder.build(tuple(places)))
        found = judge.verdicts(Claim(said.side, sides[0], (sides[1],), SourceText(said.side, "text")))
        verdict = found[0]
        return verdict.replace(derivative=write(Expression(left), Plain())) if verdict.verdict == WRONG else verdict

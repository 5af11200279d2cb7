"""The statements of derivatives in a document, judged by its own definitions: right, wrong, or why they are not checked.

What a name is may be said in more than one place of a document, and d/dx may reach more or less far: a statement is
wrong only where it is so in every reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from math import isclose, isfinite
from random import Random

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import CONST, INPUT, Builder, Graph, Node
from graphviz_ad.core.names import UNNAMED, DerivativeName, Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED
from graphviz_ad.derive.differentiate import accumulated, with_derivative
from graphviz_ad.derive.graph_view import ancestors
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Judge, Verdict
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.claims.derivatives import DerivativeReader
from graphviz_ad.read.claims.reading import Claim, ClaimReader
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.derivatives import PRODUCT, SUM, TERM, Known, Rewriter, Taken
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.reading import readable
from graphviz_ad.read.documents.sayings import DERIVATIVE, Defined, Said
from graphviz_ad.read.documents.statements import ABOUT
from graphviz_ad.read.documents.statements import SideText as Text
from graphviz_ad.read.latex.claims import side_tokens
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.text.equations import system
from graphviz_ad.read.text.tokens import Token, statements

MAX_SYSTEM = 400  # definitions that one statement may need
_BAR = re.compile(
    r"(?:\\(?:left|right|[bB]igg?[lrm]?)\s*)?(?:\||\\[lr]?vert)\s*_\s*(?:\{(?P<group>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?P<one>\w))\s*$"
)
NEAR = 1  # sections before, in which a name that has several definitions may be looked up
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEFT = re.compile(r"^\s*\\left\s*\.")
_LOSSES = ("L", "J", "E", "C", "loss", "Loss", "cost", "ℓ", "𝓛", "ℒ", "f", "out", "o", "y", "z")


class Finding(Record):
    """What is said of one side of a statement of a derivative, and where it stands in the document. `text` is what it is
    compared with, and the `side`; the rest is as in a Verdict."""

    line: int
    column: int
    number: int
    text: str
    side: str
    verdict: str
    how: str = ""
    at: Mapping[str, float] = {}
    claimed: float | None = None
    value: float | None = None
    derivative: str = ""
    off: str = ""
    notes: tuple[str, ...] = ()
    position: int = 0

    @property
    def is_wrong(self) -> bool:
        return self.verdict == WRONG


class _NotCheckedError(Exception):
    """Why a statement is not checked."""


def proofread(document: Document, said: Sequence[Said]) -> list[Finding]:
    """What is said of every statement of a derivative, in order."""
    return list(_Proofreader(document, said).findings())


class _Proofreader:
    def __init__(self, document: Document, said: Sequence[Said]) -> None:
        self.document, self.said = document, said
        self.by_name: dict[Parts, list[tuple[int, Defined | Said]]] = {}
        for one in said:
            for definition in one.definitions:
                self.by_name.setdefault(definition.key, []).append((one.position, definition))
            if one.skipped and one.skipped not in (kinds.UPDATE, kinds.CONDITION) and not one.definitions:
                for name in one.names:
                    self.by_name.setdefault(name.key, []).append((one.position, one))
        self.conditions = [one for one in said if one.skipped == kinds.EXPRESSIONS and one.statement is not None]
        self.held: dict[tuple[int, int], bool] = {}
        self.given: dict[Parts, tuple[Token, ...]] = {}  # what statements give names: delta = dL/dz

    def findings(self) -> Iterator[Finding]:
        chains: dict[int, list[tuple[Said, Text]]] = {}
        for one in self.said:
            if one.kind != DERIVATIVE or one.statement is None:
                continue
            fresh = [(one, side) for side in one.statement.sides if side.text]
            before = chains.get(one.follows) or self._mentioned(one.follows)
            chains[one.position] = chain = [*before, *fresh]
            yield from self._chain(one, chain, fresh)
            if one.names and len(fresh) > 1:
                self._give(one)

    def _mentioned(self, position: int) -> list[tuple[Said, Text]]:
        """The mention that a statement goes on with: dy/dx, and = in the next formula."""
        before = self.said[position] if position >= 0 else None
        return [] if before is None or before.statement is None else [(before, side) for side in before.statement.sides]

    def _give(self, one: Said) -> None:
        """Remember what a name stands for in what follows."""
        assert one.statement is not None
        for side in one.statement.sides[1:]:
            try:
                self.given[one.names[0].key] = tuple(_tokens(one, side))
                return
            except AdgraphError:
                continue

    # ---- one statement

    def _chain(
        self, one: Said, chain: Sequence[tuple[Said, Text]], fresh: Sequence[tuple[Said, Text]]
    ) -> Iterator[Finding]:
        """A finding for each side that is fresh, each the best of its readings."""
        wanted = range(len(chain) - len(fresh), len(chain))
        best: dict[int, Verdict] = {}
        reference = None
        for scope in _SCOPES:
            for variant in _VARIANTS:
                statement = _Statement(self, one, chain, scope, variant)
                for index, verdict in statement.verdicts(wanted):
                    if reference is None and verdict.verdict != UNCHECKED:
                        reference = statement.reference
                    if index not in best or _rank(verdict) < _rank(best[index]):
                        best[index] = verdict
                if not any(verdict.verdict == WRONG for verdict in best.values()):
                    break
            if all(verdict.verdict == RIGHT for verdict in best.values()):
                break
        if reference is not None and best.get(reference, _NOTHING).verdict == UNCHECKED:
            del best[reference]
        for index, verdict in sorted(best.items()):
            where, side = chain[index]
            text = " = ".join(
                " ".join(one.text.split()) for _, one in dict.fromkeys((chain[reference or 0], chain[index]))
            )
            line, column = self.document.place(where.formula, side.start)
            yield Finding(
                line, column, where.formula.number, text, " ".join(side.text.split()), verdict.verdict, verdict.how,
                verdict.at, verdict.claimed, verdict.value, verdict.derivative, verdict.off, verdict.notes, one.position,
            )  # fmt: skip

    def resolve(self, key: Parts, one: Said, scope: str) -> Defined | Said | None:
        """What a name is before a statement: the last definition of it, or that it could not be read."""
        found: Defined | Said | None = None
        given = self.by_name.get(key, ())
        several = len({one.source for _, one in given if isinstance(one, Defined)}) > 1
        for position, definition in given:
            formula = definition.formula
            is_here = formula.section == one.formula.section
            is_far = formula.section < one.formula.section - (0 if scope == "section" else NEAR)
            if position > one.position or (is_far and (scope == "section" or several)):
                continue
            if isinstance(definition, Said) and found is not None and not is_here:
                continue  # what could not be read elsewhere says nothing here
            if (
                formula.language != one.formula.language
                and isinstance(found, Defined)
                and found.formula.language == one.formula.language
            ):
                continue
            found = definition
        if isinstance(found, Defined) and not found.is_value:
            where = next(position for position, one in given if one is found)
            for condition in self.conditions:
                near = condition.formula.section >= one.formula.section - NEAR
                if where < condition.position < one.position and near and not self._holds(condition, found, where):
                    return None  # it is given by an equation: x^2 + y^2 = 25
        return found

    def _holds(self, condition: Said, definition: Defined, where: int) -> bool:
        """Whether an equation between expressions says nothing of a variable that its definition does not."""
        key = (condition.position, where)
        if key not in self.held:
            self.held[key] = self._is_held(condition, definition)
        return self.held[key]

    def _is_held(self, condition: Said, definition: Defined) -> bool:
        assert condition.statement is not None
        try:
            sides = [_tokens(condition, side) for side in condition.statement.sides]
            names = {Name(token.text).key for side in sides for token in side if token.kind == "name"}
            if definition.key not in names or not {*definition.reads} & names:
                return True
            graph = _graph([list(definition.tokens)])
            reader = _Reader(graph, (), ())
            for key in names - {name.key for name in graph.places}:
                return True
            left, right, *_ = (reader.expanded(reader.side(side).graph) for side in sides)
        except (AdgraphError, ValueError):
            return True
        return _is_near(left, right, 1e-6)


_NOTHING = Verdict("", "", RIGHT)
_SCOPES = ("document", "section", "nothing")


class _Variant(Record):
    """How a statement may be read: how far d/dx reaches; whether f(…) may be a product; and whether a function without
    brackets is of the next factor alone."""

    extent: str = TERM
    calls: bool = True
    short: bool = False


_VARIANTS = (
    _Variant(), _Variant(short=True), _Variant(calls=False), _Variant(PRODUCT), _Variant(SUM), _Variant(SUM, short=True),
)  # fmt: skip


def _rank(verdict: Verdict) -> int:
    return (RIGHT, WRONG, UNCHECKED).index(verdict.verdict)


def _tokens(one: Said, side: Text) -> list[Token]:
    """The tokens of a side. Raises AdgraphError where it cannot be read."""
    if kinds.NEVER_NUMBERS.search(side.text):
        raise AdgraphError(f"a {kinds.kind_of(side.text)}")
    if one.formula.language == PYTHON:
        found = list(statements(side.text))
        return found[0] if len(found) == 1 else []
    tokens = side_tokens(readable(side.text))
    if not tokens:
        raise AdgraphError("this is not one expression")
    return tokens


class _Statement:
    """A statement in one reading: which definitions count, and how far d/dx reaches."""

    def __init__(
        self, whole: _Proofreader, one: Said, chain: Sequence[tuple[Said, Text]], scope: str, variant: _Variant
    ) -> None:
        self.whole, self.one, self.chain, self.scope, self.variant = whole, one, chain, scope, variant
        self.sides: dict[int, _ReadSide] = {}
        self.refused: dict[Parts, Said] = {}
        self.failed: dict[int, str] = {}
        self.reader: _Reader | None = None
        try:
            self._read()
        except AdgraphError as error:
            self.failed = dict.fromkeys(range(len(chain)), error.message)
        except _NotCheckedError as error:
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
                except _NotCheckedError as error:
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
            bare, bar = _without_bar(side)
            try:
                tokens[index] = self._with_given(_tokens(one, bare))
                if self.variant.short:
                    tokens[index] = _short(tokens[index])
                bars[index] = bar
            except AdgraphError as error:
                self.failed[index] = error.message
        if not tokens:
            return
        definitions = self._definitions([token for side in tokens.values() for token in side], bars.values())
        equations = [list(one.tokens) for one in definitions.values() if not one.is_value]
        base = _graph(equations)
        self.values = {one.name: _number(one) for one in definitions.values() if one.is_value}
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
        graph = _with_inputs(_graph([*equations, *extra]), wrts)
        functions = [one.name for one in definitions.values() if one.params is not None]
        self.reader = _Reader(graph, rewriters.values(), functions)
        self.graph = graph
        self.judge = Judge(graph)
        for index, rewriter in rewriters.items():
            try:
                for taken in rewriter.taken:
                    self.reader.take(taken)
                side = self.reader.side(tokens[index])
                self.sides[index] = _ReadSide(
                    side, bars[index], *_rounding(tokens, index), self.chain[index][1].sign == ABOUT,
                    bool(rewriter.derivatives or any(one.wrts for one in rewriter.taken)),
                    len(tokens[index]) == 3 and any(_has_others(body, rewriter) for body in rewriter.expressions.values()),
                )  # fmt: skip
            except (AdgraphError, _NotCheckedError) as error:
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
                and all(one.kind in ("name", "comma") for one in tokens[at + 1 : at + _size(tokens, at) - 1])
            ):
                at += _size(tokens, at)  # j(t), where j is a name
        return made

    def _definitions(self, tokens: Iterable[Token], bars: Iterable[Mapping[str, str]]) -> dict[Parts, Defined]:
        """The definitions that a statement needs, by name, each behind those that need it."""
        found: dict[Parts, Defined] = {}
        if self.scope == "nothing":
            return found
        wanted = [key for token in tokens if token.kind == "name" for key in _keys(token.text)]
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
                raise _NotCheckedError(f"it needs more than {MAX_SYSTEM} definitions")
        self.refused = refused
        return found

    def _why(self, error: AdgraphError) -> str:
        """Why a side was not read; of what is not defined, where it is given by what is not read."""
        match = re.match(r"'(.+?)' is not defined before$", error.message)
        said = self.refused.get(Name(match[1]).key) if match else None
        if said is None:
            return error.message
        line, _ = self.whole.document.place(said.formula, said.start)
        return f"'{said.names[0]}' is given in line {line} by {kinds.counted(said.skipped, 1).replace('1 ', 'a ', 1)}, which is not read"

    # ---- dw for dL/dw

    def _is_adjoint(self, tokens: Sequence[Token], known: Mapping[Parts, Name], index: int) -> bool:
        return index == 0 and _adjoint_of(tokens, known, self.one.formula.language == PYTHON) is not None

    def _adjoint(self, rewriter: Rewriter, tokens: list[Token], base: Graph, find: object) -> list[Token]:
        known = {name.key: name for name in base.places}
        pair = _adjoint_of(tokens, known, self.one.formula.language == PYTHON)
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
            taken = next((size for size in (2, 1) if _adjoint_of(tokens[at : at + size], known, code)
                          and len(tokens[at : at + size]) == size), 0)  # fmt: skip
            pair = _adjoint_of(tokens[at : at + taken], known, code) if taken else None
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
            of = _output(base, wrt)
            if of is None:
                raise AdgraphError(f"nothing that is defined before depends on '{wrt}'")
        alias = rewriter._alias(DerivativeName("d", of, (wrt,)))
        return Token("name", alias, token.span, True)

    # ---- judging

    def _judged(self, said: Verdict, reference: _ReadSide, side: _ReadSide) -> Verdict:
        at = reference.bar or side.bar
        if at:
            return self._at_place(said, reference, side, at)
        if not _inputs(side.side.graph):
            return self._as_number(said, reference, side)
        if reference.is_of_expression and side.is_of_expression:
            raise _NotCheckedError("both sides of an equation are differentiated")
        claim = Claim(said.side, reference.side, (side.side,), SourceText(said.side, "text"))
        found = self.judge.verdicts(claim)
        if not found:
            raise _NotCheckedError("there is nothing to compare it with")
        verdict = found[0]
        return self._doubted(said, verdict, reference, side) if verdict.verdict == WRONG else verdict

    def _is_solved(self, reference: _ReadSide, side: _ReadSide) -> bool:
        """Whether the last side of a chain lacks a parameter that the derivative has: it is put equal, to find that."""
        order = [read for read in self.sides.values() if read is not reference]
        wrts = {
            wrt
            for node in reference.side.graph.nodes
            if isinstance(node.name, DerivativeName)
            for wrt in node.name.wrts
        }
        missing = (
            set(_inputs(self._expanded(reference.side.graph))) - set(_inputs(self._expanded(side.side.graph))) - wrts
        )
        return len(order) > 1 and side is order[-1] and bool(missing)

    def _doubted(self, said: Verdict, verdict: Verdict, reference: _ReadSide, side: _ReadSide) -> Verdict:
        """A verdict of wrong, unless the statement is right as it is meant, or is about something else."""
        meant = next((note for note in verdict.notes if note.startswith("it is right for")), "")
        if meant:
            return said.replace(verdict=RIGHT, how=meant)
        if not (self._depends(reference) and self._depends(side)):
            raise _NotCheckedError("what is defined before does not depend on it")
        left, right = self._expanded(reference.side.graph), self._expanded(side.side.graph)
        others = [name for name in _inputs(right) if name not in self._dependencies(reference)]
        if others:
            raise _NotCheckedError(f"it has {others[0]} in it, which what is defined before does not depend on")
        if self._is_solved(reference, side):
            raise _NotCheckedError("it is put equal to what lacks a parameter of it")
        if side.decimals is not None and _is_near(left, right, side.precision):
            return said.replace(verdict=RIGHT, how="as its numbers are rounded")
        if _is_near(left, right, 1e-9):
            return said.replace(verdict=RIGHT, how="where the variables are between 0 and 1")
        if self._is_at_values(reference) and not _literals(side.side.graph) <= set(_NUMBER.findall(verdict.derivative)):
            return self._at_values(said, reference, side)
        return verdict

    def _dependencies(self, reference: _ReadSide) -> set[Name]:
        """The inputs that the derivatives of a side depend on."""
        found = set(_inputs(self._expanded(reference.side.graph)))
        for node in reference.side.graph.nodes:
            if isinstance(node.name, DerivativeName) and node.op == INPUT:
                found |= {*node.name.wrts, *_inputs(ancestors(self.graph, (node.name.of,)))}
        return found

    def _depends(self, reference: _ReadSide) -> bool:
        """Whether each derivative is of what depends on its variable."""
        for node in reference.side.graph.nodes:
            if isinstance(node.name, DerivativeName) and node.op == INPUT:
                inside = ancestors(self.graph, (node.name.of,))
                if any(wrt not in inside.places for wrt in node.name.wrts):
                    return False
        return True

    def _is_at_values(self, reference: _ReadSide) -> bool:
        """Whether a chain ends in numbers though its derivative is none: from some side on values are put in."""
        inputs = _inputs(self._expanded(reference.side.graph))
        ends = any(not _inputs(read.side.graph) for read in self.sides.values() if read is not reference)
        return ends and bool(inputs)

    def _expanded(self, graph: Graph) -> Graph:
        """A side over the inputs alone, its derivatives written out."""
        assert self.reader is not None
        return self.reader.expanded(graph)

    def _at_place(self, said: Verdict, reference: _ReadSide, side: _ReadSide, at: Mapping[str, str]) -> Verdict:
        """The two where variables have values: dy/dx at x = 2."""
        assert self.reader is not None
        put: dict[Name, Graph] = {}
        inputs = _inputs(self._expanded(reference.side.graph))
        for name, text in at.items():
            by = Name(name) if name else (inputs[0] if len(inputs) == 1 else None)
            if by is None:
                raise _NotCheckedError("it is not said which variable has this value")
            put[by] = self.reader.side(self._with_given(side_tokens(text))).graph
        for by in put:
            if by in self.graph.places and self.graph.nodes[self.graph.places[by]].args:
                raise _NotCheckedError(f"it is taken where {by} has a value, which is computed of others")
        left, right = (_put(self._expanded(one.side.graph), put) for one in (reference, side))
        return self._numbers(said, left, right, side)

    def _as_number(self, said: Verdict, reference: _ReadSide, side: _ReadSide) -> Verdict:
        """A number: the derivative is one, or is one at the values that the document gives its variables."""
        expanded = self._expanded(reference.side.graph)
        if not _inputs(expanded):
            found = self._numbers(said, expanded, side.side.graph, side)
            if found.verdict == WRONG and not self._depends(reference):
                raise _NotCheckedError("what is defined before does not depend on it")
            return found
        if constant(side.side.graph) == 0:
            raise _NotCheckedError("it is set to 0")
        return self._at_values(said, reference, side)

    def _at_values(self, said: Verdict, reference: _ReadSide, side: _ReadSide) -> Verdict:
        """Two sides at the values that the document gives their variables."""
        left, right = (self._expanded(one.side.graph) for one in (reference, side))
        inputs = list(dict.fromkeys((*_inputs(left), *_inputs(right))))
        known = self._known_values()
        missing = [name for name in inputs if name not in known]
        if missing:
            raise _NotCheckedError(f"numbers are put in, and no value of {missing[0]} is given before")
        put = {name: _constant(known[name]) for name in inputs}
        found = self._numbers(said, _put(left, put), _put(right, put), side)
        return found.replace(at={str(name): known[name] for name in inputs}) if found.verdict == WRONG else found

    def _known_values(self) -> Mapping[Name, float]:
        known: dict[Name, float] = {}
        for name in self.graph.places:
            definition = self.whole.resolve(name.key, self.one, "section")
            if isinstance(definition, Defined) and definition.is_value:
                known[name] = _number(definition)
        return known

    def _numbers(self, said: Verdict, left: Graph, right: Graph, side: _ReadSide) -> Verdict:
        claimed, value = constant(right), constant(left)
        if claimed is None or value is None:
            if _inputs(left) or _inputs(right):
                return self._equal(said, left, right)
            raise _NotCheckedError("it has no value there")
        exact = isclose(claimed, value, rel_tol=1e-9, abs_tol=1e-9)
        if exact or abs(claimed - value) <= side.tolerance(claimed):
            how = "the same number" if exact else "the same number, rounded"
            return said.replace(verdict=RIGHT, how=how)
        if claimed == 0:
            raise _NotCheckedError("it is set to 0")
        if value == 0 and not _inputs(left):
            raise _NotCheckedError("what is defined before does not depend on it")
        return said.replace(verdict=WRONG, claimed=claimed, value=value, derivative=f"{value:.10g}")

    def _equal(self, said: Verdict, left: Graph, right: Graph) -> Verdict:
        """Two expressions over the inputs."""
        sides = [SideText(graph, graph, Span(0, 0)) for graph in (left, right)]
        inputs = dict.fromkeys(name for graph in (left, right) for name in _inputs(graph))
        builder = Builder()
        places = [builder.add(INPUT, (), None, name) for name in inputs]
        judge = Judge(builder.build(tuple(places)))
        found = judge.verdicts(Claim(said.side, sides[0], (sides[1],), SourceText(said.side, "text")))
        verdict = found[0]
        return verdict.replace(derivative=write(Expression(left), Plain())) if verdict.verdict == WRONG else verdict


class _ReadSide(Record):
    """A side that was read; what its variables are at the bar behind it; and how its numbers are rounded."""

    side: SideText
    bar: Mapping[str, str]
    decimals: int | None
    precision: float
    is_about: bool
    has_derivatives: bool
    is_of_expression: bool  # d/dx (x^2 y + 1), in which there is more than x, and nothing else

    def tolerance(self, value: float) -> float:
        """How far a number as it is printed may be from the exact one: a unit of its last place."""
        if self.decimals is None:
            return abs(value) * 0.01 if self.is_about else 0.0
        return 1.01 * 10.0**-self.decimals


class _Reader(ClaimReader):
    """Reads sides with the names that rewriters gave derivatives, and functions at a place written out."""

    def __init__(self, graph: Graph, rewriters: Iterable[Rewriter], functions: Sequence[str]) -> None:
        super().__init__(graph, [graph.name(index) for index in graph.inputs()])
        self.aliases = {name: one for rewriter in rewriters for name, one in rewriter.derivatives.items()}
        self.graph = graph

    def side(self, tokens: Sequence[Token]) -> SideText:
        return self._side(tokens)

    def _derivatives(self) -> DerivativeReader:
        reader = DerivativeReader(self.known, self._no_variable, self.only)
        reader.found |= self.aliases
        return reader

    def take(self, taken: Taken) -> None:
        """Give a function, or a derivative, at a place a name, which stands for what it is there."""
        if taken.wrts:
            if _is_computed(self.graph, taken):
                graph = with_derivative(self.graph, taken.of, taken.wrts, kept=True)
            else:
                graph = accumulated(self.graph, taken.of, taken.wrts)
            graph = _root(graph, graph.outputs[0])
        else:
            graph = _root(self.graph, self.graph.places[taken.of])
        put = {name: self._side(list(tokens)).graph for name, tokens in taken.args}
        made = _put(graph, put)
        self.defined[taken.name.key] = SideText(made, made, Span(0, 0))

    def expanded(self, graph: Graph) -> Graph:
        """A graph over the inputs of the system, its variables and derivatives written out."""
        put: dict[Name, Graph] = {}
        for node in graph.nodes:
            name = node.name
            if node.op != INPUT or name is None:
                continue
            if isinstance(name, DerivativeName):
                made = accumulated(self.graph, name.of, name.wrts)
                put[name] = _root(made, made.outputs[0])
            elif name in self.graph.places and self.graph.nodes[self.graph.places[name]].args:
                put[name] = _root(self.graph, self.graph.places[name])
        return _put(graph, put)


# ---- graphs


def _graph(equations: Sequence[Sequence[Token]]) -> Graph:
    """The graph of equations, in which a function that is called with other arguments than its own is there twice: as a
    function, and as a variable."""
    if not equations:
        return Graph((), ())
    heads = {}
    for tokens in equations:
        params = _params(tokens)
        if params is not None:
            heads[Name(tokens[0].text).key] = params
    called: set[Parts] = set()
    for tokens in equations:
        for at, token in enumerate(tokens[:-1]):
            if at and token.kind == "name" and tokens[at + 1].kind == "open" and tokens[at + 1].text == "(":
                key = Name(token.text).key
                if key in heads and _argument_texts(tokens, at + 1) != heads[key]:
                    called.add(key)
    made = [_renamed(tokens, called, first=1) for tokens in equations]
    made += [_renamed(tokens, called, first=0) for tokens in equations if Name(tokens[0].text).key in called]
    return system(made, NOTHING_ASKED, "").graph


def _with_inputs(graph: Graph, names: Iterable[Name]) -> Graph:
    """The graph with further inputs, which nothing in it reads."""
    known = {name.key for name in graph.places}
    fresh = [name for name in dict.fromkeys(names) if name.key not in known]
    nodes = (*(Node(INPUT, (), None, name) for name in fresh), *_shifted(graph.nodes, len(fresh)))
    outputs = tuple(output + len(fresh) for output in graph.outputs) or tuple(range(len(fresh)))
    return Graph(nodes, outputs, graph.functions) if fresh else graph


def _shifted(nodes: Sequence[Node], by: int) -> Iterator[Node]:
    return (node.replace(args=tuple(arg + by for arg in node.args)) for node in nodes)


def _renamed(tokens: Sequence[Token], called: set[Parts], first: int) -> list[Token]:
    """An equation whose calls are of functions with names of their own; its head too from `first` on."""
    found: list[Token] = []
    for at, token in enumerate(tokens):
        is_call = (
            token.kind == "name"
            and at + 1 < len(tokens)
            and tokens[at + 1].kind == "open"
            and tokens[at + 1].text == "("
        )
        if is_call and at >= first and Name(token.text).key in called:
            token = token.replace(text=f"{Name(token.text).parts.base}§")
        found.append(token)
    return found


def _params(tokens: Sequence[Token]) -> list[str] | None:
    from graphviz_ad.read.text.definitions import head_params

    params = head_params(tokens)
    return None if params is None else [token.text for token in params]


def _argument_texts(tokens: Sequence[Token], at: int) -> list[str]:
    depth, found = 0, [""]
    for token in tokens[at:]:
        depth += (token.kind in ("open", "group")) - (token.kind == "close")
        if depth == 0:
            break
        if token.kind == "comma" and depth == 1:
            found.append("")
        elif not (token.kind == "open" and depth == 1):
            found[-1] += token.text
    return found


def _root(graph: Graph, index: int) -> Graph:
    """The expression of a node over the inputs, without names of what is computed."""
    builder = Builder()
    known: dict[Name, int] = {}

    def leaf(node: Node) -> int:
        name = node.name or UNNAMED
        if name not in known:
            known[name] = builder.add(INPUT, (), None, name)
        return known[name]

    place = builder.inline(graph.nodes[: index + 1], leaf)
    return _pruned(Graph(tuple(builder.nodes), (place[index],)))


def _put(graph: Graph, put: Mapping[Name, Graph]) -> Graph:
    """An expression with others in the place of some of its inputs."""
    builder = Builder()
    known: dict[Name, int] = {}

    def variable(name: Name) -> int:
        if name not in known:
            known[name] = builder.add(INPUT, (), None, name)
        return known[name]

    def leaf(node: Node) -> int:
        name = node.name or UNNAMED
        if name not in put:
            return variable(name)
        inside = put[name]
        return builder.inline(inside.nodes, lambda one: variable(one.name or UNNAMED))[inside.outputs[0]]

    made = builder.inline(graph.nodes, leaf)
    return _pruned(Graph(tuple(builder.nodes), (made[graph.outputs[0]],)))


def _pruned(graph: Graph) -> Graph:
    from graphviz_ad.core.graph import needed_by

    return needed_by(graph.nodes, graph.outputs, graph.functions)


def _inputs(graph: Graph) -> list[Name]:
    return [graph.name(index) for index in graph.inputs()]


def _constant(value: float) -> Graph:
    builder = Builder()
    number = Decimal(repr(value)) if value != int(value) else int(value)
    return builder.build((builder.add(CONST, (), number),))


def constant(graph: Graph) -> float | None:
    """The value of an expression without inputs; None where there is none."""
    if _inputs(graph):
        return None
    try:
        bare = Graph(tuple(node.replace(name=None) for node in graph.nodes), graph.outputs)
        found = values(bare, {})[bare.outputs[0]]
    except (AdgraphError, ArithmeticError):
        return None
    return found if isfinite(found) else None


def _number(definition: Defined) -> float:
    graph = definition.graph
    found = constant(_root(graph, graph.outputs[0]))
    return float("nan") if found is None else found


def _is_computed(graph: Graph, taken: Taken) -> bool:
    """Whether a derivative is by a variable that is computed itself."""
    return any(graph.nodes[graph.places[name]].args for name, _ in taken.args if name in graph.places)


# ---- words


def _without_bar(side: Text) -> tuple[Text, dict[str, str]]:
    """A side without the bar behind it, and what its variables are there."""
    match = _BAR.search(side.text)
    if match is None:
        return side, {}
    inside = match["group"] if match["group"] is not None else match["one"]
    put: dict[str, str] = {}
    for part in re.split(r",(?![^(]*\))", inside.strip("() ")):
        name, sign, value = part.partition("=")
        tokens = side_tokens(name) if sign else []
        put[tokens[0].text if len(tokens) == 1 else ""] = (value if sign else name).strip()
    bare = side.text[: match.start()]
    return side.replace(text=_LEFT.sub(lambda m: " " * len(m[0]), bare)), put


def _keys(text: str) -> Iterator[Parts]:
    """The names that a token may be about: its own, y of y', f and x of dfdx, f of f_x."""
    bare = text.rstrip("'′")
    key = Name(bare).key
    yield key
    if key.subscript:
        yield key.replace(subscript="")
    if key.accents and key.accents[-1] == "dot":
        yield key.replace(accents=key.accents[:-1])
    if bare[:1] == "d" and len(bare) > 1:
        yield Name(bare[1:].lstrip("_")).key
        for at in range(2, len(bare)):
            if bare[at] == "d":
                yield Name(bare[1:at].strip("_")).key
                yield Name(bare[at + 1 :].lstrip("_")).key


def _adjoint_of(tokens: Sequence[Token], known: Mapping[Parts, Name], code: bool) -> tuple[Name | None, Name] | None:
    """The variable that dw is the gradient of, or the two of dfdw; None for another name."""
    if len(tokens) == 2 and tokens[0].text == "d" and tokens[1].kind == "name" and not code:
        wrt = known.get(Name(tokens[1].text).key)
        return None if wrt is None else (None, wrt)
    if len(tokens) != 1 or tokens[0].kind != "name":
        return None
    text = tokens[0].text
    if Name(text).key in known or text in FUNCTIONS:
        return None
    bare = text[1:].lstrip("_") if text.startswith("d") else ""
    if text.startswith("grad_") or text.endswith("_grad"):
        bare = text.removeprefix("grad_").removesuffix("_grad")
    if not bare:
        return None
    if (wrt := known.get(Name(bare).key)) is not None:
        return None, wrt
    for at in range(1, len(bare)):
        if bare[at] == "d":
            of, wrt = known.get(Name(bare[:at].strip("_")).key), known.get(Name(bare[at + 1 :].lstrip("_")).key)
            if of is not None and wrt is not None:
                return of, wrt
    return None


def _output(graph: Graph, wrt: Name) -> Name | None:
    """The result that a gradient is of where it is not said: what is read by nothing and depends on the variable."""
    found = [graph.name(index) for index in graph.outputs if wrt in ancestors(graph, (graph.name(index),)).places]
    losses = [name for name in found if str(name) in _LOSSES and name != wrt]
    return next(iter((*losses, *[name for name in reversed(found) if name != wrt])), None)


def _rounding(sides: Mapping[int, Sequence[Token]], index: int) -> tuple[int | None, float]:
    """To how many places the numbers of a side, and of those before it, are printed, None where they are exact; and how
    far its own may be off, as a part of what they are."""
    places, off = [], 0.0
    for number, tokens in sides.items():
        for token in tokens:
            if number <= index and token.kind == "number" and "." in token.text:
                decimals = len(token.text.partition(".")[2])
                places.append(decimals)
                if number == index and float(token.text):
                    off += 0.6 * 10.0**-decimals / float(token.text)
    own = any(token.kind == "number" and "." in token.text for token in sides[index])
    return (min(places) if own else None), off


def _is_near(left: Graph, right: Graph, precision: float) -> bool:
    """Whether two expressions have one value, but for rounding, wherever their variables are between 0 and 1."""
    inputs = list(dict.fromkeys((*_inputs(left), *_inputs(right))))
    random = Random(0)
    agree = 0
    for _ in range(12):
        put = {name: random.uniform(0.1, 0.9) for name in inputs}
        try:
            one, other = (
                values(graph, {name: put[name] for name in _inputs(graph)})[graph.outputs[0]] for graph in (left, right)
            )
        except (AdgraphError, ArithmeticError):
            continue
        if not isclose(one, other, rel_tol=precision, abs_tol=1e-12):
            return False
        agree += 1
    return agree >= 4


def _has_others(body: Sequence[Token], rewriter: Rewriter) -> bool:
    """Whether an expression that is differentiated has more variables than that by which it is."""
    wrts = {wrt.key for one in rewriter.derivatives.values() for wrt in one.wrts}
    names = [token.text for token in body if token.kind == "name" and token.text not in FUNCTIONS]
    return any(Name(name).key not in wrts and name not in ("e", "π", "pi") for name in names)


def _literals(graph: Graph) -> set[str]:
    """The numbers of an expression, without their signs."""
    return {str(abs(node.value)) for node in graph.nodes if node.op == CONST and node.value is not None}


def _short(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with brackets around what a function without them is of: the next factor, cos t in cos t e^t."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        made.append(token)
        at += 1
        if token.kind != "name" or token.text not in FUNCTIONS:
            continue
        while at < len(tokens) and (tokens[at].text == "^" or tokens[at].kind == "super"):
            size = 1 if tokens[at].kind == "super" else 1 + _size(tokens, at + 1)
            made += tokens[at : at + size]
            at += size
        if at < len(tokens) and tokens[at].kind in ("number", "name") and tokens[at].text not in FUNCTIONS:
            end = at + 1
            if tokens[at].kind == "number" and end < len(tokens) and tokens[end].kind == "name":
                end += 1
            made += [
                Token("open", "(", tokens[at].span, True),
                *tokens[at:end],
                Token("close", ")", tokens[end - 1].span, True),
            ]
            at = end
    return made


def _size(tokens: Sequence[Token], at: int) -> int:
    """How many tokens one operand takes."""
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place].kind in ("open", "group")) - (tokens[place].kind == "close")
        if depth <= 0:
            return place + 1 - at
    return len(tokens) - at


__all__ = ["Finding", "constant", "proofread"]

"""A verdict on each side of a statement in one reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from math import isclose

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.graph import INPUT, Builder, Graph
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.derive.graph_view import ancestors
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Judge, Verdict
from graphviz_ad.point.documents.conditions import Condition, Surroundings, condition, surroundings
from graphviz_ad.point.documents.doubts import is_a_multiple
from graphviz_ad.point.documents.expressions import (
    constant,
    has_kinks,
    is_at_kink,
    is_near,
    literals,
    of_number,
    put_in,
    value_of,
)
from graphviz_ad.point.documents.partly import PairOfValues, is_equal_in_part, pairs, steps
from graphviz_ad.point.documents.shares import shares
from graphviz_ad.point.documents.sides import NotCheckedError, ReadSide
from graphviz_ad.point.documents.statement import StatementSides
from graphviz_ad.point.mistakes import SIGN, of_numbers
from graphviz_ad.point.readings import named_derivatives
from graphviz_ad.read.claims.reading import Claim, Side
from graphviz_ad.read.documents.sayings import Defined
from graphviz_ad.read.latex.claims import side_tokens
from graphviz_ad.read.sources import SourceText

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class StatementReading(StatementSides):
    """A statement in one reading, judged."""

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

    def _judged(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        at = reference.bar or side.bar
        if at:
            return self._at_place(said, reference, side, at)
        if not side.side.graph.input_names():
            return self._as_number(said, reference, side)
        if reference.is_operator and side.is_operator and (reference.has_others or side.has_others):
            raise NotCheckedError("both sides of an equation are differentiated")
        claim = Claim(said.side, reference.side, (side.side,), SourceText(said.side, "text"))
        found = self.judge.verdicts(claim)
        if not found:
            raise NotCheckedError("there is nothing to compare it with")
        verdict = found[0]
        if (
            verdict.verdict == RIGHT
            and not self._depends(reference)
            and constant(self.expanded(reference.side.graph)) == 0
        ):
            raise NotCheckedError("what is defined before does not depend on it")
        return self._doubted(said, verdict, reference, side) if verdict.verdict == WRONG else verdict

    def _is_solved(self, reference: ReadSide, side: ReadSide) -> bool:
        """Whether the last side of a chain lacks a parameter that the derivative has: it is put equal, to find that."""
        order = [read for read in self.sides.values() if read is not reference]
        wrts = {wrt for name in named_derivatives(reference.side.graph) for wrt in name.wrts}
        missing = (
            set(self.expanded(reference.side.graph).input_names())
            - set(self.expanded(side.side.graph).input_names())
            - wrts
        )
        return len(order) > 1 and side is order[-1] and bool(missing)

    def _doubted(self, said: Verdict, verdict: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """A verdict of wrong, unless the statement is right as it is meant, or is about something else."""
        if verdict.meant:
            return said.replace(verdict=RIGHT, how=verdict.meant)
        if not self._depends(reference) or (verdict.mistake != SIGN and not self._depends(side)):
            raise NotCheckedError("what is defined before does not depend on it")
        left, right = self.expanded(reference.side.graph), self.expanded(side.side.graph)
        others = [name for name in right.input_names() if name not in self._dependencies(reference)]
        if others:
            raise NotCheckedError(f"it has {others[0]} in it, which what is defined before does not depend on")
        if self._is_solved(reference, side) and not is_a_multiple(verdict):
            raise NotCheckedError("it is put equal to what lacks a parameter of it")
        if side.decimals is not None and is_near(left, right, side.precision):
            return said.replace(verdict=RIGHT, how="as its numbers are rounded")
        if not (has_kinks(left) or has_kinks(right)) and is_near(left, right, 1e-9):
            return said.replace(verdict=RIGHT, how="where the variables are between 0 and 1")
        conditional = self._conditional(verdict, left, right)
        if conditional is not None:
            return conditional
        verdict = self._of_shares(verdict, reference, side)
        if verdict.verdict == RIGHT:
            return verdict
        if (
            verdict.mistake != SIGN
            and self._is_at_values(reference)
            and not literals(side.side.graph) <= set(_NUMBER.findall(verdict.derivative))
        ):
            return self._at_values(said, reference, side)
        return verdict

    def _of_shares(self, verdict: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """The verdict where inputs sum to 1, if it is right there or one mistake away, and the document says so."""
        claim = Claim(verdict.side, reference.side, (side.side,), SourceText(verdict.side, "text"))
        for assumption, is_said in shares(self.graph, self.whole.document.text):
            found = Judge(self.graph, None, [assumption]).verdicts(claim)[0]
            if found.verdict == RIGHT and not is_said:
                raise NotCheckedError(f"it is right where {assumption.said}, which is not said")
            if is_said and (found.verdict == RIGHT or (found.off and not verdict.off)):
                return found.replace(claim=verdict.claim, side=verdict.side)
        return verdict

    @property
    def _is_at_a_place(self) -> bool:
        """Whether it is said where the derivative is taken: f'(2), or at x = 2."""
        assert self.reference is not None
        return bool(self.sides[self.reference].bar or self.taken.get(self.reference))

    def _dependencies(self, reference: ReadSide) -> set[Name]:
        """The inputs that the derivatives of a side depend on."""
        found = set(self.expanded(reference.side.graph).input_names())
        for node in reference.side.graph.nodes:
            if isinstance(node.name, DerivativeName) and node.op == INPUT:
                found |= {*node.name.wrts, *ancestors(self.graph, (node.name.of,)).input_names()}
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
        inputs = self.expanded(reference.side.graph).input_names()
        ends = any(
            not read.side.graph.input_names() and constant(read.side.graph) != 0  # what is set to 0 is solved
            for read in self.sides.values()
            if read is not reference
        )
        return ends and bool(inputs)

    def _at_place(self, said: Verdict, reference: ReadSide, side: ReadSide, at: Mapping[str, str]) -> Verdict:
        """The two where variables have values: dy/dx at x = 2."""
        assert self.reader is not None
        put: dict[Name, Graph] = {}
        inputs = self.expanded(reference.side.graph).input_names()
        for name, text in at.items():
            by = Name(name) if name else (inputs[0] if len(inputs) == 1 else None)
            if by is None:
                raise NotCheckedError("it is not said which variable has this value")
            put[by] = self.reader.side(self._with_given(side_tokens(text))).graph
        for by in put:
            if by in self.graph.places and self.graph.nodes[self.graph.places[by]].args:
                raise NotCheckedError(f"it is taken where {by} has a value, which is computed of others")
        left, right = (put_in(self.expanded(one.side.graph), put) for one in (reference, side))
        return self._numbers(said, left, right, side)

    def _as_number(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """A number: the derivative is one, or is one at the values that the document gives its variables."""
        expanded = self.expanded(reference.side.graph)
        if not expanded.input_names():
            found = self._numbers(said, expanded, side.side.graph, side)
            if found.verdict == WRONG and not self._depends(reference):
                raise NotCheckedError("what is defined before does not depend on it")
            if found.verdict == RIGHT and constant(expanded) == 0 and side.side.written.input_names():
                raise NotCheckedError("both sides are 0, whatever the sign")
            return found
        conditional = self._conditional(said, expanded, side.side.graph)
        if conditional is not None:
            return conditional
        if constant(side.side.graph) == 0:
            raise NotCheckedError("it is set to 0")
        return self._at_values(said, reference, side)

    # ---- for x > 0

    @cached_property
    def _surroundings(self) -> Surroundings:
        return surroundings(self.whole.document, self.whole.said, self.one)

    def _indicator(self, given: Condition | None) -> Graph | None:
        """A condition as an expression over the inputs; None where there is none that is read."""
        assert self.reader is not None
        try:
            bracket = given and self.reader.side(side_tokens(f"[{given.text}]"))
            return self.expanded(bracket.graph) if bracket else None
        except AdgraphError:
            return None

    def _conditional(self, said: Verdict, left: Graph, right: Graph) -> Verdict | None:
        """The verdict where the condition holds that is written beside a statement; None where there is none."""
        given = condition(self._surroundings)
        holds = self._indicator(given)
        if given is None or holds is None:
            return self._in_part(said, left, right)
        found = pairs(left, right, holds, given.holds)
        against = next((one for one in found if not one.is_equal), None)
        if against is None:
            right_there = Verdict(said.claim, said.side, RIGHT, given.said)
            return right_there if found else None
        return self._against(said, left, against, given.said)

    def _in_part(self, said: Verdict, left: Graph, right: Graph) -> Verdict | None:
        """The verdict on what is right on one side of a kink alone, where it may be said somewhere on which; what
        distinguishes cases itself says that."""
        if not has_kinks(left) or has_kinks(right) or constant(right) == 0:  # f'(x) = 0 is what is looked for
            return None
        found = pairs(left, right)
        is_number = not right.input_names()
        if is_equal_in_part(found) and (is_number or self._surroundings.speaks_of_cases):
            raise NotCheckedError("it is right at some values alone, and which these are is not said")
        against = next((one for one in found if one.left), None) if is_number and steps(found) else None
        is_met = any(one.is_equal for one in found)
        return None if against is None or is_met else self._against(said, left, against, "")

    def _against(self, said: Verdict, left: Graph, against: PairOfValues, where: str) -> Verdict:
        """What is wrong at a point."""
        at = {str(name): value for name, value in against.point.items()}
        mistake = of_numbers(against.right, against.left)
        return said.replace(
            verdict=WRONG, at=at, claimed=against.right, value=against.left,
            derivative=said.derivative or write(Expression(left), Plain()), mistake=mistake,
            off="" if mistake is None else mistake.words, notes=(*said.notes, *filter(None, (where,))),
        )  # fmt: skip

    def _at_values(self, said: Verdict, reference: ReadSide, side: ReadSide) -> Verdict:
        """Two sides at the values that the document gives their variables."""
        left, right = (self.expanded(one.side.graph) for one in (reference, side))
        inputs = list(dict.fromkeys((*left.input_names(), *right.input_names())))
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
            if left.input_names() or right.input_names():
                return self._equal(said, left, right)
            raise NotCheckedError("it has no value there")
        if is_at_kink(left):
            raise NotCheckedError("there is a kink there, and the derivative is another on each side")
        exact = isclose(claimed, value, rel_tol=1e-9, abs_tol=1e-9)
        if exact or abs(claimed - value) <= side.tolerance(claimed):
            how = "the same number" if exact else "the same number, rounded"
            return said.replace(verdict=RIGHT, how=how)
        if claimed == 0 and not self._is_at_a_place:
            raise NotCheckedError("it is set to 0")
        mistake = of_numbers(claimed, value)
        off = "" if mistake is None else mistake.words
        derivative = f"{value:.10g}"
        return said.replace(
            verdict=WRONG, claimed=claimed, value=value, derivative=derivative, off=off, mistake=mistake
        )

    def _equal(self, said: Verdict, left: Graph, right: Graph) -> Verdict:
        """Two expressions over the inputs."""
        sides = [Side(graph, graph, Span(0, 0)) for graph in (left, right)]
        inputs = dict.fromkeys(name for graph in (left, right) for name in graph.input_names())
        builder = Builder()
        places = [builder.add(INPUT, (), None, name) for name in inputs]
        judge = Judge(builder.build(tuple(places)))
        found = judge.verdicts(Claim(said.side, sides[0], (sides[1],), SourceText(said.side, "text")))
        verdict = found[0]
        return verdict.replace(derivative=write(Expression(left), Plain())) if verdict.verdict == WRONG else verdict

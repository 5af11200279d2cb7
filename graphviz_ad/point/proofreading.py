"""The statements of derivatives in a document, judged by its own definitions: right, wrong, or why not checked.

What a name is may be said in more than one place of a document, and d/dx may reach more or less far: a statement is
wrong only where it is so in every reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.record import Record
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Verdict
from graphviz_ad.point.documents.arrays import ArrayStatements
from graphviz_ad.point.documents.conditions import is_asked
from graphviz_ad.point.documents.doubts import doubt, is_a_multiple
from graphviz_ad.point.documents.equations import graph_of, put_in_index
from graphviz_ad.point.documents.expressions import is_near
from graphviz_ad.point.documents.judging import StatementReading
from graphviz_ad.point.documents.sides import SideReader, Variant
from graphviz_ad.point.documents.tokens import tokens_of
from graphviz_ad.point.mistakes import SIGN
from graphviz_ad.read.documents import kinds, open_sums
from graphviz_ad.read.documents.formulas import PYTHON, Document
from graphviz_ad.read.documents.naming import PRODUCT, SUM
from graphviz_ad.read.documents.reading import Reader, is_derivative
from graphviz_ad.read.documents.sayings import DERIVATIVE, Defined, Said
from graphviz_ad.read.documents.statements import SideText as Text
from graphviz_ad.read.text.tokens import Token

FAMILY = "ijkmnt"  # indices of what is defined for all at once
FAR_BEHIND = 6  # formulas behind a statement, in which its function may be defined
NEAR = 1  # sections before, in which a name that has several definitions may be looked up


class Finding(Record):
    """What is said of one side of a statement of a derivative, and where it stands in the document. `text` is what it
    is compared with, and the `side`; the rest is as in a Verdict."""

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


def proofread(document: Document, said: Sequence[Said], only: int | None = None) -> list[Finding]:
    """What is said of every statement of a derivative, in order; or of that at one position alone."""
    return list(_Proofreader(document, said).findings(only))


class _Proofreader:
    def __init__(self, document: Document, said: Sequence[Said]) -> None:
        self.document, self.said = document, said
        self.by_name: dict[Parts, list[tuple[int, Defined | Said]]] = {}
        self.bounds = open_sums.bounds(one.text for one in said if one.formula.language != PYTHON)
        reader = Reader()
        for one in said:
            definitions = one.definitions
            if one.skipped == kinds.SUM and one.names and open_sums.is_open(one.text):
                definitions = reader.with_few_terms(one, self.bounds)
            reader.functions |= {made.key: made for made in definitions if made.params is not None}
            for definition in definitions:
                if definition.key in self.by_name and is_asked(document, definition):
                    continue
                self.by_name.setdefault(definition.key, []).append((one.position, definition))
            if definitions:
                continue
            if one.skipped and one.skipped not in (kinds.UPDATE, kinds.CONDITION) and not one.definitions:
                for name in one.names:
                    self.by_name.setdefault(name.key, []).append((one.position, one))
        self.arrays = ArrayStatements(document, said)
        self.conditions = [one for one in said if one.skipped == kinds.EXPRESSIONS and one.statement is not None]
        self.held: dict[tuple[int, int], bool] = {}
        self.given: dict[Parts, tuple[Token, ...]] = {}  # what statements give names: delta = dL/dz

    def findings(self, only: int | None) -> Iterator[Finding]:
        chains: dict[int, list[tuple[Said, Text]]] = {}
        for one in self.said:
            if one.kind != DERIVATIVE or one.statement is None:
                continue
            fresh = [(one, side) for side in one.statement.sides if side.text]
            before = chains.get(one.follows) or self._mentioned(one.follows)
            chains[one.position] = chain = [*before, *fresh]
            if only is None or one.position == only:
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
                self.given[one.names[0].key] = tuple(tokens_of(one, side))
                return
            except AdgraphError:
                continue

    # ---- one statement

    def _chain(
        self, one: Said, chain: Sequence[tuple[Said, Text]], fresh: Sequence[tuple[Said, Text]]
    ) -> Iterator[Finding]:
        """A finding for each side that is fresh, each the best of its readings."""
        gives_name = bool(one.names) and one.formula.language != PYTHON
        wanted = range(len(chain) - len(fresh) + gives_name, len(chain))
        best: dict[int, Verdict] = {}
        readings: dict[int, StatementReading] = {}
        reference = None
        for scope in (*_SCOPES, *_EARLIER):
            if scope in _EARLIER and not any(verdict.verdict == WRONG for verdict in best.values()):
                break
            for variant in _VARIANTS:
                statement = StatementReading(self, one, chain, scope, variant)
                reference = statement.reference if reference is None else reference
                for index, verdict in statement.verdicts(wanted):
                    if scope in _EARLIER and verdict.verdict == WRONG:
                        continue
                    if index not in best or _rank(verdict) < _rank(best[index]) or _is_closer(verdict, best[index]):
                        earlier = ", by an earlier definition of the name" if scope in _EARLIER else ""
                        best[index] = verdict.replace(how=f"{verdict.how}{earlier}")
                        readings[index] = statement
                if not any(verdict.verdict == WRONG for verdict in best.values()):
                    break
            if all(verdict.verdict == RIGHT for verdict in best.values()):
                break
        self._doubt(one, chain, best, readings)
        if self._of_arrays(one, chain, best):
            reference = 0
        if reference is not None and best.get(reference, _NOTHING).verdict == UNCHECKED:
            del best[reference]
        if reference is None and len(best) > 1:  # nothing is judged: it is said once, and why
            last = max(best)
            best = {last: best[min(best)].replace(side=best[last].side)}
        for index, verdict in sorted(best.items()):
            where, side = chain[index]
            text = " = ".join(shown(*one) for one in dict.fromkeys((chain[reference or 0], chain[index])))
            line, column = self.document.place(where.formula, side.start)
            if index in readings and readings[index].is_closed and verdict.verdict != UNCHECKED:
                verdict = verdict.replace(notes=(*verdict.notes, f"open sums have {open_sums.SIZE} terms"))
            yield Finding(
                line, column, where.formula.number, text, shown(where, side), verdict.verdict, verdict.how,
                verdict.at, verdict.claimed, verdict.value, verdict.derivative, verdict.off, verdict.notes,
                one.position,
            )  # fmt: skip

    def _of_arrays(self, one: Said, chain: Sequence[tuple[Said, Text]], best: dict[int, Verdict]) -> bool:
        """Judge what is not checked as numbers, where it is of vectors and matrices. Whether it says anything."""
        if one.formula.language == PYTHON or not is_derivative(chain[0][1].text):
            return False
        if any(verdict.verdict != UNCHECKED for verdict in best.values()) or not self.arrays.is_of_arrays(one):
            return False
        best.pop(0, None)
        best |= {index: self.arrays.verdict(one, chain[0][1], chain[index][1]) for index in best}
        return bool(best)

    def _doubt(
        self,
        one: Said,
        chain: Sequence[tuple[Said, Text]],
        best: dict[int, Verdict],
        readings: Mapping[int, StatementReading],
    ) -> None:
        """Take back what is called wrong and may be about something else, or is right by what is defined behind it; and
        what is called right though it would not be called wrong with a wrong sign."""
        is_confirmed = any(verdict.verdict == RIGHT for verdict in best.values())
        for index, verdict in [*best.items()]:
            if verdict.verdict == UNCHECKED:
                continue
            why = doubt(
                readings[index], index, verdict if verdict.verdict == WRONG else _with_a_sign(verdict), is_confirmed
            )
            if not why:
                continue
            best[index] = verdict.replace(
                verdict=UNCHECKED, how=why, off="", mistake=None, at={}, claimed=None, value=None
            )
            if verdict.verdict == RIGHT:
                continue
            behind = StatementReading(self, one, chain, BEHIND, Variant())
            if all(made.formula.number <= one.formula.number for made in behind.definitions.values()):
                continue
            for _, found in behind.verdicts([index]):
                if found.verdict == RIGHT or (found.verdict == WRONG and is_a_multiple(found)):
                    best[index] = found.replace(how=f"{found.how}, by the definition behind it".lstrip(", "))

    def keys_before(self, one: Said) -> list[Parts]:
        """The names that are defined before a statement, in its section or, if there are none, anywhere."""
        before = [
            made for said in self.said[: one.position] for made in said.definitions
            if made.formula.language == one.formula.language and not made.is_value
        ]  # fmt: skip
        here = [made for made in before if made.formula.section == one.formula.section]
        return [made.key for made in here or before]

    def resolve(self, key: Parts, one: Said, scope: str) -> Defined | Said | None:
        """What a name is before a statement: the last definition of it, or that it could not be read."""
        found: Defined | Said | None = None
        passed: list[Defined] = []
        given = self.by_name.get(key, ())
        if scope == BEHIND:
            behind = [made for position, made in given if one.position < position <= one.position + FAR_BEHIND]
            here = next((made for made in behind if made.formula.section <= one.formula.section + NEAR), None)
            return here if here is not None else self.resolve(key, one, "document")
        several = len({one.source for _, one in given if isinstance(one, Defined)}) > 1
        for position, definition in given:
            formula = definition.formula
            is_here = formula.section == one.formula.section
            is_far = formula.section < self._begin(one, scope)
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
            if isinstance(found, Defined):
                passed.append(found)
            found = definition
        if scope in _EARLIER and passed:  # exercises list functions of one name, and answers in their order
            found = passed[-min(len(passed), 1 + _EARLIER.index(scope))]
        if found is None:
            return self._of_family(key, one, scope)
        if isinstance(found, Defined) and not found.is_value:
            where = next(position for position, one in given if one is found)
            for condition in self.conditions:
                near = condition.formula.section >= one.formula.section - NEAR
                if where < condition.position < one.position and near and not self._holds(condition, found, where):
                    return None  # it is given by an equation: x^2 + y^2 = 25
        return found

    def _of_family(self, key: Parts, one: Said, scope: str) -> Defined | None:
        """The definition of x_2 where x_i is defined for every i at once."""
        digits = key.subscript if key.subscript.isdecimal() else key.superscript.strip("()[]")
        if not digits.isdecimal():
            return None
        for letter in FAMILY:
            family = (
                key.replace(subscript=letter)
                if key.subscript == digits
                else key.replace(superscript=key.superscript.replace(digits, letter))
            )
            found = self.resolve(family, one, scope) if family in self.by_name else None
            if isinstance(found, Defined) and found.params is None and not found.is_value:
                return put_in_index(found, letter, int(digits))
        return None

    def _begin(self, one: Said, scope: str) -> int:
        """From which section on a name that has several definitions is looked up: the statement's own or, where that
        has none of anything before the statement, the one before."""
        section = one.formula.section
        is_own = any(made.definitions and made.formula.section == section for made in self.said[: one.position])
        return section if scope == "section" or is_own else section - NEAR

    def _holds(self, condition: Said, definition: Defined, where: int) -> bool:
        """Whether an equation between expressions says nothing of a variable that its definition does not."""
        key = (condition.position, where)
        if key not in self.held:
            self.held[key] = self._is_held(condition, definition)
        return self.held[key]

    def _is_held(self, condition: Said, definition: Defined) -> bool:
        assert condition.statement is not None
        try:
            sides = [tokens_of(condition, side) for side in condition.statement.sides]
            names = {Name(token.text).key for side in sides for token in side if token.kind == "name"}
            if definition.key not in names or not {*definition.reads} & names:
                return True
            graph = graph_of([list(definition.tokens)])
            reader = SideReader(graph, (), ())
            if names - {name.key for name in graph.places}:
                return True
            left, right, *_ = (reader.expanded(reader.side(side).graph) for side in sides)
        except (AdgraphError, ValueError):
            return True
        return is_near(left, right, 1e-6)


def shown(one: Said, side: Text) -> str:
    """A side in one line, with the words that stand in it."""
    has_words = "\\quad" in side.text
    return " ".join((one.formula.text[side.start : side.end] if has_words else side.text).split())


_NOTHING = Verdict("", "", RIGHT)


_SCOPES = ("document", "section", "nothing")
BEHIND = "behind"  # y' = 2x, and so y = x^2 + C
_EARLIER = ("the one before", "the second before", "the third before", "the fourth before")


_VARIANTS = (
    Variant(), Variant(short=True), Variant(calls=False), Variant(PRODUCT), Variant(SUM), Variant(SUM, short=True),
)  # fmt: skip


def _with_a_sign(verdict: Verdict) -> Verdict:
    """What would be said of a side that is right if it had a minus before it."""
    return verdict.replace(verdict=WRONG, off=SIGN.words, mistake=SIGN)


def _is_closer(verdict: Verdict, before: Verdict) -> bool:
    """Whether two readings are wrong and this one has the shorter formula: names of other sections are not put in."""
    is_wrong = verdict.verdict == before.verdict == WRONG and bool(verdict.off) >= bool(before.off)
    return is_wrong and 0 < len(verdict.derivative) < len(before.derivative) / 2


def _rank(verdict: Verdict) -> int:
    """Of several readings that with the lowest counts: of those in which a side is wrong, one that says what is off."""
    return 2 * (RIGHT, WRONG, UNCHECKED).index(verdict.verdict) + (not verdict.off)

"""What each formula of a document says: a definition, a value, a derivative; or why it is skipped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.read.documents import code, kinds, open_sums
from graphviz_ad.read.documents.formulas import PYTHON, Document, Excerpt
from graphviz_ad.read.documents.sayings import (
    DEFINITION,
    DERIVATIVE,
    MENTION,
    SKIPPED,
    VALUE,
    Defined,
    Said,
    defined_by,
)
from graphviz_ad.read.documents.statements import ABOUT, Saying, SideText, statements
from graphviz_ad.read.latex.claims import side_tokens
from graphviz_ad.read.latex.formulas import StatementReader
from graphviz_ad.read.text.callables import head_params
from graphviz_ad.read.text.given_bars import without_bars
from graphviz_ad.read.text.tokens import Token

# A derivative, however it is written. What it is, is found among the tokens; this only says where to look.
_DERIVATIVE = re.compile(
    r"\\[dtc]?frac\s*\{?\s*(?:\\partial|\\(?:mathrm|text|operatorname|rm)\s*\{?\s*d\b|d(?![a-z]{2}|\s*[=+,)]))"
    r"|\\partial|\\nabla|∇|∂|\\d?dot(?:\s*\{\s*[a-z]|\s+[a-z]\b)|[\w)}\]]\s*(?:'|′|\\prime|\^\s*\{?\s*(?:\\prime|\(\d\)))"
    r"|(?<![a-zA-Z\\])d(?:\s*\^\s*\{?\d\}?)?\s?(?:\\[a-z]+|[A-Za-z])(?:_\w|_\{\w+\})?\s*/\s*d|\\d?dv\b|\\pdv\b|\\deriv\b|\\operatorname\{grad\}"
)
_DIFFERENTIAL = re.compile(
    r"\s*d\s*(?:\\(?:hat|mathcal|mathrm|tilde|bar)\s*\{\s*\w+\s*\}|\\?[a-zA-Z]+)(?:_\w|_\{[\w,]+\}|\^\{?[\[(]\d+[\])]\}?)*\s*"
)
# What stands left in an update: w^{new}, w_{t+1}, E[g^2]_t
_UPDATED = re.compile(
    r"[\^_]\s*\{?\s*\(?\s*(?:\\(?:text|mathrm|rm|textrm)\s*\{?\s*)?(?:new|neu|old|updated|next)\b|[\^_]\s*\{\s*\(?\s*[tkni]\s*\+\s*1\s*\)?\s*\}"
    r"|\]\s*_\s*\{?[tkn]\b"
)
_PRIMES = re.compile(r"\^\s*(\{\s*(?:\\prime\s*)+\}|\\prime(?![a-zA-Z]))|\\prime(?![a-zA-Z])")


class Reader:
    """Reads the formulas of a document in turn; functions that one defines, those behind it may use."""

    def __init__(self) -> None:
        self.functions: dict[Parts, Defined] = {}
        self.known: set[Parts] = set()  # all names that are defined or read so far
        self.said: list[Said] = []

    def read(self, document: Document) -> list[Said]:
        """What each formula says, in order."""
        for formula in document.formulas:
            if formula.language == PYTHON:
                found: Iterable[Said] = code.said(formula, self.known)
            else:
                found = self._formula(formula)
            for one in found:
                self.said.append(one.replace(position=len(self.said)))
                for definition in one.definitions:
                    self.known |= {definition.key, *definition.reads}
                    if definition.params is not None:
                        self.functions[definition.key] = definition
        return self.said

    def with_few_terms(self, said: Said, bounds: Collection[str]) -> tuple[Defined, ...]:
        """What a formula defines where its sums, which are open, have a few terms; nothing for another."""
        text = open_sums.closed(said.formula.text[said.start : said.end], bounds)
        formula = said.formula.replace(text=text)
        made = [self._statement(formula, one) for one in statements(_with_primes(text))[:1]]
        return tuple(
            one.replace(formula=said.formula, start=said.start, is_open=True)
            for found in made
            if found.kind == DEFINITION
            for one in found.definitions
        )

    def _formula(self, formula: Excerpt) -> Iterator[Said]:
        for number, statement in enumerate(statements(_with_primes(formula.text))):
            first = statement.sides[0]
            if not first.text and self.said:
                follows = bool(number) or formula.goes_on
                yield self._continued(formula, statement, follows)
            else:
                yield self._statement(formula, statement)

    def _continued(self, formula: Excerpt, statement: Saying, follows: bool) -> Said:
        """A formula that begins with a sign: it goes on with a derivative, or is skipped."""
        before = next(
            (
                one
                for one in reversed(self.said)
                if one.kind != MENTION or is_derivative(one.text) or one.formula is not formula
            ),
            None,
        )
        said = Said(
            SKIPPED, formula, statement.sides[1].start if len(statement.sides) > 1 else 0, statement.end, statement
        )
        if not follows or before is None or before.statement is None or statement.relation:
            return said.replace(skipped=kinds.EXPRESSIONS)
        if before.kind == DERIVATIVE or (before.kind == MENTION and is_derivative(before.text)):
            return said.replace(kind=DERIVATIVE, follows=before.position)
        return said.replace(skipped=kinds.EXPRESSIONS)

    def _statement(self, formula: Excerpt, statement: Saying) -> Said:
        said = Said(SKIPPED, formula, statement.start, statement.end, statement)
        text = formula.text[statement.start : statement.end]
        if len(statement.sides) == 1:
            if statement.relation:
                return said.replace(skipped=kinds.ARROW if "to" in statement.relation else kinds.CONDITION)
            return said.replace(kind=MENTION)
        if statement.relation:
            return said.replace(skipped=kinds.kind_of(text) if kinds.kind_of(text) != kinds.OTHER else kinds.CONDITION)
        first = statement.sides[0]
        if is_derivative(first.text) or self._is_differential(first):
            return said.replace(kind=DERIVATIVE)
        if _UPDATED.search(first.text):
            return said.replace(skipped=kinds.UPDATE)
        head = _head(first)
        if head is not None and self._is_partial(head):
            return said.replace(kind=DERIVATIVE)
        if head is None:
            if self._is_partial_at_a_place(first):
                return said.replace(kind=DERIVATIVE)
            if any(is_derivative(side.text) for side in statement.sides[1:]):
                return said.replace(kind=DERIVATIVE)
            return said.replace(skipped=_or(kinds.kind_of(text), kinds.EXPRESSIONS))
        if any(is_derivative(side.text) for side in statement.sides[1:]):
            return self._with_derivatives(said, statement, head)
        return self._definition(said, statement, head)

    def _with_derivatives(self, said: Said, statement: Saying, head: _Head) -> Said:
        """An equation of a name and something with derivatives: delta = dL/dz; or an update, w = w - h dL/dw."""
        if any(_mentions(side, head.name) for side in statement.sides[1:]) or re.search(
            r"\\(?:eta|alpha|lambda|gamma|epsilon)\b", said.text
        ):
            return said.replace(skipped=kinds.UPDATE)
        return said.replace(kind=DERIVATIVE, names=(head.name,))

    def _is_partial(self, head: _Head) -> bool:
        """Whether a head is f_x(x, y), or f_x, where f is a function of x and y."""
        key = head.name.key
        of = self.functions.get(key.replace(subscript=""))
        params = {str(name) for name in of.params or ()} if of is not None else set()
        is_called = head.params is not None or len(params) > 1
        return is_called and bool(key.subscript) and params.issuperset(key.subscript)

    def _is_partial_at_a_place(self, side: SideText) -> bool:
        """Whether a side is f_x(1, 2), where f is a function of x and y."""
        try:
            tokens = side_tokens(readable(side.text))
        except AdgraphError:
            return False
        if len(tokens) < 4 or tokens[0].kind != "name" or tokens[1].text != "(" or tokens[-1].text != ")":
            return False
        return self._is_partial(_Head(Name(tokens[0].text), (), side))

    def _is_differential(self, side: SideText) -> bool:
        """Whether a side is dw in the manner of CS231n: w is known, and dw is not."""
        if not _DIFFERENTIAL.fullmatch(side.text):
            return False
        inner = _head(SideText(side.text.strip()[1:], 0))
        return inner is not None and inner.name.key in self.known

    def _definition(self, said: Said, statement: Saying, head: _Head) -> Said:
        text = said.formula.text[statement.start : statement.end]
        heads = [head]
        for side in statement.sides[1:]:
            other = _head(side)
            if other is None or side is statement.sides[-1]:
                break
            heads.append(other)
        names = tuple(dict.fromkeys(one.name for one in heads))
        said = said.replace(names=names)
        if kinds.NEVER_NUMBERS.search(text):
            return said.replace(skipped=kinds.kind_of(text))
        body = statement.sides[len(heads)]
        if body.sign == ABOUT and not re.fullmatch(r"[-+\d.\s,{}\\cdot^]*", body.text):
            return said.replace(skipped=_or(kinds.kind_of(text), kinds.EXPRESSIONS))
        if _mentions(body, heads[-1].name):
            return said.replace(skipped=_or(kinds.kind_of(text), kinds.UPDATE))
        made: list[Defined] = []
        try:
            for one, side in [(heads[-1], body), *self._aliases(heads)]:
                made.append(self._made(said.formula, one, side))
        except AdgraphError as error:
            return said.replace(skipped=kinds.kind_of(text, error.message), error=error)
        if len(made) > 1:  # y = f(x) = x^2: y is what is drawn, and f is known
            made = [made[0].replace(is_alias=True), *made[1:]] if made[0].params is not None else made
        is_value = len(made) == 1 and made[0].is_value
        return said.replace(kind=VALUE if is_value else DEFINITION, definitions=tuple(made))

    def _aliases(self, heads: Sequence[_Head]) -> Iterator[tuple[_Head, SideText]]:
        """The names before the last of a chain, each with what is behind it."""
        for one, behind in itertools.pairwise(heads):
            yield one, behind.side

    def _made(self, formula: Excerpt, head: _Head, body: SideText) -> Defined:
        """A definition as a single formula is read. Raises AdgraphError, with its place, for what is none."""
        text = f"{' ' * head.side.start}{head.side.text} = "
        text = text[: body.start].ljust(body.start) if len(text) <= body.start else text
        text += body.text
        statement = StatementReader(readable(text)).read()
        if len(statement) != 1:
            raise AdgraphError("this is more than one equation", Span(head.side.start, body.end))
        tokens, source = without_bars(statement[0]), " ".join(text.split())
        return defined_by(head.name, tokens, self.functions, formula, head.side.start, source)


class _Head(Record):
    """The left side of a definition: its name, its parameters where it is a function, and where it stands."""

    name: Name
    params: tuple[Name, ...] | None
    side: SideText


_BARE = re.compile(
    r"(?<![\\a-zA-Z{])(sin|cos|tan|sec|csc|cot|sinh|cosh|tanh|exp|log|ln|max|min|arcsin|arccos|arctan|sigmoid|relu|ReLU|softplus"
    r"|sqrt)(?=\s*(?:\\left\s*)?\()"
)


def readable(text: str) -> str:
    """The text of a formula with commands for functions that stand without: sin(x) is no product in notes."""
    return _BARE.sub(r"\\operatorname{\1}", text)


def is_derivative(text: str) -> bool:
    """Whether there seems to be a derivative in a text."""
    return _DERIVATIVE.search(text) is not None


def _head(side: SideText) -> _Head | None:
    """The head that a left side is: a name, f(x), f(x; w), f_w(x); None for an expression."""
    text = side.text
    if not text or len(text) > 200:
        return None
    try:
        tokens = without_bars(side_tokens(readable(text)))
    except AdgraphError:
        return None
    if not tokens or tokens[0].kind != "name" or _is_well_known(tokens):
        return None
    if len(tokens) == 1:
        return _Head(Name(tokens[0].text), None, side)
    equals = Token("operator", "=", Span(0, 0), False)
    params = head_params([*tokens, equals, equals])
    if params is None or 2 * len(params) + 2 != len(tokens):
        return None
    return _Head(Name(tokens[0].text), tuple(Name(token.text) for token in params), side)


def _is_well_known(tokens: Sequence[Token]) -> bool:
    """Whether a head is a function that everyone knows: ln(y) = … is no definition, but sigma(z) = … may be."""
    op = FUNCTIONS.get(tokens[0].text)
    return op is not None and op.common


def _mentions(side: SideText, name: Name) -> bool:
    """Whether a name stands on a side."""
    try:
        return any(
            token.kind == "name" and Name(token.text).key == name.key for token in side_tokens(readable(side.text))
        )
    except AdgraphError:
        return False


def _with_primes(text: str) -> str:
    """The formula with ' for every spelling of a prime; all keeps its place."""
    if "prime" not in text:
        return text
    return _PRIMES.sub(lambda match: ("'" * max(1, match[0].count("prime"))).ljust(len(match[0])), text)


def _or(kind: str, other: str) -> str:
    return other if kind == kinds.OTHER else kind

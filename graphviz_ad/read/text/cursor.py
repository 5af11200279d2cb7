"""A place among the tokens of a statement, and the nodes made on the way: what all parts of the parser share."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT, Builder, Node
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import OPS
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.nesting import outside
from graphviz_ad.read.text.tokens import END, OPENING, Token
from graphviz_ad.read.text.words import CONDITIONAL

SUM, PRODUCT, UNARY, POWER = 10, 20, 30, 40  # how tightly operators bind
INFIX = {"+": ("add", SUM), "-": ("sub", SUM), "*": ("mul", PRODUCT), "/": ("div", PRODUCT)}
_TYPED = {"≥": ">=", "≤": "<=", "≠": "!="}
COMPARISONS = {_TYPED.get(op.sign, op.sign): op.name for op in OPS.values() if op.form == "iverson"}
COMPARISONS["=="] = COMPARISONS["="]
_OPERANDS = frozenset({"number", "index", "name", *OPENING, "indexed", "based", "indicator", "norm"})


class Cursor:
    """Reads one equation. `take` consumes tokens; each method that reads an expression returns its node's index."""

    def __init__(self, tokens: Sequence[Token], callables: Callables, notes: list[str]) -> None:
        self.tokens = tokens
        self.end = END.replace(span=tokens[-1].span)  # what is missing there is missed by the last token
        self.callables = callables
        self.notes = notes
        self.at = 0
        self.depth = 0
        self.bars = 0  # how many | are open in the present bracket
        self.conditional = 0  # how many brackets with conditions are open: words such as `if` end an expression there
        self.builder = Builder()
        self.variables: dict[str, int] = {}
        self.called: dict[str, Span] = {}
        self.bracketed: set[int] = set()  # nodes in brackets

    @cached_property
    def closed_at(self) -> dict[int, int]:
        """The place of the bracket that closes each one that opens."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for place, token in enumerate(self.tokens):
            if token.kind in OPENING:
                opened.append(place)
            elif token.kind == "close" and opened:
                found[opened.pop()] = place
        return found

    @property
    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else self.end

    def ahead(self, count: int) -> Token:
        """The token that stands so many behind the next one."""
        return self.tokens[self.at + count] if self.at + count < len(self.tokens) else self.end

    def take(self) -> Token:
        token = self.next
        self.at += 1
        return token

    def node(self, op: Operation, args: tuple[int, ...], span: Span, value: Number | None = None) -> int:
        return self.builder.add(op, args, value, None, span)

    def number(self, value: Number, span: Span) -> int:
        return self.node(CONST, (), span, value)

    def since(self, first: int) -> Span:
        """The place of what begins at the token `first` and ends here, with its brackets. The places of its operands
        are no help: a variable has that of its first appearance."""
        begin, end = self.tokens[first].span, self.tokens[self.at - 1].span
        return Span(min(begin.start, end.start), max(begin.end, end.end))

    def joined(self, op: str, left: int, right: int, first: int) -> int:
        """A node of two operands, whose text begins at the token `first` and ends here."""
        return self.node(op, (left, right), self.since(first))

    def of(self, index: int) -> Node:
        """A node that is made."""
        return self.builder.nodes[index]

    def expression(self, least: int) -> int:
        """An expression of operators that bind tighter than `least`."""
        raise NotImplementedError

    def begins_operand(self, token: Token) -> bool:
        """Whether a token begins an operand, so that a product without a sign goes on."""
        if self.conditional and token.kind == "name" and token.text in CONDITIONAL:
            return False
        return token.kind in _OPERANDS or (token.kind == "bar" and self.bars == 0)

    def closing(self, at: int) -> int:
        """The place of the bracket that closes the one at a place, or that of the end."""
        return self.closed_at.get(at, len(self.tokens))

    def has_at_depth(self, texts: Sequence[str], opening: int) -> bool:
        """Whether one of these stands in the bracket that is opened at a place, and in no bracket within it."""
        return any(token.text in texts for _, token in outside(self.tokens[opening + 1 :]))

    def variable(self, token: Token) -> int:
        """A variable; a name that counts, as the n of x_n, is the number that it is."""
        value = self.callables.count(token.text)
        if value is not None:
            return self.number(value, token.span)
        if token.text not in self.variables:
            self.variables[token.text] = self.builder.add(INPUT, (), None, Name(token.text), token.span)
        return self.variables[token.text]

    def unexpected(self, token: Token) -> AdgraphError:
        from graphviz_ad.read.text.mistakes import unexpected

        taken = 0 < self.at <= len(self.tokens) and self.tokens[self.at - 1] is token
        place = self.at - taken
        before = self.tokens[place - 1] if 0 < place <= len(self.tokens) else self.end
        return unexpected(token, before, self.ahead(1 - taken))

"""What brackets hold: an expression; conditions, [0 < x < 1]; cases, {x if x > 0; 0}; bars an absolute value."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Node
from graphviz_ad.read.text.cursor import COMPARISONS, Cursor
from graphviz_ad.read.text.tokens import OPENING, Token
from graphviz_ad.read.text.vectors import norm

_ELSE = frozenset({"otherwise", "else"})
_IF = frozenset({"if", "for", "when"})
_INDICATORS = frozenset({"I", "1"})  # before a bracket with a condition
_CONDITIONS = (*COMPARISONS, "if", ";", *_ELSE)
_OPPOSITE = {">": "<=", "<=": ">", "<": ">=", ">=": "<", "=": "!=", "!=": "="}
_OPPOSITES = {COMPARISONS[sign]: COMPARISONS[other] for sign, other in _OPPOSITE.items()}

Case = tuple[int, int | None]  # its value, and its condition where it has one


class Brackets(Cursor):
    """Reads what stands in brackets and bars."""

    def inside(self, opening: Token) -> int:
        """An expression in brackets whose left one is taken."""
        bars, self.bars = self.bars, 0
        first = self.at
        if opening.text == "{" and self.has_at_depth(_CONDITIONS, first - 1):
            body = self.cases()
        elif opening.text == "[" and self.has_at_depth(tuple(COMPARISONS), first - 1):
            body = self.conditions()
        else:
            body = self.expression(0)
        self.bars = bars
        if self.next.kind == "comma" and (opening.text == "[" or (opening.text == "(" and self.next.text == ",")):
            from graphviz_ad.read.text.mistakes import in_brackets

            raise in_brackets(opening, self.next)
        if self.next.kind != "close":
            raise self.unexpected(self.next if self.next.kind != "end" else opening)
        self.take()
        self.bracketed.add(body)
        return body

    def conditions(self) -> int:
        """One comparison, [x > 0], is 1 where it holds and else 0; a chain, or several with commas or `and` between
        them, is the product of these."""
        first = self.at
        self.conditional += 1
        made = self.comparison(self.expression(0), first)
        while (self.next.kind == "comma" and self.next.text == ",") or self.next.text == "and":
            self.take()
            begin = self.at
            made = self.joined("mul", made, self.comparison(self.expression(0), begin), first)
        self.conditional -= 1
        return made

    def comparison(self, left: int, first: int) -> int:
        """a < b, or a chain a < b <= c, whose left side is read."""
        if self.next.text not in COMPARISONS:
            raise self.unexpected(self.next)
        made: int | None = None
        while self.next.text in COMPARISONS:
            op = COMPARISONS[self.take().text]
            right = self.expression(0)
            one = self.joined(op, left, right, first)
            made = one if made is None else self.joined("mul", made, one, first)
            left = right
        assert made is not None
        return made

    def is_indicator(self, name: Token) -> bool:
        """Whether a name or number that is taken is the indicator of a condition in brackets behind it."""
        bracket = self.next
        return (
            name.text in _INDICATORS
            and bracket.kind in OPENING
            and bracket.close
            and self.has_at_depth(tuple(COMPARISONS), self.at)
        )

    def indicator(self, sign: Token) -> int:
        """1 where a condition in the bracket behind it, or below it, holds, and else 0."""
        if self.next.kind not in OPENING:
            hint = "write 1_{x > 0}, or [x > 0]; for the number leave the style out"
            raise AdgraphError("an indicator needs a condition", sign.span, hint)
        self.take()
        nested = self.next.kind in OPENING and self.closing(self.at) + 1 == self.closing(self.at - 1)
        if nested:
            self.take()
        made = self.conditions()
        for _ in range(1 + nested):
            if self.next.kind != "close":
                raise self.unexpected(self.next)
            self.take()
        self.bracketed.add(made)
        return made

    def absolute(self, opening: Token) -> int:
        """An absolute value whose left bar is taken. Two bars on each side are a norm."""
        double = self.next.kind == "bar" and self.next.close
        self.bars += 1
        body = self.expression(0)
        self.bars -= 1
        if self.next.kind != "bar":
            raise AdgraphError("'|' is never closed", opening.span, "write |x| or abs(x)")
        closing = self.take()
        span = Span(opening.span.start, closing.span.end)
        inner = self.of(body)
        ends = inner.span is not None and inner.op == "abs" and inner.span.end == closing.span.start
        if double and ends and inner.span is not None and inner.span.start == opening.span.end:
            raise norm(span)
        return self.node("abs", (body,), span)

    # ---- cases

    def cases(self) -> int:
        """A case distinction in braces whose left one is taken: {x if x > 0; 0}, {x, x > 0; 0 otherwise}."""
        first = self.at - 1
        self.conditional += 1
        rows: list[Case] = [self.case()]
        while self.next.kind == "comma" or self.next.text in _ELSE:
            last = self.take()
            if self.next.kind == "close":
                break
            rows.append(self.case() if last.kind == "comma" else (self.expression(0), None))
        self.conditional -= 1
        return self.distinguished(rows, self.since(first))

    def case(self) -> Case:
        """One value with its condition."""
        value = self.expression(0)
        if self.next.kind == "comma" and self.is_condition_ahead():
            self.take()
        if self.next.text in _ELSE:
            self.take()
            return value, None
        if self.next.text in _IF:
            self.take()
            if self.next.text in _ELSE:
                self.take()
                return value, None
            return value, self.conditions_of_case()
        if self.tokens[self.at - 1].kind == "comma":
            return value, self.conditions_of_case()
        return value, None

    def conditions_of_case(self) -> int:
        """A condition, or several with `and` between them; a comma ends it."""
        first = self.at
        made = self.expression(0)
        if self.next.text not in COMPARISONS:  # a number that is 0 where it does not hold
            return made
        made = self.comparison(made, first)
        while self.next.text == "and":
            self.take()
            begin = self.at
            made = self.joined("mul", made, self.comparison(self.expression(0), begin), first)
        return made

    def is_condition_ahead(self) -> bool:
        """Whether the condition of a case comes behind a comma: a comparison, `if` or `otherwise`."""
        depth = 0
        for token in self.tokens[self.at + 1 :]:
            if depth == 0 and (token.kind == "comma" or token.kind == "close"):
                return False
            if depth == 0 and (token.text in COMPARISONS or token.text in _IF or token.text in _ELSE):
                return True
            depth += token.nesting
        return False

    def distinguished(self, rows: list[Case], span: Span) -> int:
        """The node of a case distinction. Its last case is for all that is left."""
        *most, (value, condition) = rows
        if not most or any(when is None for _, when in most):
            hint = "write {a if x > 0; b}: every case but the last has a condition"
            raise AdgraphError("this is no case distinction", span, hint)
        if condition is not None and not (len(most) == 1 and self.is_opposite(most[0][1] or 0, condition)):
            self.notes.append("the last case is taken for all that the others leave")
        for other, when in reversed(most):
            assert when is not None
            value = self.node("where", (when, other, value), span)
        return value

    def is_opposite(self, left: int, right: int) -> bool:
        """Whether one condition holds where the other does not."""
        one, other = self.of(left), self.of(right)
        same = _OPPOSITES.get(str(one.op)) == other.op and self._same(one.args, other.args)
        turned = _TURNED.get(_OPPOSITES.get(str(one.op), "")) == other.op and self._same(one.args, other.args[::-1])
        return same or turned

    def _same(self, left: tuple[int, ...], right: tuple[int, ...]) -> bool:
        return len(left) == len(right) and all(
            a == b or _leaf(self.of(a)) == _leaf(self.of(b)) is not None for a, b in zip(left, right, strict=True)
        )


_TURNED = {COMPARISONS[sign]: COMPARISONS[turned] for sign, turned in
           {">": "<", "<": ">", ">=": "<=", "<=": ">=", "=": "=", "!=": "!="}.items()}  # fmt: skip


def _leaf(node: Node) -> object:
    """What a number or a variable is; None for what is made of others."""
    return None if node.args else (node.op, node.value, node.name)

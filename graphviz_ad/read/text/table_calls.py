"""Functions of the table: called, with a power, without brackets; their derivatives; roots and logarithms."""

from __future__ import annotations

from functools import reduce

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import FUNCTIONS, ONLY_CALLED, Op
from graphviz_ad.read.text.cursor import COMPARISONS, POWER, UNARY
from graphviz_ad.read.text.literals import check_digits
from graphviz_ad.read.text.sums import Sums
from graphviz_ad.read.text.tokens import OPENING, Token


class TableCalls(Sums):
    """Reads calls of functions of the table."""

    def is_power_of(self, token: Token) -> bool:
        """Whether a letter is a function that is raised, σ²(x): a bracket comes behind the exponent, and the letter is
        no variable elsewhere."""
        if not self.is_raised() or token.text in self.callables.bare:
            return False
        behind = self.ahead(self.after_power())
        if behind.kind != "open" or not behind.close:
            return False
        power = self.raised_to()
        if power.strip("()") != "-1":
            self.notes.append(f"{token.text}^{power}(…) is read as ({token.text}(…))^{power}; "
                              f"write {token.text}^{power}*(…) for a product")  # fmt: skip
        return True

    def derived(self, token: Token) -> int | None:
        """σ'(z): the derivative of a function of the table, written out; None for another name."""
        bare = token.text.rstrip("'")
        op = FUNCTIONS.get(bare)
        expression = self.callables.rule
        if bare == token.text or op is None or self.next.kind not in OPENING or len(op.params) > 1 or not expression:
            return None
        if len(token.text) - len(bare) > 1:
            hint = f"write it out: the derivative of {op.partials[0].replace('out', f'{bare}(x)')}"
            raise AdgraphError(f"a second derivative of '{bare}' is not read", token.span, hint)
        first = self.at - 1
        argument = self.arguments()[0]
        span = self.since(first)
        rule = expression(op.partials[0])
        known = {"x": argument}
        if any(node.op == INPUT and node.name == "out" for node in rule.nodes):
            known["out"] = self.node(op.name, (argument,), span)
        made = self.builder.inline([n.replace(span=span) for n in rule.nodes], lambda node: known[node.name or ""])
        self.notes.append(f"{token.text}(…) is written out: the derivative of {bare}")
        return made[rule.outputs[0]]

    def logarithm_to_base(self, token: Token) -> int | None:
        """log_a x, log_3(x): the base stands below; None for another name."""
        head, _, base = token.text.partition("_")
        is_log = head in FUNCTIONS and f"{head}_10" in FUNCTIONS and bool(base)
        if not is_log or not (self.begins_operand(self.next) or self.next.kind in OPENING):
            return None
        first = self.at - 1
        inside = base.removeprefix("{").removesuffix("}")
        span = Span(token.span.end - len(base), token.span.end)
        if not (inside.isdecimal() or Name(inside).isidentifier() or len(inside) == 1):
            raise AdgraphError(f"a logarithm to the base {inside} is not read", span, f"write {head}(x, {inside})")
        of = self.logarithm_of(token, first)
        is_number = inside.isdecimal()
        below = self.number(int(inside), span) if is_number else self.variable(token.replace(text=inside, span=span))
        return self.based(of, below, first)

    def logarithm(self, token: Token) -> int:
        r"""\log_{a + 1} x: the base is an expression in brackets."""
        first, opening = self.at - 1, self.at
        closing = self.closing(opening)
        self.at = closing + 1
        of = self.logarithm_of(token, first)
        behind, self.at = self.at, opening + 1
        below = self.expression(0)
        if self.at != closing:
            raise self.unexpected(self.next)
        self.at = behind
        return self.based(of, below, first)

    def logarithm_of(self, token: Token, first: int) -> int:
        """What a logarithm is of, behind its base."""
        if self.is_raised():
            raise AdgraphError("a power of a logarithm to a base is not read", self.next.span, "write (log(x, b))^2")
        if self.next.kind != "open" and not self.begins_operand(self.next):
            raise AdgraphError(f"'{token.text}' is a function and needs an argument", token.span, "write log(x)")
        args = self.arguments() if self.next.kind == "open" else [self.bare_argument(token)]
        if len(args) > 1:
            raise AdgraphError(f"'{token.text}' takes 1 argument, not {len(args)}", self.since(first))
        return args[0]

    def based(self, inside: int, base: int, first: int) -> int:
        """A logarithm to a base; to 2 and 10 it has a name of its own."""
        value = self.of(base).value
        named = FUNCTIONS.get(f"log_{value}")
        if named is not None:
            return self.node(named.name, (inside,), self.since(first))
        return self.node("log_base", (inside, base), self.since(first))

    def root(self, head: Token) -> int:
        """root(x, 3): the third root."""
        first = self.at - 1
        args = self.arguments()
        if len(args) != 2:
            raise AdgraphError(
                f"'{head.text}' takes 2 arguments, not {len(args)}", self.since(first), "write root(x, 3)"
            )
        degree = self.of(args[1]).value
        if degree in (2, 3):
            return self.node("sqrt" if degree == 2 else "cbrt", (args[0],), self.since(first))
        one = self.number(1, self.since(first))
        return self.joined("pow", args[0], self.joined("div", one, args[1], first), first)

    def function(self, head: Token, op: Op) -> int:
        first = self.at - 1
        exponent: int | None = None
        if self.is_raised():
            op, exponent = self.function_power(head, op)
        if self.next.kind == "open":
            args = self.arguments(op.form == "cases")
        elif op.form == "cases":  # u^2 where u = 3x
            raise AdgraphError(f"'{head.text}' is not read", head.span, "write ; between equations")
        elif self.begins_operand(self.next) or self.is_leading_minus():
            args = [self.bare_argument(head)]
        else:
            raise AdgraphError(
                f"'{head.text}' is a function and needs an argument",
                head.span,
                f"write {head.text}({', '.join(op.params)})",
            )
        span = self.since(first)
        call = self.apply(head, op, args, span)
        return call if exponent is None else self.node("pow", (call, exponent), span)

    def is_leading_minus(self) -> bool:
        """Whether a minus belongs to what follows: it does in `sin -x`, not in `sin - x`."""
        after = self.ahead(1)
        return self.next.text == "-" and not self.next.close and after.close

    def apply(self, head: Token, op: Op, args: list[int], span: Span) -> int:
        wanted = len(op.params)
        if len(args) == wanted:
            return self.node(op.name, tuple(args), span)
        if len(args) == 2 and f"{op.name}_10" in FUNCTIONS:  # log(x, 2), as Python has it
            return self.node(*self._to_base(args), span)
        if not op.folds or len(args) < wanted:
            arguments = f"{wanted} argument{'s' if wanted > 1 else ''}"
            hint = f"write {head.text}({', '.join(op.params)})"
            if f"{op.name}_10" in FUNCTIONS:
                hint = f"write {head.text}(x), or {head.text}(x, 2) with its base"
                raise AdgraphError(f"'{head.text}' takes 1 or 2 arguments, not {len(args)}", span, hint)
            hint += "; of several numbers is max(x, y), or a function of your own: g(x, y) = …" * (wanted == 1)
            raise AdgraphError(f"'{head.text}' takes {arguments}, not {len(args)}", span, hint)
        return reduce(lambda left, right: self.node(op.name, (left, right), span), args)

    def _to_base(self, args: list[int]) -> tuple[str, tuple[int, ...]]:
        named = FUNCTIONS.get(f"log_{self.of(args[1]).value}")
        return (named.name, (args[0],)) if named is not None else ("log_base", tuple(args))

    def function_power(self, head: Token, op: Op) -> tuple[Op, int | None]:
        """The power of a function: sin^2 x is (sin x)^2, and sin^-1 is the inverse."""
        sign = self.next
        if sign.kind == "super":
            exponent = self.superscript(self.take())
        else:
            self.take()
            if self.next.kind == "name":
                raise AdgraphError(
                    f"the power of '{head.text}' is not a number",
                    self.next.span,
                    f"write ({head.text}(…))^{self.next.text}",
                )
            exponent = self.expression(POWER)
        if self.of(exponent).value != -1:
            return op, exponent
        if not op.inverse:
            raise AdgraphError(f"'{head.text}' has no inverse here", sign.span, f"write 1/{head.text}(…)")
        return FUNCTIONS[op.inverse], None

    def superscript(self, token: Token) -> int:
        if token.text == "n":
            return self.variable(token)
        check_digits(token)
        try:
            return self.number(int(token.text), token.span)
        except ValueError:
            raise AdgraphError("this superscript is not a whole number", token.span, "write x^(…)") from None

    def is_raised(self) -> bool:
        return self.next.kind == "super" or self.next.text == "^"

    def after_power(self) -> int:
        """How far ahead the token behind an exponent is, which may be a number, a name or in brackets."""
        if self.next.kind == "super":
            return 1
        at = 2 if self.ahead(1).text in ("+", "-") else 1
        return self.closed_at.get(self.at + at, self.at + at) - self.at + 1

    def raised_to(self) -> str:
        """The exponent that comes next, as it is written."""
        return "".join(other.text for other in self.tokens[self.at : self.at + self.after_power()]).lstrip("^")

    # ---- arguments

    def arguments(self, conditions: bool = False) -> list[int]:
        opening = self.take()
        if self.next.kind == "close":
            raise AdgraphError("an argument is missing", Span(opening.span.start, self.next.span.end))
        bars, self.bars = self.bars, 0
        conditional, self.conditional = self.conditional, 0
        args = [self.argument(conditions)]
        while self.next.kind == "comma":
            self.take()
            args.append(self.argument(conditions))
        self.bars, self.conditional = bars, conditional
        if self.next.kind != "close":
            raise self.unexpected(self.next)
        self.take()
        return args

    def argument(self, conditions: bool) -> int:
        """One argument: an expression, or a condition, as where(x > 0, x, 0) has."""
        first = self.at
        made = self.expression(0)
        return self.comparison(made, first) if conditions and self.next.text in COMPARISONS else made

    def bare_argument(self, head: Token) -> int:
        """The argument of a function without brackets: `sin 2x`; another function ends it (`sin x cos x`), and so do
        bars (`ln |x| y`)."""
        bars = self.next.kind == "bar" or self.next.text == "abs"
        first = self.at
        left = self.expression(UNARY)
        while not bars and self.begins_operand(self.next) and self.next.kind != "bar":
            token = self.next
            if token.kind == "name" and token.text in FUNCTIONS and token.text not in ONLY_CALLED:
                break
            if token.kind == "open" and self.tokens[self.at - 1].kind != "number":
                if self.tokens[self.at - 1].kind == "name":
                    self.notes.append(f"the argument of {head.text} ends before the bracket; put brackets around it")
                break
            left = self.joined("mul", left, self.expression(UNARY), first)
        if self.next.text in ("*", "/"):
            self.notes.append(f"the argument of {head.text} ends before '{self.next.text}'; put brackets around it")
        return left

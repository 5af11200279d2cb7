"""Names: functions of the table and their powers, functions of the user's, and what is a variable after all."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS, ONLY_CALLED, Op, called
from graphviz_ad.read.text.cursor import COMPARISONS, OPENING, POWER, UNARY
from graphviz_ad.read.text.literals import check_digits
from graphviz_ad.read.text.sums import SUMS, Sums
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.vectors import TRANSPOSED, of_vectors, transposed
from graphviz_ad.read.text.words import refusal

_FUNCTION_LETTERS = frozenset({"f", "g", "h", "F", "G", "H", "φ", "ϕ", "ψ", "Φ", "Ψ"})
_ROOTS = frozenset({"root", "nthroot"})


def is_word(name: str) -> bool:
    """Whether a name is a word: several letters that spell no Greek one."""
    return len(Name(name).parts.base) > 1


class Calls(Sums):
    """Reads what begins with a name."""

    def named(self, token: Token) -> int:
        before_bracket = self.next.kind == "open" and self.next.close
        if token.text[-1] in TRANSPOSED:
            raise transposed(token.span)
        if function := self.callables.find(token):
            return self.user_defined(token, function)
        if token.text in FUNCTIONS and (token.text not in ONLY_CALLED or before_bracket or self.is_power_of(token)):
            self.called.setdefault(token.text, token.span)
            return self.function(token, FUNCTIONS[token.text])
        if before_bracket and token.text in SUMS and (made := self.listed(token)) is not None:
            return made
        if before_bracket and token.text in _ROOTS:
            return self.root(token)
        if self.is_indicator(token):
            return self.indicator(token)
        if token.text[0] == "d":
            self.refuse_derivative(token)
        if before_bracket and (error := of_vectors(token.text, token.span)) is not None:
            raise error
        if token.text[-1] == "'" and (derived := self.derived(token)) is not None:
            return derived
        if "_" in token.text and (based := self.logarithm_to_base(token)) is not None:
            return based
        self.refuse_word(token, before_bracket)
        if (applied := self.abstract(token, before_bracket)) is not None:
            return self.user_defined(token, applied)
        if (before_bracket and not self.is_product(token)) or self.is_raised_call(token):
            raise self.unknown_function(token)
        self.refuse_index(token)
        return self.variable(token)

    # ---- what a name is not

    def unknown_function(self, token: Token) -> AdgraphError:
        known = [*called(), *self.callables.names()]
        bare = token.text.rstrip("'")
        if self.next.text == "{" and self.next.kind == "open":
            hint = "if this was a command of LaTeX, a shell took its backslash: put single quotes around it"
            return AdgraphError(f"unknown function '{token.text}'", token.span, hint)
        near = did_you_mean(token.text, known) if len(bare) > 1 else ""
        hint = near or (
            f"define it ({bare}(x) = …), declare it (--function {bare}), or write {token.text}*(…) for a product"
        )
        return AdgraphError(f"unknown function '{token.text}'", token.span, hint)

    def refuse_word(self, token: Token, before_bracket: bool) -> None:
        """Raise AdgraphError for a word of mathematics that would be a factor, `x mod 2`."""
        if token.text in self.callables.variables:
            return
        begins = self.begins_operand(self.next)
        if begins and (error := of_vectors(token.text, token.span)) is not None:
            raise error
        last = self.tokens[self.at - 2] if self.at > 1 else self.end
        between = begins or last.kind in ("name", "number", "close")
        base = token.text.partition("_")[0]
        if base in SUMS and base != token.text and (begins or before_bracket or self.next.text == "^"):
            raise self.unclear(token.replace(text=base))
        if (base in FUNCTIONS and base != token.text and base not in ONLY_CALLED) and begins:
            raise AdgraphError(f"'{token.text}' is not among the functions", token.span, f"write {base}(x)")
        if (error := refusal(token.text, token.span, between, begins)) is not None:
            raise error

    def refuse_index(self, name: Token) -> None:
        """x[0] is an entry in Python; here it would be a product."""
        opening, number, closing = map(self.ahead, range(3))
        if opening.text == "[" and opening.close and number.text.isdecimal() and closing.text == "]":
            span = Span(opening.span.start, closing.span.end)
            raise AdgraphError(f"an index of '{name.text}' is not read", span, f"write {name.text}_{number.text}")

    def refuse_derivative(self, token: Token) -> None:
        """Raise AdgraphError for d/dx x^2, and for dz/dx as a quotient of names."""
        known = self.callables.variables
        if token.text[0] != "d" or self.next.text != "/" or token.text in known:
            return
        below = self.ahead(1)
        separate = below.text == "d" and self.ahead(2).kind == "name" and self.ahead(2).close
        differential = below.kind == "name" and below.text[0] == "d" and len(below.text) > 1 and below.text not in known
        if differential or (separate and token.text == "d"):
            span = Span(token.span.start, below.span.end)
            hint = "adgraph derives; give it the equations alone, and judge an answer with adgraph check --claim"
            raise AdgraphError("a derivative is not read", span, hint)

    # ---- functions of the table

    def is_power_of(self, token: Token) -> bool:
        """Whether a letter is a function that is raised, σ²(x): a bracket comes behind the exponent, and the letter is
        no variable elsewhere."""
        if not self.is_raised() or token.text in self.callables.bare:
            return False
        behind = self.ahead(self.after_power())
        if behind.kind != "open" or not behind.close:
            return False
        power = "".join(other.text for other in self.tokens[self.at : self.at + self.after_power()]).lstrip("^")
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
        if inside.isdecimal():
            below = self.number(int(inside), span)
        elif Name(inside).isidentifier() or len(inside) == 1:
            below = self.variable(token.replace(text=inside, span=span))
        else:
            raise AdgraphError(f"a logarithm to the base {inside} is not read", span, f"write {head}(x, {inside})")
        args = self.arguments() if self.next.kind == "open" else [self.bare_argument(token)]
        if len(args) > 1:
            raise AdgraphError(f"'{token.text}' takes 1 argument, not {len(args)}", self.since(first))
        return self.based(args[0], below, first)

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
            hint += "; of several numbers is max(x, y), or a function of your own: g(x, y) = …" * (wanted == 1)
            raise AdgraphError(f"'{head.text}' takes {arguments}, not {len(args)}", span, hint)
        left = args[0]
        for right in args[1:]:
            left = self.node(op.name, (left, right), span)
        return left

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

    # ---- functions of the user's

    def abstract(self, token: Token, before_bracket: bool) -> UserFunction | None:
        """A function that is applied and nowhere defined, f(x) or φ(z): it is known by its name alone."""
        bare = token.text.rstrip("'")
        letters = Name(bare).parts
        one_letter = len(letters.base) == 1 and bare not in CONSTANTS and not letters.accents
        if not one_letter or not before_bracket or not self.callables.opens:
            return None
        named = letters.base in _FUNCTION_LETTERS
        if not named and not (bare != token.text or self.is_application()):
            return None
        if Name(bare).key in self.callables.variable_keys:
            if not named and not self.is_application():
                return None
            written = token.text
            hint = f"write {written} for the variable, {written}*(…) for a product, or define it: {written}(x) = …"
            raise AdgraphError(f"'{token.text}' is a variable, and is applied like a function", token.span, hint)
        shown = f"{bare}(…)" if bare == token.text else f"{bare}"
        self.notes.append(f"{shown} is read as a function that is not known further; "
                          f"define it, {bare}(…) = …, or write {bare}*(…) for a product")  # fmt: skip
        return self.callables.declare(token)

    def is_application(self) -> bool:
        """Whether a bracket has nothing but names and applications in it, v(u(x)): no product would be written so."""
        at, closing = self.at + 1, self.closing(self.at)
        while at < closing:
            if self.tokens[at].kind != "name" or self.tokens[at].text in FUNCTIONS:
                return False
            at += 1
            if self.tokens[at].kind == "open":
                at = self.closing(at) + 1
            if at < closing:
                if self.tokens[at].kind != "comma":
                    return False
                at += 1
        return True

    def user_defined(self, token: Token, function: UserFunction) -> int:
        """A user-defined function: a call before a bracket, else the variable that it is called after."""
        if self.is_raised() and self.ahead(self.after_power()).kind == "open":
            power = self.ahead(1) if self.next.text == "^" else self.next
            hint = f"write ({token.text}(…))^{power.text if power.kind in ('number', 'super') else 'n'}"
            raise AdgraphError(f"the power of '{token.text}' may be read in two ways", self.next.span, hint)
        if self.next.kind != "open":
            if self.callables.is_abstract(function):
                hint = f"write {token.text}(x)"
                raise AdgraphError(f"'{token.text}' is a function and needs arguments", token.span, hint)
            return self.variable(token)
        first = self.at - 1
        args = self.arguments()
        span = self.since(first)
        applied = self.callables.applied(function, len(args), span)
        self.called.setdefault(applied.name, token.span)
        return self.node(applied, tuple(args), span)

    def is_raised(self) -> bool:
        return self.next.kind == "super" or self.next.text == "^"

    def after_power(self) -> int:
        """How far ahead the token behind an exponent is, which may be a number, a name or in brackets."""
        if self.next.kind == "super":
            return 1
        at = 2 if self.ahead(1).text in ("+", "-") else 1
        return self.closed_at.get(self.at + at, self.at + at) - self.at + 1

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: `a(x + b)` is, `f(x)` and `sine(x)` are not."""
        letters = token.text.rstrip("'0123456789").partition("_")[0]
        if self.has_at_depth((",",), self.at):
            return False
        product = len(letters) == 1 and letters not in _FUNCTION_LETTERS
        if product:
            self.notes.append(f"{token.text}(…) is read as the product {token.text}*(…)")
        return product

    def is_raised_call(self, token: Token) -> bool:
        """Whether a word is used like sin^2(x), or a letter like f^2(x)."""
        if not self.is_raised():
            return False
        behind = self.ahead(self.after_power())
        if token.text in _FUNCTION_LETTERS and behind.kind == "open" and behind.close:
            return token.text not in self.callables.variables
        return is_word(token.text) and behind.kind == "open"

"""Names: functions of the table and of the user's, what is no name, and what is a variable after all."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS, ONLY_CALLED, called
from graphviz_ad.read.text import elsewhere, glued
from graphviz_ad.read.text.sums import SUMS
from graphviz_ad.read.text.table_calls import TableCalls
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.vectors import TRANSPOSED, of_vectors, transposed
from graphviz_ad.read.text.words import refusal

_FUNCTION_LETTERS = frozenset({"f", "g", "h", "F", "G", "H", "φ", "ϕ", "ψ", "Φ", "Ψ"})
_ROOTS = frozenset({"root", "nthroot"})


def is_word(name: str) -> bool:
    """Whether a name is a word: several letters that spell no Greek one."""
    return len(Name(name).parts.base) > 1


def derivative(span: Span) -> AdgraphError:
    """The error of dy/dx on a right side."""
    hint = "adgraph derives; give it the equations alone, and judge an answer with adgraph check --claim"
    return AdgraphError("a derivative is not read", span, hint)


class Calls(TableCalls):
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
        if token.text == "Δ":
            self.refuse_difference(token)
        if token.text == "δ":
            self.refuse_variation(token)
        if before_bracket and (error := of_vectors(token.text, token.span)) is not None:
            raise error
        if token.text[-1] == "'" and (derived := self.derived(token)) is not None:
            return derived
        if "_" in token.text and (based := self.logarithm_to_base(token)) is not None:
            return based
        self.refuse_word(token, before_bracket)
        if (applied := self.abstract(token, before_bracket)) is not None:
            return self.user_defined(token, applied)
        if (before_bracket and not self.is_product(token)) or (self.is_raised_call(token) and is_word(token.text)):
            raise self.unknown_function(token)
        if self.is_raised_call(token) and self.may_be_function(token):
            raise self.two_ways(token, product=True)
        self.refuse_index(token)
        return self.variable(token)

    # ---- what a name is not

    def unknown_function(self, token: Token) -> AdgraphError:
        known = [*called(), *self.callables.names()]
        bare = token.text.rstrip("'")
        if self.next.text == "{" and self.next.kind == "open":
            hint = "if this was a command of LaTeX, a shell took its backslash: put single quotes around it"
            return AdgraphError(f"unknown function '{token.text}'", token.span, hint)
        if (error := elsewhere.refusal(token.text, token.span)) is not None:
            return error
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
        if (error := refusal(token.text, token.span, between, begins, self.is_raised())) is not None:
            raise error
        if begins and not before_bracket and (error := elsewhere.capitalised(token.text, token.span)) is not None:
            raise error
        if not before_bracket and (error := glued.refusal(token.text, token.span)) is not None:
            raise error

    def refuse_index(self, name: Token) -> None:
        """x[0] is an entry in Python; here it would be a product."""
        opening, number, closing = map(self.ahead, range(3))
        if opening.text == "[" and opening.close and number.text.isdecimal() and closing.text == "]":
            span = Span(opening.span.start, closing.span.end)
            raise AdgraphError(f"an index of '{name.text}' is not read", span, f"write {name.text}_{number.text}")

    def refuse_derivative(self, token: Token) -> None:
        """Raise AdgraphError for d/dx x^2, for d^2x/dt^2, and for dz/dx as a quotient of names."""
        known = self.callables.variables
        if token.text in known:
            return
        if token.text == "d" and self.is_raised():
            self.refuse_higher_derivative(token)
        if self.next.text != "/":
            return
        below = self.ahead(1)
        separate = below.text == "d" and self.ahead(2).kind == "name" and self.ahead(2).close
        differential = below.kind == "name" and below.text[0] == "d" and len(below.text) > 1 and below.text not in known
        if differential or (separate and token.text == "d"):
            raise derivative(Span(token.span.start, below.span.end))

    def refuse_higher_derivative(self, token: Token) -> None:
        """Raise AdgraphError for d^2/dx^2 and d²x/dt²."""
        at = self.after_power()
        at += self.ahead(at).kind == "name"
        below = self.ahead(at + 1)
        if self.ahead(at).text == "/" and below.kind == "name" and below.text[0] == "d":
            raise derivative(Span(token.span.start, below.span.end))

    def refuse_difference(self, token: Token) -> None:
        """Raise AdgraphError for Δ²x and for Δ x, where nothing says what Δ is."""
        raised = self.is_raised()
        at = self.after_power() if raised else 0
        behind = self.ahead(at + (self.ahead(at).text == "{"))
        if behind.kind != "name" or behind.text in FUNCTIONS or token.text in self.callables.variables:
            return
        delta = f"Δ^{self.raised_to().strip('{}')}" if raised else "Δ"
        what, name = (
            ("a difference of differences", "a name of its own")
            if raised
            else ("a difference", f"one name, Δ{behind.text}")
        )
        message = f"{delta} before a name may be read in two ways: as {what}, and as a factor"
        hint = f"write {delta}*{behind.text} for a product; give the difference {name}"
        raise AdgraphError(message, Span(token.span.start, behind.span.end), hint)

    def refuse_variation(self, token: Token) -> None:
        """Raise AdgraphError for δy/δx, where nothing says what δ is."""
        behind = [one for one in map(self.ahead, range(7)) if one.kind not in ("open", "group", "close")]
        above, stroke, delta, below = behind[:4] if len(behind) > 3 else [token] * 4
        is_quotient = (stroke.text, delta.text, above.kind, below.kind) == ("/", "δ", "name", "name")
        if is_quotient and "δ" not in self.callables.variables:
            span = Span(token.span.start, below.span.end)
            hint = f"for a product write δ*{above.text}; for one name d_{above.text} or Δ{above.text}"
            raise AdgraphError(
                "δ above and below a stroke may be read in two ways: in one name, and as a factor", span, hint
            )

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

    def is_application(self, ahead: int = 0) -> bool:
        """Whether a bracket has nothing but names and applications in it, v(u(x)): no product would be written so."""
        at, closing = self.at + ahead + 1, self.closing(self.at + ahead)
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
            raise self.two_ways(token)
        if self.next.kind != "open":
            if function.name.key in self.callables.abstract:
                hint = f"write {token.text}(x)"
                raise AdgraphError(f"'{token.text}' is a function and needs arguments", token.span, hint)
            return self.variable(token)
        first = self.at - 1
        args = self.arguments()
        span = self.since(first)
        applied = self.callables.applied(function, len(args), span)
        self.called.setdefault(applied.name, token.span)
        return self.node(applied, tuple(args), span)

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: `a(x + b)` is, `f(x)` and `sine(x)` are not."""
        letters = Name(token.text.rstrip("'0123456789").partition("_")[0]).parts.base
        if letters == "𝔼":
            raise AdgraphError("an expected value is not read", token.span, "write a name for it, μ")
        if self.has_at_depth((",",), self.at):
            return False
        product = len(letters) == 1 and letters not in _FUNCTION_LETTERS
        if product:
            self.notes.append(f"{token.text}(…) is read as the product {token.text}*(…)")
        return product

    def is_raised_call(self, token: Token) -> bool:
        """Whether a name is used like sin^2(x)."""
        return self.is_raised() and self.ahead(self.after_power()).kind == "open"

    def may_be_function(self, token: Token) -> bool:
        """Whether a letter with a power before a bracket may be a function: f^2(…), or τ^2(u) where nothing says that
        τ is a number."""
        bracket = self.after_power()
        letter = Name(token.text.rstrip("'")).parts
        if not self.ahead(bracket).close or len(letter.base) > 1 or letter.accents or token.text in CONSTANTS:
            return False
        if not self.callables.opens or Name(token.text).key in self.callables.variable_keys:
            return False
        return letter.base in _FUNCTION_LETTERS or self.is_application(bracket)

    def two_ways(self, token: Token, product: bool = False) -> AdgraphError:
        """The error of f^2(x), which some read as f(x)^2, some as f(f(x)), and which may be a product too."""
        power = self.raised_to().strip("(){}")
        product_hint = f", or {token.text}^{power}*(…) for a product" * product
        if power == "-1":
            message = f"an inverse function is not read: {token.text}^-1"
            return AdgraphError(message, self.next.span, f"for a quotient write 1/{token.text}(…)" + product_hint)
        shown = power if power.isalnum() else "n"
        hint = f"write ({token.text}(…))^{shown}" + product_hint
        return AdgraphError(f"the power of '{token.text}' may be read in two ways", self.next.span, hint)

"""Derivatives as marks at a name or a bracket: y', f'(x), (x^2 + 1)', ẋ, f_x."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import MAX_ORDER, DerivativeName, Name
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.read.documents.fractions import Fractions
from graphviz_ad.read.documents.naming import Known, NotDefinedError, called_with
from graphviz_ad.read.text.tokens import OPENING, Token


class Primes(Fractions):
    """Finds derivatives that are written as marks."""

    def _primed(self, at: int) -> tuple[str, int] | None:
        token = self._token(at)
        if token.kind != "name":
            return None
        bare = token.text.rstrip("'′")
        order = len(token.text) - len(bare)
        if not order:
            return self._subscript(at)
        if self.find(Name(token.text).key) is not None:
            return None
        known = self.find(Name(bare).key)
        if known is None:
            return self._of_table(at, bare, order)
        wrt = known.only
        if wrt is None:
            raise AdgraphError(f"'{token.text}' may be a derivative by several inputs", token.span)
        derivative = DerivativeName("d", known.name, (wrt,) * min(order, MAX_ORDER))
        if self._token(at + 1).kind == "open":
            if self._are_own(known, at + 1) or self._texts(at + 1) == [wrt]:
                return self._alias(derivative), self._closing(at + 1) + 1
            args = self._arguments(at + 1)
            if len(args) == len(known.order) or (len(args) == 1 and wrt is not None):
                named = tuple(zip(known.order if len(args) == len(known.order) else (wrt,), args, strict=True))
                return self._at_place(derivative, known, named), self._closing(at + 1) + 1
        return self._alias(derivative), at + 1

    def _of_table(self, at: int, bare: str, order: int) -> tuple[str, int]:
        """The derivative of a function that everyone knows, σ'(z)."""
        token = self._token(at)
        op = FUNCTIONS.get(bare)
        if op is not None and len(op.params) == 1 and self._token(at + 1).kind != "open":
            return self._alias(self._of_call(bare, Name("x"), order, token.span)), at + 1  # sin', of x
        if op is None or len(op.params) != 1:
            raise NotDefinedError(bare, token.span)
        (argument,) = self._arguments(at + 1) if len(self._arguments(at + 1)) == 1 else ((),)
        if not argument:
            raise AdgraphError(f"'{bare}' has one argument", token.span)
        by = Name(f"{self.prefix}a{len(self.expressions)}")
        derivative = self._of_call(bare, by, order, token.span)
        taken = self._at_place(derivative, Known(derivative.of, (by,), (by,)), ((by, argument),))
        return taken, self._closing(at + 1) + 1

    def _of_call(self, function: str, by: Name, order: int, span: Span) -> DerivativeName:
        """The derivative of a function of the table by its argument."""
        name = Name(f"{self.prefix}{len(self.expressions)}")
        self.expressions[name] = [Token("name", function, span, True), *called_with(by, span)]
        return DerivativeName("d", name, (by,) * min(order, MAX_ORDER))

    def _subscript(self, at: int) -> tuple[str, int] | None:
        """f_x where f is a function of x, and ẋ where x is one of t."""
        token = self._token(at)
        name = Name(token.text)
        if self.find(name.key) is not None:
            return None
        key = name.key
        if key.accents and key.accents[-1] == "dot":
            order = 2 if key.accents[-2:] == ("dot", "dot") else 1
            of = self.find(key.replace(accents=key.accents[:-order]))
            if of is not None and "t" in of.order:
                is_called = self._token(at + 1).kind == "open" and self._texts(at + 1) == ["t"]
                end = self._closing(at + 1) + 1 if is_called else at + 1
                return self._alias(DerivativeName("d", of.name, (Name("t"),) * order)), end
        of = self.find(key.replace(subscript=""))
        by = key.subscript
        if of is None or of.params is None or not by or not all(letter in of.params for letter in by):
            return None
        derivative = DerivativeName("∂", of.name, tuple(map(Name, reversed(by))))
        if self._token(at + 1).kind != "open":
            return self._alias(derivative), at + 1
        args = self._arguments(at + 1)
        if self._are_own(of, at + 1):
            return self._alias(derivative), self._closing(at + 1) + 1
        if len(args) != len(of.params):
            return None
        named = tuple(zip(of.params, args, strict=True))
        return self._at_place(derivative, of, named), self._closing(at + 1) + 1

    def _bracket(self, at: int) -> tuple[str, int] | None:
        """(x^2 + 1)', by the one variable in it, or by x or t."""
        if self._token(at).kind not in OPENING:
            return None
        end = self._closing(at) + 1
        if self._token(end).kind != "prime":
            return None
        inside = self.tokens[at + 1 : end - 1]
        names = dict.fromkeys(
            Name(token.text) for token in inside if token.kind == "name" and token.text not in FUNCTIONS
        )
        names = {name: None for name in names if name not in ("e", "π", "pi")}
        usual = Name("x") if not names else None  # (7)' is 0, whatever it is by
        wrt = next(iter(names)) if len(names) == 1 else next((name for name in names if name in ("x", "t")), usual)
        if wrt is None:
            raise AdgraphError("by what this is differentiated is not said", self._token(at).span)
        return self._made("d", (at, end), (wrt,), end + 1)[0], end + 1

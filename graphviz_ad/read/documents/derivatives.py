"""Derivatives in the statements of documents, in every notation that is in use, each brought to a name of its own.

What is differentiated may be an expression, d/dx (x^2 + 1), and a derivative may be taken at a place, f'(g(x)) or
dy/dx at x = 2; a system then needs further variables, and a side further names, which are listed beside the tokens.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.read.documents.naming import called_with
from graphviz_ad.read.documents.primes import Primes
from graphviz_ad.read.text.nesting import replaced
from graphviz_ad.read.text.tokens import END, Token, stand_in


class Rewriter(Primes):
    """Brings the derivatives of one side to names."""

    def rewritten(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with a name for each derivative and each function that is called."""
        self.tokens = tokens
        self.tokens = whole = replaced(tokens, self._without_own)

        def named(at: int) -> tuple[list[Token], int] | None:
            found = self._quotient(at) or self._inline(at) or self._primed(at) or self._gradient(at)
            found = found or self._bracket(at) or self._call(at)
            return found and (stand_in(found[0], whole[at : found[1]]), found[1])

        return replaced(whole, named)

    def _without_own(self, at: int) -> tuple[Sequence[Token], int] | None:
        """A function with a power, without the arguments behind that, h^2(x), where they are its own."""
        token, behind = self.tokens[at], self._token(at + 1)
        known = self.find(Name(token.text).key) if token.kind == "name" else None
        end = self._behind_power(at + 1) if behind.text == "^" or behind.kind == "super" else 0
        is_own = known is not None and end and self._token(end).kind == "open" and self._are_own(known, end)
        return (self.tokens[at:end], self._closing(end) + 1) if is_own else None

    def _gradient(self, at: int) -> tuple[str, int] | None:
        if self._token(at).kind != "nabla":
            return None
        token = self._token(at + 1)
        known = self.find(Name(token.text).key) if token.kind == "name" else None
        if known is None:
            raise AdgraphError("a gradient of what is not defined before", token.span)
        end = at + 2
        if self._token(end).kind == "open" and self._are_own(known, end):
            end = self._closing(end) + 1
        wrt = Name(self._token(at).text) if self._token(at).text else None
        if wrt is None and len(known.order) == 1:
            wrt = known.order[0]
        if wrt is None:
            raise AdgraphError("a gradient by several variables is a vector", token.span)
        return self._made("d", (at + 1, end), (wrt,), end)

    def _call(self, at: int) -> tuple[str, int] | None:
        """A function of the document that is called: with its own parameters it is the variable."""
        token = self._token(at)
        if token.kind != "name" or self._token(at + 1).kind != "open" or self._token(at + 1).text != "(":
            return None
        known = self.find(Name(token.text).key)
        if known is None:
            return None
        end = self._closing(at + 1) + 1
        if self._are_own(known, at + 1):
            return str(known.name), end
        args = self._arguments(at + 1)
        if known.params is None or len(args) != len(known.params) or not self.calls:
            return None
        return self._taken(known.name, (), tuple(zip(known.params, args, strict=True))), end


def of_x(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with x for the argument of functions that stand without, as in sin' = cos."""
    made: list[Token] = []
    for at, token in enumerate(tokens):
        made.append(token)
        after = tokens[at + 1] if at + 1 < len(tokens) else END
        if (
            token.kind == "name"
            and token.text in FUNCTIONS
            and (after.kind in ("end", "close") or after.text in ("+", "-", "*", "/"))
        ):
            made += called_with("x", token.span)
    return made


def is_of_x(tokens: Sequence[Token]) -> bool:
    """Whether there is a derivative of a function without an argument, sin'."""
    return any(
        token.kind == "name" and token.text.endswith("'") and token.text.rstrip("'") in FUNCTIONS
        and (at + 1 == len(tokens) or tokens[at + 1].kind != "open")
        for at, token in enumerate(tokens)
    )  # fmt: skip

"""Derivatives as Leibniz writes them: dy/dx as a fraction or in a line, of a variable or of an expression."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import MAX_ORDER, Name
from graphviz_ad.read.documents.naming import Naming
from graphviz_ad.read.text.nesting import order_at, outside
from graphviz_ad.read.text.tokens import OPENING


class Fractions(Naming):
    """Finds derivatives that are written as fractions."""

    def _quotient(self, at: int) -> tuple[str, int] | None:
        """A derivative as a fraction, of a variable or of an expression, or before what it is of."""
        if self._token(at).kind != "group":
            return None
        end = self._closing(at)
        start, stop = self._bare(at, end + 1)
        stroke = self._stroke(start, stop)
        if stroke is None:
            return None
        above, below = self._bare(start, stroke), self._bare(stroke + 1, stop)
        if not self._is_d(above[0]) or not self._is_d(below[0]):
            return None
        symbol = self._symbol(above[0])
        order, first = order_at(self.tokens, above[0] + 1)
        wrts = self._below(*below)
        if wrts is None:
            return None
        if order != len(wrts):
            message = f"this derivative has order {order} above and {len(wrts)} below"
            raise AdgraphError(message, self._token(at).span)
        if first < above[1]:
            return self._made(symbol, (first, above[1]), wrts, end + 1)
        reach = self._reach(end + 1)
        return self._made(symbol, (end + 1, reach), wrts, reach) if reach > end + 1 else None

    def _inline(self, at: int) -> tuple[str, int] | None:
        """A derivative as dy/dx in a line."""
        if not self._is_d(at):
            return None
        order, first = order_at(self.tokens, at + 1)
        if self._token(first).kind != "name":
            return None
        stroke = first + 1
        while self._token(stroke).kind == "name":
            stroke += 1
        if self._token(stroke).text != "/" or not self._is_d(stroke + 1) or self._token(stroke + 2).kind != "name":
            return None
        end = order_at(self.tokens, stroke + 3)[1]
        wrts = self._below(stroke + 1, end)
        return None if wrts is None or order != len(wrts) else self._made(self._symbol(at), (first, stroke), wrts, end)

    def _symbol(self, at: int) -> str:
        return "d" if self._token(at).text == "d" else "∂"

    def _stroke(self, start: int, stop: int) -> int | None:
        """The place of the one stroke of a fraction."""
        strokes = [at for at, token in outside(self.tokens[start:stop]) if token.text == "/"]
        return start + strokes[0] if len(strokes) == 1 else None

    def _below(self, start: int, stop: int) -> tuple[Name, ...] | None:
        """The variables by which is differentiated."""
        wrts: list[Name] = []
        at = start
        while at < stop:
            if self._token(at).text in ("*",):
                at += 1
                continue
            if not self._is_d(at):
                return None
            if self._token(at + 1).kind in OPENING:  # ∂(x)
                end = self._closing(at + 1) + 1
                first, last = self._bare(at + 1, end)
                name = self._name(first, last) if last - first == 1 and self._token(first).kind == "name" else None
            elif self._token(at + 1).kind == "name":
                end = at + 2
                while end < stop and self._token(end).kind == "name" and not self._is_d(end):
                    end += 1
                name = self._name(at + 1, end)
            else:
                return None
            if name is None:
                return None
            times, at = order_at(self.tokens, end)
            wrts += [name] * times
        return tuple(wrts) if 0 < len(wrts) <= MAX_ORDER else None

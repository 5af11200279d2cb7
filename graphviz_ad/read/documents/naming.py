"""Derivatives of one side brought to names of their own: what is differentiated, by what, and where it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import DerivativeName, Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.nesting import arguments, bare, closing
from graphviz_ad.read.text.tokens import END, OPENING, Token

TERM, PRODUCT, SUM = "term", "product", "sum"  # how far d/dx reaches, where no brackets say it
_STOPS = {TERM: {"+", "-", "*", "/"}, PRODUCT: {"+", "-"}, SUM: set[str]()}


class NotDefinedError(AdgraphError):
    """What is differentiated has no definition before."""

    def __init__(self, name: str, span: Span) -> None:
        super().__init__(f"'{name}' is not defined before", span)
        self.name = name


class Known(Record):
    """What is known of a variable: its name, its parameters where it is a function, and the inputs that it reads."""

    name: Name
    params: tuple[Name, ...] | None
    inputs: tuple[Name, ...]

    @property
    def order(self) -> tuple[Name, ...]:
        """The arguments that it has when it is called."""
        return self.params if self.params is not None else self.inputs

    @property
    def only(self) -> Name | None:
        """What y' is by: the one parameter or input, or the one that is called x or t."""
        if len(self.order) == 1:
            return self.order[0]
        return next((name for name in self.order if name in ("x", "t")), None)


class Taken(Record):
    """A function or a derivative at a place: `wrts` are none for the function itself; `args` are by what is put in."""

    name: Name
    of: Name
    wrts: tuple[Name, ...]
    args: tuple[tuple[Name, tuple[Token, ...]], ...]


class Naming:
    """Names the derivatives of one side. `find` gives what is known of a name; `extent` is how far an operator reaches;
    `calls` says whether f(…) is a call, and no product."""

    def __init__(self, find: Callable[[Parts], Known | None], extent: str, calls: bool, prefix: str) -> None:
        self.find, self.extent, self.calls, self.prefix = find, extent, calls, prefix
        self.derivatives: dict[str, DerivativeName] = {}
        self.expressions: dict[Name, list[Token]] = {}
        self.taken: list[Taken] = []
        self.tokens: Sequence[Token] = ()

    def rewritten(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with a name for each derivative and each function that is called."""
        raise NotImplementedError

    # ---- tokens

    def _token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else END

    def _closing(self, at: int) -> int:
        """The place of the token that closes a bracket."""
        return closing(self.tokens, at)

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the brackets around all of it."""
        return bare(self.tokens, start, end)

    def _is_d(self, at: int) -> bool:
        return self._token(at).kind == "partial" or self._token(at).text in ("d", "∂")

    def _behind_power(self, at: int) -> int:
        if self._token(at).kind == "super":
            return at + 1
        return self._closing(at + 1) + 1 if self._token(at + 1).kind in OPENING else at + 2

    def _reach(self, at: int) -> int:
        """The place behind what an operator d/dx is before."""
        start = at
        if self._token(at).kind in OPENING:
            at = self._closing(at) + 1
            if self._token(at).text == "^" or self._token(at).kind == "super":
                at = self._behind_power(at)
            if self.extent == TERM or self._token(at).text not in ("*", "/"):
                return at
        while self._token(at).kind not in ("end", "close", "comma"):
            token = self._token(at)
            if token.text in _STOPS[self.extent] and at > start and token.kind == "operator":
                break
            if token.kind in OPENING:
                at = self._closing(at)
            at = self._behind_power(at) if token.text == "^" else at + 1
        return at

    def _arguments(self, at: int) -> list[tuple[Token, ...]]:
        """The arguments in a bracket."""
        return [tuple(argument) for argument in arguments(self.tokens, at)]

    def _texts(self, at: int) -> list[str]:
        return ["".join(token.text for token in argument) for argument in self._arguments(at)]

    def _are_own(self, known: Known, at: int) -> bool:
        """Whether a bracket has the arguments that a function is defined with, or variables that it reads."""
        args = [Name(text).key for text in self._texts(at)]
        if known.params is not None:
            return args == [name.key for name in known.params]
        return bool(args) and all(key in {name.key for name in known.inputs} for key in args)

    # ---- names

    def _name(self, start: int, end: int) -> Name | None:
        """The variable that tokens are: one, or the letters of one."""
        word = "".join(token.text for token in self.tokens[start:end])
        if end - start == 1:
            return Name(word)
        return Name(word) if word.isalpha() and self.find(Name(word).key) is not None else None

    def _variable(self, start: int, stop: int) -> Known | None:
        """The variable that a stretch is: a name, or a function with its own arguments, L(w, b)."""
        first = self._token(start)
        if first.kind != "name" or stop <= start:
            return None
        end = start + 1
        while end < stop and self._token(end).kind == "name":
            end += 1
        name = self._name(start, end)
        known = None if name is None else self.find(name.key)
        if end == stop:
            if known is None and name is not None and end - start == 1 and first.text not in FUNCTIONS:
                raise NotDefinedError(str(name), first.span)
            return known
        if end - start == 1 and self._token(end).kind == "open" and self._closing(end) == stop - 1:
            if known is None and first.text not in FUNCTIONS and not _is_factor(first.text):
                raise NotDefinedError(str(name), first.span)
            if known is not None and self._are_own(known, end):
                return known
        return None

    def _made(self, symbol: str, of: tuple[int, int], wrts: tuple[Name, ...], end: int) -> tuple[str, int]:
        """The name of a derivative of a stretch, and the place behind it, or behind the place where it is taken."""
        start, stop = self._bare(*of)
        is_itself = stop - start == 1 and wrts[0].key == Name(self._token(start).text).key  # (x)', which is 1
        variable = None if is_itself else self._variable(start, stop)
        if variable is None:
            inner = type(self)(self.find, self.extent, self.calls, f"{self.prefix}{len(self.expressions)}i")
            made = inner.rewritten(self.tokens[slice(*of)])
            self.expressions |= inner.expressions
            inside = [one for one in made if one.kind == "name" and one.text in inner.derivatives]
            if len(inside) == 1 and len([one for one in made if one.kind not in ("group", "open", "close")]) == 1:
                before = inner.derivatives[inside[0].text]
                return self._alias(DerivativeName(symbol, before.of, (*wrts, *before.wrts))), end
            if inner.derivatives or inner.taken:
                raise AdgraphError("a derivative of derivatives is not read", self._token(start).span)
            name = Name(f"{self.prefix}{len(self.expressions)}")
            self.expressions[name] = list(self.tokens[slice(*of)])
            variable = Known(name, None, wrts)
        derivative = DerivativeName(symbol, variable.name, wrts)
        args = self._place(end, variable)
        if args is not None and end + 0 < len(self.tokens):
            return self._at_place(derivative, variable, args), self._closing(end) + 1
        return self._alias(derivative), end

    def _alias(self, derivative: DerivativeName) -> str:
        name = f"{self.prefix}d{len(self.derivatives)}"
        self.derivatives[name] = derivative
        return name

    def _place(self, at: int, variable: Known) -> tuple[tuple[Name, tuple[Token, ...]], ...] | None:
        """The place at which a derivative is taken, (3, 4) behind it; a bracket that may be a factor is none."""
        if self._token(at).kind != "open" or self._token(at).text != "(" or variable.params is None:
            return None
        args = self._arguments(at)
        alone = self._closing(at) == len(self.tokens) - 1
        if len(args) != len(variable.params) or not (len(args) > 1 or (alone and at > 2 and len(args[0]) == 1)):
            return None
        return tuple(zip(variable.params, args, strict=True))

    def _at_place(self, derivative: DerivativeName, of: Known, args: tuple[tuple[Name, tuple[Token, ...]], ...]) -> str:
        own = all(len(tokens) == 1 and Name(tokens[0].text).key == name.key for name, tokens in args)
        return self._alias(derivative) if own else self._taken(of.name, derivative.wrts, args)

    def _taken(self, of: Name, wrts: tuple[Name, ...], args: tuple[tuple[Name, tuple[Token, ...]], ...]) -> str:
        before = self.tokens
        written = tuple((by, tuple(self.rewritten(list(tokens)))) for by, tokens in args)
        self.tokens = before
        name = Name(f"{self.prefix}t{len(self.taken)}")
        self.taken.append(Taken(name, of, wrts, written))
        return name


def called_with(argument: str, span: Span) -> list[Token]:
    """The brackets of a call, and its one argument."""
    return [Token("open", "(", span, True), Token("name", argument, span, True), Token("close", ")", span, True)]


def _is_factor(letter: str) -> bool:
    """Whether a name before a bracket may be a factor, a(x + b)."""
    return len(Name(letter).parts.base) == 1 and letter[0] not in "fghLJECFGHuvy"

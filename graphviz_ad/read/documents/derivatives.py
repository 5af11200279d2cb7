"""Derivatives in the statements of documents, in every notation that is in use, each brought to a name of its own.

What is differentiated may be an expression, d/dx (x^2 + 1), and a derivative may be taken at a place, f'(g(x)) or
dy/dx at x = 2; a system then needs further variables, and a side further names, which are listed beside the tokens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import DerivativeName, Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.read.text.tokens import Token

TERM, PRODUCT, SUM = "term", "product", "sum"  # how far d/dx reaches, where no brackets say it
EXTENTS = (TERM, PRODUCT, SUM)
MAX_ORDER = 8
_OPENING = ("open", "group")
_END = Token("end", "", Span(0, 0), False)
_STOPS = {TERM: {"+", "-", "*", "/"}, PRODUCT: {"+", "-"}, SUM: set[str]()}


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


class Rewriter:
    """Brings the derivatives of one side to names. `find` gives what is known of a name; `extent` is how far an operator
    reaches; `calls` says whether f(…) is a call, and no product."""

    def __init__(self, find: Callable[[Parts], Known | None], extent: str, calls: bool, prefix: str) -> None:
        self.find, self.extent, self.calls, self.prefix = find, extent, calls, prefix
        self.derivatives: dict[str, DerivativeName] = {}
        self.expressions: dict[Name, list[Token]] = {}
        self.taken: list[Taken] = []

    def rewritten(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with a name for each derivative and each function that is called."""
        self.tokens = tokens = self._without_own(tokens)
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            found = self._quotient(at) or self._inline(at) or self._primed(at) or self._gradient(at)
            found = found or self._bracket(at) or self._call(at)
            if found is None:
                made.append(tokens[at])
                at += 1
                continue
            name, end = found
            span = Span(tokens[at].span.start, tokens[end - 1].span.end)
            made += [Token("group", "(", span, tokens[at].close), Token("name", name, span, True)]
            made.append(Token("close", ")", span, True))
            at = end
        return made

    def _without_own(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens without the arguments behind a power, h^2(x), where they are a function's own."""
        self.tokens = tokens
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            known = self.find(Name(tokens[at].text).key) if tokens[at].kind == "name" else None
            end = (
                self._behind_power(at + 1)
                if self._token(at + 1).text == "^" or self._token(at + 1).kind == "super"
                else 0
            )
            if known is not None and end and self._token(end).kind == "open" and self._are_own(known, end):
                made += tokens[at:end]
                at = self._closing(end) + 1
            else:
                made.append(tokens[at])
                at += 1
        return made

    # ---- tokens

    def _token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _END

    def _closing(self, at: int) -> int:
        """The place of the token that closes a bracket."""
        depth = 0
        for place in range(at, len(self.tokens)):
            depth += (self.tokens[place].kind in _OPENING) - (self.tokens[place].kind == "close")
            if depth == 0:
                return place
        return len(self.tokens)

    def _bare(self, start: int, end: int) -> tuple[int, int]:
        """A stretch without the brackets around all of it."""
        while end - start > 1 and self._token(start).kind in _OPENING and self._closing(start) == end - 1:
            start, end = start + 1, end - 1
        return start, end

    def _is_d(self, at: int) -> bool:
        return self._token(at).kind == "partial" or self._token(at).text in ("d", "∂")

    def _order(self, at: int) -> tuple[int, int]:
        """An exponent, 1 where there is none, and the place behind it."""
        token = self._token(at)
        if token.kind == "super" and token.text.isdecimal():
            return int(token.text), at + 1
        if token.text != "^":
            return 1, at
        end = self._closing(at + 1) + 1 if self._token(at + 1).kind in _OPENING else at + 2
        start, stop = self._bare(at + 1, end)
        number = self._token(start)
        if (
            stop - start != 1
            or number.kind != "number"
            or not number.text.isdecimal()
            or not 0 < int(number.text) <= MAX_ORDER
        ):
            raise AdgraphError("the order of a derivative is not read", number.span)
        return int(number.text), end

    # ---- dy/dx

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
        symbol = "d" if self._token(above[0]).text == "d" else "∂"
        order, first = self._order(above[0] + 1)
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
        if not self._is_d(at) or self._token(at + 1).kind != "name":
            return None
        stroke = at + 2
        while self._token(stroke).kind == "name":
            stroke += 1
        if self._token(stroke).text != "/" or not self._is_d(stroke + 1) or self._token(stroke + 2).kind != "name":
            return None
        wrts = self._below(stroke + 1, stroke + 3)
        return None if wrts is None else self._made("d", (at + 1, stroke), wrts, stroke + 3)

    def _stroke(self, start: int, stop: int) -> int | None:
        """The place of the one stroke of a fraction."""
        depth, found = 0, None
        for at in range(start, stop):
            depth += (self.tokens[at].kind in _OPENING) - (self.tokens[at].kind == "close")
            if depth == 0 and self.tokens[at].text == "/":
                found = at if found is None else None
                if found is None:
                    return None
        return found

    def _below(self, start: int, stop: int) -> tuple[Name, ...] | None:
        """The variables by which is differentiated."""
        wrts: list[Name] = []
        at = start
        while at < stop:
            if self._token(at).text in ("*",):
                at += 1
                continue
            if not self._is_d(at) or self._token(at + 1).kind != "name":
                return None
            end = at + 2
            while end < stop and self._token(end).kind == "name" and not self._is_d(end):
                end += 1
            name = self._name(at + 1, end)
            if name is None:
                return None
            times, at = self._order(end)
            wrts += [name] * times
        return tuple(wrts) if 0 < len(wrts) <= MAX_ORDER else None

    def _name(self, start: int, end: int) -> Name | None:
        """The variable that tokens are: one, or the letters of one."""
        word = "".join(token.text for token in self.tokens[start:end])
        if end - start == 1:
            return Name(word)
        return Name(word) if word.isalpha() and self.find(Name(word).key) is not None else None

    def _reach(self, at: int) -> int:
        """The place behind what an operator d/dx is before."""
        start = at
        if self._token(at).kind in _OPENING:
            at = self._closing(at) + 1
            if self._token(at).text == "^" or self._token(at).kind == "super":
                at = self._behind_power(at)
            if self.extent == TERM or self._token(at).text not in ("*", "/"):
                return at
        while self._token(at).kind not in ("end", "close", "comma"):
            token = self._token(at)
            if token.text in _STOPS[self.extent] and at > start and token.kind == "operator":
                break
            if token.kind in _OPENING:
                at = self._closing(at)
            at = self._behind_power(at) if token.text == "^" else at + 1
        return at

    def _behind_power(self, at: int) -> int:
        if self._token(at).kind == "super":
            return at + 1
        return self._closing(at + 1) + 1 if self._token(at + 1).kind in _OPENING else at + 2

    def _made(self, symbol: str, of: tuple[int, int], wrts: tuple[Name, ...], end: int) -> tuple[str, int]:
        """The name of a derivative of a stretch, and the place behind it, or behind the place where it is taken."""
        start, stop = self._bare(*of)
        variable = self._variable(start, stop)
        if variable is None:
            inner = Rewriter(self.find, self.extent, self.calls, f"{self.prefix}{len(self.expressions)}i")
            made = inner.rewritten(self.tokens[start:stop])
            inside = [one for one in made if one.kind == "name" and one.text in inner.derivatives]
            if len(inside) == 1 and len([one for one in made if one.kind not in ("group", "open", "close")]) == 1:
                before = inner.derivatives[inside[0].text]
                return self._alias(DerivativeName(symbol, before.of, (*wrts, *before.wrts))), end
            if inner.derivatives or inner.taken:
                raise AdgraphError("a derivative of derivatives is not read", self._token(start).span)
            name = Name(f"{self.prefix}{len(self.expressions)}")
            self.expressions[name] = list(self.tokens[start:stop])
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
                raise AdgraphError(f"'{name}' is not defined before", first.span)
            return known
        if end - start == 1 and self._token(end).kind == "open" and self._closing(end) == stop - 1:
            if known is None and first.text not in FUNCTIONS and not _is_factor(first.text):
                raise AdgraphError(f"'{name}' is not defined before", first.span)
            if known is not None and self._are_own(known, end):
                return known
        return None

    # ---- y', f'(x), f_x

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
        if op is None or len(op.params) != 1 or self._token(at + 1).kind != "open":
            raise AdgraphError(f"'{bare}' is not defined before", token.span)
        (argument,) = self._arguments(at + 1) if len(self._arguments(at + 1)) == 1 else ((),)
        if not argument:
            raise AdgraphError(f"'{bare}' has one argument", token.span)
        name, by = Name(f"{self.prefix}{len(self.expressions)}"), Name(f"{self.prefix}a{len(self.expressions)}")
        span = token.span
        self.expressions[name] = [
            Token("name", bare, span, True), Token("open", "(", span, True), Token("name", by, span, True),
            Token("close", ")", span, True),
        ]  # fmt: skip
        derivative = DerivativeName("d", name, (by,) * min(order, MAX_ORDER))
        taken = self._at_place(derivative, Known(name, (by,), (by,)), ((by, argument),))
        return taken, self._closing(at + 1) + 1

    def _subscript(self, at: int) -> tuple[str, int] | None:
        """f_x where f is a function of x, and ẋ where x is one of t."""
        token = self._token(at)
        name = Name(token.text)
        if self.find(name.key) is not None:
            return None
        key = name.key
        if key.accents and key.accents[-1] == "dot":
            of = self.find(key.replace(accents=key.accents[:-1]))
            if of is not None and "t" in of.order:
                return self._alias(DerivativeName("d", of.name, (Name("t"),))), at + 1
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
        if self._token(at).kind not in _OPENING:
            return None
        end = self._closing(at) + 1
        if self._token(end).kind != "prime":
            return None
        inside = self.tokens[at + 1 : end - 1]
        names = dict.fromkeys(
            Name(token.text) for token in inside if token.kind == "name" and token.text not in FUNCTIONS
        )
        names = {name: None for name in names if name not in ("e", "π", "pi")}
        wrt = next(iter(names)) if len(names) == 1 else next((name for name in names if name in ("x", "t")), None)
        if wrt is None:
            raise AdgraphError("by what this is differentiated is not said", self._token(at).span)
        return self._made("d", (at, end), (wrt,), end + 1)[0], end + 1

    # ---- ∇f

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

    # ---- f(a)

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
            return self._put(known.name), end
        args = self._arguments(at + 1)
        if known.params is None or len(args) != len(known.params) or not self.calls:
            return None
        return self._taken(known.name, (), tuple(zip(known.params, args, strict=True))), end

    def _put(self, name: Name) -> str:
        return str(name)

    def _texts(self, at: int) -> list[str]:
        return ["".join(token.text for token in argument) for argument in self._arguments(at)]

    def _are_own(self, known: Known, at: int) -> bool:
        """Whether a bracket has the arguments that a function is defined with, or variables that it is known to read."""
        args = [Name(text).key for text in self._texts(at)]
        if known.params is not None:
            return args == [name.key for name in known.params]
        return bool(args) and all(key in {name.key for name in known.inputs} for key in args)

    def _arguments(self, at: int) -> list[tuple[Token, ...]]:
        """The arguments in a bracket."""
        found: list[list[Token]] = [[]]
        depth = 0
        for token in self.tokens[at + 1 : self._closing(at)]:
            depth += (token.kind in _OPENING) - (token.kind == "close")
            if token.kind == "comma" and depth == 0:
                found.append([])
            else:
                found[-1].append(token)
        return [tuple(one) for one in found]

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


def _is_factor(letter: str) -> bool:
    """Whether a name before a bracket may be a factor, a(x + b)."""
    return len(Name(letter).parts.base) == 1 and letter[0] not in "fghLJECFGHuvy"

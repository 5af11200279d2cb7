"""The functions of a source: those that it defines, f(u) = u^2 + 1, and those that are declared as abstract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import GREEK, LATEX_LETTERS, Name, Parts
from graphviz_ad.core.request import Request
from graphviz_ad.read.text.tokens import Token
from graphviz_ad.read.text.usage import bare, counted, read_apart

MAX_PARAMS = 20


def head_params(tokens: Sequence[Token]) -> tuple[Token, ...] | None:
    """The parameters of a statement that begins like f(u, v) = … or f[u] = …; None for another. A parameter behind a
    semicolon, f(x; w), is one too."""
    if len(tokens) < 5 or tokens[0].kind != "name" or tokens[1].text not in ("(", "["):
        return None
    params = []
    for at in range(2, len(tokens) - 2, 2):
        if tokens[at].kind != "name" or tokens[at + 1].kind not in ("comma", "close"):
            return None
        params.append(tokens[at])
        if tokens[at + 1].kind == "close":
            return tuple(params) if tokens[at + 2].text == "=" else None
    return None


class Callables:
    """The user-defined functions, by name: with their parameters if defined, with None if abstract."""

    def __init__(
        self, statements: Sequence[list[Token]], request: Request, notes: list[str], opens: bool = True
    ) -> None:
        self.keep = request.keep_functions
        self.rule: Callable[[str], Graph] | None = None  # what reads the derivatives in the table of operations
        self.opens = opens  # whether a function that is applied may be known by its name alone
        asked = [
            Name(LATEX_LETTERS[name] if name in LATEX_LETTERS.keys() - GREEK else name) for name in request.functions
        ]
        self.abstract: dict[Parts, Name] = {name.key: name for name in asked}
        self.defined: dict[Parts, tuple[Name, int]] = {}
        self._arity: dict[str, int] = {}
        used = {token.text for tokens in statements for token in tokens if token.kind == "name"}
        keys = {Name(text.rstrip("'")).loose_key for text in used}
        notes += [f"no function '{name}' is in the source" for name in self.abstract.values()
                  if name.loose_key not in keys]  # fmt: skip
        for tokens in statements:
            params = head_params(tokens)
            if params is not None:
                self._define(tokens[0], params)
        self._loose = {name.loose_key: name for name in self.abstract.values()}
        given = (*request.variables, *request.wrt, *request.at)
        heads = [tokens[0].text for tokens in statements if len(tokens) > 1 and tokens[1].text == "="]
        self.variables = frozenset((*heads, *given))  # names that are variables, whatever they mean elsewhere
        self._statements = statements
        self._counts = counted(statements, request.at)
        self.used: dict[str, int] = {}  # the names that counted, each with its number

    @cached_property
    def bare(self) -> frozenset[str]:
        """The names that are read somewhere and are not applied there."""
        return bare(self._statements)

    @cached_property
    def apart(self) -> frozenset[str]:
        """The names that are read elsewhere than as an exponent."""
        return read_apart(self._statements)

    @cached_property
    def variable_keys(self) -> frozenset[Parts]:
        """What is a variable, whatever it means elsewhere, or is read as one."""
        return frozenset(Name(name).key for name in (*self.variables, *self.bare))

    def count(self, name: str) -> int | None:
        """The whole number that a name is, where it says how many there are of something; None for another."""
        value = self._counts.get(Name(name).key) if self._counts else None
        if value is not None:
            self.used[name] = value
        return value

    def declare(self, token: Token) -> UserFunction:
        """A function that is applied and nowhere defined, as one that is declared."""
        name = Name(token.text.rstrip("'"))
        self.abstract[name.key] = self._loose[name.loose_key] = name
        found = self.find(token)
        assert found is not None
        return found

    def _define(self, head: Token, params: tuple[Token, ...]) -> None:
        key = Name(head.text).key
        if key in self.abstract:
            raise AdgraphError(f"'{head.text}' is declared as abstract and defined", head.span, "take one of them out")
        if key in self.defined:
            raise AdgraphError(f"'{head.text}' is defined twice", head.span, "give one of the two another name")
        if len({Name(param.text).key for param in params}) < len(params):
            raise AdgraphError(f"two parameters of '{head.text}' have one name", params[-1].span, "rename one of them")
        self.defined[key] = Name(head.text), len(params)

    def names(self) -> list[str]:
        """All names, for a hint."""
        return [*self.abstract.values(), *(name for name, _ in self.defined.values())]

    def find(self, token: Token) -> UserFunction | None:
        """The function that a name stands for, derivatives (f', f_{,1}) included; its arity is open."""
        if not (self.defined or self.abstract):
            return None
        key = Name(token.text).key
        if key in self.defined:
            return UserFunction(self.defined[key][0], 0)
        if key in self.abstract:
            return UserFunction(self.abstract[key], 0)
        if (loose := Name(token.text).loose_key) in self._loose:  # φ, in both of its forms
            return UserFunction(self._loose[loose], 0)
        plain = key.replace(primes=0)
        if key.primes and (name := self._differentiable(plain, token)):
            return UserFunction(name, 0, (1,) * key.primes)
        places = key.subscript[1:].split(",") if key.subscript.startswith(",") else []
        is_partial = bool(places) and all(place.isdecimal() and place != "0" for place in places)
        if is_partial and (name := self._differentiable(key.replace(subscript=""), token)):
            return UserFunction(name, 0, tuple(sorted(map(int, places))))
        return None

    def _differentiable(self, key: Parts, token: Token) -> Name | None:
        if key in self.defined and not self.keep:
            raise AdgraphError(
                f"'{token.text}' is the derivative of a function that is written out",
                token.span,
                "adgraph derives it: write the function, and see adgraph derive; or keep it: --keep-functions",
            )
        return self.defined[key][0] if key in self.defined else self.abstract.get(key)

    def applied(self, function: UserFunction, arity: int, span: Span) -> UserFunction:
        """The function with as many arguments as it is called with. Raises AdgraphError where that is wrong."""
        key = function.name.key
        known = self.defined[key][1] if key in self.defined else self._arity.setdefault(function.name, arity)
        if known != arity:
            wanted = f"{known} argument{'s' if known > 1 else ''}"
            raise AdgraphError(f"'{function.name}' takes {wanted}, not {arity}", span, "give it as many at every call")
        if arity > MAX_PARAMS:
            raise AdgraphError(f"a function of more than {MAX_PARAMS} arguments", span, "divide it into several")
        if function.wrt and max(function.wrt) > arity:
            raise AdgraphError(f"'{function.name}' has no argument {max(function.wrt)}", span, f"it has {arity}")
        return function.replace(arity=arity)

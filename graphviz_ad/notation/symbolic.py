"""Formulas in the languages of symbolic systems, which read them back: a notation on one line, made by a Dialect."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import SPELLED, DerivativeName, Name, as_name, script_parts
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.as_text import TextNotation
from graphviz_ad.notation.dialects import Dialect

_SIGNS = {"−": "-", "×": "*", "·": "*", "÷": "/"}
_MARK = "\0"  # before the name of an operation, which is no name of a reader's


class Symbolic(TextNotation):
    """A notation whose names are identifiers of the language: each name has one of its own."""

    linear = True
    signs = _SIGNS

    def __init__(self, dialect: Dialect, names: Iterable[Name] = ()) -> None:
        self.dialect = dialect
        self.taken: dict[str, str] = {}
        for name in names:
            self.variable(name)

    def number(self, digits: str, exponent: int | None) -> str:
        return digits if exponent is None else f"({digits}*10{self.dialect.power}({exponent}))"

    def variable(self, name: Name) -> str:
        """The identifier of a name: its letters in ASCII, and a number behind it where another name has that."""
        if name not in self.taken:
            bare = _identifier(name, self.dialect.joint)
            made, number = bare, 1
            while (
                made in self.taken.values() or made in self.dialect.reserved or made in self.dialect.functions.values()
            ):
                number += 1
                made = f"{bare}{self.dialect.joint}v{number}" if bare in self.dialect.reserved else f"{bare}{number}"
            self.taken[name] = made
        return self.taken[name]

    def function(self, op: Op) -> str:
        return f"{_MARK}{self.dialect.functions[op.name]}"

    def partial(self, function: Name, places: Sequence[int]) -> str:
        return self.variable(Name(f"{function}_{{d{''.join(map(str, places))}}}"))

    def symbol(self, sign: str) -> str:
        constants = {"π": "pi", "e": "e"}
        return self.dialect.constants[constants[sign]] if sign in constants else _SIGNS.get(sign, sign)

    def product(self, left: str, joint: str, right: str) -> str:
        return f"{left}*{right}"

    def fraction(self, numerator: str, denominator: str) -> str:
        whole = numerator.isdecimal() and denominator.isdecimal()
        return (self.dialect.quotient if whole else "{}/{}").format(numerator, denominator)

    def power(self, base: str, exponent: str) -> str:
        return f"{base}{self.dialect.power}{exponent}"

    def root(self, body: str, index: int) -> str:
        return self.call(f"{_MARK}{self.dialect.functions['cbrt' if index == 3 else 'sqrt']}", [body])

    def bars(self, body: str) -> str:
        return self.call(f"{_MARK}{self.dialect.functions['abs']}", [body])

    def call(self, head: str, args: Sequence[str]) -> str:
        opening, closing = self.dialect.call
        args = args[::-1] if len(args) == 2 and head.removeprefix(_MARK) in self.dialect.turned else args
        return f"{head.removeprefix(_MARK)}{opening}{', '.join(args)}{closing}"

    def iverson(self, left: str, sign: str, right: str) -> str:
        return self.cases([("1", self.condition(left, sign, right)), ("0", None)])

    def condition(self, left: str, sign: str, right: str) -> str:
        return self.dialect.relations[sign].format(left, right)

    def cases(self, rows: Sequence[tuple[str, str | None]]) -> str:
        *before, (made, _) = rows
        for value, condition in reversed(before):
            made = self.dialect.conditional.format(condition, value, made)
        return made

    def norm(self, body: str) -> str:
        raise self._refused("a norm")

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        raise self._refused("a matrix")

    def _refused(self, what: str) -> AdgraphError:
        return AdgraphError(f"{what} is not written in {self.dialect.name}", hint="choose another format")

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        joint = self.dialect.joint
        return f"d{of}{joint}" + joint.join(f"d{name}" + (str(times) if times > 1 else "") for name, times in wrt)

    def equation(self, left: str, sign: str, right: str) -> str:
        return self.dialect.assign.format(left, right)

    def blank(self, body: str, filled: bool) -> str:
        return body


def _identifier(name: Name, joint: str) -> str:
    """A name in ASCII letters and digits."""
    if isinstance(name, DerivativeName):
        return f"d{_identifier(name.of, joint)}{joint}" + joint.join(f"d{_identifier(wrt, joint)}" for wrt in name.wrts)
    parts = as_name(name).parts
    words = [_ascii(parts.base), *parts.accents]
    words += [_ascii(part) for script in (parts.subscript, parts.superscript) for part in script_parts(script)]
    words += ["prime"] * parts.primes
    kept = [re.sub(r"[^A-Za-z0-9]", "", word) for word in words]
    made = (
        joint.join(word for word in kept if word)
        if joint
        else kept[0] + "".join(word.capitalize() for word in kept[1:])
    )
    return made if made[:1].isalpha() else f"v{made}"


def _ascii(text: str) -> str:
    """Letters as they are spelled in ASCII: alpha for α, x for a bold x."""
    made = "".join(SPELLED.get(letter, letter) for letter in unicodedata.normalize("NFKC", text))
    return "".join(letter if letter.isascii() else f"u{ord(letter):x}" for letter in made)

"""Formulas in words, as a lecturer reads them out: the derivative of z with respect to y is 2 y.

There are no brackets in speech: a sum that is a factor is "the quantity a plus b", and a comma says where it ends, or
"end of quantity" where it has commas in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.formula import Formula
from graphviz_ad.core.names import GREEK, Name, script_parts, unstyled
from graphviz_ad.core.ops import Op
from graphviz_ad.core.record import Record
from graphviz_ad.notation.notation import ELEMENTWISE, Notation
from graphviz_ad.notation.write import write

_SIGNS = {
    "+": "plus", "−": "minus", "-": "minus", "×": "times", "÷": "over", "^": "to the power", "=": "is",
    "≈": "is approximately", ">": "is greater than", "≥": "is at least", "<": "is less than", "≤": "is at most",
    "≠": "is not", "∧": "and", "if": "the case distinction",
    "π": "pi", "e": "e", "√": "the square root", "∛": "the cube root", "| |": "the absolute value",
    "( )": "", " ": "", "∂": "partial d", "*": "star",
    "⊙": "elementwise times", "∘": "elementwise times", "⊘": "elementwise over", "⊤": "transposed", "ᵀ": "transposed",
    "𝟏": "the vector of ones",
    "I": "the identity", "↦": "into", ":": "turns", ",": "", "(": "", ")": "", "[": "", "]": "",
}  # fmt: skip
_GREEK = {letter: name for name, letter in GREEK.items() if name[0].islower()} | {
    letter: f"capital {name.lower()}" for name, letter in GREEK.items() if name[0].isupper()
} | {"ε": "epsilon", "φ": "phi", "ϑ": "theta", "ϱ": "rho", "ϖ": "pi", "ς": "sigma", "ϰ": "kappa", "ℓ": "l",
     "ℏ": "h bar"}  # fmt: skip
_STYLES = {"mathbf": "bold", "boldsymbol": "bold", "mathcal": "script", "mathbb": "blackboard", "mathfrak": "fraktur",
           "mathsf": "", "mathtt": ""}  # fmt: skip
_PARTS = {("1", "2"): "one half", ("1", "3"): "one third", ("1", "4"): "one quarter", ("3", "4"): "three quarters",
          ("2", "3"): "two thirds"}  # fmt: skip
_POWERS = {"2": "squared", "3": "cubed"}
_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")

# What a phrase is, for what may stand beside it.
# LETTER is a name of one letter, NAME a longer one, SIGNED a number with a minus, FACTORS a product of letters and
# powers of them, HEAD a function's name, AT one that is followed by "at", FENCED what is a quantity but no sum,
# CASES a distinction, which would take everything before it for its first case, SIZED an array's shape and norm.
NUMBER, SIGNED, LETTER, NAME, FACTORS, HEAD, AT, CALL, SUM, FENCED, CASES, EQUATION, SIZED, OTHER = range(14)
_SIMPLE = frozenset({NUMBER, LETTER, NAME, FACTORS})


class Phrase(Record):
    """Words; what they are; whether a comma has to say where they end; and the head and the inside of a call or a
    quantity."""

    words: str
    kind: int = OTHER
    open: bool = False
    parts: tuple[str, str] = ("", "")

    @property
    def closed(self) -> str:
        """The words as others follow them."""
        return self.words + "," * self.open


def spoken(formula: Formula) -> str:
    """The formula in words."""
    return write(formula, Spoken()).words


class Spoken(Notation[Phrase]):
    linear = True

    def number(self, digits: str, exponent: int | None) -> Phrase:
        if exponent is None:
            return Phrase(digits, NUMBER)
        power = f"10 to the power {str(exponent).replace('-', 'minus ')}"
        return Phrase(power if digits == "1" else f"{digits} times {power}", open=True)

    def variable(self, name: Name) -> Phrase:
        parts = name.parts
        words = [_letters(parts.base), *parts.accents]
        words += ["sub", _script(parts.subscript)] if parts.subscript else []
        words += ["super", _script(parts.superscript)] if parts.superscript else []
        words += ["prime"] if parts.primes == 1 else [f"{_TIMES[min(parts.primes, 4)]} prime"] if parts.primes else []
        words = [*filter(None, words)]
        return Phrase(" ".join(words), LETTER if len(words) == len(parts.base) == 1 else NAME)

    def function(self, op: Op) -> Phrase:
        return Phrase(op.spoken or op.sign, HEAD)

    def partial(self, function: Name, places: Sequence[int]) -> Phrase:
        named = " and ".join(_PLACES[p - 1] if p <= len(_PLACES) else f"number {p}" for p in places)
        words = f"the partial derivative of {self.variable(function).words} with respect to its {named} argument"
        return Phrase(words + "s" * (len(places) > 1), AT)

    def symbol(self, sign: str) -> Phrase:
        return Phrase(_SIGNS.get(sign, sign), LETTER if sign in ("e", "π") else OTHER)

    def infix(self, left: Phrase, sign: str, right: Phrase) -> Phrase:
        left, right = self._whole(left), self._whole(right)
        return Phrase(f"{left.closed} {_SIGNS[sign]} {right.words}".strip(), SUM, right.open)

    def negation(self, body: Phrase) -> Phrase:
        if body.kind == CASES:
            return Phrase(f"minus {self.fence(body).words}", open=True)
        words = body.parts[1] if body.kind == FENCED else body.words  # minus a over b is no other than minus (a over b)
        return Phrase(f"minus {words}", SIGNED if body.kind == NUMBER else OTHER, body.open)

    def product(self, left: Phrase, joint: str, right: Phrase) -> Phrase:
        left, right = self._whole(left), self._whole(right)
        if joint in ELEMENTWISE:
            return Phrase(f"{left.closed} {_SIGNS[joint]} {right.words}", open=right.open)
        letters = right.kind in (LETTER, FACTORS)
        named = right.kind == NAME or (right.kind == CALL and not right.words.startswith("the "))
        beside = letters or (named and left.kind == NUMBER)
        if joint != "·" and beside and left.kind in (NUMBER, LETTER, FACTORS) and not left.open:
            return Phrase(f"{left.words} {right.words}", FACTORS if letters else OTHER, right.open)
        return Phrase(f"{left.closed} times {right.words}", open=right.open)

    def fraction(self, numerator: Phrase, denominator: Phrase) -> Phrase:
        part = _PARTS.get((numerator.words, denominator.words))
        if part is not None:
            return Phrase(part)
        numerator, denominator = self._whole(numerator), self._whole(denominator)
        return Phrase(f"{numerator.closed} over {denominator.words}", open=True)

    def power_by_entry(self, base: Phrase, exponent: Phrase, sign: str) -> Phrase:
        return Phrase(f"{self.power(base, exponent).words} entry by entry", open=True)

    def power(self, base: Phrase, exponent: Phrase) -> Phrase:
        base, exponent = self._whole(base), self._whole(exponent)
        joint = "to the power of" if exponent.words.startswith("the ") else "to the power"
        named = _POWERS.get(exponent.words) or f"{joint} {exponent.words}".strip()
        if base.kind == CALL and exponent.words in _POWERS and not base.parts[0].startswith("the "):
            return Phrase(f"{base.parts[0]} {named} of {base.parts[1]}", open=base.open)
        whole = f"the quantity {base.words}," if base.kind == SIGNED else base.closed
        raised = f"{whole} {named}".strip()
        return Phrase(raised, FACTORS if base.kind == LETTER else OTHER, exponent.words not in _POWERS)

    def root(self, body: Phrase, index: int) -> Phrase:
        sign = _SIGNS["∛" if index == 3 else "√"]
        return self.call(Phrase(sign, HEAD), [body]) if body.words else Phrase(sign)

    def bars(self, body: Phrase) -> Phrase:
        return self.call(Phrase(_SIGNS["| |"], HEAD), [body])

    def norm(self, body: Phrase) -> Phrase:
        return self.call(Phrase("the norm", HEAD), [body])

    def summed(self, letters: Sequence[str], body: Phrase) -> Phrase:
        return Phrase(f"the sum over {' and '.join(letters)} of {body.words}", open=True)

    def inverse(self, body: Phrase) -> Phrase:
        return Phrase(f"{body.closed} inverse")

    def transpose(self, body: Phrase, inverse: bool = False, sign: str = "⊤") -> Phrase:
        return Phrase(f"{body.closed}{' inverse' * inverse} transposed")

    def adjoint(self, form: str, of: Name, wrt: Name) -> Phrase:
        return Phrase(f"the adjoint of {self.variable(wrt).words}")

    def matrix(self, rows: Sequence[Sequence[Phrase]]) -> Phrase:
        said = "; ".join(" ".join(entry.words for entry in row) for row in rows)
        return Phrase(f"the array {said}", open=True)

    def fence(self, body: Phrase) -> Phrase:
        if body.kind == SIGNED:
            return body
        kind = OTHER if body.kind in (SUM, EQUATION) else FENCED
        end = ", end of quantity" if "," in body.words or "quantity" in body.words else ""
        return Phrase(f"the quantity {body.words}{end}", kind, True, ("the quantity", body.words))

    def _whole(self, body: Phrase) -> Phrase:
        """The phrase as a part of another."""
        return self.fence(body) if body.kind == CASES else body

    def call(self, head: Phrase, args: Sequence[Phrase]) -> Phrase:
        if len(args) == 1 and args[0].kind not in _SIMPLE:
            args = [self.fence(args[0])]
        args = [self._whole(arg) for arg in args]
        inside = " and ".join([*(arg.closed for arg in args[:-1]), args[-1].words])
        joint = "" if head.words.endswith(" plus") else " at" if head.kind == AT else " of"
        return Phrase(f"{head.words}{joint} {inside}", CALL, True, (head.words, inside))

    def iverson(self, left: Phrase, sign: str, right: Phrase) -> Phrase:
        left, right = self._whole(left), self._whole(right)
        return Phrase(f"1 if {left.closed} {_SIGNS[sign]} {right.words}, else 0", CASES, True)

    def cases(self, rows: Sequence[tuple[Phrase, Phrase | None]]) -> Phrase:
        said = [
            f"{self._whole(value).closed} {'otherwise' if when is None else f'if {when.words}'}" for value, when in rows
        ]
        return Phrase(", ".join(said), CASES, True)

    def indexed(self, head: Phrase, index: Phrase) -> Phrase:
        return Phrase(f"{head.words} to the base {self._whole(index).words}", HEAD)

    def derivative(self, symbol: str, of: Phrase | None, wrt: Sequence[tuple[Phrase, int]]) -> Phrase:
        kind = "partial derivative" if symbol == "∂" else "derivative"
        if of is None or not wrt:
            return Phrase(f"a {kind}")
        order = sum(times for _, times in wrt)
        kind = kind if order == 1 else f"{_PLACES[order - 1] if order <= len(_PLACES) else f'{order}th'} {kind}"
        return Phrase(f"the {kind} of {of.words} with respect to {' and '.join(name.words for name, _ in wrt)}")

    def equation(self, left: Phrase, sign: str, right: Phrase) -> Phrase:
        if not sign:
            return Phrase(f"{left.words}, {right.words}", EQUATION)
        joint = ", which" if left.kind == EQUATION else "," if left.open else ""
        verb = _SIGNS["=" if right.kind == SIZED else sign]
        return Phrase(f"{left.words}{joint} {verb} {right.words}", EQUATION)

    def blank(self, body: Phrase, filled: bool) -> Phrase:
        return body if filled else Phrase("blank", NAME)

    def marked(self, mark: str, left: Phrase) -> Phrase:
        return left.replace(words=f"line {mark}: {left.words}")

    def by(self, marks: Sequence[str]) -> Phrase:
        *most, last = marks
        return Phrase(f"by line{'s' * bool(most)} {', '.join(most)}{' and ' * bool(most)}{last}")

    def listed(self, names: Sequence[Phrase], skipped: bool) -> Phrase:
        return Phrase((" to " if skipped else " and ").join(name.words for name in names), open=True)

    def sized(self, shape: str, sign: str, norm: Phrase) -> Phrase:
        return Phrase(f"an array, {shape.replace('×', ' by ')}, whose norm {_SIGNS[sign]} {norm.words}", SIZED, True)

    def likewise(self, names: Phrase) -> Phrase:
        return Phrase(f"and likewise for {names.words}")

    def row(self, parts: Sequence[Phrase]) -> Phrase:
        return Phrase(" ".join(part.words for part in parts if part.words))


_TIMES = ("", "", "double", "triple", "quadruple")


def _letters(base: str) -> str:
    """A base: Greek by its name, a styled letter with its style; a word as it is."""
    return " ".join(filter(None, map(_letter, base))) if len(base) == 1 or unstyled(base[0]) else base


def _letter(letter: str) -> str:
    plain = unstyled(letter)
    if plain is None:
        return _GREEK.get(letter, letter)
    return f"{_STYLES[plain[0]]} {_GREEK.get(plain[1], plain[1])}".strip()


def _script(text: str) -> str:
    words = (_SIGNS[part] if part in _SIGNS else _letters(part) for part in script_parts(text))
    return " ".join(filter(None, words))

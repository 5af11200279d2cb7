"""One line of text that adgraph reads back: 12*x^2*(2*x^3 + 3)."""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.names import AdjointName, DerivativeName, Name
from graphviz_ad.core.ops import Op
from graphviz_ad.notation.as_text import TextNotation

_SIGNS = {"≠": "!=", "∧": "and", "−": "-", "×": "*", "÷": "/", "π": "pi", "≥": ">=", "≤": "<=", "⊤": "T",
          "↦": "->"}  # fmt: skip
_ELEMENTWISE = {"⊙": ".*", "∘": ".*", "⊘": "./"}
_BY_SIGN = frozenset({"largest", "total"})  # what is read is their sign


class Plain(TextNotation):
    linear = True
    signs = _SIGNS

    def number(self, digits: str, exponent: int | None) -> str:
        return digits if exponent is None else f"{digits}e{exponent}"

    def variable(self, name: Name) -> str:
        return str(name)

    def function(self, op: Op) -> str:
        return op.sign if op.form == "logarithm" or op.name in _BY_SIGN else op.name

    def partial(self, function: Name, places: Sequence[int]) -> str:
        return f"{function}_{{,{','.join(map(str, places))}}}"

    def symbol(self, sign: str) -> str:
        return _SIGNS.get(sign, sign)

    def likewise(self, names: str) -> str:
        return f"likewise for {names}"

    def between_matrices(self, joint: str) -> str:
        return "@"

    def product(self, left: str, joint: str, right: str) -> str:
        if joint in _ELEMENTWISE:
            return f"{left} {_ELEMENTWISE[joint]} {right}"
        if joint == "@":
            return f"{left} @ {right}"
        return f"{left} * {right}" if joint == "·" and " " in left + right else f"{left}*{right}"

    def fraction(self, numerator: str, denominator: str) -> str:
        return f"{numerator}/{denominator}"

    def power(self, base: str, exponent: str) -> str:
        return f"{base}^{exponent}"

    def power_by_entry(self, base: str, exponent: str, sign: str) -> str:
        return f"{base}.^{exponent}"

    def root(self, body: str, index: int) -> str:
        return f"{'cbrt' if index == 3 else 'sqrt'}({body})"

    def bars(self, body: str) -> str:
        return f"abs({body})"

    def norm(self, body: str) -> str:
        return f"norm({body})"

    def summed(self, letters: Sequence[str], body: str) -> str:
        return f"sum_{{{','.join(letters)}}} {body}" if len(letters) > 1 else f"sum_{letters[0]} {body}"

    def transpose(self, body: str, inverse: bool = False, sign: str = "⊤") -> str:
        return f"inv({body})^T" if inverse else f"{body}^T"

    def adjoint(self, form: str, of: Name, wrt: Name) -> str:
        return str(AdjointName(form, of, wrt))

    def matrix(self, rows: Sequence[Sequence[str]]) -> str:
        inside = ["[" + ", ".join(row) + "]" if len(row) > 1 else row[0] for row in rows]
        return "[" + ", ".join(inside) + "]"

    def stacked(self, parts: Sequence[str]) -> str:
        return f"[{'; '.join(parts)}]"

    def call(self, head: str, args: Sequence[str]) -> str:
        return f"{head}({', '.join(args)})"

    def iverson(self, left: str, sign: str, right: str) -> str:
        return f"[{left} {_SIGNS.get(sign, sign)} {right}]"

    def cases(self, rows: Sequence[tuple[str, str | None]]) -> str:
        return f"{{{'; '.join(value if when is None else f'{value} if {when}' for value, when in rows)}}}"

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        wrts = [name for name, times in wrt for _ in range(times)] or [""]
        return str(DerivativeName(symbol, Name(of or ""), tuple(map(Name, wrts))))

    def blank(self, body: str, filled: bool) -> str:
        return body if filled else "____"

"""Formulas in matrix notation, built word by word: products and transposes as a book writes them, each node once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from math import prod

from graphviz_ad.algebra.indexed import IndexedAlgebra
from graphviz_ad.algebra.pool import PRODUCT, SUM
from graphviz_ad.algebra.to_graph import to_graph
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import INPUT, Builder, Graph, Node, Type, folded, needed_by
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops.arrays import EYE, ONES, matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record


class Apart(Record):
    """A product taken apart: its sign, the numbers before it, those of the pool that it is divided by, and the rest."""

    negative: bool
    numbers: tuple[int, ...]
    under: tuple[int, ...]
    body: int | None


class Words:
    """A builder of formulas; each method takes and returns indices of its nodes."""

    def __init__(self, indexed: IndexedAlgebra) -> None:
        self.indexed, self.algebra = indexed, indexed.algebra
        self.builder = Builder()
        self._known: dict[Node, int] = {}
        self._shown: dict[int, int] = {}
        self._lengths: dict[int, int] = {}
        self._has_adjoint: dict[int, bool] = {}
        self._has_derivatives: dict[int, bool] = {}
        self.values: dict[int, int] = {}  # the expressions of the pool that nodes show

    def graph(self, root: int) -> Graph:
        """The formula that a node is."""
        return needed_by(self.builder.nodes, [root])

    def shape(self, index: int) -> Shape:
        return self.builder.nodes[index].type.shape

    def op(self, index: int) -> object:
        return self.builder.nodes[index].op

    def has_derivatives(self, index: int) -> bool:
        """Whether a formula has variables that stand for derivatives, fractions of their own."""
        if index not in self._has_derivatives:
            node = self.builder.nodes[index]
            here = isinstance(node.name, DerivativeName)
            self._has_derivatives[index] = here or any(map(self.has_derivatives, node.args))
        return self._has_derivatives[index]

    def keep(self, node: Node) -> int:
        if node not in self._known:
            self._known[node] = self.builder.keep(node)
        return self._known[node]

    def node(self, op: str, *args: int, **attributes: object) -> int:
        """An operation on nodes. Raises ValueError where their shapes do not go together."""
        shape = operation(op).shape(*map(self.shape, args), **attributes)
        return self.keep(Node(op, args, None, None, None, Type(shape, tuple(attributes.items()))))

    # ---- words

    def shown(self, value: int) -> int:
        """An expression of the pool."""
        if value not in self._shown and (factors := self._in_order(value)) is not None:
            self._shown[value] = self.hadamard(list(map(self.shown, factors)))
            self.values.setdefault(self._shown[value], value)
        elif value not in self._shown:
            made = to_graph(self.algebra, value)
            place = folded(
                made.nodes,
                lambda node: self._named(node) if node.op == INPUT else self.keep(node),
                lambda node, args: self.node(str(node.op), *args),
            )
            self._shown[value] = place[made.outputs[0]]
            self.values.setdefault(place[made.outputs[0]], value)
        return self._shown[value]

    def _in_order(self, value: int) -> list[int] | None:
        """The factors of a product element by element in the order of a chain: what is moved, errors, then the others,
        1 − h behind its h; None where something is divided by or a number."""
        algebra = self.algebra
        parts = algebra.terms[value].args if algebra.terms[value].op == PRODUCT else ()
        if len(parts) < 2 or not all(map(self.indexed.has_axes, parts)) or any(map(self._is_below, parts)):
            return None
        of = {part: self._names(part) for part in parts}
        rests = {
            part
            for part in parts
            if algebra.terms[part].op == SUM and any(map(self._is_number, algebra.terms[part].args))
        }
        behind = {part: next((other for other in parts if other not in rests and of[other] == of[part]), None)
                  for part in rests}  # fmt: skip
        first = [part for part in parts if behind.get(part) is None]
        pairs = set(behind.values())
        first.sort(key=lambda p: (not self._moved(of[p]), algebra.terms[p].op != SUM or p in rests, p in pairs))
        return [part for lead in first for part in (lead, *(rest for rest in parts if behind.get(rest) == lead))]

    def _is_below(self, value: int) -> bool:
        exponent = self.algebra.value(self.algebra.as_power(value)[1])
        return exponent is not None and exponent < 0

    def _is_number(self, value: int) -> bool:
        return self.algebra.value(value) is not None

    def _names(self, value: int) -> frozenset[str]:
        keys = (self.algebra.terms[part].key for part in self.algebra.below(value))
        return frozenset(key for key in keys if isinstance(key, str))

    def _moved(self, names: Iterable[str]) -> bool:
        return any(name in self.indexed.adjoints or isinstance(name, DerivativeName) for name in names)

    def length(self, index: int) -> int:
        """How many signs a node takes, about."""
        if index not in self._lengths:
            self._lengths[index] = 1 + sum(map(self.length, self.builder.nodes[index].args))
        return self._lengths[index]

    def has_adjoint(self, index: int) -> bool:
        """Whether a node is made of what an arrow moves."""
        if index not in self._has_adjoint:
            node = self.builder.nodes[index]
            here = node.name is not None and self._moved([node.name])
            self._has_adjoint[index] = here or any(map(self.has_adjoint, node.args))
        return self._has_adjoint[index]

    def _named(self, node: Node) -> int:
        """A variable, or what an atom stands for."""
        atom = self.indexed.atoms.get(node.name or "")
        if atom is None:
            return self.keep(node.replace(type=Type(self.indexed.shapes.get(node.name or "", ()))))
        args = [self.shown(arg) for arg in atom.args]
        if atom.op == "matmul":
            return self.product(args)
        if atom.op == "transpose":
            return self.transpose(args[0])
        return self.node(atom.op, *args, **dict(atom.type.attributes))

    def ones(self, size: object) -> int:
        return self.node(ONES, size=size)

    def eye(self, size: object) -> int:
        return self.node(EYE, size=size)

    def words(self, index: int) -> tuple[int, ...]:
        """The factors of a product, or the one word that there is."""
        found: list[int] = []
        while self.op(index) == "matmul":
            index, last = self.builder.nodes[index].args
            found.append(last)
        return (index, *reversed(found))

    def product(self, words: Iterable[int]) -> int:
        """The product of words, without unit matrices; numbers and a minus come to the front, what is divided by goes
        below."""
        parts = [self._apart(word) for word in words]
        flat = [word for part in parts if part.body is not None for word in self.words(part.body)]
        kept = [word for word in flat if self.op(word) != EYE] or flat[-1:]
        made = [reduce(lambda a, b: self.node("matmul", a, b), kept)] if kept else []
        numbers = [number for part in parts for number in part.numbers]
        under = [number for part in parts for number in part.under]
        below = self.algebra.one
        if under:
            numbers, more = self._without_fractions(numbers)
            numbers, below = self._cancelled(numbers, self.algebra.multiply(*under, *more))
        numbers = [number for number in self._digits_first(numbers) if self.builder.nodes[number].value != 1]
        whole = self.scaled([*numbers, *made] or [self.shown(self.algebra.one)])
        if below != self.algebra.one:
            whole = self.node("div", whole, self.shown(below))
        return self.node("neg", whole) if sum(part.negative for part in parts) % 2 else whole

    def _without_fractions(self, numbers: Sequence[int]) -> tuple[list[int], list[int]]:
        """Numbers, and what their fractions divide by."""
        algebra = self.algebra
        above: list[int] = []
        rest: list[int] = []
        under: list[int] = []
        for number in numbers:
            over = self._above(number)
            if over is None:
                rest.append(number)
                continue
            above += [self.shown(over)] if over != algebra.one else []
            value = algebra.power(self.values[number], algebra.minus_one)
            under.append(algebra.multiply(over, value))
        return [*above, *rest], under

    def _digits_first(self, numbers: Sequence[int]) -> list[int]:
        """Numbers with the digits of all of them in front, as one: 4 q for 2 q · 2."""
        values = {number: self.builder.nodes[number].value for number in numbers}
        digits = [Fraction(value) for value in map(values.get, numbers) if isinstance(value, (int, Fraction))]
        if not digits:
            return list(numbers)
        rest = [number for number in numbers if not isinstance(values[number], (int, Fraction))]
        return [self.shown(self.algebra.number(prod(digits))), *rest]

    def _cancelled(self, numbers: Sequence[int], below: int) -> tuple[list[int], int]:
        """Numbers over what they are divided by, their digits without common factors: 2x/(2n) is x/n."""
        digits, rest = self.algebra.coefficient(below)
        values = [self.builder.nodes[number].value for number in numbers]
        whole = [value for value in values if isinstance(value, int)]  # each as often as it is there, 2 · 2
        ratio = Fraction(prod(whole)) / Fraction(digits)
        if not whole or ratio.denominator == digits:
            return list(numbers), below
        left = [number for number, value in zip(numbers, values, strict=True) if not isinstance(value, int)]
        above = [self.shown(self.algebra.number(ratio.numerator))] if ratio.numerator != 1 else []
        return [*above, *left], self.algebra.multiply(self.algebra.number(ratio.denominator), rest)

    def _above(self, number: int) -> int | None:
        """The digits above the line of a fraction that has nothing else there."""
        node = self.builder.nodes[number]
        if isinstance(node.value, Fraction):
            return self.algebra.number(node.value.numerator)
        if node.op == "div" and number in self.values:
            value = self.builder.nodes[node.args[0]].value
            return None if value is None else self.algebra.number(value)
        return None

    def _apart(self, index: int) -> Apart:
        """What a product consists of."""
        node = self.builder.nodes[index]
        if not node.type.shape and node.op not in ("neg", "mul"):
            return Apart(False, (index,), (), None)
        if node.op == "neg":
            inner = self._apart(node.args[0])
            return inner.replace(negative=not inner.negative)
        if node.op == "mul" and not self.shape(node.args[0]):
            first, rest = map(self._apart, node.args)
            return rest.replace(negative=first.negative != rest.negative, numbers=(*first.numbers, *rest.numbers))
        if node.op == "div" and node.args[1] in self.values and not self.shape(node.args[1]):
            inner = self._apart(node.args[0])
            return inner.replace(under=(*inner.under, self.values[node.args[1]]))
        return Apart(False, (), (), index)

    def scaled(self, factors: Sequence[int]) -> int:
        """Numbers and what stands behind them: 2 (λ x); of numbers alone their product, (2 λ) aᵀb."""
        if not self.shape(factors[-1]):
            return reduce(lambda before, number: self.node("mul", before, number), factors)
        return reduce(lambda behind, number: self.node("mul", number, behind), reversed(factors))

    def hadamard(self, factors: Sequence[int]) -> int:
        """A product element by element, ⊙."""
        return reduce(lambda a, b: self.node("mul", a, b), factors)

    def entries(self, index: int) -> list[int]:
        """The factors of a product that is taken element by element."""
        node = self.builder.nodes[index]
        if node.op == "mul" and all(map(self.shape, node.args)):
            return [part for arg in node.args for part in self.entries(arg)]
        return [index]

    def transpose(self, index: int) -> int:
        """The transpose, brought to the words: (AB)ᵀ = BᵀAᵀ."""
        node = self.builder.nodes[index]
        if index in self.values and self.indexed.facts.is_symmetric(self.values[index]):
            return index
        if not node.type.shape or node.op in (EYE,) or (node.op == "diag" and len(node.type.shape) == 2):
            return index
        if node.op == "transpose":
            return node.args[0]
        if node.op == "matmul":
            return self.product(self.transpose(word) for word in reversed(self.words(index)))
        if node.op == "neg" or (node.op in ("mul", "div") and not all(map(self.shape, node.args))):
            return self.node(str(node.op), *(self.transpose(arg) for arg in node.args))
        turned = tuple(map(self.transpose, node.args)) if node.op in (*_LINEAR, "inv") else ()
        if turned and (turned == node.args or (node.op == "add" and turned == node.args[::-1])):
            return index
        if node.op in _LINEAR and all(self.shape(arg) == node.type.shape for arg in node.args):
            is_column = len(node.type.shape) == 1
            if any(map(self._is_turned if is_column else self._is_product, node.args)):
                made = self.node(str(node.op), *turned)
                if is_column or self.length(made) <= self.length(index):  # (R − UVᵀ)ᵀ, the error that is known
                    return made
        return self.node("transpose", index)

    def _is_product(self, index: int) -> bool:
        return self.op(index) in ("transpose", "matmul")

    def _is_turned(self, index: int) -> bool:
        """Whether a column is a product that begins with a transpose, or a sum of such: (Aᵀx)ᵀ is xᵀA."""
        node = self.builder.nodes[index]
        if node.op in ("neg", *_LINEAR, "mul", "div"):
            return any(self._is_turned(arg) for arg in node.args if self.shape(arg))
        return node.op == "matmul" and self.op(self.words(index)[0]) == "transpose"

    def column(self, index: int) -> int:
        """A vector as a column."""
        return self.transpose(index) if matrix(self.shape(index))[0] == 1 else index


_LINEAR = ("add", "sub")

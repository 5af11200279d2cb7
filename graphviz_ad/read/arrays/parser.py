"""Equations of vectors and matrices: the parser of equations with their products, transposes, norms and functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.ops.arrays import ONES
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.shapes import DOT, MEAN, RAISED, STAR
from graphviz_ad.read.text.definitions import Callables
from graphviz_ad.read.text.parser import PRODUCT, SUM, UNARY, Parser
from graphviz_ad.read.text.tokens import Token

ELEMENTWISE = (PRODUCT + SUM) // 2  # binds weaker than a product, stronger than a sum

# What a function is called, the operation that it is, and how many operands it has.
_FUNCTIONS = {
    "sum": ("total", 1), "mean": (MEAN, 1), "norm": ("norm", 1), "tr": ("trace", 1), "trace": ("trace", 1),
    "det": ("det", 1), "logdet": ("logdet", 1), "inv": ("inv", 1), "softmax": ("softmax", 1),
    "log_softmax": ("log_softmax", 1), "logsoftmax": ("log_softmax", 1), "diag": ("diag", 1),
    "transpose": ("transpose", 1), "dot": (DOT, 2), "outer": ("outer", 2),
}  # fmt: skip
_TRANSPOSED = frozenset(("T", "⊤", "ᵀ"))


class ArrayParser(Parser):
    """Reads one equation of a source that declares shapes."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = {
        **Parser.infixes,
        "*": (STAR, PRODUCT),
        "·": (DOT, PRODUCT),
        "@": ("matmul", PRODUCT),
        "⊙": ("mul", ELEMENTWISE),
        "⊘": ("div", ELEMENTWISE),
    }
    side_by_side = "matmul"

    def __init__(
        self, tokens: list[Token], callables: Callables, notes: list[str], declared: Mapping[str, Shape]
    ) -> None:
        super().__init__(tokens, callables, notes)
        self.declared = declared
        self.norms = 0  # how many ‖ are open

    def power(self, base: int, first: int) -> int:
        if self.next.text == "^" and self.is_transpose(self.ahead(1)):
            self.take()
            self.take()
            return self.node("transpose", (base,), self.since(first))
        return super().power(base, first)

    def is_transpose(self, token: Token) -> bool:
        """Whether what stands above is the sign of a transpose, which a number T is not."""
        return token.text in _TRANSPOSED and token.text not in self.declared

    def ending(self, left: int, first: int) -> int | None:
        token = self.next
        if token.kind != "array":
            return None
        if token.text in _TRANSPOSED:
            self.take()
            return self.node("transpose", (left,), self.since(first))
        if token.text == ".^":
            self.take()
            return self.joined(RAISED, left, self.expression(UNARY), first)
        return None

    def operand(self) -> int:
        if self.next.text.startswith("‖") and self.next.kind == "array":
            return self.norm(self.take())
        return super().operand()

    def begins_operand(self, token: Token) -> bool:
        if token.kind == "array" and token.text.startswith("‖"):
            return not self.norms
        return super().begins_operand(token)

    def norm(self, opening: Token) -> int:
        """‖x‖, the Euclidean norm, that of Frobenius of a matrix; ‖x‖_1, the sum of the magnitudes."""
        self.norms += 1
        body = self.expression(0)
        self.norms -= 1
        closing = self.next
        if not (closing.kind == "array" and closing.text.startswith("‖")):
            raise AdgraphError("'‖' is never closed", opening.span, "write ||x|| or norm(x)")
        self.take()
        span = Span(opening.span.start, closing.span.end)
        index = closing.text[1:].strip("_{}")
        if index == "1":
            return self.node("total", (self.node("abs", (body,), span),), span)
        if index not in ("", "2", "F"):
            raise AdgraphError(f"the norm of index {index} is not read", closing.span, "there are ‖x‖, ‖x‖_1, ‖X‖_F")
        return self.node("norm", (body,), span)

    def named(self, token: Token) -> int:
        if self.next.kind == "open" and token.text in _FUNCTIONS and token.text not in self.declared:
            return self.function_of_arrays(token)
        if self.next.kind == "open" and token.text == ONES:
            return self.ones(token)
        bare = token.text.rstrip("'")
        if bare != token.text and bare in self.declared and token.text not in self.declared:
            base = self.variable(token.replace(text=bare))
            for _ in range(len(token.text) - len(bare)):
                base = self.node("transpose", (base,), token.span)
            return base
        return super().named(token)

    def function_of_arrays(self, token: Token) -> int:
        first = self.at - 1
        op, wanted = _FUNCTIONS[token.text]
        args = self.arguments()
        span = self.since(first)
        if len(args) != wanted:
            many = f"{wanted} argument{'s' if wanted > 1 else ''}"
            raise AdgraphError(f"'{token.text}' takes {many}, not {len(args)}", span)
        if op == "outer":
            return self.node("matmul", (args[0], self.node("transpose", (args[1],), span)), span)
        return self.node(op, tuple(args), span)

    def ones(self, token: Token) -> int:
        """ones(n): a column."""
        first = self.at - 1
        (size,) = self.arguments()
        node = self.builder.nodes[size]
        if node.op != CONST or not isinstance(node.value, int) or node.value < 1:
            raise AdgraphError("ones(n) needs a number of entries", token.span, "write ones(3)")
        type_of = Type((node.value,), (("size", node.value),))
        return self.builder.add(ONES, (), None, None, self.since(first), type_of)

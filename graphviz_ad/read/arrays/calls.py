"""Functions of vectors and matrices, and their constants: softmax(z), ones(3), I, 𝟏."""

from __future__ import annotations

import re
from functools import reduce
from itertools import pairwise

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.ops.arrays import EYE, ONES, UNIT
from graphviz_ad.core.ops.row import OPEN
from graphviz_ad.read.arrays.declarations import MAX_SIZE
from graphviz_ad.read.arrays.terms import (
    ALONG,
    BARS,
    BESIDE,
    CLIP,
    COLUMNS,
    CROSS,
    DOT,
    ENTRIES,
    INNER,
    KRON,
    MEAN,
    RAISED,
    VEC,
)
from graphviz_ad.read.arrays.vocabulary import Vocabulary
from graphviz_ad.read.text.nesting import outside
from graphviz_ad.read.text.parser import UNARY, Parser
from graphviz_ad.read.text.tokens import Token

# What a function is called, the operation that it is, and how many operands it has.
ARRAY_FUNCTIONS = {
    "sum": ("total", 1), "mean": (MEAN, 1), "average": (MEAN, 1), "tr": ("trace", 1), "trace": ("trace", 1),
    "det": ("det", 1), "logdet": ("logdet", 1), "inv": ("inv", 1), "softmax": ("softmax", 1),
    "log_softmax": ("log_softmax", 1), "logsoftmax": ("log_softmax", 1), "diag": ("diag", 1), "vec": (VEC, 1),
    "transpose": ("transpose", 1), "dot": (DOT, 2), "inner": (INNER, 2), "outer": ("outer", 2), "norm": ("norm", 1),
    "concat": ("vcat", 2), "concatenate": ("vcat", 2), "vcat": ("vcat", 2), "hcat": (COLUMNS, 2), "inverse": ("inv", 1),
    "avg": (MEAN, 1), "solve": ("solve", 2), "var": ("var", 1), "std": ("std", 1),
    "logsumexp": ("logsumexp", 1), "Tr": ("trace", 1), "kron": (KRON, 2), "prod": (ENTRIES, 1), "rowsum": ("rowsum", 1),
    "Concat": (BESIDE, 2), "cat": ("vcat", 2), "LSE": ("logsumexp", 1), "lse": ("logsumexp", 1), "Inv": ("inv", 1),
    "Softmax": ("softmax", 1), "SoftMax": ("softmax", 1), "Diag": ("diag", 1), "Var": ("var", 1), "Std": ("std", 1),
    "Mean": (MEAN, 1), "Norm": ("norm", 1), "Trace": ("trace", 1), "Sum": ("total", 1), "cross": (CROSS, 2),
    BARS: (BARS, 1), "clip": (CLIP, 3), "argmax": ("at_largest", 1), "at_largest": ("at_largest", 1),
}  # fmt: skip
# Functions that go along an axis, sum(X, axis=0).
AXES_OF = {
    "logsoftmax": "log_softmax", "average": "mean", "avg": "mean",
    **{name: name for name in (
        "sum", "mean", "var", "std", "norm", "softmax", "log_softmax", "logsumexp", "max", "min",
    )},
}  # fmt: skip
BARE = frozenset({"tr", "Tr", "det", "logdet", "softmax", "log_softmax", "diag", "vec", "trace", "inv"})  # no brackets
_LIMITED = 30  # of a size in digits
MAX_EXPONENT = 100  # of a norm


class ArrayCalls(Parser):
    """Reads functions and constants of vectors and matrices."""

    known: Vocabulary

    def function_of_arrays(self, token: Token) -> int:
        first = self.at - 1
        op, wanted = ARRAY_FUNCTIONS[token.text]
        if self.next.kind == "open" and (made := self.along_an_axis(token)) is not None:
            return made
        if self.next.kind == "open":
            args = self.arguments()
        elif self.begins_operand(self.next):
            args = [self.expression(UNARY)]
        else:
            raise AdgraphError(f"'{token.text}' needs an argument", token.span, f"write {token.text}(X)")
        span = self.since(first)
        if op == "norm" and len(args) == 2:
            index = self.builder.nodes[args[1]].value
            return self.normed(args[0], str(index), span, token)
        if op in ("vcat", COLUMNS, BESIDE) and len(args) > wanted:
            return reduce(lambda before, arg: self.node(op, (before, arg), span), args)
        if len(args) != wanted:
            many, like = ("2 arguments", "u, v") if wanted == 2 else (f"{wanted} argument{'s' * (wanted > 1)}", "x")
            raise AdgraphError(f"'{token.text}' takes {many}, not {len(args)}", span, f"write {token.text}({like})")
        if op == CLIP:
            return self.node("min", (self.node("max", tuple(args[:2]), span), args[2]), span)
        if op == BARS:
            return self.barred(args[0], first, span)
        if op == "outer":
            return self.node("matmul", (args[0], self.node("transpose", (args[1],), span)), span)
        if op == "solve":
            return self.node("matmul", (self.node("inv", (args[0],), span), args[1]), span)
        if op in ("var", "std"):
            variance = self.variance(args[0], span)
            return variance if op == "var" else self.node("sqrt", (variance,), span)
        if op == "logsumexp":
            return self.node("log", (self.node("total", (self.node("exp", (args[0],), span),), span),), span)
        return self.node(op, tuple(args), span)

    def along_an_axis(self, token: Token) -> int | None:
        """A function of each row or column, sum(X, axis=0), whose brackets come next; None where they say no axis."""
        first, end = self.at - 1, self.closing(self.at)
        behind = self.tokens[self.at : end]
        count = 5 if [part.text for part in behind[-2:-1]] == ["-"] else 4
        comma, *words = behind[-count:]
        texts = [part.text for part in words]
        if comma.kind == "comma" and texts[:2] in (["axis", "="], ["dim", "="]) and texts[-1].isdecimal():
            if token.text not in AXES_OF:
                text = f"'{token.text}' along an axis is not read"
                raise AdgraphError(text, token.span, f"there are {', '.join(sorted(set(AXES_OF.values())))}")
            self.take()
            body = self.expression(0)
            if self.at != end - count:
                raise self.unexpected(self.next)
            self.at = end + 1
            attributes = (("of", AXES_OF[token.text]), ("axis", int("".join(texts[2:])[:9])))
            return self.builder.add(ALONG, (body,), None, None, self.since(first), Type((), attributes))
        depth = 0
        for named, sign in pairwise(behind):
            depth += named.nesting
            if sign.text == "=" and named.kind == "name" and depth == 1:
                function = token.text if token.text in AXES_OF else "sum"
                hint = f"write {function}(X, axis=0) of each column, axis=1 of each row"
                raise AdgraphError(f"'{named.text}=' within '{token.text}'", named.span, hint)
        place = behind[-1].text in ("0", "1", "2") and len(behind) > 3 and behind[-2].kind == "comma"
        if place and token.text in ("sum", "mean"):
            hint = f"write {token.text}(…, axis=0) of each column, axis=1 of each row"
            raise AdgraphError(f"which axis '{token.text}' goes along", behind[-1].span, hint)
        return None

    def barred(self, body: int, place: int, span: Span) -> int:
        """|x|, of which it is known whether it is under a power or below a fraction bar."""
        raise NotImplementedError

    def variance(self, of: int, span: Span) -> int:
        """The mean of the squares of what is centred."""
        centred = self.node("sub", (of, self.node(MEAN, (of,), span)), span)
        return self.node(MEAN, (self.node(RAISED, (centred, self.number(2, span)), span),), span)

    def normed(self, body: int, index: str, span: Span, at: Token) -> int:
        if index == "1":
            return self.node("total", (self.node("abs", (body,), span),), span)
        if index in ("inf", "infty", "∞"):
            return self.node("largest", (self.node("abs", (body,), span),), span)
        if index in ("", "2", "F"):
            return self.node("norm", (body,), span)
        if (weight := re.fullmatch(r"(.+?)(\^-1)?", index)) and self.known.is_weight(weight[1]):
            return self.weighted(body, at.replace(text=weight[1]), weight[2] is not None, span)
        exponent = self.exponent(index, at)
        powers = self.node("total", (self.node(RAISED, (self.node("abs", (body,), span), exponent), span),), span)
        return self.node("pow", (powers, self.node("div", (self.number(1, span), exponent), span)), span)

    def exponent(self, index: str, at: Token) -> int:
        """p of ‖x‖_p, a number or a name."""
        if index.isdecimal() and 1 < int(index[:3]) <= MAX_EXPONENT:
            return self.number(int(index), at.span)
        if index != "p":
            hint = "there are ‖x‖, ‖x‖_1, ‖x‖_3, ‖x‖_inf, ‖X‖_F, and ‖x‖_Q of a matrix Q that is declared"
            raise AdgraphError(f"the norm of index {index} is not read", at.span, hint)
        return self.variable(at.replace(kind="name", text=index))

    def weighted(self, body: int, matrix: Token, inverse: bool, span: Span) -> int:
        """‖x‖_Q, the root of x^T Q x; its square without the root."""
        weight = self.variable(matrix.replace(kind="name"))
        weight = self.node("inv", (weight,), span) if inverse else weight
        row = self.node("transpose", (body,), span)
        form = self.node("matmul", (self.node("matmul", (row, weight), span), body), span)
        self.notes.append(f"the square of a norm of index {matrix.text} is x^T {matrix.text}{'^-1' * inverse} x")
        if self.next.text == "^" and self.ahead(1).text == "2":
            self.at += 2
            return form
        return self.node("sqrt", (form,), span)

    def extreme(self, token: Token) -> int:
        """max(x) and min(x), of the entries."""
        first = self.at - 1
        if (made := self.along_an_axis(token)) is not None:
            return made
        (body,) = self.arguments()
        span = self.since(first)
        if token.text == "max":
            return self.node("largest", (body,), span)
        return self.node("neg", (self.node("largest", (self.node("neg", (body,), span),), span),), span)

    def has_comma(self) -> bool:
        """Whether the bracket that comes next has a comma in it."""
        inside = self.tokens[self.at + 1 :]
        return any(
            token.kind == "comma" and [part.text for part in inside[at + 2 : at + 3]] != ["="]
            for at, token in outside(inside)
        )

    def filled(self, token: Token) -> int:
        """ones(n), a column; ones(m, n), a matrix; and zeros."""
        first = self.at - 1
        sizes = self.sizes(token)
        span = self.since(first)
        made = [self.builder.add(ONES, (), None, None, span, Type((size,), (("size", size),))) for size in sizes]
        whole = made[0]
        if len(made) == 2:
            whole = self.node("matmul", (made[0], self.node("transpose", (made[1],), span)), span)
        return self.zero(whole, span) if token.text == "zeros" else whole

    def zero(self, ones: int, span: Span) -> int:
        return self.node("mul", (self.node(CONST, (), span, 0), ones), span)

    def identity(self, token: Token) -> int:
        """I, its size by what stands beside it, or I(3)."""
        if token.text in ("eye", "identity"):
            size, *_ = self.sizes(token)
            return self.builder.add(EYE, (), None, None, token.span, Type((size, size), (("size", size),)))
        return self.context_sized(EYE, token, 2)

    def of_size(self, token: Token, sign: str, size: str) -> int:
        """I_3, 1_n: with the size below."""
        of: int | str = check_axis(int(size[:_LIMITED]), token.span) if size.isdecimal() else size
        axes = 1 if sign in "𝟏𝟎" else 2
        type_of = Type((of,) * axes, (("size", of),))
        made = self.builder.add(ONES if axes == 1 else EYE, (), None, None, token.span, type_of)
        return self.zero(made, token.span) if sign == "𝟎" else made

    def unit(self, token: Token, at: int) -> int:
        """𝐞_k, its size by what stands beside it."""
        type_of = Type((OPEN,), (("size", OPEN), ("at", check_axis(at, token.span))))
        return self.builder.add(UNIT, (), None, None, token.span, type_of)

    def context_sized(self, op: str, token: Token, axes: int, zero: bool = False) -> int:
        made = self.builder.add(op, (), None, None, token.span, Type((OPEN,) * axes, (("size", OPEN),)))
        return self.zero(made, token.span) if zero else made

    def sizes(self, head: Token) -> list[int | str]:
        """The sizes that are arguments, numbers or letters: ones(3), ones(m, n)."""
        self.take()
        found: list[int | str] = []
        while True:
            token = self.take()
            if token.kind == "number" and token.text.isdecimal() and int(token.text[:9]):
                found.append(check_axis(int(token.text[:_LIMITED]), token.span))
            elif token.kind == "name" and len(token.text) == 1 and not self.known.is_known(token.text):
                found.append(token.text)
            else:
                raise AdgraphError(f"{head.text}(…) needs a number of entries", token.span, f"write {head.text}(3)")
            if self.next.kind != "comma":
                break
            self.take()
        if self.next.kind != "close" or len(found) > 2:
            hint = f"write {head.text}(3), or {head.text}(2, 3)"
            raise AdgraphError(f"{head.text} takes a number of rows, and of columns", head.span, hint)
        self.take()
        return found


def check_axis(size: int, span: Span | None) -> int:
    """A size that is not too large."""
    if size > MAX_SIZE:
        raise AdgraphError(f"an axis of {size} entries", span, f"up to {MAX_SIZE:,} are read")
    return size

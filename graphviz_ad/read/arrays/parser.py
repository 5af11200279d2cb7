"""Equations of vectors and matrices: the parser of equations with their products, transposes, norms and functions."""

from __future__ import annotations

import re
from typing import ClassVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST, Type
from graphviz_ad.core.names import Name
from graphviz_ad.core.ops.arrays import EYE, ONES
from graphviz_ad.read.arrays.sizes import OPEN
from graphviz_ad.read.arrays.terms import (
    BARS,
    COLUMNS,
    DOT,
    ELEMENT,
    INNER,
    MEAN,
    ODIV,
    ODOT,
    OVER,
    RAISED,
    SIZED,
    STAR,
    SUMMED,
    VEC,
)  # fmt: skip
from graphviz_ad.read.arrays.vocabulary import Vocabulary, index_letters, index_parts
from graphviz_ad.read.text.definitions import Callables
from graphviz_ad.read.text.equation import Statement
from graphviz_ad.read.text.parser import PRODUCT, SUM, UNARY, Parser
from graphviz_ad.read.text.tokens import Token

ELEMENTWISE = (PRODUCT + SUM) // 2  # binds weaker than a product, stronger than a sum

# What a function is called, the operation that it is, and how many operands it has.
_FUNCTIONS = {
    "sum": ("total", 1), "mean": (MEAN, 1), "average": (MEAN, 1), "tr": ("trace", 1), "trace": ("trace", 1),
    "det": ("det", 1), "logdet": ("logdet", 1), "inv": ("inv", 1), "softmax": ("softmax", 1),
    "log_softmax": ("log_softmax", 1), "logsoftmax": ("log_softmax", 1), "diag": ("diag", 1), "vec": (VEC, 1),
    "transpose": ("transpose", 1), "dot": (DOT, 2), "inner": (INNER, 2), "outer": ("outer", 2), "norm": ("norm", 1),
    "concat": ("vcat", 2), "logsumexp": ("logsumexp", 1), "Tr": ("trace", 1),
}  # fmt: skip
_BARE = frozenset({"tr", "Tr", "det", "logdet", "softmax", "log_softmax", "diag", "vec", "trace", "inv"})
_TRANSPOSED = frozenset(("T", "⊤", "ᵀ", "𝖳"))
_SUMS = ("sum", "∑")
_LIMITED = 30  # of a size in digits


class ArrayParser(Parser):
    """Reads one equation of a source that declares shapes."""

    infixes: ClassVar[dict[str, tuple[str, int]]] = {
        **Parser.infixes,
        "*": (STAR, PRODUCT),
        "·": (DOT, PRODUCT),
        "@": ("matmul", PRODUCT),
        "⊙": (ODOT, ELEMENTWISE),
        "⊘": (ODIV, ELEMENTWISE),
    }
    side_by_side = "matmul"

    def __init__(self, tokens: list[Token], callables: Callables, notes: list[str], known: Vocabulary) -> None:
        super().__init__(tokens, callables, notes)
        self.known = known
        self.norms = 0  # how many ‖ are open
        self.within = ""  # what is defined
        self.letters: list[str] = []  # the indices that are summed over here, or stand on the left side

    def equation(self) -> Statement:
        if len(self.tokens) > 1 and self.tokens[0].kind == "name" and self.tokens[1].text == "=":
            self.within = self.tokens[0].text
            over = self.known.over(Name(self.within), self.tokens)
            self.letters = index_letters(over.indices) if over is not None else []
        found = super().equation()
        over = self.known.over(found.name, self.tokens) if found.name is not None else None
        if over is None or found.params is not None:
            return found
        type_of = Type((), (("indices", tuple(index_letters(over.indices))),))
        root = self.builder.add(OVER, (found.root,), None, None, found.span, type_of)
        return found.replace(name=Name(over.of), nodes=tuple(self.builder.nodes), root=root)

    # ---- transposes

    def power(self, base: int, first: int) -> int:
        if self.next.text == "^" and (taken := self.transposition()):
            inverse, count = taken
            self.at += count
            if inverse:
                base = self.node("inv", (base,), self.since(first))
            return self.node("transpose", (base,), self.since(first))
        return super().power(base, first)

    def transposition(self) -> tuple[bool, int] | None:
        """Whether what stands above is the sign of a transpose, and of an inverse too, X^-T; and how many tokens."""
        at = 1
        bracket = self.ahead(at).kind in ("open", "group")
        at += bracket
        inverse = self.ahead(at).text == "-"
        at += inverse
        if not self.is_transpose(self.ahead(at)):
            return None
        at += 1
        if bracket and self.ahead(at).kind != "close":
            return None
        return inverse, at + bracket

    def is_transpose(self, token: Token) -> bool:
        """Whether what stands above is the sign of a transpose, which a number T is not."""
        if token.text not in _TRANSPOSED:
            return False
        return token.text != "T" or self.known.is_array("T") or not self.known.is_known("T")

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
        if token.text.startswith("_"):  # (X w)_i
            self.take()
            return self.entry(left, token.text[1:].strip("{}"), self.since(first))
        return None

    # ---- norms and brackets

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
        return self.normed(body, closing.text[1:].strip("_{}"), Span(opening.span.start, closing.span.end), closing)

    def normed(self, body: int, index: str, span: Span, at: Token) -> int:
        if index == "1":
            return self.node("total", (self.node("abs", (body,), span),), span)
        if index not in ("", "2", "F"):
            raise AdgraphError(f"the norm of index {index} is not read", at.span, "there are ‖x‖, ‖x‖_1, ‖X‖_F")
        return self.node("norm", (body,), span)

    def inside(self, opening: Token) -> int:
        """What stands in brackets: [x; h] one below the other, [A, B] beside each other."""
        if opening.text != "[":
            norms, self.norms = self.norms, 0
            body = super().inside(opening)
            self.norms = norms
            return body
        bars, self.bars = self.bars, 0
        norms, self.norms = self.norms, 0
        first = self.at
        rows = [self.row()]
        if self.next.text in (">", ">=", "<", "<=") and len(rows[0]) == 1:
            rows = [[self.comparison(rows[0][0], first)]]
        while self.next.kind == "row":
            self.take()
            rows.append(self.row())
        self.bars, self.norms = bars, norms
        if self.next.kind != "close":
            raise self.unexpected(self.next if self.next.kind != "end" else opening)
        self.take()
        span = Span(opening.span.start, self.tokens[self.at - 1].span.end)
        body = self.stacked([self.beside(row, span) for row in rows], span)
        self.bracketed.add(body)
        return body

    def row(self) -> list[int]:
        found = [self.expression(0)]
        while self.next.kind == "comma":
            self.take()
            found.append(self.expression(0))
        return found

    def beside(self, parts: list[int], span: Span) -> int:
        made = parts[0]
        for part in parts[1:]:
            made = self.node(COLUMNS, (made, part), span)
        return made

    def stacked(self, parts: list[int], span: Span) -> int:
        made = parts[0]
        for part in parts[1:]:
            made = self.node("vcat", (made, part), span)
        return made

    # ---- names

    def named(self, token: Token) -> int:
        text = token.text
        known = self.known.is_known(text)
        before_bracket = self.next.kind == "open" and self.next.close
        if not known and text.partition("_")[0] in _SUMS and "_" in text:
            return self.sum_over(token)
        if text in _FUNCTIONS and not known and (before_bracket or text in _BARE):
            return self.function_of_arrays(token)
        if text in ("max", "min") and not known and before_bracket and not self.has_comma():
            return self.extreme(token)
        if text == "log" and not known and self.next.text == "det":
            return self.function_of_arrays(self.take().replace(text="logdet"))
        if not known and text in (ONES, "zeros") and before_bracket:
            return self.filled(token)
        if not known and text in ("𝟏", "𝟎"):
            return self.context_sized(ONES, token, 1, zero=text == "𝟎")
        if not known and (text in ("I", "𝐈", "𝑰") or (text in ("eye", "identity") and before_bracket)):
            return self.identity(token)
        if not known and (sized := re.fullmatch(SIZED, text)):
            return self.of_size(token, sized[1], sized[2])
        bare = text.rstrip("'")
        if bare != text and not known and self.is_whole(bare):
            base = self.variable(token.replace(text=bare))
            for _ in range(len(text) - len(bare)):
                base = self.node("transpose", (base,), token.span)
            return base
        element = self.known.element(text, self.within)
        if element is not None and not self.callables.find(token):
            return self.entry(self.variable(token.replace(text=element.of)), element.indices, token.span)
        whole = self.known.whole(text, self.letters) if self.letters and not known else None
        if whole is not None:
            message = f"'{text}' has an index, and '{whole}' has no shape"
            raise AdgraphError(message, token.span, f"declare it, {whole}: vector, or {text}: scalar")
        return super().named(token)

    def is_product(self, token: Token) -> bool:
        """Whether a name before a bracket is a factor: what has a shape is."""
        return self.known.is_known(token.text) or super().is_product(token)

    def is_raised_call(self, token: Token) -> bool:
        """Whether a name is a function before a power and a bracket, sin^2(x); what has a shape is none, H^⊤(Y − T)."""
        return not self.known.is_known(token.text) and super().is_raised_call(token)

    def is_whole(self, text: str) -> bool:
        """Whether a name has a shape, as far as is known; x' is its transpose then."""
        return self.known.is_array(text) or (self.known.is_known(text) and not self.known.is_declared(text))

    def refuse_index(self, name: Token) -> None:
        if not self.known.is_known(name.text) or self.next.text == "[":
            super().refuse_index(name)

    def has_comma(self) -> bool:
        """Whether the bracket that comes next has a comma in it."""
        depth = 0
        for at in range(self.at, len(self.tokens)):
            token = self.tokens[at]
            depth += (token.kind in ("open", "group")) - (token.kind == "close")
            if depth == 0:
                return False
            if depth == 1 and token.kind == "comma":
                return True
        return False

    def entry(self, base: int, indices: str, span: Span) -> int:
        """An entry of a vector or a matrix, by its indices."""
        if not index_parts(indices):
            raise AdgraphError(f"'{indices}' is no index", span, "write x_i, x_1 or X_ij")
        return self.builder.add(ELEMENT, (base,), None, None, span, Type((), (("indices", indices),)))

    def sum_over(self, token: Token) -> int:
        """sum_i x_i, sum_{i=1}^n, sum_{i,j}: what is behind, up to a + or −."""
        first = self.at - 1
        inside = token.text.partition("_")[2].strip("{}").replace(" ", "")
        start: str | None = None
        if "=" in inside:
            inside, _, start = inside.partition("=")
        letters = index_letters(inside)
        if not letters or len(index_parts(inside)) != len(letters) or "".join(letters) != inside.replace(",", ""):
            raise AdgraphError(f"'{inside}' is not an index", token.span, "write sum_i, sum_{i=1}^n or sum_{i,j}")
        if start not in (None, "1"):
            raise AdgraphError("entries are counted from 1", token.span, f"write sum_{{{letters[0]}=1}}")
        limit = self.upper_limit() if self.next.text == "^" or self.next.kind == "super" else None
        if self.next.kind == "end" or not (self.begins_operand(self.next) or self.next.text in ("+", "-", "‖")):
            raise AdgraphError("a sum of nothing", token.span, "write what is added behind it: sum_i x_i")
        self.letters += letters
        body = self.expression(SUM)
        del self.letters[-len(letters) :]
        attributes = (("indices", tuple(letters)), ("limit", limit))
        return self.builder.add(SUMMED, (body,), None, None, self.since(first), Type((), attributes))

    def note_implied(self, left: int, token: Token) -> None:
        if token.kind != "array" and not token.text.startswith("sum_"):
            super().note_implied(left, token)

    def upper_limit(self) -> int | str:
        """n of sum_{i=1}^n."""
        token = self.take()
        if token.kind != "super":
            token = self.take()
            if token.kind in ("open", "group"):
                token = self.take()
                if self.next.kind != "close":
                    raise AdgraphError("the limit of a sum is a number or a letter", token.span, "write sum_{i=1}^n")
                self.take()
        if token.kind not in ("number", "name", "super"):
            raise AdgraphError("the limit of a sum is a number or a letter", token.span, "write sum_{i=1}^n")
        return int(token.text) if token.text.isdecimal() else token.text

    # ---- functions

    def function_of_arrays(self, token: Token) -> int:
        first = self.at - 1
        op, wanted = _FUNCTIONS[token.text]
        if self.next.kind == "open":
            args = self.arguments()
        elif self.begins_operand(self.next):
            args = [self.expression(UNARY)]
        else:
            raise AdgraphError(f"'{token.text}' needs an argument", token.span, f"write {token.text}(X)")
        span = self.since(first)
        if token.text == "norm" and len(args) == 2:
            index = self.builder.nodes[args[1]].value
            return self.normed(args[0], str(index), span, token)
        if len(args) != wanted:
            many = f"{wanted} argument{'s' if wanted > 1 else ''}"
            raise AdgraphError(f"'{token.text}' takes {many}, not {len(args)}", span, _hint(token.text, wanted))
        if op == "outer":
            return self.node("matmul", (args[0], self.node("transpose", (args[1],), span)), span)
        if op == "logsumexp":
            return self.node("log", (self.node("total", (self.node("exp", (args[0],), span),), span),), span)
        return self.node(op, tuple(args), span)

    def extreme(self, token: Token) -> int:
        """max(x) and min(x), of the entries."""
        first = self.at - 1
        (body,) = self.arguments()
        span = self.since(first)
        if token.text == "max":
            return self.node("largest", (body,), span)
        return self.node("neg", (self.node("largest", (self.node("neg", (body,), span),), span),), span)

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

    def absolute(self, opening: Token) -> int:
        body = super().absolute(opening)
        return self.node(BARS, self.builder.nodes[body].args, self.since(self.tokens.index(opening)))

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
    from graphviz_ad.read.arrays.declarations import MAX_SIZE

    if size > MAX_SIZE:
        raise AdgraphError(f"an axis of {size} entries", span, f"up to {MAX_SIZE:,} are read")
    return size


def _hint(name: str, wanted: int) -> str:
    return f"write {name}({'u, v' if wanted == 2 else 'x'})"

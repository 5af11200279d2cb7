"""The identities between functions that a book uses without a word, as a table in adgraph's own language.

On the left stands a product of powers of functions, on the right what it is equal to wherever the left is defined.
Quotients there are powers, since to divide by something in a pool says that it is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from graphviz_ad.algebra.atoms import is_atom
from graphviz_ad.algebra.normal_form import Algebra
from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record
from graphviz_ad.read.table import expression

# What never makes an expression longer.
ALWAYS = (
    ("abs(u)^2", "u^2"),
    ("abs(u)*sign(u)", "u"),
    ("sign(u)*u", "abs(u)"),
    ("sign(u)^3", "sign(u)"),
    ("hypot(u, v)^2", "u^2 + v^2"),
    ("relu(u)*greater(u, 0)", "relu(u)"),
    ("max(0, u)*greater(u, 0)", "max(0, u)"),
    ("max(u, 0)*greater(u, 0)", "max(u, 0)"),
    ("max(u, 0)*greater_equal(u, 0)", "max(u, 0)"),
    ("min(0, u)*less(u, 0)", "min(0, u)"),
    ("min(u, 0)*less(u, 0)", "min(u, 0)"),
    ("min(u, 0)*less_equal(u, 0)", "min(u, 0)"),
    ("greater(u, v)^2", "greater(u, v)"),
    ("greater_equal(u, v)^2", "greater_equal(u, v)"),
    ("less(u, v)^2", "less(u, v)"),
    ("less_equal(u, v)^2", "less_equal(u, v)"),
)  # fmt: skip

# What may make it shorter, in sets that are tried one by one.
SQUARES = (
    ("sin(u)^2", "1 - cos(u)^2"),
    ("tan(u)^2", "sec(u)^2 - 1"),
    ("cot(u)^2", "csc(u)^2 - 1"),
    ("cosh(u)^2", "1 + sinh(u)^2"),
)
COSQUARES = (
    ("cos(u)^2", "1 - sin(u)^2"),
    ("sec(u)^2", "1 + tan(u)^2"),
    ("csc(u)^2", "1 + cot(u)^2"),
    ("sinh(u)^2", "cosh(u)^2 - 1"),
)
QUOTIENTS = (
    ("tan(u)", "sin(u)*cos(u)^(-1)"),
    ("cot(u)", "cos(u)*sin(u)^(-1)"),
    ("sec(u)", "cos(u)^(-1)"),
    ("csc(u)", "sin(u)^(-1)"),
)

# Where the functions on the right are in the expression already: of two opposite arguments one is enough.
KNOWN = (
    ("sigmoid(u)", "1 - sigmoid(-u)"),
    ("sigmoid(u)", "(1 + exp(-u))^(-1)"),
    ("sigmoid(u)", "exp(u)*(1 + exp(u))^(-1)"),
    ("tanh(u)", "sinh(u)*cosh(u)^(-1)"),
    ("tanh(u)", "-tanh(-u)"),
    ("sin(u)", "-sin(-u)"),
    ("cos(u)", "cos(-u)"),
    ("tan(u)", "-tan(-u)"),
    ("abs(u)", "abs(-u)"),
    ("sign(u)", "-sign(-u)"),
    ("greater_equal(u, v)", "1 - greater(v, u)"),
    ("greater_equal(u, v)", "1 - less(u, v)"),
    ("less_equal(u, v)", "1 - greater(u, v)"),
    ("less_equal(u, v)", "1 - less(v, u)"),
    ("less(u, v)", "1 - greater_equal(u, v)"),
    ("less(u, v)", "greater(v, u)"),
    ("less_equal(u, v)", "greater_equal(v, u)"),
)

# How quotients are written in the end.
FOLDED = (
    ("sin", "cos", "tan"),
    ("cos", "sin", "cot"),
    ("sinh", "cosh", "tanh"),
)
RECIPROCALS = (("cos", "sec"), ("sin", "csc"))


class Applied(Record):
    """A function to a power in a pattern; its arguments are letters for any expression, or numbers."""

    op: Operation
    args: tuple[str | Number, ...]
    exponent: int


class Identity(Record):
    """An identity of functions at certain arguments: the functions with their exponents, and what they are equal to."""

    pattern: tuple[tuple[int, int], ...]
    result: int

    def parts(self) -> tuple[int, ...]:
        """All expressions in it."""
        return (*(index for index, _ in self.pattern), self.result)


def found_in(
    algebra: Algebra, functions: Sequence[int], rules: Sequence[tuple[str, str]], known: bool = False
) -> list[Identity]:
    """The identities of a table that are about these functions; if `known`, only those whose result is made of
    functions that are there, and of two such functions the one that came first."""
    found = []
    for pattern, result in rules:
        for indices, letters in _matches(algebra, functions, _pattern(pattern)):
            index = algebra.load(expression(result), letters)
            if known and not _is_made_of(algebra, index, indices, functions, letters):
                continue
            exponents = (factor.exponent for factor in _pattern(pattern))
            found.append(Identity(tuple(zip(indices, exponents, strict=True)), index))
    return found


def _is_made_of(
    algebra: Algebra, index: int, before: Sequence[int], functions: Sequence[int], letters: Mapping[str, int]
) -> bool:
    inside = {part for letter in letters.values() for part in algebra.below(letter)}
    new = [part for part in algebra.below(index) if part not in inside and _is_function(algebra, part)]
    return all(part in functions and (part < before[0] or not _same(algebra, part, before[0])) for part in new)


def _is_function(algebra: Algebra, index: int) -> bool:
    return algebra.terms[index].op not in ("sum", "product", "power", CONST, INPUT)


def _same(algebra: Algebra, one: int, other: int) -> bool:
    return algebra.terms[one].op == algebra.terms[other].op


def _matches(
    algebra: Algebra, functions: Sequence[int], pattern: Sequence[Applied]
) -> Iterator[tuple[tuple[int, ...], dict[str, int]]]:
    applied = [factor for factor in pattern if factor.op != INPUT]
    choices = [[f for f in functions if algebra.terms[f].op == factor.op] for factor in applied]
    for indices in product(*choices):
        letters: dict[str, int] = {}
        args = (pair for factor, f in zip(applied, indices, strict=True)
                for pair in zip(factor.args, algebra.terms[f].args, strict=True))  # fmt: skip
        if all(
            letters.setdefault(arg, index) == index if isinstance(arg, str) else algebra.value(index) == arg
            for arg, index in args
        ):
            bare = tuple(
                letters[str(factor.args[0])] for factor in pattern if factor.op == INPUT
            )  # behind the functions
            if all(is_atom(algebra, index) for index in bare):
                yield (*indices, *bare), letters


@cache
def _pattern(text: str) -> tuple[Applied, ...]:
    graph = expression(text)
    return tuple(_factors(graph, graph.nodes[graph.outputs[0]]))


def _factors(graph: Graph, node: Node) -> Iterator[Applied]:
    args = [graph.nodes[arg] for arg in node.args]
    if node.op == "mul":
        for arg in args:
            yield from _factors(graph, arg)
    elif node.op == INPUT:
        yield Applied(INPUT, (node.name or "",), 1)
    elif node.op == "pow":
        yield from (factor.replace(exponent=int(args[1].value or 1)) for factor in _factors(graph, args[0]))
    else:
        yield Applied(node.op, tuple(arg.name or "" if arg.op == INPUT else arg.value or 0 for arg in args), 1)


def folded(algebra: Algebra, root: int, reciprocals: bool) -> int:
    """A product with quotients of functions as one function: sin x/cos x as tan x; if `reciprocals`, 1/cos x too."""
    factors = list(algebra.terms[root].args) if algebra.terms[root].op == "product" else [root]
    exponents: dict[tuple[Operation, int], int] = {}
    rest = []
    for factor in factors:
        base, exponent = algebra.as_power(factor)
        number, term = algebra.value(exponent), algebra.terms[base]
        if isinstance(number, int) and term.op in _FOLDING:
            exponents[term.op, term.args[0]] = number
        else:
            rest.append(factor)
    for over, under, quotient in FOLDED:
        for op, arg in list(exponents):
            above, below = exponents.get((over, arg), 0), -exponents.get((under, arg), 0)
            if op == over and min(above, below) > 0:
                both = min(above, below)
                exponents[over, arg] -= both
                exponents[under, arg] += both
                exponents[quotient, arg] = exponents.get((quotient, arg), 0) + both
    for under, reciprocal in RECIPROCALS if reciprocals else ():
        for op, arg in list(exponents):
            if op == under and exponents[op, arg] < 0:
                exponents[reciprocal, arg] = exponents.get((reciprocal, arg), 0) - exponents.pop((op, arg))
    made = [algebra.power(algebra.apply(op, arg), algebra.number(e)) for (op, arg), e in exponents.items() if e]
    return algebra.multiply(*rest, *made)


_FOLDING = frozenset(name for row in (*FOLDED, *RECIPROCALS) for name in row)

"""A pool of expressions, each stored once, so that equal expressions have equal indices; with facts of each.

Operations are those of the table, except that what is in normal form is built of `sum`, `product` and `power`, with any
number of arguments; the module `normal_form` makes them, and `to_graph` turns them back into operations.
"""

from collections.abc import Mapping
from fractions import Fraction

from graphviz_ad.core.functions import Operation
from graphviz_ad.core.graph import CONST, INPUT
from graphviz_ad.core.names import Name
from graphviz_ad.core.numbers import Number, spelling
from graphviz_ad.core.ops import NONNEGATIVE, OPS, POSITIVE, UNKNOWN, Op
from graphviz_ad.core.record import Record

SUM, PRODUCT, POWER = "sum", "product", "power"
WHERE = "where"  # a case distinction
HUGE = 10**6  # sizes are counted up to here

# Forms of what has no functions in it.
_ALGEBRAIC = frozenset({CONST, INPUT, SUM, PRODUCT, POWER, "constant"})


class Term(Record):
    """An expression in the pool: `key` is the value of a number or the name of a variable."""

    op: Operation
    args: tuple[int, ...] = ()
    key: Number | str | None = None


# A term, or the place of a variable; its arguments; its length.
WorkStep = tuple[Term | int, tuple[int, ...], int | None]


class Work(Record):
    """How expressions were made of variables: what they are, by their places among the steps; which bases were divided
    by, and of which it mattered whether they had been."""

    steps: tuple[WorkStep, ...]
    made: tuple[tuple[int, ...], ...]
    divided: tuple[int, ...]
    asked: tuple[tuple[int, bool], ...]


class Pool:
    """Expressions by index.

    Each method takes and returns indices into `terms`; the lists beside it say of each expression its size when written
    out, its degree as a polynomial, the rank of its first variable, whether it has no functions, and its sign. `rank`
    orders the variables, and user-defined functions: by first appearance, unless given.
    """

    def __init__(self, rank: Mapping[str, int] | None = None) -> None:
        self.terms: list[Term] = []
        self.size: list[int] = []  # up to HUGE
        self.degree: list[Fraction | int] = []
        self.lead: list[int] = []  # HUGE where there is no variable
        self.algebraic: list[bool] = []
        self.sign: list[int] = []
        self._known: dict[tuple[object, ...], int] = {}
        self._rank = dict(rank or {})
        self.zero, self.one, self.minus_one = self.number(0), self.number(1), self.number(-1)

    def keep(self, op: Operation, args: tuple[int, ...] = (), key: Number | str | None = None) -> int:
        """A term of the pool; it is in normal form already."""
        said = (op, args, key if isinstance(key, str) else spelling(key))
        index = self._known.get(said)
        if index is None:
            term = Term(op, args, key)
            index = self._known[said] = len(self.terms)
            self.terms.append(term)
            self.size.append(min(HUGE, 1 + sum(self.size[arg] for arg in args)))
            self.degree.append(self._degree(term))
            self.lead.append(self._rank[str(key)] if op == INPUT else min((self.lead[a] for a in args), default=HUGE))
            self.algebraic.append(form_of(op) in _ALGEBRAIC and all(self.algebraic[arg] for arg in args))
            self.sign.append(self._sign(term))
        return index

    def _degree(self, term: Term) -> Fraction | int:
        if term.op == INPUT:
            return 1
        if term.op == SUM:
            return max(self.degree[arg] for arg in term.args)
        if term.op == PRODUCT:
            return sum([self.degree[arg] for arg in term.args])
        if term.op == POWER and (exponent := self.value(term.args[1])) is not None:
            return self.degree[term.args[0]] * (exponent if isinstance(exponent, int) else Fraction(exponent))
        return 0

    def _sign(self, term: Term) -> int:
        signs = [self.sign[arg] for arg in term.args]
        if term.op == CONST and not isinstance(term.key, str):
            return POSITIVE if (term.key or 0) > 0 else UNKNOWN
        if term.op == SUM:
            return max(signs) if min(signs) else UNKNOWN
        if term.op == PRODUCT:
            return min(signs)
        if term.op == POWER:
            exponent = self.value(term.args[1])
            even = isinstance(exponent, int) and exponent % 2 == 0
            return POSITIVE if signs[0] == POSITIVE else NONNEGATIVE if even else UNKNOWN
        row = row_of(term.op)
        return UNKNOWN if row is None else row.positivity

    def number(self, value: Number) -> int:
        if value == int(value):
            value = int(value)
        return self.keep(CONST, (), value)

    def variable(self, name: Name) -> int:
        self._rank.setdefault(name, len(self._rank))
        return self.keep(INPUT, (), name)

    def value(self, index: int) -> Number | None:
        """The value of a number; None for anything else."""
        term = self.terms[index]
        return term.key if term.op == CONST and not isinstance(term.key, str) else None

    # ---- what an expression is made of

    def below(self, root: int) -> list[int]:
        """The expression's parts, each once, arguments first; the last is the expression."""
        seen, stack = {root}, [root]
        while stack:
            for arg in self.terms[stack.pop()].args:
                if arg not in seen:
                    seen.add(arg)
                    stack.append(arg)
        return sorted(seen)  # an argument is always older than what is made of it

    def coefficient(self, index: int) -> tuple[Number, int]:
        """An expression as a number times the rest."""
        term = self.terms[index]
        if term.op == CONST:
            return self.value(index) or 0, self.one
        if term.op == PRODUCT and (number := self.value(term.args[0])) is not None:
            rest = term.args[1:]
            return number, rest[0] if len(rest) == 1 else self.keep(PRODUCT, rest)
        return 1, index

    def as_power(self, index: int) -> tuple[int, int]:
        """An expression as base and exponent; exp(u) as e^u."""
        term = self.terms[index]
        if term.op == POWER:
            return term.args[0], term.args[1]
        if term.op == "exp":
            return self.keep("exp", (self.one,)), term.args[0]
        return index, self.one

    def factors(self, index: int) -> tuple[int, ...]:
        """The factors of a product; anything else is its only one."""
        return self._parts(PRODUCT, index)

    def summands(self, index: int) -> tuple[int, ...]:
        """The terms of a sum; anything else is its only one."""
        return self._parts(SUM, index)

    def _parts(self, op: str, index: int) -> tuple[int, ...]:
        term = self.terms[index]
        return term.args if term.op == op else (index,)


def row_of(op: Operation) -> Op | None:
    """The row of an operation of the table; what is built here, and a user-defined function, has none."""
    return OPS.get(op) if isinstance(op, str) else None


def form_of(op: Operation) -> Operation:
    """The form in which an operation is written, by its row of the table; of another the operation itself."""
    row = row_of(op)
    return op if row is None else row.form

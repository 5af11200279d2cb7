"""The textbook normal form of an expression.

Sums and products are flattened, exact numbers folded, equal bases merged into powers and like terms into multiples;
factors are ordered number, variables, sums, functions. Products are not distributed over sums. Every step preserves
the value wherever the input is defined, and what only looks the same is left alone: `x/x`, `sqrt(x^2)`, `exp(log x)`.
In derivatives, what is divided by is taken not to be zero: there the derivative has no value anyway.

The module `pool` says of what it is built, and `to_graph` turns it back into operations.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isqrt

from graphviz_ad.algebra.pool import HUGE, POWER, PRODUCT, SUM, WHERE, Pool, Term, Work, form_of, row_of
from graphviz_ad.core.functions import Operation, UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Graph, Node, folded
from graphviz_ad.core.names import UNNAMED, Name
from graphviz_ad.core.numbers import Number, add_numbers, multiply_numbers, power_number
from graphviz_ad.core.ops import OPS, POSITIVE

MAX_WIDTH = 400  # longer sums and products are nested, not flattened, so that the time stays linear


class Algebra(Pool):
    """A pool of expressions in normal form.

    `factors` has the order of variables in products, where it is not that of `rank`. In a `differentiated` pool x/x is
    1 once x has been divided by.
    """

    def __init__(
        self,
        rank: Mapping[str, int] | None = None,
        differentiated: bool = False,
        factors: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(rank)
        self.spelled: dict[Operation, Operation] = {}  # how the reader spells an operation that has two spellings
        self._factor_ranks = dict(factors or {})
        self.differentiated = differentiated
        self.parts: dict[Name, int] = {}  # variables that stand for parts of what is too long for one piece
        self.lengths: dict[int, int] = {}  # in signs, of those that were measured
        self.alike: dict[tuple[object, ...], Work] = {}  # what was made of expressions, whatever their variables
        self.conditions: list[int] = []  # of case distinctions
        self.divisors: dict[int, int] = {}  # bases that have been divided by, each with how many were before
        self.asked: set[int] = set()  # bases of which somebody wanted to know that

    # ---- whole expressions

    def load(self, graph: Graph, variables: Mapping[str, int] | None = None, root: int | None = None) -> int:
        """The normal form of a graph's output, with expressions for its variables."""
        return self.loaded(graph, variables)[graph.outputs[0] if root is None else root]

    def loaded(self, graph: Graph, variables: Mapping[str, int] | None = None) -> list[int]:
        """The normal forms of all nodes of a graph, with expressions for its variables."""
        known = variables or {}

        def leaf(node: Node) -> int:
            name = node.name or UNNAMED
            return self.node(node, ()) if node.op == CONST else known[name] if name in known else self.variable(name)

        return folded(graph.nodes, leaf, self.node)

    def node(self, node: Node, args: Iterable[int]) -> int:
        """The normal form of one node over the normal forms of its arguments."""
        if node.op == CONST:
            assert node.value is not None
            return self.number(node.value)
        return self.apply(node.op, *args)

    def substitute(self, root: int, variables: Mapping[str, int]) -> int:
        """The expression with others in the place of its variables."""
        leaves = ((index, self.terms[index]) for index in self.below(root))
        known = {i: variables[str(term.key)] for i, term in leaves if term.op == INPUT and term.key in variables}
        return self.replaced(root, known) if known else root

    def replaced(self, root: int, known: Mapping[int, int]) -> int:
        """The expression with others in the place of some of its parts."""
        done: dict[int, int] = {}
        for index in self.below(root):
            term = self.terms[index]
            if index in known or not term.args:
                done[index] = known.get(index, index)
            else:
                done[index] = self.apply(term.op, *[done[arg] for arg in term.args])
        return done[root]

    def taken(self, pool: "Algebra", root: int, variables: Mapping[str, int]) -> int:
        """An expression of another pool, with expressions of this one for its variables."""
        done: dict[int, int] = {}
        for index in pool.below(root):
            term, value = pool.terms[index], pool.value(index)
            if value is not None:
                done[index] = self.number(value)
            elif term.op == INPUT:
                done[index] = variables[str(term.key)]
            else:
                done[index] = self.apply(pool.spelled.get(term.op, term.op), *[done[arg] for arg in term.args])
            if index in pool.divisors:
                self.divide((done[index],))
        return done[root]

    def apply(self, op: Operation, *args: int) -> int:
        """An operation on expressions."""
        op = self.spell(op)
        rule = _RULES.get(op)
        if op == "div" and self.differentiated:
            self.divide(self.as_power(factor)[0] for factor in self._flat_factors([args[1]]))
        return rule(self, args) if rule else self._function(op, args)

    def _function(self, op: Operation, args: tuple[int, ...]) -> int:
        term, row = self.terms[args[0]] if len(args) == 1 else None, row_of(op)
        if term is not None:
            here = term.key if term.op == CONST else term.op
            for known, value in () if row is None else row.exact:
                if here == known:
                    return self.number(value)
            if op == "sqrt" and isinstance(term.key, int) and term.key >= 0 and isqrt(term.key) ** 2 == term.key:
                return self.number(isqrt(term.key))
        if op == WHERE and args[0] in (self.zero, self.one):
            return args[1 if args[0] == self.one else 2]
        if op == WHERE:
            self.distinguish(args[0])
        return self.keep(op, args)

    def spell(self, op: Operation) -> Operation:
        """The operation that a reader has spelled so, as it is spelled from now on: ln, which is log here."""
        if op not in _SAME:
            return op
        self.spelled[_SAME[op]] = op
        return _SAME[op]

    def distinguish(self, condition: int) -> None:
        """A condition is one of case distinctions."""
        if condition not in self.conditions:
            self.conditions.append(condition)

    def divide(self, bases: Iterable[int]) -> None:
        """Bases have been divided by."""
        for base in bases:
            self.divisors.setdefault(base, len(self.divisors))

    def is_divisor(self, base: int) -> bool:
        """Whether a base has been divided by, and so is not zero where there is a derivative."""
        self.asked.add(base)
        return base in self.divisors

    # ---- sums

    def add(self, *args: int, ordered: bool = False) -> int:
        """The sum, like terms collected; if any were, or if `ordered`, by falling degree, else in the order given."""
        terms: dict[int, Number] = {}
        apart: list[tuple[int, Number]] = []  # numbers whose sum is too long to read
        given = 0
        for coefficient, rest in self._flat_terms(args):
            given += 1
            total = add_numbers(terms[rest], coefficient) if rest in terms else coefficient
            if total is None:
                apart.append((rest, coefficient))
            else:
                terms[rest] = total
        kept = [(rest, coefficient) for rest, coefficient in (*terms.items(), *apart) if coefficient]
        if ordered or len(terms) + len(apart) < given:
            kept.sort(key=lambda term: (-self.degree[term[0]], self.lead[term[0]]))
        parts = tuple(self._scaled(coefficient, rest) for rest, coefficient in kept)
        return parts[0] if len(parts) == 1 else self.keep(SUM, parts) if parts else self.zero

    def _flat_terms(self, args: Iterable[int]) -> Iterable[tuple[Number, int]]:
        for arg in args:
            coefficient, rest = self.coefficient(arg)
            term = self.terms[rest]
            if term.op == SUM and coefficient in (1, -1) and len(term.args) <= MAX_WIDTH:
                for part in term.args:
                    inner, body = self.coefficient(part)
                    yield (inner if coefficient == 1 else -inner), body
            else:
                yield coefficient, rest

    def _scaled(self, number: Number, rest: int) -> int:
        if rest == self.one:
            return self.number(number)
        if number == 1:
            return rest
        return self.keep(PRODUCT, (self.number(number), *self.factors(rest)))

    # ---- products

    def multiply(self, *args: int) -> int:
        """The product: numbers folded, equal bases merged where that is safe, factors in textbook order."""
        number: Number = 1
        kept: list[int] = []  # numbers too large to multiply out
        bases: dict[int, list[int]] = {}
        for factor in self._flat_factors(args):
            value = self.value(factor)
            if value is not None:
                if value == 0:
                    return self.zero
                product = multiply_numbers(number, value)
                if product is None:
                    kept.append(factor)
                else:
                    number = product
            else:
                base, exponent = self.as_power(factor)
                bases.setdefault(base, []).append(exponent)
        if len(bases) > 1 and (roots := self._roots_of_constants(bases)):
            return self.multiply(self.number(number), *kept, *roots)
        merged = [(base, f) for base, exponents in bases.items() for f in self._merged(base, exponents)]
        factors = [factor for _, factor in merged]
        if any(f != base and self.terms[f].op in (CONST, PRODUCT) for base, f in merged):
            return self.multiply(self.number(number), *kept, *factors)  # merging made a number or a product
        factors.sort(key=self._factor_order)
        if any(isinstance(self.terms[factor].op, UserFunction) for factor in factors):
            factors = self._user_defined_in_order(factors)
        if number != 1:
            kept.insert(0, self.number(number))
        parts = (*kept, *factors)
        return parts[0] if len(parts) == 1 else self.keep(PRODUCT, parts) if parts else self.one

    def _flat_factors(self, args: Iterable[int]) -> Iterable[int]:
        for arg in args:
            term = self.terms[arg]
            if term.op == PRODUCT and len(term.args) <= MAX_WIDTH:
                yield from term.args
            else:
                yield arg

    def _roots_of_constants(self, bases: Mapping[int, Sequence[int]]) -> list[int]:
        """The factors with the roots of constants above 0 in one, √2 √π as √(2π); none where there is but one."""
        roots = [base for base in bases if self._is_root_of_constant(base)]
        alike = [[base for base in roots if bases[base] == [power]] for power in (self.one, self.minus_one)]
        first = next((found for found in alike if len(found) > 1), None)
        if first is None:
            return []
        made = self.apply("sqrt", self.multiply(*(self.terms[base].args[0] for base in first)))
        others = [self.power(base, power) for base, powers in bases.items() if base not in first for power in powers]
        return [self.power(made, bases[first[0]][0]), *others]

    def _is_root_of_constant(self, base: int) -> bool:
        term = self.terms[base]
        return term.op == "sqrt" and self.lead[base] == HUGE and self.sign[term.args[0]] == POSITIVE

    def _merged(self, base: int, exponents: list[int]) -> list[int]:
        """The powers of one base multiplied, as far as no zero is cancelled and no root is undone."""
        if len(exponents) == 1:
            return [self.power(base, exponents[0])]
        if self.sign[base] == POSITIVE or self.value(base) is not None or self._is_nonzero(base, exponents):
            return [self.power(base, self.add(*exponents))]
        values = [self.value(exponent) for exponent in exponents]
        whole = [v for v in values if isinstance(v, int)]
        parts = [e for e, v in zip(exponents, values, strict=True) if v is not None and not isinstance(v, int)]
        symbolic = [e for e, v in zip(exponents, values, strict=True) if v is None]
        up, down = sum(v for v in whole if v > 0), sum(v for v in whole if v < 0)
        if symbolic:
            total = self.add(*symbolic, self.number(up + down))
            if self.value(total) is None:
                return [self.power(base, total), *(self.power(base, part) for part in parts)]
            return [self.power(base, e) for e in exponents]
        merged = [up + down] if up + down < 0 else [v for v in (up, down) if v]
        return [self.power(base, e) for e in [*map(self.number, merged), *parts]]

    def _is_nonzero(self, base: int, exponents: list[int]) -> bool:
        """Whether whole powers of a base may cancel."""
        return self.is_divisor(base) and all(isinstance(self.value(exponent), int) for exponent in exponents)

    def _factor_order(self, factor: int) -> tuple[int, int]:
        """Constants and 2^x, variables by rank, powers such as x^n, sums, then functions and e^x, as it comes."""
        base, exponent = self.as_power(factor)
        term = self.terms[base]
        if form_of(term.op) in _PLAIN and (self.lead[factor] == HUGE or term.op == CONST):
            return 0, 0
        if term.op == INPUT:
            return 1 if self.value(exponent) is not None else 2, self.factor_rank(base)
        return (3, 0) if self.algebraic[base] and self.lead[base] < HUGE else (4, 0)

    def factor_rank(self, variable: int) -> int:
        """The rank of a variable among factors."""
        return self._factor_ranks.get(str(self.terms[variable].key), self.lead[variable])

    def _user_defined_in_order(self, factors: list[int]) -> list[int]:
        """User-defined functions in the places that they have among others: the outer one first, f′(g(x)) g′(x),
        then by rank, f′(x) g(x)."""
        places = [place for place, factor in enumerate(factors) if self._function_name(factor) is not None]
        ranked = sorted((factors[place] for place in places), key=self._function_rank)
        for place, factor in zip(places, ranked, strict=True):
            factors[place] = factor
        return factors

    def _function_name(self, factor: int) -> str | None:
        op = self.terms[factor].op
        return op.name if isinstance(op, UserFunction) else None

    def _function_rank(self, factor: int) -> tuple[int, int]:
        return -self.size[factor], self._rank.get(self._function_name(factor) or "", HUGE)

    # ---- powers

    def power(self, base: int, exponent: int) -> int:
        """base^exponent."""
        number, times = self.value(base), self.value(exponent)
        term = self.terms[base]
        if times == 0 or number == 1:
            return self.one
        if times == 1:
            return base
        if term == Term("exp", (self.one,)):
            return self.apply("exp", exponent)
        if not isinstance(times, int):
            return self.keep(POWER, (base, exponent))
        if number is not None:
            folded = power_number(number, times)
            return self.keep(POWER, (base, exponent)) if folded is None else self.number(folded)
        if term.op == "exp":
            return self.apply("exp", self.multiply(exponent, term.args[0]))
        if term.op == "sqrt" and times % 2 == 0 and (self._of_a_number(term) or (times > 0 and self.is_divisor(base))):
            return self.power(term.args[0], self.number(times // 2))
        if term.op == PRODUCT:
            return self.multiply(*(self.power(factor, exponent) for factor in term.args))
        if term.op == POWER:
            inner = self.value(term.args[1])
            if isinstance(inner, int) and (inner > 0 or times > 0 or self.is_divisor(term.args[0])):
                return self.power(term.args[0], self.number(inner * times))
        return self.keep(POWER, (base, exponent))

    def _of_a_number(self, term: Term) -> bool:
        """Whether it is a function of a number above 0."""
        number = self.value(term.args[0])
        return number is not None and number > 0


# Operations that are sums, products and powers in disguise.
_SAME: dict[Operation, Operation] = {op.name: op.same_as for op in OPS.values() if op.same_as}
_RULES: dict[Operation, Callable[[Algebra, tuple[int, ...]], int]] = {
    SUM: lambda a, x: a.add(*x),
    PRODUCT: lambda a, x: a.multiply(*x),
    POWER: lambda a, x: a.power(*x),
    "add": lambda a, x: a.add(*x),
    "sub": lambda a, x: a.add(x[0], a.multiply(a.minus_one, x[1])),
    "mul": lambda a, x: a.multiply(*x),
    "div": lambda a, x: a.multiply(x[0], a.power(x[1], a.minus_one)),
    "pow": lambda a, x: a.power(*x),
    "neg": lambda a, x: a.multiply(a.minus_one, x[0]),
    "copy": lambda a, x: x[0],
}

# Forms of the constants that stand in front: √2 x, but x log(2).
_PLAIN = frozenset({CONST, SUM, POWER, "root", "constant"})

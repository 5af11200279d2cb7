"""What is off in a wrong claim: the one change that makes it right, looked for among the mistakes that readers make.

A change is taken only where it makes the claim right at every point at which both sides have a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from graphviz_ad.core.graph import CONST, INPUT, Graph, Node, needed_by
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.record import Record
from graphviz_ad.point.balls import BITS, Ball, NoValueError, applied, differ, exact, leaf, precision
from graphviz_ad.point.missing_parts import Asked, Evidence, Part, factors, terms, text

MAX_NODES = 200  # of a claim that is looked into
CLOSE = Fraction(1, 200)  # how far from right a rounded claim may be
_RATIOS = {Fraction(n, d) for n in range(1, 13) for d in range(1, 13)} - {Fraction(1)}
_PLAIN = ("neg", "copy")  # operations of one argument that are no functions
_MISTAKEN = {  # functions that are taken for each other
    op: tuple(other for other in group.split() if other != op)
    for group in ("sin cos", "sinh cosh", "tan cot sec csc", "exp log", "sigmoid tanh", "arcsin arccos", "max min")
    for op in group.split()
}


class Change(Record):
    """A change that may mend a claim, in words: which node of it has what values at the points."""

    words: str
    node: int
    values: Iterable[Ball]


def what_is_off(side: Graph, evidence: Sequence[Evidence], asked: Asked) -> str:
    """In words; nothing where no single change makes the side right."""
    if not evidence or len(side.nodes) > MAX_NODES:
        return ""
    with precision(BITS[0]):
        try:
            patient = _Patient(side, evidence)
        except NoValueError:
            return ""
        changes = _changes(patient, factors(asked, evidence), terms(asked, evidence))
        return next((change.words for change in changes if patient.is_mended(change)), "")


class _Patient:
    """A side with the values of its nodes at each point, and what it becomes where one of them is another."""

    def __init__(self, graph: Graph, evidence: Sequence[Evidence]) -> None:
        self.graph, self.root, self.evidence = graph, graph.outputs[0], evidence
        self.found = [_through(graph, one) for one in evidence]

    def text(self, node: int) -> str:
        """A part as it was written."""
        return text(needed_by(self.graph.nodes, [node]))

    def values(self, node: int) -> Iterator[Ball]:
        return (found[node] for found in self.found)

    def applied(self, node: Node) -> Iterator[Ball]:
        return (applied(node, found) for found in self.found)

    def is_mended(self, change: Change) -> bool:
        """Whether a change makes the side right at every point; where too many digits cancel, nothing is said."""
        told = 0
        try:
            for value, found, one in zip(change.values, self.found, self.evidence, strict=True):
                differs = differ(self._changed(found, change.node, value), one.value)
                if differs:
                    return False
                told += differs is False
        except NoValueError:
            return False
        return told > len(self.evidence) // 2

    def _changed(self, found: Sequence[Ball], node: int, value: Ball) -> Ball:
        if not value.is_finite():
            raise NoValueError("a change")
        made, changed = list(found), {node}
        made[node] = value
        for index in range(node + 1, self.root + 1):
            if not changed.isdisjoint(self.graph.nodes[index].args):
                made[index] = applied(self.graph.nodes[index], made)
                changed.add(index)
        return made[self.root]


def _changes(patient: _Patient, factors: Sequence[Part], terms: Sequence[Part]) -> Iterator[Change]:
    """The changes, those of the commonest mistakes first."""
    root, everywhere = patient.root, range(len(patient.graph.nodes))
    yield Change("the sign is wrong", root, (-value for value in patient.values(root)))
    yield Change("it is upside down", root, (1 / value for value in patient.values(root)))
    yield from _signs(patient)
    yield from _scaled(patient, root, factors, "")
    yield from _multiples(patient)
    yield from _numbers(patient)
    yield from _left_out(patient)
    for index in everywhere:
        yield from _upside_down(patient, index)
    yield from _added(patient, terms)
    for node in _sites(patient.graph, root):
        yield from _scaled(patient, node, factors, f" in {patient.text(node)}")
    yield from _taken_for_another(patient)
    yield from _rounded(patient)


def _signs(patient: _Patient) -> Iterator[Change]:
    """A sum for a difference, a minus too many, a minus that is missing before a part."""
    for index, node in enumerate(patient.graph.nodes):
        if node.op in ("add", "sub"):
            other = node.replace(op="add" if node.op == "sub" else "sub")
            yield Change(f"the sign before {patient.text(node.args[1])} is wrong", index, patient.applied(other))
        elif node.op == "neg":
            yield Change(f"the minus before {patient.text(node.args[0])} is wrong", index, patient.values(node.args[0]))
    for index, node in enumerate(patient.graph.nodes):
        if index != patient.root and node.op != CONST:
            words = f"the sign of {patient.text(index)} is wrong"
            yield Change(words, index, (-value for value in patient.values(index)))


def _scaled(patient: _Patient, node: int, factors: Sequence[Part], where: str) -> Iterator[Change]:
    """A part without a factor, or with one too many; or on the wrong side of a fraction's line."""
    for factor in factors:
        pairs = [*zip(patient.values(node), factor.values, strict=True)]
        yield Change(f"{factor.words} is missing{where}", node, (value * by for value, by in pairs))
        yield Change(f"{factor.words} is too much{where}", node, (value / by for value, by in pairs))
        wrong_way = f"{factor.words}: it divides where it should multiply{where}"
        yield Change(wrong_way, node, (value * by**2 for value, by in pairs))
        wrong_way = f"{factor.words}: it multiplies where it should divide{where}"
        yield Change(wrong_way, node, (value / by**2 for value, by in pairs))


def _multiples(patient: _Patient) -> Iterator[Change]:
    """A number as a factor of the whole."""
    root = patient.root
    found, right = patient.found[0][root], patient.evidence[0].value
    if found.contains(0) or right.contains(0):
        return
    sign = 1 if found * right > 0 else -1
    ratio = abs(float(right / found))
    near = [one for one in _RATIOS if abs(float(one) - ratio) < 1e-9 * ratio]
    for factor in near:
        prefix = "the sign is wrong, and " if sign < 0 else ""
        inverse = factor.numerator == 1
        words = f"the factor {factor.denominator if inverse else factor} is {'too much' if inverse else 'missing'}"
        yield Change(prefix + words, root, (value * exact(sign * factor) for value in patient.values(root)))


def _numbers(patient: _Patient) -> Iterator[Change]:
    """A number that stands where another belongs."""
    for index, node in enumerate(patient.graph.nodes):
        for other in _others(node.value) if node.op == CONST and node.value is not None else ():
            words = f"{node.value} stands where {other} belongs"
            yield Change(words, index, (exact(other) for _ in patient.evidence))


def _others(value: Number) -> list[Fraction]:
    """Numbers for which this one is easily taken."""
    number = Fraction(value)
    near = [number + 1, number - 1, 2 * number, number / 2, -number, 1 / number if number else number, number + 2,
            number - 2, number**2, 3 * number]  # fmt: skip
    return [one for one in dict.fromkeys(near) if one != number]


def _left_out(patient: _Patient) -> Iterator[Change]:
    """A factor, a divisor, a term, an exponent or a function that does not belong there."""
    said, values = patient.text, patient.values
    for index, node in enumerate(patient.graph.nodes):
        match node.op, node.args:
            case ("mul" | "add") as op, (left, right):
                kind = "factor" if op == "mul" else "term"
                yield Change(f"the {kind} {said(right)} is too much", index, values(left))
                yield Change(f"the {kind} {said(left)} is too much", index, values(right))
            case "sub", (left, right):
                yield Change(f"the term -{said(right)} is too much", index, values(left))
                yield Change(f"the term {said(left)} is too much", index, (-value for value in values(right)))
            case "div", (left, right):
                yield Change(f"the division by {said(right)} is too much", index, values(left))
                yield Change(f"the numerator {said(left)} is too much", index, (1 / value for value in values(right)))
            case "pow", (left, right):
                yield Change(f"the exponent {said(right)} is too much", index, values(left))
            case op, (inside,) if op not in _PLAIN:
                yield Change(f"{op} is too much around {said(inside)}", index, values(inside))


def _upside_down(patient: _Patient, index: int) -> Iterator[Change]:
    """A fraction whose parts have changed places; a factor that divides, a divisor that multiplies."""
    node, said = patient.graph.nodes[index], patient.text
    if node.op == "div":
        turned = node.replace(args=node.args[::-1])
        yield Change(f"the fraction {said(index)} is upside down", index, patient.applied(turned))
        product = node.replace(op="mul")
        yield Change(f"{said(node.args[1])} divides where it should multiply", index, patient.applied(product))
    elif node.op == "mul":
        for quotient in (node.replace(op="div"), node.replace(op="div", args=node.args[::-1])):
            words = f"{said(quotient.args[1])} multiplies where it should divide"
            yield Change(words, index, patient.applied(quotient))


def _added(patient: _Patient, terms: Sequence[Part]) -> Iterator[Change]:
    """A term that is missing, has the wrong sign, or is there twice."""
    for term in terms:
        pairs = [*zip(patient.values(patient.root), term.values, strict=True)]
        for words, times in (("{} is missing", 1), ("the sign of {} is wrong", 2), ("{} is too much", -1)):
            yield Change(words.format(term.words), patient.root, (value + times * more for value, more in pairs))


def _sites(graph: Graph, root: int) -> list[int]:
    """Where a factor may be missing inside: terms, the arguments of functions, bases and exponents."""
    outside = ("mul", "div", "neg", INPUT, CONST)
    return [*dict.fromkeys(arg for node in graph.nodes if node.op not in outside for arg in node.args if arg != root)]


def _taken_for_another(patient: _Patient) -> Iterator[Change]:
    """A variable or a function that stands where another belongs; a function without its square."""
    shared = set.intersection(*(set(one.leaves) for one in patient.evidence))
    names = [name for name in patient.evidence[0].leaves if name in shared and not isinstance(name, DerivativeName)]
    for index, node in enumerate(patient.graph.nodes):
        if node.op == INPUT and not isinstance(node.name, DerivativeName):
            yield from (_another_name(patient, index, node.name, name) for name in names if name != node.name)
        for other in _MISTAKEN.get(str(node.op), ()):
            yield Change(f"{node.op} stands where {other} belongs", index, patient.applied(node.replace(op=other)))
        if len(node.args) == 1 and node.op not in _PLAIN:
            words = f"the square of {patient.text(index)} belongs there"
            yield Change(words, index, (value**2 for value in patient.values(index)))


def _another_name(patient: _Patient, index: int, here: Name | None, name: Name) -> Change:
    return Change(f"{here} stands where {name} belongs", index, (one.leaves[name] for one in patient.evidence))


def _rounded(patient: _Patient) -> Iterator[Change]:
    """A number that is rounded: the claim is nearly right everywhere."""
    pairs = [*zip(patient.values(patient.root), (one.value for one in patient.evidence), strict=True)]
    is_decimal = any(isinstance(node.value, Decimal) for node in patient.graph.nodes)
    if is_decimal and all(abs(value - right) < exact(CLOSE) * abs(right) for value, right in pairs):
        yield Change("a number is rounded; write it exactly", patient.root, (right for _, right in pairs))


def _through(graph: Graph, point: Evidence) -> list[Ball]:
    """The value of every node of a graph of any operations."""
    found: list[Ball] = []
    for node in graph.nodes:
        found.append(leaf(node, point.leaves) if node.op in (INPUT, CONST) else applied(node, found))
    return found

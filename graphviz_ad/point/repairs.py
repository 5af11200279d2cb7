"""What is off in a wrong claim: the one change that makes it right, looked for among the mistakes that readers make.

Where a part stands in sums and products alone, what it would have to be is found first, and changes of it are compared
with that; elsewhere each is tried. A change is only said where it makes the claim right at every point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import combinations
from operator import add, mul

from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops import OPS
from graphviz_ad.point.balls import BITS, Ball, NoValueError, differ, exact, precision
from graphviz_ad.point.missing_parts import Asked, Evidence, MissingParts, Part, parts
from graphviz_ad.point.mistakes import MULTIPLE, SLIP, TERM, Mistake
from graphviz_ad.point.patient import Change, Patient

MAX_NODES = 200  # of a claim that is looked into
MAX_SEVERAL = 6  # factors or terms of which several may be missing at once
MAX_NUMBER = 1000  # above and below the line of a number that may be missing
CLOSE = Fraction(1, 200)  # how far from right a rounded claim may be
_PLAIN = ("neg", "copy")  # operations of one argument that are no functions
_ADDED = (("{} is missing", 1, TERM), ("the sign of {} is wrong", 2, SLIP), ("{} is too much", -1, TERM))
_MISTAKEN = {  # functions that are taken for each other
    op: tuple(other for other in group.split() if other != op)
    for group in ("sin cos", "sinh cosh", "tan cot sec csc", "exp log", "sigmoid tanh", "arcsin arccos", "max min")
    for op in group.split()
}


def what_is_off(side: Graph, evidence: Sequence[Evidence], asked: Asked) -> Mistake | None:
    """None where no single change makes the side right."""
    if not evidence or len(side.nodes) > MAX_NODES:
        return None
    with precision(BITS[0]):
        try:
            patient = Patient(side, evidence)
        except NoValueError:
            return None
        changes = _changes(patient, parts(asked, evidence))
        unsaid = _in_conditions(patient)
        mended = (change for change in changes if change.node not in unsaid and patient.is_mended(change))
        return next((Mistake(change.words, change.kind) for change in mended), None)


def _in_conditions(patient: Patient) -> set[int]:
    """The parts of conditions: of [x > 5] a few points do not say what should stand there."""
    found: set[int] = set()
    for index in reversed(range(len(patient.nodes))):
        node = patient.nodes[index]
        is_condition = node.op in OPS and OPS[str(node.op)].form == "iverson"
        found.update(node.args if index in found or is_condition else ())
    return found


def _changes(patient: Patient, missing: MissingParts) -> Iterator[Change]:
    """The changes, those of the commonest mistakes first."""
    root = patient.root
    inside = [index for index in reversed(range(len(patient.nodes))) if index != root]
    yield Change("the sign is wrong", root, (-value for value in patient.values(root)), MULTIPLE)
    yield Change("it is upside down", root, (1 / value for value in patient.values(root)))
    yield from _signs(patient)
    yield from _scaled(patient, root, missing.inner, "")
    yield from _multiples(patient, root, "", whole=True)
    yield from _scaled(patient, root, missing.others, "")
    yield from _numbers(patient, whole=True)
    yield from _left_out(patient)
    for index in reversed(range(len(patient.nodes))):
        yield from _upside_down(patient, index)
    for index in inside:
        yield from _multiples(patient, index, f" in {patient.text(index)}", whole=True)
    yield from _added(patient, root, missing.terms, "")
    yield from _numbers(patient)
    yield from _multiples(patient, root, "")
    yield from _more(patient, root, "")
    yield from _rounded(patient)
    for index in inside:
        where = f" in {patient.text(index)}"
        yield from _multiples(patient, index, where)
        yield from _scaled(patient, index, (*missing.inner, *missing.others), where)
        yield from _more(patient, index, where)
        yield from _added(patient, index, missing.names, where)
    yield from _taken_for_another(patient)
    yield from _several(patient, missing)


# ---- signs and numbers


def _signs(patient: Patient) -> Iterator[Change]:
    """A sum for a difference, a minus too many, a minus that is missing before a part."""
    for index, node in enumerate(patient.nodes):
        if node.op in ("add", "sub"):
            other = node.replace(op="add" if node.op == "sub" else "sub")
            yield Change(f"the sign before {patient.text(node.args[1])} is wrong", index, patient.applied(other))
        elif node.op == "neg":
            yield Change(f"the minus before {patient.text(node.args[0])} is wrong", index, patient.values(node.args[0]))
    for index, node in enumerate(patient.nodes):
        if index != patient.root and node.op != CONST:
            words = f"the sign of {patient.text(index)} is wrong"
            yield Change(words, index, (-value for value in patient.values(index)))


def _multiples(patient: Patient, node: int, where: str, whole: bool = False) -> Iterator[Change]:
    """A number as a factor of a part; if `whole`, only a whole number or 1 over one."""
    wanted = patient.wanted(node)
    factor = None if wanted is None else _number(wanted[0], patient.found[0][node], quotient=True)
    if factor is None or factor in (0, 1) or (whole and 1 not in (factor.numerator, factor.denominator)):
        return
    sign, size = ("the sign is wrong, and " if factor < 0 else ""), abs(factor)
    inverse = size.numerator == 1
    words = f"{sign}the factor {size.denominator if inverse else size} is {'too much' if inverse else 'missing'}{where}"
    is_whole = node == patient.root and factor > 0 and 1 in (factor.numerator, factor.denominator)
    kind = MULTIPLE if is_whole else SLIP
    yield Change(words, node, (value * exact(factor) for value in patient.values(node)), kind)


def _more(patient: Patient, node: int, where: str) -> Iterator[Change]:
    """A number that is missing as a term of a part."""
    wanted = patient.wanted(node)
    more = None if wanted is None else _number(wanted[0], patient.found[0][node], quotient=False)
    if more:
        words = f"the term {more} is missing{where}"
        yield Change(words, node, (value + exact(more) for value in patient.values(node)), TERM)


def _numbers(patient: Patient, whole: bool = False) -> Iterator[Change]:
    """A number that stands where another belongs; if `whole`, a whole number."""
    for index, node in enumerate(patient.nodes):
        if node.op != CONST or node.value is None:
            continue
        wanted, number = patient.wanted(index), Fraction(node.value)
        near = [number + 1, number - 1, 2 * number, number / 2, -number, 3 * number, number + 2, number - 2]
        exactly = None if wanted is None else _number(wanted[0], exact(0), quotient=False)
        others = near if wanted is None else [exactly] if exactly is not None else []
        for other in (one for one in others if one.denominator == 1 or not whole):
            words = f"{node.value} stands where {other} belongs"
            yield Change(words, index, (exact(other) for _ in patient.evidence))


def _number(wanted: Ball, here: Ball, quotient: bool) -> Fraction | None:
    """The short number by which a value is to be multiplied, or to which it is to be added; None if there is none."""
    if quotient and here.contains(0):
        return None
    ratio = wanted / here if quotient else wanted - here
    number = Fraction(float(ratio)).limit_denominator(MAX_NUMBER) if abs(ratio) < MAX_NUMBER else None
    return number if number is not None and differ(exact(number), ratio) is False else None


# ---- factors and terms


def _scaled(patient: Patient, node: int, factors: Sequence[Part], where: str) -> Iterator[Change]:
    """A part without a factor, or with one too many; or on the wrong side of a fraction's line."""
    for factor in factors:
        pairs = [*zip(patient.values(node), factor.values, strict=True)]
        yield Change(f"{factor.words} is missing{where}", node, (value * by for value, by in pairs))
        yield Change(f"{factor.words} is too much{where}", node, (value / by for value, by in pairs))
        wrong_way = f"{factor.words}: it divides where it should multiply{where}"
        yield Change(wrong_way, node, (value * by**2 for value, by in pairs))
        wrong_way = f"{factor.words}: it multiplies where it should divide{where}"
        yield Change(wrong_way, node, (value / by**2 for value, by in pairs))


def _added(patient: Patient, node: int, terms: Sequence[Part], where: str) -> Iterator[Change]:
    """A term that is missing, has the wrong sign, or is there twice."""
    for term in terms:
        pairs = [*zip(patient.values(node), term.values, strict=True)]
        for words, times, kind in _ADDED:
            said = words.format(term.words) + where
            yield Change(said, node, (value + times * more for value, more in pairs), kind)


def _several(patient: Patient, missing: MissingParts) -> Iterator[Change]:
    """Several factors or terms of what is right that are missing, and a number with them."""
    root = patient.root
    for what, known, join in (("factor", missing.factors, mul), ("term", missing.terms, add)):
        for many in range(1, min(MAX_SEVERAL, len(known)) + 1):
            for chosen in combinations(known[:MAX_SEVERAL], many):
                together = [reduce(join, column) for column in zip(*(one.values for one in chosen), strict=True)]
                made = [join(value, more) for value, more in zip(patient.values(root), together, strict=True)]
                names = [one.name for one in chosen]
                if what == "factor":
                    number = _number(patient.evidence[0].value, made[0], quotient=True)
                    if number is None:
                        continue
                    made = [value * exact(number) for value in made]
                    names = [*([str(number)] if number != 1 else []), *names]
                several = f"s {', '.join(names[:-1])} and {names[-1]} are" if len(names) > 1 else f" {names[0]} is"
                yield Change(f"the {what}{several} missing", root, made, TERM if what == "term" else SLIP)


def _left_out(patient: Patient) -> Iterator[Change]:
    """A factor, a divisor, a term, an exponent or a function that does not belong there."""
    said, values = patient.text, patient.values
    for index, node in enumerate(patient.nodes):
        match node.op, node.args:
            case ("mul" | "add") as op, (left, right):
                what, kind = ("factor", SLIP) if op == "mul" else ("term", TERM)
                yield Change(f"the {what} {said(right)} is too much", index, values(left), kind)
                yield Change(f"the {what} {said(left)} is too much", index, values(right), kind)
            case "sub", (left, right):
                yield Change(f"the term -{said(right)} is too much", index, values(left), TERM)
                yield Change(f"the term {said(left)} is too much", index, (-value for value in values(right)), TERM)
            case "div", (left, right):
                yield Change(f"the division by {said(right)} is too much", index, values(left))
                inverse = (1 / value for value in values(right))
                yield Change(f"the numerator {said(left)} is too much", index, inverse, TERM)
            case "pow", (left, right):
                yield Change(f"the exponent {said(right)} is too much", index, values(left))
            case op, (inside,) if op not in _PLAIN:
                yield Change(f"{op} is too much around {said(inside)}", index, values(inside))


def _upside_down(patient: Patient, index: int) -> Iterator[Change]:
    """A fraction whose parts have changed places; a factor that divides, a divisor that multiplies."""
    node, said = patient.nodes[index], patient.text
    if node.op == "div":
        turned = node.replace(args=node.args[::-1])
        yield Change(f"the fraction {said(index)} is upside down", index, patient.applied(turned))
        product = node.replace(op="mul")
        yield Change(f"{said(node.args[1])} divides where it should multiply", index, patient.applied(product))
    elif node.op == "mul":
        for quotient in (node.replace(op="div"), node.replace(op="div", args=node.args[::-1])):
            words = f"{said(quotient.args[1])} multiplies where it should divide"
            yield Change(words, index, patient.applied(quotient))


# ---- one thing for another


def _taken_for_another(patient: Patient) -> Iterator[Change]:
    """A variable or a function that stands where another belongs; a function without its square."""
    shared = set.intersection(*(set(one.leaves) for one in patient.evidence))
    names = [name for name in patient.evidence[0].leaves if name in shared and not isinstance(name, DerivativeName)]
    for index, node in enumerate(patient.nodes):
        if node.op == INPUT and not isinstance(node.name, DerivativeName):
            for name in names:
                yield Change(f"{node.name} stands where {name} belongs", index, patient.leaf(name))
        for other in _MISTAKEN.get(str(node.op), ()):
            yield Change(f"{node.op} stands where {other} belongs", index, patient.applied(node.replace(op=other)))
        if len(node.args) == 1 and node.op not in _PLAIN:
            words = f"the square of {patient.text(index)} belongs there"
            yield Change(words, index, (value**2 for value in patient.values(index)))


def _rounded(patient: Patient) -> Iterator[Change]:
    """A number that is rounded: the claim is nearly right everywhere."""
    pairs = [*zip(patient.values(patient.root), (one.value for one in patient.evidence), strict=True)]
    is_decimal = any(isinstance(node.value, Decimal) for node in patient.nodes)
    if is_decimal and all(abs(value - right) < exact(CLOSE) * abs(right) for value, right in pairs):
        yield Change("a number is rounded; write it exactly", patient.root, (right for _, right in pairs))

"""Classic derivatives of vectors and matrices: in the form of books, right, and read back as they are printed."""

import numpy as np
import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Derivative, Equation, Expression, Formula, Pullback
from graphviz_ad.core.graph import INPUT
from graphviz_ad.core.request import Request
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.pipeline import read
from graphviz_ad.point.arrays.claims import array_judge
from graphviz_ad.point.arrays.values import array_values
from graphviz_ad.read.sources import SourceText
from tests.array_identities import IDENTITIES
from tests.array_systems import COURSE
from tests.test_arrays import Numbers, check, system

# What is printed with a sign whose size, or whose meaning, plain text does not say.
UNREADABLE = ("at_largest", "block", "unit")
SYSTEMS = [*dict.fromkeys(text for text, _, _ in IDENTITIES), *COURSE.values()]


@pytest.mark.parametrize(("text", "wrt", "form"), IDENTITIES)
def test_they_have_the_form_of_books(text: str, wrt: str, form: str) -> None:
    chain = [chain for chain in system(text).chains(False) if chain.wrt == wrt][-1]
    assert write(chain.lines[-1].sides[-1], Plain()) == form


@pytest.mark.parametrize("text", dict.fromkeys(text for text, _, _ in IDENTITIES))
def test_they_are_what_numbers_say(text: str) -> None:
    for seed in range(9):  # the first point at which it has a value
        try:
            check(text, seed)
        except AdgraphError as error:
            assert "at this point" in str(error)
        else:
            return
    pytest.fail("no point was found")


def readable(text: str) -> list[tuple[object, object, Formula]]:
    """The derivatives of a system whose signs all say what they are."""
    found = [(chain.of, chain.wrt, chain.result) for chain in system(text).chains(False)]
    graphs = {id(result): result.made.graph if isinstance(result, Pullback) else result.graph for _, _, result in found
              if isinstance(result, (Expression, Pullback))}  # fmt: skip
    return [entry for entry in found if not any(node.op in UNREADABLE for node in graphs[id(entry[2])].nodes)]


@pytest.mark.parametrize("text", SYSTEMS)
def test_what_is_printed_is_read_back_as_a_claim(text: str) -> None:
    judge = array_judge(system(text).graph)
    for of, wrt, result in readable(text):
        line = write(Equation((Derivative(of, wrt, True), result)), Plain())
        (verdict,) = judge.verdicts(SourceText(line, "text"))
        assert verdict.is_right, (line, verdict.off)


@pytest.mark.parametrize("text", SYSTEMS)
def test_what_is_printed_is_read_back_as_an_input(text: str) -> None:
    found = system(text)
    numbers = next(made for seed in range(9) if (made := at(found, seed)) is not None)
    for _, _, result in readable(text):
        made, name = (result.made, result.adjoint.name) if isinstance(result, Pullback) else (result, None)
        shapes = {node.name: node.type.shape for node in made.graph.nodes if node.op == INPUT}
        more = {name: np.random.default_rng(1).uniform(0.2, 1, shapes[name])} if name in shapes else {}
        if not any(shapes.values()):
            continue  # I alone says no size
        declared = "; ".join(f"{name}: {'x'.join(map(str, shape)) or 'scalar'}" for name, shape in shapes.items())
        again, _ = read(SourceText(f"{declared}; G_out = {write(made, Plain())}", "text"), Request())
        values = {**numbers.named, **more}
        given = {node.name: values[node.name] for node in again.graph.nodes if node.op == INPUT}
        read_back = array_values(again.graph, given)[again.graph.outputs[0]]
        np.testing.assert_allclose(np.ravel(read_back), np.ravel(numbers.of(made, more)), rtol=1e-8)


def at(found: object, seed: int) -> Numbers | None:
    """A system at a point, if it has values there."""
    try:
        return Numbers(found, False, seed)
    except AdgraphError:
        return None

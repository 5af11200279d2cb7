"""Some random Python sources, whole and broken; `tests/fuzz` has as many as there is time for."""

from random import Random

import pytest

from graphviz_ad.frontend import tape
from tests.fuzz.python_sources import Case, case, check

pytestmark = pytest.mark.filterwarnings("ignore")  # of what a source does: a coroutine that nobody awaits


@pytest.mark.parametrize("first", range(0, 200, 40))
def test_a_source_gives_a_right_graph_or_an_error_with_its_place(first):
    for seed in range(first, first + 40):
        check(case(Random(seed)))


def test_the_same_seed_makes_the_same_source():
    assert [case(Random(seed)) for seed in range(20)] == [case(Random(seed)) for seed in range(20)]
    assert len({case(Random(seed)).text for seed in range(20)}) == 20


def test_most_sources_are_whole_and_many_mutations_are_too():
    kinds = [case(Random(seed)).broken for seed in range(200)]
    assert 20 < sum(kinds) < 100


def test_a_wrong_value_would_be_noticed(monkeypatch):
    text = "def f(x):\n    return x * x + 1\n"
    check(Case(text, "f", {"x": 3.0}))
    monkeypatch.setattr(tape.Tracer, "__mul__", tape.Tracer.__add__)
    with pytest.raises(AssertionError):
        check(Case(text, "f", {"x": 3.0}))


def test_an_exception_of_ours_would_be_noticed(monkeypatch):
    def fails(*args):
        raise LookupError("of ours")

    monkeypatch.setattr("graphviz_ad.pipeline.asked_of", fails)
    with pytest.raises(AssertionError, match="LookupError: of ours"):
        check(Case("def f(x):\n    return x\n", "f", {"x": 3.0}))

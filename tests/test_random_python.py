"""The random Python sources of `tests/fuzz`: whole and broken ones, and what their check notices."""

from random import Random

import pytest

from graphviz_ad.read.python import tape
from tests.fuzz.python_sources import Case, case, check


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

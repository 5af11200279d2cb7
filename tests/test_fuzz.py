"""Random inputs of every family, always the same few; `python -m tests.fuzz.run` takes as many as there is time for."""

from random import Random

import pytest

from tests.fuzz.families import FAMILIES, load
from tests.fuzz.run import Plan, main, report, run
from tests.fuzz.worker import Limits, outcome

COUNT = {"derived": 25}  # of inputs; their checks run commands
USUAL = 200
GENEROUS = Limits(seconds=20)  # on whatever machine the tests run


@pytest.mark.parametrize("name", FAMILIES)
def test_each_input_has_a_result_or_an_error_that_says_so(name):
    family = load(name)
    found = [outcome(family, seed, GENEROUS) for seed in range(COUNT.get(name, USUAL))]
    assert [one for one in found if one.word == "failure"] == []
    assert any(one.word == "result" for one in found)


@pytest.mark.parametrize("name", FAMILIES)
def test_a_seed_is_an_input(name):
    family = load(name)
    assert repr(family.make(Random(7))) == repr(family.make(Random(7)))


HANGS = "no answer: it hangs, or its process died"


@pytest.mark.parametrize(
    ("seed", "patience", "word", "kind"),
    [
        (0, 60, "result", None),
        (1, 60, "failure", "ZeroDivisionError at faulty.py:14"),
        (2, 60, "error", None),
        (3, 60, "failure", "more than 500 MB"),
        (4, 0.5, "failure", HANGS),
        (5, 60, "failure", HANGS),
        (6, 60, "failure", "more than 1 s"),
    ],
)
def test_the_fuzzer_notices_every_fault(seed, patience, word, kind):
    tally = run(Plan(["faulty"], seed, inputs=1, limits=Limits(seconds=1), patience=patience))["faulty"]
    assert (dict(tally.words), list(tally.kinds)) == ({word: 1}, [kind] if kind else [])


def test_it_goes_on_after_a_process_has_died():
    tally = run(Plan(["faulty"], seed=5, inputs=3, jobs=2, patience=60))["faulty"]
    assert dict(tally.words) == {"failure": 1, "result": 2}


def test_what_it_reports_is_inert_and_can_be_repeated():
    said = report("faulty", run(Plan(["faulty"], seed=1, inputs=1))["faulty"])
    assert r"ZeroDivisionError: \x1b[31mred" in said
    assert "again: python -m tests.fuzz.run faulty --seed 1 --count 1" in said


def test_the_exit_status_says_whether_all_went_well(capsys):
    assert main(["derived", "--count", "1", "--jobs", "1"]) == 0
    assert "1 inputs: 1 results, 0 errors, 0 failures" in capsys.readouterr().out

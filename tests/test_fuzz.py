"""Random inputs of every family, always the same few; `python -m tests.fuzz.run` takes as many as there is time for."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests import fuzz
from tests.fuzz.families import FAMILIES, load
from tests.fuzz.run import Plan, main, report, run
from tests.fuzz.worker import Limits, outcome

COUNTS = {"text": 300, "latex": 300, "symbolic": 200, "python": 200, "options": 60, "at": 100, "themes": 80,
          "names": 30, "derived": 25, "documents": 5}  # fmt: skip
GENEROUS = Limits(seconds=20)  # on whatever machine the tests run


def test_every_family_is_here():
    assert COUNTS.keys() == FAMILIES.keys()
    modules = {path.stem for path in Path(fuzz.__file__).parent.glob("*.py") if "def check(" in path.read_text("utf-8")}
    assert modules - {"faulty", "reading"} == set(FAMILIES.values())


@pytest.mark.filterwarnings("ignore")  # of what a source does: a coroutine that nobody awaits
@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_each_input_has_a_result_or_an_error_that_says_so(name, count):
    family = load(name)
    found = (outcome(family, seed, GENEROUS) for seed in range(count))
    assert [one for one in found if one.word == "failure"] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_a_seed_is_an_input_and_another_is_another(name):
    family = load(name)
    made = [[repr(family.make(Random(seed))) for seed in range(10)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 5


HANGS = "no answer: it hangs, or its process died"


@pytest.mark.parametrize(
    ("seed", "limits", "patience", "word", "kind"),
    [
        (0, GENEROUS, 60, "result", None),
        (1, GENEROUS, 60, "failure", "ZeroDivisionError at faulty.py:14"),
        (2, GENEROUS, 60, "error", None),
        (3, GENEROUS, 60, "failure", "more than 500 MB"),
        (4, GENEROUS, 0.5, "failure", HANGS),
        (5, GENEROUS, 60, "failure", HANGS),
        (6, Limits(seconds=1), 60, "failure", "more than 1 s"),
    ],
)
def test_the_fuzzer_notices_every_fault(seed, limits, patience, word, kind):
    tally = run(Plan(["faulty"], seed, inputs=1, limits=limits, patience=patience))["faulty"]
    assert (dict(tally.words), list(tally.kinds)) == ({word: 1}, [kind] if kind else [])


def test_what_the_process_before_it_held_is_not_counted():
    held = bytearray(400 << 20)
    held[:: 1 << 12] = bytes(len(held[:: 1 << 12]))  # every page
    asked = "from tests.fuzz.worker import largest; print(largest())"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    assert float(said) < 300


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

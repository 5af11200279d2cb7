"""The fuzzers of what is given to the command and comes out of it, for a moment; by hand they run for hours."""

import random

import pytest

from .fuzz import at_values, names, options, themes


@pytest.mark.parametrize(("fuzzer", "seeds"), [(options, 60), (at_values, 100), (themes, 80), (names, 30)])
def test_nothing_but_results_and_messages(fuzzer, seeds):
    for seed in range(seeds):
        fuzzer.check(fuzzer.case(random.Random(seed)))

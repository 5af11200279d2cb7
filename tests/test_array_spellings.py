"""However a system is spelled, its derivative is that of the book, and what numbers say."""

import pytest

from tests.array_spellings import SPELLINGS
from tests.test_arrays import check
from tests.test_arrays_forms import results

LETTERS = "x: n;"  # sizes without numbers


@pytest.mark.parametrize(("form", "text"), SPELLINGS)
def test_a_spelling_has_the_form_of_the_book(form: str, text: str) -> None:
    first = text.split(":", 1)[0]
    found = results(text)
    assert [value for key, value in found.items() if key.endswith(f" by {first}")][-1] == form


@pytest.mark.parametrize("text", [text for _, text in SPELLINGS if not text.startswith(LETTERS)])
def test_a_spelling_is_what_numbers_say(text: str) -> None:
    check(text, 1)

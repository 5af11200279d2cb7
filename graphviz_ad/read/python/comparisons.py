"""What a function decides by the value of a traced number: it compares, counts, or asks whether it is true."""

from __future__ import annotations

from collections.abc import Callable

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.read.python.recording import Recording


def holds(
    tape: Recording,
    sign: str,
    compare: Callable[[float, float], bool],
    index: int,
    other: int | None,
    number: float | None = None,
) -> bool:
    """Whether a comparison with another entry, or with a number, holds."""
    left, right = tape.value_at(index), tape.value_at(other) if other is not None else number
    if left is None or right is None:
        raise _undecided(tape, f"'{sign}' compares numbers that have no value")
    tape.compared.update((index,) if other is None else (index, other))
    found = compare(left, right)
    tape.note(f"{left:g} {sign} {right:g} is {str(found).lower()}, and what follows from that is drawn")
    return found


def truth(tape: Recording, index: int) -> bool:
    """Whether a number is another than 0."""
    value = tape.value_at(index)
    if value is None:
        raise _undecided(tape, "a number that has no value is asked whether it is true")
    tape.compared.add(index)
    tape.note(f"{value:g} counts as {bool(value)}, and what follows from that is drawn")
    return bool(value)


def counted(tape: Recording, index: int) -> int:
    """The whole number that a value is."""
    value = tape.value_at(index)
    if value is None:
        raise _uncounted(tape, index)
    if not value.is_integer():
        raise tape.refused(f"{value:g} is no whole number: it cannot count or index", "give it a whole value")
    tape.counted.add(index)
    tape.note(f"{int(value)} is used as a whole number, which is not differentiated")
    return int(value)


def _undecided(tape: Recording, message: str) -> AdgraphError:
    names = [tape.leaves[index].name for index in tape.inputs if tape.value_at(index) is None]
    values = ",".join(f"{name}=…" for name in names)
    return tape.refused(
        message, f"give values, --at {values}, and the branch taken is drawn; max, min and abs need none"
    )


def _uncounted(tape: Recording, number: int) -> AdgraphError:
    """The error for a number without a value that is to count or to index; it names what it is made of."""
    made_of = tape.reads([number])
    names = [tape.leaves[index].name for index in tape.inputs if index in made_of and tape.value_at(index) is None]
    values = ",".join(f"{name}=3" for name in names)
    hint = f"give it a value, --at {values}, or a default, {values}"
    return tape.refused("a traced number cannot count or index", hint)

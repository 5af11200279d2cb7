"""What conditions choose: np.where and its like, what is put where one holds, and conditions of conditions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from graphviz_ad.read.python.array_table import elementwise
from graphviz_ad.read.python.making import lifted, without_infinity
from graphviz_ad.read.python.masks import is_condition, put_where
from graphviz_ad.read.python.tape import TRACED


def selected(conditions: Sequence[Any], choices: Sequence[Any], default: Any = 0) -> Any:
    """np.select: the first choice whose condition holds."""
    cases = zip(conditions[::-1], choices[::-1], strict=True)
    return reduce(lambda rest, case: chosen(case[0], case[1], rest), cases, default)


def by_pieces(x: Any, conditions: Sequence[Any], functions: Sequence[Any], *more: Any) -> Any:
    """np.piecewise: where a condition holds, its function; one function more is for the rest."""
    if len(functions) - len(conditions) not in (0, 1):
        text = f"np.piecewise of {len(conditions)} conditions and {len(functions)} functions"
        raise x.tape.refused(text, "write one for each condition, and one more for the rest")
    values = [function(x, *more) if callable(function) else function for function in functions]
    rest = values.pop() if len(values) > len(conditions) else 0
    return selected(conditions[::-1], values[::-1], rest)  # the last that holds


def stepped(x: Any, at_zero: Any) -> Any:
    """np.heaviside."""
    above, below = x > 0, x < 0
    return above + at_zero * (1 - above - below)


def chosen(condition: Any, x: Any, y: Any) -> Any:
    """np.where: one or the other, by a condition that is 1 or 0."""
    tape = next(part.tape for part in (condition, x, y) if type(part) in TRACED)
    condition = lifted(tape, condition)
    x, y = without_infinity(tape, x), without_infinity(tape, y)
    return elementwise("add", elementwise("mul", condition, x), elementwise("mul", 1 - condition, y))


def _condition(x: Any, made_of_it: Any) -> Any:
    if not is_condition(x):
        raise x.tape.refused("~, & and | are those of conditions, x > 0", "write - of numbers, or np.where")
    x.tape.conditions.add(made_of_it.index)
    return made_of_it


def both(x: Any, y: Any) -> Any:
    """x & y of two conditions."""
    return _condition(x, elementwise("mul", x, y))


def changed(x: Any, key: Any, value: Any) -> Any:
    """An array with something put into a part of it."""
    from graphviz_ad.read.python.slates import MAX_CELLS, slate_of

    if is_condition(key):
        return put_where(x, key, value)
    if x.size > MAX_CELLS:
        raise x.tape.refused(f"an array of {x.size} entries is changed", f"up to {MAX_CELLS:,} are traced")
    slate = slate_of(x)
    slate[key] = value
    return lifted(x.tape, slate)


def denied(x: Any) -> Any:
    """~x of a condition."""
    return _condition(x, 1 - x)


def either(x: Any, y: Any) -> Any:
    """x | y of two conditions."""
    return _condition(x, elementwise("max", x, y))

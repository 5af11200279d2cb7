"""What is done to arrays, by name: filled by `array_functions`, asked by all that work on arrays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphviz_ad.read.python.recording import ON_ARRAYS

METHODS = ON_ARRAYS  # of arrays, and operators
FUNCTIONS: dict[str, Callable[..., Any]] = {}  # of numpy's
AxisNumbers = tuple[int, ...]  # a shape as numpy has it


def elementwise(op: str, *args: Any) -> Any:
    """An operation of the table on arrays; "@" is their product."""
    return METHODS["@"](*args) if op == "@" else METHODS["elementwise"](op, *args)

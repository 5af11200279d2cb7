"""Libraries beside numpy that arrays are computed with: what scipy.special and jax.nn have that wants plain numbers is
exchanged for ours, and what autograd and JAX have in the place of numpy for numpy."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from graphviz_ad.read.python.tape import TABLES, TRACED

NUMPYS = ("autograd.numpy", "jax.numpy")
_SCIPYS = ("scipy.special", "autograd.scipy.special", "jax.scipy.special")


def loaded_libraries() -> tuple[str, ...]:
    """Those that are imported."""
    return tuple(name for name in ("numpy", *NUMPYS, *_SCIPYS, "jax.nn") if name in sys.modules)


def exchanged(loaded: tuple[str, ...]) -> dict[int, Any]:
    """By the identity of a module or a function that wants plain numbers, the one that takes traced ones too."""
    found = dict(_special(loaded))
    for library in (sys.modules[name] for name in NUMPYS if name in loaded):
        numpy = sys.modules["numpy"]
        found[id(library)] = numpy
        found |= {id(value): getattr(numpy, name) for name, value in vars(library).items()
                  if callable(value) and not isinstance(value, type) and hasattr(numpy, name)}  # fmt: skip
    return {key: value for key, value in found.items() if id(value) != key}


def uncompiled(function: Any) -> Any:
    """The function of Python's that jax.jit has compiled; any other as it is."""
    return function.__wrapped__ if type(function).__name__ == "PjitFunction" else function


def _special(loaded: tuple[str, ...]) -> Iterator[tuple[int, Any]]:
    if set(loaded).isdisjoint({*_SCIPYS, "jax.nn"}):
        return
    from graphviz_ad.read.python.special_functions import JAX, SCIPY

    for module in loaded:
        for name, ours in (SCIPY if module in _SCIPYS else JAX if module == "jax.nn" else {}).items():
            original = getattr(sys.modules[module], name, None)
            if original is not None:
                yield id(original), _either(original, ours)


def _either(original: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def function(*args: Any, **options: Any) -> Any:
        is_traced = any(type(arg) in TRACED | TABLES for arg in args)
        return (ours if is_traced else original)(*args, **options)

    return function

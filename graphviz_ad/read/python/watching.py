"""The function's own names: which of what it computes it assigns to which of its variables."""

from __future__ import annotations

import dis
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from types import CodeType, FrameType, MethodType
from typing import Any

from graphviz_ad.core.names import Name
from graphviz_ad.read.python.assembly import Bindings
from graphviz_ad.read.python.patched_math import method_of
from graphviz_ad.read.python.tape import TABLES, TRACED, Tracer


def code_of(function: Callable[..., Any]) -> CodeType | None:
    """The code that runs when a function is called; None for one that is not Python's."""
    plain = inspect.unwrap(function)
    while isinstance(plain, (partial, MethodType)):
        plain = inspect.unwrap(plain.func if isinstance(plain, partial) else plain.__func__)
    return getattr(plain if hasattr(plain, "__code__") else method_of(plain), "__code__", None)


@lru_cache(maxsize=256)
def _stores(code: CodeType, lines: bytes) -> Mapping[int, tuple[str, ...]]:
    """The local variables that each line assigns; code that differs in its lines alone is equal in some Pythons."""
    stores: dict[int, dict[str, None]] = {}
    line = code.co_firstlineno
    starts = dict(dis.findlinestarts(code))
    for instruction in dis.get_instructions(code):
        line = starts.get(instruction.offset) or line
        if instruction.opname.startswith(("STORE_FAST", "STORE_DEREF")):
            names = instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,)
            stores.setdefault(line, {}).update(dict.fromkeys(names))
    return {line: tuple(names) for line, names in stores.items()}


@contextmanager
def watched(
    code: CodeType | None,
    bindings: Bindings,
    tables: dict[int, tuple[Any, Name]],
    axes: dict[int, tuple[int, ...]],
) -> Iterator[None]:
    """Note every assignment of a traced number to a local variable of the first call of the code; and the tables that
    are assigned, which are arrays once they are filled."""
    stores = {} if code is None else _stores(code, code.co_linetable)
    before = sys.gettrace()
    started = False
    line = 0

    def on_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal line
        names = stores.get(line)
        if names and event != "exception":
            local = frame.f_locals
            for name in names:
                value: Any = local.get(name)
                if type(value) in TRACED and value.index not in bindings:
                    bindings[value.index] = Name(name)
                    if type(value) is not Tracer:
                        axes.setdefault(value.index, value.shape)
                elif type(value) in TABLES:
                    tables.setdefault(id(value), (value, Name(name)))
        line = frame.f_lineno
        return on_line

    def on_call(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal started
        if frame.f_code is code and not started:
            started = True
            return on_line
        return None

    sys.settrace(on_call if stores else before)
    try:
        yield
    finally:
        sys.settrace(before)

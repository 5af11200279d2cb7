"""Regular expressions that were compiled before: `re` compiles each anew in each process, a tenth of what a command
takes to start.

Only the text's own are kept, of the bodies of modules and of `core.patterns`: what a reader writes is in none. They are
as good as the Python that has compiled them; another one, or one without this part of `re`, compiles as ever.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

RegularExpression = tuple[str | bytes, int]  # an expression and its flags
Codes = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]  # flags, codes, groups by number and name

_COMPILER = "re._compiler" if sys.version_info >= (3, 11) else "sre_compile"
_PATTERNS = "graphviz_ad.core.patterns"
ENGINE = f"{sys.implementation.name} {sys.version}"  # whose codes they are


@contextmanager
def compiled_before(known: dict[RegularExpression, Codes]) -> Iterator[set[RegularExpression]]:
    """In the block, `re` takes what is known from there; the set has the others that it compiles."""
    compiler: Any = import_module(_COMPILER)
    compiles: Callable[..., Any] = compiler.compile
    others: set[RegularExpression] = set()

    def found_or_compiled(expression: Any, flags: int = 0) -> Any:
        found = known.get((expression, flags)) if isinstance(expression, str | bytes) else None
        if found is not None:
            combined, codes, *groups = found
            return compiler._sre.compile(expression, combined, list(memoryview(codes).cast("I")), *groups)
        if isinstance(expression, str | bytes) and _is_of_the_text():
            others.add((expression, flags))
        return compiles(expression, flags)

    compiler.compile = found_or_compiled
    try:
        yield others
    finally:
        compiler.compile = compiles


def _is_of_the_text() -> bool:
    """Whether an expression is asked for by the body of a module, or by `core.patterns`."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    return frame.f_code.co_name == "<module>" or frame.f_globals.get("__name__") == _PATTERNS


def compiled(asked: RegularExpression) -> Codes:
    """What `re` gives the engine for an expression."""
    compiler: Any = import_module(_COMPILER)
    expression, flags = asked
    tree = getattr(compiler, "_parser", None) or compiler.sre_parse
    parsed = tree.parse(expression, flags)
    groups: dict[str, int] = parsed.state.groupdict
    names = {place: name for name, place in groups.items()}
    codes = b"".join(int.to_bytes(code, 4, sys.byteorder) for code in compiler._code(parsed, flags))
    by_number = tuple(map(names.get, range(parsed.state.groups)))
    return int(flags | parsed.state.flags), codes, parsed.state.groups - 1, groups, by_number

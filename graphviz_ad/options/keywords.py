"""The keywords of the library's functions: their signatures for `help`, and their types for those who write them.

`typed.pyi` is written by `python -m graphviz_ad.options.keywords`; a test says when it is to be written again.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

from graphviz_ad.core.request import Request
from graphviz_ad.options.table import Option, of_function

FUNCTIONS = ("parse", "trace", "forward", "backward", "chain", "draw", "evaluate", "check", "show")
TYPED = Path(__file__).with_name("typed.pyi")
F = TypeVar("F", bound=Callable[..., Any])


def signed(function: F) -> F:
    """The function, which shows its keywords to whoever asks for its signature."""
    named = [
        inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=option.default, annotation=_type(option))
        for option in of_function(function.__name__).values()
    ]
    signature = inspect.signature(function)
    own = [parameter for parameter in signature.parameters.values() if parameter.kind is not parameter.VAR_KEYWORD]
    function.__dict__["__signature__"] = signature.replace(parameters=[*own, *named])
    return function


def typed() -> str:
    """A TypedDict of the keywords of each function."""
    lines = [
        '"""The keywords of the library\'s functions; made by `python -m graphviz_ad.options.keywords`."""', "",
        "from collections.abc import Iterable, Mapping", "from typing import Literal, TypedDict",
    ]  # fmt: skip
    for function in FUNCTIONS:
        lines += ["", f"class {function.capitalize()}Keywords(TypedDict, total=False):"]
        lines += [f"    {option.name}: {_type(option)}" for option in of_function(function).values()]
    return "\n".join(lines) + "\n"


def _type(option: Option) -> str:
    """The type of a keyword: several names may be one text, x,y."""
    origin = get_origin(option.kind)
    if origin is tuple:
        return "str | Iterable[str]"
    said = option.kind.__name__ if origin is None else str(option.kind).replace("typing.", "").replace("'", '"')
    none = origin is Mapping or type(None) in get_args(Request.__annotations__[option.name][0])
    return said.replace("collections.abc.", "") + " | None" * none


if __name__ == "__main__":
    TYPED.write_text(typed(), "utf-8")

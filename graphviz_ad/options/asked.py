"""A Request made of keywords of Python, or of the keys and values of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.request import Request
from graphviz_ad.lesson.views import STYLES
from graphviz_ad.options.table import by_spelling, near, of_function
from graphviz_ad.options.values import OptionError, check_value, read_value

SECONDS = 2.0  # of a step of an animation


def from_keywords(function: str, given: Mapping[str, Any]) -> Request:
    """What a function of the library is asked by keywords; one that is None is not asked. Raises TypeError for a
    keyword that it does not have, ValueError for a value that there is not."""
    known = of_function(function)
    for name in given:
        if name not in known:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}{near(name, known)}")
    checked = {name: check_value(known[name], value) for name, value in given.items() if value is not None}
    return Request(**checked, given=frozenset(checked))


class AskedError(AdgraphError):
    """A key or a value that a text asks for and there is not; `key` is as it was written."""

    def __init__(self, key: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.key = key


def from_text(command: str, items: Iterable[tuple[str, str]], sources: tuple[str, ...] = ()) -> Request:
    """What a text asks of a command by its options, each a key and a value: ("wrt", "x"); those that may be repeated on
    the command line may be so here. Raises AskedError for a key or a value that there is not."""
    known = by_spelling(command)
    texts: dict[str, tuple[str, ...]] = {}
    written: dict[str, str] = {}  # of each option that is asked for
    for key, text in items:
        if key not in known:
            hint = did_you_mean(key, list(known)) or f"there are {', '.join(known)}"
            raise AskedError(key, f"there is no option '{key}'", hint)
        option = known[key]
        if option.name in texts and not option.is_many:
            raise AskedError(key, f"'{key}' is given twice")
        texts[option.name] = (*texts.get(option.name, ()), text.strip())
        written[option.name] = key
    values: dict[str, Any] = {option.name: option.default for option in known.values()}
    for name, key in written.items():
        try:
            values[name] = read_value(known[key], texts[name])
        except OptionError as error:
            raise AskedError(key, f"{key}: {str(error).rstrip('.')}") from None
        except AdgraphError as error:  # of a value that is an expression
            raise AskedError(key, f"{key}: {error.message}", error.hint) from None
    return Request(**values, sources=sources, given=frozenset(texts))


def with_style(request: Request) -> Request:
    """The request with the direction of its style, where it asks for none, and the pace of its animation."""
    direction = request.direction if "direction" in request.given else STYLES[request.style].direction
    return request.replace(direction=direction, seconds=(request.seconds or SECONDS) if request.animate else 0)

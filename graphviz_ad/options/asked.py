"""A Request made of keywords of Python, or of the keys and values of a text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.request import Request
from graphviz_ad.options.table import near, of_command, of_function
from graphviz_ad.options.values import OptionError, check_value, read_value


def from_keywords(function: str, given: Mapping[str, Any]) -> Request:
    """What a function of the library is asked by keywords; one that is None is not asked. Raises TypeError for a
    keyword that it does not have, ValueError for a value that there is not."""
    known = of_function(function)
    for name in given:
        if name not in known:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}{near(name, known)}")
    checked = {name: check_value(known[name], value) for name, value in given.items() if value is not None}
    return Request(**checked, given=frozenset(checked))


def from_text(command: str, items: Iterable[tuple[str, str]], sources: tuple[str, ...] = ()) -> Request:
    """What a text asks of a command by its options, each a key and a value: ("wrt", "x"). Raises AdgraphError, which
    names the key, for a key or a value that there is not."""
    known = {option.spelled: option for option in of_command(command)}
    values: dict[str, Any] = {}
    for key, text in items:
        if key not in known:
            hint = did_you_mean(key, list(known)) or f"there are {', '.join(known)}"
            raise AdgraphError(f"there is no option '{key}'", hint=hint)
        option = known[key]
        if option.name in values:
            raise AdgraphError(f"'{key}' is given twice", hint="give it once, with commas" * option.is_many)
        try:
            values[option.name] = read_value(option, (text.strip(),))
        except OptionError as error:
            raise AdgraphError(f"{key}: {str(error).rstrip('.')}") from None
    usual = {option.name: option.default for option in known.values()}
    return Request(**{**usual, **values}, sources=sources, given=frozenset(values))

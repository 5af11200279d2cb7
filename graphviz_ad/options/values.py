"""The values of options: what texts say, on the command line or in a document, and whether a value is one of theirs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from graphviz_ad.options.table import Option, near

_FLAGS = {"": True, "true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class OptionError(ValueError):
    """A value that an option does not have."""


def read_value(option: Option, texts: tuple[str, ...]) -> Any:
    """What the texts of an option say: one, or each that was given. Raises OptionError."""
    if option.reader is not None:
        return option.reader(texts)
    if option.is_many:
        words = names(texts)
        for word in words:
            if (known := option.choices()) and word not in known:
                raise OptionError(f"'{word}' is not one of {', '.join(known)}.{near(word, known)}")
        return words
    (text,) = texts
    if option.is_flag:
        if text.lower() not in _FLAGS:
            raise OptionError(f"'{text}' is not true or false.")
        return _FLAGS[text.lower()]
    if option.is_number:
        return _number(option, text)
    spelled = {str(choice): choice for choice in option.choices()}
    if spelled and text not in spelled and not option.accepts(text):
        raise OptionError(f"'{text}' is not one of {', '.join(map(repr, spelled))}.{near(text, spelled)}")
    return spelled.get(text, text)


def check_value(option: Option, value: Any) -> Any:
    """A value of Python as the request has it. Raises ValueError for one that the option does not have."""
    if option.is_many and not isinstance(option.default, dict):
        several = names if option.reader is None else option.reader  # some have commas in them
        value = several((value,)) if isinstance(value, str) else tuple(value)
        for word in value:
            if (known := option.choices()) and word not in known:
                raise ValueError(f"{option.name}={word!r}; there are {', '.join(map(repr, known))}")
    elif option.name == "at":
        from graphviz_ad.options.points import point_of

        value = point_of(value)
    elif isinstance(value, str) and isinstance(option.default, dict) and option.reader is not None:
        value = option.reader((value,))
    elif (known := option.choices()) and value not in known and not option.accepts(value):
        raise ValueError(f"{option.name}={value!r}; there are {', '.join(map(repr, known))}")
    elif option.row.accepts and not known and not option.accepts(value):
        raise ValueError(f"{option.name}={value!r}; {option.row.help}")
    elif option.is_number and value != option.default and not _within(option, value):
        raise ValueError(f"{option.name}={value!r}; it is a number, {_range(option)}")
    return value


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Names given as `x,y` or one by one; a comma in braces is part of a name, one in square brackets of an array."""
    parts = (part.strip() for given in texts for part in _split(given))
    return tuple(part for part in parts if part)


def _split(given: str) -> list[str]:
    """A text cut at the commas that stand in no bracket."""
    if not {"{", "["} & set(given):
        return given.split(",")
    parts, depth = [""], 0
    for character in given:
        depth += (character in "{[") - (character in "}]")
        if character == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _number(option: Option, text: str) -> int | float:
    what = "integer" if option.kind is int else "float"
    try:
        value: int | float = option.kind(text)
    except ValueError:
        raise OptionError(f"'{text}' is not a valid {what}.") from None
    if isinstance(value, float) and math.isnan(value):
        raise OptionError("nan is not a number.")
    if not _within(option, value):
        raise OptionError(f"{value} is not in the range {_range(option)}.")
    return value


def _within(option: Option, value: Any) -> bool:
    row = option.row
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and not math.isnan(value)
        and (row.least is None or value >= row.least)
        and (row.above is None or value > row.above)
        and (row.most is None or value <= row.most)
    )


def _range(option: Option) -> str:
    """The bounds of a number, as click has them: 0<x<=86400, x>=1."""
    least, above, most = option.row.least, option.row.above, option.row.most
    if most is not None:
        return f"{above}<x<={most}" if least is None else f"{least}<=x<={most}"
    return f"x>{above}" if least is None else f"x>={least}"

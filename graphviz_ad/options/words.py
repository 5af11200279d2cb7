"""Options as words of a line, `--view backward,chain --wrt=x --fold`: read, and completed."""

from __future__ import annotations

import shlex
from collections.abc import Container

from graphviz_ad.options.asked import AskedError
from graphviz_ad.options.table import Option, by_spelling


def pairs(command: str, line: str) -> list[tuple[str, str]]:
    """Each option of a line with its text. Raises AskedError for what is no option, or has no value."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise AskedError(line, f"the options cannot be read: {str(error).lower()}") from None
    known, found = by_spelling(command), []
    rest = iter(words)
    for word in rest:
        name, equals, value = word.removeprefix("--").partition("=")
        if not word.startswith("--") or not name:
            hint = "write options as --view forward, and equations in lines of their own"
            raise AskedError(word, f"'{word}' is no option", hint)
        if not equals and not (name in known and known[name].is_flag):
            value = next(rest, "")
            if not value and name in known:
                raise AskedError(name, f"--{name} has no value", _like(known[name]))
        found.append((name, value))
    return found


def completions(command: str, line: str, without: Container[str] = ()) -> list[str]:
    """What may stand in the place of the last word of a line: options, or the values of the one before; of a list,
    `forward,ba`, its last part alone."""
    known = {name: option for name, option in by_spelling(command).items() if option.spelled not in without}
    *before, last = line.split(" ") if line else [""]
    name, equals, value = last.partition("=")
    if not equals:
        name, value = next((word for word in reversed(before) if word), ""), last
    option = known.get(name.removeprefix("--")) if name.startswith("--") else None
    if option is not None and not option.is_flag and ("=" not in name):
        return last_parts(option, value)[1]
    return [f"--{name}" for name in known if f"--{name}".startswith(last)]


def last_parts(option: Option, begun: str) -> tuple[str, list[str]]:
    """Of a value that is begun, what stands before its last part, which is all of it but in a list, `forward,ba`; and
    the words that begin like that part and are not there yet."""
    head, comma, part = begun.rpartition(",") if option.is_many else ("", "", begun)
    taken = head.split(",")
    return head + comma, [word for word in map(str, option.choices()) if word.startswith(part) and word not in taken]


def _like(option: Option) -> str:
    choices = ", ".join(map(str, option.choices()))
    return f"there are {choices}" if choices else f"write --{option.spelled} {option.row.metavar or 'N'}"

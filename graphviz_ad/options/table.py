"""The table of options, read from the fields of a Request: which there are for a command, and which for a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from graphviz_ad.core.errors import did_you_mean
from graphviz_ad.core.option_row import Place, Row
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import NOTHING_ASKED, rows
from graphviz_ad.host.plugins import loaded


class Option(Record):
    """A field of a Request, as one command or the library has it."""

    name: str
    kind: Any  # its type; where it may also be None, that without None
    default: Any
    row: Row

    @property
    def spelled(self) -> str:
        """Its name for readers: --spelled, and a key in a text."""
        return self.row.spelled or self.name.replace("_", "-")

    @property
    def spellings(self) -> tuple[str, ...]:
        """All its names on the command line."""
        return (self.spelled, self.row.also_spelled) if self.row.also_spelled else (self.spelled,)

    @property
    def is_flag(self) -> bool:
        return self.kind is bool

    @property
    def is_number(self) -> bool:
        return self.kind in (int, float)

    @property
    def is_many(self) -> bool:
        """Whether it may be given several times."""
        return get_origin(self.kind) is not None and get_origin(self.kind) is not Literal

    @property
    def reader(self) -> Callable[[tuple[str, ...]], Any] | None:
        """What makes a value of the texts that are given, if it is more than words and numbers."""
        return placed(self.row.reader) if self.row.reader else None

    def accepts(self, value: Any) -> bool:
        """Whether a value that is not among the choices is one nevertheless, as the file of a theme."""
        return bool(self.row.accepts) and isinstance(value, str) and bool(placed(self.row.accepts)(value))

    def choices(self) -> tuple[Any, ...]:
        """The values there are, if they can be listed; of several words, those that each may be."""
        if get_origin(self.kind) is Literal:
            return get_args(self.kind)
        if not self.row.choices:
            return ()
        found = placed(self.row.choices)
        words = tuple(found() if callable(found) else found)
        first = () if self.is_many or self.default is None or self.default in words else (self.default,)
        return (*first, *words, *self.row.also.split())

    def help(self) -> str:
        """What `--help` says of it."""
        said = self.row.help
        if "{" in said:
            said = said.format(choices=", ".join(filter(None, map(str, self.choices()))))
        usual = self.row.usual
        if isinstance(usual, Place):
            usual = ",".join(placed(usual))
        return f"{said} [default: {usual}]" if usual else said


def placed(place: str) -> Any:
    """What is at a Place."""
    return loaded(f"graphviz_ad.{place}")


_SAME = {"tex": "latex", "md": "markdown", "txt": "text", "typ": "typst", "tikz": "tex", "htm": "html"}  # what is meant


def near(name: str, known: Iterable[str]) -> str:
    """What a message about a mistyped name ends with: the nearest known one, or nothing."""
    listed = list(known)
    other = _SAME.get(name.lower(), "")
    hint = f"did you mean '{other}'?" if other in listed else did_you_mean(name.lower(), listed)
    return f" ({hint})" if hint else ""


@cache
def of_command(command: str) -> tuple[Option, ...]:
    """The options of a command, in the order in which it lists them."""
    found = {option.name: option for option in _options(lambda row: command in row.commands.split())}
    order = [name for name, option in found.items() if not option.row.before]
    for name in [name for name in found if name not in order]:
        order.insert(order.index(found[name].row.before), name)
    return tuple(found[name] for name in order)


def by_spelling(command: str) -> dict[str, Option]:
    """The options of a command, by each of their names."""
    return {spelling: option for option in of_command(command) for spelling in option.spellings}


def commands_with(spelled: str) -> tuple[str, ...]:
    """The commands that have an option of this name."""
    options = _options(lambda row: bool(row.commands))
    found = [command for o in options if spelled in o.spellings for command in o.row.commands.split()]
    return tuple(dict.fromkeys(found))


@cache
def of_function(function: str) -> dict[str, Option]:
    """The options that a function of the library has as keywords."""
    return {option.name: option for option in _options(lambda row: function in row.python.split())}


def _options(wanted: Callable[[Row], bool]) -> Iterator[Option]:
    """The fields of a Request with a row that is wanted, in their order."""
    for name, kind, row in rows():
        if wanted(row):
            default = getattr(NOTHING_ASKED, name) if row.default is None else row.default
            yield Option(name, _bare(kind), default, row)


def _bare(kind: Any) -> Any:
    """A type without None."""
    return get_args(kind)[0] if get_origin(kind) in (Union, UnionType) else kind

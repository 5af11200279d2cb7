"""What the words and lines of a document ask of a figure: options, each with its place, and what it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.record import Record
from graphviz_ad.documents.key import OptionItems
from graphviz_ad.options.table import by_spelling

_WORD = re.compile(
    r"""(?P<key>[A-Za-z][\w.-]*)=(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|\{(?P<braced>[^{}]*)\}|(?P<bare>[^\s"']*))
        |(?P<word>[^\s,]+)""",
    re.VERBOSE,
)
_LINE = re.compile(r"[ \t]*\#\|[ \t]*(?P<key>[\w.-]+)[ \t]*(?::[ \t]*(?P<value>.*?))?[ \t]*$")
_OTHERS = re.compile(r"(?:label|echo|eval|(?:fig|tbl|lst|code|layout)[-.].*)")  # keys of Quarto's own, and knitr's
OWN_WORDS = "fig-alt"  # Quarto's key for the alternative text
_ALT = ("alt", OWN_WORDS)


class AskedOption(Record):
    """An option that is asked for, as it is written, and where."""

    key: str
    value: str
    line: int
    column: int


class Spot(Record):
    """Where a document asks for a figure: of equations that stand there, or of what is chosen by a word, #7 or eq:loss.
    `place` is where it begins, `begins` where its equations do; it is what stands from `start` to `end`."""

    source: str
    choice: str
    options: tuple[AskedOption, ...]
    place: Origin
    begins: Origin
    start: int
    end: int

    @property
    def items(self) -> OptionItems:
        """The options as keys and values, without the words for the figure and what is for other programs."""
        return tuple((one.key, one.value) for one in self.options if one.key not in _ALT and not _is_other(one.key))

    @property
    def others(self) -> dict[str, str]:
        """What is asked of other programs: fig-cap, label, …"""
        return {one.key: one.value for one in self.options if _is_other(one.key)}

    @property
    def alt(self) -> str | None:
        """The document's own words for the figure, where it has some."""
        return next((one.value for one in reversed(self.options) if one.key in _ALT), None)

    def place_of(self, key: str) -> Origin:
        """Where an option is asked for."""
        found = (one for one in reversed(self.options) if one.key == key)
        return next((Origin(self.place.path, one.line, one.column) for one in found), self.place)


def words(text: str, place: Origin) -> tuple[str, tuple[AskedOption, ...]]:
    """What words ask: a choice, which is a bare word, and options, view=chain or, of flags, fold. Raises AdgraphError
    for a second choice."""
    choice, options = "", []
    flags = {"answers", *(name for name, option in by_spelling("draw").items() if option.is_flag)}
    for match in _WORD.finditer(text):
        line, column = _moved(place, text, match.start())
        word = match["word"]
        if word is None:
            value = next(part for part in (match[name] for name in ("double", "single", "braced", "bare"))
                         if part is not None)  # fmt: skip
            options.append(AskedOption(match["key"], value.rstrip(",") if match["bare"] else value, line, column))
        elif word in flags:
            options.append(AskedOption(word, "", line, column))
        elif word.startswith("#fig-"):  # a figure's own label, in Quarto
            options.append(AskedOption("label", word[1:], line, column))
        elif choice or word.startswith("-"):
            name = word.lstrip("-")
            hint = f"options are {name}=…" if word.startswith("-") else "options are view=chain"
            raise AdgraphError(f"'{word}' is no option", hint=hint).placed(Origin(place.path, line, column))
        else:
            choice = word
    return choice, tuple(options)


def lines(text: Sequence[str], place: Origin) -> Iterator[AskedOption]:
    """The options in the first lines of a block, each `#| key: value`, as far as they go."""
    for number, said in enumerate(text):
        match = _LINE.match(said)
        if match is None:
            return
        indent = place.column - 1 if not number else place.indent
        value = match["value"] or ""
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        yield AskedOption(
            match["key"], value[1:-1] if quoted else value, place.line + number, match.start("key") + 1 + indent
        )


def _is_other(key: str) -> bool:
    """Whether an option is one of other programs."""
    return key != OWN_WORDS and _OTHERS.fullmatch(key) is not None


def asked(said: str, said_at: Origin, body: str, begins: Origin, start: int, end: int, place: Origin) -> Spot:
    """A block of words and of a body, whose first lines may be options."""
    choice, behind = words(said, said_at)
    rows = body.split("\n")
    first = tuple(lines(rows, begins))
    source = "\n".join(rows[len(first) :])
    if first:
        begins = begins._replace(line=begins.line + len(first), column=begins.indent + 1)
    if choice and source.strip():
        message = f"there are equations, and '{choice}' as well"
        raise AdgraphError(message, hint="options are view=chain; leave one of them out").placed(said_at)
    return Spot(source.rstrip(), choice, (*behind, *first), place, begins, start, end)


def _moved(place: Origin, text: str, at: int) -> tuple[int, int]:
    """The line and the column of a place in a text that begins somewhere."""
    row = text.count("\n", 0, at)
    return place.line + row, at - text.rfind("\n", 0, at) + place.indent if row else place.column + at

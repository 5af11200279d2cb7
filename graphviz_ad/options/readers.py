"""Options whose texts are more than words and numbers: what is made of them, each by a function that its row names."""

from __future__ import annotations

import math
import re
import shlex
from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Which
from graphviz_ad.options.table import near
from graphviz_ad.options.values import OptionError, names

MAX_POINTS = 100_000


def whole(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Each text as it stands."""
    return texts


def shell_words(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The words of each text, as a shell has them."""
    try:
        return tuple(word for text in texts for word in shlex.split(text))
    except ValueError as error:
        raise OptionError(f"{' '.join(texts)}: {str(error).lower()}.") from error


def word(texts: tuple[str, ...]) -> str:
    """The text as it stands."""
    return texts[-1]


def theme(texts: tuple[str, ...]) -> str:
    """The name of a theme, or a file that may be one."""
    from graphviz_ad.drawing.theme import THEMES, is_theme

    name = word(texts)
    if not is_theme(name):
        raise OptionError(f"'{name}' is not one of {', '.join(THEMES)}, nor a file my.toml.{near(name, THEMES)}")
    return name


def id_prefix(texts: tuple[str, ...]) -> str:
    """What the ids of a figure begin with."""
    words = word(texts)
    if not is_id_prefix(words):
        raise OptionError(f"'{words}' is no beginning of an id: a letter, then letters, digits, - and _.")
    return words


def is_id_prefix(words: str) -> bool:
    """Whether an id of XML may begin with these, and a name in its style."""
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", words) is not None


def width(texts: tuple[str, ...]) -> str:
    """A width, 12cm or one that has a name."""
    from graphviz_ad.drawing.size import UNITS, WIDTHS, width_in_points

    words = word(texts)
    if width_in_points(words) is None:
        units, named = ", ".join(UNITS), ", ".join(WIDTHS)
        raise OptionError(f"'{words}' is no width such as 12cm (in {units}), nor one of {named}.{near(words, WIDTHS)}")
    return words


def pins(texts: tuple[str, ...]) -> dict[str, str]:
    """Where variables stand beside others: h=below:x."""
    from graphviz_ad.drawing.layered.asked import PLACES

    found = {}
    for words in names(texts):
        name, _, where = words.partition("=")
        place, _, other = where.partition(":")
        if not name.strip() or place.strip() not in PLACES or not other.strip():
            raise OptionError(f"'{words}' is no pin: write h=below:x, or h=above:x.")
        found[name.strip()] = f"{place.strip()}:{other.strip()}"
    return found


def template(texts: tuple[str, ...]) -> str:
    """The text of a template, from its file."""
    (text,) = files(texts[-1:])
    if not text.strip():
        raise OptionError(f"'{word(texts)}' is empty.")
    return text


def files(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The text of each file."""
    from graphviz_ad.host.small_file import read_small

    try:
        return tuple(map(read_small, texts))
    except AdgraphError as error:
        raise OptionError(f"{error.message}.") from error


def blank(texts: tuple[str, ...]) -> Which:
    """What an exercise leaves out."""
    value = word(texts)
    if value == "derivatives":
        return "derivatives"
    if value == "all":
        return "all"
    if not value.isdecimal() or not int(value):
        raise OptionError(f"'{value}' is not derivatives, all or a number of derivatives."
                          + near(value, ("derivatives", "all")))  # fmt: skip
    return int(value)


def roles(texts: tuple[str, ...]) -> dict[str, str]:
    """What each variable is, `w,b: parameter`."""
    from graphviz_ad.core.diagram import KINDS

    found: dict[str, str] = {}
    for given in texts:
        said, colon, role = given.rpartition(":")
        role = role.strip()
        if not colon or not names((said,)):
            raise OptionError(f"'{given}' is not variables and what they are; write \"w,b: parameter\".")
        if role not in KINDS:
            raise OptionError(f"'{role}' is not one of {', '.join(KINDS)}.{near(role, KINDS)}")
        found |= dict.fromkeys(names((said,)), role)
    return found


NONE = "none"  # instead of groups: not those by themselves either


def groups(texts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The variables of each group, `cell: f,i,g,o,c`; none of "none", which stands for no groups by themselves."""
    found: dict[str, tuple[str, ...]] = {}
    for given in texts:
        if given.strip() == NONE:
            found[NONE] = ()
            continue
        name, colon, said = given.partition(":")
        members = names((said,))
        if not colon or not members:
            raise OptionError(f"'{given}' is not a name and its variables; write \"cell: f,i,g\".")
        found[name.strip()] = (*found.get(name.strip(), ()), *members)
    return found


class Range(Record):
    """Values with one step between them; a single value is a range of one, and so is an array. `text` is what was
    written."""

    start: Any
    step: float
    size: int
    text: str

    def values(self) -> tuple[float, ...]:
        if not self.step:
            return (self.start,)
        return tuple(self.start + k * self.step for k in range(self.size))


class Given(dict[str, Any]):
    """Values by the names of inputs, with the text of each, for errors."""

    def __init__(self, values: dict[str, Any], texts: dict[str, str]) -> None:
        super().__init__(values)
        self.texts = texts


def ranges(texts: tuple[str, ...]) -> Given:
    """The values of each input, `x=0.5,a=-2:2:0.5`; all their combinations are not too many."""
    at = _ranges(texts)
    counts = [f"{given.size:,} of {name}" for name, given in at.items() if given.size > 1]
    rows = math.prod(given.size for given in at.values())
    if rows > MAX_POINTS:
        raise OptionError(
            f"{' times '.join(counts)} are {rows:,} rows, more than the {MAX_POINTS:,} that are computed; give fewer "
            "values, or a larger step (first:last:step).")  # fmt: skip
    return Given({name: given.values() for name, given in at.items()}, _texts(at))


def point(texts: tuple[str, ...]) -> Given:
    """The value of each input, `x=0.5,a=pi/4`."""
    at = _ranges(texts)
    for name, given in at.items():
        if given.size > 1:
            raise OptionError(f"a range of '{name}' is for adgraph eval; give one value.")
    return Given({name: given.start for name, given in at.items()}, _texts(at))


def shapes(texts: tuple[str, ...]) -> Mapping[str, Shape]:
    """The shape of each variable, `W=2x3,x=3`."""
    from graphviz_ad.read.arrays.declarations import shape_from

    found: dict[str, Shape] = {}
    for given in names(texts):
        name, equals, words = (part.strip() for part in given.partition("="))
        if not (name and equals and words):
            raise OptionError(f"'{given}' is not a shape; write W=2x3, or x=3 for a column.")
        if name in found:
            raise OptionError(f"'{name}' has two shapes.")
        found[name] = shape_from(words)
    return found


def _texts(at: dict[str, Range]) -> dict[str, str]:
    return {name: given.text for name, given in at.items()}


def _ranges(texts: tuple[str, ...]) -> dict[str, Range]:
    """Values given as `x=0.5,a=pi/4`, ranges as `x=-2:2:0.5`, which end at the last value, and files of values."""
    if not texts:
        return {}
    from graphviz_ad.options.points import is_point_file, matrices_of, point_from

    at: dict[str, Range] = {}
    for given in names(texts):
        name, equals, words = (part.strip() for part in given.partition("="))
        if not equals and is_point_file(given):
            _add(at, {name: Range(value, 0.0, 1, f"{name}=…") for name, value in point_from(given).items()})
            continue
        shown = name if equals and name else "x"
        like = f"write {shown}=0.5, or a range, {shown}=-2:2:0.5 (first:last:step)"
        if not (equals and name):
            comma = "; a number has a point, 0.5, and a comma separates values" if given.isdecimal() and at else ""
            raise OptionError(f"'{given}' is not a value; {like}{comma}.")
        found = _range_of(name, words, given, like)
        parts = matrices_of(name, found.start) if words.startswith("[") else [(name, found.start)]
        _add(at, {part: found.replace(start=value) for part, value in parts})
    return at


def _add(at: dict[str, Range], more: Mapping[str, Range]) -> None:
    for name in more:
        if name in at:
            raise OptionError(f"'{name}' has two values.")
    at.update(more)


def _array(name: str, words: str, given: str) -> Any:
    """An array, [1,2,3] or [[1,2],[3,4]], each entry an expression without variables."""
    from graphviz_ad.options.points import value_of
    from graphviz_ad.pipeline import number

    opened: list[list[Any]] = [[]]
    before = ""
    for found in re.finditer(r"\s*(\[|\]|,|[^\[\],]+)", words):
        part, place = found[1].strip(), len(given) - len(words) + found.start(1)
        if part == "," and before in (",", "["):
            raise OptionError(f"an entry is missing in '{given}'.")
        before = part or before
        if part == "[":
            opened.append([])
        elif part == "]":
            if len(opened) < 2:
                break
            inside = tuple(opened.pop())
            opened[-1].append(inside)
        elif part not in ("", ","):
            opened[-1].append(number(part, name, given, place))
    if len(opened) != 1 or len(opened[0]) != 1 or not isinstance(opened[0][0], tuple):
        raise OptionError(f"'{given}' is not an array; write {name}=[1,2,3], or {name}=[[1,2],[3,4]] row by row.")
    return value_of(name, opened[0][0])


def _range_of(name: str, words: str, given: str, like: str) -> Range:
    """The values of one input; `like` is how it is written."""
    from graphviz_ad.pipeline import number

    if words.startswith("["):
        return Range(_array(name, words, given), 0.0, 1, given)
    bounds = words.split(":")
    if not all(bound.strip() for bound in bounds) or len(bounds) > 3:
        raise OptionError(f"'{given}' is not a value of {name}; {like}.")
    ends = [len(given) - len(":".join(["", *bounds[k + 1 :]])) for k in range(len(bounds))]
    start, *rest = (number(bound.strip(), name, given, end - len(bound.lstrip()))
                    for bound, end in zip(bounds, ends, strict=True))  # fmt: skip
    stop, step = (*rest, 1.0)[:2] if rest else (start, 1.0)
    if not step:
        raise OptionError(f"the range of {name}, '{given}', has the step 0; {like}.")
    steps = (stop - start) / step + 1e-9
    if steps < 0:
        away = f"a step of {step:g} does not lead from {start:g} to {stop:g}"
        raise OptionError(f"the range of {name}, '{given}', is empty: {away}.")
    if steps >= MAX_POINTS:
        raise OptionError(f"the range of {name}, '{given}', has more than {MAX_POINTS:,} values.")
    return Range(start, step, math.floor(steps) + 1, given)

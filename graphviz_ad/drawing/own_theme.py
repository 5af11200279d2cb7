"""A reader's own theme: a TOML file that is checked key by key, so that a mistake in it is shown with its place."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.record import Record
from graphviz_ad.drawing.roles import ROLES, completed
from graphviz_ad.drawing.shipped_themes import SHIPPED
from graphviz_ad.drawing.styles import Style, Theme
from graphviz_ad.host.small_file import read_small

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

MAX_WIDTH = 20.0
MAX_SAID = 60  # characters of a value in a message
MAX_BYTES = 100_000
MAX_LINE = 1000  # characters: the parser takes the square of a key's parts in memory
_KEYS = ("extends", "background", "styles")
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_AT = re.compile(r"(.*) \(at line (\d+), column (\d+)\)")


class _File(Record):
    """The text of a theme, for messages that point into it."""

    text: str
    name: str

    def error(self, message: str, *keys: str, hint: str = "") -> AdgraphError:
        """An error at the key to which the path of keys leads."""
        return AdgraphError(message, _place(self.text, keys), hint, self.text, self.name)


def read_theme(path: Path) -> Theme:
    """The theme in a file. `extends` names a theme whose styles hold where the file says nothing. Raises AdgraphError,
    with its place, for what is no theme."""
    file = _File(read_small(str(path), MAX_BYTES), str(path))
    data = _parsed(file)
    _known(file, data, _KEYS, "a theme has no key")
    base = _base(file, data)
    if base is None and "background" not in data:
        raise file.error("the theme has no background", hint='add extends = "light"')
    if base is None:
        base = Theme("", {})
    background = _colour(file, data["background"], ("background",)) if "background" in data else base.background
    given = _table(file, data.get("styles", {}), ("styles",))
    _known(file, given, tuple(ROLES), "there is no role", "styles")
    known = completed(base.styles)
    said = {role: _style(file, role, given, known.get(role)) for role in given}
    styles = completed({**base.styles, **said})
    missing = [role for role in ROLES if role not in styles]
    if missing:
        raise file.error(f"the theme has no style for {', '.join(missing)}", hint='add extends = "light"')
    return Theme(background, styles)


def _parsed(file: _File) -> dict[str, Any]:
    if any(len(line) > MAX_LINE for line in file.text.splitlines()):
        raise AdgraphError(f"a theme has no line of more than {MAX_LINE:,} characters", origin=file.name)
    try:
        found: dict[str, Any] = tomllib.loads(file.text)
        return found
    except RecursionError:
        raise AdgraphError("the theme is nested too deeply", origin=file.name) from None
    except tomllib.TOMLDecodeError as error:
        match = _AT.fullmatch(str(error))
        if match is None:
            raise AdgraphError(f"it is not TOML: {error}", origin=file.name) from None
        lines = file.text.splitlines(keepends=True)
        start = sum(map(len, lines[: int(match[2]) - 1])) + int(match[3]) - 1
        span = Span(start, start + 1)
        raise AdgraphError(f"it is not TOML: {match[1].lower()}", span, "", file.text, file.name) from None


def _base(file: _File, data: Mapping[str, Any]) -> Theme | None:
    if "extends" not in data:
        return None
    name = data["extends"]
    if not isinstance(name, str) or name not in SHIPPED:
        hint = did_you_mean(_said(name), list(SHIPPED)) or f"there are {', '.join(SHIPPED)}"
        raise file.error(f"there is no theme {_said(name)} to extend", "extends", hint=hint)
    return SHIPPED[name]


def _style(file: _File, role: str, given: Mapping[str, Any], base: Style | None) -> Style:
    """The style of a role: what is given, and for the rest that of the theme that is extended."""
    keys = ("styles", role)
    new = _table(file, given.get(role, {}), keys)
    _known(file, new, Style.__match_args__, "a style has no key", *keys)
    checked: dict[str, Any] = {key: _CHECKS[key](file, value, (*keys, key)) for key, value in new.items()}
    style = (base or Style()).replace(**checked)
    if ROLES[role].kind == "text" and style.fill == "none":
        raise file.error(f"'{role}' has no colour", *keys, hint='write fill = "#12161c"')
    return style


def _table(file: _File, value: Any, keys: tuple[str, ...]) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    raise file.error(f"'{keys[-1]}' is not a table", *keys, hint='write { fill = "#e3eefa", stroke = "#0b5394" }')


def _known(file: _File, given: Mapping[str, Any], known: tuple[str, ...], message: str, *keys: str) -> None:
    for key in given:
        if key not in known:
            hint = did_you_mean(key, list(known)) if len(key) < MAX_SAID else ""
            raise file.error(f"{message} {_said(key)}", *keys, key, hint=hint or f"there are {', '.join(known)}")


def _said(value: Any) -> str:
    """A value as a message shows it, however long and deep it is."""
    import reprlib

    shown = reprlib.Repr()
    shown.maxstring = shown.maxother = MAX_SAID
    return shown.repr(value)


# ---- values: (file, value, its keys) -> what the style holds


def _colour(file: _File, value: Any, keys: tuple[str, ...]) -> str:
    """A colour as #rrggbb."""
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise file.error(f"{_said(value)} is not a colour", *keys, hint="write #rrggbb, such as #0b5394")
    digits = value[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def _paint(file: _File, value: Any, keys: tuple[str, ...]) -> str:
    return "none" if value == "none" else _colour(file, value, keys)


def _width(file: _File, value: Any, keys: tuple[str, ...]) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= MAX_WIDTH:
        raise file.error(f"{_said(value)} is not a width", *keys, hint=f"write a number from 0 to {MAX_WIDTH:g}")
    return float(value)


def _dash(file: _File, value: Any, keys: tuple[str, ...]) -> str:
    if isinstance(value, str) and re.fullmatch(r"(\d{1,3}(\.\d+)?( (?!$)|$))*", value):
        return value
    raise file.error(
        f"{_said(value)} is not a pattern of dashes", *keys, hint='write lengths of line and gap, such as "4 2.4"'
    )


_CHECKS = {"fill": _paint, "stroke": _paint, "width": _width, "dash": _dash}


def _place(text: str, keys: tuple[str, ...]) -> Span | None:
    """Where the last of nested keys stands in a TOML text; None where a search does not find it."""
    end, span = 0, None
    for key in keys:
        found = re.compile(rf'(?<![\w-])"?{re.escape(key)}"?(?=\s*[=.\]])').search(text, end)
        if found is None:
            return span
        end, span = found.end(), Span(*found.span())
    return span

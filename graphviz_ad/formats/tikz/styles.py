"""The styles of a tikzpicture and their colours: a theme's roles by names that a reader may change."""

from __future__ import annotations

from collections.abc import Iterable

from graphviz_ad.drawing.layered.routes import CLEAR
from graphviz_ad.drawing.regions import RADIUS as CORNER
from graphviz_ad.drawing.roles import NODES, ROLES
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.theme import Style, Theme
from graphviz_ad.drawing.vertices import AXIS, OPERATION, RADIUS, SIGN

BEND = 7.0  # of an arrow, that it goes off the lines to its corner
RINGS = 3.0  # between the two rings of an output, which TikZ draws as one double line


def number(value: float, digits: int = 3) -> str:
    """A number without zeros at its end."""
    made = f"{round(value, digits) + 0.0:.{digits}f}"  # + 0.0 makes -0.0 zero
    return made.rstrip("0").rstrip(".") if digits else made


def em(pixels: float, size: float = MATHS) -> str:
    """A length; in a node whose text has another size than the formulas, in the em of its own."""
    return f"{number(pixels / size, 2)}em"


def diameter(role: str) -> float:
    """How large a node of a role is if its label does not need more."""
    return 2 * OPERATION if role == "operation" else 2 * RADIUS - (RINGS if role == "output" else 0)


def is_sign(role: str, size: float) -> bool:
    """Whether nodes of a role hold the sign of an operation, and not a name."""
    return role == "operation" and size == SIGN


class Styles:
    """Names the styles of shapes, and remembers which were used."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._used: dict[str, dict[float, str]] = {}  # role: size of its text: name of the style

    def name(self, role: str, size: float = MATHS) -> str:
        """The style of a role, with text of a size: the first size has the plain name."""
        sizes = self._used.setdefault(role, {})
        plain = f"adgraph {_plain(role)}".replace("-", " ")
        return sizes.setdefault(size, f"{plain} {size:g}" if sizes else plain)

    def definitions(self) -> list[str]:
        """Each style that was used, in the theme's order."""
        return [
            f"{name}/.style={{{', '.join(self._options(role, style, size))}}},"
            for role, style in self.theme.styles.items()
            for size, name in self._used.get(role, {}).items()
        ]

    def colours(self) -> list[str]:
        """Each colour that they name."""
        page = {} if self.white else {"adBackground": self.theme.background}
        named = page | {
            colour: value
            for role, style in self.theme.styles.items()
            for colour, value in ((_colour(role, "Fill"), style.fill), (_colour(role, "Line"), style.stroke))
            if value != "none" and any(colour in options for options in self.definitions())
        }
        return [f"\\definecolor{{{name}}}{{HTML}}{{{value[1:].upper()}}}" for name, value in named.items()]

    @property
    def white(self) -> bool:
        """Whether the picture is for white paper, so that it needs no background."""
        return self.theme.background == "#ffffff"

    def _options(self, role: str, style: Style, size: float) -> Iterable[str]:
        if ROLES[role].kind == "text":
            yield from ("anchor=base", *_scale(size), f"text={_colour(role, 'Fill')}")
            return
        if role in NODES:
            yield from ("circle", f"minimum size={em(diameter(role), size)}", f"fill={_colour(role, 'Fill')}")
        yield from (f"draw={_colour(role, 'Line')}", f"line width={em(style.width)}")
        if style.dash:
            on, off = (em(float(part)) for part in style.dash.split())
            yield f"dash pattern=on {on} off {off}"
        if role in ("arrow", "strong"):
            yield from ("-latex", f"shorten >={em(CLEAR)}", f"rounded corners={em(BEND)}")
        if role == "region":
            yield f"rounded corners={em(CORNER)}"
        if is_sign(role, size):  # signs stand on the maths axis
            yield from (f"text height={number(2 * AXIS)}em", "text depth=0pt")
        if role == "output":
            yield from (f"double={_colour(role, 'Fill')}", f"double distance={em(RINGS - style.width)}")
            yield f"outer sep={em(RINGS / 2)}"
        if role in NODES:
            yield from (*_scale(size), f"text={_colour(ROLES[role].ink, 'Fill')}")


def _plain(role: str) -> str:
    """The name of a role: `label` for label-text, if there is no other role of that name."""
    short = role.removesuffix("-text")
    return role if short in ROLES else short


def _scale(size: float) -> list[str]:
    return [] if size == MATHS else [f"scale={number(size / MATHS)}"]


def _colour(role: str, part: str) -> str:
    is_text = ROLES[role].kind == "text"
    words = role.removesuffix("-text").split("-")
    return "ad" + "".join(map(str.capitalize, words)) + ("Text" if is_text else part)

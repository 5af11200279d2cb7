"""SVG: outlines, not fonts; colours as attributes; a title for each node and arrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from zlib import crc32

from graphviz_ad.core.request import Request
from graphviz_ad.drawing.scene import Curve, Group, Pill, Scene, Set, Shape, Text
from graphviz_ad.drawing.size import SIZES, FigureSize
from graphviz_ad.drawing.svg_paths import curve, n, place, polygon
from graphviz_ad.drawing.theme import Style, theme
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.images import PICTURE

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SIGNS = _LETTERS + "0123456789"
_ID = "\0"  # stands for the prefix of all ids until it is known; no text can hold it

DIGITS = 2  # of a pixel
SLIGHTLY = 0.005  # pixels


def svg(scene: Scene, request: Request, pixels: tuple[int, int] | None = None) -> str:
    """The scene as a self-contained SVG document; the same scene gives the same bytes. With `pixels`, it fills a
    picture of exactly so many."""
    body = _Body(request, scene)
    return _document(scene, body, body.groups(scene.groups), pixels=pixels)


def animated(scenes: Sequence[Scene], request: Request) -> str:
    """The last of the scenes as an SVG document that a browser plays through all of them. Each piece is drawn once and
    fades in at its time; a program that cannot play it, and a reader who wants no motion, shows it complete."""
    from graphviz_ad.drawing.timing import coming

    body = _Body(request, scenes[-1])
    start, *later = map(body.groups, coming(scenes))
    parts = [start, *(f'<g class="{_ID}s{number}">{part}</g>' for number, part in enumerate(later, 1))]
    return _document(scenes[-1], body, "\n".join(parts), _motion(len(scenes), request.seconds))


def _motion(frames: int, seconds: float) -> str:
    """What makes the pieces of each frame come at its time, over and over; the last frame stays three times as long.
    The opacity is that of fills and strokes, because browsers draw layers with an opacity of their own less sharply."""
    total = seconds * (frames + 2)
    fade = min(0.4, seconds / 4) / total
    rules = []
    for number in range(1, frames):
        start, name = number * seconds / total, f"{_ID}s{number}"
        hidden, seen = (f"{{fill-opacity:{opacity};stroke-opacity:{opacity}}}" for opacity in (0, 1))
        steps = f"0%,{start:.2%}{hidden}{start + fade:.2%},{1 - fade:.2%}{seen}to{hidden}"
        rules.append(f".{name}{{animation:{name} {n(total)}s infinite}}@keyframes {name}{{{steps}}}")
    if not rules:
        return ""
    return f"<style>@media screen and (prefers-reduced-motion:no-preference){{{''.join(rules)}}}</style>"


def _document(scene: Scene, body: _Body, groups: str, motion: str = "", pixels: tuple[int, int] | None = None) -> str:
    """A document of groups that are written already."""
    width, height = n(scene.width), n(scene.height)
    extent = _extent(scene, body.size, pixels)
    background = body.paint("background", Style(body.theme.background))
    fits = "" if pixels else ' style="max-width:100%;height:auto"'  # into the column of a page that it is part of
    lines = (
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {extent}{fits}'
            f' role="img" aria-labelledby="{_ID}t {_ID}d">'
        ),
        f'<title id="{_ID}t">{escape(scene.title)}</title>',
        f'<desc id="{_ID}d">{escape(scene.description)}</desc>',
        *body.night(),
        *filter(None, [motion]),
        f"<defs>{body.outlines()}</defs>",
        *([f'<rect width="100%" height="100%" {background}/>'] if body.filled else []),
        groups,
        "</svg>\n",
    )
    said = (groups + scene.title + motion).encode("utf-8", "replace")
    return "\n".join(lines).replace(_ID, body.prefix or _prefix(crc32(said)))


def _following(role: str, light: Style, dark: Style) -> str:
    """The rule of a role whose colours follow the page."""
    colours = {"fill": (light.fill, dark.fill), "stroke": (light.stroke, dark.stroke)}
    said = (f"{name}:light-dark({','.join(pair).replace('none', 'transparent')})"
            for name, pair in colours.items() if pair != ("none", "none"))  # fmt: skip
    return f".{_ID}{role}{{{';'.join(said)}}}"


def _prefix(number: int) -> str:
    """A letter and four letters or digits, which no second figure on a page has."""
    number, first = divmod(number, len(_LETTERS))
    signs = (number // len(_SIGNS) ** place % len(_SIGNS) for place in range(4))
    return _LETTERS[first] + "".join(_SIGNS[sign] for sign in signs)


def escape(text: str) -> str:
    """Text as XML character data or an attribute's value."""
    return legal(text).translate(_ENTITIES)


def legal(text: str) -> str:
    """Text without the characters that XML has no place for: they become U+FFFD."""
    if text.isprintable():  # as nearly all is
        return text
    return "".join(c if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
                   else "\ufffd" for c in text)  # fmt: skip


def rules(content: Set) -> str:
    """The bars of fractions and roots."""
    return "".join(
        f'<rect{place(r.x, r.y - r.thickness / 2)} width="{n(r.width)}" height="{n(r.thickness)}"/>'
        for r in content.rules
    )


def _extent(scene: Scene, size: FigureSize, pixels: tuple[int, int] | None) -> str:
    """Width and height: in pixels, or in points where the figure is not for a screen. A hair less than whole pixels,
    so that Typst's rounding up does not make a row more, of which it would then leave one out."""
    if pixels:
        return f'width="{pixels[0]}" height="{pixels[1] - SLIGHTLY:.3f}" preserveAspectRatio="none"'
    factor, unit = (1.0, "") if size == SIZES["screen"] else (size.points, "pt")
    factor /= scene.smaller
    return f'width="{n(scene.width * factor)}{unit}" height="{n(scene.height * factor)}{unit}"'


class _Body:
    def __init__(self, request: Request, scene: Scene) -> None:
        self.theme = theme(request.theme)
        self.size = SIZES[request.size]
        self.filled = request.background == "theme"
        self.prefix = request.id_prefix
        self.paths = scene.outlines
        self.used: dict[str, int] = {}
        self.roles: dict[str, Style] = {}

    def paint(self, role: str, style: Style) -> str:
        self.roles[role] = style
        parts = [f'fill="{style.fill}"']
        if style.stroke != "none":
            parts.append(f'stroke="{style.stroke}" stroke-width="{n(style.width * self.size.lines)}"')
        if style.dash:
            parts.append(f'stroke-dasharray="{style.dash}"')
        return " ".join([*parts, f'class="{_ID}{role}"'] if self.theme.night else parts)

    def styled(self, role: str) -> str:
        return self.paint(role, self.theme.styles[role])

    def night(self) -> list[str]:
        """The colours of a dark page, where the theme follows the reader: those of the site that the figure is part of,
        or of the browser where it is a document itself. Programs that do not know `light-dark` have the light ones."""
        dark = self.theme.night
        if dark is None:
            return []
        dark_styles = {**dark.styles, "background": Style(dark.background)}
        rules = (_following(role, style, dark_styles[role]) for role, style in self.roles.items())
        support = "@supports (color:light-dark(red,red))"
        return [f"<style>svg:root{{color-scheme:light dark}}{support}{{{''.join(rules)}}}</style>"]

    def groups(self, groups: Iterable[Group]) -> str:
        return "\n".join(self.group(group) for group in groups if group.shapes)

    def group(self, group: Group) -> str:
        title = f"<title>{escape(group.title)}</title>" if group.title else ""
        return f'<g id="{_ID}{group.key}">{title}{"".join(map(self.shape, group.shapes))}</g>'

    def shape(self, shape: Shape) -> str:
        if isinstance(shape, Text):
            return self.text(shape)
        if isinstance(shape, Pill):
            return self.pill(shape)
        drawn = curve(shape.points, DIGITS) if isinstance(shape, Curve) else polygon(shape.points, DIGITS)
        return f'<path d="{drawn}" {self.styled(shape.style)}/>'

    def text(self, text: Text) -> str:
        uses = "".join(f'<use href="#{_ID}{self.glyph(g.outline)}"{place(g.x, g.y)}/>' for g in text.set.glyphs)
        frames = "".join(
            f'<rect x="{n(f.x)}" y="{n(f.y)}" width="{n(f.width)}" height="{n(f.height)}" {self.styled("frame")}/>'
            for f in text.set.frames
        )
        inside = f"{uses}{rules(text.set)}{frames}"
        return f'<g transform="translate({n(text.x)} {n(text.y)})" {self.styled(text.style)}>{inside}</g>'

    def glyph(self, outline: str) -> str:
        return f"g{self.used.setdefault(outline, len(self.used))}"

    def outlines(self) -> str:
        """Each outline once."""
        return "".join(f'<path id="{_ID}g{number}" d="{self.paths[name]}"/>' for name, number in self.used.items())

    def pill(self, pill: Pill) -> str:
        if pill.width == pill.height:
            return f'<circle cx="{n(pill.x)}" cy="{n(pill.y)}" r="{n(pill.width / 2)}" {self.styled(pill.style)}/>'
        x, y = pill.x - pill.width / 2, pill.y - pill.height / 2
        radius = min(pill.width, pill.height) / 2
        return (
            f'<rect x="{n(x)}" y="{n(y)}" width="{n(pill.width)}" height="{n(pill.height)}" '
            f'rx="{n(radius)}" {self.styled(pill.style)}/>'
        )


FORMAT = Format("svg", (".svg",), "a typeset figure, without fonts", f"{__name__}:MAKER", f"{PICTURE} id_prefix")
MAKER = Maker(from_scene=svg, animated=animated)

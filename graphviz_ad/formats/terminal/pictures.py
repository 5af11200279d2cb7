"""Pictures in a terminal: what it says of itself, a figure for its window, and the escape sequences that show it."""

import re
import struct
from base64 import b64encode
from collections.abc import Callable, Mapping
from math import ceil, lcm

from graphviz_ad.core.diagram import Direction, Sheet
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.contrast import luminance, weak
from graphviz_ad.drawing.figure import compose
from graphviz_ad.drawing.roles import ENOUGH
from graphviz_ad.drawing.scene import Scene
from graphviz_ad.drawing.size import MARGIN, MATHS
from graphviz_ad.drawing.theme import theme
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats.images.pdf_png import MAX_SIDE, png
from graphviz_ad.formats.terminal.sixel import BAND, COLOURS, decoded, sixels

CHUNK = 4096  # bytes of base64 in one escape sequence of kitty's

# What a terminal is asked. All answer the question for their attributes, which comes last, so nobody waits for answers
# that others leave out. The look and the limits are for terminals with pictures: others print such a question, take it
# for an order, or pass it on to the terminal around them.
ATTRIBUTES = "\x1b[c"
NAME = "\x1b[>q"
LOOK = "\x1b]11;?\x1b\\\x1b[16t"  # the background, and the pixels of a cell
LIMITS = "\x1b[?1;1;0S\x1b[?2;4;0S"  # of sixels: how many colours, and how many pixels
ANSWERED = re.compile(r"\x1b\[\?([\d;]*)c")
SIXEL = "4"  # among the attributes


class Terminal(Record):
    """What is known of a terminal. It shows sixels with so many colours, no larger than so many pixels."""

    name: str = ""
    sixel: bool = False
    background: str = ""  # #rrggbb
    columns: int = 80
    cell: tuple[int, int] = (8, 17)  # pixels, across and down
    colours: int = COLOURS
    largest: tuple[int, int] | None = None

    @property
    def detail(self) -> int:
        """The pixels of a picture for each that it says it has: some measure in points, of which a screen has more."""
        return 2 if self.name.startswith("iTerm2") else 1


Protocol = Callable[[bytes, Terminal], str]


def described(answers: str, columns: int, lines: int, pixels: tuple[int, int] = (0, 0)) -> Terminal:
    """A terminal by its answers, and its size."""
    name = re.search(r"\x1bP>\|([^\x1b]*)\x1b\\", answers)
    attributes = ANSWERED.search(answers)
    colour = re.search(r"\x1b\]11;rgb:([\da-f]+)/([\da-f]+)/([\da-f]+)", answers, re.IGNORECASE)
    colours = re.search(r"\x1b\[\?1;0;(\d+)S", answers)
    largest = re.search(r"\x1b\[\?2;0;(\d+);(\d+)S", answers)
    return Terminal(
        "".join(c for c in name[1] if c.isprintable()) if name else "",
        attributes is not None and SIXEL in attributes[1].split(";"),
        "#" + "".join(f"{int(part, 16) * 255 // (16 ** len(part) - 1):02x}" for part in colour.groups())
        if colour else "",
        columns,
        _cell(answers, (pixels[0] // max(1, columns), pixels[1] // max(1, lines))),
        int(colours[1]) if colours else COLOURS,
        (int(largest[1]), int(largest[2])) if largest else None,
    )  # fmt: skip


def _cell(answers: str, measured: tuple[int, int]) -> tuple[int, int]:
    """The pixels of a cell: as answered, as measured, or usual."""
    said = re.search(r"\x1b\[6;(\d+);(\d+)t", answers)
    for across, down in ((int(said[2]), int(said[1])) if said else (0, 0), measured):
        if across > 0 and down > 0:
            return across, down
    return Terminal().cell


def protocol(terminal: Terminal, environment: Mapping[str, str]) -> Protocol | None:
    """What writes a PNG for a terminal, if it is known to show pictures."""
    for start, known in _NAMES.items():
        if terminal.name.lower().startswith(start):
            return known
    if terminal.sixel:
        return sixel
    if terminal.name or {"TMUX", "STY"} & set(environment):  # what the variables say is not of this terminal
        return None
    fitting = (known for variable, start, known in _VARIABLES if environment.get(variable, "").startswith(start))
    return next(fitting, None)


# ---- a figure for a window

SMALL = 0.7  # of the size of the text: a figure that would be smaller is tried in the other direction
DARK = 0.18  # luminance: half way, to the eye
_TURNED: dict[Direction, Direction] = {"lr": "tb", "rl": "tb", "tb": "lr", "bt": "lr"}


def pictures(sheet: Sheet, direction: Direction, terminal: Terminal) -> list[bytes]:
    """The figure as a PNG, its formulas as high as the terminal's lines. Where it is wider than the window there is one
    for each panel, made smaller if need be."""
    setter = Typesetter()
    scale, scene = _fitting(sheet, direction, terminal, setter)
    made = [(scale, scene)]
    if scale < _letter(terminal) and len(sheet.panels) > 1:
        parts = [sheet.part(panel) for panel in sheet.panels]
        made = [_fitting(part, direction, terminal, setter) for part in parts]
    look = coloured(terminal.background)
    return [png(scene, look.replace(scale=scale * terminal.detail)) for scale, scene in made]


def _fitting(sheet: Sheet, direction: Direction, terminal: Terminal, setter: Typesetter) -> tuple[float, Scene]:
    """A scene that fits into the window, and how large."""
    across = min(terminal.columns * terminal.cell[0], terminal.largest[0] if terminal.largest else MAX_SIDE)
    letter = _letter(terminal)
    fitting: list[tuple[float, Scene]] = []
    for way in (direction, _TURNED[direction]):
        scene = compose(sheet, way, setter, across / letter - 2 * MARGIN, is_strict=True)
        fitting.append((min(letter, across / scene.width), scene))
        if fitting[0][0] >= SMALL * letter:
            break
    return max(fitting, key=lambda fit: fit[0])


def _letter(terminal: Terminal) -> float:
    """How large a figure is whose formulas are as high as the terminal's lines."""
    return terminal.cell[1] / MATHS


def coloured(background: str) -> Request:
    """The theme for a background, which shows through if all but lines that only guide the eye is read well on it."""
    if not background:
        return Request()
    name = "dark" if luminance(background) < DARK else "light"
    readable = all(pair.wanted < ENOUGH for pair in weak(theme(name).replace(background=background)))
    return Request(theme=name, background="none" if readable else "theme")


# ---- escape sequences


def kitty(made: bytes, terminal: Terminal) -> str:
    """Kitty's graphics protocol: base64 in chunks, each but the last marked with m=1, and q=2: no answer."""
    data = b64encode(made).decode()
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    heads = [f"{'a=T,f=100,' if n == 0 else ''}q=2,m={int(n < len(chunks) - 1)}" for n in range(len(chunks))]
    return "".join(f"\x1b_G{head};{chunk}\x1b\\" for head, chunk in zip(heads, chunks, strict=True))


def iterm(made: bytes, terminal: Terminal) -> str:
    """iTerm2's inline images, pixel by pixel; as wide as so many columns where pixels are not those of the screen."""
    (width,) = struct.unpack(">I", made[16:20])
    size = f"width={ceil(width / terminal.detail / terminal.cell[0])};" if terminal.detail > 1 else ""
    return f"\x1b]1337;File=inline=1;{size}size={len(made)}:{b64encode(made).decode()}\x07"


def sixel(made: bytes, terminal: Terminal) -> str:
    """DEC's sixels, over the terminal's background; in pieces of whole lines where they are too high for one."""
    image = decoded(made)
    most = terminal.largest[1] if terminal.largest else image.height
    step = image.height if image.height <= most else max(1, most // (lines := lcm(BAND, terminal.cell[1]))) * lines
    pieces = [image.rows[top : top + step] for top in range(0, image.height, step)]
    return "\n".join(sixels(piece, terminal.background or "#ffffff", terminal.colours) for piece in pieces)


# Which terminals take what, by their answer and by the variables that they set.
_NAMES = {"kitty": kitty, "ghostty": kitty, "iterm2": iterm, "wezterm": iterm, "mintty": iterm}
_VARIABLES = (
    ("TERM", "xterm-kitty", kitty), ("TERM", "xterm-ghostty", kitty),
    ("TERM_PROGRAM", "ghostty", kitty), ("TERM_PROGRAM", "iTerm.app", iterm), ("LC_TERMINAL", "iTerm2", iterm),
    ("TERM_PROGRAM", "WezTerm", iterm), ("TERM_PROGRAM", "mintty", iterm),
    ("TERM", "foot", sixel), ("TERM", "mlterm", sixel), ("TERM", "yaft", sixel), ("TERM", "contour", sixel),
    ("TERM", "xterm-sixel", sixel),
)  # fmt: skip

"""Pictures in a terminal: what is written for each kind of terminal holds the picture, and others are refused."""

from __future__ import annotations

import base64
import re
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.formats.terminal.pictures import (
    CHUNK,
    Terminal,
    coloured,
    described,
    iterm,
    kitty,
    pictures,
    protocol,
    sixel,
)
from graphviz_ad.formats.terminal.sixel import decoded, sixels
from graphviz_ad.lesson.views import sheet_of
from tests.conftest import system

Pixel = tuple[int, int, int, int]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(rows: list[list[Pixel]], filters: list[int], alpha: bool = True) -> bytes:
    """A PNG whose rows are filtered as asked."""
    size = 4 if alpha else 3
    before = [0] * (size * len(rows[0]))
    data = b""
    for row, kind in zip(rows, filters, strict=True):
        here = [value for pixel in row for value in pixel[:size]]
        data += bytes([kind])
        for place, value in enumerate(here):
            left, corner = (here[place - size], before[place - size]) if place >= size else (0, 0)
            up = before[place]
            guess = left + up - corner
            nearest = min((left, up, corner), key=lambda v: abs(guess - v))
            data += bytes([(value - (0, left, up, (left + up) // 2, nearest)[kind]) & 255])
        before = here
    header = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6 if alpha else 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"tEXt", b"Title\0figure") + chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def seen(text: str) -> list[list[tuple[int, ...]]]:
    """The colours, in hundredths, that a sixel terminal shows."""
    head = re.match(r'\x1bP0;1;0q"1;1;(\d+);(\d+)', text)
    assert head is not None
    assert text.endswith("\x1b\\")
    width, height = map(int, head.groups())
    palette: dict[int, tuple[int, ...]] = {}
    shown: list[list[tuple[int, ...]]] = [[()] * width for _ in range(height)]
    x = y = colour = 0
    for match in re.finditer(r"#(\d+)(?:;2;(\d+);(\d+);(\d+))?|!(\d+)(.)|([$-])|([?-~])", text[head.end() : -2]):
        if match[1]:
            colour = int(match[1])
            if match[2]:
                palette[colour] = tuple(map(int, match.groups()[1:4]))
        elif match[7]:
            x, y = 0, y + 6 * (match[7] == "-")
        else:
            end = x + int(match[5] or 1)
            for bit in range(6):
                if (ord(match[6] or match[8]) - 63) >> bit & 1:
                    shown[y + bit][x:end] = [palette[colour]] * (end - x)
            x = end
    return shown


STEPS = st.sampled_from([0, 51, 102, 153, 204, 255])
PIXELS = st.tuples(STEPS, STEPS, STEPS, st.sampled_from([0, 255]))


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[list[Pixel]], list[int]]:
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 14))
    rows = draw(st.lists(st.lists(PIXELS, min_size=width, max_size=width), min_size=height, max_size=height))
    return rows, draw(st.lists(st.integers(0, 4), min_size=height, max_size=height))


@given(drawings(), st.booleans())
def test_sixel_shows_the_picture(drawing, alpha):
    rows, filters = drawing
    behind = (0, 100, 20)
    expected = [[tuple(v * 20 // 51 for v in p[:3]) if p[3] or not alpha else behind for p in row] for row in rows]
    assert seen(sixel(png(rows, filters, alpha), Terminal(background="#00ff33"))) == expected


def test_edges_are_mixed_with_the_background():
    row = bytes([255, 0, 0, 51])
    assert seen(sixels([row], "#000000")) == [[(20, 0, 0)]]
    assert seen(sixels([row], "#ffffff")) == [[(100, 80, 80)]]


def test_a_terminal_of_few_colours_gets_the_nearest_of_the_commonest():
    row = b"\xff\xff\xff\xff" * 5 + b"\0\0\0\xff" * 4 + b"\x33\x33\x33\xff" + b"\xcc\xff\xff\xff" * 2
    white, black = (100, 100, 100), (0, 0, 0)
    assert seen(sixels([row], "#000000", 2)) == [[*[white] * 5, *[black] * 5, *[white] * 2]]


def test_a_picture_that_is_too_high_comes_in_pieces_of_whole_lines():
    rows = [[(0, 51 * (y % 6), 255 if x == y else 0, 255) for x in range(4)] for y in range(300)]
    terminal = Terminal(cell=(9, 19), largest=(1000, 250))
    pieces = sixel(png(rows, [0] * 300), terminal).split("\n")
    assert [len(seen(piece)) for piece in pieces] == [228, 72]  # 228 is 38 times 6 and 12 times 19
    assert [row for piece in pieces for row in seen(piece)] == seen(sixel(png(rows, [0] * 300), Terminal()))


def test_a_real_png():
    import typst

    source = (
        b'#set page(width: 30pt, height: 20pt, margin: 0pt, fill: rgb("#0000ff"))\n#rect(width: 15pt, height: 20pt, '
    )
    made = typst.compile(source + b'fill: rgb("#ff9900"))', format="png", ppi=72)
    assert isinstance(made, bytes)
    image = decoded(made)
    assert (image.width, image.height) == (30, 20)
    assert [row[:4] for row in image.rows[1:-1]] == [b"\xff\x99\x00\xff"] * 18
    assert [row[-4:] for row in image.rows] == [b"\x00\x00\xff\xff"] * 20


PNG = png([[(1, 2, 3, 255)] * 900] * 2, [0, 0])


def test_kitty_gets_the_picture_in_chunks():
    long = png([[(x * y % 256, x * 7 % 256, y, 255) for x in range(100)] for y in range(100)], [0] * 100)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(long, Terminal()))
    assert len(parts) > 2
    heads = ["a=T,f=100,q=2,m=1", *["q=2,m=1"] * (len(parts) - 2), "q=2,m=0"]  # q=2: nothing is answered
    assert [head for head, _ in parts] == heads
    assert all(len(data) <= CHUNK for _, data in parts)
    assert base64.b64decode("".join(data for _, data in parts)) == long


@pytest.mark.parametrize(("name", "size"), [("WezTerm 20240203", ""), ("iTerm2 3.5.10", "width=57;")])
def test_iterm_gets_the_picture_at_once(name, size):
    head, _, data = iterm(PNG, Terminal(name, cell=(8, 17))).partition(":")
    assert head == f"\x1b]1337;File=inline=1;{size}size={len(PNG)}"
    assert base64.b64decode(data.removesuffix("\x07")) == PNG


# ---- what a terminal answers, as real ones did


@pytest.mark.parametrize(
    ("answers", "expected", "known"),
    [
        (
            "\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[6;20;9t\x1b[?62;c",
            Terminal("kitty(0.26.5)", False, "#000000", 100, (9, 20)),
            kitty,
        ),
        (  # says nothing of its cells; its window has borders
            "\x1bP>|XTerm(379)\x1b\\\x1b[?63;1;2;4;6;9;15;16;22;28c\x1b]11;rgb:ffff/ffff/ffff\x1b\\"
            "\x1b[?1;0;1024S\x1b[?2;0;1000;1000S\x1b[?63;1;2;4;6;9;15;16;22;28c",
            Terminal("XTerm(379)", True, "#ffffff", 100, (9, 19), 1024, (1000, 1000)),
            sixel,
        ),
        (
            "\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c\x1b]11;rgb:2323/2626/2727\x1b\\\x1b[6;18;8t"
            "\x1b[?1;0;256S\x1b[?2;0;16384;16384S\x1b[?62;1;4c",
            Terminal("Konsole 22.12.3", True, "#232627", 100, (8, 18), 256, (16384, 16384)),
            sixel,
        ),
        (  # mlterm has no name, and no limit
            "\x1b[?63;1;2;3;4;6;7;15;18;22;29c\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[6;22;10t"
            "\x1b[?1;0;1024S\x1b[?1;3;0S\x1b[?63;1;2;3;4;6;7;15;18;22;29c",
            Terminal("", True, "#ffffff", 100, (10, 22), 1024),
            sixel,
        ),
        ("\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6;9;15c", Terminal("XTerm(379)", False, "", 100, (9, 19)), None),
        ("\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c", Terminal("tmux 3.3a", False, "", 100, (9, 19)), None),
        ("\x1bP>|tmux 3.4\x1b\\\x1b[?1;2;4c", Terminal("tmux 3.4", True, "", 100, (9, 19)), sixel),
        ("", Terminal("", False, "", 100, (9, 19)), None),
    ],
)
def test_the_terminal_is_known_by_its_answers(answers, expected, known):
    terminal = described(answers, 100, 40, (905, 764))
    assert terminal == expected
    inherited = {"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}  # of the terminal that this one was started from
    assert protocol(terminal, inherited) is known


def test_a_colour_in_few_digits_and_no_pixels():
    terminal = described("\x1b]11;rgb:f/80/000\x07\x1b[6;0;0t", 80, 24)
    assert (terminal.background, terminal.cell) == ("#ff8000", Terminal().cell)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, kitty),
        ({"TERM": "xterm-ghostty"}, kitty),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, iterm),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, iterm),
        ({"TERM": "foot"}, sixel),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, None),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0", "LC_TERMINAL": "iTerm2"}, None),
        ({"TERM": "xterm-kitty", "STY": "1.pts-0"}, None),
        ({}, None),
    ],
)
def test_one_that_does_not_answer_is_known_by_its_environment(environment, expected):
    assert protocol(Terminal(), environment) is expected


# ---- a figure for its window


def size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


SHEET = sheet_of(system("y=2x^3+3; z=y^2"), ("forward", "backward-simplified"))


def test_formulas_are_as_high_as_lines():
    (small,) = pictures(SHEET, "lr", Terminal(columns=200, cell=(8, 17)))
    (large,) = pictures(SHEET, "lr", Terminal(columns=200, cell=(16, 34)))
    assert [abs(2 * a - b) <= 1 for a, b in zip(size(small), size(large), strict=True)] == [True, True]
    (points,) = pictures(SHEET, "lr", Terminal("iTerm2 3.5", columns=200, cell=(8, 17)))
    assert size(points) == size(large)


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 120])
def test_no_picture_is_wider_than_the_window(columns):
    made = pictures(SHEET, "lr", Terminal(columns=columns))
    assert all(size(picture)[0] <= 8 * columns for picture in made)
    assert len(made) == (2 if columns < 40 else 1)  # what does not fit together is shown panel by panel


def test_nor_than_the_terminal_draws():
    (picture,) = pictures(SHEET, "lr", Terminal(sixel=True, columns=200, largest=(500, 500)))
    assert size(picture)[0] <= 500


@pytest.mark.parametrize(
    ("background", "theme", "shown"),
    [
        ("#ffffff", "light", "none"), ("#fdf6e3", "light", "none"), ("#000000", "dark", "none"),
        ("#232627", "dark", "none"), ("#002b36", "dark", "none"),
        ("#808080", "light", "theme"), ("#0000ff", "dark", "theme"),  # nothing is read on these
        ("", "light", "theme"),
    ],
)  # fmt: skip
def test_the_theme_is_that_of_the_background(background, theme, shown):
    options = coloured(background)
    assert (options.theme, options.background) == (theme, shown)


# ---- PNG


@pytest.mark.parametrize("data", [b"GIF89a", png([[(0, 0, 0, 0)]], [0])[:-12].replace(b"\x08\x06", b"\x10\x06")])
def test_what_is_not_read(data):
    with pytest.raises(AdgraphError):
        decoded(data)

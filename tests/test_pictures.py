"""Pictures in a terminal: what is written for each kind of terminal holds the picture, and others are refused."""

from __future__ import annotations

import base64
import re
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphviz_ad.errors import AdgraphError
from graphviz_ad.render.pictures import CHUNK, decoded, iterm, kitty, protocol, sixel

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
    head = re.match(r'\x1bPq"1;1;(\d+);(\d+)', text)
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
def pictures(draw: st.DrawFn) -> tuple[list[list[Pixel]], list[int]]:
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 14))
    rows = draw(st.lists(st.lists(PIXELS, min_size=width, max_size=width), min_size=height, max_size=height))
    return rows, draw(st.lists(st.integers(0, 4), min_size=height, max_size=height))


@given(pictures(), st.booleans())
def test_sixel_shows_the_picture(picture, alpha):
    rows, filters = picture
    white = (100, 100, 100)
    expected = [[tuple(v * 20 // 51 for v in p[:3]) if p[3] or not alpha else white for p in row] for row in rows]
    assert seen(sixel(png(rows, filters, alpha), 80)) == expected


def test_a_real_png():
    import typst

    source = (
        b'#set page(width: 30pt, height: 20pt, margin: 0pt, fill: rgb("#0000ff"))\n#rect(width: 15pt, height: 20pt, '
    )
    made = typst.compile(source + b'fill: rgb("#ff9900"))', format="png", ppi=72)
    assert isinstance(made, bytes)
    width, height, rows = decoded(made)
    assert (width, height) == (30, 20)
    assert [bytes(row[:3]) for row in rows[1:-1]] == [b"\xff\x99\x00"] * 18
    assert [bytes(row[-3:]) for row in rows] == [b"\x00\x00\xff"] * 20


PNG = png([[(1, 2, 3, 255)] * 900] * 2, [0, 0])


def test_kitty_gets_the_picture_in_chunks():
    long = png([[(x * y % 256, x * 7 % 256, y, 255) for x in range(100)] for y in range(100)], [0] * 100)
    parts = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty(long, 80))
    assert len(parts) > 2
    assert [head for head, _ in parts] == ["a=T,f=100,m=1", *["m=1"] * (len(parts) - 2), "m=0"]
    assert all(len(data) <= CHUNK for _, data in parts)
    assert base64.b64decode("".join(data for _, data in parts)) == long
    assert kitty(PNG, 80).startswith("\x1b_Ga=T,f=100,c=80,m=0;")  # wider than the terminal


def test_iterm_gets_the_picture_at_once():
    head, _, data = iterm(PNG, 80).partition(":")
    assert head == f"\x1b]1337;File=inline=1;size={len(PNG)}"
    assert base64.b64decode(data.removesuffix("\x07")) == PNG


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"TERM": "xterm-kitty"}, kitty),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, kitty),
        ({"TERM": "xterm-ghostty"}, kitty),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, iterm),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, iterm),
        ({"TERM": "foot"}, sixel),
        ({"TERM": "xterm-sixel"}, sixel),
    ],
)
def test_the_terminal_is_known_by_its_environment(environment, expected):
    assert protocol(environment) is expected


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"TERM": "xterm-256color"}, "xterm-256color"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "Apple_Terminal"),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, "tmux-256color"),
        ({}, "no TERM"),
    ],
)
def test_other_terminals_are_refused(environment, name):
    with pytest.raises(AdgraphError, match=re.escape(f"this terminal ({name}) is not known to show pictures")):
        protocol(environment)


@pytest.mark.parametrize("data", [b"GIF89a", png([[(0, 0, 0, 0)]], [0])[:-12].replace(b"\x08\x06", b"\x10\x06")])
def test_what_is_not_read(data):
    with pytest.raises(AdgraphError):
        decoded(data)

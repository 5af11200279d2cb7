"""Pictures in a terminal: PNG in the escape sequences of kitty, iTerm2 and sixel terminals."""

import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping

from graphviz_ad.errors import AdgraphError

CHUNK = 4096  # bytes of base64 in one escape sequence of kitty's
_SIGNATURE = b"\x89PNG\r\n\x1a\n"

CELL = 8  # pixels that a column of a terminal is wide at least

Protocol = Callable[[bytes, int], str]  # a PNG, in a terminal of so many columns


def protocol(environment: Mapping[str, str]) -> Protocol:
    """What writes a PNG for the terminal of an environment. Raises AdgraphError for one not known to show pictures."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "TMUX" not in environment and not term.startswith(("screen", "tmux")):  # these pass no pictures on
        if "KITTY_WINDOW_ID" in environment or term in ("xterm-kitty", "xterm-ghostty") or program == "ghostty":
            return kitty
        if program in ("iTerm.app", "WezTerm", "mintty") or environment.get("LC_TERMINAL") == "iTerm2":
            return iterm
        if "sixel" in term or term in ("foot", "foot-extra", "mlterm", "yaft-256color", "contour"):
            return sixel
    raise AdgraphError(
        f"this terminal ({program or term or 'no TERM'}) is not known to show pictures",
        hint="kitty, iTerm2, WezTerm, Ghostty and foot do; else write a file: adgraph draw SOURCE -o figure.png",
    )


def kitty(png: bytes, columns: int) -> str:
    """Kitty's graphics protocol: base64 in chunks, each but the last marked with m=1."""
    (width,) = struct.unpack(">I", png[16:20])
    size = f",c={columns}" if width > columns * CELL else ""
    data = b64encode(png).decode()
    chunks = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)]
    heads = [f"{f'a=T,f=100{size},' if n == 0 else ''}m={int(n < len(chunks) - 1)}" for n in range(len(chunks))]
    return "".join(f"\x1b_G{head};{chunk}\x1b\\" for head, chunk in zip(heads, chunks, strict=True))


def iterm(png: bytes, columns: int) -> str:
    """iTerm2's inline images, which it shrinks to its width."""
    return f"\x1b]1337;File=inline=1;size={len(png)}:{b64encode(png).decode()}\x07"


# ---- sixel: six rows of pixels at a time, colour by colour


def sixel(png: bytes, columns: int) -> str:
    """DEC's sixel graphics, in 216 colours and on white."""
    width, height, pixels = decoded(png)
    rows = [_numbered(row) for row in pixels]
    palette = "".join(
        f"#{n};2;{';'.join(str(20 * part) for part in (n // 36, n // 6 % 6, n % 6))}" for n in sorted({*b"".join(rows)})
    )
    bands = "-".join(_band(rows[top : top + 6]) for top in range(0, height, 6))
    return f'\x1bPq"1;1;{width};{height}{palette}{bands}\x1b\\'


_LEVELS = [round(value / 51) for value in range(256)]  # six of each colour


def _numbered(row: bytes) -> bytes:
    """The numbers of the colours of a row, all at once: as digits to base 6, which add up without a carry."""
    parts = (row[place::3].translate(bytes(scale * level for level in _LEVELS))
             for place, scale in enumerate((36, 6, 1)))  # fmt: skip
    return _wide(sum(map(_whole, parts)), len(row) // 3)


def _band(rows: list[bytes]) -> str:
    """Six rows: for each colour in them a line of characters whose bits, above 63, say where it is."""
    lines = []
    for number in sorted({*b"".join(rows)}):
        bits = 0
        for place, row in enumerate(rows):
            seen = bytearray(256)
            seen[number] = 1 << place
            bits |= _whole(row.translate(seen))
        line = _wide(bits, len(rows[0])).translate(bytes(range(63, 256)) + bytes(63))
        lines.append(f"#{number}{_shortened(line.decode())}")
    return "$".join(lines)


def _whole(row: bytes) -> int:
    return int.from_bytes(row, "big")


def _wide(number: int, length: int) -> bytes:
    return number.to_bytes(length, "big")


def _shortened(line: str) -> str:
    """Runs of a character as its number and it."""
    return re.sub(r"(.)\1{3,}", lambda run: f"!{len(run[0])}{run[1]}", line)


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and the rows of a PNG as bytes of red, green and blue, what is transparent on white. Raises
    AdgraphError for kinds of PNG that no figure of ours is."""
    header, data = b"", b""
    for kind, body in _chunks(png):
        header = body if kind == b"IHDR" else header
        data += body if kind == b"IDAT" else b""
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", header or bytes(13))
    if depth != 8 or colours not in (2, 6) or interlaced:
        raise AdgraphError("this PNG has colours that are not read for sixel", hint="write a file: -o figure.png")
    size = 3 if colours == 2 else 4
    rows, raw = [], zlib.decompress(data)
    before = bytes(width * size)
    for top in range(0, height * (width * size + 1), width * size + 1):
        before = _unfiltered(raw[top], raw[top + 1 : top + 1 + width * size], before, size)
        rows.append(before if size == 3 else _on_white(before))
    return width, height, rows


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not png.startswith(_SIGNATURE):
        raise AdgraphError("this is no PNG")
    place = len(_SIGNATURE)
    while place + 8 <= len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _unfiltered(kind: int, row: bytes, above: bytes, size: int) -> bytes:
    """A row of a PNG: its bytes are differences from what was predicted of what is left of them and above them."""
    if kind == 0:
        return row
    if kind == 4 and not any(row):
        return above
    if kind == 2:
        return bytes([(one + other) & 255 for one, other in zip(row, above, strict=True)])
    predicted = _PREDICTED[kind]
    made = bytearray(size) + row  # what is left of the first pixel is 0
    for place, (up, corner) in enumerate(zip(above, bytes(size) + above, strict=False)):
        made[place + size] = (made[place + size] + predicted(made[place], up, corner)) & 255
    return bytes(made[size:])


def _paeth(left: int, up: int, corner: int) -> int:
    if left == corner:
        return up
    if up == corner:
        return left
    across, along, both = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    return left if across <= along and across <= both else up if along <= both else corner


_PREDICTED: dict[int, Callable[[int, int, int], int]] = {
    1: lambda left, up, corner: left,
    3: lambda left, up, corner: (left + up) // 2,
    4: _paeth,
}


def _on_white(row: bytes) -> bytes:
    """A row with transparency, over white."""
    alpha, made = row[3::4], bytearray(len(row) // 4 * 3)
    for part in range(3):
        colour = row[part::4]
        if any(a != 255 for a in alpha):
            colour = bytes([255 + (value - 255) * a // 255 for value, a in zip(colour, alpha, strict=True)])
        made[part::3] = colour
    return bytes(made)

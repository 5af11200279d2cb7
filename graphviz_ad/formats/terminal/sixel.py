"""DEC's sixels: six rows of pixels at a time, colour by colour; and the reading of the PNG that they are made of."""

import re
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record

COLOURS = 256  # that are told apart at most
BAND = 6  # rows of pixels in one of characters
_SIGNATURE = b"\x89PNG\r\n\x1a\n"

Colour = tuple[int, int, int]  # in hundredths, as sixels have them


class Image(Record):
    """The rows of a picture, four bytes a pixel: red, green, blue and how opaque it is."""

    width: int
    height: int
    rows: list[bytes]


def sixels(image: Sequence[bytes], background: str, colours: int = COLOURS) -> str:
    """Rows of pixels for a sixel terminal, over a background: not every one lets its own show through. Where it has too
    few colours, rare ones become the nearest of the common ones."""
    rows = [memoryview(row).cast("I").tolist() for row in image]
    behind = bytes.fromhex(background[1:])
    mixed = {pixel: _mixed(pixel.to_bytes(4, sys.byteorder), behind) for pixel in set().union(*rows)}
    counts: Counter[Colour] = Counter()
    for row in rows:
        for pixel, count in Counter(row).items():
            counts[mixed[pixel]] += count
    commonest = sorted(counts, key=lambda colour: (-counts[colour], colour))
    palette = commonest[: min(max(2, colours), COLOURS)]
    numbers = {colour: number for number, colour in enumerate(palette)}
    numbers |= {colour: numbers[_nearest(colour, palette)] for colour in counts.keys() - numbers.keys()}
    table = {pixel: numbers[colour] for pixel, colour in mixed.items()}
    lines = [bytes(map(table.__getitem__, row)) for row in rows]
    shades = "".join(f"#{number};2;{red};{green};{blue}" for number, (red, green, blue) in enumerate(palette))
    bands = "-".join(_band(lines[top : top + BAND]) for top in range(0, len(lines), BAND))
    return f'\x1bP0;1;0q"1;1;{len(lines[0])};{len(lines)}{shades}{bands}\x1b\\'


def _mixed(pixel: bytes, behind: bytes) -> Colour:
    """The colour of a pixel over a background."""
    red, green, blue = (
        round((value * pixel[3] + under * (255 - pixel[3])) / 650.25)
        for value, under in zip(pixel, behind, strict=False)
    )
    return red, green, blue


def _nearest(colour: Colour, palette: Sequence[Colour]) -> Colour:
    return min(palette, key=lambda near: sum((one - other) ** 2 for one, other in zip(near, colour, strict=True)))


def _band(rows: list[bytes]) -> str:
    """Six rows: for each colour in them a line of characters whose bits, above 63, say where it is."""
    lines = []
    for number in sorted({*b"".join(rows)}):
        bits = 0
        for place, row in enumerate(rows):
            if number in row:
                seen = bytearray(256)
                seen[number] = 1 << place
                bits |= int.from_bytes(row.translate(seen), "big")
        line = bits.to_bytes(len(rows[0]), "big").translate(bytes(range(63, 256)) + bytes(63))
        lines.append(f"#{number}{_shortened(line.decode().rstrip('?'))}")
    return "$".join(lines)


def _shortened(line: str) -> str:
    """Each run of one character as its length and the character."""
    return re.sub(r"(.)\1{3,}", lambda run: f"!{len(run[0])}{run[1]}", line)


# ---- PNG


def decoded(png: bytes) -> Image:
    """The picture in a PNG. Raises AdgraphError for kinds of PNG that no figure of ours is."""
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
        rows.append(before if size == 4 else _opaque(before))
    return Image(width, height, rows)


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
    if kind in (2, 4) and not any(row):
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


def _opaque(row: bytes) -> bytes:
    """A row of red, green and blue, all of it opaque."""
    made = bytearray(b"\xff" * (len(row) // 3 * 4))
    for part in range(3):
        made[part::4] = row[part::3]
    return bytes(made)

"""Pictures as arrays, and what PDF and PNG files say of themselves: read by hand, independent of what wrote them."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import zlib

import numpy as np
import pytest


def chunks(picture: bytes) -> list[tuple[str, bytes]]:
    """The chunks of a PNG, each checked."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    found, place = [], 8
    while place < len(picture):
        length, kind = struct.unpack(">I4s", picture[place : place + 8])
        data = picture[place + 8 : place + 8 + length]
        assert struct.unpack(">I", picture[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + data)
        found.append((kind.decode(), data))
        place += 12 + length
    return found


def pixels(picture: bytes) -> np.ndarray:
    """A PNG of 8 bits as rows of pixels of red, green, blue and, if it has one, alpha."""
    parts = chunks(picture)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    assert (depth, interlaced) == (8, 0)
    channels = {2: 3, 6: 4}[colour]
    data = zlib.decompress(b"".join(data for kind, data in parts if kind == "IDAT"))
    lines = np.frombuffer(data, np.uint8).reshape(height, 1 + width * channels)
    rows = np.zeros((height + 1, width + 1, channels), int)  # with a border of zeros above and to the left
    for y, (kind, *line) in enumerate(lines.tolist()):
        row, above = rows[y + 1], rows[y]
        row[1:] = np.reshape(line, (width, channels))
        if kind == 2:
            row[1:] = (row[1:] + above[1:]) % 256
        for x in range(1, width + 1) if kind in (1, 3, 4) else ():
            left, up, corner = row[x - 1], above[x], above[x - 1]
            guess = {1: left, 3: (left + up) // 2}.get(kind)
            row[x] = (row[x] + (_paeth(left, up, corner) if guess is None else guess)) % 256
    return rows[1:, 1:]


def _paeth(left: np.ndarray, up: np.ndarray, corner: np.ndarray) -> np.ndarray:
    guess = left + up - corner
    a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
    return np.where((a <= b) & (a <= c), left, np.where(b <= c, up, corner))


def drawn_by(program: str, *words: str, data: bytes) -> bytes:
    """What a program of the machine makes of a file; the test is skipped where there is no such program."""
    if shutil.which(program) is None:
        pytest.skip(f"needs {program}")
    return subprocess.run([program, *words], input=data, check=True, capture_output=True).stdout


def box(document: bytes) -> tuple[float, ...]:
    """The width and height of the one page of a PDF."""
    (found,) = boxes(document)
    return found


def boxes(document: bytes) -> list[tuple[float, ...]]:
    """The width and height of each page of a PDF."""
    sides = [map(float, found.split()) for found in re.findall(rb"/MediaBox\s*\[([^]]*)\]", document)]
    return [(right - left, top - bottom) for left, bottom, right, top in sides]


def strings(document: bytes, key: str) -> list[str]:
    """The texts that a PDF has under a key."""
    escaped = rb"\((?P<plain>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)\)|<FEFF(?P<wide>[0-9A-F]*)>"
    found = re.finditer(rb"/" + key.encode() + rb"\s*(?:" + escaped + rb")", document, re.DOTALL)
    return [
        bytes.fromhex(match["wide"].decode()).decode("utf-16-be")
        if match["wide"] is not None
        else re.sub(rb"\\(.)", rb"\1", match["plain"], flags=re.DOTALL).decode("latin-1")
        for match in found
    ]


def streams(document: bytes) -> bytes:
    """The content of every compressed stream of a PDF."""
    found = re.findall(rb"/FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", document, re.DOTALL)
    return b"\n".join(map(zlib.decompress, found))

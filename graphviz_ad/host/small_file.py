"""Files that options name, such as a theme: texts of a moderate size, and no pipe or device, which may have no end."""

import os
import stat

from graphviz_ad.core.errors import AdgraphError


def read_small(path: str, most: int = 1_000_000) -> str:
    """The text of a file of at most so many bytes. Raises AdgraphError for what is no such file."""
    try:
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # or a pipe would keep us waiting
        with os.fdopen(number, "rb") as file:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise AdgraphError(f"cannot read '{path}': it is not a file")
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise AdgraphError(f"cannot read '{path}': {getattr(error, 'strerror', error)}") from error
    if len(data) > most:
        raise AdgraphError(f"cannot read '{path}': it is larger than {most:,} bytes")
    return decoded(data, f"'{path}'")


def decoded(data: bytes, name: str) -> str:
    """The text of bytes, its lines ended by \\n. Raises AdgraphError for what is no UTF-8, which has this name."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise AdgraphError(f"{name} is not UTF-8 (byte {error.start + 1})", hint="save it as UTF-8") from error

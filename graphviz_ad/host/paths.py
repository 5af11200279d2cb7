"""What is the name of a file and what is mathematics; and what is said of a file that is none, or is not there."""

from __future__ import annotations

import errno
import os
import re
import stat
from itertools import islice

from graphviz_ad.core.errors import AdgraphError, did_you_mean

# What ends like this is the name of a file, whatever stands before: week+1.adg is no sum.
_KINDS = (
    "adg txt text eq dat md markdown rst qmd rmd tex ltx latex typ html htm py ipynb json toml yaml yml csv svg pdf "
    "png dot gv docx odt"
)
SUFFIXES = tuple(f".{kind}" for kind in _KINDS.split())
MAX_SHOWN = 60  # characters of a name that is not there
MAX_LISTED = 2000  # files among which the nearest name is looked for

_MATHEMATICS = frozenset("\n;$=+*^\\")  # what is in no name that is not there, unless its suffix says so
_SLASHES = r"(?:~|\.{1,2})?/.*|\w+://.*|[\w./-]+/"  # ./a, /a, ~/a, https://a, a/
_NOT_READ = {stat.S_ISCHR: "a device", stat.S_ISBLK: "a device", stat.S_ISSOCK: "a socket"}


def has_suffix(source: str) -> bool:
    """Whether words end like the name of a file of a known kind."""
    return source.lower().endswith(SUFFIXES) and not set(source) & {"\n", ";", "$"}


def looks_like_file(source: str) -> bool:
    """Whether words look like the name of a file, there or not: by a suffix, or by slashes that divide nothing."""
    if has_suffix(source) or _is_path(source):
        return True
    return "/" in source and os.path.isdir(os.path.dirname(source))  # a/b, where there is a folder a


def _is_path(source: str) -> bool:
    """Whether words are no mathematics: a.b (2.x is), ./a, a/"""
    if set(source) & _MATHEMATICS:
        return False
    head, _, tail = source.rpartition(".")
    word = re.split(r"\W", head[-MAX_SHOWN:])[-1]
    dotted = bool(word) and not word.isdecimal() and tail.isidentifier()
    return dotted or ("/" in source and re.fullmatch(_SLASHES, source) is not None)


def is_there(name: str) -> bool:
    """Whether there is something of that name, were it a link to nothing. Raises AdgraphError where a folder on the way
    may not be looked into."""
    try:
        os.lstat(name)
    except (OSError, ValueError) as error:  # of a ValueError: null characters, lone surrogates
        if getattr(error, "errno", None) == errno.EACCES:
            raise AdgraphError(f"cannot read '{name}': permission denied") from error
        if getattr(error, "errno", None) == errno.ELOOP:
            raise _looped(name) from error
        return False
    return True


def check_name(file: str) -> None:
    """Raise AdgraphError for a name that the system cannot look up, and for what is there and is not to be read."""
    if is_there(file):
        check_readable(file)
    elif len(os.path.basename(file)) > MAX_SHOWN:
        raise missing(file)


def check_readable(file: str) -> None:
    """Raise AdgraphError for what is there and is not to be read: a folder, a device, a link to nothing."""
    try:
        mode = os.stat(file).st_mode
    except FileNotFoundError as error:
        message = f"'{file}' is a link to '{os.readlink(file)}', which is not there"
        raise AdgraphError(message, hint="mend the link") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise _looped(file) from error
        raise AdgraphError(f"cannot read '{file}': {error.strerror}") from error
    if stat.S_ISDIR(mode):
        raise AdgraphError(f"'{file}' is a folder", hint="name a file of equations in it")
    for is_kind, words in _NOT_READ.items():
        if is_kind(mode):
            raise AdgraphError(f"'{file}' is {words}, not a file", hint="- is standard input")


def missing(name: str) -> AdgraphError:
    """The error of a file that is not there, with the nearest name that is."""
    shown = name if len(name) <= MAX_SHOWN else f"{name[:MAX_SHOWN]}…"
    is_quotient = not (has_suffix(name) or _is_path(name))
    formula = f"for the formula put a blank before it: ' {shown}'" if is_quotient else ""
    return AdgraphError(f"there is no file '{shown}'", hint="; ".join(filter(None, (_nearest(name), formula))))


def ambiguous(file: str) -> str:
    """The note on a file whose name could be a formula."""
    return f"'{file}' is read as the file of that name; for the formula put a blank before it: ' {file}'"


def _looped(name: str) -> AdgraphError:
    return AdgraphError(f"'{name}' is a loop of symbolic links", hint="mend the link")


def _nearest(name: str) -> str:
    folder, last = os.path.split(name)
    try:
        with os.scandir(folder or ".") as entries:
            names = [entry.name for entry in islice(entries, MAX_LISTED) if os.path.isfile(entry)]
    except (OSError, ValueError):
        return f"there is no folder '{folder[:MAX_SHOWN]}'"
    near = did_you_mean(last, sorted(names))
    return near or 'write equations, such as "y = x^2", or the name of a file'

"""Sources: words, files of equations, standard input, or the places of Python functions."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Mapping
from typing import BinaryIO

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import is_python
from graphviz_ad.host.paths import ambiguous, check_name, check_readable, is_there, looks_like_file, missing
from graphviz_ad.host.small_file import decoded
from graphviz_ad.read import recognised

_NETWORK = "write the layers as equations, or as a Python function of numbers: adgraph draw lesson.py:loss"
_ARRAY = "values go with --at x=0.5; equations are text"
_PICTURE = "type the formula, or save it as text"
# Files that are no text: what they are, and what to do instead.
_BINARY = {
    ".onnx": ("a network in ONNX's format", _NETWORK),
    **dict.fromkeys((".pt", ".pth", ".ckpt", ".safetensors"), ("the weights of a network", _NETWORK)),
    **dict.fromkeys((".h5", ".keras", ".pb", ".tflite"), ("a network of TensorFlow's", _NETWORK)),
    **dict.fromkeys((".npy", ".npz", ".mat"), ("a file of arrays", _ARRAY)),
    **dict.fromkeys((".pkl", ".pickle"), ("a file of Python objects", _ARRAY)),
    **dict.fromkeys((".pdf", ".png", ".jpg", ".jpeg", ".gif"), ("a picture or a print", _PICTURE)),
    **dict.fromkeys((".docx", ".odt", ".pptx", ".xlsx", ".zip"), ("a document that is no text", _PICTURE)),
    ".pyc": ("compiled Python", "name the .py file and its function: lesson.py:loss"),
}


class SourceText(Record):
    """A source: its text, or for Python the place of its function; its language; its file, if it is one; notes on what
    it was taken for; and `at`, the values that a document gives its inputs, as texts."""

    text: str
    language: str
    origin: str = ""
    notes: tuple[str, ...] = ()
    at: Mapping[str, str] = {}


def read_source(source: str, language: str = "auto") -> SourceText:
    """A source from standard input for `-`, from a file where there is one of that name, else the words themselves.

    `file.py:function` is the place of a Python function, which is not read here. Raises AdgraphError for what looks
    like a file and is none.
    """
    if is_python(source, language):
        check_name(source if source.endswith(".py") else source.rpartition(":")[0])
        return SourceText(source, "python")
    if source == "-":
        return _read(_standard_input(), "standard input", "standard input", language)
    if is_there(source):
        read = read_file(source, language)
        return read if looks_like_file(source) else read.replace(notes=(ambiguous(source),))
    if looks_like_file(source):
        raise missing(source)
    return SourceText(source, recognised(source) if language == "auto" else language)


def read_file(file: str, language: str = "auto") -> SourceText:
    """The source in a file. Raises AdgraphError for one that cannot be read, or is not there."""
    with _opened(file) as stream:
        kind = _BINARY.get(os.path.splitext(file)[1].lower())
        if kind is not None and language in ("auto", "text", "latex"):
            raise AdgraphError(f"'{file}' is {kind[0]}, and equations are read here", hint=kind[1])
        return _read(stream, f"'{file}'", file, language)


def read_text(file: str, most: int) -> str:
    """The text of a file of no more than so many bytes. Raises AdgraphError for another."""
    return decoded(read_bytes(file, most), f"'{file}'")


def read_bytes(file: str, most: int) -> bytes:
    """What is in a file of no more than so many bytes, as it is. Raises AdgraphError for another."""
    with _opened(file) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise AdgraphError(f"'{file}' has more than the {most:,} bytes that are read", hint="divide it into several")
    return data


def _opened(file: str) -> BinaryIO:
    if not is_there(file):
        raise missing(file)
    check_readable(file)
    try:
        return open(file, "rb")
    except OSError as error:
        raise AdgraphError(f"cannot read '{file}': {error.strerror}") from error


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise AdgraphError("cannot read standard input: it is closed", hint="name a file of equations")
    return sys.stdin.buffer


def _read(stream: BinaryIO, name: str, origin: str, language: str) -> SourceText:
    """What a stream says; of one that never ends no more than is read is taken."""
    from graphviz_ad.read.length import MAX_SOURCE, SHORTER

    most = 4 * MAX_SOURCE + len(codecs.BOM_UTF8)  # bytes
    try:
        data = stream.read(most + 1)
    except OSError as error:
        raise AdgraphError(f"cannot read {name}: {error.strerror}") from error
    if len(data) > most:
        raise AdgraphError(f"{name} has more than the {MAX_SOURCE:,} characters that are read", hint=SHORTER)
    text = decoded(data, name)
    if language == "auto":
        language = "latex" if origin.lower().endswith(".tex") else recognised(text)
    return SourceText(text, language, origin)

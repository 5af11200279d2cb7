"""One call of the command in a folder of its own, and what is asked of every call, whatever it was given."""

from __future__ import annotations

import os
import random
import tempfile
import unicodedata
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from graphviz_ad.cli.main import main

HOSTILE = (
    "\x1b[31m", "\x1b]0;x\x07", "\x9b31m", "\x00", "\r", "\n", "\t", "\x7f", "\x85", "\u202e", "\u2066", "\u2028",
    "\u2029",
    "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\udcff", "\ud800", "\ufffe", "\u3164", "\ufe0f", "e\u0301",
    "\u20d7", "é", "ж",
    "中", "🎉", "𝐰", "ﬁ", "<script>", "</title>", "</svg>", "<!--", "-->", "]]>", "&lt;", "&amp;", "'", '"', "`",
    "``", "\\",
    "\\\\", "\\end{document}", "\\input{x}", "^^M", "%", "%%", "#", "$", "$$", "~", "|", "||", "*", "**", "_", "[",
    "](", "{{",
    "{%", "}}", "{", "}", "(", ")", "<", ">", ";", ",", ":", "=", "/", "//", "?", "!", "@", " ", "  ", "\u00a0",
    "\u3000", "-", "+",
    "end", "subgraph", "click", "javascript:alert(1)", "onload=x", "NaN", "inf", "1e999", "9" * 60, "α", "∂",
    "x" * 300,
)  # fmt: skip


class Call(NamedTuple):
    """The words of a command line, the files that are there before, and patterns of those that it may leave."""

    words: tuple[str, ...]
    files: Mapping[str, str | bytes] = {}
    may_leave: tuple[str, ...] = ()
    stdin: str = ""
    binary: bool = False


class Done(NamedTuple):
    status: int
    stdout: str
    stderr: str
    left: Mapping[str, bytes]


def hostile(rng: random.Random, most: int = 4) -> str:
    """A text of things that somebody downstream might take for more than text."""
    parts = [rng.choice(HOSTILE) if rng.random() < 0.7 else chr(rng.choice((*range(0x250), *range(0x2000, 0x2070))))
             for _ in range(rng.randint(1, most))]  # fmt: skip
    return "".join(parts)


def mutated(rng: random.Random, text: str) -> str:
    """The text with a piece left out, doubled, exchanged or put in."""
    place = rng.randrange(len(text) + 1)
    end = min(len(text), place + rng.randint(0, 3))
    return (
        text[:place]
        + rng.choice(("", text[place:end] * 2, hostile(rng, 1), rng.choice("0(){}=,;:.-^\\ ")))
        + text[end:]
    )


def active(text: str) -> list[str]:
    """The characters of a text that would do more than stand there."""
    return [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c not in "\n\t"]


def run(call: Call) -> Done:
    """What the command makes of it. Fails where that is no result and no message, or where something is left behind."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            for name, content in call.files.items():
                Path(name).write_bytes(
                    content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
                )
            result = CliRunner().invoke(main, list(call.words), input=call.stdin.encode("utf-8", "replace"))
            left = {str(path): path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        finally:
            os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code in (0, 1, 2), result.exit_code
    stdout = result.stdout_bytes.decode("utf-8", "strict" if not call.binary else "replace")
    stderr = result.stderr_bytes.decode()
    assert not active(stderr), (stderr, active(stderr))
    assert call.binary or not active(stdout), (stdout, active(stdout))
    assert result.exit_code == 0 or stderr, "nothing is said"
    assert "Traceback" not in stderr, stderr
    for name in left:
        known = name in call.files or any(fnmatchcase(name, pattern) for pattern in call.may_leave)
        assert known, f"{name!r} is left behind"
    return Done(result.exit_code, stdout, stderr, left)

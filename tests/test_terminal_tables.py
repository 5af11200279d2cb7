"""Tables on a terminal: words go on in the next line, formulas stay whole, and nothing is wider than the terminal."""

import os
import re
import struct
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")


def shown(columns: int, *words: str) -> list[str]:
    """The lines of a terminal of so many columns, without its colours."""
    import fcntl

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 60, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    environment |= {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen([sys.executable, "-m", "graphviz_ad", *words], stdout=theirs, env=environment)
    os.close(theirs)
    found = b""
    try:
        while part := os.read(ours, 4096):
            found += part
    except OSError:  # the end, on Linux
        pass
    os.close(ours)
    assert process.wait() == 0
    return [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", found.decode()).splitlines()]


SYSTEM = "y = 2x^3 + 3; z = y^2"


def test_words_go_on_in_the_next_line():
    assert [line for line in shown(70, "check", SYSTEM, "--at", "x=0.5") if line][:5] == [
        "  dz/dx                    value   error       cost",
        "  manual: the chain        9.75    0.0e+00     6 operations",
        "  multiplied out",
        "  numerical, forward       9.75    4.8e-07     2 evaluations for each",
        "  difference                                   input, step 1.5e-08",
    ]


def test_formulas_stay_whole_and_level():
    assert shown(48, "derive", SYSTEM, "--explain")[:8] == [
        "  operation    rule                  derivative",
        "",
        "                                     dz",
        "  z = y²       power rule            ── = 2y",
        "                                     dy",
        "",
        "                                     dy",
        "  y = v₂ + 3   sum rule, the         ─── = 1",
    ]


def test_what_no_wrapping_makes_narrow_enough_is_as_in_a_pipe():
    words = ("eval", SYSTEM, "--at", "x=0.5", "--trace", "both")
    piped = subprocess.run([sys.executable, "-m", "graphviz_ad", *words], capture_output=True, encoding="utf-8",
                           env=os.environ | {"PYTHONIOENCODING": "utf-8"})  # fmt: skip
    assert shown(30, *words) == piped.stdout.splitlines()
    assert shown(120, *words) == piped.stdout.splitlines()

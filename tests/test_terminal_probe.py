"""Asking a terminal: a pseudo-terminal plays one, and nothing that it answers is left for the shell."""

from __future__ import annotations

import os
import re
import sys
import threading

import pytest

from graphviz_ad.cli import terminal_probe
from graphviz_ad.formats.terminal.pictures import ATTRIBUTES, LIMITS, LOOK, NAME, Terminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

KITTY = {">q": "\x1bP>|kitty(0.26.5)\x1b\\", "11;?": "\x1b]11;rgb:0000/0000/0000\x1b\\", "16t": "\x1b[6;20;9t",
         "[c": "\x1b[?62;c"}  # fmt: skip


class Played:
    """A terminal that answers what it knows, in a thread, until it is closed."""

    def __init__(self, answers: dict[str, str]) -> None:
        import pty

        self.answers = answers
        self.ours, self.theirs = pty.openpty()
        self.name = os.ttyname(self.theirs)
        self.heard = ""
        self.thread = threading.Thread(target=self.answer)
        self.thread.start()

    def answer(self) -> None:
        while part := os.read(self.ours, 4096).decode():
            self.heard += part
            if part == "over":
                return
            for question in re.findall(r">q|11;\?|16t|\[c", part):
                os.write(self.ours, self.answers.get(question, "").encode())

    def left(self) -> bytes:
        """What a shell would find typed."""
        os.set_blocking(self.theirs, False)
        try:
            return os.read(self.theirs, 4096)
        except BlockingIOError:
            return b""

    def close(self) -> None:
        import tty

        tty.setraw(self.theirs)
        os.write(self.theirs, b"over")
        self.thread.join()
        os.close(self.ours)
        os.close(self.theirs)


@pytest.fixture
def played():
    made: list[Played] = []

    def play(answers: dict[str, str]) -> Played:
        made.append(Played(answers))
        return made[-1]

    yield play
    for terminal in made:
        terminal.close()


def test_the_answers_are_read_and_none_is_left(played):
    import termios

    terminal = played(KITTY)
    before = termios.tcgetattr(terminal.theirs)
    answers = terminal_probe.answered(NAME + LOOK, terminal.name)
    assert answers == "".join(KITTY.values())
    assert terminal.heard == NAME + LOOK + ATTRIBUTES
    assert terminal.left() == b""
    assert termios.tcgetattr(terminal.theirs) == before


def test_a_terminal_that_does_not_answer_is_not_waited_for_long(played):
    terminal = played({">q": "\x1bP>|half an ans"})
    assert terminal_probe.answered(NAME, terminal.name, patience=0.05) in ("", "\x1bP>|half an ans")
    assert terminal.left() == b""


@pytest.mark.parametrize("name", ["/dev/null", "/no/such/terminal"])
def test_what_is_no_terminal_says_nothing(name):
    assert terminal_probe.answered(NAME, name) == ""


@pytest.mark.parametrize(
    ("term", "first", "asked"),
    [
        ("xterm-kitty", "\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", [NAME, LOOK]),
        ("xterm", "\x1bP>|XTerm(379)\x1b\\\x1b[?63;1;2;4;6c", [NAME, LOOK + LIMITS]),
        ("xterm", "\x1bP>|XTerm(379)\x1b\\\x1b[?64;1;2;6c", [NAME]),
        ("screen", "\x1b[?1;2c", [NAME]),  # it would pass the question for the background on, and answer first itself
        ("dumb", "", []),
        ("linux", "", []),
    ],
)
def test_only_a_terminal_with_pictures_is_asked_for_its_look(term, first, asked, monkeypatch):
    heard: list[str] = []
    monkeypatch.setattr(terminal_probe, "answered", lambda questions: heard.append(questions) or first)
    monkeypatch.setenv("TERM", term)
    for name in ("TERM_PROGRAM", "LC_TERMINAL"):
        monkeypatch.delenv(name, raising=False)
    assert isinstance(terminal_probe.probed_terminal(), Terminal)
    assert heard == asked

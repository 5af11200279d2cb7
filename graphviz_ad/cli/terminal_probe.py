"""Asking the terminal what it is: questions are written to it, and what it answers is read before the shell can."""

import os
import select
import shutil
import time

from graphviz_ad.formats.terminal.pictures import (
    ANSWERED,
    ATTRIBUTES,
    LIMITS,
    LOOK,
    NAME,
    Terminal,
    described,
    protocol,
)

PATIENCE = 1.5  # seconds, with a terminal at the end of a slow line


def probed_terminal() -> Terminal:
    """What is known of the terminal that the command runs in."""
    size = shutil.get_terminal_size()
    if os.environ.get("TERM", "dumb") in ("dumb", "linux"):  # they may print a question instead of answering it
        return described("", *size)
    answers = answered(NAME)
    terminal = described(answers, *size)
    if protocol(terminal, os.environ):
        answers += answered(LOOK + LIMITS if terminal.sixel else LOOK)
    return described(answers, *size, _pixels())


def answered(questions: str, terminal: str = "/dev/tty", patience: float = PATIENCE) -> str:
    """What a terminal answers; nothing where there is none that can be asked. What comes too late is thrown away."""
    try:
        import termios
        import tty

        file = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    except (ImportError, OSError):
        return ""
    after = termios.TCSAFLUSH
    try:
        before = termios.tcgetattr(file)
        tty.setcbreak(file, termios.TCSADRAIN)  # without it the answer would be shown, and wait for the end of a line
        try:
            answer = _exchange(file, questions + ATTRIBUTES, time.monotonic() + patience)
            after = termios.TCSADRAIN if ANSWERED.search(answer) else after
        finally:
            termios.tcsetattr(file, after, before)
    except termios.error:
        return ""
    finally:
        os.close(file)
    return answer


def _exchange(file: int, questions: str, end: float) -> str:
    """What comes back until the terminal has answered the last question, or the time is over."""
    os.write(file, questions.encode())
    answer = b""
    while not ANSWERED.search(answer.decode("latin-1")) and (rest := end - time.monotonic()) > 0:
        if select.select([file], [], [], rest)[0]:
            part = os.read(file, 4096)
            if not part:
                break
            answer += part
    return answer.decode("latin-1")


def _pixels() -> tuple[int, int]:
    """The size of the terminal's window in pixels, across and down; zeros where it does not say."""
    try:
        import fcntl
        import struct
        import sys
        import termios

        _, _, across, down = struct.unpack("HHHH", fcntl.ioctl(sys.stdout.fileno(), termios.TIOCGWINSZ, bytes(8)))
    except (ImportError, OSError, ValueError):
        return 0, 0
    return across, down

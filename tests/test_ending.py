"""The command is over when all is written: it ends as it always did, and what others left to be done is done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = "y=2x^3+3; z=y^2"
ADGRAPH = "from graphviz_ad.__main__ import run\nimport sys\nsys.argv = ['adgraph', *{words!r}]\n"
AT_ONCE = "import os\nend = os._exit\nos._exit = lambda status: (os.write(2, b'at once'), end(status))\n"


def ended(folder: Path, *words: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """A command between other code; it says where it ends at once."""
    script = AT_ONCE + before + ADGRAPH.format(words=words) + "run()\n"
    return subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["draw", SOURCE, "-o", "a.svg"], 0, "a.svg\n"),
        (["derive", "y=x^2", "--format", "plain", "--no"], 2, ""),
        (["draw", "y=sine(x)"], 1, ""),
        (["--version"], 0, None),
        (["draw", SOURCE, "-o", "-", "--format", "json"], 0, None),
    ],
)
def test_it_ends_at_once_with_its_status_and_all_that_it_says(tmp_path, words, status, said):
    done = ended(tmp_path, *words)
    assert done.returncode == status
    assert done.stderr.endswith("at once")
    assert bool(done.stdout) if said is None else done.stdout == said


def test_what_others_left_to_be_done_is_done(tmp_path):
    (tmp_path / "lesson.py").write_text("import atexit\natexit.register(print, 'done')\ndef f(x):\n    return x * x\n")
    done = ended(tmp_path, "derive", "lesson.py:f")
    assert done.returncode == 0
    assert done.stdout.endswith("done\n")
    assert "at once" not in done.stderr  # a reader's own code has run


def test_what_was_to_be_done_before_it_began_is_done(tmp_path):
    """As a measurement of coverage is."""
    done = ended(tmp_path, "derive", "y=x", before="import atexit\natexit.register(print, 'measured')\n")
    assert done.stdout.endswith("measured\n")
    assert "at once" not in done.stderr


def test_threads_that_still_run_are_waited_for(tmp_path):
    before = (
        "import threading\nthread = threading.Thread(target=lambda: (threading.main_thread().join(), print('ran')))\n"
        "thread.start()\n"
    )
    done = ended(tmp_path, "derive", "y=x", before=before)
    assert done.returncode == 0
    assert done.stdout.endswith("ran\n")


def test_a_caller_goes_on_behind_it(tmp_path):
    """Who catches the exit has not ended yet."""
    script = AT_ONCE + ADGRAPH.format(words=["derive", "y=x"])
    script += "try:\n    run()\nexcept SystemExit as end:\n    print('caught', end.code)\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout.endswith("caught 0\n")

"""The consoles of the README and of the documentation show what adgraph prints today."""

import re
import shlex
from pathlib import Path

import pytest

from graphviz_ad.formats import formats

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES}
COMMANDS = [
    pytest.param(page, *part.partition("\n")[::2], id=f"{page}: {part.partition(chr(10))[0]}")
    for page, text in TEXTS.items()
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for part in re.split(r"(?m)^\$ ", block)
    if part
]


@pytest.mark.parametrize(("page", "command", "shown"), COMMANDS)
def test_a_console(run, page, command, shown):
    program, *words = shlex.split(command)
    assert program == "adgraph"
    for name, text in re.findall(r"cat > (\S+) <<'END'\n(.*?)END\n", TEXTS[page], re.DOTALL):
        Path(name).write_text(text, "utf-8")
    result = run(*words)
    assert [*result.stdout.splitlines(), *result.stderr.splitlines()] == shown.rstrip("\n").splitlines()


def test_there_are_some():
    assert len(COMMANDS) > 40


TABLED = re.findall(r"(?m)^\| .*? \| `adgraph (.*?)` \|", TEXTS["docs/reference/formats.md"])


@pytest.mark.parametrize("command", TABLED)
def test_a_command_of_the_table_of_formats(run, command):
    Path("lesson.adg").write_text("y = 2x^3 + 3\nz = y^2\n", "utf-8")
    words = shlex.split(command)
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    made = [Path(words[words.index(option) + 1]) for option in ("-o", "--frames") if option in words]
    assert all(path.exists() for path in made)
    assert made or result.stdout.count("\n") > 0


def test_the_table_has_every_format():
    extensions = {Path(word).suffix for command in TABLED for word in command.split()}
    assert {one.extensions[0] for one in formats().values()} <= extensions

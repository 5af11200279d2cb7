"""The README's consoles show what adgraph prints today."""

import re
import shlex
from pathlib import Path

import pytest

from graphviz_ad.formats import formats

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
FILES = re.findall(r"cat > (\S+) <<'END'\n(.*?)END\n", README, re.DOTALL)
COMMANDS = [part.partition("\n") for block in BLOCKS for part in re.split(r"(?m)^\$ ", block) if part]


@pytest.mark.parametrize(("command", "_", "shown"), COMMANDS, ids=[command for command, _, _ in COMMANDS])
def test_a_console_of_the_readme(run, command, _, shown):
    program, *words = shlex.split(command)
    assert program == "adgraph"
    for name, text in FILES:
        Path(name).write_text(text, "utf-8")
    result = run(*words)
    assert [*result.stdout.splitlines(), *result.stderr.splitlines()] == shown.rstrip("\n").splitlines()


def test_there_are_some():
    assert len(COMMANDS) > 15


TABLED = re.findall(r"(?m)^\| .*? \| `adgraph (.*?)` \|", README)


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

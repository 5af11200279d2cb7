"""The README's consoles show what adgraph prints today."""

import re
import shlex
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [part.partition("\n") for block in BLOCKS for part in re.split(r"(?m)^\$ ", block) if part]


@pytest.mark.parametrize(("command", "_", "shown"), COMMANDS, ids=[command for command, _, _ in COMMANDS])
def test_a_console_of_the_readme(run, command, _, shown):
    program, *words = shlex.split(command)
    assert program == "adgraph"
    result = run(*words)
    assert [*result.stdout.splitlines(), *result.stderr.splitlines()] == shown.rstrip("\n").splitlines()


def test_there_are_some():
    assert len(COMMANDS) > 15

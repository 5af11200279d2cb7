"""The manual page and the help of commands: everything is in them, in groups."""

import re
import shutil
import subprocess

import pytest

from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.manual import PAGE, manual
from graphviz_ad.cli.option_groups import BEGINS, GROUPS
from graphviz_ad.core.request import Request
from graphviz_ad.options.table import of_command


def test_the_page_is_as_the_commands_are():
    assert PAGE.read_text("utf-8") == manual(), "python -m graphviz_ad.cli.manual writes it anew"


@pytest.mark.parametrize("command", ["draw", "show", "derive", "eval", "check"])
def test_every_option_is_in_the_page_and_in_a_group_of_the_help(run, command):
    page = manual().replace("\\", "")
    part = page[page.index(f'"adgraph {command} ') :]
    shown = run(command, "--help").stdout
    for option in of_command(command):
        assert re.search(rf"\.TP\n(?:fB-\wfR, )?fB--{option.spelled}", part), option.spelled
        above, _ = re.split(rf"(?m)^  (?:-\w, )?--{option.spelled}\b(?!-)", shown)
        heading = re.findall(r"(?m)^(\S.*):$", above)[-1]
        assert heading in (GROUPS[option.name], "Options")


def test_groups_are_of_fields_that_there_are():
    assert {*BEGINS} <= {*Request.__match_args__}


def test_every_command_is_in_it():
    assert all(f'.SS "adgraph {command}' in manual() for command in COMMANDS)


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_roff_has_nothing_to_say_of_it():
    said = subprocess.run(["groff", "-man", "-Tutf8", "-wall", "-z", "-K", "utf8"], input=manual(), text=True,
                          capture_output=True)  # fmt: skip
    assert [line for line in said.stderr.splitlines() if "cannot adjust" not in line and "break" not in line] == []

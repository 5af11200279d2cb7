"""The manual page, made from the commands: `python -m graphviz_ad.cli.manual` writes man/adgraph.1 anew.

It is roff that man, mandoc and groff read alike: names of options are bold, what they take is italic, and what is ours
stands there as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.main import main
from graphviz_ad.cli.option_groups import in_groups
from graphviz_ad.core.version import VERSION

PAGE = Path(__file__).parents[2] / "man" / "adgraph.1"
_EXAMPLES = """\
adgraph draw "y=sin(a*x+b); z=y**2"
adgraph show "y=2x^3+3; z=y^2" --view forward,chain
adgraph derive "y=2x^3+3; z=y^2" --format latex
adgraph eval "y=2x^3+3; z=y^2" --at x=0.5
adgraph check "y=2x^3+3; z=y^2" --claim "dz/dx = 12x^2(2x^3+3)"
"""
_STATUS = """\
0 where all went well, 1 for an error in the input, an output that cannot be written, or a check that fails, 2 for a
wrong use of the command; 130, 141 and 143 where a signal ended it.
"""
_FILES = "$XDG_CACHE_HOME/adgraph or ~/.cache/adgraph: formulas that were set before; it may be deleted at any time."
_ENVIRONMENT = "ADGRAPH_NO_CACHE: with any value nothing is remembered. NO_COLOR: no colours."


def manual() -> str:
    """The manual page."""
    parts = [
        f'.TH ADGRAPH 1 "" "adgraph {VERSION}" "User Commands"',
        ".SH NAME\nadgraph \\- computational graphs with their derivatives, and the chain rule multiplied out",
        '.SH SYNOPSIS\n.B adgraph\n.I COMMAND\n.RI [ OPTION ]...\n.IR SOURCE ...',
        f".SH DESCRIPTION\n{_paragraphs(main.help or '')}",
        ".SH COMMANDS",
        *(line for name in COMMANDS for line in _command(name)),
        f".SH EXAMPLES\n{_verbatim(_EXAMPLES.splitlines())}",
        f".SH EXIT STATUS\n{_text(_STATUS)}",
        f".SH ENVIRONMENT\n{_text(_ENVIRONMENT)}",
        f".SH FILES\n{_text(_FILES)}",
    ]  # fmt: skip
    return "\n".join(part.strip("\n") for part in parts) + "\n"


def _command(name: str) -> Iterator[str]:
    """A command: what it does, and its options in their groups."""
    ctx = click.Context(main)
    command = main.get_command(ctx, name)
    assert command is not None
    within = click.Context(command, info_name=name, parent=ctx)
    arguments = [
        parameter.make_metavar(within) for parameter in command.params if isinstance(parameter, click.Argument)
    ]
    yield f'.SS "adgraph {name} {" ".join(arguments)}"'
    yield _paragraphs(command.help or "")
    options = {option.name or "": option for option in command.params if isinstance(option, click.Option)}
    groups = in_groups(options)
    for group, names in groups.items():
        if len(groups) > 1:
            yield f".P\n.I {_text(group)}"
        for option in names:
            spelled, said = options[option].get_help_record(within) or ("", "")
            yield f".TP\n{_spelled(spelled)}\n{_text(said) or '.'}"


def _spelled(text: str) -> str:
    """An option as help spells it, its names in bold."""
    return re.sub(
        r"(?<![\w-])(-{1,2}[a-z][a-z-]*)", lambda found: f"\\fB{_text(found[0])}\\fR", text.replace("\\", "\\e")
    )


def _paragraphs(said: str) -> str:
    """The help of a command; a block that click does not wrap is an example."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", said.strip())]
    return "\n.P\n".join(
        _verbatim(lines[1:]) if lines[0].strip() in ("\b", "\\b") else _text(" ".join(lines))
        for lines in blocks
        if lines
    )


def _verbatim(lines: Iterable[str]) -> str:
    return "\n".join([".EX", *(_text(line.strip("\b ")) for line in lines), ".EE"])


def _text(said: str) -> str:
    """Words that do nothing in roff."""
    plain = " ".join(said.split()).replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("^", "\\(ha")
    return f"\\&{plain}" if plain.startswith(".") else plain.replace("~", "\\(ti")


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(manual(), "utf-8")

"""`adgraph derive`: the chain rule multiplied out."""

from functools import partial
from typing import Any

import click

from graphviz_ad.cli.options import (
    Choice,
    ascii_option,
    at_option,
    figure_digits_option,
    read_systems,
    system_options,
    width_option,
)
from graphviz_ad.cli.printing import print_looking, print_table, terminal_width
from graphviz_ad.cli.unused_options import check_idle
from graphviz_ad.core.diagram import Table
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.formats.terminal.text import chain_lines
from graphviz_ad.host.streams import say_note


@click.command("derive")
@system_options
@at_option
@figure_digits_option
@click.option(
    "--graph",
    type=Choice(["simplified", "full"]),
    default="simplified",
    show_default=True,
    help="The graph whose edges are multiplied; full has a factor for each operation.",
)
@click.option(
    "--format",
    "format_name",
    type=Choice(["text", "latex", "markdown", "typst"]),
    default="text",
    show_default=True,
)
@click.option("--order", type=click.IntRange(1, 4), default=1, show_default=True,
              help="Derivatives up to this order, each made from the one before.")  # fmt: skip
@width_option("the terminal's; any number elsewhere, so that each equation is one line")
@ascii_option
@click.option("--explain", is_flag=True, help="Before it, the rule behind the derivative of each operation.")
def derive_command(
    sources: tuple[str, ...],
    graph: str,
    format_name: str,
    order: int,
    width: int | None,
    plain: bool,
    explain: bool,
    **asked: Any,
) -> None:
    """Multiply out the chain rule of each SOURCE.

    \b
    adgraph derive "y=2x^3+3; z=y^2" --wrt x --format latex
    adgraph derive "y=2x^3+3; z=y^2" --order 2

    On a terminal, text that is too wide goes on in further lines; in a pipe or a file each equation stays one, for grep
    and for copying, unless --width says otherwise.
    """
    check_idle()
    systems = read_systems(sources, asked)
    full = graph == "full" or explain
    chains = [chain for system in systems for chain in system.chains(full)]
    if not full:
        chains += [part for system in systems for part in system.parts(system.chains(False))]
    chains += [chain for system in systems for k in range(2, order + 1) for chain in system.higher(k)]
    if not chains:
        say_note("there is no variable to differentiate by")
    if explain:
        if format_name not in TABLE_FORMATS:
            raise click.UsageError("Explanations are text, latex or markdown.")
        rows = tuple((s.operation, s.rule, s.derivative) for system in systems for s in system.explained())
        print_table(Table(("operation", "rule", "derivative"), rows), 6, format_name, plain)
        click.echo()
    if format_name == "text":
        print_looking(partial(chain_lines, chains, terminal_width() if width is None else width or None), plain)
    else:
        click.echo(CHAIN_FORMATS[format_name](chains), nl=False)

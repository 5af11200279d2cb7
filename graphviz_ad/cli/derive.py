"""`adgraph derive`: the chain rule multiplied out."""

from functools import partial

import click

from graphviz_ad.cli.options import check_unused, command, read_systems
from graphviz_ad.cli.printing import print_looking, print_table, terminal_width
from graphviz_ad.core.diagram import Chain, Table
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.request import Request
from graphviz_ad.formats.chains import CHAIN_FORMATS
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.formats.terminal.rows import chain_lines
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.system import System
from graphviz_ad.notation.dialects import DIALECTS


@command("derive")
def derive_command(request: Request) -> None:
    """Multiply out the chain rule of each SOURCE.

    \b
    adgraph derive "y=2x^3+3; z=y^2" --wrt x --format latex
    adgraph derive "y=2x^3+3; z=y^2" --order 2
    adgraph derive "y=2x^3+3; z=y^2" --format maxima

    On a terminal, text that is too wide goes on in further lines; in a pipe or a file each equation stays one, for grep
    and for copying, unless --width says otherwise.
    """
    check_unused(request)
    systems = read_systems(request)
    full = request.graph == "full"
    chains = _explained(systems, request) if request.explain else []
    chains += [chain for system in systems for chain in _with_parts(system, full) if chain not in chains]
    chains += [chain for system in systems for k in range(2, request.order + 1) for chain in system.higher(k)]
    if not chains:
        say_note("there is no variable to differentiate by")
    if request.chain_format == "text":
        room = terminal_width() if request.width is None else request.width or None
        print_looking(partial(chain_lines, chains, room), request.plain)
    elif request.chain_format in DIALECTS:
        from graphviz_ad.formats.symbolic import written

        click.echo(written(systems, chains, DIALECTS[request.chain_format]), nl=False)
    else:
        click.echo(CHAIN_FORMATS[request.chain_format](chains), nl=False)


def _with_parts(system: System, full: bool) -> list[Chain]:
    """The chains of a system, with what the names in them are that are none of its variables."""
    chains = system.listing(full)
    return [*system.restyled((*chains, *system.parts(chains, full)))]


def _explained(systems: list[System], request: Request) -> list[Chain]:
    """Print the rule behind each derivative; the chains that these make, with what is named in all this and made
    nowhere in it."""
    if request.chain_format not in TABLE_FORMATS:
        raise click.UsageError("Explanations are text, latex or markdown.")
    steps = [system.explained() for system in systems]
    rows = tuple((step.operation, step.rule, step.derivative) for these in steps for step in these)
    print_table(Table(("operation", "rule", "derivative"), rows), 6, request.chain_format, request.plain)
    click.echo()
    made: list[Chain] = []
    for system, these in zip(systems, steps, strict=True):
        chains = system.restyled(system.listing(True))
        lines = [Chain(UNNAMED, UNNAMED, tuple(step.operation for step in these))]
        made += [*chains, *system.parts((*chains, *lines), True, {step.operation.variable for step in these})]
    return made

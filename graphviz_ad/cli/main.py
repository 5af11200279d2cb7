"""The command line: the group of commands, each of which is imported when it is called."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.flags import HELP, VERSION_FLAG
from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.host.signals import Ended, raised
from graphviz_ad.host.streams import UnwritableError, guarded

COMPLETING = "_ADGRAPH_COMPLETE"  # the variable by which a shell asks


class _Group(click.Group):
    """Shows what ends a command early as one message on stderr, with an exit status."""

    def main(self, *args: Any, **extra: Any) -> Any:
        if COMPLETING in os.environ:
            import_module("graphviz_ad.cli.completing")
        with guarded(), raised():
            try:
                try:
                    return super().main(*args, **extra)
                finally:
                    sys.stdout.flush()
            except UnwritableError as error:
                status, said = error.exit_code, "" if error.quiet else error.said
            except Ended as signal:
                status, said = signal.exit_code, signal.said
            if said:
                click.echo(f"adgraph: {said}", err=True)
            if extra.get("standalone_mode", True):
                sys.exit(status)
            return status

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AdgraphError as error:
            click.echo(f"adgraph: {error.render()}", err=True)
            ctx.exit(error.exit_code)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"graphviz_ad.cli.{COMMANDS[name][0]}"), f"{name}_command")
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = did_you_mean(args[0], self.list_commands(ctx))
            hint = near or f'to draw equations: adgraph draw "{args[0]}"'
            raise click.UsageError(f"{error.message} ({hint})", ctx) from None


_SETTINGS = {"help_option_names": HELP.opts, "max_content_width": 100}


@click.group(cls=_Group, params=[VERSION_FLAG], context_settings=_SETTINGS)
def main() -> None:
    """Computational graphs with their derivatives, and the chain rule multiplied out.

    SOURCE is the equations themselves ("y=sin(a*x+b); z=y**2", or LaTeX), a file of them, - for standard input, or
    lesson.py:function, a Python function. Text and LaTeX are never executed; a Python SOURCE is: its file is run.
    Put -- before a SOURCE that begins with a minus.
    """

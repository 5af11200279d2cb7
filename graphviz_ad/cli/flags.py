"""Options that show something, after which the command is over: help, version. And options whose help is made late."""

from collections.abc import Callable
from typing import Any

import click

from graphviz_ad.core.version import VERSION


class ExplainedOption(click.Option):
    """An option whose help is made when it is asked for. Click, given it at once, would load `inspect` for it."""

    explanation: Callable[[], str]

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self.explanation()
        return super().get_help_record(ctx)


def _showing(show: Callable[[click.Context], str], explanation: str, *names: str) -> ExplainedOption:
    def called(ctx: click.Context, param: click.Parameter, is_asked: Any) -> None:
        if is_asked and not ctx.resilient_parsing:
            click.echo(show(ctx), color=ctx.color)
            ctx.exit()

    made = ExplainedOption([*names], is_flag=True, is_eager=True, expose_value=False, callback=called)
    made.explanation = lambda: explanation
    return made


HELP = _showing(click.Context.get_help, "Show this message and exit.", "-h", "--help")
VERSION_FLAG = _showing(lambda ctx: f"adgraph, version {VERSION}", "Show the version and exit.", "-V", "--version")

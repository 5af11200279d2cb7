"""How a figure is to look, as far as it depends on more than one option; and what a reader is told of it."""

import click

from graphviz_ad.core.request import Request
from graphviz_ad.drawing.theme import THEMES
from graphviz_ad.host.streams import say_note
from graphviz_ad.options import asked


def styled(request: Request) -> Request:
    """The request as its style has it. Raises UsageError where it asks for two numbers of pixels."""
    if {"scale", "dpi"} <= request.given:
        raise click.UsageError("--scale and --dpi both say how many pixels there are; give one of them.")
    return asked.with_style(request)


def say_contrast(theme: str) -> None:
    """Say where a reader's own theme is hard to read."""
    if theme in THEMES:
        return
    from graphviz_ad.drawing import contrast
    from graphviz_ad.drawing.theme import theme as read_theme

    for pair in contrast.weak(read_theme(theme)):
        say_note(
            f"{theme}: the contrast of {pair.role} and {pair.behind} is {pair.contrast:.1f}; "
            f"{pair.wanted:g} is needed to read it well"
        )

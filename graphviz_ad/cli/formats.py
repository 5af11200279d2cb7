"""`adgraph formats`: what adgraph can write."""

import click

from graphviz_ad.formats import formats


@click.command("formats")
def formats_command() -> None:
    """List the formats of adgraph draw: name, extensions, and what each is."""
    rows = [(made.name, " ".join(made.extensions), made.about) for made in formats().values()]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for name, extensions, about in rows:
        click.echo(f"  {name:{widths[0]}}   {extensions:{widths[1]}}   {about}")

"""`adgraph plugin`: what other programs need to have figures."""

import click

from graphviz_ad.drawing.styles import templates
from graphviz_ad.host.streams import print_data

PLUGINS = {"pandoc": "adgraph.lua", "mystmd": "adgraph.mjs"}


@click.command("plugin")
@click.argument("program", type=click.Choice(list(PLUGINS)))
def plugin_command(program: str) -> None:
    """Print the plugin for a PROGRAM, to be kept beside its documents.

    \b
    adgraph plugin pandoc > adgraph.lua    # pandoc --lua-filter adgraph.lua; Quarto: filters: [adgraph.lua]
    adgraph plugin mystmd > adgraph.mjs    # in myst.yml: plugins: [adgraph.mjs]
    """
    print_data((templates() / "plugins" / PLUGINS[program]).read_bytes())

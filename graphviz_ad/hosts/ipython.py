"""`%load_ext graphviz_ad`: cells of a notebook that are equations, `%%adgraph --view backward,chain`."""

from __future__ import annotations

from typing import Any

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.documents.embed import NO_PART, sheet_for
from graphviz_ad.documents.sources import source_text
from graphviz_ad.formats import FORMATS
from graphviz_ad.host.streams import say_note
from graphviz_ad.options.asked import AskedError
from graphviz_ad.options.words import completions, pairs
from graphviz_ad.results import Figure

NAME = "adgraph"
SHOWN = {name: FORMATS[name] for name in ("svg", "pdf")}  # what a notebook is given


def load(shell: Any) -> None:
    """Give an IPython shell the magic and its completion."""
    shell.register_magic_function(cell, "cell", NAME)
    shell.set_hook("complete_command", completed, str_key=f"%%{NAME}")


def cell(line: str, equations: str) -> Figure:
    """Draw the equations of this cell, as text or LaTeX, with the options of `adgraph draw`.

    %%adgraph --view backward,chain --wrt x
    y = 2x^3 + 3
    z = y^2
    """
    try:
        sheet, request, notes = sheet_for(source_text(equations), pairs("draw", line), SHOWN)
    except AdgraphError as error:  # its lines are those of the cell
        raise error.placed(Origin(line=1 if isinstance(error, AskedError) else 2)) from None
    for note in notes:
        say_note(note)
    return Figure(sheet, request)


def completed(shell: Any, event: Any) -> list[str]:
    """What may come next in the line of the magic."""
    _, _, line = event.text_until_cursor.partition(NAME)
    return completions("draw", line.lstrip(), NO_PART)

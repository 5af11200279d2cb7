"""`adgraph embed`: figures for another program."""

import json
import sys

import click

from graphviz_ad.cli.printing import print_json
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.documents.workers import each
from graphviz_ad.host.streams import say_note
from graphviz_ad.hosts.program import Answer, asked_for, made


@click.command("embed")
@click.option("--allow-python", is_flag=True, help="Run the Python functions that blocks name.")
def embed_command(allow_python: bool) -> None:
    """Make the figures that standard input asks for in JSON, and say in JSON where they are.

    \b
    {"blocks": [{"words": "view=chain", "text": "y = 2x^3 + 3"}],
     "formats": ["svg"], "folder": "figures", "document": "lecture.md"}
    \b
    [{"files": {"svg": "figures/0b44….svg"}, "alt": "y is …"}]

    `words` and the first lines of `text`, #| view: chain, are options of draw; with "captioned": true a single view
    has no caption of its own. All figures are made, or the mistakes are named with their place in the document, and
    there is no answer.
    """
    answers = each(made, asked_for(_input(), allow_python), lambda number: None)
    for note in dict.fromkeys(note for answer in answers for note in answer.notes):
        say_note(note)
    wrong = [answer.error for answer in answers if answer.error]
    for error in wrong:
        click.echo(f"adgraph: {error}", err=True)
    if wrong:
        click.get_current_context().exit(AdgraphError.exit_code)
    print_json([_data(answer) for answer in answers], indent=None)


def _data(answer: Answer) -> dict[str, object]:
    return {"files": answer.files, "alt": answer.alt, **answer.own}


def _input() -> object:
    """What is asked. Raises AdgraphError for what is no JSON."""
    try:
        return json.loads(sys.stdin.buffer.read())
    except (ValueError, RecursionError) as error:
        raise AdgraphError(f"standard input is no JSON: {error}", hint="adgraph embed --help shows it") from None

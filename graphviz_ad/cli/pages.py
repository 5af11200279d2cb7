"""Documents as pages: what `adgraph notes` writes with `-o`."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from graphviz_ad.core.inert import in_line, inert
from graphviz_ad.core.request import Request
from graphviz_ad.documents.notes import KINDS, MARKDOWN
from graphviz_ad.host.files import write_files
from graphviz_ad.hosts.pandoc import PAGES, lecture, page, program


def write_pages(request: Request) -> None:
    """Write the document as pages: all that are asked for, or none."""
    document = _document(request)
    named = [*request.outputs, *([request.answers] if request.answers else [])]
    outputs = {Path(name): (_extension(name), bool(request.answers) and name != request.answers) for name in named}
    if len({*map(os.path.realpath, named)}) < len(named):
        raise click.UsageError(f"One file is written twice: {', '.join(named)}.")
    from concurrent.futures import ThreadPoolExecutor

    asked, pandoc = lecture(document, request.pandoc, request.allow_python), program()
    with ThreadPoolExecutor() as pool:
        made = [*pool.map(partial(page, asked, pandoc), *zip(*outputs.values(), strict=True))]
    wrong = [one for one in made if one.content is None]
    for line in dict.fromkeys(line for one in wrong[:1] or made for line in one.said.splitlines()):
        click.echo(inert(line), err=True)
    if wrong:
        click.get_current_context().exit(1)
    write_files({path: one.content for path, one in zip(outputs, made, strict=True) if one.content is not None})
    for path in outputs:
        click.echo(in_line(str(path)))


# ---- helpers


def _document(request: Request) -> str:
    """Raises UsageError for several, and for one that Pandoc is not given."""
    if len(request.sources) > 1:
        raise click.UsageError(f"-o writes one document, and these are {len(request.sources)}.")
    (document,) = request.sources
    if KINDS.get(Path(document).suffix.lower()) is not MARKDOWN:
        raise click.UsageError(f"-o is for Markdown, and '{document}' is none; LaTeX makes pages of its own documents.")
    return document


def _extension(output: str) -> str:
    """Raises UsageError for one that chooses no kind of page."""
    extension = Path(output).suffix.lower()
    if extension not in PAGES:
        raise click.UsageError(f"'{output}' is none of {', '.join(f'*{known}' for known in PAGES)}.")
    return extension

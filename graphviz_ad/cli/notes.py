"""`adgraph notes`: the figures of documents, made where the documents ask for them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from graphviz_ad.cli.options import DOCUMENTS, check_unused, command
from graphviz_ad.cli.pages import write_pages
from graphviz_ad.core.errors import AdgraphError, count_of
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request
from graphviz_ad.documents.notes import Entry, NotesWish, Outcome, Pages, make, pages, unused
from graphviz_ad.documents.workers import FEW, each
from graphviz_ad.host.files import write_files
from graphviz_ad.host.streams import message_terminal, say_note


@command("notes", DOCUMENTS)
def notes_command(request: Request) -> None:
    """Make the figures that each DOCUMENT asks for: Markdown and Quarto, or LaTeX.

    \b
    ```adgraph view=chain          in Markdown: a fence, or a comment
    y = sin(a*x + b)               <!-- adgraph view=chain … -->; each gets
    ```                            a line behind it that shows its figure

    \b
    \\begin{adgraph}[view=chain]    in LaTeX, with \\usepackage{adgraph}
    y = sin(a*x + b)
    \\end{adgraph}

    \b
    adgraph notes lecture.md       make what is new or has changed
    adgraph notes --check *.md     is all as it should be? Status 1 if not
    adgraph notes lecture.md -o lecture.html -o lecture.pdf
    """
    check_unused(request)
    if request.outputs or request.answers:
        write_pages(request)
        return
    wish = NotesWish(request.folder, request.picture_format, request.macros, request.allow_python)
    documents, failed = _opened(request.sources, wish)
    if request.check_only:
        stale = [line for document in documents for line in _stale(document)]
        for line in stale:
            click.echo(line)
        click.get_current_context().exit(1 if stale or failed else 0)
    tasks = list({task.path: task for document in documents for task in document.wanted}.values())
    with _progress(len(tasks)) as done:
        made = dict(zip((task.path for task in tasks), each(make, tasks, done), strict=True))
    for document in documents:
        failed |= _say_errors(document, made)
        try:
            document.manuscript.check_unchanged()
            write_files(dict(document.files(made)))
        except AdgraphError as error:
            click.echo(f"adgraph: {error.render()}", err=True)
            failed = True
        else:
            _say_done(document, made)
    for path in dict.fromkeys(path for document in documents for path in unused(document.manuscript)):
        if request.prune:
            path.unlink(missing_ok=True)
        click.echo(f"{in_line(str(path))}: {'deleted' if request.prune else 'unused; --prune deletes it'}")
    click.get_current_context().exit(1 if failed else 0)


# ---- helpers


def _opened(sources: Sequence[str], wish: NotesWish) -> tuple[list[Pages], bool]:
    """The documents, and whether one cannot be read, which is said."""
    found, failed = [], False
    for source in dict.fromkeys(sources):
        try:
            found.append(pages(source, wish))
        except AdgraphError as error:
            click.echo(f"adgraph: {error.render()}", err=True)
            failed = True
    return found, failed


def _stale(document: Pages) -> Iterator[str]:
    """What is not as it should be, a line each."""
    path = in_line(document.manuscript.path)
    for entry in document.entries:
        if entry.error:
            yield entry.error
        elif not entry.is_current:
            yield f"{path}:{entry.line}: {_why(entry)}"
    if all(entry.is_current for entry in document.entries):
        yield from (f"{in_line(str(file))}: is to be written again" for file in document.files({}))


def _why(entry: Entry) -> str:
    """Why what a spot shows is not what is wanted there."""
    if entry.shown is None:
        return "no figure yet"
    is_same = entry.task is not None and entry.task.key == entry.shown.key
    return "the figure's file is missing" if is_same else "the figure has changed"


def _say_errors(document: Pages, made: dict[Path, Outcome]) -> bool:
    """Say what went wrong in a document, and what is to be noted; whether anything did."""
    failed = False
    for entry in document.entries:
        outcome = made.get(entry.task.path, Outcome()) if entry.task else Outcome(error=entry.error)
        for note in outcome.notes:
            say_note(f"{document.manuscript.path}, line {entry.line}: {note}")
        if outcome.error:
            click.echo(f"adgraph: {outcome.error}", err=True)
            failed = True
    return failed


def _say_done(document: Pages, made: dict[Path, Outcome]) -> None:
    entries = document.entries
    outcomes = [made.get(entry.task.path) if entry.task else Outcome(error=entry.error) for entry in entries]
    wrong = sum(bool(outcome and outcome.error) for outcome in outcomes)
    current = outcomes.count(None)
    new = len(entries) - current - wrong
    parts = [f"{new} made", f"{current} unchanged", *([f"{wrong} with errors"] if wrong else [])]
    click.echo(f"{in_line(document.manuscript.path)}: {count_of('figure', len(entries))}: {', '.join(parts)}")


@contextmanager
def _progress(many: int) -> Iterator[Callable[[int], object]]:
    """What is told how many more are done: a bar on a terminal, where it takes a while."""
    if many < FEW or not sys.stderr.isatty():
        yield lambda more: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=message_terminal()), transient=True) as bar:
        task = bar.add_task("figures", total=many)
        yield lambda more: bar.advance(task, more)

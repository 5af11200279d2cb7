"""`adgraph check --claim`: verdicts on a reader's own answers, as text, as a table, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from graphviz_ad.cli.options import read_systems
from graphviz_ad.cli.printing import print_json, print_looking, print_table, terminal_width
from graphviz_ad.core.diagram import Chain, Table
from graphviz_ad.core.formula import Equality
from graphviz_ad.core.names import UNNAMED
from graphviz_ad.core.request import Request
from graphviz_ad.formats.terminal.rows import WIDTH, Line, Look, chain_lines
from graphviz_ad.host.streams import say_note
from graphviz_ad.read.sources import read_source

if TYPE_CHECKING:
    from graphviz_ad.point.claims import Verdict

_SHORT = ("claim", "side", "verdict", "how", "at", "claimed", "value", "derivative", "off", "notes")
_INDENT = "    "


def check_claims(request: Request) -> None:
    """Print what is said of each claim on each source; exit status 1 where one is not right."""
    from graphviz_ad.read.latex.claims import with_macros

    claims = [with_macros(read_source(claim), request.macros, request.sources) for claim in request.claims]
    for note in dict.fromkeys(note for claim in claims for note in claim.notes):
        say_note(note)
    verdicts: list[Verdict] = []
    for system in read_systems(request):
        found, notes = system.verdicts(claims)
        verdicts += found
        for note in notes:
            say_note(note)
    if request.table_format == "json":
        print_json({"claims": [{field: getattr(verdict, field) for field in _SHORT} for verdict in verdicts]})
    elif request.table_format == "text":
        print_looking(partial(_lines, verdicts, request.digits), plain=False)
    else:
        print_table(_table(verdicts, request.digits), request.digits, request.table_format)
    if not verdicts or not all(verdict.is_right for verdict in verdicts):
        raise click.exceptions.Exit(1)


def _lines(verdicts: Sequence[Verdict], digits: int, look: Look) -> Iterator[Line]:
    """Each claim, what is said of it, and what is right instead."""
    width = terminal_width() or WIDTH
    for number, verdict in enumerate(verdicts):
        if number:
            yield Line("")
        if verdict.equation is not None:
            yield from chain_lines([_alone(verdict.equation)], width, look)
        else:  # it could not be read
            yield from _wrapped(verdict.claim, width, "", "", look)
        reason = verdict.off or verdict.how
        yield from _wrapped(f"{verdict.verdict}: {reason}" if reason else verdict.verdict, width, "  ", "heading", look)
        if None not in (verdict.value, verdict.claimed):
            yield from _wrapped(_numbers(verdict, digits), width, _INDENT, "", look)
        if verdict.right is not None:
            yield from _wrapped("right is", width, _INDENT, "", look)
            for line in chain_lines([_alone(verdict.right)], width - len(_INDENT), look):
                yield line.replace(text=f"{_INDENT}{line.text}" if line.text else "")
        for note in verdict.notes:
            yield from _wrapped(f"({note})", width, _INDENT, "note", look)


def _alone(equation: Equality) -> Chain:
    return Chain(UNNAMED, UNNAMED, (equation,))


def _wrapped(words: str, width: int, indent: str, role: str, look: Look) -> Iterator[Line]:
    for line in wrap(look.exchanged(words), width, initial_indent=indent, subsequent_indent=indent):
        yield Line(line, role)


def _numbers(verdict: Verdict, digits: int) -> str:
    """A point, and how far apart the two are there."""
    here = [f"{name} = {value:g}" for name, value in verdict.at.items()]
    pairs = [(f"{verdict.claimed:.{more}g}", f"{verdict.value:.{more}g}") for more in (digits, 12, 17)]
    claimed, value = next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])
    said = f"claimed {claimed}, right {value}"
    return f"at {', '.join(here)}: {said}" if here else said


def _table(verdicts: Sequence[Verdict], digits: int) -> Table:
    """A row for each verdict."""
    head = ("claim", "verdict", "reason", "right")
    rows = tuple(
        (
            verdict.equation or verdict.claim,
            verdict.verdict,
            "; ".join(filter(None, (verdict.off or verdict.how, *_at(verdict, digits), *verdict.notes))),
            verdict.right or "",
        )
        for verdict in verdicts
    )
    return Table(head, rows)


def _at(verdict: Verdict, digits: int) -> Iterator[str]:
    if None not in (verdict.value, verdict.claimed):
        yield _numbers(verdict, digits)

"""`adgraph rules`: the cheat sheet, made from the table of operations."""

from pathlib import Path

import click

from graphviz_ad.cli.options import check_unused, command, completing, extension_format
from graphviz_ad.cli.printing import print_looking, print_table
from graphviz_ad.core.diagram import Cell, Panel, Sheet, Table
from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.inert import in_line
from graphviz_ad.core.request import Request
from graphviz_ad.formats.terminal.text import lines
from graphviz_ad.host.files import write_files
from graphviz_ad.lesson.cheat_sheet import Rule, card, families, graphs, names, plot
from graphviz_ad.pipeline import render

MATRICES = "matrices"  # the sheet of vectors and matrices


@command("rules", click.Argument(["name"], required=False, shell_complete=completing("rules")))
def rules_command(request: Request, name: str | None) -> None:
    """The cheat sheet of derivatives; with NAME one of its rules, its domain, its kinks, its graph and a plot.

    \b
    adgraph rules
    adgraph rules tanh
    adgraph rules matrices
    adgraph rules --format markdown
    adgraph rules -o rules.svg
    """
    check_unused(request)
    if name == MATRICES:
        _print_matrices(request)
        return
    table = _table() if name is None else _card(name)
    if request.outputs:
        sheet = _sheet() if name is None else _sheet_of(name)
        _write(sheet, request)
        return
    if name is not None and request.table_format == "text":
        sheet = _sheet_of(name)
        print_looking(lambda look: lines(sheet, look=look), False)
        return
    print_table(table, 6, request.table_format)


def _write(sheet: Sheet, request: Request) -> None:
    targets = {Path(output): extension_format(output) for output in request.outputs}
    write_files({path: render(sheet, made, request) for path, made in targets.items()})
    for path in targets:
        click.echo(in_line(str(path)))


def _print_matrices(request: Request) -> None:
    """The cheat sheet of vectors and matrices."""
    from graphviz_ad.lesson.matrix_rules import matrix_rules

    table = matrix_rules()
    if request.outputs:
        _write(Sheet(MATRICES, (), (Panel("rules", "Vectors and matrices", table),)), request)
        return
    print_table(table, 6, request.table_format)


def _card(name: str) -> Table:
    found = card(name)
    if found is None:
        raise AdgraphError(f"there is no rule '{name}'", hint=did_you_mean(name, names()) or "adgraph rules lists them")
    return found


def _table() -> Table:
    return _rows([rule for rules in families().values() for rule in rules])


def _rows(rules: list[Rule]) -> Table:
    rows: list[tuple[Cell, ...]] = [(rule.name, rule.function, rule.derivative) for rule in rules]
    return Table(("rule", "function", "derivative"), tuple(rows))


def _sheet() -> Sheet:
    panels = (Panel(f"rules-{number}", name[0].upper() + name[1:], _rows(rules))
              for number, (name, rules) in enumerate(families().items()))  # fmt: skip
    return Sheet("rules", (), tuple(panels))


def _sheet_of(name: str) -> Sheet:
    forwards, backwards = graphs(name)
    lines = plot(name)
    panels = [
        Panel("rules", "The rule", _card(name)),
        Panel("forward", "Forward graph", forwards),
        Panel("backward", "Backward graph", backwards),
        *([] if lines is None else [Panel("plot", "The function and its derivative", lines)]),
    ]
    return Sheet(name, (), tuple(panels))

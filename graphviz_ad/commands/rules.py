"""`adgraph rules`: the cheat sheet, made from the table of operations."""

import click

from graphviz_ad.errors import AdgraphError, did_you_mean
from graphviz_ad.ops import FUNCTIONS, OPS, Op
from graphviz_ad.render.tables import TABLE_FORMATS
from graphviz_ad.transform.cheatsheet import Rule, all_rules, general_rules, rules_of, sampled
from graphviz_ad.transform.diagram import Cell, Table

WIDTH, HEIGHT = 61, 15  # of the plot, in characters


@click.command("rules")
@click.argument("name", required=False)
@click.option("--format", "format_name", type=click.Choice([*TABLE_FORMATS]), default="text", show_default=True)
def rules_command(name: str | None, format_name: str) -> None:
    """The cheat sheet of derivatives; with NAME one of its lines, its domain, its kinks and a plot.

    \b
    adgraph rules
    adgraph rules tanh
    adgraph rules --format markdown
    """
    table = TABLE_FORMATS[format_name]
    if name is None:
        click.echo(table(_table(all_rules()), 6), nl=False)
        return
    general = [rule for rule in general_rules() if name in (rule.name, rule.name.removesuffix(" rule"))]
    if general:
        click.echo(table(_table(general), 6), nl=False)
        return
    op = _operation(name)
    click.echo(table(_table(rules_of(op)), 6), nl=False)
    if format_name == "text":
        click.echo("".join(f"{line}\n" for line in _remarks(op)), nl=False)


def _operation(name: str) -> Op:
    found = FUNCTIONS.get(name) or OPS.get(name)
    if found is None:
        known = [*OPS, *FUNCTIONS, *(rule.name for rule in general_rules())]
        raise AdgraphError(f"there is no rule '{name}'", hint=did_you_mean(name, known) or "adgraph rules lists them")
    return found


def _table(rules: list[Rule]) -> Table:
    rows: list[tuple[Cell, ...]] = [(rule.name, rule.function, rule.derivative) for rule in rules]
    return Table(("rule", "y", "derivative"), tuple(rows))


def _remarks(op: Op) -> list[str]:
    """What the table says of an operation, and a plot where it has one argument."""
    said = [f"  defined for {op.domain}"]
    said += [f"  differentiable for {op.smooth}"] if op.smooth else []
    said += [f"  at the kink the derivative is {op.kink}"] if op.kink else []
    said += [f"  also called {', '.join(op.aliases)}"] if op.aliases else []
    return ["", *said, *(["", *_plot(op)] if len(op.params) == 1 else [])]


def _plot(op: Op) -> list[str]:
    """The function (●) and its derivative (·) over the interval of the table."""
    points = sampled(op, WIDTH)
    heights = [height for _, value, slope in points for height in (value, slope)]
    low, high = min(heights), max(heights)
    span = (high - low) or 1.0
    rows = [[" "] * WIDTH for _ in range(HEIGHT)]

    def row(height: float) -> int:
        return round((high - height) / span * (HEIGHT - 1))

    if low <= 0 <= high:
        rows[row(0.0)] = ["─"] * WIDTH
    for column, (_, value, slope) in enumerate(points):
        rows[row(slope)][column] = "·"
        rows[row(value)][column] = "●"
    labels = {0: f"{high:.3g}", HEIGHT - 1: f"{low:.3g}"} | ({row(0.0): "0"} if low <= 0 <= high else {})
    margin = max(map(len, labels.values()))
    lines = [f"  {labels.get(number, ''):>{margin}} ┤{''.join(line)}".rstrip() for number, line in enumerate(rows)]
    first, last = f"{points[0][0]:.3g}", f"{points[-1][0]:.3g}"
    return [*lines, f"  {'':>{margin}}  {first}{last:>{WIDTH - len(first)}}", f"  {'':>{margin}}  ● y   · dy/dx"]

"""The options that several commands share, and what their values mean."""

import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.record import Record
from graphviz_ad.derive.chain import MAX_PATHS
from graphviz_ad.formats import Format, find, formats
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.system import DEFAULT_VIEWS, STYLES, VIEWS, Request, System
from graphviz_ad.pipeline import read
from graphviz_ad.read import DEFAULT_LIMITS, LANGUAGES, MAX_LIMIT, Limits, Reading
from graphviz_ad.read.sources import read_source

MAX_POINTS = 100_000
GIVEN = "adgraph.at"  # where the context of a command keeps the texts of --at, for errors
F = TypeVar("F", bound=Callable[..., Any])


def near(name: str, known: Iterable[str]) -> str:
    """What a message about a mistyped name ends with: the nearest known one, or nothing."""
    hint = did_you_mean(name.lower(), list(known))
    return f" ({hint})" if hint else ""


class Choice(click.Choice):  # type: ignore[type-arg]  # generic from click 8.2 on
    """One of several words; a mistyped one gets the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            raise click.BadParameter(error.message + near(str(value), self.choices), ctx, param) from None


def _list(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Names given as `--wrt x,y` or `--wrt x --wrt y`; a comma in braces is part of a name."""
    parts = (part.strip() for given in value for part in re.split(r",(?![^{]*\})", given))
    return tuple(part for part in parts if part)


class Range(Record):
    """Values with one step between them; a single value is a range of one."""

    start: float
    step: float
    size: int

    def values(self) -> tuple[float, ...]:
        return tuple(self.start + k * self.step for k in range(self.size))


def _given(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, Range]:
    """Values given as `--at x=0.5,a=pi/4`, and ranges as `--at x=-2:2:0.5`, which end at the last value."""
    from graphviz_ad.pipeline import number

    at: dict[str, Range] = {}
    for given in _list(ctx, param, value):
        name, equals, words = (part.strip() for part in given.partition("="))
        shown = name if equals and name else "x"
        like = f"write {shown}=0.5, or a range, {shown}=-2:2:0.5 (first:last:step)"
        bounds = words.split(":")
        if not (equals and name):
            comma = "; a number has a point, 0.5, and a comma separates values" if given.isdecimal() and at else ""
            raise click.BadParameter(f"'{given}' is not a value; {like}{comma}.", ctx, param)
        if not all(bound.strip() for bound in bounds) or len(bounds) > 3:
            raise click.BadParameter(f"'{given}' is not a value of {name}; {like}.", ctx, param)
        if name in at:
            raise click.BadParameter(f"'{name}' has two values.", ctx, param)
        ends = [len(given) - len(":".join(["", *bounds[k + 1 :]])) for k in range(len(bounds))]
        start, *rest = (number(bound.strip(), name, given, end - len(bound.lstrip()))
                        for bound, end in zip(bounds, ends, strict=True))  # fmt: skip
        stop, step = (*rest, 1.0)[:2] if rest else (start, 1.0)
        if not step:
            raise click.BadParameter(f"the range of {name}, '{given}', has the step 0; {like}.", ctx, param)
        steps = (stop - start) / step + 1e-9
        if steps < 0:
            away = f"a step of {step:g} does not lead from {start:g} to {stop:g}"
            raise click.BadParameter(f"the range of {name}, '{given}', is empty: {away}.", ctx, param)
        if steps >= MAX_POINTS:
            raise click.BadParameter(
                f"the range of {name}, '{given}', has more than {MAX_POINTS:,} values.", ctx, param
            )
        at[name] = Range(start, step, math.floor(steps) + 1)
        ctx.meta.setdefault(GIVEN, {})[name] = given
    return at


def _ranges(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """The values of each input; all their combinations are not too many."""
    at = _given(ctx, param, value)
    counts = [f"{given.size:,} of {name}" for name, given in at.items() if given.size > 1]
    rows = math.prod(given.size for given in at.values())
    if rows > MAX_POINTS:
        raise click.BadParameter(
            f"{' times '.join(counts)} are {rows:,} rows, more than the {MAX_POINTS:,} that are computed; give fewer "
            "values, or a larger step (first:last:step).", ctx, param)  # fmt: skip
    return {name: given.values() for name, given in at.items()}


def _point(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, float]:
    at = _given(ctx, param, value)
    for name, given in at.items():
        if given.size > 1:
            raise click.BadParameter(f"a range of '{name}' is for adgraph eval; give one value.", ctx, param)
    return {name: given.start for name, given in at.items()}


def _number(ctx: click.Context, param: click.Parameter, value: float) -> float:
    if math.isnan(value):  # which no range leaves out
        raise click.BadParameter("nan is not a number.", ctx, param)
    return value


def several_of(
    known: Iterable[str],
) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], tuple[str, ...]]:
    """The callback of an option for several known words, given as `--view a,b` or `--view a --view b`."""
    words = tuple(known)

    def checked(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
        given = _list(ctx, param, value)
        for word in given:
            if word not in words:
                message = f"'{word}' is not one of {', '.join(words)}.{near(word, words)}"
                raise click.BadParameter(message, ctx, param)
        return given

    return checked


def system_options(command: F) -> F:
    """The options that say what is asked of a system."""
    for option in (
        click.option("--max-seconds", type=click.FloatRange(0, MAX_LIMIT, min_open=True), callback=_number,
                     metavar="SECONDS",
                     default=DEFAULT_LIMITS.seconds, show_default=True,
                     help="How long a Python file, and then its function, may run."),
        click.option("--max-operations", type=click.IntRange(1), metavar="N",
                     default=DEFAULT_LIMITS.operations, show_default=True,
                     help="How many operations a Python function may take."),
        click.option("--max-paths", type=click.IntRange(1, 1000), default=MAX_PATHS, show_default=True,
                     help="With more paths than this a chain is factored."),
        click.option("--symbol", type=Choice(["auto", "d", "partial"]), default="auto", show_default=True,
                     help="d or ∂; auto: d where a variable depends on one variable only."),
        click.option("--wrt", multiple=True, callback=_list, metavar="NAME,…",
                     help="Differentiate with respect to these; the other inputs are parameters."),
        click.option("--of", multiple=True, callback=_list, metavar="NAME,…", help="Only these outputs."),
        click.option("--keep-functions", is_flag=True,
                     help="Functions that SOURCE defines, f(u) = …, stay operations with the derivative f′."),
        click.option("--function", "functions", multiple=True, callback=_list, metavar="NAME,…",
                     help="Abstract functions: y=f(g(x)) with f,g gives f′(g(x)) · g′(x)."),
        click.option("--from", "language", type=Choice(["auto", *LANGUAGES]), default="auto", show_default=True,
                     help="The language of SOURCE."),
        click.argument("sources", metavar="SOURCE...", nargs=-1, required=True),
    ):  # fmt: skip
        command = option(command)
    return command


at_option = click.option(
    "--at", multiple=True, callback=_point, metavar="NAME=VALUE,…",
    help="Values of the inputs, as expressions: x=0.5,a=pi/4.",
)  # fmt: skip
range_option = click.option(
    "--at", multiple=True, callback=_ranges, metavar="NAME=VALUE,…",
    help="Values of the inputs, as expressions: x=0.5,a=pi/4; a range, x=-2:2:0.5, gives a row for each value.",
)  # fmt: skip
digits_option = click.option(
    "--digits", type=click.IntRange(1, 17), default=6, show_default=True, help="Significant digits of numbers."
)
figure_digits_option = click.option(
    "--digits", type=click.IntRange(1, 17), default=5, show_default=True, help="Significant digits of the numbers."
)
view_option = click.option(
    "--view", "views", multiple=True, callback=several_of(VIEWS), metavar="VIEW,…",
    help=f"Panels, in this order: {', '.join(VIEWS)}. [default: {','.join(DEFAULT_VIEWS)}]",
)  # fmt: skip
style_option = click.option(
    "--style", type=Choice([*STYLES]), default="textbook", show_default=True,
    help="Manner of drawing: circuit has values and gradients on its wires, colah derivatives on its edges.",
)  # fmt: skip
step_option = click.option(
    "--step",
    type=Choice(["1", "2", "3"]),
    default="3",
    show_default=True,
    help="Step of its making at which a backward graph is shown.",
)
constants_option = click.option(
    "--constants",
    type=Choice(["node", "folded"]),
    default="node",
    show_default=True,
    help="Constants as nodes, or part of their operation.",
)


ascii_option = click.option("--ascii", "plain", is_flag=True, help="Only characters that every terminal has.")


def width_option(default: str) -> Callable[[F], F]:
    """The columns that text has to fit into."""
    about = f"Columns to fit into, 0 for any number. [default: {default}]"
    return click.option("--width", type=click.IntRange(min=0), metavar="COLUMNS", help=about)


def named_format(name: str) -> Format:
    """The format of a name or an extension. Raises UsageError where there is none."""
    made = find(name)
    if made is None:
        known = [spelling for one in formats().values() for spelling in (one.name, *(e[1:] for e in one.extensions))]
        raise click.UsageError(f"Unknown format '{name}'. Formats: {', '.join(formats())}.{near(name, known)}")
    return made


def extension_format(output: str) -> Format:
    """The format that a file's extension chooses. Raises UsageError where it chooses none."""
    suffix = Path(output).suffix
    if not suffix:
        raise click.UsageError(f"'{output}' has no extension that chooses a format, such as .svg (a folder ends in /).")
    return named_format(suffix[1:])


def read_systems(sources: tuple[str, ...], asked: dict[str, Any], notes_said: bool = True) -> list[System]:
    """The systems of all sources, as the options of a command say; notes go to stderr, if they are to be said."""
    asked = {**asked, "step": int(asked.get("step", 3))}
    limits = Limits(asked.pop("max_operations"), asked.pop("max_seconds"))
    reading = Reading(functions=asked.pop("functions"), keep=asked.pop("keep_functions"), at=asked.get("at", {}),
                      limits=limits, others=len(sources) > 1)  # fmt: skip
    language = asked.pop("language")
    systems = []
    for source in sources:
        system, notes = read(read_source(source, language), Request(**asked), reading)
        for note in notes if notes_said else ():
            say_note(note)
        systems.append(system)
    _check_at(systems, asked.get("at", {}))
    return systems


def _check_at(systems: list[System], at: dict[str, float]) -> None:
    """Raises AdgraphError, with its place in the option, for a value that is of no input of the systems."""
    if not at:
        return
    from graphviz_ad.point.bindings import check_given

    texts = click.get_current_context().meta.get(GIVEN, {})
    wholes, used_up = [system.whole for system in systems], {name for system in systems for name in system.called_with}
    for name in at:
        try:
            check_given(wholes, {name: systems[0].given[name]}, used_up)
        except AdgraphError as error:
            error.span, error.source, error.origin = Span(0, len(name)), texts.get(name, name), "--at"
            raise

"""The options of commands, made from the table of options, and the request that they are turned into."""

import os
import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, Literal, get_origin

import click
from click.core import ParameterSource

from graphviz_ad.cli.flags import HELP, ExplainedOption
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.request import Request, is_document
from graphviz_ad.formats import Format, find, formats
from graphviz_ad.host.memory import remembering, usual_folder
from graphviz_ad.host.paths import is_there, looks_like_file
from graphviz_ad.host.streams import say_note
from graphviz_ad.lesson.choice import usual_views
from graphviz_ad.lesson.system import System
from graphviz_ad.lesson.views import VIEWS
from graphviz_ad.options.table import Option, commands_with, near, of_command
from graphviz_ad.options.unused import of_arrays, unused
from graphviz_ad.options.values import OptionError, read_value
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText, read_source

_WORDS = "adgraph.words"
MANY = 12  # options of a command, from which on its help has them in groups


def completing(what: str, *of: Option) -> Callable[[click.Context, click.Parameter, str], Any]:
    """What a shell completes, by a function of `completing`, which is imported when a shell asks."""

    def found(ctx: click.Context, parameter: click.Parameter, begun: str) -> Any:
        return getattr(import_module("graphviz_ad.cli.completing"), what)(*of, begun)

    return found


def _files(metavar: str) -> click.Argument:
    return click.Argument(["sources"], metavar=metavar, nargs=-1, required=True, shell_complete=completing("files"))


SOURCES, DOCUMENTS = _files("SOURCE..."), _files("DOCUMENT...")


def command(name: str, argument: click.Argument = SOURCES) -> Callable[[Callable[..., None]], click.Command]:
    """A command of that name with its options in the table; its function is given the request, and an argument that is
    not the sources."""
    options = of_command(name)

    def made(function: Callable[..., None]) -> click.Command:
        def called(**values: Any) -> None:
            ctx = click.get_current_context()
            given = frozenset(
                field for field in values if ctx.get_parameter_source(field) is ParameterSource.COMMANDLINE
            )
            asked = {field: values.pop(field) for field in [*values] if field in Request.__match_args__}
            words = ctx.meta.get(_WORDS, "")
            request = Request(
                **{f: value for f, value in asked.items() if value is not None}, given=given, command=words
            )
            with remembering(None if request.no_cache else usual_folder()):
                function(request, **values)

        called.__doc__ = function.__doc__
        return click.command(name, cls=_Command, params=[argument, *map(_made, options)])(called)

    return made


class _Command(click.Command):
    """A command that knows by which words it was called."""

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **others: Any) -> click.Context:
        words = [*args]  # which reading them uses up
        try:
            ctx = super().make_context(info_name, args, *more, **others)
        except click.NoSuchOption as error:
            others_have = commands_with(error.option_name.lstrip("-"))
            if not others_have:
                raise
            message = f"{error.option_name} is an option of {' and '.join(others_have)}, and none of {self.name}."
            raise click.UsageError(message, error.ctx) from None
        ctx.meta[_WORDS] = shlex.join(["adgraph", self.name or "", *map(_without_folders, words)])
        return ctx

    def make_parser(self, ctx: click.Context) -> Any:
        """Short options are found at once: click looks for them among the long ones, and for what is spelled alike."""
        parser = super().make_parser(ctx)
        parser._long_opt.update(parser._short_opt)
        return parser

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return HELP

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Many options stand in groups."""
        parameters = {parameter.name or "": parameter for parameter in self.get_params(ctx)}
        if len(parameters) < MANY:
            super().format_options(ctx, formatter)
            return
        from graphviz_ad.cli.option_groups import in_groups

        for group, names in in_groups(parameters).items():
            records = [parameters[name].get_help_record(ctx) for name in names]
            if any(records):
                with formatter.section(group):
                    formatter.write_dl([record for record in records if record])


def _without_folders(word: str) -> str:
    """A word of the command line, of a file without where it is on this machine."""
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    if "/" in value and looks_like_file(value):
        value = f"{os.path.basename(value.rstrip('/'))}{'/' * value.endswith('/')}"
    return f"{option}{equals}{value}".replace("\n", "; " if "=" in value else " ")


class Choice(click.Choice):  # type: ignore[type-arg]  # generic from click 8.2 on
    """One of several words, or one that the option accepts beside them; a mistyped one gets the nearest."""

    def __init__(self, option: Option) -> None:
        super().__init__([*map(str, option.choices())])
        self.option = option

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            if self.option.accepts(value):
                return value
            raise click.BadParameter(error.message + near(str(value), self.choices), ctx, param) from None


def _made(option: Option) -> click.Option:
    """An option of the table as click has them."""
    row = option.row
    default = None if row.usual or option.is_many or option.default == "" else option.default
    made = ExplainedOption(
        [*([f"-{row.short}"] if row.short else []), *(f"--{name}" for name in option.spellings), option.name],
        type=None if option.is_flag else _type(option),
        is_flag=option.is_flag,
        multiple=option.is_many or _is_once(option),
        default=str(default) if default is not None and get_origin(option.kind) is Literal else default,
        show_default=default is not None and not option.is_flag,
        metavar=row.metavar or None,
        callback=None if option.is_flag else _read(option),
        shell_complete=None if option.is_flag else completing("values", option),
    )
    made.explanation = option.help  # it may name every format
    return made


def _is_once(option: Option) -> bool:
    """Whether an option names a file or a folder that is written: of two the first would be lost without a word."""
    return option.row.metavar in ("FILE", "DIR/") and not option.is_many


def _type(option: Option) -> Any:
    """What click reads it as; Any, for its types are generic only in some versions."""
    row = option.row
    if option.is_number:
        if (row.least, row.above, row.most) == (None, None, None):
            return click.INT
        range_of: Any = click.IntRange if option.kind is int else click.FloatRange
        return range_of(row.above if row.least is None else row.least, row.most, min_open=row.above is not None)
    is_word = not (row.reader or option.is_many) and option.choices()
    return Choice(option) if is_word else click.STRING


def _read(option: Option) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """The callback that makes the value of an option from what click has read."""

    def value_of(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        if value is None or (value == () and _is_once(option)):
            return None
        if _is_once(option) and len(value) > 1:
            raise click.BadParameter(f"it is given {len(value)} times, and one file is written.", ctx, param)
        try:
            return read_value(option, value if isinstance(value, tuple) else (str(value),))
        except OptionError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    return value_of


def check_unused(request: Request, views: Iterable[str] = (), formats: Iterable[str] = ()) -> None:
    """Raises UsageError for an option that is given to the command and does nothing there."""
    found = unused(click.get_current_context().command.name or "", request, views, formats)
    if found:
        option, said = found
        raise click.UsageError(f"--{option.spelled} {said}.")


def named_format(name: str) -> Format:
    """The format of a name or an extension. Raises UsageError where there is none."""
    made = find(name)
    if made is None:
        known = [spelling for one in formats().values() for spelling in (one.name, *(e[1:] for e in one.extensions))]
        raise click.UsageError(f"Unknown format '{name}'. Formats: {', '.join(formats())}.{near(name, known)}")
    return made


def extension_of(path: str) -> str:
    """With its dot; nothing where a name has none."""
    return os.path.splitext(path.rstrip("/"))[1].rstrip(".")


def extension_format(output: str) -> Format:
    """The format that a file's extension chooses. Raises UsageError where it chooses none."""
    suffix = extension_of(output)
    if not suffix:
        raise click.UsageError(f"'{output}' has no extension that chooses a format, such as .svg (a folder ends in /).")
    return named_format(suffix[1:])


def read_systems(request: Request, notes_said: bool = True) -> list[System]:
    """The systems of all sources that are asked for; notes go to stderr, if they are to be said."""
    systems = []
    _check_sources(request.sources)
    for source in request.sources:
        for text in _texts(source, request):
            system, notes = read(text, request)
            for note in notes if notes_said else ():
                say_note(note)
            systems.append(system)
    _check_at(systems, request)
    _check_of_arrays(systems, request)
    return systems


def _check_of_arrays(systems: Sequence[System], request: Request) -> None:
    """Raises UsageError for an option of vectors and matrices where there are numbers alone."""
    if any(node.type.shape for system in systems for node in system.whole.nodes):
        return
    option = of_arrays(click.get_current_context().command.name or "", request)
    if option is not None:
        hint = "declare their shapes, W: 2x3, or write them in bold in LaTeX"
        raise click.UsageError(f"--{option.spelled} is for vectors and matrices, and there are none: {hint}.")


def _check_sources(sources: Sequence[str]) -> None:
    """Raises UsageError for a word among several sources that was meant for an option: --view forward backward."""
    for source in sources if len(sources) > 1 else ():
        if re.fullmatch(r"[\w-]+", source) and not is_there(source):
            views = [*VIEWS]
            like = f"--view {views[0]},{source}" if source in views else f"--wrt a,{source}"
            message = f"'{source}' is one of {len(sources)} sources here; values of an option have commas between them"
            raise click.UsageError(f"{message}: {like}")


def _texts(source: str, request: Request) -> list[SourceText]:
    """The source, or the systems of a document. Raises AdgraphError for several where figures go into one file."""
    if not is_document(source):
        return [read_source(source, request.language)]
    from graphviz_ad.read.documents.choosing import read_sources

    is_drawing = click.get_current_context().command.name == "draw"
    folders = request.outputs and all(name.endswith(("/", "\\")) or os.path.isdir(name) for name in request.outputs)
    return read_sources(source, request.language, is_drawing and not folders, request.macros)


def views_of(system: System, request: Request) -> tuple[str, ...]:
    """The views that are asked for, or those that suit the system; a note says what else there is."""
    if request.views:
        return request.views
    choice = usual_views(system, request.style)
    if choice.note:
        say_note(choice.note)
    return choice.views


def _check_at(systems: list[System], request: Request) -> None:
    """Raises AdgraphError, with its place in the option, for a value that is of no input of the systems."""
    if not request.at:
        return
    from graphviz_ad.point.bindings import check_given

    texts = getattr(request.ranges or request.at, "texts", {})
    wholes = [system.whole for system in systems]
    used_up = {name for system in systems for name in system.reading.called_with}
    for name in request.at:
        try:
            check_given(wholes, {name: systems[0].reading.given[name]}, used_up, request.at)
        except AdgraphError as error:
            error.span, error.source, error.origin = Span(0, len(name)), texts.get(name, name), "--at"
            raise

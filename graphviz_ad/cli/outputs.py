"""Where figures go: files, folders, standard output; and what is asked of formats that they do not have."""

import os
import sys

import click

from graphviz_ad.cli.options import extension_format, extension_of, named_format
from graphviz_ad.core.diagram import Sheet
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.formats import Format
from graphviz_ad.host.files import is_stream
from graphviz_ad.host.streams import say_note
from graphviz_ad.pipeline import render, render_frames

_STANDARD_OUTPUT = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
_UNFIT = pattern(r"[^\w.-]+")
_LONGEST = 200  # bytes of a file's name without its extension; systems know names of up to 255


class Output(Record):
    """Where an output goes: a file; a folder for a file a panel, or a file a frame; standard output without a path."""

    made: Format
    path: str | None = None
    folder: bool = False
    frames: bool = False

    @property
    def has_extension(self) -> bool:
        """Whether its name has chosen its format."""
        return self.path is not None and not self.folder and bool(extension_of(self.path))


def output_of(name: str, format_name: str | None) -> Output:
    """Raises UsageError for an extension that chooses no format."""
    if not name.strip():
        raise click.UsageError("An output needs a name, such as figure.svg.")
    if name in _STANDARD_OUTPUT:
        return Output(named_format(format_name or "svg"))
    if name.endswith(("/", "\\")) or os.path.isdir(name):
        return Output(named_format(format_name or "svg"), name, True)
    if is_stream(name) and not extension_of(name):  # >(…) of a shell is /dev/fd/63
        return Output(named_format(format_name or "svg"), name)
    return Output(extension_format(name), name)


def default_output(sheet: Sheet, format_name: str | None) -> Output:
    made = named_format(format_name or "svg")
    return Output(made, file_name(sheet.name) + made.extensions[0])


def frames_output(folder: str, format_name: str | None) -> Output:
    if not folder.strip() or folder == "-":
        raise click.UsageError("Frames need a folder, such as --frames frames/.")
    return Output(named_format(format_name or "svg"), folder, True, True)


def check_motion(request: Request, outputs: list[Output]) -> None:
    """Raises UsageError where an animation is asked of what stands still."""
    if request.animate and request.frames is not None and not outputs:
        raise click.UsageError("Frames stand still; say where the animation goes: -o figure.svg")
    for made in [output.made for output in outputs] or [named_format(request.format_name or "svg")]:
        if request.animate and made.maker.animated is None:
            raise click.UsageError(f"--animate makes SVG; {made.name} stands still.")


def check_page(outputs: list[Output], parts: bool) -> None:
    """Raises UsageError where a page, which shows all, is to show a part."""
    if parts and any(output.made.maker.from_page_model for output in outputs):
        raise click.UsageError("A page shows every step and every answer; exercises and frames are other formats.")


def contents(output: Output, sheet: Sheet, request: Request, setter: Typesetter) -> dict[str, str | bytes]:
    """The files of an output with their contents; in a folder their names begin with that of the sheet, so that one
    does not take another's place."""
    if output.path is None:
        return {}
    if not output.folder:
        return {output.path: render(sheet, output.made, request, setter, say_note)}
    extension, name = output.made.extensions[0], file_name(sheet.name)
    if output.frames:
        contents = render_frames(sheet, output.made, request)
        digits = max(2, len(str(len(contents))))  # so that the files stand in order wherever they are listed
        return {
            os.path.join(output.path, f"{name}-{n:0{digits}}{extension}"): made for n, made in enumerate(contents, 1)
        }
    if output.made.maker.from_page_model:  # all panels are one
        return {os.path.join(output.path, f"{name}{extension}"): render(sheet, output.made, request, setter, say_note)}
    parts = {f"{name}-{panel.view}{extension}": sheet.part(panel) for panel in sheet.panels}

    def drawn(file: str, part: Sheet) -> str | bytes:
        return render(part, output.made, request, setter, lambda remark: say_note(f"{file}: {remark}"))

    return {os.path.join(output.path, file): drawn(file, part) for file, part in parts.items()}


def fit_to_print(content: str | bytes, made: Format) -> str | bytes:
    """The content for standard output. Raises UsageError where it is no text and a terminal would show it."""
    if isinstance(content, bytes) and sys.stdout.isatty():
        raise click.UsageError(f"{made.name.upper()} is not text for a terminal: write it into a file "
                               f"(-o figure{made.extensions[0]}), or on into a pipe.")  # fmt: skip
    return content


def file_name(name: str) -> str:
    """A name with nothing that a file system would mind."""
    fit = _UNFIT.sub("_", name)[:80]
    return fit.encode()[:_LONGEST].decode(errors="ignore") or "figure"

"""Figures in LaTeX: environments that ask for them, and the list by which adgraph.sty finds what was made.

    \\begin{adgraph}[view=chain]
    y = sin(a*x + b)
    \\end{adgraph}

The document stays as it is. The style takes a sum (MD5, which every engine has) of what stands between
`\\begin{adgraph}` and `\\end{adgraph}`, and the list says which file that sum is: so figures are found wherever they
are moved to.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import md5
from pathlib import Path

from graphviz_ad.core.errors import AdgraphError, Origin, locate
from graphviz_ad.documents.asking import Spot, asked
from graphviz_ad.documents.manuscript import Manuscript, ShownFigure
from graphviz_ad.documents.store import KEY
from graphviz_ad.drawing.styles import templates
from graphviz_ad.notation.tex import Tex

_ENVIRONMENT = re.compile(
    r"""(?P<skipped>\\\\|\\%|%[^\n]*|\\verb\*?(?P<bar>[^\w\s*]).*?(?P=bar)
        |\\begin\{(?P<verbatim>verbatim|Verbatim|lstlisting|minted|comment)\*?\}.*?\\end\{(?P=verbatim)\*?\})
        |\\begin\{adgraph\}(?P<inside>.*?)(?P<close>\\end\{adgraph\}|\Z)""",
    re.VERBOSE | re.DOTALL,
)
_LISTED = re.compile(
    rf"\\adgraphfigure\{{(?P<sum>[0-9A-F]{{32}})\}}\{{[^{{}}]*?(?P<key>{KEY.pattern})\.pdf\}}\{{(?P<alt>.*)\}}%"
)
STYLE = "adgraph.sty"
HEAD = "% Figures of {document}, made by `adgraph notes'; adgraph.sty reads this.\n"


def spots(text: str, path: str) -> Iterator[Spot | AdgraphError]:
    """The figures that a document asks for, in order; an error is one that is asked for wrongly."""
    for match in _ENVIRONMENT.finditer(text):
        if match["skipped"] is not None:
            continue
        place = _place(text, match.start(), path)
        if not match["close"]:
            yield AdgraphError("this is never closed", hint="end it by \\end{adgraph}").placed(place)
            return
        inside, start = match["inside"], match.start("inside")
        options = _options(inside)
        said, said_at = _separated(inside[:options]), _place(text, start, path)
        body = inside[options:].lstrip(" \t").removeprefix("\r").removeprefix("\n")
        begins = _place(text, match.end("inside") - len(body), path)
        try:
            yield asked(said, said_at, body, begins, match.start(), match.end(), place)
        except AdgraphError as error:
            yield error


def sums_of(text: str, spot: Spot) -> tuple[str, ...]:
    """The sums of what stands in an environment, as TeX reads it: without blanks at the ends of lines; whether these
    are tabs as well depends on the TeX."""
    inside = text[spot.start : spot.end].removeprefix("\\begin{adgraph}").removesuffix("\\end{adgraph}")
    *rows, last = inside.replace("\r\n", "\n").split("\n")
    read = ("\r".join([*(row.rstrip(blanks) for row in rows), last]) for blanks in (" ", " \t"))
    return tuple(md5(one.encode(), usedforsecurity=False).hexdigest().upper() for one in dict.fromkeys(read))


def shown(manuscript: Manuscript, spot: Spot) -> ShownFigure | None:
    """The figure that the list has for a spot."""
    return _listed(_text(_list_path(manuscript)) or "").get(sums_of(manuscript.text, spot)[0])


def words(alt: str) -> str:
    """An alternative text as LaTeX has it."""
    return Tex().words(" ".join(alt.split())).replace("\\textbackslash{}", "/")


def files(manuscript: Manuscript, now: Sequence[tuple[Spot, ShownFigure]]) -> dict[Path, str]:
    """The list of these figures, and beside a whole document the style that reads it, where they are not there
    already."""
    if "\\begin{adgraph}" not in manuscript.text and not _list_path(manuscript).is_file():
        return {}
    rows = [f"\\adgraphfigure{{{sum_}}}{{{manuscript.link(one.key)}}}{{{one.alt}}}%\n"
            for spot, one in now for sum_ in sums_of(manuscript.text, spot)]  # fmt: skip
    head = HEAD.format(document=os.path.basename(manuscript.path))
    wanted = {_list_path(manuscript): head + "".join(dict.fromkeys(rows))}
    if "\\documentclass" in manuscript.text:
        wanted[Path(manuscript.path).with_name(STYLE)] = (templates() / "tex" / STYLE).read_text("utf-8")
    return {path: text for path, text in wanted.items() if _text(path) != text}


# ---- helpers


def _list_path(manuscript: Manuscript) -> Path:
    return manuscript.store.folder / f"{Path(manuscript.path).stem}-adgraph.tex"


def _text(path: Path) -> str | None:
    return path.read_text("utf-8", errors="replace") if path.is_file() else None


@lru_cache(maxsize=1)
def _listed(text: str) -> dict[str, ShownFigure]:
    """The figures of a list, by their sums."""
    return {match["sum"]: ShownFigure(match["key"], match["alt"]) for match in _LISTED.finditer(text)}


def _place(text: str, at: int, path: str) -> Origin:
    line, column, _ = locate(text, at)
    return Origin(path, line, column)


def _options(inside: str) -> int:
    """How many characters the options take, in square brackets on the line of \\begin."""
    lead = len(inside) - len(inside.lstrip(" \t"))
    if not inside[lead:].startswith("["):
        return 0
    depth = 0
    for at, character in enumerate(inside):
        depth += (character in "{[") - (character in "}]")
        if at >= lead and not depth:
            return at + 1
    return 0


def _separated(said: str) -> str:
    """Options between commas as words between blanks, each character in its place."""
    made, depth = "", 0
    for character in said:
        made += " " if not depth and character in ",\n" else character
        depth += (character == "{") - (character == "}")
    lead, body = len(made) - len(made.lstrip(" \t[")), made.rstrip(" \t]")
    return " " * lead + body[lead:]

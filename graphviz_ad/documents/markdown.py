"""Figures in Markdown: fences and comments that ask for them, and the line behind each that shows one.

    ```adgraph view=chain             <!-- adgraph view=chain
    y = sin(a*x + b)                  y = sin(a*x + b)
    ```                               -->

The line is an image whose file is named by its key, as no other file is: so it is found again, and shown everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from graphviz_ad.core.errors import AdgraphError, Origin
from graphviz_ad.core.record import Record
from graphviz_ad.documents.asking import Spot, asked
from graphviz_ad.documents.manuscript import Manuscript, ShownFigure
from graphviz_ad.documents.store import KEY

_BEFORE = r"(?P<before>(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)"
_FENCE = re.compile(rf"{_BEFORE}(?P<ticks>`{{3,}}(?=[^`]*$)|~{{3,}})[ \t]*(?P<words>.*)")
_COMMENT = re.compile(rf"{_BEFORE}(?P<ticks><!--)(?P<words>.*)")
_OURS = re.compile(
    r"(?P<lead>[ \t]*adgraph(?![\w-]))(?P<plain>.*)|(?P<open>\{[ \t]*\.?adgraph\b[ \t,]*)(?P<braced>[^}]*)\}[ \t]*"
)
_SHOWN = re.compile(
    rf"(?P<before>[ \t>]*)!\[(?P<alt>.*)\]\((?P<path>[^()\s]*-(?P<key>{KEY.pattern})\.(?:svg|png))\)[ \t]*"
)
_HOLDS = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|!!!|\?\?\?\+?|===|:|\[\^[^\]]+\]:)(?:[ \t]|$)")  # what is indented
_SIGNS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>|&~$#!"}
_CODE = 4  # blanks before a line that is code


class _Row(Record):
    """A line of a document, without its end, and where it begins."""

    text: str
    start: int
    number: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def spots(text: str, path: str) -> Iterator[Spot | AdgraphError]:
    """The figures that a document asks for, in order; an error is one that is asked for wrongly."""
    rows = _lines(text)
    at = 0
    while at < len(rows):
        line = rows[at]
        fence, comment = _FENCE.fullmatch(line.text), _COMMENT.fullmatch(line.text)
        match = fence or comment
        if match is None or _is_code(rows, at):
            at += 1
            continue
        closing = _closing(rows, at, fence)
        ours = _OURS.fullmatch(match["words"] if fence else match["words"].partition("-->")[0])
        if ours and (fence or not ours["open"]):
            try:
                yield _block(rows[at : closing + 1], match, ours, path, bool(fence), closing < len(rows))
            except AdgraphError as error:
                yield error
        at = closing + 1


def shown(manuscript: Manuscript, spot: Spot) -> ShownFigure | None:
    """The figure that stands behind a spot already, at most one blank line away."""
    found = _behind(manuscript.text, spot)
    return ShownFigure(found[1]["key"], found[1]["alt"]) if found else None


def words(alt: str) -> str:
    """An alternative text as Markdown has it. Signs are entities, for \\[ would be a formula to some programs."""
    return " ".join(alt.split()).translate(_SIGNS)


def files(manuscript: Manuscript, now: Sequence[tuple[Spot, ShownFigure]]) -> dict[Path, str]:
    """The document with the lines that show these figures, if that changes it. A figure that is not there could not be
    made: its line stays."""
    there = ((spot, one) for spot, one in now if manuscript.store.path(one.key, manuscript.extension).is_file())
    links = [(spot, f"![{one.alt}]({quote(manuscript.link(one.key), safe='/')})") for spot, one in there]
    text = with_links(manuscript.text, links)
    return {} if text == manuscript.text else {Path(manuscript.path): manuscript.mark + text}


def with_links(text: str, links: Sequence[tuple[Spot, str]]) -> str:
    """The document with a line behind each of these blocks; all else is as it was, byte for byte."""
    made, at = [], 0
    end = "\r\n" if "\r\n" in text else "\n"
    for spot, line in links:
        found = _behind(text, spot)
        if found is not None:
            old, match = found
            made += [text[at : old.start], match["before"], line]
            at = old.end
            continue
        before = _prefix(text, spot)
        blank = before.rstrip()
        following = _line_behind(text, spot.end)
        more = following and following.text.strip(" \t>")  # words, which would go on in the paragraph of the picture
        made += [text[at : spot.end], end, blank, end, before, line, *([end, blank] if more else [])]
        at = spot.end
    return "".join([*made, text[at:]])


def braced(text: str, path: str) -> str:
    """The document for Pandoc and its kin: each block is a fence, ```{.adgraph words="view=chain" line=7}, and the
    lines that show figures are gone. Raises AdgraphError for what is asked wrongly."""
    text = text.replace("\r\n", "\n")
    rows = text.split("\n")
    for spot in spots(text, path):
        if isinstance(spot, AdgraphError):
            raise spot
        first, last = spot.place.line - 1, text.count("\n", 0, spot.end)
        if (found := _behind(text, spot)) is not None:
            rows[text.count("\n", 0, found[0].start)] = ""
        fence, comment = _FENCE.fullmatch(rows[first]), _COMMENT.fullmatch(rows[first])
        if fence is not None:
            rows[first] = f"{fence['before']}{fence['ticks']}{_attributes(fence, fence['words'], first + 1)}"
        elif comment is not None:
            opening = f"{comment['before']}~~~{_attributes(comment, comment['words'].partition('-->')[0], first + 1)}"
            end = rows[last].partition("-->")[0] if last > first else ""
            blank = _prefix(text, spot)
            rows[first] = opening if last > first else f"{opening}\n{blank}~~~"
            if last > first:
                rows[last] = f"{end}\n{blank}~~~" if end.strip(" \t>") else f"{blank}~~~"
    return "\n".join(rows)


# ---- helpers


def _attributes(row: re.Match[str], said: str, line: int) -> str:
    """The words of a block as attributes, and where they are; those that are attributes already stay so."""
    ours = _OURS.fullmatch(said)
    assert ours is not None, "it is a block of ours"
    group = "plain" if ours["plain"] is not None else "braced"
    words = ours[group].strip()
    place = f"line={line} column={row.start('words') + ours.start(group) + ours[group].find(words) + 1}"
    if group == "braced" and ours["open"].lstrip("{ \t").startswith("."):
        return f"{{.adgraph {words} {place}}}"
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{.adgraph words="{quoted}" {place}}}'


def _lines(text: str) -> list[_Row]:
    """The lines, without what ends them."""
    rows, start = [], 0
    for number, row in enumerate(text.split("\n"), 1):
        rows.append(_Row(row.removesuffix("\r"), start, number))
        start += len(row) + 1
    return rows


def _closing(rows: Sequence[_Row], at: int, fence: re.Match[str] | None) -> int:
    """The number of the line that ends what begins in a line; that behind the last one if none does."""
    if fence is None:
        return next((k for k in range(at, len(rows)) if "-->" in rows[k].text), len(rows))
    closing = re.compile(rf"[ \t>]*{fence['ticks'][0]}{{{len(fence['ticks'])},}}[ \t]*")
    return next((k for k in range(at + 1, len(rows)) if closing.fullmatch(rows[k].text)), len(rows))


def _is_code(rows: Sequence[_Row], at: int) -> bool:
    """Whether a line is indented so far that it is code, and not part of a list or a note."""
    indent = _indent(rows[at].text)
    if indent < _CODE:
        return False
    for row in reversed(rows[:at]):
        if row.text.strip() and _indent(row.text) < indent:
            return not _HOLDS.match(row.text) and (_indent(row.text) < _CODE or _is_code(rows, row.number - 1))
    return True


def _indent(text: str) -> int:
    expanded = text.expandtabs(4)
    return len(expanded) - len(expanded.lstrip(" "))


def _block(
    rows: Sequence[_Row], match: re.Match[str], ours: re.Match[str], path: str, is_fence: bool, closed: bool
) -> Spot:
    """The block in these lines, from that which opens it to that which closes it."""
    first, last = rows[0], rows[-1]
    place = Origin(path, first.number, match.start("ticks") + 1)
    if not closed:
        raise AdgraphError("this is never closed", hint=f"end it by {match['ticks'] if is_fence else '-->'}").placed(
            place
        )
    inner, body_rows = _inside(rows, is_fence, match["before"])
    group = "plain" if ours["plain"] is not None else "braced"
    said_at = Origin(path, first.number, match.start("words") + ours.start(group) + 1)
    indent = len(inner)
    begins = Origin(path, min(first.number + 1, last.number), indent + 1, indent)
    return asked(ours[group], said_at, "\n".join(body_rows), begins, first.start, last.end, place)


def _inside(rows: Sequence[_Row], is_fence: bool, before: str) -> tuple[str, list[str]]:
    """What stands before each line of a block, and its lines without that."""
    inner = [row.text for row in rows[1:-1]]
    if not is_fence and len(rows) > 1:
        inner.append(rows[-1].text.partition("-->")[0])
    marks, blanks = before.count(">"), len(before.rpartition(">")[2])
    taken = re.compile(rf"(?:[ \t]*>){{0,{marks}}}[ \t]{{0,{blanks}}}")
    found = [taken.match(row) for row in inner]
    lead = next((match[0] for match in found if match), "")
    return lead, [row[match.end() :] if match else row for row, match in zip(inner, found, strict=True)]


def _prefix(text: str, spot: Spot) -> str:
    """What stands before the lines of a block: blanks and marks of quotation, and blanks for the mark of a list."""
    match = re.match(_BEFORE, text[spot.start : spot.end])
    before = match["before"] if match else ""
    return re.sub(r"[^ \t>]", " ", before)


def _behind(text: str, spot: Spot) -> tuple[_Row, re.Match[str]] | None:
    """The line behind a block that shows a figure."""
    row = _line_behind(text, spot.end)
    if row is not None and not row.text.strip(" \t>"):
        row = _line_behind(text, row.end)
    match = _SHOWN.fullmatch(row.text) if row is not None else None
    return (row, match) if row is not None and match else None


def _line_behind(text: str, at: int) -> _Row | None:
    """The line behind that in which a place is, if there is one."""
    start = text.find("\n", at) + 1
    stop = text.find("\n", start)
    return _Row((text[start:] if stop < 0 else text[start:stop]).removesuffix("\r"), start, 0) if start else None

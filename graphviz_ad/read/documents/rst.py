"""Formulas in reStructuredText: the role `math`, and directives, which may stand in the cells of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphviz_ad.read.documents.formulas import LATEX, PYTHON, Excerpt

_MARK = re.compile(
    r"""(?P<role>:math:`(?P<body>[^`]+)`)
    | (?P<directive>\.\.[ ]+(?P<name>math|code-block|code|sourcecode|ipython|jupyter-execute)::[ \t]*(?P<first>[^\n|]*))
    | (?P<heading>^(?P<over>[=\-~^"'*+#])(?P=over){2,}[ \t]*$)""",
    re.VERBOSE | re.MULTILINE,
)
_OPTION = re.compile(r"\s*:(\w+):\s*(.*)$")


def formulas(text: str) -> list[Excerpt]:
    """The formulas of a text in reStructuredText."""
    found: list[Excerpt] = []
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    row = section = 0
    for match in _MARK.finditer(text):
        while starts[row + 1] <= match.start():
            row += 1
        if match["heading"]:
            section += 1
        elif match["role"]:
            found.append(Excerpt(match["body"], ((0, match.start("body")),), section))
        else:
            found += _directive(match, lines, starts, row, section)
    return found


def _directive(
    match: re.Match[str], lines: Sequence[str], starts: Sequence[int], row: int, section: int
) -> Iterator[Excerpt]:
    """The formula of a directive: what is behind it in its line, and the lines below it that are indented more."""
    left = match.start() - starts[row]
    cell = lines[row].rfind("|", 0, left)
    right = lines[row].find("|", left) if cell >= 0 else -1
    first, name = match["first"].strip(), match["name"]
    is_code = name != "math"
    if (is_code and first not in ("python", "python3", "ipython", "")) or (is_code and not first and name != "ipython"):
        return
    parts: list[tuple[str, int]] = []
    label = ""
    if first and not is_code:
        parts.append((match["first"], match.start("first")))
    for number in range(row + 1, len(lines)):
        line = lines[number][:right] if right >= 0 else lines[number]
        if right >= 0 and lines[number][cell : cell + 1] != "|":
            break  # the end of the cell
        begin = cell + 1 if right >= 0 else 0
        inside = line[begin:]
        indent = begin + len(inside) - len(inside.lstrip())
        if inside.strip() and indent <= left:
            break
        option = _OPTION.match(inside)
        if option and not parts:
            label = option[2].strip() if option[1] in ("label", "name") else label
            continue
        dedented = line[min(indent, left + 2) if is_code else indent :]
        parts.append((dedented.rstrip(), starts[number] + (min(indent, left + 2) if is_code else indent)))
    body, places = "", []
    for words, place in parts:
        places.append((len(body), place))
        body += f"{words}\n"
    if body.strip():
        yield Excerpt(body.rstrip(), tuple(places), section, 0, label, True, PYTHON if is_code else LATEX)

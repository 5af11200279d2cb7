"""Chains as text for a document: what `adgraph derive --format` writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.core.diagram import Chain
from graphviz_ad.core.formula import Equality, sign_before
from graphviz_ad.core.inert import in_line
from graphviz_ad.notation.breaking import Measure, rows
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.setting import Settable
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.unicode import Unicode, ruler
from graphviz_ad.notation.write import write

WIDTH = 72  # of a line of LaTeX in a terminal's columns, 4.7 points each: an article's 345 points
PAGE = 20  # lines of fractions; more are not kept on one page
_INDENTS = "", "\\quad ", "\\qquad "


def latex(chains: Sequence[Chain]) -> str:
    """One align* environment, the equals signs in a column; remarks as comments. Needs amsmath, and any TeX sets it."""
    from graphviz_ad.notation.tex import Tex

    tex = Tex()
    lines = [tex.maths(line) for equation in _equations(chains) for line in aligned_lines(equation)]
    notes = "".join(f"% {note}\n" for note in _notes(chains))
    body = " \\\\\n".join(f"  {line}" for line in lines)
    made = f"\\begin{{align*}}\n{body}\n\\end{{align*}}\n"
    if len(lines) > PAGE:
        made = f"\\begingroup\\allowdisplaybreaks\n{made}\\endgroup\n"
    return f"{notes}{tex.preamble()}{made}"


def aligned(sides: Sequence[Settable], notation: Latex) -> str:
    """A line of an align environment, its first equals sign in the column."""
    left, *others = sides
    line = write(left, notation)
    for number, side in enumerate(others):
        line = notation.equation(line, f"{'' if number else '&'}{sign_before(side)}", write(side, notation))
    return line


def aligned_lines(equation: Equality, notation: Latex | None = None) -> list[str]:
    """An equation in as many lines of an align environment as fit on a page."""
    notation, terminal = notation or Latex(), Unicode()
    left = equation.sides[0]
    page = Measure(WIDTH, write(left, terminal).width, 3, 2)
    first, *others = rows(equation, page, ruler(terminal))
    lines = [aligned((left, *first.parts), notation)]
    for row in others:
        written = [(sign, write(part, notation)) for sign, part in row.signed()]
        parts = [part if sign is None else notation.equation("", sign, part) for sign, part in written]
        lines.append(f"&{_INDENTS[row.level]}{' '.join(part.strip() for part in parts)}")
    return lines


def markdown(chains: Sequence[Chain]) -> str:
    """A display formula for each equation, remarks in italics."""
    from graphviz_ad.notation.markdown import Markdown, prose

    parts = []
    for chain in chains:
        parts += [f"$$\n{_displayed(equation, Markdown())}\n$$\n" for equation in chain.equations]
        parts += [f"*{prose(in_line(note))}*\n" for note in chain.notes]
    return "\n".join(parts)


def _displayed(equation: Equality, notation: Latex) -> str:
    """An equation for a display formula of Markdown, in lines where it is too long for one."""
    lines = aligned_lines(equation, notation)
    if len(lines) == 1:
        return write(equation, notation)
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def typst(chains: Sequence[Chain]) -> str:
    """A display formula for each equation, remarks as comments."""
    parts = [f"// {note}\n" for note in _notes(chains)]
    return "".join([*parts, *(f"$ {write(equation, Typst())} $\n" for equation in _equations(chains))])


def _equations(chains: Sequence[Chain]) -> list[Equality]:
    return [equation for chain in chains for equation in chain.equations]


def _notes(chains: Sequence[Chain]) -> list[str]:
    """The remarks, each in a line that says of which derivative."""
    return [in_line(f"{chain.of}, {chain.wrt}: {note}") for chain in chains for note in chain.notes]


CHAIN_FORMATS: dict[str, Callable[[Sequence[Chain]], str]] = {"latex": latex, "markdown": markdown, "typst": typst}

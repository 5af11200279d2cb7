"""A sheet in words: what a figure says to those who do not see it."""

from collections.abc import Iterable

from graphviz_ad.notation.formula import Formula
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.transform.diagram import Cell, Chains, Diagram, Panel, Plot, Sheet, Table


def describe(sheet: Sheet) -> str:
    """What depends on what, and every derivative and chain that the sheet shows."""
    return " ".join(_sentence(panel) for panel in sheet.panels)


def _sentence(panel: Panel) -> str:
    said = "; ".join(_said(panel.content))
    return f"{panel.caption}: {said}." if said else f"{panel.caption}."


def _said(content: Diagram | Chains | Table | Plot) -> Iterable[str]:
    match content:
        case Diagram():
            return (_words(arrow.label) for arrow in content.arrows if arrow.label is not None)
        case Chains(chains):
            return (_words(equation) for chain in chains for equation in chain.equations)
        case Table(_, rows):
            return (", ".join(filter(None, map(cell_words, row))) for row in rows if row)
        case Plot(x, _, series):
            return (f"{cell_words(line.name)} over {cell_words(x)}" for line in series)


def cell_words(cell: Cell) -> str:
    """A cell in words: text as it is, a number in full, a formula on one line."""
    if isinstance(cell, str):
        return cell
    return repr(cell) if isinstance(cell, float) else _words(cell)


def _words(formula: Formula) -> str:
    return write(formula, Plain())

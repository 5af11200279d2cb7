"""DOT, to be edited by hand and rendered by any Graphviz; `texlbl` carries the LaTeX. (For dot2tex: `dot2tex`.)"""

from __future__ import annotations

from typing import Any

from graphviz_ad.errors import AdgraphError
from graphviz_ad.notation.formula import Formula, Gate
from graphviz_ad.notation.htmllike import HtmlLike, label, text
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.render import Format, Options, register
from graphviz_ad.transform.diagram import Cell, Chain, Chains, Diagram, Panel, Plot, Role, Sheet, Table

SHAPES: dict[Role, dict[str, str]] = {
    "input": {"shape": "circle", "style": "filled", "fillcolor": "#e3eefa", "color": "#0b5394"},
    "variable": {"shape": "circle"},
    "output": {"shape": "doublecircle", "style": "filled", "fillcolor": "#fdf0d9", "color": "#8a5300"},
    "operation": {"shape": "circle", "style": "filled", "fillcolor": "#eceef1", "margin": "0.02"},
    "constant": {"shape": "plaintext", "margin": "0.04"},
}


def dot(sheet: Sheet, options: Options) -> str:
    """The panels of a sheet as the clusters of one graph."""
    import graphviz

    graph = graphviz.Digraph(comment=_one_line("; ".join(write(e, Plain()) for e in sheet.equations)))
    graph.attr(rankdir=options.direction.upper(), fontname="Times", nodesep="0.35")
    graph.attr("node", fontname="Times", fontsize="16")
    graph.attr("edge", fontname="Times", fontsize="15", arrowsize="0.8")
    panels = list(enumerate(sheet.panels))
    for number, panel in reversed(panels) if options.direction in ("lr", "rl") else panels:  # dot stacks upwards
        with graph.subgraph(name=f"cluster_{number}") as cluster:
            cluster.attr(label=f"<{text(panel.caption)}>", labelloc="b", color="transparent")
            _panel(cluster, panel, f"p{number}")
    source: str = graph.source
    return source


def _one_line(words: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _panel(cluster: Any, panel: Panel, prefix: str) -> None:
    match panel.content:
        case Diagram():
            _diagram(cluster, panel.content, prefix)
            if panel.content.legend:
                rows = [[_cells(line)] for line in panel.content.legend]
                cluster.node(f"{prefix}_legend", f"<{_table(rows)}>", shape="plaintext", fontsize="13")
        case Chains(chains):
            label = f"<{_table(rows)}>" if (rows := _chain_rows(chains)) else ""  # Graphviz reads no empty table
            cluster.node(f"{prefix}_chain", label, shape="plaintext")
        case Table(head, lines):
            rows = [[_cell(cell) for cell in row] for row in (head, *lines) if row]
            cluster.node(f"{prefix}_table", f"<{_table(rows)}>", shape="plaintext")
        case Plot():
            raise AdgraphError("DOT has no place for a plot", hint="draw it as .svg")


def _cell(cell: Cell) -> str:
    return text(cell) if isinstance(cell, str) else f"{cell:.6g}" if isinstance(cell, float) else _cells(cell)


def _diagram(cluster: Any, diagram: Diagram, prefix: str) -> None:
    for vertex in diagram.vertices:
        name = f"{prefix}_{vertex.node}"
        cluster.node(name, **_labelled(vertex.label), **SHAPES[vertex.role])
        if vertex.gate is not None:
            role: Role = "operation" if isinstance(vertex.gate, Gate) else "constant"
            cluster.node(f"{name}_gate", **_labelled(vertex.gate), **SHAPES[role])
            cluster.edge(f"{name}_gate", name)
    gated = {vertex.node for vertex in diagram.vertices if isinstance(vertex.gate, Gate)}
    for arrow in diagram.arrows:
        head = f"{prefix}_{arrow.head}" + ("_gate" if arrow.head in gated else "")
        attributes = {} if arrow.label is None else _labelled(arrow.label)
        cluster.edge(f"{prefix}_{arrow.tail}", head, **attributes)


def _labelled(formula: Formula) -> dict[str, str]:
    return {"label": f"<{_cells(formula)}>", "texlbl": f"${write(formula, Latex())}$"}


def _cells(formula: Formula) -> str:
    return label(write(formula, HtmlLike()))


def _chain_rows(chains: tuple[Chain, ...]) -> list[list[str]]:
    rows = []
    for chain in chains:
        rows += [[_cells(equation)] for equation in chain.equations]
        rows += [[text(note)] for note in chain.notes]
    return rows


def _table(rows: list[list[str]]) -> str:
    lines = ("".join(f'<TD ALIGN="LEFT" CELLPADDING="4">{cell}</TD>' for cell in row) for row in rows)
    cells = "".join(f"<TR>{line}</TR>" for line in lines)
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0">{cells}</TABLE>'


register(Format("dot", (".dot", ".gv"), "Graphviz source, to be edited by hand", from_sheet=dot))

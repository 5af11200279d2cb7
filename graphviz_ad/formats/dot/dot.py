"""DOT, to be edited by hand and rendered by any Graphviz; `texlbl` carries the LaTeX. (For dot2tex: `dot2tex`.)

Graphs are clusters. Chains and tables are the label of the whole graph: as nodes, they would push its columns apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from math import hypot
from typing import Any

from graphviz_ad.core.diagram import (
    KINDS,
    Arrow,
    Cell,
    Chain,
    Chains,
    Diagram,
    Panel,
    Plot,
    Sheet,
    Table,
    Vertex,
    VertexRole,
)
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Formula
from graphviz_ad.core.inert import one_line
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.flow import flow
from graphviz_ad.drawing.theme import theme
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.standing import OUTSIDE, Column, columns_of, nested
from graphviz_ad.lesson.words import equations_in_line
from graphviz_ad.notation.breaking import Measure, rows
from graphviz_ad.notation.htmllike import Cells, HtmlLike, TableCell, label, line, text
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.unicode import Unicode, ruler
from graphviz_ad.notation.write import write

LOOK = theme("light").styles


def _filled(role: str) -> dict[str, str]:
    dash = ",dashed" if LOOK[role].dash else ""
    return {**_CIRCLE, "style": f"filled{dash}", "fillcolor": LOOK[role].fill, "color": LOOK[role].stroke}


_CIRCLE = {"shape": "circle", "margin": "0.02"}
SHAPES: dict[VertexRole, dict[str, str]] = {
    **{role: _filled(role) for role in ("input", *KINDS)},
    "variable": _CIRCLE,
    "output": _filled("output") | {"shape": "doublecircle"},
    "operation": _CIRCLE | {"style": "filled", "fillcolor": LOOK["operation"].fill},
    "constant": {"shape": "plaintext", "margin": "0.04", "width": "0.3"},
}
BOX = {"labelloc": "t", "color": LOOK["region"].stroke, "style": "rounded", "fontsize": "13"}
STRONG = {"penwidth": "3", "color": LOOK["strong"].stroke}
INCH = 72.0
HTML, TERMINAL = HtmlLike(), Unicode()  # one of each: what one has written is remembered with it
SIZE, NUMBER, LEGEND, SHAPE = 16, 12, 13, 9  # points, of text in a node, numbers at it, what is beneath, and its shape
SIDE = 36.0  # points, of the smallest circle
RING = 4  # points, from a circle to the one around it
WIDTH = 125  # of a line of a chain, in the columns of a terminal
LEGEND_WIDTH, BETWEEN = 66, 4  # the same, of a legend, and between its equations


def dot(sheet: Sheet, request: Request) -> str:
    """The graphs of a sheet as the clusters of one graph, and below them the rest."""
    import graphviz

    graph = graphviz.Digraph(comment=one_line(equations_in_line(sheet)))
    graph.attr(rankdir=request.direction.upper(), fontname="Times", nodesep="0.35")
    graph.attr("node", fontname="Times", fontsize=str(SIZE))
    graph.attr("edge", fontname="Times", fontsize="15", arrowsize="0.8")
    across = request.direction in ("lr", "rl")
    panels = [(k, panel, panel.content) for k, panel in enumerate(sheet.panels) if isinstance(panel.content, Diagram)]
    columns = columns_of(sheet.diagrams, request)
    for number, panel, diagram in reversed(panels) if across else panels:  # dot stacks upwards
        with graph.subgraph(name=f"cluster_{number}") as cluster:
            beneath = [*_legend(diagram), *_caption(panel)]
            caption = "".join(beneath) if len(beneath) < 2 else _column(beneath)
            cluster.attr(label=f"<{caption}>" if caption else "", labelloc="b", color="transparent")
            _diagram(cluster, diagram, f"p{number}", across)
            stand = [column[::-1] if across else column for column in columns[diagram.full]]  # from left to right
            _regions(cluster, diagram, f"p{number}", stand)
    below = [part for panel in sheet.panels for part in _below(panel)]
    if sheet.title:
        graph.attr(label=f"<{text(sheet.title)}>", labelloc="t", fontsize="20")
    if below:
        below = [*([text(sheet.title)] if sheet.title else []), *below]
        graph.attr(label=f"<{_column(below)}>", labelloc="b", fontsize="15")
    source: str = graph.source
    return source


# ---- graphs


def _diagram(cluster: Any, diagram: Diagram, prefix: str, across: bool) -> None:
    setter = _setter(diagram)
    for vertex in diagram.vertices:
        name = f"{prefix}_{vertex.node}"
        cluster.node(name, **_node(vertex, setter, across))
        if vertex.gate is not None:
            cluster.node(f"{name}_gate", **_labelled(vertex.gate), **SHAPES[vertex.gate_role])
            cluster.edge(f"{name}_gate", name)
    gated = diagram.gated
    for arrow in diagram.arrows:
        head = f"{prefix}_{arrow.head}" + ("_gate" if arrow.head in gated else "")
        strong = STRONG if arrow.strong else {}
        cluster.edge(f"{prefix}_{arrow.tail}", head, **_arrow(arrow, across), **strong)


def _regions(cluster: Any, diagram: Diagram, prefix: str, columns: Sequence[Column]) -> None:
    """The boxes of what belongs together, those in others inside these; and in each of them what stands beside what,
    which dot takes for an order where it is said by arrows that are not seen."""
    inside, gated = nested(diagram.regions), diagram.gated
    shown = {vertex.node for vertex in diagram.vertices}

    def filled(within: Any, of: int) -> None:
        for number in inside.within[of]:
            region = diagram.regions[number]
            with within.subgraph(name=f"cluster_{prefix}_{number}") as inner:
                inner.attr(label=f"<{text(region.name)}>", **BOX)
                for node in (*region.nodes, *region.operations):
                    if inside.of.get(node) == number:
                        inner.node(f"{prefix}_{node}")
                        if node in gated:
                            inner.node(f"{prefix}_{node}_gate")
                filled(inner, number)
        for column in columns:
            here = [(node, gate) for node, gate in column if node in (gated if gate else shown)]
            names = [f"{prefix}_{node}{'_gate' * gate}" for node, gate in here if inside.of.get(node, OUTSIDE) == of]
            if len(names) > 1:
                within.body.append(f"\t{{rank=same edge [style=invis] {' -> '.join(names)}}}\n")

    filled(cluster, OUTSIDE)


def _labelled(formula: Formula) -> dict[str, str]:
    return {"label": f"<{_cells(formula)}>", "texlbl": f"${write(formula, Latex())}$"}


def _cells(formula: Formula) -> str:
    return label(write(formula, HTML))


def _number(number: Formula, role: str, size: int = NUMBER) -> str:
    """A value or an adjoint, in its colour."""
    return f'<FONT COLOR="{LOOK[f"{role}-text"].fill}" POINT-SIZE="{size}">{_cells(number)}</FONT>'


def _mark(mark: Formula | str, role: str) -> str:
    """A number in its colour, or a shape."""
    return f'<FONT POINT-SIZE="{SHAPE}">{text(mark)}</FONT>' if isinstance(mark, str) else _number(mark, role)


def _setter(diagram: Diagram) -> Typesetter:
    """How wide the labels and numbers are, where there are numbers."""
    setter = Typesetter()
    valued = [vertex for vertex in diagram.vertices if any(_around(vertex))]
    setter.prepare(Job(vertex.label, SIZE) for vertex in valued)
    setter.prepare(Job(mark, NUMBER) for vertex in valued for mark in _around(vertex) if mark)
    return setter


def _around(vertex: Vertex) -> tuple[Formula | None, Formula | str | None]:
    """What stands above and below a node: its value, and its adjoint or its shape."""
    return vertex.value, vertex.adjoint or vertex.shape or None


def _node(vertex: Vertex, setter: Typesetter, across: bool) -> dict[str, str]:
    """A node with its value above and its adjoint or its shape below; to its left and right where arrows run upright.

    The label is larger than the shape, whose place is its middle cell: what stands around it is alike on both sides.
    """
    attributes = _labelled(vertex.label) | SHAPES[vertex.role]
    above, below = _around(vertex)
    if not (above or below):
        return attributes
    made = setter(vertex.label, SIZE)
    side = max(SIDE, hypot(made.width, made.height) + 6)
    gap = 1 if across else 3
    room = round(side) + 2 * (RING * (vertex.role == "output") + gap)
    value, adjoint = (_mark(mark, role) if mark else "" for mark, role in ((above, "value"), (below, "adjoint")))
    shown = _cells(vertex.label)
    padding = round((room - max(made.width, made.height)) / 2)  # of a table, which would else fill the whole cell
    size = f'CELLPADDING="{padding}"' if shown.startswith("<TABLE") else f'HEIGHT="{room}" WIDTH="{room}"'
    middle = f"<TD {size}>{shown}</TD>"
    if across:
        high = round(1.4 * NUMBER)
        cells = f'<TD HEIGHT="{high}">{value}</TD>', middle, f'<TD HEIGHT="{high}">{adjoint}</TD>'
        whole = _table(f"<TR>{cell}</TR>" for cell in cells)
    else:
        wide = round(max(setter(number, NUMBER).width for number in (above, below) if number)) + 2
        left, right = f'<TD WIDTH="{wide}" ALIGN="RIGHT">', f'<TD WIDTH="{wide}" ALIGN="LEFT">'
        whole = _table([f"<TR>{left}{value}</TD>{middle}{right}{adjoint}</TD></TR>"])
    inches = f"{side / INCH:.3f}"
    return attributes | {"label": f"<{whole}>", "fixedsize": "shape", "width": inches, "height": inches}


def _arrow(arrow: Arrow, across: bool) -> dict[str, str]:
    """An arrow with its label, and room around that; on a wire, the value and below it the gradient."""
    if arrow.label is None:
        return {}
    if not (arrow.through or arrow.below):
        return _labelled(arrow.label) | {"label": f"<{_table([_row(_cells(arrow.label))], 4 if across else 7)}>"}
    numbers = ((arrow.label, "value"), (arrow.below, "adjoint"))
    shown = [_row(_number(number, role, 14), align="CENTER") for number, role in numbers if number is not None]
    return _labelled(arrow.label) | {"label": f"<{_table(shown, 2 if across else 4)}>"}


def _legend(diagram: Diagram) -> Iterator[str]:
    """The values without names of their own, as many in a line as fit; then the remarks."""
    for each in flow(((equation, _width(equation)) for equation in diagram.legend), BETWEEN, LEGEND_WIDTH):
        yield f'<FONT POINT-SIZE="{LEGEND}">{line(_spaced(each), "center")}</FONT>'
    for note in diagram.notes:
        yield f'<FONT POINT-SIZE="{LEGEND}"><I>{text(note)}</I></FONT>'


def _spaced(formulas: Iterable[Formula]) -> Cells:
    """Formulas side by side."""
    return reduce(lambda left, right: HTML.equation(left, "\u2003", right), (write(f, HTML) for f in formulas))


def _width(formula: Formula) -> int:
    """About how wide a formula is, in the columns of a terminal."""
    return write(formula, TERMINAL).width


# ---- chains and tables


def _below(panel: Panel) -> Iterator[str]:
    """What a panel that is no graph has below the graphs, and its caption."""
    match panel.content:
        case Diagram():
            return
        case Chains(chains):
            made = [row for chain in chains for row in _chain(chain)]
        case Table():
            made = [*_lines(panel.content)]
        case Plot():
            raise AdgraphError("DOT has no place for a plot", hint="draw it as .svg")
    if made:  # Graphviz reads no empty table
        yield _table(made, 4)
    yield from _caption(panel)


def _caption(panel: Panel) -> list[str]:
    return [text(panel.caption)] if panel.caption else []


def _chain(chain: Chain) -> Iterator[str]:
    """The rows of a chain, their equals signs in one column; a line that is too long goes on below it."""
    for equation in chain.equations:
        left = equation.sides[0]
        before = line(write(left, HTML), "right")
        for row in rows(equation, Measure(WIDTH, _width(left), 3, 2), ruler(TERMINAL)):
            shown: Cells = (TableCell("\u2003" * (row.level + 1)),) if row.level else ()
            for sign, part in row.signed():
                shown = HTML.equation(shown, sign or "", write(part, HTML))
            yield f'<TR><TD ALIGN="RIGHT">{before}</TD><TD ALIGN="LEFT">{line(shown)}</TD></TR>'
            before = ""
    for note in chain.notes:
        yield f'<TR><TD></TD><TD ALIGN="LEFT">{text(note)}</TD></TR>'


def _lines(table: Table) -> Iterator[str]:
    """The rows of a table, with a rule below the head and where it has one."""
    rule = ""
    for row in (table.head, None, *table.rows):
        if row:
            yield rule + _row(*map(_cell, row))
        rule = "" if row else "<HR/>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str | float):
        return text(cell) if isinstance(cell, str) else f"{cell:.6g}"
    return line(write(cell, HTML))


def _row(*cells: str, align: str = "LEFT") -> str:
    return "<TR>" + "".join(f'<TD ALIGN="{align}">{cell}</TD>' for cell in cells) + "</TR>"


def _column(parts: Sequence[str]) -> str:
    """Parts below each other, centred."""
    return _table((f"<TR><TD>{part}</TD></TR>" for part in parts), 4)


def _table(rows: Iterable[str], padding: int = 0) -> str:
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="{padding}">{"".join(rows)}</TABLE>'


FORMAT = Format("dot", (".dot", ".gv"), "Graphviz source, to be edited by hand",
                f"{__name__}:MAKER", "direction groups highlight pins stacked title")  # fmt: skip
MAKER = Maker(from_sheet=dot)

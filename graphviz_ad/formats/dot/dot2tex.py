"""DOT for dot2tex, with the formulas in LaTeX and room for them as LaTeX sets them.

It cannot be the DOT with HTML-like labels: dot2tex writes its `texlbl` once for each run of text that Graphviz drew, of
which a stacked fraction has several, and with pyparsing 3.3 or newer it cannot read a label that has a tag in it.
So a label here is one run of letters, as wide and as high as the LaTeX that is set in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from graphviz_ad.core.diagram import Arrow, Cell, Chains, Diagram, Sheet, Table, Vertex, VertexRole
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Formula
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.flow import flow
from graphviz_ad.drawing.theme import theme
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.chains import aligned
from graphviz_ad.formats.dot.dot import SHAPES
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.write import write

SIZE, NUMBER = 10.0, 7.0  # points, of the text in a document and of the numbers at a node
LEADING = 6.0  # between lines
QUAD = 10.0  # between the formulas of a line
MARGIN = 7.0  # around the formula in a node
LINE = 360.0  # points, of a legend
INCH = 72.0
LETTER, HIGH = 0.5, 1.2  # how wide an x is and how high a line, for each point of their size

# What LaTeX needs: \\n is what dot2tex 2.12 writes for PSTricks where it means the end of a line.
_PREAMBLE = "\\usepackage{amsmath}\\providecommand{\\n}{}"
_NODES = f"every node/.style={{inner sep=1.5bp,minimum size={SIZE + MARGIN:g}bp}}"  # TikZ takes no sizes from the DOT


class LatexBox(Record):
    """LaTeX, and the room that it needs, in points."""

    latex: str
    width: float
    height: float


class _Setter:
    """Formulas and words as LaTeX, with the room that they need."""

    def __init__(self) -> None:
        self.tex, self._typesetter = Tex(), Typesetter()

    def prepare(self, sheet: Sheet) -> None:
        """Set the formulas of a sheet at once."""
        self._typesetter.prepare(Job(formula, SIZE) for panel in sheet.panels for formula in _formulas(panel.content))

    def formula(self, formula: Formula) -> LatexBox:
        made = self._typesetter(formula, SIZE)
        return LatexBox(f"$\\displaystyle {self.tex.maths(write(formula, Latex()))}$", made.width, made.height)

    def number(self, number: Formula, role: str, size: float = NUMBER) -> LatexBox:
        """A value or an adjoint, in its colour."""
        made = self._typesetter(number, size)
        digits = theme("light").styles[f"{role}-text"].fill[1:].upper()
        latex, style = self.tex.maths(write(number, Latex())), "\\scriptstyle" if size < SIZE else "\\textstyle"
        return LatexBox(f"\\textcolor[HTML]{{{digits}}}{{${style} {latex}$}}", made.width, made.height)

    def shape(self, shape: str) -> LatexBox:
        """The shape of a vector or a matrix."""
        made = self._typesetter(shape, NUMBER)
        return LatexBox(f"{{\\scriptsize {self.tex.words(shape)}}}", made.width, made.height)

    def axis(self, formula: Formula) -> float:
        """How far above its baseline the middle of a formula is."""
        made = self._typesetter(formula, SIZE)
        return (made.ascent - made.descent) / 2

    def words(self, text: str, style: str = "") -> LatexBox:
        made = self._typesetter(text, SIZE)
        words = self.tex.words(text)
        return LatexBox(f"{style}{{{words}}}" if style else words, made.width, made.height)


def _formulas(content: object) -> Iterator[Formula | str]:
    """What is set of a panel, but for numbers."""
    if isinstance(content, Diagram):
        yield from (label for v in content.vertices for label in (v.label, v.gate) if label is not None)
        yield from (arrow.label for arrow in content.arrows if arrow.label is not None)
        yield from content.legend
    elif isinstance(content, Chains):
        yield from content.equations
        yield from (note for chain in content.chains for note in chain.notes)


def dot2tex(sheet: Sheet, request: Request) -> str:
    """The panels of a sheet as the clusters of one graph; what stands beneath a graph is part of its caption."""
    import graphviz

    setter = _Setter()
    setter.prepare(sheet)
    graph = graphviz.Digraph()
    across = request.direction in ("lr", "rl")
    apart, margin = ("0.35", "8") if not _has_numbers(sheet) else ("0.5", "24") if across else ("1", "45")
    graph.attr(rankdir=request.direction.upper(), nodesep=apart)
    panels = list(enumerate(sheet.panels))
    for number, panel in reversed(panels) if across else panels:  # dot stacks upwards
        prefix = f"p{number}"
        with graph.subgraph(name=f"cluster_{prefix}") as cluster:
            match panel.content:
                case Diagram():
                    _diagram(cluster, panel.content, prefix, setter, across)
                    beneath = list(_legend(panel.content, setter))
                case Chains():
                    beneath = _chains(panel.content, setter)
                case Table():
                    beneath = [_table(panel.content, setter)]
                case _:
                    raise AdgraphError("dot2tex has no place for a plot", hint="draw it as .svg, or -o figure.tex")
            if not isinstance(panel.content, Diagram):
                _place(cluster, prefix, sheet, request)
            caption = _stacked([*beneath, setter.words(panel.caption)])
            cluster.attr(**_label(caption), labelloc="b", color="white", margin=margin)
    graph.attr(d2tnodeoptions=_NODES, d2tdocpreamble="".join([_PREAMBLE, *setter.tex.definitions()]))
    source: str = graph.source
    return source


def _diagram(cluster: Any, diagram: Diagram, prefix: str, setter: _Setter, across: bool) -> None:
    for vertex in diagram.vertices:
        name = f"{prefix}_{vertex.node}"
        node = _node(vertex.label, vertex.role, setter)
        numbers = _numbers(vertex, float(node["width"]) * INCH, setter, across)
        cluster.node(name, **node | {"texlbl": numbers + node["texlbl"]})
        if vertex.gate is not None:
            cluster.node(f"{name}_gate", **_node(vertex.gate, vertex.gate_role, setter))
            cluster.edge(f"{name}_gate", name)
    gated = diagram.gated
    for arrow in diagram.arrows:
        head = f"{prefix}_{arrow.head}" + ("_gate" if arrow.head in gated else "")
        attributes = {} if arrow.label is None else _label(_on(arrow, arrow.label, setter))
        cluster.edge(f"{prefix}_{arrow.tail}", head, **attributes)


def _on(arrow: Arrow, label: Formula, setter: _Setter) -> LatexBox:
    """What stands on an arrow; on a wire the value, and below it the gradient."""
    if not (arrow.through or arrow.below):
        return setter.formula(label)
    numbers = ((label, "value"), (arrow.below, "adjoint"))
    return _stacked([setter.number(number, role, SIZE) for number, role in numbers if number is not None])


def _place(cluster: Any, prefix: str, sheet: Sheet, request: Request) -> None:
    """Nothing, as long as the longest graph: what stands beneath it would else push the columns of all graphs apart."""
    for end in ("start", "end"):
        cluster.node(f"{prefix}_{end}", label="", texlbl=" ", shape="plaintext", width="0", height="0")
    columns = max(map(_columns, sheet.diagrams), default=1)
    length = str(columns) if request.direction in ("lr", "rl") else "1"
    cluster.edge(f"{prefix}_start", f"{prefix}_end", minlen=length, color="white", dir="none")


def _columns(diagram: Diagram) -> int:
    """How many arrows follow each other at most."""
    gated, reads = diagram.gated, diagram.reads()
    depth: dict[int, int] = {}
    for node in sorted(reads):
        depth[node] = max((depth[read] + 1 for read in reads[node]), default=0) + (node in gated)
    return max(1, *depth.values())


def _node(formula: Formula, role: VertexRole, setter: _Setter) -> dict[str, str]:
    """A node as large as its formula needs, and no smaller than others."""
    box = setter.formula(formula)
    side = max(box.width, box.height, SIZE) + MARGIN
    size = {"width": f"{side / INCH:.3f}", "height": f"{side / INCH:.3f}", "fixedsize": "true"}
    words = "".join(c for c in write(formula, Plain()) if c.isprintable() and c not in '\\"<>{}')
    return {"label": words, "texlbl": box.latex, **SHAPES[role], **size}


def _numbers(vertex: Vertex, side: float, setter: _Setter, across: bool) -> str:
    """The value above a node and the adjoint or the shape below it, or left and right of it, as LaTeX that takes no
    room: it stands before the label and goes to its middle first."""
    width, axis = setter.formula(vertex.label).width, setter.axis(vertex.label)
    away = side / 2 + (4 if vertex.role == "output" else 2)
    room = f"\\hspace{{{away:.1f}pt}}"
    made = ""
    for mark, role in ((vertex.value, "value"), (vertex.adjoint or vertex.shape or None, "adjoint")):
        if mark is None:
            continue
        box = setter.shape(mark) if isinstance(mark, str) else setter.number(mark, role)
        latex, height = box.latex, box.height
        if across:
            up, shown = (away if role == "value" else -away - height), f"{{{latex}}}"
        else:
            up, shown = -height / 2, f"[r]{{{latex}{room}}}" if role == "value" else f"[l]{{{room}{latex}}}"
        raised = f"\\raisebox{{{axis + up:.1f}pt}}[0pt][0pt]{{\\makebox[0pt]{shown}}}"
        made += f"\\rlap{{\\makebox[{width:.1f}pt]{{{raised}}}}}"
    return made


def _has_numbers(sheet: Sheet) -> bool:
    return any(v.value or v.adjoint or v.shape for diagram in sheet.diagrams for v in diagram.vertices)


def _legend(diagram: Diagram, setter: _Setter) -> Iterator[LatexBox]:
    """The values without names of their own, as many in a line as fit; then the remarks."""
    boxes = map(setter.formula, diagram.legend)
    yield from map(_row, flow(((box, box.width) for box in boxes), QUAD, LINE))
    yield from (setter.words(note, "\\emph") for note in diagram.notes)


def _chains(content: Chains, setter: _Setter) -> list[LatexBox]:
    boxes = [setter.formula(equation) for equation in content.equations]
    rows = " \\\\[1ex] ".join(setter.tex.maths(aligned(equation.sides, Latex())) for equation in content.equations)
    notes = [setter.words(note, "\\emph") for chain in content.chains for note in chain.notes]
    if not boxes:
        return notes
    width, height = max(box.width for box in boxes) + 2 * QUAD, sum(box.height + 1.5 * LEADING for box in boxes)
    return [LatexBox(f"$\\begin{{aligned}}{rows}\\end{{aligned}}$", width, height), *notes]


def _table(table: Table, setter: _Setter) -> LatexBox:
    rows = [[_cell(cell, setter) for cell in row] for row in (table.head, *table.rows) if row]
    columns = [max(row[k].width for row in rows if k < len(row)) for k in range(max(map(len, rows)))]
    lines = " \\\\ ".join(" & ".join(box.latex for box in row) for row in rows)
    height = sum(max(SIZE, *(box.height for box in row)) + LEADING for row in rows)
    return LatexBox(f"\\begin{{tabular}}{{{'l' * len(columns)}}}{lines}\\end{{tabular}}", sum(columns) + QUAD, height)


def _cell(cell: Cell, setter: _Setter) -> LatexBox:
    if isinstance(cell, str | float):
        return setter.words(cell if isinstance(cell, str) else f"{cell:.6g}")
    return setter.formula(cell)


# ---- boxes


def _row(boxes: Sequence[LatexBox]) -> LatexBox:
    width = sum(box.width + QUAD for box in boxes) - QUAD
    return LatexBox("\\quad ".join(box.latex for box in boxes), width, max(box.height for box in boxes))


def _stacked(boxes: Sequence[LatexBox]) -> LatexBox:
    """Boxes below each other, centred."""
    if len(boxes) == 1:
        return boxes[0]
    lines = f" \\\\[{LEADING:g}pt] ".join(box.latex for box in boxes)
    height = sum(max(SIZE, box.height) + 1.5 * LEADING for box in boxes)
    return LatexBox(f"\\begin{{tabular}}{{c}}{lines}\\end{{tabular}}", max(box.width for box in boxes), height)


def _label(box: LatexBox) -> dict[str, str]:
    """One run of letters that takes the room of a box."""
    size = max(SIZE, box.height + LEADING) / HIGH
    return {"label": "x" * ceil(box.width / (LETTER * size) + 1), "fontsize": f"{size:.1f}", "texlbl": box.latex}


FORMAT = Format("dot2tex", (".dot2tex",), "Graphviz source for dot2tex, with room for its LaTeX",
                f"{__name__}:MAKER", "direction")  # fmt: skip
MAKER = Maker(from_sheet=dot2tex)

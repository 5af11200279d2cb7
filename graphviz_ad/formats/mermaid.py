"""Mermaid: a flowchart for Markdown that renders it, with the formulas as TeX between $$, which KaTeX sets there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from graphviz_ad.core.diagram import KINDS, Chains, Diagram, Panel, Sheet, Vertex
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Formula
from graphviz_ad.core.inert import one_line
from graphviz_ad.core.names import LATEX_LETTERS
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.roles import NODES
from graphviz_ad.drawing.theme import Theme, theme
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.standing import OUTSIDE, Column, columns_of, nested
from graphviz_ad.lesson.words import equations_in_line
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.write import write

_ROUND = "((", "))"
_SHAPES: dict[str, tuple[str, str]] = dict.fromkeys(("input", *KINDS, "variable", "operation"), _ROUND)
_SHAPES["output"] = "(((", ")))"
_BARE = ("[", "]")
_ENTITIES = {c: f"#{ord(c)};" for c in '"#<>&$`\\*_.{}%'}  # what Mermaid or its Markdown would read as more than text
_LETTER = re.compile(r"\\(" + "|".join(sorted(LATEX_LETTERS, key=len, reverse=True)) + r")(?![a-zA-Z])")
_SAFE = {"<": "\\lt ", ">": "\\gt ", '"': "''", "\\#": "\\#{}", "\\&": "\\&{}", "`": "{`}", "%%": "%{}%"}
_UNSAFE = re.compile(r'\\#|\\&|[<>"`]|%%')


class _Latex(Latex):
    """LaTeX without boxes, which Mermaid lets go: a line for an answer, or the answer."""

    def blank(self, body: str, filled: bool) -> str:
        return body if filled else "\\_" * 6  # no source shows the answer


def mermaid(sheet: Sheet, request: Request) -> str:
    """A subgraph for each panel. Mermaid has no place for tables and plots."""
    look = theme(request.theme)
    colours = {"edgeLabelBackground": look.background, "lineColor": look.styles["arrow"].stroke,
               "titleColor": look.styles["caption-text"].fill}  # fmt: skip
    direction = request.direction.upper()
    opaque = f".labelBkg{{background-color:{look.background}}}"  # by which a label hides the arrow behind it
    lines = [
        f"%%{{init: {json.dumps({'theme': 'base', 'themeVariables': colours, 'themeCSS': opaque})}}}%%",
        "%% " + re.sub("%(?=%)", "% ", one_line(equations_in_line(sheet))),
        f"flowchart {direction}",
    ]
    panels = list(enumerate(sheet.panels))
    columns = columns_of(sheet.diagrams, request)
    for number, panel in reversed(panels) if direction in ("LR", "RL") else panels:  # which Mermaid stacks upwards
        lines.append(f"  subgraph p{number} [{_words(panel.caption)}]")
        lines += [f"    {line}" for line in (f"direction {direction}", *_panel(panel, f"p{number}", columns))]
        lines.append("  end")
    used: set[str] = {vertex.role for diagram in sheet.diagrams for vertex in diagram.vertices}
    return "\n".join([*lines, *_classes(look, len(panels), used), *_boxes(look, sheet)]) + "\n"


def _panel(panel: Panel, prefix: str, columns: Mapping[bool, Sequence[Column]]) -> Iterator[str]:
    match panel.content:
        case Diagram():
            yield from _diagram(panel.content, prefix, columns[panel.content.full])
            yield from _notes([_maths(line) for line in panel.content.legend], panel.content.notes, prefix)
        case Chains(chains):
            lines = [*map(_maths, panel.content.equations)]
            yield from _notes(lines, [note for chain in chains for note in chain.notes], prefix)
        case _:
            raise AdgraphError("Mermaid has no place for tables and plots", hint="draw them as .svg")


def _diagram(diagram: Diagram, prefix: str, columns: Sequence[Column]) -> Iterator[str]:
    """Nodes and arrows as they stand, column by column from top to bottom: Mermaid keeps to the order in which it reads
    them, where it can."""
    read = columns[::-1] if diagram.kind == "backward" else columns
    stand = {node: place for place, node in enumerate(node for column in read for node, _ in column)}
    inside = nested(diagram.regions)
    vertices = sorted(diagram.vertices, key=lambda vertex: stand.get(vertex.node, 0))

    def boxed(of: int) -> Iterator[str]:
        yield from (line for vertex in vertices if inside.of.get(vertex.node, OUTSIDE) == of
                    for line in _vertex(vertex, prefix))  # fmt: skip
        for number in inside.within[of]:
            yield f"subgraph {prefix}b{number} [{_words(diagram.regions[number].name)}]"
            yield from (f"  {line}" for line in boxed(number))
            yield "end"

    yield from boxed(OUTSIDE)
    gated = diagram.gated
    for arrow in sorted(diagram.arrows, key=lambda arrow: (stand.get(arrow.tail, 0), stand.get(arrow.head, 0))):
        lines = [_maths(line) for line in (arrow.label, arrow.below) if line is not None]
        label = f'|"$${_stacked(lines)}$$"|' if lines else ""
        head = f"{prefix}n{arrow.head}{'g' if arrow.head in gated else ''}"
        yield f"{prefix}n{arrow.tail} -->{label} {head}"


def _vertex(vertex: Vertex, prefix: str) -> Iterator[str]:
    name = f"{prefix}n{vertex.node}"
    yield _node(name, _label(vertex), vertex.role)
    if vertex.gate is not None:
        yield _node(f"{name}g", _maths(vertex.gate), vertex.gate_role)
        yield f"{name}g --> {name}"


def _notes(lines: Sequence[str], remarks: Sequence[str], prefix: str) -> Iterator[str]:
    """Equations below each other, and remarks, as nodes without a border."""
    if lines:
        yield _node(f"{prefix}equations", _stacked(lines), "constant")
    for number, remark in enumerate(remarks):
        yield f"{prefix}r{number}[{_words(remark)}]:::constant"


def _node(name: str, maths: str, role: str) -> str:
    left, right = _SHAPES.get(role, _BARE)
    return f'{name}{left}"$${maths}$$"{right}:::{role}'


def _label(vertex: Vertex) -> str:
    """The name of a vertex, its value above, and its adjoint or its shape below."""
    lines = [_maths(line) for line in (vertex.value, vertex.label, vertex.adjoint) if line is not None]
    has_shape = vertex.shape and vertex.adjoint is None
    return _stacked([*lines, f"\\scriptsize\\text{{{vertex.shape}}}"] if has_shape else lines)


def _stacked(lines: Sequence[str]) -> str:
    """Lines below each other. Mermaid makes one backslash of two, and lets columns go."""
    if len(lines) == 1:
        return lines[0]
    rows = " \\cr ".join(lines)
    return f"\\begin{{gathered}} {rows} \\end{{gathered}}"


def _maths(formula: Formula) -> str:
    """A formula for KaTeX. Greek letters are themselves: Mermaid takes the beginning of \\nu for a new line."""
    latex = _LETTER.sub(lambda found: LATEX_LETTERS[found[1]], write(formula, _Latex()))
    return _UNSAFE.sub(lambda found: _SAFE[found[0]], latex)


def _words(words: str) -> str:
    return '"' + ("".join(_ENTITIES.get(c, c) for c in one_line(words)) or "#160;") + '"'


def _classes(look: Theme, panels: int, used: set[str]) -> Iterator[str]:
    """The theme's colours for the roles."""
    ink = look.styles["ink-text"].fill
    for role in (role for role in NODES if role not in KINDS or role in used):
        style = look.styles[role]
        dash = f",stroke-dasharray:{style.dash}" if style.dash else ""
        shape = f"fill:{style.fill},stroke:{style.stroke},stroke-width:{style.width}px{dash}"
        yield f"  classDef {role} {shape},color:{ink}"
    yield f"  classDef constant fill:none,stroke:none,color:{ink}"
    for number in range(panels):
        yield f"  style p{number} fill:none,stroke:none"


def _boxes(look: Theme, sheet: Sheet) -> Iterator[str]:
    """The theme's line around what belongs together."""
    line = look.styles["region"]
    for number, panel in enumerate(sheet.panels):
        for box in range(len(panel.content.regions) if isinstance(panel.content, Diagram) else 0):
            yield f"  style p{number}b{box} fill:none,stroke:{line.stroke}"


FORMAT = Format("mermaid", (".mmd", ".mermaid"), "a flowchart for Markdown that renders Mermaid",
                f"{__name__}:MAKER", "direction groups pins stacked theme")  # fmt: skip
MAKER = Maker(from_sheet=mermaid)

"""JSON: nodes, edges and chains, with every formula in plain text and in LaTeX. Schema: `templates/schema`."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

from graphviz_ad.core.diagram import Arrow, Cell, Chain, Chains, Diagram, Panel, Plot, Sheet, Table, Vertex
from graphviz_ad.core.formula import ChainLine, Definition, Equality, Formula, Label, Rounded, RoundedArray
from graphviz_ad.core.inert import inert_json
from graphviz_ad.core.request import Request
from graphviz_ad.formats import Format, Maker
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

SCHEMA = "adgraph/1"


def data(sheet: Sheet, request: Request) -> str:
    """The sheet as a JSON document of the schema `adgraph/1`."""
    document = {
        "schema": SCHEMA,
        "name": sheet.name,
        "equations": [_formula(equation) for equation in sheet.equations],
        **({"title": sheet.title} if sheet.title else {}),
        "panels": [_panel(panel) for panel in sheet.panels],
    }
    return inert_json(json.dumps(document, indent=2, ensure_ascii=False)) + "\n"


def _formula(formula: Formula) -> dict[str, str]:
    return {"plain": write(formula, Plain()), "latex": write(formula, Latex())}


def _panel(panel: Panel) -> dict[str, Any]:
    head = {"view": panel.view, "caption": panel.caption}
    match panel.content:
        case Diagram():
            return head | _diagram(panel.content)
        case Chains(chains):
            return head | {"kind": "chain", "chains": [_chain(chain) for chain in chains]}
        case Table():
            return head | _table(panel.content)
        case Plot():
            return head | _plot(panel.content)


def _table(table: Table) -> dict[str, Any]:
    rows = [[_cell(cell) for cell in row] for row in table.rows if row is not None]
    return {"kind": "table", "head": [_cell(cell) for cell in table.head], "rows": rows}


def _plot(plot: Plot) -> dict[str, Any]:
    lines = [{"name": _cell(line.name), "points": [[x, y if isfinite(y) else None] for x, y in line.points]}
             for line in plot.series]  # fmt: skip
    return {"kind": "plot", "x": _cell(plot.x), "y": _cell(plot.y), "logarithmic": plot.logarithmic, "series": lines}


def _cell(cell: Cell) -> Any:
    return cell if isinstance(cell, (str, float)) else _formula(cell)


def _diagram(diagram: Diagram) -> dict[str, Any]:
    groups = [{"name": region.name, "nodes": [*region.nodes, *region.operations]} for region in diagram.regions]
    return {
        "kind": diagram.kind,
        "full": diagram.full,
        "nodes": [_vertex(vertex) for vertex in diagram.vertices],
        "edges": [_arrow(arrow) for arrow in diagram.arrows],
        "legend": [_formula(line) for line in diagram.legend],
        "notes": list(diagram.notes),
        **({"groups": groups} if groups else {}),
    }


def _vertex(vertex: Vertex) -> dict[str, Any]:
    operation = None if vertex.gate is None else _formula(vertex.gate)
    numbers = {"value": vertex.value, "adjoint": vertex.adjoint}
    known = {key: found for key, number in numbers.items() if (found := _number(number)) is not None}
    known |= {"shape": vertex.shape} if vertex.shape else {}
    known |= {"strong": True} if vertex.strong else {}
    return {"id": vertex.node, "role": vertex.role, "label": _formula(vertex.label), "operation": operation, **known}


def _arrow(arrow: Arrow) -> dict[str, Any]:
    if arrow.through:
        wire = {"value": _number(arrow.label), "gradient": _number(arrow.below)}
        return {"from": arrow.tail, "to": arrow.head, "derivative": None, "value": None, "wire": wire}
    label = arrow.label if isinstance(arrow.label, Label) else None
    sides = (None, None) if label is None else (label.derivative, label.value)
    derivative, value = (None if side is None else _formula(side) for side in sides)
    ends = {"from": arrow.tail, "to": arrow.head, "derivative": derivative, "value": value}
    ends |= {"strong": True} if arrow.strong else {}
    number = None if label is None else _number(label.number)
    return ends | ({} if number is None else {"number": number})


def _number(formula: Formula | None) -> Any:
    """The number that a formula is or ends in; of a vector a list, of a matrix its rows, of a large one its shape and
    norm."""
    number = formula.number if isinstance(formula, Definition) else formula
    if isinstance(number, Rounded):
        return number.value
    if not isinstance(number, RoundedArray):
        return None
    if number.shape:
        return {"shape": number.shape, "norm": number.norm}
    rows = [list(row) for row in number.rows]
    return rows[0] if len(rows) == 1 else [row[0] for row in rows] if len(rows[0]) == 1 else rows


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "of": chain.of,
        "wrt": chain.wrt,
        "equations": [_equation(equation) for equation in chain.equations],
        "notes": list(chain.notes),
    }


def _equation(equation: Equality) -> dict[str, Any]:
    """The sides of an equation; in a listing its number, and the numbers of those that it is made by."""
    if not isinstance(equation, ChainLine):
        return {"sides": [_formula(side) for side in equation.sides]}
    made: dict[str, Any] = {"number": equation.mark} if equation.mark else {}
    made["sides"] = [_formula(side) for side in equation.replace(mark=0, by=(), like=()).sides]
    made |= {"by": list(equation.by)} if equation.by else {}
    return made | ({"like": list(equation.like)} if equation.like else {})


FORMAT = Format("json", (".json",), "nodes, edges, formulas and chains as data",
                f"{__name__}:MAKER", "groups highlight title")  # fmt: skip
MAKER = Maker(from_sheet=data)

"""What a page's script computes with: the graph and the rules of its operations as flat lists, and the chains."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from math import inf, isfinite
from typing import Any

from graphviz_ad.core.diagram import Chain, PageGraph, PageModel
from graphviz_ad.core.formula import ChainLine, Derivative, Variable
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import CONST, INPUT, Graph
from graphviz_ad.core.inert import inert_json
from graphviz_ad.core.names import GREEK, Name
from graphviz_ad.core.numbers import Number
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS, OPS
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.formats.page import arrays
from graphviz_ad.formats.page.chain import Numbering, Tokens, data
from graphviz_ad.formats.page.figure import label, label_width, symbols, varies
from graphviz_ad.formats.page.glyph_definitions import GlyphDefinitions
from graphviz_ad.formats.page.operations import composed, needed
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Sign
from graphviz_ad.notation.write import write
from graphviz_ad.point.domain_errors import written

MAX_SAID = 500  # characters of a chain
_UNSAFE = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&"})


# What numbers are put together from.
SIGNS = {sign: Sign(sign) for sign in "0123456789.−·=≈+():"}
OF_ARRAYS = {"×": Sign("×"), ",": Sign(","), "‖": Sign("‖·‖")}  # of those that are said by their shape and norm


def signs(page_model: PageModel) -> dict[str, Sign]:
    """What numbers are put together from on a page."""
    return SIGNS if page_model.arrays is None else SIGNS | OF_ARRAYS


def names(page_model: PageModel) -> dict[Name, int]:
    """The node of each name in a chain: of the variables, and of the values without a name of their own."""
    found = {node.name: index for index, node in enumerate(page_model.graph.nodes) if node.name is not None}
    for vertex in page_model.full.backward.vertices:
        if isinstance(vertex.label, Variable):
            found.setdefault(vertex.label.name, vertex.node)
    return found


def encoded(document: Mapping[str, Any]) -> str:
    """JSON that can stand in a script element: no text of the reader's ends it."""
    made = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return inert_json(made).translate(_UNSAFE)


def document(
    page_model: PageModel, views: Mapping[str, tuple[PageGraph, list[list[Tokens]]]], pieces: GlyphDefinitions
) -> dict[str, Any]:
    """The whole: `views` are the two graphs with the lines of their chains."""
    graph, operations, room = page_model.graph, needed(page_model), arrays.widest(page_model)
    numbering = Numbering(pieces)
    made = {
        **_program(graph),
        "functions": {f.name: {"params": list(f.params), **_program(f.body)} for f in graph.functions},
        "composed": {
            op: {"params": list(OPS[op].params), **_rule(made)}
            for op in operations
            if (made := composed(op)) is not None
        },
        "operations": {op: _operation(op, page_model) for op in page_model.rules},
        "written": {} if page_model.silent else dict(_written(graph)),
        "wrt": list(page_model.wrt),
        "at": dict(page_model.at),
        "digits": page_model.digits,
        "silent": page_model.silent,
        **({"fixed": 1} if page_model.fixed else {}),
        **({} if page_model.arrays is None else {"arrays": arrays.array_data(page_model, page_model.arrays)}),
        "symbol": page_model.symbol,
        "names": {index: name for name, index in names(page_model).items()},
        "spelled": dict(_spelled(graph)),
        "calls": {name: [op.name, len(op.params)] for name, op in FUNCTIONS.items() if op.name in operations},
        "constants": {name: op.name for name, op in CONSTANTS.items()},
        "views": {name: _view(view, chains, pieces, numbering, room) for name, (view, chains) in views.items()},
        "signs": {sign: pieces.number(pieces.setter(formula, MATHS)) for sign, formula in signs(page_model).items()},
        "bare": [pieces.number(pieces.setter(Derivative(None, None, partial), MATHS)) for partial in (False, True)],
    }
    made["formulas"] = [list(numbers) if len(set(numbers)) > 1 else numbers[0] for numbers in numbering.all]
    fractions = [number for view in made["views"].values() for edge in view["edges"] for number in edge[2:4]]
    used = [*made["signs"].values(), *made["bare"], *fractions, *(one for numbers in numbering.all for one in numbers)]
    return made | pieces.data(used)


def _program(graph: Graph) -> dict[str, Any]:
    """A graph as a list of steps: an input with its name, a number with its value, an operation with its arguments."""
    steps: list[list[Any]] = []
    for node in graph.nodes:
        said = [node.name] if node.op == INPUT else [_number(node.value or 0)] if node.op == CONST else node.args
        op = {"name": node.op.name, "wrt": node.op.wrt} if isinstance(node.op, UserFunction) else node.op
        steps.append([op, *said])
    named = {index: node.name for index, node in enumerate(graph.nodes) if node.name is not None}
    return {"steps": steps, "outputs": list(graph.outputs), "named": named}


def _spelled(graph: Graph) -> Iterator[tuple[str, int]]:
    """The variables by what a reader may type for them: theta and θ."""
    for index, node in enumerate(graph.nodes):
        for name in () if node.name is None else (node.name,):
            yield name, index
            for word, letter in GREEK.items():
                for typed, other in ((word, letter), (letter, word)):
                    if name.startswith(typed):
                        yield other + name[len(typed) :], index


def _rule(graph: Graph) -> dict[str, Any]:
    """An expression of the table, whose steps have no names."""
    program = _program(graph)
    return {"steps": program["steps"], "outputs": program["outputs"]}


def _number(value: Number) -> float | str:
    """A number for JSON, which has no infinity."""
    try:
        number = float(value)
    except OverflowError:
        number = inf
    return number if isfinite(number) else str(number).replace("inf", "Infinity")


def _operation(op: str, page_model: PageModel) -> dict[str, Any]:
    row = OPS[op]
    rules = [_rule(rule) for rule in page_model.rules[op]]
    rules, alone = rules[: len(row.params)], rules[len(row.params) :]
    zeros = [(*row.params, "out").index(param) if param else None for param in row.vanishes]
    known: dict[str, Any] = {"params": list(row.params), "domain": row.domain, "smooth": row.smooth, "kink": row.kink,
                             "rules": rules, "needed": row.needs, "zeros": zeros}  # fmt: skip
    if alone:
        known |= {"alone": alone, "kinkAlone": row.kink_alone}
    said = {"jumps": row.jumps, "bracket": row.form == "iverson"}
    return known | {name: 1 for name, holds in said.items() if holds}


def _written(graph: Graph) -> Iterator[tuple[int, list[Any]]]:
    """Each operation as it was written, with its arguments and which of them vary, for errors."""
    for index, node in enumerate(graph.nodes):
        if node.op in OPS:
            said = written(graph, index)
            yield index, [said.text, *said.args, *([] if all(said.varies) else [list(map(int, said.varies))])]


def _words(chain: Chain) -> str:
    """A chain on one line, as far as it is not too long to be said."""
    last = chain.equations[-1]
    if isinstance(last, ChainLine) and sum(map(len, last.paths)) * len("da/db * ") > MAX_SAID:
        return ""
    said = write(last, Plain())
    return said if len(said) < MAX_SAID else ""


def _view(
    view: PageGraph, chains: list[list[Tokens]], pieces: GlyphDefinitions, numbering: Numbering, room: arrays.Widest
) -> dict[str, Any]:
    """The edges of a graph, with words, and its chains. A line that several chains share is there once."""
    known: dict[str, int] = {}
    written: list[Any] = []
    numbers = {(arrow.tail, arrow.head): number for number, arrow in enumerate(view.backward.arrows)}

    @cache
    def place(line: Tokens) -> int:
        made = data(line, numbering, numbers)
        key = json.dumps(made, sort_keys=True)
        if key not in known:
            known[key] = len(written)
            written.append(made)
        return known[key]

    pairs = [{"of": chain.of, "wrt": chain.wrt, "lines": [place(line) for line in these], "notes": list(chain.notes),
              "words": _words(chain)}
             for chain, these in zip(view.chains, chains, strict=True)]  # fmt: skip
    edges = []
    for arrow in view.backward.arrows:
        said = label(arrow)
        fractions = [pieces.number(pieces.setter(one, MATHS)) for one in symbols(said)]
        width = round(label_width(said, pieces), 1)
        has_number = varies(said) and room(arrow.tail, arrow.head) is not None
        edges.append([arrow.tail, arrow.head, *fractions, int(said.derivative.partial), width, int(has_number)])
    return {
        "edges": edges,
        "vertices": list(view.vertices),
        "active": sorted(view.active),
        "chains": pairs,
        "lines": written,
    }

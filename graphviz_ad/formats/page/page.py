"""A page to play with: one HTML file that needs nothing else. It shows a backward graph being made, computes every
number for the reader's own inputs, and without scripts still shows the figures.

The page is a Jinja2 template with its style and its script, `assets`, or a reader's own (`--template`).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from graphviz_ad.core.diagram import Chain, Diagram, PageGraph, PageModel, Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Definition, Formula, Sum, Variable
from graphviz_ad.core.names import DerivativeName
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.request import Request
from graphviz_ad.drawing.layered.arrangement import Arrangement, arrangements
from graphviz_ad.drawing.layered.asked import asked_order
from graphviz_ad.drawing.placement import is_upright
from graphviz_ad.drawing.size import MATHS
from graphviz_ad.drawing.svg_paths import n
from graphviz_ad.drawing.theme import Theme, theme
from graphviz_ad.formats import Format, Maker
from graphviz_ad.formats.page import arrays as page_arrays
from graphviz_ad.formats.page import chain as page_chain
from graphviz_ad.formats.page import data as page_data
from graphviz_ad.formats.page import figure as page_figure
from graphviz_ad.formats.page.glyph_definitions import GlyphDefinitions
from graphviz_ad.formats.page.operations import needed
from graphviz_ad.formats.page.operations import script as functions_of
from graphviz_ad.formats.page.template import filled
from graphviz_ad.lesson.words import title_of
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.setting import Continued, Settable
from graphviz_ad.notation.write import write

LEGEND = 15.0
# In the order in which they need each other.
SCRIPTS = ("compute", "erf", "kinks", "smooth", "arrays", "array_slopes", "numbers", "array_numbers", "state",
           "figures", "overview", "camera", "chain", "steps", "tracing", "inputs", "array_inputs", "reader",
           "comparing", "array_reader", "array_comparing", "answer", "page")  # fmt: skip
STYLES = "page", "figure"
MAX_NODES = 1000
MAX_SAID = 2000  # characters that a picture or a chain is said in
MAX_LINES = 16  # of chains, for readers without scripts
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_NEEDLESS = re.compile(r"\s*([{};,>])\s*|(?<=:) ")  # spaces of a style sheet; no text in one has such signs
_SMALLEST = 0.72  # of their size: narrower screens scroll sideways


def page(sheet: Sheet, page_model: PageModel, request: Request) -> str:
    """The page as a self-contained HTML document; the same system gives the same bytes."""
    return filled(request.template or _read("page.html"), _content(sheet, page_model, request), bool(request.template))


def check_size(nodes: int) -> None:
    """Raise AdgraphError for a system that is too large for a page."""
    if nodes > MAX_NODES:
        raise AdgraphError(
            f"a page of {nodes:,} nodes is more than the {MAX_NODES:,} that are shown",
            hint="make a page of one output (--of)",
        )


# ---- what the template is given


def _content(sheet: Sheet, page_model: PageModel, request: Request) -> dict[str, Any]:
    views = {"simplified": _ordered(page_model.simplified), "full": _ordered(page_model.full)}
    known = cache(page_chain.tokens)  # chains by many variables share most of their lines
    lines = {name: [[*map(known, chain.lines)] for chain in view.chains] for name, view in views.items()}
    pieces = GlyphDefinitions()
    pieces.prepare(_jobs(sheet, page_model, views, lines))
    pieces.share(pieces.setter(Variable(name), MATHS) for name in page_data.names(page_model))
    figures = _figures(page_model, views, pieces, request)
    layouts = {figure["id"]: figure.pop("layouts") for figure in figures}
    said = _said(sheet, page_model, lines["simplified"], pieces)
    document = {
        **page_data.document(page_model, {name: (view, lines[name]) for name, view in views.items()}, pieces),
        "upright": is_upright(request.direction),
        "layouts": layouts,
    }
    return {
        **said,
        **_code(page_model, request, figures),
        "figures": figures,
        "data": _markup(page_data.encoded(document)),
        "definitions": _markup(pieces.definitions()),
    }


def _said(
    sheet: Sheet, page_model: PageModel, lines: Sequence[list[page_chain.Tokens]], pieces: GlyphDefinitions
) -> dict[str, Any]:
    """What is said of the system beside its figures: its equations, variables and chains."""
    chains = page_model.simplified.chains
    return {
        "title": title_of(sheet),
        "heading": sheet.title,
        "chains": [_markup(picture) for picture in _pictures(chains, lines, pieces)],
        "equations": [_equation(pieces, equation) for equation in sheet.equations],
        "notes": list(dict.fromkeys(note for chain in chains for note in chain.notes)),
        "inputs": [_input(page_model, pieces, index) for index in page_model.graph.inputs() if not page_model.silent],
        "outputs": [_variable(page_model, pieces, index) for index in page_model.graph.outputs],
        "wrt": [_variable(page_model, pieces, index) for index in page_model.wrt],
        "symbol": page_model.symbol,
        "silent": page_model.silent,
        "fixed": page_model.fixed,
        "arrays": page_model.arrays is not None,
        "example": _example(page_model),
    }


def _code(page_model: PageModel, request: Request, figures: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The style and the scripts, and the policy that allows these alone."""
    rules = "".join(_NEEDLESS.sub(r"\1", _bare(f"{name}.css")) for name in STYLES)
    style = "\n".join((_colours(request.theme, rules), _widths(figures), rules))
    first, script = _bare("pieces.js"), _script(page_model)
    return {
        "theme": "dark" if request.theme == "dark" else "",
        "style": _markup(style),
        "pieces": _markup(first),
        "script": _markup(script),
        "policy": f"default-src 'none'; script-src {_hash(first)} {_hash(script)}; style-src {_hash(style)}; "
        "img-src data:; base-uri 'none'; form-action 'none'",
    }


def _markup(text: str) -> Any:
    """What is HTML already, for the template."""
    from markupsafe import Markup

    return Markup(text)


def _ordered(view: PageGraph) -> PageGraph:
    """A graph with its arrows in the order in which they are drawn, so that each has the number of its place."""
    return view.replace(**{kind: diagram.replace(arrows=tuple(diagram.ordered()[1]))
                           for kind, diagram in (("forward", view.forward), ("backward", view.backward))})  # fmt: skip


def _jobs(
    sheet: Sheet,
    page_model: PageModel,
    views: Mapping[str, PageGraph],
    lines: Mapping[str, list[list[page_chain.Tokens]]],
) -> Iterator[tuple[Settable | str, float]]:
    """All that is typeset on the page."""
    yield from ((part, MATHS) for equation in sheet.equations for part in (equation, *_parts(equation)))
    yield from ((sign, MATHS) for sign in page_data.signs(page_model).values())
    yield from ((Variable(name), MATHS) for name in page_data.names(page_model))
    room = page_arrays.widest(page_model)
    for view in views.values():
        for diagram in (view.forward, view.backward):
            yield from page_figure.jobs(diagram, room, page_model.fixed)
            yield from ((line, MATHS) for line in diagram.legend)
    for chains in lines.values():
        yield from page_chain.jobs(dict.fromkeys(line for these in chains for line in these))


def _formula(pieces: GlyphDefinitions, formula: Formula, size: float) -> dict[str, Any]:
    """A formula for the template: as a picture and in words."""
    return {"picture": _markup(pieces.inline(formula, size)), "words": write(formula, Plain())}


def _equation(pieces: GlyphDefinitions, equation: Definition) -> dict[str, Any]:
    """An equation for the template; its `parts` are pictures between which a line may be broken."""
    parts = [_markup(pieces.inline(part)) for part in _parts(equation)]
    return {**_formula(pieces, equation, MATHS), "parts": parts}


def _parts(equation: Definition) -> Iterator[Settable]:
    """What an equation is broken into on a narrow screen: its terms."""
    if isinstance(equation.expression, Sum):
        first, *others = equation.expression.terms
        yield equation.replace(expression=first)
        yield from map(Continued, others)
    else:
        yield equation


def _figures(
    page_model: PageModel, views: Mapping[str, PageGraph], pieces: GlyphDefinitions, request: Request
) -> list[dict[str, Any]]:
    """The four figures for the template, in rows that agree."""
    diagrams = [diagram for view in views.values() for diagram in (view.forward, view.backward)]
    arranged = arrangements(diagrams, asked_order(request))
    return [_figure(name, view, kind, pieces, request, page_model, arranged[view.forward.full])
            for name, view in views.items() for kind in ("forward", "backward")]  # fmt: skip


def _figure(
    name: str,
    view: PageGraph,
    kind: str,
    pieces: GlyphDefinitions,
    request: Request,
    page_model: PageModel,
    arrangement: Arrangement,
) -> dict[str, Any]:
    diagram: Diagram = view.forward if kind == "forward" else view.backward
    room = page_arrays.widest(page_model)
    made = page_figure.figure(diagram, pieces, request.direction, room, arrangement, page_model.fixed)
    caption = f"{'Simplified ' if name == 'simplified' else ''}{kind} graph".capitalize()
    said = "; ".join(write(arrow.label, Plain()) for arrow in diagram.arrows if arrow.label is not None)
    return {
        "id": f"{name}-{kind}",
        "graph": name,
        "kind": kind,
        "caption": caption,
        "words": f"{caption}: {said}" if 0 < len(said) < MAX_SAID else caption,
        "width": n(made.width),
        "height": n(made.height),
        "body": _markup(made.body),
        "layouts": made.layouts,
        "legend": [_formula(pieces, line, LEGEND) for line in diagram.legend],
        "notes": list(diagram.notes),
    }


def _pictures(
    chains: Sequence[Chain], lines: Sequence[list[page_chain.Tokens]], pieces: GlyphDefinitions
) -> Iterator[str]:
    """The chains for a reader without scripts, as far as they are few; a line that several share is there once."""
    if sum(map(len, lines)) > MAX_LINES:
        return
    seen = set()
    for chain, these in zip(chains, lines, strict=True):
        for equation, line in zip(chain.equations, these, strict=True):
            words = write(equation, Plain())
            if words not in seen:
                seen.add(words)
                yield page_chain.picture(line, pieces, words)


def _example(page_model: PageModel) -> str:
    """The beginning of an answer."""
    graph = page_model.graph
    wrt = page_model.wrt[0] if page_model.wrt else graph.outputs[0]
    return f"{DerivativeName('d', graph.name(graph.outputs[0]), (graph.name(wrt),))} = …"


def _variable(page_model: PageModel, pieces: GlyphDefinitions, index: int) -> dict[str, Any]:
    return {"node": index, **_formula(pieces, Variable(page_model.graph.name(index)), MATHS)}


def _input(page_model: PageModel, pieces: GlyphDefinitions, index: int) -> dict[str, Any]:
    value, shape = page_model.at.get(page_model.graph.name(index)), page_model.graph.nodes[index].type.shape
    said = _variable(page_model, pieces, index)
    if shape:
        return {**said, "array": page_arrays.typed(shape, value)}
    return {**said, "array": None, "value": "" if value is None else f"{value:.15g}"}


# ---- style


def _colours(name: str, rules: str) -> str:
    """The colours of light and dark as the variables that the style sheet uses, from the themes."""
    day, night = (_variables(theme(one), rules) for one in ("print" if name == "print" else "light", "dark"))
    return (
        f":root{{{day}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{night}}}}}\n"
        f"@media screen{{:root[data-theme=dark]{{{night}}}}}"
    )


def _variables(chosen: Theme, rules: str) -> str:
    known = {"background": chosen.background}
    for role, style in chosen.styles.items():
        known |= {role: style.stroke if style.fill == "none" else style.fill, f"{role}-line": style.stroke}
        known[f"{role}-width"] = f"{style.width:g}"
    return ";".join(f"--{name}:{value}" for name, value in known.items() if f"var(--{name})" in rules)


def _widths(figures: Iterable[Mapping[str, Any]]) -> str:
    """How narrow a figure becomes before it scrolls, for a reader without scripts."""
    return "".join(f":root:not(.js) #{f['id']}{{min-width:{float(f['width']) * _SMALLEST:.0f}px}}" for f in figures)


def _read(name: str) -> str:
    return (Path(__file__).parent / "assets" / name).read_text("utf-8")


def _bare(name: str) -> str:
    """A style or a script without its comments and indentation. No text in one has a line's end or /* in it."""
    lines = _COMMENT.sub("", _read(name)).splitlines()
    return "\n".join(filter(None, map(str.strip, lines)))


def _script(page_model: PageModel) -> str:
    """The parts of the page's script, with the operations that it computes with, in a scope of their own."""
    operations = needed(page_model)
    kinks = any(OPS[op].kink for op in page_model.rules)
    needless = {"smooth" if kinks else "kinks", *(() if {"erf", "erfc"} & set(operations) else ("erf",))}
    needless |= {"comparing"} if page_model.arrays else {name for name in SCRIPTS if name.startswith("array")}
    parts = [functions_of(operations), *(_bare(f"{name}.js") for name in SCRIPTS if name not in needless)]
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "\n})();"


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


FORMAT = Format(
    "html",
    (".html", ".htm"),
    "a page to play with, which needs nothing else",
    f"{__name__}:MAKER",
    "adjoint assume constants digits direction edges max_paths pins roles stacked symbol template theme title write",
)
MAKER = Maker(from_page_model=page, check_size=check_size)

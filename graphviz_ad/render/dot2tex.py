"""DOT for dot2tex, which knows no HTML-like labels: plain labels, as wide as the LaTeX beside them that is set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graphviz_ad.errors import AdgraphError
from graphviz_ad.notation.formula import Equation, Formula, Gate
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.write import write
from graphviz_ad.render import Format, Options, register
from graphviz_ad.render.chains import aligned
from graphviz_ad.render.dot import SHAPES
from graphviz_ad.transform.diagram import Chain, Chains, Diagram, Role, Sheet


def dot2tex(sheet: Sheet, options: Options) -> str:
    """The diagrams and chains of a sheet as the clusters of one graph."""
    import graphviz

    tex = Tex()
    graph = graphviz.Digraph()
    graph.attr(rankdir=options.direction.upper(), nodesep="0.35")
    panels = list(enumerate(sheet.panels))
    for number, panel in reversed(panels) if options.direction in ("lr", "rl") else panels:  # dot stacks upwards
        prefix = f"p{number}"
        with graph.subgraph(name=f"cluster_{prefix}") as cluster:
            cluster.attr(**_label([panel.caption], tex.words(panel.caption)), labelloc="b", color="white")
            match panel.content:
                case Diagram():
                    _diagram(cluster, panel.content, prefix, tex)
                case Chains(chains):
                    cluster.node(f"{prefix}_chain", **_chains(chains, tex), shape="plaintext")
                case _:
                    raise AdgraphError("dot2tex draws graphs and chains", hint="for tables and plots: -o figure.tex")
    graph.attr(d2tdocpreamble="".join(["\\usepackage{amsmath}", *tex.definitions()]))
    source: str = graph.source
    return source


def _diagram(cluster: Any, diagram: Diagram, prefix: str, tex: Tex) -> None:
    for vertex in diagram.vertices:
        name = f"{prefix}_{vertex.node}"
        cluster.node(name, **_formula(vertex.label, tex), **SHAPES[vertex.role])
        if vertex.gate is not None:
            role: Role = "operation" if isinstance(vertex.gate, Gate) else "constant"
            cluster.node(f"{name}_gate", **_formula(vertex.gate, tex), **SHAPES[role])
            cluster.edge(f"{name}_gate", name)
    gated = {vertex.node for vertex in diagram.vertices if isinstance(vertex.gate, Gate)}
    for arrow in diagram.arrows:
        head = f"{prefix}_{arrow.head}" + ("_gate" if arrow.head in gated else "")
        attributes = {} if arrow.label is None else _formula(arrow.label, tex)
        cluster.edge(f"{prefix}_{arrow.tail}", head, **attributes)


def _formula(formula: Formula, tex: Tex) -> dict[str, str]:
    latex, words = tex.maths(write(formula, Latex())), write(formula, Plain())
    label = _label([words], f"$\\displaystyle {latex}$")
    if "\\frac" not in latex or not isinstance(formula, Equation):
        return label
    # A fraction on an arrow needs the height of two lines: half as many letters, twice as large.
    return label | {"label": "x" * (len(words) // 2 + 1), "fontsize": "26"}


def _chains(chains: Sequence[Chain], tex: Tex) -> dict[str, str]:
    rows = [tex.maths(aligned(equation)) for chain in chains for equation in chain.equations]
    lines = [write(equation, Plain()) for chain in chains for equation in chain.equations]
    separated = " \\\\[1ex] ".join(rows)
    return _label(lines * 2, f"$\\begin{{aligned}}{separated}\\end{{aligned}}$")


def _label(plain: Sequence[str], latex: str) -> dict[str, str]:
    """The plain words keep the room. A backslash before a letter would be an escape of DOT's."""
    words = ["".join(c if c.isprintable() and c not in '\\"<>{}' else " " for c in line) for line in plain]
    return {"label": "\\n".join(words), "texlbl": latex}


register(
    Format("dot2tex", (".dot2tex",), "Graphviz source for dot2tex, with LaTeX beside plain labels", from_sheet=dot2tex)
)

"""The views of a system, and the sheets that they make."""

from collections.abc import Callable, Sequence

from graphviz_ad.core.diagram import Chain, Chains, Diagram, Direction, Panel, Sheet, Table
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Equality, Formula, is_zero
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Step
from graphviz_ad.derive.equations import equations
from graphviz_ad.lesson.changes import changed
from graphviz_ad.lesson.system import System

MAX_NODES = 5000  # of a system that is shown


def sheet_of(system: System, views: Sequence[str], chosen: bool = False, is_draft: bool = False) -> Sheet:
    """The panels of the views, in their order. Where adgraph has `chosen` them, none has the graph of one before it and
    the equations are their head. A draft has the usual captions. Raises AdgraphError for a system that is too large to
    be shown."""
    if len(system.graph.nodes) > MAX_NODES:
        numbers = "take the numbers alone: adgraph eval"
        raise AdgraphError(
            f"a system of {len(system.graph.nodes):,} nodes is more than the {MAX_NODES:,} that are shown",
            hint=f"draw one output (--of), or {numbers}" if len(system.graph.outputs) > 1 else numbers,
        )
    if system.request.fold and "forward-simplified" not in views and not system.repeats:
        raise AdgraphError("no step or layer of it repeats the one before, so there is nothing to fold",
                           hint="what is alike is one node with --view forward-simplified --fold")  # fmt: skip
    panels = _panels(system, views)
    panels = tuple(panel for panel in panels if panel.content != Chains(())) or panels[:1]
    panels = _each_once(panels) if chosen else panels
    if not any(isinstance(panel.content, Table) for panel in panels):  # a trace has every value
        panels = tuple(_with_parts(system, panel, _in_legends(panels)) for panel in panels)
    name = "-".join(system.graph.name(output) for output in system.graph.outputs[:3])
    sheet = Sheet(
        name,
        equations(system.graph_views.simplified),
        panels,
        page_model=system.page_model,
        size=system.size,
        head=_head(system, views) if chosen else (),
    )
    asked = system.request.replace(captions=()) if is_draft else system.request
    return changed(system.restyled(sheet), asked)


def _each_once(panels: tuple[Panel, ...]) -> tuple[Panel, ...]:
    """The panels without those whose graph has been shown: the simplified one may be the full one; and without chains
    of which each is an arrow of the backward graph and no more."""
    shown: list[Diagram] = []
    kept = []
    has_arrows = any(panel.view == "backward-simplified" for panel in panels)
    for panel in panels:
        if has_arrows and isinstance(panel.content, Chains) and all(map(_is_arrow, panel.content.chains)):
            continue
        whole = panel.content.replace(full=True) if isinstance(panel.content, Diagram) else None
        if whole is None or whole not in shown:
            kept.append(panel)
        shown += [whole] if whole else []
    return tuple(kept)


def _is_arrow(chain: Chain) -> bool:
    """Whether a chain has one factor, or says that there is none."""
    (first, *others) = chain.lines
    is_nothing = first.performed is not None and is_zero(first.performed)
    return not others and (is_nothing or ([len(path) for path in first.paths] == [1] and not chain.notes))


def _in_legends(panels: Sequence[Panel]) -> set[Formula]:
    """The values and parts that the legend of a diagram says."""
    diagrams = (panel.content for panel in panels if isinstance(panel.content, Diagram))
    return {line.sides[0] for diagram in diagrams for line in diagram.legend}


def _with_parts(system: System, panel: Panel, known: set[Formula]) -> Panel:
    """Chains with what the values and parts are that they are written with, but those that a legend says."""
    if not isinstance(panel.content, Chains):
        return panel
    chains = panel.content.chains
    return panel.replace(content=Chains((*chains, *system.parts(chains, panel.view == "chain-full", known))))


# ---- views


def _steps(system: System, full: bool) -> tuple[Panel, ...]:
    captions = ("1. A d/d between each pair of nodes", "2. The left variable above, the right variable below",
                "3. The differentiation performed")  # fmt: skip
    steps: tuple[Step, ...] = (1, 2, 3)
    return tuple(Panel(f"step-{step}", caption, system.backward(full, step))
                 for step, caption in zip(steps, captions, strict=True))  # fmt: skip


def _traces(system: System) -> tuple[Panel, ...]:
    from graphviz_ad.point.traces import trace_table

    names = {"forward": "Forward mode", "reverse": "Reverse mode"}
    by = " by local derivatives" if system.has_axes else ""  # each of many numbers
    return tuple(
        Panel(f"trace-{trace.mode}", f"{names[trace.mode]}, {counted(trace.multiplications)}{by}", trace_table(trace))
        for trace in system.traces(("forward", "reverse"), None)
    )


def counted(multiplications: int) -> str:
    """How many multiplications."""
    return f"{multiplications} multiplication{'' if multiplications == 1 else 's'}"


VIEWS: dict[str, Callable[[System], tuple[Panel, ...]]] = {
    "forward": lambda s: (Panel("forward", "Forward graph", s.forward(True)),),
    "forward-simplified": lambda s: (
        Panel("forward-simplified", "Simplified forward graph", s.folded() if s.request.fold else s.forward(False)),
    ),
    "backward": lambda s: (Panel("backward", "Backward graph", s.backward(True)),),
    "backward-simplified": lambda s: (Panel("backward-simplified", "Simplified backward graph", s.backward(False)),),
    "steps": lambda s: _steps(s, False),
    "steps-full": lambda s: _steps(s, True),
    "trace": _traces,
    "circuit": lambda s: (Panel("circuit", "Circuit, with values and gradients", s.circuit()),),
    "colah": lambda s: (Panel("colah", "The derivative on each edge", s.edge_labelled()),),
    "overview": lambda s: (Panel("overview", "Overview", s.overview()),),
    "adjoints": lambda s: (Panel("adjoints", "Derivatives, from the output on", Chains(s.marked(s.adjoints()))),),
    "chain": lambda s: (Panel("chain", "Chain rule", Chains(s.marked(s.listing(False)))),),
    "chain-full": lambda s: (
        Panel("chain-full", "Chain rule, operation by operation", Chains(s.marked(s.listing(True)))),
    ),
}


class Manner(Record):
    """A manner of drawing: its views, and the direction in which its figures are read."""

    views: tuple[str, ...]
    direction: Direction = "lr"


STYLES = {
    "textbook": Manner(("forward", "forward-simplified", "backward", "backward-simplified", "chain")),
    "circuit": Manner(("circuit",)),
    "colah": Manner(("colah",), "bt"),
}
DEFAULT_VIEWS = STYLES["textbook"].views


def _panels(system: System, views: Sequence[str]) -> tuple[Panel, ...]:
    return tuple(_changed(panel, system) for view in views for panel in VIEWS[view](system))


def _changed(panel: Panel, system: System) -> Panel:
    """A panel as options have its diagram, if it is one."""
    shown = panel.content
    return panel.replace(content=changed(shown, system.request)) if isinstance(shown, Diagram) else panel


def _head(system: System, views: Sequence[str]) -> tuple[Equality, ...]:
    """The equations above the panels of views that adgraph has chosen."""
    if system.request.style != "textbook":
        return ()
    if "adjoints" not in views:
        return equations(system.graph_views.simplified)
    from graphviz_ad.lesson.overview import said_once

    return said_once(system.graph_views.simplified)

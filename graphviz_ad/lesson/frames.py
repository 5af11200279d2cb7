"""The making of a figure: the same sheet with less on it, each frame with something more than the frame before.

The nodes come first, with bare arrows; then on the arrows of backward graphs the symbol d/d, its variables, and the
derivatives performed; then the numbers; then the chains, side by side of their equalities. Whatever is still to come
has its place kept for it, so that nothing moves from frame to frame.
"""

from __future__ import annotations

from graphviz_ad.core.diagram import Arrow, Chain, Chains, Diagram, Panel, Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import ChainLine, Label
from graphviz_ad.core.record import Record
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

# The moments at which the parts of diagrams come; chains come later.
NODES, SYMBOL, VARIABLES, PERFORMED, VALUES, ADJOINTS, CHAIN = range(7)
_WORDS = {
    NODES: "The nodes and their arrows",
    SYMBOL: "A differentiation symbol between each pair of nodes",
    VARIABLES: "The left variable above, the right variable below",
    PERFORMED: "The differentiation performed",
    VALUES: "The value of each node, from the inputs on",
    ADJOINTS: "The derivatives as numbers, from the output back",
}
# The moments at which the sides of a chain come, one after the other.
UNPERFORMED, FACTORS, MULTIPLIED, RESULT, PUT_IN, NUMBER = range(6)
_CHAIN_WORDS = {
    UNPERFORMED: "The chain rule: a factor for each arrow on the way",
    FACTORS: "The derivatives put in",
    MULTIPLIED: "Multiplied out",
    RESULT: "The result",
    PUT_IN: "The values put in",
    NUMBER: "The chain as a number",
}
_WHOLE = {"step-1": SYMBOL, "step-2": VARIABLES, "step-3": PERFORMED}  # views that are a step of the making themselves


MAX_FRAMES = 200


class Frame(Record):
    """What a figure shows at one moment, and in words what has come since the moment before."""

    words: str
    sheet: Sheet


class _Change(Record):
    """What a panel is from a moment on."""

    moment: int
    words: str
    panel: Panel


def frames(sheet: Sheet) -> tuple[Frame, ...]:
    """The frames of a complete sheet; the last one shows all of it. Each has the room of the complete one.

    Raises AdgraphError for more frames than anyone would look at."""
    changes: list[list[_Change]] = []
    later = CHAIN  # where several panels hold chains, one begins when the other is done
    for panel in sheet.panels:
        changes.append(_changes(panel, later))
        later = max(later, changes[-1][-1].moment + 1)
    made = []
    moments = sorted({change.moment for panel in changes for change in panel})
    if len(moments) > MAX_FRAMES:
        raise AdgraphError(
            f"{len(moments):,} frames are more than the {MAX_FRAMES} that are made",
            hint="leave the chain out (--view), or choose one variable (--wrt)",
        )
    for moment in moments:
        past = [[change for change in panel if change.moment <= moment] for panel in changes]
        new = (panel[-1] for panel in past if panel and panel[-1].moment == moment)
        shown = tuple(panel[-1].panel for panel in past if panel)
        made.append(Frame(next(new).words, sheet.replace(panels=shown, room=sheet.room or sheet.panels)))
    return tuple(made)


def _changes(panel: Panel, start: int) -> list[_Change]:
    """How a panel comes to be; a chain begins at `start`, and what has no parts is there at once."""
    content = panel.content
    if isinstance(content, Chains) and content.chains:
        return _chain_changes(panel, content, start)
    if not isinstance(content, Diagram):
        return [_Change(NODES, _WORDS[NODES], panel)]
    changes: list[_Change] = []
    first = _WHOLE.get(panel.view, NODES)
    for moment in range(first, CHAIN):
        made = _diagram(content, max(moment, PERFORMED) if panel.view in _WHOLE else moment)
        if not changes or made != changes[-1].panel.content:
            changes.append(_Change(moment, _WORDS[moment], panel.replace(content=made)))
    return changes


# ---- diagrams


def _diagram(diagram: Diagram, moment: int) -> Diagram:
    later = {"value": VALUES, "adjoint": ADJOINTS}
    hidden = dict.fromkeys(field for field, when in later.items() if moment < when)
    vertices = tuple(vertex.replace(**hidden) for vertex in diagram.vertices)
    arrows = tuple(_arrow(arrow, moment) for arrow in diagram.arrows)
    notes = diagram.notes if moment >= PERFORMED else ()
    return diagram.replace(vertices=vertices, arrows=arrows, notes=notes)


def _arrow(arrow: Arrow, moment: int) -> Arrow:
    if arrow.label is None:
        return arrow
    if arrow.through:
        value = arrow.label if moment >= VALUES else None
        return arrow.replace(label=value, below=arrow.below if moment >= ADJOINTS else None)
    assert isinstance(arrow.label, Label)
    return arrow.replace(label=_label(arrow.label, moment), room=arrow.room or arrow.label)


def _label(label: Label, moment: int) -> Label | None:
    """What there is of a label at a moment; its symbol comes first, with room for the variables."""
    if moment < SYMBOL:
        return None
    bare = moment < VARIABLES and label.derivative.of is not None
    return Label(
        label.derivative.replace(bare=True) if bare else label.derivative,
        label.value if moment >= PERFORMED else None,
        label.number if moment >= ADJOINTS else None,
    )


# ---- chains


def _chain_changes(panel: Panel, content: Chains, start: int) -> list[_Change]:
    """All chains of a panel grow together."""
    growth = [(chain, _growth(chain)) for chain in content.chains]
    changes = []
    for moment in sorted({moment for _, moments in growth for moment in moments}):
        words = next(_chain_words(chain, moment) for chain, moments in growth if moment in moments)
        chains = tuple(_grown(chain, moments, moment) for chain, moments in growth)
        changes.append(_Change(start + moment, words, panel.replace(content=Chains(chains))))
    return changes


def _growth(chain: Chain) -> list[int]:
    """The moments at which the sides of a chain come, all after the first; of a factored one, its equations."""
    if not chain.lines:
        return [FACTORS]  # parts that the derivatives are written with come with these
    if len(chain.equations) > 1:
        return list(range(len(chain.equations)))
    return [moment for moment, _ in _parts(chain)] or [UNPERFORMED]  # a chain that could not be performed


def _parts(chain: Chain) -> list[tuple[int, str]]:
    """The moments of a chain of one line, each with the part that comes."""
    (line,) = chain.lines
    parts = (
        (UNPERFORMED, "unperformed", line.unperformed),
        (FACTORS, "performed", line.performed),
        *((MULTIPLIED, "results", side) for side in line.results[:-1]),
        *((RESULT, "results", side) for side in line.results[-1:]),
        (PUT_IN, "substituted", line.substituted),
        (NUMBER, "number", line.number),
    )
    return [(moment, part) for moment, part, side in parts if side is not None]


def _grown(chain: Chain, moments: list[int], moment: int) -> Chain:
    """A chain as it is at a moment; its remarks come with its end."""
    count = sum(other <= moment for other in moments)
    notes = chain.notes if count == len(moments) else ()
    if not chain.lines or len(chain.equations) > 1:
        shown = len(chain.equations) if count == len(moments) else count
        return chain.replace(equations=chain.equations[:shown], notes=notes)
    return chain.replace(equations=(_shown(chain, moment),) if count else (), notes=notes)


def _shown(chain: Chain, moment: int) -> ChainLine:
    """The line of a chain as far as it has come."""
    (line,) = chain.lines
    later = {part for other, part in _parts(chain) if other > moment} - {"results"}
    results = sum(part == "results" and other <= moment for other, part in _parts(chain))
    by = line.by if not later and results == len(line.results) else ()  # what a line is made with is its end
    return line.replace(results=line.results[:results], by=by, **dict.fromkeys(later))


def _chain_words(chain: Chain, moment: int) -> str:
    """What comes to a chain at a moment."""
    if chain.lines and len(chain.equations) > 1:
        return f"The chain rule, adjoint by adjoint: {write(chain.lines[moment].total, Plain())}"
    return _CHAIN_WORDS[moment]

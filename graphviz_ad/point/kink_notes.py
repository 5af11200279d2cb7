"""What is said of derivatives at kinks, in the reader's own names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.core.formula import Derivative
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Graph
from graphviz_ad.derive.graph_view import is_alone
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write
from graphviz_ad.point.at_kinks import AtKink, Corner
from graphviz_ad.point.domain_errors import MAX_SHOWN, applied, shown, written


def notes(point: Corner, found: Iterable[AtKink], partial: bool) -> list[str]:
    """What each kink takes, where it matters, and the slopes beside it."""
    found = list(found)
    rough = {index for one in found if not one.is_smooth for index in one.kinks}
    said = [kink(point.graph, index, [point.found[arg] for arg in point.graph.nodes[index].args])
            for index in sorted(rough)]  # fmt: skip
    if len(rough) == len(found) == 1 and found[0].has_slopes:  # the usual case, in one sentence
        return [f"{said[0]}; {_slopes(found[0], _derivative(point, found[0], partial) + ' is')}"]
    said += [note for one in found if (note := beside(point, one, partial))]
    return list(dict.fromkeys(said))


def at_its_limit(point: Corner, node: int, limit: float, axis: int) -> str:
    """That a derivative is not what its formula makes at a kink."""
    graph = point.graph
    return (f"{graph.name(point.place[node])} = {shown(limit)} at {graph.name(point.place[axis])} = "
            f"{shown(point.found[point.place[axis]])}, the limit from both sides; its formula, with what is taken at "
            f"kinks, would make it {shown(point.found[point.place[node]])}")  # fmt: skip


def _derivative(point: Corner, here: AtKink, partial: bool) -> str:
    of, wrt = (point.graph.name(point.place[index]) for index in (here.of, here.wrt))
    return write(Derivative(of, wrt, partial), Plain())


def _slopes(here: AtKink, subject: str) -> str:
    """The slopes to both sides: to the left it is -1, to the right it is 1."""
    assert here.sides is not None
    sides = {"left": here.sides.left, "right": here.sides.right}
    return ", ".join(f"to the {side} " + ("there is none" if slope is None else f"{subject} {shown(slope)}")
                     for side, slope in sides.items())  # fmt: skip


def kink(graph: Graph, index: int, args: Sequence[float]) -> str:
    """Which derivative is taken at a kink."""
    here = applied(graph, index, args)
    op, args_of = operation(graph.nodes[index].op), graph.nodes[index].args
    is_beside_a_number = any(is_alone(graph, index, k) for k in range(len(args_of)))
    taken = here.in_its_names(op.kink_alone if is_beside_a_number else op.kink)
    return f"{here.where}{here.text} has a kink{here.at}; the derivative taken: {taken}"


def beside(point: Corner, here: AtKink, partial: bool) -> str:
    """What is taken for a derivative at kinks, and the slopes to both sides; nothing where the kinks leave no trace."""
    graph, of, wrt = point.graph, point.place[here.of], point.place[here.wrt]
    derivative = _derivative(point, here, partial)
    place = f"at {graph.name(wrt)} = {shown(point.found[wrt])}"
    if here.is_smooth and here.is_another:
        made_of = [written(graph, kink).text for kink in here.kinks]
        said = " and ".join([", ".join(made_of[:-1]), made_of[-1]] if len(made_of) > 1 else made_of)
        if len(said) > 2 * MAX_SHOWN:
            said = f"{len(made_of)} operations"
        return (f"{derivative} = {shown(here.derivative)} {place}, the slope to both sides; what is taken at the kink"
                f"{'s' * (len(made_of) > 1)} of {said} would make it {shown(here.own)}")  # fmt: skip
    if here.is_smooth:
        return ""
    taken = f"{derivative} is taken to be {shown(here.derivative)} {place}"
    if here.sides is None:
        return f"{taken}; there are too many kinks for the slopes beside them"
    if here.sides.jumps:
        return f"{taken}, where {graph.name(of)} jumps"
    return f"{taken}; {_slopes(here, 'it is')}"

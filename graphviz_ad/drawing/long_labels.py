"""Labels that are too long for a narrow figure: what they say has a name, and the legend says what it stands for."""

from collections.abc import Sequence
from itertools import chain

from graphviz_ad.core.diagram import Arrow, Diagram
from graphviz_ad.core.formula import Definition, Formula, Label, Variable
from graphviz_ad.core.names import Name
from graphviz_ad.drawing.scene import Setter
from graphviz_ad.drawing.size import MATHS

BASES = "kqrmcg"  # the first that no variable of the figure has begins the names
LONG, SHARE = 150.0, 0.4  # pixels; and of the room that there is
DENSE = 0.55  # so much of that where room is short


def named(diagram: Diagram, complete: Diagram, setter: Setter, room: float, is_dense: bool = False) -> Diagram:
    """The diagram with names for what long labels of the complete one say, and a legend of those that it shows."""
    most = max(LONG, SHARE * room) * (DENSE if is_dense else 1)
    labels = [arrow.room or arrow.label for arrow in complete.arrows if not arrow.through]
    long = [label for label in labels if isinstance(label, Label) and setter(label, MATHS).width > most]
    names = _names([label.value for label in long if label.value is not None], complete)
    arrows = tuple(_short(arrow, names) for arrow in diagram.arrows)
    shown = {label.value for arrow in arrows if isinstance(label := arrow.label, Label)}
    legend = tuple(Definition(name, value) for value, name in names.items() if name in shown)
    return diagram.replace(arrows=arrows, legend=(*diagram.legend, *legend))


def _names(values: Sequence[Formula], diagram: Diagram) -> dict[Formula, Variable]:
    """A name for each value."""
    labels = (vertex.label for vertex in diagram.vertices)
    sides = chain(labels, (line.sides[0] for line in diagram.legend))
    here = {formula.variable if isinstance(formula, Definition) else formula for formula in sides}
    taken = {formula.name.parts.base for formula in here if isinstance(formula, Variable)}
    base = next((letter for letter in BASES if letter not in taken), "K")
    return {value: Variable(Name(f"{base}_{number}")) for number, value in enumerate(dict.fromkeys(values), 1)}


def _short(arrow: Arrow, names: dict[Formula, Variable]) -> Arrow:
    """The arrow with names in its labels."""
    made = {}
    for field, label in (("label", arrow.label), ("room", arrow.room)):
        if isinstance(label, Label) and label.value in names:
            made[field] = label.replace(value=names[label.value])
    return arrow.replace(**made)

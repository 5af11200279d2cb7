"""How a reader's book writes adjoints, products entry by entry, transposes, and the letters of vectors and matrices.

What is shown is made in one notation; here it is brought to another, all at once, when it is made: no transform and no
layout knows of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graphviz_ad.core.diagram import Chain, Chains, Diagram, Panel, Sheet
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import (
    USUAL_SIGNS,
    ArraySigns,
    ChainLine,
    Derivative,
    Equation,
    Expression,
    Formula,
    Gate,
    Label,
    Likewise,
    Pullback,
    Transposed,
    Variable,
)
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.likely import is_parameter
from graphviz_ad.core.names import AdjointName, DerivativeName, Name, is_letter, named, styled, unstyled
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request

if TYPE_CHECKING:
    from graphviz_ad.lesson.transforms import Transforms

HADAMARD = {"odot": "⊙", "circ": "∘"}
TRANSPOSE = {"top": "⊤", "T": "ᵀ", "prime": "′"}
SAID = {"delta": "δ_{0}", "bar": "{0}\u0304", "d": "d{0}"}  # forms that do not say of what they are the derivative


class HouseStyle(Record):
    """How formulas are written: `form` that of the derivatives of the `output` by any but the `parameters`; `names` for
    variables; where adjoints are moved `by_products`, what one arrow alone makes of its left end's is that of its right
    end: of the variables that are `moved`. Of those `in_two_ways`, which the output reads both directly and through
    others, the derivative over all paths has the name, and the partial one in it has none. Where derivatives by vectors
    are `rows`, adjoints with names of their own are columns all the same, and chains do without these names."""

    signs: ArraySigns = USUAL_SIGNS
    names: Mapping[Name, Name] = {}
    form: str = ""
    output: Name = Name("")
    parameters: frozenset[Name] = frozenset()
    by_products: bool = False
    moved: frozenset[Name] = frozenset()
    in_two_ways: frozenset[Name] = frozenset()
    rows: bool = False
    vectors: frozenset[Name] = frozenset()
    variables: frozenset[Name] = frozenset()

    @property
    def columns(self) -> frozenset[tuple[Name, Name]]:
        """The vectors by which the gradients of the output are columns on arrows where others are rows, for they have
        names of their own."""
        named = self.vectors - self.parameters - self.in_two_ways
        return frozenset((self.output, name) for name in named) if self.rows and self.form in SAID else frozenset()

    @property
    def names_moved(self) -> bool:
        """Whether what an arrow moves has the name of an adjoint, which is a column."""
        return bool(self.form) and (not self.rows or self.form in SAID)

    def has_name(self, of: Name | None, wrt: Name | None, partial: bool) -> bool:
        """Whether the derivative of one by another has a name of its own."""
        if not self.form or of != self.output or wrt in self.parameters:
            return False
        is_part = wrt in self.in_two_ways and (partial or self.form == "partial")
        return wrt in self.variables and not is_part


def house_style(system: Transforms) -> HouseStyle | None:
    """What is asked for; None where it is the usual. Raises AdgraphError where there is no one output for adjoints, and
    where two variables would have one name."""
    request, graph = system.request, system.graph
    signs = ArraySigns(HADAMARD[request.hadamard], TRANSPOSE[request.transpose])
    names = _names(graph, request)
    rows = request.layout == "numerator" and system.has_axes
    by_products = request.edges == "vjp" and system.has_axes and _is_of_numbers(graph)
    form = "delta" if request.adjoint == "auto" and by_products else request.adjoint
    if (signs, names, form) == (USUAL_SIGNS, {}, "auto"):
        return None
    if form == "auto":
        return HouseStyle(signs, names)
    if not _is_of_numbers(graph):
        several = "of one output: --of" if len(graph.outputs) > 1 else "of a number; this output has entries"
        raise AdgraphError(f"--adjoint {request.adjoint} is for derivatives {several}")
    parameters = _parameters(graph, request, form)
    variables = {graph.name(node): graph.nodes[node] for node in graph.places.values()}
    vectors = frozenset(name for name, node in variables.items() if len(node.type.shape) == 1)
    return HouseStyle(
        signs, names, form, graph.name(graph.outputs[0]), parameters, by_products and (not rows or form in SAID),
        in_two_ways=_in_two_ways(system), rows=rows, vectors=vectors, variables=frozenset(variables),
    )  # fmt: skip


def _is_of_numbers(graph: Graph) -> bool:
    return len(graph.outputs) == 1 and not graph.nodes[graph.outputs[0]].type.shape


def _in_two_ways(system: Transforms) -> frozenset[Name]:
    (output,) = system.graph.outputs
    views = [system.graph_views[full] for full in (False, True)]
    return frozenset(
        view.names[read] for view in views for read in view.reads(output) if view.reads_in_two_ways(output, read)
    )


def _parameters(graph: Graph, request: Request, form: str) -> frozenset[Name]:
    """Those whose derivatives stay ∂L/∂W beside δ: it is the error of a layer, and no weight has one."""
    if form != "delta":
        return frozenset()
    roles = {Name(name).key: role for name, role in request.roles.items()}
    inputs = [graph.name(node) for node in graph.inputs()]
    likely = {name.key: "parameter" for name in inputs if is_parameter(name)}
    return frozenset(name for name in inputs if {**likely, **roles}.get(name.key) == "parameter")


def _names(graph: Graph, request: Request) -> dict[Name, Name]:
    """Names of vectors and matrices that are written in another way."""
    if request.bold == "as-typed":
        return {}
    change = _bold if request.bold == "auto" else _plain
    known = {node.name: node for node in graph.nodes if node.name is not None}
    found = {name: made for name, node in known.items() if node.type.shape and (made := change(name)) != name}
    for name, made in found.items():
        if made in known and made not in found:
            raise AdgraphError(f"'{name}' and '{made}' would be written alike", hint="leave out --bold")
    return found


def _bold(name: Name) -> Name:
    """A letter in bold, Latin upright and Greek slanted, as books on learning have them; words stay."""
    base = name.parts.base
    if not is_letter(base) or unstyled(base) is not None:
        return name
    made = styled(base, "mathbf" if base.isascii() else "boldsymbol")
    return name if made is None else _with_base(name, made)


def _plain(name: Name) -> Name:
    found = unstyled(name.parts.base)
    return name if found is None or found[0] not in ("mathbf", "boldsymbol") else _with_base(name, found[1])


def _with_base(name: Name, base: str) -> Name:
    return named(name.parts.replace(base=base))


# ---- what is shown


def restyled(shown: Any, by: HouseStyle | None) -> Any:
    """A sheet, chains or whatever else is shown, as it is to be written; the first in which an adjoint is named says
    what its name means."""
    if by is None:
        return shown
    made = _restyled(shown, by)
    return _with_notes(made, by) if isinstance(made, tuple) and not isinstance(made, Record) else made


def _restyled(shown: Any, by: HouseStyle) -> Any:
    match shown:
        case DerivativeName():
            return _derivative_name(shown, by)
        case AdjointName():
            return AdjointName(shown.form, _restyled(shown.of, by), _restyled(shown.wrt, by))
        case Name():
            return by.names.get(shown, shown)
        case Chain() if by.rows and by.form in SAID:
            return _record(shown, by.replace(form=""))
        case Label() if by.form and shown.derivative.of is not None:
            return _label(shown, by)
        case Derivative():
            return _derivative(shown, by)
        case Diagram() if by.by_products:
            return _record(shown, by.replace(moved=_moved(shown)))
        case Sheet():
            panels, room = (_with_notes(_each(part, by), by) for part in (shown.panels, shown.room))
            model = shown.page_model
            page_model = None if model is None else (lambda: _restyled(model(), by))
            rest = _record(shown.replace(panels=(), room=(), page_model=None), by)
            return rest.replace(panels=panels, room=room, page_model=page_model)
        case ChainLine():
            line = _record(shown, by)
            line = line.replace(total=_derivative(shown.total, by, whole=True))
            return line.replace(unperformed=None) if line.unperformed == line.total else line
        case Graph():
            return Graph(_each(shown.nodes, by), shown.outputs, shown.functions)
        case Record():
            made = _record(shown, by)
            if isinstance(made, Expression | Gate):
                return made.replace(signs=by.signs)
            return made.replace(sign=by.signs.transpose) if isinstance(made, Transposed) else made
        case tuple():
            return _each(shown, by)
        case dict():
            return {_restyled(key, by): _restyled(value, by) for key, value in shown.items()}
    return shown


def _record(shown: Any, by: HouseStyle) -> Any:
    changed = {field: made for field in shown.__match_args__
               if (made := _restyled(was := getattr(shown, field), by)) is not was}  # fmt: skip
    return shown.replace(**changed) if changed else shown


def _each(parts: tuple[Any, ...], by: HouseStyle) -> tuple[Any, ...]:
    made = tuple(_restyled(part, by) for part in parts)
    return parts if all(new is old for new, old in zip(made, parts, strict=True)) else made


def _moved(diagram: Diagram) -> frozenset[Name]:
    """The variables at the right end of one arrow."""
    ends = Counter(arrow.room.derivative.wrt for arrow in diagram.arrows if isinstance(arrow.room, Label))
    return frozenset(name for name, count in ends.items() if name is not None and count == 1)


def _derivative_name(shown: DerivativeName, by: HouseStyle) -> Name:
    of, wrts = (_restyled(part, by) for part in (shown.of, shown.wrts))
    if len(wrts) == 1 and by.has_name(shown.of, shown.wrts[0], False):
        return AdjointName(by.form, of, wrts[0])
    return DerivativeName(shown.symbol, of, wrts)


def _derivative(shown: Derivative, by: HouseStyle, whole: bool = False) -> Derivative:
    """A derivative, over all paths where it is the `whole` or written with d."""
    made: Derivative = _record(shown, by)
    has_name = by.has_name(shown.of, shown.wrt, shown.partial and not whole) and not shown.bare
    return made.replace(adjoint=by.form if has_name else "")


def _label(shown: Label, by: HouseStyle) -> Label:
    """What stands on an arrow, δ named after its left end; a product that is all of an adjoint is said to be it."""
    left, right = shown.derivative.of, shown.derivative.wrt
    if left is None or right is None:
        return shown
    value, number = shown.value, shown.number
    if by.names_moved:
        name = AdjointName(by.form, by.output, left)
        value, number = _named(value, name), _named(number, name)
    if isinstance(value, Pullback) and right in by.moved and not (by.rows and right in by.vectors & by.parameters):
        total = _derivative(Derivative(by.output, right, True), by)
        return Label(total, _restyled(value.made, by), _restyled(number, by))
    return Label(_derivative(shown.derivative, by), _restyled(value, by), _restyled(number, by))


def _named(value: Formula | None, adjoint: AdjointName) -> Formula | None:
    """A product with the adjoint, which has a name of its own."""
    if isinstance(value, Equation):
        return Equation(tuple(made for side in value.sides if (made := _named(side, adjoint)) is not None))
    if not isinstance(value, Pullback) or not isinstance(value.adjoint, Variable):
        return value
    renamed = {value.adjoint.name: adjoint}
    return Pullback(Variable(adjoint), _restyled(value.made, HouseStyle(names=renamed)))


# ---- what the letters mean


def _with_notes(parts: tuple[Any, ...], by: HouseStyle) -> tuple[Any, ...]:
    """Panels or chains, of which the first with an adjoint says what its name means."""
    if by.form not in SAID:
        return parts
    for place, part in enumerate(parts):
        if (found := next(_adjoints(part), None)) is not None:
            return (*parts[:place], _with_note(part, found, by), *parts[place + 1 :])
    return parts


def _with_note(part: Any, adjoint: Derivative, by: HouseStyle) -> Any:
    match part:
        case Panel():
            return part.replace(content=_with_note(part.content, adjoint, by))
        case Chains(chains):
            return Chains(_with_notes(chains, by))
        case Diagram():
            whole = adjoint.replace(adjoint="", partial=True)
            meant = (adjoint, Transposed(whole, by.signs.transpose) if by.rows and adjoint.wrt in by.vectors else whole)
            used = dict.fromkeys(one.wrt for one in _adjoints(part.arrows) if one.wrt is not None)
            others = tuple(name for name in used if name != adjoint.wrt)
            return part.replace(legend=(*part.legend, Equation((*meant, Likewise(others)) if others else meant)))
        case Chain():
            said = f"{SAID[by.form].format(adjoint.wrt)} is ∂{adjoint.of}/∂{adjoint.wrt}; the others likewise"
            return part.replace(notes=(*part.notes, said))
    return part


def _adjoints(shown: Any) -> Iterator[Derivative]:
    """The adjoints that are written by their names."""
    match shown:
        case Derivative():
            yield from (shown,) if shown.adjoint else ()
        case AdjointName():
            yield Derivative(shown.of, shown.wrt, True, adjoint=shown.form)
        case Record() | tuple():
            parts = (getattr(shown, field) for field in shown.__match_args__) if isinstance(shown, Record) else shown
            for part in parts:
                yield from _adjoints(part)

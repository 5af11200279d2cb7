"""What the transforms make: diagrams of vertices and arrows, chains, and the sheet that holds them. No geometry."""

from typing import Literal, NamedTuple

from graphviz_ad.notation.formula import Equation, Expression, Formula, Gate, Rounded

Role = Literal["input", "variable", "output", "operation", "constant"]
Kind = Literal["forward", "backward"]


class Vertex(NamedTuple):
    """A node of a figure. `node` is its index in the graph, the same in every figure of one system.

    `gate` is what stands before a variable of a full forward graph: the operation that makes it, or its constant value.
    `value` and `adjoint`, the derivative of the output with respect to it, are set at a point.
    """

    node: int
    role: Role
    label: Formula
    gate: Gate | Expression | None = None
    value: Rounded | None = None
    adjoint: Rounded | None = None


class Arrow(NamedTuple):
    """From vertex to vertex, by their nodes. `label` is what the figure shows; `room` is the longest label of the
    figures that are to keep the same layout."""

    tail: int
    head: int
    label: Formula | None = None
    room: Formula | None = None


class Diagram(NamedTuple):
    """A forward or a backward graph; `legend` says what the values without a name of their own are."""

    kind: Kind
    full: bool
    vertices: tuple[Vertex, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[Equation, ...] = ()
    notes: tuple[str, ...] = ()


class Chain(NamedTuple):
    """The derivative of one variable with respect to another: equations to be read in order, and remarks."""

    of: str
    wrt: str
    equations: tuple[Equation, ...]
    notes: tuple[str, ...] = ()


class Panel(NamedTuple):
    """One picture of a sheet: a diagram or the chains, with its caption."""

    view: str
    caption: str
    content: Diagram | tuple[Chain, ...]


class Sheet(NamedTuple):
    """All that is drawn of one system: its equations and, in order, its panels."""

    name: str
    equations: tuple[Equation, ...]
    panels: tuple[Panel, ...]

"""What the transforms make: diagrams of vertices and arrows, chains, tables, plots, and the sheet that holds them.

No geometry, no format."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from math import log10, nan
from typing import Any, Literal

from graphviz_ad.core.formula import (
    Blank,
    ChainLine,
    Definition,
    Equality,
    Expression,
    Formula,
    Gate,
    Label,
    Rounded,
    RoundedArray,
)
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record

VertexRole = Literal["input", "parameter", "data", "target", "variable", "output", "operation", "constant"]
KINDS: tuple[VertexRole, ...] = ("parameter", "data", "target")  # of inputs, where somebody says
Kind = Literal["forward", "backward"]
Direction = Literal["lr", "rl", "tb", "bt"]


Shown = Rounded | RoundedArray | Blank  # a number at a point, or the place of one


class Vertex(Record):
    """A node of a figure. `node` is its index in the graph, the same in every figure of one system.

    `gate` is what stands before a variable of a full forward graph: the operation that makes it, or its constant value.
    `value` and `adjoint`, the derivative of the output with respect to it, are set at a point; `shape` is that of a
    vector or a matrix. A `strong` one is on a path that the figure shows.
    """

    node: int
    role: VertexRole
    label: Formula
    gate: Gate | Expression | None = None
    value: Shown | None = None
    adjoint: Shown | None = None
    shape: str = ""
    strong: bool = False

    @property
    def is_input(self) -> bool:
        return self.role == "input" or self.role in KINDS

    @property
    def gate_role(self) -> VertexRole:
        """What its gate is: an operation, or a number."""
        return "operation" if isinstance(self.gate, Gate) else "constant"

    @property
    def called(self) -> Formula:
        """Its label without the equation that may be in it."""
        return self.label.variable if isinstance(self.label, Definition) else self.label


class Arrow(Record):
    """From vertex to vertex, by their nodes. `label` is what the figure shows; `room` is the longest label of the
    figures that are to keep the same layout. A wire goes `through` between its label and what stands `below` it. One
    that is `strong` is on a path that the figure shows."""

    tail: int
    head: int
    label: Label | Definition | Shown | None = None
    room: Label | None = None
    below: Shown | None = None
    through: bool = False
    strong: bool = False


class Region(Record):
    """Vertices that belong together, by their nodes, and what they are called; `operations` are those that only these
    read. A box that a figure has `by_itself` may be left out in silence; one that stands for several like it says how
    many `times`."""

    name: str
    nodes: tuple[int, ...]
    operations: tuple[int, ...] = ()
    by_itself: bool = False
    times: int = 0


class Diagram(Record):
    """A forward or a backward graph; `legend` says what the values without a name of their own are."""

    kind: Kind
    full: bool
    vertices: tuple[Vertex, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[Equality, ...] = ()
    notes: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def gated(self) -> set[int]:
        """The nodes with the operation that makes them before them."""
        return {vertex.node for vertex in self.vertices if isinstance(vertex.gate, Gate)}

    def ordered(self) -> tuple[list[Vertex], list[Arrow]]:
        """Vertices and arrows in the order of the forward graph, so that its mirror image has the same rows."""
        mirrored = self.kind == "backward"
        vertices = sorted(self.vertices, key=lambda vertex: vertex.node)
        return vertices, sorted(self.arrows, key=lambda arrow: arrow.tail if mirrored else arrow.head)

    def reads(self) -> dict[int, list[int]]:
        """What each node reads: the earlier ends of arrows, by the later ones."""
        found: dict[int, list[int]] = {vertex.node: [] for vertex in self.vertices}
        for arrow in self.arrows:
            found[max(arrow.tail, arrow.head)].append(min(arrow.tail, arrow.head))
        return found

    def readers(self) -> dict[int, list[int]]:
        """What reads each node."""
        found: dict[int, list[int]] = {vertex.node: [] for vertex in self.vertices}
        for node, reads in self.reads().items():
            for read in reads:
                found[read].append(node)
        return found


class Chain(Record):
    """The derivative of one variable with respect to another: equations to be read in order, and remarks. One that is
    `strong` is of the path that the figure shows."""

    of: Name
    wrt: Name
    equations: tuple[Equality, ...]
    notes: tuple[str, ...] = ()
    strong: bool = False

    @property
    def lines(self) -> tuple[ChainLine, ...]:
        """Its equations; one of the parts that others are written with has none that are derivatives."""
        return tuple(equation for equation in self.equations if isinstance(equation, ChainLine))

    @property
    def result(self) -> Formula:
        """The derivative as far as it has been brought."""
        return self.lines[-1].result

    @property
    def is_performed(self) -> bool:
        """Whether it ends in an expression, not in derivatives that are left in factors or are too long to write."""
        return len(self.lines) == 1 and self.lines[0].performed is not None


class Chains(Record):
    """Chains, one below the other."""

    chains: tuple[Chain, ...]

    @property
    def equations(self) -> list[Equality]:
        return [equation for chain in self.chains for equation in chain.equations]


Cell = Formula | float | str


class Table(Record):
    """Rows of cells below a head; a row of None is a line between rows."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...] | None, ...]


class Series(Record):
    """The points of one line of a plot, by rising x; a gap is a point whose y is not a number."""

    name: Formula | str
    points: tuple[tuple[float, float], ...]


class Plot(Record):
    """Lines over two axes, both linear or both logarithmic to base 10."""

    x: Formula | str
    y: Formula | str
    series: tuple[Series, ...]
    logarithmic: bool = False

    def placed(self, series: Series) -> list[tuple[float, float]]:
        """The points of a line as they are placed: their logarithms, if the plot is logarithmic."""
        if not self.logarithmic:
            return [*series.points]
        return [(log10(x), log10(y) if y > 0 else nan) for x, y in series.points]


class Panel(Record):
    """One picture of a sheet with its caption, if it has one: a diagram, the chains, a table or a plot."""

    view: str
    caption: str
    content: Diagram | Chains | Table | Plot


class PageGraph(Record):
    """One of the two graphs of a system, full or simplified, from every side. `vertices` are its nodes, `active`
    those of the system that vary."""

    forward: Diagram
    backward: Diagram
    chains: tuple[Chain, ...]
    vertices: tuple[int, ...]
    active: frozenset[int]


class PageArrays(Record):
    """What a page of vectors and matrices has beside: which derivatives, by their two nodes, stand transposed on
    arrows and in chains; the inputs that are only compared with what is computed; what the entries of inputs,
    or those of each of their rows, are assumed to add up to, which are symmetric matrices, and how that is written."""

    turned_arrows: frozenset[tuple[int, int]]
    turned_chains: frozenset[tuple[int, int]]
    labels: tuple[int, ...]
    sums: tuple[tuple[int, int], ...] = ()
    rows: tuple[tuple[int, int], ...] = ()
    symmetric: tuple[int, ...] = ()
    assumed: tuple[str, ...] = ()


class PageModel(Record):
    """A whole system with its transforms ready, for a format that the reader can play with.

    Derivatives are written with d or ∂ as each needs; `symbol` is what was asked for. `rules` are the partial
    derivatives of each operation of the graph, as graphs over its parameters and `out`, behind them those where no
    other argument depends on an input; `at` is the point to begin with, empty where there is none. `silent` says why
    nothing is computed on the page; its numbers are then those that the diagrams and chains have, if they are `fixed`.
    """

    graph: Graph
    simplified: PageGraph
    full: PageGraph
    wrt: tuple[int, ...]
    symbol: Literal["auto", "d", "partial"]
    rules: Mapping[str, tuple[Graph, ...]]
    at: Mapping[str, Any]
    digits: int
    silent: str = ""
    fixed: bool = False
    arrays: PageArrays | None = None


class Fit(Record):
    """How a sheet is made to stand on pages: all of it so many times `smaller`, its graphs in rows if it `folds`, from
    each of which at most so many arrows go on in the next one, and a new page wherever one of that `height`, in pixels
    of the sheet, is full, `parted` between rows and, if it is `cut`, in rows that are higher; 0 where it is one picture
    of any height. A `dense` one has the least air."""

    smaller: float = 1.0
    folds: bool = False
    height: float = 0.0
    returns: int = 4
    parted: bool = False
    dense: bool = False
    cut: bool = False


AS_IT_IS = Fit()


class Sheet(Record):
    """All that is drawn of one system: its equations and, in order, its panels. A picture has a `title`, and above its
    panels the equations of its `head`. `room` are the panels of a complete sheet, of which this one shows only a part:
    what is still to come has its place kept. `page_model` makes the whole system ready, where there is one behind the
    sheet; `size` is how many nodes its full graph has; `fit` is how it stands on pages, of which it has one if it
    `is_whole`."""

    name: str
    equations: tuple[Definition, ...]
    panels: tuple[Panel, ...]
    room: tuple[Panel, ...] = ()
    page_model: Callable[[], PageModel] | None = None
    size: int = 0
    title: str = ""
    head: tuple[Equality, ...] = ()
    fit: Fit = AS_IT_IS
    is_whole: bool = False

    @property
    def diagrams(self) -> list[Diagram]:
        """The graphs among its panels."""
        return [panel.content for panel in self.panels if isinstance(panel.content, Diagram)]

    def part(self, panel: Panel) -> "Sheet":
        """One of its panels as a figure of its own."""
        return self.replace(panels=(panel,), room=(), fit=AS_IT_IS)

    def in_one_piece(self) -> "Sheet":
        """All of it on one page, however high."""
        return self.replace(fit=self.fit.replace(height=0.0), is_whole=True)

    def places(self) -> Iterator[tuple[Panel, Panel | None]]:
        """The panels that have a place, each with what is shown of it."""
        shown = deque(self.panels)
        for place in self.room or self.panels:
            yield place, shown.popleft() if shown and shown[0].view == place.view else None

"""The computational graph: a flat, checked sequence of operations (a Wengert list), and its builder."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.functions import Operation, UserFunction, shape_made
from graphviz_ad.core.names import UNNAMED, Name, as_name
from graphviz_ad.core.numbers import Number, spelling
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.core.record import Record

INPUT = "input"
CONST = "const"


class Type(Record):
    """What the value of a node is: its `shape`, none for a number; `attributes` of its operation, such as an axis that
    is summed over; and the `scope` that it comes from, from the outside in: a layer, a time step, a function."""

    shape: Shape = ()
    attributes: tuple[tuple[str, object], ...] = ()
    scope: tuple[str, ...] = ()

    @property
    def content(self) -> object:
        """All but the scope."""
        return self.shape, self.attributes


NUMBER = Type()


class Node(Record):
    """One step of the evaluation trace: an operation of the table or of the user, an input or a number.

    `args` are indices of earlier nodes; `value` is set for numbers only; `name` is the variable the node defines.
    """

    op: Operation
    args: tuple[int, ...] = ()
    value: Number | None = None
    name: Name | None = None
    span: Span | None = None
    type: Type = NUMBER

    def __eq__(self, other: object) -> bool:
        """Whether all is equal but where they come from; numbers are as they are written."""
        return (
            isinstance(other, Node)
            and (self.op, self.args, self.name) == (other.op, other.args, other.name)
            and (self.value is other.value or spelling(self.value) == spelling(other.value))
            and (self.type is other.type or self.type.content == other.type.content)
        )

    def __hash__(self) -> int:
        return hash((self.op, self.args, self.value, self.name))


G = TypeVar("G", bound="Graph")
T = TypeVar("T")


class Function(Record):
    """A function that the reader defines and that is kept as one operation: its body is a graph over its parameters."""

    name: Name
    params: tuple[Name, ...]
    body: "Graph"


class Graph:
    """A system of equations, or one expression, as nodes in topological order.

    An argument's index is smaller than its node's, so the graph is acyclic by construction. `outputs` are the
    indices of the results, `functions` the definitions of user-defined operations, where they have one; `places` has
    the index of each name. Raises AdgraphError where an operation is unknown, the number of arguments is wrong, an
    argument comes later than its use, two nodes define one name, or a shape is not that which its operation makes.
    """

    __slots__ = ("_hash", "functions", "nodes", "outputs", "places")
    _hash: int  # set when it is first asked for: graphs are the keys of much that is remembered
    nodes: tuple[Node, ...]
    outputs: tuple[int, ...]
    functions: tuple[Function, ...]
    places: dict[Name, int]

    def __init__(self, nodes: tuple[Node, ...], outputs: tuple[int, ...], functions: tuple[Function, ...] = ()) -> None:
        object.__setattr__(self, "places", _verified(nodes, outputs))
        object.__setattr__(self, "nodes", nodes)
        object.__setattr__(self, "outputs", outputs)
        object.__setattr__(self, "functions", functions)

    @classmethod
    def like(cls: type[G], other: "Graph") -> G:
        """The same graph as one of this class; it is sound already."""
        made = object.__new__(cls)
        for attribute in ("places", "nodes", "outputs", "functions"):
            object.__setattr__(made, attribute, getattr(other, attribute))
        return made

    def __setattr__(self, attribute: str, value: object) -> None:
        raise AttributeError(f"a Graph is immutable: cannot set {attribute}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and self.parts() == other.parts()

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            object.__setattr__(self, "_hash", hash(self.parts()))
            return self._hash

    def parts(self) -> tuple[tuple[Node, ...], tuple[int, ...], tuple[Function, ...]]:
        """What the graph is made of: nodes, outputs, functions."""
        return self.nodes, self.outputs, self.functions

    def __repr__(self) -> str:
        return f"Graph(nodes={self.nodes!r}, outputs={self.outputs!r})"

    def __reduce__(self) -> tuple[type["Graph"], tuple[tuple[Node, ...], tuple[int, ...], tuple[Function, ...]]]:
        return type(self), self.parts()

    def index(self, name: str) -> int:
        """The index of the node with this name; KeyError if there is none."""
        return self.places[Name(name)]

    def name(self, index: int) -> Name:
        """The name of a node, which inputs and variables have."""
        return self.nodes[index].name or UNNAMED

    def inputs(self) -> Iterator[int]:
        """The indices of the inputs, in order of first appearance."""
        return (index for index, node in enumerate(self.nodes) if node.op == INPUT)


def _verified(nodes: tuple[Node, ...], outputs: tuple[int, ...]) -> dict[Name, int]:
    """The index of each name, if all is sound."""
    names: dict[Name, int] = {}
    for index, node in enumerate(nodes):
        op, args = node.op, node.args
        row = OPS.get(op) if isinstance(op, str) else None
        arity = _arity(op) if row is None else len(row.params)
        if arity is None:
            raise AdgraphError(f"unknown operation {op!r}", node.span)
        if len(args) != arity or not (args or _is_sound(node)):
            raise AdgraphError(f"{op} with {len(args)} arguments", node.span)
        for arg in args:
            if not 0 <= arg < index:
                raise AdgraphError(f"node {index} ({op}) reads a node that is not before it", node.span)
        name = node.name
        if name is not None:
            if name in names:
                raise AdgraphError(f"'{name}' is defined twice", node.span)
            names[as_name(name)] = index
    for output in outputs:
        if not 0 <= output < len(nodes):
            raise AdgraphError(f"output {output} is not a node")
    if any(node.type is not NUMBER for node in nodes):
        _check_shapes(nodes)
    return names


def _arity(op: Operation) -> int | None:
    """How many arguments an operation has that is in no family of numbers; None where it is none."""
    if isinstance(op, UserFunction):
        return op.arity
    if op in (CONST, INPUT):
        return 0
    from graphviz_ad.core.ops.arrays import ARRAYS

    return len(ARRAYS[op].params) if op in ARRAYS else None


def _is_sound(leaf: Node) -> bool:
    """Whether a number has its value, and an input its name."""
    return (leaf.op != CONST or leaf.value is not None) and (leaf.op != INPUT or leaf.name is not None)


def _check_shapes(nodes: tuple[Node, ...]) -> None:
    for node in nodes:
        if not node.args:
            continue
        try:
            made = shape_made(node.op, tuple(nodes[arg].type.shape for arg in node.args), node.type.attributes)
        except ValueError as error:
            raise AdgraphError(f"{node.op}: {error}", node.span) from None
        if made != node.type.shape:
            raise AdgraphError(f"{node.op} makes {shown(made)}, not {shown(node.type.shape)}", node.span)


class Builder:
    """Collects nodes, then makes a Graph of them."""

    __slots__ = ("_inputs", "nodes")

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._inputs: dict[Name, int] = {}

    def add(
        self,
        op: Operation,
        args: tuple[int, ...] = (),
        value: Number | None = None,
        name: Name | None = None,
        span: Span | None = None,
        type_of: Type = NUMBER,
    ) -> int:
        """Append a node; its index."""
        return self.keep(Node(op, args, value, name, span, type_of))

    def keep(self, node: Node) -> int:
        """Append a node that is made; its index."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def input(self, name: Name) -> int:
        """The input of a name, which is appended where it is new; its index."""
        if name not in self._inputs:
            self._inputs[name] = self.add(INPUT, (), None, name)
        return self._inputs[name]

    def inline(self, nodes: Iterable[Node], leaf: Callable[[Node], int]) -> list[int]:
        """Append nodes without their names, with a node that is here already for each of their inputs: the `leaf`.
        The place of each."""
        place: list[int] = []
        for node in nodes:
            if node.op == INPUT:
                place.append(leaf(node))
            else:
                args = tuple(place[arg] for arg in node.args)
                place.append(self.add(node.op, args, node.value, None, node.span, node.type))
        return place

    def rename(self, index: int, name: Name) -> None:
        """Give a node that has no name yet the variable it defines."""
        self.nodes[index] = self.nodes[index].replace(name=name)

    def build(self, outputs: tuple[int, ...], functions: tuple[Function, ...] = ()) -> Graph:
        return Graph(tuple(self.nodes), outputs, functions)


def folded(nodes: Iterable[Node], leaf: Callable[[Node], T], apply: Callable[[Node, list[T]], T]) -> list[T]:
    """What each node is in another language: inputs and numbers by `leaf`, operations by what their operands are."""
    found: list[T] = []
    for node in nodes:
        is_leaf = node.op in (INPUT, CONST)
        found.append(leaf(node) if is_leaf else apply(node, [found[arg] for arg in node.args]))
    return found


def needed_nodes(nodes: Sequence[Node], roots: Iterable[int]) -> set[int]:
    """The roots, and all nodes that they depend on."""
    needed = set(roots)
    for index in range(max(needed, default=-1), -1, -1):
        if index in needed:
            needed.update(nodes[index].args)
    return needed


def needed_by(nodes: Sequence[Node], roots: Sequence[int], functions: tuple[Function, ...] = ()) -> Graph:
    """The graph of the nodes that the roots depend on; the roots are its outputs."""
    needed = needed_nodes(nodes, roots)
    if len(needed) == max(roots, default=-1) + 1:  # all of them, in their places
        return Graph(tuple(nodes[: len(needed)]), tuple(roots), functions)
    place = {old: new for new, old in enumerate(sorted(needed))}
    kept = tuple(nodes[old].replace(args=tuple(place[arg] for arg in nodes[old].args)) for old in place)
    return Graph(kept, tuple(place[root] for root in roots), functions)

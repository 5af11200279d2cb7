"""Makes nodes with shapes: what all rules of what is read between vectors and matrices share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import NUMBER, Builder, Node, Type
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.arrays import ENTRY, ONES, UNIT, matrix
from graphviz_ad.core.ops.row import OPEN, AxisSize, Shape, shown
from graphviz_ad.read.arrays.declarations import check_entries
from graphviz_ad.read.arrays.sizes import Sizes, equal_sizes, is_open

_ALSO_OF_MATRICES = frozenset({"exp", "sqrt", "log", "sin", "cos", "tan", "sinh", "cosh"})


class FoundShapeError(Exception):
    """An initial state of a recurrence has this shape."""

    def __init__(self, name: Name, shape: Shape) -> None:
        self.name, self.shape = name, shape


class ArrayMaker:
    """Adds nodes whose shapes go together. `states` are names whose shape may follow from where they stand."""

    def __init__(self, states: frozenset[Parts], plain: bool = False) -> None:
        self.sizes = Sizes()
        self.states = states
        self.plain = plain  # whether plain letters are numbers, since all vectors and matrices are bold
        self.restart()

    def restart(self) -> None:
        """Forget all nodes, and keep what is known of sizes."""
        self.notes: list[str] = []
        self.builder = Builder()
        self.undeclared: set[int] = set()
        self.powers: dict[int, int] = {}  # of matrices, A^2 as A A, with what they are powers of
        self.rows: set[int] = set()  # of matrices, X_i
        self.current = 0  # the place of what is being made among the nodes that were read

    def shape(self, index: int) -> Shape:
        return self.sizes.shape(self.builder.nodes[index].type.shape)

    def keep(self, node: Node, args: tuple[int, ...]) -> int:
        if not any(self.shape(arg) for arg in args) and not isinstance(node.op, str):
            return self.builder.add(node.op, args, None, None, node.span)
        return self.add(str(node.op), args, node)

    def elementwise(self, node: Node, args: tuple[int, ...]) -> int:
        """A function of numbers, of each entry; a note says so where one of matrices has its name."""
        shape = self.shape(args[0])
        if node.op in _ALSO_OF_MATRICES and len(shape) == 2 and shape[0] == shape[1]:
            self.notes.append(f"{node.op} of a matrix is taken entry by entry")
        return self.keep(node, args)

    def add(self, op: str, args: tuple[int, ...], node: Node, **attributes: object) -> int:
        """An operation on shaped nodes. Raises AdgraphError where the shapes do not go together."""
        for one, other in equal_sizes(op, map(self.shape, args)):
            self.sizes.unify(one, other)
        try:
            shape = self._result(op, args, attributes)
        except ValueError as error:
            raise AdgraphError(str(error), node.span, self._fitting(op, args)) from None
        check_entries(shape, node.span)
        type_of = Type(shape, tuple(attributes.items())) if shape or attributes else NUMBER
        return self.builder.keep(Node(op, args, None, None, node.span, type_of))

    def _result(self, op: str, args: tuple[int, ...], attributes: Mapping[str, object]) -> Shape:
        shapes = [self.shape(arg) for arg in args]
        if op == "vcat" and any(is_open(matrix(shape)[0]) for shape in shapes):
            operation(op).shape(*((1, matrix(shape)[1]) for shape in shapes))
            (above, columns), (below, _) = map(matrix, shapes)
            rows = self.sizes.added(f"{OPEN}sum {self.current} {len(self.builder.nodes)}", above, below)
            return (rows,) if columns == 1 else (rows, columns)
        return operation(op).shape(*shapes, **attributes)

    def _fitting(self, op: str, args: tuple[int, ...]) -> str:
        """Which operand would fit if it were transposed."""
        if op == "inv":
            return "one with as many rows as columns"
        if op == "vcat" and matrix(self.shape(args[0]))[0] == matrix(self.shape(args[1]))[0]:
            above, below = map(self.name_of, args)
            return f"write [{above}, {below}] for one beside the other"
        for place in reversed(range(len(args))):
            shapes = [self.shape(arg) for arg in args]
            rows, columns = matrix(shapes[place])
            shapes[place] = (columns, rows) if rows != 1 else (columns,)
            try:
                operation(op).shape(*shapes)
            except (ValueError, TypeError):
                continue
            name = self.builder.nodes[args[place]].name
            return f"{name}^T would fit" if name else f"the transpose of the {('first', 'second')[place]} would fit"
        return self._spread(args) or self._wanted(op, args) or "check the declared shapes"

    def _wanted(self, op: str, args: tuple[int, ...]) -> str:
        """The shape of one operand with which the other would go together."""
        if len(args) != 2 or op == "vcat":
            return ""
        left, right = map(self.shape, args)
        needed = left if op != "matmul" else tuple(size for size in (matrix(left)[1], matrix(right)[1]) if size != 1)
        if not needed or any(map(is_open, needed)):
            return ""
        name = self.builder.nodes[args[1]].name
        return f"{name or 'a second operand'} of the shape {shown(needed)} would fit"

    def _spread(self, args: tuple[int, ...]) -> str:
        """How to write that a vector is the same in each row, or in each column, of what it stands beside."""
        shapes = list(map(self.shape, args))
        if sorted(map(len, shapes)) != [1, 2]:
            return ""
        place = 0 if len(shapes[0]) == 1 else 1
        (size,), (rows, columns), name = shapes[place], shapes[1 - place], self.name_of(args[place])
        ways = [f"1 {name}^T, the same in each row"] * (size == columns)
        ways += [f"{name} 1^T, the same in each column"] * (size == rows)
        return f"write {' or '.join(ways)}" if ways else ""

    def needs_declaration(self, node: Node, index: int, other: int, fits: Shape | None = None) -> None:
        """Raise AdgraphError for a name without a shape where one is needed."""
        name = self.builder.nodes[index].name
        if name is None or (index not in self.undeclared and name.key not in self.states):
            return
        behind_a_matrix = fits is not None and len(self.shape(other)) == 2
        if self.plain and name.key not in self.states and not behind_a_matrix:
            return
        shape = self.shape(other) if fits is None else fits
        if name.key in self.states:
            raise FoundShapeError(name, shape)
        kind = "vector" if len(shape) == 1 else "matrix"
        size = "x".join(map(str, shape)) if not any(map(is_open, shape)) else kind
        hint = f"declare it, {name}: {size}, or {name}: scalar" if shape else f"declare it, {name}: scalar"
        raise AdgraphError(f"'{name}' has no shape", node.span, hint)

    def is_state(self, index: int) -> bool:
        name = self.builder.nodes[index].name
        return name is not None and name.key in self.states

    def is_capital(self, index: int) -> bool:
        """Whether a name without a shape is a capital letter, as matrices are called."""
        name = self.builder.nodes[index].name
        return index in self.undeclared and name is not None and re.fullmatch("[A-Z]", name.parts.base) is not None

    def needs_shape(self, node: Node, index: int, what: str) -> None:
        if index in self.undeclared:
            name = self.builder.nodes[index].name
            raise AdgraphError(f"{what} of '{name}', which has no shape", node.span, f"declare it: {name}: vector")

    def name_of(self, index: int) -> str:
        return self.builder.nodes[index].name or "(…)"

    def filled(self, node: Node, number: int, shape: Shape) -> int:
        """A number in each place of a shape: s 𝟏."""
        rows, columns = matrix(shape)
        if 1 not in (rows, columns):
            row = self.add("transpose", (self.ones(node, columns),), node)
            ones = self.add("matmul", (self.ones(node, rows), row), node)
        else:
            ones = self.ones(node, rows if columns == 1 else columns)
            ones = ones if columns == 1 else self.add("transpose", (ones,), node)
        return self.add("mul", (number, ones), node) if self.builder.nodes[number].value != 1 else ones

    def ones(self, node: Node, size: object) -> int:
        return self.add(ONES, (), node, size=size)

    def unit(self, node: Node, size: AxisSize, at: int) -> int:
        """The vector with a 1 at one place."""
        return self.add(UNIT, (), node, size=size, at=at)

    def entry(self, node: Node, index: int, row: int, column: int = 1) -> int:
        """One entry of a vector or a matrix."""
        return self.add(ENTRY, (index,), node, place=(row, column)[: len(self.shape(index))])

    def stacked(self, node: Node, parts: Sequence[int]) -> int:
        """Parts one below the other."""
        return reduce(lambda above, below: self.add("vcat", (above, below), node), parts)

    def beside(self, node: Node, parts: Sequence[int]) -> int:
        """Parts beside each other: what is transposed, one below the other."""
        if len(parts) == 1:
            return parts[0]
        turned = [self.transposed(node, (part,)) if self.shape(part) else part for part in parts]
        return self.transposed(node, (self.stacked(node, turned),))

    def transposed(self, node: Node, args: tuple[int, ...]) -> int:
        inner = self.builder.nodes[args[0]]
        if not self.shape(args[0]):
            if inner.name is not None and args[0] in self.undeclared:
                text, hint = (
                    f"'{inner.name}' has no shape",
                    f"declare it: {inner.name}: vector, or {inner.name}: scalar",
                )
                raise AdgraphError(text, node.span, hint)
            return args[0]
        return inner.args[0] if inner.op == "transpose" and inner.name is None else self.add("transpose", args, node)

    def make(self, op: str, *args: int, at: Node, **attributes: object) -> int:
        """An operation that a formula with indices is made of."""
        if op == "transpose":
            return self.transposed(at, args)
        return self.add(op, args, at, **attributes)

    def ones_along(self, node: Node, axis: object) -> int:
        return self.ones(node, axis)

    def axes_of(self, index: int) -> tuple[object, ...]:
        return self.shape(index)

    def is_square_of(self, index: int) -> int | None:
        """What a node is the square of, if it is one."""
        node = self.builder.nodes[index]
        if node.op == "pow" and node.name is None and self.builder.nodes[node.args[1]].value == 2:
            return node.args[0]
        return None


ShapeRule = Callable[[ArrayMaker, Node, tuple[int, ...]], int]
"""What makes a node of what was read, and of its operands."""

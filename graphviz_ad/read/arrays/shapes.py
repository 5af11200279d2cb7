"""The shapes of all nodes, from those of the inputs; and which product a product is.

What is read side by side, by * or by a power is decided here: a product of matrices where its shapes fit, a multiple
beside a number. Where two readings fit, or none does, the error shows both shapes and what would fit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Builder, Node, Type
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.arrays import ONES, matrix
from graphviz_ad.core.ops.row import Shape, shown

STAR, DOT, MEAN, RAISED = "star", "dot", "mean", "raised"  # what is decided by shapes: *, ·, mean(x), x .^ 2


class Shaper:
    """Makes nodes with shapes of nodes without."""

    def __init__(self, shapes: Mapping[Name, Shape], notes: list[str]) -> None:
        self.shapes: dict[Parts, Shape] = {name.key: shape for name, shape in shapes.items()}
        self.notes = notes
        self.builder = Builder()
        self.place: list[int] = []  # of each node that was read
        self.undeclared: set[int] = set()

    def shaped(self, nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
        """The nodes with their shapes, and the place of each old one among them. Raises AdgraphError where shapes do
        not go together."""
        for node in nodes:
            args = tuple(self.place[arg] for arg in node.args)
            made = self._made(node, args)
            if node.name is not None and node.op != INPUT:
                self._check(node, made)
                if self.builder.nodes[made].name is not None or made in args:
                    made = self._add("copy", (made,), node)
                self.builder.rename(made, node.name)
            self.place.append(made)
        return self._needed()

    def _needed(self) -> tuple[list[Node], list[int]]:
        """The nodes that something reads, or that have a name."""
        nodes = self.builder.nodes
        needed = {index for index, node in enumerate(nodes) if node.name is not None}
        for index in range(len(nodes) - 1, -1, -1):
            if index in needed:
                needed.update(nodes[index].args)
        moved = {old: new for new, old in enumerate(sorted(needed))}
        kept = [nodes[old].replace(args=tuple(moved[arg] for arg in nodes[old].args)) for old in moved]
        return kept, [moved.get(index, -1) for index in self.place]

    def _check(self, node: Node, made: int) -> None:
        """Raise AdgraphError where a variable is declared with another shape than its definition has."""
        declared = self.shapes.get(node.name.key) if node.name else None
        if declared is not None and declared != self.shape(made):
            text = f"'{node.name}' is declared as {shown(declared)} and defined as {shown(self.shape(made))}"
            raise AdgraphError(text, node.span, "take the declaration out, or mend one of the two")

    def shape(self, index: int) -> Shape:
        return self.builder.nodes[index].type.shape

    def _made(self, node: Node, args: tuple[int, ...]) -> int:
        if node.op == INPUT:
            return self._input(node)
        if not node.args:
            return self.builder.keep(node)
        rule = _RULES.get(str(node.op))
        return rule(self, node, args) if rule is not None else self._add(str(node.op), args, node)

    def _input(self, node: Node) -> int:
        assert node.name is not None
        shape = self.shapes.get(node.name.key)
        made = self.builder.keep(node.replace(type=Type(shape) if shape else NUMBER))
        if shape is None:
            self.undeclared.add(made)
        return made

    def _add(self, op: str, args: tuple[int, ...], node: Node, **attributes: object) -> int:
        """An operation on shaped nodes. Raises AdgraphError where the shapes do not go together."""
        try:
            shape = operation(op).shape(*map(self.shape, args), **attributes)
        except ValueError as error:
            raise AdgraphError(str(error), node.span, self._transposed(op, args)) from None
        type_of = Type(shape, tuple(attributes.items())) if shape or attributes else NUMBER
        return self.builder.keep(Node(op, args, None, None, node.span, type_of))

    def _transposed(self, op: str, args: tuple[int, ...]) -> str:
        """Which operand would fit if it were transposed."""
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
        return "check the declared shapes"

    def _known(self, node: Node, index: int, other: int) -> None:
        """Raise AdgraphError for a name without a shape where one is needed."""
        if index in self.undeclared:
            name = self.builder.nodes[index].name
            rows, columns = matrix(self.shape(other))
            fits = str(columns) if node.op in ("matmul", STAR) else shown(self.shape(other)).replace(" ", "")
            raise AdgraphError(f"'{name}' has no shape", node.span, f"declare it, {name}: {fits}, or {name}: scalar")

    # ---- products

    def _matmul(self, node: Node, args: tuple[int, ...]) -> int:
        left, right = args
        if self.shape(left) and not self.shape(right):
            self._known(node, right, left)
        if not self.shape(left) or not self.shape(right):
            return self._multiple(node, args)
        if len(self.shape(left)) == len(self.shape(right)) == 1:
            a, b = (self._name(arg) for arg in args)
            text = f"two columns side by side, {shown(self.shape(left))} and {shown(self.shape(right))}"
            raise AdgraphError(text, node.span, f"write {a}^T {b}, {a} {b}^T or {a} .* {b}")
        return self._add("matmul", args, node)

    def _multiple(self, node: Node, args: tuple[int, ...]) -> int:
        """A multiple, its number in front."""
        left, right = args
        turned = (right, left) if self.shape(left) and not self.shape(right) else args
        return self._add("mul", turned, node)

    def _star(self, node: Node, args: tuple[int, ...]) -> int:
        """*: whichever product fits."""
        left, right = map(self.shape, args)
        if left and not right:
            self._known(node, args[1], args[0])
        if not left or not right:
            return self._multiple(node, args)
        product = matrix(left)[1] == matrix(right)[0]
        if product and left == right:
            a, b = map(self._name, args)
            raise AdgraphError("* may be two products here", node.span, f"write {a} {b} or {a} .* {b}")
        return self._add("mul" if left == right else "matmul", args, node)

    def _dot(self, node: Node, args: tuple[int, ...]) -> int:
        """·: the scalar product of two columns."""
        left, right = map(self.shape, args)
        if len(left) == len(right) == 1:
            return self._add("matmul", (self._add("transpose", args[:1], node), args[1]), node)
        return self._star(node, args)

    def _name(self, index: int) -> str:
        return self.builder.nodes[index].name or "(…)"

    # ---- sums, quotients, powers

    def _sum(self, node: Node, args: tuple[int, ...]) -> int:
        left, right = map(self.shape, args)
        if left == right:
            return self._add(str(node.op), args, node)
        for place, shape, other in ((0, left, right), (1, right, left)):
            if shape == ():
                self._known(node, args[place], args[1 - place])
                many = self._filled(node, args[place], other)
                return self._add(str(node.op), (many, args[1]) if place == 0 else (args[0], many), node)
        return self._by_rows(node, args)

    def _filled(self, node: Node, number: int, shape: Shape) -> int:
        """A number in each place of a shape: s 𝟏."""
        rows, columns = matrix(shape)
        if 1 not in (rows, columns):
            raise AdgraphError(f"a number plus {shown(shape)}", node.span, "write the matrix of ones out")
        ones = self._ones(node, rows if columns == 1 else columns)
        column = self._add("mul", (number, ones), node) if self.builder.nodes[number].value != 1 else ones
        return column if columns == 1 else self._add("transpose", (column,), node)

    def _ones(self, node: Node, size: object) -> int:
        return self._add(ONES, (), node, size=size)

    def _by_rows(self, node: Node, args: tuple[int, ...]) -> int:
        """A vector added to each row of a matrix, X W + b, if only that fits."""
        for place in (0, 1):
            whole, vector = self.shape(args[place]), self.shape(args[1 - place])
            if len(whole) == 2 and len(vector) in (1, 2) and 1 in matrix(vector):
                entries = vector[0] if len(vector) == 1 else matrix(vector)[1]
                if entries == whole[1] and (len(vector) == 2 or entries != whole[0]):
                    row = args[1 - place] if len(vector) == 2 else self._add("transpose", (args[1 - place],), node)
                    rows = self._add("matmul", (self._ones(node, whole[0]), row), node)
                    self.notes.append(f"'{self._name(args[1 - place])}' is added to each row")
                    return self._add(str(node.op), (args[0], rows) if place == 0 else (rows, args[1]), node)
                if entries == whole[1] == whole[0]:
                    name = self._name(args[1 - place])
                    text = f"'{name}' may be added to each row or to each column"
                    raise AdgraphError(text, node.span, f"write 1 {name}^T or {name} 1^T, with 1 = ones({entries})")
        return self._add(str(node.op), args, node)

    def _pow(self, node: Node, args: tuple[int, ...]) -> int:
        base, exponent = args
        value, inner = self.builder.nodes[exponent].value, self.builder.nodes[base]
        if self.shape(exponent):
            raise AdgraphError("an exponent is a number", node.span, "write .^ for powers entry by entry")
        if inner.op == "norm" and value == 2:
            return self._add("sqnorm", inner.args, node)
        shape = self.shape(base)
        if len(shape) == 2 and 1 not in shape:
            if value == -1:
                return self._add("inv", (base,), node)
            if value == 2 and shape[0] == shape[1]:
                raise AdgraphError("the square of a matrix may be two things", node.span, "write A A or A .^ 2")
        if shape and inner.op != "sub":
            self.notes.append(f"a power of '{self._name(base)}' is taken entry by entry")
        return self._add("pow", args, node)

    def _raised(self, node: Node, args: tuple[int, ...]) -> int:
        return self._add("pow", args, node)

    def _transpose(self, node: Node, args: tuple[int, ...]) -> int:
        inner = self.builder.nodes[args[0]]
        if not self.shape(args[0]):
            return args[0]
        return inner.args[0] if inner.op == "transpose" and inner.name is None else self._add("transpose", args, node)

    def _mean(self, node: Node, args: tuple[int, ...]) -> int:
        rows, columns = matrix(self.shape(args[0]))
        if not (isinstance(rows, int) and isinstance(columns, int)):
            raise AdgraphError("a mean over a size that is a letter", node.span, "give the size in digits")
        count = self.builder.add(CONST, (), rows * columns, None, node.span)
        return self._add("div", (self._total(node, args), count), node)

    def _total(self, node: Node, args: tuple[int, ...]) -> int:
        return self._add("total", args, node) if self.shape(args[0]) else args[0]

    def _softmax(self, node: Node, args: tuple[int, ...]) -> int:
        shape = self.shape(args[0])
        if not shape:
            raise AdgraphError(f"{node.op} of a number", node.span, "declare its argument as a vector")
        if 1 not in matrix(shape):
            self.notes.append(f"{operation(node.op).sign} of a matrix is taken row by row")
        return self._add(str(node.op), args, node)


_RULES: dict[str, Callable[[Shaper, Node, tuple[int, ...]], int]] = {
    "matmul": Shaper._matmul,
    STAR: Shaper._star,
    DOT: Shaper._dot,
    "add": Shaper._sum,
    "sub": Shaper._sum,
    "pow": Shaper._pow,
    RAISED: Shaper._raised,
    "transpose": Shaper._transpose,
    MEAN: Shaper._mean,
    "total": Shaper._total,
    "softmax": Shaper._softmax,
    "log_softmax": Shaper._softmax,
}

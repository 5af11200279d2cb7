"""The shapes of all nodes, from those of the inputs; and which product a product is.

What is read side by side, by * or by a power is decided here: a product of matrices where its shapes fit, a multiple
beside a number. Where two readings fit, or none does, the error shows both shapes and what would fit. Sizes that are
not declared follow from the equations: these are gone through until no more is found out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Builder, Node, Type
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.arrays import EYE, ONES, UNIT, matrix
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.read.arrays.declarations import check_entries
from graphviz_ad.read.arrays.index_form import IndexForm, IndexProduct, Letters
from graphviz_ad.read.arrays.sizes import OPEN, Size, Sizes, equal_sizes, is_open, said
from graphviz_ad.read.arrays.terms import (
    BARS,
    COLUMNS,
    DOT,
    ELEMENT,
    INNER,
    MEAN,
    ODIV,
    ODOT,
    OVER,
    RAISED,
    STAR,
    SUMMED,
    VEC,
)  # fmt: skip
from graphviz_ad.read.arrays.vocabulary import index_letters, index_parts

_PRODUCTS = frozenset({"mul", "matmul", STAR, DOT, ODOT, INNER})
_ALSO_OF_MATRICES = frozenset({"exp", "sqrt", "log", "sin", "cos", "tan", "sinh", "cosh"})
MAX_COLUMNS = 20  # of a matrix that vec takes apart
MAX_PASSES = 100


class _FoundShapeError(Exception):
    """An initial state of a recurrence has this shape."""

    def __init__(self, name: Name, shape: Shape) -> None:
        self.name, self.shape = name, shape


class Shaper:
    """Makes nodes with shapes of nodes without. `states` are names whose shape may follow from where they stand."""

    def __init__(self, shapes: Mapping[Name, Shape], notes: list[str], states: frozenset[Parts] = frozenset()) -> None:
        self.sizes = Sizes()
        self.shapes: dict[Parts, Shape] = {}
        self.names = {name.key: name for name in shapes}
        self.open: list[Name] = []
        for name, shape in shapes.items():
            opened = tuple(f"{OPEN}{name} {axis}" if size == OPEN else size for axis, size in enumerate(shape))
            self.shapes[name.key] = opened
            if any(map(is_open, opened)):
                self.open.append(name)
        self.states = states
        self.outer_notes = notes
        self.restart()

    def restart(self) -> None:
        self.notes: list[str] = []
        self.builder = Builder()
        self.place: list[int] = []  # of each node that was read
        self.undeclared: set[int] = set()
        self.products: dict[int, IndexProduct] = {}  # of nodes that were read and have free indices
        self.current = 0

    def shaped(self, nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
        """The nodes with their shapes, and the place of each old one among them. Raises AdgraphError where shapes do
        not go together."""
        for _ in range(MAX_PASSES):
            known = len(self.sizes.bound)
            try:
                self.go_through(nodes)
            except _FoundShapeError as found:
                self.shapes[found.name.key] = found.shape
                continue
            if len(self.sizes.bound) == known and not self.name_open(nodes):
                break
        self.note_sizes(nodes)
        self.outer_notes += dict.fromkeys(self.notes)
        return self._needed()

    def go_through(self, nodes: Sequence[Node]) -> None:
        """Make every node anew, with what is known of sizes so far."""
        self.restart()
        for place, node in enumerate(nodes):
            self.current = place
            args = tuple(self.place[arg] for arg in node.args)
            made = self._of_indices(place, node) if self._has_indices(node) else self._made(node, args)
            if node.name is not None and node.op != INPUT:
                if place in self.products:
                    free = ", ".join(self.products[place].free())
                    text = f"the index {free} is neither summed over nor on the left side"
                    raise AdgraphError(text, node.span, f"write sum_{free[0]} …, or {node.name}_{free[0]} = …")
                made = self._check(node, made)
                if self.builder.nodes[made].name is not None or made in args:
                    made = self._add("copy", (made,), node)
                self.builder.rename(made, node.name)
            self.place.append(made)

    def name_open(self, nodes: Sequence[Node]) -> bool:
        """Give letters to sizes that nothing decides. Raises AdgraphError for a unit matrix of such a size."""
        taken = [str(node.name) for node in nodes if node.name is not None]
        taken += [size for shape in self.shapes.values() for size in self.sizes.shape(shape) if isinstance(size, str)]
        if self.sizes.name_open(self.shapes.values(), taken):
            return True
        for node in self.builder.nodes:
            if node.op in (EYE, ONES) and is_open(self.sizes.resolved(node.type.shape[0])):
                sign = "I" if node.op == EYE else "a vector of ones"
                hint = "write eye(3)" if node.op == EYE else "write ones(3)"
                raise AdgraphError(f"nothing says how large {sign} is here", node.span, hint)
        return False

    def note_sizes(self, nodes: Sequence[Node]) -> None:
        """Say which shapes were found, and which letters turned out to be numbers."""
        here = {node.name.key for node in nodes if node.name is not None}
        found = [f"{name} is {said(self.sizes.shape(self.shapes[name.key]))}" for name in self.open if name.key in here]
        if found:
            self.notes.append(f"shapes that follow from the equations: {', '.join(found)}")
        letters = [f"{size} is {number}" for size, number in self.sizes.bound.items() if not is_open(size)]
        if letters:
            self.notes.append(f"sizes: {', '.join(letters)}")

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

    def _check(self, node: Node, made: int) -> int:
        """Raise AdgraphError where a variable is declared with another shape than its definition has."""
        declared = self.shapes.get(node.name.key) if node.name else None
        if declared is None:
            return made
        has = self.shape(made)
        if not has and declared and self.builder.nodes[made].op == CONST:  # h_0 = 0
            return self._filled(node, made, self.sizes.shape(declared))
        if len(declared) == len(has):
            for one, other in zip(declared, has, strict=True):
                self.sizes.unify(one, other)
        declared = self.sizes.shape(declared)
        if declared != self.shape(made):
            text = f"'{node.name}' is declared as {said(declared)} and defined as {said(self.shape(made))}"
            raise AdgraphError(text, node.span, "take the declaration out, or mend one of the two")
        return made

    def shape(self, index: int) -> Shape:
        return self.sizes.shape(self.builder.nodes[index].type.shape)

    # ---- nodes

    def _made(self, node: Node, args: tuple[int, ...]) -> int:
        if node.op == INPUT:
            return self._input(node)
        if not node.args:
            return self._leaf(node)
        rule = _RULES.get(str(node.op))
        if rule is not None:
            return rule(self, node, args)
        if any(self.shape(arg) for arg in args) and not isinstance(node.op, str):
            text = f"'{node.op.name}' is a function of numbers"
            raise AdgraphError(text, node.span, "give its definition: f(x) = …, or write the formula out")
        shape = self.shape(args[0])
        if node.op in _ALSO_OF_MATRICES and len(shape) == 2 and shape[0] == shape[1]:
            self.notes.append(f"{node.op} of a matrix is taken entry by entry")
        return self._keep(node, args)

    def _keep(self, node: Node, args: tuple[int, ...]) -> int:
        if not any(self.shape(arg) for arg in args) and not isinstance(node.op, str):
            return self.builder.add(node.op, args, None, None, node.span)
        return self._add(str(node.op), args, node)

    def _leaf(self, node: Node) -> int:
        """A number, or a vector of ones or a unit matrix, whose size may follow from where it stands."""
        if not node.type.shape:
            return self.builder.keep(node.replace(name=None))
        name = f"{OPEN}{self.current}"
        size = self.sizes.resolved(name if OPEN in node.type.shape else node.type.shape[0])
        return self._add(str(node.op), (), node, size=size)

    def _input(self, node: Node) -> int:
        assert node.name is not None
        shape = self.shapes.get(node.name.key)
        if shape is None and isinstance(number := self.sizes.resolved(node.name), int):
            return self.builder.add(CONST, (), number, None, node.span)  # n, where n entries are three
        resolved = self.sizes.shape(shape or ())
        made = self.builder.keep(node.replace(type=Type(resolved) if resolved else NUMBER))
        if shape is None:
            self.undeclared.add(made)
        return made

    def _add(self, op: str, args: tuple[int, ...], node: Node, **attributes: object) -> int:
        """An operation on shaped nodes. Raises AdgraphError where the shapes do not go together."""
        for one, other in equal_sizes(op, map(self.shape, args)):
            self.sizes.unify(one, other)
        try:
            shape = self._result(op, args, attributes)
        except ValueError as error:
            raise AdgraphError(_in_words(error), node.span, self._transposed(op, args)) from None
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

    def _known(self, node: Node, index: int, other: int, fits: Shape | None = None) -> None:
        """Raise AdgraphError for a name without a shape where one is needed."""
        name = self.builder.nodes[index].name
        if name is None or (index not in self.undeclared and name.key not in self.states):
            return
        shape = self.shape(other) if fits is None else fits
        if name.key in self.states:
            raise _FoundShapeError(name, shape)
        size = "x".join(map(str, shape)) if not any(map(is_open, shape)) else "vector"
        raise AdgraphError(f"'{name}' has no shape", node.span, f"declare it, {name}: {size}, or {name}: scalar")

    # ---- products

    def _matmul(self, node: Node, args: tuple[int, ...]) -> int:
        left, right = args
        if self.shape(left) and not self.shape(right):
            self._known(node, right, left, self._column(left))
        elif self.shape(right) and not self.shape(left) and self._is_state(left):
            self._known(node, left, right)
        if not self.shape(left) or not self.shape(right):
            return self._multiple(node, args)
        if len(self.shape(left)) == len(self.shape(right)) == 1:
            a, b = (self._name(arg) for arg in args)
            text = f"two columns side by side, {said(self.shape(left))} and {said(self.shape(right))}"
            raise AdgraphError(text, node.span, f"write {a}^T {b}, {a} {b}^T or {a} .* {b}")
        return self._add("matmul", args, node)

    def _column(self, left: int) -> Shape:
        columns = matrix(self.shape(left))[1]
        return (columns,) if columns != 1 else ()

    def _is_state(self, index: int) -> bool:
        name = self.builder.nodes[index].name
        return name is not None and name.key in self.states

    def _multiple(self, node: Node, args: tuple[int, ...]) -> int:
        """A multiple, its number in front."""
        left, right = args
        turned = (right, left) if self.shape(left) and not self.shape(right) else args
        return self._add("mul", turned, node)

    def _star(self, node: Node, args: tuple[int, ...]) -> int:
        """*: whichever product fits."""
        left, right = map(self.shape, args)
        if left and not right:
            self._known(node, args[1], args[0], self._column(args[0]))
        if not left or not right:
            return self._multiple(node, args)
        product = self.sizes.may_be(matrix(left)[1], matrix(right)[0])
        alike = self.sizes.same(left, right)
        if product and alike:
            a, b = map(self._name, args)
            text = f"* may be two products here, of {said(left)} and {said(right)}"
            raise AdgraphError(text, node.span, f"write {a} {b} or {a} .* {b}")
        return self._add("mul" if alike else "matmul", args, node)

    def _dot(self, node: Node, args: tuple[int, ...]) -> int:
        """·: the scalar product of two columns; of matrices their product."""
        left, right = map(self.shape, args)
        if len(left) == len(right) == 1:
            if not self.sizes.same(left, right):
                text = f"the dot product of {said(left)} and {said(right)}"
                raise AdgraphError(text, node.span, "both need as many entries")
            return self._add("matmul", (self._add("transpose", args[:1], node), args[1]), node)
        return self._matmul(node, args)

    def _inner(self, node: Node, args: tuple[int, ...]) -> int:
        """⟨a, b⟩; of matrices that of all their entries."""
        left, right = map(self.shape, args)
        if len(left) == len(right) == 2 and self.sizes.same(left, right):
            return self._add("total", (self._add("mul", args, node),), node)
        if len(left) == 2 or len(right) == 2:
            text = f"the inner product of {said(left)} and {said(right)}"
            raise AdgraphError(text, node.span, "both need one shape")
        return self._dot(node, args)

    def _odot(self, node: Node, args: tuple[int, ...]) -> int:
        """⊙ and ⊘: entry by entry."""
        left, right = map(self.shape, args)
        for place, shape, other in ((0, left, right), (1, right, left)):
            if not shape and other:
                self._known(node, args[place], args[1 - place])
        return self._add("mul" if node.op == ODOT else "div", args, node)

    def _div(self, node: Node, args: tuple[int, ...]) -> int:
        left, right = map(self.shape, args)
        if len(right) == 2 and 1 not in right and len(left) == 2:
            a, b = map(self._name, args)
            text = f"a quotient of matrices, {said(left)} and {said(right)}"
            raise AdgraphError(text, node.span, f"write {a} ./ {b}, or {a} {b}^-1")
        if left and right:
            self.notes.append("a quotient of vectors is taken entry by entry")
        return self._add("div", args, node)

    def _name(self, index: int) -> str:
        return self.builder.nodes[index].name or "(…)"

    # ---- sums, quotients, powers

    def _sum(self, node: Node, args: tuple[int, ...]) -> int:
        left, right = map(self.shape, args)
        if self.sizes.same(left, right):
            return self._add(str(node.op), args, node)
        for place, shape, other in ((0, left, right), (1, right, left)):
            if shape == ():
                self._known(node, args[place], args[1 - place])
                name = self.builder.nodes[args[place]].name
                if name is not None:
                    self.notes.append(f"the number '{name}' goes to each entry")
                many = self._filled(node, args[place], other)
                return self._add(str(node.op), (many, args[1]) if place == 0 else (args[0], many), node)
        return self._by_rows(node, args)

    def _filled(self, node: Node, number: int, shape: Shape) -> int:
        """A number in each place of a shape: s 𝟏."""
        rows, columns = matrix(shape)
        if 1 not in (rows, columns):
            row = self._add("transpose", (self._ones(node, columns),), node)
            ones = self._add("matmul", (self._ones(node, rows), row), node)
        else:
            ones = self._ones(node, rows if columns == 1 else columns)
            ones = ones if columns == 1 else self._add("transpose", (ones,), node)
        return self._add("mul", (number, ones), node) if self.builder.nodes[number].value != 1 else ones

    def _ones(self, node: Node, size: object) -> int:
        return self._add(ONES, (), node, size=size)

    def _by_rows(self, node: Node, args: tuple[int, ...]) -> int:
        """A vector added to each row of a matrix, X W + b, if only that fits."""
        for place in (0, 1):
            whole, vector = self.shape(args[place]), self.shape(args[1 - place])
            if len(whole) == 2 and 1 not in whole and len(vector) in (1, 2) and 1 in matrix(vector):
                entries = vector[0] if len(vector) == 1 else matrix(vector)[1]
                is_row = len(vector) == 2
                rows_fit, columns_fit = self.sizes.may_be(entries, whole[1]), self.sizes.may_be(entries, whole[0])
                surely_both = entries == whole[0] == whole[1]
                if rows_fit and not is_row and surely_both:
                    name = self._name(args[1 - place])
                    text = f"'{name}' may be added to each row or to each column of {said(whole)}"
                    raise AdgraphError(text, node.span, f"write ones({entries}) {name}^T or {name} ones({entries})^T")
                if rows_fit and (is_row or entries != whole[0] or not columns_fit):
                    self.sizes.unify(entries, whole[1])
                    row = args[1 - place] if is_row else self._add("transpose", (args[1 - place],), node)
                    rows = self._add("matmul", (self._ones(node, whole[0]), row), node)
                    self.notes.append(f"'{self._name(args[1 - place])}' is added to each row")
                    return self._add(str(node.op), (args[0], rows) if place == 0 else (rows, args[1]), node)
        return self._add(str(node.op), args, node)

    def _pow(self, node: Node, args: tuple[int, ...]) -> int:
        base, exponent = args
        value, inner = self.builder.nodes[exponent].value, self.builder.nodes[base]
        if self.shape(exponent):
            if not self.shape(base) and isinstance(node.op, str):
                self.notes.append("a power with a vector above is taken entry by entry")
                return self._add("pow", args, node)
            text = f"an exponent of the shape {said(self.shape(exponent))}"
            raise AdgraphError(text, node.span, "write .^ for powers entry by entry")
        if inner.op == "norm" and value == 2 and inner.name is None:
            return self._add("sqnorm", inner.args, node)
        shape = self.shape(base)
        if len(shape) == 2 and 1 not in shape:
            if value == -1:
                return self._add("inv", (base,), node)
            if shape[0] == shape[1] and not (inner.op == "sub" and isinstance(value, int)):
                text = f"a power of a matrix, {said(shape)}, may be two things"
                a = self._name(base)
                raise AdgraphError(text, node.span, f"write {a} {a} for the product, or {a} .^ 2 entry by entry")
        if shape:
            self.notes.append(f"a power of '{self._name(base)}' is taken entry by entry")
        return self._add("pow", args, node)

    def _raised(self, node: Node, args: tuple[int, ...]) -> int:
        return self._add("pow", args, node)

    def _transpose(self, node: Node, args: tuple[int, ...]) -> int:
        inner = self.builder.nodes[args[0]]
        if not self.shape(args[0]):
            if inner.name is not None and args[0] in self.undeclared:
                text, hint = (
                    f"'{inner.name}' has no shape",
                    f"declare it: {inner.name}: vector, or {inner.name}: scalar",
                )
                raise AdgraphError(text, node.span, hint)
            return args[0]
        return inner.args[0] if inner.op == "transpose" and inner.name is None else self._add("transpose", args, node)

    def _mean(self, node: Node, args: tuple[int, ...]) -> int:
        total = self._total(node, args)
        counts = []
        for size in matrix(self.shape(args[0])):
            if isinstance(size, int):
                counts.append(self.builder.add(CONST, (), size, None, node.span))
            elif is_open(size):
                counts.append(self.builder.add(CONST, (), 1, None, node.span))  # until it is known
            else:
                raise AdgraphError("a mean over a size that is a letter", node.span, "give the size in digits")
        rows, columns = (self.builder.nodes[count].value for count in counts)
        assert isinstance(rows, int)
        assert isinstance(columns, int)
        return self._add("div", (total, self.builder.add(CONST, (), rows * columns, None, node.span)), node)

    def _total(self, node: Node, args: tuple[int, ...]) -> int:
        self._needs_shape(node, args[0], "a sum")
        return self._add("total", args, node) if self.shape(args[0]) else args[0]

    def _norm(self, node: Node, args: tuple[int, ...]) -> int:
        self._needs_shape(node, args[0], "a norm")
        return self._add("norm", args, node) if self.shape(args[0]) else self._add("abs", args, node)

    def _bars(self, node: Node, args: tuple[int, ...]) -> int:
        """|x|, of a number; of a vector entry by entry."""
        shape = self.shape(args[0])
        if len(shape) == 2 and self.sizes.may_be(*shape):
            text = f"bars around a matrix, {said(shape)}, may be two things"
            raise AdgraphError(text, node.span, "write det(X), or abs(X) entry by entry")
        if shape:
            self.notes.append("bars around a vector are taken entry by entry; its norm is ||x||")
        return self._add("abs", args, node)

    def _needs_shape(self, node: Node, index: int, what: str) -> None:
        if index in self.undeclared:
            name = self.builder.nodes[index].name
            raise AdgraphError(f"{what} of '{name}', which has no shape", node.span, f"declare it: {name}: vector")

    def _of_square(self, node: Node, args: tuple[int, ...]) -> int:
        self._needs_shape(node, args[0], operation(str(node.op)).sign)
        if not self.shape(args[0]) and node.op in ("trace", "det"):
            return args[0]
        rows, columns = matrix(self.shape(args[0]))
        if len(self.shape(args[0])) < 2 or not self.sizes.may_be(rows, columns):
            names = {"inv": "an inverse", "logdet": "log det", "trace": "tr"}
            what = names.get(str(node.op), str(node.op))
            text = f"{what} needs a square matrix, not {said(self.shape(args[0]))}"
            raise AdgraphError(text, node.span, "declare its argument as a matrix")
        return self._add(str(node.op), args, node)

    def _diag(self, node: Node, args: tuple[int, ...]) -> int:
        self._needs_shape(node, args[0], "diag")
        if not self.shape(args[0]):
            raise AdgraphError("diag of a number", node.span, "declare its argument as a vector")
        return self._add("diag", args, node)

    def _softmax(self, node: Node, args: tuple[int, ...]) -> int:
        shape = self.shape(args[0])
        if not shape:
            raise AdgraphError(f"{node.op} of a number", node.span, "declare its argument as a vector")
        if 1 not in matrix(shape):
            self.notes.append(f"{operation(str(node.op)).sign} of a matrix is taken row by row")
        return self._add(str(node.op), args, node)

    def _largest(self, node: Node, args: tuple[int, ...]) -> int:
        self._needs_shape(node, args[0], "a maximum")
        if not self.shape(args[0]):
            raise AdgraphError("the maximum of one number", node.span, "write max(x, y), or declare x as a vector")
        return self._add("largest", args, node)

    def _columns(self, node: Node, args: tuple[int, ...]) -> int:
        """[A, B]: beside each other. Columns of different lengths can only stand one below the other."""
        left, right = map(self.shape, args)
        if len(left) == len(right) == 1 and not self.sizes.same(left, right):
            self.notes.append(f"[{self._name(args[0])}, {self._name(args[1])}] is one column below the other")
            return self._add("vcat", args, node)
        if not left and not right:
            text = "a row of numbers"
            raise AdgraphError(text, node.span, "write [a; b] for a column")
        try:
            both = tuple(self._add("transpose", (arg,), node) for arg in args)
            return self._add("transpose", (self._add("vcat", both, node),), node)
        except AdgraphError:
            a, b = map(self._name, args)
            text = f"{said(left)} beside {said(right)}: {matrix(left)[0]} and {matrix(right)[0]} rows do not fit"
            raise AdgraphError(text, node.span, f"write [{a}; {b}] for one below the other") from None

    def _vec(self, node: Node, args: tuple[int, ...]) -> int:
        """The columns of a matrix, one below the other."""
        shape = self.shape(args[0])
        if len(shape) < 2:
            return args[0]
        columns = shape[1]
        if is_open(columns):
            return self._add("matmul", (args[0], self._ones(node, columns)), node)  # until it is known
        if not isinstance(columns, int) or columns > MAX_COLUMNS:
            text = f"vec of {columns} columns"
            raise AdgraphError(text, node.span, f"it is read of up to {MAX_COLUMNS} columns, their number in digits")
        parts = [self._add("matmul", (args[0], self.unit(node, columns, at)), node) for at in range(1, columns + 1)]
        made = parts[0]
        for part in parts[1:]:
            made = self._add("vcat", (made, part), node)
        return made

    def unit(self, node: Node, size: Size, at: int) -> int:
        """The vector with a 1 at one place."""
        return self._add(UNIT, (), node, size=size, at=at)

    # ---- indices

    def make(self, op: str, *args: int, at: Node, **attributes: object) -> int:
        """An operation that a formula with indices is made of."""
        if op == "transpose":
            return self._transpose(at, args)
        return self._add(op, args, at, **attributes)

    def ones_along(self, node: Node, axis: object) -> int:
        return self._ones(node, axis)

    def axes_of(self, index: int) -> tuple[object, ...]:
        return self.shape(index)

    def is_square_of(self, index: int) -> int | None:
        """What a node is the square of, if it is one."""
        node = self.builder.nodes[index]
        if node.op == "pow" and node.name is None and self.builder.nodes[node.args[1]].value == 2:
            return node.args[0]
        return None

    def _has_indices(self, node: Node) -> bool:
        return node.op in (ELEMENT, SUMMED, OVER) or any(arg in self.products for arg in node.args)

    def _of_indices(self, place: int, node: Node) -> int:
        """A node that has indices: a number if none of them is free, else a product that is kept for what reads it."""
        form = IndexForm(self, node)
        if node.op == OVER:
            return self._over(form, node)
        product = self._product(form, node)
        sizes: dict[str, Size] = {}
        for index, letters in product.factors:
            for letter, size in zip(letters, self.shape(index), strict=True):
                known = sizes.setdefault(letter, size)
                if not self.sizes.unify(known, size):
                    text = f"the index {letter} runs over {known} entries and over {size}"
                    raise AdgraphError(text, node.span, "the two need as many entries")
        if product.free():
            self.products[place] = product
            return -1
        return form.value(product)[0]

    def _product(self, form: IndexForm, node: Node) -> IndexProduct:
        if node.op == ELEMENT:
            return self._element(form, node)
        if node.op == SUMMED:
            return self._summed(form, node)
        values = [self._free(form, arg, node) for arg in node.args]
        if node.op in _PRODUCTS:
            return IndexProduct(tuple(factor for value in values for factor in value))
        if node.op in ("total", "sqnorm", "norm", "softmax", MEAN, "trace", "det", "inv", "vcat", COLUMNS):
            text = f"{operation(str(node.op)).sign if node.op != COLUMNS else 'a matrix'} of an entry"
            raise AdgraphError(text, node.span, "write it of the whole vector: softmax(z), not softmax(z_i)")
        several = [(form.joined(IndexProduct(value)) if len(value) != 1 else value[0]) for value in values]
        if node.op == "transpose":
            return IndexProduct((several[0],))
        made, letters = form.aligned(several)
        op = {ODIV: "div", RAISED: "pow"}.get(str(node.op), node.op)
        if op in ("add", "sub"):
            return IndexProduct(((self._sum(node.replace(op=op), tuple(made)), letters),))
        return IndexProduct(((self._keep(node.replace(op=op), tuple(made)), letters),))

    def _free(self, form: IndexForm, arg: int, node: Node) -> tuple[tuple[int, Letters], ...]:
        """The factors of an operand; what is summed over is multiplied out."""
        if arg in self.products:
            product = self.products[arg]
            return (form.value(product),) if product.summed else product.factors
        index = self.place[arg]
        if self.shape(index):
            text = f"'{self._name(index)}' has no index here, and its shape is {said(self.shape(index))}"
            raise AdgraphError(text, node.span, f"write {self._name(index)}_i for its entries")
        return ((index, ()),)

    def _summed(self, form: IndexForm, node: Node) -> IndexProduct:
        attributes = dict(node.type.attributes)
        letters, limit = attributes["indices"], attributes["limit"]
        assert isinstance(letters, tuple)
        (arg,) = node.args
        product = self.products.get(arg)
        for letter in letters:
            if product is None or letter not in product.free():
                text = f"the index {letter} does not occur in what is summed"
                raise AdgraphError(text, node.span, f"write x_{letter}, where x is a vector; or sum(x) of all entries")
        assert product is not None
        if limit is not None:
            self._check_limit(node, product, str(letters[0]), limit)
        if product.summed and set(product.summed) & set(letters):
            product = IndexProduct((form.value(product),))
        return product.replace(summed=(*letters, *product.summed))

    def _check_limit(self, node: Node, product: IndexProduct, letter: str, limit: object) -> None:
        """Raise AdgraphError for a sum that ends before the last entry, or goes beyond it."""
        size = next(s for i, found in product.factors for k, s in zip(found, self.shape(i), strict=True) if k == letter)
        assert isinstance(limit, (int, str))
        if not self.sizes.unify(size, limit):
            text = f"the sum goes up to {limit}, and the index {letter} has {size} entries"
            raise AdgraphError(text, node.span, f"write sum_{letter}, or sum_{{{letter}=1}}^{size}")

    def _element(self, form: IndexForm, node: Node) -> IndexProduct:
        """x_i, W_ij; W_1j is a row, x_1 a number."""
        (arg,) = node.args
        indices = str(dict(node.type.attributes)["indices"])
        if arg in self.products:
            text = "an index of what has one already"
            raise AdgraphError(text, node.span, "write one index for each axis: W_ij")
        index = self.place[arg]
        shape, name = self.shape(index), self._name(index)
        if not shape:
            text = f"'{name}' is a number and has no entry {indices}"
            raise AdgraphError(text, node.span, f"declare it, {name}: vector; or declare {name}_{indices}: scalar")
        parts = index_parts(indices)
        if len(parts) == 1 and len(shape) == 2 and len(parts[0]) == 2 and parts[0].isdecimal():
            parts = list(parts[0])
        if 1 in shape and len(parts) == 1:
            index, shape = self._transpose(node, (index,)), (shape[1],)
        if len(parts) != len(shape):
            needed = "one index" if len(shape) == 1 else "two indices"
            text = f"'{name}' is {said(shape)} and its entries have {needed}, not {indices}"
            raise AdgraphError(text, node.span, f"write {name}_i" if len(shape) == 1 else f"write {name}_ij")
        for part, size in zip(parts, shape, strict=True):
            if part.isdecimal() and isinstance(size, int) and not 1 <= int(part[:9]) <= size:
                text = f"'{name}' is {said(shape)} and has no entry {indices}"
                raise AdgraphError(text, node.span, f"entries are counted from 1 to {size}")
        if len(set(parts)) < len(parts) and not parts[0].isdecimal():  # X_ii
            return IndexProduct(((self._add("diag", (index,), node), (parts[0],)),))
        return IndexProduct(((self._at(node, index, parts), tuple(index_letters(indices))),))

    def _at(self, node: Node, index: int, parts: Sequence[str]) -> int:
        """The rows or columns that the indices name: W e_2, e_1^T W."""
        shape = self.shape(index)
        if len(parts) == 2 and parts[1].isdecimal():
            index = self._add("matmul", (index, self.unit(node, shape[1], int(parts[1]))), node)
        if parts[0].isdecimal():
            row = self._add("transpose", (self.unit(node, shape[0], int(parts[0])),), node)
            index = self._add("matmul", (row, index), node)
            if self.shape(index):
                index = self._add("transpose", (index,), node)
        return index

    def _over(self, form: IndexForm, node: Node) -> int:
        """y_i = …: the vector of all of them, the axes in the order of the left side."""
        (arg,) = node.args
        wanted = dict(node.type.attributes)["indices"]
        assert isinstance(wanted, tuple)
        product = self.products.get(arg)
        found, letters = form.value(product) if product is not None else (self.place[arg], ())
        if set(letters) != set(wanted):
            text = f"the left side has the index {', '.join(wanted)}, the right side {', '.join(letters) or 'none'}"
            raise AdgraphError(text, node.span, "both sides need the same indices; others are summed over")
        return found if letters == wanted else self._transpose(node, (found,))


def _in_words(error: ValueError) -> str:
    """The words of an error, with sizes that are not known as letters."""
    return re.sub(rf"\{OPEN}[^×:]*?(?= ×| times| and| above| columns| rows|:|$)", "?", str(error))


_RULES: dict[str, Callable[[Shaper, Node, tuple[int, ...]], int]] = {
    "matmul": Shaper._matmul,
    STAR: Shaper._star,
    DOT: Shaper._dot,
    INNER: Shaper._inner,
    ODOT: Shaper._odot,
    ODIV: Shaper._odot,
    "div": Shaper._div,
    "add": Shaper._sum,
    "sub": Shaper._sum,
    "pow": Shaper._pow,
    RAISED: Shaper._raised,
    "transpose": Shaper._transpose,
    MEAN: Shaper._mean,
    "total": Shaper._total,
    "norm": Shaper._norm,
    BARS: Shaper._bars,
    "inv": Shaper._of_square,
    "det": Shaper._of_square,
    "logdet": Shaper._of_square,
    "trace": Shaper._of_square,
    "diag": Shaper._diag,
    "softmax": Shaper._softmax,
    "log_softmax": Shaper._softmax,
    "largest": Shaper._largest,
    COLUMNS: Shaper._columns,
    VEC: Shaper._vec,
}

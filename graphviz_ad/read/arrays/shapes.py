"""The shapes of all nodes, from those of the inputs; and which product a product is.

What is read side by side, by * or by a power is decided here: a product of matrices where its shapes fit, a multiple
beside a number. Where two readings fit, or none does, the error shows both shapes and what would fit. Sizes that are
not declared follow from the equations: these are gone through until no more is found out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import CONST, INPUT, NUMBER, Node, Type
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops.arrays import EYE, ONES, UNIT
from graphviz_ad.core.ops.row import OPEN, Shape, shown
from graphviz_ad.read.arrays.addition import SUMS
from graphviz_ad.read.arrays.along import PARTS
from graphviz_ad.read.arrays.entries import Entries
from graphviz_ad.read.arrays.functions import FUNCTIONS
from graphviz_ad.read.arrays.maker import ArrayMaker, FoundShapeError
from graphviz_ad.read.arrays.products import PRODUCTS
from graphviz_ad.read.arrays.sizes import is_open

RULES = {
    **PRODUCTS,
    **SUMS,
    **FUNCTIONS,
    **PARTS,
}  # of what is read and is no operation yet, since shapes decide which one
MAX_PASSES = 100
# What has its size from where it stands: what it is called, and what to write where nothing says its size.
_OPEN = {
    EYE: ("I", "write eye(3)"),
    ONES: ("a vector of ones", "write ones(3)"),
    UNIT: ("𝐞ₖ", "declare what it is added to"),
}


class FreeIndexError(AdgraphError):
    """An index that is neither summed over nor on the left side; the hint without the left side is `summed`."""

    def __init__(self, letters: Sequence[str], left: Name, span: Span | None) -> None:
        self.summed = f"write sum_{letters[0]} …"
        hint = f"{self.summed}, or {left.partition('_')[0]}_{letters[0]} = …"
        super().__init__(f"the index {', '.join(letters)} is neither summed over nor on the left side", span, hint)


class Shaper(ArrayMaker):
    """Makes nodes with shapes of nodes without."""

    def __init__(
        self,
        shapes: Mapping[Name, Shape],
        notes: list[str],
        states: frozenset[Parts] = frozenset(),
        plain: bool = False,
    ) -> None:
        super().__init__(states, plain)
        self.shapes: dict[Parts, Shape] = {}
        self.open: list[Name] = []
        for name, shape in shapes.items():
            opened = tuple(f"{OPEN}{name} {axis}" if size == OPEN else size for axis, size in enumerate(shape))
            self.shapes[name.key] = opened
            if any(map(is_open, opened)):
                self.open.append(name)
        self.outer_notes = notes

    def restart(self) -> None:
        super().restart()
        self.place: list[int] = []  # of each node that was read
        self.entries = Entries(self, self.place)

    def shaped(self, nodes: Sequence[Node]) -> tuple[list[Node], list[int]]:
        """The nodes with their shapes, and the place of each old one among them. Raises AdgraphError where shapes do
        not go together."""
        for _ in range(MAX_PASSES):
            known = len(self.sizes.bound)
            try:
                self.go_through(nodes)
            except FoundShapeError as found:
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
            try:
                made = self.entries.made(place, node) if self.entries.have(node) else self._made(node, args)
            except AdgraphError as error:
                error.hint = self._square_needed(nodes, place) or error.hint
                raise
            if node.name is not None and node.op != INPUT:
                if place in self.entries.products:
                    raise FreeIndexError(self.entries.products[place].free(), node.name, node.span)
                made = self._check(node, made)
                if self.builder.nodes[made].name is not None or made in args:
                    made = self.add("copy", (made,), node)
                self.builder.rename(made, node.name)
            self.place.append(made)

    def _square_needed(self, nodes: Sequence[Node], place: int) -> str:
        """What a quadratic form needs that does not fit, x^T A x; "" for another product. Of its two products the first
        or the second is wrong, and no transpose of A mends both."""
        for whole in nodes[place : place + 2]:
            inner, last = (nodes[arg] for arg in whole.args) if len(whole.args) == 2 else (whole, whole)
            turned = nodes[inner.args[0]] if len(inner.args) == 2 else inner
            if (whole.op, inner.op, turned.op) != ("matmul", "matmul", "transpose") or last.name is None:
                continue
            vector, matrix_of = nodes[turned.args[0]].name, nodes[inner.args[1]].name
            sizes = self.sizes.shape(self.shapes.get(last.name.key, ()))
            if vector == last.name and matrix_of is not None and len(sizes) == 1:
                shape = f"{shown(sizes)} × {shown(sizes)}"
                return (
                    f"{vector}^T {matrix_of} {vector} needs a square matrix: {matrix_of} of the shape {shape} would fit"
                )
        return ""

    def name_open(self, nodes: Sequence[Node]) -> bool:
        """Give letters to sizes that nothing decides. Raises AdgraphError for a unit matrix of such a size."""
        taken = [str(node.name) for node in nodes if node.name is not None]
        taken += [size for shape in self.shapes.values() for size in self.sizes.shape(shape) if isinstance(size, str)]
        if self.sizes.name_open(self.shapes.values(), taken):
            return True
        for node in self.builder.nodes:
            if str(node.op) in _OPEN and is_open(self.sizes.resolved(node.type.shape[0])):
                sign, hint = _OPEN[str(node.op)]
                raise AdgraphError(f"nothing says how large {sign} is here", node.span, hint)
        return False

    def note_sizes(self, nodes: Sequence[Node]) -> None:
        """Say which shapes were found, and which letters turned out to be numbers."""
        here = {node.name.key for node in nodes if node.name is not None}
        found = [
            f"{name} is {shown(self.sizes.shape(self.shapes[name.key]))}" for name in self.open if name.key in here
        ]
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
            if self.builder.nodes[made].value != 0:
                self.notes.append(f"'{node.name}' has the number {self.builder.nodes[made].value} for each entry")
            return self.filled(node, made, self.sizes.shape(declared))
        if len(declared) == len(has):
            for one, other in zip(declared, has, strict=True):
                self.sizes.unify(one, other)
        declared = self.sizes.shape(declared)
        if declared != self.shape(made):
            text = f"'{node.name}' is declared as {shown(declared)} and defined as {shown(self.shape(made))}"
            raise AdgraphError(text, node.span, "take the declaration out, or mend one of the two")
        return made

    def _made(self, node: Node, args: tuple[int, ...]) -> int:
        if node.op == INPUT:
            return self._input(node)
        if not node.args:
            return self._leaf(node)
        rule = RULES.get(str(node.op))
        if rule is not None:
            return rule(self, node, args)
        if any(self.shape(arg) for arg in args) and not isinstance(node.op, str):
            text = f"'{node.op.name}' is a function of numbers"
            raise AdgraphError(text, node.span, "give its definition: f(x) = …, or write the formula out")
        return self.elementwise(node, args)

    def _leaf(self, node: Node) -> int:
        """A number, or a vector of ones or a unit matrix, whose size may follow from where it stands."""
        if not node.type.shape:
            return self.builder.keep(node.replace(name=None))
        name = f"{OPEN}{self.current}"
        size = self.sizes.resolved(name if OPEN in node.type.shape else node.type.shape[0])
        attributes = {**dict(node.type.attributes), "size": size}
        at = attributes.get("at")
        if isinstance(at, int) and isinstance(size, int) and at > size:
            text = f"a vector of {size} entries has no place {at}"
            raise AdgraphError(text, node.span, f"entries are counted from 1 to {size}")
        return self.add(str(node.op), (), node, **attributes)

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

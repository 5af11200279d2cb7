"""What goes wrong at a point, in the reader's own names: the operation as it was written, and the values it reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Expression
from graphviz_ad.core.functions import Operation, operation
from graphviz_ad.core.graph import INPUT, NUMBER, Graph, Node
from graphviz_ad.core.names import Name
from graphviz_ad.core.record import Record
from graphviz_ad.derive.fixed import fixed_values
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write

ANOTHER = "choose another point"
MAX_SHOWN = 40  # operations and characters of an argument that is written out
LONG = "…"  # one that is longer


def outside(graph: Graph, index: int, args: Sequence[float]) -> AdgraphError:
    """The error of an operation that is not defined where it is."""
    here = applied(graph, index, args)
    op = operation(graph.nodes[index].op)
    needed = op.needs[0] or here.needed(op.domain)
    return AdgraphError(f"{here.where}{here.text} is not defined{here.at}", graph.nodes[index].span, needed)


def without_slope(graph: Graph, index: int, k: int, args: Sequence[float]) -> AdgraphError:
    """The error of an operation whose derivative by its k-th argument has no value where it is."""
    if is_not_real(graph, index, k, args):
        return not_real(graph, index, args)
    here = applied(graph, index, args)
    op = operation(graph.nodes[index].op)
    needed = op.needs[1] or here.needed(op.smooth or op.domain)
    message = f"{here.where}the derivative of {here.text} has no value{here.at}"
    return AdgraphError(message, graph.nodes[index].span, needed)


def is_not_real(graph: Graph, index: int, k: int, args: Sequence[float]) -> bool:
    """Whether a node is a power of a negative number, to be differentiated by its exponent."""
    return graph.nodes[index].op == "pow" and k == 1 and args[0] < 0


def not_real(graph: Graph, index: int, args: Sequence[float] | None = None) -> AdgraphError:
    """The error of a power that has no real derivative by its exponent: at its values or, without them, anywhere."""
    here = applied(graph, index, args or (0, 0))
    exponent = here.args[1]
    needed = f"a negative base has real powers for whole exponents alone; leave {exponent} out: --wrt"
    at = here.at if args else ""
    return AdgraphError(
        f"{here.where}{here.text} has no real derivative by {exponent}{at}", graph.nodes[index].span, needed
    )


def check_powers(graph: Graph, active: Collection[int]) -> None:
    """Raise AdgraphError for a power of a negative number that is to be differentiated by its exponent: for one that
    depends on an active node."""
    fixed = fixed_values(graph) if any(node.op == "pow" for node in graph.nodes) else {}
    for index, node in enumerate(graph.nodes):
        if node.op == "pow" and node.args[1] in active and fixed.get(node.args[0], 0) < 0:
            raise not_real(graph, index)


def too_large(graph: Graph, index: int, args: Sequence[float]) -> AdgraphError:
    """The error of a value that no float holds."""
    here = applied(graph, index, args)
    message = f"{here.where}{here.text} is too large for a floating-point number{here.at}"
    return AdgraphError(message, graph.nodes[index].span, ANOTHER)


def shown(value: float) -> str:
    """A value in an error or a note."""
    return f"{value + 0.0:g}"


class AppliedAt(Record):
    """An operation with its arguments, as they were written; `at` are the values of those that are not constant."""

    op: Operation
    where: str
    text: str
    args: tuple[str, ...]
    at: str

    def in_its_names(self, words: str) -> str:
        """Words of the table, about its parameters, with the arguments in their place."""
        named = dict(zip(operation(self.op).params, self.args, strict=True))
        return re.sub(r"\b[a-z]\b", lambda found: named.get(found[0], found[0]), words)

    def needed(self, domain: str) -> str:
        if self.at:
            return f"it needs {self.in_its_names(domain)}"
        op = operation(self.op)
        return f"{op.name}({', '.join(op.params)}) needs {domain}"


class Written(Record):
    """An operation as it was written, with its arguments; `varies` says which of them are not constant."""

    text: str
    args: tuple[str, ...]
    varies: tuple[bool, ...]


def written(graph: Graph, index: int) -> Written:
    """An operation and its arguments as text, what is too long as LONG."""
    node = graph.nodes[index]
    inner = [_inside(graph, arg) for arg in node.args]
    texts = [_text(graph, inside, arg) for inside, arg in zip(inner, node.args, strict=True)]
    long = {arg for text, arg in zip(texts, node.args, strict=True) if text == LONG}
    inside = {one for inside, arg in zip(inner, node.args, strict=True) if arg not in long for one in inside}
    varies = (arg in long or any(_is_variable(graph, one) for one in inside)
              for inside, arg in zip(inner, node.args, strict=True))  # fmt: skip
    return Written(_text(graph, inside, index, long, 1000), tuple(texts), tuple(varies))


def applied(graph: Graph, index: int, values: Sequence[float]) -> AppliedAt:
    """An operation with its arguments, as they were written, and their values."""
    said = written(graph, index)
    given = [
        f"{arg} = {shown(value)}" for arg, value, varies in zip(said.args, values, said.varies, strict=True) if varies
    ]
    at = f" at {', '.join(dict.fromkeys(given))}" if given else ""
    return AppliedAt(graph.nodes[index].op, in_equation(graph, index), said.text, said.args, at)


def _inside(graph: Graph, root: int) -> set[int]:
    """The nodes of an expression down to the variables that it reads; as many as are shown, and one more."""
    found, stack = {root}, [root]
    while stack and len(found) <= MAX_SHOWN:
        index = stack.pop()
        if not _is_variable(graph, index):
            stack.extend(set(graph.nodes[index].args) - found)
            found.update(graph.nodes[index].args)
    return found


def _is_variable(graph: Graph, index: int) -> bool:
    return graph.nodes[index].name is not None


def _text(graph: Graph, inside: set[int], root: int, long: Collection[int] = (), room: int = MAX_SHOWN) -> str:
    """An expression of these nodes as text, or LONG; what is too long in it is LONG."""
    if len(inside) > room:
        return LONG
    type_of = max((graph.nodes[index].type for index in long), key=lambda known: len(known.shape), default=NUMBER)
    nodes = [Node(INPUT, (), None, Name(LONG), type=type_of)]
    place = dict.fromkeys(long, 0)
    for index in sorted(inside | {root}):
        node = graph.nodes[index]
        if _is_variable(graph, index) and (index != root or index in inside):
            nodes.append(Node(INPUT, (), None, node.name, type=node.type))
        else:
            nodes.append(node.replace(args=tuple(place[arg] for arg in node.args), name=None))
        place[index] = len(nodes) - 1
    symbols: list[int] = []  # of each node where all that it reads is written out
    for node in nodes:
        symbols.append(min(room, sum(symbols[arg] for arg in node.args)) + 1)
    if symbols[place[root]] > room:
        return LONG
    text = write(Expression(Graph(tuple(nodes), (place[root],))), Plain())
    return text if len(text) <= room else LONG


def in_equation(graph: Graph, index: int) -> str:
    """The variable whose equation a node belongs to."""
    reads = {index}
    for later in range(index, len(graph.nodes)):
        node = graph.nodes[later]
        if later in reads or reads.intersection(node.args):
            if node.name is not None:
                return f"in the equation of {node.name}: "
            reads.add(later)
    return ""

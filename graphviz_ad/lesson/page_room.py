"""About how much of a page views take, as far as that decides which of them are drawn; nothing is typeset for it."""

from collections.abc import Iterable, Sequence
from math import ceil

from graphviz_ad.core.diagram import Chain, Chains, Diagram, Panel
from graphviz_ad.core.formula import Equality, Formula
from graphviz_ad.notation.unicode import Unicode
from graphviz_ad.notation.write import write

WIDTH, HEIGHT = 760.0, 1087.0  # pixels between the margins of a sheet of A4
NODE, ROW, HIGH = 38.0, 60.0, 66.0  # of a graph, and from one row to the next, labelled or not
GAP, LABELLED = 36.0, 36.0  # between columns, without labels and beside them
SIGN = 7.8  # pixels of a character of the terminal's
LINE, HEAD = 48.0, 30.0  # of a chain, of an equation
BELOW = 55.0  # a caption, and what is between two panels
MANY, WIDER = 12, 1.4  # labelled arrows, with more of which arrows climb so high that columns stand further apart
SMALLER = 12.75 / 9  # a sheet may be made so small on its page, with letters of 9 points, to have both graphs
SURE = 1.15  # so much more a chain may take than is thought, by which a sheet that is as small as may be grows
CLOSER = 0.9  # so high are graphs where one is wider than the page, and all are closer
BETWEEN = 44.0  # panels, equations or chains that stand side by side

Size = tuple[float, float]
TERMINAL = Unicode()


def fits(panels: Iterable[Panel], head: Sequence[Equality], smaller: float = 1.0) -> bool:
    """Whether panels stand on a page, the equations above them and graphs side by side where they can, once all is so
    many times `smaller`."""
    rows: list[Size] = []
    sizes = [(panel.view, panel.content, size_of(panel.content)) for panel in panels]
    closer = CLOSER if any(isinstance(shown, Diagram) and width > WIDTH for _, shown, (width, _) in sizes) else 1.0
    for view, content, (width, height) in sizes:
        height *= closer if isinstance(content, Diagram) else SURE if smaller > 1 and view == "chain" else 1.0
        if rows and isinstance(content, Diagram) and rows[-1][0] + BETWEEN + width <= WIDTH:
            width, height = rows[-1][0] + BETWEEN + width, max(rows.pop()[1], height)
        rows.append((width, height))
    widest = max(width for width, _ in rows)
    lines = ceil(sum(_width(equation) + BETWEEN for equation in head) / WIDTH)
    height = lines * HEAD + sum(height + BELOW for _, height in rows)
    return widest <= smaller * WIDTH and height <= smaller * HEIGHT


def size_of(content: object) -> Size:
    """About how wide and how high a panel is."""
    match content:
        case Diagram():
            return _of_graph(content)
        case Chains(chains):
            return _of_chains(chains)
    return 0.0, 0.0


def _of_chains(chains: Sequence[Chain]) -> Size:
    equations = [equation for chain in chains for equation in chain.equations]
    notes = sum(len(chain.notes) for chain in chains)
    return min(WIDTH, max(map(_width, equations), default=0)), _in_columns(map(_width, equations), LINE) + notes * 24


def _in_columns(widths: Iterable[float], line: float) -> float:
    """The height of lines: all on one where they fit, two side by side where both are short, long ones in several."""
    widths = list(widths)
    if sum(widths) + BETWEEN * len(widths) <= WIDTH:
        return line
    short = sum(width <= WIDTH / 2 - BETWEEN for width in widths)
    return (-(-short // 2) + sum(-(-width // WIDTH) for width in widths) - short) * line


def _width(formula: Formula) -> float:
    return write(formula, TERMINAL).width * SIGN


def _of_graph(diagram: Diagram) -> Size:
    """Columns by the longest ways, each as high as what stands in it or passes it."""
    ends = sorted({(min(arrow.tail, arrow.head), max(arrow.tail, arrow.head)) for arrow in diagram.arrows},
                  key=lambda pair: pair[1])  # fmt: skip
    column = {vertex.node: 0 for vertex in diagram.vertices}
    wide = {vertex.node: 1 + (vertex.gate is not None) for vertex in diagram.vertices}
    for tail, head in ends:
        column[head] = max(column[head], column[tail] + wide[head])
    made, reader = {head for _, head in ends}, dict[int, int]()
    for tail, head in ends:
        reader[tail] = min(reader.get(tail, column[head]), column[head] - wide[head] + 1)
    column |= {node: place - 1 for node, place in reader.items() if node not in made}
    count = max(column.values(), default=0) + 1
    standing = [0] * count
    labelled: list[list[float]] = [[] for _ in range(count)]
    for node in column:
        standing[column[node]] += 1
    rails = {(tail, place) for tail, head in ends for place in range(column[tail] + 1, column[head] - wide[head] + 1)}
    for _, place in rails:
        standing[place] += 1
    for arrow in diagram.arrows:
        first, last = sorted((column[arrow.tail], column[arrow.head]))
        if arrow.label is not None:
            for place in range(first, last):  # it stands in one of these
                labelled[place].append(_width(arrow.label))
    nodes = [max([NODE, *(_width(vertex.label) + 14 for vertex in diagram.vertices if column[vertex.node] == place)])
             for place in range(count)]  # fmt: skip
    gaps = [max(labels) + LABELLED if labels else GAP for labels in labelled[:-1]]
    height = max([ROW, *(ROW * count for count in standing), *(HIGH * len(labels) for labels in labelled)])
    many = sum(arrow.label is not None for arrow in diagram.arrows) > MANY
    return (sum(nodes) + sum(gaps)) * (WIDER if many else 1), height

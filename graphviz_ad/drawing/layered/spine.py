"""The spine: the longest way that data take from an input to an output."""

from collections.abc import Sequence

from graphviz_ad.drawing.layered.layers import Ends


def spine(lengths: Sequence[int], ends: Sequence[Ends], data: Sequence[float], products: Sequence[bool]) -> list[int]:
    """The vertices of the longest way, from its input on.

    Of several as long the one over what are most likely `data`; then, of two operands, the first or, of a product of
    inputs, as in ax and wx, the last; of more, the middle one, as of several results."""
    count = len(lengths)
    tails: list[list[int]] = [[] for _ in range(count)]
    for tail, head in dict.fromkeys(ends):
        tails[head].append(tail)
    best: list[tuple[int, float]] = []
    chosen: list[int | None] = []
    for vertex in range(count):
        found = max((best[tail] for tail in tails[vertex]), default=None)
        if found is None:
            best.append((lengths[vertex], data[vertex]))
            chosen.append(None)
            continue
        equal = [tail for tail in tails[vertex] if best[tail] == found]
        best.append((found[0] + lengths[vertex], found[1] + data[vertex]))
        is_last = products[vertex] and not any(tails[tail] for tail in equal)
        place = len(equal) // 2 if len(equal) > 2 else -1 if is_last else 0
        chosen.append(equal[place])
    top = max(best, default=(0, 0.0))
    longest = [vertex for vertex in range(count) if best[vertex] == top]
    here: int | None = longest[(len(longest) - 1) // 2] if longest else None
    way = []
    while here is not None:
        way.append(here)
        here = chosen[here]
    return way[::-1]

"""The lines between two layers: each with its trunk on a track of its own, so that they cross but never run together.

A net comes in from the left at the rows of its `lefts`, runs along its trunk and goes out at the rows of its `rights`.
"""

from collections.abc import Iterator, Sequence

from graphviz_ad.core.reach import reached
from graphviz_ad.core.record import Record


class Trunk(Record):
    """A vertical line and where others meet it. `track` is None for a net that runs straight on. A `double` trunk is
    two beside each other: one leads up from the row of its stem, one down, so that no four lines meet.

    A net that has to swerve is two trunks; `onward` is the place of the second in the list."""

    net: int
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    onward: int | None = None
    track: int | None = None

    @property
    def span(self) -> tuple[int, int]:
        rows = (*self.lefts, *self.rights)
        return min(rows), max(rows)

    @property
    def straight(self) -> bool:
        return len(self.lefts) == len(self.rights) == 1 and self.lefts == self.rights

    @property
    def stem(self) -> int:
        return self.lefts[0] if len(self.lefts) == 1 else self.rights[0]

    @property
    def double(self) -> bool:
        top, bottom = self.span
        return top < self.stem < bottom and self.stem in self.lefts and self.stem in self.rights


def route(nets: Sequence[tuple[Sequence[int], Sequence[int]]]) -> list[Trunk]:
    """The trunks of nets, given by the rows at which they come in and go out, on tracks that are counted from 0."""
    trunks = [Trunk(number, tuple(lefts), tuple(rights)) for number, (lefts, rights) in enumerate(nets)]
    while (looped := _looped(trunks)) is not None:
        _split(trunks, looped)
    earlier = _order(trunks)
    placed: dict[int, int] = {}
    waiting = [number for number, trunk in enumerate(trunks) if not trunk.straight]
    while waiting:
        number = min((n for n in waiting if earlier[n] <= placed.keys()), key=lambda n: (trunks[n].span, n))
        waiting.remove(number)
        top, bottom = trunks[number].span
        track = max((placed[n] + 1 for n in earlier[number]), default=0)
        while any(
            p == track and trunks[n].span[0] <= bottom + 1 and top <= trunks[n].span[1] + 1 for n, p in placed.items()
        ):
            track += 1
        placed[number] = track
    return [trunk.replace(track=placed.get(number)) for number, trunk in enumerate(trunks)]


def _must(trunks: Sequence[Trunk]) -> list[set[int]]:
    """For each trunk those that must stand left of it: they come in at a row at which it goes out."""
    bent = [(number, trunk) for number, trunk in enumerate(trunks) if not trunk.straight]
    earlier: list[set[int]] = [set() for _ in trunks]
    for number, trunk in bent:
        earlier[number] |= {
            n for n, other in bent if other.net != trunk.net and not set(other.lefts).isdisjoint(trunk.rights)
        }
        if trunk.onward is not None:
            earlier[trunk.onward].add(number)
    return earlier


def _looped(trunks: Sequence[Trunk]) -> int | None:
    """A trunk that would have to stand left of itself."""
    earlier = _must(trunks)
    return next((n for n in range(len(trunks)) if n in reached(earlier[n], earlier.__getitem__)), None)


def _split(trunks: list[Trunk], number: int) -> None:
    """Make two trunks of one, joined at a row that nothing else uses."""
    trunk = trunks[number]
    used = {row for other in trunks for row in (*other.lefts, *other.rights)}
    top, bottom = trunk.span
    row = next((row for row in range(top, bottom) if row not in used), max(used) + 1)
    trunks[number] = trunk.replace(rights=(row,), onward=len(trunks))
    trunks.append(trunk.replace(lefts=(row,)))


def _order(trunks: Sequence[Trunk]) -> list[set[int]]:
    """For each trunk those that stand left of it: that must, or that cross it less often there."""
    earlier = _must(trunks)
    for number, one in enumerate(trunks):
        for n in range(number):
            other = trunks[n]
            here, there = _crossings(one, other), _crossings(other, one)  # as often where one is straight
            left, right = (number, n) if here < there else (n, number)
            if here != there and right not in reached(earlier[left], earlier.__getitem__):
                earlier[right].add(left)
    return earlier


def _crossings(left: Trunk, right: Trunk) -> int:
    """How often two trunks cross if they stand like this."""
    return sum(1 for _ in _inside(right.lefts, left)) + sum(1 for _ in _inside(left.rights, right))


def _inside(rows: Sequence[int], trunk: Trunk) -> Iterator[int]:
    top, bottom = trunk.span
    return (row for row in rows if top < row < bottom)

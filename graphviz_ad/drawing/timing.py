"""What comes with each frame of a figure's making: every piece of the figure once."""

from collections.abc import Hashable, Sequence
from itertools import groupby

from graphviz_ad.drawing.scene import Group, Scene, Shape, Text


def coming(scenes: Sequence[Scene]) -> list[list[Group]]:
    """For each of the scenes, the groups of what is new in it. All that the last scene shows comes once; what a group
    lacks at first comes later as a group with a key of its own."""
    first: dict[Hashable, int] = {}
    for number, scene in enumerate(scenes):
        for group in scene.groups:
            for shape in group.shapes:
                for piece in _pieces(shape):
                    first.setdefault((group.key, _look(piece)), number)
    new: list[list[Group]] = [[] for _ in scenes]
    for group in scenes[-1].groups:
        shapes: dict[int, list[Shape]] = {}
        for shape in group.shapes:
            for number, pieces in _by_frame(group, shape, first):
                shapes.setdefault(number, []).append(_joined(pieces))
        for place, number in enumerate(sorted(shapes)):
            key = f"{group.key}-{number}" if place else group.key
            new[number].append(group.replace(key=key, shapes=tuple(shapes[number])))
    return new


def _by_frame(group: Group, shape: Shape, first: dict[Hashable, int]) -> list[tuple[int, list[Shape]]]:
    def frame(piece: Shape) -> int:
        return first[group.key, _look(piece)]

    return [(number, list(run)) for number, run in groupby(sorted(_pieces(shape), key=frame), key=frame)]


def _pieces(shape: Shape) -> list[Shape]:
    """What can come by itself: of a text each glyph, rule and frame."""
    if not isinstance(shape, Text):
        return [shape]
    empty = shape.set.replace(glyphs=(), rules=(), frames=())
    sets = [empty.replace(glyphs=(glyph,)) for glyph in shape.set.glyphs]
    sets += [empty.replace(rules=(rule,)) for rule in shape.set.rules]
    sets += [empty.replace(frames=(frame,)) for frame in shape.set.frames]
    return [shape.replace(set=part) for part in sets]


def _look(piece: Shape) -> Hashable:
    """A piece as it is seen, whatever it is a piece of."""
    if not isinstance(piece, Text):
        return piece
    return piece.x, piece.y, piece.style, piece.set.glyphs, piece.set.rules, piece.set.frames


def _joined(pieces: list[Shape]) -> Shape:
    """The pieces of one shape as one shape."""
    whole = pieces[0]
    for piece in pieces[1:]:
        assert isinstance(whole, Text)
        assert isinstance(piece, Text)
        parts = {kind: getattr(whole.set, kind) + getattr(piece.set, kind) for kind in ("glyphs", "rules", "frames")}
        whole = whole.replace(set=whole.set.replace(**parts))
    return whole

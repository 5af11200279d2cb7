"""How large a figure is made: for a screen, on paper, on a slide, on a poster."""

from graphviz_ad.core.record import Record

MATHS = 17.0  # size of formulas in a scene, in its pixels


class FigureSize(Record):
    """The size of the formulas in points, which the whole figure follows, and by how much lines are heavier."""

    text: float
    lines: float = 1.0

    @property
    def points(self) -> float:
        """The points that a pixel of the scene becomes."""
        return self.text / MATHS


SIZES = {
    "screen": FigureSize(12.75),  # a pixel is a pixel: 1/96 inch
    "paper": FigureSize(10.0),  # beside text of 10 points
    "slide": FigureSize(20.0, 1.25),  # thin lines do not survive a projector
    "poster": FigureSize(36.0, 1.25),
}

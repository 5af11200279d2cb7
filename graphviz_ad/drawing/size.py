"""How large a figure is made: for a screen, on paper, on a slide, on a poster."""

from graphviz_ad.core.record import Record

MATHS = 17.0  # size of formulas in a scene, in its pixels


class FigureSize(Record):
    """The size of the formulas in points, which the whole figure follows, and the smallest that they may be made to
    stand on a page; by how much lines are heavier."""

    text: float
    least: float
    lines: float = 1.0

    @property
    def points(self) -> float:
        """The points that a pixel of the scene becomes."""
        return self.text / MATHS


SIZES = {
    "screen": FigureSize(12.75, 9.0),  # a pixel is a pixel: 1/96 inch
    "paper": FigureSize(10.0, 9.0),  # beside text of 10 points
    "slide": FigureSize(20.0, 14.0, 1.25),  # thin lines do not survive a projector
    "poster": FigureSize(36.0, 24.0, 1.25),
}

TINY = 0.005
BARELY = 1.03  # so many times smaller than the smallest letters, a graph in one row is better than in several, a row on
# one page than on two, and a width that is kept than one that is not

MARGIN = 18.0  # around a figure, in its pixels
UNITS = {"pt": 1.0, "px": 0.75, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}  # in points
WIDTHS = {  # how wide a figure may be, in points
    "screen": 595.0,  # a sheet of A4 at its full size
    "page": 482.0,  # between the margins of A4 paper
    "slide": 912.0,  # of 16:9, 13⅓ inches wide
    "column": 246.0,  # of two on a page
    "poster": 2200.0,  # of A0 paper, upright
}
HEIGHTS = {"page": 729.0, "slide": 465.0, "column": 729.0, "poster": 3180.0}  # of these; else of a sheet of A4
SHEET = 842.0
USUAL_WIDTHS = {"screen": "screen", "paper": "page", "slide": "slide", "poster": "poster"}  # of each size


def width_in_points(words: str) -> float | None:
    """What a width such as 12cm, or one of those that have names, is in points; None for anything else."""
    number = words.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = UNITS.get(words[len(number) :].strip())
    if words in WIDTHS or unit is None:
        return WIDTHS.get(words)
    try:
        points = float(number) * unit
    except ValueError:
        return None
    return points if 0 < points < float("inf") else None


def is_width(words: str) -> bool:
    """Whether words are a width: those that have names are not all."""
    return not words or width_in_points(words) is not None


def room_of(size: str, width: str) -> float:
    """How much room there is between the margins of a figure of a size, in its pixels."""
    points = width_in_points(width or USUAL_WIDTHS[size]) or 0.0
    return max(1.0, points / SIZES[size].points - 2 * MARGIN)


def smaller_room(room: float, smaller: float) -> float:
    """The room between the margins, in pixels of what is so many times smaller."""
    return (room + 2 * MARGIN) * smaller - 2 * MARGIN


def page_height(size: str, width: str) -> float:
    """How high a page is for a figure of a size and a width, in the figure's pixels."""
    return HEIGHTS.get(width or USUAL_WIDTHS[size], SHEET) / SIZES[size].points

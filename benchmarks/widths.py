"""Whether figures keep the width that is asked for: `python -m benchmarks.widths [--small] [--all] [NAME...]`.

Each graph of the systems of courses, in each width: how many keep it (and, of a slide, its height), of how many a
remark says why they do not, and of how many neither is true; and how small letters become.
The exit status is 1 where a width is not kept and nothing is said.
"""

from __future__ import annotations

import sys
from collections import Counter

from graphviz_ad.core.request import Request
from graphviz_ad.drawing.remarks import remark
from graphviz_ad.drawing.size import MARGIN, SIZES, room_of
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.drawing.widths import in_width
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.course_systems import SYSTEMS, VIEWS

WIDTHS = {
    width: Request(max_width=width, size=size)
    for width, size in (("12cm", "screen"), ("345pt", "paper"), ("column", "paper"), ("slide", "slide"),
                        ("screen", "screen"))
}  # fmt: skip


def main(words: list[str]) -> int:
    """Print the numbers."""
    names = [word for word in words if not word.startswith("--")]
    totals: dict[str, Counter[str]] = {width: Counter() for width in WIDTHS}
    for name, source in SYSTEMS.items():
        if (names and not any(one in name for one in names)) or ("--small" in words and "25" in name):
            continue
        system, _ = read(SourceText(source, "text"), Request())
        setter = Typesetter()
        for view in VIEWS:
            sheet = sheet_of(system, (view,))
            for width, request in WIDTHS.items():
                scene = in_width(sheet, request, setter)
                share = scene.width / scene.smaller / (room_of(request.size, width) + 2 * MARGIN)
                said = remark(sheet, scene, request, setter)
                kept = share < 1.001 and not said
                found = "kept" if kept else "said" if said else "neither"
                totals[width][found] += 1
                letters = SIZES[request.size].text / scene.smaller
                totals[width]["smaller letters"] += scene.smaller > 1
                if not kept or "--all" in words:
                    print(f"{name:26} {view:20} {width:7} {share:5.2f} {letters:5.1f} pt  {said}", flush=True)
    for width, counted in totals.items():
        print(f"{width:7}", dict(counted))
    return 1 if any(counted["neither"] for counted in totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

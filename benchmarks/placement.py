"""What is against the rules in where the parts of figures stand, and how often arrows cross:
`python -m benchmarks.placement [--random N [--seed S]] [--small] [--all] [NAME...]`.

Over the systems of courses, those of the gallery, and N random ones (with seeds from S on): the violations of each
rule, and how often arrows cross, beside what Graphviz's dot makes of the same boxes. The exit status is 1 where a rule
is violated.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from graphviz_ad.core.diagram import Diagram
from graphviz_ad.core.request import Request
from graphviz_ad.drawing import panel
from graphviz_ad.drawing.layered.arrangement import arrangements
from graphviz_ad.drawing.typeset import Job, Typesetter
from graphviz_ad.lesson.views import sheet_of
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText
from tests.course_systems import SYSTEMS, VIEWS, random_system
from tests.dot_crossings import dot_crossings
from tests.placement_rules import (
    Picture,
    can_be_in_order,
    crossings,
    disagreeing,
    not_mirrored,
    picture,
    violations,
)
from tests.scenes import boxes_and_links

ROOT = Path(__file__).parent.parent


def gallery() -> dict[str, str]:
    """The sources of the gallery that are equations."""
    found = sorted((ROOT / "gallery").glob("*/source.adg"))
    return {path.parent.name: path.read_text("utf-8") for path in found if path.parent.name != "20-abstract"}


def diagrams(source: str) -> dict[str, Diagram]:
    system, _ = read(SourceText(source, "text"), Request())
    return {each.view: each.content for each in sheet_of(system, VIEWS).panels if isinstance(each.content, Diagram)}


def measured(source: str) -> Iterator[tuple[str, str, str]]:
    """Rule, view and what is against it; crossings, ours and dot's, as rules of their own."""
    shown = diagrams(source)
    setter = Typesetter()
    setter.prepare(Job(*job) for diagram in shown.values() for job in panel.formulas(diagram))
    arranged = arrangements(list(shown.values()))
    pictures: dict[str, Picture] = {}
    # Full and simplified have the same rows, so that either keeps the other from having operands in order.
    together = all(map(can_be_in_order, shown.values()))
    for view, diagram in shown.items():
        made = pictures[view] = picture(diagram, setter, arranged[diagram.full])
        for rule, said in violations(made, arranged[diagram.full]):
            if rule != "order" or together:
                yield rule, view, said
        yield "crossings", view, str(crossings([line.points for line in made.lines]))
        boxes, links = boxes_and_links(diagram, setter, "lr")
        yield "dot", view, str(dot_crossings(boxes, links, panel.USUAL.columns, panel.USUAL.rows))
    for one, other, compare in (
        ("forward", "backward", not_mirrored),
        ("forward-simplified", "backward-simplified", not_mirrored),
        ("forward", "forward-simplified", disagreeing),
    ):
        for said in compare(pictures[one], pictures[other]):
            yield "panels", f"{one}, {other}", said


def main(words: list[str]) -> int:
    """Print the numbers."""
    count, first = (int(words[words.index(word) + 1]) if word in words else 0 for word in ("--random", "--seed"))
    names = [word for word in words if not word.startswith("--") and not word.isdigit()]
    sources = SYSTEMS | gallery() | {f"random {seed}": random_system(seed) for seed in range(first, first + count)}
    totals: Counter[str] = Counter()
    fewer = figures = 0
    for name, source in sources.items():
        if (names and not any(one in name for one in names)) or (not names and "--small" in words and "25" in name):
            continue
        started = time.perf_counter()
        found: Counter[str] = Counter()
        crossed: dict[str, dict[str, int]] = {"crossings": {}, "dot": {}}
        for rule, view, said in measured(source):
            if rule in crossed:
                crossed[rule][view] = int(said)
                continue
            if rule == "siblings" and name.startswith("random"):  # where an index means nothing
                continue
            found[rule] += 1
            if "--all" in words:
                print(f"    {rule}: {view}: {said}")
        for view, ours in crossed["crossings"].items():
            figures += 1
            fewer += ours <= crossed["dot"][view]
        ours, dots = (sum(crossed[kind].values()) for kind in ("crossings", "dot"))
        if "--time" in words:
            print(name, round(time.perf_counter() - started, 2), flush=True)
        totals += found + Counter({"crossings": ours, "dot": dots})
        if found or ours > dots or names:
            said = ", ".join(f"{rule} {number}" for rule, number in sorted(found.items()))
            print(f"{name:32} crossings {ours:4} dot {dots:4}  {said}", flush=True)
    print(dict(totals), f"at or below dot in {fewer} of {figures} figures")
    return 1 if set(totals) - {"crossings", "dot"} else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

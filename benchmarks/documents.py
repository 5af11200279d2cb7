"""How much of documents is read and judged: `python -m benchmarks.documents FOLDER [MACROS…]`, of every file in it.

Of formulas that define something over numbers: how many are read. Of statements of derivatives whose functions are
defined in the document over numbers: how many are judged, a chain as one. What is called wrong is listed, to be seen.
With --planted a wrong sign is put before each side that was found to be right: how many of these are found, and
which are not.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG
from graphviz_ad.point.proofreading import Finding, proofread, shown
from graphviz_ad.read.documents.files import kind_of, read_document
from graphviz_ad.read.documents.formulas import Document
from graphviz_ad.read.documents.kinds import COMMANDS, OTHER
from graphviz_ad.read.documents.reading import Reader
from graphviz_ad.read.documents.sayings import DEFINITION, DERIVATIVE, SKIPPED, VALUE, Said
from graphviz_ad.read.documents.statements import Saying

# Kinds of what is skipped and yet defines something over numbers.
_OVER_NUMBERS = frozenset(
    {OTHER, COMMANDS, "case distinction", "sum or product with an index", "formula with two signs"}
)
# Why a statement is not checked although nothing is wrong with our reading: its function is not defined over numbers.
_UNDEFINED = re.compile(
    r"is not defined before|is given in line|unknown function|does not depend|vectors or matrices|is a vector"
    r"|needs argument|there is no variable|is set to 0|both sides|in it, which|lacks a parameter|any order|inverse"
    r"|limit|by what this|sum with an index|whole number here|with an index|with dots|ellipsis|order of a derivative"
    r"|nothing that|composition|derivative of derivatives|not known further|seems to be|itself says|symmetric"
    r"|defined by each other|equation between"
)


def main(folder: str, planted: bool, macros: tuple[str, ...] = ()) -> None:
    """Print the figures of each document, and of all."""
    whole: Counter[str] = Counter()
    for path in sorted(Path(folder).iterdir()):
        if not kind_of(path.name):
            continue
        try:
            document = read_document(str(path), macros)
            said = Reader().read(document)
            findings = proofread(document, said)
        except AdgraphError as error:
            whole["refused"] += 1
            print(f"{path.name}: refused: {error.message}")
            continue
        here = figures(said, findings)
        missed: list[Finding] = []
        if planted:
            here.update(plants(document, said, findings, missed.append))
        whole.update(here)
        print(f"{path.name[:56]:56} {_shown(here)}", flush=True)
        for one in missed:
            print(f"    line {one.line}: -({one.side}) is not found in {one.text}", flush=True)
        for one in findings:
            if one.verdict == WRONG:
                print(f"    line {one.line}: {one.text} (right: {one.derivative})")
    print(f"{'all':56} {_shown(whole)}, {whole['refused']} refused")


def figures(said: list[Said], findings: list[Finding]) -> Counter[str]:
    """Counts of a document."""
    kinds = Counter(one.kind for one in said)
    unread = sum(one.kind == SKIPPED and bool(one.names) and one.skipped in _OVER_NUMBERS for one in said)
    made = Counter(read=kinds[DEFINITION] + kinds[VALUE], unread=unread, stated=kinds[DERIVATIVE])
    for position in dict.fromkeys(one.position for one in findings):
        verdicts = [one for one in findings if one.position == position]
        if any(one.verdict == WRONG for one in verdicts):
            made["wrong"] += 1
        elif any(one.verdict == RIGHT for one in verdicts):
            made["right"] += 1
        elif any(_UNDEFINED.search(one.how) for one in verdicts):
            made["undefined"] += 1
        else:
            made["unjudged"] += 1
    made["sides"] = sum(one.verdict != UNCHECKED for one in findings)
    return made


def plants(
    document: Document, said: list[Said], findings: list[Finding], missed: Callable[[Finding], None]
) -> Counter[str]:
    """How many of the right sides are called wrong with a minus before them; the others are given to `missed`."""
    found = Counter[str]()
    for one in findings:
        if one.verdict != RIGHT or one.side.strip("{} ") == "0":
            continue
        changed = list(said)
        saying = said[one.position].statement
        assert saying is not None
        sides = [
            side.replace(text=f"-({side.text})") if shown(said[one.position], side) == one.side and place else side
            for place, side in enumerate(saying.sides)
        ]
        if tuple(sides) == saying.sides:
            continue
        changed[one.position] = said[one.position].replace(statement=Saying(tuple(sides)))
        again = proofread(document, changed, one.position)
        if all(two.verdict == RIGHT for two in again):
            found["zero"] += 1  # and minus 0 is right
            continue
        found["planted"] += 1
        if any(two.verdict == WRONG for two in again):
            found["found"] += 1
        else:
            missed(one)
    return found


def _shown(figures: Counter[str]) -> str:
    defined = figures["read"] + figures["unread"]
    judged = figures["right"] + figures["wrong"]
    stated = judged + figures["unjudged"]
    zero = f" ({figures['zero']} are 0)" if figures["zero"] else ""
    planted = f", {figures['found']} of {figures['planted']} planted{zero}" if figures["planted"] else ""
    return (
        f"{figures['read']} of {defined} definitions read{_part(figures['read'], defined)}, "
        f"{judged} of {stated} derivatives judged{_part(judged, stated)}, {figures['wrong']} wrong, "
        f"{figures['undefined']} of what is not defined, {figures['sides']} sides{planted}"
    )


def _part(some: int, whole: int) -> str:
    return f" ({100 * some / whole:.0f} %)" if whole else ""


if __name__ == "__main__":
    files = [argument for argument in sys.argv[2:] if argument != "--planted"]
    main(sys.argv[1], "--planted" in sys.argv, tuple(Path(file).read_text("utf-8") for file in files))

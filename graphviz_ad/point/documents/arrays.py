"""Statements of derivatives of vectors and matrices in documents, judged where the document says which letters are so:
by bold letters, or by what it declares, W ∈ ℝ³ˣ². Which layout is meant is said in few documents: a statement is right
where it is so in one layout, and wrong where it is so in all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.request import LAYOUTS, Layout
from graphviz_ad.point.claims import RIGHT, UNCHECKED, WRONG, Verdict
from graphviz_ad.point.mistakes import MULTIPLE
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.formulas import LATEX, Document
from graphviz_ad.read.documents.sayings import DEFINITION, SKIPPED, Said
from graphviz_ad.read.documents.statements import SideText
from graphviz_ad.read.latex.reading import read
from graphviz_ad.read.sources import SourceText

MAX_DEFINITIONS = 60  # that one statement may need
_DECLARED = re.compile(r"(?:[^=;]*?,)?[^,;=]*\\in\s*\\mathbb\s*\{?\s*R\}?[^,;.=]*")
_SYMMETRIC = re.compile(r"symmetri|Hermitian|orthogonal|diagonal", re.IGNORECASE)
_GRADIENT = re.compile(r"\\nabla\s*(?P<of>\\?[a-zA-Z]+(?:_\w)?)\s*(?:\(.*\)\s*)?\Z", re.DOTALL)
_ARGUMENTS = re.compile(r"(?P<of>[^()]+)\((?P<by>.+)\)", re.DOTALL)
_WITHOUT_ARGUMENTS = re.compile(r"\s*(?:\\left\s*)?[(\[].*$", re.DOTALL)


class ArrayStatements:
    """Judges statements of one document."""

    def __init__(self, document: Document, said: Sequence[Said]) -> None:
        self.document, self.said = document, said
        self.judges: dict[tuple[str, Layout], object] = {}
        self.graphs: dict[str, Graph] = {}

    def is_of_arrays(self, one: Said) -> bool:
        """Whether there are vectors or matrices in a statement, or in what is said before of its variables."""
        return bool(kinds.OF_VECTORS.search(one.text)) or any(
            definition.skipped == kinds.VECTORS for definition in self._needed(one)
        )

    def verdict(self, one: Said, reference: SideText, side: SideText) -> Verdict:
        """What is said of one side, compared with the derivative that begins the statement: by the definitions of its
        own section, and by those of the section before too."""
        scopes = dict.fromkeys(tuple(self._needed(one, before)) for before in (0, 1))
        found = [self._verdict(one, reference, side, needed) for needed in scopes]
        return min(found, key=lambda verdict: (RIGHT, WRONG, UNCHECKED).index(verdict.verdict))

    def _verdict(self, one: Said, reference: SideText, side: SideText, needed: Sequence[Said]) -> Verdict:
        said = Verdict("", " ".join(side.text.split()), UNCHECKED)
        if not needed:
            return said.replace(how="a formula of vectors or matrices, and nothing that is defined before it")
        source = self._source(one, needed)
        claim = SourceText(f"{_by_its_argument(reference.text, needed)} = {side.text}", "latex")
        found: list[Verdict] = []
        why = ""
        for layout in LAYOUTS:
            try:
                found += self._judged(source, layout, claim)
            except (AdgraphError, ValueError) as error:  # of numpy, where shapes do not fit
                message = error.message if isinstance(error, AdgraphError) else "its shapes do not fit"
                why = why or f"a formula of vectors or matrices: {message}"
        right = next((one for one in found if one.verdict == RIGHT), None)
        if right is not None:
            return right.replace(claim="", side=said.side)
        wrongs = [one for one in found if one.verdict == WRONG]
        is_wrong = not why and len(wrongs) == len(found)  # in each layout
        wrong = next((one for one in wrongs if one.mistake), wrongs[0] if is_wrong and wrongs else None)
        if wrong is None:
            shapes = next((one.off or one.how for one in found), why)
            return said.replace(how=why or f"a formula of vectors or matrices: {shapes}")
        multiple = wrong.mistake if wrong.mistake is not None and wrong.mistake.kind == MULTIPLE else None
        if multiple is None and _SYMMETRIC.search(self.document.text):
            return said.replace(how="a matrix in it may be symmetric")
        is_near = all(definition.formula.section == one.formula.section for definition in needed)
        if not is_near and multiple is None:
            return said.replace(how="what it is about seems to be nothing that is defined before")
        off = wrong.off.removeprefix(f"{said.side}: ") if multiple is None else multiple.words
        return said.replace(verdict=WRONG, off=off, derivative=wrong.derivative)

    # ---- what is needed

    def _needed(self, one: Said, sections_before: int = 1) -> list[Said]:
        """The definitions that a statement needs, the last of each name before it."""
        last: dict[str, Said] = {}
        begin = one.formula.section - sections_before
        for said in self.said[: one.position]:
            is_here = said.formula.language == LATEX and said.formula.section >= begin
            if is_here and _is_definition(said):
                last[_head(said)] = said
        found: dict[str, Said] = {}
        wanted = [one.text]
        while wanted and len(found) < MAX_DEFINITIONS:
            text = _bare(wanted.pop())
            for head, said in last.items():
                if head not in found and said is not one and _stands_in(head, text):
                    found[head] = said
                    wanted.append(said.text)
        return sorted(found.values(), key=lambda said: said.position)

    def _source(self, one: Said, needed: Sequence[Said]) -> str:
        """The definitions as a system in LaTeX, and what the document declares of shapes."""
        declared = [
            match[0].strip()
            for formula in self.document.formulas
            if formula.number <= one.formula.number and formula.language == LATEX
            for match in _DECLARED.finditer(formula.text)
        ]
        return "; ".join(said.text.rstrip(" .,;") for said in needed) + "".join(f", {text}" for text in declared)

    def _judged(self, source: str, layout: Layout, claim: SourceText) -> Iterator[Verdict]:
        from graphviz_ad.point.arrays.claims import ArrayJudge, array_judge

        key = (source, layout)
        if key not in self.judges:
            if source not in self.graphs:
                self.graphs[source] = read(source).graph
            graph = self.graphs[source]
            if all(not node.type.shape for node in graph.nodes):
                raise AdgraphError("nothing says which letters are vectors and matrices")
            self.judges[key] = array_judge(graph, layout)
        judge = self.judges[key]
        assert isinstance(judge, ArrayJudge)
        return judge.verdicts(claim)


def _by_its_argument(text: str, needed: Sequence[Said]) -> str:
    """A gradient with what it is by, where that is the one argument of its function: ∇f is by x in f(x)."""
    match = _GRADIENT.match(text)
    if match is None:
        return text
    heads = [said.statement.sides[0].text for said in needed if said.statement is not None]
    for head in heads:
        arguments = _ARGUMENTS.fullmatch(_bare(head))
        if arguments is not None and arguments["of"] == _bare(match["of"]) and "," not in arguments["by"]:
            return rf"\nabla_{{{arguments['by']}}} {match['of']}"
    return text


def _is_definition(said: Said) -> bool:
    is_one = said.kind == DEFINITION or (said.kind == SKIPPED and said.skipped in (kinds.VECTORS, kinds.SUM))
    return is_one and bool(said.names) and said.statement is not None and not said.statement.relation


def _bare(text: str) -> str:
    """A text with no blanks but those that end a command."""
    unsized = re.sub(r"\\(?:left|right|[bB]igg?[lrm]?)(?![a-zA-Z])", "", text)
    return re.sub(r"(?<![a-zA-Z])\s+|\s+(?![a-zA-Z])", "", unsized)


def _head(said: Said) -> str:
    assert said.statement is not None
    return _bare(_WITHOUT_ARGUMENTS.sub("", said.statement.sides[0].text))


def _stands_in(head: str, text: str) -> bool:
    before = r"(?<![a-zA-Z\\])" if head[:1].isalpha() else ""
    return bool(head) and re.search(rf"{before}{re.escape(head)}(?![a-zA-Z_])", text) is not None

"""What is chosen of a document: notes.md:12 a line, notes.md#7 a number, notes.md#eq:loss a label; else all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import is_document
from graphviz_ad.host.paths import is_there
from graphviz_ad.read.documents.files import kind_of, read_document
from graphviz_ad.read.documents.formulas import PYTHON, Document, Excerpt
from graphviz_ad.read.documents.gathering import Gathered, gathered
from graphviz_ad.read.documents.reading import Reader
from graphviz_ad.read.documents.sayings import DERIVATIVE, Said
from graphviz_ad.read.sources import SourceText, read_source

_CHOICE = re.compile(r"(?P<name>.+?)(?::(?P<line>\d+)|\#(?P<label>[^#]+))")
MAX_LISTED = 12


class Whole(Record):
    """A document, what its formulas say, and its systems; `chosen` are the formulas that were asked for, all without a
    choice."""

    document: Document
    said: tuple[Said, ...]
    systems: tuple[Gathered, ...]
    chosen: tuple[Excerpt, ...]
    choice: str = ""


def split(source: str) -> tuple[str, str]:
    """The file and the choice of a source such as notes.md#7."""
    match = _CHOICE.fullmatch(source)
    if match is None or is_there(source) or not kind_of(match["name"]):
        return source, ""
    return match["name"], f":{match['line']}" if match["line"] else f"#{match['label']}"


def opened(source: str, macros: Sequence[str] = ()) -> Whole:
    """A document and what is chosen of it. Raises AdgraphError for a file that is none, and for no such choice."""
    name, choice = split(source)
    document = read_document(name, macros)
    said = tuple(Reader().read(document))
    return Whole(document, said, tuple(gathered(document, said)), tuple(_chosen(document, choice)), choice)


def _chosen(document: Document, choice: str) -> Sequence[Excerpt]:
    if not choice:
        return document.formulas
    word = choice[1:]
    if choice[0] == ":":
        found = [one for one in document.formulas if _has_line(document, one, int(word))]
        lines = [document.place(one)[0] for one in document.formulas]
        near = min(lines, key=lambda line: abs(line - int(word)), default=0)
        hint = f"the nearest is in line {near}" if lines else ""
        what = f"there is no formula in line {word} of '{document.name}'"
    else:
        found = [one for one in document.formulas if word == str(one.number) or (word == one.label)]
        labels = [one.label for one in document.formulas if one.label]
        hint = (
            did_you_mean(word, labels) or f"there are {len(document.formulas)} formulas: adgraph find {document.name}"
        )
        what = f"there is no formula '{word}' in '{document.name}'"
    if not found:
        raise AdgraphError(what, hint=hint)
    return found


def _has_line(document: Document, formula: Excerpt, line: int) -> bool:
    first = document.place(formula)[0]
    last = document.place(formula, max(0, len(formula.text.rstrip()) - 1))[0]
    return first <= line <= last or document.place(formula, len(formula.text) - len(formula.text.lstrip()))[0] == line


def read_sources(
    source: str, language: str = "auto", one_alone: bool = False, macros: Sequence[str] = ()
) -> list[SourceText]:
    """The sources in a source: itself or, of a document, the system that is chosen, or all of its systems.
    Raises AdgraphError for a document without one, and for several where there is to be `one_alone`."""
    if language != "auto" or not is_document(source):
        return [read_source(source, language)]
    whole = opened(source, macros)
    if not whole.choice and _is_plain(whole.document):
        return [read_source(source, language)]
    systems = [*whole.systems] if not whole.choice else _of_choice(whole)
    if not systems and whole.choice:
        return [_alone(whole)]
    if not systems:
        raise AdgraphError(f"no formula of '{whole.document.name}' defines something that can be drawn",
                           hint=f"see why: adgraph find {whole.document.name}")  # fmt: skip
    if one_alone and len(systems) > 1:
        raise _several(whole, systems)
    return [_source(whole, one) for one in systems]


def source_in(whole: Whole, label: str) -> SourceText:
    """What a formula of a document defines, with all that this needs; the formula by its number, 7, or its label.
    Raises AdgraphError where there is none."""
    asked = whole.replace(chosen=tuple(_chosen(whole.document, f"#{label}")), choice=f"#{label}")
    systems = _of_choice(asked)
    return _source(asked, systems[0]) if systems else _alone(asked)


def _of_choice(whole: Whole) -> list[Gathered]:
    """What the formulas that are chosen define, with all that this needs."""
    found: list[Gathered] = []
    numbers = {formula.number for formula in whole.chosen}
    for system in whole.systems:
        names = [one.name for one in system.definitions if one.formula.number in numbers]
        needed = system.needed_for(names)
        if needed:
            found.append(system.replace(definitions=needed))
    return found[:1] if len(numbers) == 1 else found


def _source(whole: Whole, system: Gathered) -> SourceText:
    origin = place(whole, system)
    values = {str(name): one.source.partition("=")[2].strip() for name, one in system.values.items()}
    return SourceText(system.text, system.language, origin, (), values)


def _alone(whole: Whole) -> SourceText:
    """A formula that defines nothing, to be read by itself, as strictly as on the command line."""
    formula = whole.chosen[0]
    said = [one for one in whole.said if one.formula.number == formula.number]
    line, _ = whole.document.place(formula)
    if any(one.kind == DERIVATIVE for one in said):
        raise AdgraphError(f"the formula in line {line} of '{whole.document.name}' states a derivative",
                           hint=f"whether it is right: adgraph check {whole.document.name}{whole.choice}")  # fmt: skip
    language = "text" if formula.language == PYTHON else "latex"
    return SourceText(formula.text.strip(), language, f"{whole.document.name}:{line}")


def place(whole: Whole, system: Gathered) -> str:
    """How a system is chosen: by the line of its result."""
    results = {name.key for name in system.names}
    last = next(one for one in reversed(system.definitions) if one.key in results or one is system.definitions[0])
    return f"{whole.document.name}:{whole.document.place(last.formula, last.start)[0]}"


def _several(whole: Whole, systems: Sequence[Gathered]) -> AdgraphError:
    """The error of a document with several systems where one is wanted."""
    listed = [f"{place(whole, one)} ({', '.join(one.names[:4])})" for one in systems[:MAX_LISTED]]
    more = [f"and {len(systems) - MAX_LISTED} more"] if len(systems) > MAX_LISTED else []
    hint = f"choose one: {', '.join([*listed, *more])}; or draw all into a folder: -o figures/"
    return AdgraphError(f"'{whole.document.name}' has {len(systems)} systems of equations", hint=hint)


def _is_plain(document: Document) -> bool:
    """Whether a file has nothing but equations in it: it is read as a whole, as strictly as on the command line."""
    if kind_of(document.name) not in (".md", ".tex", ".markdown"):
        return False
    if any(formula.language == PYTHON for formula in document.formulas):
        return False
    text, at, rest = document.text, 0, ""
    for formula in document.formulas:
        span = document.span(formula)
        rest += text[at : span.start]
        at = max(at, span.end)
    rest += text[at:]
    if not document.formulas:
        return True
    rest = re.sub(r"%[^\n]*|\\(?:begin|end|label)\s*\{[^{}]*\}|\\[\[\]()]|\{#[\w:.-]+\}|[$\s.,;:]+", "", rest)
    return not rest.strip()

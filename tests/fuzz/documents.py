"""Random documents: sections of definitions and of statements of derivatives, some with a wrong sign, in all formats;
whole, where each verdict is known, or damaged, where nothing but results and AdgraphErrors may come out."""

from __future__ import annotations

import json
import random
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.point.proofreading import proofread
from graphviz_ad.read.documents.files import read_document
from graphviz_ad.read.documents.reading import Reader
from tests.fuzz.reading import mutated


class Case(NamedTuple):
    """A file, its text, the statements in it and whether each is right."""

    name: str
    text: str
    stated: list[tuple[str, bool]]

    @property
    def commands(self) -> range:
        """One for each section: as long may it take."""
        return range(1 + self.text.count("Part"))


# Definitions in letters a, b, c and a result q: what they say, and derivatives that follow.
_LESSONS = (
    ("q = a b + c", [(r"\frac{\partial q}{\partial a}", "b"), (r"\frac{\partial q}{\partial c}", "1")]),
    ("q = (a b - c)^2", [("dq/da", "2(a b - c)b"), (r"\frac{dq}{dc}", "-2(a b - c)")]),
    (r"q = \sigma(a b)", [(r"\partial q/\partial b", r"a q(1 - q)")]),
    (r"q(a) = \sin(3a)", [("q'(a)", r"3\cos(3a)"), ("q'(0)", "3"), (r"\frac{d^2 q}{da^2}", r"-9\sin(3a)")]),
    (r"q = \ln(a^2 + 1)", [("q'", r"\frac{2a}{a^2 + 1}"), (r"\nabla_a q", r"\frac{2a}{1 + a^2}")]),
    (r"q = \begin{cases} a^2 & a > 1 \\ 2a & \text{otherwise} \end{cases}",
     [(r"\frac{dq}{da}", r"\begin{cases} 2a & a > 1 \\ 2 & \text{otherwise} \end{cases}")]),
    (r"q = e^{-a b}", [(r"\frac{\partial q}{\partial a}", r"-b e^{-ab}"), (r"\frac{\partial q}{\partial b}", "-a q")]),
    (r"q(a, b) = a^2 b", [("q_a", "2ab"), ("q_b(a, b)", "a^2"), ("q_{ab}", "2a")]),
)  # fmt: skip
_LETTERS = ("xyzE", "uvwL", "rstJ", "mnkf", "αβγℓ")
_COMMANDS = {"α": r"\alpha ", "β": r"\beta ", "γ": r"\gamma ", "ℓ": r"\ell "}
_DELIMITERS = {
    ".md": (("$", "$"), ("$$", "$$"), (r"\\(", r"\\)"), ("\\[", "\\]"), ("\n\n```math\n", "\n```\n")),
    ".qmd": (("$", "$"), ("\n$$\n", "\n$$ {#eq-q}\n")),
    ".tex": (("$", "$"), (r"\(", r"\)"), ("\\begin{equation}\n", "\n\\end{equation}\n"),
             ("\\begin{align*}\n", "\n\\end{align*}\n")),
    ".rst": ((":math:`", "`"), ("\n\n.. math::\n\n   ", "\n\n")),
}  # fmt: skip
_HEADINGS = {".md": "# Part", ".qmd": "## Part", ".tex": r"\section{Part}", ".rst": "Part\n====\n"}
_TOKENS = (
    "$",
    "$$",
    "\\[",
    "\\begin{align}",
    "\\end{align}",
    "=",
    "'",
    r"\frac{d}{dx}",
    "{",
    "}",
    "&",
    "\\\\",
    "```",
    "d/d",
)


def case(rng: random.Random) -> Case:
    """A document of a few sections."""
    kind = rng.choice([*_DELIMITERS, ".ipynb"])
    marks = ".md" if kind == ".ipynb" else kind
    parts: list[str] = []
    stated: list[tuple[str, bool]] = []
    for letters in rng.sample(_LETTERS, rng.randint(1, 3)):
        definition, statements = rng.choice(_LESSONS)
        parts.append(_HEADINGS[marks])
        parts.append(f"Let {_marked(rng, marks, _with(letters, definition))} hold.")
        for left, right in statements:
            is_right = rng.random() < 0.6
            text = _with(letters, f"{left} = {right if is_right else f'-({right})'}")
            stated.append((text, is_right))
            parts.append(f"Then {_marked(rng, marks, text)} follows.")
    text = "\n\n".join(parts)
    if kind == ".ipynb":
        cells = [{"cell_type": "markdown", "metadata": {}, "source": part} for part in parts]
        text = json.dumps({"cells": cells, "nbformat": 4})
    if rng.random() < 0.6:
        return Case(f"a{kind}", mutated(rng, text, _TOKENS), [])
    return Case(f"a{kind}", text, stated)


def _with(letters: str, formula: str) -> str:
    """A formula in other letters."""
    table = dict(zip("abcq", letters, strict=True))
    made, at = "", 0
    while at < len(formula):
        if formula[at] == "\\":
            end = at + 1
            while end < len(formula) and formula[end].isalpha():
                end += 1
            closing = formula.find("}", end) + 1 if formula[at:end] in ("\\begin", "\\end", "\\text") else end
            made, at = made + formula[at : max(closing, at + 1)], max(closing, at + 1)
            continue
        letter = table.get(formula[at], formula[at])
        made, at = made + _COMMANDS.get(letter, letter), at + 1
    return made


def _marked(rng: random.Random, kind: str, formula: str) -> str:
    opening, closing = rng.choice(_DELIMITERS[kind])
    return f"{opening}{formula}{closing}"


def _solid(formula: str) -> str:
    """A formula without blanks; words in it are shown as such."""
    return "".join(re.sub(r"\\text\{\w*\}", r"\\quad", formula).split())


def check(given: Case) -> None:
    """Read and proofread a document: what is right is not called wrong, nor what is wrong right."""
    name, text, stated = given
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_text(text, encoding="utf-8", errors="replace")
        try:
            document = read_document(str(file))
            findings = proofread(document, Reader().read(document))
        except AdgraphError as error:
            assert not stated, error
            return
    lines = document.text.count("\n") + 1
    assert all(0 < one.line <= max(lines, len(document.formulas) + 1) and one.column > 0 for one in findings)
    said = [_solid(one.text) for one in findings]
    for statement, is_right in stated:
        places = [k for k, text in enumerate(said) if text == _solid(statement)]
        verdicts = {findings[k].verdict for k in places}
        assert places, f"not found: {statement}"
        assert verdicts <= ({"right", "not checked"} if is_right else {"wrong", "not checked"}), (
            f"{statement}: {verdicts}"
        )

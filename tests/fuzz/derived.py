"""Random valid systems through every command: formulas and numbers that are right, and nothing but text comes out."""

from __future__ import annotations

import json
import re
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, NamedTuple
from xml.etree import ElementTree

from click.testing import CliRunner
from mpmath import mp

from graphviz_ad.cli.main import main
from graphviz_ad.point.evaluate import values
from graphviz_ad.read.text.equations import read
from tests.fuzz.systems import DIGITS, LARGE, System, system

CLOSE = 1e-6  # of a number, to what it is by another way
NOTES = ("adgraph: note: ", "adgraph: laying out", "adgraph: forward mode took", "adgraph: reverse mode took")

COMMANDS = (  # AT stands for the values of the inputs
    "eval --format json AT", "eval --format csv AT", "eval --trace both AT", "check AT",
    "derive", "derive --format latex", "derive --format markdown", "derive --format typst", "derive --graph full",
    "derive --explain", "derive --order 2", "derive AT",
    "show", "show --width 40", "show --ascii", "show AT",
    "draw -o - --format json --view chain", "draw -o - --format json", "draw -o - --format json AT",
    *(f"draw -o - --format {name}" for name in ("svg", "dot", "dot2tex", "tex", "text", "mermaid", "html")),
    "draw -o - --view steps-full --format svg", "draw -o - --style circuit AT", "draw -o - --style colah",
    "draw --alt", "draw -o - --format tex --beamer --view backward", "draw -o - --animate --view backward-simplified",
)  # fmt: skip
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "eval": ("--wrt x", "--keep-functions"),
    "check": ("--digits 17",),
    "derive": ("--symbol partial", "--max-paths 2", "--keep-functions"),
    "show": ("--symbol d", "--keep-functions"),
    "draw": ("--direction tb", "--theme dark", "--max-paths 2", "--keep-functions", "--symbol d"),
}


class Case(NamedTuple):
    """A system, and the commands that it is given to."""

    system: System
    commands: tuple[tuple[str, ...], ...]


def case(rng: Random) -> Case:
    return Case(system(rng), tuple(_command(rng) for _ in range(2)))


def _command(rng: Random) -> tuple[str, ...]:
    """The words of a command, without its source."""
    words = rng.choice(COMMANDS).split()
    for option in rng.sample(OPTIONS[words[0]], rng.choice([0, 0, 0, 1])):
        words += option.split()
    return tuple(words)


def check(given: Case) -> None:
    """Raises AssertionError for what is neither a right result nor an error that says so."""
    for words in given.commands:
        _check(given.system, words)


def _check(asked: System, words: tuple[str, ...]) -> None:
    at = [f"--at={','.join(f'{name}={value}' for name, value in asked.at.items())}"] if asked.at else []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = CliRunner().invoke(
            main, [*(w for word in words for w in (at if word == "AT" else [word])), asked.text]
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert not (control := control_characters(result.stdout + result.stderr)), control
    if result.exit_code:
        assert result.exit_code in (1, 2), result.exit_code
        assert result.exit_code == 2 or result.stderr.startswith("adgraph: "), result.stderr
        assert not result.stdout or words[0] == "check", result.stdout
        return
    assert all(line.startswith(NOTES) for line in result.stderr.splitlines()), result.stderr
    for those, well in _CHECKS:
        if those(words):
            well(result.stdout, asked)


def control_characters(text: str) -> set[str]:
    """What would lead a terminal or a reader's eye astray."""
    return {ascii(c) for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"}


# ---- what is checked of an output


def _numbers(text: str, asked: System) -> None:
    """The values and gradients of `eval`, against differences in many digits."""
    found = json.loads(text)
    with mp.workdps(DIGITS):
        _close(found["values"], asked.values(asked.point()))
        for of, row in found["gradient"].items():
            _close(row, asked.slopes(of))


def _formulas(text: str, asked: System) -> None:
    """Each side of each chain in variables that have values, read back and computed at the point."""
    chains = [chain for panel in json.loads(text)["panels"] for chain in panel.get("chains", ())]
    with mp.workdps(DIGITS):
        known = {name: float(value) for name, value in asked.values(asked.point()).items()}
        slopes = {of: asked.slopes(of) for of in {chain["of"] for chain in chains} if of in known}
    parts = (equation["sides"] for chain in chains if not chain["of"] for equation in chain["equations"])
    for left, right in parts:  # u_1 = …, each of those before it
        value = _computed(right["plain"], known)
        known |= {} if value is None else {left["plain"]: value}
    for chain in (chain for chain in chains if chain["of"]):
        *_, (left, *sides) = (equation["sides"] for equation in chain["equations"])
        by_input = chain["wrt"] in slopes.get(chain["of"], {})  # or by a variable between
        if by_input and left["plain"].replace("∂", "d") == f"d{chain['of']}/d{chain['wrt']}":
            for formula in (side["plain"] for side in sides):
                value = _computed(formula, known)
                _close({} if value is None else {formula: value}, {formula: slopes[chain["of"]][chain["wrt"]]})


def _close(found: Mapping[str, float], known: Mapping[str, Any]) -> None:
    for name, value in found.items():
        expected = float(known[name])
        off = abs(value - expected)
        assert off <= CLOSE * max(1, abs(expected)) or abs(expected) > LARGE, f"{name}: {value!r} for {expected!r}"


def _computed(text: str, known: Mapping[str, float]) -> float | None:
    """The value of a formula in variables that are known; None where it has others, or derivatives."""
    if "∂" in text or re.search(r"\bd[^ *]*/d", text):
        return None
    graph = read(f"result = {text}").graph
    names = [graph.nodes[index].name or "" for index in graph.inputs()]
    if not known.keys() >= set(names):
        return None
    return values(graph, {name: known[name] for name in names})[graph.outputs[0]]


def _xml(text: str, asked: System) -> None:
    ElementTree.fromstring(text)


_CHECKS: tuple[tuple[Callable[[tuple[str, ...]], bool], Callable[[str, System], None]], ...] = (
    (lambda words: words[:3] == ("eval", "--format", "json"), _numbers),
    (lambda words: "json" in words and "draw" in words and "AT" not in words, _formulas),
    (lambda words: words[0] == "draw" and not {"--alt", "--format"} & {*words}, _xml),
    (lambda words: words[0] == "draw" and "svg" in words, _xml),
)

"""Hints of the parser, which text and LaTeX share, as they are to be followed in LaTeX: \\\\sin(x) for sin(x)."""

from __future__ import annotations

import re

from graphviz_ad.core.names import Name, unstyled
from graphviz_ad.core.ops import COMMANDS, FUNCTIONS
from graphviz_ad.notation.latex import Latex

_DECLARATION = re.compile(r"(?<=[ ,])([^\s,:]+): (\d+x\d+|\d+|vector|matrix|scalar)\b")
_SIZES = {"vector": "^{n}", "matrix": "^{m \\times n}", "scalar": " "}
_CALL = re.compile(r"(?<![\\\w{])([a-zA-Z]\w*)\(")


def in_latex(hint: str) -> str:
    """A hint with the functions in it as commands, and what is raised to a bracket in braces."""
    at = 0
    hint = _DECLARATION.sub(
        lambda found: f"{found[1]} \\in \\mathbb{{R}}{_SIZES.get(found[2]) or _size(found[2])}".rstrip(), hint
    )
    hint = hint.replace("^(…)", "^{…}").replace("^-1", "^{-1}")
    hint = hint.replace("^(T)", "^t")  # braces say nothing in LaTeX: the exponent needs another letter
    if not hint.isascii():
        hint = "".join(_letter(character) for character in hint)
    while (match := _CALL.search(hint, at)) is not None:
        name, end = match[1], _closing(hint, match.end())
        if name == "sqrt":
            hint = f"{hint[: match.start()]}\\sqrt{{{hint[match.end() : end]}}}{hint[end + 1 :]}"
            at = match.start() + len("\\sqrt{")
            continue
        command = _command(name)
        hint = hint[: match.start(1)] + command + hint[match.end(1) :]
        at = match.start(1) + len(command) + 1
    return hint


def _letter(character: str) -> str:
    """A letter as it is typed, \\mathbf{W} of 𝐖."""
    found = unstyled(character)
    return character if found is None else Latex().variable(Name(character))


def _size(text: str) -> str:
    """What stands above ℝ for 2x3, or 3."""
    return "^{" + text.replace("x", " \\times ") + "}"


def _command(name: str) -> str:
    if name not in FUNCTIONS:
        return name
    word, index = FUNCTIONS[name].head
    if index:
        return f"\\{word}_{index}" if len(index) == 1 else f"\\{word}_{{{index}}}"
    return f"\\{name}" if name in COMMANDS else f"\\operatorname{{{name}}}"


def _closing(text: str, at: int) -> int:
    """Where the bracket that was opened before `at` is closed."""
    depth = 1
    while at < len(text):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            break
        at += 1
    return at

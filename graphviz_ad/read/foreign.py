"""What is no mathematics among equations, and would be read as some: a line of Python, a path of Windows, what a shell
made of a formula. Recognised, and said to be that."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.patterns import pattern

# Compiled when a text first has one of the words.
_WORDS = "import def class @ for while if with else try finally return print lambda".split()
_LINE = r"""(?mx)(?:^|;)[^\S\n]*(?P<line>
      import\s+\w[^\n]* | from\s+[\w.]+\s+import\b[^\n]*
    | (?:async\s+)?def\s+\w+\s*\( | class\s+\w+\s*[:(] | @\w[\w.]*[^\S\n]*(?:\(|$)
    | (?:for\s+\w+(?:\s*,\s*\w+)*\s+in|while|if|elif|with(?!\s+\w+(?:\s*,\s*\w+)*\s*:\s*\w))\b
        [^\n;]{0,300}:[^\S\n]*(?:$|\w) | (?:else|try|finally)\s*:
    | return[^\S\n]+[\w(-][^\n]* | print\s*\(
    )
    | \blambda\b[^\n:=;]{0,100}:(?!=|\s*(?:scalar|number|vector|matrix|\d)\b)
    | \bif\b[^\n;{}]{0,200}\belse\b
    """
_EATEN = {"\f": "\\f", "\b": "\\b", "\v": "\\v", "\a": "\\a"}  # what a command of LaTeX begins with
_LOST = {  # the rest of a command whose beginning became a blank or a line's end
    "\t": r"\t(?:heta|ext\w*|imes|an|anh|au|frac|ilde|o|op)\b", "\r": r"\r(?:ho|ight\w*)\b",
}  # fmt: skip
_NUMBERED = pattern(r"\s*(\d{2,8})(?:[^\d.].*=.*|(?=[^\d.\s]).*\\.*[^-+*/^(,\s])\1\s*", re.DOTALL)
_QUOTES = "in a shell put single quotes around a formula, in Python write r'…'"
_FOR_PYTHON = "for a function in a Python file: adgraph draw lesson.py:function"


def foreign(text: str) -> AdgraphError | None:
    """The error of what is no mathematics; None where there is none."""
    return python(text) or _path(text) or _eaten(text) or _process(text)


def python(text: str) -> AdgraphError | None:
    """The error of the first line of Python in a text."""
    if not any(word in text for word in _WORDS):
        return None
    match = re.search(_LINE, re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text))
    if match is None:
        return None
    place = Span(*match.span("line" if match["line"] else 0))
    conditional = match[0].startswith("if") and match["line"] is None
    hint = (
        "write {a if x > 0; b}, or a bracket that is 1 where it holds: [x > 0]" if conditional else _in_a_file(match[0])
    )
    return AdgraphError("this is Python, and equations are read here", place, hint)


def _in_a_file(line: str) -> str:
    if "lambda" in line:
        return "write f(x) = …; " + _FOR_PYTHON
    return ("write f(x) = …, or save it in a file; " if "def" in line else "") + _FOR_PYTHON


def _path(text: str) -> AdgraphError | None:
    """The error of C:\\Users\\me\\lesson.adg."""
    found = re.fullmatch(r"\s*[A-Za-z]:[\\/][^=^{}<>]*\.\w+\s*", text) if ":" in text[:8] else None
    if found is None:
        return None
    place = Span(*found.span())
    return AdgraphError(
        "this is a path of Windows, and no file is there", place, "is the name right? Equations: y = x^2"
    )


def _eaten(text: str) -> AdgraphError | None:
    """The error of a command whose backslash a shell or a string made something else of: \\frac with a form feed."""
    for character, command in _EATEN.items():
        at = text.find(character)
        if at >= 0:
            return AdgraphError(f"a command that begins with {command} has lost it", Span(at, at + 1), _QUOTES)
    for sign, letters in _LOST.items():
        found = re.search(letters, text) if sign in text else None
        if found is not None:
            message = f"a command that begins with {repr(sign)[1:-1]} has lost it"
            return AdgraphError(message, Span(*found.span()), _QUOTES)
    return None


def _process(text: str) -> AdgraphError | None:
    """The error of $$ y = x $$ in double quotes, which have the number of a process for each $$."""
    found = _NUMBERED.fullmatch(text)
    if found is None:
        return None
    hint = f"a shell makes a number of $$ in double quotes; {_QUOTES}"
    return AdgraphError(f"'{found[1]}' stands on both sides of a formula", Span(*found.span(1)), hint)

"""A line of Python among equations, which would be read as a product of words: recognised, and said to be one."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span

# Compiled when a text first has one of the words.
_WORDS = "import def class @ for while if with else try finally return print lambda".split()
_LINE = r"""(?mx)(?:^|;)[^\S\n]*(?P<line>
      import\s+\w[^\n]* | from\s+[\w.]+\s+import\b[^\n]*
    | (?:async\s+)?def\s+\w+\s*\( | class\s+\w+\s*[:(] | @\w[\w.]*[^\S\n]*(?:\(|$)
    | (?:for\s+\w+(?:\s*,\s*\w+)*\s+in|while|if|elif|with)\b[^\n;]{0,300}:[^\S\n]*(?:$|\w) | (?:else|try|finally)\s*:
    | return[^\S\n]+[\w(-][^\n]* | print\s*\(
    )
    | \blambda\b[^\n:=;]{0,100}:(?!=)
    | \bif\b[^\n;]{0,200}\belse\b
    """


def python(text: str) -> AdgraphError | None:
    """The error of the first line of Python in a text; None where there is none."""
    if not any(word in text for word in _WORDS):
        return None
    match = re.search(_LINE, re.sub(r"#[^\n]*", lambda comment: " " * len(comment[0]), text))
    if match is None:
        return None
    place = Span(*match.span("line" if match["line"] else 0))
    conditional = match[0].startswith("if") and match["line"] is None
    hint = (
        "write [x > 0]*a + [x <= 0]*b, where the brackets are 1 where they hold and else 0; or max, min, abs"
        if conditional
        else "for a function in a Python file: adgraph draw lesson.py:function"
    )
    return AdgraphError("this is Python, and equations are read here", place, hint)

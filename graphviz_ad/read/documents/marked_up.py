"""Formulas in Markdown and LaTeX: between all the delimiters that are in use, and in fences of code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from graphviz_ad.core.record import Record
from graphviz_ad.read.documents.formulas import LATEX, PYTHON, Excerpt, part

_DISPLAYED = (
    "equation|align|alignat|flalign|gather|multline|eqnarray|displaymath|math|dmath|aligned|gathered|split|subequations"
)
_COMMON = rf"""
    | (?P<dollars>(?<!\\)\$\$)
    | (?P<dollar>(?<!\\)\$)
    | (?P<environment>\\begin\{{(?:{_DISPLAYED})\*?\}})
"""
# Kramdown takes \\( and \\[ for what others write \( and \[; in LaTeX these are the end of a line.
_MARKDOWN = re.compile(
    rf"""(?P<fence>^[ >\t]*(?P<ticks>```+|~~~+)[ \t]*\{{?[ \t]*(?P<words>[^\n`]*)\n
        (?P<code>.*?)(?:^[ >\t]*(?P=ticks)[`~]*[ \t]*$|\Z))
    | (?P<skipped>(?<!`)(?P<tick>`+)(?!`)(?P<quoted>.{{1,2000}}?)(?<!`)(?P=tick)(?!`)
        |<!--.{{0,20000}}?-->|\A---\n.*?\n---[ \t]*$)
    | (?P<heading>^[ ]{{0,3}}\#{{1,6}}[ \t]
        |^[ >\t]*(?:[*_]{{2}}|!!!\s*|\d+\.\s*[*_]{{2}}|-\s*[*_]{{2}})(?:Example|Exercise|Problem|Question)\b
        |^[^\n]+\n(?:={{3,}}|-{{3,}})[ \t]*$)
    | (?P<round>\\\\\(|\\\()
    | (?P<square>\\\\\[|\\\[)
    {_COMMON}""",
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LATEX = re.compile(
    rf"""(?P<skipped>\\\\|\\%|\\verb\*?(?P<bar>[^\w\s*]).*?(?P=bar)|%[^\n]*
        |\\(?:wrong)?choice(?!\[correct)(?:\[[^\]]*\])?\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}
        |\\begin\{{(?P<verbatim>verbatim|lstlisting|minted|comment|tikzpicture|adgraph)\*?\}}.*?\\end\{{(?P=verbatim)\*?\}})
    | (?P<heading>\\(?:sub)*(?:section|paragraph|chapter|part|frame)\b|\\exercise\b|\\example\b
        |\\begin\{{(?:frame|\w*ex(?:ample|ercise)?\w*|problem\w*|question\w*|theorem|\w*box)\*?\}})
    | (?P<round>\\\()
    | (?P<square>\\\[)
    {_COMMON}""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CLOSING = {"dollars": r"(?<!\\)\$\$", "dollar": r"(?<![\\$])\$(?!\$)"}
_MAX_INLINE, _MAX_DISPLAYED = (
    2_000,
    20_000,
)  # characters, so that one that is never closed does not take all that follows
_MARKS = ("fence", "skipped", "heading", "dollars", "dollar", "environment", "round", "square")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}|\\tag\*?\{([^{}]*)\}")
_BEHIND = re.compile(r"\s*(?:\{#([\w:.-]+)[^{}\n]*\}|\(?\\?#([\w:.-]+)\)|:eqlabel:`([^`\n]+)`)")  # Quarto, d2l
_PYTHON = re.compile(r"\{?\.?(?:python3?|py|ipython|code-cell)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t>]*\n")


class Syntax(Record):
    """How a language marks formulas up."""

    pattern: re.Pattern[str]
    has_comments: bool = False


MARKDOWN = Syntax(_MARKDOWN)
TEX = Syntax(_LATEX, has_comments=True)


def formulas(
    text: str, syntax: Syntax, places: Sequence[tuple[int, int]] = ((0, 0),), section: int = 0, start: int = 0
) -> tuple[list[Excerpt], int]:
    """The formulas of a text, and the number of its last section."""
    found: list[Excerpt] = []
    at, ended = start, -1
    while match := syntax.pattern.search(text, at):
        at = match.end()
        kind = next(name for name in _MARKS if match.groupdict().get(name) is not None)
        if kind == "heading":
            section += 1
        if kind in ("skipped", "heading"):
            continue
        if kind == "fence":
            found += _code(match, places, section)
            continue
        inner = _inner(text, match, kind)
        if inner is None:
            continue
        begin, end, at = inner
        body = text[begin:end]
        if not body.strip():
            continue
        label = _label(body, text, at)
        if syntax.has_comments and "%" in body:
            body = re.sub(r"(\\%)|%[^\n]*", lambda m: m[1] or " " * len(m[0]), body)
        shown = kind not in ("dollar", "round") or (begin > 1 and text[begin - 2 : begin] == "$$")
        goes_on = ended >= 0 and not _words(text[ended : match.start()])
        found.append(Excerpt(body, part(places, begin, end), section, 0, label, shown, LATEX, goes_on))
        ended = at
    return found, section


def _inner(text: str, match: re.Match[str], kind: str) -> tuple[int, int, int] | None:
    """Where a formula begins and ends, and the place behind its delimiter; None where there is none."""
    opening = match[0]
    if kind == "environment":
        name = opening[opening.index("{") + 1 : -1]
        end = text.find(f"\\end{{{name}}}", match.end(), match.end() + _MAX_DISPLAYED)
        last = end + len(f"\\end{{{name}}}")
        return None if end < 0 else (match.start(), last, last)
    if kind in ("round", "square"):
        closing = opening[:-1] + (")" if kind == "round" else "]")
        end = text.find(closing, match.end(), match.end() + _MAX_DISPLAYED)
        return None if end < 0 else (match.end(), end, end + len(closing))
    most = _MAX_INLINE if kind == "dollar" else _MAX_DISPLAYED
    found = re.compile(_CLOSING[kind]).search(text, match.end(), match.end() + most)
    if found is None:
        return None
    body = text[match.end() : found.start()]
    if _PARAGRAPH.search(body) and kind == "dollar":
        return None
    is_money = kind == "dollar" and " " in body.strip() and body.lstrip()[:1].isdecimal()
    if is_money and (body[-1:].isspace() or not set(body.replace("\\$", "")) & set("\\=^")):
        return None
    return match.end(), found.start(), found.end()


def _label(body: str, text: str, end: int) -> str:
    """The label in a formula, or behind it."""
    inside = _LABEL.search(body)
    if inside is not None:
        return (inside[1] or inside[2] or "").strip()
    behind = _BEHIND.match(text, end)
    return next(filter(None, behind.groups()), "") if behind else ""


def _words(between: str) -> bool:
    """Whether there is more between two formulas than blanks, signs and markup."""
    bare = re.sub(r":\w+:`[^`]*`|\{#[^}]*\}|\\\w+|[\s\W\d_]+", " ", between)
    return bool(bare.strip())


def _code(match: re.Match[str], places: Sequence[tuple[int, int]], section: int) -> Iterator[Excerpt]:
    """A fence as a formula: of mathematics, or of Python."""
    words = match["words"].strip().lower()
    start, end = match.span("code")
    if not match["code"].strip():
        return
    if words.startswith("math"):
        yield Excerpt(match["code"], part(places, start, end), section, 0, "", True)
    elif _PYTHON.match(words):
        yield Excerpt(match["code"], part(places, start, end), section, 0, "", True, PYTHON)

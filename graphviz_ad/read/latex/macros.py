"""Macros of LaTeX: what a document, or a file of them, defines, and formulas with these written out. Every character of
what comes out knows its place in the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.record import Record

MAX_DEPTH = 20  # macros within macros
MAX_LENGTH = 200_000  # characters that are written out
_DEFINING = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommand|providecommand|DeclareRobustCommand)|(?P<operator>DeclareMathOperator)|(?P<def>[gex]?def)"
    r"|(?P<let>let))\*?(?![a-zA-Z])\s*"
)
DEFINING = ("newcommand", "providecommand", "DeclareRobustCommand", "DeclareMathOperator", "\\def", "\\let")
_NAME = re.compile(r"\\([a-zA-Z]+)|\\(.)")
_COUNT = re.compile(r"\s*\[(\d)\]")
_PARAMETERS = re.compile(r"\s*((?:#\d)*)\s*(?=\{)")
_LETTERS = re.compile(r"\\([a-zA-Z]+)\*?")


class Macro(Record):
    """A command of the writer's: how many arguments it takes, what the first is where it is left out, what it is."""

    body: str
    count: int = 0
    default: str | None = None


Macros = Mapping[str, Macro]


class Expanded(Record):
    """A text with its macros written out; the place in the source of each of its characters, none where nothing is."""

    text: str
    places: tuple[Span, ...] = ()

    def place(self, span: Span) -> Span:
        """The place in the source of a stretch of the text."""
        if not self.places:
            return span
        last = len(self.places) - 1
        first, end = self.places[min(span.start, last)], self.places[min(max(span.end - 1, span.start), last)]
        return Span(first.start, max(first.end, end.end))

    def graph(self, graph: Graph) -> Graph:
        """A graph of the text with places in the source."""
        if not self.places:
            return graph
        nodes = tuple(node if node.span is None else node.replace(span=self.place(node.span)) for node in graph.nodes)
        return Graph(nodes, graph.outputs, graph.functions)


def defined(text: str) -> tuple[dict[str, Macro], str]:
    """The macros that a text defines, and the text with blanks in their place."""
    macros: dict[str, Macro] = {}
    parts: list[str] = []
    at = 0
    while (match := _DEFINING.search(text, at)) is not None:
        parts.append(text[at : match.start()])
        name, macro, end = _definition(text, match)
        if name:
            macros[name] = macro
        parts.append(blanked(text[match.start() : end]))
        at = end
    return macros, "".join([*parts, text[at:]])


def _definition(text: str, match: re.Match[str]) -> tuple[str, Macro, int]:
    """A definition that begins here: its name, the macro, and where it ends."""
    place = Span(match.start(), match.end())
    grouped = text[match.end() : match.end() + 1] == "{"
    name = _NAME.match(text, match.end() + grouped)
    if name is None:
        hint = "write \\newcommand{\\name}{…}"
        raise AdgraphError(f"'{match[0].strip()}' defines nothing that is a command", place, hint)
    at = name.end()
    if grouped:
        at = text.find("}", at) + 1 or at
    word = name[1] or ""
    if match["let"]:
        other = re.compile(r"\s*=?\s*\\([a-zA-Z]+)").match(text, at)
        return (word, Macro(f"\\{other[1]} "), other.end()) if other else ("", Macro(""), at)
    count, default = 0, None
    if match["def"]:
        given = _PARAMETERS.match(text, at)
        if given is None:
            raise AdgraphError(f"the parameters of \\{word} are not read", place, "write \\newcommand{\\name}[1]{…}")
        count, at = given[1].count("#"), given.end()
    elif match["new"] and (number := _COUNT.match(text, at)) is not None:
        count, at = int(number[1]), number.end()
        if text[at : at + 1] == "[":
            end = text.find("]", at)
            default, at = text[at + 1 : end], end + 1
    at += len(text[at:]) - len(text[at:].lstrip())
    if text[at : at + 1] != "{":
        raise AdgraphError(f"the definition of \\{word} has no body", place, "write it in braces: {…}")
    end = closed(text, at, place)
    body = text[at + 1 : end - 1]
    return word, Macro(f"\\operatorname{{{body}}}" if match["operator"] else body, count, default), end


def closed(text: str, at: int, place: Span) -> int:
    """The place behind the brace that closes the one at a place."""
    depth = 0
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, at):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.end()
    raise AdgraphError("'{' is never closed", place, "add a '}'")


def expanded(text: str, macros: Macros) -> Expanded:
    """The text with its macros written out. Raises AdgraphError, with the place, where one needs itself."""
    if not macros or not any(f"\\{name}" in text for name in macros):
        return Expanded(text)
    made: list[str] = []
    places: list[Span] = []
    at = 0
    for start, end, body in _uses(text, macros, 0, Span(0, 0)):
        made.append(text[at:start])
        places += [Span(place, place + 1) for place in range(at, start)]
        made.append(body)
        places += [Span(start, end)] * len(body)
        if len(places) > MAX_LENGTH:
            raise AdgraphError(
                f"with its macros written out this has more than {MAX_LENGTH:,} characters", Span(start, end)
            )
        at = end
    made.append(text[at:])
    places += [Span(place, place + 1) for place in range(at, len(text))]
    return Expanded("".join(made), tuple(places))


def _uses(text: str, macros: Macros, depth: int, outer: Span) -> list[tuple[int, int, str]]:
    """Where macros are used in a text, and what each becomes; `outer` is the place of the text in the source, if it is
    the body of another."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while (match := _LETTERS.search(text, at)) is not None:
        at = match.end()
        macro = macros.get(match[1])
        if macro is None:
            continue
        place = outer if depth else Span(*match.span())
        if depth >= MAX_DEPTH:
            raise AdgraphError(f"the macro \\{match[1]} needs itself", place, "define it by other commands")
        args, at = _arguments(text, match.start() + 1 + len(match[1]), macro, place)
        body = _filled(macro.body, args)
        found.append((match.start(), at, _within(body, macros, depth + 1, place)))
        if sum(len(made) for *_, made in found) > MAX_LENGTH:
            raise AdgraphError(f"with its macros written out this has more than {MAX_LENGTH:,} characters", place)
    return found


def _filled(body: str, args: Sequence[str]) -> str:
    """The body of a macro with its arguments."""
    return re.sub(r"#(\d)", lambda number: args[int(number[1]) - 1] if 0 < int(number[1]) <= len(args) else "", body)


def _within(text: str, macros: Macros, depth: int, outer: Span) -> str:
    """The body of a macro with those in it written out."""
    made, at = "", 0
    for start, end, body in _uses(text, macros, depth, outer):
        made += text[at:start] + body
        at = end
    return made + text[at:]


def _arguments(text: str, at: int, macro: Macro, place: Span) -> tuple[Sequence[str], int]:
    """The arguments behind a macro, and the place behind them."""
    args: list[str] = []
    if macro.default is not None:
        behind = re.compile(r"\s*\[([^\]]*)\]").match(text, at)
        args.append(behind[1] if behind else macro.default)
        at = behind.end() if behind else at
    while len(args) < macro.count:
        at += len(text[at:]) - len(text[at:].lstrip())
        if at >= len(text):
            raise AdgraphError(f"a macro of {macro.count} arguments has {len(args)}", place, "write {…} for each")
        if text[at] == "{":
            end = closed(text, at, place)
            args.append(text[at + 1 : end - 1])
        else:
            match = re.compile(r"\\[a-zA-Z]+|\\.|.", re.DOTALL).match(text, at)
            end = match.end() if match else at + 1
            args.append(text[at:end])
        at = end
    return args, at


def blanked(text: str) -> str:
    """As many blanks as there are characters, in as many lines."""
    return re.sub(r"[^\n]", " ", text)

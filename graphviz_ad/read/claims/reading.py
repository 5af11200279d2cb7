"""Claims read: their sides as expressions over variables and derivatives, names that claims define written out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graphviz_ad.core.errors import AdgraphError, Span, did_you_mean
from graphviz_ad.core.functions import UserFunction
from graphviz_ad.core.graph import INPUT, Builder, Graph, Node
from graphviz_ad.core.names import UNNAMED, Name, Parts
from graphviz_ad.core.ops import CONSTANTS, FUNCTIONS
from graphviz_ad.core.record import Record
from graphviz_ad.core.request import Request
from graphviz_ad.read import recognised
from graphviz_ad.read.claims.derivatives import DerivativeReader
from graphviz_ad.read.claims.gradients import without_gradients
from graphviz_ad.read.sources import SourceText
from graphviz_ad.read.table import expression
from graphviz_ad.read.text import cutting as text
from graphviz_ad.read.text.callables import Callables
from graphviz_ad.read.text.nesting import split
from graphviz_ad.read.text.parser import Parser
from graphviz_ad.read.text.tokens import Token

ORIGIN = "--claim"
EXAMPLE = "write dz/dx = …"
_NUMBER = re.compile(r"^[ \t]*\d+[.)](?=\s)", re.MULTILINE)
_DOCUMENTS = (".tex", ".md")  # of words with formulas among them
MAX_LISTED = 12
_FUNCTION_LETTERS = frozenset("fgh")
MAX_OPERATIONS = 20_000  # of a side whose defined names are written out


class Side(Record):
    """A side of a claim: as it is `written`, and with the names that claims defined written out. The inputs of both
    are variables of the system and, by a DerivativeName, its derivatives."""

    written: Graph
    graph: Graph
    span: Span

    @property
    def leaf(self) -> Name | None:
        """The variable or the derivative that it is, where it is nothing else."""
        node = self.graph.nodes[self.graph.outputs[0]]
        return node.name if node.op == INPUT else None


class Claim(Record):
    """What is said to be equal: `left` and each of the `sides`. `text` is how it was written; `defines` is the name
    that it gives its first side, where it gives one."""

    text: str
    left: Side
    sides: tuple[Side, ...]
    source: SourceText
    defines: Name | None = None


class Unread(Record):
    """A claim that could not be read, and why."""

    text: str
    error: AdgraphError


class ClaimReader:
    """Reads claims on one system in turn: what one defines, those behind it may use."""

    def __init__(self, system: Graph, wrt: Sequence[Name], functions: Sequence[str] = ()) -> None:
        names = [node.name for node in system.nodes if node.name is not None]
        self.names = names
        self.known: dict[Parts, Name] = {name.loose_key: name for name in reversed(names)}
        self.known |= {name.key: name for name in reversed(names)}
        self.only = wrt[0] if len(wrt) == 1 else None
        self.defined: dict[Parts, Side] = {}
        self.notes: list[str] = []
        self.unused: dict[Parts, Claim] = {}  # what only gives a name, which nothing has used
        used = {node.op.name: node.op.arity for node in system.nodes if isinstance(node.op, UserFunction)}
        self.callables = Callables([], Request(functions=tuple(dict.fromkeys((*used, *functions)))), [], opens=False)
        self.callables.rule = expression
        for name, arity in used.items():
            self.callables.applied(UserFunction(name, 0), arity, Span(0, 0))

    def read(self, source: SourceText) -> list[Claim | Unread]:
        """The claims of a source, each that cannot be read with its error; a file of text and LaTeX is read line by
        line. Numbers before lines are left out."""
        if source.origin:
            source = source.replace(text=_NUMBER.sub(lambda number: " " * len(number[0]), source.text))
        is_list = source.origin and not source.origin.lower().endswith(_DOCUMENTS)
        by_lines = source.language == "latex" and is_list
        found = self._by_lines(source) if by_lines else self._all(source)
        if not found:
            found = [Unread(source.text.strip(), AdgraphError("there is no claim here", hint=EXAMPLE))]
        for one in found:
            if isinstance(one, Unread):
                located(one.error, source)
        return found

    def _all(self, source: SourceText) -> list[Claim | Unread]:
        try:
            source = source.replace(text=without_gradients(source.text, self.only))
            return [self._read(tokens, source) for tokens in self._statements(source)]
        except AdgraphError as error:
            return [Unread(" ".join(source.text.split()), error)]

    def _read(self, tokens: list[Token], source: SourceText) -> Claim | Unread:
        try:
            return self._claim(tokens, source)
        except AdgraphError as error:
            return Unread(_said(tokens, source), error)

    def _by_lines(self, source: SourceText) -> list[Claim | Unread]:
        """The claims of a file, each line as the language that it is in; one that begins with # is a remark."""
        found: list[Claim | Unread] = []
        place = 0
        for line in source.text.splitlines(keepends=True):
            if line.strip() and line.lstrip()[0] not in "#%":
                here = SourceText(line, recognised(line), source.origin)
                for one in self._all(here):
                    if isinstance(one, Unread):
                        span = one.error.span or Span(0, len(line.rstrip()))
                        one.error.span = Span(place + span.start, place + span.end)
                    found.append(one)
            place += len(line)
        return found

    def unused_notes(self) -> list[str]:
        """Names that nothing uses: dw = … may have been meant as a derivative."""
        return [f"'{claim.defines}' is a name of your own, which nothing uses; a derivative is written dz/dx = …"
                for claim in self.unused.values()]  # fmt: skip

    def _statements(self, source: SourceText) -> list[list[Token]]:
        if source.language == "python":
            raise AdgraphError(f"'{source.text}' is Python, and a claim is text or LaTeX", hint=EXAMPLE)
        if source.language != "latex":
            return list(text.statements(source.text, notes=self.notes))
        from graphviz_ad.read.latex.claims import statements

        found, notes = statements(source.text)
        self.notes += notes
        return found

    # ---- one claim

    def _claim(self, tokens: list[Token], source: SourceText) -> Claim:
        end = tokens[-1].span.end
        said = _said(tokens, source)
        parts = sides_of(tokens, EXAMPLE)
        if len(parts) == 1:
            last = Span(end - 1, end)
            raise AdgraphError("a claim says what something is, and here is no =", last, EXAMPLE)
        name = self._new_name(parts[0])
        sides = [self.side(part) for part in parts[1 if name else 0 :]]
        if name is not None:
            self.defined[name.key] = sides[0]
        claim = Claim(said, sides[0], tuple(sides[1:]), source, name)
        if name is not None and not claim.sides:
            self.unused[name.key] = claim
        return claim

    def _new_name(self, tokens: Sequence[Token]) -> Name | None:
        """The name that a claim defines: one that neither the system has nor a claim before defined."""
        if len(tokens) != 1 or tokens[0].kind != "name":
            return None
        (token,) = tokens
        name = Name(token.text)
        if self._variable(name) is not None or self._derivatives().named(tokens) != [token]:  # y' is a derivative
            return None
        if token.text in FUNCTIONS:
            raise AdgraphError(f"'{token.text}' is a function and cannot be a name too", token.span, "choose another")
        return name

    def _derivatives(self) -> DerivativeReader:
        return DerivativeReader(self.known, self._no_variable, self.only)

    def side(self, tokens: Sequence[Token]) -> Side:
        """A side of a claim. Raises AdgraphError, with the place, for a name that is none."""
        reader = self._derivatives()
        named = self._multiplied(reader.named(tokens))
        statement = Parser(named, self.callables, self.notes).equation()
        inputs = [node for node in statement.nodes if node.op == INPUT]
        leaves = {node.name or UNNAMED: reader.found.get(node.name or "") or self._leaf(node) for node in inputs}
        written = _linked(statement.nodes, statement.root, leaves, lambda name: None)
        graph = _linked(statement.nodes, statement.root, leaves, self._definition)
        return Side(written, graph, Span(tokens[0].span.start, tokens[-1].span.end))

    def _multiplied(self, tokens: Sequence[Token]) -> list[Token]:
        """The tokens with a sign between a variable and a bracket, h(1 - h); but f(x), of a variable with the name of a
        function, is that variable."""
        made: list[Token] = []
        at = 0
        while at < len(tokens):
            token, before = tokens[at], made[-1] if made else None
            at += 1
            if before is not None and token.kind == "open" and token.text == "(" and self._is_plain(before):
                inside, closing = (*tokens[at : at + 2], before, before)[:2]
                if before.text[0] in _FUNCTION_LETTERS and closing.kind == "close" and self._is_plain(inside):
                    at += 2
                    continue
                made.append(Token("operator", "*", Span(before.span.end, before.span.end), True))
            made.append(token)
        return made

    def _is_plain(self, token: Token) -> bool:
        """Whether a token is a variable and nothing else."""
        is_function = token.text in FUNCTIONS or self.callables.find(token) is not None
        return token.kind == "name" and not is_function and self._variable(Name(token.text)) is not None

    # ---- names

    def _variable(self, name: Name) -> Name | None:
        if name.key in self.defined:
            return name
        return self.known.get(name.key) or self.known.get(name.loose_key)

    def _leaf(self, node: Node) -> Name | str:
        """What a name on a side is: a variable, a name that is defined, or a constant, as the name of its operation."""
        name = node.name or UNNAMED
        if (found := self._variable(name)) is not None:
            return found
        if name in CONSTANTS:
            return CONSTANTS[name].name
        raise self._unknown(name, node.span or Span(0, 0))

    def _definition(self, name: Name) -> Graph | None:
        self.unused.pop(name.key, None)
        return self.defined[name.key].graph if name.key in self.defined else None

    def _no_variable(self, name: str, span: Span) -> AdgraphError:
        """The error of a derivative of or by what is none."""
        hint = did_you_mean(name, [*self.names]) or f"there are {', '.join(self.names[:MAX_LISTED])}"
        return AdgraphError(f"there is no variable '{name}'", span, hint)

    def _unknown(self, name: str, span: Span) -> AdgraphError:
        """The error of a name that is neither a variable nor defined."""
        letters = [self.known.get(Name(letter).key) for letter in name]
        if len(name) > 1 and all(letters):
            hint = f"write {'*'.join(name)} for a product"
        else:
            listed = ", ".join(self.names[:MAX_LISTED])
            hint = did_you_mean(name, [*self.names]) or f"there are {listed}; a name of your own: {name} = …"
        return AdgraphError(f"there is no variable '{name}'", span, hint)


def located(error: AdgraphError, source: SourceText) -> AdgraphError:
    """The error with the source that it is of."""
    error.source, error.origin = error.source or source.text, error.origin or source.origin or ORIGIN
    return error


def _said(tokens: Sequence[Token], source: SourceText) -> str:
    """The text of a claim on one line."""
    return " ".join(source.text[tokens[0].span.start : tokens[-1].span.end].split())


def sides_of(tokens: Sequence[Token], example: str) -> list[list[Token]]:
    """The sides of a claim, divided at the equals signs that are in no bracket: [x = 1] is a number."""
    parts = split(tokens, lambda token: token.text in ("=", "=="))
    sign = -1
    for side in parts[:-1]:
        sign += len(side) + 1
        if not side:
            raise AdgraphError("an expression is missing before =", tokens[sign].span, example)
    if not parts[-1]:
        raise AdgraphError("an expression is missing after =", tokens[-1].span, "write what it is")
    return parts


def _linked(
    nodes: Sequence[Node], root: int, leaves: dict[Name, Name | str], definition: Callable[[Name], Graph | None]
) -> Graph:
    """The graph of a side, its names resolved and what is defined written out."""
    builder = Builder()

    def leaf(node: Node) -> int:
        found = leaves[node.name or UNNAMED]
        if not isinstance(found, Name):
            return builder.add(found)
        inside = definition(found)
        if inside is None:
            return builder.input(found)
        made = builder.inline(inside.nodes, lambda one: builder.input(one.name or UNNAMED))
        if len(builder.nodes) > MAX_OPERATIONS:
            message = f"written out, this has more than {MAX_OPERATIONS:,} operations"
            raise AdgraphError(message, node.span, "write it with fewer names")
        return made[inside.outputs[0]]

    made = builder.inline(nodes, leaf)
    return builder.build((made[root],))

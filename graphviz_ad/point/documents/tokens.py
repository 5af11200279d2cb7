"""The tokens of the sides of statements: what stands in them, and what else they may mean."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.graph import Graph
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.derive.graph_view import ancestors
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.derivatives import Rewriter
from graphviz_ad.read.documents.formulas import PYTHON
from graphviz_ad.read.documents.naming import Taken
from graphviz_ad.read.documents.open_sums import closed
from graphviz_ad.read.documents.reading import readable
from graphviz_ad.read.documents.sayings import Said
from graphviz_ad.read.documents.statements import SideText as Text
from graphviz_ad.read.latex.claims import side_tokens
from graphviz_ad.read.text.cutting import statements
from graphviz_ad.read.text.given_bars import without_bars
from graphviz_ad.read.text.nesting import closing
from graphviz_ad.read.text.tokens import Token

_BAR = re.compile(
    r"(?:\\(?:left|right|[bB]igg?[lrm]?)\s*)?(?:\||\\[lr]?vert)\s*_\s*(?:\{(?P<group>[^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|(?P<one>\w))\s*$"
)


_KRONECKER = re.compile(r"δ_\{?(\d),?(\d)\}?")
_LEFT = re.compile(r"^\s*\\left\s*\.")


_LOSSES = ("L", "J", "C", "loss", "ℓ", "𝓛", "ℒ", "E", "Loss", "cost", "f", "out", "o", "y", "z")


def tokens_of(one: Said, side: Text, bounds: Collection[str] | None = None) -> list[Token]:
    """The tokens of a side, with a few terms in its open sums if the `bounds` are given. Raises AdgraphError where it
    cannot be read."""
    if kinds.NEVER_NUMBERS.search(side.text):
        raise AdgraphError(f"{kinds.one_of(kinds.kind_of(side.text))} in it, which is not read")
    if one.formula.language == PYTHON:
        found = list(statements(side.text, notes=[]))
        return found[0] if len(found) == 1 else []
    tokens = side_tokens(readable(side.text if bounds is None else closed(side.text, bounds)))
    if not tokens:
        raise AdgraphError("this is not one expression")
    return without_bars(tokens)


def kronecker(token: Token) -> Token:
    """δ_{22}, with numbers for its indices, is 1, and δ_{21} is 0."""
    match = _KRONECKER.fullmatch(token.text) if token.kind == "name" else None
    return token if match is None else token.replace(kind="number", text=str(int(match[1] == match[2])))


def without_bar(side: Text) -> tuple[Text, dict[str, str]]:
    """A side without the bar behind it, and what its variables are there."""
    match = _BAR.search(side.text)
    if match is None:
        return side, {}
    inside = match["group"] if match["group"] is not None else match["one"]
    put: dict[str, str] = {}
    for part in re.split(r",(?![^(]*\))", inside.strip("() ")):
        name, sign, value = part.partition("=")
        tokens = side_tokens(name) if sign else []
        put[tokens[0].text if len(tokens) == 1 else ""] = (value if sign else name).strip()
    bare = side.text[: match.start()]
    return side.replace(text=_LEFT.sub(lambda m: " " * len(m[0]), bare)), put


def keys_of(text: str) -> Iterator[Parts]:
    """The names that a token may be about: its own, y of y', f and x of dfdx, f of f_x."""
    bare = text.rstrip("'′")
    key = Name(bare).key
    yield key
    if key.subscript:
        yield key.replace(subscript="")
    if key.accents and key.accents[-1] == "dot":
        yield key.replace(accents=key.accents[: -2 if key.accents[-2:] == ("dot", "dot") else -1])
    if bare[:1] == "d" and len(bare) > 1:
        yield Name(bare[1:].lstrip("_")).key
        for at in range(2, len(bare)):
            if bare[at] == "d":
                yield Name(bare[1:at].strip("_")).key
                yield Name(bare[at + 1 :].lstrip("_")).key


def is_gradient(one: Said, side: Text) -> bool:
    """Whether a statement is of a gradient dw, of which it is not said what is differentiated."""
    return one.formula.language == PYTHON or re.match(r"\s*d\s*\\?[a-zA-Z]", side.text) is not None


def adjoint_of(tokens: Sequence[Token], known: Mapping[Parts, Name], code: bool) -> tuple[Name | None, Name] | None:
    """The variable that dw is the gradient of, or the two of dfdw; None for another name."""
    if len(tokens) == 2 and tokens[0].text == "d" and tokens[1].kind == "name" and not code:
        wrt = known.get(Name(tokens[1].text).key)
        return None if wrt is None else (None, wrt)
    if len(tokens) != 1 or tokens[0].kind != "name":
        return None
    text = tokens[0].text
    if Name(text).key in known or text in FUNCTIONS:
        return None
    bare = text[1:].lstrip("_") if text.startswith("d") else ""
    if text.startswith("grad_") or text.endswith("_grad"):
        bare = text.removeprefix("grad_").removesuffix("_grad")
    if not bare:
        return None
    if (wrt := known.get(Name(bare).key)) is not None:
        return None, wrt
    for at in range(1, len(bare)):
        if bare[at] == "d":
            of, wrt = known.get(Name(bare[:at].strip("_")).key), known.get(Name(bare[at + 1 :].lstrip("_")).key)
            if of is not None and wrt is not None:
                return of, wrt
    return None


def result_of(graph: Graph, wrt: Name, is_typeset: bool = False) -> Name | None:
    """The result that a gradient is of where it is not said: what is read by nothing and depends on the variable."""
    found = [graph.name(index) for index in graph.outputs if wrt in ancestors(graph, (graph.name(index),)).places]
    if is_typeset:  # there dx may be a step: it is a gradient where there is a loss that reads it through others
        found = [name for name in found if str(name) in _LOSSES[:7] and not _is_alone(graph, name)]
    losses = [name for name in found if str(name) in _LOSSES and name != wrt]
    return next(iter((*losses, *[name for name in reversed(found) if name != wrt])), None)


def _is_alone(graph: Graph, name: Name) -> bool:
    """Whether a variable has one input alone, as functions of calculus have."""
    return len(list(ancestors(graph, (name,)).inputs())) < 2


def rounding(sides: Mapping[int, Sequence[Token]], index: int) -> tuple[int | None, float]:
    """To how many places the numbers of a side, and of those before it, are printed, None where they are exact; and how
    far its own may be off, as a part of what they are."""
    places, off = [], 0.0
    for number, tokens in sides.items():
        for token in tokens:
            if number <= index and token.kind == "number" and "." in token.text:
                decimals = len(token.text.partition(".")[2])
                places.append(decimals)
                if number == index and float(token.text):
                    off += 0.6 * 10.0**-decimals / float(token.text)
    own = any(token.kind == "number" and "." in token.text for token in sides[index])
    return (min(places) if own else None), off


def has_others_in(body: Sequence[Token], rewriter: Rewriter) -> bool:
    """Whether an expression that is differentiated has more variables than that by which it is."""
    wrts = {wrt.key for one in rewriter.derivatives.values() for wrt in one.wrts}
    names = [token.text for token in body if token.kind == "name" and token.text not in FUNCTIONS]
    return any(Name(name).key not in wrts and name not in ("e", "π", "pi") for name in names)


def in_short(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with brackets around what a function without them is of: the next factor, cos t in cos t e^t."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        made.append(token)
        at += 1
        if token.kind != "name" or token.text not in FUNCTIONS:
            continue
        while at < len(tokens) and (tokens[at].text == "^" or tokens[at].kind == "super"):
            size = 1 if tokens[at].kind == "super" else 1 + size_of(tokens, at + 1)
            made += tokens[at : at + size]
            at += size
        if at < len(tokens) and tokens[at].kind in ("number", "name") and tokens[at].text not in FUNCTIONS:
            end = at + 1
            if tokens[at].kind == "number" and end < len(tokens) and tokens[end].kind == "name":
                end += 1
            made += [
                Token("open", "(", tokens[at].span, True),
                *tokens[at:end],
                Token("close", ")", tokens[end - 1].span, True),
            ]
            at = end
    return made


def size_of(tokens: Sequence[Token], at: int) -> int:
    """How many tokens one operand takes."""
    return min(closing(tokens, at) + 1, len(tokens)) - at


def is_computed(graph: Graph, taken: Taken) -> bool:
    """Whether a derivative is by a variable that is computed itself."""
    return any(graph.nodes[graph.places[name]].args for name, _ in taken.args if name in graph.places)

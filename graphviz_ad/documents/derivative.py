"""A derivative in a line of a document: dz/dx of a system that stands there, and what it comes to, in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Equation, Formula, Variable
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.request import Request
from graphviz_ad.derive.differentiate import requested
from graphviz_ad.derive.graph_view import find
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.write import write
from graphviz_ad.options.asked import from_text
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText

BothSides = tuple[Formula, Formula]
_FIRST = re.compile(r"\s*(d|∂|\\partial)\s*([^/]+?)\s*/\s*(?:d|∂|\\partial)\s*([^/]+?)\s*")


def derivative(source: SourceText, options: Iterable[tuple[str, str]], words: str) -> str:
    """The derivative that the words name, dz/dx, ∂z/∂y by a variable, d^2z/dx^2, and what it is, as an equation in
    LaTeX. Raises AdgraphError for one that there is not."""
    request = from_text("draw", [item for item in options if item[0] != "answers"], (source.text,))
    return write(Equation(_first(source, request, words) or _higher(source, request, words)), Latex())


def _first(source: SourceText, request: Request, words: str) -> BothSides | None:
    """A first derivative, by an input or a variable, with the symbol that it is asked for with; None where the words
    name none."""
    found = _FIRST.fullmatch(words)
    if found is None or re.match(r"\^|[²³]", found[2]):
        return None
    asked = request.replace(of=(found[2],), wrt=(found[3],), symbol="d" if found[1] == "d" else "partial")
    system, _ = read(source, asked)
    wrt = system.whole.name(find(system.whole, found[3]))
    chain = next((chain for chain in system.chains(False) if chain.wrt == wrt), None)
    if chain is None:
        raise AdgraphError(f"{found[2]} does not depend on {found[3]}", hint="the derivative is 0")
    return chain.lines[-1].total, chain.result


def _higher(source: SourceText, request: Request, words: str) -> BothSides:
    name = requested(words, read(source, request)[0].whole)
    if name is None:
        raise AdgraphError(f"'{words}' is not a derivative", hint="write dz/dx, ∂z/∂x or d^2z/dx^2")
    system, _ = read(source, request.replace(of=(name.of,), wrt=tuple(dict.fromkeys(name.wrts))))
    made = {_order_free((*_by(chain.of), chain.wrt)): chain.result for chain in system.higher(len(name.wrts))}
    return Variable(name), made[_order_free(name.wrts)]


def _by(name: Name) -> tuple[Name, ...]:
    return name.wrts if isinstance(name, DerivativeName) else ()


def _order_free(wrts: Sequence[Name]) -> tuple[Name, ...]:
    """Derivatives may be taken in any order."""
    return tuple(sorted(wrts))

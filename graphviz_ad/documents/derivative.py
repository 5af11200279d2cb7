"""A derivative in a line of a document: dz/dx of a system that stands there, and what it comes to, in LaTeX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.formula import Equation, Formula, Variable
from graphviz_ad.core.names import DerivativeName, Name
from graphviz_ad.core.request import Request
from graphviz_ad.derive.differentiate import requested
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.write import write
from graphviz_ad.options.asked import from_text
from graphviz_ad.pipeline import read
from graphviz_ad.read.sources import SourceText


def derivative(source: SourceText, options: Iterable[tuple[str, str]], words: str) -> str:
    """The derivative that the words name, dz/dx, ∂z/∂y by a variable, d^2z/dx^2, and what it is, as an equation in
    LaTeX. Raises AdgraphError for one that there is not."""
    request = from_text("draw", [item for item in options if item[0] != "answers"], (source.text,))
    name = requested(words, read(source, request)[0].whole, by_computed=True)
    if name is None:
        raise AdgraphError(f"'{words}' is not a derivative", hint="write dz/dx, ∂z/∂x or d^2z/dx^2")
    asked = request.replace(of=(name.of,), wrt=tuple(dict.fromkeys(name.wrts)))
    sides = _first(source, asked, name) if len(name.wrts) == 1 else _higher(source, asked, name)
    return write(Equation(sides), Latex())


def _first(source: SourceText, request: Request, name: DerivativeName) -> tuple[Formula, Formula]:
    """A first derivative, by an input or a variable, with the symbol that it is asked for with."""
    system, _ = read(source, request.replace(symbol="d" if name.symbol == "d" else "partial"))
    (wrt,) = name.wrts
    chain = next((chain for chain in system.chains(False) if chain.wrt == wrt), None)
    if chain is None:
        raise AdgraphError(f"{name.of} does not depend on {wrt}", hint="the derivative is 0")
    return chain.lines[-1].total, chain.result


def _higher(source: SourceText, request: Request, name: DerivativeName) -> tuple[Formula, Formula]:
    system, _ = read(source, request)
    made = {_order_free((*_by(chain.of), chain.wrt)): chain.result for chain in system.higher(len(name.wrts))}
    return Variable(name), made[_order_free(name.wrts)]


def _by(name: Name) -> tuple[Name, ...]:
    return name.wrts if isinstance(name, DerivativeName) else ()


def _order_free(wrts: Sequence[Name]) -> tuple[Name, ...]:
    """Derivatives may be taken in any order."""
    return tuple(sorted(wrts))

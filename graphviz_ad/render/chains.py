"""Chains as text for a document: what `adgraph derive --format` writes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from graphviz_ad.notation.formula import Equation, sign_before
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.typst import Typst
from graphviz_ad.notation.write import write
from graphviz_ad.transform.diagram import Chain


def latex(chains: Sequence[Chain]) -> str:
    """One align* environment, the equals signs in a column; remarks as comments. Needs amsmath."""
    rows = []
    for equation in _equations(chains):
        rows.append(aligned(equation))
    notes = "".join(f"% {chain.of}, {chain.wrt}: {note}\n" for chain in chains for note in chain.notes)
    body = " \\\\\n".join(f"  {row}" for row in rows)
    return f"{notes}\\begin{{align*}}\n{body}\n\\end{{align*}}\n"


def aligned(equation: Equation) -> str:
    """A line of an align environment, its first equals sign in the column."""
    notation = Latex()
    first, *rest = equation.sides
    if not rest:
        return write(first, notation)
    left = notation.equation(write(first, notation), f"&{sign_before(rest[0])}", write(rest[0], notation))
    for side in rest[1:]:
        left = notation.equation(left, sign_before(side), write(side, notation))
    return left


def markdown(chains: Sequence[Chain]) -> str:
    """A display formula for each equation, remarks in italics."""
    parts = []
    for chain in chains:
        parts += [f"$$\n{write(equation, Latex())}\n$$\n" for equation in chain.equations]
        parts += [f"*{note}*\n" for note in chain.notes]
    return "\n".join(parts)


def typst(chains: Sequence[Chain]) -> str:
    """A display formula for each equation, remarks as comments."""
    parts = [f"// {chain.of}, {chain.wrt}: {note}\n" for chain in chains for note in chain.notes]
    return "".join([*parts, *(f"$ {write(equation, Typst())} $\n" for equation in _equations(chains))])


def _equations(chains: Sequence[Chain]) -> list[Equation]:
    return [equation for chain in chains for equation in chain.equations]


CHAIN_FORMATS: dict[str, Callable[[Sequence[Chain]], str]] = {"latex": latex, "markdown": markdown, "typst": typst}

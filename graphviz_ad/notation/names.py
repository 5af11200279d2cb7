"""The parts of a variable's name: base, accents, subscript, superscript, primes."""

import re
from functools import lru_cache
from typing import NamedTuple

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}

_SHAPE = re.compile(
    r"(?P<base>[^\W\d_]+)(?P<marks>[\u0302\u0303\u0304\u0307\u20d7]*)(?P<digits>\d*)"
    r"(?:_(?:\{(?P<braced>[^{}]*)\}|(?P<plain>\w+)))?(?:\^\{(?P<sup>[^{}]*)\})?(?P<primes>['′]*)"
)


class Name(NamedTuple):
    """A name as it is set: `w_1` has the base w and the subscript 1; accents are listed from the inside out."""

    base: str
    subscript: str = ""
    superscript: str = ""
    accents: tuple[str, ...] = ()
    primes: int = 0


@lru_cache(maxsize=4096)
def parse_name(text: str) -> Name:
    """The parts of a name. Digits at its end are a subscript (`w1`), spelled Greek is Greek (`theta`), `y_hat` is ŷ.

    Text that has no such shape is its own base, verbatim.
    """
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Name(text)
    marks = {mark: accent for accent, mark in ACCENTS.items()}
    accents = [marks[mark] for mark in match["marks"]]
    subscripts = [match["digits"]] if match["digits"] else []
    if match["braced"] is not None:
        subscripts.append(match["braced"])
    for part in (match["plain"] or "").split("_"):
        if part in ACCENTS and not subscripts:
            accents.append(part)
        elif part:
            subscripts.append(GREEK.get(part, part))
    base = GREEK.get(match["base"], match["base"])
    return Name(base, ",".join(subscripts), match["sup"] or "", tuple(accents), len(match["primes"]))


def is_letter(text: str) -> bool:
    """Whether a part of a name is one letter, and so set in italics; words and digits are upright."""
    return len(text) == 1 and text.isalpha()

"""The parts of a variable's name: base, accents, subscript, superscript, primes."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from graphviz_ad.core.record import Record

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
VARIANTS = {"ε": "ϵ", "φ": "ϕ"}  # TeX's \epsilon and \phi are not the letters that Greek text has
LATEX_LETTERS = GREEK | {
    "varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ", "varrho": "ϱ", "varpi": "ϖ",
    "varsigma": "ς", "varkappa": "ϰ", "ell": "ℓ", "hbar": "ℏ",
}  # fmt: skip
STYLES = {
    "mathbf": "BOLD", "boldsymbol": "BOLD ITALIC", "mathcal": "SCRIPT", "mathbb": "DOUBLE-STRUCK",
    "mathfrak": "FRAKTUR", "mathsf": "SANS-SERIF", "mathtt": "MONOSPACE",
}  # fmt: skip
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}

_SHAPE = re.compile(
    r"(?P<base>[^\W\d_]+)(?P<marks>[\u0302\u0303\u0304\u0307\u20d7]*)(?P<digits>\d*)"
    r"(?:_(?:\{(?P<braced>[^{}]*)\}|(?P<plain>\w+)))?(?:\^\{(?P<sup>[^{}]*)\})?(?P<primes>['′]*)"
)


class Name(Record):
    """A name as it is set: `w_1` has the base w and the subscript 1; accents are listed from the inside out."""

    base: str
    subscript: str = ""
    superscript: str = ""
    accents: tuple[str, ...] = ()
    primes: int = 0


class DerivativeName(Record):
    """The name of a variable that is a derivative: of which variable, and by which, the last taken first."""

    symbol: str
    of: str
    wrts: tuple[str, ...]

    def __str__(self) -> str:
        runs = [(wrt, len(list(run))) for wrt, run in groupby(self.wrts)]
        below = "/".join(_spaced(self.symbol, wrt) + _raised(times) for wrt, times in runs)
        return f"{_spaced(self.symbol + _raised(len(self.wrts)), self.of)}/{below}"


def _raised(times: int) -> str:
    return f"^{times}" if times > 1 else ""


def _spaced(symbol: str, name: str) -> str:
    """A d and a name, apart where they would look like one word."""
    return f"{symbol} {name}" if len(name) > 1 and name[1].isalpha() else f"{symbol}{name}"


@lru_cache(maxsize=4096)
def derivative_name(text: str) -> DerivativeName | None:
    """A name such as dz/dx, d^2z/dx^2 or ∂^2z/∂x/∂y taken apart; None for the name of anything else."""
    if "/" not in text or text[0] not in "d∂":
        return None
    symbol = text[0]
    above, *below = text.split("/")
    runs = [part.removeprefix(symbol).strip().rpartition("^") for part in below]
    wrts = [name for head, _, last in runs for name in ([head] * int(last) if head and last.isdecimal() else [last])]
    of = above.removeprefix(symbol + _raised(len(wrts))).strip()
    made = DerivativeName(symbol, of, tuple(wrts))
    # Braces around a stroke are those of a name, w_{a/b}.
    return made if of and all(wrts) and of.count("{") == of.count("}") and str(made) == text else None


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


def is_name(text: str) -> bool:
    """Whether a text can be typed as the name of a variable."""
    return text.isidentifier() or (text.isprintable() and _SHAPE.fullmatch(text) is not None)


def name_key(text: str) -> Name:
    """What two spellings of one name have in common: `w1` and `w_1`, `alpha` and `α`, `w_ij` and `w_{i j}`."""
    name = parse_name(text)
    return name.replace(subscript=name.subscript.replace(" ", "")) if " " in name.subscript else name


def loose_key(text: str) -> Name:
    """The same where the two forms of a Greek letter, φ and ϕ, are one."""
    name = name_key(text)
    return name.replace(base=VARIANTS[name.base]) if name.base in VARIANTS else name


# Compiled when a script is first set; most systems have none that needs it.
_PARTS = r"[^\W\d_]+[\u0302\u0303\u0304\u0307\u20d7]*|\d+|[^\w\s]"
_MATHS = r"(?:[^\W_]|[-+*,()\[\] \u0302\u0303\u0304\u0307\u20d7])*"


def script_parts(text: str) -> list[str]:
    """What a sub- or superscript consists of: words, letters, numbers and signs. Letters that stand apart (`i j`) are
    set as letters, those that stand together (`in`) as a word. Text that is not mathematics is one part, verbatim."""
    if text.isalnum() and (len(text) == 1 or text.isdecimal()):
        return [text]
    return (re.findall(_PARTS, text) if re.fullmatch(_MATHS, text) else []) or [text]


def is_letter(text: str) -> bool:
    """Whether a part of a name is one letter, and so set in italics; words and digits are upright."""
    return len(text) == 1 and text.isalpha()


def styled(letter: str, style: str) -> str | None:
    """A letter in one of the STYLES as a character of its own, 𝐰 for w in bold; None where Unicode has none."""
    name = unicodedata.name(letter, "").replace("LATIN ", "").replace("GREEK ", "").replace("LETTER ", "")
    for prefix in (f"MATHEMATICAL {STYLES[style]}", STYLES[style], "BLACK-LETTER" if style == "mathfrak" else "?"):
        try:
            return unicodedata.lookup(f"{prefix} {name}")
        except KeyError:
            continue
    return None


@lru_cache(maxsize=256)
def unstyled(letter: str) -> tuple[str, str] | None:
    """The style and the plain letter of a styled one; None for a plain letter."""
    plain = unicodedata.normalize("NFKC", letter)
    if plain == letter or len(plain) != 1:
        return None
    return next(((style, plain) for style in STYLES if styled(plain, style) == letter), None)

"""The parts of a variable's name: base, accents, subscript, superscript, primes."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ",
    "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
SPELLED = {letter: word for word, letter in GREEK.items()}
VARIANTS = {"ε": "ϵ", "φ": "ϕ"}  # TeX's \epsilon and \phi are not the letters that Greek text has
LATEX_LETTERS = GREEK | {
    "varepsilon": "ε", "varphi": "φ", "vartheta": "ϑ", "varrho": "ϱ", "varpi": "ϖ",
    "varsigma": "ς", "varkappa": "ϰ", "ell": "ℓ", "hbar": "ℏ",
}  # fmt: skip
STYLES = {
    "mathbf": "BOLD", "boldsymbol": "BOLD ITALIC", "mathcal": "SCRIPT", "mathbb": "DOUBLE-STRUCK",
    "mathfrak": "FRAKTUR", "mathsf": "SANS-SERIF", "mathtt": "MONOSPACE",
}  # fmt: skip
MAX_ORDER = 8  # of a derivative
REMEMBERED = 1 << 15  # names whose parts are: more than a trace of 3,000 lines has, with dots and bars
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}

_SHAPE = pattern(
    r"(?P<base>[^\W\d_]+)(?P<marks>[\u0302\u0303\u0304\u0307\u20d7]*)(?P<digits>\d*)"
    r"(?:_(?:\{(?P<braced>[^{}]*)\}|(?P<plain>\w+)))?(?:\^\{(?P<sup>[^{}]*)\})?(?P<primes>['′]*)"
)


class NameIndex(Record):
    """What stands below or above a name: a letter, a word or a number, and what is added to it, as in t − 1."""

    base: str
    offset: int = 0


class Parts(Record):
    """What a name consists of: `w_1` has the base w and the subscript 1; accents are listed from the inside out."""

    base: str
    subscript: str = ""
    superscript: str = ""
    accents: tuple[str, ...] = ()
    primes: int = 0

    @property
    def style(self) -> str:
        """The style of a letter, such as mathbf; none where it is plain."""
        styled = unstyled(self.base)
        return styled[0] if styled else ""

    @property
    def indices(self) -> tuple[NameIndex, ...]:
        """The subscript, index by index: x_{t-1,j} has t with an offset of −1, and j. Letters that stand apart,
        w_{i j}, are two, those that stand together are one, x_{in}."""
        return _indices(self.subscript)

    @property
    def layer(self) -> NameIndex | None:
        """A superscript in brackets, h^{(t-1)} or W^{[1]}, which is a step or a layer and no power."""
        inside = self.superscript[1:-1]
        found = _indices(inside) if self.superscript in (f"({inside})", f"[{inside}]") else ()
        return found[0] if len(found) == 1 else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers in the superscript and then in the subscript: 2 and 13 of a^{(2)}_{13}."""
        return _numbers(self.superscript, self.subscript)

    @property
    def without_numbers(self) -> "Parts":
        """The same for all names that differ in nothing but their numbers: # stands for each."""
        superscript, subscript = (_NUMBER.sub("#", script) for script in (self.superscript, self.subscript))
        return self.replace(superscript=superscript, subscript=subscript)


_NUMBER = pattern(r"\d+")


@lru_cache(maxsize=4096)
def _numbers(*scripts: str) -> tuple[int, ...]:
    return tuple(int(number) for script in scripts for number in _NUMBER.findall(script))


def _indices(text: str) -> tuple[NameIndex, ...]:
    together = re.sub(r" *([-+−]) *", r"\1", text)
    return tuple(map(_index, together.replace(",", " ").split()))


def _index(text: str) -> NameIndex:
    found = re.fullmatch(r"([^-+−]+)([-+−])(\d+)", text)
    return NameIndex(found[1], int(found[3]) if found[2] == "+" else -int(found[3])) if found else NameIndex(text)


class Name(str):
    """A name, spelled as its reader spells it. Where it is shown it is set by its parts, which are found once."""

    __slots__ = ("_parts",)
    _parts: Parts

    @property
    def parts(self) -> Parts:
        """Digits at its end are a subscript (`w1`), spelled Greek is Greek (`theta`), `y_hat` is ŷ. Text that has no
        such shape is its own base, verbatim."""
        try:
            return self._parts
        except AttributeError:
            self._parts = found = _read(str(self))
            return found

    @property
    def key(self) -> Parts:
        """What two spellings of one name have in common: `w1` and `w_1`, `alpha` and `α`, `w_ij` and `w_{i j}`."""
        parts = self.parts
        return parts.replace(subscript=parts.subscript.replace(" ", "")) if " " in parts.subscript else parts

    @property
    def loose_key(self) -> Parts:
        """The same where the two forms of a Greek letter, φ and ϕ, are one."""
        key = self.key
        return key.replace(base=VARIANTS[key.base]) if key.base in VARIANTS else key

    def accented(self, accent: str) -> "Name":
        """The name with one more accent, the innermost."""
        match = _SHAPE.fullmatch(self)
        end = match.end("base") if match else len(self)
        return Name(self[:end] + ACCENTS[accent] + self[end:])

    def differentiated(self, times: int) -> "Name":
        """The name of a derivative of the function that has this name: f′, f″, f‴, f⁽⁴⁾."""
        return Name(self + ("'" * times if times <= 3 else f"^{{({times})}}"))

    def entry(self, at: Sequence[object], apart: str = "") -> "Name":
        """The name of an entry of the vector or matrix that has this name: x_1, W_12, W_{1,12}, h_{1,i}."""
        parts, letters = self.parts, [*map(str, at)]
        many = any(letter.isdecimal() and len(letter) > 1 for letter in letters)
        own = ("," if many and len(letters) > 1 else apart).join(letters)
        below = f"{parts.subscript},{own}" if parts.subscript else own
        return named(parts.replace(subscript=below))


def named(parts: Parts) -> Name:
    """The name that consists of these parts."""
    made = Name(parts.base)
    for accent in parts.accents:
        made = made.accented(accent)
    below = f"_{{{parts.subscript}}}" if len(parts.subscript) > 1 else "_" * bool(parts.subscript) + parts.subscript
    above = f"^{{{parts.superscript}}}" if parts.superscript else ""
    return Name(f"{made}{below}{above}{chr(39) * parts.primes}")


def below(name: Name, index: str) -> Name:
    """A name with one more index below it: T_1 of T, W_{k,1} of W_k."""
    parts = name.parts
    return named(parts.replace(subscript=f"{parts.subscript},{index}" if parts.subscript else index))


UNNAMED = Name("")


class DerivativeName(Name):
    """The name of a variable that is a derivative: of which variable, and by which, the last taken first."""

    __slots__ = ("of", "symbol", "wrts")
    symbol: str
    of: Name
    wrts: tuple[Name, ...]

    def __new__(cls, symbol: str, of: Name, wrts: tuple[Name, ...]) -> "DerivativeName":
        runs = [(wrt, len(list(run))) for wrt, run in groupby(wrts)]
        below = "/".join(_spaced(symbol, wrt) + _raised(times) for wrt, times in runs)
        made = super().__new__(cls, f"{_spaced(symbol + _raised(len(wrts)), of)}/{below}")
        made.symbol, made.of, made.wrts = symbol, of, wrts
        return made

    def __reduce__(self) -> tuple[type["DerivativeName"], tuple[str, Name, tuple[Name, ...]]]:
        return DerivativeName, (self.symbol, self.of, self.wrts)

    def accented(self, accent: str) -> Name:
        """In Lagrange's notation, y′ for dy/dx."""
        return Name(self.of.accented(accent) + "'" * len(self.wrts))


def _raised(times: int) -> str:
    return f"^{times}" if times > 1 else ""


def _spaced(symbol: str, name: str) -> str:
    """A d and a name, apart where they would look like one word."""
    return f"{symbol} {name}" if len(name) > 1 and name[1].isalpha() else f"{symbol}{name}"


class AdjointName(Name):
    """The name of an adjoint, the derivative of an output by a variable, in one of the forms that books write."""

    __slots__ = ("form", "of", "wrt")
    form: str
    of: Name
    wrt: Name

    def __new__(cls, form: str, of: Name, wrt: Name) -> "AdjointName":
        spelled = {"delta": f"δ_{wrt}", "bar": f"{wrt}{ACCENTS['bar']}", "d": f"d{wrt}", "nabla": f"∇_{wrt} {of}"}
        made = super().__new__(cls, spelled.get(form, f"∂{of}/∂{wrt}"))
        made.form, made.of, made.wrt = form, of, wrt
        return made

    def __reduce__(self) -> tuple[type["AdjointName"], tuple[str, Name, Name]]:
        return AdjointName, (self.form, self.of, self.wrt)


def as_name(text: str) -> Name:
    """A text as a name; what is one already stays what it is, such as the name of a derivative."""
    return text if isinstance(text, Name) else Name(text)


def derivative_of(of: Name, wrt: Name, symbol: str) -> DerivativeName:
    """The name of the derivative of a variable; where that is a derivative itself, of the next order."""
    if isinstance(of, DerivativeName) and of.symbol == symbol:
        return DerivativeName(symbol, of.of, (wrt, *of.wrts))
    return DerivativeName(symbol, of, (wrt,))


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> Parts:
    match = _SHAPE.fullmatch(text)
    if match is None:
        return Parts(text)
    marks = {mark: accent for accent, mark in ACCENTS.items()}
    spelled, above = _decomposed(match["base"])
    accents = [marks[mark] for mark in above + match["marks"]]
    subscripts = [match["digits"]] if match["digits"] else []
    if match["braced"] is not None:
        subscripts.append(match["braced"])
    for part in (match["plain"] or "").split("_"):
        if part in ACCENTS and not subscripts:
            accents.append(part)
        elif part:
            subscripts.append(GREEK.get(part, part))
    base = GREEK.get(spelled, spelled)
    return Parts(base, ",".join(subscripts), match["sup"] or "", tuple(accents), len(match["primes"]))


def _decomposed(base: str) -> tuple[str, str]:
    """A letter without the accents that are part of its character, ŷ, and these; other accents stay in it."""
    if len(base) > 1 or base.isascii():
        return base, ""
    apart = unicodedata.normalize("NFD", base)
    letter, above = apart[:1], apart[1:]
    return (letter, above) if above and all(mark in ACCENTS.values() for mark in above) else (base, "")


def is_name(text: str) -> bool:
    """Whether a text can be typed as the name of a variable."""
    return text.isidentifier() or (text.isprintable() and _SHAPE.fullmatch(text) is not None)


# Compiled when a script is first set; most systems have none that needs it.
_PARTS = r"[^\W\d_]+[\u0302\u0303\u0304\u0307\u20d7]*|\d+|[^\w\s]"
_MATHS = r"(?:[^\W_]|[-+*,()\[\] \u0302\u0303\u0304\u0307\u20d7])*"


@lru_cache(maxsize=4096)
def script_parts(text: str) -> tuple[str, ...]:
    """What a sub- or superscript consists of: words, letters, numbers and signs. Letters that stand apart (`i j`) are
    set as letters, those that stand together (`in`) as a word. Text that is not mathematics is one part, verbatim."""
    if text.isalnum() and (len(text) == 1 or text.isdecimal()):
        return (text,)
    return (tuple(re.findall(_PARTS, text)) if re.fullmatch(_MATHS, text) else ()) or (text,)


def is_letter(text: str) -> bool:
    """Whether a part of a name is one letter, and so set in italics; words and digits are upright."""
    return len(text) == 1 and text.isalpha()


def styled(letter: str, style: str) -> str | None:
    """A letter in one of the STYLES as a character of its own, 𝐰 for w in bold; None where Unicode has none."""
    name = re.sub("(?:LATIN|GREEK|LUNATE|LETTER) ", "", unicodedata.name(letter, ""))  # ϵ is a lunate one
    for prefix in (f"MATHEMATICAL {STYLES[style]}", STYLES[style], "BLACK-LETTER" if style == "mathfrak" else "?"):
        try:
            return unicodedata.lookup(f"{prefix} {name}")
        except KeyError:
            continue
    return None


@lru_cache(maxsize=256)
def unstyled(letter: str) -> tuple[str, str] | None:
    """The style and the plain letter of a styled one; None for a plain letter."""
    kind, _, code = (unicodedata.decomposition(letter) if len(letter) == 1 else "").partition(" ")
    if kind != "<font>" or " " in code:
        return None
    plain = chr(int(code, 16))  # by one step: the whole way, ϕ becomes φ
    return next(((style, plain) for style in STYLES if styled(plain, style) == letter), None)

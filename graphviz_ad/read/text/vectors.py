"""What is written of vectors and matrices, where nothing says that a name is one: refused, each kind with what to
declare or to write instead."""

from __future__ import annotations

from collections.abc import Collection
from unicodedata import normalize

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import Name, unstyled

_SUM, _PRODUCT = "x_1 + x_2 + x_3", "x_1*x_2*x_3"
_INNER = "w_1*x_1 + w_2*x_2"
_BEST = "which of several numbers is the largest is no number that has a derivative; max(x_1, x_2) is one"
_ROOT = "sqrt(x_1^2 + x_2^2)"
_DECLARE = "declare shapes, w: 3 or W: 2x3"
_NUMBERS = "these are no numbers; write the components out: w_1*x_1 + w_2*x_2"

# A function of vectors, and how it is written out.
OF_VECTORS = {
    "sum": _SUM, "cumsum": _SUM, "prod": _PRODUCT, "product": _PRODUCT,
    "mean": "(x_1 + x_2)/2", "average": "(x_1 + x_2)/2", "avg": "(x_1 + x_2)/2",
    "var": "((x_1 - m)^2 + (x_2 - m)^2)/2, with m = (x_1 + x_2)/2",
    "std": "sqrt(((x_1 - m)^2 + (x_2 - m)^2)/2), with m = (x_1 + x_2)/2",
    "norm": _ROOT,
    "dot": _INNER, "inner": _INNER, "matmul": _INNER,
    "softmax": "exp(x_1)/(exp(x_1) + exp(x_2))",
    "logsoftmax": "x_1 - log(exp(x_1) + exp(x_2))",
    "logsumexp": "log(exp(x_1) + exp(x_2))",
    "argmax": _BEST, "argmin": _BEST.replace("largest", "smallest").replace("max", "min"),
    "mse": "((y_1 - t_1)^2 + (y_2 - t_2)^2)/2",
    "crossentropy": "-(t_1*log(y_1) + t_2*log(y_2))",
}  # fmt: skip
OF_VECTORS |= {"log_softmax": OF_VECTORS["logsoftmax"], "cross_entropy": OF_VECTORS["crossentropy"]}
TRANSPOSED = "ᵀᵗ⊤"  # what a name ends in where it is transposed
SIGNS = {"⊙": "an elementwise product", "@": "a product of matrices"}


def of_vectors(name: str, span: Span) -> AdgraphError | None:
    """The error of a function of vectors; None for another."""
    if name not in OF_VECTORS:
        return None
    return AdgraphError(
        f"'{name}' is a function of vectors, and nothing here is declared as one", span, _instead(OF_VECTORS[name])
    )


def _instead(words: str) -> str:
    return words if " is " in words else f"{_DECLARE}; or write it out: {words}"


def norm(span: Span) -> AdgraphError:
    """The error of ‖x‖."""
    return AdgraphError("a norm of a vector is not read", span, f"{_DECLARE}, or write {_ROOT}; for a number write |x|")


def multiplied(sign: str, span: Span) -> AdgraphError:
    """The error of a sign that multiplies arrays."""
    message = f"'{sign}' is {SIGNS[sign]}, and nothing says that these are any"
    return AdgraphError(message, span, f"{_DECLARE}; for a product of numbers write *")


def transposed(span: Span, power: str = "") -> AdgraphError:
    """The error of x^T."""
    hint = f"{_DECLARE}, or write the components out: {_INNER}" + (f"; for a power: {power}" if power else "")
    return AdgraphError("a transpose is not read", span, hint)


def two_ways(base: str, exponent: str, span: Span) -> AdgraphError:
    """The error of w^t x."""
    message = f"{base}^{exponent} before a factor may be read in two ways: as a transpose, and as a power"
    return AdgraphError(message, span, transposed(span, f"{base}^({exponent})").hint)


def literal(span: Span) -> AdgraphError:
    """The error of [1, 2; 3, 4]."""
    hint = f"{_DECLARE}, or write each entry as a number: x_1, x_2"
    return AdgraphError("a vector or a matrix of numbers is not read", span, hint)


def bold_product(left: Name | None, right: Name | None, span: Span) -> AdgraphError | None:
    """The error of a product of bold letters, a matrix and a vector; None for another product."""
    bold = [name for name in (left, right) if name is not None and _is_bold(name)]
    if not bold or not (len(bold) == 2 or any(_is_capital(name) for name in bold)):
        return None
    of = "matrices" if any(map(_is_capital, bold)) else "vectors"
    return AdgraphError(f"this is a product of {of}: bold letters", span, f"{_NUMBERS}; or numbers in plain letters")


def _is_bold(name: Name) -> bool:
    return not name.isascii() and name.parts.style in ("mathbf", "boldsymbol")


def _is_capital(name: Name) -> bool:
    plain = unstyled(name.parts.base)
    return plain is not None and plain[1].isupper()


def may_be_transposed(base: str, exponent: str, known: Collection[str]) -> bool:
    """Whether a name with an exponent before a factor may be transposed or conjugated too: w^t x, A^H x."""
    letters = Name(base).parts.base
    is_greek = not letters.isascii() and letters.islower()
    return exponent in ("t", "H") and base not in ("e", "(") and not is_greek and exponent not in known


def is_transpose(base: str, exponent: str, known: Collection[str]) -> bool:
    """Whether a name with an exponent is transposed: x^T, where nothing else says what T is."""
    return normalize("NFKC", exponent) == "T" and base not in ("e", "") and "T" not in known

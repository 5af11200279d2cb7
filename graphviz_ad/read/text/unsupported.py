"""What beginners write of vectors, which are not read, and how it is written out in numbers."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span

_SUM, _PRODUCT = "x_1 + x_2 + x_3", "x_1*x_2*x_3"
_INNER = "w_1*x_1 + w_2*x_2"
_BEST = "which of several numbers is the largest is no number that has a derivative; max(x_1, x_2) is one"

# A function of vectors, and how it is written out.
OF_VECTORS = {
    "sum": _SUM, "cumsum": _SUM, "prod": _PRODUCT, "product": _PRODUCT,
    "mean": "(x_1 + x_2)/2", "average": "(x_1 + x_2)/2", "avg": "(x_1 + x_2)/2",
    "var": "((x_1 - m)^2 + (x_2 - m)^2)/2, with m = (x_1 + x_2)/2",
    "std": "sqrt(((x_1 - m)^2 + (x_2 - m)^2)/2), with m = (x_1 + x_2)/2",
    "norm": "sqrt(x_1^2 + x_2^2)",
    "dot": _INNER, "inner": _INNER, "matmul": _INNER,
    "softmax": "exp(x_1)/(exp(x_1) + exp(x_2))",
    "logsoftmax": "x_1 - log(exp(x_1) + exp(x_2))",
    "logsumexp": "log(exp(x_1) + exp(x_2))",
    "argmax": _BEST, "argmin": _BEST.replace("largest", "smallest").replace("max", "min"),
    "mse": "((y_1 - t_1)^2 + (y_2 - t_2)^2)/2",
    "crossentropy": "-(t_1*log(y_1) + t_2*log(y_2))",
}  # fmt: skip
OF_VECTORS |= {"log_softmax": OF_VECTORS["logsoftmax"], "cross_entropy": OF_VECTORS["crossentropy"]}
INDEXED = {"sum": ("a sum with an index is not read", f"write its terms out: {_SUM}"),
           "prod": ("a product with an index is not read", f"write its factors out: {_PRODUCT}")}  # fmt: skip


def of_vectors(name: str, span: Span) -> AdgraphError | None:
    """The error of a function of vectors; None for another."""
    if name not in OF_VECTORS:
        return None
    return AdgraphError(f"'{name}' is a function of vectors, which are not read", span, _instead(OF_VECTORS[name]))


def _instead(words: str) -> str:
    return words if " is " in words else f"write it out: {words}"


def indexed(name: str, span: Span) -> AdgraphError | None:
    """The error of sum_{i=1}, and of any name with such an equation in its subscript; None for another: text that is
    no mathematics may be part of a name."""
    base, _, script = name.partition("_")
    if "=" not in script or not re.match(r"\{\s*\w+\s*=[-+\w\s]*\}", script):
        return None
    message, hint = INDEXED.get(base, ("an equation in the subscript of a name", f"write {base}_1, {base}_2, …"))
    return AdgraphError(message, span, hint)

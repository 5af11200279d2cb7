"""Activation functions, as their papers define them, and the error function: Abramowitz and Stegun, 7.1."""

import math

from graphviz_ad.core.ops.row import BELOW_ONE, NONNEGATIVE, POSITIVE, row


def _sigmoid(x: float) -> float:
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    power = math.exp(x)
    return power / (1 + power)


def _softplus(x: float) -> float:
    return math.log1p(math.exp(-abs(x))) + max(x, 0.0)


# fmt: off
ACTIVATIONS = (
    row("sigmoid", "out * (1 - out)", definition="1 / (1 + exp(-x))", function=_sigmoid,
        javascript="x => x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))", positivity=POSITIVE,
        sign="σ", spoken="sigmoid", letters=("σ", "sigma"), aliases=("logistic",), elsewhere=("expit",),
        inverse="logit"),
    row("logit", "1 / (x * (1 - x))", BELOW_ONE, definition="log(x / (1 - x))", domain="0 < x < 1",
        spoken="the logit", inverse="sigmoid"),
    row("softplus", "sigmoid(x)", definition="log(1 + exp(x))", function=_softplus,
        javascript="x => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0)", positivity=POSITIVE),
    row("relu", "greater(x, 0)", definition="max(x, 0)", positivity=NONNEGATIVE, exact=((0, 0),), sign="ReLU",
        kink="0 at x = 0", aliases=("ReLU",)),
    row("silu", "sigmoid(x) * (1 + x * (1 - sigmoid(x)))", definition="x * sigmoid(x)", sign="SiLU",
        aliases=("SiLU", "swish")),
    row("gelu", "(1 + erf(x / sqrt(2))) / 2 + x * exp(-x^2 / 2) / sqrt(2 * pi)",
        definition="x * erfc(-x / sqrt(2)) / 2", sign="GELU", aliases=("GELU",)),
    row("erf", "2 / sqrt(pi) * exp(-x^2)", function=math.erf, javascript="erf", exact=((0, 0),),
        spoken="the error function"),
    row("erfc", "-2 / sqrt(pi) * exp(-x^2)", function=math.erfc, javascript="erfc", positivity=POSITIVE,
        exact=((0, 1),), spoken="the complementary error function"),
    row("softsign", "1 / (1 + abs(x))^2", definition="x / (1 + abs(x))", exact=((0, 0),)),
    row("elu", "exp(min(x, 0))", definition="max(x, 0) + expm1(min(x, 0))", exact=((0, 0),), sign="ELU",
        aliases=("ELU",)),
)

"""What a variable is likely to be by the first part of its name, where nobody says: texts agree on much of it."""

from graphviz_ad.core.names import Name

DATA = frozenset(("x", "X", "h", "H", "input"))
TARGETS = frozenset(("t", "target"))
PARAMETERS = frozenset(("w", "W", "u", "U", "b", "β", "γ", "θ", "bias", "weight"))


def is_parameter(name: Name) -> bool:
    """Whether a variable is likely to be a weight or a bias."""
    return name.parts.base in PARAMETERS


def likelihood(base: str) -> float:
    """How likely the data come in at an input whose name begins so."""
    return 2.0 if base in DATA else 0.0 if base in PARAMETERS | TARGETS else 1.0

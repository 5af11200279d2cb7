"""What a variable is likely to be by the first part of its name, where nobody says: texts agree on much of it."""

from graphviz_ad.core.names import Name

DATA = frozenset(("x", "X", "h", "H", "input"))
TARGETS = frozenset(("t", "target"))
PARAMETERS = frozenset(("w", "W", "u", "U", "b", "beta", "gamma", "theta", "θ", "β", "γ", "bias", "weight"))


def is_parameter(name: Name) -> bool:
    """Whether a variable is likely to be a weight or a bias."""
    return name.parts.base in PARAMETERS

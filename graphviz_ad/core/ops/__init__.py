"""The table of operations: one complete row each, in families; and the names by which a row is found.

Another operation is one more row; `add` takes one at any time, and every input and output knows it from then on.
"""

from graphviz_ad.core.ops.activations import ACTIVATIONS
from graphviz_ad.core.ops.arithmetic import ARITHMETIC
from graphviz_ad.core.ops.arithmetic import CONSTANTS as _CONSTANTS
from graphviz_ad.core.ops.exponentials import EXPONENTIALS
from graphviz_ad.core.ops.hyperbolic import HYPERBOLIC
from graphviz_ad.core.ops.kinks import KINKS
from graphviz_ad.core.ops.row import CALLED, NONNEGATIVE, POSITIVE, UNKNOWN, WITH_NAMES, Op, row
from graphviz_ad.core.ops.trigonometry import TRIGONOMETRY

__all__ = ["COMMANDS", "CONSTANTS", "ELSEWHERE", "FAMILIES", "FUNCTIONS", "NONNEGATIVE", "ONLY_CALLED", "OPS",
           "POSITIVE", "UNKNOWN", "Op", "add", "beginning", "called", "row"]  # fmt: skip

FAMILIES: dict[str, tuple[Op, ...]] = {}
OPS: dict[str, Op] = {}
FUNCTIONS: dict[str, Op] = {}  # by what a reader may call them; the arithmetic has signs instead of names
CONSTANTS: dict[str, Op] = {}
ONLY_CALLED: set[str] = set()  # names of functions that are variables unless they are called
COMMANDS: dict[str, str] = {}  # of LaTeX: the name of the function
ELSEWHERE: dict[str, Op] = {}  # by what numerical libraries call them


def add(op: Op, family: str) -> None:
    """Put a row into the table."""
    FAMILIES[family] = (*FAMILIES.get(family, ()), op)
    OPS[op.name] = op
    if op.form in CALLED:
        for name in op.names:
            FUNCTIONS[name] = op
            if name in op.letters:
                ONLY_CALLED.add(name)
            elif name.isalpha() and op.form not in ("iverson", "cases"):
                COMMANDS[name] = name
        for name in op.commands:
            COMMANDS[name] = op.name
    elif op.form == "constant":
        CONSTANTS[op.name] = CONSTANTS[op.sign] = op
    for name in op.numeric_names:
        ELSEWHERE[name] = op


for _family, _rows in {
    "arithmetic": ARITHMETIC,
    "powers, exponentials, logarithms": EXPONENTIALS,
    "trigonometry": TRIGONOMETRY,
    "hyperbolic functions": HYPERBOLIC,
    "activation functions": ACTIVATIONS,
    "with kinks and jumps": KINKS,
    "constants": _CONSTANTS,
}.items():
    for _op in _rows:
        add(_op, _family)


def called() -> list[str]:
    """The names of functions, for a hint: without those of brackets, which are signs to a reader."""
    return [name for name, op in FUNCTIONS.items() if op.form in WITH_NAMES]


def beginning(word: str) -> str:
    """The well-known function that a word begins with, the longest: sinh of sinhx; empty where there is none."""
    return max((name for name, op in FUNCTIONS.items() if op.common and word.startswith(name)), key=len, default="")

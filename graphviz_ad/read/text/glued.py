"""Functions that stick to what is beside them: sinx, xlnx, Asinwt. They are names to a parser, and none to a reader."""

from __future__ import annotations

import re

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.names import GREEK
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record

_FUNCTIONS = (
    "arcsin arccos arctan arcsinh arccosh arctanh asin acos atan asinh acosh atanh sinh cosh tanh sin cos tan sec csc "
    "cot sqrt exp log log2 log10 ln abs erf relu sigmoid softplus"
)
_LETTER = "[A-Za-z]|" + "|".join(sorted(GREEK, key=len, reverse=True))
_TWO = "[a-zA-Z]x|[b-df-hj-np-tv-z][yzt]"  # wx and wt; since, sinus, costs, login are words
_GLUED = pattern(
    rf"(?P<factor>[a-zA-Z]|)(?P<function>{'|'.join(sorted(_FUNCTIONS.split(), key=len, reverse=True))})"
    rf"(?P<argument>\d*(?:{_LETTER})|{_TWO})(?:_\w+|\d*)'*"
)
# Words and names of quantities that are spelled alike: a probability's logarithm, a cost.
_WORDS = frozenset(
    "cost logp logq logo logs exps expo sins sine sing sink tank tans tang cots cote sect secs using stand stank "
    "blogs clogs slogs flogs scots".split()
)


class Glued(Record):
    """What a name would be, x·ln(x): the factor, the function and its argument."""

    factor: str
    function: str
    argument: str

    @property
    def written(self) -> str:
        return f"{self.factor}*{self.function}({self.argument})".lstrip("*")


def glued(name: str) -> Glued | None:
    """The function that a name has in it; None for a name, or a word that is one."""
    found = _GLUED.fullmatch(name)
    if found is None or name.partition("_")[0].rstrip("'0123456789") in _WORDS:
        return None
    argument = name[found.start("argument") :]
    if re.fullmatch(_TWO, found["argument"]) and argument not in GREEK:
        argument = f"{argument[0]}*{argument[1:]}"
    return Glued(found["factor"], found["function"], argument)


def refusal(name: str, span: Span) -> AdgraphError | None:
    """The error of such a name; None for another."""
    found = glued(name)
    if found is None:
        return None
    hint = f"write {found.written}; a variable of this name needs an equation or a value: --at {name}=1"
    return AdgraphError(f"'{name}' is not read: is it {found.written}?", span, hint)

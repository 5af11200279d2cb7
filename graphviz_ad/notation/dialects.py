"""The languages of symbolic systems, as tables: how each writes what adgraph's own language has."""

from __future__ import annotations

from collections.abc import Mapping

from graphviz_ad.core.record import Record

_TRIGONOMETRY = {name: name for name in "sin cos tan cot sec csc sinh cosh tanh exp erf erfc".split()}
_SHORT = _TRIGONOMETRY | {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arsinh": "asinh", "arcosh": "acosh", "artanh": "atanh",
    "atan2": "atan2", "log": "log", "sqrt": "sqrt", "abs": "abs", "sign": "sign", "max": "max", "min": "min",
}  # fmt: skip


_RELATIONS = {"<": "{} < {}", ">": "{} > {}", "≤": "{} <= {}", "≥": "{} >= {}", "=": "{} == {}", "≠": "{} != {}"}


class Dialect(Record):
    """A language: its `functions` by the names of our operations (what is not among them is composed of others), its
    constants, and the shapes of what it writes. `reserved` are names that mean something in it."""

    name: str
    functions: Mapping[str, str]
    constants: Mapping[str, str]
    power: str = "^"
    call: tuple[str, str] = ("(", ")")
    turned: frozenset[str] = frozenset()  # functions of two arguments, the other way round than here
    conditional: str = "ifelse({0}, {1}, {2})"
    relations: Mapping[str, str] = _RELATIONS
    quotient: str = "{}/{}"  # of two whole numbers
    assign: str = "{} = {}"
    end: str = ";"
    comment: str = "# {}"
    joint: str = "_"  # between the parts of a name
    reserved: frozenset[str] = frozenset()
    head: str = ""  # before all; {names} are the inputs


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MAXIMA = Dialect(
    "maxima",
    _SHORT | {"sign": "signum"},
    {"pi": "%pi", "e": "%e"},
    conditional="(if {0} then {1} else {2})",
    relations=_RELATIONS | {"=": "{} = {}", "≠": "{} # {}"},
    assign="{} : {}",
    comment="/* {} */",
    reserved=_words(
        "and or not if then else do while for in thru step unless true false und inf minf block return go lambda"
    ),
)
MATHEMATICA = Dialect(
    "mathematica",
    {
        "sin": "Sin", "cos": "Cos", "tan": "Tan", "cot": "Cot", "sec": "Sec", "csc": "Csc", "arcsin": "ArcSin",
        "arccos": "ArcCos", "arctan": "ArcTan", "sinh": "Sinh", "cosh": "Cosh", "tanh": "Tanh", "arsinh": "ArcSinh",
        "arcosh": "ArcCosh", "artanh": "ArcTanh", "exp": "Exp", "log": "Log", "sqrt": "Sqrt", "abs": "Abs",
        "sign": "Sign", "max": "Max", "min": "Min", "erf": "Erf", "erfc": "Erfc", "cbrt": "CubeRoot", "log2": "Log2",
        "log10": "Log10", "atan2": "ArcTan",
    },
    {"pi": "Pi", "e": "E"},
    call=("[", "]"),
    conditional="Piecewise[{{{{{1}, {0}}}}}, {2}]",
    turned=frozenset({"ArcTan"}),
    comment="(* {} *)",
    joint="",
    reserved=_words("C D E I K N O Pi True False Null Out In Exp Log Sin Cos Tan"),
)  # fmt: skip
MAPLE = Dialect(
    "maple",
    _TRIGONOMETRY | {
        "arcsin": "arcsin", "arccos": "arccos", "arctan": "arctan", "arsinh": "arcsinh", "arcosh": "arccosh",
        "artanh": "arctanh", "log": "ln", "sqrt": "sqrt", "abs": "abs", "sign": "signum", "max": "max", "min": "min",
        "log10": "log10", "atan2": "arctan",
    },
    {"pi": "Pi", "e": "exp(1)"},
    conditional="piecewise({0}, {1}, {2})",
    relations=_RELATIONS | {"=": "{} = {}", "≠": "{} <> {}"},
    assign="{} := {}",
    reserved=_words(
        "D I O Pi gamma Gamma Catalan and or not if then else fi do od for from to by while in proc end local global "
        "return mod union minus intersect true false FAIL set next break error try catch finally save read stop done "
        "quit"
    ),
)  # fmt: skip
SYMPY = Dialect(
    "sympy",
    _SHORT | {"abs": "Abs", "max": "Max", "min": "Min"},
    {"pi": "pi", "e": "E"},
    power="**",
    conditional="Piecewise(({1}, {0}), ({2}, True))",
    relations=_RELATIONS | {"=": "Eq({}, {})", "≠": "Ne({}, {})"},
    quotient="Rational({}, {})",
    end="",
    reserved=_words(
        "and or not if else elif for while in is lambda def class return import from as with pass None True False try "
        "except finally raise global nonlocal del assert yield async await break continue E I S N O Q C pi beta gamma "
        "zeta"
    ),
    head="from sympy import *",
)
JULIA = Dialect(
    "julia",
    _SHORT | {"atan2": "atan", "cbrt": "cbrt", "log2": "log2", "log10": "log10", "log1p": "log1p", "expm1": "expm1"},
    {"pi": "pi", "e": "exp(1)"},
    quotient="{}/{}",
    end="",
    reserved=_words(
        "pi im begin end if else for while function return let do in isa where true false module struct quote"
    ),
)
MATLAB = Dialect(
    "matlab",
    _SHORT | {"log2": "log2", "log10": "log10", "log1p": "log1p", "expm1": "expm1"},
    {"pi": "pi", "e": "exp(1)"},
    conditional="(({0}).*({1}) + (1 - ({0})).*({2}))",
    relations=_RELATIONS | {"≠": "{} ~= {}"},
    comment="% {}",
    reserved=_words(
        "pi i j Inf NaN eps ans end if else for while function return global switch case otherwise try catch"
    ),
)
DIALECTS = {one.name: one for one in (MAXIMA, MATHEMATICA, MAPLE, SYMPY, JULIA, MATLAB)}

"""What the languages of symbolic systems write for what adgraph has: tables, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.record import Record
from graphviz_ad.notation import dialects

_ELSEWHERE = {
    "maxima": {"asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh", "acot": "arccot", "asec": "arcsec",
               "acsc": "arccsc", "realpart": "", "ln": ""},
    "mathematica": {"ArcCot": "arccot", "ArcSec": "arcsec", "ArcCsc": "arccsc", "Ln": "", "LogisticSigmoid": "sigmoid",
                    "Ramp": "relu", "Log1p": "log1p"},
    "maple": {"log": "log", "arccot": "arccot", "arcsec": "arcsec", "arccsc": "arccsc"},
    "sympy": {"ln": "log", "acot": "arccot", "asec": "arcsec", "acsc": "arccsc", "cbrt": "cbrt"},
    "julia": {"acot": "arccot", "asec": "arcsec", "acsc": "arccsc"},
    "matlab": {"acot": "arccot", "asec": "arcsec", "acsc": "arccsc", "nthroot": "", "atan2": "atan2"},
}  # fmt: skip


class Grammar(Record):
    """How a language is cut into tokens: its `functions` and constants by its own words, what opens a remark, what
    assigns, what ends a statement, and the words whose lines say nothing of formulas."""

    name: str
    functions: Mapping[str, str]
    constants: Mapping[str, str]
    remarks: str  # a pattern
    assigns: tuple[str, ...] = ("=",)
    ends: tuple[str, ...] = (";",)
    newline_ends: bool = False
    square: bool = False  # f[x] is a call
    implied: bool = False  # 2 x is a product
    turned: tuple[str, ...] = ()  # functions of two arguments, the other way round than here: Log[b, x]
    unequal: str = "!="
    passed: str = r"(?!)"  # lines that are passed over


def _grammar(name: str, remarks: str, **facts: Any) -> Grammar:
    dialect = dialects.DIALECTS[name]
    functions = {word: ours for ours, word in dialect.functions.items()}
    functions |= {word: ours for word, ours in _ELSEWHERE[name].items() if ours}
    constants = {word: ours for ours, word in dialect.constants.items() if word.strip("%").isalpha()}
    return Grammar(name, functions, constants, remarks, **facts)


GRAMMARS = {
    "maxima": _grammar("maxima", r"/\*.*?\*/", assigns=(":=", ":", "="), ends=(";", "$"), unequal="#",
                       passed=r"^[^\S\n]*(?:kill|load|display2d|declare|assume|ratprint)\b.*$"),
    "mathematica": _grammar("mathematica", r"\(\*.*?\*\)", assigns=(":=", "=="  , "="), newline_ends=True, square=True,
                            turned=("Log", "ArcTan"),
                            implied=True, passed=r"^[^\S\n]*(?:Clear|ClearAll|Remove)\[.*$"),
    "maple": _grammar("maple", r"#[^\n]*|\(\*.*?\*\)", assigns=(":=", "="), ends=(";", ":"), unequal="<>",
                      passed=r"^[^\S\n]*(?:restart|with)\b.*$"),
    "sympy": _grammar("sympy", r"#[^\n]*", newline_ends=True,
                      passed=r"^[^\S\n]*(?:from|import|print|init_printing)\b.*$|^.*=\s*(?:sympy\.|sp\.)?(?:symbols|Symbol|var)\(.*$"),
    "julia": _grammar("julia", r"#=.*?=#|#[^\n]*", newline_ends=True, implied=True, turned=("log",),
                      passed=r"^[^\S\n]*(?:using|import|@variables|@syms)\b.*$"),
    "matlab": _grammar("matlab", r"%[^\n]*", newline_ends=True, unequal="~=",
                       passed=r"^[^\S\n]*(?:syms|clear|clc|format|close|pkg)\b.*$"),
}  # fmt: skip

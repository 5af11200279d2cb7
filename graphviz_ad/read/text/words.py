"""Words that mean something in mathematics and are no names of numbers: as a bare factor each is an error."""

from __future__ import annotations

from graphviz_ad.core.errors import AdgraphError, Span

_DERIVES = "give the equations alone: adgraph derive differentiates them, adgraph check --claim judges an answer"
_ROUNDS = "its derivative is 0 nearly everywhere, and it jumps; leave it out"
_BRACKETS = "write a condition in square brackets, [x > 0], which is 1 where it holds and else 0"
_CASES = "write {a if x > 0; b}"
_SIGNS = "write the sign"
_REMAINDER = "its derivative jumps; write the part between two jumps"
_SCRIPT = "it belongs to a name: write {name} for one, or \\hat{{y}} in LaTeX"
_REAL = "numbers here are real"
_WRITTEN_OUT = "declare shapes, A: 2x3, or write it out"
_ENTRIES = "declare shapes, A: 2x3, or write each entry as a number"
_ONE = "write one of the values, or max(x, y) and min(x, y)"

# Names that other lands, libraries and sheets have, and what they are here.
_ELSEWHERE = {
    "tg": "tan(x)", "ctg": "cot(x)", "cotg": "cot(x)", "cosec": "csc(x)", "arctg": "arctan(x)", "arcctg": "arccot(x)",
    "sh": "sinh(x)", "ch": "cosh(x)", "th": "tanh(x)", "cth": "coth(x)",
    **dict.fromkeys(("heaviside", "Heaviside"), "[x > 0], which is 1 where it holds and else 0"),
    **dict.fromkeys(("clip", "clamp"), "min(max(x, 0), 1)"),
    **dict.fromkeys(("iif", "ifelse", "piecewise", "Piecewise"), "{a if x > 0; b}"),
}  # fmt: skip
# What stands before its operand.
BEFORE = {
    "lim": ("a limit", "write the function itself"), "limit": ("a limit", "write the function itself"),
    **dict.fromkeys(("int", "integral", "integrate"), ("an integral", "write the integrated function")),
    "derivative": ("a derivative", _DERIVES), "deriv": ("a derivative", _DERIVES), "diff": ("a derivative", _DERIVES),
    "differentiate": ("a derivative", _DERIVES), "grad": ("a gradient", _DERIVES), "gradient": ("a gradient", _DERIVES),
    "nabla": ("a gradient", _DERIVES), "div": ("a divergence", "write ÷ or / for a quotient"),
    "curl": ("a curl", _DERIVES), "partial": ("a derivative", _DERIVES),
    "floor": ("a rounding", _ROUNDS), "ceil": ("a rounding", _ROUNDS), "round": ("a rounding", _ROUNDS),
    "trunc": ("a rounding", _ROUNDS),
    "frac": ("", "write a/b; of \\frac a shell took the backslash: use single quotes"),
    "not": ("a negation", _BRACKETS), "if": ("a case distinction", _CASES), "then": ("a case distinction", _CASES),
    "Re": ("a real part", _REAL), "Im": ("an imaginary part", _REAL), "arg": ("an argument", _REAL),
    "conj": ("a conjugate", _REAL), "sup": ("a supremum", _ONE), "inf": ("an infimum", _ONE),
    "det": ("a determinant", f"{_WRITTEN_OUT}: a*d - b*c"), "tr": ("a trace", f"{_WRITTEN_OUT}: a_11 + a_22"),
    "trace": ("a trace", f"{_WRITTEN_OUT}: a_11 + a_22"), "rank": ("a rank", "it has no derivative"),
    "diag": ("a matrix", _ENTRIES), "transpose": ("a transpose", _ENTRIES),
    **{word: ("", f"write {meant}") for word, meant in _ELSEWHERE.items()},
    "gcd": ("a divisor", "it has no derivative"), "lcm": ("a multiple", "it has no derivative"),
    "gamma_function": ("the gamma function", "it is not among the functions"),
    "hat": ("an accent", _SCRIPT.format(name="y_hat")), "tilde": ("an accent", _SCRIPT.format(name="y_tilde")),
    "vec": ("an accent", _SCRIPT.format(name="y_vec")), "overline": ("an accent", _SCRIPT.format(name="y_bar")),
    "widehat": ("an accent", _SCRIPT.format(name="y_hat")),
    "solve": ("", "give the equations alone"), "simplify": ("", "give the equations alone"),
    "plot": ("", "give the equations alone"), "where": ("a case distinction", _CASES),
    "let": ("", "give the equations alone"), "given": ("", "give the equations alone"),
    "find": ("", "give the equations alone"), "compute": ("", "give the equations alone"),
    "maximize": ("", "give the equations alone"), "minimize": ("", "give the equations alone"),
}  # fmt: skip
# What stands between two operands.
BETWEEN = {
    "mod": ("a remainder", _REMAINDER), "rem": ("a remainder", _REMAINDER), "and": ("", _BRACKETS),
    "or": ("", _BRACKETS), "xor": ("", _BRACKETS), "implies": ("", "give the equations alone"),
    "of": ("", "give the equations alone"), "for": ("", "give the equations alone; for a sum: sum_{i=1}^3 x_i"),
    "in": ("", "leave the condition out"), "is": ("", "write ="), "equals": ("", "write ="),
    "otherwise": ("a case distinction", _CASES), "else": ("a case distinction", _CASES),
    "when": ("a case distinction", _CASES), "with": ("", "write ; between equations"),
    "plus": ("", f"{_SIGNS} +"), "minus": ("", f"{_SIGNS} -"), "times": ("", f"{_SIGNS} *"),
    "cdot": ("", f"{_SIGNS} *"), "divided": ("", f"{_SIGNS} /"), "over": ("", "for a quotient write the sign /"),
    "cross": ("a cross product", "write the components out"), "dot": ("", "write * for a product of numbers"),
    "choose": ("a binomial coefficient", "write the fraction out"), "squared": ("", "write ^2"),
    "cubed": ("", "write ^3"), "to": ("", "give the equations alone"),
    "wrt": ("", "--wrt x is an option of the command"), "as": ("", "give the equations alone"),
    "by": ("", "give the equations alone"), "from": ("", "give the equations alone"),
    "the": ("", "give the equations alone"), "so": ("", "write ; between equations"),
    "gives": ("", "write ="), "using": ("", "give the equations alone"),
}  # fmt: skip
# What is no name of a number anywhere.
_NEVER = {
    **{word: BEFORE[word] for word in "lim limit derivative integral nabla partial frac not if".split()},
    **{word: BETWEEN[word] for word in "mod and or xor otherwise else".split()},
    "infty": ("infinity", "write the finite expression"), "None": ("", "write a number"), "nan": ("", "write a number"),
    **dict.fromkeys(("True", "False"), ("", "write 1 or 0")), "import": ("", "write the function itself"),
    **dict.fromkeys(("leq", "geq", "neq"), ("a comparison", _BRACKETS)),
    **dict.fromkeys(("quad", "qquad", "left", "right", "begin", "end", "cdots", "ldots"),
                    ("", "if this was a command of LaTeX, a shell took its backslash: use single quotes")),
}  # fmt: skip
_SCRIPTED = frozenset({"lim", "int", "integral"})  # what has its bounds below and above
CONDITIONAL = frozenset({"if", "else", "otherwise", "and", "when", "for"})  # what ends an expression in a case


def refused(word: str, between: bool, before: bool, raised: bool = False) -> tuple[str, str] | None:
    """What a word is and what to write instead, where it stands `between` operands, `before` one, or is `raised`."""
    base = word.partition("_")[0]
    if word in _NEVER:
        return _NEVER[word]
    if raised and base in _SCRIPTED:
        return BEFORE[base]
    if (between or before) and base in BETWEEN:
        return BETWEEN[base]
    return BEFORE.get(base) if before else None


def refusal(word: str, span: Span, between: bool, before: bool, raised: bool = False) -> AdgraphError | None:
    """The error of a word as a factor; None for a name."""
    found = refused(word, between, before, raised)
    if found is None:
        return None
    what, hint = found
    return AdgraphError(f"'{word}' is not read" + f": {what}" * bool(what), span, hint)

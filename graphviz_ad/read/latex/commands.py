"""What LaTeX commands mean to the reader of formulas: tables, and nothing else."""

from graphviz_ad.core.names import STYLES

OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "odot": "⊙", "circledast": "⊙", "div": "/", "cdotp": "*", "bullet": "*",
    "coloneqq": "=", "triangleq": "=", "equiv": "=", "coloneq": "=", "doteq": "=",
    "neq": "!=", "ne": "!=",
    "gt": ">", "lt": "<", "ge": ">=", "geq": ">=", "le": "<=", "leq": "<=", "geqslant": ">=", "leqslant": "<=",
}  # fmt: skip
SIGNS = {"≠": "!=", "−": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "≥": ">=", "≤": "<="}
FRACTIONS = frozenset({"frac", "dfrac", "tfrac", "cfrac", "nicefrac", "sfrac"})
ACCENT_COMMANDS = {
    "hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot", "vec": "vec", "overrightarrow": "vec",
}  # fmt: skip
STYLE_COMMANDS = {style: style for style in STYLES} | {
    "bm": "boldsymbol", "bf": "mathbf", "textbf": "mathbf", "pmb": "boldsymbol", "mathscr": "mathcal", "Bbb": "mathbb",
}  # fmt: skip
UPRIGHT = frozenset({"mathrm", "text", "textrm", "mathit", "textit", "operatorname", "mathop", "mbox", "mathnormal"})
WORDS = frozenset({"text", "textrm", "textit", "mbox"})  # may hold words between equations
SPACES = frozenset({
    ",", ";", ":", "!", " ", ">", "/", "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits",
    "nolimits", "nonumber", "notag", "strut", "mathstrut", "null", "par", "centering", "noindent", "allowbreak",
    "thinspace", "medspace", "thickspace", "negthinspace", "enspace", "rm", "it", "left.", "right.",
})  # fmt: skip
GAPS = frozenset({"quad", "qquad"})  # may stand between two equations
LINE_ENDS = frozenset({"\\", "cr", "newline", "tabularnewline"})
WITH_ARGUMENT = frozenset({"label", "tag", "hspace", "vspace", "color", "phantom", "hphantom", "vphantom", "intertext"})
CLASSES = frozenset({"mathopen", "mathclose", "mathord", "mathbin", "mathrel", "mathpunct", "mathinner"})  # of spacing
# Words over or under what they are said of: the sign before them, or none where they come first.
OVER_OR_UNDER = {
    "underbrace": "_", "overbrace": "^", "underbracket": "_", "overbracket": "^", "underparen": "_", "overparen": "^",
    "stackrel": "", "overset": "", "underset": "",
}  # fmt: skip
SUMS = frozenset({"sum", "prod"})
DOTS = frozenset({"dots", "ldots", "cdots", "dotsc", "dotsb", "dotsm"})
INDICATORS = frozenset({"mathbbm", "mathds", "mathbold", "vmathbb"})  # styles that only indicators have
CASE_WORDS = {
    "if": "if", "when": "if", "for": "if", "where": "if", "falls": "if", "wenn": "if", "für": "if", "si": "if",
    "pour": "if", "se": "if", "otherwise": "otherwise", "else": "otherwise", "sonst": "otherwise",
    "sinon": "otherwise", "altrimenti": "otherwise", "elsewhere": "otherwise", "o.w": "otherwise", "and": "and",
    "und": "and", "et": "and",
}  # fmt: skip
TRANSPARENT = frozenset({"boxed", "underline", "mathrlap", "mathclap", "ensuremath", "cancel", "bcancel", "xcancel"})
SIZES = frozenset(
    f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg", "left", "right") for side in ("", "l", "r", "m")
) - {"leftl", "leftr", "leftm", "rightl", "rightr", "rightm"}  # fmt: skip
ENVIRONMENTS = frozenset({
    "equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath", "math", "aligned",
    "alignedat", "gathered", "split", "cases", "dcases", "rcases", "array", "subequations", "document",
})  # fmt: skip
INNER = frozenset({"aligned", "alignedat", "gathered", "split", "cases", "dcases", "rcases", "array"})
WITH_COLUMNS = frozenset({"array", "alignat", "alignedat"})
PROSE = frozenset(
    "and where with so then thus hence also for if let und wobei mit sowie dann et où avec donc donde con dove"
    .split()
)  # fmt: skip

_VECTORS = "declare shapes, x \\in \\mathbb{R}^3, or write vectors in bold; or write the components out"
_NORM = f"{_VECTORS.partition(';')[0]}; or write \\sqrt{{x_1^2 + x_2^2}}"
_DERIVES = "adgraph derives; give it the equations alone"
# Commands that are understood and cannot be read: what is said of them, and what to do.
REFUSED = {
    "lVert": ("a norm of a vector is not read", _NORM),
    "rVert": ("a norm of a vector is not read", _NORM),
    "Vert": ("a norm of a vector is not read", _NORM),
    "|": ("a norm of a vector is not read", _NORM),
    "int": ("an integral is not read", "adgraph differentiates; write the integrated function"),
    "lim": ("a limit is not read", "write the function itself"),
    "partial": ("a derivative is not read", _DERIVES),
    "nabla": ("a gradient is not read", _DERIVES),
    "top": ("a transpose is not read", _VECTORS),
    "intercal": ("a transpose is not read", _VECTORS),
    "langle": ("an inner product is not read", _VECTORS),
    "over": ("'\\over' is not read", "write \\frac{…}{…}"),
    "binom": ("a binomial coefficient is not read", "write the fraction out"),
    "pm": ("'\\pm' has two values", "write + or -"),
    "mp": ("'\\mp' has two values", "write + or -"),
    "infty": ("infinity is not a number here", "write the finite expression"),
    "vdots": ("an ellipsis is not read", "write every line"),
    "ddots": ("an ellipsis is not read", "write every entry"),
    "circ": ("a composition is not read", "write f(g(x))"),
    "approx": ("'\\approx' is not an equation", "write ="),
    "sim": ("'\\sim' is not an equation", "write ="),
    "propto": ("'\\propto' is not an equation", "write =, with the constant"),
    "to": ("an arrow is not an equation", "write name = expression"),
    "mapsto": ("an arrow is not an equation", "write f(x) = expression"),
    "rightarrow": ("an arrow is not an equation", "write name = expression"),
    "in": ("a set is not read", "leave the condition out"),
    "lfloor": ("a rounding is not read", "its derivative is 0 nearly everywhere"),
    "lceil": ("a rounding is not read", "its derivative is 0 nearly everywhere"),
    "ddot": ("'\\ddot' is not read", "write x'' or another accent"),
    "sup": ("'\\sup' is not read", "write \\max"),
    "inf": ("'\\inf' is not read", "write \\min"),
    "arg": ("'\\arg' is not read", "adgraph differentiates functions with values that are numbers"),
    "det": ("a determinant is not read", _VECTORS),
    "Pr": ("a probability is not read", "write its formula"),
    "bmod": ("a remainder is not read", "its derivative jumps; write the part between two jumps"),
    "mod": ("a remainder is not read", "its derivative jumps; write the part between two jumps"),
    "pmod": ("a remainder is not read", "its derivative jumps; write the part between two jumps"),
    **dict.fromkeys(("Rightarrow", "Longrightarrow", "implies", "iff", "Leftrightarrow", "therefore", "because"),
                    ("an arrow between formulas is not read", "write \\\\ between two equations")),
    "leftarrow": ("an assignment is not read", "write =, and give the new value a name of its own"),
    "gets": ("an assignment is not read", "write =, and give the new value a name of its own"),
    "dagger": ("an adjoint is not read", _VECTORS),
    "otimes": ("an outer product is not read", _VECTORS),
    "not": ("'\\not' is not read", "leave the condition out"),
}  # fmt: skip

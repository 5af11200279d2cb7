"""Why a formula of a document is skipped, in the words of the lists that are printed: tables, and nothing else."""

from __future__ import annotations

import re

# What would be misread as numbers: formulas that have it are not tried.
_OF_VECTORS = (
    r"\^\s*\{?\s*(?:T|\\top|\\intercal|\\mathsf\s*\{?\s*T|\\mathrm\s*\{?\s*T|\\dagger)\b|\\top\b|\\transpose\b"
    r"|\\(?:mathbf|boldsymbol|bm|vec|pmb|overrightarrow)(?![a-zA-Z])|\\(?:odot|otimes|oplus|circledast)\b"
    r"|\\mathbb\s*\{?\s*[^\s{1]|\\\||\\[lr]?Vert\b|\\langle|\\begin\s*\{[bpvBV]?(?:small)?matrix|\\operatorname\{diag\}|\\det\b|\\mathrm\{diag\}"
    r"|(?<!\{)(?<!\{ )\\begin\s*\{array|\\begin\s*\{pmatrix"
)
_INVERSE = r"(?<![a-zA-Z\\])[fghFGHTu]\s*\^\s*\{\s*-\s*1\s*\}"  # 1/f in a single formula, and here its inverse
_OF_ORDER = r"[fghyFGs]\s*(?:\\,)?\^\s*\{\s*\(\s*[nk](?:\s*[-+]\s*1)?\s*\)\s*\}"  # f^{(n)}
_OF_ORDER = rf"{_OF_ORDER}|(?<![a-zA-Z\\])[fghFG]\s*(?:\\,)?\^\s*\{{\s*\(\d+\)\s*\}}"  # f^{{(4)}}
OF_VECTORS = re.compile(_OF_VECTORS)
NEVER_NUMBERS = re.compile(f"{_OF_VECTORS}|{_INVERSE}|{_OF_ORDER}")

VECTORS = "formula of vectors or matrices"
SUM = "sum or product with an index"

# The first that is found in the text of a formula that could not be read says of which kind it is.
_KINDS = (
    (r"\\lim(?![a-zA-Z])|\\(?:sup|inf)(?![a-z])", "limit"),
    (r"\\i{1,3}nt(?![a-zA-Z])|\\oint", "integral"),
    (r"(?:\\(?:sum|prod)(?![a-zA-Z])).*?(?:\\[clv]?dots|…|\.\.\.)", "sum with dots"),
    (r"\\[clvd]?dots(?:[cbmio])?(?![a-zA-Z])|\.\.\.|…|\\ddots", "formula with dots"),
    (r"\\(?:sum|prod)(?![a-zA-Z])", SUM),
    (r"\\begin\s*\{d?cases", "case distinction"),
    (_OF_VECTORS, VECTORS),
    (_INVERSE, "inverse function"),
    (_OF_ORDER, "derivative of any order"),
    (r"\\Delta(?![a-zA-Z])|Δ|\\delta\s*[a-z]\b", "formula of differences"),
    (
        r"\\mathbb\s*\{?\s*[EP]|\\(?:Pr|Var|Cov)\b|\\mid\b|\\operatorname\{(?:Var|Cov|E)\}|\\sim\b",
        "formula of probability",
    ),
    (r"\\(?:in|subset|cup|cap|forall|exists|mathbb)(?![a-zA-Z])|∈", "formula of sets"),
    (r"\\arg\b|\\(?:min|max)\s*_|\\operatorname\*?\{arg", "optimum"),
    (r"\\nabla|\\partial|\\frac\s*\{?\s*d|'", "formula with derivatives"),
    (r"\\circ(?![a-zA-Z])", "composition"),
    (r"\\pm|\\mp", "formula with two signs"),
    (r"\\infty", "formula with infinity"),
    (r"\?|\\square|\\Box|_{2,}|\\underline\{\s*\\(?:hspace|phantom|quad)", "question"),
)
KINDS = tuple((re.compile(pattern, re.DOTALL), kind) for pattern, kind in _KINDS)
OTHER = "formula that is not understood"
UPDATE, CONDITION, ARROW = "update", "condition", "arrow"
EXPRESSIONS = "equation between expressions"
FUNCTIONS = "formula with functions that are not defined"
COMMANDS = "formula with commands of its own"
CODE = "line of code"

_MESSAGES = (("unknown function", FUNCTIONS), ("needs arguments", FUNCTIONS), ("unknown command", COMMANDS))
_PLURALS = {
    "sum with dots": "sums with dots", "sum or product with an index": "sums or products with an index",
    "case distinction": "case distinctions", "equation between expressions": "equations between expressions",
    "line of code": "lines of code", "optimum": "optima",
}  # fmt: skip


def kind_of(text: str, message: str = "") -> str:
    """The kind of a formula that could not be read, by its text and what its reader said."""
    found = next((kind for pattern, kind in KINDS if pattern.search(text)), "")
    return found or next((kind for words, kind in _MESSAGES if words in message), OTHER)


def one_of(kind: str) -> str:
    """A kind with its article: an integral, a sum with dots."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def counted(kind: str, number: int) -> str:
    """So many of a kind, in words: 14 sums with dots."""
    if number == 1:
        return f"1 {kind}"
    first, _, rest = kind.partition(" ")
    plural = _PLURALS.get(kind) or f"{first}s {rest}".strip()
    return f"{number} {plural}"

"""Formulas divided into statements, and statements into sides; every character keeps its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphviz_ad.core.ops import FUNCTIONS
from graphviz_ad.core.record import Record

EQUAL, ABOUT = "=", "≈"

_TOKEN = re.compile(r"\\begin\s*\{[^{}]*\}|\\end\s*\{[^{}]*\}|\\[a-zA-Z]+\*?|\\.|\n[ \t]*\n|[^\\]", re.DOTALL)
_TRANSPARENT = frozenset(
    "equation align alignat flalign gather multline eqnarray displaymath math dmath aligned alignedat gathered split "
    "subequations".split()
)
_SYSTEMS = frozenset("cases dcases rcases array".split())  # where nothing is before them
_ARROWS = frozenset(
    "\\Rightarrow \\implies \\Longrightarrow \\rightarrow \\longrightarrow \\iff \\Leftrightarrow \\leadsto "
    "\\therefore \\because \\Longleftrightarrow \\Leftarrow \\rightsquigarrow → ⇒ ⟹ ⇔".split()
)
_EQUALS = dict.fromkeys("= \\coloneqq \\triangleq \\equiv \\coloneq \\doteq \\eqqcolon \\stackrel= ≡ ≔".split(), EQUAL)
_EQUALS |= dict.fromkeys("\\approx \\simeq \\cong ≈ \\approxeq".split(), ABOUT)
_OTHERS = frozenset(
    "< > \\lt \\gt \\le \\leq \\ge \\geq \\neq \\ne \\in \\notin \\subset \\subseteq \\to \\mapsto \\sim \\propto "
    "\\ll \\gg \\leftarrow \\gets \\longmapsto \\xrightarrow \\leqslant \\geqslant ≤ ≥ ≠ ∈ ∝ ← "
    "\\perp \\parallel \\mid \\colon".split()
)
_OPERATORS = frozenset("+ - \\cdot \\times * / − · × \\pm \\ast".split())
_SPACES = frozenset({"\\,", "\\;", "\\:", "\\!", "\\>", "\\ ", "\\/", "&", "~"})
_STYLES = re.compile(
    r"\\(?:displaystyle|textstyle|scriptstyle|tiny|small|normalsize|large|Large|LARGE|huge|Huge|footnotesize|scriptsize"
    r"|nonumber|notag|centering|space|medspace|thinspace|allowbreak|nobreak|noindent|par|ds|dst|qedhere|qed|mathstrut|strut|null|limits|nolimits)(?![a-zA-Z])"
    r"|\\(?:hskip|kern|mkern|hspace)\s*-?[\d.]+\s*(?:pt|em|ex|mm|mu|cm|in)"
    r"|\\(?:label|tag\*?|color|textcolor|ref|eqref|cite|vspace\*?|phantom|hphantom|vphantom)\s*\{[^{}]*\}"
)
_GAP = re.compile(r"\\(?:quad|qquad)(?![a-zA-Z])|\\(?:hspace\*?|hskip|kern|mkern|mspace)\s*\{[^{}]*\}")
_STACKED = re.compile(r"\\(?:overset|stackrel|underset|mathrel)\s*(?:\{(?:[^{}]|\{[^{}]*\})*\})?\s*\{\s*:?=\s*\}")
_WORDS = re.compile(r"\\(?:text|textrm|textit|textbf|mbox|intertext|textsf|mathrm)\s*\{([^{}]*)\}")
_OPENING = ("{", "(", "[", "\\{", "\\lbrace", "\\lbrack")
_CLOSING = ("}", ")", "]", "\\}", "\\rbrace", "\\rbrack")
_ROWS = ("\\\\", "\\cr", "\\newline")
_ENDS = (*_ROWS, "\\quad", ",")
_PROSE = frozenset(
    "and or where with so then thus hence if for let since when at because therefore by is are otherwise as we have "
    "given find such that gives yields of the in to while but also i.e. e.g. wobei und mit et donc".split()
)
_JOINTS = re.compile(r"\\\\(?:\s*\[-?[\d.]+\s*\w+\s*\])?|\\(?:cr|newline|quad)(?![a-zA-Z])|&")
_ROW_GAP = re.compile(r"\s*\[-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|\\baselineskip)\s*\]")


class SideText(Record):
    """What stands on one side of a sign: its text, which begins at a place in its formula, and the sign before it."""

    text: str
    start: int
    sign: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Saying(Record):
    """Sides with signs between them. `relation` is a sign that makes of it no equation, such as < or →."""

    sides: tuple[SideText, ...]
    relation: str = ""

    @property
    def start(self) -> int:
        return self.sides[0].start

    @property
    def end(self) -> int:
        return self.sides[-1].end


def statements(text: str) -> list[Saying]:
    """The statements of a formula, in order."""
    shown = _blanked(text)
    if len(shown) > _MAX:
        return []
    return [made for piece in _Divider(shown).pieces() if (made := _statement(shown, piece)) is not None]


_MAX = 20_000


def _blanked(text: str) -> str:
    """The formula with blanks for what says nothing: styles, labels, and signs between signs."""
    shown = re.sub(r"(?<!\\)\\\\(?=\s*\Z)", lambda m: "  ", text.replace("\t", " "))
    shown = re.sub(r"(?<!\\)((?:\\\\)*)\\\n", r"\1  ", shown)  # a backslash before a line's end is a blank
    shown = re.sub(
        r"\\ensuremath\s*\{([^{}]*)\}", lambda m: f"{m[1]} ".rjust(len(m[0])) if m[1].strip() else m[0], shown
    )
    shown = re.sub(r"\\[,!;:](?=\s*')", "  ", shown)
    shown = shown.replace(">=", "≥ ").replace("<=", "≤ ")
    shown = _STACKED.sub(lambda m: "=".rjust(len(m[0])), shown)
    shown = _STYLES.sub(lambda m: " " * len(m[0]), shown)
    shown = re.sub(r":(\s*)=", lambda m: f" {m[1]}=", shown)
    shown = _WORDS.sub(_without_words, shown)
    shown = _GAP.sub(lambda m: "\\quad".ljust(len(m[0])) if len(m[0]) >= 5 else " " * len(m[0]), shown)
    boxed = re.match(r"\s*(\\boxed\s*\{)", shown)
    if boxed and shown.rstrip(" .,;\n").endswith("}") and _closes(shown, boxed.end(1)) == len(shown.rstrip(" .,;\n")):
        last = len(shown.rstrip(" .,;\n")) - 1
        start, end = boxed.span(1)
        shown = f"{shown[:start]}{' ' * (end - start)}{shown[end:last]} {shown[last + 1 :]}"
    return shown


def _closes(text: str, at: int) -> int:
    """The place behind the brace that closes the one before a place."""
    depth = 1
    while at < len(text) and depth:
        depth += (text[at] == "{") - (text[at] == "}")
        at += 1
    return at


def _without_words(match: re.Match[str]) -> str:
    """Words between formulas become a gap; a name in upright letters stays."""
    inside = match[1]
    words = inside.split()
    if len(words) == 1 and words[0] in FUNCTIONS and words[0] != "where":  # \\text{arcsec } x
        return match[0]
    is_prose = (
        inside != inside.strip() or len(words) > 1 or any(word.strip(".,:;()").lower() in _PROSE for word in words)
    )
    if (is_prose and not match[0].startswith("\\mathrm")) or not words:
        return "\\quad".ljust(len(match[0])) if words else " " * len(match[0])
    return match[0]


class _Piece(Record):
    """A stretch between two signs that divide: the places of its sides, each with the sign before it."""

    sides: tuple[tuple[int, int, str], ...]
    relation: str


class _Divider:
    """Goes through a formula and divides it into the stretches that may be statements: the sides of the present one,
    where the last begins and the sign before it, and whether each environment that is open is looked into."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
        self.environments: list[bool] = []
        self.depth = 0
        self.columns = 0
        self.sides: list[tuple[int, int, str]] = []
        self.begin, self.sign, self.relation = 0, "", ""

    def pieces(self) -> Iterator[_Piece]:
        for number, (token, at) in enumerate(self.tokens):
            if token.startswith(("\\begin", "\\end")) and "{" in token:
                yield from self.environment(token, at)
            elif not all(self.environments):
                continue
            elif token in _OPENING:
                self.depth += 1
            elif token in _CLOSING:
                self.depth = max(0, self.depth - 1)
            elif not self.depth:
                yield from self.divided(number, token, at)
        yield from self.ended(len(self.text), len(self.text))

    def ended(self, at: int, behind: int) -> Iterator[_Piece]:
        """The stretch that ends at a place; the next one begins behind it."""
        yield _Piece((*self.sides, (self.begin, at, self.sign)), self.relation)
        self.sides, self.begin, self.sign, self.relation = [], behind, "", ""

    def environment(self, token: str, at: int) -> Iterator[_Piece]:
        name = token[token.index("{") + 1 : -1].strip().rstrip("*")
        behind = at + len(token)
        if token.startswith("\\begin"):
            seen = not self.depth and all(self.environments)
            is_alone = not self.sides and not self.text[self.begin : at].strip(" \n{\\left.")
            self.environments.append(name in _TRANSPARENT or (name in _SYSTEMS and seen and is_alone))
            if seen and self.environments[-1]:
                yield from self.ended(at, behind + _columns(self.text, behind, name))
        elif self.environments and self.environments.pop() and all(self.environments):
            yield from self.ended(at, behind)
            self.depth = 0

    def divided(self, number: int, token: str, at: int) -> Iterator[_Piece]:
        """What ends at a token in no brackets: a side, or a stretch."""
        before, behind = self.text[self.begin : at], at + len(token)
        if token in _EQUALS:
            self.sides.append((self.begin, at, self.sign))
            self.begin, self.sign = behind, _EQUALS[token]
        elif token in _OTHERS:
            self.relation = self.relation or token
        elif token == "\n" and _goes_on(self.tokens, number, before):
            return
        elif token in _ARROWS or token == ";" or token.startswith("\n"):
            yield from self.ended(at, behind)
        elif token == "&":
            self.columns += 1
            if not self.columns % 2 and self.sides and before.strip(" &") and _is_column(self.tokens, number):
                yield from self.ended(at, behind)
        elif token in _ENDS:
            self.columns = 0 if token in _ROWS else self.columns
            if token == "," and _is_within(self.text, at):
                return
            gap = _ROW_GAP.match(self.text, behind) if token == "\\\\" else None
            if token == "," or not _goes_on(self.tokens, number, before):
                yield from self.ended(at, gap.end() if gap else behind)


def _is_column(tokens: list[tuple[str, int]], number: int) -> bool:
    """Whether an equation of its own stands behind a mark of columns: u &= x - 1 & v &= x^2."""
    left, depth = "", 0
    for token, _ in tokens[number + 1 :]:
        depth += (token in ("{", "(")) - (token in ("}", ")"))
        if token in _ROWS or token.startswith("\\end"):
            return False
        if token in _EQUALS and depth == 0:
            return left.strip(" &\n") != "" and left.lstrip(" &\n")[0] not in "+-"
        if depth == 0 and (token in _OPERATORS or token in _OTHERS):
            return False
        left += token
    return False


def _columns(text: str, at: int, name: str) -> int:
    """How long the description of columns behind \\begin{array} is."""
    match = (
        re.compile(r"\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}").match(text, at)
        if name in ("array", "alignat", "alignedat")
        else None
    )
    return len(match[0]) if match else 0


def _is_within(text: str, at: int) -> bool:
    """Whether a comma stands within a number, 1,000."""
    return text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal()


def _goes_on(tokens: list[tuple[str, int]], number: int, before: str) -> bool:
    """Whether what comes behind a line's end, or a gap, goes on with the statement before it."""
    if not before.replace("&", "").strip():
        return True
    for token, _ in tokens[number + 1 :]:
        if token.isspace() or token in _SPACES or token in ("\\left", "\\right") or token == "\\quad":
            continue
        if token in ("\\\\", "\\end"):
            return False
        return token in _EQUALS or token in _OPERATORS
    return False


def _statement(text: str, piece: _Piece) -> Saying | None:
    """A stretch as a statement; None for nothing."""
    sides = []
    for number, (start, end, sign) in enumerate(piece.sides):
        shown = text[start:end]
        if "\\begin" not in shown:  # within another environment these say something
            shown = _JOINTS.sub(lambda m: " " * len(m[0]), shown)
        shown = re.sub(r"\A[\s&]+", lambda m: " " * len(m[0]), shown)
        bare = re.sub(r"(?:[\s.,;:]|\\[,;:!> ])+\Z", "", shown)
        if re.search(r"\\right\s*\Z", bare) and shown[len(bare) :].startswith("."):  # \right. closes what \left opened
            bare += "."
        lead = len(bare) - len(bare.lstrip(" \n.,;:"))
        if bare.strip():
            sides.append(SideText(bare[lead:], start + lead, sign))
        elif not number and len(piece.sides) > 1:
            sides.append(SideText("", start, ""))  # it begins with a sign: it goes on with what was before
    if not any(side.text for side in sides):
        return None
    return Saying(tuple(sides), piece.relation)

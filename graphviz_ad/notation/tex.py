"""Formulas and words in ASCII, so that every TeX sets them: pdfLaTeX, XeLaTeX and LuaLaTeX, with amsmath alone.

å becomes \\mathring{a} and ℒ \\mathcal{L}. A letter that LaTeX has no command for, such as ж, becomes a command of the
picture's own: the letter itself where the reader's document has a font for it, else its code point.
"""

from __future__ import annotations

import re
import unicodedata

from graphviz_ad.core.names import LATEX_LETTERS, unstyled

_GREEK = {letter: f"\\{command}" for command, letter in LATEX_LETTERS.items()}
_MARKS = {  # a combining mark: the accent in formulas, and in words
    "\u0300": ("\\grave", "\\`"), "\u0301": ("\\acute", "\\'"), "\u0302": ("\\hat", "\\^"),
    "\u0303": ("\\tilde", "\\~"), "\u0304": ("\\bar", "\\="), "\u0306": ("\\breve", "\\u"),
    "\u0307": ("\\dot", "\\."), "\u0308": ("\\ddot", '\\"'), "\u030a": ("\\mathring", "\\r"),
    "\u030c": ("\\check", "\\v"), "\u20d7": ("\\vec", ""), "\u030b": ("", "\\H"), "\u0327": ("", "\\c"),
    "\u0323": ("", "\\d"), "\u0331": ("", "\\b"),
}  # fmt: skip
_TEXT_LETTERS = {"æ": "\\ae", "Æ": "\\AE", "œ": "\\oe", "Œ": "\\OE", "ø": "\\o", "Ø": "\\O", "ł": "\\l", "Ł": "\\L",
                 "ß": "\\ss", "ı": "\\i", "ȷ": "\\j"}  # fmt: skip
_SIGNS = {
    "−": "-", "·": "\\cdot ", "×": "\\times ", "÷": "\\div ", "≈": "\\approx ", "≥": "\\ge ", "≤": "\\le ",
    "≠": "\\ne ", "±": "\\pm ", "∂": "\\partial ", "∇": "\\nabla ", "∞": "\\infty ", "→": "\\to ", "√": "\\surd ",
    "∛": "\\sqrt[3]{\\ }", "∑": "\\sum ", "∏": "\\prod ", "∫": "\\int ", "∈": "\\in ", "′": "'", "…": "\\dots ",
    "°": "^\\circ ", '"': "\\mathrm{\\char34 }",
}  # fmt: skip
_PROSE = {
    "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}", "—": "---", "–": "--",
    "’": "'", "‘": "`", "“": "``", "”": "''", "…": "\\dots{}", '"': "''",
    **{c: f"\\{c}" for c in "{}$&#_%"}, **{c: f"${c}$" for c in "<>|"},
}  # fmt: skip
_DOTLESS = {"i": "\\imath", "j": "\\jmath"}
_CLUSTER = re.compile(r"[^\x00-\x7f][\u0300-\u036f\u20d7]*|[A-Za-z0-9][\u0300-\u036f\u20d7]+|\"")
_UPRIGHT = re.compile(r"\\mathrm\{(?:[^{}\\]|\\.)*\}")
_SPACED = re.compile(r"[-<>=:+*/,;?!]")  # signs that have space around them in formulas

# Commands that plain LaTeX with amsmath lacks, and what stands in for them.
_LACKING = {"\\mathbb": "\\mathbf", "\\mathfrak": "\\mathbf", "\\varkappa": "\\kappa"}


# Letters that a style lacks: \mathbf has no Greek, \mathcal no small letters; and the style that stands in for them.
_GAPS = {
    "\\mathbf": (re.compile(r"((?:\\[a-zA-Z]+ ?)+)"), "\\boldsymbol"),
    "\\mathcal": (re.compile(r"([^A-Z]+)"), "\\mathit"),
}
_PARTLY = re.compile(r"(\\mathbf|\\mathcal)\{([^{}]*)\}")


def _stand_ins(found: re.Match[str]) -> str:
    """\\mathcal{Loss} as \\mathcal{L}\\mathit{oss}."""
    style, letters = found.groups()
    gap, instead = _GAPS[style]
    runs = enumerate(gap.split(letters))  # every second one is a gap
    return "".join(f"{instead if k % 2 else style}{{{run}}}" for k, run in runs if run)


_SLANTED = ("MATHEMATICAL ITALIC", "PLANCK CONSTANT")  # letters of variables, as formulas have them anyway


class Tex:
    """Writes formulas and words in ASCII, and remembers the letters that need a command of their own."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._lacking: set[str] = set()

    def maths(self, latex: str) -> str:
        """A formula in LaTeX, for math mode."""
        latex = _PARTLY.sub(_stand_ins, latex)
        self._lacking |= {command for command in _LACKING if re.search(re.escape(command) + r"(?![a-zA-Z])", latex)}
        latex = _UPRIGHT.sub(lambda word: self._ascii(_SPACED.sub(r"{\g<0>}", word[0]), ""), latex)
        return self._ascii(latex, "\\itshape")

    def words(self, text: str) -> str:
        """Words as they stand, for text mode."""
        shown = "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable())
        return "".join(_PROSE.get(part) or self._word(part) for part in re.findall(r".[\u0300-\u036f\u20d7]*", shown))

    def definitions(self) -> list[str]:
        """The commands that what was written needs, to be defined before it."""
        stand_ins = [f"\\providecommand{{{name}}}{{{_LACKING[name]}}}" for name in sorted(self._lacking)]
        return stand_ins + [f"\\def{command}{{{_guarded(letter)}}}" for letter, command in self._letters.items()]

    def preamble(self) -> str:
        """The same, line by line, before what stands in the reader's own document."""
        return "".join(f"{line}%\n" for line in self.definitions())

    def _ascii(self, latex: str, shape: str) -> str:
        return _CLUSTER.sub(lambda found: self._formula(found[0], shape), latex)

    def _formula(self, cluster: str, shape: str) -> str:
        return self._commands(cluster) or f"\\text{{{shape + ' ' if shape else ''}{self._word(cluster)}}}"

    def _commands(self, cluster: str) -> str:
        """A letter with its accents, or a sign, by the commands that LaTeX has in formulas; else nothing."""
        base, *marks = list(unicodedata.normalize("NFD", cluster))
        accents = [_MARKS.get(mark, ("", ""))[0] for mark in marks]
        kind, _, plain = unicodedata.decomposition(base).partition(" ")
        if base in _SIGNS and not marks:
            return _SIGNS[base]
        if kind in ("<super>", "<sub>") and not marks:
            letters = self._ascii("".join(chr(int(code, 16)) for code in plain.split()), "")
            return f"{{}}{'^' if kind == '<super>' else '_'}{{{letters}}}"
        if kind == "<font>" and unicodedata.name(base).startswith(_SLANTED) and not marks:
            return f"{{{_GREEK.get(letter := chr(int(plain, 16)), letter)}}}"
        if not all(accents) or not (base in _GREEK or unstyled(base) or (marks and base.isascii() and base.isalnum())):
            return ""
        style, letter = unstyled(base) or ("", base)
        out = _DOTLESS.get(letter) or _GREEK.get(letter, letter) if marks else _GREEK.get(letter, letter)
        out = self.maths(f"\\{style}{{{out}}}") if style else out
        for accent in accents:
            out = f"{accent}{{{out}}}"
        return f"{{{out}}}"

    def _word(self, cluster: str) -> str:
        base, *marks = list(unicodedata.normalize("NFD", cluster))
        accents = [_MARKS.get(mark, ("", ""))[1] for mark in marks]
        if cluster.isascii():
            return cluster
        if base in _TEXT_LETTERS and not marks:
            return f"{_TEXT_LETTERS[base]}{{}}"
        composed = unicodedata.normalize("NFC", cluster)
        if base.isascii() and len(composed) == 1 and len(accents) == 1 and accents[0]:
            return f"{accents[0]}{{{base}}}"
        if commands := self._commands(cluster):
            return f"${commands}$"
        return "".join(_PROSE.get(one, one) if one.isascii() else self._own(one) for one in composed)

    def _own(self, letter: str) -> str:
        """The command of a letter that LaTeX may not know."""
        number = len(self._letters)
        name = "".join(chr(ord("A") + int(digit)) for digit in str(number))
        return self._letters.setdefault(letter, f"\\adgraphletter{name}") + "{}"


def _guarded(letter: str) -> str:
    """The letter where the document has it, else its code point."""
    code, point = f"U+{ord(letter):04X}", ord(letter)
    unicode_font = f"\\iffontchar\\font {point} {letter}\\else {code}\\fi"
    declared = f"\\ifcsname u8:\\detokenize{{{letter}}}\\endcsname {letter}\\else {code}\\fi"
    return f"\\ifdefined\\Umathchar{unicode_font}\\else{declared}\\fi"  # XeTeX and LuaTeX, or pdfTeX

"""Formulas and words in ASCII, so that every TeX sets them: pdfLaTeX, XeLaTeX and LuaLaTeX, with amsmath alone.

å becomes \\mathring{a} and ℒ \\mathcal{L}. A letter that LaTeX has no command for, such as ж, becomes a command of the
picture's own: the letter itself where the reader's document has a font for it, else its code point.
"""

from __future__ import annotations

import re
import unicodedata

from graphviz_ad.notation.names import LATEX_LETTERS, unstyled

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
_CLUSTER = re.compile(r"[^\x00-\x7f][\u0300-\u036f\u20d7]*|[\x00-\x7f][\u0300-\u036f\u20d7]+|\"")
_UPRIGHT = re.compile(r"\\mathrm\{(?:[^{}\\]|\\.)*\}")

# Commands that plain LaTeX with amsmath lacks, and what stands in for them.
_LACKING = {"\\mathbb": "\\mathbf", "\\mathfrak": "\\mathbf", "\\varkappa": "\\kappa"}


class Tex:
    """Writes formulas and words in ASCII, and remembers the letters that need a command of their own."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}
        self._lacking: set[str] = set()

    def maths(self, latex: str) -> str:
        """A formula in LaTeX, for math mode."""
        latex = re.sub(r"\\mathbf(?=\{\\)", r"\\boldsymbol", latex)  # \mathbf has no Greek
        latex = re.sub(r"\\mathcal(?=\{[^A-Z])", r"\\mathit", latex)  # nor \mathcal small letters
        self._lacking |= {command for command in _LACKING if re.search(re.escape(command) + r"(?![a-zA-Z])", latex)}
        latex = _UPRIGHT.sub(lambda word: self._ascii(word[0], ""), latex)
        return self._ascii(latex, "\\itshape")

    def words(self, text: str) -> str:
        """Words as they stand, for text mode."""
        shown = "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable())
        return "".join(_PROSE.get(part) or self._word(part) for part in re.findall(r".[\u0300-\u036f\u20d7]*", shown))

    def definitions(self) -> list[str]:
        """The commands that what was written needs, to be defined before it."""
        stand_ins = [f"\\providecommand{{{name}}}{{{_LACKING[name]}}}" for name in sorted(self._lacking)]
        return stand_ins + [f"\\def{command}{{{_guarded(letter)}}}" for letter, command in self._letters.items()]

    def _ascii(self, latex: str, shape: str) -> str:
        return _CLUSTER.sub(lambda found: self._formula(found[0], shape), latex)

    def _formula(self, cluster: str, shape: str) -> str:
        base, *marks = list(unicodedata.normalize("NFD", cluster))
        if base in _SIGNS and not marks:
            return _SIGNS[base]
        script = unicodedata.decomposition(base)
        if script.startswith(("<super>", "<sub>")) and not marks:
            sign = "^" if script.startswith("<super>") else "_"
            return f"{{}}{sign}{{{self._ascii(unicodedata.normalize('NFKC', base), shape)}}}"
        accents = [_MARKS.get(mark, ("", ""))[0] for mark in marks]
        if (base.isascii() or base in _GREEK or unstyled(base)) and all(accents):
            out = {"i": "\\imath", "j": "\\jmath"}.get(base, base) if marks else base
            out = self._letter(out)
            for accent in accents:
                out = f"{accent}{{{out}}}"
            return f"{{{out}}}"
        return f"\\text{{{shape + ' ' if shape else ''}{self._word(cluster)}}}"

    def _letter(self, base: str) -> str:
        """A letter of a formula: Latin, Greek, or in one of LaTeX's alphabets."""
        if base in _GREEK or base.startswith("\\"):
            return _GREEK.get(base, base)
        if styled := unstyled(base):
            return self.maths(f"\\{styled[0]}{{{_GREEK.get(styled[1], styled[1])}}}")
        return base

    def _word(self, cluster: str) -> str:
        if cluster.isascii():
            return cluster
        base, *marks = list(unicodedata.normalize("NFD", cluster))
        accents = [_MARKS.get(mark, ("", ""))[1] for mark in marks]
        if base in _TEXT_LETTERS or (base.isascii() and all(accents)):
            out = _TEXT_LETTERS.get(base, base) + "{}" * (base in _TEXT_LETTERS)
            for accent in accents:
                out = f"{accent}{{{out}}}"
            return out
        if (
            base in _SIGNS
            or base in _GREEK
            or unstyled(base)
            or unicodedata.decomposition(base)[:4] in ("<sup", "<sub")
        ):
            return f"${self._formula(cluster, '')}$"
        return "".join(self._own(letter) for letter in unicodedata.normalize("NFC", cluster))

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

"""Formulas of a picture in LaTeX: derivatives and upright words by macros, defined once at the picture's top."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from graphviz_ad.core.formula import Equation, Label, Pullback, Variable
from graphviz_ad.core.names import Name
from graphviz_ad.drawing.scene import Outline, Set
from graphviz_ad.drawing.vertices import AXIS
from graphviz_ad.formats.tikz.styles import em, number
from graphviz_ad.notation.latex import Latex
from graphviz_ad.notation.tex import Tex
from graphviz_ad.notation.write import write

# The macros; a reader's own, defined before the picture, take their place. None has a parameter, for no # may stand in
# a frame of beamer.
MACROS: Mapping[str, str] = MappingProxyType({
    "addiff": "\\mathrm{d}", "adpartial": "\\partial", "adfrac": "\\frac", "adtranspose": "\\top",
    "adtransposeroman": "\\mathrm{T}", "adtransposeprime": "\\prime",
    "addelta": "\\delta", "adnabla": "\\nabla", "adword": "\\mathrm", "adbold": "\\mathbf",
})  # fmt: skip
_FONTS = {f"{MACROS[name]}{{": f"\\{name}{{" for name in ("adword", "adbold")}
_ADJOINT = re.compile(r"\\delta(?![a-zA-Z_])")  # by itself: one with an index is a variable, or has its macro
_TALL = re.compile(r"\\(?:ad)?frac(?![a-zA-Z])")
_FUNCTION = re.compile(r"\\(a?r?c?(sin|cos|tan)h?|cot|exp|log|max|min|operatorname)(?![a-zA-Z])")


class Formulas:
    """Writes formulas and words, and remembers what has to be defined for them."""

    def __init__(self) -> None:
        self.tex = Tex()
        self._macros: set[str] = set()
        self._is_tall = self._has_boxes = False
        self._unboxed = _Macros((), 0.0)  # one for all, so that the lines of a long formula are parts of one writing

    def content(self, sets: Sequence[Set]) -> str:
        """Words, or formulas that stand side by side as one."""
        first = sets[0].content
        if isinstance(first, str):
            words = self.tex.words(first)
            return _ADJOINT.sub(r"\\addelta", words) if "addelta" in self._macros else words
        self._has_boxes = self._has_boxes or any(one.frames for one in sets)
        parts = [write(one.content, _Macros(one.frames, one.size) if one.frames else self._unboxed)
                 for one in sets if not isinstance(one.content, str)]  # fmt: skip
        formula = self.tex.maths(" ".join(parts)).strip()
        if any(_moves_delta(one.content) for one in sets):
            formula = _ADJOINT.sub(r"\\addelta", formula)
        for font, macro in _FONTS.items():
            formula = formula.replace(font, macro)
        self._macros |= {name for name in MACROS if re.search(rf"\\{name}(?![a-zA-Z])", formula)}
        self._is_tall = self._is_tall or bool(_TALL.search(formula))
        return f"${formula}$"

    def definitions(self) -> Iterator[str]:
        """What the formulas so far need."""
        if self._macros:
            yield "% What every derivative and name is written with, to be changed here or defined before the picture:"
        yield from (f"\\providecommand*\\{name}{{{meant}}}" for name, meant in MACROS.items() if name in self._macros)
        if self._is_tall:
            yield "\\everymath\\expandafter{\\the\\everymath\\displaystyle} % fractions are as large as on their own"
        if self._has_boxes:
            yield "\\fboxsep=0pt"
        yield from self.tex.definitions()


def _moves_delta(content: object) -> bool:
    """Whether a label says what a derivative does with an adjoint that is called δ: then no variable is."""
    value = content.value if isinstance(content, Label) else content
    values = value.sides if isinstance(value, Equation) else (value,)
    return any(isinstance(side, Pullback) and side.adjoint == Variable(Name("δ")) for side in values)


class _Macros(Latex):
    """LaTeX with the macros of a picture, and with the spaces and boxes that the scene has: no space before a function,
    where TeX sets one itself, one between a d and a word, and boxes to be filled in of their sizes."""

    signs: ClassVar[Mapping[str, str]] = {
        **Latex.signs, "∂": "\\adpartial", "d": "\\addiff", "⊤": "\\adtranspose",
        "ᵀ": "\\adtransposeroman", "′": "\\adtransposeprime", "δ": "\\addelta", "∇": "\\adnabla",
    }  # fmt: skip

    def __init__(self, frames: Iterable[Outline], size: float) -> None:
        self._frames = iter(frames)
        self._size = size

    def derivative(self, symbol: str, of: str | None, wrt: Sequence[tuple[str, int]]) -> str:
        plain = super().derivative(symbol, of and _apart(of), [(_apart(name), times) for name, times in wrt])
        return plain.replace("\\frac", "\\adfrac", 1)

    def product(self, left: str, joint: str, right: str) -> str:
        return super().product(left, "" if joint == " " and _FUNCTION.match(right) else joint, right)

    def is_tall(self, body: str) -> bool:
        return bool(_TALL.search(body))

    def blank(self, body: str, filled: bool) -> str:
        frame = next(self._frames)
        width, height = em(frame.width, self._size), frame.height / self._size
        strut = f"\\rule[{number(AXIS - height / 2)}em]{{0pt}}{{{number(height)}em}}"
        answer = f"${body}$" if filled else ""  # no source shows the answer
        return f"\\boxed{{\\makebox[{width}]{{{strut}{answer}}}}}"


def _apart(name: str) -> str:
    """A name behind a d: a word with a space before it."""
    return f"\\,{name}" if name.startswith(("\\mathrm{", "\\phantom{\\mathrm{")) else name

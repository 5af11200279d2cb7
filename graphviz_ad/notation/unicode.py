"""Formulas in a terminal: blocks of lines, with fractions and powers in two dimensions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, ClassVar

from graphviz_ad.core.names import ACCENTS, REMEMBERED, Name, script_parts
from graphviz_ad.core.ops import Op
from graphviz_ad.core.patterns import pattern
from graphviz_ad.core.record import Record
from graphviz_ad.notation.breaking import Ruler, measured, starts
from graphviz_ad.notation.notation import ELEMENTWISE, Notation

if TYPE_CHECKING:
    from graphviz_ad.notation.stretches import Stretches

_SUPERSCRIPTS = dict(zip("0123456789-−+()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺⁽⁾ⁿ", strict=True))
RAISED_NAMES = _SUPERSCRIPTS | dict(zip("abcdefghijklmoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_SUBSCRIPTS = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
RAISED = frozenset(_SUPERSCRIPTS.values())
_SMALL = pattern(f"([{''.join(_SUBSCRIPTS.values())}]+)|([{''.join(RAISED_NAMES.values())}]+)")


class Block(Record):
    """Lines of one width, of which `axis` is the one that stands beside an equals sign. A small fraction can be written
    `flat` where it is an exponent. What makes a block of others says how wide it is."""

    lines: tuple[str, ...]
    axis: int = 0
    flat: str = ""
    known: int | None = None

    @property
    def width(self) -> int:
        return columns(self.lines[0]) if self.known is None else self.known


def ruler(notation: Notation[Block]) -> Ruler[Block]:
    """Formulas measured in the columns of a terminal."""
    return Ruler(notation, lambda blocks: [block.width for block in blocks])


def on_the_line(text: str, below: str, above: str) -> str:
    """The text with its small letters and digits on the line, behind the words or signs for below and above."""

    def written(found: re.Match[str]) -> str:
        return (below if found[1] else above).format(unicodedata.normalize("NFKC", found[0]))

    return _SMALL.sub(written, text)


def columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_COLUMNS.__getitem__, text))


class _Columns(dict[str, int]):
    """How many columns each character takes, as it is first met."""

    def __missing__(self, character: str) -> int:
        wide = unicodedata.east_asian_width(character) in "WF"
        self[character] = columns = (not unicodedata.combining(character)) + wide
        return columns


_COLUMNS = _Columns()


def beside(*parts: Block | str) -> Block:
    """Blocks in a row, on one axis."""
    line = ""
    for part in parts:
        if isinstance(part, str):
            line += part
        elif len(lines := part.lines) == 1:
            line += lines[0]
        else:
            break
    else:  # most are of one line, and are set in no time
        return Block((line,))
    blocks = [Block((part,)) if isinstance(part, str) else part for part in parts]
    widths = [block.width for block in blocks]
    above = max(block.axis for block in blocks)
    below = max(len(block.lines) - block.axis for block in blocks)
    padded = [
        [" " * width] * (above - b.axis) + list(b.lines) + [" " * width] * (below - len(b.lines) + b.axis)
        for b, width in zip(blocks, widths, strict=True)
    ]
    return Block(tuple("".join(row) for row in zip(*padded, strict=True)), above, "", sum(widths))


@lru_cache(maxsize=REMEMBERED)
def _named(name: Name) -> Block:
    """A name with its small letters."""
    parts = name.parts
    text = parts.base + "".join(ACCENTS[accent] for accent in parts.accents)
    if parts.subscript:
        below = "".join(script_parts(parts.subscript))
        small = all(c in _SUBSCRIPTS for c in below)
        text += "".join(_SUBSCRIPTS[c] for c in below) if small else f"_{below}" if below.isalnum() else f"_{{{below}}}"
    if parts.superscript:
        small = all(c in RAISED_NAMES for c in parts.superscript)
        text += "".join(RAISED_NAMES[c] for c in parts.superscript) if small else f"^{{{parts.superscript}}}"
    return Block(("".join(c if c.isprintable() else "�" for c in text + "′" * parts.primes),))


def touching(above: Block, below: Block) -> bool:
    """Whether fractions in two lines need room between them."""
    return above.axis + 1 < len(above.lines) and below.axis > 0


def stacked(rows: Sequence[Block]) -> Block:
    """Blocks one below the other, from one column on."""
    width = max(row.width for row in rows)
    lines: list[str] = []
    for number, row in enumerate(rows):
        lines += [" " * width] * (number > 0 and touching(rows[number - 1], row))
        lines += [line + " " * (width - row.width) for line in row.lines]
    return Block(tuple(lines), known=width)


def _times(count: int) -> str:
    """How many times a derivative is taken, as a superscript."""
    return "".join(_SUPERSCRIPTS[digit] for digit in str(count)) if count > 1 else ""


def _centred(block: Block, width: int) -> list[str]:
    left, spare = divmod(width - block.width, 2)
    return [" " * left + line + " " * (left + spare) for line in block.lines]


def _runs_on(left: str, right: str) -> bool:
    """Whether names side by side would be read as one, as one has an index that is not written small: w_z x, x w_z."""
    behind = re.search(r"_\w+$", left) and re.match(r"[^\W\d_]", right)
    before = re.search(r"[^\W\d_]$", left) and re.match(r"[^\W\d_]\w*_", right)
    return bool(behind or before)


class Unicode(Notation[Block]):
    bar: ClassVar[str] = "─"
    shortest: ClassVar[int] = 1  # of the bars of fractions
    room: float = inf  # for what stands in a fraction or a root
    braces: ClassVar[str] = "⎧⎪⎩⎨"
    fences: ClassVar[dict[str, str]] = {"(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "│││", "‖": "‖‖‖"}

    def within(self, room: float) -> Unicode:
        """The same notation, where a fraction or a root has no more room than that."""
        from copy import copy

        narrow = copy(self)
        narrow.room = room
        return narrow

    def fitted(self, body: Stretches[Block]) -> Block:
        joints = body.joints
        if body.whole.width <= self.room or len(joints) == 1:
            return body.whole
        widths = [body.line(*place, self).width for place in measured(len(joints))]
        begun = starts(joints, widths, [self.room - bool(k) for k in range(len(joints))])
        ends = [*begun[1:], len(joints)]
        lines = [body.line(k, end, self) for k, end in zip(begun, ends, strict=True)]
        return stacked([beside(" " * bool(number), line) for number, line in enumerate(lines)])

    def number(self, digits: str, exponent: int | None) -> Block:
        block = Block((digits,))
        return block if exponent is None else beside(block, "·", self.power(Block(("10",)), Block((str(exponent),))))

    def variable(self, name: Name) -> Block:
        return _named(name)

    def function(self, op: Op) -> Block:
        word, index = op.head
        return Block((word + "".join(_SUBSCRIPTS[digit] for digit in index),))

    def partial(self, function: Name, places: Sequence[int]) -> Block:
        signs = "".join("∂" + "".join(_SUBSCRIPTS[digit] for digit in str(place)) for place in places)
        return beside(signs, self.variable(function))

    def symbol(self, sign: str) -> Block:
        return Block((sign,))

    def infix(self, left: Block, sign: str, right: Block) -> Block:
        return beside(left, f" {sign} ", right)

    def negation(self, body: Block) -> Block:
        return beside("− " if body.lines[body.axis].startswith(self.bar) else "−", body)

    def joint(self, left: Block, sign: str, right: Block) -> str:
        tall = len(left.lines) > 1 or len(right.lines) > 1
        return sign or " " * (tall or _runs_on(left.lines[left.axis], right.lines[right.axis]))

    def product(self, left: Block, joint: str, right: Block) -> Block:
        return beside(left, f" {joint} " if joint in ("·", *ELEMENTWISE) else joint, right)

    def fraction(self, numerator: Block, denominator: Block) -> Block:
        width = max(numerator.width, denominator.width, self.shortest)
        above, below = (_centred(block, width) for block in (numerator, denominator))
        flat = (
            f"{above[0].strip()}/{below[0].strip()}"
            if len(above) == len(below) == 1 and max(numerator.width, denominator.width) <= 2
            else ""
        )
        return Block((*above, self.bar * width, *below), len(above), flat, width)

    def power(self, base: Block, exponent: Block) -> Block:
        if exponent.flat:
            exponent = Block((exponent.flat,))
        text = exponent.lines[0].strip()
        if len(exponent.lines) == 1 and all(c in _SUPERSCRIPTS for c in text):
            raised = Block(("".join(_SUPERSCRIPTS[c] for c in text),))
            return beside(base, Block(raised.lines + (" " * raised.width,) * base.axis, 0).replace(axis=base.axis))
        rows = len(exponent.lines)
        lifted = Block(exponent.lines + (" " * exponent.width,) * (base.axis + 1), rows + base.axis)
        return beside(base, lifted)

    def root(self, body: Block, index: int) -> Block:
        sign = "∛" if index == 3 else "√"
        return beside(sign, self.fence(body))

    def bars(self, body: Block) -> Block:
        return self._enclosed("|", body, "|")

    def norm(self, body: Block) -> Block:
        return self._enclosed("‖", body, "‖")

    def transpose(self, body: Block, inverse: bool = False, sign: str = "⊤") -> Block:
        raised = ("′⁻¹" if inverse else "′") if sign == "′" else ("⁻ᵀ" if inverse else "ᵀ")
        return beside(body, Block((raised,) + (" " * len(raised),) * body.axis, body.axis))

    def matrix(self, rows: Sequence[Sequence[Block]]) -> Block:
        widths = [max(row[k].width for row in rows) for k in range(len(rows[0]))]
        lines = []
        for row in rows:
            cells = [beside(" " * (width - entry.width), entry) for entry, width in zip(row, widths, strict=True)]
            lines.append(beside(*[part for cell in cells for part in (cell, "  ")][:-1]))
        inside = stacked(lines)
        return self._enclosed("[", inside.replace(axis=len(inside.lines) // 2), "]")

    def fence(self, body: Block) -> Block:
        return self._enclosed("(", body, ")")

    def opened(self, body: Block, whole: Block, head: Block | None = None) -> Block:
        return beside(head or "", self._tall("(", whole), body)

    def closed(self, body: Block, whole: Block) -> Block:
        return beside(body, self._tall(")", whole))

    def call(self, head: Block, args: Sequence[Block]) -> Block:
        inside = args[0]
        for arg in args[1:]:
            inside = beside(inside, ", ", arg)
        return beside(head, self.fence(inside))

    def iverson(self, left: Block, sign: str, right: Block) -> Block:
        return self._enclosed("[", beside(left, f" {sign} ", right), "]")

    def cases(self, rows: Sequence[tuple[Block, Block | None]]) -> Block:
        room = max(value.width for value, _ in rows)
        lines = [
            beside(value, " " * (room - value.width), *(["  else"] if when is None else ["  if ", when]))
            for value, when in rows
        ]
        body = stacked(lines)
        body = body.replace(axis=len(body.lines) // 2)
        return beside(self._brace(len(body.lines), body.axis), body)

    def _brace(self, rows: int, axis: int) -> Block:
        top, middle, bottom, point = tuple(self.braces)
        if rows == 1:
            return Block(("{",))
        if rows == 2:
            return Block((top, bottom), axis)
        return Block(tuple(top if k == 0 else bottom if k == rows - 1 else point if k == axis else middle
                           for k in range(rows)), axis)  # fmt: skip

    def indexed(self, head: Block, index: Block) -> Block | None:
        text = index.lines[0].strip()
        small = len(index.lines) == 1 and all(c in _SUBSCRIPTS for c in text)
        return beside(head, "".join(_SUBSCRIPTS[c] for c in text)) if small else None

    def derivative(self, symbol: str, of: Block | None, wrt: Sequence[tuple[Block, int]]) -> Block:
        above = beside(symbol + _times(sum(times for _, times in wrt)), *([] if of is None else [of]))
        below = [part for name, times in wrt for part in (symbol, name, _times(times))]
        return self.fraction(above, beside(*below or [symbol]))

    def equation(self, left: Block, sign: str, right: Block) -> Block:
        return beside(left, f" {sign} ", right)

    def blank(self, body: Block, filled: bool) -> Block:
        return body if filled else Block(("_" * max(6, body.width),))

    def hidden(self, body: Block) -> Block:
        return Block((" " * body.width,) * len(body.lines), body.axis)

    def marked(self, mark: str, left: Block) -> Block:
        return beside(f"({mark}) ", left)

    def row(self, parts: Sequence[Block]) -> Block:
        return beside("", *parts)

    def _enclosed(self, left: str, body: Block, right: str) -> Block:
        return beside(self._tall(left, body), body, self._tall(right, body))

    def _tall(self, fence: str, body: Block) -> Block:
        """A bracket as high as the block it stands beside."""
        rows = len(body.lines)
        if rows == 1:
            return Block((fence,))
        top, middle, bottom = tuple(self.fences[fence])
        return Block((top, *[middle] * (rows - 2), bottom), body.axis)

"""numpy.einsum on traced arrays: products of factors with indices, as in formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Node
from graphviz_ad.read.arrays.index_form import IndexForm, IndexProduct
from graphviz_ad.read.python.array_methods import FUNCTIONS
from graphviz_ad.read.python.arrays import ArrayTracer, made, shape_at
from graphviz_ad.read.python.making import lifted, ones, transposed
from graphviz_ad.read.python.parts import reshaped
from graphviz_ad.read.python.tape import TABLES, Tape, Tracer

MAX_UNROLLED = 64  # values of an index that is gone through one by one


class _OnTape:
    """Makes the operations of a product on a tape."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def make(self, op: str, *args: int, at: Node, **attributes: object) -> int:
        shape = operation(op).shape(*(shape_at(self.tape, arg) for arg in args), **attributes)
        axes = tuple(int(size) for size in shape)
        return int(made(self.tape, op, args, axes, **attributes).index)

    def ones_along(self, node: Node, axis: object) -> int:
        return int(ones(self.tape, int(str(axis))).index)

    def axes_of(self, index: int) -> tuple[object, ...]:
        return shape_at(self.tape, index)

    def is_square_of(self, index: int) -> int | None:
        return None


def _unrolled(parts: Sequence[str], operands: Sequence[Any], out: str) -> str | None:
    """The index that is gone through one by one, where there are three in one array; None where there are not."""
    many = [part for part, operand in zip(parts, operands, strict=True) if getattr(operand, "ndim", 0) > 2]
    letters = [*many, out] if many or len(out) > 2 else []
    found = dict.fromkeys(letter for part in letters for letter in part)
    return next((letter for letter in found if letter in out), next(iter(found), None))


def _one_by_one(tape: Tape, letter: str, parts: Sequence[str], operands: Sequence[Any], out: str) -> Any:
    """The product for each value of an index, put beside each other, or added."""
    import numpy

    from graphviz_ad.read.python.slates import tabled

    rest = f"{','.join(part.replace(letter, '') for part in parts)}->{out.replace(letter, '')}"
    sizes = {operand.shape[part.index(letter)] for part, operand in zip(parts, operands, strict=True) if letter in part}
    if len(sizes) != 1 or not 0 < min(sizes) <= MAX_UNROLLED:
        raise tape.refused(f"the index {letter} runs over {' and '.join(map(str, sorted(sizes)))} entries",
                           f"one size is needed, up to {MAX_UNROLLED}")  # fmt: skip
    found = [
        einsum(rest, *(
            operand[(slice(None),) * part.index(letter) + (place,)] if letter in part else operand
            for part, operand in zip(parts, operands, strict=True)
        ))
        for place in range(min(sizes))
    ]  # fmt: skip
    if letter in out:
        return tabled(tape, found, lambda cells: numpy.stack(cells, out.index(letter)))
    return sum(found[1:], found[0])


def _without_dots(tape: Tape, text: str, operands: Sequence[Any]) -> str:
    """The letters with others for the axes that ... stands for."""
    if "..." not in text:
        return text
    left, arrow, out = text.partition("->")
    parts = left.split(",")
    more = [getattr(operand, "ndim", 0) - len(part.replace("...", "")) if "..." in part else 0
            for part, operand in zip(parts, operands, strict=False)]  # fmt: skip
    spare = "".join(letter for letter in "ZYXWVUTSR" if letter not in text)[: max(more, default=0)]
    if len(parts) != len(operands) or min(more) < 0 or len(spare) < max(more):
        raise tape.refused(f"einsum of {text!r} is not traced", "one letter for each axis, or ... for several")
    written = ",".join(part.replace("...", spare[len(spare) - many :]) for part, many in zip(parts, more, strict=True))
    plain = "".join(sorted(k for k in set(left) - set(".,") if left.count(k) == 1))
    return f"{written}->{(out if arrow else f'...{plain}').replace('...', spare)}"


def einsum(text: Any, *operands: Any) -> Any:
    """The product that the letters say: einsum("ij,j->i", W, x)."""
    tape = next(arg.tape for arg in operands if isinstance(arg, (ArrayTracer, Tracer)) or type(arg) in TABLES)
    spelled = _without_dots(tape, str(text).replace(" ", ""), operands)
    found = re.fullmatch(r"([a-zA-Z]*(?:,[a-zA-Z]*)*)(?:->([a-zA-Z]*))?", spelled)
    parts = found[1].split(",") if found else []
    if found is None or len(parts) != len(operands):
        raise tape.refused(f"einsum of {spelled!r} is not traced", 'write letters for each array: "ij,j->i"')
    written = "".join(parts)
    out = found[2] if found[2] is not None else "".join(sorted(k for k in set(written) if written.count(k) == 1))
    if (letter := _unrolled(parts, operands, out)) is not None:
        return _one_by_one(tape, letter, parts, operands, out)
    arrays = [lifted(tape, operand) for operand in operands]
    for place, (part, array) in enumerate(zip(parts, arrays, strict=True)):
        if len(part) == 2 and part[0] == part[1] and getattr(array, "ndim", 0) == 2:  # the diagonal
            if array.shape[0] != array.shape[1]:
                text = f"the diagonal of an array of the shape {array.shape}"
                raise tape.refused(text, "an index that comes twice is that of a square matrix")
            arrays[place], parts[place] = FUNCTIONS["diag"](array), part[0]
    for place, (part, array) in enumerate(zip(parts, arrays, strict=True)):
        if 1 in getattr(array, "shape", ()) and len(array.shape) == len(part):  # axes of one entry are none here
            longer = [(letter, size) for letter, size in zip(part, array.shape, strict=True) if size > 1]
            parts[place] = "".join(letter for letter, _ in longer)
            arrays[place] = reshaped(array, *(size for _, size in longer)) if longer else tape.number(array.index)
    letters = "".join(parts)
    sizes: dict[str, int] = {}
    for part, array in zip(parts, arrays, strict=True):
        shape = array.shape if isinstance(array, ArrayTracer) else ()
        if len(shape) != len(part) or len(set(part)) < len(part):
            raise tape.refused(f"einsum of {spelled!r} with an array of the shape {shape}", "one letter for each axis")
        for letter, size in zip(part, shape, strict=True):
            if sizes.setdefault(letter, size) != size:
                text = f"the index {letter} runs over {sizes[letter]} entries and over {size}"
                raise tape.refused(text, "the two need as many entries")
    if not set(out) <= set(written) or len(set(out)) < len(out):
        raise tape.refused(f"einsum of {spelled!r} is not traced", "its result has each of its letters once")
    factors = tuple((array.index, tuple(part)) for part, array in zip(parts, arrays, strict=True))
    summed = tuple(letter for letter in dict.fromkeys(letters) if letter not in out)
    index, axes = IndexForm(_OnTape(tape), Node("mul")).value(IndexProduct(factors, summed))
    if not axes:
        return ArrayTracer(tape, index, (1,) * len(out)) if out else tape.number(index)
    whole = ArrayTracer(tape, index, tuple(sizes[letter] for letter in axes))
    turned = whole if axes == tuple(letter for letter in out if letter in sizes) else transposed(whole)
    return turned if len(axes) == len(out) else reshaped(turned, *(sizes.get(letter, 1) for letter in out))

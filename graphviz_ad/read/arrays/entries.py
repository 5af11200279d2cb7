"""Formulas with indices among nodes with shapes: entries, sums over indices, and the left sides y_i = …"""

from __future__ import annotations

from collections.abc import Sequence

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.functions import operation
from graphviz_ad.core.graph import Node
from graphviz_ad.core.ops.arrays import ENTRY
from graphviz_ad.core.ops.row import AxisSize, shown
from graphviz_ad.read.arrays.addition import added
from graphviz_ad.read.arrays.along import largest_of_rows
from graphviz_ad.read.arrays.functions import entries_multiplied
from graphviz_ad.read.arrays.index_form import IndexForm, IndexProduct, Letters, ManyIndicesError
from graphviz_ad.read.arrays.maker import ArrayMaker
from graphviz_ad.read.arrays.terms import (
    BARS,
    COLUMNS,
    CROSS,
    DOT,
    ELEMENT,
    EXTREME,
    INNER,
    MEAN,
    MULTIPLIED,
    ODIV,
    ODOT,
    OVER,
    PART,
    RAISED,
    STAR,
    SUMMED,
    VEC,
)
from graphviz_ad.read.arrays.vocabulary import index_letters, index_parts

_PRODUCTS = frozenset({"mul", "matmul", STAR, DOT, ODOT, INNER, CROSS})
# What is made of a whole vector or matrix and not of its entries, as it is called.
_OF_ALL = {
    **{op: operation(op).sign for op in (
        "total", "rowsum", "sqnorm", "norm", "softmax", "log_softmax", "trace", "det", "logdet", "inv", "diag", "vcat",
        "largest",
    )},
    MEAN: "mean", VEC: "vec", COLUMNS: "a matrix",
}  # fmt: skip
_BY_ENTRIES = {ODIV: "div", RAISED: "pow", BARS: "abs"}


class Entries:
    """Multiplies out what has indices. `place` says where each node that was read is among those that are made."""

    def __init__(self, maker: ArrayMaker, place: Sequence[int]) -> None:
        self.maker, self.place = maker, place
        self.products: dict[int, IndexProduct] = {}  # of nodes that were read and have free indices

    def have(self, node: Node) -> bool:
        """Whether a node has indices."""
        if node.op == ELEMENT and self.is_row(node):
            return False
        return node.op in (ELEMENT, SUMMED, MULTIPLIED, EXTREME, OVER) or any(arg in self.products for arg in node.args)

    def is_row(self, node: Node) -> bool:
        """Whether one number stands below a matrix, W_2."""
        index = self.place[node.args[0]]
        shape = self.maker.shape(index) if index >= 0 else ()
        parts = index_parts(str(dict(node.type.attributes)["indices"]))
        one = len(parts) == 1 and parts[0].isdecimal() and not (len(parts[0]) == 2 and shape[:1] != (parts[0],))
        return one and len(shape) == 2 and 1 not in shape

    def made(self, place: int, node: Node) -> int:
        """A node that has indices: a number if none of them is free, else a product that is kept for what reads it."""
        form = IndexForm(self.maker, node)
        if node.op == "diag" and len(self.products[node.args[0]].free()) == 1:  # diag(p_i), of all entries
            return self.maker.add("diag", (form.value(self.products[node.args[0]])[0],), node)
        if node.op == OVER:
            return self._over(form, node)
        if node.op == EXTREME:
            return self._extreme(form, place, node)
        if node.op == MULTIPLIED:
            return self._multiplied(form, node)
        product = self._product(form, node)
        sizes: dict[str, AxisSize] = {}
        for index, letters in product.factors:
            for letter, size in zip(letters, self.maker.shape(index), strict=True):
                known = sizes.setdefault(letter, size)
                if not self.maker.sizes.unify(known, size):
                    text = f"the index {letter} runs over {known} entries and over {size}"
                    raise AdgraphError(text, node.span, "the two need as many entries")
        if product.free():
            self.products[place] = product
            return -1
        return form.value(product)[0]

    def _product(self, form: IndexForm, node: Node) -> IndexProduct:
        if node.op == ELEMENT:
            return self._element(form, node)
        if node.op == SUMMED:
            return self._summed(form, node)
        values = [self._free(form, arg, node) for arg in node.args]
        if node.op in _PRODUCTS:
            return IndexProduct(tuple(factor for value in values for factor in value))
        if node.op == PART:
            raise AdgraphError("a part of an entry", node.span, "write one index for each axis: W_ij")
        if node.op in _OF_ALL:
            text = f"{_OF_ALL[str(node.op)]} of an entry"
            raise AdgraphError(text, node.span, "write it of the whole vector: softmax(z), not softmax(z_i)")
        if node.op == "transpose":
            text = "the transpose of an entry, which is a number"
            raise AdgraphError(
                text, node.span, "leave the transpose out; for vectors x_1, x_2 of their own declare x_i: 3"
            )
        several = [(form.joined(IndexProduct(value)) if len(value) != 1 else value[0]) for value in values]
        self.maker.undeclared.difference_update(index for index, free in several if not free)  # numbers beside entries
        made, letters = form.aligned(several)
        op = _BY_ENTRIES.get(str(node.op), node.op)
        if op in ("add", "sub"):
            return IndexProduct(((added(self.maker, node.replace(op=op), tuple(made)), letters),))
        return IndexProduct(((self.maker.keep(node.replace(op=op), tuple(made)), letters),))

    def _free(self, form: IndexForm, arg: int, node: Node) -> tuple[tuple[int, Letters], ...]:
        """The factors of an operand; what is summed over is multiplied out."""
        if arg in self.products:
            product = self.products[arg]
            return (form.value(product),) if product.summed else product.factors
        index = self.place[arg]
        if self.maker.shape(index):
            text = f"'{self.maker.name_of(index)}' has no index here, and its shape is {shown(self.maker.shape(index))}"
            raise AdgraphError(text, node.span, f"write {self.maker.name_of(index)}_i for its entries")
        return ((index, ()),)

    def _summed(self, form: IndexForm, node: Node) -> IndexProduct:
        attributes = dict(node.type.attributes)
        letters, limit = attributes["indices"], attributes["limit"]
        assert isinstance(letters, tuple)
        (arg,) = node.args
        product = self.products.get(arg)
        for letter in letters:
            if product is None or letter not in product.free():
                text = f"the index {letter} does not occur in what is summed"
                raise AdgraphError(text, node.span, f"write x_{letter}, where x is a vector; or sum(x) of all entries")
        assert product is not None
        if limit is not None:
            self._check_limit(node, product, str(letters[0]), limit)
        if product.summed and set(product.summed) & set(letters):
            product = IndexProduct((form.value(product),))
        return product.replace(summed=(*letters, *product.summed))

    def _check_limit(self, node: Node, product: IndexProduct, letter: str, limit: object) -> None:
        """Raise AdgraphError for a sum that ends before the last entry, or goes beyond it."""
        size = next(
            s for i, found in product.factors for k, s in zip(found, self.maker.shape(i), strict=True) if k == letter
        )
        assert isinstance(limit, (int, str))
        if not self.maker.sizes.unify(size, limit):
            text = f"the sum goes up to {limit}, and the index {letter} has {size} entries"
            raise AdgraphError(text, node.span, f"write sum_{letter}, or sum_{{{letter}=1}}^{size}")

    def _element(self, form: IndexForm, node: Node) -> IndexProduct:
        """x_i, W_ij; W_1j is a row, x_1 a number."""
        (arg,) = node.args
        indices = str(dict(node.type.attributes)["indices"])
        if arg in self.products:
            text = "an index of what has one already"
            raise AdgraphError(text, node.span, "write one index for each axis: W_ij")
        index = self.place[arg]
        shape, name = self.maker.shape(index), self.maker.name_of(index)
        if not shape:
            text = f"'{name}' is a number and has no entry {indices}"
            raise AdgraphError(text, node.span, f"declare it, {name}: vector; or declare {name}_{indices}: scalar")
        parts = index_parts(indices)
        if len(parts) == 1 and len(shape) == 2 and len(parts[0]) == 2 and parts[0].isdecimal():
            parts = list(parts[0])
        if 1 in shape and len(parts) == 1:
            index, shape = self.maker.transposed(node, (index,)), (shape[1],)
        if len(parts) != len(shape):
            needed = "one index" if len(shape) == 1 else "two indices"
            text = f"'{name}' is {shown(shape)} and its entries have {needed}, not {indices}"
            hint = f"write {name}_i" if len(shape) == 1 else f"write {name}_ij"
            rows = index_letters(indices) if len(shape) == 2 and len(parts) == 1 else []
            raise ManyIndicesError(text, node.span, hint, rows) if rows else AdgraphError(text, node.span, hint)
        for part, size in zip(parts, shape, strict=True):
            if part.isdecimal() and isinstance(size, int) and not 1 <= int(part[:9]) <= size:
                text = f"'{name}' is {shown(shape)} and has no entry {indices}"
                raise AdgraphError(text, node.span, f"entries are counted from 1 to {size}")
        if len(set(parts)) < len(parts) and not parts[0].isdecimal():  # X_ii
            return IndexProduct(((self.maker.add("diag", (index,), node), (parts[0],)),))
        return IndexProduct(((self._at(node, index, parts), tuple(index_letters(indices))),))

    def _at(self, node: Node, index: int, parts: Sequence[str]) -> int:
        """The entry that the indices name, or the row or column: W e_2, e_1^T W."""
        shape = self.maker.shape(index)
        if all(part.isdecimal() for part in parts):
            return self.maker.add(ENTRY, (index,), node, place=tuple(map(int, parts)))
        if len(parts) == 2 and parts[1].isdecimal():
            index = self.maker.add("matmul", (index, self.maker.unit(node, shape[1], int(parts[1]))), node)
        if parts[0].isdecimal():
            row = self.maker.add("transpose", (self.maker.unit(node, shape[0], int(parts[0])),), node)
            index = self.maker.add("matmul", (row, index), node)
            if self.maker.shape(index):
                index = self.maker.add("transpose", (index,), node)
        return index

    def _extreme(self, form: IndexForm, place: int, node: Node) -> int:
        """max_i x_i: the largest entry of what has this index; of max_j X_ij one for each i."""
        product = self.products.get(node.args[0])
        wanted = dict(node.type.attributes)["indices"]
        assert isinstance(wanted, tuple)
        found, letters = form.value(product) if product is not None else (-1, ())
        if len(letters) == 2 and set(wanted) < set(letters):
            (other,) = (letter for letter in letters if letter not in wanted)
            rows = form.turned(found, letters, (other, *wanted))
            self.products[place] = IndexProduct(((largest_of_rows(self.maker, node, rows), (other,)),))
            return -1
        if set(letters) != set(wanted):
            text = f"the maximum is over {', '.join(map(str, wanted))}, and the index is {', '.join(letters) or 'none'}"
            raise AdgraphError(text, node.span, "write max_i x_i, or max(X) of all entries")
        return self.maker.add("largest", (found,), node)

    def _multiplied(self, form: IndexForm, node: Node) -> int:
        """prod_i x_i: the product of all entries of what has this index."""
        attributes = dict(node.type.attributes)
        letters, limit = attributes["indices"], attributes["limit"]
        assert isinstance(letters, tuple)
        product = self.products.get(node.args[0])
        found, free = form.value(product) if product is not None else (-1, ())
        if set(free) != set(letters):
            text = f"the product is over {', '.join(map(str, letters))}, and the index is {', '.join(free) or 'none'}"
            raise AdgraphError(text, node.span, "write prod_i x_i, or prod(X) of all entries")
        if limit is not None:
            self._check_limit(node, IndexProduct(((found, free),)), str(letters[0]), limit)
        return entries_multiplied(self.maker, node, (found,))

    def _over(self, form: IndexForm, node: Node) -> int:
        """y_i = …: the vector of all of them, the axes in the order of the left side."""
        (arg,) = node.args
        wanted = dict(node.type.attributes)["indices"]
        assert isinstance(wanted, tuple)
        product = self.products.get(arg)
        found, letters = form.value(product) if product is not None else (self.place[arg], ())
        if set(letters) != set(wanted):
            text = f"the left side has the index {', '.join(wanted)}, the right side {', '.join(letters) or 'none'}"
            raise AdgraphError(text, node.span, "both sides need the same indices; others are summed over")
        return found if letters == wanted else self.maker.transposed(node, (found,))

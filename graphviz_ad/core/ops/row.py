"""The type of a row of the table of operations: all that is known of one operation."""

from __future__ import annotations

from graphviz_ad.core.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

Interval = tuple[float, float]
EVERYWHERE: Interval = (-3.0, 3.0)
ABOVE_ZERO: Interval = (0.2, 4.0)
ABOVE_ONE: Interval = (1.2, 4.0)
INSIDE: Interval = (-0.9, 0.9)
BELOW_ONE: Interval = (0.1, 0.9)

UNKNOWN, NONNEGATIVE, POSITIVE = range(3)  # what is known of an expression's sign, wherever it is defined

WITH_NAMES = ("function", "root", "bars")  # forms of what is called by a name
CALLED = (*WITH_NAMES, "iverson", "logarithm", "cases")  # and of what may be


AxisSize = int | str  # a letter for one that may be any
Shape = tuple[AxisSize, ...]  # the sizes of axes; a number has none


class SizeSum(str):
    """The size of what stands one below the other, n+m, where one of the two is not known."""

    __slots__ = ("terms",)
    terms: tuple[AxisSize, ...]

    def __new__(cls, *sizes: AxisSize) -> SizeSum:
        terms = [term for size in sizes for term in terms_of(size)]
        made = super().__new__(cls, "+".join(map(str, terms)))
        made.terms = tuple(terms)
        return made

    def __reduce__(self) -> tuple[type[SizeSum], tuple[AxisSize, ...]]:
        return SizeSum, self.terms


OPEN = "?"  # begins the name of a size that is to be found; other words are letters of the reader's


def terms_of(size: AxisSize) -> tuple[AxisSize, ...]:
    """The sizes that a size is the sum of: of most it is one."""
    return size.terms if isinstance(size, SizeSum) else (size,)


def together(above: AxisSize, below: AxisSize) -> AxisSize:
    """The size of two together."""
    return above + below if isinstance(above, int) and isinstance(below, int) else SizeSum(above, below)


class Contraction(Record):
    """A product of indexed factors, summed over the indices that `out` has not: each is a parameter, by its place, with
    a letter for each of its axes. A letter that `out` has twice is its diagonal."""

    factors: tuple[tuple[int, str], ...]
    out: str


def elementwise(*shapes: Shape) -> Shape:
    """The shape of what is computed element by element; numbers go with every shape. Raises ValueError for others."""
    with_axes = dict.fromkeys(shape for shape in shapes if shape)
    if len(with_axes) > 1:
        raise ValueError(f"shapes {' and '.join(map(shown, with_axes))} do not go together")
    return next(iter(with_axes), ())


def shown(shape: Shape) -> str:
    """A shape as it is written: 2 × 3, with a question mark for what is not known of it."""
    return " × ".join(map(size_shown, shape)) or "a number"


def size_shown(size: AxisSize) -> str:
    """The size of an axis as it is written: 3, n+1, or a question mark."""
    return "+".join("?" if str(term).startswith(OPEN) else str(term) for term in terms_of(size))


class Op(Record):
    """One operation on real numbers. Everything that adgraph does with it comes from here.

    `partials[k]` is the derivative with respect to `params[k]`, an expression in adgraph's own language over the
    parameters and `out`, the operation's value; `definition` is one for the value itself. What has a definition needs
    nothing else: it is composed wherever it is computed. `function` (on floats) and `javascript` (its name or a lambda,
    which gives NaN outside the domain) stand beside it where it would lose digits, or is not given at all; `generic`
    is a function of Python that works on the numbers of any library.

    A sign with an underscore has an index, log_2; `latex` is its command where LaTeX has one. The other fields say what
    they mean below. `sample` is an interval for each parameter on which value and derivative exist.
    """

    name: str
    params: tuple[str, ...]
    partials: tuple[str, ...]
    sample: tuple[Interval, ...]
    # its value
    definition: str = ""
    function: Callable[..., float] | None = None
    javascript: str = ""
    generic: Callable[..., Any] | None = None
    folds: bool = False  # f(x, y, z) means f(f(x, y), z)
    symmetric: bool = False  # f(x, y) is f(y, x)
    shape: Callable[..., Shape] = elementwise  # of its value, by those of its arguments; ValueError for others
    factors: Callable[..., Contraction] | None = None  # what it is as a product of indexed factors, by the same
    # where value and derivative exist, in words about the parameters
    domain: str = "all real numbers"
    smooth: str = ""  # where that is another domain
    kink: str = ""  # which derivative is taken where it jumps
    jumps: bool = False  # it is the value that jumps there, and beside it it does not change
    alone: tuple[str, ...] = ()  # the partials where no other argument depends on an input, if they are others,
    kink_alone: str = ""  # and what they are at the kink
    needs: tuple[str, str] = ("", "")  # of value and derivative, where other words are better in an error
    vanishes: tuple[str, ...] = ()  # for each partial a parameter, or none: where that is 0, so is the partial
    # what the normal form may take for granted
    positivity: int = UNKNOWN
    exact: tuple[tuple[int | str, int], ...] = ()  # its value for a number or a constant
    # how it is set and said
    form: str = "function"  # a key of the forms in `notation.write`
    sign: str = ""
    latex: str = ""
    spoken: str = ""
    squared: bool = False  # sin² x is (sin x)², by long custom
    # what it is called
    aliases: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()  # names that are variables unless they are called
    commands: tuple[str, ...] = ()  # of LaTeX, beside its names
    elsewhere: tuple[str, ...] = ()  # what numerical libraries call it, beside its names
    common: bool = False  # so well known that sinx is taken for a slip
    inverse: str = ""
    same_as: str = ""  # the operation that it is another spelling of: results are written as their source is
    # the rule that differentiates it; the names of simpler ones, by the parameters that vary
    rule: str = ""
    rules: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What a reader may call it."""
        return (self.name, *self.letters, *self.aliases)

    @property
    def numeric_names(self) -> tuple[str, ...]:
        """What it is called where numbers may be arrays: max(x, y) is another function there."""
        return (*self.names, *self.elsewhere) if self.form in WITH_NAMES and not self.folds else self.elsewhere

    @property
    def head(self) -> tuple[str, str]:
        """The word that its sign is, and the index of that."""
        word, _, index = self.sign.partition("_")
        return word, index


def row(name: str, partials: str = "", *sample: Interval, params: str = "x", **facts: Any) -> Op:
    """A row of the table: partials are separated by semicolons, parameters by blanks."""
    names, rules = tuple(params.split()), _parts(partials)
    facts["alone"] = _parts(facts.get("alone", ""))
    facts.setdefault("sign", name)
    facts.setdefault("rule", f"derivative of {name}")
    return Op(name, names, rules, sample or (EVERYWHERE,) * len(names), **facts)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())

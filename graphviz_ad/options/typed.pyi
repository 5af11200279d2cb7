"""The keywords of the library's functions; made by `python -m graphviz_ad.options.keywords`."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypedDict

class ParseKeywords(TypedDict, total=False):
    language: str
    functions: str | Iterable[str]
    keep_functions: bool
    macros: str | Iterable[str]
    shapes: Mapping[str, tuple[int | str, ...]] | None
    unroll: int | None
    variables: str | Iterable[str]

class TraceKeywords(TypedDict, total=False):
    wrt: str | Iterable[str]
    max_operations: int
    max_seconds: float
    at: Mapping[str, float] | None

class ForwardKeywords(TypedDict, total=False):
    hadamard: Literal["odot", "circ"]
    transpose: Literal["top", "T", "prime"]
    bold: Literal["as-typed", "auto", "off"]
    shown_shapes: Literal["below", "none", "set"]
    at: Mapping[str, float] | None
    digits: int
    constants: Literal["node", "folded"]
    roles: Mapping[str, str] | None
    highlight: str | Iterable[str]
    groups: Mapping[str, tuple[str, ...]] | None
    fold: bool
    title: str
    captions: str | Iterable[str]
    direction: Literal["lr", "rl", "tb", "bt"]
    theme: str
    size: str
    stacked: str | Iterable[str]
    pins: Mapping[str, str] | None
    max_width: str
    id_prefix: str
    background: Literal["theme", "none"]
    scale: float
    dpi: float | None
    standalone: bool
    beamer: bool
    template: str
    seconds: float

class BackwardKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]
    symbol: Literal["auto", "d", "partial"]
    write: Literal["auto", "names", "inputs"]
    assume: str | Iterable[str]
    layout: Literal["gradient", "numerator", "denominator"]
    edges: Literal["auto", "jacobian", "vjp", "both", "index"]
    adjoint: Literal["auto", "delta", "partial", "bar", "d", "nabla"]
    hadamard: Literal["odot", "circ"]
    transpose: Literal["top", "T", "prime"]
    bold: Literal["as-typed", "auto", "off"]
    shown_shapes: Literal["below", "none", "set"]
    at: Mapping[str, float] | None
    digits: int
    step: Literal[1, 2, 3]
    roles: Mapping[str, str] | None
    highlight: str | Iterable[str]
    groups: Mapping[str, tuple[str, ...]] | None
    fold: bool
    title: str
    captions: str | Iterable[str]
    direction: Literal["lr", "rl", "tb", "bt"]
    theme: str
    size: str
    stacked: str | Iterable[str]
    pins: Mapping[str, str] | None
    max_width: str
    id_prefix: str
    background: Literal["theme", "none"]
    scale: float
    dpi: float | None
    standalone: bool
    beamer: bool
    template: str
    seconds: float

class ChainKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]
    symbol: Literal["auto", "d", "partial"]
    write: Literal["auto", "names", "inputs"]
    assume: str | Iterable[str]
    layout: Literal["gradient", "numerator", "denominator"]
    adjoint: Literal["auto", "delta", "partial", "bar", "d", "nabla"]
    hadamard: Literal["odot", "circ"]
    transpose: Literal["top", "T", "prime"]
    bold: Literal["as-typed", "auto", "off"]
    max_paths: int
    at: Mapping[str, float] | None
    digits: int
    roles: Mapping[str, str] | None
    highlight: str | Iterable[str]
    groups: Mapping[str, tuple[str, ...]] | None
    fold: bool
    title: str
    captions: str | Iterable[str]
    direction: Literal["lr", "rl", "tb", "bt"]
    theme: str
    size: str
    stacked: str | Iterable[str]
    pins: Mapping[str, str] | None
    max_width: str
    id_prefix: str
    background: Literal["theme", "none"]
    scale: float
    dpi: float | None
    standalone: bool
    beamer: bool
    template: str
    seconds: float

class DrawKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]
    symbol: Literal["auto", "d", "partial"]
    write: Literal["auto", "names", "inputs"]
    assume: str | Iterable[str]
    layout: Literal["gradient", "numerator", "denominator"]
    edges: Literal["auto", "jacobian", "vjp", "both", "index"]
    adjoint: Literal["auto", "delta", "partial", "bar", "d", "nabla"]
    hadamard: Literal["odot", "circ"]
    transpose: Literal["top", "T", "prime"]
    bold: Literal["as-typed", "auto", "off"]
    shown_shapes: Literal["below", "none", "set"]
    max_paths: int
    at: Mapping[str, float] | None
    digits: int
    views: str | Iterable[str]
    style: str
    step: Literal[1, 2, 3]
    constants: Literal["node", "folded"]
    roles: Mapping[str, str] | None
    highlight: str | Iterable[str]
    groups: Mapping[str, tuple[str, ...]] | None
    fold: bool
    title: str
    captions: str | Iterable[str]
    direction: Literal["lr", "rl", "tb", "bt"]
    theme: str
    size: str
    stacked: str | Iterable[str]
    pins: Mapping[str, str] | None
    max_width: str
    id_prefix: str
    background: Literal["theme", "none"]
    scale: float
    dpi: float | None
    standalone: bool
    beamer: bool
    template: str
    seconds: float

class EvaluateKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]

class CheckKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]
    assume: str | Iterable[str]
    at: Mapping[str, float] | None

class ShowKeywords(TypedDict, total=False):
    of: str | Iterable[str]
    wrt: str | Iterable[str]
    hadamard: Literal["odot", "circ"]
    transpose: Literal["top", "T", "prime"]
    bold: Literal["as-typed", "auto", "off"]
    views: str | Iterable[str]

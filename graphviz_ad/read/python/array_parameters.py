"""The shapes of parameters that are arrays: of a default, an annotation, W: (2, 3), or of the command line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.ops.row import Shape, shown
from graphviz_ad.read.arrays.declarations import MAX_SIZE, check_entries
from graphviz_ad.read.python.array_methods import AxisNumbers

MAX_AXES = 4  # (samples, channels, rows, columns)


def axes_of(value: Any, annotation: Any) -> AxisNumbers | None:
    """The shape that a parameter is said to have: by its default, or by its annotation, W: (2, 3), x: 3. None for a
    number. Raises AdgraphError for a shape that is none."""
    axes = getattr(value, "shape", None)
    if axes and hasattr(value, "dtype"):
        return _checked(tuple(axes))
    if isinstance(annotation, str):
        annotation = _spelled(annotation)
    if isinstance(annotation, int) and not isinstance(annotation, bool):
        return _checked((annotation,)) if annotation != 1 else None
    if isinstance(annotation, tuple) and annotation and all(type(size) is int for size in annotation):
        return _checked(annotation)
    if isinstance(annotation, tuple) and any(isinstance(size, (int, float)) for size in annotation):
        raise AdgraphError(f"the shape {annotation} of a parameter", hint="its sizes are whole numbers, W: (2, 3)")
    return None


@lru_cache(maxsize=1024)
def _spelled(annotation: str) -> Any:
    """A shape among annotations that are text: "(2, 3)", "2x3", "3"."""
    text = annotation.strip("'\" ")
    if re.fullmatch(r"\(?\s*\d+(?:\s*[,x×]\s*\d+)*\s*,?\s*\)?", text):
        sizes = tuple(map(int, re.findall(r"\d+", text)))
        return sizes if len(sizes) > 1 or text.startswith("(") else sizes[0]
    if re.fullmatch(r"\(?\s*(?:[a-zA-Z]\w?|\d+)\s*[x×,]\s*(?:[a-zA-Z]\w?|\d+)\s*\)?", text):
        raise AdgraphError(f"the shape {text} of a parameter", hint="give sizes in digits, as W: (2, 3), or --shape")
    return None


@lru_cache(maxsize=1024)
def _checked(axes: AxisNumbers) -> AxisNumbers:
    if len(axes) > MAX_AXES:
        raise AdgraphError(f"an array of {len(axes)} axes", hint=f"up to {MAX_AXES} are traced")
    check_entries(tuple(axes), None)
    if not all(0 < size <= MAX_SIZE for size in axes):
        raise AdgraphError(f"an array of the shape {axes}", hint=f"an axis has from 1 to {MAX_SIZE:,} entries")
    return tuple(int(size) for size in axes)


def of_shape(shape: Shape, name: str) -> AxisNumbers:
    """The axes of a parameter whose shape is given, --shape W=2x3."""
    if not all(isinstance(size, int) for size in shape):
        raise AdgraphError(f"'{name}' is {shown(shape)}", hint="give sizes in digits for a Python function")
    return _checked(tuple(int(size) for size in shape))

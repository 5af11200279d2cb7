"""Parameters that are lists and dicts of arrays, params["W1"], weights[0]: each array in them is an input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphviz_ad.core.given import PartName, Path, axes_given
from graphviz_ad.read.python.tape import Tape

At = dict[Any, Any]  # values by the keys of names
MAX_DEPTH = 4


def given_within(names: Mapping[str, Any]) -> dict[str, dict[Path, Any]]:
    """The values that are given of what stands in lists and dicts, by parameter and place."""
    found: dict[str, dict[Path, Any]] = {}
    for name, value in names.items():
        if isinstance(name, PartName):
            found.setdefault(name.of, {})[name.path] = value
    return found


def skeleton_of(annotation: Any, default: Any, given: Mapping[Path, Any]) -> Any:
    """The lists and dicts of a parameter, with a shape, a value or None in each place: as they are given, annotated,
    {"W": (2, 3), "b": 2}, or by default. None for a parameter that is none."""
    if given:
        return _built(given)
    if isinstance(annotation, (dict, list)) or (isinstance(annotation, tuple) and any(map(_is_nested, annotation))):
        return annotation
    return default if isinstance(default, (dict, list, tuple)) and _has_arrays(default) else None


def _is_nested(part: Any) -> bool:
    return isinstance(part, (dict, list, tuple))


def _has_arrays(value: Any, depth: int = 0) -> bool:
    if hasattr(value, "dtype"):
        return bool(getattr(value, "shape", ()))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return depth < MAX_DEPTH and any(_has_arrays(part, depth + 1) for part in inside)


def _built(given: Mapping[Path, Any]) -> Any:
    """Lists and dicts by the places in them; what stands there is found by its name."""
    if () in given:
        return None
    inside: dict[str | int, dict[Path, Any]] = {}
    for path, value in given.items():
        inside.setdefault(path[0], {})[path[1:]] = value
    parts = {step: _built(rest) for step, rest in inside.items()}
    return [parts[place] for place in sorted(parts)] if all(isinstance(step, int) for step in parts) else parts


def nested_input(tape: Tape, name: str, skeleton: Any, at: At) -> Any:
    """The lists and dicts, with inputs of the graph in their places."""

    def made(part: Any, path: Path) -> Any:
        if isinstance(part, dict):
            return {key: made(value, (*path, str(key))) for key, value in part.items()}
        if _is_nested(part) and (isinstance(part, list) or any(map(_is_nested, part)) or _has_arrays(part)):
            parts = [made(value, (*path, place)) for place, value in enumerate(part)]
            return parts if isinstance(part, list) else tuple(parts)
        return leaf(part, PartName(name, path))

    def leaf(said: Any, part: PartName) -> Any:
        from graphviz_ad.read.python.array_inputs import array_input, default_of
        from graphviz_ad.read.python.array_parameters import axes_of

        value = at.pop(part.loose_key, None)
        axes = axes_given(value) or axes_of(said, said) or ()
        if axes:
            return array_input(tape, part, axes, default_of(said) if value is None else value)
        return tape.input(part, float(value) if value is not None else None)

    return made(skeleton, ())

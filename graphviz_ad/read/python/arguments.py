"""What a function is called with: numbers and arrays on a tape in the place of its parameters."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError, did_you_mean
from graphviz_ad.core.given import Path, Single, axes_given
from graphviz_ad.core.names import Name, below
from graphviz_ad.core.ops.row import Shape
from graphviz_ad.core.record import Record
from graphviz_ad.read.python.attributes import is_attribute
from graphviz_ad.read.python.nested_parameters import given_within, nested_input, skeleton_of
from graphviz_ad.read.python.tape import Tape

Keys = dict[Any, Any]  # by the keys of names


class SaidOfParameters(Record):
    """What is said of the parameters: values, shapes, which ones to differentiate by, and values within lists and
    dicts. Of values and shapes, those that are used up are taken out."""

    values: Keys
    shapes: Keys
    wanted: frozenset[Any]
    within: Mapping[str, Mapping[Path, Any]]


def asked_of(at: Mapping[str, Any], shapes: Mapping[str, Shape], wrt: Iterable[str]) -> SaidOfParameters:
    """What is asked of the parameters of a function, by their names in any spelling."""
    values, sizes = ({Name(name).loose_key: of for name, of in known.items()} for known in (at, shapes))
    return SaidOfParameters(values, sizes, frozenset(Name(name).loose_key for name in wrt), given_within(at))


def name_of(function: Callable[..., Any]) -> str:
    """The name of a function, or of the class of an object that is called."""
    return getattr(function, "__name__", type(function).__name__)


def parameters_of(function: Callable[..., Any]) -> Mapping[str, inspect.Parameter]:
    """The parameters of a function. Raises AdgraphError for one that does not say what they are."""
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        raise AdgraphError(f"'{name_of(function)}' says nothing of its parameters", hint="wrap it in a def") from None


def arguments(function: Callable[..., Any], tape: Tape, asked: SaidOfParameters) -> tuple[list[Any], dict[str, Any]]:
    """The positional arguments and the named ones."""
    parameters = parameters_of(function)
    positional: list[Any] = []
    named: dict[str, Any] = {}
    seen: dict[Any, str] = {}
    for name, parameter in parameters.items():
        if parameter.kind == parameter.VAR_KEYWORD:
            continue
        if parameter.kind == parameter.VAR_POSITIONAL:
            if not positional:
                raise AdgraphError(
                    f"'{name_of(function)}' takes any number of arguments (*{name})",
                    hint="wrap it in a function whose parameters have names",
                )
            continue
        key = Name(name).loose_key
        if key in seen:
            raise AdgraphError(f"the parameters '{seen[key]}' and '{name}' look the same", hint="rename one of them")
        seen[key] = name
        argument = _argument(tape, parameter, asked, parameters)
        if parameter.kind == parameter.KEYWORD_ONLY:
            named[name] = argument
        else:
            positional.append(argument)
    left = {**asked.shapes, **{key: of for key, of in asked.values.items() if not is_attribute(function, key)}}
    for key in left:
        names, unknown = list(parameters), key.base
        raise AdgraphError(
            f"'{name_of(function)}' has no parameter '{unknown}'",
            hint=did_you_mean(unknown, names) or f"it has {', '.join(names) or 'none'}",
        )
    return positional, named


def _argument(tape: Tape, parameter: inspect.Parameter, asked: SaidOfParameters, parameters: Iterable[str]) -> Any:
    """What stands for a parameter: an input, in lists and dicts where it is one of them, or its default."""
    name, default, key = parameter.name, parameter.default, Name(parameter.name).loose_key
    at = asked.values
    skeleton = skeleton_of(parameter.annotation, default, asked.within.get(name, {}))
    if skeleton is not None:
        return nested_input(tape, name, skeleton, at)
    parts = {} if key in at or not at else _parts_given(at, Name(name), parameters)
    axes = _axes(parameter, at.get(key), asked.shapes.pop(key, None)) or _axes_of_parts(parts)
    is_input = default is parameter.empty or key in at or key in asked.wanted
    value = at.pop(key, None)
    if axes is not None:
        from graphviz_ad.read.python.array_inputs import array_input, default_of

        given = value if value is not None else parts or default_of(default)
        return array_input(tape, Name(name), axes, given)
    if not is_input:
        return default
    number = default if value is None and isinstance(default, (int, float)) else value
    return tape.input(Name(name), None if number is None else float(number))


def _parts_given(at: Keys, name: Name, parameters: Iterable[str]) -> dict[tuple[int, ...], Any]:
    """The matrices among the values that are those of one parameter of several axes, T_1, T_2 of T, by their places;
    they are no others' any more."""
    known = {Name(parameter).loose_key for parameter in parameters}
    found: dict[tuple[int, ...], Any] = {}
    for key in [key for key, value in at.items() if len(axes_given(value)) == 2 and key not in known]:
        places = re.fullmatch(r"\d+(?:,\d+)*", key.subscript.removeprefix(f"{name.key.subscript},"))
        if places and below(name, places[0]).loose_key == key:
            found[tuple(map(int, places[0].split(",")))] = at.pop(key)
    return found


def _axes_of_parts(parts: Mapping[tuple[int, ...], Any]) -> tuple[int, ...] | None:
    """The shape of a parameter whose matrices are given; None where none is."""
    if not parts:
        return None
    last = max(parts)
    return (*last, *axes_given(parts[last]))


def _axes(parameter: inspect.Parameter, value: Any, shape: Shape | None) -> tuple[int, ...] | None:
    """The shape of a parameter that is an array; None for a number."""
    annotated = parameter.annotation is not parameter.empty and isinstance(parameter.annotation, (int, tuple, str))
    default = hasattr(parameter.default, "dtype") and bool(getattr(parameter.default, "shape", ()))
    if not (annotated or default or shape or isinstance(value, (tuple, Single))):
        return None
    from graphviz_ad.read.python.array_parameters import axes_of, of_shape

    said = axes_of(parameter.default, parameter.annotation)
    axes = of_shape(shape, parameter.name) if shape else axes_given(value)
    if not axes:
        return said
    if said is not None and [size for size in said if size > 1] != [size for size in axes if size > 1]:
        text = f"'{parameter.name}' has the shape {said} in the function, and is given that of {axes}"
        raise AdgraphError(text, hint="give one shape only, or values of that shape")
    return said or axes

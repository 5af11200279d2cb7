"""Values of inputs from files, point.json and point.npz, and from Python: numbers, vectors, and matrices row by row."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.given import PartName, Path, Single, axes_given, parts_given
from graphviz_ad.core.names import Name, below

MAX_AXES = 4
MAX_BYTES = 100_000_000
_LIKE = 'write {"W": [[1, 2], [3, 4]], "x": [1, 2], "s": 0.5}'


def is_point_file(text: str) -> bool:
    """Whether a text names a file of values."""
    return text.lower().endswith(tuple(_READERS))


def point_from(path: str) -> dict[str, Any]:
    """The values in a file, by the names of the inputs. Raises AdgraphError for one that has something else."""
    reader = next(reader for suffix, reader in _READERS.items() if path.lower().endswith(suffix))
    return _of_matrices(dict(_values(reader(path), path)))


def point_of(at: Mapping[str, Any]) -> dict[str, Any]:
    """Values that are given in Python, arrays as tuples of rows."""
    return _of_matrices(dict(_values({str(name): value for name, value in at.items()}, "")))


def _values(at: Mapping[str, Any], origin: str) -> Iterator[tuple[str, Any]]:
    """Each value by its name; of a dict, and of a list of arrays that are not alike, each part by its own."""
    for name, whole in at.items():
        for path, value in _parts(whole):
            part = PartName(name, path) if path else name
            yield part, value_of(part, value, origin)


def _parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _parts(part, (*path, str(key)))
    elif isinstance(value, (list, tuple)) and _is_of_parts(value):
        for place, part in enumerate(value):
            yield from _parts(part, (*path, place))
    else:
        yield path, value


def _is_of_parts(listed: Any) -> bool:
    """Whether a list is no array: there are dicts in it, or matrices that are not alike."""
    if any(isinstance(part, Mapping) for part in listed):
        return True
    shapes = [numbers_of_axes(part) for part in listed]
    return len(set(shapes)) > 1 and any(len(shape) > 1 for shape in shapes)


def numbers_of_axes(value: Any) -> tuple[int, ...]:
    """The sizes of lists within lists, by the first of each."""
    if hasattr(value, "shape"):
        return tuple(value.shape)
    return (len(value), *numbers_of_axes(value[0])) if isinstance(value, (list, tuple)) and value else ()


def _of_matrices(at: Mapping[str, Any]) -> dict[str, Any]:
    return {part: value for name, whole in at.items() for part, value in matrices_of(name, whole)}


def matrices_of(name: str, value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """A value by its name; one of three axes and more as its matrices, T_1, T_2 of T."""
    if len(axes_given(value)) <= 2:
        yield below(Name(name), place) if place else name, value
        return
    for number, part in enumerate(parts_given(value), 1):
        yield from matrices_of(name, part, f"{place},{number}" if place else str(number))


def value_of(name: str, value: Any, origin: str = "") -> Any:
    """A number, or an array as a tuple of numbers or of rows; one entry is a number. Raises AdgraphError for what is
    neither."""
    listed = value.tolist() if hasattr(value, "tolist") else value
    if not isinstance(listed, (list, tuple)):
        return _number(name, listed, origin)
    rows = [row for row in listed if isinstance(row, (list, tuple))]
    if not listed or any(not row for row in rows):
        raise _refused(f"'{name}' has no entries", origin, f"write {name}=[1,2,3]")
    if not rows:
        vector = tuple(_number(name, entry, origin) for entry in listed)
        return vector if len(vector) > 1 else Single(vector[0], 1)
    if len(rows) < len(listed):
        raise _refused(f"'{name}' has rows and numbers side by side", origin, f"write {name}=[[1,2],[3,4]] row by row")
    if any(isinstance(entry, (list, tuple)) for row in rows for entry in row):
        return _of_many_axes(name, rows, origin)
    lengths = {len(row): at for at, row in reversed(list(enumerate(rows, 1)))}
    if len(lengths) > 1:
        (one, first), (other, second) = sorted(lengths.items(), key=lambda found: found[1])[:2]
        text = f"row {first} of '{name}' has {_many(one)} and row {second} has {_many(other)}"
        raise _refused(text, origin, "each row needs as many")
    made = tuple(tuple(_number(name, entry, origin) for entry in row) for row in rows)
    return made if len(made) > 1 or len(made[0]) > 1 else Single(made[0][0], 2)


def _of_many_axes(name: str, rows: list[Any], origin: str) -> Any:
    """An array of three axes or more, as a tuple of arrays of one shape."""
    if len(numbers_of_axes(rows)) > MAX_AXES:
        raise _refused(f"'{name}' has more than {MAX_AXES} axes", origin, f"up to {MAX_AXES} are read")
    parts = tuple(value_of(name, row, origin) for row in rows)
    shapes = {axes_given(part) for part in parts}
    if len(shapes) > 1:
        said = " and ".join(" × ".join(map(str, shape)) or "one number" for shape in sorted(shapes))
        raise _refused(f"'{name}' has more than two axes, and parts of {said}", origin, "each part needs one shape")
    single = parts[0] if len(parts) == 1 and isinstance(parts[0], Single) else None
    return parts if single is None else Single(single, single.axes + 1)


def _many(count: int) -> str:
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def _number(name: str, value: Any, origin: str) -> Any:
    try:
        number = float(value) if not isinstance(value, (str, bytes, bool)) else math.nan
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        shown = json.dumps(value, ensure_ascii=False) if isinstance(value, (str, bool, type(None))) else repr(value)
        raise _refused(f"{shown[:60]} among the values of '{name}' is not a number", origin, "write numbers, 0.5")
    return number


def _refused(text: str, origin: str, hint: str) -> AdgraphError:
    return AdgraphError(text, hint=hint, origin=origin)


def _from_json(path: str) -> dict[str, Any]:
    from graphviz_ad.host.small_file import read_small

    text = read_small(path, MAX_BYTES)
    try:
        found = json.loads(text, object_pairs_hook=lambda pairs: _once(pairs, path))
    except json.JSONDecodeError as error:
        at = Span(error.pos, min(error.pos + 1, len(text)))
        raise AdgraphError(f"this is no JSON: {error.msg}", at, _LIKE, text, path) from None
    except RecursionError:
        raise _refused("lists within lists without end", path, _LIKE) from None
    if not isinstance(found, dict):
        raise _refused("this JSON has no names", path, _LIKE)
    return found


def _once(pairs: list[tuple[str, Any]], path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _refused(f"'{name}' has two values", path, "give it once")
        found[name] = value
    return found


def _from_arrays(path: str) -> dict[str, Any]:
    """The arrays of a file of numpy's; nothing in it is executed."""
    import zipfile
    import zlib

    from graphviz_ad.read.array_table import numpy

    np = numpy()
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_BYTES:
                raise _refused(f"this is larger than {MAX_BYTES:,} bytes", path, "values of small systems are computed")
        with np.load(path, allow_pickle=False) as loaded:
            found = {name: loaded[name] for name in loaded.files}
    except FileNotFoundError:
        raise AdgraphError(f"there is no file '{path}'") from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        text = f"this cannot be read as arrays of numbers: {str(error).splitlines()[0]}"
        raise _refused(text, path, "save it with numpy.savez(file, W=W, x=x)") from None
    return found


def _nameless(path: str) -> dict[str, Any]:
    raise AdgraphError(f"'{path}' has an array without a name", hint="save it with numpy.savez('point.npz', W=W, x=x)")


_READERS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    ".json": _from_json, ".npz": _from_arrays, ".npy": _nameless,
}  # fmt: skip

"""What other packages add: entry points, looked up only where nothing of ours has the name."""

from importlib import import_module
from typing import Any


def found(group: str) -> dict[str, str]:
    """The places, module:name, of the entry points of a group, by their names."""
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=group)}


def loaded(place: str) -> Any:
    """What is at a place, module:name; its module is imported."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)

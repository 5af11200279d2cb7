"""Options in groups, for the help of a command, its manual page and the reference."""

from __future__ import annotations

from collections.abc import Iterable

from graphviz_ad.core.request import Request

# Where a group begins among the fields of a Request, which are in the order of help.
BEGINS = {
    "language": "Reading",
    "of": "Mathematics",
    "ranges": "Numbers",
    "at": "Numbers",
    "outputs": "Figure",
    "roles": "What belongs together",
    "title": "Words",
    "direction": "Look",
    "claims": "Checking",
    "theme": "Look",
    "blank": "Exercises and steps",
    "graph": "Printing",
    "check_only": "Documents",
    "no_cache": "Machine",
}


def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    group = "Options"
    for field in Request.__match_args__:
        group = BEGINS.get(field, group)
        found[field] = group
    return found


GROUPS = _groups()  # of each field


def in_groups(fields: Iterable[str]) -> dict[str, list[str]]:
    """The fields in their groups, in the order of the groups; what is no field of a Request is among Options."""
    names = [*fields]
    order = [*dict.fromkeys(BEGINS.values()), "Options"]
    found = {group: [name for name in names if GROUPS.get(name, "Options") == group] for group in order}
    return {group: there for group, there in found.items() if there}

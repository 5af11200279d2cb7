"""Whether FLINT is here, exact polynomials and intervals: some machines have no build of it. Results are right without
it, and not always the shortest; claims are not judged."""

from functools import lru_cache
from importlib import import_module

from graphviz_ad.core.errors import AdgraphError


@lru_cache(maxsize=1)
def has_flint() -> bool:
    """Whether python-flint is installed, which some factoring needs."""
    try:
        import_module("flint")
    except ImportError:
        return False
    return True


def without_flint(what: str, reason: ImportError) -> AdgraphError:
    """The error of what cannot be done without it."""
    hint = "where it has no wheel, derivatives, numbers and figures need none; the page in the browser has it"
    return AdgraphError(f"{what} need python-flint, which is not here ({reason})", hint=hint)

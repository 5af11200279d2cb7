"""How long a source and a name in it may be."""

from graphviz_ad.core.errors import AdgraphError

MAX_SOURCE = 50_000  # characters; as much as is read well within a second
MAX_NAME = 100  # characters
SHORTER = "split the system, or draw the part that matters"


def check_size(source: str) -> None:
    """Raise AdgraphError for a source that is too long."""
    if len(source) > MAX_SOURCE:
        raise AdgraphError(f"{len(source):,} characters are more than the {MAX_SOURCE:,} that are read", hint=SHORTER)

"""What a shell completes: the words that an option has, several of them with commas between, files, rules."""

from __future__ import annotations

from click.shell_completion import CompletionItem, FishComplete, add_completion_class

from graphviz_ad.cli.flags import HELP, VERSION_FLAG
from graphviz_ad.options.table import Option
from graphviz_ad.options.words import last_parts


class _Fish(FishComplete):
    """As click's, which takes the first of several words with commas between for all of them."""

    source_template = FishComplete.source_template.replace('string split ","', 'string split -m1 ","')


add_completion_class(_Fish)
for flag in (HELP, VERSION_FLAG):  # of whose help shells are told
    flag.help = flag.explanation()
_FILES = {"FILE": "file", "DIR/": "dir"}


def values(option: Option, begun: str) -> list[CompletionItem]:
    """The values of an option that begin so; of a list the last one is begun, and none is there twice."""
    kind = _FILES.get(option.row.metavar)
    if kind:
        return [CompletionItem(begun, type=kind)]
    head, words = last_parts(option, begun)
    found = [CompletionItem(f"{head}{word}") for word in words]
    return found or (files(begun) if option.row.accepts else [])


def files(begun: str) -> list[CompletionItem]:
    """A file."""
    return [CompletionItem(begun, type="file")]


def rules(begun: str) -> list[CompletionItem]:
    """The rules of the cheat sheet."""
    from graphviz_ad.cli.rules import MATRICES
    from graphviz_ad.lesson.cheat_sheet import names

    return [CompletionItem(name) for name in dict.fromkeys((*names(), MATRICES)) if name.startswith(begun)]

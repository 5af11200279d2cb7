"""Options as words of a line: read, and completed."""

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.documents.embed import NO_PART
from graphviz_ad.options.words import completions, pairs


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("", []),
        ("--view forward,chain", [("view", "forward,chain")]),
        ("--view=chain  --wrt x", [("view", "chain"), ("wrt", "x")]),
        ("--fold --theme dark", [("fold", ""), ("theme", "dark")]),
        ("--role 'w,b: parameter' --role 't: target'", [("role", "w,b: parameter"), ("role", "t: target")]),
        ("--at x=-1,a=pi/4", [("at", "x=-1,a=pi/4")]),
        ("--assume a+b=1", [("assume", "a+b=1")]),
        ("--wrong x", [("wrong", "x")]),  # what there is is for who is asked
    ],
)
def test_options_of_a_line(line, read):
    assert pairs("draw", line) == read


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "forward",
            "'forward' is no option\nhint: write options as --view forward, and equations in lines of their own",
        ),
        ("--view", "--view has no value\nhint: there are forward, forward-simplified"),
        ("--wrt", "--wrt has no value\nhint: write --wrt NAME,…"),
        ("--title 'open", "the options cannot be read: no closing quotation"),
    ],
)
def test_what_is_no_option(line, said):
    with pytest.raises(AdgraphError) as caught:
        pairs("draw", line)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--the", ["--theme"]),
        ("--view backward --di", ["--digits", "--direction"]),
        ("--out", []),  # a notebook writes no files
        ("--theme ", ["light", "dark", "print", "cs231n", "auto"]),
        ("--theme=d", ["dark"]),
        ("--view back", ["backward", "backward-simplified"]),
        ("--view backward,chain", ["chain", "chain-full"]),
        ("--view chain,ch", ["chain-full"]),
        ("--wrt ", []),  # any name
        ("--fold --sy", ["--symbol"]),
        ("x", []),
    ],
)
def test_what_may_come_next(line, words):
    assert completions("draw", line, NO_PART) == words


def test_every_option_may_come_first():
    assert completions("draw", "", NO_PART)[:2] == ["--from", "--function"]
    assert "--output" not in completions("draw", "", NO_PART)

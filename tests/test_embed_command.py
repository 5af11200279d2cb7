"""`adgraph embed` and `adgraph plugin`: figures for other programs."""

import json
import re

import pytest

from graphviz_ad.documents.embed import NO_PART
from graphviz_ad.drawing.styles import templates
from graphviz_ad.options.table import of_command


def asked(run, *blocks, **other):
    return run("embed", stdin=json.dumps({"blocks": blocks, **other}))


def test_figures_are_made_where_they_are_wanted(run, tmp_path):
    done = asked(run, {"words": "view=forward-simplified", "text": "y = x^2"}, {"text": "#| view: chain\ny = x^3"},
                 formats=["svg", "png"], folder="figures")  # fmt: skip
    assert done.exit_code == 0, done.output
    first, second = json.loads(done.stdout)
    assert first["alt"] == "y is x squared. Simplified forward graph: y depends on x."
    assert second["alt"] == "y is x cubed. Chain rule: the derivative of y with respect to x is 3 x squared."
    assert (tmp_path / first["files"]["svg"]).read_text("utf-8").startswith("<svg")
    assert (tmp_path / second["files"]["png"]).read_bytes().startswith(b"\x89PNG")
    assert re.fullmatch(r"figures/adgraph-[0-9a-f]{16}\.svg", first["files"]["svg"])


def test_what_is_the_programs_own_goes_back_to_it(run):
    text = "#| view: forward\n#| fig-cap: A square\n#| label: fig-square\n#| fig-alt: Mine\ny = x^2"
    (answer,) = json.loads(asked(run, {"text": text}).stdout)
    assert (answer["fig-cap"], answer["label"], answer["alt"]) == ("A square", "fig-square", "Mine")


@pytest.mark.parametrize(
    ("words", "text", "same"),
    [
        ("view=chain", "y = x^2", "view=chain captions=none"),
        ("view=chain", "#| fig-cap: A chain\ny = x^2", "view=chain captions=none"),
        ("view=chain captions=outside", "y = x^2", "view=chain captions=outside"),
        ("view=chain caption=Mine", "y = x^2", "view=chain caption=Mine"),
        ("view=forward,chain", "y = x^2", "view=forward,chain"),  # which of them is which
        ("view=steps", "y = x^2", "view=steps"),
        ("", "y = x^2", ""),
    ],
)
def test_a_single_panel_has_no_caption_under_one_of_the_document(run, tmp_path, words, text, same):
    captioned = {"words": words, "text": text, "captioned": "fig-cap" not in text}
    one, other = json.loads(asked(run, captioned, {"words": same, "text": "y = x^2"}, folder="f").stdout)
    assert one["files"] == other["files"]


def test_many_figures_come_in_order(run):
    blocks = [{"words": "view=forward-simplified", "text": f"y = {n}x"} for n in range(2, 32)]
    answers = json.loads(asked(run, *blocks, folder="f").stdout)
    assert [answer["alt"].partition(".")[0] for answer in answers] == [f"y is {n} x" for n in range(2, 32)]


def test_options_for_all_are_those_of_none(run):
    blocks = [
        {"text": "y = x^2"},
        {"words": "theme=dark", "text": "y = x^2"},
        {"words": "theme=print", "text": "y = x^2"},
    ]
    usual, same, other = json.loads(asked(run, *blocks, usual={"theme": "dark"}).stdout)
    assert usual == same != other


def test_an_option_may_be_for_another_build(run):
    assert asked(run, {"words": "dpi=300", "text": "y = x^2"}, formats=["svg"]).exit_code == 0


def test_mistakes_have_their_place_in_the_document(run, tmp_path):
    blocks = ["y = 2x\nz = sine(y)", "#| view: forwrad\ny = x", "y = x"]
    document = "".join(f"Text.\n\n```adgraph\n{block}\n```\n\n" for block in blocks)
    (tmp_path / "notes.md").write_text(document, "utf-8")
    done = asked(run, *({"text": block} for block in blocks), document="notes.md")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "adgraph: notes.md, line 5, column 5: unknown function 'sine'\n  z = sine(y)\n      ^^^^\n" in done.stderr
    assert "adgraph: notes.md, line 11, column 4: view: 'forwrad' is not one of forward" in done.stderr


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("", "standard input is no JSON"),
        ("[" * 100_000, "standard input is no JSON"),
        ("[]", "a request is an object with blocks"),
        ('{"blocks": {}}', "a request is an object with blocks"),
        ('{"blocks": [3]}', "a block is an object with its text, not 3"),
        ('{"blocks": [], "fromats": ["svg"]}', "a request has no 'fromats'"),
        ('{"blocks": [], "formats": "svg"}', "'formats' of a request is a list, not 'svg'"),
        ('{"blocks": [{"text": "y = x"}], "formats": ["xyz"]}', "unknown format 'xyz'"),
        (
            '{"blocks": [{"text": "lesson.py:loss"}]}',
            "a Python function is run, and this document has not been allowed",
        ),
        ('{"blocks": [{"text": "y = x", "words": "-v"}]}', "'-v' is no option"),
    ],
)
def test_what_is_no_request(run, stdin, said):
    done = run("embed", stdin=stdin)
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr


def test_no_blocks_are_no_figures(run):
    assert json.loads(asked(run).stdout) == []


@pytest.mark.parametrize(("program", "begins"), [("pandoc", "-- Blocks of equations"), ("mystmd", "// Equations")])
def test_plugins(run, program, begins):
    assert run("plugin", program).stdout.startswith(begins)


def test_the_plugin_for_mystmd_names_every_option():
    text = (templates() / "plugins" / "adgraph.mjs").read_text("utf-8")
    named = set(re.search(r"const ASKED = `([^`]*)`", text)[1].split())
    own = set(re.findall(r"'(\w+)'", re.search(r"const OWN = (.*)", text)[1]))
    known = {
        spelling for option in of_command("draw") for spelling in option.spellings if option.spelled not in NO_PART
    }
    assert named == known - own | {"answers", "alt"}

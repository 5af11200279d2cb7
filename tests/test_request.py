"""The one table of options: what a text, a command and a function may ask, and what is said where they may not."""

import inspect
import re
from itertools import chain
from pathlib import Path

import pytest
from click import Context

import graphviz_ad
from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.main import main
from graphviz_ad.cli.option_groups import in_groups
from graphviz_ad.cli.options import MANY
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.option_row import Place
from graphviz_ad.core.request import Request
from graphviz_ad.formats import FORMATS, formats
from graphviz_ad.formats.__main__ import LISTED, listed
from graphviz_ad.lesson.views import VIEWS
from graphviz_ad.options.asked import from_keywords, from_text
from graphviz_ad.options.keywords import FUNCTIONS, TYPED, typed
from graphviz_ad.options.table import of_command, of_function, placed
from graphviz_ad.options.unused import unused

# ---- text


@pytest.mark.parametrize(
    ("command", "items", "asked"),
    [
        ("draw", "", {}),
        ("draw", "wrt: x, y", {"wrt": ("x", "y")}),
        ("draw", "view: backward,chain; theme: dark", {"views": ("backward", "chain"), "theme": "dark"}),
        ("draw", "at: x=0.5, a=pi/4", {"at": {"x": 0.5, "a": 0.7853981633974483}}),
        ("draw", "step: 2; digits: 3", {"step": 2, "digits": 3}),
        ("draw", "keep-functions:", {"keep_functions": True}),
        ("draw", "keep-functions: yes; beamer: no", {"keep_functions": True, "beamer": False}),
        ("draw", "scale: 1.5; direction: tb", {"scale": 1.5, "direction": "tb"}),
        ("draw", "blank: 3", {"blank": 3}),
        ("draw", "blank: all", {"blank": "all"}),
        ("draw", "from: latex; function: f,g", {"language": "latex", "functions": ("f", "g")}),
        ("draw", "wrt: w_{1,2}, b", {"wrt": ("w_{1,2}", "b")}),
        ("draw", "theme: my.toml", {"theme": "my.toml"}),
        ("eval", "at: x=0:1:0.5", {"ranges": {"x": (0.0, 0.5, 1.0)}, "digits": 6}),
        ("derive", "format: typst; order: 2", {"chain_format": "typst", "order": 2}),
    ],
)
def test_what_a_text_asks(command, items, asked):
    pairs = [tuple(part.strip() for part in item.split(":", 1)) for item in items.split(";") if item]
    found = from_text(command, pairs)
    given = found.given | ({"digits"} if command == "eval" else set())
    assert {name: getattr(found, name) for name in given} == asked
    assert found == Request(**asked, given=found.given)


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("vew", "chain", "there is no option 'vew'\nhint: did you mean 'view'?"),
        ("explain", "true", "there is no option 'explain'"),  # which only derive has
        ("theme", "pink", "theme: 'pink' is not one of light, dark, print, cs231n, auto, nor a file my.toml"),
        ("view", "chain,foward", "view: 'foward' is not one of forward, "),
        ("direction", "up", "direction: 'up' is not one of 'lr', 'rl', 'tb', 'bt'"),
        ("step", "4", "step: '4' is not one of '1', '2', '3'"),
        ("digits", "many", "digits: 'many' is not a valid integer"),
        ("digits", "0", "digits: 0 is not in the range 1<=x<=17"),
        ("scale", "nan", "scale: nan is not a number"),
        ("scale", "0", "scale: 0.0 is not in the range x>0"),
        ("beamer", "perhaps", "beamer: 'perhaps' is not true or false"),
        ("blank", "some", "blank: 'some' is not derivatives, all or a number of derivatives"),
        ("at", "x", "at: 'x' is not a value; write x=0.5"),
        ("at", "x=1:3", "at: a range of 'x' is for adgraph eval; give one value"),
        ("template", "none.html", "template: cannot read 'none.html'"),
    ],
)
def test_an_error_in_a_text_names_the_key(key, text, said):
    with pytest.raises(AdgraphError) as caught:
        from_text("draw", [(key, text)])
    assert str(caught.value).startswith(said)


def test_a_key_is_given_once_unless_its_option_may_be_repeated():
    with pytest.raises(AdgraphError, match="'theme' is given twice"):
        from_text("draw", [("theme", "dark"), ("theme", "dark")])
    assert from_text("draw", [("wrt", "x"), ("wrt", "y")]).wrt == ("x", "y")
    assert from_text("draw", [("caption", "To, and"), ("captions", "fro")]).captions == ("To, and", "fro")


@pytest.mark.parametrize(
    ("command", "items", "formats", "said"),
    [
        ("draw", [("theme", "cs231n")], ["html"], "has no part in a page but as light, dark, print, auto"),
        ("draw", [("theme", "cs231n")], ["html", "svg"], ""),
        ("draw", [("theme", "dark")], ["html"], ""),
        ("draw", [("direction", "tb")], ["json"], "is for graphs: -o a.svg"),
        ("draw", [("digits", "3")], ["svg"], "is for the numbers of --at"),
        ("draw", [("digits", "3"), ("at", "x=1")], ["svg"], ""),
        ("derive", [("digits", "3")], [], "is for the numbers of --at"),
    ],
)
def test_what_a_text_asks_in_vain(command, items, formats, said):
    found = unused(command, from_text(command, items), ["forward"], formats)
    assert (found[1] if found else "") == said


# ---- Python


@pytest.mark.parametrize(
    ("function", "given", "error", "said"),
    [
        (
            "draw",
            {"thme": "dark"},
            TypeError,
            r"draw\(\) got an unexpected keyword argument 'thme' \(did you",
        ),
        ("forward", {"step": 2}, TypeError, r"forward\(\) got an unexpected keyword argument 'step'"),
        ("draw", {"size": "cinema"}, ValueError, "size='cinema'; there are 'screen', 'paper', 'slide', 'poster'"),
        ("draw", {"views": ["chain", "nope"]}, ValueError, "views='nope'; there are 'forward', "),
        ("draw", {"digits": 0}, ValueError, "digits=0; it is a number, 1<=x<=17"),
        ("draw", {"digits": "3"}, ValueError, "digits='3'; it is a number"),
        ("chain", {"max_paths": 0}, ValueError, "max_paths=0; it is a number, 1<=x<=1000"),
    ],
)
def test_keywords_that_there_are_not(function, given, error, said):
    with pytest.raises(error, match=said):
        from_keywords(function, given)


def test_keywords():
    assert from_keywords("draw", {"wrt": "x, y", "of": ["z"], "theme": "my.toml", "at": None}) == Request(
        wrt=("x", "y"), of=("z",), theme="my.toml", given=frozenset({"wrt", "of", "theme"})
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_signature_says_every_keyword(function):
    shown = inspect.signature(getattr(graphviz_ad, function)).parameters
    assert not any(parameter.kind is parameter.VAR_KEYWORD for parameter in shown.values())
    for name, option in of_function(function).items():
        assert shown[name].default == option.default


def test_the_types_of_keywords_are_those_of_the_table():
    assert TYPED.read_text("utf-8") == typed(), "python -m graphviz_ad.options.keywords"


# ---- the table

EVERY = {(command, option.name): option for command in COMMANDS for option in of_command(command)}


@pytest.mark.parametrize(("command", "name"), EVERY)
def test_a_row(command, name):
    """Its places exist, and its words are those of commands, functions, views and formats."""
    option = EVERY[command, name]
    row = option.row
    for place in (row.choices, row.accepts, row.reader, row.usual, row.on_diagrams, row.on_sheets):
        assert not isinstance(place, Place) or placed(place)
    if option.choices() and not option.is_many and option.default is not None:
        assert option.default in option.choices()
    assert set(row.commands.split()) <= set(COMMANDS)
    assert set(row.python.split()) <= set(FUNCTIONS)
    for use in row.uses:
        assert set(use.views.split()) <= set(VIEWS)
        assert set(use.other_than.split()) <= set(formats())
        assert not use.of_formats or use.views or any(made.has(name) for made in formats().values())
        assert use.when(Request()) in (True, False)
        assert not use.commands or set(use.commands.split()) <= set(COMMANDS)


@pytest.mark.parametrize("made", FORMATS.values(), ids=FORMATS)
def test_a_format_obeys_options_that_are_of_formats(made):
    asked = {option.name for option in of_command("draw") if any(use.of_formats for use in option.row.uses)}
    assert set(made.obeys.split()) <= asked


def test_the_list_of_formats_is_that_of_their_files():
    assert LISTED.read_text("utf-8") == listed(), "python -m graphviz_ad.formats"


@pytest.mark.parametrize("command", [name for name in COMMANDS if of_command(name)])
def test_help_lists_the_options_of_the_table_in_its_order(command):
    made = main.get_command(Context(main), command)
    shown = made.get_help(Context(made, info_name=command))
    listed = re.findall(r"^  (?:-\w, )?--([^\s,]+)", shown, re.MULTILINE)
    spelled = {option.name: option.spelled for option in of_command(command)}
    in_order = spelled if len(spelled) + 2 < MANY else chain(*in_groups(spelled).values())
    assert listed == [*(spelled[name] for name in in_order), "help"]


def test_every_field_can_be_asked_for():
    known = {name for _, name in EVERY} | {name for function in FUNCTIONS for name in of_function(function)}
    assert set(Request.__match_args__) - known == {"given", "command", "sources"}


def test_the_table_is_plain():
    """It names the tables of choices by their places, and imports none of them."""
    table = Path(inspect.getfile(Request)).read_text("utf-8")
    imported = [line for line in table.splitlines() if line.startswith("from graphviz_ad")]
    assert all(line.startswith("from graphviz_ad.core.") for line in imported)

"""The pages of the reference are made from the tables; what PyPI shows has whole addresses."""

import importlib.util
import re
from pathlib import Path

import pytest

import graphviz_ad
from graphviz_ad.cli import COMMANDS
from graphviz_ad.core.ops import OPS
from graphviz_ad.core.version import VERSION
from graphviz_ad.options.table import of_command

ROOT = Path(__file__).parent.parent


def module(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


generated = module(ROOT / "docs" / "generated.py")


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_has_its_options(command):
    _, _, part = generated.commands().partition(f"## adgraph {command} {{")
    part, _, _ = part.partition("\n## ")
    for option in of_command(command):
        assert f"--{option.spelled}" in part


def test_every_option_is_in_the_one_table():
    page = generated.options()
    for command in COMMANDS:
        assert all(f"| `--{option.spelled}` |" in page for option in of_command(command))


def test_every_name_of_the_library_has_its_docstring():
    page = generated.python()
    for name in graphviz_ad.__all__:
        assert name.startswith("__") or f"## {name}\n" in page
    assert "### Figure.alt\n\n`alt()`\n\nThe alternative text" in page


def test_every_operation_and_every_kind_of_the_schema():
    assert all(op.name in generated.operations() for op in OPS.values() if op.params)
    assert re.findall(r"(?m)^## (\w+)", generated.json_schema())[:3] == ["sheet", "formula", "diagram"]


@pytest.mark.parametrize(
    ("message", "hint"),
    [
        ("… has two values", "give it one"),
        ("there is no rule '…'", ""),
        ("'…' is no document", "name a file that ends in"),
    ],
)
def test_messages_are_found_in_the_code(message, hint):
    assert any(message in line and hint in line for line in generated.errors().splitlines())


def test_a_cell_of_a_table_is_text():
    row = generated._table(("a",), [("x_1 | *y* <b> `a|b`",)]).splitlines()[-1]
    assert row == r"| x\_1 \| \*y\* &lt;b> `a\|b` |"


def test_links_of_the_readme_are_whole_where_pypi_shows_it():
    absolute = module(ROOT / "hatch_build.py").absolute
    text = "![x](gallery/a/f.svg) [y](docs/z.md#q) [w](https://a.b) [v](#here)"
    assert absolute(text, "https://r") == (
        "![x](https://r/raw/main/gallery/a/f.svg) [y](https://r/blob/main/docs/z.md#q) [w](https://a.b) [v](#here)"
    )


def test_the_citation_says_the_version():
    assert f"version: {VERSION}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_the_list_of_files_has_every_file():
    """Each with the first paragraph of its docstring."""
    package = Path(graphviz_ad.__file__).parent
    page = module(ROOT / "docs" / "files.py").listed()
    folders = re.findall(r"(?m)^## graphviz_ad/(.*?)/?$", page)
    assert len(folders) == len(set(folders)) == len(list(package.rglob("__init__.py")))
    assert len(re.findall(r"(?m)^\* `\w+`: \S", page)) == len([p for p in package.rglob("*.py") if p.stem[:2] != "__"])
    assert (
        "* `reach`: Relations between nodes: what can be reached step by step, and pairs by their first ones." in page
    )

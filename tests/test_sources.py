"""What is a file and what is mathematics: what is typed beside what is in the folder."""

import os
from pathlib import Path

import pytest

import graphviz_ad
from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.host.paths import looks_like_file

FORMULA = "  dy\n  ── = 3x²\n  dx\n"  # of the file; what is typed is another


@pytest.fixture
def folder(run):
    """A folder of files with names of every kind, in which `run` works."""
    for name in (
        "week+1.adg",
        "lr=0.1.adg",
        "x^2",
        "y=3x",
        "lesson",
        "a;b",
        "two\nlines",
        "$x$",
        "a b",
        "x*.md",
        "notes.TEX",
    ):
        Path(name).write_text("y = x^3")
    Path("part").mkdir()
    Path("part/two").write_text("y = x^3")
    Path("there.adg").symlink_to("week+1.adg")
    Path("gone.adg").symlink_to("nothing")
    Path("round.adg").symlink_to("around.adg")
    Path("around.adg").symlink_to("round.adg")
    Path("huge.adg").write_text("y = x\n" * 50_000)
    return run


@pytest.mark.parametrize(
    "name", ["week+1.adg", "lr=0.1.adg", "there.adg", "part/two", "./lesson", "x*.md", "notes.TEX"]
)
def test_what_exists_is_a_file(folder, name):
    result = folder("derive", name)
    assert (result.stdout, result.stderr) == (FORMULA, "")


@pytest.mark.parametrize("name", ["x^2", "y=3x", "lesson", "a;b", "two\nlines", "$x$", "a b"])
def test_where_its_name_may_be_a_formula_a_note_says_so(folder, name):
    result = folder("derive", name)
    assert result.stdout == FORMULA
    assert "is read as the file of that name; for the formula put a blank before it: ' " in result.stderr
    assert folder("derive", f" {name}").stdout != FORMULA


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("wek+1.adg", "there is no file 'wek+1.adg'\nhint: did you mean 'week+1.adg'?"),
        ("WEEK+1.ADG", "there is no file 'WEEK+1.ADG'\nhint: did you mean 'week+1.adg'?"),
        ("lr=0.2.adg", "there is no file 'lr=0.2.adg'\nhint: did you mean 'lr=0.1.adg'?"),
        ("y = 2.txt", "there is no file 'y = 2.txt'\nhint: "),
        ("part/twe", "there is no file 'part/twe'\nhint: did you mean 'two'?; for the formula put a blank before it"),
        ("./x", "there is no file './x'"),
        ("/nowhere/x", "there is no file '/nowhere/x'\nhint: there is no folder '/nowhere'"),
        ("C:\\lessons\\w.adg", "there is no file 'C:\\lessons\\w.adg'"),
        ("https://a.org/b", "there is no file 'https://a.org/b'"),
        ("part", "'part' is a folder\nhint: name a file of equations in it"),
        ("part/", "'part/' is a folder"),
        ("gone.adg", "'gone.adg' is a link to 'nothing', which is not there"),
        ("round.adg", "'round.adg' is a loop of symbolic links"),
        ("round.adg/x.adg", "'round.adg/x.adg' is a loop of symbolic links"),
        ("week+1.adg/x.adg", "there is no file 'week+1.adg/x.adg'"),
        ("/dev/zero", "'/dev/zero' is a device, not a file"),
        ("huge.adg", "'huge.adg' has more than the 50,000 characters that are read\nhint: split the system"),
        ("x" * 300 + ".adg", "there is no file 'xxx"),
        ("x" * 300 + ".py", "there is no file 'xxx"),
        ("x" * 5000 + ".py:f", "there is no file 'xxx"),
        ("x\0.adg", "there is no file 'x\\x00.adg'"),
    ],
)  # fmt: skip
def test_what_looks_like_a_file_and_is_none(folder, typed, said):
    for command in ("derive", "show"):
        result = folder(command, typed)
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in result.stderr


def test_what_never_ends_is_not_read_for_ever(folder):
    result = folder("derive", "-", stdin="y = x\n" * 100_000)
    assert result.exit_code == 1
    assert "standard input has more than the 50,000 characters that are read" in result.stderr


@pytest.mark.parametrize("word", ["lstat", "stat"])
def test_a_folder_that_may_not_be_looked_into(folder, monkeypatch, word):
    def refuse(*args: object, **more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(f"graphviz_ad.host.paths.os.{word}", refuse)
    result = folder("derive", "week+1.adg")
    assert result.exit_code == 1
    assert result.stderr.lower().startswith("adgraph: cannot read 'week+1.adg': permission denied")


@pytest.mark.parametrize(
    "typed",
    [
        "x/y",
        "2.x",
        "y = 0.5",
        "y = x/2.5",
        "1/(1+x)",
        "x.",
        "a/b/c",
        ".5x",
        "y = 1./x",
        "\\frac{x}{2.5}",
        "$x$",
        "y=x;\nz=2.md",
    ],
)
def test_what_is_mathematics(typed):
    assert not looks_like_file(typed)


def test_from_python_a_text_is_no_file_and_a_path_is_one(folder):
    with pytest.raises(
        AdgraphError, match=r"'week.1.adg' is the name of a file\nhint: write pathlib.Path\('week.1.adg'\)"
    ):
        graphviz_ad.parse("week+1.adg")
    assert graphviz_ad.parse("y=3x") != graphviz_ad.parse(Path("y=3x")) == graphviz_ad.parse(Path("week+1.adg"))
    with pytest.raises(AdgraphError, match="there is no file 'y=4x'"):
        graphviz_ad.parse(Path("y=4x"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_read(folder):
    os.mkfifo("pipe.adg")
    if os.fork() == 0:
        Path("pipe.adg").write_text("y = x^3")
        os._exit(0)
    assert folder("derive", "pipe.adg").stdout == FORMULA

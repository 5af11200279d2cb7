"""What is remembered on disk changes nothing but the time: not the figure, not what is written elsewhere, and whatever
stands there is no more than text."""

from __future__ import annotations

import json
import os
import pickle
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graphviz_ad import draw
from graphviz_ad.core.formula import Expression
from graphviz_ad.drawing.typeset import Typesetter
from graphviz_ad.host import memory
from graphviz_ad.host.memory import remembered, remembering, usual_folder
from graphviz_ad.host.modules import build
from tests.conftest import graph
from tests.test_cli import files
from tests.test_promises import promised

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "adgraph")
SOURCE = "y=2x^3+3; z=y^2"
not_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="to the superuser no folder is closed"
)


@pytest.fixture
def cache(tmp_path_factory, monkeypatch) -> Iterator[Path]:
    """The folder in which the command remembers; it is not there yet."""
    base = tmp_path_factory.mktemp("caches")
    monkeypatch.delenv(memory.OFF)
    for variable in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(base))
    folder = usual_folder()
    assert folder is not None
    yield Path(folder)
    assert [path.name for path in base.rglob("*.made.*")] == []  # what was being written


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


class Maker:
    """Makes the same of a word each time, and counts."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, asked: str, folder: Path | None) -> list[str]:
        def make() -> list[str]:
            self.made += 1
            return list(asked)

        with remembering(folder and str(folder)):
            return remembered(asked, make, json.dumps, json.loads)


# ---- the same figures


@pytest.mark.parametrize("ending", ["svg", "pdf", "png", "html", "dot", "dot2tex", "tex"])
def test_the_same_bytes_with_and_without(run, cache, ending):
    words = ["draw", "y=sin(a*x+b)/sqrt(x); z=y^{2}", "--at", "a=1,x=2,b=3", "-o"]
    figure = Path(f"figure.{ending}")

    def made(*more: str) -> bytes:
        run(*words, figure.name, *more)
        return b"".join(line for line in figure.read_bytes().splitlines() if b"adgraph draw" not in line)

    without = made("--no-cache")
    assert not cache.exists()
    assert without == made() == made()


def test_exercises_and_frames_are_the_same(run, cache):
    """Boxes to be filled in are remembered too."""
    words = ["draw", SOURCE, "--blank", "all"]
    run(*words, "-o", "a.svg")
    before = len(entries(cache))
    run(*words, "-o", "b.svg")
    run(*words, "-o", "c.svg", "--no-cache")
    assert Path("a.svg").read_bytes() == Path("b.svg").read_bytes() == Path("c.svg").read_bytes()
    assert len(entries(cache)) == before > 0


def test_what_is_remembered_needs_no_library(cache, tmp_path):
    script = (
        "import sys\nfrom graphviz_ad.cli.main import main\n"
        f"main(['draw', {SOURCE!r}, '-o', 'a.svg'], standalone_mode=False)\n"
        "print([name for name in ('typst', 'pygraphviz._graphviz') if name in sys.modules])"
    )
    said = [
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert said == ["a.svg\n['typst']\n", "a.svg\n[]\n"]


@pytest.mark.parametrize("content", ["Words", Expression(graph("y = x/(3+x^2)"))], ids=["words", "fraction"])
def test_what_is_set_is_remembered_exactly(cache, content):
    fresh = Typesetter()(content, 17)
    with remembering(str(cache)):
        made = [(setter(content, 17), setter.outlines) for setter in (Typesetter(), Typesetter())]
    assert made[0] == made[1]
    assert made[0][0] == fresh
    assert len(entries(cache)) == 1


# ---- what is there already


def test_it_is_made_once(tmp_path):
    make = Maker()
    assert [make(word, tmp_path / "a") for word in ("ab", "ab", "c", "ab")] == [
        ["a", "b"],
        ["a", "b"],
        ["c"],
        ["a", "b"],
    ]
    assert make.made == 2


def test_nothing_is_remembered_without_a_folder(tmp_path):
    make = Maker()
    assert make("ab", None) == make("ab", None) == ["a", "b"]
    assert make.made == 2


def _other(entry: Path) -> bytes:
    """An entry that is whole, of something else that was asked."""
    Maker()("other", entry.parent / "elsewhere")
    (other,) = (entry.parent / "elsewhere").iterdir()
    return other.read_bytes()


def _whole(said: str, asked: str = "ab") -> bytes:
    """An entry with a right sum, whatever it says."""
    return (memory._head(asked, said) + asked + said).encode()


SPOILT = {
    "empty": lambda entry: b"",
    "torn": lambda entry: entry.read_bytes()[:-1],
    "longer": lambda entry: entry.read_bytes() + b" ",
    "a bit": lambda entry: entry.read_bytes().replace(b'"a"', b'"e"'),
    "another": _other,
    "no text": lambda entry: bytes(range(256)),
    "pickled": lambda entry: pickle.dumps(["a", "b"]),
    "too large": lambda entry: b" " * (memory.LARGEST + 1),
    "no JSON, with a right sum": lambda entry: _whole("__import__('os')"),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_an_entry_that_is_spoilt_is_made_anew(tmp_path, kind):
    make = Maker()
    make("ab", tmp_path)
    (entry,) = tmp_path.iterdir()
    good = entry.read_bytes()
    entry.write_bytes(SPOILT[kind](entry))
    assert make("ab", tmp_path) == ["a", "b"]
    assert make.made == 2
    assert entry.read_bytes() == good


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_is_not_read(tmp_path, kind):
    make = Maker()
    make("ab", tmp_path)
    (entry,) = tmp_path.iterdir()
    entry.unlink()
    {"folder": entry.mkdir, "pipe": lambda: os.mkfifo(entry), "link": lambda: entry.symlink_to("nowhere")}[kind]()
    assert make("ab", tmp_path) == ["a", "b"]


FORGED = [
    [[[[1, 1, 1, 17], [["g", 0, 0]], [], []]], {"g": '"/><script>alert(1)</script>'}],
    [[[[1, 1, 1, 17], [["h", 0, 0]], [], []]], {"g": "m0 0"}],
    [[[["x", 1, 1, 17], [], [], []]], {}],
    [[[[1, 1, 1], [], [], []]], {}],
    [[[[1, 1, 1, 17], [], [[1, 2, 3]], []]], {}],
    [[[[1, 1, 1, 17], [], [], []]], {"g": 3}],
    [[], {}],
    {},
    None,
    [1, 2],
]


@pytest.mark.parametrize("forged", FORGED, ids=json.dumps)
def test_only_outlines_and_boxes_are_taken(cache, forged):
    """With a right sum, and in the place of what was asked."""
    with remembering(str(cache)):
        fresh = Typesetter()("Words", 17)
        (entry,) = entries(cache)
        lines = entry.read_text().split("\n", 1)
        asked = lines[1][: int(lines[0].split()[1])]
        entry.write_bytes(_whole(json.dumps(forged), asked))
        assert Typesetter()("Words", 17) == fresh


@pytest.mark.parametrize("forged", [[], [1.0, 2.0], ["x"], [None], [float("nan")], {}, 3.0], ids=json.dumps)
def test_only_as_many_widths_as_were_asked_for_are_taken(cache, forged):
    with remembering(str(cache)):
        fresh = Typesetter().widths(["x + y"], 17)
        (entry,) = entries(cache)
        lines = entry.read_text().split("\n", 1)
        asked = lines[1][: int(lines[0].split()[1])]
        assert fresh == json.loads(lines[1].removeprefix(asked)) == Typesetter().widths(["x + y"], 17)
        entry.write_bytes(_whole(json.dumps(forged), asked))
        assert Typesetter().widths(["x + y"], 17) == fresh


def test_a_folder_of_somebody_else_is_not_read(tmp_path, monkeypatch):
    make = Maker()
    make("ab", tmp_path)
    monkeypatch.setattr(memory.os, "geteuid", lambda: os.stat(tmp_path).st_uid + 1)
    assert make("ab", tmp_path) == ["a", "b"]
    assert make.made == 2


def test_another_build_is_asked_again(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "some_package").mkdir()
    (tmp_path / "some_package" / "__init__.py").write_text("raise ImportError('it is not to be imported')")
    inside = tmp_path / "some_package" / "inside.py"
    said = []
    for text in ("a", "bb"):
        inside.write_text(text)
        build.cache_clear()
        said.append(build("some_package.inside"))
    assert said[0] != said[1]
    assert build("no_such_package.inside") == "no_such_package.inside"
    build.cache_clear()


# ---- where it is


@pytest.mark.parametrize(
    ("system", "variables", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/adgraph"),
        ("linux", {"HOME": "/h"}, "/h/.cache/adgraph"),
        ("linux", {"XDG_CACHE_HOME": "", "HOME": "/h"}, "/h/.cache/adgraph"),
        ("linux", {"XDG_CACHE_HOME": "here", "HOME": "/h"}, "/h/.cache/adgraph"),  # it has to be absolute
        ("linux", {"HOME": "here"}, None),
        ("linux", {"HOME": "/h", "ADGRAPH_NO_CACHE": "1"}, None),
        ("darwin", {"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/h/Library/Caches/adgraph"),
    ],
)
def test_the_folder_is_that_of_the_platform(monkeypatch, system, variables, folder):
    for name in ("XDG_CACHE_HOME", "HOME", memory.OFF):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(memory.sys, "platform", system)
    assert usual_folder() == folder


def test_only_the_one_who_draws_may_look_into_it(tmp_path):
    Maker()("ab", tmp_path / "a")
    (entry,) = (tmp_path / "a").iterdir()
    if os.name == "posix":
        assert [path.stat().st_mode & 0o077 for path in (entry.parent, entry)] == [0, 0]


@pytest.mark.parametrize("words", [["--no-cache"], []], ids=["option", "variable"])
def test_it_is_switched_off(run, cache, monkeypatch, words):
    if not words:
        monkeypatch.setenv(memory.OFF, "1")
    assert run("draw", SOURCE, "-o", "a.svg", *words).exit_code == 0
    assert not cache.exists()
    assert files() == ["a.svg"]


def test_nothing_else_is_written_and_only_by_what_draws(run, cache):
    promised("from Python nothing is remembered")
    for words in (["derive", SOURCE], ["eval", SOURCE, "--at", "x=1"], ["show", SOURCE], ["rules"], ["--version"]):
        assert run(*words).exit_code == 0
    draw(SOURCE).save("a.svg")  # the library
    assert not cache.exists()
    run("draw", SOURCE, "-o", "b.svg")
    assert entries(cache)
    assert files() == ["a.svg", "b.svg"]
    assert Path("a.svg").read_bytes() == Path("b.svg").read_bytes()


def test_a_relative_folder_is_none_of_ours(run, cache, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    run("draw", SOURCE, "-o", "a.svg")
    assert files() == ["a.svg"]


# ---- where it cannot be written


def _a_file(folder: Path) -> None:
    folder.write_text("mine")


def _closed(folder: Path) -> None:
    folder.parent.chmod(0o500)


def _full(folder: Path) -> None:
    folder.symlink_to("/dev/full")


@pytest.mark.parametrize("hinder", [_a_file, pytest.param(_closed, marks=not_root), _full])
def test_where_it_cannot_be_written_the_figure_is_drawn(run, cache, monkeypatch, hinder):
    run("draw", SOURCE, "-o", "without.svg", "--no-cache")
    hinder(cache)
    for name in ("first.svg", "later.svg"):
        result = run("draw", SOURCE, "-o", name)
        assert (result.exit_code, result.stdout, result.stderr) == (0, f"{name}\n", "")
        assert Path(name).read_bytes() == Path("without.svg").read_bytes()
    cache.parent.chmod(0o700)


def test_no_home_is_made_where_there_is_none(run, cache, monkeypatch, tmp_path_factory):
    home = tmp_path_factory.mktemp("homes") / "nobody"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert run("draw", SOURCE, "-o", "a.svg").exit_code == 0
    assert not home.exists()


def test_a_disk_that_is_full_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(memory.os, "replace", full)
    assert Maker()("ab", tmp_path / "a") == ["a", "b"]
    assert entries(tmp_path / "a") == []


# ---- how much


def test_the_oldest_go_where_there_is_no_room(tmp_path, monkeypatch):
    make, words = Maker(), [letter * 30 for letter in "abcdef"]
    promised(f"at most {memory.MOST // 10**6} MB of it (the oldest goes first)")
    monkeypatch.setattr(memory, "MOST", 1000)
    tmp_path.joinpath("mine.txt").write_text("x" * 2000)
    made = {}
    for time, word in enumerate(words):
        make(word, tmp_path)
        (entry,) = {*tmp_path.glob("*.made")} - {*made}
        os.utime(entry, ns=(time, time))
        made[entry] = word
    left = [word for entry, word in made.items() if entry.exists()]
    assert left == words[-len(left) :]
    assert 2 <= len(left) < len(words)
    assert sum(path.stat().st_size for path in tmp_path.glob("*.made")) <= 1000
    assert tmp_path.joinpath("mine.txt").exists()


def test_what_is_too_large_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(memory, "LARGEST", 100)
    make = Maker()
    assert len(make("a" * 60, tmp_path)) == 60
    assert entries(tmp_path) == []


# ---- at the same time


def test_several_processes_use_one_memory(cache, tmp_path):
    def drawn(number: int) -> bytes:
        words = [SCRIPT, "draw", "y=sin(a*x+b); z=y**2", "-o", f"{number}.svg"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True)
        assert done.stderr == b""
        return (tmp_path / f"{number}.svg").read_bytes()

    with ThreadPoolExecutor(4) as together:
        made = set(together.map(drawn, range(8)))
    assert len(made) == 1
    for entry in entries(cache):
        head, rest = entry.read_text().split("\n", 1)
        asked, said = int(head.split()[1]), int(head.split()[2])
        assert len(rest) == asked + said
        assert re.match(r"(formulas|widths), ", rest)
        json.loads(rest[asked:])

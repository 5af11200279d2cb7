"""What the documentation promises of safety and limits; what it says of single formats is tested with them."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from graphviz_ad.formats import formats
from tests.test_cli import files

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "adgraph")
DOCS = "\n".join(path.read_text("utf-8") for path in sorted((Path(__file__).parent.parent / "docs").rglob("*.md")))
SOURCE = "y=2x^3+3; z=y^2"


def promised(words: str) -> None:
    """The documentation still says so."""
    assert words in " ".join(DOCS.split()), words


def chain_of(nodes: int) -> str:
    """A system of so many nodes."""
    return "y = " + "+".join(["x"] * nodes)


COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38)[;m]")


# ---- colour: "on a terminal in colour", and never with NO_COLOR


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a command shows on a terminal."""
    outside = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "TERM")}
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [SCRIPT, *words], stdout=theirs, check=True, env={**outside, "TERM": "xterm-256color", **environment}
        )
        return os.read(ours, 100_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)


def test_colour_is_for_terminals(run):
    promised("on a terminal in colour")
    assert COLOUR.search(on_a_terminal("show", SOURCE))
    assert "\x1b" not in run("show", SOURCE).output


def test_no_colour_where_none_is_wanted():
    """Slanted and bold are no colours."""
    assert not COLOUR.search(on_a_terminal("show", SOURCE, NO_COLOR="1"))


# ---- PNG and PDF


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-o a.png --scale 20", "is too large to be drawn (at most 50,000,000"),
        ("-o a.png --dpi 3000", "is too large to be drawn (at most 50,000,000"),
        ("-o a.pdf --size poster", "is larger than a PDF's can be (14,400)"),
    ],
)
def test_pictures_that_are_too_large_are_refused(run, words, said):
    promised("A PNG of more than 50 million pixels and a PDF's page of more than 14,400 points are refused")
    wide = "; ".join(f"y{k + 1} = sin(y{k})*cos(y{k})" for k in range(40))
    result = run("draw", wide, "--view", "backward", *words.split())
    assert (result.exit_code, files()) == (1, [])
    assert said in result.stderr


# ---- pages: no network, no more than 1,000 nodes, a sandbox for templates


def test_a_page_asks_nothing_of_a_network(run):
    promised("One HTML file for a lecture or a web site, which needs no network")
    run("draw", SOURCE, "-o", "a.html")
    page = Path("a.html").read_text("utf-8")
    assert "default-src &#39;none&#39;" in page
    assert not re.search(
        r"""(src|href)=["'](?!#|data:)|url\((?!#)|\bfetch\(|XMLHttpRequest|\bimport\(|WebSocket""", page
    )


def test_a_page_of_too_many_nodes_is_refused(run):
    promised("more than 1,000 are refused")
    result = run("draw", chain_of(1001), "-o", "a.html")
    assert (result.exit_code, files()) == (1, [])
    assert "a page of 1,001 nodes is more than the 1,000 that are shown" in result.stderr


def test_a_template_reads_no_files(run):
    """What else it does not do is in `test_hostile`."""
    promised("runs in a sandbox: it reads no files")
    Path("secret.txt").write_text("secret")
    Path("own.html").write_text("{% include 'secret.txt' %}")
    result = run("draw", SOURCE, "-o", "a.html", "--template", "own.html")
    assert (result.exit_code, Path("a.html").exists()) == (1, False)
    assert "secret" not in result.stdout


def test_unknown_keys_of_a_theme_are_refused_with_their_place(run):
    promised("Unknown keys and roles are refused, with the nearest known one and their place")
    Path("my.toml").write_text('extends = "light"\n[styles]\ninputt = { fill = "#ffeecc" }\n')
    result = run("draw", SOURCE, "--theme", "my.toml")
    assert (result.exit_code, files()) == (1, ["my.toml"])
    assert "my.toml, line 3, column 1" in result.stderr
    assert "did you mean 'input'?" in result.stderr


# ---- text and LaTeX are never executed; no network; nothing but the files that are named

WATCHED = """
import os, sys
from graphviz_ad.cli.main import main

def watch(event, words):
    if event.split(".")[0] in ("socket", "subprocess", "ctypes", "pty", "urllib", "webbrowser"):
        met.append((event, words))
    if event in ("os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn"):
        met.append((event, words))
    if event in ("compile", "exec", "import") and "qmark" in ascii(words):
        met.append((event, words))
    if event == "open" and isinstance(words[0], str) and "qmark" in words[0]:
        met.append((event, words))

met = []
sys.addaudithook(watch)
for line in sys.stdin.read().splitlines():
    try:
        main(line.split("\\t"))
    except SystemExit:
        pass
print(*met, sep="\\n", file=sys.stderr)
"""
HARMFUL = [
    "__import__('os').system('qmark')",
    "y_{__import__('qmark')} = x",
    "qmark = x^2; z = exec(qmark)",
    r"\input{qmark} y = \qmark x \write18{qmark}",
    r"y = \mathrm{open('qmark')} x",
    "qmark(u) = u^2; y = qmark(3x)",
    "y = x; import qmark",
]


@pytest.mark.parametrize("source", HARMFUL)
def test_text_and_latex_are_never_executed_and_nothing_asks_a_network(source, tmp_path):
    promised("Text and LaTeX are never executed")
    commands = [
        *(["draw", source, "-o", "-", "--format", name] for name in formats()),
        ["derive", source, "--explain"],
        ["derive", source, "--format", "typst", "--keep-functions"],
        ["show", source, "--function", "qmark,exec"],
        ["eval", source, "--at", "qmark=1,x=2,__import__('qmark')=1"],
        ["check", source, "--at", "x=2,qmark=__import__('qmark')"],
    ]
    lines = "\n".join("\t".join(words) for words in commands)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=lines.encode(), cwd=tmp_path, capture_output=True, check=True
    )
    assert "Traceback" not in done.stderr.decode()
    assert not re.findall(r"(?m)^\('.*", done.stderr.decode())
    assert list(tmp_path.iterdir()) == []


def test_the_watch_sees_what_it_is_to_see(tmp_path):
    (tmp_path / "qmark.py").write_text("import socket\nsocket.socket()\ndef f(x):\n    return x\n")
    lines = "draw\tqmark.py:f\t-o\t-"
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=lines.encode(), cwd=tmp_path, capture_output=True, check=True
    )
    assert {"open", "socket.__new__"} <= set(re.findall(r"(?m)^\('([\w.]+)'", done.stderr.decode()))


# ---- mistakes: their place, a status, and nothing is written


@pytest.mark.parametrize("command", ["draw", "show", "derive", "eval", "check"])
@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("y = sine(x)", "line 1, column 5"),
        ("y = 2x\nz = y +", "line 2, column 7"),
        (r"y = \frac{x}{", "line 1, column 13"),
        ("y = 1/0*x", "line 1, column 5"),
    ],
)
def test_mistakes_are_shown_with_their_place_and_nothing_is_written(run, command, source, place):
    promised("Mistakes are shown with their place, and nothing is written")
    Path("old.svg").write_text("old")
    result = run(command, source, *(["-o", "old.svg", "-o", "new.svg"] if command == "draw" else []))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"adgraph: {place}: ")
    assert "^" in result.stderr.splitlines()[2]
    assert files() == ["old.svg"]
    assert Path("old.svg").read_text() == "old"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["derive", SOURCE], 0),
        (["derive", "y = a(x+1)"], 0),  # with a note
        (["derive", "y = sine(x)"], 1),
        (["derive", "nothing.adg"], 1),
        (["eval", SOURCE], 1),
        (["eval", "y=log(x)", "--at", "x=0"], 1),
        (["draw", SOURCE, "-o", "nowhere/a.svg"], 1),
        (["draw", SOURCE, "--seed", "3"], 2),
        (["draw", SOURCE, "--vew", "chain"], 2),
        (["draw", SOURCE, "-o", "a.docx"], 2),
        (["derive"], 2),
        (["drow", SOURCE], 2),
    ],
)
def test_the_exit_status(run, words, status):
    promised("The exit status is 0, 1 for an error in the input or an output that cannot be written, 2 for a wrong use")
    result = run(*words)
    assert (result.exit_code, bool(result.stdout)) == (status, status == 0)
    assert files() == []


# ---- values


def test_ranges_of_too_many_values_are_refused(run):
    promised("ranges of more than 100,000 values")
    result = run("eval", "y=x", "--at", "x=0:1:1e-9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has more than 100,000 values" in result.stderr


# ---- limits of what is read and drawn


@pytest.mark.parametrize("command", ["draw", "show"])
def test_too_many_nodes_are_not_drawn(run, command):
    promised("Figures of more than 5,000 nodes (not their derivatives and numbers)")
    result = run(command, chain_of(5001))
    assert (result.exit_code, result.stdout, files()) == (1, "", [])
    assert "5,001 nodes" in result.stderr


def test_they_are_evaluated(run):
    assert "dy/dx       5001" in run("eval", chain_of(5001), "--at", "x=1").stdout


@pytest.mark.parametrize("command", ["draw", "show", "derive", "eval", "check"])
@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y = " + "x" * 49_997, "50,001 characters are more than the 50,000 that are read"),
        ("y = " + "(" * 101 + "x" + ")" * 101, "nested more than 100 deep"),
        (r"y = " + r"\sqrt{" * 101 + "x" + "}" * 101, "nested more than 100 deep"),
    ],
)
def test_too_much_text_is_refused(run, command, source, said):
    promised("sources of more than 50,000 characters and brackets nested more than 100 deep are refused")
    Path("source.adg").write_text(source)
    result = run(command, "source.adg")
    assert (result.exit_code, result.stdout, files()) == (1, "", ["source.adg"])
    assert said in result.stderr


# ---- the same input gives the same bytes

LARGER = "z = w*x+b; a = sigmoid(z); y_{1} = max(a, x); L = -(t*log(a)+(1-t)*log(1-a)); f(u) = u^2; q = f(L)*y_{1}"
AT = "w=0.5,x=1.5,b=-1,t=0.25"
EVERY = [word for made in formats().values() for word in ("-o", f"a{made.extensions[0]}")]
ELSEWHERE = [
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "80", "HOME": "/", "USER": "a"},
    {
        "PYTHONHASHSEED": "2",
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "tr_TR.UTF-8",
        "COLUMNS": "200",
        "LANG": "de_DE",
        "USER": "b",
    },
]


@pytest.mark.parametrize(
    "words",
    [
        ["draw", LARGER, "--at", AT, "--of", "q", *EVERY],
        ["draw", LARGER, "-o", "a.svg", "--animate", "--blank", "3", "--answers", "b.svg"],
        ["derive", LARGER, "--order", "2"],
        ["show", LARGER],
        ["eval", LARGER, "--at", AT, "--format", "json"],
        ["check", LARGER, "--at", AT],
        ["rules"],
    ],
    ids=lambda words: f"{words[0]} {words[-1]}",
)  # fmt: skip
def test_the_same_input_gives_the_same_bytes(words, tmp_path):
    made = []
    for number, environment in enumerate(ELSEWHERE):
        folder = tmp_path / f"folder {number}"
        folder.mkdir()
        outside = {name: value for name, value in os.environ.items() if name == "PATH"}
        outside["XDG_CACHE_HOME"] = str(tmp_path)  # what the first remembers the second finds
        done = subprocess.run([SCRIPT, *words], cwd=folder, env=outside | environment, capture_output=True, check=True)
        made.append((done.stdout, done.stderr, {path.name: path.read_bytes() for path in folder.iterdir()}))
    first, second = made
    assert first[:2] == second[:2]
    assert first[2].keys() == second[2].keys()
    assert [name for name in first[2] if first[2][name] != second[2][name]] == []

"""What the command prints, where, and how it ends: inert lines, closed and full streams, signals."""

from __future__ import annotations

import ast
import io
import json
import os
import signal
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from graphviz_ad.cli.main import main
from graphviz_ad.core.errors import AdgraphError, Span
from graphviz_ad.core.inert import in_line, inert, inert_json
from graphviz_ad.host.streams import say_note

from .fuzz.command import active
from .test_layering import PACKAGE

ADGRAPH = [sys.executable, "-m", "graphviz_ad"]
posix = pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")


def shell(script: str, **more: object) -> subprocess.CompletedProcess[str]:
    """A script in which `adgraph` is the command, and `$status` what it ended with."""
    words = ["bash", "-c", f'adgraph() {{ "{sys.executable}" -m graphviz_ad "$@"; }}\n{script}']
    return subprocess.run(
        words, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL, timeout=60, **more
    )


# ---- inert


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m", "a\\x1b[31m"),
        ("\x9b", "\\x9b"),
        ("\r", "\\x0d"),
        ("\u202eabc", "\\u202eabc"),
        ("\u2028\u200b\ufeff", "\\u2028\\u200b\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udcff", "\\udcff"),
        ("\u3164\ufe0f", "\\u3164\\ufe0f"),
        ("y = x² · ŷ 中 🎉 e\u0301", "y = x² · ŷ 中 🎉 e\u0301"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_as_an_escape(text, shown):
    assert inert(text) == in_line(text) == shown


def test_lines_stay_lines_and_a_name_ends_none():
    assert inert("a\n\tb") == "a\n\tb"
    assert in_line("a\n\tb") == "a\\n\\tb"


@pytest.mark.parametrize("text", ["\x9b\u202e\u2028", "\U000e0041"])
def test_json_has_escapes_of_its_own(text):
    made = inert_json(json.dumps(text, ensure_ascii=False))
    assert made.isascii()
    assert json.loads(made) == text


def test_an_error_is_inert():
    error = AdgraphError("'a\x1b' is no\nname", Span(2, 4), "write \u202e", "x=\x1b\u202ey", "b\x07.adg")
    assert str(error).splitlines() == [
        "b\\x07.adg, line 1, column 3: 'a\\x1b' is no\\nname",
        "  x=��y",
        "    ^^",
        "hint: write \\u202e",
    ]


HOSTILE = "a\x1b]0;t\x07\x9b\u202e\u2028\U000e0041"


@pytest.mark.parametrize(
    "words",
    [
        ["show", "{file}"], ["derive", "{file}"], ["draw", "{file}", "--alt"], ["eval", "{file}"], ["rules", HOSTILE],
        ["eval", "{file}", "--at", f"x_{{{HOSTILE}}}=1", "--format", "json"], [HOSTILE], ["draw", HOSTILE],
        ["draw", "y=x", f"--{HOSTILE}"], ["draw", "y=x", "--theme", HOSTILE], ["draw", "y=x", "--wrt", HOSTILE],
        ["draw", "y=x", "--at", f"{HOSTILE}=1"], ["draw", "y=x", "-o", f"{HOSTILE}.svg"], ["draw", f"{HOSTILE}.adg"],
        *(["draw", "{file}", "-o", "-", "--format", name] for name in ("svg", "json", "dot", "text", "tikz",
        "mermaid", "html")),
        *(["derive", "{file}", "--format", name] for name in ("latex", "markdown", "typst")),
    ],
)  # fmt: skip
def test_nothing_that_is_printed_does_more_than_stand_there(run, words):
    Path("lesson.adg").write_text(f"y_{{{HOSTILE}}} = x_{{{HOSTILE}}}^2", "utf-8")
    result = run(*(word.replace("{file}", "lesson.adg") for word in words))
    assert result.stdout or result.stderr
    assert active(result.stdout + result.stderr) == []
    assert all(active(path.read_text("utf-8")) == [] for path in Path().glob("*.svg"))


def test_nothing_goes_around_the_guard():
    """Only `streams` touches the streams themselves, and only colours and pictures leave the guard out."""
    allowed = {
        "__stdout__": {"streams"},
        "buffer": {"streams", "sources", "embed", "workers"},  # the others read standard input
        "terminal": {"streams", "printing", "show", "terminal_tables"},
    }
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
            used = name in ("__stdout__", "__stderr__", "buffer") or (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "terminal"
            )
            what = "terminal" if isinstance(node, ast.Call) else name
            assert not used or path.stem in allowed.get(what, ()), f"{path.name}: {what}"


# ---- streams that are closed, full, or read no further


@posix
@pytest.mark.parametrize("words", ["--help", "--version", "formats", "draw y=x", "derive y=x",
"draw y=x -o - --format pdf",
                                   "eval y=x --at x=1 --format json"])  # fmt: skip
@pytest.mark.parametrize(
    ("where", "status", "said"),
    [
        (">&-", 1, "adgraph: cannot write to standard output: it is closed\n"),
        (">/dev/full", 1, "adgraph: cannot write to standard output: No space left on device\n"),
        ("2>&-", 0, ""),
        ("2>/dev/full", 0, ""),
        ("<&-", 0, ""),
        ("| head -c0", 141, ""),
    ],
)
def test_streams_that_fail(tmp_path, words, where, status, said):
    if "full" in where and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    done = shell(f"adgraph {words} {where}; exit ${{PIPESTATUS[0]}}", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (status, said)


@posix
def test_standard_input_that_is_closed(tmp_path):
    done = shell("adgraph derive - <&-", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("adgraph: cannot read standard input: it is closed\n")


@posix
def test_notes_that_cannot_be_said_are_no_failure(tmp_path):
    assert shell("adgraph draw y=ax 2>/dev/full", cwd=tmp_path).returncode == 0


# ---- encodings


@pytest.mark.parametrize(
    ("encoding", "words", "shown"),
    [
        ("latin-1", "derive y=a*x", "  dy\n  --- = x"),
        ("ascii", "derive y=α*x --wrt α", "  ------- = x"),
        ("ascii", "eval y=α --at α=1", "  alpha"),
        ("ascii", "check y=α^2 --at α=1", "  dy/d alpha"),
        ("latin-1", "rules tanh", "1 - tanh^2(x)"),
        ("ascii", "formats", "svg"),
        ("cp437", "derive y=x^3", "  ── = 3x²"),
    ],
)
def test_what_an_encoding_lacks_is_spelled_out(encoding, words, shown):
    done = subprocess.run([*ADGRAPH, *words.split()], capture_output=True, check=True,
                          env=os.environ | {"PYTHONIOENCODING": encoding})  # fmt: skip
    assert shown in done.stdout.decode(encoding)


def test_data_is_utf_8_whatever_the_encoding():
    done = subprocess.run([*ADGRAPH, "draw", "y=α^2", "-o", "-", "--format", "json"], capture_output=True, check=True,
                          env=os.environ | {"PYTHONIOENCODING": "latin-1"})  # fmt: skip
    assert json.loads(done.stdout)["name"] == "y"
    assert "α" in done.stdout.decode()


def test_derive_in_plain_characters(run):
    assert run("derive", "y=α^2*b", "--wrt", "b", "--ascii").stdout == "  dy\n  -- = alpha^2\n  db\n".replace(
        "--", "---", 1
    )
    assert "--ascii is for text." in run("derive", "y=x", "--ascii", "--format", "latex").stderr


# ---- signals


@posix
@pytest.mark.parametrize(
    ("number", "status", "said"),
    [
        (signal.SIGINT, 130, "adgraph: interrupted\n"),
        (signal.SIGTERM, 143, "adgraph: ended by SIGTERM\n"),
        (signal.SIGHUP, 129, "adgraph: ended by SIGHUP\n"),
    ],
)
def test_a_signal_ends_the_command_with_one_line(tmp_path, number, status, said):
    """While it reads: it has opened the pipe, and we write nothing."""
    os.mkfifo(tmp_path / "a.adg")
    process = subprocess.Popen(
        [*ADGRAPH, "draw", "a.adg"], cwd=tmp_path, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # where the tests run under nohup, too
    )  # fmt: skip
    with open(tmp_path / "a.adg", "w"):
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (status, "", said)
    assert [path.name for path in tmp_path.iterdir()] == ["a.adg"]


@posix
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("where", ["file", "function"])
def test_a_signal_while_the_readers_code_runs_is_no_error_in_it(tmp_path, number, status, where):
    os.mkfifo(tmp_path / "pipe")
    wait = "open('pipe').read()"  # it has begun where somebody reads the pipe, and goes on until nobody writes
    code = f"{wait}\ndef f(x): return x\n" if where == "file" else f"def f(x):\n    {wait}\n    return x\n"
    (tmp_path / "c.py").write_text(code)
    process = subprocess.Popen([*ADGRAPH, "derive", "c.py:f"], cwd=tmp_path, text=True, stderr=subprocess.PIPE)
    with open(tmp_path / "pipe", "w"):
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert err in ("adgraph: interrupted\n", "adgraph: ended by SIGTERM\n")


@posix
def test_a_signal_that_is_ignored_stays_ignored(tmp_path):
    done = shell("trap '' INT TERM; adgraph draw y=x; exit $?", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "y.svg\n")


@posix
def test_a_signal_while_files_are_put_in_place_comes_behind_them(tmp_path, monkeypatch):
    """Of two files both appear, or none; nothing else is left."""
    from graphviz_ad.host import files
    from graphviz_ad.host.signals import Ended, raised

    replace, calls = os.replace, []

    def interrupted(source: str, target: Path) -> None:
        calls.append(target)
        os.kill(os.getpid(), signal.SIGTERM)
        replace(source, target)

    monkeypatch.setattr(files.os, "replace", interrupted)
    with pytest.raises(Ended) as ended, raised():
        files.write_files({tmp_path / "a.svg": "a", tmp_path / "b.svg": "b"})
    assert ended.value.exit_code == 143
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.svg", "b.svg"]


def test_a_stream_of_a_caller_will_do():
    """As `redirect_stdout` makes one: without bytes, without an encoding."""
    out = io.StringIO()
    with redirect_stdout(out):
        main(["derive", "y=x^2"], standalone_mode=False)
        main(["draw", "y=x", "-o", "-", "--format", "json"], standalone_mode=False)
    assert out.getvalue().startswith("  dy\n  ── = 2x\n  dx\n{\n")


def test_a_note_is_one_line(capsys):
    """A name does not end it: nobody's file prints lines in our name."""
    say_note("there is no value for 'a\nadgraph: done'")
    assert capsys.readouterr().err == "adgraph: note: there is no value for 'a\\nadgraph: done'\n"

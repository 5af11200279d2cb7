"""Where files go: all or none, links and pipes as they are, names that no system takes."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.theme import theme
from graphviz_ad.host.files import is_stream, write_files

from .test_streams import posix, shell

LONG = "a" * 300


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["draw", "y=x", "-o", f"{LONG}.svg"], f"cannot write '{LONG}.svg': File name too long"),
        (["draw", "y=x", "-o", f"{LONG}/"], f"cannot make the folder '{LONG}': File name too long"),
        (["draw", "y=x", "--frames", f"{LONG}/"], f"cannot make the folder '{LONG}': File name too long"),
        (
            ["draw", "y=x", "-o", "ok.svg", "-o", "loop.svg"],
            "cannot write 'loop.svg': Too many levels of symbolic links",
        ),
        (["draw", "y=x", "-o", "loop.svg/a.svg"], "cannot write 'loop.svg/a.svg': there is no folder 'loop.svg'"),
        (["rules", "-o", "loop.svg"], "cannot write 'loop.svg': Too many levels of symbolic links"),
        (["check", "y=exp(x)", "--at", "x=1", "--plot", "loop.svg"], "cannot write 'loop.svg': Too many levels"),
        (
            ["draw", "y=x", "--blank", "derivatives", "-o", "loop.svg", "--answers", "pool.svg"],
            "cannot write 'loop.svg'",
        ),
        (["draw", "y=x", "--theme", f"{LONG}.toml"], f"cannot read '{LONG}.toml': File name too long"),
    ],
)
@posix
def test_a_name_that_no_file_can_have(run, words, said):
    os.symlink("loop.svg", "pool.svg")
    os.symlink("pool.svg", "loop.svg")
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"adgraph: {said}")
    assert sorted(path.name for path in Path().iterdir()) == ["loop.svg", "pool.svg"]


def test_the_name_of_a_file_fits_whatever_the_letters(run):
    result = run("draw", f"y_{{{'𝐰' * 80}}} = x")
    (written,) = Path().iterdir()
    assert result.stdout == f"{written}\n"
    assert len(written.name.encode()) < 255


@posix
def test_links_stay_links(run):
    """To a file, to one that is not there yet; a hard link keeps what it had."""
    Path("there.svg").write_text("old")
    os.link("there.svg", "hard.svg")
    os.symlink("there.svg", "a.svg")
    os.symlink("new.svg", "b.svg")
    run("draw", "y=x", "-o", "a.svg", "-o", "b.svg")
    assert os.readlink("a.svg") == "there.svg"
    assert Path("there.svg").read_bytes() == Path("new.svg").read_bytes() != b"old"
    assert Path("hard.svg").read_text() == "old"


@posix
def test_a_link_into_a_folder_that_is_not_there(run):
    os.symlink("nowhere/a.svg", "a.svg")
    result = run("draw", "y=x", "-o", "a.svg")
    assert result.exit_code == 1
    assert result.stderr == f"adgraph: cannot write 'a.svg': there is no folder '{Path.cwd() / 'nowhere'}'\n"


@posix
def test_a_pipe_is_written_to(run):
    os.mkfifo("a.svg")
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(Path("a.svg").read_text("utf-8")))
    reader.start()
    assert run("draw", "y=x", "-o", "a.svg").exit_code == 0
    reader.join(30)
    assert got[0].startswith("<svg")
    assert is_stream("a.svg")


@posix
@pytest.mark.parametrize(
    ("script", "status", "stdout", "stderr"),
    [
        ("adgraph draw y=x -o >(head -c4 >&2) | cat", 0, "/dev/fd/63\n", "<svg"),
        ("adgraph draw y=x -o /dev/stdout | head -c4", 0, "<svg", ""),
        ("adgraph draw y=x -o /dev/stdout --format json | head -c1", 0, "{", ""),
        ("adgraph draw y=x -o /dev/null", 0, "/dev/null\n", ""),
        (
            "adgraph draw y=x -o a.svg -o /dev/full; ls",
            0,
            "",
            "adgraph: cannot write '/dev/full': No space left on device\n",
        ),
    ],
)
def test_devices_and_pipes_of_the_shell(tmp_path, script, status, stdout, stderr):
    done = shell(script, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (status, stdout)
    assert done.stderr.startswith(stderr)


def test_what_was_written_before_a_failure_is_said(tmp_path, monkeypatch):
    replace = os.replace

    def failing(source: str, target: str) -> None:
        if target.endswith("b.svg"):
            raise PermissionError(13, "Permission denied", source, None, target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(AdgraphError, match=r"cannot write '.*b\.svg': Permission denied") as error:
        write_files({tmp_path / name: "" for name in ("a.svg", "b.svg", "c.svg")})
    assert error.value.hint == f"written before it: {tmp_path / 'a.svg'}"
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


# ---- themes and templates


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#" * 200_000, "it is larger than 100,000 bytes"),
        (b"a" + b".a" * 40_000 + b" = 1", "a theme has no line of more than 1,000 characters"),
        (b"a = [\n" + b"[\n" * 5000, "the theme is nested too deeply"),
        (b"background = " + b"[" * 300 + b"]" * 300, "[[[[[[[...]]]]]]] is not a colour"),
        (b'extends = "light"\n[styles]\n"\\u001b" = {}', "there is no role '\\x1b'"),
        (b"\xff", "is not UTF-8 (byte 1)"),
    ],
)
def test_themes_that_are_none(tmp_path, content, said):
    (tmp_path / "a.toml").write_bytes(content)
    with pytest.raises(AdgraphError) as error:
        theme(str(tmp_path / "a.toml"))
    assert said in str(error.value)


DEEP = "{% if 1 %}" * 2000 + "{% endif %}" * 2000


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "is stopped: it takes more than 0.3 s",
        ),
        (
            "{% for a in range(99999) %}{{ 'a' * 99999 }}{% endfor %}",
            "is stopped: the page has more than 50,000,000 characters",
        ),
        ("{{ 'a' * 10**10 }}", "a text or list of more than 50,000,000 parts"),
        ("{{ [1] * 10**10 }}", "a text or list of more than 50,000,000 parts"),
        ("{{ 9**(9**9) }}", "a power of more digits than a page shows"),
        (DEEP, "the template: it is nested too deeply"),
        ("{{ " + "(" * 2000 + ")" * 2000 + " }}", "the template: it is nested too deeply"),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "the template: it is nested too deeply"),
        ("{{ ''.__class__ }}", "is unsafe"),
    ],
)
def test_a_template_has_limits(run, monkeypatch, template, said):
    from graphviz_ad.formats.page import template as limits

    monkeypatch.setattr(limits, "SECONDS", 0.3 if "0.3" in said else 60)
    Path("own.html").write_text(template)
    result = run("draw", "y=x", "-o", "a.html", "--template", "own.html")
    assert result.exit_code == 1
    assert said in result.stderr
    assert not Path("a.html").exists()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs a system that tells how large a process is")
@pytest.mark.parametrize(
    "template", ["{{ 'a'|center(10**10) }}", "{{ '%9999999999d' % 1 }}", "{{ (['a' * 9999999] * 99)|join }}"]
)
def test_a_template_has_a_limit_of_memory(run, template):
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS)
    Path("own.html").write_text(template)
    result = run("draw", "y=x", "-o", "a.html", "--template", "own.html")
    assert result.stderr == "adgraph: the template is stopped: it takes more than 300 MB\n"
    assert resource.getrlimit(resource.RLIMIT_AS) == before

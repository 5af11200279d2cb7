"""The command line: what is printed, written and returned."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from graphviz_ad.cli import show, terminal_probe
from graphviz_ad.formats import formats
from graphviz_ad.lesson.views import VIEWS

EXAMPLE = "y=sin(a*x+b); z=y**2"


def files() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*") if path.is_file())


# ---- draw


def test_draw_writes_an_svg_named_after_the_output_and_says_so(run):
    result = run("draw", EXAMPLE)
    assert (result.exit_code, result.stdout, files()) == (0, "z.svg\n", ["z.svg"])
    assert Path("z.svg").read_text("utf-8").startswith("<svg")


def test_several_outputs_name_the_file_together(run):
    assert run("draw", "s=a+b; p=s*a; q=s*b").stdout == "p-q.svg\n"


def test_a_name_is_made_fit_for_a_file_system(run):
    assert run("draw", "y_{../<b>} = x").stdout == "y__.._b_.svg\n"


def test_the_extension_chooses_the_format_and_o_may_be_repeated(run):
    result = run("draw", EXAMPLE, *"-o a.svg -o a.dot -o a.gv -o a.json -o a.txt".split())
    assert result.stdout.split() == ["a.svg", "a.dot", "a.gv", "a.json", "a.txt"]
    assert Path("a.dot").read_text() == Path("a.gv").read_text()
    assert Path("a.json").read_text("utf-8").startswith("{")


def test_an_extension_may_be_in_capitals(run):
    run("draw", EXAMPLE, "-o", "a.SVG")
    assert Path("a.SVG").read_text("utf-8").startswith("<svg")


def test_a_folder_gets_a_file_a_panel(run):
    run("draw", EXAMPLE, "-o", "figs/", "--view", "forward,steps,chain")
    assert files() == [f"figs/z-{view}.svg" for view in ("chain", "forward", "step-1", "step-2", "step-3")]
    run("draw", EXAMPLE, "-o", "figs", "--format", "dot", "--view", "forward")
    assert "figs/z-forward.dot" in files()


def test_a_folder_keeps_the_figures_of_other_systems(run):
    run("draw", "y = x^2", "-o", "figs/", "--view", "forward")
    run("draw", "z = x^2", "-o", "figs/", "--view", "forward")
    assert files() == ["figs/y-forward.svg", "figs/z-forward.svg"]


def test_systems_whose_names_are_one_as_those_of_files(run):
    run("draw", "y' = x^2", "y'' = x^3", "-o", "figs/", "--view", "forward")
    assert files() == ["figs/y_-2-forward.svg", "figs/y_-forward.svg"]


def test_standard_output(run):
    result = run("draw", EXAMPLE, "-o", "-", "--format", "json")
    assert result.stdout.startswith('{\n  "schema": "adgraph/1"')
    assert files() == []
    assert run("draw", EXAMPLE, "-o", "-").stdout.startswith("<svg")


def test_standard_output_and_a_file(run):
    """Data alone goes to standard output; where the file is, to standard error."""
    result = run("draw", EXAMPLE, "-o", "-", "-o", "a.dot")
    assert result.stdout.startswith("<svg")
    assert result.stdout.endswith("</svg>\n")
    assert result.stderr == "a.dot\n"


@pytest.mark.parametrize("view", VIEWS)
def test_every_view(run, view):
    at = ["--at", "a=2,x=0.5,b=-1"]
    result = run("draw", EXAMPLE, "--of", "z", *at, "--view", view, "-o", "a.svg", "-o", "a.dot", "-o", "a.json")
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("options", "differs"),
    [
        ("--direction tb", True),
        ("--theme dark", True),
        ("--symbol partial", True),
        ("--step 1", True),
        ("--wrt x", True),
        ("--view chain", True),
        ("--theme cs231n", True),
        ("--size paper", True),
        ("--background none", True),
        ("--constants folded", False),  # there are none
        ("--max-paths 20", False),
    ],
)
def test_options_take_effect(run, options, differs):
    run("draw", EXAMPLE, "-o", "a.svg")
    run("draw", EXAMPLE, "-o", "b.svg", *options.split())
    assert (Path("a.svg").read_bytes() != Path("b.svg").read_bytes()) is differs


def test_binary_formats_go_into_files_and_pipes(run):
    result = run("draw", EXAMPLE, *"-o a.pdf -o a.png -o figs/ --format png --view chain".split())
    assert (result.stdout.split(), files()) == (["a.pdf", "a.png", "figs/z-chain.png"],) * 2
    assert Path("figs/z-chain.png").read_bytes() == Path("a.png").read_bytes()
    run("draw", EXAMPLE, "-o", "chain.pdf", "--view", "chain")
    piped = run("draw", EXAMPLE, "-o", "-", "--format", "pdf", "--view", "chain")
    assert piped.stdout_bytes == Path("chain.pdf").read_bytes()


def test_a_terminal_is_not_given_a_pdf(tmp_path):
    """Nothing is printed, and no other file is written."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "graphviz_ad", "draw", "y=x", "-o", "-", "-o", "a.svg", "--format", "pdf"]
    path = os.pathsep.join(filter(None, [*sys.path]))
    result = subprocess.run(words, stdout=theirs, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
                            env=os.environ | {"PYTHONPATH": path}, timeout=60)  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert result.returncode == 2
    assert "PDF is not text for a terminal: write it into a file (-o figure.pdf)" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_picture_that_is_too_large_writes_nothing(run):
    result = run("draw", EXAMPLE, "-o", "a.svg", "-o", "a.png", "--dpi", "99999")
    assert (result.exit_code, files()) == (1, [])
    assert "pixels is too large to be drawn" in result.stderr


def test_alternative_text_is_printed(run):
    """Alone, or beside the files that -o asks for."""
    result = run("draw", "y=x^2", "--alt", "--view", "backward-simplified")
    assert result.stdout == (
        "y is x squared. Simplified backward graph: the derivative of y with respect to x is 2 x.\n"
    )
    assert (result.stderr, files()) == ("", [])
    result = run("draw", "y=x^2", "y=x^3", "--alt", "--view", "chain", "-o", "figs/")
    assert [line[:7] for line in result.stdout.splitlines()] == ["y is x ", "y is x "]
    assert sorted(result.stderr.split()) == files() == ["figs/y-2-chain.svg", "figs/y-chain.svg"]


def test_formats_lists_every_format(run):
    shown = [line.split(maxsplit=1) for line in run("formats").stdout.splitlines()]
    assert [name for name, _ in shown] == list(formats())
    for (_, rest), made in zip(shown, formats().values(), strict=True):
        assert rest.startswith(" ".join(made.extensions))
        assert rest.endswith(made.about)


def test_help_names_every_format(run):
    assert f"Format for - and DIR/: {', '.join(formats())}." in " ".join(run("draw", "--help").stdout.split())


def test_help_and_the_list_of_formats_import_nothing_heavy():
    script = (
        "import sys; from graphviz_ad.cli.main import main\n"
        "main({}, standalone_mode=False)\n"
        "print(sorted({{'typst', 'pygraphviz', 'jinja2', 'rich'}} & set(sys.modules)), file=sys.stderr)"
    )
    for words in (["draw", "--help"], ["formats"]):
        result = subprocess.run([sys.executable, "-c", script.format(words)], capture_output=True, text=True,
                                env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))})  # fmt: skip
        assert result.stderr.strip() == "[]"


def test_of_and_wrt_take_lists_and_repetitions(run):
    once = run("derive", EXAMPLE, "--wrt", "a,x").stdout
    assert once == run("derive", EXAMPLE, "--wrt", "a", "--wrt", "x").stdout
    assert once != run("derive", EXAMPLE).stdout


# ---- show and derive


def test_show_prints_equations_graphs_and_chain(run):
    shown = run("show", EXAMPLE)
    for words in (
        "Equations",
        "Forward graph",
        "Backward graph",
        "Chain rule",
        "2x sin(ax + b) cos(ax + b)",
        "v₁ = ax",
    ):
        assert words in shown.stdout
    assert "\x1b" not in shown.stdout
    assert files() == []


def test_show_fits_into_a_width(run):
    wide = run("show", EXAMPLE, "--view", "backward").stdout
    assert wide == run("show", EXAMPLE, "--view", "backward", "--width", "80").stdout
    assert "▶│ y ├" in wide
    narrow = run("show", EXAMPLE, "--view", "backward", "--width", "40").stdout
    assert "▶" not in narrow
    assert "▼" in narrow
    assert max(map(len, narrow.splitlines())) <= 40
    assert "z → y" in run("show", EXAMPLE, "--view", "backward", "--width", "20").stdout
    assert max(map(len, run("show", EXAMPLE, "--view", "steps-full", "--width", "0").stdout.splitlines())) > 60


def test_show_in_plain_characters(run):
    shown = run("show", EXAMPLE, "--ascii").stdout
    assert shown.isascii()
    assert "y = sin(a*x + b)" in shown
    assert "->(sin)->| y |-->" in shown


def test_what_standard_output_does_not_have_is_not_printed():
    """A terminal of another encoding gets plain characters."""
    words = [sys.executable, "-m", "graphviz_ad", "show", EXAMPLE]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    shown = subprocess.run(words, capture_output=True, env=environment, check=True).stdout
    assert b"->(sin)->| y |-->" in shown


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_only_on_a_terminal_that_wants_them(more, coloured):
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("4H", 40, 50, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "COLORTERM")}
    environment |= {"TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", **more}
    words = [sys.executable, "-m", "graphviz_ad", "show", "y=2x^3+3; z=y^2", "--view", "backward,chain"]
    process = subprocess.Popen(words, stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the end, on Linux
        pass
    os.close(ours)
    assert process.wait() == 0
    assert (re.search(r"\x1b\[[\d;]*(3\d|9\d)m", shown.decode()) is not None) is coloured
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown.decode())
    assert "▼" in plain  # from top to bottom, in 50 columns
    assert max(map(len, plain.splitlines())) <= 50


def test_pictures_are_for_terminals(run, monkeypatch):
    result = run("show", EXAMPLE, "--image")
    assert result.exit_code == 2
    assert "--image is for a terminal; for a file: adgraph draw SOURCE -o figure.png" in result.stderr
    assert result.stdout == ""
    monkeypatch.setattr(show, "terminal_width", lambda: 80)
    monkeypatch.setattr(terminal_probe, "answered", lambda questions: "\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c")
    monkeypatch.setenv("TERM", "xterm-256color")
    result = run("show", EXAMPLE, "--image")
    assert result.stdout.startswith("\x1b_Ga=T,f=100,q=2,m=1;iVBORw0KGgo")
    assert result.stdout.endswith("\x1b\\\n")


def test_a_terminal_without_pictures_gets_the_drawing(run, monkeypatch):
    monkeypatch.setattr(show, "terminal_width", lambda: 80)
    monkeypatch.setattr(terminal_probe, "answered", lambda questions: "\x1bP>|tmux 3.3a\x1b\\\x1b[?1;2c")
    monkeypatch.setenv("TERM", "tmux-256color")
    result = run("show", EXAMPLE, "--image")
    assert result.exit_code == 0
    assert result.stderr == (
        "adgraph: note: this terminal (tmux 3.3a) is not known to show pictures; here is a drawing in characters "
        "(for a file: adgraph draw SOURCE -o figure.png)\n"
    )
    assert result.stdout == run("show", EXAMPLE).stdout


def test_derive(run):
    assert run("derive", "y=2x^3+3; z=y^2").stdout == (
        "  dz   dz   dy\n  ── = ── · ── = 2y · 6x² = 12x²(2x³ + 3)\n  dx   dy   dx\n"
    )
    assert "cos(v₂) · 1 · 2" in run("derive", "y=sin(2x+3); z=y^2", "--graph", "full").stdout


@pytest.mark.parametrize(("name", "start"), [("latex", "\\begin{align*}"), ("markdown", "$$"), ("typst", "$ frac")])
def test_derive_for_a_document(run, name, start):
    assert run("derive", EXAMPLE, "--format", name).stdout.startswith(start)


# ---- sources


def test_a_file_of_equations(run):
    Path("lesson.adg").write_bytes(b"\xef\xbb\xbf# a lesson\r\ny = x^2\r\n\r\nz = y + 1\r\n")
    assert "dz/dy" not in run("derive", "lesson.adg").stdout
    assert "2x" in run("derive", "lesson.adg").stdout


def test_standard_input(run):
    assert run("derive", "-", stdin="y = x^2\n").stdout.splitlines()[1] == "  ── = 2x"


def test_a_source_that_begins_with_a_minus(run):
    assert run("draw", "--", "-x^2").stdout == "y.svg\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("lesson.agd", "there is no file 'lesson.agd'\nhint: did you mean 'lesson.adg'?"),
        ("folder", "'folder' is a folder\nhint: name a file of equations in it"),
        ("latin.adg", "'latin.adg' is not UTF-8 (byte 5)\nhint: save it as UTF-8"),
        ("empty.adg", "there is no equation here"),
    ],
)
def test_a_file_that_is_none(run, source, said):
    Path("lesson.adg").write_text("y = x")
    Path("folder").mkdir()
    Path("latin.adg").write_bytes(b"y = \xe9")
    Path("empty.adg").write_text("\n")
    result = run("draw", source)
    assert result.exit_code == 1
    assert said in result.stderr


def test_several_sources_are_read_in_one_call(run):
    Path("a.adg").write_text("z = x^2")
    Path("b.tex").write_text(r"$$ z = \sin x $$")
    Path("c.py").write_text("import math\ndef loss(w):\n    return math.exp(w)\n")
    assert run("draw", "a.adg", "b.tex", "c.py:loss").stdout == "z.svg\nz-2.svg\nloss.svg\n"
    result = run("draw", "a.adg", "b.tex", "-o", "out/", "--view", "forward,chain", "--format", "json")
    assert result.stdout.split() == [
        "out/z-forward.json", "out/z-chain.json", "out/z-2-forward.json", "out/z-2-chain.json"
    ]  # fmt: skip
    shown = run("show", "a.adg", "b.tex", "--view", "chain").stdout
    assert shown.count("Equations") == 2
    assert "\n\nEquations" in shown
    assert run("derive", "a.adg", "c.py").stdout.count("──") == 3


def test_a_python_function_may_be_given_values_for_its_branches_alone(run):
    Path("c.py").write_text("def f(x, w):\n    return w * x if x > 0 else w\n")
    result = run("derive", "c.py:f", "--at", "x=1", "--wrt", "w")
    assert result.stdout == "  df\n  ── = x\n  dw\n"
    assert "no numbers are drawn: there is no value for w" in result.stderr


def test_several_sources_do_not_go_into_one_file(run):
    for target in ("fig.svg", "-"):
        result = run("draw", "y = x", "z = x^2", "-o", target)
        assert result.exit_code == 2
        assert "2 sources do not go into one file; write them into a folder: -o figures/" in result.stderr
    assert files() == []


@pytest.mark.parametrize(
    ("source", "content", "status", "said"),
    [
        ("a.adg", b"\xef\xbb\xbfy = x^2\r\nz = y\r\n", 0, "── = ── · ── = 1 · 2x"),
        ("a.adg", b"y = x^2 \xe9\n", 1, "'a.adg' is not UTF-8 (byte 9)\nhint: save it as UTF-8"),
        ("a.adg", b"\xff\xfey\x00", 1, "'a.adg' is not UTF-8 (byte 1)"),
        ("a.adg", b"y = \0x\n", 1, "a.adg, line 1, column 5: unexpected character U+0000"),
        ("a.adg", b" \n", 1, "a.adg: there is no equation here"),
        (".", b"", 1, "'.' is a folder\nhint: name a file of equations in it"),
        ("  ", b"", 1, "there is no equation here\nhint: try"),
        ("", b"", 1, "there is no equation here\nhint: try"),
    ],
)
def test_files_as_they_come(run, source, content, status, said):
    Path("a.adg").write_bytes(content)
    result = run("derive", source)
    assert result.exit_code == status
    assert said in result.stdout + result.stderr


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs the pipes of a shell as files")
def test_a_pipe_is_read_as_a_file():
    command = f"{sys.executable} -m graphviz_ad derive <(echo 'y = x^2')"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout == "  dy\n  ── = 2x\n  dx\n"


def test_one_wrong_source_and_nothing_is_written(run):
    assert run("draw", "y = x", "y = sine(x)").exit_code == 1
    assert files() == []


def test_an_error_in_a_file_names_it(run):
    Path("lesson.adg").write_text("y = x\nz = sine(y)\n")
    assert run("draw", "lesson.adg").stderr.startswith("adgraph: lesson.adg, line 2, column 5: unknown function 'sine'")
    assert run("draw", "-", stdin="y = ;").stderr.startswith("adgraph: standard input, line 1, column 3: an expression")


@pytest.mark.parametrize(
    ("words", "chain"),
    [
        ([r"\begin{cases} y=\sin(2x+3) \\ z=y^{2} \end{cases}"], "= 2y · 2 cos(2x + 3) = 4 sin(2x + 3) cos(2x + 3)"),
        (["y = abc", "--from", "latex", "--wrt", "a"], "── = bc"),
        (["y = abc", "--from", "text"], "dabc"),
        ([r"y = \theta w_{i,j}", "--wrt", r"\theta,w_{i,j}"], "w_{i,j}"),
        ([r"y = \theta^2", "--wrt", "theta"], "2θ"),
        (["y = f(g(x))", "--function", "f,g"], "f′(g(x)) · g′(x)"),
        (["f(u) = u^2; y = f(3x)"], "18x"),
        (["f(u) = u^2; y = f(3x)", "--keep-functions"], "3 f′(3x)"),
        (["c.py:relu", "--at", "x=pi/4"], "= 1"),
    ],
)
def test_languages_and_functions(run, words, chain):
    Path("c.py").write_text("def relu(x):\n    y = x if x > 0 else 0 * x\n    return y + 0.0\n")
    result = run("derive", *words)
    assert result.exit_code == 0
    plain = run("draw", *words, "-o", "-", "--format", "json", "--view", "chain").stdout
    assert chain in result.stdout or chain in plain


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["c.py:relu"], "c.py, line 2"),
        (["c.py:rel"], "there is no function 'rel' in 'c.py'\nhint: did you mean 'relu'? there are relu"),
        (["d.py:f"], "there is no file 'd.py'\nhint: did you mean 'c.py'?"),
        (["y = x", "--at", "x"], "'x' is not a value; write x=0.5, or a range, x=-2:2:0.5 (first:last:step)."),
        (["c.py:relu", "--at", "x=a"], "'a' is not a number"),
        (["c.py:relu", "--at", "q=1"], "'relu' has no parameter 'q'\nhint: it has x"),
        ([r"y = \sin x", "--from", "text"], "this is read as text; for LaTeX: --from latex"),
        ([r"y = \sin x", "--wrt", r"\frac"], ""),
    ],
)
def test_mistakes_in_the_source(run, words, said):
    Path("c.py").write_text("def relu(x):\n    return x if x > 0 else 0\n")
    result = run("show", *words)
    assert result.exit_code in (1, 2)
    assert said in result.stderr
    assert result.stdout == ""


# ---- errors


def test_an_error_in_the_input(run):
    result = run("draw", "y = sine(x)", "-o", "a.svg")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "adgraph: line 1, column 5: unknown function 'sine'",
        "  y = sine(x)",
        "      ^^^^",
        "hint: write sin(x)",
    ]
    assert files() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["draw", EXAMPLE, "-o", "a.docx"], f"Unknown format 'docx'. Formats: {', '.join(formats())}."),
        (["draw", EXAMPLE, "-o", "figure"], "'figure' has no extension that chooses a format"),
        (["draw", EXAMPLE, "--view", "sideways"], "'sideways' is not one of forward"),
        (["draw", EXAMPLE, "--theme", "pink"], "'pink' is not one of"),
        (["draw", EXAMPLE, "--theme", "ligth"], "did you mean 'light'?"),
        (["draw", EXAMPLE, "--format", "odt", "-o", "-"], "Unknown format 'odt'"),
        (["draw", EXAMPLE, "-o", "a.png", "--scale", "3", "--dpi", "300"], "give one of them"),
        (["draw", EXAMPLE, "-o", "a.svg", "--scale", "3"], "--scale is for PNG: -o figure.png"),
        (["draw", EXAMPLE, "--dpi", "300"], "--dpi is for PNG: -o figure.png"),
        (["draw", EXAMPLE, "-o", "a.png", "--scale", "0"], "not in the range x>0"),
        (["draw", EXAMPLE, "--size", "cinema"], "'cinema' is not one of 'screen', 'paper', 'slide', 'poster'"),
        (["draw", EXAMPLE, "--alt", "-o", "-"], "--alt prints on standard output"),
        (["draw", EXAMPLE, "-o", ""], "An output needs a name"),
        (["draw"], "Missing argument 'SOURCE...'"),
        (["drow", EXAMPLE], "did you mean 'draw'?"),
        (["draw", EXAMPLE, "--vew", "chain"], "No such option '--vew'"),
        (["draw", EXAMPLE, "--view", "chain,foward"], "'foward' is not one of forward"),
        (["draw", EXAMPLE, "--view", "foward"], "(did you mean 'forward'?)"),
        (["show", EXAMPLE, "--style", "colha"], "(did you mean 'colah'?)"),
        (["draw", EXAMPLE, "--format", "jsno", "-o", "-"], "(did you mean 'json'?)"),
        (["draw", EXAMPLE, "--size", "Papr"], "(did you mean 'paper'?)"),
        (["draw", EXAMPLE, "-o", "x.svgg"], "(did you mean 'svg'?)"),
        (["draw", EXAMPLE, "-o", "x.jpg"], "(did you mean 'png'?)"),
        (["draw", EXAMPLE, "--from", "latx"], "(did you mean 'latex'?)"),
        (["draw", EXAMPLE, "--blank", "derivatves"], "(did you mean 'derivatives'?)"),
        (["derive", EXAMPLE, "--format", "latx"], "(did you mean 'latex'?)"),
        (["eval", EXAMPLE, "--trace", "revers"], "(did you mean 'reverse'?)"),
        (["check", EXAMPLE, "--with", "autogard"], "(did you mean 'autograd'?)"),
        (["rules", "--format", "markdwon"], "(did you mean 'markdown'?)"),
        ([EXAMPLE], "to draw equations: adgraph draw"),
        (["draw", EXAMPLE, "--max-paths", "0"], "not in the range"),
    ],
)
def test_a_wrong_use_of_the_command(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files() == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("y = x^(1/0)", "line 1, column 8: in the equation of y: 1/0 is not defined"),
        ("y = log(-1)*x", "line 1, column 5: in the equation of y: log(-1) is not defined"),
        ("", "there is no equation here"),
    ],
)
def test_a_constant_without_a_value(run, source, said):
    result = run("draw", source)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"adgraph: {said}")


def test_a_constant_too_large_for_a_float_is_none_of_our_business(run):
    assert run("derive", "y = x*9**9**9**9").exit_code == 0


@pytest.mark.parametrize("option", [("--wrt", "q"), ("--of", "q")])
def test_a_variable_that_is_not_there(run, option):
    result = run("draw", EXAMPLE, *option)
    assert result.exit_code == 1
    assert result.stderr.startswith("adgraph: there is no variable 'q'\nhint: there are a, x, b, y, z")


def test_notes_go_to_standard_error(run):
    result = run("derive", "y = a(x + 1)")
    assert result.stderr == "adgraph: note: a(…) is read as the product a*(…)\n"
    assert "a" in result.stdout


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(run):
    Path("old.svg").write_text("old")
    Path("folder.svg").mkdir()
    for target in ("nowhere/a.svg", "folder.svg/../nowhere/b.svg"):
        result = run("draw", EXAMPLE, "-o", "old.svg", "-o", target)
        assert result.exit_code == 1
        assert "there is no folder" in result.stderr
    assert Path("old.svg").read_text() == "old"
    assert files() == ["old.svg"]


@pytest.mark.parametrize("failing", ["replace", "fdopen", "access"])
def test_a_failing_disk_leaves_everything_as_it_was(run, monkeypatch, failing):
    """No space, no permission: an error, the old file untouched, and no temporary file left behind."""

    def fail(*words: object, **options: object) -> bool:
        raise PermissionError(13, "Permission denied", str(words[0]), None, str(words[-1]))

    Path("old.svg").write_text("old")
    monkeypatch.setattr(os, failing, (lambda *words: False) if failing == "access" else fail)
    result = run("draw", EXAMPLE, "-o", "old.svg")
    assert result.exit_code == 1
    assert "permission denied" in result.stderr.lower()
    assert Path("old.svg").read_text() == "old"
    assert files() == ["old.svg"]


def test_a_written_file_has_the_permissions_of_a_new_one(run):
    run("draw", EXAMPLE, "-o", "a.svg")
    Path("plain").write_text("")
    assert Path("a.svg").stat().st_mode == Path("plain").stat().st_mode


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "graphviz_ad", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("adgraph, version ")


def test_start_up_is_lean():
    """Drawing imports none of the libraries that it does not need."""
    script = (
        "import sys; from graphviz_ad.cli.main import main\n"
        f"main(['draw', {EXAMPLE!r}, '-o', '-'], standalone_mode=False)\n"
        "print(sorted({'sympy', 'rich', 'jinja2', 'graphviz', 'numpy', 'hashlib'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_a_closed_pipe_is_no_error():
    command = f"{sys.executable} -m graphviz_ad show '{EXAMPLE}' | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("Equations\n", "")


# ---- what is too large


@pytest.mark.parametrize("command", ["draw", "draw --alt", "draw -o a.pdf", "draw -o a.json", "show"])
def test_figures_of_too_many_nodes_are_refused_and_the_hint_is_faster(run, command):
    """Numbers are not figures; what a hint recommends works, and takes less."""
    Path("a.adg").write_text(f"y = {'+'.join(['x'] * 5001)}; z = x^2")
    result = run(*command.split(), "a.adg")
    assert (result.exit_code, result.stdout, files()) == (1, "", ["a.adg"])
    assert "a system of 5,003 nodes is more than the 5,000 that are shown" in result.stderr
    assert "hint: draw one output (--of), or take the numbers alone: adgraph eval" in result.stderr
    result = run(*command.split(), "a.adg", "--of", "y")
    assert "5,001 nodes" in result.stderr
    assert "hint: take the numbers alone: adgraph eval" in result.stderr
    assert run(*command.split(), "a.adg", "--of", "z").exit_code == 0
    assert "dy/dx       5001" in run("eval", "a.adg", "--at", "x=2").stdout

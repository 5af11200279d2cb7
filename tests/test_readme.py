"""The consoles of the README and of the documentation show what adgraph prints today."""

import os
import re
import runpy
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graphviz_ad.formats import formats

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in PAGES}
BY_PANDOC = r"adgraph notes .* (?:-o|--answers) .*"  # in tests/hosts
COMMANDS = [
    pytest.param(page, *part.partition("\n")[::2], id=f"{page}: {part.partition(chr(10))[0]}")
    for page, text in TEXTS.items()
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    for part in re.split(r"(?m)^\$ ", block)
    if part and not re.match(BY_PANDOC, part)
]


@pytest.mark.parametrize(("page", "command", "shown"), COMMANDS)
def test_a_console(run, page, command, shown):
    program, *words = shlex.split(command)
    assert program == "adgraph"
    for name, text in re.findall(r"cat > (\S+) <<'END'\n(.*?)END\n", TEXTS[page], re.DOTALL):
        Path(name).write_text(text, "utf-8")
    result = run(*words)
    assert [*result.stdout.splitlines(), *result.stderr.splitlines()] == shown.rstrip("\n").splitlines()


def test_there_are_some():
    assert len(COMMANDS) > 40


TABLED = re.findall(r"(?m)^\| .*? \| `adgraph (.*?)` \|", TEXTS["docs/reference/formats.md"])


@pytest.mark.parametrize("command", TABLED)
def test_a_command_of_the_table_of_formats(run, command):
    Path("lesson.adg").write_text("y = 2x^3 + 3\nz = y^2\n", "utf-8")
    words = shlex.split(command)
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    made = [Path(words[words.index(option) + 1]) for option in ("-o", "--frames") if option in words]
    assert all(path.exists() for path in made)
    assert made or result.stdout.count("\n") > 0


def test_the_table_has_every_format():
    extensions = {Path(word).suffix for command in TABLED for word in command.split()}
    assert {one.extensions[0] for one in formats().values()} <= extensions


# ---- commands that show nothing

FILES = {
    "lesson.adg": "y = 2x^3 + 3\nz = y^2\n",
    "lesson.py": "def z(x):\n    return x**2\n",
    "net.adg": "z = w*x + w_1*x_1 + b\na = sigmoid(z)\nL = (a - t)^2\n",
    "rnn.adg": "h_t = tanh(w*x_t + u*h_{t-1}), t = 1..3\nL = (h_3 - y)^2\n",
    "neuron.adg": "z = w*x + b\na = sigmoid(z)\nL = (a - t)^2\n",
    "my.toml": next(iter(re.findall(r"```toml\n(.*?)```", TEXTS["docs/how-to/themes.md"], re.DOTALL)), ""),
}
ELSEWHERE = re.compile(  # programs that are tried by .ci/run, by tests of their own, or in no test
    rf"(?m)^({BY_PANDOC}|"
    r"python3? |\.venv/|source |pip |pdflatex |pandoc |eval |_ADGRAPH_COMPLETE|.*<Tab>).*\n?| && dot2tex .*"
)
BLOCKS = [
    pytest.param(commands, id=f"{page}: {commands.partition(chr(10))[0]}")
    for page, text in TEXTS.items()
    for block in re.findall(r"(?m)^```sh\n(.*?)^```", text, re.DOTALL)
    if "adgraph " in (commands := ELSEWHERE.sub("", block))
]


@pytest.mark.skipif(os.name == "nt", reason="the commands are for a shell")
@pytest.mark.parametrize("commands", BLOCKS)
def test_commands_do_what_they_say(tmp_path, commands):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "adgraph"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m graphviz_ad "$@"\n')
    program.chmod(0o755)
    path = os.pathsep.join((str(program.parent), os.environ["PATH"]))
    environment = os.environ | {"PATH": path, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, env=environment, text=True,
                          capture_output=True, timeout=120)  # fmt: skip
    notes = [line for line in done.stderr.splitlines() if not line.startswith("adgraph: note: ")]
    assert (done.returncode, notes) == (0, [])


PYTHON = [
    pytest.param(block, id=page)
    for page, text in TEXTS.items()
    for block in re.findall(r"(?m)^```python\n(.*?)^```", text, re.DOTALL)
    if not block.startswith("%")  # of notebooks, which have tests of their own
]


@pytest.mark.filterwarnings("ignore::graphviz_ad.AdgraphWarning")
@pytest.mark.parametrize("block", PYTHON)
def test_python_does_what_it_says(tmp_path, monkeypatch, block):
    """In a module of its own, since a function is traced by its source."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shown.py").write_text(block, "utf-8")
    runpy.run_path(str(tmp_path / "shown.py"))

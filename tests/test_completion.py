"""What shells complete, by their protocols and, where they are installed, in bash, zsh and fish themselves."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from graphviz_ad.cli import COMMANDS
from graphviz_ad.lesson.views import VIEWS
from graphviz_ad.point.libraries import CHECKERS

ADGRAPH = Path(sys.executable).with_name("adgraph")
pytestmark = pytest.mark.skipif(not ADGRAPH.exists(), reason="adgraph is not installed here")


def protocol(shell, words):
    """What adgraph answers a shell: of bash and fish words with kinds before them, of zsh kind, word and help."""
    asked = {"COMP_WORDS": f"adgraph {words}", "COMP_CWORD": str(max(1, len(words.split())))}
    if shell == "fish":
        asked["COMP_CWORD"] = words.rpartition(" ")[2]
    environment = {**os.environ, **asked, "_ADGRAPH_COMPLETE": f"{shell}_complete"}
    done = subprocess.run([str(ADGRAPH)], env=environment, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    if shell == "zsh":
        return lines[1::3] if len(lines) % 3 == 0 else lines
    return [line.partition(",")[2].partition("\t")[0] for line in lines if line]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dr", ["draw"]),
        ("draw y=x --view forward-", ["forward-simplified"]),
        ("draw y=x --view forward,backward", ["forward,backward", "forward,backward-simplified"]),
        ("draw y=x --view chain,chain", ["chain,chain-full"]),  # none twice
        ("draw y=x --theme cs", ["cs231n"]),
        ("draw y=x --format sv", ["svg"]),
        ("derive y=x --format mat", ["mathematica", "matlab"]),
        ("eval y=x --format js", ["json"]),
        ("check y=x --with autograd,s", ["autograd,sympy"]),
        ("rules tan", ["tan", "tanh"]),
        ("rules mat", ["matrices"]),
    ],
)
def test_words_are_completed(words, found):
    assert protocol("bash", words) == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_view_and_library(shell):
    assert set(protocol(shell, "draw y=x --view f")) == {view for view in VIEWS if view.startswith("f")}
    assert set(protocol(shell, "check y=x --with s")) == {name for name in CHECKERS if name.startswith("s")}
    assert set(protocol(shell, "")) == {*COMMANDS}


def test_options_that_show_something_say_what():
    asked = {"COMP_WORDS": "adgraph --", "COMP_CWORD": "1", "_ADGRAPH_COMPLETE": "zsh_complete"}
    done = subprocess.run([str(ADGRAPH)], env={**os.environ, **asked}, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1::3] == ["--version", "--help"]
    assert done.stdout.splitlines()[2::3] == ["Show the version and exit.", "Show this message and exit."]


SHELLS = {
    "bash": """
        eval "$(_ADGRAPH_COMPLETE=bash_source adgraph)"
        COMP_WORDS=(adgraph draw y=x --view forward,ch) COMP_CWORD=4
        _adgraph_completion adgraph; printf '%s\\n' "${COMPREPLY[@]}"
    """,
    "zsh": """
        compdef() { }; compadd() { }; _describe() { for word in ${(P)4}; do print -r -- ${word%%:*}; done }
        words=(adgraph draw y=x --view forward,ch) CURRENT=5
        eval "$(_ADGRAPH_COMPLETE=zsh_source adgraph)"
        compadd() { while [[ $1 != -a ]]; do shift; done; print -rl -- ${(P)2} }
        _adgraph_completion
    """,
    "fish": """
        _ADGRAPH_COMPLETE=fish_source adgraph | source
        complete -C 'adgraph draw y=x --view forward,ch'
    """,
}


@pytest.mark.parametrize("shell", list(SHELLS))
def test_the_shell_itself_completes(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    environment = {**os.environ, "PATH": f"{ADGRAPH.parent}:{os.environ['PATH']}", "HOME": str(Path.cwd())}
    done = subprocess.run([shell, "-c", SHELLS[shell]], env=environment, capture_output=True, text=True)
    assert done.stdout.split() == ["forward,chain", "forward,chain-full"], done.stderr

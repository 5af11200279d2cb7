"""A Python file as a source: how it is run, what it finds around it, and that nothing of it stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from copy import copy
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.read.python.functions import read
from tests.conftest import plain

SCRIPT = Path(sysconfig.get_path("scripts")) / "adgraph"


def lesson(folder: Path, text: str, name: str = "lesson.py") -> str:
    """The place of the function f in a file."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return f"{folder / name}:f"


def said(folder: Path, text: str) -> list[object]:
    """What a file prints while it is run and its function is called."""
    lines: list[object] = []
    sys.modules["reported"] = type(sys)("reported")
    sys.modules["reported"].say = lambda thing: lines.append(copy(thing))
    try:
        read(lesson(folder, f"from reported import say\n{text}"))
    finally:
        del sys.modules["reported"]
    return lines


# ---- how it is run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import sys\nsay(sys.argv)\ndef f(x): return x", [["{folder}/lesson.py"]]),
        ("import sys\ndef f(x):\n    say(sys.argv)\n    return x", [["{folder}/lesson.py"]]),
        ("say(__file__)\ndef f(x): return x", ["{folder}/lesson.py"]),
        ("say(__name__)\ndef f(x): return x", ["lesson"]),
        ("if __name__ == '__main__':\n    say('as a program')\ndef f(x): return x", []),
        ("import sys\nsay(sys.path[0])\ndef f(x):\n    say(sys.path[0])\n    return x", ["{folder}", "{folder}"]),
        ("from pathlib import Path\nsay(Path('here').resolve().parent == Path.cwd())\ndef f(x): return x", [True]),
    ],
)
def test_what_a_file_sees_of_itself(tmp_path, text, expected):
    """It is a module, not the program: what stands under `__name__ == "__main__"` is not run."""
    filled = str(expected).replace("{folder}", str(tmp_path))
    assert str(said(tmp_path, text)) == filled


@pytest.mark.parametrize(
    "text",
    [
        "import dataclasses\n@dataclasses.dataclass\nclass M:\n    w: float = 2.0\ndef f(x): return M().w * x",
        "import pickle\nclass M: w = 2\ndef f(x): return pickle.loads(pickle.dumps(M())).w * x",
        "import inspect\ndef g(u): return 2 * u\ndef f(x): return int(inspect.getsource(g)[17]) * x",
        "import sys\ndef g(u): return 2 * u\ndef f(x): return sys.modules[__name__].g(x)",
        "import typing as t\nclass M(t.NamedTuple):\n    w: 'int' = 2\nt.get_type_hints(M)\ndef f(x): return M().w * x",
        "import enum\nclass W(enum.Enum):\n    w = 2\ndef f(x): return W['w'].value * x",
    ],
)
def test_what_looks_a_module_up_finds_it(tmp_path, text):
    assert plain(read(lesson(tmp_path, text)).graph) == "2*x"


# ---- what it imports


@pytest.mark.parametrize("name", ["random", "json", "string", "click", "graphviz", "typst", "operator"])
@pytest.mark.parametrize("late", [False, True])
def test_a_module_beside_the_file_is_found_whatever_it_is_called(tmp_path, name, late):
    """Also where the file imports it in the function, and we use one of that name ourselves."""
    (tmp_path / f"{name}.py").write_text("mine = 2\n")
    ours = sys.modules.get(name)
    imported = f"import {name}\n"
    text = (
        f"def f(x):\n    {imported}    return {name}.mine * x"
        if late
        else f"{imported}def f(x): return {name}.mine * x"
    )
    assert plain(read(lesson(tmp_path, text)).graph) == "2*x"
    assert sys.modules.get(name) is ours


def test_the_file_may_be_called_as_a_module_of_ours(tmp_path):
    for name in ("json.py", "graphviz.py", "numpy.py", "math.py"):
        ours = sys.modules.get(name[:-3])
        assert plain(read(lesson(tmp_path, "from math import pi\ndef f(x): return pi * x", name)).graph) == "pi*x"
        assert sys.modules.get(name[:-3]) is ours


def test_a_namespace_package_beside_the_file_is_forgotten_too(tmp_path):
    for folder, power in (("a", 2), ("b", 3)):
        lesson(tmp_path / folder, f"def g(x): return x**{power}\n", "parts/helper.py")
        text = "from parts.helper import g\ndef f(x): return g(x)\n"
        assert plain(read(lesson(tmp_path / folder, text)).graph) == f"x^{power}"
    assert not [name for name in sys.modules if name.startswith("parts")]


def test_libraries_below_the_folder_stay(tmp_path):
    """A virtual environment beside the file: a library that has been imported cannot be imported a second time."""
    root = Path(sysconfig.get_path("purelib")).parents[3]
    if not os.access(root, os.W_OK):
        pytest.skip("the folder of the environment is not to be written into")
    program = (
        "from graphviz_ad.read.python.functions import read; import sys\n"
        "for name in sys.argv[1:]: read(name)\n"
        "assert 'numpy' in sys.modules"
    )
    place = lesson(root, "import numpy as np\ndef f(x): return np.sin(x)\n", "lesson_of_a_test.py")
    try:
        done = subprocess.run([sys.executable, "-c", program, place, place], capture_output=True, text=True)
    finally:
        (root / "lesson_of_a_test.py").unlink()
    assert (done.returncode, done.stderr) == (0, "")


def test_a_linked_file_finds_what_stands_beside_the_file_itself(tmp_path):
    lesson(tmp_path, "def g(x): return 2 * x\n", "real/side.py")
    lesson(tmp_path, "from side import g\ndef f(x): return g(x)\n", "real/lesson.py")
    (tmp_path / "link.py").symlink_to(tmp_path / "real" / "lesson.py")
    assert plain(read(f"{tmp_path / 'link.py'}:f").graph) == "2*x"
    assert "link" not in sys.modules


# ---- what is left behind


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.chdir('/')\ndef f(x): return x",
        "import os\ndef f(x):\n    os.chdir('/')\n    return x",
        "import sys\nsys.argv = ['other']\nsys.path.clear()\ndef f(x): return x",
        "import sys\ndef f(x):\n    sys.path.insert(0, 'elsewhere')\n    raise ValueError",
        "import sys\nsys.dont_write_bytecode = False\nraise SystemExit",
        "import math\ndef f(x): raise KeyError(math.sin(x))",
    ],
)
def test_nothing_is_left_behind(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)

    def state():
        return os.getcwd(), sys.argv[:], sys.path[:], sys.dont_write_bytecode, set(sys.modules), sys.gettrace()

    before = state()
    try:
        read(lesson(tmp_path, text))
    except AdgraphError as error:
        assert error.origin == "lesson.py"
    assert state() == before


def test_an_error_shows_the_lines_as_they_are_now(tmp_path):
    for line in ("return 1 / 0", "y = 2; return [][y]"):
        with pytest.raises(AdgraphError) as caught:
            read(lesson(tmp_path, f"def f(x):\n    {line}\n"))
        assert line in str(caught.value)


# ---- what goes wrong in it


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("def f(x):\n    return 1 / 0", "ZeroDivisionError: division by zero", 2),
        ("def f(x):\n    raise BaseException('stop')", "BaseException: stop", 2),
        ("def f(x):\n    raise SystemExit", "SystemExit", 2),
        ("def f(x):\n    raise GeneratorExit", "GeneratorExit", 2),
        ("class E(Exception):\n    def __str__(self): return 1/0\ndef f(x):\n    raise E", "E", 4),
        ("def f(x):\n    return eval('1 +')", "SyntaxError: invalid syntax (<string>, line 1)", 2),
        ("eval('1 +')\ndef f(x): return x", "SyntaxError: invalid syntax (<string>, line 1)", 1),
        ("x = (1,\n", "SyntaxError: '(' was never closed", 1),
        ("def f(x):\n", "SyntaxError: expected an indented block after function definition on line 1", 1),
        ("import broken\ndef f(x): return x", "SyntaxError: expected ':'", 1),
        (
            "def f(x):\n    x = []\n    x += [x]\n    return x",
            "the function returns lists within lists without end",
            None,
        ),
        ("async def g(): pass\ndef f(x): return g", "the function returns a function", None),
    ],
)
@pytest.mark.skipif(sys.version_info < (3, 11), reason="Python words and places its errors in another way")
def test_what_goes_wrong_becomes_an_error_with_its_place(tmp_path, text, message, line):
    (tmp_path / "broken.py").write_text("def g(x) return x\n")
    with pytest.raises(AdgraphError) as caught:
        read(lesson(tmp_path, text))
    error = caught.value
    assert error.message == message
    assert str(error)
    if line is None:
        assert error.span is None
    else:
        assert error.source[: error.span.start].count("\n") + 1 == line
        assert 0 <= error.span.start < error.span.end <= len(error.source)


@pytest.mark.parametrize("command", ["draw", "show", "derive", "eval", "check"])
def test_on_the_command_line_an_exception_is_a_message(run, command):
    Path("c.py").write_text("def f(x):\n    raise BaseException\n")
    result = run(command, "c.py:f", "--at", "x=1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("adgraph: c.py, line 2, column 5: BaseException\n")
    assert [path.name for path in Path().iterdir()] == ["c.py"]


@pytest.mark.parametrize("extension", ["svg", "json", "html", "tex", "dot", "mmd", "txt"])
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names of files are Unicode there")
def test_a_name_of_a_file_need_not_be_text(run, extension):
    name = os.fsdecode(b"caf\xe9.py")
    Path(name).write_text("def f(x):\n    return {' ': x * 2, 'y': x * x if x > 0 else x}\n")
    assert run("draw", f"{name}:f", "--at", "x=1", "-o", f"a.{extension}").exit_code == 0
    assert run("derive", f"{name}:g").exit_code == 1


# ---- nothing of ours is taken from its folder


@pytest.fixture(scope="module")
def traps(tmp_path_factory) -> Path:
    """A folder with a module of every name that we and our libraries may import; each leaves a mark."""
    folder = tmp_path_factory.mktemp("traps")
    names = {*sys.stdlib_module_names, *packages_distributions(), "autograd", "torch", "jax", "tensorflow"}
    for name in filter(str.isidentifier, names):
        mark = f"with open({str(folder / 'sprung')!r}, 'a') as file: file.write(__file__ + chr(10))\n"
        (folder / f"{name}.py").write_text(mark)
    text = """
def f(w, x=0.5, n=2):
    y = max(w, x) ** 2 - abs(w)
    for _ in range(n):
        y = y * w if y < 100 else y
    return {"y": y, "z": 2 * y}

def wrong(w): return float(w)
def fails(w): return [][w.shape]
def loud(w): print(w); raise KeyError(w)
"""
    lesson(folder, text)
    return folder


@pytest.mark.parametrize(
    "words",
    [
        "draw lesson.py:f --at w=1,n=2 -o a.svg -o a.dot -o a.json -o a.txt -o a.mmd -o a.tex",
        "draw lesson.py:f --wrt w -o a.html -o a.pdf -o a.png",
        "draw lesson.py:f lesson.py:f --wrt w --at w=1,n=1 -o figures/",
        "derive lesson.py:f --wrt w --at w=1 --order 2",
        "show lesson.py:f --wrt w --at w=1",
        "eval lesson.py:f --wrt w --at w=0:2:1,n=1 --format json",
        "check lesson.py:f --at w=1 --with autograd,sympy",
        "derive lesson.py:wrong",
        "derive lesson.py:fails",
        "derive lesson.py:loud",
        "derive lesson.py:f",
        "derive lesson.py:g",
        "derive lesson.py:f --at v=1",
        "derive nothing.py:f",
    ],
)
def test_nothing_of_ours_is_imported_from_the_folder_of_the_file(traps, words):
    (traps / "sprung").unlink(missing_ok=True)
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([SCRIPT, *words.split()], cwd=traps, env=outside, capture_output=True, text=True)
    assert not (traps / "sprung").exists(), (traps / "sprung").read_text()
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_the_file_itself_imports_what_stands_beside_it(traps):
    """As `python lesson.py` does: so the traps are seen to work."""
    lesson(traps, "import json\ndef f(x): return x\n", "importing.py")
    with pytest.raises(AttributeError):
        sys.modules["json"].sprung  # noqa: B018  # looking is what raises
    read(f"{traps / 'importing.py'}:f", Request())
    assert (traps / "sprung").read_text() == f"{traps / 'json.py'}\n"


def test_a_cached_function_is_traced_and_a_cache_inside_is_named(run):
    Path("c.py").write_text(
        "from functools import cache, lru_cache\n"
        "@cache\n@lru_cache(8)\ndef f(x): return x * x\n"
        "def g(x): return f(x) + 1\n"
        "class M:\n    @cache\n    def __call__(self, x): return x\nm = M()\n"
    )
    assert run("derive", "c.py:f").stdout.endswith("= 2x\n  dx\n")
    for name, line in (("g", 5), ("m", None)):
        result = run("derive", f"c.py:{name}")
        assert result.exit_code == 1
        assert "a traced number cannot be looked up in a set, a dict or a cache" in result.stderr
        assert result.stderr.startswith(f"adgraph: c.py, line {line}" if line else "adgraph: ")
        assert result.stderr.endswith("hint: compare it, with --at, or leave the cache out\n")

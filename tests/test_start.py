"""How the command starts: with modules from one file, each as good as its source, and libraries when they are used."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

import graphviz_ad
from graphviz_ad.host.bundle import LENGTH, MADE_BY

PACKAGE = Path(graphviz_ad.__file__).parent
SOURCE = "y=sin(a*x+b); z=y**2"


@pytest.fixture
def house(tmp_path):
    """A copy of the package, with nothing compiled."""
    shutil.copytree(PACKAGE, tmp_path / "house" / "graphviz_ad", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "house"


def command(house: Path, *words: str, after: str = "", **more: str) -> str:
    """What a command of that house prints; and what is asked after it."""
    code = f"import atexit, sys\natexit.register(lambda: exec({after!r}))\nsys.argv = ['adgraph', *{words!r}]\n"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", f"{code}from graphviz_ad.__main__ import run\nrun()"],
        env={**environment, "PYTHONPATH": str(house), **more}, cwd=house, capture_output=True, text=True)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def bundle(house: Path, name: str = "none") -> Path:
    (found,) = house.glob(f"graphviz_ad/host/__pycache__/bundle.*.opt-*{name}.pyc")
    return found


COUNTED = "print(sum(type(m.__dict__.get('__loader__')).__name__ == '_Loader' for m in [*sys.modules.values()]))"
HEAVY = "print([name for name in ('ast', 'dis', 'tokenize', 'typst') if name in sys.modules])"


def test_modules_come_from_one_file_from_the_second_time_on(house):
    assert command(house, "derive", SOURCE, after=COUNTED).endswith("\n0\n")
    made = bundle(house, "derive").read_bytes()
    assert int(command(house, "derive", SOURCE, after=COUNTED).split()[-1]) > 100
    assert bundle(house, "derive").read_bytes() == made
    command(house, "derive", SOURCE, "--format", "mathematica")
    assert len(bundle(house, "derive").read_bytes()) > len(made)  # what was not in it is added


def test_a_source_that_has_changed_is_compiled_anew(house):
    assert "version 9.9" not in command(house, "--version")
    (house / "graphviz_ad/core/version.py").write_text('"""Another."""\n\nVERSION = "9.9.99"\n')
    for _ in range(2):
        assert command(house, "--version", after=COUNTED).startswith("adgraph, version 9.9.99\n")


def test_a_source_that_is_gone_is_not_found(house):
    command(house, "--version")
    (house / "graphviz_ad/core/version.py").rename(house / "graphviz_ad/core/elsewhere.py")
    with pytest.raises(AssertionError, match=r"No module named 'graphviz_ad\.core\.version'"):
        command(house, "--version")


def test_a_house_that_has_moved_is_imported_from_where_it_is(house):
    command(house, "--version")
    moved = house.rename(house.with_name("moved"))
    shutil.copytree(moved, house)  # the old place is there, too
    shown = command(moved, "--version", after="print(sys.modules['graphviz_ad.cli.main'].__file__)")
    assert str(moved) in shown


@pytest.mark.parametrize("content", [b"", b"\xff" * 64, bytes(8)])
def test_a_file_that_is_none_is_passed_over(house, content):
    command(house, "--version")
    bundle(house).write_bytes(content)
    assert "version" in command(house, "--version")
    assert len(bundle(house).read_bytes()) > len(content)


def test_where_nothing_can_be_written_nothing_is(house):
    (house / "no folder").write_text("")
    shown = command(house, "--version", PYTHONPYCACHEPREFIX=str(house / "no folder"))
    assert "version" in shown
    assert "version" in command(house, "--version", PYTHONDONTWRITEBYTECODE="1")
    assert not [*house.rglob("*.pyc")]


def test_a_module_that_is_loaded_later_is_the_module():
    code = (
        "import sys\nfrom graphviz_ad.host.later import loaded_later\n"
        "loaded_later('colorsys', 'no_such_module', 'os')\n"
        "import colorsys\nprint('rgb_to_hls' in vars(colorsys), colorsys.rgb_to_hls(0, 0, 0), "
        "'rgb_to_hls' in vars(colorsys), hasattr(colorsys, 'nothing'), sys.modules['colorsys'] is colorsys)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False (0.0, 0.0, 0.0) True False True\n"


@pytest.mark.parametrize("words", [("draw", SOURCE, "-o", "z.svg"), ("derive", SOURCE), ("--version",)])
def test_what_libraries_import_and_no_command_uses_is_not_loaded(house, words):
    remembered = {"ADGRAPH_NO_CACHE": "", "XDG_CACHE_HOME": str(house / "cache"), "LOCALAPPDATA": str(house / "cache")}
    command(house, *words, **remembered)  # the first time formulas are set
    assert command(house, *words, after=HEAVY, **remembered).endswith("\n[]\n")


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", dedent(code)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_expression_that_was_compiled_before_matches_as_one_that_is_compiled_now():
    shown = run_python(r"""
        import marshal, re
        from graphviz_ad.host.expressions import compiled, compiled_before
        flags = re.I | re.X
        asked = [(r'(?P<a>x+) | (y)(?P=a)?  # é', int(flags)), (rb'[^\d]+(?<!a)', 0)]
        known = marshal.loads(marshal.dumps({each: compiled(each) for each in asked}))
        fresh = [re.compile(*each) for each in asked]
        re.purge()
        with compiled_before(known) as others:
            old = [re.compile(*each) for each in asked]
        facts = [(each.groups, dict(each.groupindex), each.flags) for each in (*fresh, *old)]
        print(others, old == fresh, facts[:2] == facts[2:], [one is two for one, two in zip(old, fresh)])
        print(old[0].match('XX')['a'], old[1].match(b'..a').span())
        """)
    assert shown == "set() True True [False, False]\nXX (0, 2)\n"


def test_expressions_of_modules_are_kept_and_none_that_is_made_at_work():
    shown = run_python("""
        import re
        from graphviz_ad.core.patterns import pattern
        from graphviz_ad.host.expressions import compiled_before
        def at_work():
            return re.compile('of a reader')
        lazy = pattern('lazy+')
        with compiled_before({}) as others:
            re.compile(re.compile('of a module'))
            lazy.match('')
            at_work()
        re.compile('after it')
        print(sorted(others))
        """)
    assert shown == "[('lazy+', 0), ('of a module', 0)]\n"


def test_expressions_of_another_python_are_compiled(house):
    first = command(house, "derive", SOURCE)
    file = bundle(house, "derive")
    content = file.read_bytes()
    start = len(MADE_BY) + LENGTH
    end = start + int.from_bytes(content[len(MADE_BY) : start], "little")
    _, size, modules, expressions = marshal.loads(content[start:end])
    assert any("indexed" in str(text) for text, _ in expressions)
    wrong = {asked: (0, b"", 0, {}, ()) for asked in expressions}  # of which the engine would complain
    listed = marshal.dumps(("another", size, modules, wrong))
    file.write_bytes(MADE_BY + len(listed).to_bytes(LENGTH, "little") + listed + content[end:])
    assert command(house, "derive", SOURCE) == first

"""The modules of a command from one file: as good as Python's own way, whatever is in the file."""

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graphviz_ad.host import bundle

SOURCE = "import re\nSTEP = re.compile(r'probed_(\\d+)')\nVALUE = {}\n"


@pytest.fixture
def probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of one module, and a bundle of its own."""
    package = tmp_path / "probe"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "part.py").write_text(SOURCE.format(1))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(bundle, "PACKAGES", ("probe.",))
    monkeypatch.setattr(bundle, "cache_from_source", lambda *_, **__: str(tmp_path / "bundle"))
    yield tmp_path
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "probe"]:
        del sys.modules[name]
    importlib.invalidate_caches()


def _imported() -> tuple[int, str]:
    """The value of the module in a new run, and who loads it."""
    _forget()
    with bundle.bundled("test"):
        part = importlib.import_module("probe.part")
    assert part.STEP.fullmatch("probed_12")[1] == "12"
    return part.VALUE, type(part.__loader__).__name__


def test_a_second_run_reads_the_bundle(probe: Path) -> None:
    assert _imported() == (1, "SourceFileLoader")
    assert _imported() == (1, "_Loader")


def test_a_module_that_was_changed_is_read_anew(probe: Path) -> None:
    _imported()
    source = probe / "probe" / "part.py"
    source.write_text(SOURCE.format(22))
    os.utime(source, (1e9, 1e9))
    assert _imported() == (22, "SourceFileLoader")
    assert _imported() == (22, "_Loader")


def test_a_module_that_comes_later_joins_the_others(probe: Path) -> None:
    _imported()
    (probe / "probe" / "other.py").write_text(SOURCE.format(3))
    _forget()
    for expected in ("SourceFileLoader", "_Loader"):
        _forget()
        with bundle.bundled("test"):
            modules = [importlib.import_module(f"probe.{name}") for name in ("part", "other")]
        assert [module.VALUE for module in modules] == [1, 3]
        assert type(modules[1].__loader__).__name__ == expected


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"\xa9\x03" + content,  # of another version
        lambda content: content[:-1],
        lambda content: content[: len(bundle.MADE_BY) + 2],
        lambda content: bundle.MADE_BY + b"\xff" * 8 + content,
        lambda content: bundle.MADE_BY + (1).to_bytes(8, "little") + b"N",
    ],
    ids=["empty", "of another version", "cut at the end", "cut in the head", "a length of nonsense", "no list"],
)
def test_a_spoiled_bundle_is_written_anew(probe: Path, spoil: Callable[[bytes], bytes]) -> None:
    _imported()
    path = probe / "bundle"
    path.write_bytes(spoil(path.read_bytes()))
    assert _imported() == (1, "SourceFileLoader")
    assert _imported() == (1, "_Loader")

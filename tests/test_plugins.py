"""Formats and languages of other packages, by their entry points."""

import sys
from importlib import metadata

import pytest

import graphviz_ad.formats
from graphviz_ad.read import frontend

PACKAGE = '''
from graphviz_ad.formats import Format, Maker
from graphviz_ad.read.text.equations import read as text

NAMES = Format("names", (".names",), "the names of a system's nodes", "names_of_nodes:MAKER")
MAKER = Maker(from_sheet=lambda sheet, request: " ".join(v.label.name for v in sheet.panels[0].content.vertices))


def read(source, request=None):
    """Equations with the words of a small child."""
    return text(source.replace(" is ", "=").replace(" times ", "*"))
'''


@pytest.fixture
def installed(tmp_path, monkeypatch):
    (tmp_path / "names_of_nodes.py").write_text(PACKAGE, "utf-8")
    about = tmp_path / "names_of_nodes-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: names-of-nodes\nVersion: 1\n", "utf-8")
    (about / "entry_points.txt").write_text(
        "[adgraph.formats]\nnames = names_of_nodes:NAMES\n[adgraph.readers]\nchild = names_of_nodes:read\n", "utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "names_of_nodes", raising=False)
    graphviz_ad.formats.formats.cache_clear()
    yield tmp_path
    graphviz_ad.formats.formats.cache_clear()


def test_a_format_of_another_package(installed, run):
    written = installed / "z.names"
    assert run("draw", "z=x*y", "-o", str(written), "--view", "forward-simplified").exit_code == 0
    assert written.read_text("utf-8") == "x y z"
    assert "names" in run("formats").stdout


def test_a_language_of_another_package(installed, run):
    assert frontend("child")("z is x times y").graph == frontend("text")("z = x*y").graph
    assert "z = xy" in run("show", "z is x times y", "--from", "child").stdout


def test_ours_are_found_without_looking_for_others(monkeypatch):
    monkeypatch.setattr(metadata, "entry_points", lambda **group: pytest.fail("other packages were looked through"))
    assert graphviz_ad.formats.find("png").name == "png"
    assert frontend("latex")


def test_a_language_that_nothing_reads(run):
    refused = run("show", "z=x*y", "--from", "child")
    assert refused.exit_code == 2
    assert "'child' is not one of" in refused.stderr

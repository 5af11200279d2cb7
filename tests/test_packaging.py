"""A wheel, installed elsewhere, has all that drawing needs."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from graphviz_ad.drawing import typst_pages
from graphviz_ad.formats.page.page import SCRIPTS, STYLES

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with the content of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_has_the_templates(site):
    assert (site / "graphviz_ad" / "py.typed").is_file()
    assert (site / "graphviz_ad" / "templates" / "tex" / "standalone.tex").is_file()
    assert (site / "graphviz_ad" / "templates" / "schema" / "adgraph-1.json").is_file()
    assert {path.name for path in (site / "graphviz_ad" / "formats" / "page" / "assets").iterdir()} == {
        "page.html", "pieces.js", *(f"{name}.css" for name in STYLES), *(f"{name}.js" for name in SCRIPTS)
    }  # fmt: skip


def test_the_wheel_draws(site, tmp_path):
    script = (
        f"import sys; sys.path.insert(0, {str(site)!r})\n"
        "import graphviz_ad; assert graphviz_ad.__file__.startswith(sys.path[0])\n"
        "from graphviz_ad.cli.main import main\n"
        "main(['draw', 'y=sin(a*x+b); z=y**2', '-o', 'z.svg', '--theme', 'auto'], standalone_mode=False)"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=tmp_path, env={"PATH": ""})
    assert (tmp_path / "z.svg").read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("name", ["z.svg", "z.pdf", "z.tex"])
def test_without_typst_a_picture_says_what_it_lacks(run, monkeypatch, name):
    """On Windows on Arm there is none, and pip does not ask for it."""
    monkeypatch.setitem(sys.modules, "typst", None)
    typst_pages._compiler.cache_clear()
    result = run("draw", "y=x^2+1", "-o", name)
    assert result.exit_code == 1
    assert "pictures need typst, which is not here" in result.stderr
    assert not Path(name).exists()
    assert run("draw", "y=x^2+1", "-o", "z.dot").exit_code == run("derive", "y=x^2+1").exit_code == 0

"""A wheel, installed elsewhere, has all that drawing needs."""

import importlib.util
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from packaging import tags
from packaging.requirements import Requirement

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


def required(environment: dict[str, str]) -> set[str]:
    """What of the compiled packages pip asks for on a machine."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    built = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(built)
    project = pytest.importorskip("tomllib").loads((ROOT / "pyproject.toml").read_text("utf-8"))
    metadata = dict(project["project"])
    built.Fields(str(ROOT), project["tool"]["hatch"]["metadata"]["hooks"]["custom"]).update(metadata)
    asked = [Requirement(line) for line in metadata["dependencies"]]
    return {line.name for line in asked if line.marker is None or line.marker.evaluate(environment)} & COMPILED


COMPILED = {"typst", "python-flint"}


@pytest.mark.parametrize(
    ("system", "machine", "tag", "expected"),
    [
        ("linux", "x86_64", "manylinux_2_28_x86_64", COMPILED),
        ("linux", "aarch64", "manylinux_2_28_aarch64", COMPILED),
        ("darwin", "arm64", "macosx_11_0_arm64", COMPILED),
        ("win32", "AMD64", "win_amd64", COMPILED),
        ("emscripten", "wasm32", "pyemscripten_2026_0_wasm32", COMPILED),
        ("win32", "ARM64", "win_arm64", {"python-flint"}),
        ("linux", "x86_64", "musllinux_1_2_x86_64", {"typst"}),
        ("linux", "armv7l", "manylinux_2_31_armv7l", {"typst"}),
        ("linux", "riscv64", "manylinux_2_39_riscv64", set()),
    ],
)
def test_what_is_compiled_is_asked_for_where_it_has_wheels(monkeypatch, system, machine, tag, expected):
    monkeypatch.setattr(tags, "platform_tags", lambda: iter([tag]))
    assert required({"sys_platform": system, "platform_machine": machine}) == expected


def test_a_release_builds_the_wheel_for_musl_elsewhere(monkeypatch):
    monkeypatch.setenv("ADGRAPH_FOR_MUSL", "1")
    assert required({"platform_machine": "x86_64"}) == {"typst"}


def test_the_sources_of_a_release_ask_for_what_has_wheels_everywhere(tmp_path, monkeypatch):
    """A wheel that is built of them, on whatever machine, requires what their PKG-INFO says."""
    from hatchling.builders.sdist import SdistBuilder
    from hatchling.builders.wheel import WheelBuilder

    monkeypatch.setenv("ADGRAPH_FOR_MUSL", "1")
    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path))
    monkeypatch.delenv("ADGRAPH_FOR_MUSL")
    with tarfile.open(archive) as sources:
        sources.extractall(tmp_path, filter="data")
    unpacked = archive.removesuffix(".tar.gz")
    (wheel,) = WheelBuilder(unpacked).build(directory=str(tmp_path), versions=["standard"])
    for said in (Path(unpacked, "PKG-INFO").read_text("utf-8"), metadata(wheel)):
        assert "Requires-Dist: typst" in said
        assert "python-flint" not in said
    release = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
    assert "ADGRAPH_FOR_MUSL=1 python -m build --outdir musl\n" in release
    assert "python -m build --wheel\n" in release


def metadata(wheel):
    with zipfile.ZipFile(wheel) as packed:
        (name,) = (name for name in packed.namelist() if name.endswith("/METADATA"))
        return packed.read(name).decode()

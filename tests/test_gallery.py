"""The gallery is what adgraph makes today: the golden test."""

import re
import sys
from pathlib import Path

import pytest

from tests.scenes import collisions

GALLERY = Path(__file__).parent.parent / "gallery"
sys.path.insert(0, str(GALLERY))
import make  # noqa: E402  # where that is found

FIGURES = make.figures()
OTHERS = ("__pycache__", "notes", make.FIGURES)  # documents that tests/hosts builds, and figures of the README
BINARY = {".pdf", ".png"}
SAME_LAYOUT = make.versions() == (GALLERY / "versions.txt").read_text("utf-8")


def structure(text: str) -> str:
    """A picture without its coordinates, which differ between versions of Graphviz."""
    text = re.sub(r"sha256-[\w+/=]+", "HASH", text)  # a page's style says how wide its figures are
    for prefix in set(re.findall(r'<title id="(\w{5})t"', text)):  # made of what is drawn, coordinates and all
        text = text.replace(prefix, "ID")
    text = re.sub(r"[mlhvcz][-\d. mlhvcz]+z?(?=\")", "PATH", text, flags=re.IGNORECASE)
    return re.sub(r"-?\d*\.?\d+", "#", text)


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_figure_is_made_again(figure, tmp_path):
    make.run(figure, tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in figure.glob("figure.*"))
    for name in made:
        new, old = ((folder / name).read_bytes() for folder in (tmp_path, figure))
        if not SAME_LAYOUT and name in ("figure.svg", "figure.tex", "figure.html"):
            new, old = structure(new.decode()), structure(old.decode())
        elif not SAME_LAYOUT and Path(name).suffix in BINARY:
            new, old = new[:5], old[:5]
        assert new == old, f"{figure.name}/{name} has changed: python gallery/make.py, and look at it"


def test_the_readme_is_made_again():
    assert (GALLERY / "README.md").read_text("utf-8") == make.readme()


def test_the_figures_of_the_other_readme_are_made_again(tmp_path, monkeypatch):
    """By `adgraph notes`, from the README itself."""
    readme = (GALLERY.parent / "README.md").read_text("utf-8")
    (tmp_path / "README.md").write_text(readme, "utf-8")
    monkeypatch.chdir(tmp_path)
    make.main(make.read_me(), standalone_mode=False)
    made = {path.name: path.read_bytes() for path in tmp_path.glob("gallery/figures/*")}
    if not SAME_LAYOUT:
        assert len(made) == len(re.findall(r"gallery/figures/README-", readme))
        return
    assert (tmp_path / "README.md").read_text("utf-8") == readme, "python gallery/make.py"
    assert made == {path.name: path.read_bytes() for path in (GALLERY / make.FIGURES).iterdir()}


@pytest.mark.parametrize(
    "figure", [figure for figure in FIGURES if make.results(figure)[0] != "figure.txt"], ids=lambda figure: figure.name
)
def test_nothing_overlaps(figure, monkeypatch, tmp_path):
    """The scenes behind each picture, checked shape by shape."""
    from graphviz_ad.drawing import figure as frames
    from graphviz_ad.drawing import widths

    scenes = []

    def seen(drawing):
        return lambda *words: scenes.append(drawing(*words)) or scenes[-1]

    monkeypatch.setattr(widths, "in_width", seen(widths.in_width))
    monkeypatch.setattr(frames, "compose", seen(frames.compose))  # of animations and overlays
    make.run(figure, tmp_path)
    assert scenes
    assert [each for scene in scenes for each in collisions(scene)] == []


def test_no_folder_without_a_command():
    folders = sorted(path for path in GALLERY.iterdir() if path.is_dir() and path.name not in OTHERS)
    assert folders == FIGURES

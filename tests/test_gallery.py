"""The gallery is what adgraph makes today: the golden test."""

import re
import sys
from pathlib import Path

import pytest

from tests.scenes import collisions

GALLERY = Path(__file__).parent.parent / "gallery"
sys.path.insert(0, str(GALLERY))
import make  # noqa: E402

FIGURES = make.figures()
SAME_LAYOUT = make.versions() == (GALLERY / "versions.txt").read_text("utf-8")


def structure(text: str) -> str:
    """An SVG without its coordinates, which differ between versions of Graphviz."""
    return re.sub(r"ad[0-9a-f]{8}", "ID", re.sub(r"-?\d+(\.\d+)?", "#", text))


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_figure_is_made_again(figure, tmp_path):
    make.run(figure, tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in figure.glob("figure.*"))
    for name in made:
        new, old = ((folder / name).read_text("utf-8") for folder in (tmp_path, figure))
        if name == "figure.svg" and not SAME_LAYOUT:
            new, old = structure(new), structure(old)
        assert new == old, f"{figure.name}/{name} has changed: python gallery/make.py, and look at it"


def test_the_readme_is_made_again():
    assert (GALLERY / "README.md").read_text("utf-8") == make.readme()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_nothing_overlaps(figure, monkeypatch):
    """The scene behind each picture, checked shape by shape."""
    import graphviz_ad.pipeline as pipeline

    scenes = []
    compose = pipeline.compose
    monkeypatch.setattr(pipeline, "compose", lambda *words: scenes.append(compose(*words)) or scenes[-1])
    monkeypatch.chdir(figure)
    words = [word for word in make.command(figure)[1:] if word not in ("-o",) and not word.startswith("figure.")]
    make.main([*words, "-o", "-"], standalone_mode=False)
    assert scenes
    assert [each for scene in scenes for each in collisions(scene)] == []


def test_no_folder_without_a_command():
    folders = sorted(path for path in GALLERY.iterdir() if path.is_dir() and path.name != "__pycache__")
    assert folders == FIGURES

"""A lecture in Markdown as pages, by one command: `adgraph notes lecture.md -o lecture.html -o lecture.pdf`.

Needs the extra `hosts`, which has Pandoc; no LaTeX.
"""

from __future__ import annotations

import base64
import re
import shlex
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

pytest.importorskip("pypandoc")

from graphviz_ad.cli.main import main  # where that is there

LECTURE = Path(__file__).parents[2] / "gallery" / "notes" / "lecture" / "lecture.md"
NEURON = "```adgraph view=chain\ny = x^2\n```\n"


@pytest.fixture
def notes(tmp_path, monkeypatch):
    """Write a document, and make it; what is said, and the status."""
    monkeypatch.chdir(tmp_path)

    def run(text, *words):
        Path("lecture.md").write_text(text, "utf-8")
        made = CliRunner().invoke(main, ["notes", "lecture.md", *words])
        assert Path("lecture.md").read_text("utf-8") == text, "the document stays as it is"
        return made.output, made.exit_code

    return run


def there():
    return sorted(path.name for path in Path.cwd().iterdir())


def pictures(page):
    return [unquote(one) for one in re.findall(r'src="data:image/svg\+xml,([^"]+)"', Path(page).read_text("utf-8"))]


def words_of(pdf):
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def test_a_lecture_of_six_sections_as_a_page_and_on_paper(notes):
    said, status = notes(LECTURE.read_text("utf-8"), "-o", "lecture.html", "-o", "lecture.pdf")
    assert (said, status) == ("lecture.html\nlecture.pdf\n", 0)
    assert there() == ["lecture.html", "lecture.md", "lecture.pdf"], "one file each"
    asked = LECTURE.read_text("utf-8").count("```adgraph")
    assert len(pictures("lecture.html")) == asked == 15
    page = Path("lecture.html").read_text("utf-8")
    assert "light-dark(" in page
    assert all("light-dark(" in one for one in pictures("lecture.html")), "as the reader has it"
    assert page.count("<math") > 20
    assert "http://" not in re.sub(r"http://www\.w3\.org/\S+", "", page), "nothing is fetched"
    found = words_of("lecture.pdf")
    for part in ("A function is a graph", "A layer", "Exercise 6", "Figure 1:", "Solution."):
        assert part in found
    images = subprocess.run(["pdfimages", "-list", "lecture.pdf"], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) == 2, "figures are lines, not pixels"


DOCS = [*(LECTURE.parents[3] / "docs").rglob("*.md"), LECTURE.parents[3] / "README.md"]
COMMANDS = [
    pytest.param(page, command, id=f"{page.name}: {command}")
    for page in DOCS
    for command in dict.fromkeys(
        re.findall(r"(?m)`?adgraph (notes .* (?:-o|--answers) [^`\n]+)", page.read_text("utf-8"))
    )
]


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_commands_of_the_documentation(notes, page, command):
    written = re.findall(r"cat > lecture\.md <<'END'\n(.*?)\nEND\n", page.read_text("utf-8"), re.DOTALL)
    words = shlex.split(command)[2:]
    said, status = notes(written[0] if written else LECTURE.read_text("utf-8"), *words)
    assert (said.split(), status) == ([word for word in words if word.startswith(("lecture.", "s"))], 0)


def test_solutions_are_in_another_file(notes):
    said, status = notes(LECTURE.read_text("utf-8"), "-o", "sheet.html", "--answers", "solved.html")
    assert (said, status) == ("sheet.html\nsolved.html\n", 0)
    sheet, solved = (Path(name).read_text("utf-8") for name in ("sheet.html", "solved.html"))
    assert ('class="solution"' in sheet, 'class="solution"' in solved) == (False, True)
    assert sheet.count('class="exercise"') == solved.count('class="exercise"') == 6


@pytest.mark.parametrize("name", ["lecture.docx", "lecture.odt", "lecture.pptx", "lecture.epub"])
def test_other_kinds(notes, name):
    said, status = notes(NEURON, "-o", name)
    assert status == 0, said
    assert any(part.endswith((".svg", ".png")) for part in zipfile.ZipFile(name).namelist())


def test_all_ways_to_ask_and_what_notes_has_shown(notes):
    """In lists and quotations, in comments, by number; the line behind a block that shows its figure is not shown
    twice."""
    text = """- item

  <!-- adgraph #1 view=chain -->

$$y = \\sin(ax+b)$$

> <!-- adgraph view=chain fig-cap="A *square*" #fig-square
> y = x^2 -->

```adgraph view=chain alt="my words"
z = x^3
```

![old](figures/lecture-0123456789abcdef.svg)

```{.adgraph view=chain}
z = x^4
```
"""
    said, status = notes(text, "-o", "lecture.html")
    assert status == 0, said
    assert len(pictures("lecture.html")) == 4
    page = Path("lecture.html").read_text("utf-8")
    assert "0123456789abcdef" not in page
    assert 'alt="my words"' in page
    assert re.search(r'<figure id="fig-square">.*?<figcaption><p>A <em>square</em>', page, re.DOTALL)


def test_pictures_of_its_own_are_in_it_wherever_it_is(notes, monkeypatch):
    Path("notes").mkdir()
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    Path("notes/dot.png").write_bytes(base64.b64decode(pixel))
    Path("notes/lecture.md").write_text(f"![A dot](dot.png)\n\n{NEURON}", "utf-8")
    made = CliRunner().invoke(main, ["notes", "notes/lecture.md", "-o", "one.html", "-o", "one.pdf"])
    assert made.exit_code == 0, made.output
    assert "data:image/png" in Path("one.html").read_text("utf-8")
    images = subprocess.run(["pdfimages", "-list", "one.pdf"], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) > 2


def test_more_words_for_pandoc(notes):
    said, status = notes(f"# One\n\n{NEURON}", "-o", "lecture.html", "--pandoc", "--toc --number-sections")
    assert status == 0, said
    assert 'id="TOC"' in Path("lecture.html").read_text("utf-8")


def test_a_document_has_its_own_look_beside_ours(notes):
    text = f"---\nheader-includes: <meta name=own>\n---\n\n{NEURON}"
    assert notes(text, "-o", "lecture.html")[1] == 0
    page = Path("lecture.html").read_text("utf-8")
    assert '<meta name="own">' in page
    assert "color-scheme: light dark" in page


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("Text.\n\n```adgraph veiw=chain\ny = x\n```\n", (), "adgraph: lecture.md, line 3, column 12: there is no"),
        ("<!-- adgraph\n\ny = sine(x) -->\n", (), "adgraph: lecture.md, line 3, column 5: unknown function 'sine'\n"),
        ("```adgraph\ny = x\n", (), "adgraph: lecture.md, line 1, column 1: this is never closed"),
        ("```adgraph\nlesson.py:loss\n```\n", (), "a Python function is run"),
        (NEURON, ("--pandoc", "--nono"), "Unknown option --nono"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_once_with_its_place_and_nothing_is_written(notes, text, words, said):
    found, status = notes(text, "-o", "lecture.html", "-o", "lecture.pdf", *words)
    assert status == 1
    assert found.count(said) == 1
    assert "Error running filter" not in found
    assert there() == ["lecture.md"]


def test_a_function_is_run_where_that_is_allowed(notes):
    Path("lesson.py").write_text("def loss(x):\n    return x**2\n")
    said, status = notes("```adgraph view=chain\nlesson.py:loss\n```\n", "-o", "lecture.html", "--allow-python")
    assert status == 0, said
    assert len(pictures("lecture.html")) == 1


def test_pandoc_alone_says_which_fences_it_does_not_know():
    """It takes ```adgraph view=chain for a paragraph of code."""
    import pypandoc

    from graphviz_ad.drawing.styles import templates

    words = [pypandoc.get_pandoc_path(), "--lua-filter", str(templates() / "plugins" / "adgraph.lua"), "-t", "html"]
    made = subprocess.run(words, input=NEURON, capture_output=True, text=True)
    assert made.returncode == 1
    assert made.stderr.startswith('adgraph: "adgraph view=chain')
    explained = subprocess.run(words, input="Write `adgraph view=chain` there.", capture_output=True, text=True)
    assert explained.returncode == 0

"""`adgraph notes`: figures where documents ask for them. Each document before and after; KEY is any figure's key."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphviz_ad.documents import workers
from graphviz_ad.documents.store import KEY
from graphviz_ad.read.documents.files import read_document

ALT = "y is x squared. Simplified forward graph: y depends on x."
FENCE = "```adgraph view=forward-simplified\ny = x^2\n```\n"


def shown(text: str) -> str:
    """A document with KEY for each key, and ALT for the words of one figure."""
    return re.sub(rf"-{KEY.pattern}\.", "-KEY.", text).replace(ALT, "ALT")


def put(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def figures(folder: str = "figures") -> list[str]:
    return sorted(shown(path.name) for path in Path(folder).glob("*"))


# ---- Markdown

PAIRS = {
    "a fence": (
        """\
Before.

```adgraph view=forward-simplified
y = x^2
```

After.
""",
        """\
Before.

```adgraph view=forward-simplified
y = x^2
```

![ALT](figures/notes-KEY.svg)

After.
""",
    ),
    "a comment, which readers do not see": (
        """\
<!-- adgraph view=forward-simplified
y = x^2
-->
Words that follow at once.
""",
        """\
<!-- adgraph view=forward-simplified
y = x^2
-->

![ALT](figures/notes-KEY.svg)

Words that follow at once.
""",
    ),
    "options in lines of their own, and Quarto's braces": (
        """\
```{adgraph}
#| view: forward-simplified
#| label: fig-square
#| theme: "dark"
y = x^2
```

``` {.adgraph #fig-again view="forward-simplified" title='A square'}
y = x^2
```
""",
        """\
```{adgraph}
#| view: forward-simplified
#| label: fig-square
#| theme: "dark"
y = x^2
```

![ALT](figures/notes-KEY.svg)

``` {.adgraph #fig-again view="forward-simplified" title='A square'}
y = x^2
```

![ALT](figures/notes-KEY.svg)
""",
    ),
    "formulas of the document, by number and by label": (
        """\
With $u = x^2$ and

$$y = u^2$$ {#eq:square}

<!-- adgraph #1 view=forward-simplified -->

<!-- adgraph eq:square view=chain -->
""",
        """\
With $u = x^2$ and

$$y = u^2$$ {#eq:square}

<!-- adgraph #1 view=forward-simplified -->

![u is x squared. Simplified forward graph: u depends on x.](figures/notes-KEY.svg)

<!-- adgraph eq:square view=chain -->

![u is x squared; y is u squared. Chain rule: the derivative of y with respect to x is the derivative of y with \
respect to u times the derivative of u with respect to x, which is 2 u times 2 x, which is 4 x \
cubed.](figures/notes-KEY.svg)
""",
    ),
    "lists and quotations": (
        """\
1. In a list:

   ```adgraph view=forward-simplified
   y = x^2
   ```

- ~~~ adgraph view=forward-simplified
  y = x^2
  ~~~

> > ```adgraph view=forward-simplified
> > y = x^2
> > ```
""",
        """\
1. In a list:

   ```adgraph view=forward-simplified
   y = x^2
   ```

   ![ALT](figures/notes-KEY.svg)

- ~~~ adgraph view=forward-simplified
  y = x^2
  ~~~

  ![ALT](figures/notes-KEY.svg)

> > ```adgraph view=forward-simplified
> > y = x^2
> > ```
> >
> > ![ALT](figures/notes-KEY.svg)
""",
    ),
    "words of one's own, whose signs stay signs": (
        '```adgraph view=forward-simplified alt="A [square] of $x_1$"\ny = x_1^2\n```\n',
        '```adgraph view=forward-simplified alt="A [square] of $x_1$"\ny = x_1^2\n```\n\n'
        "![A &#91;square&#93; of &#36;x&#95;1&#36;](figures/notes-KEY.svg)\n",
    ),
    "ends of lines, a mark of the encoding, no last line": (
        "\ufeff# Title\r\n\r\n```adgraph view=forward-simplified\r\ny = x^2\r\n```",
        "\ufeff# Title\r\n\r\n```adgraph view=forward-simplified\r\ny = x^2\r\n```\r\n\r\n"
        "![ALT](figures/notes-KEY.svg)",
    ),
    "a figure that is there already": (
        FENCE + "\n![What was](figures/notes-0123456789abcdef.svg)\n\nAfter.\n",
        FENCE + "\n![ALT](figures/notes-KEY.svg)\n\nAfter.\n",
    ),
}  # fmt: skip

UNTOUCHED = {
    "a fence in a fence": "````markdown\n```adgraph\ny = x\n```\n````\n",
    "a fence in a comment": "<!--\n```adgraph\ny = x\n```\n-->\n",
    "code that is indented": "Words:\n\n    ```adgraph\n    y = x\n    ```\n",
    "other words": "```adgraphs\ny = x\n```\n\n```python\nadgraph = 1\n```\n\n<!-- adgraph-like -->\n",
    "words on it": "The fence ```` ```adgraph ```` and `<!-- adgraph #7 -->` in a line.\n",
    "a picture of another": "![x](figures/notes-figure.svg)\n",
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_a_document_and_what_becomes_of_it(name, run):
    before, after = PAIRS[name]
    document = put("notes.md", before)
    assert run("notes", "notes.md").exit_code == 0
    made = document.read_bytes().decode()
    assert shown(made) == after
    links = re.findall(rf"figures/notes-{KEY.pattern}\.svg", made)
    assert links
    assert all(Path(link).read_text("utf-8").startswith("<svg") for link in links)
    again = run("notes", "notes.md")
    assert (again.exit_code, document.read_bytes().decode()) == (0, made)
    assert "0 made" in again.stdout
    assert run("notes", "--check", "notes.md").exit_code == 0


@pytest.mark.parametrize("name", UNTOUCHED)
def test_what_asks_for_nothing_is_as_it_was(name, run):
    document = put("notes.md", UNTOUCHED[name])
    assert run("notes", "notes.md").stdout == "notes.md: 0 figures: 0 made, 0 unchanged\n"
    assert document.read_text("utf-8") == UNTOUCHED[name]
    assert not Path("figures").exists()


def test_lines_that_show_figures_have_no_formulas(run):
    """Nor has what asks for them, or the numbers of those behind them would change."""
    document = put("notes.md", FENCE.replace("y =", "y_1 =") + "\n$$z = x$$\n")
    run("notes", "notes.md")
    assert [one.text for one in read_document(str(document)).formulas] == ["z = x"]
    paper = put("paper.tex", "\\begin{adgraph}\n$y = x$\n\\end{adgraph} $z = x$")
    assert [one.text for one in read_document(str(paper)).formulas] == ["z = x"]


def test_only_what_changed_is_made_again(run):
    document = put("notes.md", FENCE + "\n" + FENCE.replace("x^2", "x^3"))
    run("notes", "notes.md")
    old = {path: path.stat().st_mtime_ns for path in Path("figures").iterdir()}
    document.write_text(document.read_text().replace("x^3", "x^4"))
    assert run("notes", "notes.md").stdout.startswith("notes.md: 2 figures: 1 made, 1 unchanged\n")
    assert {path: path.stat().st_mtime_ns for path in old} == old
    assert len(figures()) == 3


def test_moving_a_figure_makes_nothing(run):
    document = put("notes.md", FENCE + "\nOne.\n\n" + FENCE.replace("x^2", "x^3") + "\nTwo.\n")
    run("notes", "notes.md")
    one, two = document.read_text().split("One.\n\n")
    document.write_text(two + "\n" + one + "One.\n")
    assert "0 made, 2 unchanged" in run("notes", "notes.md").stdout


def test_a_figure_whose_file_is_gone_is_made_again(run):
    put("notes.md", FENCE)
    run("notes", "notes.md")
    (file,) = Path("figures").iterdir()
    file.unlink()
    assert run("notes", "--check", "notes.md").stdout == "notes.md:1: the figure's file is missing\n"
    assert "1 made" in run("notes", "notes.md").stdout
    assert file.exists()


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (FENCE, "notes.md:1: no figure yet\n"),
        (FENCE + "\n![Old](figures/notes-0123456789abcdef.svg)\n", "notes.md:1: the figure has changed\n"),
        (
            "```adgraph #7\n```\n",
            "notes.md, line 1, column 1: there is no formula '7' in 'notes.md'\nhint: there are 0",
        ),
    ],
)
def test_check_lists_what_is_stale_and_changes_nothing(document, said, run):
    path = put("notes.md", document)
    checked = run("notes", "--check", "notes.md")
    assert checked.exit_code == 1
    assert checked.stdout.startswith(said)
    assert path.read_text() == document
    assert os.listdir() == ["notes.md"]


def test_unused_figures_are_listed_and_only_pruning_deletes_them(run):
    document = put("notes.md", FENCE)
    put("other/notes.md", FENCE)
    run("notes", "notes.md", "other/notes.md")
    mine = put("figures/notes-mine.svg", "<svg/>")
    document.write_text("No figures.\n")
    listed = run("notes", "notes.md").stdout
    assert shown(listed).endswith("figures/notes-KEY.svg: unused; --prune deletes it\n")
    assert figures() == ["notes-KEY.svg", "notes-mine.svg"]
    assert shown(run("notes", "--prune", "notes.md").stdout).endswith("figures/notes-KEY.svg: deleted\n")
    assert mine.exists()
    assert (figures(), figures("other/figures")) == (["notes-mine.svg"], ["notes-KEY.svg"])
    assert run("notes", "--prune", "--check", "notes.md").exit_code == 2


def test_documents_of_one_name_share_a_folder(run):
    put("notes.md", FENCE)
    put("notes.qmd", FENCE.replace("x^2", "x^3"))
    assert "unused" not in run("notes", "notes.md", "notes.qmd").stdout
    run("notes", "--prune", "notes.md")
    assert figures() == ["notes-KEY.svg", "notes-KEY.svg"]


def test_a_copy_gets_figures_of_its_own_and_a_line_without_one_stays(run):
    document = put("notes.md", FENCE + "\n" + FENCE.replace("x^2", "x^3"))
    run("notes", "notes.md")
    copy = put("copy.md", document.read_text().replace("x^3", "sine(x)"))
    assert run("notes", "copy.md").stdout == "copy.md: 2 figures: 1 made, 0 unchanged, 1 with errors\n"
    assert re.findall(r"figures/(\w+)-", copy.read_text()) == ["copy", "notes"]


def test_a_document_that_is_written_meanwhile_stays_as_its_writer_left_it(run, monkeypatch):
    document = put("notes.md", FENCE)
    slow = workers.each

    def each(make, tasks, done):
        document.write_text(FENCE + "A new sentence.\n")
        return slow(make, tasks, done)

    monkeypatch.setattr("graphviz_ad.cli.notes.each", each)
    made = run("notes", "notes.md")
    assert made.exit_code == 1
    assert "'notes.md' was changed while its figures were made, and is left as it is" in made.stderr
    assert document.read_text() == FENCE + "A new sentence.\n"


def test_folder_and_format(run):
    document = put("docs/My notes.md", FENCE)
    assert run("notes", "--folder", "img/ad", "--format", "png", "docs/My notes.md").exit_code == 0
    assert shown(document.read_text()) == FENCE + "\n![ALT](img/ad/My_notes-KEY.png)\n"
    (picture,) = Path("docs/img/ad").iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")


# ---- mistakes


def test_an_exercise_and_its_answers(run):
    asked = "```adgraph view=backward-simplified blank=derivatives{more}\ny = x^2\n```\n"
    put("notes.md", asked.format(more="") + asked.format(more=" answers"))
    assert run("notes", "notes.md").exit_code == 0
    assert len(figures()) == 2


def test_a_mistake_has_its_place_and_the_other_figures_are_made(run):
    wrong = "> ```adgraph view=chain\n> u = x\n> y = sine(u)\n> ```\n"
    document = put("notes.md", f"{FENCE}\n{wrong}\n{FENCE}")
    made = run("notes", "notes.md")
    assert made.exit_code == 1
    assert made.stderr.startswith(
        "adgraph: notes.md, line 7, column 7: unknown function 'sine'\n  y = sine(u)\n      ^^^^\n"
    )
    assert made.stdout == "notes.md: 3 figures: 2 made, 0 unchanged, 1 with errors\n"
    picture = "\n![ALT](figures/notes-KEY.svg)\n"
    assert shown(document.read_text()) == f"{FENCE}{picture}\n{wrong}\n{FENCE}{picture}"


def test_a_figure_that_cannot_be_made_anew_stays(run):
    document = put("notes.md", FENCE)
    run("notes", "notes.md")
    wrong = document.read_text().replace("x^2", "sine(x)")
    document.write_text(wrong)
    made = run("notes", "--prune", "notes.md")
    assert (made.exit_code, document.read_text()) == (1, wrong)
    assert figures() == ["notes-KEY.svg"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("```adgraph vew=chain\ny = x\n```", "line 1, column 12: there is no option 'vew'\nhint: did you mean 'view'?"),
        ("```adgraph\n#| vew: chain\ny = x\n```", "line 2, column 4: there is no option 'vew'"),
        ("```adgraph\n#| view: chain\ny = sine(x)\n```", "line 3, column 5: unknown function 'sine'"),
        ("* ```{adgraph, at='x=q'}\n  y = x\n  ```", "line 1, column 16: at: the value of x: 'q' is not a number"),
        ("```adgraph --view chain\ny = x\n```", "line 1, column 12: '--view' is no option\nhint: options are view=…"),
        ("```adgraph\ny = x\n", "line 1, column 1: this is never closed\nhint: end it by ```"),
        ("```adgraph\n```", "line 1, column 1: there are no equations"),
        ("```adgraph #7\ny = x\n```", "line 1, column 11: there are equations, and '#7' as well"),
        ("<!-- adgraph eq:loss -->", "line 1, column 1: there is no formula 'eq:loss' in 'notes.md'"),
        ("<!-- adgraph lesson.adg -->", "line 1, column 1: there is no file 'lesson.adg'"),
        ("<!-- adgraph lesson.py:loss -->", "line 1, column 1: a Python function is run, and this document has not"),
        ("```adgraph output=a.svg\ny = x\n```", "line 1, column 12: 'output' has no part in a document"),
    ],
)
def test_mistakes_of_a_document(document, said, run):
    put("notes.md", document)
    made = run("notes", "notes.md")
    assert made.exit_code == 1
    assert made.stderr.startswith(f"adgraph: notes.md, {said}")
    assert Path("notes.md").read_text() == document


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "notes.ipynb",
            "'notes.ipynb' is no document that figures are made for\nhint: in a notebook a cell of %%adgraph",
        ),
        ("notes.txt", "'notes.txt' is no document that figures are made for\nhint: documents are .md, "),
        ("missing.md", "there is no file 'missing.md'"),
        ("latin.md", "'latin.md' is not UTF-8 (byte 1)"),
    ],
)
def test_what_is_no_document(name, said, run):
    put("notes.md", FENCE)
    Path("latin.md").write_bytes(b"\xe9")
    made = run("notes", name, "notes.md")
    assert made.exit_code == 1
    assert made.stderr.startswith(f"adgraph: {said}")
    assert "1 made" in made.stdout


# ---- what stands in other files


def test_python_runs_only_where_it_may(run):
    put("docs/lesson.py", "def y(x):\n    return x**2\n")
    put("docs/notes.md", "<!-- adgraph lesson.py:y view=forward-simplified -->\n")
    assert run("notes", "docs/notes.md").exit_code == 1
    assert run("notes", "--allow-python", "docs/notes.md").exit_code == 0
    assert "0 made" in run("notes", "--allow-python", "docs/notes.md").stdout
    put("docs/lesson.py", "def y(x):\n    return x**3\n")
    assert "1 made" in run("notes", "--allow-python", "docs/notes.md").stdout


def test_a_file_of_equations_and_a_theme_beside_the_document(run):
    put("docs/lesson.adg", "y = x^2\n")
    put("docs/my.toml", 'extends = "light"\nbackground = "#fffdf5"\n')
    put("docs/notes.md", "<!-- adgraph lesson.adg view=forward-simplified theme=my.toml -->\n")
    assert run("notes", "docs/notes.md").exit_code == 0
    assert "0 made" in run("notes", "docs/notes.md").stdout
    put("docs/my.toml", 'extends = "dark"\n')
    assert "1 made" in run("notes", "docs/notes.md").stdout
    put("docs/lesson.adg", "y = x^3\n")
    assert "1 made" in run("notes", "docs/notes.md").stdout


# ---- LaTeX

TEX = r"""
\documentclass{article}
\usepackage{amsmath}
\usepackage{adgraph}
\begin{document}
\begin{equation}\label{eq:loss} L = (w x - t)^2 \end{equation}
\begin{adgraph}[view={forward-simplified,chain}, wrt=x]
	\begin{cases} y=2x^3+3 \\ z=y^{2} \end{cases}
\end{adgraph}

\begin{adgraph}[eq:loss, view=backward-simplified, alt={100 % & [more]}]
\end{adgraph}

% \begin{adgraph} nothing \end{adgraph}
\begin{verbatim}
\begin{adgraph}
nothing
\end{adgraph}
\end{verbatim}

\begin{adgraph}[view=forward-simplified]
  σ = θ·x # 100 % & more_ ~ ^
\end{adgraph}
\end{document}
""".lstrip().replace("\\end{cases}\n", "\\end{cases}  \t\n")  # blanks at its end, which TeX does not see


def test_a_document_in_latex_stays_as_it_is(run):
    document = put("paper.tex", TEX)
    assert run("notes", "paper.tex").stdout == "paper.tex: 3 figures: 3 made, 0 unchanged\n"
    assert document.read_text("utf-8") == TEX
    assert figures() == ["paper-KEY.pdf"] * 3 + ["paper-adgraph.tex"]
    listed = Path("figures/paper-adgraph.tex").read_text("utf-8")
    row = r"(?m)^\\adgraphfigure\{[0-9A-F]{32}\}\{figures/paper-([0-9a-f]{16})\.pdf\}\{.*\}%$"
    assert len(re.findall(row, listed)) == 4  # two sums of the one with blanks at the end of a line
    assert len(set(re.findall(row, listed))) == 3
    assert r"{100 \% \& [more]}" in listed
    assert "0 made, 3 unchanged" in run("notes", "paper.tex").stdout
    assert run("notes", "--check", "paper.tex").exit_code == 0
    Path("adgraph.sty").unlink()
    assert run("notes", "--check", "paper.tex").stdout == "adgraph.sty: is to be written again\n"


def test_a_chapter_has_a_list_and_the_document_the_style(run):
    put("chapters/one.tex", "\\begin{adgraph}[view=forward]\ny = x\n\\end{adgraph}\n")
    put("none.tex", "\\documentclass{article}\n")
    assert run("notes", "chapters/one.tex", "none.tex").exit_code == 0
    assert sorted(map(str, Path().rglob("*.*"))) == [
        next(map(str, Path("chapters/figures").glob("*.pdf"))), "chapters/figures/one-adgraph.tex", "chapters/one.tex",
        "none.tex",
    ]  # fmt: skip


def test_mistakes_of_a_document_in_latex(run):
    wrong = ("Text \\begin{adgraph}[vew=chain]\ny = x\n\\end{adgraph}\n"
             "\\begin{adgraph}[view=chain]\n  y = sine(x)\n\\end{adgraph}\n\\begin{adgraph}")  # fmt: skip
    put("paper.tex", wrong)
    said = run("notes", "paper.tex").stderr
    assert re.findall(r"paper\.tex, line \d+, column \d+: .*", said) == [
        "paper.tex, line 1, column 22: there is no option 'vew'",
        "paper.tex, line 5, column 7: unknown function 'sine'",
        "paper.tex, line 7, column 1: this is never closed",
    ]


@pytest.mark.parametrize("engine", ["pdflatex", "xelatex", "lualatex"])
def test_every_engine_finds_the_figures(engine, run):
    if shutil.which(engine) is None:
        pytest.skip(f"needs {engine}")
    put("paper.tex", TEX)
    run("notes", "paper.tex")
    added = "\\begin{adgraph}\ny = x^5\n\\end{adgraph}\n\\end{document}"
    put("paper.tex", TEX.replace("\\end{document}", added))
    made = subprocess.run([engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "paper.tex"],
                          capture_output=True, check=False)  # fmt: skip
    log = Path("paper.log").read_text("latin-1").replace("\n", "")
    assert made.returncode == 0, log[-2000:]
    names = {path.name for path in Path("figures").glob("*.pdf")}
    assert {name for name in names if f"figures/{name}" in log} == names
    assert log.count("Package adgraph Warning: No figure for these equations yet") == 1


# ---- several processes


def test_several_processes_make_the_same(run, monkeypatch):
    document = put(
        "notes.md",
        "\n".join(FENCE.replace("x^2", f"x^{n}") for n in range(2, 30)) + "\n" + FENCE.replace("=", "= sine(x) *"),
    )
    before = document.read_text()
    monkeypatch.setattr(workers, "_cores", lambda: 1)
    alone = run("notes", "notes.md")
    made = {path: path.read_bytes() for path in Path("figures").iterdir()}, document.read_text()
    shutil.rmtree("figures")
    document.write_text(before)
    monkeypatch.setattr(workers, "_cores", lambda: 2)
    both = run("notes", "notes.md")
    assert ({path: path.read_bytes() for path in Path("figures").iterdir()}, document.read_text()) == made
    assert (both.stdout, both.stderr) == (alone.stdout, alone.stderr)


def test_an_interruption_leaves_nothing_half_done(tmp_path):
    document = put(str(tmp_path / "notes.md"), "\n".join(FENCE.replace("x^2", f"x^{n}") for n in range(200)))
    before = document.read_text()
    command = [sys.executable, "-m", "graphviz_ad", "notes", "notes.md"]
    running = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (made := [*tmp_path.glob("figures/*.svg")]) and running.poll() is None:
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal sends it, to all processes
    assert running.communicate()[1] == "adgraph: interrupted\n"
    assert (running.returncode, bool(made)) == (130, True)
    assert document.read_text() == before
    assert [
        path for path in (tmp_path / "figures").iterdir() if not re.fullmatch(rf"notes-{KEY.pattern}\.svg", path.name)
    ] == []


def _ends(thing: int) -> int:
    os._exit(3)


def test_a_process_that_ends_is_an_error():
    with pytest.raises(workers.AdgraphError, match="a process that makes figures has ended"):
        workers.each(_ends, range(100), lambda more: None)


def test_no_drawing_is_imported_for_what_is_unchanged(tmp_path):
    """So that it takes no longer than reading."""
    put(str(tmp_path / "notes.md"), "No figures.\n")
    code = ("import sys; from graphviz_ad.cli.main import main; main(['notes', 'notes.md'], standalone_mode=False); "
            "print([name for name in ('typst', 'rich', 'concurrent.futures') if name in sys.modules])")  # fmt: skip
    made = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert made.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("```adgraph\ny = x\n```\n", '```{.adgraph words="" line=1 column=11}\ny = x\n```\n'),
        ('~~~ adgraph role="w: data" fold\ny\n~~~',
         '~~~{.adgraph words="role=\\"w: data\\" fold" line=1 column=13}\ny\n~~~'),
        ("```{adgraph view=chain}\ny\n```", '```{.adgraph words="view=chain" line=1 column=13}\ny\n```'),
        ("```{.adgraph view=chain #fig-a}\ny\n```", "```{.adgraph view=chain #fig-a line=1 column=14}\ny\n```"),
        ("- <!-- adgraph #7 -->\n", '- ~~~{.adgraph words="#7" line=1 column=16}\n  ~~~\n'),
        ("> <!-- adgraph\r\n> y = x -->\r\n", '> ~~~{.adgraph words="" line=1 column=15}\n> y = x \n> ~~~\n'),
        ("```adgraph\ny\n```\n\n![a](f/n-0123456789abcdef.svg)\n\n![b](b.svg)\n",
         '```{.adgraph words="" line=1 column=11}\ny\n```\n\n\n\n![b](b.svg)\n'),
        ("```python\n```adgraph\n```\n", "```python\n```adgraph\n```\n"),
    ],
)  # fmt: skip
def test_fences_that_pandoc_reads(text, made):
    from graphviz_ad.documents.markdown import braced

    assert braced(text, "notes.md") == made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["notes.md", "-o", "notes.svg"], "'notes.svg' is none of *.html, *.pdf"),
        (["notes.md", "-o", "a.pdf", "--answers", "./a.pdf"], "One file is written twice"),
        (["notes.md", "more.md", "-o", "a.pdf"], "-o writes one document, and these are 2."),
        (["paper.tex", "-o", "paper.pdf"], "-o is for Markdown"),
        (["notes.md", "-o", "a.pdf", "--check"], "--check is for figures beside the document"),
        (["notes.md", "--pandoc", "--toc"], "--pandoc is for pages made by Pandoc"),
        (["notes.md", "-o", "a.pdf", "--pandoc", "'"], "no closing quotation"),
    ],
)
def test_pages_that_cannot_be(run, tmp_path, words, said):
    put(str(tmp_path / "notes.md"), "Text.\n")
    made = run("notes", *words)
    assert made.exit_code == 2
    assert said in made.output


def test_a_pandoc_that_is_too_old_is_said_to_be(run, tmp_path, monkeypatch):
    old = tmp_path / "bin" / "pandoc"
    put(str(old), '#!/bin/sh\n[ "$1" = --version ] && echo pandoc 2.17.1.1 || { echo Unknown option >&2; exit 6; }\n')
    old.chmod(0o755)
    put(str(tmp_path / "notes.md"), "Text.\n")
    monkeypatch.setattr("graphviz_ad.hosts.pandoc.find_spec", lambda name: None)
    monkeypatch.setenv("PATH", f"{old.parent}:{os.environ['PATH']}")
    made = run("notes", "notes.md", "-o", "notes.html")
    assert made.exit_code == 1
    assert made.output.startswith(f"adgraph: the Pandoc here, {old}, is version 2.17.1.1\nhint: 3.1.2 or a later one")
    assert not (tmp_path / "notes.html").exists()


def test_where_pandoc_is_not_the_hint_says_how_to_have_it(run, tmp_path, monkeypatch):
    put(str(tmp_path / "notes.md"), "Text.\n")
    monkeypatch.setattr("graphviz_ad.hosts.pandoc.find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    made = run("notes", "notes.md", "-o", "notes.pdf")
    assert made.exit_code == 1
    assert "Pandoc, which is not there\nhint: pip install 'graphviz-ad[lecture]'" in made.output

"""A figure for a document: what is made of a source that stands there, where its mistakes are, and what is kept."""

import pytest

from graphviz_ad import AdgraphError, draw, embed
from graphviz_ad.core.errors import Origin
from graphviz_ad.documents.key import figure_key
from graphviz_ad.documents.store import Store
from graphviz_ad.options.asked import AskedError
from graphviz_ad.read.sources import SourceText

SOURCE = "y = 2x^3 + 3\nz = y^2"


def test_it_is_what_draw_makes():
    figure = embed(SOURCE, {"view": "backward-simplified", "wrt": "x"}, ["svg", "pdf", "json"])
    drawn = draw(SOURCE, views="backward-simplified", wrt="x")
    assert figure.pictures["svg"].decode() == drawn.svg()
    assert figure.pictures["pdf"] == drawn.to("pdf")
    assert figure.alt == drawn.alt()
    assert figure.notes == ()


def test_notes_on_how_a_source_was_read():
    assert embed("y = sin(ax)", {"view": "forward"}).notes == ("'ax' is read as one name; write a*x for a product",)


def test_an_exercise_and_its_answers():
    asked = {"view": "backward-simplified", "blank": "derivatives"}
    empty, answers = draw(SOURCE, views="backward-simplified").exercise()
    assert embed(SOURCE, asked).pictures["svg"].decode() == empty.svg()
    assert embed(SOURCE, {**asked, "answers": "yes"}).pictures["svg"].decode() == answers.svg()
    assert embed(SOURCE, {**asked, "answers": "no"}).pictures["svg"].decode() == empty.svg()


# ---- mistakes, in a document whose line 12 is `  > y = …`

HERE = Origin("notes.md", 12, 5, 4)


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        ("y = sine(x)", {}, "notes.md, line 12, column 9: unknown function 'sine'"),
        ("y = x\nz = sine(y)", {}, "notes.md, line 13, column 9: unknown function 'sine'"),
        ("", {}, "notes.md, line 12, column 5: there are no equations"),
        ("lesson.py:loss", {}, "notes.md, line 12, column 5: a Python function is run, and this document has not"),
        (
            "y = x",
            {"vew": "chain"},
            "notes.md, line 12, column 5: there is no option 'vew'\nhint: did you mean 'view'?",
        ),
        ("y = x", {"theme": "my.toml"}, "notes.md, line 12, column 5: cannot read 'my.toml'"),
        ("y = x", {"wrt": "q"}, "notes.md, line 12, column 5: there is no variable 'q'"),
        ("y = x", {"at": "q=1"}, "notes.md, line 12, column 5: there is no variable 'q' to be given a value"),
    ],
)
def test_a_mistake_has_its_place_in_the_document(source, options, said):
    with pytest.raises(AdgraphError) as caught:
        embed(source, options, origin=HERE)
    assert str(caught.value).startswith(said)
    assert f"line {caught.value.line}, column {caught.value.column}:" in said


def test_a_mistake_of_a_source_that_stands_elsewhere():
    """Such as a formula of the document that is chosen by its number: the place is where it was asked for."""
    chosen = SourceText("y = x\nz = sine(y)", "text", "notes.md:3")
    with pytest.raises(AdgraphError) as caught:
        embed(chosen, origin=HERE._replace(elsewhere=True))
    assert str(caught.value).splitlines()[:2] == [
        "notes.md, line 12, column 5: unknown function 'sine'",
        "  z = sine(y)",
    ]


@pytest.mark.parametrize(
    ("options", "key", "said"),
    [
        ({"output": "a.svg"}, "output", "'output' has no part in a document"),
        ({"answers": "perhaps"}, "answers", "answers: 'perhaps' is not true or false"),
        ({"answers": "yes"}, "answers", "answers are those of an exercise"),
        ({"seed": "3"}, "seed", "seed chooses K derivatives"),
        ({"blank": "9", "view": "backward"}, "blank", "blank: 9 is more than the derivatives: there are 1"),
        ({"blank": "all", "view": "forward"}, "blank", "blank leaves nothing out"),
        ({"at": "x=foo"}, "at", "at: the value of x: 'foo' is not a number"),
        ({"captions": "none", "caption": "none", "vew": "x"}, "vew", "there is no option 'vew'"),
        ({"style": "colah", "view": "chain"}, "style", "style colah is a view of its own"),
    ],
)
def test_a_mistake_of_an_option_has_its_key(options, key, said):
    with pytest.raises(AskedError) as caught:
        embed("y = x^2", options)
    assert caught.value.key == key
    assert str(caught.value).startswith(said)


# ---- Python


def test_python_runs_only_where_it_may(tmp_path):
    (tmp_path / "lesson.py").write_text("def z(x):\n    return x**2\n")
    document = Origin(str(tmp_path / "notes.md"), 3)
    with pytest.raises(AdgraphError, match="--allow-python"):
        embed("lesson.py:z", origin=document)
    assert embed("lesson.py:z", origin=document, allow_python=True).alt.startswith("z is x squared")


# ---- keys and what is kept


def key(source: str = SOURCE, folder: str = "", **options: str) -> str:
    return figure_key(SourceText(source, "text"), tuple(options.items()), folder)


def test_a_key_is_of_all_that_a_figure_is_made_of(tmp_path, monkeypatch):
    theme = tmp_path / "my.toml"
    theme.write_text('extends = "light"')
    keys = [
        key(),
        key("y = x"),
        key(view="chain"),
        key(view="chain", wrt="x"),
        key(theme="my.toml", folder=str(tmp_path)),
    ]
    theme.write_text('extends = "dark"')
    keys.append(key(theme="my.toml", folder=str(tmp_path)))
    monkeypatch.setattr("graphviz_ad.documents.key.VERSION", "99")
    keys.append(key())
    monkeypatch.setattr("graphviz_ad.documents.key._version", {"typst": "99", "python-flint": "1"}.get)
    keys.append(key())
    assert len(set(keys)) == len(keys)


def test_a_key_is_the_same_in_any_order_and_from_any_folder(tmp_path):
    (tmp_path / "my.toml").write_text('extends = "light"')
    assert key(view="chain", wrt="x") == key(wrt="x", view="chain")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "my.toml").write_text('extends = "light"')
    assert key(theme="my.toml", folder=str(tmp_path)) == key(theme="my.toml", folder=str(tmp_path / "deeper"))


def test_a_figure_in_a_store_is_not_made_again(tmp_path, monkeypatch):
    store = Store(tmp_path / "figures", "notes-")
    made = embed("y = sin(ax)", {"view": "forward"}, ["svg", "pdf"], store=store)
    files = sorted(path.name for path in store.folder.iterdir())
    assert files == [f"notes-{made.key}{ending}" for ending in (".about", ".pdf", ".svg")]
    monkeypatch.delattr("graphviz_ad.documents.embed.read")
    assert embed("y = sin(ax)", {"view": "forward"}, ["svg", "pdf"], store=store) == made


@pytest.mark.parametrize("torn", [".about", ".svg"])
def test_a_figure_that_is_not_whole_is_made_again(torn, tmp_path):
    store = Store(tmp_path)
    made = embed(SOURCE, store=store)
    store.path(made.key, torn).unlink()
    assert embed(SOURCE, store=store) == made
    assert store.path(made.key, torn).is_file()


def test_what_is_unused_is_listed_and_only_pruning_deletes_it(tmp_path):
    store, other = Store(tmp_path, "notes-"), Store(tmp_path, "more-notes-")
    kept, gone = (embed(source, {"view": "forward"}, store=store) for source in ("y = x", "y = x^2"))
    embed("y = x", {"view": "forward"}, store=other)
    mine = [tmp_path / "notes-of-mine.svg", tmp_path / f"{kept.key}.svg"]
    for file in mine:
        file.write_text("")
    unused = [store.path(gone.key, ".about"), store.path(gone.key, ".svg")]
    assert store.unused([kept.key]) == unused
    assert store.prune([kept.key]) == unused
    assert store.unused([kept.key]) == []
    assert all(file.exists() for file in mine)
    assert len([*tmp_path.iterdir()]) == len(mine) + 4


def test_a_store_that_cannot_be_written(tmp_path):
    (tmp_path / "figures").write_text("a file")
    with pytest.raises(AdgraphError, match="cannot make the folder"):
        embed(SOURCE, store=Store(tmp_path / "figures"))

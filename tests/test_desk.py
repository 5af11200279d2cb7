"""What a page in the browser asks of adgraph, and what it is told; web/tests ask it in Pyodide."""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

WEB = Path(__file__).parent.parent / "web"


def module(name):
    spec = importlib.util.spec_from_file_location(name, WEB / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


desk, build = module("desk"), module("build")
SQUARE = "y = 2x^3 + 3; z = y^2"


def ask(source=SQUARE, options="", want="draw:svg", **more):
    return json.loads(desk.ask(json.dumps({"source": source, "options": options, "want": want, **more})))


@pytest.mark.parametrize(
    ("want", "options", "name", "begins"),
    [
        ("draw:svg", "", "z.svg", "<svg"),
        ("draw:svg", "--beamer --theme dark", "z.svg", "<svg"),  # an option of another format
        ("draw:slide", "--theme dark", "z.tex", "%"),
        ("draw:chain", "--view forward --at x=0.5", "z.svg", "<svg"),
        ("draw:json", "--at x=0:1:0.5 --direction tb", "z.json", "{"),  # a range is for values alone
        ("derive:latex", "--at x=0.5 --view forward --digits 3", None, "\\begin{align*}"),
        ("eval:csv", "--at x=0:1:0.5 --view forward", None, "x,y,z"),
        ("check:text", "", None, "  dz"),
    ],
)
def test_options_go_to_the_commands_that_have_them(want, options, name, begins):
    answer = ask(want=want, options=options, claims=["dz/dx = 12x^2(2x^3 + 3)"] * (want == "check:text"))
    assert answer.get("name") == name
    assert answer["text"].startswith(begins)


def test_notes_and_pictures_are_data():
    answer = ask("y=a*b+c*d; z=y*f")
    assert answer["notes"] == ["z is drawn in its main views; for the others: --view forward,backward"]
    assert ask(want="draw:pdf")["data"].startswith("JVBER")  # %PDF in base64


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        (SQUARE, "--seed 3", "--seed chooses K derivatives: --blank K"),
        (SQUARE, "-o x.svg", "'-o' is no option\nhint: write options as --view forward"),
        (SQUARE, "--output x.svg", "--output is of files, and a page has none"),
        (SQUARE, "--macros=x.tex", "--macros is of files, and a page has none"),
        (SQUARE, "bla", "'bla' is no option"),
        (SQUARE, "--viw x", "there is no option 'viw'\nhint: did you mean 'view'?"),
        (SQUARE, "--view fo", "view: 'fo' is not one of forward"),
        (SQUARE, "--view 'fo", "the options cannot be read: no closing quotation"),
        (SQUARE, "--wrt", "--wrt has no value\nhint: write --wrt NAME"),
        (SQUARE, "--at q=1", "q"),
        ("lesson.py:loss", "", "files are not read here"),
        ("y = os.system(1)", "", "line 1, column 7: unexpected character '.'"),
        ("notes.md", "", "files are not read here"),
        ("./lesson.adg", "", "files are not read here"),
        (" \n ", "", "there are no equations yet"),
        ("((" * 5000, "", "line 1"),
    ],
)
def test_what_cannot_be_is_said(source, options, said):
    assert said in ask(source, options)["error"]["text"]


def test_an_error_has_its_place_as_scripts_count():
    error = ask("𝒳 = 2; y = sine(x)")["error"]
    assert (error["start"], error["end"]) == (12, 16)  # 𝒳 counts twice


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ask(want="draw:png")
    assert (Path.cwd(), list(tmp_path.iterdir())) == (tmp_path, [])


def test_examples_are_those_of_the_gallery():
    examples = {example["title"]: example for example in build.examples(arrays=False)}
    assert len(examples) > 50
    (circuit,) = [example for title, example in examples.items() if "circuit" in example["view"]]
    assert circuit["at"] == "w0=2,x0=-1,w1=-3,x1=-2,w2=-3"
    assert circuit["more"] == "--digits 2"
    assert len(build.examples(arrays=True)) > len(examples)


@pytest.mark.parametrize("content", [b"a wheel", b"another"])
def test_a_wheel_of_pyodides_is_the_one_of_its_lock(tmp_path, content):
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    (there / "numpy.whl").write_bytes(content)
    lock = {"packages": {"numpy": {"file_name": "numpy.whl", "sha256": hashlib.sha256(b"a wheel").hexdigest()}}}
    if content == b"a wheel":
        build.distributed(lock, "numpy", here, f"{there.as_uri()}/")
        assert (here / "numpy.whl").read_bytes() == content
    else:
        with pytest.raises(SystemExit, match=r"numpy\.whl is not what Pyodide"):
            build.distributed(lock, "numpy", here, f"{there.as_uri()}/")
        assert not [*here.iterdir()]

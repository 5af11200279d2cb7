"""The public API: what is imported from graphviz_ad, and how results show themselves."""

import json
import subprocess
import sys
import warnings

import pytest

import graphviz_ad
from graphviz_ad import (
    AdgraphError,
    AdgraphWarning,
    Figure,
    Graph,
    backward,
    chain,
    differentiate,
    draw,
    evaluate,
    forward,
    parse,
    show,
    trace,
)
from graphviz_ad.core.graph import Graph as CoreGraph

SYSTEM = "y = 2x^3 + 3; z = y^2"


def z(x):
    y = 2 * x**3 + 3
    z = y**2
    return z  # noqa: RET504  # the name is read


def test_everything_that_is_offered_is_there():
    for name in graphviz_ad.__all__:
        assert getattr(graphviz_ad, name)
    assert set(dir(graphviz_ad)) == set(graphviz_ad.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        graphviz_ad.nonsense  # noqa: B018  # looking is what raises


def test_importing_it_costs_nothing():
    code = "import sys, graphviz_ad; print([m for m in sys.modules if m.startswith('graphviz_ad.')])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_sources_of_every_kind_give_one_graph(tmp_path):
    path = tmp_path / "lesson.adg"
    path.write_text(SYSTEM)
    graphs = [parse(SYSTEM), parse(r"$y = 2x^3 + 3$, $z = y^{2}$"), parse(path), trace(z)]
    assert all(each == graphs[0] for each in graphs)
    assert all(isinstance(each, Graph) and isinstance(each, CoreGraph) for each in graphs)
    assert len({str(draw(source)) for source in (SYSTEM, path, z, *graphs)}) == 1


def test_a_graph_shows_itself():
    graph = parse(SYSTEM)
    assert str(graph) == "  y = 2x³ + 3\n  z = y²"


def test_figures_show_themselves():
    figure = backward(SYSTEM, full=False)
    assert isinstance(figure, Figure)
    assert repr(figure) == "<Figure z: backward-simplified>"
    assert "  ║ z ╟─────────▶│ y ├" in str(figure)
    assert figure.svg() == figure.to("svg")
    assert json.loads(figure.to("json"))["panels"][0]["view"] == "backward-simplified"


def test_a_chain_as_latex():
    assert chain(SYSTEM, wrt="x").latex().endswith("= 2y \\cdot 6x^2 = 12x^2(2x^3 + 3)\n\\end{aligned}$$")


def test_options_reach_the_figure():
    assert '"view": "forward-simplified"' in forward(SYSTEM, full=False).to("json")
    assert backward(SYSTEM, step=1).svg() != backward(SYSTEM).svg()
    assert forward(SYSTEM, theme="dark", direction="tb").svg() != forward(SYSTEM).svg()
    assert "∂" in str(chain(SYSTEM, symbol="partial"))
    assert "de" in str(chain("e = (a+b)*(b+1)", of="e", wrt=["b"]))


def test_files_are_written_whole_or_not_at_all(tmp_path):
    draw(SYSTEM, tmp_path / "fig.svg", str(tmp_path / "fig.dot"), views=["forward"])
    assert (tmp_path / "fig.svg").read_text("utf-8").startswith("<svg")
    assert (tmp_path / "fig.dot").read_text("utf-8").startswith("// y = 2*x^3 + 3")
    with pytest.raises(ValueError, match="has no extension that chooses a format"):
        draw(SYSTEM, tmp_path / "new.svg", tmp_path / "fig.xyz")
    assert not (tmp_path / "new.svg").exists()


def test_documents_and_words(tmp_path):
    figure = draw("y = x^2", tmp_path / "a.pdf", tmp_path / "a.png", views="chain", size="paper", scale=1)
    assert figure.to("pdf") == (tmp_path / "a.pdf").read_bytes()
    assert isinstance(figure.to("png"), bytes)
    assert figure.alt() == "y is x squared. Chain rule: the derivative of y with respect to x is 2 x."


def test_show_prints(capsys):
    show(SYSTEM, views=["chain"], wrt="x")
    assert capsys.readouterr().out.endswith("= 2y · 6x² = 12x²(2x³ + 3)\n  dx   dy   dx\n")


def test_numbers():
    found = graphviz_ad.evaluate(z, {"x": 0.5})
    assert found.values == {"x": 0.5, "y": 3.25, "z": 10.5625}
    assert found.gradient == {"z": {"x": 9.75}}
    assert str(chain(SYSTEM, at={"x": 0.5})).endswith("12 · 0.5² · (2 · 0.5³ + 3) = 9.75\n  dx   dy   dx")
    assert '"adjoint": 9.75' in backward(SYSTEM, at={"x": 0.5}).to("json")
    assert '"value": 3.25' in forward(SYSTEM, at={"x": 0.5}).to("json")
    with pytest.warns(AdgraphWarning, match=r"relu\(x\) has a kink at x = 0"):
        graphviz_ad.evaluate("y = relu(x)", {"x": 0})


def test_options_that_are_none():
    for wrong in (
        {"theme": "pink"},
        {"size": "cinema"},
        {"background": "blue"},
        {"direction": "up"},
        {"views": ["nope"]},
        {"symbol": "q"},
        {"step": 9},
    ):
        with pytest.raises(ValueError, match="; there are "):
            draw(SYSTEM, **wrong)
    with pytest.raises(ValueError, match="; there are "):
        parse(SYSTEM, language="klingon")


def test_functions():
    assert "f′(g(x)) · g′(x)" in str(chain(parse("y = f(g(x))", functions="f,g")))
    assert "f(u) = u²" in str(parse("f(u) = u^2; y = f(3x)", keep_functions=True))


def test_values_decide_branches():
    def relu(x):
        return x if x > 0 else 0 * x

    with pytest.raises(AdgraphError, match=r"(?s)test_api.py, line \d+.*'>' compares numbers.*--at x=…"):
        trace(relu)
    with pytest.warns(AdgraphWarning, match="0.5 > 0 is true"):
        assert len(trace(relu, at={"x": 0.5}).nodes) == 2


def test_an_error_says_where():
    with pytest.raises(AdgraphError) as caught:
        parse("y = sine(x)")
    assert str(caught.value).splitlines()[0] == "line 1, column 5: unknown function 'sine'"


def test_what_is_no_source():
    with pytest.raises(TypeError, match="not int"):
        draw(3)
    with pytest.raises(ValueError, match="unknown format 'xyz'"):
        forward(SYSTEM).to("xyz")


def test_names_may_be_constants():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [n.op for n in parse("y = e*x", variables="e").nodes][:2] == ["input", "input"]
        assert "e" in str(chain("y = e*x", wrt="e"))


def test_an_exercise_and_its_answers():
    empty, answers = draw(SYSTEM, views=["backward-simplified"]).exercise(1, seed=2)
    assert "____" in str(empty)
    assert "____" not in str(answers)
    with pytest.raises(ValueError, match="an exercise leaves out"):
        draw(SYSTEM).exercise("some")


def test_a_derivative_is_a_graph():
    slope = differentiate("y = 2x^3 + 3; z = y^2", "z", "x")
    assert evaluate(slope, {"x": 0.5}).values["dz/dx"] == 9.75
    assert evaluate(slope, {"x": 0.5}).gradient == {"dz/dx": {"x": 43.5}}
    assert evaluate(differentiate(slope, "dz/dx", "x"), {"x": 0.5}).values["d^2z/dx^2"] == 43.5
    assert evaluate("y = 2x^3 + 3; z = y^2", {"x": 0.5}, of="d^2z/dx^2").values["d^2z/dx^2"] == 43.5


def test_styles():
    figure = draw("c = a + b; e = c*b", style="colah", at={"a": 2, "b": 1})
    assert figure.svg() != draw("c = a + b; e = c*b", style="colah").svg()
    assert "the gradient minus 4" in draw("q = x + y; f = q*z", style="circuit", at={"x": -2, "y": 5, "z": -4}).alt()
    with pytest.raises(ValueError, match="style='round'; there are 'textbook', 'circuit', 'colah'"):
        draw(SYSTEM, style="round")


def test_parse_runs_no_code(tmp_path):
    file = tmp_path / "lesson.py"
    file.write_text("raise SystemExit('it was run')\n", "utf-8")
    with pytest.raises(ValueError, match="parse runs no code"):
        graphviz_ad.parse(f"{file}:loss", language="python")

"""What is read several times is written once: with names for such parts, every output grows with the graph alone."""

import json
import re

import pytest
from click.testing import CliRunner

from graphviz_ad import differentiate, draw, evaluate, parse, trace
from graphviz_ad.cli.main import main
from graphviz_ad.derive.equations import equations
from graphviz_ad.derive.graph_view import LONG, graph_view
from graphviz_ad.notation.plain import Plain
from graphviz_ad.notation.write import write


def nested(depth: int, inside: str = "x") -> str:
    """f(f(… f(x))), a graph of 2 operations each: written out, it has 3 to the power of the depth leaves."""
    return f"f(u)=u*u+u; y={'f(' * depth}{inside}{')' * depth}"


def written(source: str) -> list[str]:
    return [write(equation, Plain()) for equation in equations(graph_view(parse(source), False))]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        # short: written out, though x² + x is read three times
        (nested(2), ["y = (x*x + x)*(x*x + x) + (x*x + x)"]),
        (nested(4), [
            "v_2 = x*x + x",
            "v_4 = v_2*v_2 + v_2",
            "v_6 = v_4*v_4 + v_4",
            "y = v_6*v_6 + v_6",
        ]),
        # a part without variables too
        (nested(4, "3").replace("y=", "y=x*"), [
            "v_1 = 3*3 + 3",
            "v_3 = v_1*v_1 + v_1",
            "v_5 = v_3*v_3 + v_3",
            "y = x*(v_5*v_5 + v_5)",
        ]),
        # sin(w) is too short for a name, however long the equation of w is
        ("w = a*b + c*d; " + nested(4, "sin(w)"), [
            "v_5 = sin(w)*sin(w) + sin(w)",
            "v_7 = v_5*v_5 + v_5",
            "v_9 = v_7*v_7 + v_7",
            "y = v_9*v_9 + v_9",
        ]),
        # long, but nothing is repeated
        ("y=" + "+".join(f"x_{k}" for k in range(60)), ["y = " + " + ".join(f"x_{k}" for k in range(60))]),
    ],
)  # fmt: skip
def test_repeated_parts_have_names_where_their_equation_would_be_long(source, said):
    assert [line for line in written(source) if line.startswith(("v", "y"))] == said


def test_a_traced_function_has_the_same_parts():
    def y(x):
        for _ in range(12):
            x = (lambda u: u * u + u)(x)
        return x + 1

    def loss(x):
        from functools import reduce

        return reduce(lambda u, _: u * u + u, range(12), x)

    assert max(len(write(line, Plain())) for line in equations(graph_view(trace(loss), False))) < LONG
    assert len(equations(graph_view(trace(y), False))) >= 12


@pytest.mark.parametrize("format_name", ["svg", "json", "tex", "dot", "mermaid", "text", "html"])
def test_what_is_written_grows_with_the_graph(format_name):
    sizes = [len(draw(nested(depth), views=["forward-simplified"]).to(format_name)) for depth in (10, 20, 40)]
    assert sizes[2] - sizes[1] < 3 * (sizes[1] - sizes[0])


@pytest.mark.parametrize(
    "command",
    [
        ["derive"],
        ["show", "--view", "forward-simplified,chain"],
        ["draw", "--alt", "--view", "forward-simplified,chain"],
        ["eval", "--at", "x=0.01"],
    ],
)
def test_commands_print_what_grows_with_the_graph(command):
    sizes = [len(CliRunner().invoke(main, [*command, nested(depth)]).output) for depth in (10, 20, 40)]
    assert sizes[2] - sizes[1] < 5 * (sizes[1] - sizes[0]) + 200


@pytest.mark.parametrize("at", [0.01, -0.3, -1.7])
def test_derivatives_through_parts_are_right(at):
    source, step = nested(5), 1e-6

    def value(x: float) -> float:
        return evaluate(source, at={"x": x}).values["y"]

    slope = (value(at + step) - value(at - step)) / (2 * step)
    assert evaluate(source, at={"x": at}).gradient["y"]["x"] == pytest.approx(slope, rel=1e-6)
    derived = evaluate(differentiate(source, "y", "x"), at={"x": at})
    assert list(derived.values.values())[-1] == pytest.approx(slope, rel=1e-6)


def test_all_ways_to_the_derivative_agree():
    done = CliRunner().invoke(main, ["check", nested(6), "--at", "x=0.01"])
    assert done.exit_code == 0, done.output


def test_the_chain_is_said_with_what_its_parts_are():
    done = CliRunner().invoke(main, ["derive", nested(4)])
    for line in ("v₂ = xx + x", "v₄ = v₂v₂ + v₂", "v₆ = v₄v₄ + v₄"):
        assert line in done.output


def test_json_has_the_parts_as_nodes():
    made = json.loads(draw(nested(4), views=["backward-simplified"]).to("json"))
    assert [node["label"]["plain"] for node in made["panels"][0]["nodes"]] == ["y", "v_6", "v_4", "v_2", "x"]


@pytest.mark.parametrize("depth", [3, 4, 5])
@pytest.mark.parametrize("body", ["u*u+u", "sin(u)*u", "exp(u)/(1+u)"])
@pytest.mark.parametrize("options", [[], ["--order", "2"]])
def test_no_part_is_mentioned_that_is_not_said(body, depth, options):
    """Also where the equation is short and its derivative is not."""
    source = f"f(u)={body}; y={'f(' * depth}x{')' * depth}"
    printed = CliRunner().invoke(main, ["derive", source, "--format", "latex", *options]).output
    lines = [line.strip(" \\") for line in printed.splitlines() if "&=" in line]
    said = {line.partition(" &=")[0] for line in lines}
    mentioned = set(re.findall(r"v_(?:\d|\{\d+\})", printed))
    assert mentioned <= said
    assert "too long to write out" not in printed


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        ("y=exp(a*b)*x+a*b", ["--wrt", "x"], ["v₁ = ab", "v₃ = v₂x"]),  # a parameter's product
        ("f(u)=u*u+u; y=f(f(f(f(2))))*x", [], ["v₁ = 2 · 2 + 2", "v₇ = v₆ + v₅"]),
    ],
)
def test_the_legend_has_what_does_not_vary(source, options, said):
    printed = CliRunner().invoke(main, ["show", source, "--view", "backward", *options]).output
    assert [line for line in said if line not in printed] == []

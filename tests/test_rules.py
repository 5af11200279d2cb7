"""adgraph rules: the cheat sheet."""

import json
import math
from pathlib import Path

import pytest

from graphviz_ad.core.formula import Expression
from graphviz_ad.core.ops import OPS
from graphviz_ad.lesson.cheat_sheet import families, general_rules, plot, rules_of, sampled
from graphviz_ad.point.evaluate import slopes, values
from graphviz_ad.read.table import functions
from tests.conftest import plain


def test_the_general_rules():
    assert {rule.name: f"{plain(rule.function)}: {plain(rule.derivative)}" for rule in general_rules()} == {
        "constant multiple rule": "c*f(x): dy/dx = c*f'(x)",
        "sum rule": "f(x) + g(x): dy/dx = f'(x) + g'(x)",
        "difference rule": "f(x) - g(x): dy/dx = f'(x) - g'(x)",
        "product rule": "f(x)*g(x): dy/dx = f'(x)*g(x) + f(x)*g'(x)",
        "quotient rule": "f(x)/g(x): dy/dx = (f'(x)*g(x) - f(x)*g'(x))/g(x)^2",
        "reciprocal rule": "1/g(x): dy/dx = -(g'(x)/g(x)^2)",
        "power rule": "f(x)^n: dy/dx = n*f(x)^(n - 1) * f'(x)",
        "chain rule": "f(g(x)): dy/dx = f'(g(x))*g'(x)",
    }


@pytest.mark.parametrize("op", [op for op in OPS.values() if op.params], ids=lambda op: op.name)
def test_every_operation_has_its_lines(op):
    rules = rules_of(op)
    assert len(rules) == len(op.params)
    args = [low + 0.41 * (high - low) for low, high in op.sample]
    out = functions[op.name](*args)
    for k, rule in enumerate(rules):
        side = rule.derivative.sides[1]
        assert isinstance(side, Expression)
        found = values(side.graph, dict(zip(op.params, args, strict=True)))[side.graph.outputs[0]]
        assert math.isclose(found, slopes(op.name)[k](*args, out), rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("log", "dy/dx = 1/x"),
        ("sigmoid", "dy/dx = sigmoid(x)*(1 - sigmoid(x))"),
        ("tanh", "dy/dx = 1 - tanh(x)^2"),
        ("exp", "dy/dx = exp(x)"),
        ("arctan", "dy/dx = 1/(1 + x^2)"),
    ],
)
def test_lines_of_the_cheat_sheet(name, line):
    assert [plain(rule.derivative) for rule in rules_of(OPS[name])] == [line]


def test_the_list_has_them_all(run):
    out = run("rules", "--format", "markdown").stdout
    assert out.count("\n") == 2 + sum(map(len, families().values()))
    assert r"| tanh | $\tanh(x)$ | $\frac{\mathrm{d}y}{\mathrm{d}x} = 1 - \tanh^2(x)$ |" in out


def test_one_rule_with_its_card_graphs_and_plot(run):
    lines = run("rules", "relu").stdout.splitlines()
    assert "  at the kink   0 at x = 0" in lines
    assert "  also called   ReLU" in lines
    assert "  ║ y ╟──────────────▶│ x │" in lines
    assert lines[-1].strip() == "● y = relu(x)   · dy/dx"
    assert max(map(len, lines)) < 80
    xs = [x for x, _, _ in sampled(OPS["relu"], 61)]
    assert (xs[0], xs[-1]) == OPS["relu"].sample[0]


@pytest.mark.parametrize("name", ["tanh", "relu", "add", "chain", "quotient rule", "atan2", "gelu"])
def test_every_rule_can_be_drawn(run, name):
    result = run("rules", name, "-o", "rule.svg", "-o", "rule.json", "-o", "rule.txt")
    assert (result.exit_code, result.stdout) == (0, "rule.svg\nrule.json\nrule.txt\n")
    panels = json.loads(Path("rule.json").read_text("utf-8"))["panels"]
    assert [panel["view"] for panel in panels][:3] == ["rules", "forward", "backward"]


def test_the_cheat_sheet_is_drawn_by_families(run):
    assert run("rules", "-o", "rules.json").exit_code == 0
    panels = json.loads(Path("rules.json").read_text("utf-8"))["panels"]
    assert [panel["caption"] for panel in panels][:3] == [
        "Functions put together",
        "Arithmetic",
        "Powers, exponentials, logarithms",
    ]
    shown = {row[0] for panel in panels for row in panel["rows"]}
    assert {name for name, op in OPS.items() if op.params} <= shown


@pytest.mark.parametrize(("name", "gaps"), [("relu", 1), ("sign", 2), ("abs", 2), ("tanh", 0), ("exp", 0), ("tan", 0)])
def test_lines_break_where_they_jump(name, gaps):
    shown = plot(name)
    assert shown is not None
    assert sum(math.isnan(y) for line in shown.series for _, y in line.points) == gaps


@pytest.mark.parametrize(
    ("name", "said"), [("chain", "f′(g(x)) · g′(x)"), ("product rule", "f′(x) · g(x)"), ("ln", "log(x)")]
)
def test_rules_by_other_names(run, name, said):
    assert said in run("rules", name).stdout


def test_a_rule_that_is_none(run):
    result = run("rules", "tnah")
    assert result.exit_code == 1
    assert result.stderr == "adgraph: there is no rule 'tnah'\nhint: did you mean 'tanh'?\n"

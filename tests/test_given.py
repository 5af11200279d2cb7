"""Values that are given: for inputs alone, and nothing is left out without a word."""

import pytest

from graphviz_ad import AdgraphError, chain, draw, evaluate, trace

SYSTEM = "y=a*x; z=y+1"
POWER = "*".join("a" * 28)


@pytest.mark.parametrize("command", ["eval", "draw", "show", "derive", "check"])
def test_a_variable_that_is_computed_takes_no_value(run, command):
    result = run(command, SYSTEM, "--at", "y=pi/4,a=1,x=1")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "adgraph: --at, line 1, column 1: y is computed: y = a*x", "  y=pi/4", "  ^", "hint: the inputs are a, x"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "at", "message", "hint"),
    [
        (SYSTEM, "q=1", "there is no variable 'q' to be given a value", "the inputs are a, x"),
        ("rate=alpha*x", "alpah=1", "there is no variable 'alpah' to be given a value", "did you mean 'alpha'?"),
        (SYSTEM, "z=1:3", "z is computed: z = y + 1", "the inputs are a, x"),
        ("y=2", "y=1", "y is computed: y = 2", "there are no inputs"),
        (f"y=-{POWER}", "y=1", f"y is computed: y = -{POWER}", "the inputs are a"),  # 60 characters, and 61
        (f"y={POWER}*a", "y=1", f"y is computed: y = {POWER}*…", "the inputs are a"),
        (r"\theta=ax", r"\theta=1", r"\theta is computed: θ = a*x", "the inputs are a, x"),
        (
            r"y=\mathcal{W}x",
            "q=1",
            "there is no variable 'q' to be given a value",
            r"the inputs are 𝒲 (\mathcal{W}), x",
        ),
    ],
)
def test_what_takes_no_value(run, source, at, message, hint):
    result = run("eval", source, "--at", at)
    assert result.exit_code == 1
    first, *_, last = result.stderr.splitlines()
    assert first == f"adgraph: --at, line 1, column 1: {message}"
    assert last == f"hint: {hint}"


def test_an_input_of_one_source_and_of_the_part_left_out_takes_a_value(run):
    assert run("eval", "y=x", "z=y", "--at", "x=1,y=2").exit_code == 0
    assert run("eval", "y=x; z=q", "--of", "y", "--at", "x=1,q=2").exit_code == 0
    assert run("eval", r"y=\mathbf{W}+x", "--at", r"\mathbf{W}=1,x=2").exit_code == 0


@pytest.mark.parametrize("call", [evaluate, lambda source, at: chain(source, at=at), lambda s, at: draw(s, at=at)])
def test_in_python_too(call):
    with pytest.raises(AdgraphError, match=r"y is computed: y = a\*x\nhint: the inputs are a, x"):
        call(SYSTEM, {"a": 1, "x": 1, "y": 2})
    with pytest.raises(AdgraphError, match="there is no variable 'q'"):
        call(SYSTEM, {"a": 1, "x": 1, "q": 2})
    with pytest.raises(AdgraphError, match="y is computed"):
        call(trace(lambda a, x: (y := a * x) + 1 + 0 * y), {"a": 1, "x": 1, "y": 2})


def test_a_parameter_of_a_function_that_is_not_used_takes_a_value():
    with pytest.warns(match="does not depend on unused"):
        assert evaluate(lambda x, unused: 2 * x, {"x": 1, "unused": 1}).gradient == {"y": {"x": 2}}

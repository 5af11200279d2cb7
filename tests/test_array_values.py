"""Values of vectors and matrices: on the command line, in files, and from Python."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from graphviz_ad import AdgraphError, evaluate
from graphviz_ad.cli.main import main
from graphviz_ad.point.arrays.values import array_values
from tests.conftest import system

LAYER = "W: 2x3; x: 3; s: scalar; L = s sum(W x)"
W, X = [[1, 2, 3], [4, 5, 6]], [1, 2, 3]


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def gradient(*args: str) -> object:
    code, out, err = run("eval", *args, "--format", "json")
    assert code == 0, err
    return json.loads(out)["gradient"]["L"]


@pytest.mark.parametrize(
    "given",
    [
        {"W": W, "x": X, "s": 2},
        {"W": W, "x": [[1], [2], [3]], "s": [2]},
        {"W": W, "x": X, "s": [[2.0]]},
    ],
)
def test_files_have_the_values_of_inputs(given: dict[str, object], tmp_path: Path) -> None:
    point = tmp_path / "point.json"
    point.write_text(json.dumps(given))
    arrays = tmp_path / "point.npz"
    np.savez(arrays, **{name: np.array(value) for name, value in given.items()})
    expected = gradient(LAYER, "--at", f"W={W},x={X},s=2")
    assert gradient(LAYER, "--at", str(point)) == gradient(LAYER, "--at", str(arrays)) == expected
    assert gradient("L = s sum(W x)", "--at", str(point)) == expected  # which declares its shapes


def test_a_file_goes_together_with_other_values(tmp_path: Path) -> None:
    point = tmp_path / "point.json"
    point.write_text(json.dumps({"W": W, "x": X}))
    assert gradient(LAYER, "--at", str(point), "--at", "s=1/2") == gradient(LAYER, "--at", f"W={W},x={X},s=0.5")


@pytest.mark.parametrize("made", [list, tuple, np.array], ids=["lists", "tuples", "arrays"])
def test_python_gives_arrays_of_any_kind(made: Callable[[object], object]) -> None:
    def loss(W, x, s):
        return s * (W @ x).sum()

    at = {"W": made(W), "x": made(X), "s": 2}
    for source in (LAYER, "L = s sum(W x)", loss):
        found = evaluate(source, at).gradient["L" if isinstance(source, str) else "loss"]
        assert found["x"] == [10.0, 14.0, 18.0]


# The content of a file, what is said of it, and what to do.
WRONG_FILES = [
    ('{"x": [1, 2', "this is no JSON", 'write {"W"'),
    ("[1, 2, 3]", "this JSON has no names", 'write {"W"'),
    ('{"x": [1, 2, 3], "x": [1, 2, 4]}', "'x' has two values", "give it once"),
    ('{"x": [1, "a", 3]}', "\"a\" among the values of 'x' is not a number", "write numbers"),
    ('{"x": [1, null, 3]}', "null among the values of 'x' is not a number", "write numbers"),
    ('{"x": [1, true, 3]}', "true among the values of 'x' is not a number", "write numbers"),
    ('{"x": [1, NaN, 3]}', "nan among the values of 'x' is not a number", "write numbers"),
    ('{"x": [1, 1e999, 3]}', "inf among the values of 'x' is not a number", "write numbers"),
    ('{"x": [1, {"a": null}]}', "null among the values of 'a_2' is not a number", "write numbers"),
    ('{"x": []}', "'x' has no entries", "write x=[1,2,3]"),
    ('{"x": [[1, 2], [3]]}', "row 1 of 'x' has 2 entries and row 2 has 1 entry", "each row needs as many"),
    ('{"x": [1, [2, 3]]}', "'x' has rows and numbers side by side", "write x=[[1,2],[3,4]]"),
    ('{"x": [[[1], [2]]]}', "'x' has more than two axes", "vectors and matrices"),
    ('{"x": ' + "[" * 100_000 + '}', "lists within lists without end", 'write {"W"'),
    ('{"x": [1, 2, 3, 4]}', "'x' is declared as 3 and given as 4", "mend one of the two"),
    ('{"y": [1, 2, 3]}', "there is no variable 'y'", "the inputs are x"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "message", "hint"), WRONG_FILES)
def test_what_is_wrong_in_a_file_is_said(content: str, message: str, hint: str, tmp_path: Path) -> None:
    point = tmp_path / "point.json"
    point.write_text(content)
    code, out, err = run("eval", "x: 3; L = sum(x)", "--at", str(point))
    assert (code, out) == (1, "")
    assert message in err
    assert hint in err


@pytest.mark.parametrize(("at", "message", "hint"), [
    ({"x": [1, 2]}, "no value for 's'", "--at s=0.5"),
    ({"s": 2}, "no value for 'x'", "--at x=[1,2]"),
    ({"s": 2, "x": [1, 2, 3]}, "'x' is 2, and is given 3", "--at 'x=[1,2]'"),
    ({"s": [1, 2], "x": [1, 2]}, "'s' is a number, and is given [1, 2]", "--at s=0.5"),
])  # fmt: skip
def test_a_value_that_is_missing_or_does_not_fit_has_an_example(at: dict[str, object], message: str, hint: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        array_values(system("s: scalar; x: 2; y = s x").graph, at)
    assert (caught.value.message, caught.value.hint) == (message, hint)


# What a file of numpy's has, and what is said of it.
WRONG_ARRAYS: list[tuple[Callable[[Path], object], str]] = [
    (lambda path: path.write_bytes(b"no archive"), "this cannot be read as arrays of numbers"),
    (lambda path: path.write_bytes(b""), "this cannot be read as arrays of numbers"),
    (lambda path: np.savez(path, x=np.array(["a", "b", "c"])), "\"a\" among the values of 'x' is not a number"),
    (lambda path: np.savez(path, x=np.array([{}, 1, 2], dtype=object)), "this cannot be read as arrays of numbers"),
    (lambda path: np.savez(path, x=np.array([1j, 2, 3])), "1j among the values of 'x' is not a number"),
    (lambda path: np.savez(path, x=np.ones((2, 3, 4))), "'x' has more than two axes"),
    (lambda path: np.savez(path, x=np.ones((2, 1, 1, 3, 2))), "'x' has more than 4 axes"),
    (lambda path: np.savez(path, x=np.zeros(0)), "'x' has no entries"),
    (lambda path: np.savez(path, x=np.ones((1, 3))), "'x' is declared as 3 and given as 1 × 3"),
    (lambda path: np.savez(path, np.ones(3)), "there is no variable 'arr_0'"),
    (lambda path: None, "there is no file"),
]


@pytest.mark.parametrize(("write", "message"), WRONG_ARRAYS)
def test_what_is_wrong_in_arrays_is_said(write: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    write(tmp_path / "point.npz")
    code, out, err = run("eval", "x: 3; L = sum(x)", "--at", str(tmp_path / "point.npz"))
    assert (code, out) == (1, "")
    assert message in err


def test_an_array_without_a_name_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", np.ones(3))
    code, _, err = run("eval", "x: 3; L = sum(x)", "--at", str(tmp_path / "x.npy"))
    assert code == 1
    assert "has an array without a name" in err
    assert "numpy.savez" in err


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("x=[1,2", "'x=[1,2' is not an array"),
        ("x=[]", "'x' has no entries"),
        ("x=[1,[2,3]]", "'x' has rows and numbers side by side"),
        ("x=[[1,2],[3]]", "row 1 of 'x' has 2 entries and row 2 has 1 entry"),
        ("x=[[[1,2,3]]]", "'x' has more than two axes"),
        ("x=[[[1,2],[3,4]],[[1,2,3],[4,5,6]]]", "'x' has more than two axes, and parts of 2 × 2 and 2 × 3"),
        ("x=[1,2,3,4]", "'x' is declared as 3 and given as 4"),
        ("x=[[1,2,3]]", "'x' is declared as 3 and given as 1 × 3"),
        ("x=2", "'x' is 3, and is given a number"),
        ("x=1:3:1", "'x' is 3, and is given a number"),
        ("x=[1,nan,3]", "the value of x: 'nan' is not read"),
        ("x=[1,2,3],x=[1,2,3]", "'x' has two values"),
        ("x=[1,2,3],y=[1]", "there is no variable 'y'"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(at: str, message: str) -> None:
    code, out, err = run("eval", "x: 3; L = sum(x)", "--at", at)
    assert code in (1, 2)
    assert out == ""
    assert message in err


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([[1, 2], [3]], "row 1 of 'x' has 2 entries and row 2 has 1 entry"),
        (np.ones((2, 3, 4)), "'x' has more than two axes"),
        ([1, "a", 2], "\"a\" among the values of 'x' is not a number"),
        ("1", "\"1\" among the values of 'x' is not a number"),
        ([1, float("nan"), 2], "nan among the values of 'x' is not a number"),
    ],
)
def test_what_is_wrong_with_a_value_of_python_is_said(value: object, message: str) -> None:
    with pytest.raises(AdgraphError) as caught:
        evaluate("x: 3; L = sum(x)", {"x": value})
    assert message in caught.value.message


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("W=2x3,x=2", "2 × 3 times 2: 3 columns and 2 rows do not fit"),
        ("W=2x3", "'x' has no shape"),
        ("W=2x3,W=3x2", "'W' has two shapes"),
        ("W=2x3,x=3,q=4", "there is no variable 'q' to be given a shape"),
        ("W=0x3", "an axis of 0 entries"),
        ("W=2x3x4x5", "'2x3x4x5' is not a shape"),
        ("W=abc", "'abc' is not a shape"),
        ("W", "'W' is not a shape"),
        ("W=99999x3", "an axis of 99999 entries"),
    ],
)
def test_what_is_wrong_with_a_shape_is_said(given: str, message: str) -> None:
    code, out, err = run("derive", "y = W x", "--shape", given)
    assert code in (1, 2)
    assert out == ""
    assert message in err


BOLD = r"\mathbf{y} = \mathbf{W}\mathbf{x}, s = \mathbf{1}^\top\mathbf{y} + \vec{v}^\top\vec{v}"


@pytest.mark.parametrize("names", [("W", "x", "v"), (r"\mathbf{W}", r"\mathbf{x}", r"\vec{v}"), ("𝐖", "𝐱", "v_vec")])
def test_bold_names_are_typed_plain(names: tuple[str, str, str]) -> None:
    w, x, v = names
    code, out, err = run("eval", BOLD, "--at", f"{w}={W},{x}={X},{v}=[1, 2]", "--format", "json")
    assert (code, json.loads(out)["values"]["s"]) == (0, 51.0), err
    code, out, _ = run("derive", BOLD, "--wrt", w, "--shape", f"{w}=2x3")
    assert code == 0
    assert "𝐖" in out


def test_a_bold_name_is_given_once() -> None:
    code, _, err = run("eval", BOLD, "--at", rf"W={W},\mathbf{{W}}={W}")
    assert code == 1
    assert "two of the names that are given are '𝐖' here" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--at", "W=[[1,2],[3,4],[5,6]],x=[1,2,3],s=1"),
            "--at, line 1, column 1: 'W' is declared as 2 × 3 and given as 3 × 2",
        ),
        (("--at", "W=[[1,2],[3,4],[5,6]],x=[1,2,3],s=1"), "hint: its transpose would fit"),
        (("--at", f"W={W},x=[1,2],s=1"), "  x=[1,2]\n  ^^^^^^^"),
        (("--at", f"W={W},x=[1,,3],s=1"), "an entry is missing in 'x=[1,,3]'"),
        (("--shape", "W=3x3"), "--shape, line 1, column 1: 'W' is declared as 2 × 3 and given as 3 × 3"),
    ],
)
def test_a_value_of_another_shape_shows_both_and_its_place(words: tuple[str, ...], said: str) -> None:
    code, out, err = run("eval", LAYER, *words)
    assert code in (1, 2)
    assert said in err
    assert out == ""

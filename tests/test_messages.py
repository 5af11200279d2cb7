"""Messages that misled: what is typed, and what is said now."""

import re
from pathlib import Path

import pytest

from tests.test_misreadings import refusal
from tests.tex import compiled, needs_tex


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("y = atan2(x)", "'atan2' takes 2 arguments, not 1", "write atan2(y, x)"),
        ("y = sin(x, 2)", "'sin' takes 1 argument, not 2", "or a function of your own: g(x, y) = …"),
        ("y = loss'(x)", "unknown function 'loss''", "declare it (--function loss)"),
        ("y = loss(x)", "unknown function 'loss'", "define it (loss(x) = …)"),
        ("y = [x; 2]", "a vector or a matrix of numbers is not read", "write each entry as a number"),
        ("y = (x; 2)", "a ';' within brackets", "close the bracket before it"),
        ("y = 3,5x", "a ',' between '3' and '5'", "write a decimal point, 3.5"),
        (r"x = 1 \Rightarrow y = x", "an arrow between formulas is not read", r"write \\ between two equations"),
        (r"x \gets x + 1", "an assignment is not read", "give the new value a name of its own"),
        (" = x^2", "the left side of an equation is missing", "use single quotes"),
        ("12345 y = x 12345", "'12345' stands on both sides of a formula", "single quotes"),
        ("y = \x0crac{1}{2}", r"a command that begins with \f has lost it", "single quotes"),
        ("y = \theta + 1", r"a command that begins with \t has lost it", "single quotes"),
        ("y = frac{1}{2}x", "'frac' is not read", "use single quotes"),
        ("y = extit{a}", "unknown function 'extit'", "single quotes"),
        (r"C:\Users\me\lesson.adg", "this is a path of Windows, and no file is there", "is the name right?"),
        ("f = lambda x: x^2", "this is Python, and equations are read here", "write f(x) = …"),
        ("def f(x): return x", "this is Python, and equations are read here", "adgraph draw lesson.py:function"),
        (r"y = \mymacro x", r"unknown command '\mymacro'", "--macros"),
    ],
)
def test_what_is_said(typed, message, hint):
    error = refusal(typed)
    assert error.message == message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("derive", "y = x^2", "--format", "tex"), "did you mean 'latex'?"),
        (("derive", "y = x^2", "--format", "md"), "did you mean 'markdown'?"),
        (("draw", "y = x", "--blank", "all", "--answers", "a.svg", "--answers", "b.svg"), "it is given 2 times"),
        (("draw", "y = x", "--frames", "a/", "--frames", "b/"), "it is given 2 times"),
    ],
)
def test_wrong_use(run, words, said):
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_value_for_a_system_of_numbers_alone(run):
    assert "the system is made of numbers alone: leave out --at" in run("derive", "y = 2*3", "--at", "x=2").stderr


@pytest.mark.parametrize(
    ("name", "kind"),
    [("net.onnx", "a network in ONNX's format"), ("net.pt", "the weights of a network"), ("x.npz", "a file of arrays")],
)
def test_binary_files_are_said_to_be_what_they_are(run, name, kind):
    Path(name).write_bytes(b"\x08\x07\xff")
    result = run("draw", name)
    assert result.exit_code == 1
    assert f"'{name}' is {kind}, and equations are read here" in result.stderr
    assert "hint: " in result.stderr


PYTHON = """
import math
import numpy as np

def gamma(x):
    return math.gamma(x)

def length(w):
    return len(w) * 2

def pairs(w, x):
    return sum(a * b for a, b in zip(w, x))

def entry(w):
    return w[0]

def framework(x):
    import torch_that_is_not_there as torch
    return torch.sin(x)

def counts(x, n):
    s = 0
    for i in range(n):
        s = s + x**i
    return s

def spread(x):
    return np.sum(x + np.array([1.0, 2.0]))
"""


@pytest.mark.parametrize(
    ("function", "said"),
    [
        ("gamma", "math.gamma is not among the functions that are traced"),
        ("length", "each parameter is one number"),
        ("pairs", "each parameter is one number"),
        ("entry", "each parameter is one number"),
    ],
)
def test_what_is_said_of_a_function(run, function, said):
    Path("lesson.py").write_text(PYTHON)
    result = run("derive", f"lesson.py:{function}")
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("library", ["torch", "jax", "tensorflow"])
def test_functions_of_frameworks(run, monkeypatch, library):
    monkeypatch.setitem(__import__("sys").modules, library, None)
    Path("lesson.py").write_text(f"def f(x):\n    import {library}\n    return {library}.sin(x)\n")
    result = run("derive", "lesson.py:f")
    assert "functions of math and numpy are traced, of numbers and arrays, not those of torch" in result.stderr


def test_a_number_that_meets_an_array_is_said_to_be_one(run):
    Path("lesson.py").write_text(PYTHON)
    result = run("eval", "lesson.py:spread", "--at", "x=1")
    assert "one number is combined with each entry of an array of 2; every parameter is one number" in result.stderr


def test_a_value_that_is_used_up_is_no_error(run):
    Path("lesson.py").write_text(PYTHON)
    assert run("derive", "lesson.py:counts", "--at", "x=2,n=4").exit_code == 0


# ---- what is written for documents


def test_a_long_table_in_latex_goes_on_over_pages(run, tmp_path):
    table = run("rules", "--format", "latex").stdout
    assert r"\begin{longtable}{lll}" in table
    assert r"\endhead" in table
    assert r"\begin{tabular}" in run("rules", "tanh", "--format", "latex").stdout


@needs_tex
def test_the_cheat_sheet_compiles(run, tmp_path):
    table = run("rules", "--format", "latex").stdout
    head = "\\documentclass{article}\\usepackage{amsmath,booktabs,longtable}\\begin{document}\n"
    _, log = compiled(tmp_path, f"{head}{table}\\end{{document}}\n")
    assert "Overfull \\vbox" not in log


def test_formulas_of_markdown_are_what_pandoc_takes(run):
    """Pandoc takes $…$ for mathematics where no blank is beside a dollar sign within."""
    for words in (("rules",), ("derive", "y = |x|*z", "--explain"), ("eval", "y = |x|", "--at", "x=1")):
        out = run(*words, "--format", "markdown").stdout
        inline = re.findall(r"(?<!\$)\$(?!\$)([^$\n]+)\$(?!\$)", out)
        assert inline
        assert [formula for formula in inline if formula != formula.strip()] == []


def test_long_lines_of_markdown_are_broken(run):
    long = run("derive", "y=sin(a*x+b)*cos(a*x-b)*exp(a*x); z=y**2", "--wrt", "a", "--format", "markdown").stdout
    assert "$$\n\\begin{aligned}\n" in long
    assert max(map(len, long.splitlines())) < 300
    short = run("derive", "y=x^2", "--format", "markdown").stdout
    assert "aligned" not in short

"""Functions that do not end are stopped, by the number of their operations and by the time, whatever they catch."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from pathlib import Path

import pytest

from graphviz_ad import AdgraphError, trace
from graphviz_ad.core.request import Request
from graphviz_ad.read import Limits
from graphviz_ad.read.python.functions import read
from graphviz_ad.read.python.tracing import trace as traced

TIMED = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no signal comes after a time")


@pytest.fixture(autouse=True)
def no_callbacks_of_the_collector():
    """Those of hypothesis would be where the time ends now and then."""
    gc.disable()
    yield
    gc.enable()


def multiplies(x):
    while True:
        x = x * x


def compares(x):
    while x != 0:
        x = x + 1


def suppresses(x):
    while True:
        try:
            x = x * x
        except Exception:
            x = 1.0


def forever(x):
    while True:
        pass


def catches_all(x):
    while True:
        try:
            x = x * x
        except:  # noqa: E722  # what is to be survived
            x = 1.0


def sleeps(x):
    import time

    while True:
        try:
            time.sleep(1)
        except BaseException:
            continue


def in_a_function(x):
    while True:
        try:
            forever(x)
        except BaseException:
            continue


def returns_at_last(x):
    try:
        while True:
            pass
    finally:
        return x  # noqa: B012  # what is to be survived


def catches_it_twice(x):
    try:
        try:
            forever(x)
        except BaseException:
            x = 1.0
    except BaseException:
        x = 2.0
    return x


def generates(x):
    return sum(1 for _ in iter(int, 1))


@pytest.mark.parametrize(("function", "at"), [(multiplies, {}), (compares, {"x": 1}), (suppresses, {})])
def test_a_million_operations_are_enough(function, at):
    with pytest.raises(AdgraphError) as caught:
        traced(function, at, limits=Limits(operations=1000))
    error = caught.value
    assert error.message == "the function takes more than 1,000 operations"
    assert error.hint == "does the loop end? If it does, allow more: --max-operations 2000"
    assert error.source[error.span.start : error.span.end].strip() in ("x * x", "x + 1", "x = x * x", "x = x + 1")


# The alarm may ring in a callback of the garbage collector (hypothesis has one), which swallows it; it rings again.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@TIMED
@pytest.mark.parametrize(
    "function",
    [multiplies, suppresses, forever, catches_all, sleeps, in_a_function, returns_at_last, catches_it_twice, generates],
)
def test_the_time_is_limited_whatever_is_caught(function):
    before = signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL), sys.gettrace()
    with pytest.raises(AdgraphError) as caught:
        traced(function, limits=Limits(operations=10**9, seconds=0.05))
    error = caught.value
    assert error.message == "the function takes more than 0.05 seconds"
    assert error.hint == "does the loop end? If it does, allow more: --max-seconds 0.1"
    assert error.origin.endswith("test_limits.py")
    assert (signal.getsignal(signal.SIGALRM), signal.getitimer(signal.ITIMER_REAL), sys.gettrace()) == before


@TIMED
@pytest.mark.parametrize(
    "loop",
    ["while True: pass", "import time\nwhile True:\n  try: time.sleep(1)\n  except BaseException:\n    continue"],
)
def test_a_file_is_limited_too(run, loop):
    Path("c.py").write_text(f"{loop}\ndef f(x): return x\n")
    result = run("derive", "c.py:f", "--max-seconds", "0.05")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[-1] == "hint: does the loop end? If it does, allow more: --max-seconds 0.1"
    assert "the file takes more than 0.05 seconds" in result.stderr


@TIMED
def test_the_readers_own_alarm_rings(tmp_path):
    """An alarm of the program that calls the library is put back, with the time that was left."""
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        signal.setitimer(signal.ITIMER_REAL, 1000)
        traced(lambda x: x * x)
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 1000
        signal.raise_signal(signal.SIGALRM)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_another_thread_counts_operations():
    found = []

    def work():
        for limits in (Limits(), Limits(100)):
            try:
                found.append(len(traced(multiplied_often, limits=limits).graph.nodes))
            except AdgraphError as error:
                found.append(error.message)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [201, "the function takes more than 100 operations"]


def multiplied_often(x):
    for _ in range(200):
        x = x * x
    return x


def test_the_options_raise_the_limits(run):
    Path("c.py").write_text("def f(x):\n    for _ in range(200):\n        x = x * x\n    return x\n")
    result = run("eval", "c.py:f", "--at", "x=1", "--max-operations", "100")
    assert (result.exit_code, result.stdout) == (1, "")
    hint = result.stderr.splitlines()[-1]
    assert hint == "hint: does the loop end? If it does, allow more: --max-operations 200"
    assert run("eval", "c.py:f", "--at", "x=1", "--max-operations", "201").exit_code == 0
    assert run("eval", "c.py:f", "--at", "x=1", "--max-seconds", "100").exit_code == 0


@pytest.mark.parametrize("command", ["eval", "derive", "draw", "show", "check"])
@pytest.mark.parametrize("option", ["--max-operations", "--max-seconds"])
def test_the_options_are_for_python(run, command, option):
    result = run(command, "y = x", "--at", "x=1", option, "10")
    assert result.exit_code == 2
    assert f"{option} is for a Python function: lesson.py:loss." in result.stderr


@pytest.mark.parametrize("value", ["0", "-1", "nan", "1e9", "x"])
def test_limits_are_numbers_above_zero(run, value):
    Path("c.py").write_text("def f(x): return x\n")
    assert run("derive", "c.py:f", "--max-seconds", value).exit_code == 2


def test_the_library_has_keywords_for_them():
    with pytest.raises(AdgraphError, match="more than 100 operations"):
        trace(multiplied_often, max_operations=100)
    assert len(trace(multiplied_often, max_operations=201, max_seconds=60).nodes) == 201
    for wrong in ({"max_operations": 0}, {"max_seconds": 0}, {"max_seconds": float("nan")}, {"max_seconds": 1e9}):
        with pytest.raises(ValueError, match="it is a number, "):
            trace(multiplied_often, **wrong)


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(operations=100), "more than 100 operations"),
     pytest.param(Limits(10**9, 0.05), "more than 0.05 seconds", marks=TIMED)],
)  # fmt: skip
def test_an_error_of_the_function_does_not_hide_the_limit(tmp_path, limits, message):
    lines = "def f(x):", " try:", "  while True: x = x + 1", " finally:", "  raise KeyError(1)"
    (tmp_path / "c.py").write_text("\n".join(lines))
    with pytest.raises(AdgraphError, match=message):
        read(f"{tmp_path / 'c.py'}:f", Request(max_operations=limits.operations, max_seconds=limits.seconds))

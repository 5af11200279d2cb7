"""Random Python functions, whole and broken: what comes out of reading one is a graph that computes what the function
computes, or an AdgraphError with a place inside the text; and nothing is left behind.

    case(rng)     a source text, the name of its function and the values of its parameters
    check(case)   AssertionError where reading it does anything else
"""

from __future__ import annotations

import builtins
import contextlib
import io
import math
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy  # noqa: F401  # here, where no limit of time is on it

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.request import Request
from graphviz_ad.pipeline import read
from graphviz_ad.point.evaluate import values
from graphviz_ad.read import Limits
from graphviz_ad.read.python.limits import limited
from graphviz_ad.read.sources import SourceText

LIMITS = Limits(operations=3000, seconds=0.3)


class Case(NamedTuple):
    """A source text, the function in it that is read, and the values that its parameters are given."""

    text: str
    function: str
    at: dict[str, float]
    wrt: tuple[str, ...] = ()
    broken: bool = False  # a mutation: what it computes is not looked at


# ---- making sources

NUMBERS = ("0", "1", "2", "3", "0.5", "-1", "1e-3", "10", "1/3", "math.pi", "True", "1e400", "10**400", "2j", "None")
KEYS = ("'a'", "'b_1'", "' '", "''", "1", "None", "'x'", "(1, 2)", "'dL/dw'", "'\\ud800'", "'\\n'", "True")
UNARY = (
    "-{}", "+{}", "abs({})", "math.sin({})", "math.exp(-({})**2)", "math.sqrt(abs({}))", "tanh({})", "math.log({})",
    "np.cos({})", "np.square({})", "float({})", "int({})", "bool({})", "round({})", "math.floor({})", "sum([{}, 1])",
    "helper({})", "(lambda t: t*t)({})", "twice({})", "gate({})", "str({})", "len({})", "({},)[0]", "copy.copy({})",
    "[*range(2)][{}]", "{}.real", "{}.shape", "float('nan')*{}", "np.array([{}, 2.0]).sum()", "recursive({}, 2)",
    "not {}", "hash({})", "sum(t*{} for t in (1, 2))", "max([t*{} for t in range(3)])", "(w := {})", "math.gcd({})",
    "np.floor({})", "isinstance({}, (int, float))", "pickle.loads(pickle.dumps({}))", "{}()", "f'{{{}}}'",
)  # fmt: skip
BINARY = ("{} + {}", "{} * {}", "{} - {}", "{} / {}", "{} ** {}", "max({}, {})", "min({}, {})", "math.hypot({}, {})",
          "{} % {}", "{} // {}", "np.maximum({}, {})", "np.dot([{}, 1], [2, {}])", "math.atan2({}, {})", "{} and {}",
          "pair({}, {})[1]", "{} @ {}", "{} | {}", "divmod({}, {})", "math.fsum([{}, {}])")  # fmt: skip
TESTS = ("{} > {}", "{} <= {}", "{} == {}", "0 < {} < {}", "not {} < {}", "{} is {}", "{} in ({}, 1)", "{} or {}")
HEAD = """import contextlib, copy, dataclasses, functools, math, pickle
import numpy as np
from math import tanh

SCALE = 0.5

def helper(u):
    v = u * SCALE + 1
    return v

def pair(a, b):
    return a * b, a + b

def recursive(u, depth):
    return u if depth == 0 else u * recursive(u, depth - 1)

def decorated(function):
    @functools.wraps(function)
    def inner(*args, **named):
        return function(*args, **named)
    return inner

@decorated
def twice(u):
    return 2 * u

@dataclasses.dataclass
class Gate:
    bias: float = 0.25

    def __call__(self, u):
        return u * u + self.bias

gate = Gate()
"""


class Maker:
    """Writes the lines of one function; each name it reads has been assigned."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.names = ["x"]
        self.left = rng.randint(2, 14)  # statements

    def expression(self, depth: int = 0) -> str:
        rng = self.rng
        kind = rng.random()
        if depth > 3 or kind < 0.3:
            return rng.choice(self.names) if rng.random() < 0.8 else self.number()
        if kind < 0.6:
            return self.filled(self.favoured(UNARY, 8), depth)
        if kind < 0.95:
            return self.filled(self.favoured(BINARY, 5), depth)
        return f"({self.expression(depth + 1)} if {self.test()} else {self.expression(depth + 1)})"

    def favoured(self, table: tuple[str, ...], ordinary: int) -> str:
        """A row, most often one of the first, which can be traced."""
        return self.rng.choice(table[:ordinary] if self.rng.random() < 0.9 else table)

    def filled(self, row: str, depth: int) -> str:
        inner = iter(lambda: f"({self.expression(depth + 1)})", None)
        return row.format(*(next(inner) for _ in range(row.count("{}"))))

    def number(self) -> str:
        return self.favoured(NUMBERS, 8)

    def test(self) -> str:
        return self.filled(self.favoured(TESTS, 3), 2)

    def target(self) -> str:
        name = self.rng.choice(("y", "z", "h_1", "w", "x", "α", "_", "y_hat", "e"))
        if name not in self.names:
            self.names.append(name)
        return name

    def block(self, indent: int) -> list[str]:
        """The lines of a body; what is assigned in it may not be there behind it."""
        before, made = list(self.names), []
        for _ in range(self.rng.randint(1, 3)):
            made += self.statement(indent)
        self.names = before
        return made or [" " * indent + "pass"]

    def statement(self, indent: int) -> list[str]:
        self.left -= 1
        pad = " " * indent
        ordinary = self.rng.random() < 0.6 or indent > 12 or self.left < 0
        table = STATEMENTS if self.rng.random() < 0.3 else STATEMENTS[:ORDINARY]
        made: list[str] = self.assignment() if ordinary else self.rng.choice(table)(self, indent)
        return [pad + line for line in made]

    def assignment(self) -> list[str]:
        value = self.expression()
        return [f"{self.target()} = {value}"]

    def lines(self, count: int) -> list[str]:
        return [line for _ in range(count) for line in self.statement(4)]

    def result(self) -> str:
        rng = self.rng
        some = [self.expression(2) for _ in range(3)]
        return rng.choice((
            some[0], some[0], some[0], f"{some[0]}, {some[1]}", f"[{some[0]}, ({some[1]}, 1.5)]",
            f"{{{rng.choice(KEYS)}: {some[0]}, {rng.choice(KEYS)}: {some[1]}}}", f"np.array([{some[0]}, {some[1]}])",
            f"{{'p': {{1: {some[0]}, 'q': [{some[1]}]}}, 'p_q': {some[2]}}}", "None", "'text'", "x", "[]",
            "1", "object()",
        ))  # fmt: skip


def _nested(head: str, *more: str) -> Callable[[Maker, int], list[str]]:
    """A statement with a body for each of its heads, in which `?` is a test and `!` an expression."""

    def made(maker: Maker, indent: int) -> list[str]:
        lines = []
        for row in (head, *more):
            while "?" in row or "!" in row:
                row = row.replace("?", maker.test(), 1) if "?" in row else row.replace("!", maker.expression(2), 1)
            lines += [row, *maker.block(4)]
        return lines

    return made


def _plain(*rows: str) -> Callable[[Maker, int], list[str]]:
    """Lines in which `!` is an expression and `@` a variable that is assigned."""

    def made(maker: Maker, indent: int) -> list[str]:
        lines = []
        for row in rows:
            while "!" in row:
                row = row.replace("!", maker.expression(2), 1)
            while "@" in row:
                row = row.replace("@", maker.target(), 1)
            lines.append(row)
        return lines

    return made


ORDINARY = 24  # of the statements, those that are met every day
STATEMENTS: tuple[Callable[[Maker, int], list[str]], ...] = (
    _nested("if ?:"), _nested("if ?:", "else:"), _nested("if ?:", "elif ?:", "else:"), _nested("for k in range(3):"),
    _nested("for k in range(n):"), _nested("for k in (!, !):"), _nested("try:", "except Exception:"),
    _nested("try:", "except:"), _nested("try:", "finally:"), _nested("while ?:"), _nested("while True:"),
    _nested("with contextlib.suppress(ZeroDivisionError):"), _nested("def inner(u=!):"), _nested("class Local:"),
    _plain("match x:", "    case float():", "        @ = !"), _nested("for k, item in enumerate([!, !]):"),
    _plain("x = x * !", "x += !"), _plain("x -= !"), _plain("@, @ = !, !"), _plain("@ = @ = !"),
    _plain("(@, *@) = !, !, !"),
    _plain("def g(u):", "    return u * !", "@ = g(!)"), _plain("items = [!, !]", "items.append(!)", "@ = items[-1]"),
    _plain("table = {'k': !}", "table['k'] = !", "@ = table['k']"), _plain("global SCALE", "SCALE = !"),
    _plain("@ = [t * ! for t in range(3)][1]"), _plain("assert !"), _plain("raise ValueError(!)"),
    _plain("del x", "x = 1.0"),
    _plain("for k in range(2):", "    @ = !", "    if k:", "        break"), _plain("return !"), _plain("yield !"),
    _plain("@ = gate(!)"), _plain("import nobody_has_this"), _plain("@ = eval('1 +')"), _plain("raise SystemExit"),
    _plain("while True:", "    try:", "        x = x * x", "    except:", "        pass"),
    _plain("class E(Exception):", "    def __str__(self):", "        return 1/0", "raise E"),
    _plain("def r(u):", "    return r(u)", "@ = r(!)"), _plain("print(!)"), _plain("@: float = !"),
    _plain("a = []", "a.append(a)", "return a"), _plain("raise KeyboardInterrupt('typed') from None"),
    _plain("await !"), _plain("raise BaseException"), _plain("nonlocal x"),
)  # fmt: skip
PARAMETERS = (
    *("x", "x, a", "x, n=2", "x, n", "x, *, a=0.5", "x: float, a: float = 2.0", "x, mode='sum'", "x, flag=None",
      "x, /, a", "x, **more", "x, n: int = 3", "x, e, pi") * 4, "*x", "x, x1=1, x_1=2",
)  # fmt: skip
KINDS = ("def",) * 80 + ("async def", "@decorated\ndef", "@staticmethod\ndef", "@property\ndef")


def case(rng: Random) -> Case:
    """A random source."""
    maker = Maker(rng)
    parameters = rng.choice(PARAMETERS)
    maker.names += [
        name for name in ("a", "n", "e") if name in parameters.replace(":", ",").replace("=", ",").split(", ")
    ]
    body = maker.lines(rng.randint(1, 6))
    text = "\n".join([HEAD, f"{rng.choice(KINDS)} f({parameters}):", *body, f"    return {maker.result()}", ""])
    at = {"x": rng.choice((0.7, -1.5, 2.0, 0.0)), "a": 1.25, "n": rng.choice((3, 2.5)), "e": 0.5}
    named = {name for name in at if name in maker.names or name == "x"}
    given = {name: at[name] for name in at if name in named and rng.random() < 0.8}
    wrt = tuple(name for name in ("x", "n", "a") if name in named and rng.random() < 0.1)
    if rng.random() < 0.3:
        return Case(mutated(rng, text), "f", given, wrt, True)
    return Case(text, "f", given, wrt)


def mutated(rng: Random, text: str) -> str:
    """The source with some characters lost, doubled, exchanged or strange."""
    letters = list(text)
    for _ in range(rng.randint(1, 4)):
        k = rng.randrange(len(HEAD) // 2, len(letters)) if rng.random() < 0.9 else rng.randrange(len(letters))
        letters[k] = rng.choice(("", letters[k] * 2, *rng.choices(letters, k=6), rng.choice("\0\t(:é\ud800\x1b\n")))
    return "".join(letters)


# ---- checking them


def check(one: Case) -> None:
    """Raise AssertionError where reading the source gives anything but a right graph or an error with its place."""
    before, path, printed = _state(), _file(), io.StringIO()
    path.write_bytes(one.text.encode("utf-8", "surrogatepass"))
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        try:
            system, _ = read(SourceText(f"{path}:{one.function}", "python"), Request(
                sources=("this", "another"), wrt=one.wrt, at=one.at,
                max_operations=LIMITS.operations, max_seconds=LIMITS.seconds))  # fmt: skip
        except AdgraphError as error:
            _check_error(error, one)
        except KeyboardInterrupt:  # of the source's own: the command line says Aborted!
            assert "KeyboardInterrupt(" in one.text, one.text
        except BaseException as error:
            raise AssertionError(f"{type(error).__name__}: {error}\n{one.text}") from error
        else:
            if not one.broken and not system.missing():
                _check_values(system.whole, system.point(), one)
    assert _state() == before, one.text


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def _file() -> Path:
    """The file that sources are written into, each in the place of the one before."""
    return Path(_folder().name, "lesson.py")


def _state() -> tuple[Any, ...]:
    """What reading must leave as it was."""
    names = [name for name in sys.modules if name.startswith("lesson")]
    return math.sin, builtins.max, sys.gettrace(), list(sys.path), list(sys.argv), os.getcwd(), names


def _check_error(error: AdgraphError, one: Case) -> None:
    assert error.message, one.text
    assert str(error), one.text
    if error.span is not None:
        assert error.source is not None, (str(error), one.text)
        assert 0 <= error.span.start < error.span.end <= len(error.source), (error.span, str(error), one.text)


def _check_values(graph: Any, at: dict[str, float], one: Case) -> None:
    """The graph computes what the function computes of plain numbers."""
    space: dict[str, Any] = {"__name__": "__main__"}
    exec(compile(one.text, "lesson.py", "exec"), space)
    given = {name: int(value) if value == 3 else value for name, value in one.at.items()}
    try:
        found = values(graph, at)
        result = limited(lambda: space[one.function](**given), LIMITS.seconds, "the function")
    except (Exception, SystemExit):  # of plain numbers it may have no value where a traced number is not looked at
        return
    expected = list(_flat(result))
    made = [found[output] for output in graph.outputs]
    for number in expected:
        assert any(math.isclose(number, one, rel_tol=1e-9, abs_tol=1e-12) for one in made), (number, made, one.text)


def _flat(result: Any) -> Any:
    """The numbers in tuples, lists, arrays and dicts."""
    if hasattr(result, "tolist"):
        result = result.tolist()
    for part in result.values() if isinstance(result, dict) else result if isinstance(result, (list, tuple)) else ():
        yield from _flat(part)
    if isinstance(result, (int, float)):
        yield float(result)

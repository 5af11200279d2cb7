"""Random command lines: options with values of their kind, mistyped ones, hostile ones, twice or in wrong company."""

from __future__ import annotations

import random
from typing import Any

import click

from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.main import main
from graphviz_ad.lesson.views import VIEWS

from .command import Call, hostile, mutated, run

_SOURCES = ("y=2x^3+3; z=y^2", "y=sin(a*x+b)", "y=x", "y=relu(x)*x", "s=a+b; p=s*a", r"$$ y = \frac{x}{a} $$",
            "y=sine(x)", "",
            "-", "lesson.adg", "none.adg", "f(u)=u^2; y=f(3x)", "y=1/x", "-x^2", "lesson.py:f",
            "x_{\u202e}+1")  # fmt: skip
_FILES = ("a.svg", "a.json", "a.dot", "a.txt", "a.tex", "a.mmd", "a.png", "a.pdf", "a.html", "a.dot2tex", "a",
          "a.docx", "-",
          "figs/", "no/a.svg", "/dev/null", "", " ", ".svg", "a\x1b.svg", "x" * 300 + ".svg")  # fmt: skip
_WORDS = ("x", "y", "z", "a", "x,a", "y,z", "dz/dx", "d^2z/dx^2", r"\theta", "q", "x,,a", ",", "")
_AT = ("x=1", "x=1,a=2,b=0", "x=pi/4", "x=1:2", "x=", "x=0", "q=1", "x=1,x=2")
_LEAVES = ("[!.]*.*", ".svg")  # a temporary file begins with a point
_SLOW = {"--with"}  # starts whole libraries


def case(rng: random.Random) -> Call:
    name = rng.choice([*COMMANDS, *("draw",) * 3])
    command = main.get_command(click.Context(main), name)
    assert command is not None
    options = [param for param in command.params if isinstance(param, click.Option) and param.opts[0] not in _SLOW]
    words = [name]
    if any(param.name == "sources" for param in command.params):
        words += ["--at", "x=1,a=2,b=3"] if rng.random() < 0.3 and name != "rules" else []
        words += [rng.choice(_SOURCES) for _ in range(rng.choice((1, 1, 1, 1, 2, 0)))]
    elif name == "rules":
        words += rng.choice(([], ["tanh"], ["quotient"], [hostile(rng)]))
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        option = rng.choice(options) if options else None
        if option is not None:
            words += _given(rng, option)
    if rng.random() < 0.1:
        place = rng.randrange(len(words))
        words[place] = mutated(rng, words[place])
    words = [word.replace("\0", "") for word in words]  # no command line has it
    files = {"lesson.adg": "y = x^2\nz = y + 1\n", "lesson.py": "def f(x, a=2):\n    return a * x\n"}
    return Call(tuple(words), files, _LEAVES, "y = x^2\n", bool({"png", "pdf"} & {*words}))


def _given(rng: random.Random, option: click.Option) -> list[str]:
    name = rng.choice(option.opts)
    if option.is_flag:
        return [name]
    value = hostile(rng) if rng.random() < 0.1 else _value(rng, option)
    return [name, value] if rng.random() < 0.8 or not name.startswith("--") else [f"{name}={value}"]


def _value(rng: random.Random, option: click.Option) -> str:
    kind: Any = option.type
    if isinstance(kind, click.Choice):
        return rng.choice([*kind.choices, rng.choice(list(kind.choices)).upper(), mutated(rng, kind.choices[0])])
    if isinstance(kind, (click.IntRange, click.FloatRange)) or kind in (click.INT, click.FLOAT):
        return rng.choice(("0", "1", "2", "5", "17", "-1", "1.5", "99999", "nan", "inf", "x", ""))
    by_name = {"outputs": _FILES, "answers": _FILES, "frames_folder": ("figs/", "-", "", "no/figs/"),
               "plot_file": _FILES,
               "views": (*VIEWS, "chain,forward"), "at": _AT, "theme": ("light", "auto", "my.toml", "pink"),
               "template": ("no.html", "lesson.adg"), "format_name": ("svg", "json", "text", "html", "odt"),
               "blank": ("derivatives", "all", "1", "99", "0", "x")}  # fmt: skip
    return rng.choice(by_name.get(option.name or "", _WORDS))


def check(call: Call) -> None:
    run(call)

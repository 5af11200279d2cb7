"""Random theme files: keys and values of their kind, TOML that is something else, and bytes that are no TOML."""

from __future__ import annotations

import random

from graphviz_ad.drawing.shipped_themes import SHIPPED
from graphviz_ad.drawing.styles import Style

from .command import Call, active, hostile, mutated, run

_ENDLESS = ("a = " + "[" * 3000, "a" + ".a" * 3000 + "=1", "#" * 200_000, "[a]\n" * 500, "a=[\n" + "[\n" * 5000)
_BASES = ('"light"', '"dark"', '"print"', '"cs231n"', '"no"', "1", "[]")
_ROLES = tuple(SHIPPED["light"].styles)
_VALUES = ('"#fff"', '"#0b5394"', '"none"', '"#ggg"', '"red"', "1", "1.6", "-1", "nan", "inf", "99999", "true",
           "[]", "[1, 2]", "{}",
           "{ a = 1 }", '"4 2.4"', '"4,2"', '""', "1979-05-27", "0xff", '"""a\nb"""', "'a'",
           '"\\u202e"', "[[[[[1]]]]]")  # fmt: skip


def case(rng: random.Random) -> Call:
    lines = [f"extends = {rng.choice(_BASES)}"] if rng.random() < 0.8 else []
    lines += [f"{_key(rng, ('background',))} = {_value(rng)}"] if rng.random() < 0.5 else []
    lines += [rng.choice(("[styles]", "[styles]", "[[styles]]", "[style]", "[styles.input]"))]
    lines += [_style(rng) for _ in range(rng.randint(0, 4))]
    text = "\n".join(lines) + "\n"
    for _ in range(rng.choice((0, 0, 1, 3))):
        text = mutated(rng, text)
    if rng.random() < 0.02:
        text = rng.choice(
            ("a = " + "[" * 3000, "a" + ".a" * 3000 + "=1", "#" * 200_000, "[a]\n" * 500, "a=[\n" + "[\n" * 5000)
        )
    data = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.05:
        data += bytes(rng.randrange(256) for _ in range(5))
    output = rng.choice(("a.svg", "a.tex", "a.mmd"))
    words = ("draw", "y=x^2*a", "--theme", "t.toml", "--view", "forward-simplified", "-o", output)
    return Call(words, {"t.toml": data}, words)


def _key(rng: random.Random, known: tuple[str, ...]) -> str:
    key = rng.choice(known)
    return rng.choice((key, key, key, key, f'"{key}"', mutated(rng, key), f'"{hostile(rng, 1)}"'))


def _value(rng: random.Random) -> str:
    return f'"{hostile(rng)}"' if rng.random() < 0.1 else rng.choice(_VALUES)


def _style(rng: random.Random) -> str:
    if rng.random() < 0.2:
        return f"{_key(rng, _ROLES)} = {_value(rng)}"
    parts = (f"{_key(rng, Style.__match_args__)} = {_value(rng)}" for _ in range(rng.randint(0, 4)))
    return f"{_key(rng, _ROLES)} = {{ {', '.join(parts)} }}"


def check(call: Call) -> None:
    done = run(call)
    for name, content in done.left.items():
        assert name == "t.toml" or not active(content.decode())

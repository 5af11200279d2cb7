"""Themes: every pair of colours can be told apart, roles differ by more than colour, and a reader's own are checked."""

import colorsys
import json
import os
from itertools import combinations

import pytest

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.drawing.contrast import contrast, pairs, weak
from graphviz_ad.drawing.roles import ROLES, Role
from graphviz_ad.drawing.theme import SHIPPED, THEMES, Style, is_theme, theme
from tests.test_cli import EXAMPLE, files

NODES = ("input", "variable", "output", "operation")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_pair_that_carries_meaning_has_contrast(name):
    assert weak(theme(name)) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_every_role_is_in_a_pair(name):
    roles = {pair.role for pair in pairs(theme(name))}
    assert roles == set(theme(name).styles)


def test_a_role_that_a_theme_says_nothing_of_is_like_another(own, monkeypatch):
    """In those that are shipped, and in a reader's own, as that theme has it."""
    monkeypatch.setitem(ROLES, "unit-text", Role("unit-text", "text", like="label-text"))
    assert theme("dark").styles["unit-text"] == theme("dark").styles["label-text"]
    mine = theme(own(OWN.replace("[styles]", '[styles]\nlabel-text = { fill = "#101010" }')))
    assert mine.styles["unit-text"].fill == "#101010"
    mine = theme(own(OWN.replace("[styles]", '[styles]\nunit-text = { fill = "#202020" }')))
    assert (mine.styles["unit-text"].fill, mine.styles["label-text"].fill) == ("#202020", "#12161c")
    assert [pair.behind for pair in pairs(mine) if pair.role == "unit-text"] == ["background"]


def test_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_weak_contrast_is_found():
    light = theme("light")
    pale = light.replace(styles=light.styles | {"label-text": Style("#999999")})
    assert [(pair.role, pair.behind, round(pair.contrast, 1)) for pair in weak(pale)] == [
        ("label-text", "background", 2.8)
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_nodes_differ_by_their_outline(name):
    """By its weight, its dashes or a second ring, so that nothing hangs on colour; operations are smaller, too."""
    styles = theme(name).styles
    outlines = {role: (styles[role].width, styles[role].dash) for role in ("input", "variable")}
    assert outlines["input"] != outlines["variable"]
    if not styles["input"].dash:
        assert styles["input"].width >= 1.5 * styles["variable"].width
    assert styles["output-ring"].stroke != "none"


@pytest.mark.parametrize("name", SHIPPED)
def test_lines_of_a_plot_differ_by_their_dashes(name):
    styles = theme(name).styles
    assert all(styles[a].dash != styles[b].dash for a, b in combinations(("series-1", "series-2", "series-3"), 2))


@pytest.mark.parametrize("name", ["light", "dark", "cs231n"])
def test_values_and_adjoints_differ_in_lightness(name):
    styles = theme(name).styles
    assert contrast(styles["value-text"].fill, styles["adjoint-text"].fill) > 1.5


def test_cs231n_has_green_values_and_red_gradients():
    styles = theme("cs231n").styles
    hues = [colorsys.rgb_to_hsv(*(int(styles[role].fill[k : k + 2], 16) / 255 for k in (1, 3, 5)))[0] * 360
            for role in ("value-text", "adjoint-text", "label-text")]  # fmt: skip
    assert hues == [120, 0, 0]


# ---- a reader's own

OWN = """\
# Mine.
extends = "light"
background = "#fffdf5"

[styles]
input = { fill = "#fec", stroke = "#884400" }
arrow = { dash = "4 2.5", width = 2 }
"""


@pytest.fixture
def own(tmp_path):
    """A theme in a file."""

    def write(text: str) -> str:
        path = tmp_path / "my.toml"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def test_a_theme_says_only_what_differs(own):
    mine, light = theme(own(OWN)), theme("light")
    assert mine.background == "#fffdf5"
    assert mine.styles["input"] == Style("#ffeecc", "#884400", light.styles["input"].width)
    assert mine.styles["arrow"] == light.styles["arrow"].replace(dash="4 2.5", width=2.0)
    assert mine.styles["output"] == light.styles["output"]
    assert list(mine.styles) == list(light.styles)


def test_a_theme_may_say_everything(own):
    dark = theme("dark")
    lines = [f'background = "{dark.background}"']
    for role, style in dark.styles.items():
        said = {key: getattr(style, key) for key in ("fill", "stroke", "width", "dash")}
        lines += [f"[styles.{role}]", *(f"{key} = {json.dumps(value)}" for key, value in said.items() if value)]
    assert theme(own("\n".join(lines))) == dark


@pytest.mark.parametrize(
    ("old", "new", "said", "hint"),
    [
        ("extends", "extend", "line 2, column 1: a theme has no key 'extend'", "did you mean 'extends'?"),
        ('"light"', '"lihgt"', "line 2, column 1: there is no theme 'lihgt' to extend", "did you mean 'light'?"),
        ('"light"', "7", "line 2, column 1: there is no theme 7 to extend", "there are light, dark"),
        ("#fffdf5", "none", "line 3, column 1: 'none' is not a colour", "write #rrggbb"),
        ("input", "inptu", "line 6, column 1: there is no role 'inptu'", "did you mean 'input'?"),
        ("fill", "colour", "line 6, column 11: a style has no key 'colour'", "there are fill, stroke, width, dash"),
        ("#fec", "red", "line 6, column 11: 'red' is not a colour", "write #rrggbb"),
        ("#fec", "#ffee", "line 6, column 11: '#ffee' is not a colour", "write #rrggbb"),
        ('"#fec"', "7", "line 6, column 11: 7 is not a colour", "write #rrggbb"),
        ("width = 2", "width = -1", "line 7, column 27: -1 is not a width", "write a number from 0 to 20"),
        ("width = 2", "width = nan", "line 7, column 27: nan is not a width", "write a number from 0 to 20"),
        ("width = 2", "width = true", "line 7, column 27: True is not a width", "write a number from 0 to 20"),
        ("4 2.5", "4 x", "line 7, column 11: '4 x' is not a pattern of dashes", "write lengths of line and gap"),
        ("4 2.5", '4\\" onload=\\"', "is not a pattern of dashes", "write lengths of line and gap"),
        ("arrow = { dash", "label-text = { fill = \"none\", dash", "'label-text' has no colour", "write fill"),
        ('{ dash = "4 2.5", width = 2 }', "2", "line 7, column 1: 'arrow' is not a table", "write { fill"),
        ('"light"', '"light', "line 2, column 17: it is not TOML: illegal character", ""),
        ('extends = "light"\n', "", "the theme has no style for variable, output", 'add extends = "light"'),
        ('extends = "light"\nbackground = "#fffdf5"\n', "", "the theme has no background", 'add extends = "light"'),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_theme_is_said_with_its_place(own, old, new, said, hint):
    assert old in OWN
    with pytest.raises(AdgraphError) as caught:
        theme(own(OWN.replace(old, new, 1)))
    assert said in str(caught.value)
    assert caught.value.hint.startswith(hint)
    assert "my.toml" in str(caught.value)


def test_files_that_are_no_themes(own, tmp_path):
    with pytest.raises(AdgraphError, match=r"cannot read .*none\.toml"):
        theme(str(tmp_path / "none.toml"))
    (tmp_path / "latin.toml").write_bytes(b"# \xe4\n")
    with pytest.raises(AdgraphError, match=r"is not UTF-8 \(byte 3\)"):
        theme(str(tmp_path / "latin.toml"))


def test_names_of_themes():
    assert all(map(is_theme, (*THEMES, "my.toml", "../themes/my.toml")))
    assert not any(map(is_theme, ("pink", "light.svg", "")))


@pytest.mark.parametrize("text", ["a = " + "[" * 5000 + "]" * 5000, "a = " + "{a = " * 5000])
def test_a_theme_is_not_nested_without_end(tmp_path, text):
    (tmp_path / "deep.toml").write_text(text)
    with pytest.raises(AdgraphError, match=r"deep\.toml: a theme has no line of more than 1,000 characters"):
        theme(str(tmp_path / "deep.toml"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_may_have_no_end_is_not_read(run):
    os.mkfifo("pipe.toml")
    os.symlink("/dev/zero", "zero.toml")
    for name in ("pipe.toml", "zero.toml"):
        result = run("draw", EXAMPLE, "--theme", name)
        assert result.exit_code == 1
        assert result.stderr == f"adgraph: cannot read '{name}': it is not a file\n"
        result = run("draw", EXAMPLE, "-o", "a.html", "--template", name)
        assert result.exit_code == 2
        assert f"cannot read '{name}': it is not a file." in result.stderr
    result = run("draw", "zero.toml")
    assert (result.exit_code, result.stderr) == (
        1,
        "adgraph: 'zero.toml' is a device, not a file\nhint: - is standard input\n",
    )


def test_the_command_draws_in_a_theme_of_ones_own(run, own):
    result = run("draw", EXAMPLE, "--theme", own(OWN), "-o", "a.svg", "-o", "a.pdf")
    assert (result.exit_code, result.stderr) == (0, "")
    with open("a.svg", encoding="utf-8") as file:
        assert 'fill="#ffeecc" stroke="#884400"' in file.read()


def test_a_theme_that_is_hard_to_read_is_drawn_with_a_note(run, own):
    result = run("draw", EXAMPLE, "-o", "a.svg", "--theme", own('extends = "dark"\nbackground = "#808080"'))
    assert result.exit_code == 0
    assert "my.toml: the contrast of label-text and background is 3." in result.stderr


@pytest.mark.parametrize("base", ["3", "[]", "{ light = 1 }"])
def test_a_wrong_theme_writes_nothing(run, own, base):
    result = run("draw", EXAMPLE, "-o", "a.svg", "--theme", own(f"extends = {base}"))
    assert (result.exit_code, files()) == (1, ["my.toml"])
    assert result.stderr.startswith("adgraph: ")

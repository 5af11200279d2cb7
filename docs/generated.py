"""The pages of the reference that are made from the code's own tables: `PAGES` has each by its file."""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

import graphviz_ad
from graphviz_ad.cli import COMMANDS
from graphviz_ad.cli.main import main
from graphviz_ad.cli.option_groups import in_groups
from graphviz_ad.cli.rules import _table as rules_table
from graphviz_ad.core.request import Request
from graphviz_ad.formats import formats
from graphviz_ad.formats.tables import TABLE_FORMATS
from graphviz_ad.lesson.views import VIEWS
from graphviz_ad.options.keywords import FUNCTIONS
from graphviz_ad.options.table import Option, of_command, of_function

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "templates" / "schema" / "adgraph-1.json"
PACKAGE = Path(graphviz_ad.__file__).parent
ALL_OPTIONS = """# All options

One table in the code says them all, for the commands, for keywords in Python and for the options of a figure
in a document.
"""
ERRORS = """# Errors

What adgraph says, and what it says to do next; … stands for names and numbers. An error names its place and marks it;
the exit status is 1, and 2 for a wrong use of the command.
"""
SUBJECTS = {  # of errors, by the folder that they come from
    "read": "Reading a source", "core": "Names, numbers, graphs", "derive": "Derivatives", "algebra": "Algebra",
    "point": "Numbers and claims", "lesson": "Views and exercises", "drawing": "Layout, themes and sizes",
    "formats": "Formats", "options": "Options", "documents": "Documents", "hosts": "Documents",
    "host": "Files and streams", "cli": "Commands", "pipeline.py": "What is asked",
    "api.py": "From Python",
}  # fmt: skip


def commands() -> str:
    """Every command with its help, its examples and its options."""
    parts = ["# Commands\n\n`adgraph --help` and `man adgraph` say the same in a terminal.\n"]
    for name in COMMANDS:
        ctx = click.Context(main)
        command = main.get_command(ctx, name)
        assert command is not None
        within = click.Context(command, info_name=name, parent=ctx)
        arguments = " ".join(p.make_metavar(within) for p in command.params if isinstance(p, click.Argument))
        parts.append(f"## adgraph {name} {{ #{name} }}\n\n`adgraph {name} [OPTION]… {arguments}`\n")
        parts.append(_help(command.help or ""))
        known = {one.name or "": one for one in command.params if isinstance(one, click.Option)}
        for group, fields in in_groups(known).items():
            rows = [known[field].get_help_record(within) or ("", "") for field in fields]
            parts.append(_table((group, ""), [(f"`{spelled}`", said) for spelled, said in rows]))
    return "\n".join(parts)


def _help(said: str) -> str:
    """The help of a command, in Markdown."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", inspect.cleandoc(said))]
    return "\n\n".join(
        "\n".join(["````sh", *(line.strip("\b ") for line in lines[1:]), "````"])
        if lines[0].strip() in ("\b", "\\b")
        else inert(" ".join(map(str.strip, lines)))
        for lines in blocks
    ) + "\n"  # fmt: skip


def options() -> str:
    """All options in one table: which commands have them, and which functions as a keyword."""
    found: dict[str, Option] = {}
    having: dict[str, list[str]] = {}
    keywords: dict[str, list[str]] = {}
    for command in COMMANDS:
        for option in of_command(command):
            found.setdefault(option.name, option)
            having.setdefault(option.name, []).append(command)
    for function in FUNCTIONS:
        for name in of_function(function):
            keywords.setdefault(name, []).append(function)
    parts = [ALL_OPTIONS]
    order = [name for name in Request.__match_args__ if name in found]
    for group, names in in_groups(order).items():
        rows = [
            (f"`--{found[n].spelled}`", found[n].help(), _words(found[n]), ", ".join(having[n]),
             f"`{n}`" if n in keywords else "")
            for n in names
        ]  # fmt: skip
        parts.append(f"## {group}\n\n{_table(('option', 'what it does', 'words', 'commands', 'keyword'), rows)}")
    listed = _table(("view",), [(f"`{view}`",) for view in VIEWS])
    made = [(f"`{one.name}`", " ".join(f"`{e}`" for e in one.extensions), one.about) for one in formats().values()]
    parts += [f"## Views\n\n{listed}", f"## Formats\n\n{_table(('format', 'extensions', 'what it is'), made)}"]
    return "\n".join(parts)


def _words(option: Option) -> str:
    return ", ".join(f"`{word}`" for word in option.choices())


def python() -> str:
    """What `import graphviz_ad` offers, with its docstrings."""
    parts = ["# Python\n\nWhat `import graphviz_ad` offers. [How to use it](../how-to/python.md) has examples.\n"]
    offered = [(name, getattr(graphviz_ad, name)) for name in graphviz_ad.__all__ if not name.startswith("__")]
    parts += [_function(name, made) for name, made in offered if inspect.isfunction(made)]
    for name, made in offered:
        if inspect.isclass(made):
            parts.append(f"## {name}\n\n{inert(inspect.getdoc(made) or '')}\n")
            parts += [
                f"### {name}.{method}\n\n`{method}{_signature(told)}`\n\n{inert(inspect.getdoc(told) or '')}\n"
                for method, told in vars(made).items()
                if inspect.isfunction(told) and not method.startswith("_") and name == "Figure"
            ]
    return "\n".join(parts)


def _function(name: str, made: Callable[..., Any]) -> str:
    told = [f"## {name}\n\n`{name}({_own(made)})`\n\n{inert(inspect.getdoc(made) or '')}\n"]
    if name in FUNCTIONS:
        rows = [(f"`{key}`", option.help(), _words(option)) for key, option in of_function(name).items()]
        told.append(_table(("keyword", "what it does", "words"), rows))
    return "\n".join(told)


def _own(made: Callable[..., Any]) -> str:
    """The parameters of a function that are not options."""
    given = inspect.signature(made).parameters.values()
    known = of_function(made.__name__) if made.__name__ in FUNCTIONS else {}
    shown = [
        str(p).partition(":")[0] + ("=…" if p.default is not p.empty else "") for p in given if p.name not in known
    ]
    return ", ".join([*shown, *(["**options"] if known else [])])


def _signature(made: Callable[..., Any]) -> str:
    given = [p for p in inspect.signature(made).parameters.values() if p.name != "self"]
    return f"({', '.join(str(p).partition(':')[0] for p in given)})"


def json_schema() -> str:
    """The fields of the JSON that figures are written as."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    link = "[The schema](../../templates/schema/adgraph-1.json)"
    parts = [f"# JSON\n\n{inert(schema['description'])} {link} is `{schema['$id']}`.\n"]
    parts += [f"## {name}\n\n{_fields(told)}" for name, told in {"sheet": schema, **schema["$defs"]}.items()]
    return "\n".join(parts)


def _fields(told: dict[str, Any]) -> str:
    rows = [
        (f"`{name}`", "always" if name in told.get("required", ()) else "", _kind(field), field.get("description", ""))
        for name, field in told.get("properties", {}).items()
    ]
    return _table(("field", "there", "kind", "what it is"), rows) if rows else f"{_kind(told)}\n"


def _kind(field: dict[str, Any]) -> str:
    """What kind of value a field of a schema has."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    for key in ("oneOf", "anyOf"):
        if key in field:
            return " or ".join(_kind(one) for one in field[key])
    kind = field.get("type", "")
    return f"list of {_kind(field['items'])}" if kind == "array" and "items" in field else str(kind)


def operations() -> str:
    """The table of operations with their derivatives."""
    return (
        "# Operations\n\nMade from [the table](../../graphviz_ad/core/ops) that everything else is made from, by "
        "`adgraph rules`; `adgraph rules tanh` says more of one, `adgraph rules matrices` those of vectors and "
        f"matrices.\n\n```text\n{TABLE_FORMATS['text'](rules_table(), 6)}```\n"
    )


def errors() -> str:
    """Every message of an error in the code, with what it says to do next; what varies is an ellipsis."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        subject = SUBJECTS.get(path.relative_to(PACKAGE).parts[0], "Elsewhere")
        for message, hint in _messages(ast.parse(path.read_text("utf-8"))):
            found.setdefault(subject, {}).setdefault(message, hint)
    parts = [ERRORS]
    parts += [f"## {subject}\n\n{_table(('message', 'hint'), sorted(rows.items()))}" for subject, rows in found.items()]
    return "\n".join(parts)


def _messages(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "AdgraphError"
            and node.args
        ):
            message = _said(node.args[0])
            hints = [*node.args[2:3], *(key.value for key in node.keywords if key.arg == "hint")]
            if message.strip("… "):
                yield message, _said(hints[0]).strip("… ") and _said(hints[0]) if hints else ""


def _said(node: ast.expr) -> str:
    """The text of an expression, where it is one."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_said(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _said(node.left) + _said(node.right)
    return "…"


# ---- Markdown


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *(tuple(map(_cell, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    """Text in a cell of a table; what is code or a link already stays so."""
    told = text if text.startswith(("`", "[", "list of [")) else inert(text)
    return (told if told.startswith("`") else told.replace("|", "\\|")).replace("\n", " ")


def inert(text: str) -> str:
    """Text in which Markdown and HTML see nothing; code stays code."""
    parts = re.split(r"((?<!`)`[^`]+`(?!`))", text)
    return "".join(
        part if number % 2 else re.sub(r"([\\*_\[\]{}#`])", r"\\\1", part).replace("<", "&lt;")
        for number, part in enumerate(parts)
    )


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands,
    "reference/options.md": options,
    "reference/python.md": python,
    "reference/json.md": json_schema,
    "reference/operations.md": operations,
    "reference/errors.md": errors,
}

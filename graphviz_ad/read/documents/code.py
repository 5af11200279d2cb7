"""Python in documents: assignments of formulas, q = x + y, and of gradients, dx = dq. Nothing is run."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from graphviz_ad.core.errors import AdgraphError
from graphviz_ad.core.names import Name, Parts
from graphviz_ad.core.ops import ELSEWHERE, FUNCTIONS
from graphviz_ad.read.documents import kinds
from graphviz_ad.read.documents.formulas import Excerpt
from graphviz_ad.read.documents.sayings import DEFINITION, DERIVATIVE, SKIPPED, VALUE, Said, defined_by
from graphviz_ad.read.documents.statements import Saying, SideText
from graphviz_ad.read.text.cutting import statements

_MODULES = frozenset("math np numpy torch jnp jax tf cmath mp sympy sp K F anp".split())
_MAGIC = re.compile(r"^[ \t]*[%!?].*$|^.*\?$", re.MULTILINE)
_PROMPT = re.compile(r"^(?:>>>|\.\.\.)[ ]?", re.MULTILINE)
MAX_LINE = 1_000
MAX_CODE = 100_000


class _UnreadError(Exception):
    """Code that is no formula of numbers."""


def said(formula: Excerpt, known: Collection[Parts]) -> Iterator[Said]:
    """What the assignments of a block of code say; all else of it is passed over. `known` are the names so far, among
    them those of what this yields."""
    text = _MAGIC.sub(
        lambda line: "#".ljust(len(line[0])), _PROMPT.sub(lambda prompt: " " * len(prompt[0]), formula.text)
    )
    if len(text) > MAX_CODE:
        return
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    assigned = [(node, *one) for node in _nodes(text) for one in _assigned(node)]
    sums: dict[str, str] = {}
    last = {name: number for number, (_, name, _, _) in enumerate(assigned)}
    added = {name for _, name, _, adds in assigned if adds}
    for number, (node, name, expression, adds) in enumerate(assigned):
        start, end = (
            starts[line - 1] + len(text.split("\n")[line - 1].encode()[:column].decode(errors="ignore"))
            for line, column in ((node.lineno, node.col_offset), (node.end_lineno or 1, node.end_col_offset or 0))
        )
        made = Said(SKIPPED, formula, start, end, skipped=kinds.CODE)
        if name in added:  # dx = …; dx += …: it is what all of them make
            is_known = not adds or name in sums  # of what was before this block nothing is said
            if is_known:
                sums[name] = f"{sums[name]} + {expression}" if adds else expression
            if number < last[name] or not is_known:
                yield made.replace(skipped=kinds.UPDATE)
                continue
        yield _one(made, name, sums.get(name, expression), known)


def _nodes(text: str) -> list[ast.stmt]:
    """The statements of a block; of one that is no Python those of its lines that are."""
    try:
        return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    found: list[ast.stmt] = []
    for number, line in enumerate(text.split("\n")):
        if "=" not in line or len(line) > MAX_LINE or line[:1].isspace():
            continue
        try:
            made = ast.parse(line).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in made:
            ast.increment_lineno(node, number)
        found += made
    return found


def _assigned(node: ast.stmt) -> Iterator[tuple[str, str, bool]]:
    """The names that a statement gives values, f(x) for a function, with the text of each; and whether it adds to what
    was there. A value that is no formula is nothing."""
    try:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            yield from _pairs(node.targets[0], node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add) and isinstance(node.target, ast.Name):
            yield node.target.id, _text(node.value), True
        elif isinstance(node, ast.FunctionDef):
            body = [one for one in node.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
            if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
                yield _function(node.name, node.args, body[0].value)
    except (_UnreadError, RecursionError):
        pass


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, ast.Lambda) and isinstance(target, ast.Name):
        yield _function(target.id, value.args, value.body)
    elif isinstance(target, ast.Name) and isinstance(value, (ast.List, ast.Tuple)):
        for number, one in enumerate(value.elts):
            yield f"{target.id}_{number}", _text(one), False
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other)
    elif isinstance(target, (ast.Name, ast.Subscript)):
        yield _text(target), _text(value), False


def _function(name: str, args: ast.arguments, body: ast.expr) -> tuple[str, str, bool]:
    plain = not (args.vararg or args.kwarg or args.kwonlyargs or args.defaults or args.posonlyargs)
    if not plain or not args.args or name.startswith("_"):
        raise _UnreadError
    return f"{name}({', '.join(arg.arg for arg in args.args)})", _text(body), False


_SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^", ast.USub: "-", ast.UAdd: "+"}
_COMPARED = {ast.Gt: ">", ast.GtE: ">=", ast.Lt: "<", ast.LtE: "<="}


def _text(node: ast.expr) -> str:
    """An expression of Python in adgraph's own language. Raises _UnreadError for what is none of numbers."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return repr(node.value) if node.value == node.value else _raise()
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id in _MODULES and node.attr in ("pi", "e"):
            return node.attr
        if node.attr in ("data", "grad"):
            return f"{node.value.id}_grad" if node.attr == "grad" else node.value.id
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and type(node.slice.value) is int:
        return f"{node.value.id}_{node.slice.value}" if isinstance(node.value, ast.Name) else _raise()
    if isinstance(node, ast.UnaryOp) and type(node.op) in _SIGNS:
        return f"({_SIGNS[type(node.op)]}{_text(node.operand)})"
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return f"({_text(node.left)} {_SIGNS[type(node.op)]} {_text(node.right)})"
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        return f"[{_text(node.left)} {_COMPARED[type(node.ops[0])]} {_text(node.comparators[0])}]"
    if isinstance(node, ast.Call) and not node.keywords:
        return f"{_called(node.func)}({', '.join(map(_text, node.args))})"
    return _raise()


def _called(node: ast.expr) -> str:
    """What a function is called here."""
    word = node.id if isinstance(node, ast.Name) else ""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _MODULES:
        word = node.attr
        if word not in FUNCTIONS and word in ELSEWHERE:
            return ELSEWHERE[word].name
    return word or _raise()


def _raise() -> str:
    raise _UnreadError


def _is_gradient(name: str, known: Collection[Parts]) -> bool:
    """Whether a name is the gradient of one that is known, dw, or of two, dfdw and df_dw."""
    if Name(name).key in known:
        return False
    bare = name[1:].lstrip("_") if name.startswith("d") else name.removeprefix("grad_").removesuffix("_grad")
    if bare == name:
        return False
    parts = [(bare[:at].strip("_"), bare[at + 1 :].lstrip("_")) for at in range(1, len(bare)) if bare[at] == "d"]
    return Name(bare).key in known or any(
        of and Name(of).key in known and by and Name(by).key in known for of, by in parts
    )


def _one(made: Said, head: str, expression: str, known: Collection[Parts]) -> Said:
    """What one assignment says."""
    bare = head.partition("(")[0]
    equation = f"{head} = {expression}"
    made = made.replace(
        statement=Saying((SideText(head, made.start), SideText(expression, made.start, "="))), names=(Name(bare),)
    )
    if "(" not in head and _is_gradient(bare, known):
        return made.replace(kind=DERIVATIVE)
    try:
        (tokens,) = statements(equation, notes=[])
        definition = defined_by(Name(bare), tokens, {}, made.formula, made.start, equation)
    except (AdgraphError, ValueError) as error:
        return made.replace(error=error if isinstance(error, AdgraphError) else None)
    if definition.key in definition.reads:
        return made.replace(skipped=kinds.UPDATE)
    return made.replace(kind=VALUE if definition.is_value else DEFINITION, definitions=(definition,))

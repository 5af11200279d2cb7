"""The house: imports only go down, and never in a circle."""

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "graphviz_ad"

# From the ground up, as CONTRIBUTING has them. A file may import what is below it and, in its own folder, what does not
# import it.
CONTRIBUTING = (PACKAGE.parent / "CONTRIBUTING.md").read_text("utf-8")
FLOORS = re.findall(
    r"(?m)^\* `(\w+)(?:/|\.py)`: ", CONTRIBUTING.partition("begins at the ground")[2].partition("\n\nEvery file")[0]
)


def floor(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def modules() -> dict[str, ast.Module]:
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 2 else parts)
        found[name] = ast.parse(path.read_text("utf-8"))
    return found


def imports(tree: ast.Module, known: set[str]) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("graphviz_ad"):
            found |= {full if (full := f"{node.module}.{name.name}") in known else node.module for name in node.names}
    return found


MODULES = modules()
IMPORTS = {name: imports(tree, set(MODULES)) for name, tree in MODULES.items()}


def upward(name: str, imported: set[str]) -> list[str]:
    here = FLOORS.index(floor(name))
    return [other for other in imported if FLOORS.index(floor(other)) > here]


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_only_go_down(name):
    assert floor(name) in FLOORS
    assert upward(name, IMPORTS[name]) == []


def test_an_upward_import_would_be_found():
    tree = ast.parse("from graphviz_ad.cli.main import main\nfrom graphviz_ad.core.ops import OPS")
    assert upward("graphviz_ad.notation.latex", imports(tree, set(MODULES))) == ["graphviz_ad.cli.main"]


def test_no_circles():
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name not in done:
            for other in sorted(IMPORTS.get(name, ())):
                visit(other, (*path, name))
            done.add(name)

    for name in sorted(IMPORTS):
        visit(name, ())


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_module_says_what_it_is(name):
    """Its first paragraph is its line in the list of files, `python docs/files.py`."""
    assert ast.get_docstring(MODULES[name])


def test_the_list_of_floors_names_no_more_than_there_is():
    assert sorted(FLOORS) == sorted({floor(name) for name in MODULES})


def test_no_name_is_used_for_two_things():
    """Classes, and other types with a name; but for the library's `Graph`, which is the core's with a picture of
    itself, and for `Shape`, of an array and in a figure."""
    places: dict[str, list[str]] = {}
    for name, tree in MODULES.items():
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else node
            made = getattr(target, "name", "") if isinstance(node, ast.ClassDef) else getattr(target, "id", "")
            if re.match("[A-Z][a-z]", made):
                places.setdefault(made, []).append(name)
    assert {name: found for name, found in places.items() if len(found) > 1}.keys() == {"Graph", "Shape"}


def test_no_comprehension_hides_what_its_function_calls():
    """Python 3.12.1 then looks for a global name, `kink(…)`, among the variables of `{kink for kink in …}`, which is
    over."""
    hidden = []
    for module, tree in MODULES.items():
        outer = {node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))} | imported(tree)
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            loops = [node for node in ast.walk(function) if isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp))]
            bound = {name for loop in loops for each in loop.generators for name in names(each.target)}
            called = {node.func.id for node in ast.walk(function)
                      if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
            hidden += [f"{module}, {function.name}: {name}" for name in sorted(bound & called & outer)]
    assert not hidden


def imported(tree):
    found = (node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom)))
    return {alias.asname or alias.name for node in found for alias in node.names}


def names(target):
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]

"""Builds the page with the whole tool as a folder of static files: `python web/build.py FOLDER`.

It needs pip and npm, which fetch the wheels for Pyodide (Typst, FLINT) and Pyodide itself, and the folder needs no
network but that of whoever visits it. No index has numpy for Pyodide, with which numbers of vectors and matrices are
computed: `--arrays` fetches it from Pyodide's own distribution, and `--wheel FILE` adds a wheel that is here.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zipfile import ZIP_DEFLATED, ZipFile

HERE = Path(__file__).parent
ROOT = HERE.parent
PYODIDE = "314.0.7"
ABI = "pyemscripten_2026_0_wasm32"  # of that Pyodide, which is Python 3.14
DISTRIBUTION = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
COMPILED = ("python-flint>=0.7", "typst>=0.15,<0.16")
PURE = ("click>=8.1", "graphviz>=0.20", "jinja2>=3.1")
NEEDED = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
OF_A_PAGE = {"--view": "view", "--style": "view", "--wrt": "wrt", "--at": "at"}  # options with a field of their own


def build(site: Path, more: list[Path], arrays: bool = False) -> None:
    """Write the whole site into a folder."""
    for name in ("wheels", "pyodide"):
        shutil.rmtree(site / name, ignore_errors=True)
        (site / name).mkdir(parents=True)
    shutil.copytree(HERE / "page", site, dirs_exist_ok=True)
    shutil.copy(HERE / "desk.py", site)
    shutil.copy(ROOT / "gallery" / "01-sheet" / "figure.svg", site / "first.svg")  # until Python is there
    lock = _pyodide(site / "pyodide")
    _wheels(site / "wheels", more)
    if arrays:
        distributed(lock, "numpy", site / "wheels")
    listed = [{"name": path.name, "bytes": path.stat().st_size} for path in sorted((site / "wheels").iterdir())]
    (site / "packages.json").write_text(json.dumps({"pyodide": PYODIDE, "wheels": listed}, indent=1), "utf-8")
    shown = examples(any("numpy" in str(wheel["name"]) for wheel in listed))
    (site / "examples.json").write_text(json.dumps(shown, ensure_ascii=False, indent=1), "utf-8")


def examples(arrays: bool) -> list[dict[str, str]]:
    """What the gallery draws of equations, as the fields of the page; numbers of arrays where these can be computed."""
    found = []
    for path in sorted((ROOT / "gallery").glob("*/command.txt")):
        words = shlex.split(path.read_text("utf-8"))[1:]
        sources = [path.parent / word for word in words if word.startswith("source.")]
        if words[0] != "draw" or not sources or not sources[0].is_file():
            continue
        title, _, source = sources[0].read_text("utf-8").partition("\n")
        example = _fields(words[2:]) | {"title": title.lstrip("#% "), "source": source.strip()}
        if arrays or "[" not in example["at"]:
            found.append(example)
    return found


def _fields(words: list[str]) -> dict[str, str]:
    """The options of a command of the gallery in the fields of the page, without the files that it writes."""
    fields = {"view": "", "wrt": "", "at": "", "more": ""}
    left = iter(words)
    for word in left:
        if word in ("-o", "--answers"):
            next(left)
        elif word not in OF_A_PAGE:
            fields["more"] = f"{fields['more']} {shlex.quote(word)}".strip()
        elif (field := OF_A_PAGE[word]) == "view":
            fields["view"] = f"{word} {next(left)}"
        else:
            fields[field] = ",".join(filter(None, (fields[field], next(left))))
    return fields


def distributed(lock: dict[str, Any], name: str, folder: Path, distribution: str = DISTRIBUTION) -> None:
    """Write the wheel of a package that Pyodide's distribution has, if it is the one that its lock says."""
    package = lock["packages"][name]
    with urlopen(distribution + package["file_name"]) as answer:
        content = answer.read()
    if sha256(content).hexdigest() != package["sha256"]:
        raise SystemExit(f"{package['file_name']} is not what Pyodide {PYODIDE} says")
    (folder / package["file_name"]).write_bytes(content)


def _pyodide(folder: Path) -> dict[str, Any]:
    """Pyodide's files, and a lock without the packages of its distribution, which are elsewhere; the lock as it was."""
    with tempfile.TemporaryDirectory() as here:
        _run("npm", "pack", "--silent", f"pyodide@{PYODIDE}", cwd=here)
        (packed,) = Path(here).glob("*.tgz")
        with tarfile.open(packed) as archive:
            for name in NEEDED:
                member = archive.extractfile(f"package/{name}")
                assert member is not None
                (folder / name).write_bytes(member.read())
    lock: dict[str, Any] = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    (folder / "pyodide-lock.json").write_text(json.dumps(lock | {"packages": {}}), "utf-8")
    return lock


def _wheels(folder: Path, more: list[Path]) -> None:
    """adgraph's own wheel and those of what it needs; of what is compiled, those for Pyodide."""
    download = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", str(folder))
    _run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT))
    version = ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314", "--abi", "abi3")
    _run(*download, "--platform", ABI, *version, *COMPILED)
    _run(*download, *PURE)
    with tempfile.TemporaryDirectory() as here:
        _run(*download[:-1], here, "markupsafe>=3")
        (wheel,) = Path(here).iterdir()
        _pure(wheel, folder / f"{'-'.join(wheel.name.split('-')[:2])}-py3-none-any.whl")
    for wheel in folder.glob("python_flint*"):
        _pure(wheel, wheel.with_suffix(".part"), "flint/test/", keep=True).replace(wheel)
    for wheel in more:
        shutil.copy(wheel, folder)


def _pure(wheel: Path, target: Path, without: str = "", keep: bool = False) -> Path:
    """A wheel without some of its files: those that are compiled, which MarkupSafe can do without, unless they are
    kept; and those in a folder."""
    with ZipFile(wheel) as old, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as new:
        for name in old.namelist():
            if (keep or not name.endswith((".so", ".pyd", ".c"))) and not (without and name.startswith(without)):
                new.writestr(name, old.read(name))
    return target


def _run(*words: str, cwd: str | None = None) -> None:
    subprocess.run(words, check=True, cwd=cwd, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--arrays", action="store_true")
    parser.add_argument("--wheel", type=Path, action="append", default=[])
    asked = parser.parse_args()
    build(asked.folder, asked.wheel, asked.arrays)
    size = sum(path.stat().st_size for path in asked.folder.rglob("*") if path.is_file())
    print(f"{asked.folder}: {size / 1e6:.1f} MB")

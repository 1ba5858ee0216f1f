"""What is imported is declared, with a bound, and the README says why."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = {"softmax_core", "ui", "lessons", "pages", "app", "tests", "benchmarks", "streamlit_app"}
OPTIONAL = {"psycopg"}  # imported where the operator asks for it
APP = ["streamlit_app.py", "softmax_core", "ui", "lessons", "pages", "app"]


def imported(places: list[str]) -> Iterator[str]:
    """The packages from elsewhere that the Python files in some places import."""
    for place in places:
        path = ROOT / place
        for file in [path] if path.suffix else sorted(path.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom) and not node.level and node.module:
                    names = [node.module]
                for name in names:
                    top = name.split(".")[0]
                    if top not in sys.stdlib_module_names | OURS:
                        yield name if top == "google" else top


def declared(file: str) -> dict[str, str]:
    """What a file of requirements asks for, and in which versions; files that it includes too."""
    found: dict[str, str] = {}
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= declared(str(Path(file).parent / line[3:]))
        elif line and not line.startswith("#"):
            name, bound = re.fullmatch(r"([\w.-]+)(?:\[[\w,]+\])?(.*)", line).groups()
            found[_plain(name)] = bound
    return found


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_BROUGHT = packages_distributions()


def distributions(name: str) -> set[str]:
    """Which packages bring a module."""
    if name.startswith("google.protobuf"):
        return {"protobuf"}
    return set(map(_plain, _BROUGHT[name]))


@pytest.mark.parametrize(("places", "file"), [
    (APP, "requirements.txt"),
    ([*APP, "tests"], "requirements-dev.txt"),
])  # fmt: skip
def test_what_is_imported_is_declared(places: list[str], file: str) -> None:
    known = declared(file)
    asked = set(imported(places)) - (OPTIONAL if file == "requirements.txt" else set())
    missing = {name for name in asked if not distributions(name) & set(known)}
    assert not missing, missing
    assert all(re.match(r"[=<>~]=?", bound) for bound in known.values()), known


def test_the_readme_says_why() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("_", "-").lower()
    reasons = text.split("## dependencies")[1].split("## measured")[0]
    assert [name for name in declared("requirements-dev.txt") if name not in reasons] == []


def test_tools_for_scripts_are_pinned_and_explained_and_nothing_of_npm_is_served() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    tools = package["devDependencies"]
    assert "dependencies" not in package
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in tools.values()), tools
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in tools if name not in text] == []


def test_nothing_is_declared_that_is_not_imported() -> None:
    used = {package for name in set(imported(APP)) for package in distributions(name)}
    by_name = {"plotly", "pyarrow", "uvicorn", "websockets"}  # plotly.js is a file, pyarrow warmed up by name
    assert set(declared("requirements.txt")) <= used | by_name

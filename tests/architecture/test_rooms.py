"""Imports go one way: streamlit_app → ui.app → pages → ui, charts → softmax_core."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = {"ui", "pages", "charts", "softmax_core", "streamlit_app", "tests", "benchmarks"}
MAY_IMPORT = {
    "softmax_core": {"softmax_core"},
    "charts": {"charts", "softmax_core"},
    "pages": {"ui", "charts", "softmax_core"},
    "ui": {"ui", "charts", "softmax_core"},
    "streamlit_app.py": {"ui"},
}
SOURCES = [
    path
    for room in MAY_IMPORT
    for path in sorted((ROOT / room).rglob("*.py") if "." not in room else [ROOT / room])
]


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: import from the root, not relatively"
            found.add(node.module)
    return found


def room(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_room_imports_only_what_lies_below_it(path: Path) -> None:
    ours = {name.split(".")[0] for name in imported(path)} & OURS
    assert ours <= MAY_IMPORT[room(path)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_ui_and_pages_know_streamlit(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    if room(path) in {"softmax_core", "charts"}:
        assert not roots & {"streamlit", "plotly", "pandas"}
    if room(path) == "pages":
        assert not roots & {"numpy", "plotly", "pandas"}, "a page has no arithmetic and no figure code"


def test_pages_do_not_import_each_other_nor_the_frame() -> None:
    for path in SOURCES:
        if room(path) in {"pages", "charts"}:
            assert not {name for name in imported(path) if name.startswith(("pages", "ui.app", "ui.server"))}


def test_a_page_is_a_short_storyboard() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 170, path.name
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


def test_nothing_in_the_product_points_outside_it() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    places = {name.split("/")[0] for name in tracked}
    files = {"pyproject.toml", "requirements.txt", "requirements-dev.txt", "README.md", "LICENSE"}
    allowed = (OURS - {"streamlit_app"}) | files
    allowed |= {"streamlit_app.py", ".streamlit", ".ci", ".github", ".gitignore"}
    assert places <= allowed


def test_every_figure_of_the_core_is_drawn_by_the_stage() -> None:
    for path in SOURCES:
        assert "plotly_chart" not in path.read_text(encoding="utf-8") or path.name == "stage.py"

"""Imports go one way: streamlit_app → app → pages → lessons → ui → softmax_core."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = {"app", "pages", "lessons", "ui", "softmax_core", "streamlit_app", "tests", "benchmarks"}
MAY_IMPORT = {
    "softmax_core": {"softmax_core"},
    "ui": {"ui", "softmax_core"},
    "lessons": {"lessons", "ui", "softmax_core"},
    "pages": {"lessons", "ui", "softmax_core"},
    "app": {"app", "lessons", "ui", "softmax_core"},
    "streamlit_app.py": {"app"},
}
PURE = {"softmax_core", "charts", "pictures", "model", "formulas", "settings", "worksheet", "reference"}
PURE |= {"cells", "own_data", "tables", "point_codes", "scene", "scene_json", "scene_rules", "replay"}
SHOWS_ALL = {"home"}  # the start page has a picture of a lesson
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
def test_what_computes_or_draws_knows_no_streamlit(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported(path)}
    if {*path.relative_to(ROOT).with_suffix("").parts} & PURE:
        assert not roots & {"streamlit", "plotly", "pandas"}
    if room(path) == "pages":
        assert not roots & {"numpy", "plotly", "pandas"}, "a page has no arithmetic and no figure code"


def test_of_another_lesson_only_its_model_and_its_formulas_are_imported() -> None:
    for path in (ROOT / "lessons").glob("*/**/*.py"):
        owner = path.relative_to(ROOT / "lessons").parts[0]
        for name in imported(path):
            _, *parts = name.split(".")
            if name.startswith("lessons.") and parts[0] != owner and owner not in SHOWS_ALL:
                assert set(parts[1:]) <= {"model", "formulas"}, f"{path}: {name}"


def test_a_page_is_a_short_storyboard() -> None:
    for path in (ROOT / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 170, path.name
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path.name


def test_every_figure_of_the_core_is_drawn_by_the_stage() -> None:
    for path in SOURCES:
        assert "plotly_chart" not in path.read_text(encoding="utf-8") or path.name == "stage.py"

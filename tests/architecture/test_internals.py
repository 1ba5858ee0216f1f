"""docs/internals.md lists all that is relied on inside other packages, and says the truth about it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

from tests.internals import KATEX_CLASSES, PATHS, PLOTLYS_OWN, TEST_IDS, THEME_COLOURS, modules

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "docs" / "internals.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in LIST.splitlines()
    if line.startswith("| ") and not line.startswith("| what")
]
QUOTED = re.compile(r"`([^`]+)`")


def first_words(row: list[str]) -> str:
    return row[0][:50]


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


@pytest.mark.parametrize("row", ROWS, ids=first_words)
def test_every_place_and_every_test_in_the_list_is_there(row: list[str]) -> None:
    _what, where, _why, noticed = row
    for path, names in _places(where):
        source = (ROOT / path).read_text(encoding="utf-8")
        assert [name for name in names if name not in source] == [], path
    tests = QUOTED.findall(noticed)
    assert tests
    for test in tests:
        file, name = test.split("::")
        assert name in functions(ROOT / "tests" / file), test


def _places(where: str) -> Iterator[tuple[str, list[str]]]:
    """Each file of a cell, and the names that stand in it."""
    for place in where.split(" · "):
        path, *names = QUOTED.findall(place)
        yield path, names


def test_everything_that_is_used_inside_another_package_is_listed() -> None:
    listed = {word for row in ROWS for quoted in QUOTED.findall(row[0]) for word in quoted.split(".")}
    used = TEST_IDS | KATEX_CLASSES | THEME_COLOURS | PLOTLYS_OWN | PATHS | modules()
    assert [name for name in sorted(used - listed) if f"`{name}`" not in LIST] == []


def test_every_option_is_known_and_a_hidden_one_is_listed() -> None:
    known = config.get_config_options()
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for name in _names(options):
        assert name in known, name
        assert known[name].visibility == "visible" or f"`{name}`" in LIST, name


def _names(options: dict[str, object], before: str = "") -> Iterator[str]:
    for name, value in options.items():
        if isinstance(value, dict):
            yield from _names(value, f"{before}{name}.")
        else:
            yield before + name

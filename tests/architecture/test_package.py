"""What an importer is told of the package is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import softmax_core

ROOT = Path(__file__).parents[2]


def test_the_version_stands_in_one_place() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["dynamic"] == ["version"]
    assert settings["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "softmax_core.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+(\.dev0)?", softmax_core.__version__)


def test_the_changelog_begins_with_this_version() -> None:
    """A version in the making stands under “Unreleased”."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.findall(r"^## \[(.+?)\]", text, re.MULTILINE)[0]
    assert newest == ("Unreleased" if ".dev" in softmax_core.__version__ else softmax_core.__version__)


def test_the_oldest_numpy_that_is_allowed_is_tested() -> None:
    allowed = re.search(r'"numpy>=([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tested = re.search(r"numpy==([\d.]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert allowed
    assert tested
    assert tested[1] == f"{allowed[1]}.0"

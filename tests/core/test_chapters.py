"""The core in chapters: what stands at the top, what in which chapter, and that no name hides another."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import softmax_core

ROOT = Path(softmax_core.__file__).parent
#: Each imports only those before it.
CHAPTERS = ["functions", "losses", "numerics", "datasets", "linear", "information", "training", "notes"]
PACKAGES = ["softmax_core", *(f"softmax_core.{name}" for name in CHAPTERS)]
MAX_NAMES = 65


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_these_are_all_chapters() -> None:
    found = {module.name for module in pkgutil.iter_modules([str(ROOT)]) if module.ispkg}
    assert found == set(CHAPTERS)


@pytest.mark.parametrize("name", PACKAGES)
def test_no_module_is_hidden_by_what_has_its_name(name: str) -> None:
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(package.__path__):
        inner = importlib.import_module(f"{name}.{module.name}")
        assert getattr(package, module.name) is inner
        is_read = module.name == "reference"  # formulas as on the board: shown, and no kernel
        assert module.ispkg or is_read or module.name.startswith("_"), "import it from the chapter"


def test_the_top_is_short_and_takes_each_name_from_one_chapter() -> None:
    assert len(softmax_core.__all__) <= MAX_NAMES
    chapters = [getattr(softmax_core, chapter) for chapter in CHAPTERS]
    homes = Counter(name for chapter in chapters for name in chapter.__all__)
    assert [name for name, count in homes.items() if count > 1] == []
    for name in softmax_core.__all__:
        assert any(getattr(softmax_core, name) is getattr(each, name, None) for each in chapters), name


def test_every_chapter_is_there_after_a_plain_import() -> None:
    code = f"import softmax_core as sc; print(all(getattr(sc, name).__all__ for name in {CHAPTERS}))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True"


@pytest.mark.parametrize("place", range(len(CHAPTERS)), ids=CHAPTERS)
def test_a_chapter_imports_only_those_before_it(place: int) -> None:
    later = {f"softmax_core.{name}" for name in CHAPTERS[place + 1 :]} | {"softmax_core"}
    for path in (ROOT / CHAPTERS[place]).glob("*.py"):
        found = imported(path)
        assert not {module for module in found if ".".join(module.split(".")[:2]) in later}, path

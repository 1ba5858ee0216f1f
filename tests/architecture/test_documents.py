"""Every file and folder that the README, CONTRIBUTING and docs/serving.md name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "app|pages|lessons|ui|softmax_core|tests|benchmarks|docs|deploy"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
PLACE = re.compile(rf"(?<![\w./-])(?:{ROOMS})/[\w<>/.*@-]*")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/serving.md"])
def test_what_a_document_names_is_there(name: str) -> None:
    """`<slug>` and `*` stand for any name."""
    places = set(PLACE.findall((ROOT / name).read_text(encoding="utf-8")))
    assert len(places) > 3
    missing = [place for place in places if not list(ROOT.glob(_pattern(place)))]
    assert missing == []


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_is_listed_and_what_it_names_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"^\*\*(\w+)\.\*\*", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert f"({path.name})" in path.with_name("README.md").read_text(encoding="utf-8")
    assert [place for place in PLACE.findall(text) if not list(ROOT.glob(_pattern(place)))] == []


def _pattern(place: str) -> str:
    return re.sub(r"<\w+>", "*", place).rstrip("/.")

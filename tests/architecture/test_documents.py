"""Every file and folder that the README and CONTRIBUTING name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "app|pages|lessons|ui|softmax_core|tests|benchmarks|docs"
PLACE = re.compile(rf"(?<![\w./-])(?:{ROOMS})/[\w<>/.*-]*")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_a_document_names_is_there(name: str) -> None:
    """`<slug>` and `*` stand for any name."""
    places = set(PLACE.findall((ROOT / name).read_text(encoding="utf-8")))
    assert len(places) > 3
    missing = [place for place in places if not list(ROOT.glob(_pattern(place)))]
    assert missing == []


def _pattern(place: str) -> str:
    return re.sub(r"<\w+>", "*", place).rstrip("/.")

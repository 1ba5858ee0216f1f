"""Styles cost a picture little: none looks from around the pictures into all that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ui

FOLDER = Path(ui.__file__).parent
ALWAYS = (
    "frame.css",
    "present.css",
    "stage/stage.css",
    "way/way.css",
)  # paper.css waits for print
AROUND = re.compile(
    r'(?:html|body|\.stage|"(?:stApp|stMain|stMainBlockContainer|stElementContainer|stHorizontalBlock'
    r'|stVerticalBlock|stColumn|stLayoutWrapper)"\])[^\s,{>]*:has\((?!>)'
)
MEDIA = re.compile(r"@media \((?:max-width|min-width: 641px)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")


@pytest.mark.parametrize("name", ALWAYS)
def test_no_style_of_a_desk_looks_for_something_around_a_picture(name: str) -> None:
    text = MEDIA.sub("", (FOLDER / name).read_text(encoding="utf-8"))
    assert AROUND.findall(text) == []


def test_such_a_style_would_be_found() -> None:
    assert AROUND.search('[data-testid="stApp"]:has(.way) h1 { }')
    assert AROUND.search(".stage:has(.stage-space) p { }")
    assert not AROUND.search('[data-testid="stApp"] label:has(input:checked) { }')

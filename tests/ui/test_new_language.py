"""A language is files alone: one is put into a copy of the house, and the app speaks it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ("app", "pages", "lessons", "ui", "softmax_core", ".streamlit", "streamlit_app.py")
HELPERS = ("tests/__init__.py", "tests/lessons/__init__.py", "tests/lessons/conftest.py")
WRITTEN = {  # all that has been translated so far
    "ui/text/de.po": {"Language": "Sprache", "Language of the link": ""},
    "app/text/de.po": {"Share a link": "Link teilen", "Close": "Schließen"},
    "lessons/home/text/de.po": {"The lessons": "Die Lektionen"},
    "lessons/scores/text/de.po": {
        "Scores": "Punktzahlen",
        "How do scores become probabilities?": "Wie werden Punktzahlen zu Wahrscheinlichkeiten?",
        "Temperature": "Temperatur",
    },
}
NO_PROSE = "stability"
VISIT = """
import json
from app.boot import first_page, words
from lessons.worksheets import MAKERS
from numpy.random import default_rng
from tests.lessons.conftest import open_page, said
from ui import text

t = text.negotiate("", "de-AT,de;q=0.9,en;q=0.5")
pages = {slug: open_page(slug, "de") for slug in ("home", "scores", "stability", "names")}
scores = pages["scores"]
print(json.dumps({
    "name": t.name,
    "trouble": [str(error) for at in pages.values() for error in at.exception],
    "offered": [option.content for option in pages["home"].button_group(key="lang").proto.options],
    "headings": [header.value for header in pages["home"].header],
    "titles": {slug: at.title[0].value for slug, at in pages.items()},
    "controls": [json.loads(part.proto.json or "{}").get("label") for part in scores.get("bidi_component")],
    "said": {slug: said(at) for slug, at in pages.items()},
    "first page": first_page.html(t.code, t("Scores"), ""),
    "streamlit's words": json.loads(words.table())["de"],
    "sheets": {slug: len(make(t, default_rng(1))) for slug, make in MAKERS.items()},
}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a reader finds who asks for German."""
    house = tmp_path_factory.mktemp("house")
    for name in (*HOUSE, *HELPERS):
        _copy(ROOT / name, house / name)
    for english in house.glob("lessons/*/text/en.md"):
        if english.parts[-3] != NO_PROSE:
            prose = english.read_text(encoding="utf-8")
            english.with_name("de.md").write_text(_begun(prose), encoding="utf-8")
    for name, messages in WRITTEN.items():
        entries = [f'msgid "{message}"\nmsgstr "{said}"\n' for message, said in messages.items()]
        (house / name).write_text("\n".join(entries), encoding="utf-8")
    visit = subprocess.run(
        [sys.executable, "-c", VISIT], cwd=house, capture_output=True, text=True, check=False
    )
    assert visit.returncode == 0, visit.stderr
    answer: dict[str, Any] = json.loads(visit.stdout)
    return answer


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _begun(prose: str) -> str:
    """The first section in German, the last one not there yet."""
    head, first, *others = prose.split("<!-- ")
    name = first.split(" -->")[0]
    return "<!-- ".join([head, f"{name} -->\nAuf Deutsch.\n\n", *others[:-1]])


def test_it_is_offered_and_opens_without_a_complaint(found: dict[str, Any]) -> None:
    assert found["name"] == "Deutsch"
    assert found["offered"] == ["en", "de", "ko"]
    assert found["trouble"] == []
    assert '<html lang="de">' in found["first page"]


def test_what_is_translated_is_read_in_it(found: dict[str, Any]) -> None:
    assert found["titles"]["scores"] == "Wie werden Punktzahlen zu Wahrscheinlichkeiten?"
    assert "Die Lektionen" in found["headings"]
    assert "Temperatur" in found["controls"]
    assert "Auf Deutsch." in found["said"]["home"]
    assert found["streamlit's words"]["Close"] == "Schließen"


def test_what_is_missing_is_read_in_english(found: dict[str, Any]) -> None:
    assert found["titles"]["stability"] == "Why does softmax break, and what repairs it?"
    assert "Add a constant to every score" in found["controls"]
    assert len(found["said"]["stability"]) > 200
    assert "What you predicted stays in your browser." in found["said"]["home"]
    assert found["streamlit's words"]["Help"] == "Help"
    assert all(count > 0 for count in found["sheets"].values())

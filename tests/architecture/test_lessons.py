"""A lesson's folder holds all that the lesson owns, and each message stands where it is said."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import lessons
from lessons import HOME, LESSONS, PAGES
from lessons.worksheets import MAKERS
from tests import messages
from ui.text import CODES, DEFAULT, catalogues

ROOT = Path(__file__).parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "lessons").glob("*/__init__.py"))
CATALOGUES = [path for code in CODES if code != DEFAULT for path in catalogues(code)]


def test_every_folder_is_a_lesson_and_has_a_page_and_tests() -> None:
    slugs = [folder.name for folder in FOLDERS]
    assert slugs == sorted(page.slug for page in PAGES)
    assert slugs == sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    assert slugs == sorted(path.parent.name for path in (ROOT / "tests" / "lessons").glob("*/test_page.py"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_lesson_has_its_settings_its_pictures_its_words_and_no_other_kind_of_file(folder: Path) -> None:
    settings = import_module(f"lessons.{folder.name}.settings")
    assert settings.LESSON.slug == folder.name
    assert (folder / "pictures.py").exists() or (folder / "pictures" / "__init__.py").exists()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix != ".pyc"}
    words = {name for name in files if name.startswith("text/")}
    assert words >= {"text/en.md", "text/ko.md", "text/ko.po"}
    assert words <= {f"text/{code}.{kind}" for code in CODES for kind in ("md", "po")} - {"text/en.po"}
    assert {Path(name).suffix for name in files - words} <= {".py", ""}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)
def test_what_asks_a_reader_stands_in_the_folder_too(lesson) -> None:
    folder = ROOT / "lessons" / lesson.slug
    assert (folder / "worksheet.py").exists() == (lesson.slug in MAKERS)
    assert (folder / "predictions.py").exists() or (folder / "quiz.py").exists()
    assert HOME.slug not in MAKERS


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_message_stands_in_the_catalogue_of_the_room_that_says_it(path: Path) -> None:
    elsewhere = {
        str(entry.id): place
        for entry in messages.catalogue(path)
        if (place := _room_of(str(entry.id))) != path.parent.relative_to(ROOT).as_posix()
    }
    assert elsewhere == {}


def _room_of(message: str) -> str:
    """A lesson's folder if that lesson alone says it, `app` if the frame alone does, or else `ui`."""
    match sorted(messages.said().get(message, ())):
        case ["app"]:
            return "app/text"
        case [speaker] if speaker not in messages.ROOMS:
            return f"lessons/{speaker}/text"
        case _:
            return "ui/text"


def test_no_lesson_is_hidden_by_what_has_its_name() -> None:
    for page in PAGES:
        assert getattr(lessons, page.slug) is import_module(f"lessons.{page.slug}")

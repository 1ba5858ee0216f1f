"""Every language says the same, and all of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from lessons import PAGES
from tests import messages
from tests.messages import prose_files
from ui import text

ROOT = Path(__file__).parent.parent.parent
OTHERS = [code for code in text.CODES if code != text.DEFAULT]
PROSE = [page.slug for page in PAGES]
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
SLOT = re.compile(r"\[\[(\w+)\]\]")
FIELD = re.compile(r"\{(\w*)[^}]*\}")
HANGUL = re.compile(r"[가-힣]")


def catalogue(code: str) -> list[tuple[str, str, bool]]:
    return [
        (str(entry.id), str(entry.string), entry.fuzzy)
        for path in text.catalogues(code)
        for entry in messages.catalogue(path)
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_none_is_left_over(code: str) -> None:
    translated = {message for message, string, fuzzy in catalogue(code) if string and not fuzzy}
    used = set(messages.said())
    assert sorted(used - translated) == []
    assert sorted(translated - used) == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_is_translated_twice(code: str) -> None:
    assert [
        message for message, count in Counter(entry[0] for entry in catalogue(code)).items() if count > 1
    ] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_same_slots_and_formulas(code: str) -> None:
    for message, string, _ in catalogue(code):
        assert Counter(FIELD.findall(message)) == Counter(FIELD.findall(string)), message
        assert Counter(FORMULA.findall(message)) == Counter(FORMULA.findall(string)), message


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("page", PROSE)
def test_prose_has_the_same_sections_slots_and_formulas(code: str, page: str) -> None:
    english, other = text.sections(page, text.DEFAULT), text.sections(page, code)
    assert list(english) == list(other)
    for name in english:
        assert Counter(SLOT.findall(english[name])) == Counter(SLOT.findall(other[name])), name
        assert Counter(FORMULA.findall(english[name])) == Counter(FORMULA.findall(other[name])), name
        assert other[name] != english[name], name


@pytest.mark.parametrize("page", PROSE)
def test_korean_prose_is_in_korean(page: str) -> None:
    for name, section in text.sections(page, "ko").items():
        assert HANGUL.search(section), name


def test_explaining_takes_at_most_120_words() -> None:
    for page in PROSE:
        for name, section in text.sections(page, text.DEFAULT).items():
            words = FORMULA.sub("", section).split()
            assert len(words) <= 120, f"{page}.{name}: {len(words)} words"


@pytest.mark.parametrize("code", text.CODES)
def test_what_computes_the_numbers_is_called_by_its_name(code: str) -> None:
    """“The core” is a word of those who build the app."""
    files = [*text.catalogues(code), *prose_files(code)]
    words = " ".join(path.read_text(encoding="utf-8") for path in files)
    assert not re.search(r"\bthe core\b|코어", " ".join(words.split()), re.IGNORECASE)
    assert "softmax_core" in text.language(code).prose("names")["two-classes"]


def test_a_translation_fills_its_slots() -> None:
    ko = text.language("ko")
    assert "3" in ko("Score {number} is empty. Type a number there, or take out the extra comma.", number=3)
    assert ko("no such message") == "no such message"


@pytest.mark.parametrize(
    ("wanted", "accepted", "code"),
    [
        ("ko", "en", "ko"),
        ("", "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("", "en-US,en;q=0.5", "en"),
        ("", "xx;q=0.9, ko;q=0.8, en;q=0.1", "ko"),
        ("", "en;q=0.1, ko;q=0.8", "ko"),
        ("xx", "", "en"),
        ("", "*", "en"),
        ("", "ko;q=abc", "en"),
        ("../ko", "ko", "ko"),
        ("KO", "en", "ko"),
        ("ko-KR", "en", "ko"),
        ("ko_KR", "en", "ko"),
        ("xx-XX", "KO-kr", "ko"),
    ],
)
def test_the_language_is_the_one_asked_for_or_else_the_browsers(
    wanted: str, accepted: str, code: str
) -> None:
    assert text.negotiate(wanted, accepted).code == code

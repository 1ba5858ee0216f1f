"""The home page, run as Streamlit runs it."""

from __future__ import annotations

import json

import pytest

from lessons import LESSONS
from tests.lessons.conftest import open_page, said
from ui.text import language

BOTH = pytest.mark.parametrize("lang", ["en", "ko"])


@BOTH
def test_the_small_softmax_shows_its_golden_numbers(lang: str) -> None:
    at = open_page("home", lang)
    assert not at.exception
    assert "**0.7054**" in said(at)


@BOTH
def test_other_scores_by_link_also_bad_ones(lang: str) -> None:
    assert "**0.5**" in said(open_page("home", lang, play="0, 0"))
    at = open_page("home", lang, play="1, two")
    assert len(at.error) == 1
    assert "**0.7054**" in said(at)


def test_the_home_page_does_not_let_one_try_what_the_first_lesson_asks() -> None:
    at = open_page("home")
    parts = [json.loads(part.proto.json or "{}") for part in at.get("bidi_component")]
    assert not [part for part in parts if "low" in part]


@BOTH
def test_every_lesson_has_a_card_with_its_question_and_its_surprise_apart(lang: str) -> None:
    at, t = open_page("home", lang), language(lang)
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    cards = [part for part in parts if part.get("kind") == "progress"]
    assert [card["lesson"] for card in cards] == [lesson.slug for lesson in LESSONS]
    assert [card["surprise"] for card in cards] == [t(lesson.surprise) for lesson in LESSONS]
    labels = [link.proto.label for link in at.get("page_link")]
    for lesson in LESSONS:
        assert f"{LESSONS.index(lesson) + 1} · {t(lesson.title)}" in labels
        assert t(lesson.question) in said(at)
        assert t(lesson.surprise) not in said(at)


def test_there_is_one_thing_to_do_next() -> None:
    at = open_page("home")
    assert next(link.proto.label for link in at.get("page_link")) == "Start"

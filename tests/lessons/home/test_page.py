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
def test_other_scores_by_link_and_bad_ones_by_hand(lang: str) -> None:
    at = open_page("home", lang, play="0, 0")
    assert "**0.5**" in said(at)
    at.text_input(key="play").set_value("1, two").run()
    assert len(at.error) == 1
    assert "**0.5**" in said(at)


@BOTH
def test_every_lesson_has_a_card_with_its_question_and_its_surprise_apart(lang: str) -> None:
    at, t = open_page("home", lang), language(lang)
    parts = [json.loads(part.proto.json) for part in at.get("bidi_component") if part.proto.json]
    cards = [part for part in parts if part["kind"] == "progress"]
    assert [card["lesson"] for card in cards] == [lesson.slug for lesson in LESSONS]
    assert [card["surprise"] for card in cards] == [t(lesson.surprise) for lesson in LESSONS]
    labels = [link.proto.label for link in at.get("page_link")]
    for lesson in LESSONS:
        assert f"**{t(lesson.question)}**" in labels
        assert t(lesson.surprise) not in said(at)


def test_the_lesson_opens_with_the_scores_of_the_playground() -> None:
    at = open_page("home", play="3, 1")
    assert any("scores=3%2C+1" in link.proto.query_string for link in at.get("page_link"))

"""What holds for the steps of every lesson, whatever they teach."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from lessons import LESSONS
from tests.lessons.conftest import ROOT, open_page
from ui import step
from ui.lesson import Lesson
from ui.parameters import KEYS, PARAMETERS
from ui.step import Step
from ui.text import CODES

opened = cache(open_page)  # for tests that only look
EVERY = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.slug)


@cache
def steps(lesson: Lesson) -> Sequence[Step]:
    """The storyboard, as its page hands it over."""
    found: list[Step] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(step, "lead", lambda _page, all_of_them: found.extend(all_of_them))
        importlib.import_module(f"pages.{lesson.slug}")
    return found


def names_of_settings(lesson: Lesson) -> set[str]:
    """The lesson's settings, also as they were called once."""
    keys = KEYS[lesson.slug]
    return {*keys, *(name for key in keys for name in getattr(PARAMETERS[key], "was", ()))}


@EVERY
def test_no_step_is_called_as_another_or_as_a_setting(lesson: Lesson) -> None:
    slugs = [each.slug for each in steps(lesson)]
    assert len(set(slugs)) == len(slugs) >= 3
    assert not set(slugs) & {*KEYS[lesson.slug], step.SUMMARY}


@EVERY
def test_each_step_names_settings_and_questions_that_there_are(lesson: Lesson) -> None:
    for each in steps(lesson):
        assert set(each.settings) <= names_of_settings(lesson), each.slug
        at = opened(lesson.slug, "en", step=each.slug)
        asked = {str(key) for key in (button.key for button in at.button) if str(key).endswith("-show")}
        expected = {f"{key}-show" for key in each.predictions}
        assert bool(expected & asked) == bool(expected), each.slug  # cards show one question of several


def place(at: AppTest) -> str:
    said = at.query_params["step"]
    return said if isinstance(said, str) else said[-1]


@EVERY
@pytest.mark.parametrize("code", CODES)
def test_every_steps_address_opens_it_cold(lesson: Lesson, code: str) -> None:
    for each in [*steps(lesson), Step(step.SUMMARY, "", lambda _page: None)]:
        at = opened(lesson.slug, code, step=each.slug)
        assert not at.exception, each.slug
        assert not at.error, each.slug
        assert [warning for warning in at.warning if "link" in warning.icon] == [], each.slug
        assert place(at) == each.slug


@EVERY
def test_a_step_that_there_is_not_is_told_and_the_lesson_opens(lesson: Lesson) -> None:
    at = open_page(lesson.slug, step="<b>nonsense")
    assert not at.exception
    (complaint,) = at.warning
    assert "nonsense" in complaint.value
    assert place(at) != "<b>nonsense"


@EVERY
def test_a_link_with_a_setting_opens_a_step_that_shows_it(lesson: Lesson) -> None:
    every: Any = steps(lesson)
    for each in every:
        for key in each.settings:
            at = AppTest.from_file(str(ROOT / "app" / "main.py"), default_timeout=120)
            at.query_params.update({"lang": "en", key: "1"})
            at.switch_page(f"../pages/{lesson.slug}.py").run()
            there = next(one for one in every if one.slug == place(at))
            assert key in there.settings, key

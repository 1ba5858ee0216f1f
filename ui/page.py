"""The page of a lesson in the reader's language: its prose and its question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui import controls
from ui.lesson import Lesson, find
from ui.text import Language, fill


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson in the reader's language."""

    lesson: Lesson
    t: Language
    prose: Mapping[str, str]

    def text(self, section: str, **values: object) -> str:
        """A section of the lesson's prose, its slots filled with live values."""
        return fill(self.prose[section], **values)

    def say(self, section: str, **values: object) -> None:
        """Write a section of the lesson's prose."""
        st.markdown(self.text(section, **values))


def is_one_at_a_time() -> bool:
    """Whether the address asks for a step, and not for the whole lesson on one page."""
    return st.query_params.get("view") != "page"


def shows_a_step(lesson: Lesson) -> bool:
    """Whether the page is that of a lesson, and shows one of its steps."""
    return bool(lesson.path) and is_one_at_a_time()


def open_page(slug: str) -> Page:
    """The page of that slug, its name and its question at the top."""
    lesson = find(slug)
    if lesson is None:
        raise KeyError(slug)
    t = controls.spoken()
    controls.begin()
    above = "question-of-step" if shows_a_step(lesson) else "question-of-page"
    st.container(key=above).title(t(lesson.question), anchor=False)
    return Page(lesson, t, t.prose(slug))

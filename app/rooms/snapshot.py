"""A question of a lesson, as a room keeps it."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from app.rooms.question import Asks, Choice, Drawing, Number, Question
from ui.page import Page
from ui.predict.answers import Answer, said
from ui.predict.ask import Asked, Sketch
from ui.predict.latex_to_text import plain, with_scripts

_NOT_THE_STEPS = frozenset({"lang", "hide", "present", "view"})


def snapshot(page: Page, asked: Asked) -> Question:
    """In plain words, in the language of the page, with the address of its step."""
    lesson, lang = page.lesson, page.t.code
    return Question(
        _asks(asked), with_scripts(asked.question), lang, lesson.slug, asked.name, place(lesson.path, lang)
    )


def place(path: str, lang: str) -> str:
    """The address of what is on the screen, from the root of the app."""
    kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in _NOT_THE_STEPS}
    return f"{path}?{urlencode({'lang': lang} | kept, doseq=True, safe=',')}"


def _asks(asked: Asked) -> Asks:
    answers = asked.answers
    if isinstance(answers, Answer):
        misses = tuple((miss.value, with_scripts(said(miss.reason))) for miss in answers.misses)
        reason = with_scripts(said(answers.reason))
        return Number(answers.value, reason, misses, answers.tolerance, answers.digits)
    if isinstance(answers, Sketch):
        truth, (low, high) = answers.truth(), answers.bounds
        shown, reason = with_scripts(truth.answer), with_scripts(truth.reason)
        labels = tuple(map(plain, answers.labels))
        return Drawing(labels, low, high, tuple(map(float, answers.target)), answers.near, shown, reason)
    texts = tuple(with_scripts(option.text) for option in answers)
    reasons = tuple(with_scripts(said(option.reason)) for option in answers)
    return Choice(texts, reasons, next(index for index, option in enumerate(answers) if option.right))

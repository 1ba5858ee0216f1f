"""The reader's diary: what was predicted, how surely, and what came of it.

It lives in the browser's own storage. Python hands over what was just answered and the words to show
the diary with; nothing of what is stored comes back to the server.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from ui import assets
from ui.lesson import Lesson, entered
from ui.text import Language

DONE = 3  # a lesson counts as done when so many of its predictions were answered
_mount = st.components.v2.component("softmax_lab_diary", js=assets.loader("diary.js"), isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One answered prediction, in plain words; `sure` is 0 for a guess, 1 for fairly sure, 2 for certain.

    Indices and exponents stand between unseen signs, as `latex_to_text` writes them.
    """

    question: str
    answer: str
    reason: str
    right: bool
    sure: int


def write(t: Language, slug: str, asked: str, entry: Entry, is_seen: bool = False) -> None:
    """Put an answer into the browser’s diary; the first answer to what was asked, in any language, stays.

    A later one is noted beside it. An answer to what the reader has seen before is no first one.
    """
    session = st.session_state.setdefault("diary-session", uuid4().hex)
    _draw(
        f"{asked}-diary",
        kind="write",
        lang=t.code,
        lesson=slug,
        session=session,
        asked=asked,
        entry=asdict(entry),
        seen=is_seen,
    )


def recall(t: Language, slug: str, key: str, asked: str) -> None:
    """What was answered to this before, as the browser’s diary has it; nothing, if it has not."""
    words = _verdicts(t) | {
        "before": t(
            "You answered this before: {answer} ({sure}, {verdict}). You can try again; the first answer "
            "stays in your predictions."
        )
    }
    _draw(f"{key}-recall", kind="recall", lang=t.code, lesson=slug, asked=asked, words=words)


def log(t: Language, slug: str = "") -> None:
    """The predictions of one lesson, or of all: surprises first."""
    _draw(f"diary-{slug or 'all'}", kind="log", lang=t.code, lesson=slug, words=_words(t))


def progress(t: Language, lesson: Lesson) -> None:
    """What one has done of a lesson, and its surprise once it is done: it answers the lesson's questions."""
    _draw(
        f"diary-of-{lesson.slug}",
        kind="progress",
        lang=t.code,
        lesson=lesson.slug,
        done=DONE,
        surprise=t(lesson.surprise),
        words=_words(t),
    )


def _draw(key: str, **data: Any) -> None:
    _mount(key=key, data=data)


def _verdicts(t: Language) -> dict[str, Any]:
    return {
        "sure": [t("a guess"), t("fairly sure"), t("certain")],
        "right": t("right"),
        "wrong": t("wrong"),
        "later": t("first ✗ → now ✓"),
    }


def _words(t: Language) -> dict[str, Any]:
    return _verdicts(t) | {
        "title": t("Your predictions"),
        "empty": t("Here you will see what you predicted, surprises first. Only this browser keeps it."),
        "kept": t("Only this browser keeps this; nobody else sees it."),
        "lost": t(
            "This browser does not let the page keep anything: your predictions are gone when you close it."
        ),
        "score": t("{sure}: {right} of {count} right at once"),
        "answer": t("Your answer: {answer} ({sure}, {verdict})"),
        "latest": t("Latest answer: {answer} ({verdict})"),
        "why": t("Why?"),
        "others": t("The other predictions ({count})"),
        "no_surprise": t("No surprise so far: what you predicted came true."),
        "clear": t("Clear the diary"),
        "really": t("Clear it for good?"),
        "unopened": t("Not opened yet"),
        "opened": t("Opened; nothing predicted yet"),
        "progress": t("Predicted: {count}; right at once ✓ {right}, later ✗ → ✓ {later}"),
        "done": t("done"),
        "surprise": t("The surprise"),
        "lessons": {lesson.slug: t(lesson.title) for lesson in entered()},
    }

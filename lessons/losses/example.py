"""The example of the lesson: scores that can be typed, picked and dragged, before both judges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lessons.losses.model import Judged, judged
from lessons.losses.pictures import bars
from ui import controls, dragging
from ui.numerals import numeral
from ui.page import Page
from ui.stage import stage
from ui.text import Language
from ui.typed import MAX_SCORE


def interact(page: Page, scenes: Mapping[str, Mapping[str, Any]]) -> Judged:
    """The reader's scores, their true class and the margin, and the picture of both losses."""
    t = page.t
    page.say("interact")
    controls.scenes(scenes, t, "losses-scene")
    fields, picture = st.columns([3, 8], gap="large")
    with fields:
        scores = controls.scores("s", t)
        true = _true_class(len(scores), t)
        case = judged(scores, true, controls.slider("margin", t))
        st.session_state["losses-now"] = case
        say_what_each_asks(page, case)
    with picture:
        _draw(case, t)
    return case


def say_what_each_asks(page: Page, case: Judged) -> None:
    """Both losses of the example, and what they want."""
    for story in case.stories():
        page.say(story, **_in_words(case))


def _true_class(count: int, t: Language) -> int:
    labels = [str(index) for index in range(count)]
    chosen = controls.pick_class("target", labels, t, default=min(2, count - 1))
    return min(2, count - 1) if chosen is None else chosen


def _in_words(case: Judged) -> dict[str, str]:
    return {
        "hinge": case.hinge_text,
        "entropy": case.entropy_text,
        "pull": case.entropy_pull(case.true),
        "asks": numeral(-case.hinge_gradient[case.true]),
    }


def _draw(case: Judged, t: Language) -> None:
    kept, count = dragging.axis_end("s", case.scores), len(case.scores)

    def moved(handle: float, _x: float, y: float) -> None:
        scores = list(case.scores)
        scores[int(handle) % count] = max(-MAX_SCORE, min(y, MAX_SCORE))
        dragging.take("s", scores, kept or bars.score_bound(case))

    def picked(index: float) -> None:
        controls.set_values({"target": case.labels[int(index) % count]})

    stage("losses-example", bars.tug(case, t, kept), t, on_move=moved, on_pick=picked)

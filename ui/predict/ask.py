"""Predict, then reveal: commit by a choice, a number or a sketch, say how sure you are, and then see.

What was committed is judged with the reason of that very answer, and noted in the reader's diary.
Nothing is revealed before, except to a teacher who has switched on "Reveal all".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import diary, teaching
from ui.charts.picture import Picture
from ui.page import Page
from ui.predict.answers import Answer, read_number
from ui.predict.latex_to_text import plain
from ui.stage import stage
from ui.text import N_, Language

SURE = {"guess": N_("A guess"), "check": N_("Fairly sure"), "certain": N_("Certain")}
_CERTAIN = len(SURE) - 1


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a prediction, and what is right or wrong about it."""

    text: str
    reason: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer."""

    answer: str
    right: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """A chart to draw a prediction in.

    `draw(values, revealed)` makes the picture, whose handles are numbered like the values; `judge(values)`
    says whether they come close enough, and why.
    """

    start: Sequence[float]
    bounds: tuple[float, float]
    draw: Callable[[Sequence[float], bool], Picture]
    judge: Callable[[Sequence[float]], Verdict]


def choice(page: Page, key: str, question: str, options: Sequence[Option], scene: str = "") -> None:
    """One of a few answers; the reason shown is that of the answer given.

    The diary keeps one answer for a key and a scene: what the question is about where the key does not tell.
    """
    with _frame(page, key):
        _choose(page, key, _asked(key, scene), question, options)


@st.fragment
def _choose(page: Page, key: str, asked: str, question: str, options: Sequence[Option]) -> None:
    st.markdown(question)
    if teaching.reveals():
        _all_answers(options)
        return
    chosen = st.radio(
        plain(question),
        range(len(options)),
        index=None,
        key=f"{key}-choice",
        format_func=lambda index: options[index].text,
        label_visibility="collapsed",
    )
    sure = _commit(page, key, asked, question, chosen, disabled=chosen is None)
    if chosen is not None and sure is not None:
        option = options[chosen]
        verdict = Verdict(option.text, option.right, option.reason)
        _reveal(page, asked, question, verdict, sure)


def _asked(key: str, scene: str) -> str:
    """What the diary keeps an answer to."""
    return f"{key} {scene}".strip()


def _frame(page: Page, key: str) -> DeltaGenerator:
    """What holds one prediction: drawn by who asks, and so drawn anew with what surrounds it.

    A fragment that drew its own frame into a container outside would leave the frame before it standing.
    """
    return st.container(border=True, key=teaching.offer_kind("predict", key, page.t))


def _all_answers(options: Sequence[Option]) -> None:
    for option in sorted(options, key=lambda option: not option.right):
        icon = ":material/check:" if option.right else ":material/close:"
        st.markdown(f"{icon} **{option.text}**" + "\n\n" + option.reason)


def number(page: Page, key: str, question: str, answer: Answer, scene: str = "") -> None:
    """A number; the reason depends on the kind of error."""
    with _frame(page, key):
        _type(page, key, _asked(key, scene), question, answer)


@st.fragment
def _type(page: Page, key: str, asked: str, question: str, answer: Answer) -> None:
    t = page.t
    st.markdown(question)
    if teaching.reveals():
        st.markdown(f":material/check: **{answer.shown}**" + "\n\n" + answer.reason)
        return
    text = number_field(plain(question), key, t)
    sure = _commit(page, key, asked, question, text)
    if sure is None:
        return
    number = read_number(text)
    if number is None:
        st.info(t("Type a number, such as 0.25, 1/4, 25 % or 2.5e-1."), icon=":material/edit:")
        return
    verdict = Verdict(text.strip(), answer.accepts(number), answer.verdict(number, t))
    _reveal(page, asked, question, verdict, sure)


def number_field(label: str, key: str, t: Language) -> str:
    """A field for a number, as text: a number may be 5.75e-290 or inf."""
    typed = st.text_input(
        label, key=f"{key}-number", max_chars=40, placeholder=t("Your number"), label_visibility="collapsed"
    )
    return typed or ""


def sketch(page: Page, key: str, question: str, sketch: Sketch, scene: str = "") -> None:
    """A drawing: handles are dragged to where the reader expects the truth, which is then drawn beside."""
    with _frame(page, key):
        _sketch(page, key, _asked(key, scene), question, sketch)


@st.fragment
def _sketch(page: Page, key: str, asked: str, question: str, sketch: Sketch) -> None:
    t = page.t
    st.markdown(question)
    place = f"{key}-values"
    values = _drawn(place, sketch)
    drawing = st.container()
    is_open = teaching.reveals()
    sure = None if is_open else _commit(page, key, asked, question, tuple(values))
    with drawing:
        picture = sketch.draw(values, is_open or sure is not None)
        stage(key, picture, t, on_move=lambda number, _x, y: _move(place, sketch, int(number), y))
    if sure is not None:
        _reveal(page, asked, question, sketch.judge(values), sure)


def _drawn(place: str, sketch: Sketch) -> list[float]:
    kept = st.session_state.get(place)
    return list(kept) if kept is not None and len(kept) == len(sketch.start) else list(sketch.start)


def _move(place: str, sketch: Sketch, index: int, to: float) -> None:
    values = _drawn(place, sketch)
    if 0 <= index < len(values):
        low, high = sketch.bounds
        values[index] = max(low, min(to, high))
        st.session_state[place] = values


def _commit(
    page: Page, key: str, asked: str, question: str, answer: object, disabled: bool = False
) -> int | None:
    """How sure the reader is of this answer to this question, once it has been committed; None before."""
    t, place, given = page.t, f"{key}-checked", (question, answer)
    st.caption(t("How sure are you? Then you will see."))
    with st.container(horizontal=True, gap="small"):
        for sure, (name, label) in enumerate(SURE.items()):
            if st.button(t(label), key=f"{key}-{name}", disabled=disabled):
                st.session_state[place] = (given, sure)
    committed, sure = st.session_state.get(place, (None, 0))
    if committed == given:
        return int(sure)
    diary.recall(t, page.lesson.slug, key, asked)
    return None


def _reveal(page: Page, asked: str, question: str, verdict: Verdict, sure: int) -> None:
    t = page.t
    if verdict.right or sure < _CERTAIN:
        show_verdict(t, verdict.right, verdict.reason)
    else:
        st.warning(verdict.reason, title=t("A surprise"), icon=":material/priority_high:")
    entry = diary.Entry(plain(question), plain(verdict.answer), plain(verdict.reason), verdict.right, sure)
    diary.write(t, page.lesson.slug, asked, entry)


def show_verdict(t: Language, right: bool, reason: str) -> None:
    """Say whether an answer is right, and why."""
    if right:
        st.success(reason, title=t("Right"), icon=":material/check:")
    else:
        st.warning(reason, title=t("Not quite"), icon=":material/close:")

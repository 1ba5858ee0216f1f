"""Predict, then reveal: commit by a choice, a number or a sketch, say how sure you are, and then see.

What was committed is judged with the reason of that very answer, and noted in the reader's diary. Nothing is
revealed before, except to a reader who asks to be shown it, or to a teacher who has switched on "Reveal all".

Each question returns what became of its answer in the run in which it was committed. It is no fragment: the
step that asks is one, and its picture moves with the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import diary, teaching
from ui.charts.picture import Picture
from ui.numbers import is_ambiguous
from ui.page import Page
from ui.predict.answers import Answer, Words, read_number, said
from ui.predict.latex_to_text import plain, with_scripts
from ui.stage import stage
from ui.text import N_, Language
from ui.typed import quoted

SURE = {"guess": N_("A guess"), "check": N_("Fairly sure"), "certain": N_("Certain")}
_CERTAIN = len(SURE) - 1
_FIELD = 320  # pixels; less where there is less room
_TWO_WAYS = N_(
    "“{typed}” can be read in two ways. Write it with a point for the decimals and nothing between thousands."
)
_SHOWN = -1  # in the place of how sure: the reader asked to be shown the answer


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a prediction, and what is right or wrong about it."""

    text: str
    reason: Words
    right: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an answer, and how sure the reader was of it.

    If the reader asked to be shown it, the answer is the true one, but nobody got it right.
    """

    answer: str
    right: bool
    reason: str
    sure: int = 0
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """A chart to draw a prediction in.

    `draw(values, revealed)` makes the picture, whose handles are numbered like the values; `judge(values)`
    says whether they come close enough, and why; `truth()` says what is true, whatever was drawn. Where the
    handles have `labels` and the true heights a `target`, it can be drawn elsewhere too.
    """

    start: Sequence[float]
    bounds: tuple[float, float]
    draw: Callable[[Sequence[float], bool], Picture]
    judge: Callable[[Sequence[float]], Verdict]
    truth: Callable[[], Verdict]
    labels: Sequence[str] = ()
    target: Sequence[float] = ()
    near: float = 0.1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on its page; `name` is what the diary keeps an answer to."""

    key: str
    name: str
    question: str
    answers: Sequence[Option] | Answer | Sketch


#: What draws below every question. The frame enters it; the kit knows of none.
BELOW: list[Callable[[Page, Asked], None]] = []


def choice(
    page: Page, key: str, question: str, options: Sequence[Option], scene: str = "", explains: bool = True
) -> Verdict | None:
    """One of a few answers; the reason shown is that of the answer given.

    The diary keeps one answer for a key and a scene: what the question is about where the key does not tell.
    """
    asked = _asked(key, scene)
    with _card(page, Asked(key, asked, question, options)):
        if teaching.reveals():
            return _all_answers(options, explains)
        place = f"{key}-choice"
        _tell_anew(place, page.t)
        chosen = st.radio(
            plain(question),
            range(len(options)),
            index=None,
            key=place,
            format_func=lambda index: options[index].text,
            label_visibility="collapsed",
            persist_state=kept(place),
        )
        sure = _commit(page, key, asked, question, chosen, disabled=chosen is None)
        if sure is None:
            return None
        option = _right(options) if sure == _SHOWN or chosen is None else options[chosen]
        verdict = Verdict(option.text, option.right, said(option.reason))
        return _reveal(page, key, asked, question, verdict, sure, explains)


def _asked(key: str, scene: str) -> str:
    """What the diary keeps an answer to."""
    return f"{key} {scene}".strip()


@contextmanager
def _card(page: Page, asked: Asked) -> Iterator[None]:
    with st.container(border=True, key=teaching.offer_kind("predict", asked.key, page.t)):
        st.markdown(asked.question)
        yield
        for draw in BELOW:
            draw(page, asked)


def _right(options: Sequence[Option]) -> Option:
    return next(option for option in options if option.right)


def _all_answers(options: Sequence[Option], explains: bool) -> Verdict:
    for option in sorted(options, key=lambda option: not option.right):
        icon = ":material/check:" if option.right else ":material/close:"
        st.markdown(f"{icon} **{option.text}**" + (f"\n\n{said(option.reason)}" if explains else ""))
    right = _right(options)
    return Verdict(right.text, True, said(right.reason))


def number(
    page: Page, key: str, question: str, answer: Answer, scene: str = "", explains: bool = True
) -> Verdict | None:
    """A number; the reason depends on the kind of error."""
    t, asked = page.t, _asked(key, scene)
    with _card(page, Asked(key, asked, question, answer)):
        if teaching.reveals():
            return _true(Verdict(answer.shown, True, said(answer.reason)), explains)
        text = number_field(plain(question), key, t)
        sure = _commit(page, key, asked, question, text)
        if sure is None:
            return None
        if sure == _SHOWN:
            verdict = Verdict(answer.shown, True, said(answer.reason))
        elif (typed := read_number(text)) is not None:
            verdict = Verdict(text.strip(), answer.accepts(typed), answer.verdict(typed, t))
        else:
            ask_for_a_number(t, text)
            return None
        return _reveal(page, key, asked, question, verdict, sure, explains)


def _tell_anew(place: str, t: Language) -> None:
    """A browser knows what is chosen by its words: in another language it is told once more."""
    drawn = f"{place}-lang"
    if place in st.session_state and st.session_state.get(drawn) != t.code:
        st.session_state[place] = st.session_state[place]
    st.session_state[drawn] = t.code


def _true(verdict: Verdict, explains: bool) -> Verdict:
    """What a teacher sees who reveals all."""
    st.markdown(f":material/check: **{verdict.answer}**" + (f"\n\n{verdict.reason}" if explains else ""))
    return verdict


def number_field(label: str, key: str, t: Language) -> str:
    """A field for a number, as text: a number may be 5.75e-290 or inf."""
    place = f"{key}-number"
    typed = st.text_input(
        label,
        key=place,
        max_chars=40,
        placeholder=t("Your number"),
        label_visibility="collapsed",
        width=_FIELD,
        persist_state=kept(place),
    )
    return typed or ""


def ask_for_a_number(t: Language, typed: str) -> None:
    """Say that what was typed is none, or two."""
    if is_ambiguous(typed):
        st.info(t(_TWO_WAYS, typed=quoted(typed)), icon=":material/edit:")
        return
    st.info(t("Type a number, such as 0.25, 1/4, 25 % or 2.5e-1."), icon=":material/edit:")


def kept(place: str) -> Literal["session"] | None:
    """How long a field's value outlasts the field: the whole session, once the reader has given one."""
    return None if st.session_state.get(place) in (None, "") else "session"


def sketch(
    page: Page,
    key: str,
    question: str,
    sketch: Sketch,
    scene: str = "",
    explains: bool = True,
    beside: DeltaGenerator | None = None,
) -> Verdict | None:
    """A drawing: handles are dragged to where the reader expects the truth, which is then drawn there too.

    It stands below the question, or `beside` it.
    """
    t, asked, place = page.t, _asked(key, scene), f"{key}-values"
    with _card(page, Asked(key, asked, question, sketch)):
        values = _drawn(place, sketch)
        drawing = (beside or st).container()
        is_open = teaching.reveals()
        sure = None if is_open else _commit(page, key, asked, question, tuple(values))
        with drawing:
            picture = sketch.draw(values, is_open or sure is not None)
            stage(key, picture, t, on_move=lambda number, _x, y: _move(place, sketch, int(number), y))
        if is_open:
            return _true(sketch.truth(), explains)
        if sure is None:
            return None
        verdict = sketch.truth() if sure == _SHOWN else sketch.judge(values)
        return _reveal(page, key, asked, question, verdict, sure, explains)


def _drawn(place: str, sketch: Sketch) -> list[float]:
    given = st.session_state.get(place)
    return list(given) if given is not None and len(given) == len(sketch.start) else list(sketch.start)


def _move(place: str, sketch: Sketch, index: int, to: float) -> None:
    values = _drawn(place, sketch)
    if 0 <= index < len(values):
        low, high = sketch.bounds
        values[index] = max(low, min(to, high))
        st.session_state[place] = values


class _Given(NamedTuple):
    """An answer, and the question it was given to."""

    lang: str
    question: str
    asked: str
    answer: object

    def is_what_was(self, committed: _Given) -> bool:
        """Whether it is the same; in another language its question has other words."""
        of_the_same = (
            self.question == committed.question
            if self.lang == committed.lang
            else self.asked == committed.asked
        )
        return of_the_same and self.answer == committed.answer


def _commit(
    page: Page, key: str, asked: str, question: str, answer: object, disabled: bool = False
) -> int | None:
    """How sure the reader is of this answer to this question, once it has been committed; None before."""
    place, given = f"{key}-checked", _Given(page.t.code, question, asked, answer)
    committed, sure = st.session_state.get(place, (None, None))
    if committed is not None and given.is_what_was(committed):
        return int(sure)
    asking = st.empty()
    with asking.container(horizontal=True, vertical_alignment="center", gap="small"):
        sure = _ask_how_sure(page.t, key, disabled)
    if sure is None:
        diary.recall(page.t, page.lesson.slug, key, asked)
        return None
    asking.empty()
    st.session_state[place] = (given, sure)
    if sure == _SHOWN:
        st.session_state[f"{key}-seen"] = asked
    return sure


def _ask_how_sure(t: Language, key: str, disabled: bool) -> int | None:
    pressed = None
    st.caption(t("How sure are you?"), width="content")
    for sure, (name, label) in enumerate(SURE.items()):
        if st.button(t(label), key=f"{key}-{name}", disabled=disabled):
            pressed = sure
    if st.button(t("Show me"), key=f"{key}-show", type="tertiary"):
        pressed = _SHOWN
    return pressed


def _reveal(
    page: Page, key: str, asked: str, question: str, verdict: Verdict, sure: int, explains: bool
) -> Verdict:
    """Note an answer in the diary; what the reader was shown before is no prediction any more."""
    if sure == _SHOWN:
        verdict = replace(verdict, right=False, shown=True)
    else:
        verdict = replace(verdict, sure=sure)
        asked_for, answer, why = map(with_scripts, (question, verdict.answer, verdict.reason))
        entry = diary.Entry(asked_for, answer, why, verdict.right, sure)
        is_seen = st.session_state.get(f"{key}-seen") == asked
        given: _Given = st.session_state[f"{key}-checked"][0]
        if given.lang == page.t.code:  # in another language it is the same answer
            diary.write(page.t, page.lesson.slug, asked, entry, is_seen)
    if explains:
        reason(page, verdict)
    return verdict


def reason(page: Page, verdict: Verdict) -> None:
    """Why an answer is right or wrong."""
    t = page.t
    if verdict.shown:
        show_answer(t, verdict.answer, verdict.reason)
    elif verdict.right or verdict.sure < _CERTAIN:
        show_verdict(t, verdict.right, verdict.reason)
    else:
        st.warning(verdict.reason, title=t("A surprise"), icon=":material/priority_high:")


def show_answer(t: Language, answer: str, reason: str) -> None:
    """Tell the answer to a reader who asked to be shown it."""
    st.info(f"**{answer}**\n\n{reason}", title=t("The answer"), icon=":material/visibility:")


def show_verdict(t: Language, right: bool, reason: str) -> None:
    """Say whether an answer is right, and why."""
    if right:
        st.success(reason, title=t("Right"), icon=":material/check:")
    else:
        st.warning(reason, title=t("Not quite"), icon=":material/close:")

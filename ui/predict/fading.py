"""Worked lines that fade: the first computation is complete, the next has a blank, the next is one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import teaching
from ui.formulas import HIGH, Equation, aligned
from ui.page import Page
from ui.predict.answers import Answer, read_number, said
from ui.predict.ask import ask_for_a_number, number_field, show_answer, show_verdict
from ui.predict.latex_to_text import plain
from ui.text import N_

_BLANK = r"\underline{\;\;?\;\;}"
_PARTS = {"worked": N_("Worked"), "guided": N_("Fill in the blank"), "alone": N_("On your own")}


@dataclass(frozen=True, slots=True)
class Computation:
    """Lines that lead to a result; what is asked, and how its answer is judged."""

    task: str
    lines: Sequence[Equation]
    answer: Answer

    def complete(self) -> str:
        return _together([line.written() for line in self.lines])

    def with_a_blank(self) -> str:
        *known, last = self.lines
        return _together([line.written() for line in (*known, last._replace(right=_BLANK))])


def _together(lines: Sequence[str]) -> str:
    return aligned([HIGH + lines[0], *lines[1:]])


def faded_lines(page: Page, key: str, worked: Computation, guided: Computation, alone: Computation) -> None:
    """Three computations of one kind, one at a time, each with less written down than the one before."""
    t, names = page.t, list(_PARTS)
    with st.container(key=teaching.offer_kind("fading", key, t)):
        part = st.segmented_control(
            t("Worked lines that fade"),
            names,
            default="worked",
            key=f"{key}-part",
            format_func=lambda name: f"{names.index(name) + 1}. {t(_PARTS[name])}",
            label_visibility="collapsed",
            required=True,
            wrap=True,
            persist_state="session",
        )
        if part == "guided":
            _ask(page, f"{key}-guided", guided, guided.with_a_blank())
        elif part == "alone":
            _ask(page, f"{key}-alone", alone, "")
        else:
            _tell(worked)


def _tell(given: Computation) -> None:
    st.markdown(given.task)
    st.latex(given.complete())
    st.markdown(said(given.answer.reason))


def _ask(page: Page, key: str, given: Computation, shown: str) -> None:
    if teaching.reveals():
        _tell(given)
        return
    t, place, task, answer = page.t, f"{key}-given", given.task, given.answer
    st.markdown(task)
    formula = st.empty()
    text = number_field(plain(task), key, t)
    with st.container(horizontal=True, gap="small"):
        if st.button(t("Check the number"), key=f"{key}-done"):
            st.session_state[place] = (text, task, False)
        if st.button(t("Show me"), key=f"{key}-show", type="tertiary"):
            st.session_state[place] = (text, task, True)
    *committed, is_shown = st.session_state.get(place, (None, None, False))
    is_given, value = committed == [text, task], read_number(text)
    is_shown = is_shown and is_given
    is_right = is_given and value is not None and answer.accepts(value)
    if is_shown or is_right:
        formula.latex(given.complete())
    elif shown:
        formula.latex(shown)
    if is_shown:
        show_answer(t, answer.shown, said(answer.reason))
    elif is_given and value is None:
        ask_for_a_number(t, text)
    elif is_given and value is not None:
        show_verdict(t, is_right, said(answer.reason) if is_right else answer.fault(value, t))

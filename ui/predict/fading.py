"""Worked lines that fade: the first computation is complete, the next has a blank, the next is one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from ui import teaching
from ui.formulas import HIGH, Equation, aligned
from ui.page import Page
from ui.predict.answers import Answer, read_number
from ui.predict.ask import number_field, show_verdict
from ui.predict.latex_to_text import plain

_BLANK = r"\underline{\;\;?\;\;}"


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
    """Three computations of one kind, each with less written down than the one before."""
    t = page.t
    with st.container(key=teaching.offer_kind("fading", key, t)):
        first, second, third = st.columns(3, gap="large")
    with first:
        st.markdown(f"**1. {t('Worked')}.** {worked.task}")
        st.latex(worked.complete())
        st.markdown(worked.answer.reason)
    with second:
        _ask(
            page,
            f"{key}-guided",
            f"**2. {t('Fill in the blank')}.** {guided.task}",
            guided,
            guided.with_a_blank(),
        )
    with third:
        _ask(page, f"{key}-alone", f"**3. {t('On your own')}.** {alone.task}", alone, None)


@st.fragment
def _ask(page: Page, key: str, task: str, given: Computation, shown: str | None) -> None:
    t, place = page.t, f"{key}-given"
    st.markdown(task)
    formula = st.empty()
    text = "" if teaching.reveals() else number_field(plain(task), key, t)
    if not teaching.reveals() and st.button(t("Check the number"), key=f"{key}-done"):
        st.session_state[place] = (text, task)
    committed = st.session_state.get(place) == (text, task)
    value = read_number(text)
    is_right = teaching.reveals() or (committed and value is not None and given.answer.accepts(value))
    if is_right:
        formula.latex(given.complete())
    elif shown:
        formula.latex(shown)
    if teaching.reveals():
        st.markdown(given.answer.reason)
    elif committed and value is None:
        st.info(t("Type a number, such as 0.25, 1/4, 25 % or 2.5e-1."), icon=":material/edit:")
    elif committed and value is not None:
        show_verdict(t, is_right, given.answer.reason if is_right else given.answer.fault(value, t))

"""The building blocks of a lesson: explain, interact, show the computation, check yourself."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from ui.lessons import PAGES, Lesson
from ui.text import Language, fill, language

_CODE_LINES = 40


@dataclass(frozen=True, slots=True)
class Page:
    """A lesson in the reader's language."""

    lesson: Lesson
    t: Language
    prose: Mapping[str, str]

    def say(self, section: str, **values: object) -> None:
        """Write a section of the lesson's prose, its slots filled with live values."""
        st.markdown(fill(self.prose[section], **values))

    def section(self, title: str, anchor: str) -> None:
        """The heading of one of the lesson's parts."""
        st.header(self.t(title), anchor=anchor)


def open_page(slug: str) -> Page:
    """The page of that slug, its name and its question at the top."""
    lesson = next(page for page in PAGES if page.slug == slug)
    t = language(st.session_state.get("lang"))
    st.title(t(lesson.question), anchor=False)
    return Page(lesson, t, t.prose(slug))


def code_that_ran(page: Page, *functions: Callable[..., object]) -> None:
    """The source of the functions whose results stand on the screen."""
    with st.expander(
        page.t("The code that ran"),
        icon=":material/code:",
        on_change="rerun",
        key=f"code-{page.lesson.slug}-{functions[0].__name__}",
    ) as box:
        if box.open:
            for function in functions:
                st.caption(f"`{function.__module__}.{function.__qualname__}`")
                st.code(textwrap.dedent(inspect.getsource(function)), language="python")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a prediction, and what is right or wrong about it."""

    text: str
    reason: str
    right: bool = False


def predict(page: Page, key: str, question: str, options: Sequence[Option]) -> None:
    """Commit first, then see: the reason shown is that of the answer given."""
    t = page.t
    with st.container(border=True):
        chosen = st.radio(
            question,
            range(len(options)),
            index=None,
            key=f"{key}-choice",
            format_func=lambda index: options[index].text,
        )
        if st.button(t("Check"), key=f"{key}-check", disabled=chosen is None):
            st.session_state[f"{key}-checked"] = chosen
        if chosen is not None and st.session_state.get(f"{key}-checked") == chosen:
            option = options[chosen]
            show = st.success if option.right else st.warning
            show(
                option.reason,
                title=t("Right") if option.right else t("Not quite"),
                icon=":material/check:" if option.right else ":material/close:",
            )

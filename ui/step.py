"""A lesson as steps, each with one idea: one at a time, or all of them on one page.

The address says which step (`step=`) or that it is the whole lesson (`view=page`). A step is a fragment: what
a reader moves in it draws it anew, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import address, controls, diary, teaching
from ui.lesson import after
from ui.page import Page, is_one_at_a_time
from ui.parameters import KEYS
from ui.text import N_
from ui.typed import quoted
from ui.way import Stop, way

_Arguments = ParamSpec("_Arguments")
SUMMARY = "sum"
_HERE = "step-of-the-page"


@dataclass(frozen=True, slots=True)
class Step:
    """One idea of a lesson.

    Attributes:
        slug: its name in the address.
        title: its heading, and what the contents call it.
        draw: writes it where the page stands.
        settings: those that it shows, also by former names: a link to the lesson that sets them opens here.
        was: the names of the parts of the page where this was taught when a lesson was one page.
        predictions: the keys of its questions: it is done when they are answered.
        deeper: whether it leads beyond the main line.
    """

    slug: str
    title: str
    draw: Callable[[Page], None]
    settings: Sequence[str] = ()
    was: Sequence[str] = ()
    predictions: Sequence[str] = ()
    deeper: bool = False


def lead(page: Page, steps: Sequence[Step]) -> None:
    """Draw the lesson: the step that the address asks for, and the way to the others; or all of it."""
    steps = _shown(page, [*steps, Step(SUMMARY, N_("What to take with you"), summary)])
    if is_one_at_a_time():
        _one(page, steps)
    else:
        _whole(page, steps)


def summary(page: Page) -> None:
    """The lesson in three sentences, and what the reader predicted in it."""
    page.say(SUMMARY)
    diary.log(page.t, page.lesson.slug)


def beside(words: int = 5, picture: int = 8) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for what a step says and asks, and for its picture; on a phone the picture stands above."""
    left, right = st.columns([words, picture], gap="large")
    return left, right


def by_itself(
    key: str, shown_around: Collection[str] = ()
) -> Callable[[Callable[_Arguments, None]], Callable[_Arguments, None]]:
    """Make what draws the part of a step that moves one that is drawn without what stands around it.

    The part may write into places that the step has made. If it sets a control whose value is shown around
    it, such as the class that a click on a bar chooses, all is drawn. Of a whole lesson on one page all is.
    """

    def decorated(draw: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
        alone = controls.follower(key)(draw)

        @wraps(draw)
        def drawn(*args: _Arguments.args, **values: _Arguments.kwargs) -> None:
            controls.keep_shown(shown_around)
            (alone if is_one_at_a_time() else draw)(*args, **values)

        return drawn

    return decorated


def _shown(page: Page, steps: Sequence[Step]) -> Sequence[Step]:
    """All but those that a teacher's link hides."""
    for step in steps:
        teaching.offer(step.slug, page.t(step.title))
    teaching.know(*KEYS[page.lesson.slug], *(name for step in steps for name in step.was))
    teaching.list_questions([(step.slug, page.t(step.title)) for step in steps if step.predictions])
    hidden = teaching.hidden_names(st.query_params.get("hide", ""))
    return [step for step in steps if not {step.slug, *step.was} & set(hidden)] or steps


def _whole(page: Page, steps: Sequence[Step]) -> None:
    t = page.t
    st.page_link(
        page.lesson.file,
        label=t("One step at a time"),
        icon=":material/web_stories:",
        query_params={"lang": t.code},
    )
    controls.begin(each_once=True)
    for step in steps:
        st.header(t(step.title), anchor=step.slug)
        step.draw(page)


def _one(page: Page, steps: Sequence[Step]) -> None:
    t = page.t
    here = _place(page, steps)
    with st.container(key="step"):
        st.header(t(here.title), anchor="step-heading")
        st.fragment(here.draw)(page)
    stops = [
        Stop(step.slug, t(step.title), step.deeper, tuple(step.predictions), tuple(step.was))
        for step in steps
    ]
    onward = after(page.lesson)
    way(
        t,
        page.lesson.slug,
        stops,
        here.slug,
        lambda slug: address.put("step", slug),
        (onward.path, t(onward.title)) if onward else None,
    )


def _place(page: Page, steps: Sequence[Step]) -> Step:
    """The step that the address asks for; else the one whose settings it holds, or where the reader was."""
    kept, asked = f"{page.lesson.slug}-step", st.query_params.get("step")
    named = {step.slug: step for step in steps}
    if asked is not None and asked not in named and asked != st.session_state.get(_HERE):
        _complain(page, asked, steps)
    before = None if address.is_going_back() else named.get(st.session_state.get(kept, ""))
    here = named.get(asked or "") or before or _by_settings(steps)
    st.session_state[kept] = st.session_state[_HERE] = here.slug
    address.put("step", here.slug)
    return here


def _by_settings(steps: Sequence[Step]) -> Step:
    """The first of those that show most of what the address sets."""
    named = address.named()
    return max(steps, key=lambda step: sum(key in named for key in step.settings))


def _complain(page: Page, asked: str, steps: Sequence[Step]) -> None:
    allowed = ", ".join(step.slug for step in steps)
    st.warning(
        page.t(
            "The link asks for step “{value}”. This lesson has: {allowed}.",
            value=quoted(asked),
            allowed=allowed,
        ),
        icon=":material/link_off:",
    )

"""The teacher's side of points: ask the class for some in the lesson on training, and take them there."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress

import streamlit as st

from app.rooms import tables, teacher
from app.rooms.house import house
from app.rooms.pool import Pool
from app.rooms.question import Question
from app.rooms.snapshot import place
from app.rooms.store import Store
from app.rooms.tally import pooled, total
from app.rooms.worker import UnavailableError
from lessons.train import points_store
from lessons.train import pooled as lesson
from lessons.train.points_store import Notice
from ui.page import Page
from ui.text import N_, Language

LOOK = 2.0  # seconds between two looks whether an open vote has been closed


def register() -> None:
    """Let the panel of points have its buttons."""
    if offer not in lesson.BELOW:
        lesson.BELOW.append(offer)


def offer(page: Page, plane: lesson.Plane) -> None:
    """For who teaches: ask the class for points, the way to the projector's page, and take the points."""
    found = house()
    room = teacher.mine(found.store) if found else None
    if found is None or not teacher.teaches(room):
        return
    t = page.t
    with teacher.row("points", t):
        if st.button(t("Collect points from the class"), icon=":material/groups:", key="class-collect"):
            room = teacher.put(found.store, _question(page, plane), room, t)
        if room:
            teacher.link(room, page.lesson, t)
            _offer_to_take(found.store, room.code, t)


def _question(page: Page, plane: lesson.Plane) -> Question:
    asks, lang = Pool(plane.classes, plane.across, plane.up), page.t.code
    return Question(asks, page.t(_TEXT), lang, page.lesson.slug, place=place(page.lesson.path, lang))


def _offer_to_take(store: Store, code: str, t: Language) -> None:
    """Pressed while the vote is still open, too: it may close on another device at any moment."""
    found = _collected(store, code)
    if found is None:
        return
    count = len(pooled(found.ballots))
    label = t("Take the class’s points ({count})", count=count) if count else t("Take the class’s points")
    st.button(label, icon=":material/download:", key="class-take", on_click=_take, args=(store, code))
    if found.is_open:
        st.fragment(_look, run_every=LOOK)(store, code)


def _look(store: Store, code: str) -> None:
    """Draw the page anew once the vote has been closed, on whichever device."""
    with suppress(UnavailableError, TimeoutError):
        found = _asked(store, code).result(teacher.PATIENCE)
        if found is None or not found.is_open:
            st.rerun()


def _take(store: Store, code: str) -> None:
    found = _collected(store, code)
    if found is None:
        points_store.tell(Notice(_NOT_NOW, {}))
    elif found.is_open:
        points_store.tell(Notice(_STILL_OPEN, {}))
    elif not found.ballots:
        points_store.tell(Notice(_FEW, {}))
    else:
        rows = [(point.x, point.y, point.label) for point in pooled(found.ballots)]
        lesson.take(found.asks.classes, rows, total(found.ballots))


def _collected(store: Store, code: str) -> tables.Collection | None:
    try:
        return _asked(store, code).result(teacher.PATIENCE)
    except (UnavailableError, TimeoutError):
        return None


def _asked(store: Store, code: str) -> Future[tables.Collection | None]:
    return store.read(lambda line: tables.collection(line, code))


_TEXT = N_("Put down up to five points.")
_NOT_NOW = N_("The points of the class cannot be had at this moment. Try again in a few seconds.")
_STILL_OPEN = N_("The vote is still open. Close it on the projector’s page, then take the points.")
_FEW = N_("Fewer than three phones have put down points: none are taken, so that nobody’s can be told.")

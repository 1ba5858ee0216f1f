"""The teacher's side in the lessons: “Ask the class” at a question, and the box “Class”."""

from __future__ import annotations

from concurrent.futures import Future
from typing import NamedTuple, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app.rooms import keys, tables
from app.rooms.house import house
from app.rooms.question import Question, is_askable
from app.rooms.snapshot import place, snapshot
from app.rooms.store import Store
from app.rooms.tables import TooManyRoomsError
from app.rooms.worker import UnavailableError
from app.share import base
from ui import teaching
from ui.lesson import Lesson
from ui.page import Page
from ui.predict import ask
from ui.text import Language

_MINE, _TEACHES = "room-of-the-teacher", "class-teaches"
PATIENCE = 10.0  # seconds
T = TypeVar("T")


class Mine(NamedTuple):
    """The room of this teacher, and its key."""

    code: str
    key: str


def register() -> None:
    """Let questions have their button."""
    if offer not in ask.BELOW:
        ask.BELOW.append(offer)


def offer(page: Page, asked: ask.Asked) -> None:
    """Below a question, for who teaches: ask the class, and the way to the projector's page."""
    found = house()
    room = mine(found.store) if found else None
    if found is None or not teaches(room):
        return
    t = page.t
    with row(asked.key, t):
        pressed = st.button(
            t("Ask the class"), icon=":material/groups:", key=f"{asked.key}-class", type="tertiary"
        )
        if pressed:
            room = put(found.store, snapshot(page, asked), room, t)
        if room:
            link(room, page.lesson, t)


def row(name: str, t: Language) -> DeltaGenerator:
    """Where the buttons of a class stand; a link can hide it."""
    key = teaching.offer_kind("class", name, t)
    return st.container(horizontal=True, vertical_alignment="center", gap="small", key=key)


def teaches(room: Mine | None) -> bool:
    """Whether this reader shows the page to a class, says that they teach, or leads a room."""
    return bool(room or teaching.presents() or st.session_state.get(_TEACHES))


def box(t: Language, lesson: Lesson) -> None:
    """Filled only when it is opened."""
    with st.popover(t("Classroom"), icon=":material/groups:", on_change="rerun", key="class-box") as opened:
        if opened.open:
            _fill(t, lesson)


def _fill(t: Language, lesson: Lesson) -> None:
    root = base(st.context.url or "", lesson)
    st.link_button(t("Join a class"), f"{root}/room?lang={t.code}", icon=":material/login:")
    found = house()
    if found is None:
        st.caption(t("This server keeps no classes; its log says why."))
        return
    st.toggle(t("I teach: show “Ask the class” at every question"), key=_TEACHES)
    listed = teaching.questions()
    if listed:
        st.caption(t("Questions of this lesson, for the projector:"))
    for step, title in listed:
        st.page_link(lesson.file, label=title, query_params={"lang": t.code, "step": step, "present": "1"})
    room = mine(found.store)
    if room:
        link(room, lesson, t)
        if st.button(t("Send this step to the phones"), icon=":material/send:", key="class-send"):
            scene = f"{place(lesson.path, t.code)}\n{t(lesson.title)}"
            if _done(found.store.write(lambda line: tables.show(line, room.code, scene)), t):
                st.toast(t("Sent ✓"))


def link(room: Mine, lesson: Lesson, t: Language) -> None:
    """The way to the projector's page."""
    address = f"{base(st.context.url or '', lesson)}/room/{room.code}/screen?lang={t.code}#{room.key}"
    label = t("Classroom {code}: the projector’s page", code=room.code)
    st.link_button(label, address, icon=":material/cast_for_education:")


def mine(store: Store) -> Mine | None:
    """The room that this browser leads, as long as there is one: the newest of those whose keys it brings.

    While the database is away it is the one that was found last.
    """
    opened: Mine | None = st.session_state.get(_MINE)
    brought = [
        Mine(name.removeprefix("host_"), key)
        for name, key in st.context.cookies.items()
        if name.startswith("host_")
    ]
    rooms = [*([opened] if opened else []), *brought]
    try:
        found = next((room for room in rooms if _leads(store, room)), None)
    except (UnavailableError, TimeoutError):
        return opened
    st.session_state[_MINE] = found
    return found


def _leads(store: Store, room: Mine) -> bool:
    found = store.read(lambda line: tables.room(line, room.code)).result(PATIENCE)
    return found is not None and keys.fits(room.key, found.host)


def put(store: Store, question: Question, room: Mine | None, t: Language) -> Mine | None:
    """Put the question to the room that there is, or to a new one; the room there is then."""
    if not is_askable(question):
        st.warning(t("Phones cannot draw this sketch."))
        return room
    room = room or _opened(store, t)
    st.session_state[_MINE] = room
    if room and _done(store.write(lambda line: tables.ask(line, room.code, question)), t):
        st.toast(t("The question is on the phones of classroom {code}.", code=room.code))
    return room


def _opened(store: Store, t: Language) -> Mine | None:
    key = keys.new_key()
    code = _done(store.write(lambda line: tables.create(line, keys.hashed(key), keys.new_key(), t.code)), t)
    return Mine(code, key) if code else None


def _done(future: Future[T], t: Language) -> T | None:
    """What was asked of the store; None where it could not be done, and the page says so."""
    try:
        return future.result(PATIENCE)
    except TooManyRoomsError:
        st.warning(t("There are as many classes as this server can keep. Try again later."))
    except (UnavailableError, TimeoutError):
        st.warning(t("The class cannot be asked at this moment. Try again in a few seconds."))
    return None

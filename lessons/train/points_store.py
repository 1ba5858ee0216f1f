"""The reader's own points in the session and in the address, and what changes them.

They are changed before anything is drawn, so that one run of the page draws everything anew. A link carries
them as text (`pts`); the text that was read or written last is remembered, so that a text which the
reader pastes, or finds again by going back, is told from the page's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from lessons.train.own_data import Origin
from lessons.train.points import Points, Row, from_text, to_text
from lessons.train.refusals import NONE_REFUSED, Refused
from ui import address
from ui.text import N_

MAX_UNDO = 30
MAX_UNDO_ROWS = 20_000  # in all of them together: about 3 MB
_POINTS, _PAST, _VERSION = "train-points", "train-points-past", "train-points-version"
_TEXT, _NOTICE = "train-points-text", "train-points-notice"


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read, as it came, and how; `encodings` are those that it could be in."""

    content: str | bytes
    origin: Origin
    encodings: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    n_surplus: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """What there is to say about points that were read: a message, its values, the rows refused, the file,
    and what can be read otherwise."""

    message: str
    values: Mapping[str, object]
    refused: Refused = NONE_REFUSED
    good: bool = False
    source: str = ""
    table: Table | None = None


def current() -> Points | None:
    """The reader's own points, perhaps none at all; None while the recipe's are used."""
    state = st.session_state
    text = state.get("pts", st.query_params.get("pts"))
    opened = _TEXT in state
    state.setdefault(_TEXT, "")
    if text is not None:
        adopt(text, undoable=opened)
    points: Points | None = state.get(_POINTS)
    return points


def adopt(text: str, undoable: bool = True) -> bool:
    """Take the points that an address or the text field holds, if that text is new.

    If it holds none, what there is stays, and that is said. Returns whether the text was new.
    """
    state = st.session_state
    if text == state[_TEXT]:
        return False
    try:
        points = from_text(text) if text.strip() else None
    except ValueError:
        tell(Notice(_NO_POINTS, {}))
    else:
        if undoable:
            _remember()
        state.update({_POINTS: points, _VERSION: version() + 1, _NOTICE: None})
    state[_TEXT] = text
    return True


def version() -> int:
    """A number that grows with every change of the points."""
    number: int = st.session_state.get(_VERSION, 0)
    return number


def use(points: Points | None) -> None:
    """Take these points, or the recipe's again; `undo` takes it back. For callbacks."""
    _remember()
    _put(points)


def undo() -> None:
    """Take back the last change. For callbacks."""
    if past := st.session_state.get(_PAST):
        st.session_state[_PAST] = past[:-1]
        _put(past[-1])


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(st.session_state.get(_PAST))


def add(shown: Points, x: float, y: float) -> None:
    """Put down a point of the chosen class. For callbacks."""
    own = _own(shown)
    change(own, own.added(x, y, chosen_class(own)))


def move(shown: Points, point: Row, x: float, y: float) -> None:
    """Drag a point, given as it is drawn, to another place. For callbacks."""
    own = _own(shown)
    change(own, own.moved(point, x, y))


def remove(shown: Points, point: Row) -> None:
    """Delete a point, given as it is drawn. For callbacks."""
    own = _own(shown)
    change(own, own.removed(point))


def change(shown: Points, changed: Points) -> None:
    """Take what became of the points that are shown, if anything. For callbacks."""
    if changed != shown:
        use(changed)


def chosen_class(shown: Points) -> int:
    """The class of the next point."""
    name = st.session_state.get("pen")
    return shown.offered.index(name) if name in shown.offered else 0


def notice() -> Notice | None:
    """What there is to say about the points that were read last."""
    said: Notice | None = st.session_state.get(_NOTICE)
    return said


def tell(said: Notice | None) -> None:
    """Leave something to say until the points change."""
    st.session_state[_NOTICE] = said


def _own(shown: Points) -> Points:
    """The reader's points in their own order, in which a picture need not draw them; else what it draws."""
    own: Points | None = st.session_state.get(_POINTS)
    return shown if own is None else own


def _remember() -> None:
    state = st.session_state
    past: tuple[Points | None, ...] = (*state.get(_PAST, ()), state.get(_POINTS))[-MAX_UNDO:]
    while sum(len(points.rows) for points in past if points) > MAX_UNDO_ROWS:
        past = past[1:]
    state[_PAST] = past


def _put(points: Points | None) -> None:
    text = to_text(points)
    st.session_state.update(
        {_POINTS: points, _VERSION: version() + 1, _NOTICE: None, _TEXT: text, "pts": text}
    )
    address.write()


_NO_POINTS = N_("The text holds no points that this page wrote. The points are as they were.")

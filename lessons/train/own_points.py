"""The panel of the reader's own points: clicked, typed, edited as a table, pasted, uploaded, undone."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from lessons.train import points_reading, pooled, session
from lessons.train.own_data import MAX_ROWS
from lessons.train.points import COLUMNS, MAX_COORDINATE, Points, edited, from_scene, to_text
from lessons.train.points_store import (
    Notice,
    add,
    adopt,
    can_undo,
    change,
    chosen_class,
    current,
    move,
    remove,
    tell,
    undo,
    use,
    version,
)
from ui import controls
from ui.page import Page
from ui.text import N_, Language
from ui.typed import MAX_NAME

__all__ = [
    "Points",
    "add",
    "chosen_class",
    "current",
    "from_scene",
    "move",
    "panel",
    "remove",
    "undo",
    "use",
    "version",
]

_TABLE = "own-table"


@dataclass(frozen=True, slots=True)
class _Table:
    """The table as the editor was given it, and the points that the reader's edits have made of it."""

    number: int
    given: Points
    made: Points

    @property
    def key(self) -> str:
        return f"{_TABLE}-{self.number}"


def panel(page: Page, shown: Points) -> None:
    """Everything that changes points, but for the picture itself; `shown` is what the picture shows."""
    t, mine = page.t, current()
    shown = shown if mine is None else mine
    controls.pick_class("pen", shown.offered, t, default=0)
    with st.container(horizontal=True):
        st.button(t("Undo"), key="own-undo", on_click=undo, disabled=not can_undo(), icon=":material/undo:")
        st.button(t("Clear"), key="own-clear", on_click=_clear, args=(shown,), disabled=not shown.rows)
        if mine is None:
            st.button(t("Edit these points"), key="own-edit", on_click=use, args=(shown,))
        else:
            st.button(t("Back to the data set"), key="own-recipe", on_click=use, args=(None,))
            st.button(t("Fit the plane"), key="own-fit", on_click=session.fit_plane, disabled=not shown.rows)
    points_reading.say(t)
    pooled.offer(page, shown)
    st.caption(_status(t, shown, mine))
    numbers = st.expander(
        t("Points by numbers and as a table"),
        icon=":material/table_edit:",
        on_change="rerun",
        key="own-numbers",
    )
    with numbers:
        if numbers.open:
            _by_numbers(t, shown)
            _as_table(t, shown)
    files = st.expander(
        t("Paste or upload points"), icon=":material/upload_file:", on_change="rerun", key="own-csv"
    )
    with files:
        if files.open:
            points_reading.fields(t, shown)
    with st.expander(t("Points as text"), icon=":material/link:"):
        text = controls.text("pts", t)
    if adopt(text):  # the field follows the reader back and forward only when it is drawn
        st.rerun()


def _status(t: Language, shown: Points, mine: Points | None) -> str:
    count = len(shown.rows)
    if mine is None:
        return t("Points of the data set: {count}. Click on the picture to add one of your own.", count=count)
    if not count:
        return t("No points yet. Click on the picture, or type them below.")
    own = t(
        "Your own points: {count} of at most {most}. Classes with points: {classes}.",
        count=count,
        most=MAX_ROWS,
        classes=len({label for *_, label in shown.rows}),
    )
    kept = (
        t("The link holds them.")
        if to_text(mine)
        else t("They are too many for a link: take the scene file along instead.")
    )
    return f"{own} {kept}"


def _clear(shown: Points) -> None:
    change(shown, Points(names=shown.names))


def _by_numbers(t: Language, shown: Points) -> None:
    across, up, put = st.columns(3, vertical_alignment="bottom")
    with across:
        st.number_input("x₁", -MAX_COORDINATE, MAX_COORDINATE, 0.0, 0.1, key="own-x")
    with up:
        st.number_input("x₂", -MAX_COORDINATE, MAX_COORDINATE, 0.0, 0.1, key="own-y")
    with put:
        st.button(t("Add the point"), key="own-add", on_click=_add_typed, args=(shown,), disabled=shown.full)


def _add_typed(shown: Points) -> None:
    add(shown, *(st.session_state.get(key) or 0.0 for key in ("own-x", "own-y")))


def _as_table(t: Language, shown: Points) -> None:
    st.caption(t("Edit any cell. The last line takes a new point; marked lines go with the Delete key."))
    table: _Table | None = st.session_state.get(_TABLE)
    if table is None or table.made != shown:
        table = _Table(table.number + 1 if table else 0, shown, shown)
        st.session_state[_TABLE] = table
    rows = [(x, y, table.given.names[label]) for x, y, label in table.given.rows]
    number = st.column_config.NumberColumn
    st.data_editor(
        pd.DataFrame(rows, columns=list(COLUMNS)).astype({"x": float, "y": float, "label": str}),
        height=300,
        hide_index=True,
        num_rows="dynamic",
        column_config={
            "x": number("x₁", min_value=-MAX_COORDINATE, max_value=MAX_COORDINATE, step=0.001),
            "y": number("x₂", min_value=-MAX_COORDINATE, max_value=MAX_COORDINATE, step=0.001),
            "label": st.column_config.TextColumn(t("Class"), max_chars=MAX_NAME),
        },
        key=table.key,
        on_change=_read_edits,
        alt=t("All points as a table that can be edited"),
    )


def _read_edits() -> None:
    """The editor reports all edits since it was given its table; it goes on with them as long as it stays."""
    state = st.session_state
    table: _Table = state[_TABLE]
    points, refused = edited(table.given, state[table.key])
    if points != table.made:
        use(points)
        state[_TABLE] = _Table(table.number, table.given, points)
    tell(Notice(_LEFT_OUT, {"count": refused.count}, refused) if refused.count else None)


_LEFT_OUT = N_("Rows of the table that are left out for now: {count}.")

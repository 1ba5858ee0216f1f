"""Points from a table that the reader pastes or uploads, and what to say about it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from math import ceil, floor, log10

import streamlit as st

from lessons.train import points_store as store
from lessons.train import refusals, table_choices
from lessons.train.own_data import MAX_BYTES, MAX_ROWS, read_csv
from lessons.train.points import DECIMALS, MAX_COORDINATE, Points, fitted
from lessons.train.points_store import Notice
from lessons.train.table_choices import OTHERS
from lessons.train.tables.columns import Columns
from lessons.train.tables.other_files import other_file, other_text
from lessons.train.tables.shapes import Shape, ShapeError
from ui import files, signs
from ui.numerals import numeral
from ui.text import N_, Language
from ui.typed import MAX_NAME, quoted

_MAX_PASTE = 200_000  # the server takes no more than 1 MB from all fields together
_DIVISOR_DIGITS, _MAX_DIGITS = 6, 17
_MIN_WRITTEN_OUT = 1e-4
_LIST_SHORT, _LIST_HEIGHT = 4, 170


def fields(t: Language, shown: Points) -> None:
    """Where a table is pasted or uploaded, and where features are brought to one size."""
    st.caption(t(_FORMAT, rows=MAX_ROWS, far=MAX_COORDINATE, longest=MAX_NAME))
    st.text_area(
        t("Points to paste"),
        key="own-paste",
        height=120,
        max_chars=_MAX_PASTE,
        placeholder="x,y,label\n1.5,2,A\n-1,0.5,B",
    )
    st.button(t("Use the pasted points"), key="own-paste-use", on_click=_read_pasted)
    files.receive("own-file", t("CSV file, at most 1 MB"), t, [], _read_file)
    st.button(
        t("Standardise: mean 0, deviation 1"),
        key="own-standardise",
        on_click=_standardise,
        args=(shown,),
        disabled=not shown.rows,
        help=t("Gradient descent copes better with features of one size."),
    )


def say(t: Language) -> None:
    """What came of the last table, with the rows that were refused and what can be read otherwise."""
    notice = store.notice()
    if notice is None:
        return
    message = t(notice.message, **notice.values) if notice.values else t(notice.message)
    if notice.source:
        message = f"{signs.strong(quoted(notice.source))} · {message}"
    alone, surplus = notice.values.get("classes") == 1, notice.table.n_surplus if notice.table else 0
    message = " ".join([message, *([t(_ALONE)] if alone else []), *table_choices.told(notice.table, t)])
    doubtful = notice.table is not None and notice.table.origin.doubt != ""
    if notice.good and not (notice.refused.count or surplus or alone or doubtful):
        st.success(message, icon=":material/check:")
    else:
        st.warning(message, icon=":material/rule:")
    if notice.table:
        table_choices.choices(notice.table, t, partial(_read, notice.table.content, notice.source))
    if notice.refused.count:
        words = "\n\n".join(refusals.listed(notice.refused, t))
        is_long = len(words.splitlines()) > _LIST_SHORT
        with st.container(height=_LIST_HEIGHT if is_long else "content", border=True):
            st.markdown(words)


def _read_pasted() -> None:
    _read(st.session_state.get("own-paste") or "")


def _read_file(name: str, content: bytes) -> None:
    _read(content, name)


def _read(
    content: str | bytes, source: str = "", encoding: str | None = None, columns: Columns | None = None
) -> None:
    """Take the points of a table; a message that stays tells by the name of its file which one it means."""
    if len(content) > MAX_BYTES:
        store.tell(replace(_TOO_LONG, source=source))
        return
    other = other_file(content) if isinstance(content, bytes) else other_text(content)
    if other is not None:
        store.tell(Notice(OTHERS[other], {}, source=source))
        return
    try:
        found = read_csv(content, encoding, columns)
    except ShapeError as fault:
        store.tell(Notice(_SHAPES[fault.shape], {}, source=source))
        return
    except ValueError:
        store.tell(Notice(_NO_TEXT, {}, source=source))
        return
    table = table_choices.table(content, found)
    if found.data is None:
        rows = table.origin.n_rows
        nothing = _NOTHING if rows else _ONLY_TITLES if any(table.origin.titles) else _EMPTY
        store.tell(Notice(nothing, {}, refusals.refused(found), source=source, table=table if rows else None))
        return
    points, scaling = fitted(found)
    values: dict[str, object] = {"count": len(points.rows), "classes": len(found.class_names)}
    for name, (centre, divisor) in zip(("x₁", "x₂"), scaling or (), strict=False):
        values[name] = _formula(name, centre, divisor)
    store.use(points)
    message = _READ_SCALED if scaling else _READ
    store.tell(Notice(message, values, refusals.refused(found), True, source, table))


def _formula(name: str, centre: float, divisor: float) -> str:
    """How a coordinate was scaled, with as many digits as give it to the decimals that are shown."""
    sign = "−" if centre >= 0 else "+"
    places = DECIMALS + ceil(-log10(divisor))
    size = floor(log10(abs(centre))) + 1 if centre else 1
    return f"({name} {sign} {_digits(abs(centre), places + size)}) / {_digits(divisor, _DIVISOR_DIGITS)}"


def _digits(value: float, digits: int) -> str:
    """So many digits that count, written out where a reader can count the zeros: 250,000, 0.012, 8.165e−6."""
    digits = max(1, min(digits, _MAX_DIGITS))
    if 0 < value < _MIN_WRITTEN_OUT:
        return numeral(value, digits)
    rounded = float(f"{value:.{digits}g}")
    return f"{rounded:,.{_MAX_DIGITS - 1}g}"


def _standardise(shown: Points) -> None:
    store.change(shown, shown.standardised())


_TOO_LONG = Notice(
    N_(
        "That is longer than {limit:,} bytes, so it was not read. Take rows or columns out. The points "
        "are as they were."
    ),
    {"limit": MAX_BYTES},
)
_NO_TEXT = N_(
    "This file is no text in any encoding that is known here. Save it as “CSV UTF-8” and try again; the "
    "points are as they were."
)
_SHAPES: dict[Shape, str] = {
    "turned": N_(
        "This table lies on its side: each row holds one feature or the classes. Turn it, so that each row "
        "is a point: copy it in a spreadsheet and paste it transposed, or use .T in pandas. The points are "
        "as they were."
    ),
    "beside": N_(
        "The columns come in groups here, and none is for the classes of all rows. If groups of points stand "
        "beside one another, put them below one another, so that each row is a point: two numbers and its "
        "class. If not, add a column with the name of each point’s class. The points are as they were."
    ),
}
_NOTHING = N_("No row could be used. The points are as they were.")
_ONLY_TITLES = N_(
    "There are titles, but no rows below them. Add rows such as 1.5,2,A. The points are as they were."
)
_EMPTY = N_("There is nothing in it. Give it rows such as 1.5,2,A. The points are as they were.")
_READ = N_("Points read: {count}. Classes: {classes}.")
_READ_SCALED = N_(
    "Points read: {count}. Classes: {classes}. To fit the plane they were scaled: x₁ is now {x₁}, and x₂ is "
    "{x₂}."
)
_ALONE = N_("They are all of one class: to learn a boundary, a point of a second class is needed.")
_FORMAT = N_(
    "Each row: two numbers and a class, separated by commas, semicolons, tabs, bars or blanks; of further "
    "columns you choose three. At most {rows} rows. Coordinates are rounded to three decimals; beyond "
    "±{far:g}, or too close together to be told apart, all points are standardised first. Names have at most "
    "{longest} characters."
)

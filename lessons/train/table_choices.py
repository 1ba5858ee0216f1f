"""How a reader's table was read, and the fields in which it can be read otherwise."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from lessons.train.own_data import MAX_ROWS, Origin, OwnData
from lessons.train.points_store import Table
from lessons.train.tables.columns import Columns
from lessons.train.tables.encodings import possible
from lessons.train.tables.layout import Doubt
from lessons.train.tables.other_files import Other
from ui import signs
from ui.text import N_, Language
from ui.typed import quoted

_X, _Y, _LABEL, _ENCODING = "own-column-x", "own-column-y", "own-column-class", "own-encoding"
_SHOWN = "own-table-shown"  # the table that the fields were set for
_FIELD = 136
_LEAST = 3  # columns


def table(content: str | bytes, found: OwnData) -> Table:
    """A table that was read, with what it could be read as."""
    assert found.origin is not None  # noqa: S101 - for the type checker
    encodings = possible(content) if isinstance(content, bytes) else ()
    return Table(content, found.origin, encodings, found.renamed, found.n_surplus)


def told(given: Table | None, t: Language) -> list[str]:
    """How a table was read, in sentences."""
    if given is None:
        return []
    origin, said = given.origin, []
    if origin.encoding:
        said.append(t("Read as {encoding}.", encoding=origin.encoding))
    if any(origin.titles) or _can_choose(origin):
        columns = origin.columns
        x, y, label = (_quoted(origin.titles, at, t) for at in (columns.x, columns.y, columns.label))
        said.append(t("x₁ is {x}, x₂ is {y}, and the class is {label}.", x=x, y=y, label=label))
    if origin.doubt:
        said.append(t(_DOUBTS[origin.doubt]))
    if given.renamed:
        names = ", ".join(f"“{quoted(old)}” → “{quoted(new)}”" for old, new in given.renamed)
        said.append(t("Classes whose names have changed: {names}.", names=names))
    if given.n_surplus:
        said.append(
            t(
                "There is room for {limit} rows, which were taken evenly from every class; rows not taken: "
                "{count}.",
                limit=MAX_ROWS,
                count=given.n_surplus,
            )
        )
    return said


def choices(given: Table, t: Language, read: Callable[[str | None, Columns], None]) -> None:
    """Fields for the columns, where there is a choice, and for the encoding; a change reads again."""
    origin = given.origin
    encoding = origin.encoding or None
    if st.session_state.get(_SHOWN) is not given:
        st.session_state[_SHOWN] = given
        _note(origin.columns, origin.encoding)

    def again() -> None:
        state = st.session_state
        x, y, label = (
            state.get(key, usual)
            for key, usual in zip(
                (_X, _Y, _LABEL), (origin.columns.x, origin.columns.y, origin.columns.label), strict=True
            )
        )
        read(state.get(_ENCODING, encoding) if encoding else None, Columns(x, y, label))

    with st.container(horizontal=True):
        if _can_choose(origin):
            for key, label in ((_X, "x₁"), (_Y, "x₂"), (_LABEL, t("Class"))):
                st.selectbox(
                    label,
                    range(len(origin.titles)),
                    key=key,
                    format_func=lambda at: _title(origin.titles, at, t),
                    on_change=again,
                    width=_FIELD,
                )
        if len(given.encodings) > 1:
            st.selectbox(t("Encoding"), given.encodings, key=_ENCODING, on_change=again, width=_FIELD)


def _can_choose(origin: Origin) -> bool:
    """Whether there are more columns than needed, or another order of them is likely."""
    columns = origin.columns
    return len(origin.titles) > _LEAST or origin.doubt == "first" or columns.label < max(columns.x, columns.y)


def _note(columns: Columns, encoding: str) -> None:
    """Let the fields show what was read."""
    st.session_state.update({_X: columns.x, _Y: columns.y, _LABEL: columns.label})
    if encoding:
        st.session_state[_ENCODING] = encoding


def _title(titles: tuple[str, ...], at: int, t: Language) -> str:
    return signs.text(titles[at]) or t("column {number}", number=at + 1)


def _quoted(titles: tuple[str, ...], at: int, t: Language) -> str:
    return f"“{quoted(titles[at])}”" if titles[at] else t("column {number}", number=at + 1)


_DOUBTS: dict[Doubt, str] = {
    "commas": N_(
        "The commas between these whole numbers may be decimal signs as well: if so, separate the cells by "
        "semicolons, as in 0,5;1,2;A, and read them again."
    ),
    "blanks": N_(
        "Some blanks between these whole numbers may stand for thousands: if so, write 1234 instead of 1 "
        "234, and read them again."
    ),
    "points": N_(
        "The points in these numbers may stand between thousands as well: if so, write 1234 instead of "
        "1.234, and read them again."
    ),
    "codes": N_(
        "A number such as -999 is far from all others and may stand for a missing one: if so, empty its "
        "cells, and read them again."
    ),
    "alone": N_(
        "Each row has a class of its own here. If the classes stand in another column, choose it; if there "
        "is none, add a column with the name of each point’s class."
    ),
    "first": N_(
        "The class is read from the last column. The first one has fewer different numbers: if it holds the "
        "classes, choose it."
    ),
    "percent": N_(
        "Some of these numbers have a per cent sign, and others have none: 75 % is read as 0.75, and 80 as "
        "80. If all are per cent, write the sign behind each of them, and read them again."
    ),
    "numbers": N_(
        "The classes are numbers with decimals, as measured values are. If the classes stand in another "
        "column, choose it; if there is none, add a column with the name of each point’s class."
    ),
}
#: What a file is that is no table, and what to do.
OTHERS: dict[Other, str] = {
    "spreadsheet": N_(
        "This is a spreadsheet’s own file. Open it there and save the sheet as “CSV UTF-8”, or copy its "
        "cells and paste them here. The points are as they were."
    ),
    "zip": N_("This is an archive. Unpack it and take the CSV file in it. The points are as they were."),
    "pdf": N_("This is a PDF. Copy the table out of it and paste it here. The points are as they were."),
    "document": N_(
        "This is a text document. Copy the table out of it and paste it here. The points are as they were."
    ),
    "picture": N_(
        "This is a picture. Numbers are read from text only: type them, or copy the table from where it was "
        "made, and paste it here. The points are as they were."
    ),
    "json": N_(
        "This is JSON, not a table. Save it as CSV, in pandas with DataFrame.to_csv. The points are as they "
        "were."
    ),
    "scene": N_(
        "This is a scene file. Open it below, under “Take this run away, or open one”. The points are as "
        "they were."
    ),
    "web page": N_(
        "This is a web page, perhaps in place of the file that it offers. Download the file itself, or copy "
        "the table and paste it here. The points are as they were."
    ),
    "sparse": N_(
        "These rows name only the cells that are not 0. Save the table with all its cells, in Weka with the "
        "filter SparseToNonSparse. The points are as they were."
    ),
    "scaled": N_(
        "MATLAB shows these numbers without a factor, which stands above them, such as 1.0e+03 *. Type "
        "“format short g”, show them again and copy them, or save them with writematrix. The points are as "
        "they were."
    ),
    "columns": N_(
        "This is code that lists one column after another. Give each point a row of its own, such as "
        "1.5,2,A. The points are as they were."
    ),
    "statistics": N_(
        "This is the own file of a program for statistics. Save the table as CSV there, and take that file. "
        "The points are as they were."
    ),
    "data": N_(
        "This is a file of binary data. Save it as CSV, with numpy.savetxt or DataFrame.to_csv. The points "
        "are as they were."
    ),
}

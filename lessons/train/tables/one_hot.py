"""Classes in columns of their own, of which each row has a 1 in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lessons.train.tables.labels import is_class_title
from lessons.train.tables.layout import Layout, Row
from lessons.train.tables.numbers import kind

_FLAGS = dict.fromkeys(("0", "0.", "0.0", "false"), False) | dict.fromkeys(("1", "1.", "1.0", "true"), True)
_MOST, _NUMBERS = 10, 2
_UP_TO_SIGN = re.compile(r".*[_ .=:-]", re.DOTALL)


def in_one_column(table: Layout) -> Layout:
    """The table with such columns at its end in one, if it names its classes nowhere else."""
    rows = [row.cells for row in table.rows if len(row.cells) == table.width]
    is_named = any(map(is_class_title, table.titles or ()))
    if (
        not rows
        or is_named
        or any(kind(cell) == "words" for cell in rows[0] if cell.casefold() not in _FLAGS)
    ):
        return table
    for count in range(min(_MOST, table.width - _NUMBERS), 1, -1):
        places = {_place(cells[-count:]) for cells in rows}
        if places == {*range(count)}:
            return _merged(table, count)
    return table


def _place(cells: Sequence[str]) -> int:
    """Where the only 1 among zeros is; -1 if it is not so."""
    flags = [_FLAGS.get(cell.casefold()) for cell in cells]
    return flags.index(True) if None not in flags and sum(map(bool, flags)) == 1 else -1


def _merged(table: Layout, count: int) -> Layout:
    """A row with fewer cells has no class then."""
    titles = [*(table.titles or [])][-count:] or [str(place) for place in range(count)]
    names = _told_apart(titles)
    width = table.width - count + 1
    rows = [
        Row(
            row.number,
            [*row.cells[:-count], names[_place(row.cells[-count:])]]
            if len(row.cells) == table.width
            else [*row.cells[: width - 1], ""],
            width,
        )
        for row in table.rows
    ]
    whole = [*table.titles[:-count], ", ".join(names)] if table.titles else None
    return replace(table, rows=rows, width=width, titles=whole)


def _told_apart(titles: Sequence[str]) -> list[str]:
    """Titles without what all begin with, such as species_."""
    first, last = min(titles), max(titles)
    same = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), 0)
    start = _UP_TO_SIGN.match(first[:same])
    return [title[start.end() :] if start else title for title in titles]

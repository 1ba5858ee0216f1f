"""Tables in which a row is no point: on their side, or with groups beside one another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from lessons.train.tables.labels import is_class_title
from lessons.train.tables.layout import Layout
from lessons.train.tables.numbers import kind

_MIN_FEATURES, _MIN_SAMPLES = 2, 2
_MAX_JUDGED = 1_000  # samples
_NUMBERS, _FEW_ROWS, _MANY = 2, 100, 100
_WORD = re.compile(r"[^\W\d_]+")
_COORDINATES = {"x", "y"}
_HEAD = 2  # rows in which words are titles or units, unless their first one says that they are classes


Shape = Literal["turned", "beside"]


class ShapeError(ValueError):
    """A row of the table is no point; says what the table looks like."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(
            "the table has a feature a row; give each sample a row"
            if shape == "turned"
            else "groups stand beside one another; put them below one another"
        )
        self.shape = shape


def require_points(table: Layout) -> None:
    """Raise a `ShapeError` if a row of the table is no point."""
    if _is_turned(table):
        raise ShapeError("turned")
    looks = _looks(table)
    titles = [*(table.titles or ()), *[""] * table.width]
    names = [title for title, look in zip(titles, looks, strict=False) if title or look]
    if _repeat(names) or _are_beside([look or title for title, look in zip(titles, looks, strict=False)]):
        raise ShapeError("beside")


def _repeat(titles: Sequence[str]) -> bool:
    """Whether titles begin anew, such as x1, y1, x2, y2, and name nothing else."""
    return (
        all(titles)
        and len(titles) < _MANY
        and any(
            len(titles) % size == 0
            and len(names := {_plain(titles[at : at + size]) for at in range(0, len(titles), size)}) == 1
            and len({*names.pop()}) == size
            for size in range(2, len(titles) // 2 + 1)
        )
    )


def _plain(titles: Sequence[str]) -> tuple[str, ...]:
    """Titles without their numbers and without the words that are in all of them."""
    words = [_WORD.findall(title.casefold()) for title in titles]
    common = {*words[0]}.intersection(*words)
    return tuple(" ".join(word for word in each if word not in common) for each in words)


def _looks(table: Layout) -> list[str]:
    """Of each column whether it holds words or numbers; "" if nothing."""
    rows = table.rows[:_FEW_ROWS]
    kinds = [
        {kind(row.cells[at]) for row in rows if at < len(row.cells)} - {"missing"}
        for at in range(min(table.width, _MAX_JUDGED))
    ]
    return ["words" if "words" in each else "numbers" if each else "" for each in kinds]


def _are_beside(looks: Sequence[str]) -> bool:
    """Whether an empty column parts groups of the same kinds of columns."""
    groups = [[*group] for is_filled, group in groupby(looks, bool) if is_filled]
    is_same = len(groups) > 1 and all(each == groups[0] for each in groups)
    return is_same and groups[0].count("numbers") >= _NUMBERS


def _is_turned(table: Layout) -> bool:
    """Whether each row begins with a title of its own, and one has the classes where others have numbers."""
    rows = [row.cells for row in table.rows]
    rows = rows if table.titles is None else [[*table.titles], *rows]
    titles = [cells[0] for cells in rows]
    if len({*titles}) < len(titles) or any(kind(title) != "words" for title in titles[1:]):
        return False
    if {title.casefold() for title in titles} == _COORDINATES:
        return True
    words = [_are_words(cells[1:]) for cells in rows]
    features = [at for at, each in enumerate(words) if each is False]
    if None in words[_HEAD - 1 :] or len(features) < _MIN_FEATURES:
        return False
    found = [at for at, cells in enumerate(rows) if _has_classes(at, cells, words[at] is True)]
    return bool(found) and len({*features} - {*found}) >= _MIN_FEATURES


def _are_words(cells: Sequence[str]) -> bool | None:
    """Whether all cells hold words, or all numbers; None if neither is so."""
    kinds = {*map(kind, cells[:_MAX_JUDGED])} - {"missing"}
    are_mixed = "words" in kinds and len(kinds) > 1
    return None if are_mixed or not kinds or len(cells) < _MIN_SAMPLES else "words" in kinds


def _has_classes(at: int, cells: Sequence[str], are_words: bool) -> bool:
    recurs = 1 < len({*cells[1:]}) < len(cells) - 1
    if is_class_title(cells[0]):
        return recurs or (at > 0 and are_words)
    return recurs and are_words and at >= _HEAD

"""Tables on their side: a feature a row, a sample a column."""

from __future__ import annotations

from collections.abc import Sequence

from lessons.train.tables.labels import is_class_title
from lessons.train.tables.layout import Layout
from lessons.train.tables.numbers import kind

_MIN_FEATURES, _MIN_SAMPLES = 2, 2
_MAX_JUDGED = 1_000  # samples
_HEAD = 2  # rows in which words are titles or units, unless their first one says that they are classes


def is_turned(table: Layout) -> bool:
    """Whether each row begins with a title of its own, and one has the classes where others have numbers."""
    rows = [row.cells for row in table.rows]
    rows = rows if table.titles is None else [[*table.titles], *rows]
    titles = [cells[0] for cells in rows]
    if len({*titles}) < len(titles) or any(kind(title) != "words" for title in titles[1:]):
        return False
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

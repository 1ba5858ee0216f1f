"""Rows that sum up others, such as totals and means: they are no points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import takewhile

from lessons.train.tables.layout import Row

_TOTAL = re.compile(
    r"((.+ )?(grand ?|sub-?)?totals?|sum|(gesamt)?summe|gesamt(ergebnis)?|somme|suma|soma"
    r"|(.+ )?(총?합계|총계|총합|소계)|계|合計|合计|总计|итого):?",
    re.IGNORECASE,
)
_MEAN = re.compile(
    r"((.+ )?(averages?|avg|mean)|median|s\.?d|std(\. ?dev|ev)?|count|mittelwert|durchschnitt|moyenne"
    r"|media|média|평균|중앙값|최소|최대|최솟값|최댓값|표준 ?편차|개수|平均|среднее)\.?:?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"min(imum)?|max(imum)?", re.IGNORECASE)  # of classes: people have such names too


def summaries(rows: Sequence[Row], label: int) -> Mapping[int, str]:
    """The words of such rows by their numbers: totals anywhere, means and the like at the end.

    They stand in the first cell, or in place of the class; a word that comes again is the name of a class.
    """
    found: dict[int, str] = {}
    for at in {0, label}:
        cells = [row.cells[at] if at < len(row.cells) else "" for row in rows]
        once = {cell for cell, count in Counter(cells).items() if count == 1 and cell[:1].isalpha()}
        means = {cell for cell in once if _MEAN.fullmatch(cell) or (at == label and _ENDS.fullmatch(cell))}
        totals = {cell for cell in once if _TOTAL.fullmatch(cell)}
        n_last = len([*takewhile((means | totals).__contains__, reversed(cells))])
        for place, (row, cell) in enumerate(zip(rows, cells, strict=True) if totals or means else ()):
            if cell in totals or (cell in means and place >= len(rows) - n_last):
                found[row.number] = cell
    return found

"""Rows that sum up others, such as totals and means: they are no points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lessons.train.tables.layout import Row

_TOTAL = re.compile(
    r"(.+ )?(grand ?|sub-?)?totals?|sum|(gesamt)?summe|gesamt(ergebnis)?|somme|suma|soma"
    r"|(.+ )?(총?합계|총계|총합|소계)|계|合計|合计|总计|итого",
    re.IGNORECASE,
)
_MEAN = re.compile(
    r"(.+ )?(averages?|avg|mean|median|min(imum)?|max(imum)?|s\.?d|std(\. ?dev|ev)?|count"
    r"|mittelwert|durchschnitt|moyenne|media|média|평균|중앙값|최소|최대|최솟값|최댓값"
    r"|표준 ?편차|개수|平均|среднее)\.?:?",
    re.IGNORECASE,
)


def summaries(rows: Sequence[Row], label: int) -> Mapping[int, str]:
    """The words of such rows by their numbers: totals anywhere, means and the like at the end.

    A word that comes again is the name of a class.
    """
    words = [*_words(rows, label)]
    counts = Counter(words)
    found: dict[int, str] = {}
    is_end = True
    for row, word in zip(reversed(rows), reversed(words), strict=True):
        is_total = _TOTAL.fullmatch(word.rstrip(":"))
        if counts[word] == 1 and (is_total or (is_end and _MEAN.fullmatch(word))):
            found[row.number] = word
        else:
            is_end = False
    return found


def _words(rows: Sequence[Row], label: int) -> Iterator[str]:
    """The name of each row: in its first cell, or that of its class."""
    for row in rows:
        cells = [*row.cells[:1], *row.cells[label : label + 1]]
        yield next((cell for cell in cells if _TOTAL.fullmatch(cell) or _MEAN.fullmatch(cell)), cells[-1])

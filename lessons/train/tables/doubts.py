"""What may be meant otherwise in a table that can be read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import inf

from lessons.train.tables.labels import are_measured
from lessons.train.tables.layout import Doubt
from lessons.train.tables.numbers import WHOLE, DecimalSign
from ui.numbers import could_be_thousands

_CODES = frozenset({-99, -999, -9999, -99999, 999, 9999, 99999})
_MIN_ALONE = 4  # rows: fewer may each be the first of its class


def doubt(
    points: Sequence[tuple[int, str, str, str]], sign: DecimalSign, is_guess: bool, has_titles: bool
) -> Doubt:
    """What is doubtful about points, each with the number of its row, its cells for x and y, and its class.

    Where the column of the classes `is_guess`, and no title or reader has named it, that may be wrong too.
    """
    xs, ys, labels = {x for _, x, _, _ in points}, {y for _, _, y, _ in points}, {each for *_, each in points}
    if is_guess and are_measured(labels):
        return "numbers"
    if sign.commas and sign.points and any("." in cell and could_be_thousands(cell) for cell in xs | ys):
        return "points"
    numbers = [
        {cell: value for cell in column if isinstance(value := sign.read(cell), float)} for column in (xs, ys)
    ]
    if any(len({cell.endswith("%") for cell in each}) > 1 for each in numbers):
        return "percent"
    if any(_are_codes(each.values()) for each in numbers):
        return "codes"
    if is_guess and not has_titles and 1 < len(xs) < len(labels) and all(map(WHOLE.fullmatch, xs | labels)):
        return "first"
    return "alone" if is_guess and len(labels) == len(points) >= _MIN_ALONE else ""


def _are_codes(numbers: Collection[float]) -> bool:
    """Whether one of them is far from all others, and of those that stand for a missing one.

    >>> _are_codes([1.5, -999, 2]), _are_codes([-90, -99])
    (True, False)
    """
    others = [each for each in numbers if each not in _CODES]
    far = 10 * max(map(abs, others), default=inf)
    return any(
        each in _CODES and (abs(each) > far or each < 0 <= min(others, default=-1)) for each in numbers
    )

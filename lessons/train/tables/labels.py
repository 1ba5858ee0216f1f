"""The names of classes and columns as a table holds them."""

from __future__ import annotations

import re
from collections.abc import Collection

from lessons.train.tables.numbers import MISSING
from ui.cells import composed, label_from_csv, plainly

MAX_CELL = 200  # what is longer is no name
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_DASHES = frozenset({"-", "--"})
_WITH_DECIMALS = re.compile(
    r"[+-]?[0-9]{1,15}([.,]0*)?([eE][+-]?[0-9]{1,2})?|[+-]?[0-9]\.[0-9]{1,30}[eE]\+?[0-9]{1,2}"
)


def one_line(cell: str) -> str:
    """A name in one line, each letter in one sign."""
    return composed(_LINE_ENDS.sub(" ", cell[: MAX_CELL + 1]).strip())


def as_given(cell: str) -> str:
    """The label that a cell holds, in whatever form."""
    label = label_from_csv(cell)
    return composed(label) if label == cell else label


def class_label(cell: str) -> str:
    """The class that a cell names: a whole number that was written as a float is that number.

    >>> [class_label(cell) for cell in ("1.0", "2.000e+00", "1.5", "C#")]
    ['1', '2', '1.5', 'C#']
    """
    label = label_from_csv(cell)
    return _whole(one_line(label)) if label == cell else label


def _whole(label: str) -> str:
    plain = plainly(label)
    if plain.isdecimal() or not _WITH_DECIMALS.fullmatch(plain):
        return label
    number = float(plain.replace(",", "."))
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else label


def no_labels(cells: Collection[str]) -> frozenset[str]:
    """What stands for a missing class among these cells: a dash does, unless there is a plus."""
    return MISSING if "+" in cells else MISSING | _DASHES

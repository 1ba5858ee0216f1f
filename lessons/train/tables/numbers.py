"""What the cells of a table say: numbers with a point or a comma, thousands, nothing at all, or words.

Which sign is the decimal one is judged over all the numbers of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ui.cells import plainly, read_decimal

Kind = Literal["number", "comma", "thousands", "missing", "words"]

MISSING = frozenset({"", "na", "n/a", "#n/a", "nan", "?", "null"})
_DASHED = frozenset({"-", "--", ".", "none", "nil"})  # as a class they may be names
_EXPONENT = r"(?:[eE][+-]?\d+)?"
_POINT = re.compile(rf"[+-]?(?:\d+\.?\d*|\.\d+){_EXPONENT}", re.ASCII)
_COMMA = re.compile(rf"[+-]?\d*,\d+{_EXPONENT}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_FIRST_GROUP = re.compile(rf"(?={_GROUPED.pattern}$)[+-]?\d{{1,3}}(.)", re.ASCII)
_THREE_BEHIND = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MAX_NUMBER = 400  # signs; float64 needs fewer


def kind(cell: str) -> Kind:
    """What a cell looks like by itself.

    >>> [kind(cell) for cell in ("−1.5", "1,5", "1,234.5", "NA", "cat")]
    ['number', 'comma', 'thousands', 'missing', 'words']
    """
    plain = _bare(cell)
    if len(plain) > _MAX_NUMBER:
        return "words" if _value(plain) is None else "number"
    if _POINT.fullmatch(plain):
        return "number"
    if _COMMA.fullmatch(plain):
        return "comma"
    if _GROUPED.fullmatch(plain):
        return "thousands"
    if plain.casefold() in MISSING | _DASHED:
        return "missing"
    return "words" if _value(plain) is None else "number"  # inf


def _bare(cell: str) -> str:
    """A number without its sign for a hundredth."""
    plain = plainly(cell)
    return plain[:-1].rstrip() if plain.endswith("%") else plain


def _value(plain: str) -> float | None:
    try:
        return read_decimal(plain)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class DecimalSign:
    """How a table writes decimals; a number that could be thousands as well is none."""

    commas: bool
    points: bool

    def read(self, cell: str) -> float | Literal["thousands", "missing", "not a number"]:
        """The number in a cell, or why there is none."""
        if self.points and _POINT.fullmatch(cell):
            return float(cell)
        found, plain = kind(cell), _bare(cell)
        if found == "words":
            return "not a number"
        if found in ("thousands", "missing"):
            return found
        if _THREE_BEHIND.fullmatch(plain) and not (self.commas if found == "comma" else self.points):
            return "thousands"
        number = read_decimal(plain.replace(",", ".") if found == "comma" else plain)
        return number / 100 if plainly(cell).endswith("%") else number


def decimal_sign(cells: Iterable[str], semicolons: bool) -> DecimalSign:
    """Judge over all numbers of a table whether 1,234 and 1.234 can have decimals.

    Args:
        cells: those that hold its numbers.
        semicolons: whether cells are separated by them, as they are where the comma is the decimal sign.
    """
    has = {"comma": False, "point": False, "by comma": False, "by point": False}
    for cell in cells:
        if "," not in cell and cell.isascii() and (has["point"] or "." not in cell):
            continue  # nothing to learn from it
        plain = _bare(cell)
        if _THREE_BEHIND.fullmatch(plain):
            continue
        if _COMMA.fullmatch(plain):
            has["comma"] = True
        elif _POINT.fullmatch(plain):
            has["point"] |= "." in plain
        elif grouped := _FIRST_GROUP.match(plain):
            has["by comma"] |= grouped[1] == ","
            has["by point"] |= grouped[1] == "."
    commas = not (has["by comma"] or has["point"]) and (has["comma"] or semicolons)
    points = has["point"] or not (has["by point"] or has["comma"])
    return DecimalSign(commas, points)

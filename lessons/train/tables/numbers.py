"""What the cells of a table say: numbers with a point or a comma, thousands, nothing at all, or words.

Which sign is the decimal one is judged over all the numbers of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ui.cells import FAULTS, plainly, read_decimal
from ui.numbers import could_be_thousands, shape

Kind = Literal["number", "comma", "thousands", "missing", "words"]

MISSING = frozenset({"", "na", "n/a", "nan", "<na>", "?", "null", "..", "...", "…"}) | FAULTS
WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_SIGN = re.compile("[.,]")
_DASHED = frozenset({"-", "--", ".", "none", "nil"})  # as a class they may be names


def kind(cell: str) -> Kind:
    """What a cell looks like by itself.

    >>> [kind(cell) for cell in ("−1.5", "1,5", "1,234.5", "NA", "cat")]
    ['number', 'comma', 'thousands', 'missing', 'words']
    """
    plain = _bare(cell)
    if found := shape(plain):
        return "number" if found == "point" else found
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
    """How a table writes decimals; a number that could be thousands as well is none. Where nothing tells,
    both signs are taken for a decimal one."""

    commas: bool
    points: bool

    def read(self, cell: str) -> float | Literal["thousands", "missing", "not a number"]:
        """The number in a cell, or why there is none."""
        if self.points and shape(cell) == "point":
            return float(cell)
        found, plain = kind(cell), _bare(cell)
        if found == "words":
            return "not a number"
        if found in ("thousands", "missing"):
            return found
        if could_be_thousands(plain) and not (self.commas if found == "comma" else self.points):
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
        if could_be_thousands(plain):
            continue
        found, sign = shape(plain), _SIGN.search(plain)
        has["comma"] |= found == "comma"
        has["point"] |= found == "point" and sign is not None
        if found == "thousands" and sign is not None:
            has["by comma" if sign[0] == "," else "by point"] = True
    commas = not (has["by comma"] or has["point"]) and (has["comma"] or semicolons)
    points = has["point"] or not (has["by point"] or has["comma"])
    return DecimalSign(commas, points)

"""Points that a class puts down together: none of them is right or wrong, and none says whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from lessons.train.pooled import DECIMALS
from ui import signs

MOST = 5  # points of one phone


class Point(NamedTuple):
    """A point of a class; points are in order by class and place."""

    label: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Pool:
    """A few points in the plane, each of one of some classes.

    Attributes:
        classes: their names, as somebody has given them.
        across: the ends of the plane.
        up: the same, from below.
    """

    kind: ClassVar = "points"
    classes: tuple[str, ...]
    across: tuple[float, float]
    up: tuple[float, float]

    def public(self) -> dict[str, Any]:
        names = tuple(map(signs.in_sentence, self.classes))
        return {"classes": names, "across": self.across, "up": self.up, "most": MOST}

    def accepts(self, given: object) -> str | None:
        """Empty where a phone has taken all of its points back."""
        if not isinstance(given, list) or len(given) > MOST:
            return None
        found = [point for each in given if (point := self._read(each))]
        return " ".join(map(_stored, found)) if len(found) == len(given) else None

    def _read(self, given: object) -> Point | None:
        if not isinstance(given, list) or len(given) != 3:
            return None
        label, x, y = given
        if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label < len(self.classes):
            return None
        is_there = _is_within(x, self.across) and _is_within(y, self.up)
        return Point(label, *(round(float(value), DECIMALS) + 0.0 for value in (x, y))) if is_there else None

    def written(self, point: Point) -> str:
        """A point in one cell of a table."""
        return f"{self.classes[point.label]} ({point.x:g}, {point.y:g})"


def _is_within(value: object, ends: tuple[float, float]) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return ends[0] <= value <= ends[1]


def _stored(point: Point) -> str:
    return f"{point.label}:{point.x:g},{point.y:g}"


def points(answer: str) -> list[Point]:
    """The points of an answer as it is stored."""
    found = []
    for part in answer.split():
        label, _, place = part.partition(":")
        x, _, y = place.partition(",")
        found.append(Point(int(label), float(x), float(y)))
    return found


def together(answers: Iterable[str]) -> list[Point]:
    """The points of all, by class and place: no order tells which came from one phone."""
    return sorted(point for answer in answers for point in points(answer))

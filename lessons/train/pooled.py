"""Points that others put down for the reader: in which plane, and how they become the reader's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lessons.train import session
from lessons.train.own_data import MAX_ROWS
from lessons.train.pictures.plane import extent
from lessons.train.points import MAX_COORDINATE, Points, Row, from_data
from lessons.train.points_store import Notice, tell, use
from lessons.train.tables.sampling import spread
from softmax_core import Data
from ui.page import Page
from ui.text import N_


@dataclass(frozen=True, slots=True)
class Plane:
    """Where points can be put down, and of which classes."""

    classes: tuple[str, ...]
    across: tuple[float, float]
    up: tuple[float, float]


DECIMALS = 2  # of the places, and so of the plane's ends: what can be pointed at can be sent

#: What draws in the panel of the reader's own points. The frame enters it; the lesson knows of none.
BELOW: list[Callable[[Page, Plane], None]] = []


def offer(page: Page, shown: Points) -> None:
    """Let others be asked for points in the plane that the picture shows."""
    if BELOW:
        ends = extent(session.empty_plane())
        left, right, low, high = (
            round(max(-MAX_COORDINATE, min(end, MAX_COORDINATE)), DECIMALS) for end in ends
        )
        for draw in BELOW:
            draw(page, Plane(shown.offered, (left, right), (low, high)))


def take(classes: Sequence[str], rows: Sequence[Row], phones: int) -> None:
    """Make these points the reader's own, as one change that can be taken back. For callbacks."""
    kept = [rows[place] for place in spread([str(label) for *_, label in rows], MAX_ROWS)]
    labels = [label for *_, label in kept]
    points = from_data(Data([row[:2] for row in kept], labels), classes[: max(labels) + 1])
    use(points)
    values = {"count": len(kept), "all": len(rows), "phones": phones, "classes": len(set(labels))}
    tell(Notice(_TAKEN if len(kept) == len(rows) else _TAKEN_IN_PART, values, good=True))


_TAKEN = N_("Points of the class: {count}, from {phones} phones. Classes: {classes}.")
_TAKEN_IN_PART = N_(
    "Points of the class: {count} of {all}, from {phones} phones; there is no room for more. "
    "Classes: {classes}."
)

"""A reader's own points as plain values: added, moved, read from a table, and short enough for a link."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

from lessons.train.own_data import MAX_ROWS, OwnData, read_rows
from lessons.train.point_codes import MAX_POINT, points_code, points_from_code
from lessons.train.refusals import Refused, refused
from lessons.train.replay import build_data
from lessons.train.scene import Scene
from softmax_core import Data, make_dataset, standardised
from ui.cells import MAX_LABEL, label_from_text, label_text
from ui.typed import MAX_CLASSES, MIN_CLASSES, join_names, named, split_names

MAX_COORDINATE = MAX_POINT  # the plane ends here
DECIMALS = 3
FINEST = 0.02  # a feature that varies less would be lost in rounding
MAX_SIGNS = 2_000  # of the text that a link carries
NAMES_MARK = "~"

Row: TypeAlias = tuple[float, float, int]
#: For each coordinate what was taken away, and what it was then divided by.
Scaling: TypeAlias = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Points with their classes, and the name of each class.

    Coordinates are rounded and within the plane, whatever was given. A class stays when its last point
    goes, so the model keeps its shape.
    """

    rows: tuple[Row, ...] = ()
    names: tuple[str, ...] = ("A", "B")

    @property
    def data(self) -> Data | None:
        """The points to train on, None if there is not one; equal points give the same object."""
        return _data_of(self.rows) if self.rows else None

    @property
    def full(self) -> bool:
        return len(self.rows) >= MAX_ROWS

    @property
    def offered(self) -> tuple[str, ...]:
        """The classes that a new point may have: those there are, and one more where there is room."""
        return self.names if len(self.names) >= MAX_CLASSES else (*self.names, _next_name(self.names))

    def added(self, x: float, y: float, label: int) -> Points:
        """With one more point; a class that was only offered is made."""
        if self.full or not _finite(x, y) or not 0 <= label < len(self.offered):
            return self
        return Points((*self.rows, (*_placed(x, y), label)), self.offered[: max(len(self.names), label + 1)])

    def moved(self, point: Row, x: float, y: float) -> Points:
        """With a point elsewhere. It is found by its value: equal points can stand for each other."""
        index = self._find(point)
        if index is None or not _finite(x, y):
            return self
        return replace(
            self, rows=(*self.rows[:index], (*_placed(x, y), self.rows[index][2]), *self.rows[index + 1 :])
        )

    def removed(self, point: Row) -> Points:
        """Without a point."""
        index = self._find(point)
        return self if index is None else replace(self, rows=(*self.rows[:index], *self.rows[index + 1 :]))

    def standardised(self) -> Points:
        """Each coordinate with mean 0 and standard deviation 1."""
        return self if self.data is None else from_data(standardised(self.data)[0], self.names)

    def _find(self, point: Row) -> int | None:
        wanted = (*_placed(point[0], point[1]), int(point[2])) if _finite(*point) else None
        return self.rows.index(wanted) if wanted in self.rows else None


def from_data(data: Data, names: Sequence[str]) -> Points:
    """Samples as points; beyond the edge of the plane all of them are drawn in together."""
    labels, reach = data.labels.tolist(), float(abs(data.X).max())
    shrink = min(1.0, MAX_COORDINATE / reach) if reach else 1.0
    rows = zip(data.X.astype(float).tolist(), labels, strict=True)
    return Points(
        tuple((*_placed(shrink * x, shrink * y), label) for (x, y), label in rows),
        class_names(names, max(labels) + 1),
    )


def samples_of(scene: Scene) -> Data:
    """All samples of a scene, those for testing too, in the order in which they were made."""
    if scene.points is not None:
        return Data([point[:2] for point in scene.points], [point[2] for point in scene.points])
    assert scene.recipe is not None  # noqa: S101 - for the type checker
    asked = scene.recipe
    return make_dataset(asked.name, asked.n_samples, asked.noise, asked.seed, asked.n_classes)


@lru_cache(maxsize=64)
def from_scene(scene: Scene) -> Points:
    """The samples of a scene as points."""
    return from_data(samples_of(scene), build_data(scene)[2])


def class_names(given: Sequence[str], count: int = 0) -> tuple[str, ...]:
    """Distinct names for at least two classes."""
    given = given[:MAX_CLASSES]
    return named(given, max(len(given), count, MIN_CLASSES))


def fitted(found: OwnData) -> tuple[Points, Scaling | None]:
    """The points that were read, and how they were scaled if they did not fit the plane as they were."""
    assert found.data is not None  # noqa: S101 - for the type checker
    spread = found.data.X.std(axis=0)
    fits = abs(found.data.X).max() <= MAX_COORDINATE and not ((spread > 0) & (spread < FINEST)).any()
    if fits:
        return from_data(found.data, found.class_names), None
    data, centre, deviation = standardised(found.data)
    widest = max(1.0, float(abs(data.X).max()) / MAX_COORDINATE)
    scaling = tuple(zip(centre.tolist(), (deviation * widest).tolist(), strict=True))
    return from_data(data, found.class_names), scaling


def edited(points: Points, changes: Mapping[str, Any]) -> tuple[Points, Refused]:
    """Points after the edits of their table, and the rows that are of no use; nothing is trusted.

    `changes` is what `st.data_editor` reports: edited, deleted and added rows. Classes keep their places.
    """
    table: list[list[Any]] = [[x, y, points.names[label]] for x, y, label in points.rows]
    by_index = {str(index): row for index, row in enumerate(table)}
    for index, cells in _items(changes.get("edited_rows")):
        if str(index) in by_index:
            _write(by_index[str(index)], cells)
    gone = {index for index in _list(changes.get("deleted_rows")) if isinstance(index, int)}
    kept = [row for index, row in enumerate(table) if index not in gone]
    for cells in _list(changes.get("added_rows")):
        kept.append(["", "", ""])
        _write(kept[-1], cells)
    found = read_rows([[_cell(cell) for cell in row] for row in kept])
    if found.data is None:
        return replace(points, rows=()), refused(found)
    names = _merged(points.names, found.class_names)
    place = [names.index(name) for name in found.class_names]
    rows = zip(found.data.X.tolist(), found.data.labels.tolist(), strict=True)
    return Points(
        tuple((*_placed(x, y), place[label]) for (x, y), label in rows), class_names(names)
    ), refused(found)


def to_text(points: Points | None) -> str:
    """The points as a link carries them; empty where there are none or too many."""
    code = points_code(points.data) if points and points.data else None
    if points is None or code is None:
        return ""
    if points.names == class_names((), len(points.names)) and len(points.names) == _most_label(points) + 1:
        return code
    text = f"{code}{NAMES_MARK}{join_names(map(label_text, points.names))}"
    return text if len(text) <= MAX_SIGNS else ""


def from_text(text: str) -> Points:
    """The points that a link carries.

    Raises:
        ValueError: the text is not one that `to_text` wrote.
    """
    code, _, names = text.strip().partition(NAMES_MARK)
    if not code or len(text) > MAX_SIGNS:
        raise ValueError("no points in this text")
    data = points_from_code(code)
    if data.labels.max() >= MAX_CLASSES or data.n_samples > MAX_ROWS:
        raise ValueError("too many classes or points")
    return from_data(data, [label_from_text(name.strip()) for name in split_names(names)])


@lru_cache(maxsize=64)
def _data_of(rows: tuple[Row, ...]) -> Data:
    return Data([row[:2] for row in rows], [row[2] for row in rows])


def _most_label(points: Points) -> int:
    return max((row[2] for row in points.rows), default=-1)


def _merged(names: Sequence[str], found: Sequence[str]) -> list[str]:
    """The names there are, each in its place, and the new ones behind or, without room, for unused ones."""
    merged = list(names)
    for name in found:
        if name in merged:
            continue
        if len(merged) < MAX_CLASSES:
            merged.append(name)
        else:
            merged[next(place for place, old in enumerate(merged) if old not in found)] = name
    return merged


def _finite(*numbers: float) -> bool:
    return all(isinstance(number, int | float) and math.isfinite(number) for number in numbers)


def _placed(x: float, y: float) -> tuple[float, float]:
    x, y = (
        round(max(-MAX_COORDINATE, min(float(number), MAX_COORDINATE)), DECIMALS) + 0.0 for number in (x, y)
    )
    return x, y


def _next_name(names: Sequence[str]) -> str:
    if all(name.isdecimal() for name in names):
        number = str(max(map(int, names)) + 1)
        if len(number) <= MAX_LABEL:
            return number
    letters = (chr(ord("A") + number) for number in range(len(names), 26))
    return next(letter for letter in letters if letter not in names)


def _write(row: list[Any], cells: object) -> None:
    for name, cell in _items(cells):
        if name in COLUMNS:
            row[COLUMNS.index(name)] = cell


def _cell(cell: object) -> object:
    return cell if isinstance(cell, str | int | float) else ""


def _items(value: object) -> list[tuple[Any, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _list(value: object) -> list[Any]:
    return list(value)[:MAX_ROWS] if isinstance(value, list) else []


#: The columns of the table.
COLUMNS = ("x", "y", "label")
